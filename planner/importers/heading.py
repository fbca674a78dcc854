"""The heading of a table: one, two or three rows, merged or not, found by the words in it; and what each column is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.domain.office_words import ListWords
from planner.domain.titles import words
from planner.importers.levels import grade
from planner.importers.sheets import Sheet
from planner.importers.text import hits, starts

UNREAD = "unread"
_MOST_ROWS = 4
_FEWEST = 3
_LONGEST = 120
_YEARS = range(1990, 2101)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_TICK = re.compile(r"\(\s*[xX+*]\s*\)")
_LEVELS = frozenset({"degree", "theory", "state_mgmt"})
_PLANNED = ("planned", "planned_before", "planned_new")


@dataclass(frozen=True)
class Column:
    """A column by its headings from top to bottom, and what it means (`UNREAD`: not known)."""

    index: int
    path: tuple[str, ...]
    meaning: str
    year: int | None = None
    hidden: bool = False
    mark: str | None = None
    """The level or class for which the column stands: a tick in it says it ("LLCT / CC")."""

    @property
    def heading(self) -> str:
        return " / ".join(self.path)


@dataclass(frozen=True)
class Heading:
    """The rows `top` to `bottom` of a sheet, with their columns."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    def of(self, *meanings: str) -> list[Column]:
        return [c for c in self.columns if c.meaning in meanings]

    def first(self, *meanings: str) -> Column | None:
        return next(iter(self.of(*meanings)), None)

    @property
    def has_name(self) -> bool:
        return bool(self.of("name") or (self.of("given_name") and self.of("family_name")))


class HeadingWords:
    """Which column a heading names: the longest phrase that is the heading, begins it or stands in it."""

    def __init__(self, office: ListWords) -> None:
        self._office = office
        self._meanings: dict[str, list[str]] = {}
        for meaning, phrases in office.columns.items():
            for phrase in phrases:
                self._meanings.setdefault(phrase, []).append(meaning)
        self._phrases = tuple(self._meanings)
        names = ("name", "family_name", "given_name")
        self._names = tuple(p for m in names for p in office.columns.get(m, ()))
        self._known: dict[str, tuple[str, int]] = {}

    def may_name(self, text: str) -> bool:
        """It may be the heading of a column of names: cheap to ask, before anything else is."""
        return len(text) < _LONGEST and starts(text, self._names) is not None

    def meaning(self, text: str) -> tuple[str, int]:
        """The meaning and its strength: 3 the whole heading, 2 its beginning, 1 within it, 0 none."""
        if text not in self._known:
            self._known[text] = self._meaning(self._spoken(text))
        return self._known[text]

    def _meaning(self, text: str) -> tuple[str, int]:
        count = len(words(text))
        best: tuple[int, int, str] = (0, 0, UNREAD)
        levels: set[str] = set()
        first: dict[str, int] = {}
        for at, phrase in hits(text, self._phrases):
            first.setdefault(phrase, at)
        for phrase in (p for p in self._phrases if p in first):
            length, at = len(words(phrase)), first[phrase]
            if length == 1 and len(phrase) <= 3 and count > 1:
                continue  # "TT" or "CM" means something only where it stands alone
            for meaning in self._meanings[phrase]:
                if meaning in _LEVELS:
                    levels.add(meaning)
                strength = 3 if length == count else 2 if at == 0 else 1
                if (strength, length) > best[:2]:
                    best = strength, length, meaning
        if len(levels) > 1:  # "Trình độ (chuyên môn; LLCT; QLNN)"
            return "education", 3
        return best[2], best[0]

    def _spoken(self, text: str) -> str:
        """The heading without short forms, years and marks to tick: "XL 2024" says "xếp loại", "Nữ (x)" "nữ"."""
        said = _TICK.sub(" ", text)
        short = self._office.heading_words
        said = " ".join(short.get(part.strip(",.;:()").upper(), part) for part in said.split())
        return _YEAR.sub(" ", said).strip() or text

    def ticked(self, path: Sequence[str]) -> tuple[str, str] | None:
        """What a column means that stands for one level or class, and that level as its heading says it."""
        office = self._office
        grades = {
            "degree": office.degrees,
            "theory": office.theory,
            "state_mgmt": office.state_mgmt,
            "rating": office.ratings,
        }
        for group in reversed(path[:-1]):
            meaning = self.meaning(group)[0]
            tried = ("theory", "state_mgmt", "degree") if meaning == "education" else (meaning,)
            for competency in tried:
                if grade(path[-1], grades.get(competency, ())):
                    return competency, path[-1]
        return None

    def column(self, path: Sequence[str]) -> tuple[str, int | None]:
        """What a column with these headings means, and the year that they name."""
        year = next((y for text in reversed(path) if (y := _year_in(text)) is not None), None)
        leaf, strength = self.meaning(path[-1])
        groups = [self.meaning(text)[0] for text in path[:-1]]
        for group in reversed(groups):
            within = self._office.within.get(group, {})
            if leaf in within:
                return within[leaf], year
        if "rating" in groups and (leaf == UNREAD or year is not None):
            return "rating", year
        if leaf == "party":  # with nothing under it: the day of joining
            return "party_since", year
        if leaf != UNREAD and strength >= 2:
            return leaf, year
        whole, whole_strength = self.meaning(" ".join(path))
        if leaf == UNREAD or (whole_strength > strength and whole != UNREAD):
            known = next((g for g in reversed(groups) if g != UNREAD), UNREAD)
            return (whole, year) if whole_strength >= 2 or known == UNREAD else (UNREAD, year)
        return leaf, year


def _year_in(text: str) -> int | None:
    """The one year that a heading names; of several years the cells tell which is meant."""
    years = {int(w) for w in words(text) if w.isdecimal() and len(w) == 4 and int(w) in _YEARS}
    return years.pop() if len(years) == 1 else None


def find_headings(sheet: Sheet, vocabulary: HeadingWords) -> list[Heading]:
    """Every heading of a table of people in the sheet, from the top."""
    found: list[Heading] = []
    done = 0
    for row, cells in sheet.rows():
        if row <= done:
            continue
        if not any(vocabulary.may_name(cell.text) for cell in cells.values()):
            continue
        meanings = {c: vocabulary.meaning(cell.text) for c, cell in cells.items() if len(cell.text) < _LONGEST}
        strong = {m for m, strength in meanings.values() if strength >= 2}
        if "name" not in strong and not {"family_name", "given_name"} <= strong:
            continue
        if len(strong) < _FEWEST and len(cells) > len(strong) + 1:
            continue
        name = next(c for c, (m, s) in meanings.items() if s >= 2 and m in ("name", "family_name"))
        heading = _heading(sheet, row, name, vocabulary)
        if len({c.meaning for c in heading.columns} - {UNREAD}) >= _FEWEST:
            found.append(heading)
            done = heading.bottom
    return found


def _heading(sheet: Sheet, row: int, name: int, vocabulary: HeadingWords) -> Heading:
    top, bottom = _span(sheet, row, name)
    texts: dict[int, list[str]] = {}
    for column in range(1, sheet.width + 1):
        path: list[str] = []
        for r in range(top, bottom + 1):
            cell = sheet.at(r, column) if sheet.area(r, column).top >= top else None
            text = cell.text if cell else ""
            if not text and r < bottom:
                text = _group_left(sheet, r, column, bottom)
            if text and (not path or path[-1] != text):
                path.append(text)
        if path:
            texts[column] = path
    columns = []
    for column, path in texts.items():
        meaning, year = vocabulary.column(path)
        mark = None
        if ticked := vocabulary.ticked(path):
            meaning, mark = ticked
        columns.append(Column(column, tuple(path), meaning, year, column in sheet.hidden_columns, mark))
    return Heading(top, bottom, tuple(_one_each(_by_neighbours(columns))))


def _by_neighbours(columns: list[Column]) -> list[Column]:
    """Meanings that only the other columns tell: births under Nam and Nữ without a heading above them, the decision
    of a planned post."""
    meanings = {c.meaning for c in columns}
    given: dict[int, str] = {}
    if {"male", "female"} <= meanings and not any(m.startswith("birth") for m in meanings):
        given |= {c.index: f"birth_{c.meaning}" for c in columns if c.meaning in ("male", "female")}
    if "planned_before" in meanings and not meanings & {"planned_new", "planned", "proposal"}:
        # Nothing is proposed: a plain list, no form of review.
        given |= {c.index: "planned" for c in columns if c.meaning == "planned_before"}
    planned = [c.index for c in columns if c.meaning in _PLANNED]
    if planned and "planned_decision" not in meanings and "move_to" not in meanings:
        decisions = [c.index for c in columns if c.meaning == "decision" and not c.hidden]
        right = [i for i in decisions if i > min(planned)]
        if decisions:
            given[min(right) if right else decisions[0]] = "planned_decision"
    return [replace(c, meaning=given[c.index]) if c.index in given else c for c in columns]


def _span(sheet: Sheet, row: int, name: int) -> tuple[int, int]:
    """The rows of the heading: those of the merged cell of the name; else as far as rows look like headings."""
    area = sheet.area(row, name)
    top, bottom = area.top, area.bottom
    for other in sheet.cells.get(row, {}):
        merged = sheet.area(row, other)
        if merged.bottom - merged.top < _MOST_ROWS:
            bottom = max(bottom, merged.bottom)
    while bottom - top + 1 < _MOST_ROWS and _is_lower_row(sheet, top, bottom + 1, name):
        bottom += 1
    while bottom - top + 1 < _MOST_ROWS and _is_upper_row(sheet, top - 1, name):
        top -= 1
    return top, bottom


def _is_lower_row(sheet: Sheet, top: int, row: int, name: int) -> bool:
    """Sub-headings: nothing under the name and the number, and each cell below or right of a heading."""
    cells = sheet.cells.get(row, {})
    if (
        len(cells) < 2
        or name in cells
        or sheet.own(row, 1) is not None
        or any(_is_number(c.text) for c in cells.values())
    ):
        return False
    if any(len(c.text) > 40 for c in cells.values()):
        return False
    above = sheet.cells.get(top, {})
    empty_above = sum(1 for c in cells if c not in above)
    return empty_above >= 1 and all(c in above or any(a < c for a in above) for c in cells)


def _is_number(text: str) -> bool:
    """A number of a column as in "(1) (2) (3)"; a year is a heading."""
    bare = text.strip("() .")
    return bare.isdecimal() and not (len(bare) == 4 and int(bare) in _YEARS)


def _is_upper_row(sheet: Sheet, row: int, name: int) -> bool:
    """Groups above: a row with cells that are merged over several columns to the right of the name, none over it."""
    cells = sheet.cells.get(row, {})
    if not cells or name in cells or row < 1:
        return False
    wide = [c for c in cells if 1 < sheet.area(row, c).right - sheet.area(row, c).left + 1 < sheet.width - 3]
    return bool(wide) and min(cells) > name and all(len(c.text) <= 60 for c in cells.values()) and len(cells) >= 2


def _group_left(sheet: Sheet, row: int, column: int, bottom: int) -> str:
    """The group above a sub-heading where nobody merged the cells: the nearest text to the left that has none below."""
    if sheet.own(bottom, column) is None:
        return ""
    for c in range(column - 1, 0, -1):
        cell = sheet.own(row, c)
        if cell is not None:
            area = sheet.area(row, c)
            is_open = area.bottom == row and area.right == c and sheet.own(bottom, c) is not None
            return cell.text if is_open else ""
        if sheet.own(bottom, c) is None:
            return ""
    return ""


_SEVERAL = frozenset({UNREAD, "rating", "post", "note", "unit", "planned", "degree", "education", "kin", "decision"})


def _one_each(columns: list[Column]) -> list[Column]:
    """A meaning that can be in one column only is that of the first; later ones are not read."""
    seen: set[tuple[str, int | None]] = set()
    kept = []
    for column in columns:
        key = (column.meaning, column.year)
        if column.hidden or column.mark or column.meaning in _SEVERAL or key not in seen:
            kept.append(column)
        else:
            kept.append(replace(column, meaning=UNREAD))
        if not column.hidden:
            seen.add(key)
    return kept
