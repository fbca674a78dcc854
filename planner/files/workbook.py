"""A workbook as tables of text: the sheets of an .xlsx file, cell by cell as a CSV file would have them."""

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from planner.domain.errors import Finding
from planner.domain.findings import doubt, error
from planner.domain.numbers import number_text
from planner.files.package import OTHER_BOOKS, check_package
from planner.files.sheet_facts import FARTHEST, BrokenSheetError, SheetFacts, cell_name, sheet_facts
from planner.files.tables import Records

WORKBOOK = ".xlsx"
DOUBTS = 20
"""Formulas of one sheet that are named each; a sheet of formulas would make a list that nobody reads."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook; `records` has its cells as text."""

    name: str
    hidden: bool
    records: Records


def is_workbook(path: Path) -> bool:
    """Whether a path is meant as a workbook, also as one that we do not read."""
    return path.suffix.casefold() in OTHER_BOOKS | {WORKBOOK}


def read_sheets(path: Path) -> tuple[list[Sheet], list[Finding]]:
    """The worksheets of a workbook in order, and why it cannot be read; nothing is raised."""
    file = path.name
    if path.suffix.casefold() != WORKBOOK:
        return [], [error("finding.other_workbook", file, value=path.suffix)]
    if not path.is_file():
        return [], [error("finding.no_case_folder", file)]
    findings = check_package(path, file)
    if findings:
        return [], findings
    try:
        facts = sheet_facts(path)
        far = [
            error("finding.too_wide", f"{file}/{name}", value=cell_name(f.last))
            for name, f in facts.items()
            if f.cells > FARTHEST
        ]
        return ([], far) if far else (list(_sheets(path, facts)), [])
    except BrokenSheetError as problem:
        text = str(problem)
    except (CalamineError, OSError, ValueError) as problem:
        text = (str(problem).splitlines() or [type(problem).__name__])[0]
    return [], [error("finding.broken_workbook", file, text=text)]


def _sheets(path: Path, facts: dict[str, SheetFacts]) -> Iterator[Sheet]:
    with CalamineWorkbook.from_path(str(path)) as book:
        for number, about in enumerate(book.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            values = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
            file = f"{path.name}/{about.name}"
            records = _records(file, values, facts.get(about.name, SheetFacts()))
            name = unicodedata.normalize("NFC", about.name).strip()
            yield Sheet(name, about.visible is not SheetVisibleEnum.Visible, records)


def _records(file: str, values: Sequence[Sequence[object]], facts: SheetFacts) -> Records:
    rows: list[tuple[int, list[str]]] = []
    dates: set[tuple[int, int]] = set()
    for index, row in enumerate(values):
        cells = [_text(value, (index, column), facts) for column, value in enumerate(row)]
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                dates.add((index + 1, column))
        if any(cells):
            rows.append((index + 1, cells))
    width = max((i for _, cells in rows for i, cell in enumerate(cells, 1) if cell), default=0)
    trimmed = tuple((line, (cells + [""] * width)[:width]) for line, cells in rows)
    return Records(file, trimmed, tuple(_cells(file, trimmed, facts)), frozenset(dates))


def _text(value: object, cell: tuple[int, int], facts: SheetFacts) -> str:
    """A value as it would be typed: dates as far as they are shown, whole numbers without a point."""
    if cell in facts.errors:
        return facts.errors[cell]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, dt.date):
        return value.strftime("%Y-%m-%d")[: {"month": 7, "year": 4}.get(facts.coarse.get(cell, ""), 10)]
    return unicodedata.normalize("NFC", str(value)).strip()


def _cells(file: str, rows: tuple[tuple[int, list[str]], ...], facts: SheetFacts) -> Iterator[Finding]:
    """What is odd about single cells: formulas, errors of Excel, merged cells. Named by heading where there is one."""
    if not rows:
        return
    (first, headings), text = rows[0], dict(rows)

    def column(index: int) -> str:
        return (headings[index] if index < len(headings) else "") or cell_name((first - 1, index))[: -len(str(first))]

    for row, index in sorted(facts.errors):
        yield error("finding.excel_error", file, row + 1, column(index), facts.errors[row, index])
    for row, index in sorted(facts.unknown):
        yield error("finding.formula_without_value", file, row + 1, column(index), cell=cell_name((row, index)))
    known = sorted(facts.formulas - facts.unknown - set(facts.errors))
    for row, index in known[:DOUBTS]:
        cells = text.get(row + 1, [])
        value = cells[index] if index < len(cells) else ""
        yield doubt("finding.formula", file, row + 1, column(index), value, cell=cell_name((row, index)))
    if len(known) > DOUBTS:
        yield doubt("finding.more_formulas", file, count=len(known) - DOUBTS)
    for start, end in facts.merged:
        if start == end or start[0] >= rows[-1][0] or end[0] + 1 < first:
            continue
        area = f"{cell_name(start)}:{cell_name(end)}"
        code = "finding.merged_heading" if start[0] < first else "finding.merged_cells"
        if code == "finding.merged_heading" and end[0] + 1 < first:
            continue
        yield error(code, file, start[0] + 1, column(start[1]), area=area)
