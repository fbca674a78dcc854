"""Levels and classes in cells."""

import pytest

from planner.importers.levels import degrees, levels, mixed, rating


@pytest.mark.parametrize(
    ("cell", "level", "field"),
    [
        ("ThS Luật", "master", "Luật"),
        ("Th.S Kế toán", "master", "Kế toán"),
        ("Ths. Quản lý công", "master", "Quản lý công"),
        ("CN Kinh tế", "university", "Kinh tế"),
        ("Đại học Xây dựng Đảng và CQNN", "university", "Xây dựng Đảng và CQNN"),
        ("Cử nhân Chính trị học", "university", "Chính trị học"),
        ("CĐ Kế toán", "college", "Kế toán"),
        ("Tiến sĩ Chính trị học", "doctor", "Chính trị học"),
        ("TS. Kinh tế", "doctor", "Kinh tế"),
        ("Kỹ sư Xây dựng", "university", "Xây dựng"),
        ("Thạc sỹ Tài chính - Ngân hàng", "master", "Tài chính - Ngân hàng"),
        ("ĐH", "university", None),
    ],
)
def test_a_degree_is_read_with_its_field(office, cell, level, field):
    (found,), unread = degrees(cell, office)
    assert (found.level, found.field, found.studying, unread) == (level, field, False, "")


def test_two_degrees_in_a_cell_are_two_and_a_comma_within_a_field_parts_nothing(office):
    found, _ = degrees("ThS Luật; ĐH Kế toán", office)
    assert [(f.level, f.field) for f in found] == [("master", "Luật"), ("university", "Kế toán")]
    found, _ = degrees("ĐH Công nghệ, kỹ thuật", office)
    assert [(f.level, f.field) for f in found] == [("university", "Công nghệ, kỹ thuật")]


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("CC", "advanced"),
        ("Cao cấp LLCT", "advanced"),
        ("CCLLCT", "advanced"),
        ("Cử nhân chính trị", "advanced"),
        ("TC LLCT", "intermediate"),
        ("Trung cấp", "intermediate"),
        ("SC", "primary"),
        ("Sơ cấp LLCT", "primary"),
        ("Cao cấp lý luận chính trị", "advanced"),
        ("cao cấp", "advanced"),
    ],
)
def test_words_of_theory_levels_mean_the_same(office, cell, level):
    found, unread = levels(cell, "theory", office.theory, office)
    assert ([f.level for f in found], unread) == ([level], "")


@pytest.mark.parametrize("cell", ["-", "chưa qua đào tạo", "không", ""])
def test_a_cell_that_says_nothing_gives_no_level_and_no_question(office, cell):
    assert levels(cell, "theory", office.theory, office) == ([], "")


def test_a_level_that_is_still_studied_is_not_held(office):
    (found,), _ = levels("CC (đang học)", "theory", office.theory, office)
    assert (found.level, found.studying) == ("advanced", True)
    held, studied = levels("TC, đang học CC", "theory", office.theory, office)[0]
    assert [(held.level, held.studying), (studied.level, studied.studying)] == [
        ("intermediate", False), ("advanced", True),
    ]  # fmt: skip


def test_a_level_in_words_that_nobody_knows_is_not_passed_over(office):
    assert levels("lớp 3/12", "theory", office.theory, office)[1] != ""


def facts(cell, office):
    return [(f.competency, f.level, f.field) for f in mixed(cell, office)[0]]


def test_several_facts_in_a_cell_are_told_apart(office):
    assert facts("ThS Luật; CC LLCT; CVC", office) == [
        ("degree", "master", "Luật"), ("theory", "advanced", None), ("state_mgmt", "principal", None),
    ]  # fmt: skip
    assert facts("Đại học Kế toán, TC, CV", office) == [
        ("degree", "university", "Kế toán"), ("theory", "intermediate", None), ("state_mgmt", "specialist", None),
    ]  # fmt: skip
    assert facts("Cử nhân Quản lý công; CVC", office) == [
        ("degree", "university", "Quản lý công"), ("state_mgmt", "principal", None),
    ]  # fmt: skip


def test_in_a_mixed_cell_a_bare_level_is_theory_and_one_with_a_field_a_degree(office):
    assert facts("ĐH Luật; Trung cấp", office)[1] == ("theory", "intermediate", None)
    assert facts("CN Kinh tế; Cử nhân chính trị", office)[1] == ("theory", "advanced", None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("HTXSNV", "excellent"),
        ("HTXS NV", "excellent"),
        ("HTXS", "excellent"),
        ("Hoàn thành xuất sắc nhiệm vụ", "excellent"),
        ("HTTNV", "good"),
        ("HTT NV ", "good"),
        ("Hoàn thành tốt\nnhiệm vụ", "good"),
        ("HTNV", "complete"),
        ("Hoàn thành nhiệm vụ", "complete"),
        ("KHTNV", "not_complete"),
        ("Không hoàn thành nhiệm vụ", "not_complete"),
    ],
)
def test_words_of_classes_mean_the_same(office, cell, code):
    assert rating(cell, office.ratings, office).code == code


def test_a_class_that_may_be_one_of_two_is_no_class(office):
    found = rating("HT", office.ratings, office)
    assert (found.code, found.unclear, found.none) == (None, True, False)


def test_a_year_without_a_class_is_none_whatever_the_remark(office):
    found = rating("Không XL (nghỉ thai sản)", office.ratings, office)
    assert (found.code, found.unclear, found.none) == (None, False, True)
