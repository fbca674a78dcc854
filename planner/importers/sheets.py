"""A workbook as sheets of cells: values and how they are shown, what is merged, hidden or struck through."""

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from planner.domain.errors import InputError
from planner.domain.findings import error
from planner.importers.opening import check_workbook
from planner.importers.text import clean

MOST_ROWS, MOST_COLUMNS = 20_000, 300
LONGEST_CELL = 5_000
_FAULTS = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, SyntaxError,
    zipfile.BadZipFile, zlib.error)  # fmt: skip
"""What openpyxl raises at workbooks that are not whole (its ParseError is a SyntaxError)."""


@dataclass(frozen=True)
class Cell:
    """A cell with something in it. `text` is clean (see `text.clean`); an apostrophe that hides is not in it."""

    row: int
    column: int
    value: Any
    text: str
    number_format: str = "General"
    struck: bool = False
    formula: bool = False

    @property
    def place(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True)
class Area:
    """A rectangle of merged cells, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook; `cells[row][column]`, both counted from 1, without empty cells."""

    name: str
    cells: dict[int, dict[int, Cell]]
    areas: tuple[Area, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    filtered: bool = False
    hidden: bool = False
    uncounted: tuple[str, ...] = field(default=())
    """Formulas whose value is not stored."""

    @cached_property
    def _merged(self) -> dict[tuple[int, int], Area]:
        last = max(self.cells, default=0)
        return {
            (row, column): area
            for area in self.areas
            for row in range(area.top, min(area.bottom, last) + 1)
            for column in range(area.left, min(area.right, MOST_COLUMNS) + 1)
        }

    def area(self, row: int, column: int) -> Area:
        """The merged rectangle in which a cell stands; the cell alone if none."""
        return self._merged.get((row, column), Area(row, column, row, column))

    def at(self, row: int, column: int) -> Cell | None:
        """The cell itself, or the first cell of the rectangle in which it stands."""
        area = self.area(row, column)
        return self.cells.get(area.top, {}).get(area.left)

    def own(self, row: int, column: int) -> Cell | None:
        """The cell itself."""
        return self.cells.get(row, {}).get(column)

    def text(self, row: int, column: int) -> str:
        cell = self.own(row, column)
        return cell.text if cell else ""

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows that hold something, from the top."""
        yield from sorted(self.cells.items())

    @property
    def width(self) -> int:
        return max((max(row) for row in self.cells.values() if row), default=0)


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook. Raises InputError with what is wrong with the file."""
    check_workbook(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's about styles and extensions that it does not keep
            formulas = load_workbook(path, data_only=False, keep_links=False)
            values = formulas  # to read a million rows again for values that no formula hides takes as long as all else
            if any(cell.data_type == "f" for ws in formulas.worksheets for cell in ws._cells.values()):
                values = load_workbook(path, data_only=True, keep_links=False)
            sheets = [_sheet(path, formulas[ws.title], ws) for ws in values.worksheets]
    except _FAULTS as problem:
        raise InputError([error("finding.office_broken", path.name)]) from problem
    if not any(sheet.cells for sheet in sheets):
        raise InputError([error("finding.office_empty", path.name)])
    return sheets


def _sheet(path: Path, formulas: Any, values: Any) -> Sheet:
    if values.max_row > MOST_ROWS * 60 or values.max_column > 16_384:
        raise InputError([error("finding.office_bomb", path.name)])
    cells: dict[int, dict[int, Cell]] = {}
    uncounted = []
    for raw in list(values._cells.values()):
        source = formulas._cells.get((raw.row, raw.column))
        formula = source is not None and source.data_type == "f"
        if formula and raw.value is None:
            uncounted.append(raw.coordinate)
        text = _text(raw.value)
        if text == "":
            continue
        if raw.row > MOST_ROWS or raw.column > MOST_COLUMNS:
            raise InputError([error("finding.office_too_wide", path.name, raw.row, raw.coordinate, rows=MOST_ROWS)])
        if len(text) > LONGEST_CELL:
            raise InputError([error("finding.office_long_cell", path.name, raw.row, raw.coordinate)])
        struck = bool(raw.font and raw.font.strike)
        value = raw.value if not isinstance(raw.value, str) else str(raw.value)
        cells.setdefault(raw.row, {})[raw.column] = Cell(
            raw.row, raw.column, value, text, raw.number_format or "General", struck, formula
        )
    areas = tuple(Area(m.min_row, m.min_col, m.max_row, m.max_col) for m in values.merged_cells.ranges)
    hidden_columns = frozenset(
        column
        for d in values.column_dimensions.values()
        if d.hidden and d.min
        for column in range(d.min, min(d.max or d.min, MOST_COLUMNS) + 1)
    )
    hidden_rows = frozenset(r for r, d in values.row_dimensions.items() if d.hidden)
    filtered = bool(values.auto_filter and values.auto_filter.ref)
    return Sheet(
        values.title, cells, areas, hidden_columns, hidden_rows, filtered, values.sheet_state != "visible",
        tuple(uncounted),
    )  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return clean(value) if value is not None else ""
    return clean(value)
