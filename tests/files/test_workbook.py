"""A case in a workbook is the same case: every table, both languages, text or typed cells; and what is told of it."""

import datetime as dt
import subprocess
import zipfile

import pytest

from planner.domain.case import TABLES as TABLES_OF_THE_FORMAT
from planner.domain.messages import LANGUAGES
from planner.files.case import columns_of, is_case, read_case
from planner.files.sheet_facts import cell_name, shown_precision
from planner.files.words import choice_label, choices_of, table_name
from tests.files.sound_case import FULL, TABLES, in_vietnamese, rows_of, short, write_workbook


@pytest.fixture
def folder(tmp_path):
    """Writes tables as a folder of CSV files, with file names as given."""

    def write(tables, language="en", name="csv"):
        place = tmp_path / name
        place.mkdir()
        for table, text in tables.items():
            rows = in_vietnamese(table, rows_of(text)) if language == "vi" else rows_of(text)
            file = table if language == "en" else table_name(table, "vi")
            lines = [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows]
            (place / f"{file}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return place

    return write


def test_the_full_case_has_every_table_and_column():
    assert list(FULL) == list(TABLES_OF_THE_FORMAT)
    for table, text in FULL.items():
        heading, *rows = rows_of(text)
        assert heading == list(columns_of(table))
        assert all(any(cells) for cells in zip(*rows, strict=True)), table
        for column, choices in choices_of(table).items():
            if table != "decisions":  # eleven kinds
                assert {row[heading.index(column)] for row in rows} - {""} == set(choices), (table, column)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("container", ["folder", "workbook", "typed workbook"])
def test_both_containers_and_both_languages_give_the_same_case(folder, tmp_path, container, language):
    wanted = read_case(folder(FULL, name="wanted"))
    assert wanted.findings == ()
    if container == "folder":
        source = read_case(folder(FULL, language))
    else:
        book = write_workbook(tmp_path / "case.xlsx", FULL, language, typed=container.startswith("typed"))
        source = read_case(book)
    assert [f for f in source.findings if f.code != "finding.excel_date"] == []
    for table in TABLES_OF_THE_FORMAT:
        assert getattr(source.case, table) == getattr(wanted.case, table), table
    assert source.case == wanted.case
    born = [p.birth_date.precision for p in source.case.people]
    assert born == ["day", "month", "year"]


@pytest.mark.parametrize("typed", [True, False])
def test_a_workbook_saved_by_libreoffice_is_the_same_case(soffice, tmp_path, typed):
    book = write_workbook(tmp_path / "case.xlsx", FULL, "vi", typed)
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [soffice, own, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "again"), str(book)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    again = read_case(tmp_path / "again/case.xlsx")
    assert again.findings == ()
    assert again.case == read_case(book).case


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_choices_are_read_in_both_languages(folder, language):
    def worded(table, text):
        heading, *rows = rows_of(text)
        return [
            heading,
            *(
                [
                    choice_label(table, c, v, language) if c in choices_of(table) and v else v
                    for c, v in zip(heading, row, strict=True)
                ]
                for row in rows
            ),
        ]

    shown = {t: "\n".join(",".join(f'"{c}"' for c in row) for row in worded(t, text)) for t, text in FULL.items()}
    assert shown != FULL
    assert read_case(folder(shown, name="shown")).case == read_case(folder(FULL)).case


def test_a_date_is_as_precise_as_the_cell_shows_it(tmp_path):
    # Excel makes 1 August 1968 of "8/1968" and shows it without its day.
    def dates(book):
        sheet = book.get_worksheet_by_name("people")
        for row, code in enumerate(("mmm-yy", "yyyy", 'd "ngày" mmm yyyy'), start=1):
            sheet.write_datetime(row, 3, dt.date(1968, 8, 12), book.add_format({"num_format": code}))

    read = read_case(write_workbook(tmp_path / "case.xlsx", TABLES, change=dates)).case
    assert [p.birth_date.written() for p in read.people] == ["1968-08", "1968", "1968-08-12"]


@pytest.mark.parametrize(
    ("code", "precision"),
    [("dd/mm/yyyy", "day"), ("mmm-yy", "month"), ("[$-42A]mmmm yyyy;@", "month"), ("yyyy", "year"), ("0.00", None),
     ('"ngày" yyyy', "year"), ("hh:mm", None), ("General", None)],
)  # fmt: skip
def test_a_number_format_says_how_much_of_a_date_it_shows(code, precision):
    assert shown_precision(code) == precision


def said(path):
    return [short(f) for f in read_case(path).findings]


def test_a_formula_is_read_as_its_last_value_and_named(tmp_path):
    def formulas(book):
        sheet = book.get_worksheet_by_name("units")
        sheet.write_formula("B2", '="Depart"&"ment"', None, "Department")
        sheet.write_formula("B3", "=A3")
        sheet.write_formula("C4", "=1/0", None, "#DIV/0!")

    path = write_workbook(tmp_path / "case.xlsx", TABLES, change=formulas)
    # xlsxwriter writes 0 for a formula without a value; a program that never computes leaves it out.
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<f>A3</f><v>0</v>", b"<f>A3</f>")
    assert sheet != parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w") as book:
        for name, data in (parts | {"xl/worksheets/sheet1.xml": sheet}).items():
            book.writestr(name, data)
    found = said(path)
    assert ("formula", "case.xlsx/units", 2, "name", "Department", None) in found
    assert ("formula_without_value", "case.xlsx/units", 3, "name", None, None) in found
    assert ("excel_error", "case.xlsx/units", 4, "parent_id", "#DIV/0!", None) in found


def test_merged_cells_of_headings_and_rows_are_errors(tmp_path):
    def merged(book):
        book.get_worksheet_by_name("people").merge_range("B1:C1", "name")
        book.get_worksheet_by_name("service").merge_range("B2:B4", "2020-01-01")

    found = said(write_workbook(tmp_path / "case.xlsx", TABLES, change=merged))
    assert ("merged_heading", "case.xlsx/people", 1, "name", None, None) in found
    assert ("merged_cells", "case.xlsx/service", 2, "since", None, None) in found


def test_sheets_are_tables_own_guides_or_errors(tmp_path):
    def more(book):
        for name in ("x_mine", "Hướng dẫn", "NOTES", "Chuc danh", "Peple", "Sheet9"):
            book.add_worksheet(name).write_string(0, 0, "anything")
        book.add_worksheet("Sheet10")
        book.get_worksheet_by_name("people").hide()

    tables = {name: text for name, text in TABLES.items() if name != "positions"} | {"Positions": TABLES["positions"]}
    found = said(write_workbook(tmp_path / "case.xlsx", tables, change=more))
    assert found == [
        ("hidden_sheet", "case.xlsx/people", None, None, None, None),
        ("twin_table", "case.xlsx/Chuc danh", None, None, None, None),
        ("unknown_sheet", "case.xlsx/Peple", None, None, None, "people"),
        ("unknown_sheet", "case.xlsx/Sheet9", None, None, None, None),
    ]


def test_a_code_that_excel_made_a_date_is_a_doubt(tmp_path):
    def dated(book):
        book.get_worksheet_by_name("units").write_datetime(
            1, 0, dt.date(2026, 2, 3), book.add_format({"num_format": 14})
        )

    found = said(write_workbook(tmp_path / "case.xlsx", TABLES, change=dated))
    assert found == [("excel_date", "case.xlsx/units", 2, "unit_id", "2026-02-03", None)]


def test_a_case_is_known_from_a_scenario(tmp_path, folder):
    assert is_case(folder(TABLES))
    assert is_case(write_workbook(tmp_path / "case.xlsx", TABLES))
    assert not is_case(tmp_path)
    (tmp_path / "csv/scenario.yaml").write_text("title: x\n")
    assert not is_case(tmp_path / "csv")


def test_cells_have_the_names_that_excel_gives_them():
    assert [cell_name(c) for c in ((0, 0), (9, 25), (0, 26), (1048575, 16383))] == ["A1", "Z10", "AA1", "XFD1048576"]
