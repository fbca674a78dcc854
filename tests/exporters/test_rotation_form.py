"""Form 8.5, KẾ HOẠCH LUÂN CHUYỂN, of the plan of case 05."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.domain.dates import Day
from planner.exporters.official import SPARE_ROWS, Form, write_form
from planner.exporters.opened import open_plan
from planner.exporters.rotation_form import COLUMNS, KEYS, rotation_lines
from tests.exporters.papers import cells, export, pdf_text

DAY = dt.date
HEADINGS = [
    ("TT", None), ("Họ và tên", None), ("Ngày sinh", "Nam"), (None, "Nữ"), ("Quê quán", None),
    ("Chức vụ, đơn vị hiện tại", None), ("Thời gian giữ chức vụ", None), ("Trình độ", "Chuyên môn"), (None, "LLCT"),
    (None, "QLNN"), ("Chức danh quy hoạch", None), ("Chức danh, nơi luân chuyển đến", None), ("Hình thức", None),
    ("Thời gian", "Từ"), (None, "Đến"), ("Dự kiến bố trí sau luân chuyển", None), ("Lý do", None), ("Ghi chú", None),
]  # fmt: skip
"""rules.md §8.5: the two rows of the heading, column by column."""


@pytest.fixture(scope="module")
def form(swap, tmp_path_factory):
    file = tmp_path_factory.mktemp("form") / "form.xlsx"
    done = export(swap, file, "--form", "rotation")
    assert done.exit_code == 0, done.output
    return file


@pytest.fixture
def sheet(form):
    return load_workbook(form).active


def heading_row(sheet):
    return next(cell.row for cell in sheet["A"] if cell.value == "TT")


def body(sheet):
    first = heading_row(sheet) + 2
    return [
        [cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value for cell in row]
        for row in sheet.iter_rows(min_row=first, max_row=first + 1)
    ]


# Case 05, base: on 1 January 2026 A (D1, unit U1) and B (D2, unit U2) swap for 12 months; the posts are of equal rank.
# A has them complete on 1 January 2027 and takes H1, which asks for them; nothing is planned for B, who by default goes
# back. The case keeps no lists, no degrees and no native places, and nobody has been ten years in the post: those cells
# are empty.
def test_the_lines_are_the_rotations_with_what_the_case_knows(sheet):
    assert body(sheet) == [
        [
            1, "Đỗ Văn Bình", DAY(1983, 6, 30), None, None,
            "Standing deputy secretary, Commune of An Bình", DAY(2022, 1, 1), None, "Trung cấp", None, None,
            "Deputy director, Department of Home Affairs", "Luân chuyển; ngang cấp", DAY(2026, 1, 1), DAY(2026, 12, 31),
            "trở lại Standing deputy secretary, Commune of An Bình", None, None, "B", "D1",
        ],
        [
            2, "Lê Thị An", None, DAY(1982, 1, 15), None,
            "Deputy director, Department of Home Affairs", DAY(2022, 1, 1), None, "Cao cấp", None, None,
            "Standing deputy secretary, Commune of An Bình", "Luân chuyển; ngang cấp", DAY(2026, 1, 1),
            DAY(2026, 12, 31), "Director, Department of Home Affairs (từ 01/01/2027)",
            "Thời gian luân chuyển: 12 tháng, cho chức danh Director, Department of Home Affairs", None, "A", "D2",
        ],
    ]  # fmt: skip


def test_the_heading_has_two_rows_merged_as_printed(sheet):
    top = heading_row(sheet)
    merged = {str(area) for area in sheet.merged_cells.ranges}
    found = [(sheet.cell(top, n).value, sheet.cell(top + 1, n).value) for n in range(1, len(HEADINGS) + 1)]
    assert found == HEADINGS
    for area in (f"A{top}:A{top + 1}", f"C{top}:D{top}", f"H{top}:J{top}", f"N{top}:O{top}", f"R{top}:R{top + 1}"):
        assert area in merged


def test_the_head_and_the_sign_off_are_those_of_the_state_or_of_the_party(swap, form, tmp_path):
    texts = {cell.value for cell in cells(form)}
    assert {"KẾ HOẠCH LUÂN CHUYỂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"} <= texts
    assert {"NGƯỜI LẬP BIỂU", "T/M TẬP THỂ LÃNH ĐẠO", "THỦ TRƯỞNG"} <= texts
    export(swap, tmp_path / "party.xlsx", "--form", "rotation", "--head", "party")
    texts = {cell.value for cell in cells(tmp_path / "party.xlsx")}
    assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "*", "NGƯỜI LẬP BIỂU", "T/M CẤP ỦY", "BÍ THƯ"} <= texts
    assert any(str(text).startswith("ĐẢNG BỘ TỈNH") for text in texts)


def test_the_page_is_landscape_a4_one_page_wide_in_times_with_the_heading_on_every_page(sheet):
    top = heading_row(sheet)
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == f"${top}:${top + 1}"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"Times New Roman"}


def test_dates_are_dates_and_the_keys_are_hidden_and_not_printed(sheet):
    first = heading_row(sheet) + 2
    for column in "CGNO":
        assert sheet[f"{column}{first}"].is_date
    assert sheet[f"G{first}"].number_format.startswith('"Từ"')
    hidden = [(d.min, d.max) for d in sheet.column_dimensions.values() if d.hidden]
    assert hidden == [(len(COLUMNS) + 1, len(COLUMNS) + 2)]
    assert "$R$" in sheet.print_area
    assert "$S$" not in sheet.print_area


def test_a_formula_in_a_name_stays_text(hostile, tmp_path):
    done = export(hostile, tmp_path / "form.xlsx", "--form", "rotation")
    assert done.exit_code == 0, done.output
    found = cells(tmp_path / "form.xlsx")
    assert {cell.data_type for cell in found} <= {"s", "n", "d"}
    name = next(c for c in found if str(c.value).startswith("=HYPERLINK"))
    assert (name.value, name.quotePrefix) == ('=HYPERLINK("http://example.org","here")', True)


def test_a_date_of_which_less_is_known_is_printed_as_known(swap, tmp_path):
    rows = [{"born_m": Day(1968, 8, 1, "month")}, {"born_m": Day(1968, 1, 1, "year")}]
    file = tmp_path / "form.xlsx"
    write_form(file, Form("T", "S", COLUMNS, KEYS, rows, "state"))
    sheet = load_workbook(file).active
    first = heading_row(sheet) + 2
    assert [sheet[f"C{row}"].value for row in (first, first + 1)] == ["08/1968", "1968"]


def test_a_form_without_people_still_can_be_filled_in(tmp_path):
    file = tmp_path / "form.xlsx"
    write_form(file, Form("T", "S", COLUMNS, KEYS, [], "state"))
    sheet = load_workbook(file).active
    first = heading_row(sheet) + 2
    rows = sheet.iter_rows(min_row=first, max_row=first + SPARE_ROWS - 1, max_col=len(COLUMNS))
    assert all(cell.value is None and cell.border.left.style == "thin" for row in rows for cell in row)


def test_an_edited_form_is_not_overwritten_unasked(swap, form):
    before = form.read_bytes()
    assert export(swap, form, "--form", "rotation").exit_code == 3
    assert form.read_bytes() == before
    assert export(swap, form, "--form", "rotation", "--replace").exit_code == 0


def test_a_plan_that_was_tampered_with_gives_no_form(swap, tmp_path):
    folder = shutil.copytree(swap, tmp_path / "plan")
    text = (folder / "rotations.csv").read_text(encoding="utf-8")
    (folder / "rotations.csv").write_text(text.replace("2026-01-01", "2026-01-02"), encoding="utf-8")
    assert export(folder, tmp_path / "form.xlsx", "--form", "rotation").exit_code == 7
    assert not (tmp_path / "form.xlsx").exists()


def test_no_line_says_anything_of_order_fit_chains_or_why_not(swap):
    opened = open_plan(Path(swap))
    known = {column.key for column in (*COLUMNS, *KEYS)}
    assert all(set(line) <= known for line in rotation_lines(opened.view.standing))


def test_libreoffice_prints_the_form(soffice, form):
    text = pdf_text(soffice, form)
    for words in ("KẾ HOẠCH LUÂN CHUYỂN", "Độc lập - Tự do - Hạnh phúc", "NGƯỜI LẬP BIỂU", "Lê Thị An", "Cao cấp",
                  "01/01/2026", "31/12/2026", "15/01/1982"):  # fmt: skip
        assert words in text
    assert "Mã cán bộ" not in text
