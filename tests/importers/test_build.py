"""What several posts of one person become: one that fills the day, others that go with it."""

import pytest

from planner.importers import read_office

HEAD = ("TT", "Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ")


@pytest.fixture
def case_of(workbook, content):
    def read(title, *posts):
        people = [(i, f"Lê Văn {n}", "Nam", f"5/8/19{70 + i}", post)
                  for i, (n, post) in enumerate(zip("ABCDEFG", posts, strict=False), start=1)]  # fmt: skip
        return read_office(workbook([(title,), HEAD, *people]), content).case

    return read


def natures(case):
    return {p.title: (p.nature, case.position[p.held_with].title if p.held_with else None) for p in case.positions}


def test_a_secretary_who_chairs_the_council_fills_the_day_as_secretary(case_of):
    case = case_of("ĐẢNG ỦY XÃ TÂN LÂM", "Bí thư Đảng ủy, Chủ tịch HĐND")
    assert natures(case) == {
        "Bí thư Đảng ủy": ("full_time", None), "Chủ tịch HĐND": ("concurrent", "Bí thư Đảng ủy"),
    }  # fmt: skip


def test_of_two_posts_that_fill_a_day_the_head_stays_and_the_other_goes_with_it(case_of):
    case = case_of("ĐẢNG ỦY XÃ TÂN LÂM", "Phó Bí thư Đảng ủy, Chủ tịch UBND")
    assert natures(case) == {
        "Phó Bí thư Đảng ủy": ("concurrent", "Chủ tịch UBND"), "Chủ tịch UBND": ("full_time", None),
    }  # fmt: skip


def test_a_post_that_others_fill_their_day_with_stays_full_time_for_all(case_of):
    # B is deputy secretary and nothing else: then the post fills A's day too, and A's chair goes with it.
    case = case_of("ĐẢNG ỦY XÃ TÂN LÂM", "Phó Bí thư Đảng ủy, Chủ tịch UBND", "Phó Bí thư Đảng ủy")
    assert natures(case) == {
        "Phó Bí thư Đảng ủy": ("full_time", None), "Chủ tịch UBND": ("concurrent", "Phó Bí thư Đảng ủy"),
    }  # fmt: skip
    assert next(p for p in case.positions if p.title == "Phó Bí thư Đảng ủy").seats == 2


def test_members_of_the_standing_committee_are_no_seats_to_fill(case_of):
    case = case_of("ĐẢNG ỦY XÃ TÂN LÂM", "Ủy viên BTV Đảng ủy, Phó Chủ tịch UBND", "UVBTV Đảng ủy, Chủ nhiệm UBKT")
    member = next(p for p in case.positions if p.nature == "membership")
    assert (member.title, member.seats) == ("Ủy viên Ban Thường vụ Đảng ủy", None)
    assert sum(s.position_id == member.position_id for s in case.service) == 2


def test_seats_are_holders_and_listed_vacancies_and_staff_have_none(case_of):
    case = case_of("SỞ NỘI VỤ", "Phó Giám đốc Sở", "Phó Giám đốc Sở", "Chuyên viên Phòng Kế hoạch")
    assert [(p.title, p.seats) for p in case.positions] == [("Phó Giám đốc", 2)]
    staff = next(s for s in case.service if s.position_id is None)
    assert (staff.title, case.unit[staff.unit_id].name, staff.rank) == ("Chuyên viên", "Phòng Kế hoạch", "STAFF")


def test_a_row_with_a_post_and_no_name_is_a_vacant_seat(workbook, content):
    rows = [("SỞ NỘI VỤ",), HEAD, (1, "Lê Văn A", "Nam", "1975", "Phó Giám đốc Sở"),
            (2, "(Khuyết)", None, None, "Phó Giám đốc Sở"), (3, None, None, None, "Phó Giám đốc Sở")]  # fmt: skip
    case = read_office(workbook(rows), content).case
    assert [p.seats for p in case.positions] == [3]
    assert len(case.vacancies) == 2


def test_a_vacant_seat_under_the_heading_of_its_post_is_one(workbook, content):
    rows = [("PHƯỜNG HÒA BÌNH",), ("TT", "Chức danh", "Họ và tên", "Giới tính", "Ngày sinh"),
            ("I", "PHÓ CHỦ TỊCH UBND (02 người)"), (1, None, "Phan Văn Cò", "Nam", "1981"),
            (2, None, "Khuyết")]  # fmt: skip
    case = read_office(workbook(rows), content).case
    (post,) = case.positions
    assert (post.title, post.seats) == ("Phó Chủ tịch UBND", 2)
    assert [v.position_id for v in case.vacancies] == [post.position_id]


def test_who_looks_after_a_unit_that_nobody_knows_does_not_lead_the_whole(workbook, content):
    rows = [("BAN QUẢN LÝ KHU KINH TẾ",), HEAD, (1, "Lý Thị Na", "Nữ", "1990", "Phó Trưởng ban phụ trách Văn phòng")]
    case = read_office(workbook(rows), content).case
    assert [s.kind for s in case.service] == ["substantive"]
