"""The scenarios that we ship load without a finding, and the department is as imperfect as its README says."""

import datetime as dt
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from planner.domain.case import Case
from planner.edits.load import Loaded, inspect, load
from planner.files.content import shipped
from planner.rules.registry import Bound, bind
from planner.standing import Standing, status_quo
from planner.timeline import Ground

SCENARIOS = sorted(path.relative_to(shipped("scenarios")).as_posix() for path in shipped("scenarios").glob("*/*.yaml"))
TEXTS = [
    path for kind in ("models", "scenarios") for path in shipped(kind).rglob("*") if path.suffix in (".yaml", ".csv")
]


def test_there_are_the_scenarios_that_the_documents_name() -> None:
    assert {
        "company/chief-executive-leaves-early.yaml", "company/ines-certified.yaml",
        "company/nobody-from-outside.yaml", "company/scenario.yaml",
        "department/giam-doc-nghi-som.yaml", "department/scenario.yaml", "department/them-20-cho.yaml",
        "first-office/ben-leaves.yaml", "first-office/scenario.yaml",
    } <= set(SCENARIOS)  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_scenario_has_no_finding(name: str) -> None:
    assert inspect(shipped("scenarios") / name).findings == ()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_rules_of_a_shipped_scenario_bind(name: str) -> None:
    loaded = load(shipped("scenarios") / name)
    assert bind(loaded.content, Ground(loaded.case, loaded.content, loaded.horizon)).rules


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_shipped_text_is_utf8_in_nfc(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)


# ---- the department --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def department() -> Loaded:
    return load(shipped("scenarios") / "department" / "scenario.yaml")


@pytest.fixture(scope="module")
def case(department: Loaded) -> Case:
    return department.case


@pytest.fixture(scope="module")
def bound(department: Loaded) -> Bound:
    ground = Ground(department.case, department.content, department.horizon)
    return bind(department.content, ground)


@pytest.fixture(scope="module")
def standing(bound: Bound) -> Standing:
    return status_quo(bound.ground, bound)


def test_the_department_has_the_size_of_a_department(case: Case) -> None:
    assert len(case.positions) == 46
    assert len(case.people) == 160
    assert len(case.pools) == 71
    assert sum(p.seats or 0 for p in case.positions) == 53


def test_no_name_and_no_list_entry_is_there_twice(case: Case) -> None:
    assert len({p.name for p in case.people}) == len(case.people)
    assert len({(e.position_id, e.person_id) for e in case.pools}) == len(case.pools)


def test_a_list_has_a_few_people_to_choose_from(standing: Standing) -> None:
    for position in standing.ground.listable:
        day = standing.ground.plan_day(position)
        plannable = [i for i in standing.ground.case.person if standing.plannable(i, position, day)]
        assert 3 <= len(plannable) <= 20, position


def test_three_deputies_sit_in_two_seats_until_a_date(standing: Standing) -> None:
    as_of = standing.ground.horizon.as_of
    surplus = {p: standing.expected.excess(p, as_of) for p in standing.ground.full_time}
    assert {p: n for p, n in surplus.items() if n} == {"PCVP": 1}
    assert standing.ground.case.position["PCVP"].surplus_until == dt.date(2027, 7, 1)


def test_a_head_is_missing_and_a_deputy_acts(standing: Standing) -> None:
    as_of = standing.ground.horizon.as_of
    empty = {p: standing.expected.empty(p, as_of) for p in standing.ground.full_time}
    assert {p: n for p, n in empty.items() if n} == {"TP-LDVL": 1, "PTB-TDKT": 1}
    assert set(standing.ground.covers_now) == {"TP-LDVL"}


def test_the_director_holds_two_posts(standing: Standing) -> None:
    assert standing.ground.held["NV001"] == {"GD", "BT-DU"}


def test_what_the_case_breaks_today_is_known(bound: Bound, standing: Standing) -> None:
    as_of = standing.ground.horizon.as_of
    inherited = {
        (rule.id, violation.subjects)
        for rule in bound.rules
        if rule.is_must
        for violation in rule.on_day(standing.line, as_of)
    }
    assert inherited == {
        ("cap_dept_division_deputies", frozenset({"VP"})),  # three deputies where fourteen people allow two
        ("kinship_not_together", frozenset({"NV031", "NV032"})),
        ("pool_max_names_per_post", frozenset({"TP-TCBC"})),
    }


def test_one_holder_is_on_rotation_and_one_is_at_school(case: Case, standing: Standing) -> None:
    assert {now.position for now in standing.ground.rotations_now.values()} == {"GD-TTLT"}
    as_of = standing.ground.horizon.as_of
    assert [i for i in case.person if standing.line.on_course(i, as_of)] == ["NV019"]


def test_some_births_are_known_to_the_year_or_month_only(case: Case) -> None:
    precision = Counter(p.birth_date.precision for p in case.people)
    assert (precision["year"], precision["month"]) == (4, 2)


def test_two_women_are_on_three_lists_of_one_level(case: Case, standing: Standing) -> None:
    lists = Counter((e.person_id, standing.ground.order(e.position_id)) for e in case.pools)
    assert {case.person[i].sex for (i, _), n in lists.items() if n == 3} == {"F"}
    assert sorted(lists.values())[-2:] == [3, 3]


def test_the_director_retires_in_2027_and_a_term_ends_in_2030(standing: Standing) -> None:
    departures = {d.person: (d.on, d.cause) for d in standing.expected.departures}
    assert departures["NV001"] == (dt.date(2027, 6, 1), "retirement")
    assert departures["NV006"] == (dt.date(2030, 6, 1), "term_end")


def test_many_seats_fall_empty(standing: Standing) -> None:
    until = standing.ground.horizon.until
    seats = [p for p, days in standing.expected.own_vacancies.items() for day in days if day <= until]
    heads = [p for p in seats if standing.ground.case.position[p].head]
    assert len(seats) >= 14
    assert len(heads) >= 8


def test_stale_names_fall_out_at_the_round_for_named_causes(standing: Standing) -> None:
    causes = Counter(e.cause for e in standing.line.plan.pools if e.status == "remove")
    assert set(causes) == {"fails:pool_age_current_term", "fails:pool_discipline_377", "fails:holder"}
    assert sum(causes.values()) >= 8


def test_places_of_the_scarcest_course_are_fewer_than_those_who_need_it(case: Case) -> None:
    """Intermediate theory, which every division head needs: people at or below that rank who lack it."""
    places = sum(s.seats or 0 for s in case.sessions if str(case.course[s.course_id].grants) == "theory:intermediate")
    has = {q.person_id for q in case.qualifications if q.competency == "theory" and q.level != "primary"}
    need = {r.person_id for r in case.service if r.position_id and r.until is None and r.person_id not in has}
    listed = {e.person_id for e in case.pools if e.person_id not in has}
    assert places <= 0.6 * len(need | listed)
