"""Posts in free text: several in one cell, with the date since which they are held, acting ones; planned posts with
the decisions that planned them."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.domain.office_words import ListWords
from planner.domain.titles import Title, Titles, words
from planner.importers.dates import Dated, dates_in
from planner.importers.text import clean, find, has, latin, starts, tail

_DECISION = re.compile(r"\d+[a-zA-Z]?\s*[-/]\s*[^\W\d_]{1,4}Đ?\s*[-/]\s*[^\W\d_][\w&.-]*(?:/[^\W\d_][\w.-]*)*")
_BEFORE_DECISION = re.compile(
    r"(?:\(|\[|-|–|,|:|;)?\s*(?:theo\s+)?(?:(?:QĐ|Quyết định|quyết định)\s*)?(?:số|Số|SỐ|no\.?)?[\s:.]*$"
)
_CLOSE = 0.7
_SEATS = re.compile(r"\(?\s*(\d{1,2})\s*([^\d()]{2,20})\)?\s*$")


@dataclass(frozen=True)
class PostText:
    """One post as it stands in a cell. `acting`: it is looked after; an empty `text` then means the unit itself."""

    text: str
    since: Dated | None = None
    acting: bool = False


@dataclass(frozen=True)
class PlannedText:
    """A planned post as it stands in a cell, with the number and the date of the decision."""

    text: str
    decision: str | None = None
    since: Dated | None = None


class PostReader:
    """Splits cells into posts, with the titles and words of a content set."""

    def __init__(self, titles: Titles, office: ListWords) -> None:
        self.titles = titles
        self.office = office

    def title(self, text: str) -> tuple[int, list[Title]]:
        """How many words of the text are a title, whatever the unit, and its meanings; 0 if it begins with none."""
        spoken = words(text)
        best = 0
        entries: list[Title] = []
        for phrase, _, entry in self.titles.phrases.get(spoken[0], ()) if spoken else ():
            if spoken[: len(phrase)] == phrase and len(phrase) >= best:
                entries = [*entries, entry] if len(phrase) == best else [entry]
                best = len(phrase)
        return best, entries

    def near(self, text: str) -> tuple[str, ...]:
        """The known title that an unknown one most looks like."""
        names = {" ".join(words(t)): t for entry in self.titles.titles for t in entry.title}
        close = difflib.get_close_matches(" ".join(words(text)), names, n=1, cutoff=_CLOSE)
        return tuple(names[c] for c in close)

    def is_leading(self, text: str) -> bool:
        """The text begins with the title of a post that is not staff's."""
        return any(not entry.staff for entry in self.title(text)[1])

    def posts(self, text: str) -> list[PostText]:
        """The posts of a cell in their order."""
        found: list[PostText] = []
        for piece in self._pieces(latin(text)):
            bare, since = self._dated(piece)
            found += self._acting(bare, since)
        return self._with_trailing_date(found)

    def _with_trailing_date(self, found: list[PostText]) -> list[PostText]:
        """A date after "phụ trách" is that of the post before it: acting has none of its own."""
        kept = list(found)
        for i, post in enumerate(kept):
            if post.acting and post.since and i and kept[i - 1].since is None and not kept[i - 1].acting:
                kept[i - 1] = replace(kept[i - 1], since=post.since)
                kept[i] = replace(post, since=None)
        return [p for p in kept if p.text or p.acting]

    def _pieces(self, text: str) -> Iterator[str]:
        """Parts of a cell, each of which begins with a title."""
        current = ""
        depth = 0
        i = 0
        while i < len(text):
            c = text[i]
            depth += (c == "(") - (c == ")")
            cut = self._cut(text, i, current) if depth <= 0 else 0
            if cut:
                yield clean(current)
                current = ""
                i += cut
                continue
            current += c
            i += 1
        yield clean(current)

    def _cut(self, text: str, i: int, before: str) -> int:
        """How many letters of a separator stand at `i`, if what follows is another post; 0: none."""
        c = text[i]
        if c in ";\n":
            return 1
        if c in ",+" or (c in "-–/" and text[i - 1 : i] == " " and text[i + 1 : i + 2] == " "):
            rest = text[i + 1 :].lstrip(" -")
            # "Trưởng phòng Tài chính - Kế toán": whoever leads a division is not its clerk besides.
            clerk = self.is_leading(before) and not self.is_leading(rest) and not starts(rest, self.office.acting)
            return 1 if self._is_post(rest) and not clerk else 0
        if c == " ":
            word = starts(text[i + 1 :], self.office.joined)
            if word:
                length = len(text[i + 1 :]) - len(_after_words(text[i + 1 :], len(words(word))))
                return 1 + length if self._is_post(text[i + 1 + length :]) else 0
        return 0

    def _is_post(self, text: str) -> bool:
        if starts(text, self.office.acting):
            return True
        count, entries = self.title(text)
        if not count:
            return False
        # "Phòng Công chức, viên chức" holds the name of a staff title in small letters.
        return any(not e.staff for e in entries) or text.lstrip()[:1].isupper()

    def _dated(self, text: str) -> tuple[str, Dated | None]:
        """The text without the date of taking up the post."""
        for dated, start, end in dates_in(text):
            before = text[:start]
            opened = before.rfind("(")
            inside = opened >= 0 and ")" not in before[opened:]
            head = before[opened + 1 :] if inside else before
            word = _last(head, self.office.since)
            if word is None and not inside:
                continue
            if inside:
                closed = text.find(")", end)
                rest = text[closed + 1 :] if closed >= 0 else ""
                return clean(before[:opened] + " " + rest).strip(" ,;-–"), dated
            return clean(before[: word[0]]).strip(" ,;-–("), dated  # type: ignore[index]
        return text.strip(" ,;-–"), None

    def _acting(self, text: str, since: Dated | None) -> list[PostText]:
        """A post, and what its holder looks after besides."""
        if not text:
            return []
        if word := starts(text, self.office.acting):
            return [PostText(tail(text, len(words(word))), since, acting=True)]
        inner = [w for w in self.office.acting if len(words(w)) > 1]
        word = has(text, inner)
        if word is None:
            return [PostText(text, since)]
        at = find(text, word)
        post = _before_words(text, at)
        scope = tail(text, at + len(words(word)))
        if scope and not self._is_unit_word(scope):
            return [PostText(clean(post), since)]  # looks after a field of work, not a unit
        return [PostText(clean(post), since), PostText(scope, None, acting=True)]

    def _is_unit_word(self, text: str) -> bool:
        return starts(text, [w for u in self.office.units for w in u.words]) is not None or self.title(text)[0] > 0

    # ---- planned posts ------------------------------------------------------------------------------------------

    def planned(self, text: str) -> list[PlannedText]:
        """The planned posts of a cell; a decision without a post is that of the posts before it."""
        found: list[PlannedText] = []
        for piece in re.split(r";|\n", _brackets_on_one_line(latin(text))):
            title, decision, since = self.decision(clean(piece))
            title = title.strip(" ,;-–.:()*•+").strip()
            titles = [clean(t) for t in self._pieces(title)] if title else []
            if not titles and decision:
                found = [p if p.decision else replace(p, decision=decision, since=since) for p in found]
            found += [PlannedText(_numbered(t), decision, since) for t in titles if t]
        return found

    def decision(self, text: str) -> tuple[str, str | None, Dated | None]:
        """The text before a decision, its number, and its date."""
        m = _DECISION.search(text)
        if m is None:
            dates = dates_in(text)
            return text, None, dates[0][0] if dates else None
        start = m.start()
        if before := _BEFORE_DECISION.search(text[:start]):
            start = before.start()
        number = re.sub(r"\s+", "", m[0]).rstrip(".-")
        dates = dates_in(text[m.end() :])
        return text[:start], number, dates[0][0] if dates else None

    def seats(self, text: str) -> tuple[str, int | None]:
        """A heading of a section without the number of seats behind it, and that number: "(04 vị trí)"."""
        m = _SEATS.search(text)
        if m and starts(clean(m[2]), self.office.seats):
            return clean(text[: m.start()]).strip(" -–:"), int(m[1])
        return text, None


def _numbered(text: str) -> str:
    return re.sub(r"^\s*\d+[.)]\s*", "", text)


def _brackets_on_one_line(text: str) -> str:
    """A line break within, or right before, brackets does not part what is in them from what is before."""
    return re.sub(r"\n\s*\(", " (", text)


def _last(text: str, phrases: tuple[str, ...]) -> tuple[int, str] | None:
    """The phrase with which the text ends, and the letter at which it begins."""
    spoken = words(text)
    found = [p for p in phrases if words(p) and spoken[-len(words(p)) :] == words(p)]
    if not found:
        return None
    phrase = max(found, key=lambda p: len(words(p)))
    return len(_before_words(text, len(spoken) - len(words(phrase)))), phrase


def _after_words(text: str, count: int) -> str:
    """The text from the word after the first `count` ones."""
    m = list(re.finditer(r"\w+", text))
    return text[m[count].start() :] if count < len(m) else ""


def _before_words(text: str, count: int) -> str:
    """The text before its word number `count`."""
    m = list(re.finditer(r"\w+", text))
    return text[: m[count].start()] if count < len(m) else text
