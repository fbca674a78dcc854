"""Posts in free text, and planned posts with their decisions."""

import pytest

from planner.importers.units import Organisation


def said(posts, text):
    return [(p.text, p.since.day.written() if p.since else None, p.acting) for p in posts.posts(text)]


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Giám đốc Sở (từ tháng 7/2024)", "2024-07"), ("Giám đốc Sở (từ 10/2021)", "2021-10"),
        ("Giám đốc Sở, từ ngày 01/7/2025", "2025-07-01"), ("Giám đốc Sở (7/2024)", "2024-07"),
        ("Giám đốc Sở, bổ nhiệm tháng 7/2024", "2024-07"), ("Giám đốc Sở", None),
    ],
)  # fmt: skip
def test_the_date_of_a_post_stands_behind_it(posts, text, since):
    assert said(posts, text) == [("Giám đốc Sở", since, False)]


def test_posts_in_one_cell_are_parted_where_a_title_begins_and_nowhere_else(posts):
    assert [p for p, _, _ in said(posts, "Bí thư Đảng ủy xã Tân Lâm, Chủ tịch HĐND xã Tân Lâm")] == [
        "Bí thư Đảng ủy xã Tân Lâm", "Chủ tịch HĐND xã Tân Lâm",
    ]  # fmt: skip
    assert [p for p, _, _ in said(posts, "Trưởng phòng Kinh tế, HT và ĐT, Trưởng Ban Kinh tế - Xã hội")] == [
        "Trưởng phòng Kinh tế, HT và ĐT", "Trưởng Ban Kinh tế - Xã hội",
    ]  # fmt: skip
    assert [p for p, _, _ in said(posts, "Bí thư Đảng ủy kiêm Chủ tịch HĐND")] == ["Bí thư Đảng ủy", "Chủ tịch HĐND"]
    # "viên chức" is a title of staff too, here it is the name of the division.
    assert len(said(posts, "Trưởng phòng Công chức, viên chức")) == 1


def test_a_deputy_in_charge_holds_one_post_and_looks_after_another(posts):
    assert said(posts, "Phó Trưởng phòng Cải cách hành chính, phụ trách phòng (từ 9/2023)") == [
        ("Phó Trưởng phòng Cải cách hành chính", "2023-09", False), ("phòng", None, True),
    ]  # fmt: skip


def planned(posts, text):
    return [(p.text, p.decision, p.since.day.written() if p.since else None) for p in posts.planned(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Giám đốc Sở (QĐ 512-QĐ/TU, 15/6/2023)", "Giám đốc Sở (QĐ số 512-QĐ/TU ngày 15/6/2023)",
        "Giám đốc Sở - QĐ số 512-QĐ/TU ngày 15/6/2023", "Giám đốc Sở\n(Quyết định số 512-QĐ/TU, ngày 15/6/2023)",
        "Giám đốc Sở theo QĐ 512 - QĐ/TU ngày 15/6/2023",
    ],
)  # fmt: skip
def test_a_decision_is_told_from_the_planned_post_before_it(posts, text):
    assert planned(posts, text) == [("Giám đốc Sở", "512-QĐ/TU", "2023-06-15")]


def test_two_planned_posts_have_each_its_decision_or_share_the_last(posts):
    assert planned(posts, "Chủ tịch UBND (QĐ 61-QĐ/TU, 05/11/2025);\nBí thư Đảng ủy (QĐ 7-QĐ/ĐU, 18/11/2025)") == [
        ("Chủ tịch UBND", "61-QĐ/TU", "2025-11-05"), ("Bí thư Đảng ủy", "7-QĐ/ĐU", "2025-11-18"),
    ]  # fmt: skip
    assert planned(posts, "Chủ tịch UBND\nBí thư Đảng ủy\nQĐ 61-QĐ/TU, 05/11/2025") == [
        ("Chủ tịch UBND", "61-QĐ/TU", "2025-11-05"), ("Bí thư Đảng ủy", "61-QĐ/TU", "2025-11-05"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "text", "seats"),
    [
        ("PHÓ GIÁM ĐỐC SỞ (04 vị trí)", "PHÓ GIÁM ĐỐC SỞ", 4), ("GIÁM ĐỐC SỞ", "GIÁM ĐỐC SỞ", None),
        ("Phòng 2", "Phòng 2", None),
    ],
)  # fmt: skip
def test_a_heading_may_say_how_many_seats_a_post_has(posts, heading, text, seats):
    assert posts.seats(heading) == (text, seats)


@pytest.fixture
def department(office, content):
    organisation = Organisation(office, content.titles)
    return organisation, organisation.root("Sở Nội vụ")


@pytest.fixture
def commune(office, content):
    organisation = Organisation(office, content.titles)
    return organisation, organisation.root("Xã Tân Lâm")


def placed(where, text, section=None):
    organisation, root = where
    found = organisation.place(text, root, section)
    return found.title, found.unit.name, found.entry.rank if found.entry else None


@pytest.mark.parametrize(
    ("text", "title", "unit", "rank"),
    [
        ("Giám đốc Sở", "Giám đốc", "Sở Nội vụ", "DEPT_HEAD"), ("PGĐ Sở", "Phó Giám đốc", "Sở Nội vụ", "DEPT_DEP"),
        ("Trưởng phòng Tổ chức - Biên chế", "Trưởng phòng", "Phòng Tổ chức - Biên chế", "DIV_HEAD"),
        ("PTP Người có công", "Phó Trưởng phòng", "Phòng Người có công", "DIV_DEP"),
        ("Chánh Văn phòng Sở", "Chánh Văn phòng", "Văn phòng Sở", "DIV_HEAD"),
        ("Giám đốc Trung tâm Dịch vụ việc làm", "Giám đốc", "Trung tâm Dịch vụ việc làm", "DIV_HEAD"),
        ("Chuyên viên Phòng Người có công", "Chuyên viên", "Phòng Người có công", "STAFF"),
    ],
)  # fmt: skip
def test_a_post_of_a_department_stands_in_the_unit_that_it_names(department, text, title, unit, rank):
    assert placed(department, text) == (title, unit, rank)


@pytest.mark.parametrize(
    ("text", "title", "unit", "rank"),
    [
        ("Bí thư Đảng ủy xã Tân Lâm", "Bí thư Đảng ủy", "Đảng ủy", "COM_SEC"),
        ("Phó Bí thư Thường trực Đảng ủy", "Phó Bí thư Thường trực Đảng ủy", "Đảng ủy", "DEPT_DEP"),
        ("PCT UBND xã Tân Lâm", "Phó Chủ tịch UBND", "UBND", "COM_STD"),
        ("Trưởng phòng Kinh tế", "Trưởng phòng", "Phòng Kinh tế", "COM_DIV_HEAD"),
        ("Trưởng Ban Pháp chế HĐND xã Tân Lâm", "Trưởng Ban Pháp chế", "HĐND", "COM_DIV_HEAD"),
        ("Giám đốc Trung tâm PVHCC", "Giám đốc", "Trung tâm Phục vụ hành chính công", "COM_DIV_HEAD"),
        ("Chủ nhiệm UBKT Đảng ủy", "Chủ nhiệm UBKT Đảng ủy", "Cơ quan UBKT Đảng ủy", "COM_STD"),
        ("Phó Trưởng phòng Kinh tế, HT và ĐT", "Phó Trưởng phòng", "Phòng Kinh tế, Hạ tầng và Đô thị", "COM_DIV_DEP"),
    ],
)  # fmt: skip
def test_the_same_words_mean_another_rank_in_a_commune(commune, text, title, unit, rank):
    assert placed(commune, text) == (title, unit, rank)


def test_a_post_that_names_no_unit_is_that_of_its_section(department):
    organisation, root = department
    section = organisation.inner(root, "PHÒNG NGƯỜI CÓ CÔNG")
    assert placed(department, "Trưởng phòng", section)[1] == section.name
    assert placed(department, "Phó Giám đốc Sở", section)[1] == "Sở Nội vụ"


def test_another_commune_is_where_the_text_says(commune):
    organisation, _ = commune
    organisation.root("Xã Đoàn Kết")
    found = organisation.place("Phó Chủ tịch UBND xã Đoàn Kết", organisation.roots()[0], None)
    assert found.unit.root.name == "Xã Đoàn Kết"


def test_a_title_that_the_map_does_not_know_is_kept_as_it_is(department):
    assert placed(department, "Thủ kho vật tư") == ("Thủ kho vật tư", "Sở Nội vụ", None)


def test_a_unit_is_known_by_its_short_form(commune):
    organisation, root = commune
    unit = organisation.inner(root, "Trung tâm Phục vụ hành chính công")
    assert organisation.inner(root, "Trung tâm PVHCC xã Tân Lâm") is unit
