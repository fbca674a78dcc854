"""The rows of a table under its heading: people, empty seats, headings of sections, totals; the rest is its foot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from planner.domain.office_words import ListWords
from planner.domain.titles import words
from planner.importers.heading import UNREAD, Heading
from planner.importers.people_names import is_name, person_name
from planner.importers.sheets import Cell, Sheet
from planner.importers.text import clean, is_one, starts, tail

Kind = Literal["person", "vacant", "section", "total", "other"]
Style = Literal["letter", "roman", "number", "none"]
_PLACE_AND_DATE = re.compile(r", ngày\b.*\btháng\b.*\bnăm\b", re.I)
_DASHES = re.compile(r"(\d{1,2})-(\d{1,2})-\d{4}$")
_ROMAN = {
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV",
}  # fmt: skip
_DOWN = ("unit", "post", "planned", "planned_before", "planned_new", "planned_decision", "proposal", UNREAD)
"""Columns in which one merged cell may hold for several rows."""


@dataclass(frozen=True)
class TableRow:
    """A row of a table. For a section `text` is its heading without its number, `style` how it is numbered."""

    kind: Kind
    row: int
    text: str = ""
    style: Style = "none"
    cells: dict[int, Cell] = field(default_factory=dict)
    hidden: bool = False

    @property
    def struck(self) -> bool:
        """What there is of the row is struck through."""
        told = [c for c in self.cells.values() if c.text]
        return bool(told) and sum(c.struck for c in told) * 2 > len(told)


class Table:
    """A table of people in a sheet: its rows, and what a column says in a row."""

    def __init__(self, sheet: Sheet, heading: Heading, end: int, office: ListWords) -> None:
        self.sheet = sheet
        self.heading = heading
        self.end = end
        self.office = office
        name = heading.first("name") or heading.first("family_name")
        assert name is not None
        self.name_column = name.index
        given = heading.first("given_name")
        self.given_column = given.index if given and not heading.first("name") else None
        self.post_columns = [c.index for c in heading.of("post")]
        self.birth_columns = [c.index for c in heading.columns if c.meaning.startswith("birth") and not c.hidden]

    @cached_property
    def dashes_day_first(self) -> bool:
        """The other births written with dashes show that the day stands first: some days are above twelve."""
        found = [
            (int(m[1]), int(m[2]))
            for row in range(self.heading.bottom + 1, self.end + 1)
            for column in self.birth_columns
            if (cell := self.sheet.own(row, column)) and (m := _DASHES.match(cell.text))
        ]
        return any(first > 12 for first, _ in found) and all(second <= 12 for _, second in found)

    def rows(self) -> tuple[list[TableRow], list[TableRow]]:
        """The rows of the table, and those of its foot."""
        classified = [self._row(r) for r in range(self.heading.bottom + 1, self.end + 1) if r in self.sheet.cells]
        rows = [r for r in classified if r is not None]
        person = max((i for i, r in enumerate(rows) if r.kind == "person"), default=-1)
        # Behind the people an empty seat may still stand, but not behind totals, place and date, or signatures.
        closing = next((i for i, r in enumerate(rows) if i > person and self._closes(r)), len(rows))
        last = max((i for i, r in enumerate(rows[:closing]) if r.kind in ("person", "vacant")), default=-1)
        return rows[: last + 1], rows[last + 1 :]

    def _closes(self, row: TableRow) -> bool:
        """A total, or the place and date or the signatures under a list."""
        if row.kind == "total":
            return True
        texts = [c.text for c in row.cells.values()]
        number = self.heading.first("number")
        if row.kind == "vacant" and number and number.index not in row.cells and all(t == t.upper() for t in texts):
            return True  # "GIÁM ĐỐC" where he signs
        return any(_PLACE_AND_DATE.search(t) or starts(t, self.office.footers) for t in texts)

    def name_cell(self, row: TableRow) -> Cell:
        """The cell of a person's name: of two columns the first that is filled."""
        found = row.cells.get(self.name_column)
        return found or row.cells[self.given_column or min(row.cells)]

    def name(self, row: TableRow) -> str:
        first = row.cells.get(self.name_column)
        text = first.text if first else ""
        if self.given_column is not None and (given := row.cells.get(self.given_column)):
            text = clean(f"{text} {given.text}")
        return text

    def _down(self, row: int, cells: dict[int, Cell]) -> dict[int, Cell]:
        """The cells of a row, with those of merged cells that begin above it."""
        found = dict(cells)
        for column in self.heading.of(*_DOWN):
            area = self.sheet.area(row, column.index)
            if area.left == area.right == column.index and self.heading.bottom < area.top < row:
                if (cell := self.sheet.at(row, column.index)) is not None:
                    found[column.index] = cell
        return found

    def posts(self, row: TableRow) -> list[Cell]:
        """The cells with posts, one for each column of posts at most; one may hold for several rows."""
        return [row.cells[i] for i in self.post_columns if i in row.cells]

    def _row(self, number: int) -> TableRow | None:
        cells = self.sheet.cells[number]
        hidden = number in self.sheet.hidden_rows
        if self._is_numbers(cells) or self._is_heading(number):
            return None
        first = cells[min(cells)]
        text, style = self._numbered(cells)
        if starts(text, self.office.totals) and not is_name(text):
            return TableRow("total", number, text, style, cells, hidden)
        if starts(text, self.office.footers) and not self._has_birth(cells):
            return TableRow("other", number, text, style, cells, hidden)  # a legend, signatures
        cells = self._down(number, cells)
        shown = TableRow("person", number, text, style, cells, hidden)
        name = self.name(shown)
        facts = self._facts(cells)
        if self._is_section(number, cells, name, facts):
            return TableRow("section", number, text, style, cells, hidden)
        if self._is_vacant(name) or (not name and self._has_post(cells) and not self._has_birth(cells)):
            return TableRow("vacant", number, name, style, cells, hidden)
        if name and facts:
            return shown
        if not name and (self._has_post(cells) or self._has_birth(cells)) and facts:
            return TableRow("other", number, first.text, style, cells, hidden)
        if name and is_name(person_name(name, self.office).text):
            return shown
        return TableRow("section" if text else "other", number, text, style, cells, hidden)

    def _facts(self, cells: dict[int, Cell]) -> int:
        """Cells that say something besides number and name."""
        return sum(1 for c in cells if c > self.name_column and c != self.given_column) + sum(
            1 for c in (*self.post_columns, *self.birth_columns) if c in cells and c < self.name_column
        )

    def _is_vacant(self, name: str) -> bool:
        return bool(name) and (is_one(name, self.office.vacant) or name.strip(" .…_-") == "")

    def _has_post(self, cells: dict[int, Cell]) -> bool:
        return any(c in cells for c in self.post_columns)

    def _has_birth(self, cells: dict[int, Cell]) -> bool:
        return any(c in cells for c in self.birth_columns)

    def _is_section(self, number: int, cells: dict[int, Cell], name: str, facts: int) -> bool:
        for column in cells:
            area = self.sheet.area(number, column)
            if area.right - area.left >= 3 and area.left <= self.name_column <= area.right:
                return True
        if self._stands_alone(number, name):
            return True
        if facts or not cells or self._is_vacant(name):
            return False
        bare = person_name(name, self.office).text if name else ""
        unit_like = starts(name, [w for u in self.office.units for w in u.words]) or starts(name, self.office.blocks)
        return bool(unit_like) or not is_name(bare)

    def _stands_alone(self, number: int, name: str) -> bool:
        """A number and a text alone, in cells that nobody merged: a block numbered otherwise than people are, a unit
        in the column of posts, or capitals without a birth or a post."""
        own = self.sheet.cells[number]
        text, style = self._numbered(own)
        if len(own) > 2 or self._has_birth(own) or self._is_vacant(name):
            return False
        if style in ("letter", "roman") and len(own) == 2:
            return True
        if name:
            bare = name.partition("(")[0]
            return bare == bare.upper() and not self._has_post(own)
        unit = starts(text, [w for u in self.office.units for w in u.words])
        behind = tail(text, len(words(unit))).casefold() if unit else ""
        return bool(behind) and not behind.startswith(("trưởng", "phó"))  # "Chi cục trưởng" is a post

    def _numbered(self, cells: dict[int, Cell]) -> tuple[str, Style]:
        """The heading of a section, and the style of its number, in a cell of its own or before the text."""
        texts = [cells[c].text for c in sorted(cells)]
        if len(texts) >= 2 and (style := numbering(texts[0])) != "none":
            return texts[1], style
        head, _, rest = texts[0].partition(" ")
        bare = head.rstrip(".)-:/")
        if rest and bare != head and (style := numbering(bare)) != "none":
            return clean(rest.lstrip(" -–.")), style
        return texts[0], "none"

    @staticmethod
    def _is_numbers(cells: dict[int, Cell]) -> bool:
        """A row of column numbers: (1) (2) (3), 1 2 3, or A B 1 2 3."""
        bare = [c.text.strip("() .") for _, c in sorted(cells.items())]
        numbers = [int(b) for b in bare if b.isdecimal() and len(b) <= 2]
        letters = [b for b in bare if len(b) == 1 and b.isalpha() and b.isupper()]
        return (
            len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 3
            and len(numbers) + len(letters) >= len(bare) - 1
        )  # fmt: skip

    def _is_heading(self, number: int) -> bool:
        """The heading again, as on a new page."""
        column = self.heading.first("name", "family_name")
        cell = self.sheet.own(number, self.name_column)
        return bool(column and cell and cell.text.casefold() in (p.casefold() for p in column.path))


def numbering(text: str) -> Style:
    """How a section is numbered. C and D are letters: no list has a hundred sections."""
    bare = text.strip(" .)-:/")
    if bare in _ROMAN:
        return "roman"
    if len(bare) == 1 and bare.isalpha() and bare.isupper():
        return "letter"
    if bare.replace(".", "").isdecimal():
        return "number"
    return "none"


def tables(sheet: Sheet, headings: list[Heading], office: ListWords) -> Iterator[Table]:
    """Each heading with the rows down to the next one."""
    last = max(sheet.cells, default=0)
    for i, heading in enumerate(headings):
        end = headings[i + 1].top - 1 if i + 1 < len(headings) else last
        yield Table(sheet, heading, end, office)
