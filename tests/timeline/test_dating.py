"""Days: δ, d₁, the k-th seat, chains and rings, months by the calendar. Every day is derived by hand.

The periods: P0 2026-01-01 to 06-30, P1 to 12-31, P2 2027-01-01 to 06-30, P3 to 12-31.
"""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import Any

import pytest

from planner.domain.dates import add_months, whole_months
from planner.domain.horizon import Horizon
from planner.domain.plan import Appointment
from planner.structure.point import decided_keys
from planner.timeline import Timeline
from planner.timeline.dating import Move, dated, rotation
from tests.twins.universe import Universe, World, case_of, entry, person, post, standing_of, v


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def world(people: list[Any], positions: list[Any], **more: Any) -> World:
    universe = {key: more.pop(key) for key in ("until", "lead_months") if key in more}
    rules = more.pop("rules", (entry("rotation_length", months=6),))
    return World(Universe("dates", case_of(people, positions=positions, **more), rules, (), **universe))


def dates(found: World, *moves: tuple[str, str, int], rotations: Any = ()) -> dict[str, Appointment]:
    made = [rotation(found.quo.expected, i, q, t, 6) for i, q, t in rotations]  # type: ignore[arg-type]
    return {a.person: a for a in dated(found.quo.expected, [Move(*m) for m in moves], made)}  # type: ignore[arg-type]


# ---- months and periods --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-01", 12, "2027-01-01"),
    ],
)
def test_months_are_added_by_the_calendar_and_a_short_month_ends_early(since: str, months: int, then: str) -> None:
    assert add_months(day(since), months) == day(then)


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("2025-04-01", "2027-04-01", 24),
        ("2025-04-01", "2027-03-31", 23),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-01-31", "2026-02-27", 0),
        ("2026-01-31", "2026-03-30", 1),
    ],
)
def test_a_month_is_complete_on_its_day_and_not_before(since: str, until: str, months: int) -> None:
    assert whole_months(day(since), day(until)) == months


def test_the_first_period_may_be_a_stub_and_every_day_has_one_period() -> None:
    horizon = Horizon(day("2026-03-10"), day("2027-06-30"))
    assert [horizon.start(t) for t in horizon.periods] == [day("2026-03-10"), day("2026-07-01"), day("2027-01-01")]
    assert [horizon.instant(t) for t in horizon.periods] == [day("2026-06-30"), day("2026-12-31"), day("2027-06-30")]
    assert horizon.instant(-1) == day("2026-03-10")
    days = ("2026-03-09", "2026-03-10", "2026-06-30", "2026-07-01", "2027-06-30", "2027-07-01")
    assert [horizon.period_of(day(d)) for d in days] == [None, 0, 0, 1, 2, None]


# ---- δ and d₁ ------------------------------------------------------------------------------------------------------


def test_delta_is_the_posts_own_vacancy_in_its_period_and_else_the_first_day() -> None:
    # X leaves on 2026-10-01, in P1. In P2 the seat is empty since the instant of P1: the first day.
    found = world([person("X", "H", leaves="2026-10-01")], [post("H")])
    assert [found.quo.expected.delta("H", t) for t in range(3)] == [  # type: ignore[arg-type]
        day("2026-01-01"), day("2026-10-01"), day("2027-01-01")
    ]  # fmt: skip


def test_delta_of_several_seats_is_the_first_day_while_one_of_them_is_empty() -> None:
    # Two seats, one empty at as_of, the other left on 2026-10-01: the first day of every period.
    found = world([person("X", "H", leaves="2026-10-01")], [post("H", seats=2)])
    assert [found.quo.expected.delta("H", t) for t in range(2)] == [day("2026-01-01"), day("2026-07-01")]  # type: ignore[arg-type]


def test_delta_of_several_filled_seats_is_the_earliest_own_vacancy() -> None:
    people = [person("X", "H", leaves="2026-11-01"), person("Y", "H", leaves="2026-08-01")]
    assert world(people, [post("H", seats=2)]).quo.expected.delta("H", 1) == day("2026-08-01")  # type: ignore[arg-type]


def test_a_departure_that_only_ends_a_surplus_is_no_vacancy() -> None:
    # Two in one seat: when X leaves on 2026-08-01 nobody is missing; Y's departure on 2026-11-01 empties the seat.
    people = [person("X", "H", leaves="2026-08-01"), person("Y", "H", leaves="2026-11-01")]
    expected = world(people, [post("H")]).quo.expected
    assert expected.own_vacancies["H"] == (day("2026-11-01"),)  # type: ignore[index]
    assert expected.delta("H", 1) == day("2026-11-01")  # type: ignore[arg-type]
    assert [expected.excess("H", day(d)) for d in ("2026-07-31", "2026-08-01")] == [1, 0]  # type: ignore[arg-type]


def test_a_successor_is_wanted_when_it_is_needed_else_the_lead_before_the_vacancy_else_at_the_end() -> None:
    positions = [post("A", needed_by="2026-05-05"), post("B"), post("C"), post("E")]
    people = [person("X", "A", leaves="2026-10-01"), person("Y", "B", leaves="2026-10-01"), person("Z", "C")]
    found = world(people, positions, lead_months=3)
    # A as given; B on 2026-10-01 less three months; C has no vacancy; E is empty today: no lead goes back before it.
    assert {p: found.quo.expected.wanted_by[p] for p in "ABCE"} == {  # type: ignore[index]
        "A": day("2026-05-05"), "B": day("2026-07-01"), "C": day("2027-06-30"), "E": day("2026-01-01")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("months", "reach"),
    [
        # From 2026-04-01: to 2026-06-30 no instant is passed before 07-01 but P0's (06-30).
        (2, [0, 0, 0]),  # over on 2026-06-01
        (3, [1, 0, 0]),  # over on 2026-07-01; from 2026-07-01 over on 10-01: no instant; from 2027-01-01 none
        (6, [1, 1, 1]),  # 2026-10-01; from P1 2027-01-01 covers 12-31; from P2 2027-07-01 covers 06-30
        (9, [2, 1, 1]),  # 2027-01-01 covers P0 and P1
        (12, [2, 2, 1]),  # 2027-04-01; from P1 2027-07-01: P1 and P2; the horizon ends with P2
        (15, [3, 2, 1]),  # 2027-07-01
    ],
)
def test_acting_reaches_the_instants_before_its_months_are_over(months: int, reach: list[int]) -> None:
    found = world([person("X", "H", leaves="2026-04-01")], [post("H", acting_months=months)])
    assert [found.quo.expected.acting_reach("H", t) for t in range(3)] == reach  # type: ignore[arg-type]


# ---- days of taking over -------------------------------------------------------------------------------------------


def test_all_links_of_a_chain_take_over_on_the_day_on_which_the_top_falls_empty() -> None:
    # X leaves H on 2026-04-01; B rises from D, C from V, E has no post: D and V have no vacancy of their own, so they
    # are judged on 2026-01-01 and taken over when the plan empties them.
    found = world(
        [person("X", "H", leaves="2026-04-01"), person("B", "D"), person("C", "V"), person("E")],
        [post("H"), post("D", "DEP"), post("V", "DIV")],
    )
    made = dates(found, ("B", "H", 0), ("C", "D", 0), ("E", "V", 0))
    assert [(made[i].judged_on, made[i].on) for i in "BCE"] == [
        (day("2026-04-01"), day("2026-04-01")),
        (day("2026-01-01"), day("2026-04-01")),
        (day("2026-01-01"), day("2026-04-01")),
    ]
    assert [(made[i].chain, made[i].link) for i in "BCE"] == [(1, 1), (1, 2), (1, 3)]


def test_a_seat_emptied_in_an_earlier_period_is_taken_over_on_the_first_day() -> None:
    found = world([person("X", "H", leaves="2026-04-01"), person("B", "D"), person("C")], [post("H"), post("D", "DEP")])
    made = dates(found, ("B", "H", 0), ("C", "D", 1))
    assert made["C"].on == made["C"].judged_on == day("2026-07-01")
    assert (made["C"].chain, made["C"].link) == (made["B"].chain, 2)


def test_the_kth_who_comes_in_takes_over_on_the_kth_day_on_which_a_seat_is_free() -> None:
    # Both seats filled, left on 2026-08-01 and 2026-11-01. Both arrivals are judged on the earlier day.
    people = [person("X", "H", leaves="2026-11-01"), person("Y", "H", leaves="2026-08-01"), person("A"), person("B")]
    made = dates(world(people, [post("H", seats=2)]), ("A", "H", 1), ("B", "H", 1))
    assert {made[i].judged_on for i in "AB"} == {day("2026-08-01")}
    assert [made[i].on for i in "AB"] == [day("2026-08-01"), day("2026-11-01")]


def test_a_seat_that_is_empty_from_the_start_comes_before_one_that_falls_empty() -> None:
    people = [person("X", "H", leaves="2026-10-01"), person("A"), person("B")]
    made = dates(world(people, [post("H", seats=2)]), ("A", "H", 1), ("B", "H", 1))
    assert [made[i].on for i in "AB"] == [day("2026-07-01"), day("2026-10-01")]
    assert {made[i].judged_on for i in "AB"} == {day("2026-07-01")}


def test_people_who_change_seats_in_a_ring_all_move_on_delta() -> None:
    found = world([person("A", "P"), person("B", "Q"), person("C", "R")], [post(p) for p in "PQR"])
    made = dates(found, ("A", "Q", 1), ("B", "R", 1), ("C", "P", 1))
    assert {a.on for a in made.values()} == {day("2026-07-01")}
    assert len({a.chain for a in made.values()}) == 1


def test_a_seat_freed_from_a_surplus_is_not_free() -> None:
    # Three in two seats; X's departure on 2026-08-01 ends the surplus, Y's on 2026-11-01 frees a seat.
    people = [
        person("X", "H", leaves="2026-08-01"), person("Y", "H", leaves="2026-11-01"), person("Z", "H"), person("A")
    ]  # fmt: skip
    made = dates(world(people, [post("H", seats=2)]), ("A", "H", 1))
    assert made["A"].judged_on == made["A"].on == day("2026-11-01")


def test_a_seat_left_by_rotation_is_free_on_the_first_day() -> None:
    found = world([person("A", "P"), person("B")], [post("P"), post("Q")])
    made = dates(found, ("B", "P", 1), rotations=[("A", "Q", 1)])
    assert made["B"].on == day("2026-07-01")


# ---- who sits where ------------------------------------------------------------------------------------------------


def test_holders_are_those_at_the_end_of_the_day() -> None:
    # X leaves H on 2026-04-01 and B takes over on that day; on the day before X still sits, and B at D.
    found = world([person("X", "H", leaves="2026-04-01"), person("B", "D")], [post("H"), post("D", "DEP")])
    line = found.standing(frozenset({("a", "B", "H", 0)})).line
    assert line.holders("H", day("2026-03-31")) == ["X"]  # type: ignore[arg-type]
    assert line.holders("H", day("2026-04-01")) == ["B"]  # type: ignore[arg-type]
    assert line.holders("D", day("2026-03-31")) == ["B"]  # type: ignore[arg-type]
    assert line.holders("D", day("2026-04-01")) == []  # type: ignore[arg-type]
    assert line.post_before_moves("B", day("2026-04-01")) == "D"  # type: ignore[arg-type]


def test_on_its_first_day_a_rotation_is_not_yet_an_absence_and_on_its_end_no_longer() -> None:
    found = world([person("A", "P")], [post("P"), post("Q")])
    line = found.standing(frozenset(v("A", "Q", 0))).line
    days = ("2026-01-01", "2026-01-02", "2026-06-30", "2026-07-01")
    assert [line.on_planned_rotation("A", day(d)) for d in days] == [False, True, True, False]  # type: ignore[arg-type]
    assert line.post_of("A", day("2027-06-30")) == "Q"  # type: ignore[arg-type]


def test_a_cover_in_progress_ends_on_its_day_and_only_covers_an_empty_seat() -> None:
    acting = {"since": "2025-12-01", "position_id": "H", "kind": "acting", "planned_until": "2026-12-31"}
    found = world([person("D", "D1", service=[acting]), person("A")], [post("H", acting_months=12), post("D1", "DEP")])
    assert [found.quo.line.acting("H", t) for t in range(3)] == [["D"], [], []]  # type: ignore[arg-type]
    line = found.standing(frozenset({("a", "A", "H", 0)})).line
    assert line.acting("H", 0) == []  # type: ignore[arg-type]


def test_a_name_counts_from_the_day_after_the_round() -> None:
    found = world(
        [person("A"), person("O")],
        [post("H")],
        rounds=[{"round_id": "R", "approved_on": "2026-03-31"}],
        pools=[{"position_id": "H", "person_id": "O"}],
    )
    line = found.standing(frozenset({("x", "A", "H")})).line
    assert line.list_in_force("H", day("2026-03-31")) == ("O",)  # type: ignore[arg-type]
    assert line.list_in_force("H", day("2026-04-01")) == ("A",)  # type: ignore[arg-type]


def test_months_in_office_run_on_and_overlapping_rows_count_once() -> None:
    # DEP from 2025-03-01 to 2025-08-31 (six months) and, overlapping, from 2025-06-01 on at another post: one run from
    # 2025-03-01, complete on 2027-03-01. With a gap from 09-01 to 09-30 the six months count apart: 18 more from 10-01.
    first = {"since": "2025-03-01", "until": "2025-08-31", "rank": "DEP"}
    positions = [post("H", standard="deputy"), post("P", "DEP"), post("Q", "DEP")]
    found = world(
        [person("A", "P", since="2025-06-01", service=[first]), person("B", "Q", since="2025-10-01", service=[first])],
        positions,
    )
    [gap] = found.ground.demands("H", "appoint")  # type: ignore[arg-type]
    assert found.quo.line.closed_on("A", gap) == day("2027-03-01")  # type: ignore[arg-type]
    assert found.quo.line.closed_on("B", gap) == day("2027-04-01")  # type: ignore[arg-type]


# ---- departures ----------------------------------------------------------------------------------------------------


def test_the_first_departure_counts_and_a_decision_to_stay_takes_back_what_falls_in_its_time() -> None:
    decided = {"status": "decided"}
    found = world(
        [person(i, p, leaves="2026-10-01") for i, p in (("X", "H"), ("Y", "D"), ("Z", "E"))],
        [post("H"), post("D"), post("E")],
        decisions=[
            {"kind": "leaves", "person_id": "X", "from": "2026-05-01", **decided},
            {"kind": "stays", "person_id": "Y", "from": "2026-10-01", "until": "2027-03-31", **decided},
            {"kind": "stays", "person_id": "Z", "from": "2026-10-02", **decided},
        ],
    )  # fmt: skip
    # X leaves by decision, before retiring; Y stays to 2027-03-31; Z's decision begins a day too late.
    assert found.quo.expected.leaves == {"X": day("2026-05-01"), "Y": day("2027-04-01"), "Z": day("2026-10-01")}


def test_a_listed_vacancy_is_the_departure_of_its_only_holder() -> None:
    found = world(
        [person("X", "H"), person("Y", "D"), person("Z", "D")],
        [post("H"), post("D", seats=2)],
        vacancies=[{"position_id": "H", "on": "2026-09-15"}, {"position_id": "D", "on": "2026-09-15"}],
    )
    assert found.quo.expected.leaves == {"X": day("2026-09-15")}
    assert found.quo.expected.delta("H", 1) == day("2026-09-15")  # type: ignore[arg-type]


def test_one_appointment_more_gives_the_timeline_of_the_plan_with_it() -> None:
    """B rotates to Q and is appointed to P, then C to P and to Q: each of these after the others or before them."""
    found = world([person("A", "P", leaves="2026-08-01"), person("B"), person("C")], [post("P", seats=2), post("Q")])
    begun = standing_of(found.quo, {*decided_keys(found.quo), *v("B", "Q", 0)}).line
    moves = [*dates(found, ("B", "P", 1), ("C", "P", 2)).values(), *dates(found, ("C", "Q", 2)).values()]
    for order in permutations(moves):
        line = begun
        for move in order:
            before = line.plan
            line = line.also(move)
            assert begun.plan.appointments == ()
            assert before.appointments == line.plan.appointments[:-1]
        anew = Timeline(found.quo.expected, line.plan)
        days = [found.ground.horizon.start(t) for t in found.ground.horizon.periods] + [move.on for move in moves]
        for on in days:
            assert [line.post_of(i, on) for i in "ABC"] == [anew.post_of(i, on) for i in "ABC"]
            assert [line.holders(p, on) for p in "PQ"] == [anew.holders(p, on) for p in "PQ"]
            assert [line.entrants(p, on) for p in "PQ"] == [anew.entrants(p, on) for p in "PQ"]
            assert [line.appointed_before(i, on) for i in "ABC"] == [anew.appointed_before(i, on) for i in "ABC"]
    assert begun.holders("P", day("2027-06-30")) == []
