"""The units of a workbook: what the title block, sections, columns and posts say of them, as one tree."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.domain.office_words import ListWords, UnitWord
from planner.domain.titles import Title, Titles, words
from planner.importers.posts import PostReader
from planner.importers.text import clean, find, from_word, hits, latin, sentence, starts, tail

LOCALITIES = ("commune", "ward", "special_zone")
DIVISION = "division"


@dataclass(eq=False)
class UnitDraft:
    """A unit on its way into the case."""

    name: str
    kind: str
    parent: "UnitDraft | None" = None
    organ: bool = False

    @property
    def root(self) -> "UnitDraft":
        return self.parent.root if self.parent else self

    @property
    def above(self) -> tuple[str, ...]:
        """The kinds of the units above, nearest first."""
        return (self.parent.kind, *self.parent.above) if self.parent else ()

    @property
    def is_locality(self) -> bool:
        return self.kind in LOCALITIES


@dataclass(frozen=True)
class Placed:
    """A post in its unit. `entry` is None where the title map does not know the title."""

    title: str
    unit: UnitDraft
    entry: Title | None
    named: bool
    """The text itself names the unit."""


class Organisation:
    """The units that were seen, and where a post belongs."""

    def __init__(self, office: ListWords, titles: Titles, spellings: Sequence[str] = ()) -> None:
        self.office = office
        self.titles = titles
        self.posts = PostReader(titles, office)
        self.units: list[UnitDraft] = []
        self._unit_words = tuple(w for u in office.units for w in u.words)
        self._root_words = tuple(w for u in office.units if u.root for w in u.words)
        self._word_of: dict[str, tuple[UnitWord, str] | None] = {}
        self._spellings: dict[tuple[str, ...], str] = {}
        for text in spellings:
            count, _ = self.posts.title(text)
            for shown in (text, from_word(text, count)) if count else (text,):
                self._spellings.setdefault(words(shown), shown)

    # ---- names --------------------------------------------------------------------------------------------------

    def word_of(self, name: str) -> tuple[UnitWord, str] | None:
        """What kind of unit a name begins like, with the words that say so; the longest wins."""
        if name not in self._word_of:
            full = self._full(name)
            begun = {w for at, w in hits(full, self._unit_words) if at == 0}
            found = [
                (unit, w)
                for unit in self.office.units
                for w in unit.words
                if w in begun and not (unit.capital and tail(full, len(words(w)))[:1].islower())
            ]
            self._word_of[name] = max(found, key=lambda f: len(words(f[1])), default=None)
        return self._word_of[name]

    def _full(self, name: str) -> str:
        """A name without short forms."""
        return " ".join(self._long(part) for part in name.split())

    def _long(self, part: str) -> str:
        bare = part.strip(",;.()")
        full = self.office.abbreviations.get(bare)
        if full is None and "&" in bare:  # "HT&ĐT"
            shorts = [self.office.abbreviations.get(short, short) for short in bare.split("&")]
            full = " và ".join(shorts)
        return part.replace(bare, full).rstrip(".") if full and bare else part

    def same(self, a: str, b: str) -> bool:
        return self._key(a) == self._key(b)

    def _key(self, name: str) -> tuple[str, ...]:
        return tuple(w for w in words(self._full(latin(name))) if w not in ("va",))

    def spelled(self, name: str) -> str:
        """A name as it is usually written: capitals of a heading are those of the same words elsewhere."""
        name = self._full(clean(name).strip(" .,;:-–"))
        if name != name.upper():
            return name[:1].upper() + name[1:]
        if known := self._spellings.get(words(name)):
            return known[:1].upper() + known[1:]
        found = self.word_of(name)
        if found is None:
            return sentence(name)
        head = found[1]
        rest = tail(name, len(words(head)))
        if found[0].root or found[0].kind in LOCALITIES:
            rest = self._proper(rest, found[0])
        else:
            rest = self._spellings.get(words(rest)) or rest[:1].upper() + rest[1:].lower()
        return f"{head} {rest}".strip()

    def _proper(self, rest: str, word: UnitWord) -> str:
        if word.kind in (*LOCALITIES, "district"):
            return " ".join(w[:1].upper() + w[1:].lower() for w in rest.split())
        if known := self._spellings.get(words(rest)):
            return known
        kept = rest[:1].upper() + rest[1:].lower()
        behind = min((at for at, _ in hits(rest, self.office.province) if at > 0), default=None)
        if behind is None:
            return kept
        place = from_word(rest, behind + 1)  # "SỞ Y TẾ TỈNH BẮC HÀ": the province keeps its capitals
        return kept[: len(kept) - len(place)] + " ".join(w[:1].upper() + w[1:].lower() for w in place.split())

    # ---- units --------------------------------------------------------------------------------------------------

    def roots(self) -> list[UnitDraft]:
        return [u for u in self.units if u.parent is None]

    def root(self, name: str, kind: str | None = None) -> UnitDraft:
        """The unit of that name at the top, made if need be."""
        found = next((u for u in self.roots() if self._alike(u.name, name)), None)
        if found is None:
            word = self.word_of(name)
            found = UnitDraft(self.spelled(name), kind or (word[0].kind if word else "department"))
            self.units.append(found)
        return found

    def organ(self, root: UnitDraft, kind: str) -> UnitDraft:
        """An organ of a locality: its party committee, council, committee or front."""
        found = next((u for u in self.units if u.parent is root and u.kind == kind and u.organ), None)
        if found is None:
            name = next((o.name for o in self.office.organs if o.kind == kind), kind)
            found = UnitDraft(name, kind, root, organ=True)
            self.units.append(found)
        return found

    def below(self, root: UnitDraft) -> Iterator[UnitDraft]:
        return (u for u in self.units if u.root is root and u is not root)

    def known(self, root: UnitDraft, name: str) -> UnitDraft | None:
        """A unit below `root` with that name; the name of the root behind it does not matter."""
        wanted = self._key(name)
        own = self._key(root.name)
        for unit in self.below(root):
            have = self._key(unit.name)
            if have in (wanted, wanted[: -len(own)] if own and wanted[-len(own) :] == own else wanted):
                return unit
        return self._by_initials(root, name)

    def _by_initials(self, root: UnitDraft, name: str) -> UnitDraft | None:
        """The one unit below `root` whose name the short form stands for: "Phòng TCCB" is "Phòng Tổ chức cán bộ"."""
        first, _, short = clean(name).rpartition(" ")
        if not first or not short.isalpha() or short != short.upper() or len(short) < 2:
            return None
        found = [
            unit
            for unit in self.below(root)
            if find(unit.name, first) == 0 and _initials(tail(unit.name, len(words(first)))) == short
        ]
        return found[0] if len(found) == 1 else None

    def inner(self, root: UnitDraft, name: str, organ: str | None = None, parent: UnitDraft | None = None) -> UnitDraft:
        """The unit of that name below `root`, made if need be."""
        name = self._without_locality(clean(name), root)
        found = self.known(root, name)
        if found is not None:
            return found
        word = self.word_of(name)
        if word and word[0].organ and root.is_locality:
            return self.organ(root, word[0].kind)
        kind = word[0].kind if word and not word[0].root else DIVISION
        if parent is None:
            parent = root
            if root.is_locality:
                above = (word[0].parent if word else None) or organ or "committee"
                parent = self.organ(root, above)
        unit = UnitDraft(self.spelled(name), kind, parent)
        self.units.append(unit)
        return unit

    def _without_locality(self, text: str, root: UnitDraft) -> str:
        """The text without the name of the root, or of its organ, behind it."""
        spoken, own = words(text), words(root.name)
        if own and len(spoken) > len(own) and spoken[-len(own) :] == own:
            return self._front(text, len(spoken) - len(own))
        return text

    @staticmethod
    def _front(text: str, count: int) -> str:
        """The first `count` words."""
        rest = tail(text, count)
        cut = text.rfind(rest) if rest else len(text)
        return text[:cut].strip(" ,;:-–(")

    # ---- posts --------------------------------------------------------------------------------------------------

    def place(self, text: str, root: UnitDraft, section: UnitDraft | None) -> Placed:
        """Where a post belongs that stands in a section of `root`: by what it says itself, else by the section."""
        text = clean(text)
        if not self.posts.title(text)[0] and self.posts.title(full := self._full(text))[0]:
            text = full
        root, text = self._own_root(text, root, section)
        if section is not None and section.root is not root:
            section = None
        spoken = words(text)
        tried = sorted(
            {len(p) for p, _, _ in self.titles.phrases.get(spoken[0], ()) if spoken[: len(p)] == p} if spoken else (),
            reverse=True,
        )
        for count in tried:
            rest = tail(text, count)
            for entry in self._entries(spoken, count):
                unit, named = self._unit_of(entry, rest, root, section)
                if unit is not None and self._fits(entry, unit):
                    best = self._best(spoken, count, unit)
                    return Placed(best.title[0], self._settled(best, rest, unit, root, section), best, named)
        return Placed(text, section or root, None, False)

    def _settled(
        self, entry: Title, rest: str, unit: UnitDraft, root: UnitDraft, section: UnitDraft | None
    ) -> UnitDraft:
        """The unit, made where so far it was only a thought."""
        if unit not in self.units:
            if unit.organ:
                return self.organ(root, unit.kind)
            parent = section if section and unit.parent is section else None
            return self.inner(root, unit.name, entry.organ, parent)
        return unit

    def _entries(self, spoken: tuple[str, ...], count: int) -> list[Title]:
        found = [e for p, _, e in self.titles.phrases.get(spoken[0], ()) if p == spoken[:count]]
        return sorted(found, key=lambda e: -(bool(e.kinds) + 2 * bool(e.below)))

    @staticmethod
    def _fits(entry: Title, unit: UnitDraft) -> bool:
        return (not entry.kinds or unit.kind in entry.kinds) and (
            not entry.below or bool(set(entry.below) & set(unit.above))
        )

    def _best(self, spoken: tuple[str, ...], count: int, unit: UnitDraft) -> Title:
        return next(e for e in self._entries(spoken, count) if self._fits(e, unit))

    def _own_root(self, text: str, root: UnitDraft, section: UnitDraft | None) -> tuple[UnitDraft, str]:
        """The root that the text names at its end ("Phó Chủ tịch UBND xã Đoàn Kết"), and the text without it."""
        spoken = words(text)
        for unit in sorted(self.roots(), key=lambda u: -len(words(u.name))):
            own = words(unit.name)
            at = len(spoken) - len(own)
            if at > 0 and spoken[at:] == own and (front := self._title_before(text, at, unit)):
                return unit, front
        if root.is_locality and (word := self.word_of(root.name)) and (own := words(word[1])):
            # "Chủ tịch UBND xã": of the commune itself
            at = len(spoken) - len(own)
            if at > 0 and spoken[at:] == own and (front := self._title_before(text, at, root)):
                return root, front
        for at in sorted({i for i, _ in hits(text, self._root_words) if i > 0}):
            behind = tail(text, at)
            named = behind.split(",")[0].split("(")[0].strip()
            if words(named) != words(behind) or not any(self._is_named_by(named, w) for w in self._root_words):
                continue
            known = next((u for u in self.roots() if self._alike(u.name, named)), None)
            front = self._title_before(text, at, known)
            if front is not None:
                return known or self.root(named), front
        return root, text

    @staticmethod
    def _is_named_by(name: str, word: str) -> bool:
        """The name begins with that word and goes on with a capital."""
        spoken = words(word)
        if find(name, word) != 0 or len(words(name)) < len(spoken):
            return False
        rest = tail(name, len(spoken))
        return rest[:1].isupper() if rest else len(spoken) > 2

    def _title_before(self, text: str, at: int, unit: UnitDraft | None) -> str | None:
        """The text before its word number `at`, where that ends in a title; the two may share a word:
        "Trưởng Ban Tổ chức Tỉnh ủy" is the "Trưởng Ban" of the "Ban Tổ chức Tỉnh ủy"."""
        for shared in (0, 1):
            front = self._front(text, at + shared)
            count, entries = self.posts.title(front)
            if count and (count == at + shared or (shared == 0 and self._goes_on(front, count, entries, unit))):
                return front
        return None

    def _goes_on(self, front: str, count: int, entries: list[Title], unit: UnitDraft | None) -> bool:
        """Behind the title stands a unit of its own ("Trưởng phòng Kinh tế")."""
        return bool(tail(front, count)) and (
            any(e.unit_word for e in entries) or self.word_of(tail(front, count)) is not None or unit is not None
        )

    def _alike(self, a: str, b: str) -> bool:
        """The same unit, one of the names with the province behind it."""
        x, y = self._key(a), self._key(b)
        return x == y or (min(len(x), len(y)) >= 3 and (x[: len(y)] == y or y[: len(x)] == x))

    def _named_unit(self, rest: str, root: UnitDraft) -> UnitDraft | None:
        """The unit that a text begins with: "Phòng Tổ chức - Biên chế"."""
        if not rest:
            return None
        if unit := self.known(root, rest):
            return unit
        found = self.word_of(rest)
        if found is None or found[0].root or found[0].organ:
            return None
        if len(words(self._full(rest))) <= len(words(found[1])) and not found[0].parent:
            return None
        return UnitDraft(self.spelled(self._without_locality(rest, root)), found[0].kind, root)

    def _own_kind(self, rest: str, entry: Title, root: UnitDraft, section: UnitDraft | None) -> UnitDraft | None:
        """The section, or a unit above it, where the text names only its kind: "Giám đốc Trung tâm" in a centre."""
        word = self.word_of(rest)
        if word is None or root.is_locality or len(words(rest)) != len(words(word[1])):
            return None
        unit = section or root
        while find(unit.name, word[1]) != 0 or not self._fits(entry, unit):
            if unit.parent is None:
                return None
            unit = unit.parent
        return unit

    def _unit_of(
        self, entry: Title, rest: str, root: UnitDraft, section: UnitDraft | None
    ) -> tuple[UnitDraft | None, bool]:
        """The unit of a post with that title, and whether the text names it; not yet in the tree if it is new."""
        rest = self._without_locality(rest, root) if rest else rest
        if rest and self.same(rest, root.name):
            rest = ""
        if rest and (own := self._own_kind(rest, entry, root, section)):
            return own, False
        if rest:
            named = self._named_unit(rest, root)
            if entry.unit_word:
                named = self.known(root, rest) or self.known(root, f"{entry.unit_word} {rest}")
            if named is None and entry.unit_word and find(rest, entry.unit_word) == 0:
                named = self._named_unit(rest, root)
            if named is None and entry.unit_word:
                named = self.known(root, f"{entry.unit_word} {rest}") or UnitDraft(
                    self.spelled(f"{entry.unit_word} {rest}"), self._kind_of(entry.unit_word), self._parent(entry, root)
                )
            if named is not None:
                if named.parent is root and named not in self.units:
                    named.parent = self._parent(entry, root, named)
                return named, True
        if entry.unit and (word := self.word_of(entry.unit)) and word[0].root:
            led = [root, *self.roots()]
            return next((u for u in led if find(u.name, entry.unit) == 0), None), True
        kind = self._kind_of(entry.unit) if entry.unit else ""
        if entry.unit and entry.kinds and kind not in entry.kinds:
            return (root if find(root.name, entry.unit) == 0 else None), False
        if entry.unit and kind in entry.kinds and not (section and self._is_own(entry, section)):
            known = self.known(root, entry.unit)
            return known or UnitDraft(entry.unit, kind, self._parent(entry, root)), bool(known) or not section
        if entry.organ and root.is_locality and not entry.unit_word and not (section and self._fits(entry, section)):
            if entry.kinds and not set(entry.kinds) & set(LOCALITIES):
                return None, False
            known_organ = next((u for u in self.units if u.parent is root and u.kind == entry.organ), None)
            name = next((o.name for o in self.office.organs if o.kind == entry.organ), entry.organ)
            organ = known_organ or UnitDraft(name, entry.organ, root, organ=True)
            return (organ, False) if self._fits(entry, organ) else (None, False)
        if section is not None and self._fits(entry, section):
            return section, False
        return root, False

    def _is_own(self, entry: Title, section: UnitDraft) -> bool:
        """The section is the unit of the title, perhaps by another name ("Văn phòng" for "Văn phòng Sở")."""
        first = words(entry.unit or "")[:2]
        return self._fits(entry, section) and words(section.name)[: len(first)] == first

    def _kind_of(self, name: str) -> str:
        """The kind of a unit within another, by its name."""
        word = self.word_of(name)
        return word[0].kind if word and not word[0].root else DIVISION

    def _parent(self, entry: Title, root: UnitDraft, unit: UnitDraft | None = None) -> UnitDraft:
        """Where a new unit of the title hangs; an organ that is not there yet stands in for itself."""
        if not root.is_locality:
            return root
        word = self.word_of(unit.name) if unit else None
        kind = (word[0].parent if word else None) or entry.organ or "committee"
        known = next((u for u in self.units if u.parent is root and u.kind == kind and u.organ), None)
        return known or UnitDraft(kind, kind, root, organ=True)

    def unit_called(self, text: str, root: UnitDraft) -> UnitDraft | None:
        """The unit that a text names; None where it only says "phòng"."""
        if not text or len(words(text)) < 2:
            return None
        named = self._named_unit(text, root)
        if named is None:
            return None
        return named if named in self.units else self.inner(root, named.name)

    def head_of(self, unit: UnitDraft) -> Placed | None:
        """The post that leads a unit, by the title map: of several the one whose word the unit's name begins with."""
        heads = [e for e in self.titles.titles if e.head and e.nature == "full_time" and self._fits(e, unit)]
        if not unit.is_locality and not unit.organ:
            heads = [e for e in heads if DIVISION not in e.kinds or not e.unit or self.same(e.unit, unit.name)]
        named = [e for e in heads if e.unit and self.same(e.unit, unit.name)]
        worded = [e for e in heads if e.unit_word and find(unit.name, e.unit_word) == 0 and not e.unit]
        plain_ones = [e for e in heads if not e.unit and not e.unit_word]
        chosen = next(
            (max(g, key=lambda e: bool(e.kinds) + 2 * bool(e.below)) for g in (named, worded, plain_ones) if g),
            None,
        )
        return Placed(chosen.title[0], unit, chosen, False) if chosen else None


def is_block(text: str, organisation: Organisation) -> bool:
    """The heading of a block: neither a unit nor a post ("KHỐI ĐẢNG", "LÃNH ĐẠO SỞ")."""
    block = starts(text, organisation.office.blocks)
    if block is None:
        return False
    unit = organisation.word_of(text)
    title, _ = organisation.posts.title(text)
    return len(words(block)) >= max(len(words(unit[1])) if unit else 0, title)


def _initials(text: str) -> str:
    """The first letters of the words, marks of the vowels aside: "Tổ chức cán bộ" TCCB, "Đầu tư công" ĐTC."""
    found = (unicodedata.normalize("NFD", word)[:1] if word[:1] not in "đĐ" else "Đ" for word in text.split())
    return "".join(letter.upper() for letter in found if letter.isalpha())
