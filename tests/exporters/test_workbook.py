"""The plain workbook of a plan."""

import csv
import datetime as dt
import shutil
import zipfile

import pytest
from openpyxl import load_workbook

from planner.domain.messages import tr
from planner.exporters import TABLES
from planner.exporters.cells import LONGEST, Styles, new_workbook, put
from tests.exporters.papers import cells, export, pdf_text


@pytest.fixture(scope="module")
def book(swap, tmp_path_factory):
    file = tmp_path_factory.mktemp("book") / "plan.xlsx"
    done = export(swap, file, "--to", "xlsx", "--lang", "en")
    assert done.exit_code == 0, done.output
    return file


def test_every_table_is_a_sheet_with_the_rows_of_its_csv(swap, book):
    sheets = load_workbook(book)
    assert sheets.sheetnames == ["Summary", *(tr(f"table.{name}", "en") for name in TABLES)]
    for name, table in TABLES.items():
        sheet = sheets[tr(f"table.{name}", "en")]
        with (swap / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert (sheet.max_row, sheet.max_column) == (len(rows), len(table.columns))


def test_headings_stay_in_sight_and_can_be_filtered(book):
    for sheet in load_workbook(book).worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(8 <= d.width <= 50 for d in sheet.column_dimensions.values())


def test_headings_and_codes_speak_the_language(swap, book, tmp_path):
    export(swap, tmp_path / "vi.xlsx", "--to", "xlsx", "--lang", "vi")
    vi = load_workbook(tmp_path / "vi.xlsx")["Bổ nhiệm"]
    en = load_workbook(book)["Appointments"]
    assert [vi.cell(1, 2).value, en.cell(1, 2).value] == [
        tr("table.position_title", "vi").capitalize(),
        tr("table.position_title", "en").capitalize(),
    ]
    assert {"có", "không"} >= {c.value for c in load_workbook(tmp_path / "vi.xlsx")["Danh sách nguồn"]["G"][1:]}


# Case 05, base: A takes H1 on 1 January 2027 and C the seat that A leaves, D2, on the same day.
def test_dates_are_dates_and_numbers_are_numbers(book):
    sheet = load_workbook(book)["Appointments"]
    column = {cell.value: n for n, cell in enumerate(sheet[1])}
    rows = {row[column["Position"]].value: row for row in sheet.iter_rows(min_row=2)}
    assert sorted(rows) == ["D2", "H1"]
    for position, person in (("H1", "Lê Thị An"), ("D2", "Vũ Thị Cúc")):
        row = rows[position]
        assert row[column["Name"]].value == person
        assert row[column["Date"]].is_date
        assert row[column["Date"]].value.date() == dt.date(2027, 1, 1)
        assert row[column["Period"]].value == 2


# The same case: no seat is ever empty at the end of a period, nobody is asked for a successor; 2 rotations and
# 2 appointments are forced: effort 4. All tiers are proved.
def test_the_first_sheet_says_what_the_plan_is_worth_and_how_far_it_is_proved(book):
    sheet = load_workbook(book)["Summary"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    facts = {row[0]: row[2] for row in rows if row[0] and row[2] is not None}
    assert facts["Scenario"] == "A swap gives the experience"
    assert (facts["As of"].date(), facts["Until"].date()) == (dt.date(2026, 1, 1), dt.date(2027, 12, 31))
    assert facts["Independent check"] == tr("text.verdict_accepted", "en")
    goals = {row[1]: row for row in rows if row[1]}
    assert goals["heads"][2:3] + goals["heads"][5:8] == [0, 0, 0, "proved optimal"]
    assert goals["effort"][2:3] + goals["effort"][5:8] == [4, 4, 0, "proved optimal"]
    counts = [(row[3], row[4]) for row in rows[rows.index(goals["effort"]) :][1:4]]
    assert counts == [("places", 0), ("rotations", 2), ("appointments", 2)]


def test_a_formula_in_a_name_stays_text(hostile, tmp_path):
    file = tmp_path / "plan.xlsx"
    assert export(hostile, file, "--to", "xlsx").exit_code == 0
    found = cells(file)
    assert not [cell for cell in found if cell.data_type == "f" or cell.hyperlink]
    for text in ('=HYPERLINK("http://example.org","here")', "+84 912 345", "-2+3"):
        here = [cell for cell in found if cell.value == text]
        assert here
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in here)
    with zipfile.ZipFile(file) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<hyperlink" in sheet]


def test_what_a_cell_cannot_hold_is_not_lost(tmp_path):
    file = tmp_path / "cells.xlsx"
    with new_workbook(file, "cells") as book:
        sheet, styles = book.add_worksheet(), Styles(book, {})
        for row, value in enumerate(["x" * (LONGEST + 5), dt.date(1890, 5, 1), "_x0041_", "", None, True]):
            put(sheet, row, 0, value, styles)
    values = [row[0].value for row in load_workbook(file).active.iter_rows(min_row=1, max_row=6)]
    assert len(values[0]) == LONGEST
    assert values[0].endswith("…")
    assert values[1:] == ["01/05/1890", "_x0041_", None, None, "yes"]


def test_a_refused_plan_says_so_on_the_first_sheet(swap, tmp_path):
    folder = shutil.copytree(swap, tmp_path / "plan")
    with (folder / "pools.csv").open("a", encoding="utf-8") as file:
        file.write("x\n")
    assert export(folder, tmp_path / "plan.xlsx", "--lang", "en").exit_code == 0
    assert any(str(cell.value).startswith("REFUSED") for cell in cells(tmp_path / "plan.xlsx"))


def test_to_and_form_together_are_refused(swap, tmp_path):
    assert export(swap, tmp_path / "x.xlsx", "--to", "xlsx", "--form", "rotation").exit_code == 3


def test_libreoffice_prints_the_workbook(soffice, swap, tmp_path):
    export(swap, tmp_path / "plan.xlsx", "--to", "xlsx", "--lang", "vi")
    text = pdf_text(soffice, tmp_path / "plan.xlsx")
    for words in ("Kế hoạch: A swap gives the experience", "Vũ Thị Cúc", "tối ưu, đã chứng minh", "01/01/2027"):
        assert words in text
