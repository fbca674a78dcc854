"""Each reason why nothing closes a demand, by hand; and that a place said to be free is one that the law lets give.

The head X of H leaves on 1 January 2027, the day for which H wants a successor. H asks for advanced theory, which A
(deputy, of H's list since 2024) lacks. The list is decided on 31 March 2026.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from planner.domain.suitability import PLAIN, Gate
from planner.goals.pipeline import wanted_paths
from planner.standing import Standing
from planner.standing.paths import Paths, Step
from tests.twins.universe import (
    Key,
    Keys,
    Universe,
    World,
    a,
    case_of,
    content_of,
    course,
    entry,
    g,
    person,
    post,
    round_,
    session,
    u,
    x,
)  # fmt: skip

DAY = dt.date
X = person("X", "H", leaves="2027-01-01")
A = person("A", "E")
OLD = [{"position_id": "H", "person_id": "A", "since": "2024-01-01"}]
KEEPS = x("A", "H")
SPRING = session("S", "2026-04-01", "2026-09-30", seats=2)
UNITS = [{"unit_id": "U", "name": "Department"}, {"unit_id": "W", "name": "Other department"}]


def world(*people: Any, rules: Any = (), until: str = "2027-12-31", content: Any = None, **tables: Any) -> World:
    tables = {"courses": [course()], "sessions": [], "rounds": [round_()], "pools": OLD, "units": UNITS} | tables
    positions = [
        post("H", standard=tables.pop("standard", "theory"), successors=1), post("E", "DEP"), post("F", "DEP"),
        *tables.pop("positions", []),
    ]  # fmt: skip
    people = people if any(p["people"][0]["person_id"] == "X" for p in people) else (X, *people)
    case = case_of(people, positions=positions, **tables)
    return World(Universe("paths", case, rules, (), until, content=content or content_of()))


def steps(found: World, keys: list[Key], who: str = "A", where: str = "H") -> list[Step]:
    """The lines of one name; a second look: the law takes each place that is said to be free, and no other."""
    base = frozenset(keys)
    standing = found.standing(base)
    assert found.lawful(standing), list(found.new_breaches(standing))
    paths = Paths(standing)
    lines = [s for s in paths.steps if (s.person, s.position) == (who, where)]
    for offer in (offer for line in lines for offer in line.offers):
        first: list[Key] = u(who, offer.first) if offer.first else []
        assert found.lawful(found.standing(base | {*u(who, offer.session), *first})) == offer.is_free, offer
    return lines


def only(found: World, keys: list[Key], who: str = "A", where: str = "H") -> Step:
    (line,) = steps(found, keys, who, where)
    return line


def against(line: Step) -> dict[str, str | None]:
    return {offer.session: offer.against for offer in line.offers}


# ---- what closes it ----------------------------------------------------------------------------------------------


def test_who_lacks_nothing_is_ready_since_the_first_day() -> None:
    line = only(world(person("A", "E", levels={"theory": "advanced"})), KEEPS)
    assert (line.state, line.on, line.needed_by, line.in_time) == ("ready", DAY(2026, 1, 1), DAY(2027, 1, 1), True)


def test_a_place_of_the_plan_closes_it_on_the_day_on_which_the_class_ends() -> None:
    line = only(world(A, sessions=[SPRING]), [*KEEPS, *u("A", "S")])
    assert line.gap is not None
    assert (line.state, line.gap.by, line.gap.action, line.on) == ("closes", "course", "S", DAY(2026, 9, 30))
    assert line.in_time


def test_a_class_that_ends_after_the_day_closes_it_too_late() -> None:
    late = session("S", "2026-09-01", "2027-02-28")
    line = only(world(A, sessions=[late]), [*KEEPS, *u("A", "S")])
    assert (line.state, line.on, line.in_time) == ("closes", DAY(2027, 2, 28), False)


def test_who_is_appointed_to_the_post_takes_over() -> None:
    found = world(person("A", "E", levels={"theory": "advanced"}))
    line = only(found, [*KEEPS, *a("A", "H", 2)])
    assert (line.state, line.on) == ("takes_over", DAY(2027, 1, 1))


def test_a_sanction_is_waited_for() -> None:
    # A warning of May 2024 counts for 36 months: until 1 May 2027, after the day on which H needs somebody.
    found = world(
        person("A", "E", levels={"theory": "advanced"}),
        rules=(entry("discipline_wait", months={"warning": 36}),),
        discipline=[{"person_id": "A", "form": "warning", "decided": "2024-05-01"}],
    )
    line = only(found, KEEPS)
    assert line.refusal is not None
    assert (line.state, line.refusal.rule, line.on) == ("waits", "discipline_wait", DAY(2027, 5, 1))


# ---- why none does -----------------------------------------------------------------------------------------------


def test_no_course_grants_it_or_no_class_of_one_is_held() -> None:
    assert only(world(A, courses=[]), KEEPS).why == "no_course"
    assert only(world(A), KEEPS).why == "no_session"


def test_months_are_given_by_service_that_goes_on_or_by_moves_only() -> None:
    # A deputy since 1 June 2025 has 24 months on 1 June 2027, after the day; who is none has them never.
    line = only(world(person("A", "E", since="2025-06-01"), standard="deputy"), KEEPS)
    assert (line.state, line.gap and line.gap.by, line.on, line.in_time) == ("closes", "time", DAY(2027, 6, 1), False)
    assert only(world(person("A", rank="STAFF"), standard="deputy"), KEEPS).why == "needs_service"
    assert only(world(A, standard="away"), KEEPS).why == "needs_rotation"


def test_the_class_is_full_by_others_of_the_plan_and_of_the_case() -> None:
    # Two seats: B has one by the plan, C one by the case.
    found = world(
        A, person("B", "F"), person("C", rank="DEP"), sessions=[SPRING],
        enrolments=[{"person_id": "C", "course_id": "K", "session_id": "S"}],
    )  # fmt: skip
    line = only(found, [*KEEPS, *u("B", "S")])
    assert (line.why, against(line)) == ("no_free_place", {"S": "full"})
    assert only(found, KEEPS).why == "weighed"


def test_the_places_of_the_year_are_full() -> None:
    other = session("T", "2026-04-01", "2026-09-30", seats=5)
    found = world(A, person("B", "F"), courses=[course(yearly_seats=1)], sessions=[SPRING, other])
    assert only(found, [*KEEPS, *u("B", "T")]).why == "no_free_place"


def test_a_class_needs_its_least_number() -> None:
    line = only(world(A, sessions=[{**SPRING, "min_seats": 2}]), KEEPS)
    assert (line.why, against(line)) == ("class", {"S": "class"})


@pytest.mark.parametrize(
    ("tables", "rules", "objection"),
    [
        ({"courses": [course(needs="theory:intermediate")]}, (), "prerequisite"),
        ({"sessions": [{**SPRING, "allotted_to": "W"}]}, (), "allotted"),
        ({"courses": [course(admits="in_post:HEAD")]}, (), "admits"),
        (
            {"decisions": [{"kind": "not_train", "person_id": "A", "session_id": "S", "status": "decided"}]},
            (), "decided",
        ),
        ({}, (entry("course_conditions", grants=("theory:advanced",), party="full", unknown="refuse"),), "rule"),
        ({}, (entry("course_open_to", grants=("theory:advanced",), held="HEAD"),), "rule"),
    ],
)  # fmt: skip
def test_the_person_does_not_meet_what_the_class_asks(tables: Any, rules: Any, objection: str) -> None:
    line = only(world(A, rules=rules, **({"sessions": [SPRING]} | tables)), KEEPS)
    assert (line.why, against(line)) == ("conditions", {"S": objection})


def test_a_class_before_gives_what_is_presupposed() -> None:
    courses = [course(needs="theory:intermediate"), course("L", "theory:intermediate")]
    low = session("P", "2026-01-05", "2026-03-01", "L", seats=1)
    found = world(A, person("B", "F"), courses=courses, sessions=[SPRING, low])
    line = only(found, KEEPS)
    assert (line.why, line.place and line.place.first) == ("weighed", "P")
    assert only(found, [*KEEPS, *u("B", "P")]).why == "conditions"


def test_a_class_that_presupposes_the_level_itself_is_none_that_gives_it() -> None:
    found = world(A, courses=[course("M", "theory:advanced", needs="theory:advanced")],
                  sessions=[session("S", "2026-04-01", "2026-04-01", "M")])  # fmt: skip
    assert only(found, KEEPS).why == "no_session"


def test_who_leaves_before_the_end_of_the_class_cannot_go() -> None:
    line = only(world(person("A", "E", leaves="2026-08-01"), sessions=[SPRING]), KEEPS)
    assert (line.why, against(line)) == ("leaves", {"S": "leaves"})


def test_another_class_of_the_plan_or_of_the_case_runs_at_the_same_time() -> None:
    law = [course(), course("L", "law:degree")]
    found = world(A, courses=law, sessions=[SPRING, session("T", "2026-09-30", "2026-12-31", "L")])
    assert only(found, [*KEEPS, *u("A", "T")]).why == "same_time"
    running = {"person_id": "A", "course_id": "L", "since": "2026-03-01", "until": "2026-06-30"}
    assert only(world(A, courses=law, sessions=[SPRING], enrolments=[running]), KEEPS).why == "same_time"


FULL = {"courses": [course(mode="full")]}
AUTUMN = session("S", "2026-06-01", "2027-02-28")


def test_who_takes_over_a_post_is_not_away_full_time_then() -> None:
    # F falls empty on 1 July 2026, when A takes it over; the class runs past that day.
    keys = [*KEEPS, *a("A", "F", 1)]
    holder = person("Y", "F", leaves="2026-07-01")
    line = only(world(A, holder, sessions=[AUTUMN], **FULL), keys)
    assert (line.why, against(line)) == ("away", {"S": "takes_over"})
    assert only(world(A, holder, sessions=[AUTUMN]), keys).why == "appointed"  # part-time: free, but A goes to F


def test_a_designated_successor_is_there_on_the_day() -> None:
    # J wants a successor on 1 January 2027 and asks for nothing: A is designated, and the class runs past the day.
    found = world(
        A, person("Y", "J", leaves="2027-01-01"), positions=[post("J", successors=1)], sessions=[AUTUMN],
        pools=[*OLD, {"position_id": "J", "person_id": "A", "since": "2024-01-01"}], **FULL,
    )  # fmt: skip
    line = only(found, [*x("A", "H", "J"), *g("A", "J")])
    assert (line.why, against(line)) == ("away", {"S": "successor"})


def test_as_many_leaders_of_the_unit_are_away_as_may_be() -> None:
    # Of X, A and B one may be away (half of three, rounded down), and B is; as a wish it is only advised against.
    tables: Any = {"sessions": [AUTUMN], **FULL}
    must = world(A, person("B", "F"), rules=(entry("absences", max=0.5),), **tables)
    line = only(must, [*KEEPS, *u("B", "S")])
    assert (line.why, against(line)) == ("leaders_away", {"S": "leaders_away"})
    assert only(must, KEEPS).offers[0].is_free
    wish = world(A, person("B", "F"), rules=(entry("absences", force={"should": 2}, max=0.5),), **tables)
    line = only(wish, [*KEEPS, *u("B", "S")])
    assert (line.why, line.place and line.place.advice) == ("advised", "absences")


# ---- a place is free and not given -------------------------------------------------------------------------------


def test_the_class_ends_less_than_a_year_before_the_person_leaves() -> None:
    # H falls free on 1 January 2027; A leaves a year later, so that a class must end by that day.
    leaver = person("A", "E", leaves="2028-01-01")
    late = session("S", "2026-10-01", "2027-01-31")
    assert only(world(leaver, sessions=[late]), KEEPS).why == "too_late"
    assert only(world(leaver, sessions=[SPRING]), KEEPS).why == "weighed"


def test_the_person_leaves_within_a_year_after_the_post_falls_free() -> None:
    assert only(world(person("A", "E", leaves="2027-12-31"), sessions=[SPRING]), KEEPS).why == "leaves_first"


def test_whom_a_gate_stops_is_not_sent() -> None:
    gate = Gate(source="level", competency="law", values=("none",))  # type: ignore[arg-type]
    content = replace(content_of(), suitability=PLAIN.model_copy(update={"gates": (gate,)}))
    stopped = person("A", "E", levels={"law": "none"})
    assert only(world(stopped, sessions=[SPRING], content=content), KEEPS).why == "gate"
    assert only(world(A, sessions=[SPRING], content=content), KEEPS).why == "weighed"


def test_a_new_name_that_nobody_nominated_has_no_path_yet() -> None:
    assert only(world(A, sessions=[SPRING], pools=[{"position_id": "E", "person_id": "A"}]), KEEPS).why == "new_name"
    nominated = [{"position_id": "H", "person_id": "A", "round_id": "R"}]
    found = world(A, sessions=[SPRING], pools=[{"position_id": "E", "person_id": "A"}], nominations=nominated)
    assert only(found, KEEPS).why == "weighed"


def test_the_class_ends_after_the_post_needs_somebody() -> None:
    late = session("S", "2026-09-01", "2027-02-28")
    line = only(world(A, sessions=[late]), KEEPS)
    assert (line.why, line.place and line.place.session) == ("after_needed", "S")


def test_what_is_due_only_after_the_horizon_is_said_to_be_so() -> None:
    # J asks for advanced theory six months after the appointment of 1 July 2027: 1 January 2028, the day after the end.
    found = world(A, person("Y", "J", leaves="2027-07-01"), sessions=[SPRING],
                  positions=[post("J", standard="theory_after")])  # fmt: skip
    standing = found.standing(frozenset(a("A", "J", 3)))
    [line] = Paths(standing).debts("A")  # type: ignore[arg-type]
    assert (line.position, line.why) == ("J", "not_due")
    sooner = found.standing(frozenset(a("X", "E", 0)))
    assert [s.position for s in Paths(sooner).debts("X")] == ["H"]  # type: ignore[arg-type]


# ---- with the goals ----------------------------------------------------------------------------------------------


def test_the_reason_agrees_with_what_goal_pipeline_wishes() -> None:
    """A name whose place is weighed is wished a path; one that is new, stopped or gone too soon is not."""
    for who, wished in ((A, True), (person("A", "E", leaves="2027-12-31"), False)):
        found = world(who, sessions=[SPRING])
        standing: Standing = found.standing(frozenset(KEEPS))
        pairs = {(i, p) for i, p, *_ in wanted_paths(standing.ground, standing.expected)}
        assert ((only(found, KEEPS).why == "weighed"), ("A", "H") in pairs) == (wished, wished)


def test_who_is_in_no_list_has_no_path() -> None:
    keys: Keys = frozenset()
    assert not Paths(world(A, pools=[], rounds=[]).standing(keys)).steps
