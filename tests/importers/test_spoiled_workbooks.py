"""Whatever happens to a workbook, it is told in words, or becomes a case that `check` takes without an error."""

import datetime as dt
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

from planner.domain.errors import InputError
from planner.domain.findings import is_error
from planner.files.case import read_case
from planner.files.content import find_content, read_content
from planner.files.references import check_case
from planner.importers import read_office
from planner.importers.outcome import write_outcome
from tests.importers.conftest import OFFICE

TODAY = dt.date(2026, 11, 24)
CELLS = (
    "", "-", "x", "1.500.000", "31/2/1990", "00/00/0000", "99/99/9999", "Khuyết", "'", "=1+1", "Nguyễn Văn A", "ThS",
    "CC; CC; CC", "(", "(từ", "QĐ số", "; ; ;", "\n\n", "5/2030", "1/1/1", "Bí thư", "Phó", "Trưởng phòng", "kiêm",
    "phụ trách", "phụ trách phòng", "vợ là bà", "vợ là bà A.", "kỷ luật", "nghỉ hưu", "đang học", 12345, 25000, -1,
    3.14, True, dt.datetime(1900, 1, 1), dt.datetime(9999, 12, 31), "I", "A", "Tổng cộng: 5", "x" * 4000, "\u200b",
    "Ủy viên BTV, Ủy viên BTV", "Phó Giám đốc Sở, Giám đốc Sở", "Xã", "Sở", "Phường X, Xã Y", "Chủ tịch HĐND",
)  # fmt: skip
BOOKS = sorted((*OFFICE.glob("*.xlsx"), *(OFFICE.parent / "offices").glob("*.xlsx")))


@pytest.fixture(scope="module")
def source():
    return read_content(find_content("vietnam-province", Path()), "vn-2025")


def spoil(seed: int, path: Path) -> None:
    """A workbook with some cells overwritten, rows and columns deleted or inserted, cells merged."""
    draw = Random(seed)
    book = load_workbook(draw.choice(BOOKS))
    for _ in range(draw.choice((1, 3, 10, 40))):
        sheet = draw.choice(book.worksheets)
        row, column = draw.randint(1, sheet.max_row), draw.randint(1, sheet.max_column)
        kind = draw.random()
        if kind < 0.7:
            cell = sheet.cell(row, column)
            if not isinstance(cell, MergedCell):
                cell.value = draw.choice(CELLS)
        elif kind < 0.8:
            sheet.delete_rows(row)
        elif kind < 0.88:
            sheet.delete_cols(column)
        elif kind < 0.94:
            sheet.insert_rows(row)
        else:
            down, right = draw.randint(0, 3), draw.randint(0, 4)
            sheet.merge_cells(start_row=row, start_column=column, end_row=row + down, end_column=column + right)
    book.save(path)


def judge(seed: int, folder: Path, source) -> None:
    path = folder / f"{seed}.xlsx"
    spoil(seed, path)
    try:
        imported = read_office(path, source.content, today=TODAY)
    except InputError:
        return
    outcome = write_outcome(imported, source.content, folder / str(seed), "vi", TODAY)
    case = read_case(outcome.folder / "case")
    wrong = [f for f in (*case.findings, *check_case(case, source, outcome.as_of)) if is_error(f)]
    assert [(f.file, f.row, f.column, f.value, f.code) for f in wrong] == []


@pytest.mark.parametrize("seed", range(12))
def test_a_spoiled_workbook_is_told_in_words_or_becomes_a_case_without_errors(seed, tmp_path, source):
    judge(seed, tmp_path, source)


@pytest.mark.long
@pytest.mark.parametrize("first", range(100, 600, 50))
def test_hundreds_of_spoiled_workbooks_are_told_or_become_cases_without_errors(first, tmp_path, source):
    for seed in range(first, first + 50):
        judge(seed, tmp_path, source)
