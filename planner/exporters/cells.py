"""Cells of a workbook: text stays text, dates are dates, nothing that a person typed ever becomes a formula."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from planner.domain.dates import Day
from planner.domain.dates import written_day as written_day  # noqa: PLC0414  the papers take it from here
from planner.domain.errors import InputError
from planner.domain.findings import error

DATE = "dd/mm/yyyy"
LONGEST = 32_767
"""Characters that a cell holds; xlsxwriter leaves a longer text out without a word."""
FIRST_DAY = dt.date(1900, 3, 1)
"""Excel takes 1900 for a leap year: an earlier day would come out wrong, and is written as text."""
LEADS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a text as a formula, when it is typed again or goes through a CSV file."""

Style = Mapping[str, Any]


class Styles:
    """The formats of a workbook, each made once. A style is a mapping of xlsxwriter's format properties."""

    def __init__(self, book: Any, base: Style) -> None:
        self._book = book
        self._base = dict(base)
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, *styles: Style) -> Any:
        properties: dict[str, Any] = dict(self._base)
        for style in styles:
            properties |= style
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


@contextmanager
def new_workbook(path: Path, title: str, replace: bool = False) -> Iterator[Any]:
    """A workbook, in its place when the block has ended, or not at all; only its owner may read it.

    Raises InputError where it cannot be written, or where there is a file already: it may have been edited or signed.
    """
    check_file(path, replace)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as problem:
        raise _unwritable(path, problem) from problem
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(name, options)
    book.set_properties({"title": title})
    try:
        yield book
        book.close()
        Path(name).replace(path)
    except (XlsxFileError, OSError) as problem:
        raise _unwritable(path, problem) from problem
    finally:
        Path(name).unlink(missing_ok=True)


def check_file(path: Path, replace: bool) -> None:
    """Raises InputError where `new_workbook` would not write for what is there."""
    if path.is_dir():
        raise InputError([error("finding.unwritable", str(path), text="folder")])
    if path.exists() and not replace:
        raise InputError([error("finding.file_exists", str(path))])


def _unwritable(path: Path, problem: Exception) -> InputError:
    return InputError([error("finding.unwritable", str(path), text=getattr(problem, "strerror", None) or problem)])


def put(sheet: Any, row: int, column: int, value: object, styles: Styles, style: Style = {}) -> None:  # noqa: B006
    """Write one value as what it is. An empty one leaves a blank cell with its style."""
    text = cell_text(value)
    if text is None:
        sheet.write_blank(row, column, None, styles.get(style))
    elif isinstance(text, str):
        # With the prefix the text stays text also when somebody opens the cell and presses Enter.
        quoted = {"quote_prefix": True} if text.startswith(LEADS) else {}
        sheet.write_string(row, column, text, styles.get(style, quoted))
    elif isinstance(text, dt.date):
        sheet.write_datetime(row, column, text, styles.get({"num_format": DATE, "align": "left"}, style))
    else:
        sheet.write_number(row, column, text, styles.get(style))


def cell_text(value: object) -> str | int | float | dt.date | None:
    """What a cell holds: a date only where the day is known, a number only where it was one."""
    if value is None or value == "":
        return None
    if isinstance(value, Day) and value.precision != "day":
        return written_day(value)
    if isinstance(value, dt.date):
        return value if value >= FIRST_DAY else written_day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return float(value) if isinstance(value, Decimal) else value
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
