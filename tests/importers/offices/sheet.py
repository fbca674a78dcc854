"""A sheet as an office lays it out: titles, headings, sections, rows, footers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.importers.offices.case import Case
from tests.importers.offices.columns import WRITERS
from tests.importers.offices.people import Person
from tests.importers.offices.ways import Cell


@dataclass(frozen=True)
class Column:
    """A column: what it holds, its heading, and the heading above it where two rows head the list."""

    kind: str
    heading: str
    above: str | None = None
    hidden: bool = False


class Sheet:
    """Writes one list into a worksheet, from column `left` on, and tells the case what it wrote."""

    def __init__(
        self, sheet: Worksheet, case: Case, columns: Sequence[Column], draw: Random, left: int = 1, untidy: bool = True
    ) -> None:
        self.sheet, self.case, self.columns, self.draw, self.left = sheet, case, columns, draw, left
        self.kinds = {column.kind for column in columns}
        self.row = 1
        self.untidy = untidy
        self.province = "Đông Giang"
        self.open_merge: dict[str, tuple[int, Any]] = {}
        self.year_of_heading = 2025

    # ------------------------------------------------------------ plain cells
    def letter(self, kind: str) -> str:
        return get_column_letter(self.left + [column.kind for column in self.columns].index(kind))

    @property
    def right(self) -> int:
        return self.left + len(self.columns) - 1

    def put(self, row: int, column: int, cell: Cell, struck: bool = False) -> None:
        if cell.value is None or cell.value == "":
            return
        target = self.sheet.cell(row, column, cell.value)
        if cell.shown:
            target.number_format = cell.shown
        if cell.quote:
            target.quotePrefix = True
        target.alignment = Alignment(wrap_text=True, vertical="center")
        if struck:
            target.font = Font(strike=True)

    def line(
        self, text: str, column: int | None = None, until: int | None = None, bold: bool = False, skip: int = 1
    ) -> str:
        """A free text on the present row, merged as far as `until`; the address of its cell."""
        column = column or self.left
        target = self.sheet.cell(self.row, column, text)
        target.font = Font(bold=bold)
        if until and until > column:
            self.sheet.merge_cells(start_row=self.row, start_column=column, end_row=self.row, end_column=until)
        address = target.coordinate
        self.row += skip
        return address

    def titles(self, left: Sequence[str], right: Sequence[str], middle: Sequence[str], first: int = 1) -> None:
        """Head of the paper: the office at the left, the motto at the right, what the list is below."""
        half = self.left + len(self.columns) // 2
        for number, (texts, column, until) in enumerate([(left, self.left, half - 1), (right, half, self.right)]):
            self.row = first
            for text in texts:
                self.line(text, column, until, bold=number == 1)
        self.row = first + max(len(left), len(right)) + 1
        for text in middle:
            self.line(text, self.left, self.right, bold=True)
        self.row += 1

    def headings(self, numbers: bool = False) -> None:
        """One or two rows of headings, merged as offices do."""
        top = self.row
        two = any(column.above for column in self.columns)
        start = self.left
        for offset, column in enumerate(self.columns):
            place = self.left + offset
            if column.above:
                self.sheet.cell(top + 1, place, column.heading).font = Font(bold=True)
                if offset == 0 or self.columns[offset - 1].above != column.above:
                    start = place
                    self.sheet.cell(top, place, column.above).font = Font(bold=True)
                last = offset + 1 == len(self.columns) or self.columns[offset + 1].above != column.above
                if last and place > start:
                    self.sheet.merge_cells(start_row=top, start_column=start, end_row=top, end_column=place)
            else:
                self.sheet.cell(top, place, column.heading).font = Font(bold=True)
                if two:
                    self.sheet.merge_cells(start_row=top, start_column=place, end_row=top + 1, end_column=place)
            if column.hidden:
                self.sheet.column_dimensions[get_column_letter(place)].hidden = True
        self.row += 2 if two else 1
        if numbers:
            for offset in range(len(self.columns)):
                self.sheet.cell(self.row, self.left + offset, f"({offset + 1})")
            self.row += 1

    def section(self, text: str, number: str | None = None, merged: bool = True) -> None:
        """A row that heads a block: its number in the first column, or everything in one cell."""
        place = self.left
        if number is not None:
            self.sheet.cell(self.row, place, number).font = Font(bold=True)
            place += 1
        self.line(text, place, self.right if merged else None, bold=True)

    def doubt(self, cell: str, kind: str, read_as: str | None, must: bool, why: str, also: Sequence[str] = ()) -> None:
        value = self.sheet[cell].value
        self.case.add(
            "doubts",
            sheet=self.sheet.title,
            cell=cell,
            also=list(also),
            value=None if value is None else str(value),
            kind=kind,
            why=why,
            read_as=read_as,
            must=must,
        )

    # ------------------------------------------------------------ people
    def person(self, person: Person, number: Any = None, **cells: Any) -> None:
        """One row; `cells` or the person's own `cells` say what is written instead of one of the usual ways."""
        self.case.person(person)
        written = person.cells | {
            kind: value if isinstance(value, Cell) else Cell(value) for kind, value in cells.items()
        }
        written |= {kind: Cell(value) for kind, value in written.items() if not isinstance(value, Cell)}
        for offset, column in enumerate(self.columns):
            kind = column.kind
            usual = Cell(number) if kind == "number" else WRITERS[kind.split(":")[0]](self, person, kind)
            self.put(self.row, self.left + offset, written.get(kind, usual), person.struck)
        for kind, what, read_as, must, why, also in person.doubts:
            others = [f"{self.letter(other.replace('_', ' '))}{self.row}" for other in also.split()]
            if what in {"struck_row", "same_person_twice"}:
                others = [f"{get_column_letter(place)}{self.row}" for place in range(self.left, self.right + 1)]
            self.doubt(f"{self.letter(kind)}{self.row}", what, read_as, must, why, others)
        # A wrong date that stands in two rows is asked about in both.
        person.doubts = [doubt for doubt in person.doubts if doubt[1] == "date_impossible"]
        self.row += 1

    def vacant(
        self, title: str, at: str, say: str, number: Any = None, word: str | None = "Khuyết", **cells: Any
    ) -> None:
        """A row for a seat without a holder."""
        for offset, column in enumerate(self.columns):
            if column.kind == "number":
                self.put(self.row, self.left + offset, Cell(number))
            elif column.kind in {"name", "family"}:
                self.put(self.row, self.left + offset, Cell(word))
                if word is None:
                    cell = f"{get_column_letter(self.left + offset)}{self.row}"
                    self.doubt(
                        cell, "vacant_row", "vacant", False, "a row with a post and no name: read as a vacant seat"
                    )
            elif column.kind in {"post", "post+"}:
                self.put(self.row, self.left + offset, Cell(say))
            elif column.kind in cells:
                self.put(self.row, self.left + offset, Cell(cells[column.kind]))
        self.case.vacancy(title, at)
        self.row += 1
