"""Levels in cells: degrees with their fields, political theory, state management; held, or still being studied."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.domain.findings import plain
from planner.domain.office_words import Grade, ListWords
from planner.domain.titles import words
from planner.importers.text import clean, find, has, hits, is_one, starts, tail

_BETWEEN = re.compile(r",|\s[-–]\s|/")
_PARTS = re.compile(r"[;\n+]|,(?!\d)|\s[/]\s")


@dataclass(frozen=True)
class Level:
    """A level of a competency. `studying`: not yet held."""

    competency: str
    level: str
    field: str | None = None
    written: str = ""
    studying: bool = False


def squeezed(text: str) -> str:
    return "".join(c for c in plain(text) if c.isalnum())


def is_none(text: str, office: ListWords) -> bool:
    """The cell says that there is nothing."""
    bare = text.strip(" .")
    return not bare or is_one(bare, office.none) or bare in office.none


def grade(text: str, grades: Sequence[Grade]) -> str | None:
    """The level whose words are the text, blanks and marks aside."""
    wanted = squeezed(text)
    return next((g.level for g in grades for w in g.words if squeezed(w) == wanted), None)


def grade_within(text: str, grades: Sequence[Grade]) -> tuple[str, str] | None:
    """The level with the longest words that stand in the text, and those words."""
    level_of = {w: g.level for g in reversed(grades) for w in g.words}
    word = max((w for _, w in hits(text, level_of)), key=lambda w: (len(words(w)), len(w)), default=None)
    return (level_of[word], word) if word is not None else None


def is_studying(text: str, office: ListWords) -> bool:
    """It speaks of a course in progress; a single word counts only where the text begins with it."""
    return bool(starts(text, office.studying) or has(text, [p for p in office.studying if len(words(p)) > 1]))


def degrees(text: str, office: ListWords) -> tuple[list[Level], str]:
    """The degrees of a cell with their fields, and what of it was not understood."""
    found: list[Level] = []
    unread: list[str] = []
    for part in _degree_parts(text, office):
        studying = is_studying(part, office)
        word = starts(part, [w for g in office.degrees for w in g.words])
        if word is None and (within := grade_within(part, office.degrees)) and not studying:
            word = within[1] if find(part, within[1]) <= 1 else None
        if word is None and studying and (within := grade_within(part, office.degrees)):
            word = within[1]
        if word is None:
            unread.append(part)
            continue
        level = next(g.level for g in office.degrees if word in g.words)
        at = find(part, word)
        field = _without_brackets(tail(part, at + len(words(word))))
        field = clean(field.removeprefix("ngành ").removeprefix("chuyên ngành ").removeprefix(": "))
        found.append(Level("degree", level, field or None, part, studying))
    return found, "; ".join(unread)


def _without_brackets(text: str) -> str:
    return re.sub(r"\s*\([^)]*\)?\s*", " ", text).strip()


def _degree_parts(text: str, office: ListWords) -> list[str]:
    """Parts that begin with a degree; a comma within a field separates nothing."""
    starters = [w for g in office.degrees for w in g.words]
    parts: list[str] = []
    for piece in (clean(p) for p in _PARTS.split(text)):
        if not piece:
            continue
        if parts and not starts(piece, starters) and not is_studying(piece, office):
            parts[-1] += f", {piece}"
        else:
            parts.append(piece)
    return parts


def levels(text: str, competency: str, grades: Sequence[Grade], office: ListWords) -> tuple[list[Level], str]:
    """The levels of a cell of one competency, and what was not understood. "CC (đang học)" is no level yet."""
    if is_none(text, office):
        return [], ""
    found: list[Level] = []
    unread: list[str] = []
    for part in (clean(p) for p in re.split(r"[;,\n()+]", text)):
        if not part:
            continue
        studying = is_studying(part, office)
        level = grade(part, grades) or (within[0] if (within := grade_within(part, grades)) else None)
        if level is not None:
            found.append(Level(competency, level, None, text, studying))
        elif studying and found:
            found[-1] = Level(competency, found[-1].level, None, text, True)
        elif not is_none(part, office) and not found:
            unread.append(part)
    return found, "; ".join(unread)


def mixed(text: str, office: ListWords) -> tuple[list[Level], str]:
    """Several facts in one cell: "ThS Luật; CC LLCT; CVC"."""
    found: list[Level] = []
    unread: list[str] = []
    for part in (_unlabelled(p, office) for p in _mixed_parts(text, office)):
        if is_none(part, office):
            continue
        bare = re.sub(r"\([^)]*\)", "", part)
        studying = is_studying(part, office)
        if level := _only(bare, office.theory):
            found.append(Level("theory", level, None, part, studying or _in_brackets(part, office)))
        elif level := _only(bare, office.state_mgmt):
            found.append(Level("state_mgmt", level, None, part, studying or _in_brackets(part, office)))
        elif starts(bare, [w for g in office.degrees for w in g.words]):
            got, rest = degrees(part, office)
            found += got
            unread += [rest] if rest else []
        elif starts(part, office.it) or has(part, office.it):
            found.append(Level("it", "fit", None, part))
        elif starts(part, office.language):
            found.append(Level("language", "fit", None, part))
        elif studying and (within := grade_within(part, office.theory)):
            found.append(Level("theory", within[0], None, part, True))
        elif (within := grade_within(part, office.theory)) and len(words(within[1])) >= 2:
            found.append(Level("theory", within[0], None, part))
        elif within := grade_within(part, office.state_mgmt):
            found.append(Level("state_mgmt", within[0], None, part))
        else:
            unread.append(part)
    return found, "; ".join(unread)


def _unlabelled(part: str, office: ListWords) -> str:
    """A degree without the label before it: "CM: ThS Luật"."""
    label, _, behind = part.partition(":")
    is_degree = starts(behind, [w for g in office.degrees for w in g.words])
    return clean(behind) if is_degree and len(words(label)) <= 3 else part


def _only(text: str, grades: Sequence[Grade]) -> str | None:
    """The level where the part says nothing else, a label before it aside ("LLCT: Cao cấp")."""
    _, colon, after = text.partition(":")
    return grade(text, grades) or (grade(after, grades) if colon else None)


def _in_brackets(part: str, office: ListWords) -> bool:
    inner = re.findall(r"\(([^)]*)\)", part)
    return any(is_studying(i, office) for i in inner)


def _mixed_parts(text: str, office: ListWords) -> Iterator[str]:
    """Parts between semicolons and lines; within one, facts behind commas, dashes or slashes, from the end as far as
    each is a fact of its own ("CĐ Tài chính - Ngân hàng - TC" holds two)."""
    for piece in re.split(r"[;\n]", text):
        rest, behind = clean(piece), []
        while marks := list(_BETWEEN.finditer(rest)):
            last = clean(rest[marks[-1].end() :])
            if not _is_fact(last, office):
                break
            behind.append(last)
            rest = rest[: marks[-1].start()].strip()
        yield from (p for p in (rest, *reversed(behind)) if p)


def _is_fact(text: str, office: ListWords) -> bool:
    starters = [w for g in office.degrees for w in g.words]
    return bool(
        _only(text, office.theory) or _only(text, office.state_mgmt) or starts(text, starters)
        or starts(text, office.it) or is_none(text, office)
    )  # fmt: skip


@dataclass(frozen=True)
class Rated:
    """A yearly class as it was read: a code; `unclear` where it may be one of two; neither where there was none."""

    code: str | None
    unclear: bool = False
    none: bool = False


def rating(text: str, grades: Sequence[Grade], office: ListWords) -> Rated:
    """The class in a cell; a remark in brackets does not count."""
    bare = re.sub(r"\([^)]*\)?", "", text).strip(" .;,")
    if code := grade(bare, grades):
        return Rated(code)
    if any(squeezed(w) == squeezed(bare) for w in office.rating_unclear):
        return Rated(None, unclear=True)
    if starts(bare, office.rating_none) or is_none(bare, office):
        return Rated(None, none=bool(starts(bare, office.rating_none)))
    within = grade_within(bare, grades)
    if within and len(words(within[1])) >= 2:
        return Rated(within[0])
    return Rated(None, unclear=True)
