"""Rules on courses, absences and legal numbers, and what is told of units, bodies and duties; derived by hand.

The periods: P0 2026-01-01 to 06-30, P1 to 12-31, P2 2027-01-01 to 06-30.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planner.domain.errors import InputError
from planner.domain.violation import Violation
from planner.rules.course_rule import CourseRule
from planner.verify import exemption_states, judge
from tests.twins.in_force import waived
from tests.twins.universe import Keys, Universe, World, a, case_of, course, entry, person, post, round_, session, u, x

THEORY = "theory:advanced"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def world(*rules: Any, people: list[Any], positions: list[Any] | None = None, **tables: Any) -> World:
    positions = positions or [post("P")]
    return World(Universe("rules", case_of(people, positions=positions, **tables), rules, ()))


def plan(*keys: list[Any]) -> Keys:
    return frozenset(key for some in keys for key in some)


def breaches(found: World, *keys: list[Any]) -> list[Violation]:
    return list(found.bound.rules[0].check(found.standing(plan(*keys)).line))


def is_new(found: World, *keys: list[Any]) -> bool:
    return not found.lawful(found.standing(plan(*keys)))


def notes(found: World) -> list[tuple[str, Any]]:
    return [(n.kind, n.unit or n.position) for n in found.bound.notes(found.quo.line)]


# ---- whom a course takes -------------------------------------------------------------------------------------------


def taken(
    somebody: Any, *, mode: str = "part", months: int | None = 6, tables: Any = None, **params: Any
) -> str | None:
    """The code of the reason for which A may not attend from 2026-03-02 to 2026-08-31; None if A may."""
    found = world(
        entry("course_conditions", **{"grants": [THEORY], **params}),
        people=[somebody],
        courses=[course(mode=mode, months=months)],
        sessions=[session("S", "2026-03-02", "2026-08-31")],
        **(tables or {}),
    )
    [rule] = found.bound.training
    assert isinstance(rule, CourseRule)
    verdict = rule.allows("A", "S")  # type: ignore[arg-type]
    assert verdict.ok == (("u", "A", "S") in found.program)  # the place exists only where the rule allows it
    return verdict.reason.code if verdict.reason else None


@pytest.mark.parametrize(
    ("who", "params", "reason"),
    [
        ({"party_since": "2026-03-02"}, {"party": "member"}, None),
        ({"party_since": "2026-03-03"}, {"party": "member"}, "reason.not_member"),
        ({"party_since": "2025-01-01", "party_full_since": "2026-03-03"}, {"party": "full"}, "reason.not_full_member"),
        ({"party_since": "2025-01-01"}, {"party": "full"}, None),  # not known when full
        ({"party_since": "2025-01-01"}, {"party": "full", "unknown": "refuse"}, "reason.not_full_member"),
        ({}, {"party": "member", "unknown": "refuse"}, "reason.not_member"),
        ({"levels": {"law": "degree"}}, {"level": "law:degree"}, None),
        ({}, {"level": "law:degree"}, "reason.course_level"),  # a level without a row is the lowest
        ({"birth_date": "1996-03-02"}, {"part_time_age": {"M": 30}}, None),  # thirty on the first day
        ({"birth_date": "1996-03-03"}, {"part_time_age": {"M": 30}}, "reason.course_too_young"),
        ({"birth_date": "1996-03-03", "sex": "F"}, {"part_time_age": {"M": 30}}, None),
        ({"birth_date": "1980-03-03"}, {"first_age": 45}, None),  # 45 on the first day, 46 the day after
        ({"birth_date": "1980-03-02"}, {"first_age": 45}, "reason.course_too_old"),
        ({"birth_date": "1970-01-01", "levels": {"theory": "intermediate"}},
         {"first_age": 45, "grants": [THEORY, "theory:intermediate"]}, None),  # sent before
        ({"service_since": "2023-03-02"}, {"service_months": 36}, None),
        ({"service_since": "2023-03-03"}, {"service_months": 36}, "reason.course_service"),
        # Three times six months from August 2026: to February 2028.
        ({"leaves": "2028-03-01"}, {"serve_times": 3}, None),
        ({"leaves": "2028-02-01"}, {"serve_times": 3}, "reason.months_left"),
    ],
)  # fmt: skip
def test_a_condition_is_met_or_missed_by_a_day_a_month_or_a_year(
    who: dict[str, Any], params: dict[str, Any], reason: str | None
) -> None:
    assert taken(person("A", **who), **params) == reason


def test_the_age_for_part_time_courses_is_not_asked_of_full_time_ones() -> None:
    young = person("A", birth_date="2000-01-01")
    assert taken(young, mode="full", part_time_age={"M": 30}) is None
    assert taken(young, mode="part", part_time_age={"M": 30}) == "reason.course_too_young"


def test_without_months_of_the_course_the_days_of_the_session_tell_how_long_it_is() -> None:
    # From 2026-03-02 to 2026-08-31 five whole months are complete, so six are begun: eighteen to serve, as with six.
    assert taken(person("A", leaves="2028-03-01"), months=None, serve_times=3) is None
    assert taken(person("A", leaves="2028-02-01"), months=None, serve_times=3) == "reason.months_left"


@pytest.mark.parametrize(
    ("ratings", "unknown", "ok"),
    [
        ({2025: "good", 2024: "excellent"}, "allow", True),
        ({2025: "good", 2024: "complete"}, "allow", False),
        ({2025: "good", 2024: "good", 2023: "complete"}, "allow", True),  # two years are asked
        ({2026: "good", 2025: "good", 2024: "complete"}, "allow", True),  # this year is rated already
        ({2026: "complete", 2025: "good", 2024: "good"}, "allow", False),
        ({2025: "good"}, "allow", True),
        ({2025: "good"}, "refuse", False),
        ({}, "allow", True),
        ({}, "refuse", False),
    ],
)
def test_ratings_are_those_of_the_last_years_and_an_unknown_one_does_as_the_entry_says(
    ratings: dict[int, str], unknown: str, ok: bool
) -> None:
    rows = [{"person_id": "A", "year": year, "rating": rating} for year, rating in ratings.items()]
    params: dict[str, Any] = {"ratings": ["excellent", "good"], "rated_years": 2, "unknown": unknown}
    found = taken(person("A"), tables={"ratings": rows}, **params)
    assert (found is None) is ok


def test_a_condition_of_one_course_does_not_touch_another() -> None:
    assert taken(person("A"), level="law:degree", grants=["theory:intermediate"]) is None


def open_to(**params: Any) -> World:
    """D holds a deputy's post, V a division head's; C is in the list of H, E in that of the deputies' post Q."""
    return world(
        entry("course_open_to", **{"grants": [THEORY], "held": "DEP", "planned": "HEAD", **params}),
        people=[person("D", "P"), person("V", "R"), person("C"), person("E"), person("N")],
        positions=[post("P", "DEP"), post("Q", "DEP"), post("R", "DIV"), post("H")],
        pools=[{"position_id": "H", "person_id": "C"}, {"position_id": "Q", "person_id": "E"}],
        courses=[course()],
        sessions=[session("S", "2026-03-02", "2026-08-31")],
    )


def test_a_course_is_open_to_holders_from_a_rank_up_and_to_names_from_a_higher_one() -> None:
    found = open_to()
    assert {i for i in "DVCEN" if not is_new(found, u(i, "S"))} == {"D", "C"}
    lower = open_to(planned="DEP")
    assert {i for i in "DVCEN" if not is_new(lower, u(i, "S"))} == {"D", "C", "E"}


def test_a_name_opens_a_course_only_while_its_list_is_in_force() -> None:
    # The round of 2026-03-31 counts from the day after: not for S, which begins on 2026-03-02.
    found = world(
        entry("course_open_to", grants=[THEORY], planned="HEAD"),
        people=[person("A")],
        rounds=[round_()],
        courses=[course()],
        sessions=[session("S", "2026-03-02", "2026-03-31"), session("L", "2026-04-01", "2026-08-31")],
    )
    assert is_new(found, x("A", "P"), u("A", "S"))
    assert not is_new(found, x("A", "P"), u("A", "L"))
    assert is_new(found, u("A", "L"))


@pytest.mark.parametrize(
    ("rule", "params", "column"),
    [
        ("course_conditions", {"grants": ["theory:doctor"]}, "e.params.grants"),
        ("course_conditions", {"grants": ["thoery:advanced"]}, "e.params.grants"),
        ("course_conditions", {"grants": [THEORY], "level": "law:none of it"}, "e.params.level"),
        ("course_conditions", {"grants": [THEORY], "level": "law:master"}, "e.params.level"),
        ("course_open_to", {"grants": [THEORY], "held": "BOSS"}, "e.params.held"),
        ("course_open_to", {"grants": []}, "e.params.grants"),
        ("deputies_cap", {}, "e.params"),
        ("kin_apart", {"within": "locality_sectors"}, "e.params"),
        ("rotation_months_left", {"moves": "development"}, "e.params.min"),
        ("months_left", {"stages": ["plan", "train"]}, "e.params.stages"),  # no post is judged at a course
    ],
)
def test_what_an_entry_names_and_the_content_does_not_have_is_an_error(
    rule: str, params: dict[str, Any], column: str
) -> None:
    with pytest.raises(InputError) as caught:
        world(entry(rule, "e", **params), people=[person("A")])
    assert [f.column for f in caught.value.findings] == [column]


@pytest.mark.parametrize(
    ("subject", "attends", "state"),
    [("A,S", True, "used"), ("A", False, "unused"), ("B", False, "unneeded"), ("A,T", False, "unneeded")],
)
def test_an_exemption_from_a_condition_names_a_person_and_perhaps_a_session(
    subject: str, attends: bool, state: str
) -> None:
    # A lacks the degree, B has it; T grants a level of which the entry does not speak.
    found = world(
        entry("course_conditions", grants=[THEORY], level="law:degree", waived_by="province"),
        people=[person("A"), person("B", levels={"law": "degree"})],
        courses=[course(), course("L", "law:degree")],
        sessions=[session("S", "2026-03-02", "2026-08-31"), session("T", "2026-03-02", "2026-08-31", "L")],
        **waived(subject, "2026-12-31", "course_conditions"),
    )
    standing = found.standing(plan(u("A", "S") if attends else []))
    assert found.lawful(standing)
    assert [s.state for s in exemption_states(standing)] == [state]


# ---- absences and numbers ------------------------------------------------------------------------------------------


def test_the_only_leader_of_a_unit_is_not_sent_and_of_two_only_one() -> None:
    found = world(
        entry("absences", max=0.5),
        people=[person("A", "P"), person("B", "Q"), person("C", "R")],
        positions=[post("P"), post("Q", "DEP"), post("R", unit="W")],
        courses=[course(mode="full")],
        sessions=[session("S", "2026-02-01", "2026-07-31"), session("L", "2026-07-01", "2026-12-01")],
    )
    assert is_new(found, u("C", "S"))
    assert not is_new(found, u("A", "S"))
    assert is_new(found, u("A", "S"), u("B", "S"))
    # L is over before the instant of P1 and begins after that of P0: it is away at no instant.
    assert not is_new(found, u("A", "S"), u("B", "L"))


def numbered(limit: int | None = None, *, headcount: int | None = None, **params: Any) -> int | None:
    """How many deputies a unit may have of its four who sit there; None if it is not judged."""
    if limit is not None:
        params["max"] = limit
    found = world(
        entry("deputies_cap", **params),
        people=[person(i, "D") for i in "WXYZ"],
        positions=[post("H", head=True), post("D", "DEP", seats=4)],
        units=[{"unit_id": "U", "name": "U", "headcount": headcount}],
    )
    over = [b.amount for b in breaches(found) if b.instant == day("2026-06-30")]
    return 4 - over[0] if over else None


@pytest.mark.parametrize(
    ("headcount", "most"), [(None, None), (6, 1), (9, 1), (10, 2), (14, 2), (15, 3), (90, 3)]
)  # fmt: skip
def test_the_number_of_deputies_goes_by_steps_of_the_headcount(headcount: int | None, most: int | None) -> None:
    assert numbered(headcount=headcount, steps={0: 1, 10: 2, 15: 3}) == most


@pytest.mark.parametrize(("headcount", "most"), [(1, 0), (3, 1), (7, 3), (8, None), (None, None)])
def test_deputies_are_at_most_a_share_of_the_headcount_rounded_down(headcount: int | None, most: int | None) -> None:
    assert numbered(headcount=headcount, share=0.5) == most  # of 8 four may be deputies, as there are


def test_the_least_of_several_limits_counts() -> None:
    assert numbered(2, headcount=20, share=0.15, steps={0: 1, 10: 2, 20: 3}) == 2
    assert numbered(3, headcount=20, share=0.1) == 2


@pytest.mark.parametrize(("class_", "deputies"), [("merged", 1), ("small", 2), (None, 2)])
def test_the_class_of_the_unit_or_of_one_above_gives_its_number(class_: str | None, deputies: int) -> None:
    # W lies below S, whose class it has; a class that the entry does not name leaves the number of all.
    found = world(
        entry("deputies_cap", max=2, by_class={"merged": 1}),
        people=[person(i) for i in "ABC"],
        positions=[post("D", "DEP", unit="W", seats=3)],
        units=[{"unit_id": "S", "name": "S", "class": class_}, {"unit_id": "W", "name": "W", "parent_id": "S"}],
    )
    moves = [a(i, "D", 0) for i in "ABC"]
    assert not is_new(found, *moves[:deputies])
    assert is_new(found, *moves[: deputies + 1])


def test_an_average_goes_by_the_class_of_the_province() -> None:
    # Two units of a merged province may have three deputies together, else two.
    for class_, together in (("merged", 3), ("other", 2)):
        found = world(
            entry("average_cap", average=1, by_class={"merged": 1.5}),
            people=[person(i) for i in "ABCE"],
            positions=[post("D", "DEP", unit="V", seats=2), post("F", "DEP", unit="W", seats=2)],
            units=[
                {"unit_id": "S", "name": "S", "class": class_},
                *({"unit_id": u, "name": u, "parent_id": "S"} for u in "VW"),
            ],
        )
        moves = [a("A", "D", 0), a("B", "F", 0), a("C", "D", 0), a("E", "F", 0)]
        assert not is_new(found, *moves[:together]), class_
        assert is_new(found, *moves[: together + 1]), class_


def test_above_its_number_a_unit_may_lose_deputies_and_takes_nobody_in() -> None:
    found = world(
        entry("deputies_cap", max=1),
        people=[person("X", "D"), person("Y", "D"), person("N")],
        positions=[post("D", "DEP", seats=3), post("Q", "DEP", unit="W", seats=2)],
    )
    assert not is_new(found)
    assert is_new(found, a("N", "D", 0))
    assert not is_new(found, a("X", "Q", 0))
    assert is_new(found, a("X", "Q", 0), a("N", "D", 1))  # two again
    assert is_new(found, a("X", "Q", 0), a("N", "Q", 1))  # W may have one, too, and has two
    [row] = judge(found.quo, found.quo).inherited
    assert (row.rule, row.amount, row.subjects) == ("deputies_cap", 1, frozenset("U"))


def test_an_average_lets_one_unit_have_more_where_another_has_fewer() -> None:
    found = world(
        entry("average_cap", average=1.5),
        people=[person("X", "D"), person("N"), person("M"), person("K")],
        positions=[post("D", "DEP", seats=3), post("E", "DEP", unit="W", seats=3)],
    )
    assert not is_new(found, a("N", "D", 0), a("M", "D", 0))  # three in one unit, none in the other
    assert is_new(found, a("N", "D", 0), a("M", "D", 0), a("K", "E", 0))  # four together


def test_an_inherited_number_says_by_whom_it_ends() -> None:
    # X retires on 2026-05-01: from then on one deputy is left, as there may be.
    found = world(
        entry("deputies_cap", max=1),
        people=[person("X", "D", leaves="2026-05-01"), person("Y", "D")],
        positions=[post("D", "DEP", seats=2)],
    )
    [row] = judge(found.quo, found.quo).inherited
    assert (row.ends_on, row.ends_by, row.ends_with) == (day("2026-05-01"), "retirement", "X")


# ---- what is only told ---------------------------------------------------------------------------------------------


def test_too_many_units_and_too_many_for_each_place_are_told() -> None:
    units = [
        {"unit_id": "T", "name": "T", "kind": "province"},
        *({"unit_id": f"X{n}", "name": f"X{n}", "kind": "commune", "parent_id": "T"} for n in range(2)),
        *({"unit_id": f"D{n}", "name": f"D{n}", "kind": "division", "parent_id": "X0"} for n in range(5)),
        {"unit_id": "OLD", "name": "OLD", "kind": "division", "parent_id": "X1", "closed_on": "2025-12-31"},
        {"unit_id": "P", "name": "P", "kind": "division", "parent_id": "T"},  # the province's own: of no commune
    ]
    each = {"kinds": ["division"], "per": ["commune"]}
    rules = (
        entry("units_cap", "all", "info", kinds=["division"], max=5),
        entry("units_cap", "enough", "info", kinds=["division"], max=6),
        entry("units_cap", "each", "info", max=2.4, **each),  # five for two communes: 2.5
        entry("units_cap", "fits", "info", max=2.5, **each),
    )
    found = world(*rules, people=[person("A")], units=units)
    told = [(n.rule, dict(n.reason.values)) for n in found.bound.notes(found.quo.line)]
    assert told == [("all", {"number": 6, "max": 5}), ("each", {"average": 2.5, "max": 2.4})]


@pytest.mark.parametrize(("seats", "told"), [(26, True), (27, False), (33, False), (34, True), (None, False)])
def test_a_body_with_too_few_or_too_many_seats_is_told(seats: int | None, told: bool) -> None:
    found = world(
        entry("seats_range", force="info", min=27, max=33),
        people=[person("A")],
        positions=[post("M", nature="membership", seats=seats)],
    )
    assert notes(found) == ([("seats_out_of_range", "U")] if told else [])


def test_a_nomination_without_proposer_or_appraiser_is_told_for_the_round_that_is_decided() -> None:
    row = {"position_id": "P", "round_id": "R"}
    found = world(
        entry("nomination_record", force="info"),
        people=[person("A"), person("B"), person("C")],
        rounds=[round_(), {"round_id": "OLD", "approved_on": "2024-03-31"}],
        nominations=[
            {**row, "person_id": "A", "proposed_by": "U", "appraised_by": "O"},
            {**row, "person_id": "B", "proposed_by": "U"},
            {**row, "person_id": "C", "appraised_by": "O"},
            {**row, "person_id": "A", "round_id": "OLD"},
        ],
    )
    told = [(n.kind, n.person) for n in found.bound.notes(found.quo.line)]
    assert told == [("no_appraiser", "B"), ("no_proposer", "C")]


def test_who_works_on_cadres_is_told_for_a_relative_in_a_list_and_for_a_sanction_that_runs() -> None:
    found = world(
        entry("staff_conflict", force="info", applies_to={"field": "organisation"}),
        people=[person("A", "P"), person("B", "Q"), person("C")],
        positions=[post("P", field="organisation"), post("Q", unit="W", field="law"), post("H", unit="V")],
        pools=[{"position_id": "H", "person_id": "C"}],
        rounds=[round_()],
        relations=[{"person_a": "C", "person_b": i, "relation": "sibling"} for i in "AB"],
        discipline=[
            {"person_id": "A", "side": "party", "form": "reprimand", "decided": "2025-06-01", "expires": "2026-06-01"},
            {"person_id": "A", "side": "party", "form": "reprimand", "decided": "2020-06-01", "expires": "2021-06-01"},
            {"person_id": "B", "side": "party", "form": "reprimand", "decided": "2025-06-01", "expires": "2026-06-01"},
        ],
    )
    told = [(n.kind, n.person, n.on) for n in found.bound.notes(found.quo.line)]
    assert told == [("relative_in_list", "A", None), ("cadre_work_under_sanction", "A", day("2026-06-01"))]
