"""Several sheets of one workbook, and columns that together say one thing."""

import pytest
from openpyxl import Workbook

from planner.importers import read_office

HEAD = ("TT", "Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ")
AN = (1, "Lê Văn An", "Nam", "5/8/1975", "Giám đốc Sở (từ 7/2024)")
HA = (2, "Vũ Thị Hà", "Nữ", "1980", "Trưởng phòng Kế hoạch (từ 3/2021)")


@pytest.fixture
def book(tmp_path):
    def made(**sheets):
        whole = Workbook()
        whole.remove(whole.active)
        for name, rows in sheets.items():
            sheet = whole.create_sheet(name.removesuffix("_hidden"))
            sheet.sheet_state = "hidden" if name.endswith("_hidden") else "visible"
            for row in rows:
                sheet.append(row)
        path = tmp_path / "so_noi_vu.xlsx"
        whole.save(path)
        return path

    return made


def test_people_of_two_sheets_are_one_list(book, content):
    case = read_office(book(a=[("SỞ NỘI VỤ",), HEAD, AN], b=[("SỞ NỘI VỤ",), HEAD, HA]), content).case
    assert [p.name for p in case.people] == ["Lê Văn An", "Vũ Thị Hà"]


def test_a_hidden_sheet_is_not_read_and_asked_about(book, content):
    imported = read_office(book(a=[("SỞ NỘI VỤ",), HEAD, AN], old_hidden=[("SỞ NỘI VỤ",), HEAD, HA]), content)
    assert [p.name for p in imported.case.people] == ["Lê Văn An"]
    assert [(d.code, d.sheet, d.read_as) for d in imported.doubts] == [("sheet_hidden", "old", None)]


def test_a_list_and_a_form_of_planned_names_are_one_case(book, content):
    form = [
        ("SỞ NỘI VỤ",), ("BẢNG RÀ SOÁT, BỔ SUNG QUY HOẠCH",),
        (*HEAD[:4], "Chức vụ hiện tại", "Chức danh đề xuất quy hoạch", "Đề xuất của đơn vị"),
        (1, "Vũ Thị Hà", "Nữ", "12/3/1980", "Trưởng phòng Kế hoạch", "Phó Giám đốc Sở", "Bổ sung quy hoạch"),
    ]  # fmt: skip
    imported = read_office(book(a=[("SỞ NỘI VỤ",), HEAD, AN, HA], b=form), content)
    case = imported.case
    assert [(p.name, p.birth_date.written()) for p in case.people] == [
        ("Lê Văn An", "1975-08-05"), ("Vũ Thị Hà", "1980-03-12"),
    ]  # fmt: skip
    ((row, title),) = [(r, case.position[r.position_id].title) for r in case.pools]
    assert (case.person[row.person_id].name, title, row.status) == ("Vũ Thị Hà", "Phó Giám đốc", "add")
    head = next(p for p in case.positions if p.title == "Trưởng phòng")
    assert head.seats == 1
    assert imported.doubts == ()


def test_day_month_and_year_in_columns_of_their_own_are_one_birth(book, content):
    rows = [
        ("SỞ NỘI VỤ",), ("TT", "Họ và tên", "Giới tính", "Ngày sinh", None, None, "Chức vụ"),
        (None, None, None, "Ngày", "Tháng", "Năm", None),
        (1, "Lê Văn An", "Nam", 5, 8, 1975, "Giám đốc Sở"), (2, "Vũ Thị Hà", "Nữ", None, 3, 1980, "Phó Giám đốc Sở"),
    ]  # fmt: skip
    case = read_office(book(a=rows), content).case
    assert [p.birth_date.written() for p in case.people] == ["1975-08-05", "1980-03"]


def test_a_heading_repeated_on_a_new_page_is_no_person(book, content):
    case = read_office(book(a=[("SỞ NỘI VỤ",), HEAD, AN, HEAD, HA]), content).case
    assert [p.name for p in case.people] == ["Lê Văn An", "Vũ Thị Hà"]


def test_a_list_without_a_sex_takes_it_from_names_and_asks_where_they_do_not_tell(book, content):
    head = ("TT", "Họ và tên", "Ngày sinh", "Chức vụ")
    people = [(1, "Lê Văn An", "5/8/1975", "Giám đốc Sở"), (2, "Vũ Thị Hà", "1980", "Phó Giám đốc Sở"),
              (3, "Phạm Ngọc Thanh", "1982", "Phó Giám đốc Sở")]  # fmt: skip
    imported = read_office(book(a=[("SỞ NỘI VỤ",), head, *people]), content)
    assert [p.sex for p in imported.case.people][:2] == ["M", "F"]
    assert [(d.code, d.cell) for d in imported.doubts if d.asks] == [("sex_guessed", "B5")]


def test_a_title_that_nobody_knows_is_asked_about_with_one_that_it_looks_like(book, content):
    imported = read_office(book(a=[("SỞ NỘI VỤ",), HEAD, (1, "Lê Văn An", "Nam", "1975", "Giám đố Sở")]), content)
    (doubt,) = [d for d in imported.doubts if d.code == "title_unknown"]
    assert doubt.alternatives == ("Giám đốc Sở",)
    assert imported.case.positions[0].standard == "free"
