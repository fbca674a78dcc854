"""Facts in remarks, and remarks without any."""

import pytest

from planner.importers.notes import CourseNote, DisciplineNote, NoteReader, RelativeNote, RetirementNote


@pytest.fixture(scope="module")
def notes(office, posts):
    return NoteReader(office, posts)


def only(notes, text):
    (fact,) = notes.facts(text)
    return fact


@pytest.mark.parametrize(
    "text",
    [
        "con liệt sĩ",
        "hồ sơ đủ",
        "biệt phái từ 2022 (đã hết hạn)",
        "được khen thưởng BK UBND tỉnh 2024",
        "chuyển ngạch CVC 2023",
        "Bổ sung bằng ThS",
        "đã kê khai tài sản 2025",
        "chưa bị kỷ luật",
        "nguyên chuyên viên Sở Khoa học và Công nghệ",
    ],
)
def test_an_idle_remark_is_no_fact(notes, text):
    assert list(notes.facts(text)) == []


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("dự kiến nghỉ hưu tháng 9/2026", "2026-09"),
        ("nghỉ hưu 01/3/2027", "2027-03-01"),
        ("Nghỉ hưu 12/2026", "2026-12"),
        ("Xin nghỉ trước tuổi từ 01/6/2026", "2026-06-01"),
        ("có đơn xin nghỉ theo NĐ 178 từ 01/7/2026", "2026-07-01"),
    ],
)
def test_a_retirement_is_read_with_its_day(notes, text, on):
    fact = only(notes, text)
    assert isinstance(fact, RetirementNote)
    assert fact.on.day.written() == on


@pytest.mark.parametrize(
    ("text", "form", "side", "decided"),
    [
        ("Kỷ luật khiển trách 5/2024", "reprimand", None, "2024-05"),
        ("Bị kỷ luật cảnh cáo về Đảng tháng 11/2023", "warning", "party", "2023-11"),
        ("Kỷ luật khiển trách (đảng) 5/2024", "reprimand", "party", "2024-05"),
        ("KL cảnh cáo (QĐ số 15-QĐ/UBKTTU ngày 20/9/2023)", "warning", "party", "2023-09-20"),
        ("đã bị kỷ luật năm 2022", None, None, "2022"),
    ],
)
def test_a_discipline_is_read_with_form_side_and_day(notes, text, form, side, decided):
    fact = only(notes, text)
    assert isinstance(fact, DisciplineNote)
    assert (fact.form, fact.side, fact.decided.day.written()) == (form, side, decided)


@pytest.mark.parametrize(
    ("text", "course", "since", "until"),
    [
        ("đang học CC LLCT 2025–2027", "LLCT_CC", 2025, 2027),
        ("Học CCLLCT (2024-2026)", "LLCT_CC", 2024, 2026),
        ("Đang học lớp Cao cấp LLCT hệ KTT khóa 2024-2026", "LLCT_CC", 2024, 2026),
        ("đang học CCLLCT K76 (2024-2026)", "LLCT_CC", 2024, 2026),
        ("Đang học TC LLCT 2025-2026", "LLCT_TC", 2025, 2026),
        ("đang học ThS Quản lý công 2024-2026", "SDH_THS", 2024, 2026),
        ("đang học CC", "LLCT_CC", None, None),
    ],
)
def test_a_course_in_progress_is_read_with_its_years(notes, text, course, since, until):
    fact = only(notes, text)
    assert isinstance(fact, CourseNote)
    assert (fact.course.course_id, fact.since, fact.until) == (course, since, until)


@pytest.mark.parametrize(
    ("text", "relation", "named_is", "name", "initial"),
    [
        (
            "vợ là bà Nguyễn Thị Thu T., Phó Giám đốc Trung tâm Lưu trữ lịch sử",
            "spouse",
            True,
            "Nguyễn Thị Thu T",
            True,
        ),
        (
            "em rể đ/c Trần Quang Đạt, Viên chức Trung tâm Lưu trữ lịch sử",
            "sibling_in_law",
            False,
            "Trần Quang Đạt",
            False,
        ),
        ("con rể đ/c Lưu Minh Cường, Trưởng Ban Kinh tế - Xã hội", "child_in_law", False, "Lưu Minh Cường", False),
        ("là con trai của ông Lê Văn Ba, Giám đốc Sở", "child", False, "Lê Văn Ba", False),
        ("bố đẻ: Lê Văn Ba, Giám đốc Sở", "parent", True, "Lê Văn Ba", False),
        ("vợ đồng chí Dương Thế Trung, Trưởng phòng", "spouse", False, "Dương Thế Trung", False),
    ],
)
def test_a_relative_is_read_with_who_is_what_to_whom(notes, text, relation, named_is, name, initial):
    fact = only(notes, text)
    assert isinstance(fact, RelativeNote)
    assert (fact.relation, fact.named_is, fact.name, fact.initial) == (relation, named_is, name, initial)


def test_two_facts_in_one_remark_are_two(notes):
    first, second = notes.facts("nghỉ hưu 01/3/2027; Kỷ luật khiển trách 5/2024")
    assert isinstance(first, RetirementNote)
    assert isinstance(second, DisciplineNote)
