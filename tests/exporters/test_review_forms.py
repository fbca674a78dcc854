"""Forms 8.2, 8.3 and 8.6 of the plan of case 11 (derivation.md there; what is added: conftest.py)."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import load_workbook

from planner import api
from planner.domain.messages import label, tr
from planner.exporters.paper_words import PaperWords
from planner.exporters.training_form import priority
from planner.timeline.ground import Gap
from tests.exporters.papers import export
from tests.exporters.test_base_list_form import body
from tests.twins.universe import Universe, World, a, case_of, entry, person, post, round_, x

DAY = dt.date


@pytest.fixture(scope="module")
def plan(reviewed, tmp_path_factory):
    return api.solve(reviewed).write(tmp_path_factory.mktemp("plan") / "plan")


def sheet(plan, tmp_path, form, *options):
    done = export(plan, tmp_path / "form.xlsx", "--form", form, *options)
    assert done.exit_code == 0, done.output
    return load_workbook(tmp_path / "form.xlsx").active


def headings(found, first):
    """The two rows of the heading, column by column, without the hidden keys."""
    top = next(cell.row for cell in found["A"] if cell.value == first)
    pairs = [(found.cell(top, n).value, found.cell(top + 1, n).value) for n in range(1, found.max_column + 1)]
    return [pair for pair in pairs if pair not in (("Mã cán bộ", None), ("Mã chức danh", None), ("Mã lớp", None))]


# rules.md §8.2 and §8.3; the plan is of January 2026, so the last three years are 2023 to 2025.
BORN = [("Ngày, tháng, năm sinh", "Nam"), (None, "Nữ")]
LEVEL = [("Trình độ", "Chuyên môn"), (None, "Lý luận chính trị")]
YEARS = [("Kết quả phân loại 03 năm", "2023"), (None, "2024"), (None, "2025")]


def test_the_headings_are_those_of_the_printed_forms(plan, tmp_path):
    start = [("Số TT", None), ("Họ và tên", None), *BORN, ("Chức vụ hiện tại", None)]
    assert headings(sheet(plan, tmp_path, "review"), "Số TT") == [
        *start, ("Chức danh đã được quy hoạch", None), ("Chức danh chuyển tiếp quy hoạch", None), *LEVEL,
        ("QĐ phê duyệt quy hoạch", None), *YEARS, ("Đề xuất của đơn vị", None),
    ]  # fmt: skip
    assert headings(sheet(plan, tmp_path, "additions", "--replace"), "Số TT") == [
        *start, ("Chức danh đề xuất quy hoạch", None), *LEVEL, *YEARS, ("Đề xuất của đơn vị", None),
    ]  # fmt: skip


# The round of 1 March 2026: A stays for H1 and H3, B for H3; K's warning runs until 1 December 2026. Of equal rank, B,
# who is of the department of H3, suits it better than A (test_base_list_form.py); for H1 A and K have 65 points each.
def test_the_review_says_who_stays_and_who_goes_and_why(plan, tmp_path):
    found = sheet(plan, tmp_path, "review")
    justice, planning = "Director of Justice, Department of Justice", "Director of Planning, Department of Planning"
    excellent, good = label("rating", "excellent", "vi"), label("rating", "good", "vi")
    assert body(found) == [
        [justice, *[None] * 15],
        [1, "Lê Thị An", None, DAY(1982, 1, 15), "Department of Justice", justice, justice, None, "Trung cấp", "5/QD",
         None, excellent, good, "Tiếp tục quy hoạch", "A", "H1"],
        [2, "Hồ Văn Khang", DAY(1984, 4, 4), None, "Department of Justice", justice, None, None, "Trung cấp", "5/QD",
         None, None, None,
         "Đưa ra khỏi quy hoạch: không đáp ứng “Không bị kỷ luật”: đang bị kỷ luật (cảnh cáo)"
         " (đủ điều kiện từ 01/12/2026)", "K", "H1"],
        [planning, *[None] * 15],
        [1, "Đỗ Văn Bình", DAY(1983, 6, 30), None, "Department of Planning", planning, planning, None, "Trung cấp",
         "5/QD", None, None, None, "Tiếp tục quy hoạch", "B", "H3"],
        [2, "Lê Thị An", None, DAY(1982, 1, 15), "Department of Justice", planning, planning, None, "Trung cấp", "5/QD",
         None, excellent, good, "Tiếp tục quy hoạch", "A", "H3"],
    ]  # fmt: skip


def test_the_review_ends_with_the_rule_that_is_not_confirmed_and_took_a_name_out(plan, tmp_path):
    texts = [str(cell.value) for row in sheet(plan, tmp_path, "review").iter_rows() for cell in row if cell.value]
    (line,) = [text for text in texts if text.startswith("- ")]
    assert line.startswith("- Không bị kỷ luật (pool_discipline; ")
    assert line.endswith(": 1 lượt người chưa đủ điều kiện")


# O was proposed for H1, where two names are the most: A stays and N is added, whom the plan designates.
def test_the_additions_end_with_the_nominated_name_that_is_left_out_and_why(plan, tmp_path):
    texts = [str(c.value) for row in sheet(plan, tmp_path, "additions").iter_rows() for c in row]
    (line,) = [text for text in texts if text.startswith("- ")]
    assert line.startswith("- Ngô Thị Oanh → Director of Justice, Department of Justice: chưa đưa vào quy hoạch, danh")
    names = "Lê Thị An (tiếp tục quy hoạch, 65), Vũ Thị Nga (được bổ nhiệm hoặc chỉ định kế nhiệm, 42,5)"
    assert line.endswith(f"trong danh sách có {names}; người được giới thiệu có 22,5 điểm phù hợp")
    own = sheet(plan, tmp_path, "additions", "--replace", "--unit", "U1")
    (line,) = [str(c.value) for row in own.iter_rows() for c in row if str(c.value).startswith("- ")]
    assert "danh sách đã đủ số lượng" in line
    assert "Lê Thị An" not in line
    assert "điểm" not in line


def test_a_list_that_stays_above_its_limit_is_told_with_how_many_are_too_many():
    # Three names in force where two may be, of whom no rule takes one out; D's two are in order.
    found = World(
        Universe(
            "crowded",
            case_of(
                [person(i) for i in "ABC"],
                positions=[post("H"), post("D", "DEP")],
                rounds=[round_()],
                pools=[{"position_id": p, "person_id": i} for p, i in ("HA", "HB", "HC", "DA", "DB")],
            ),
            (entry("pool_size", max=2), entry("pool_keep")),
            (),
        )
    )
    words = PaperWords(found.quo, "vi")
    [line] = words.lists_above(["H", "D"])
    assert "3 người, vượt 1 người" in line
    assert not list(words.lists_above(["D"]))


# N takes the free place of H1, O is listed for H2.
def test_the_additions_are_the_new_names(plan, tmp_path):
    found = sheet(plan, tmp_path, "additions")
    rows = [(row[0], row[1], row[5], row[-3], row[-2], row[-1]) for row in body(found) if row[-1]]
    assert rows == [
        (1, "Vũ Thị Nga", "Director of Justice, Department of Justice", "Bổ sung quy hoạch", "N", "H1"),
        (1, "Ngô Thị Oanh", "Director of Finance, Department of Finance", "Bổ sung quy hoạch", "O", "H2"),
    ]
    own = sheet(plan, tmp_path, "additions", "--replace", "--unit", "U2")
    assert [row[-2] for row in body(own) if row[-1]] == ["O"]


# A and B stay in lists and lack the advanced level. The class has one place, which nothing of the plan needs in time:
# it ends on 30 September, when H1 and H3 (needed on 1 July) have waited for somebody.
def test_the_training_need_names_what_people_in_lists_lack(plan, tmp_path):
    found = sheet(plan, tmp_path, "training")
    assert [h for _, h in headings(found, "TT")[6:11]] == ["Chuyên môn", "LLCT", "QLNN", "Ngoại ngữ", "Tin học"]
    rows = [(row[0], row[1], row[7], row[11], row[12], row[13], row[16], row[17]) for row in body(found, "TT")]
    why = "Còn chỗ, nhưng học xong sau ngày chức danh cần người; các mục tiêu khác nặng hơn"
    assert rows[:2] == [
        (1, "Lê Thị An", "Trung cấp", "Cao cấp chính trị", None, "x", 3, f"{why} (CC26)"),
        (2, "Đỗ Văn Bình", "Trung cấp", "Cao cấp chính trị", None, "x", 3, f"{why} (CC26)"),
    ]
    head, line, *_ = [row[0] for row in rows[2:]]
    assert head == tr("text.free_places_head", "vi")
    assert line == (
        "- Cao cấp chính trị (CC26), 01/03/2026 – 30/09/2026, còn 1 chỗ: Lê Thị An, Đỗ Văn Bình: " + why.lower()
    )


def test_priority_goes_from_the_own_post_to_the_next_one_to_the_lists():
    # Both posts ask for advanced theory. X lacks it in the own post H; A is appointed to J; B is in J's list; C is not.
    case = case_of(
        [person("X", "H"), *(person(i, rank="DEP") for i in "ABC")],
        positions=[post("H", standard="theory"), post("J", standard="theory_after")],
        pools=[{"position_id": "J", "person_id": i, "since": "2025-01-01"} for i in "AB"],
    )
    found = World(Universe("priority", case, (), ()))
    standing = found.standing(frozenset(a("A", "J", 0) + x("A", "J")))
    theory = Gap("theory", 2)  # type: ignore[arg-type]
    assert [priority(standing, i, theory) for i in "XABC"] == [1, 2, 3, 4]  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["review", "additions", "training"])
def test_a_scenario_without_a_plan_has_no_such_form(reviewed, tmp_path, form):
    assert export(reviewed, tmp_path / "form.xlsx", "--form", form).exit_code == 3
    assert not (tmp_path / "form.xlsx").exists()
