"""Headings of one to three rows, merged or not, and what their columns are."""

import pytest
from openpyxl import Workbook

from planner.importers import read_office
from planner.importers.heading import UNREAD, HeadingWords, find_headings
from planner.importers.sheets import read_sheets


@pytest.fixture(scope="module")
def vocabulary(office):
    return HeadingWords(office)


@pytest.mark.parametrize(
    ("path", "meaning", "year"),
    [
        (("Ngày, tháng, năm sinh", "Nam"), "birth_male", None),
        (("Năm sinh", "Nữ"), "birth_female", None),
        (("Ngày sinh",), "birth", None),
        (("Chức vụ hiện tại",), "post", None),
        (("Chức danh đã được quy hoạch",), "planned_before", None),
        (("Chức danh chuyển tiếp quy hoạch",), "planned_new", None),
        (("QĐ phê duyệt quy hoạch",), "planned_decision", None),
        (("Quy hoạch chức danh (số, ngày QĐ)",), "planned", None),
        (("Trình độ", "Lý luận chính trị"), "theory", None),
        (("Trình độ (CM; LLCT; QLNN)",), "education", None),
        (("Kết quả phân loại 03 năm", "2024"), "rating", 2024),
        (("Xếp loại năm 2023",), "rating", 2023),
        (("Ngày vào Đảng", "Chính thức"), "party_full_since", None),
        (("Cỡ giày",), UNREAD, None),
    ],
)
def test_a_column_is_known_by_its_headings(vocabulary, path, meaning, year):
    assert vocabulary.column(path) == (meaning, year)


def headings_of(path, vocabulary):
    (sheet,) = read_sheets(path)
    return [(h.top, h.bottom, [c.meaning for c in h.columns]) for h in find_headings(sheet, vocabulary)]


MEANINGS = ["number", "name", "birth_male", "birth_female", "post", "rating", "rating"]


def test_two_rows_are_one_heading_whether_merged_or_not(tmp_path, vocabulary):
    rows = [
        ("TT", "Họ và tên", "Ngày sinh", None, "Chức vụ", "Xếp loại", None),
        (None, None, "Nam", "Nữ", None, "2024", "2025"),
        (1, "Lê Văn An", "5/8/1985", None, "Giám đốc Sở", "HTTNV", "HTTNV"),
    ]
    for merged in (True, False):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        if merged:
            for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:G1"):
                book.active.merge_cells(area)
        path = tmp_path / f"{merged}.xlsx"
        book.save(path)
        assert headings_of(path, vocabulary) == [(1, 2, MEANINGS)]


def test_three_rows_are_one_heading(tmp_path, vocabulary):
    book = Workbook()
    for row in (
        ("TT", "Họ và tên", "Thông tin cá nhân", None, "Chức vụ", "Kết quả đánh giá", None),
        (None, None, "Năm sinh", None, None, "Xếp loại", None),
        (None, None, "Nam", "Nữ", None, "2024", "2025"),
        (1, "Lê Văn An", 1985, None, "Giám đốc Sở", "HTTNV", "HTTNV"),
    ):
        book.active.append(row)
    for area in ("A1:A3", "B1:B3", "C1:D1", "C2:D2", "E1:E3", "F1:G1", "F2:G2"):
        book.active.merge_cells(area)
    path = tmp_path / "three.xlsx"
    book.save(path)
    assert headings_of(path, vocabulary) == [(1, 3, MEANINGS)]


def test_a_column_that_nobody_knows_is_kept_and_asked_about(workbook, content):
    path = workbook(
        [
            ("TT", "Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ", "Cỡ giày"),
            (1, "Lê Văn An", "Nam", "5/8/1985", "Giám đốc Sở", "42"),
        ],
        "so_noi_vu.xlsx",
    )
    imported = read_office(path, content)
    assert imported.case.people[0].extra == {"x_Cỡ giày": "42"}
    assert ("column_unread", "F1") in [(d.code, d.cell) for d in imported.doubts]
    assert imported.map.sheets["Sheet"].columns["F"].meaning == UNREAD


def test_the_order_of_columns_does_not_matter(workbook, content):
    rows = [
        {"TT": 1, "Họ và tên": "Lê Văn An", "Giới tính": "Nam", "Ngày sinh": "5/8/1985", "Chức vụ": "Giám đốc Sở"},
        {"TT": 2, "Họ và tên": "Vũ Thị Hà", "Giới tính": "Nữ", "Ngày sinh": "1986", "Chức vụ": "Phó Giám đốc Sở"},
    ]
    heads = list(rows[0])
    read = []
    for order in (heads, heads[::-1]):
        path = workbook([order, *([r[h] for h in order] for r in rows)], f"so_noi_vu{len(read)}.xlsx")
        case = read_office(path, content).case
        read.append([(p.name, p.sex, p.birth_date.written(), s.position_id[-3:])
                     for p, s in zip(case.people, case.service, strict=True)])  # fmt: skip
    assert [r[:3] for r in read[0]] == [("Lê Văn An", "M", "1985-08-05"), ("Vũ Thị Hà", "F", "1986")]
    assert [r[:3] for r in read[0]] == [r[:3] for r in read[1]]
