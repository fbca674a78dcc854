"""Names as offices write them."""

import unicodedata

import pytest

from planner.importers.people_names import is_name, person_name
from planner.importers.text import clean, find, spelled


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An"), ("NGUYỄN MINH LONG", "Nguyễn Minh Long"),
        ("ThS. Lê Thị Hoa", "Lê Thị Hoa"), ("Đ/c Phạm Ngọc Chuyên", "Phạm Ngọc Chuyên"),
        ("Ông Trần Văn Ba", "Trần Văn Ba"), ("TS.BS Lê Văn Tám", "Lê Văn Tám"), ("Vũ Thị Hà (PGĐ)", "Vũ Thị Hà"),
    ],
)  # fmt: skip
def test_a_name_is_without_titles_remarks_and_capitals(office, cell, name):
    assert person_name(clean(cell), office).text == name


def test_blanks_that_do_not_break_and_parted_letters_make_no_other_name(office):
    parted = unicodedata.normalize("NFD", "Tô\u00a0Minh  Sơn ")
    assert person_name(clean(parted), office).text == "Tô Minh Sơn"


def test_a_letter_that_only_looks_latin_is_put_right_and_told(office):
    found = person_name("Vũ Thị L\u0430n Hằng", office)
    assert (found.text, found.strange) == ("Vũ Thị Lan Hằng", True)
    assert not person_name("Vũ Thị Lan Hằng", office).strange


@pytest.mark.parametrize(
    ("name", "sex", "likely"),
    [
        ("Hoàng Thị Hiền", "F", "F"), ("Nguyễn Văn Nghĩa", "M", "M"), ("Phạm Ngọc Thủy", None, None),
        ("Trần Mạnh Hùng", None, "M"), ("Bà Phạm Ngọc Thủy", "F", "F"), ("Phạm Ngọc Thủy (nữ)", "F", "F"),
        ("Nguyễn Thị Văn", "F", "F"),  # a given name tells nothing for certain
    ],
)  # fmt: skip
def test_middle_words_tell_the_sex(office, name, sex, likely):
    found = person_name(name, office)
    assert (found.sex, found.likely) == (sex, likely)


def test_the_place_of_the_tone_makes_no_other_word():
    assert spelled("Hoà") == spelled("Hòa")
    assert spelled("Thuỷ") == spelled("Thủy")
    assert spelled("Hoa") != spelled("Hòa")


def test_a_single_word_is_found_with_its_marks_only():
    assert find("Năm sinh", "Nam") == -1
    assert find("NAM", "Nam") == 0
    assert find("chuc vu hien tai", "Chức vụ") == 0


def test_a_heading_is_no_name():
    assert is_name("Lê Thị Hoa")
    assert not is_name("Phòng 1")
    assert not is_name("Lê")
