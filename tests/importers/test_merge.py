"""A newer workbook into a case that is there: identifiers and what people filled in stay, what changed is told."""

import datetime as dt
from dataclasses import replace

import pytest

from planner.domain.case import Case, Decision, Indicator
from planner.domain.dates import Day
from planner.files.changes import changes
from planner.importers import read_office
from planner.importers.merge import merge

HEAD = (
    "TT",
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Chức vụ",
    "Xếp loại 2025",
    "Chức danh quy hoạch (số QĐ)",
    "Ghi chú",
)
AN = (1, "Lê Văn An", "Nam", "5/8/1975", "Giám đốc Sở (từ 7/2024)", "HTTNV", None, None)
HA = (
    2,
    "Vũ Thị Hà",
    "Nữ",
    "1980",
    "Trưởng phòng Kế hoạch (từ 3/2021)",
    "HTTNV",
    "Phó Giám đốc Sở (QĐ 5-QĐ/TU, 1/6/2024)",
    None,
)
BA = (3, "Trần Văn Ba", "Nam", "9/9/1985", "Phó Trưởng phòng Kế hoạch (từ 5/2022)", "HTNV", None, None)
AS_OF = dt.date(2026, 6, 30)


@pytest.fixture
def case_of(workbook, content):
    def read(*rows, title="SỞ NỘI VỤ") -> Case:
        return read_office(workbook([(title,), (), HEAD, *rows], "so_noi_vu.xlsx"), content, as_of=AS_OF).case

    return read


def test_the_same_list_again_changes_nothing(case_of):
    old = case_of(AN, HA, BA)
    assert changes(old, merge(old, case_of(AN, HA, BA), AS_OF).case) == []


def test_people_keep_their_identifiers_in_another_order_and_with_a_finer_birth(case_of):
    old = case_of(AN, HA, BA)
    ids = {p.name: p.person_id for p in old.people}
    finer = (*HA[:3], "12/3/1980", *HA[4:])
    merged = merge(old, case_of(BA, finer, AN), AS_OF).case
    assert {p.name: p.person_id for p in merged.people} == ids
    assert merged.person[ids["Vũ Thị Hà"]].birth_date.written() == "1980-03-12"


def test_what_people_filled_in_and_other_tables_stay(case_of):
    old = case_of(AN, HA, BA)
    ids = {p.name: p.person_id for p in old.people}
    head = next(p for p in old.positions if p.title == "Giám đốc")
    filled = replace(
        old,
        positions=tuple(
            p.model_copy(update={"criticality": 5, "standard": "free"}) if p is head else p for p in old.positions
        ),
        people=tuple(p.model_copy(update={"health_ok": True}) for p in old.people),
        indicators=(Indicator(person_id=ids["Lê Văn An"], year=2025, indicator="R1", value=97),),
        decisions=(Decision(kind="stays", person_id=ids["Lê Văn An"]),),
        given=old.given | {"indicators", "decisions"},
    )
    merged = merge(filled, case_of(AN, HA, BA), AS_OF).case
    assert merged.position[head.position_id].criticality == 5
    assert merged.position[head.position_id].standard == "free"
    assert all(p.health_ok for p in merged.people)
    assert merged.indicators == filled.indicators
    assert merged.decisions == filled.decisions


def test_a_newcomer_is_added_and_one_who_is_gone_holds_nothing_any_more(case_of):
    old = case_of(AN, HA, BA)
    new = (3, "Đỗ Văn Tám", "Nam", "1990", "Phó Trưởng phòng Kế hoạch (từ 6/2026)", None, None, None)
    merged = merge(old, case_of(AN, HA, new), AS_OF)
    case = merged.case
    gone = next(p for p in old.people if p.name == "Trần Văn Ba")
    assert merged.gone == (gone.person_id,)
    assert gone.person_id in case.person  # what is known of him stays
    assert [s.until for s in case.service_of[gone.person_id]] == [Day.of(AS_OF)]
    added = next(p for p in case.people if p.name == "Đỗ Văn Tám")
    assert added.person_id not in old.person
    kinds = {(c.table, c.kind, c.name) for c in changes(old, case)}
    assert ("people", "added", "Đỗ Văn Tám") in kinds
    assert ("service", "changed", "Trần Văn Ba, Phó Trưởng phòng") in kinds


def test_one_who_moved_holds_the_new_post_and_the_old_one_is_history(case_of):
    old = case_of(AN, HA, BA)
    promoted = (2, "Vũ Thị Hà", "Nữ", "1980", "Phó Giám đốc Sở (từ 5/2026)", "HTTNV", None, None)
    case = merge(old, case_of(AN, promoted, BA), AS_OF).case
    person = next(p for p in case.people if p.name == "Vũ Thị Hà")
    rows = {case.position[s.position_id].title: s for s in case.service_of[person.person_id]}
    assert rows["Trưởng phòng"].until == AS_OF
    assert rows["Trưởng phòng"].since == dt.date(2021, 3, 1)
    assert rows["Phó Giám đốc"].until is None


def test_values_that_changed_are_told_by_column(case_of):
    old = case_of(AN, HA, BA)
    better = (*BA[:5], "HTXSNV", *BA[6:])
    (change,) = changes(old, merge(old, case_of(AN, HA, better), AS_OF).case)
    assert (change.table, change.kind, change.name) == ("ratings", "changed", "Trần Văn Ba")
    assert dict(change.cells) == {"rating": ("complete", "excellent")}


def test_a_name_that_left_the_list_of_planned_names_leaves_the_case(case_of):
    old = case_of(AN, HA, BA)
    without = (*HA[:6], None, HA[7])
    other = (*BA[:6], "Trưởng phòng Kế hoạch (QĐ 6-QĐ/SNV, 1/6/2026)", None)
    case = merge(old, case_of(AN, without, other), AS_OF).case
    assert [(case.person[r.person_id].name, r.decision_no) for r in case.pools] == [("Trần Văn Ba", "6-QĐ/SNV")]


def test_a_list_of_another_department_touches_nobody_of_the_first(case_of):
    old = case_of(AN, HA, BA)
    other = (1, "Đinh Văn Chín", "Nam", "1977", "Giám đốc Sở (từ 7/2025)", None, None, None)
    merged = merge(old, case_of(other, title="SỞ TÀI CHÍNH"), AS_OF)
    assert merged.gone == ()
    assert {u.name for u in merged.case.units if u.parent_id is None} == {"Sở Nội vụ", "Sở Tài chính"}
    assert all(s.until is None for s in merged.case.service)


def test_a_corrected_birth_is_the_same_person_who_stays_in_the_unit(case_of):
    old = case_of(AN, HA, BA)
    right = (*AN[:3], "15/8/1976", *AN[4:])
    merged = merge(old, case_of(right, HA, BA), AS_OF)
    person = next(p for p in old.people if p.name == "Lê Văn An")
    assert [p.person_id for p in merged.case.people] == [p.person_id for p in old.people]
    assert merged.case.person[person.person_id].birth_date == dt.date(1976, 8, 15)
    assert (merged.gone, merged.reborn) == ((), {person.person_id: person.birth_date})


def test_another_person_of_the_name_in_another_unit_is_somebody_else(case_of):
    old = case_of(AN, HA, BA)
    other = (3, "Lê Văn An", "Nam", "1990", "Phó Trưởng phòng Kế hoạch (từ 6/2026)", None, None, None)
    merged = merge(old, case_of(HA, BA, other), AS_OF)
    assert len(merged.case.people) == 4
    assert merged.reborn == {}


def test_a_unit_with_another_name_and_the_same_people_keeps_its_identifier_and_posts(case_of):
    old = case_of(AN, HA, BA)
    after = [
        (*row[:4], str(row[4]).replace("phòng Kế hoạch", "phòng Kế hoạch và Đầu tư"), *row[5:]) for row in (HA, BA)
    ]
    merged = merge(old, case_of(AN, *after), AS_OF)
    unit = next(u for u in old.units if u.name == "Phòng Kế hoạch")
    assert merged.renamed == {unit.unit_id: "Phòng Kế hoạch"}
    assert merged.case.unit[unit.unit_id].name == "Phòng Kế hoạch và Đầu tư"
    assert [p.position_id for p in merged.case.positions] == [p.position_id for p in old.positions]
    assert all(s.until is None for s in merged.case.service)


def test_a_seat_that_is_still_empty_is_so_since_the_day_that_was_known(case_of):
    empty = (4, "(Khuyết)", None, None, "Phó Giám đốc Sở", None, None, None)
    read = case_of(AN, empty, HA, BA)
    (vacancy,) = read.vacancies
    known = vacancy.model_copy(update={"on": Day(2025, 12, 31), "reason": "nghỉ hưu"})
    merged = merge(replace(read, vacancies=(known,)), case_of(AN, empty, HA, BA), AS_OF).case
    assert merged.vacancies == (known,)
    assert merge(read, case_of(AN, HA, BA), AS_OF).case.vacancies == ()
