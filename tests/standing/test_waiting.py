"""Who is waited for, and which waiting of a seat the rulebook excuses; by hand, with the borders of days and periods.

P0 is 2026-01-01 to 06-30, P1 to 12-31, P2 to 2027-06-30, P3 to 12-31. A seat that is empty is filled on the first day
of a period at the earliest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest

from planner.domain.content import Entry
from planner.standing.waiting import could_be_ready, excused, opened_by_moves, waited_for
from tests.twins.universe import (
    Key,
    Row,
    Universe,
    World,
    a,
    case_of,
    course,
    entry,
    k,
    person,
    post,
    round_,
    session,
    u,
    v,
)

UNTIL = "2027-12-31"
P1 = dt.date(2026, 7, 1)


def world(people: Iterable[dict[str, list[Row]]], *rulebook: Entry, **tables: Any) -> World:
    return World(Universe("waiting", case_of(people, **tables), rulebook, (), UNTIL))


def ready(found: World, day: dt.date, person_id: str = "A", position: str = "H") -> bool:
    return could_be_ready(found.quo.expected, found.bound, person_id, position, day)  # type: ignore[arg-type]


def waited(found: World, period: int, halves: int, person_id: str = "A", position: str = "H") -> list[int]:
    return list(waited_for(found.quo.expected, found.bound, person_id, position, period, halves))  # type: ignore[arg-type]


def spared(found: World, position: str, *decisions: list[Key]) -> list[tuple[int, int]]:
    standing = found.standing(frozenset(key for some in decisions for key in some))
    return excused(standing.line, found.bound, position)  # type: ignore[arg-type]


def tolerated(empty: int = 0, acting: int = 0, **more: Any) -> Entry:
    return entry("tolerated_vacancy", force="info", empty=empty, acting=acting, **more)


# ---- could_be_ready ----------------------------------------------------------------------------------------------


def _learning(*rulebook: Entry, seats: int | None = None, start: str = "2026-02-01", **more: Any) -> World:
    return world(
        [person("A", **more)],
        *rulebook,
        positions=[post("H", standard="theory")],
        courses=[course()],
        sessions=[session("S", start, "2026-07-01", seats=seats)],
    )


def test_a_level_counts_from_the_day_on_which_a_session_ahead_ends_whether_a_place_is_free_or_not() -> None:
    assert [ready(_learning(), dt.date(2026, 6, 30)), ready(_learning(), P1)] == [False, True]
    assert ready(_learning(seats=0), P1)
    # A session that has begun takes nobody any more; one that begins today does.
    assert [ready(_learning(start=day), P1) for day in ("2025-12-31", "2026-01-01")] == [False, True]
    # Who has the level needs none, and who is enrolled has it from the last day of that course on.
    assert ready(_learning(levels={"theory": "advanced"}), dt.date(2026, 1, 1))
    enrolled = [{"person_id": "A", "course_id": "K", "since": "2025-09-01", "until": "2026-05-31"}]
    found = world([person("A")], positions=[post("H", standard="theory")], courses=[course()], enrolments=enrolled)
    assert [ready(found, dt.date(2026, 5, day)) for day in (30, 31)] == [False, True]


def test_a_session_that_does_not_admit_the_person_counts_for_nothing() -> None:
    law = entry("course_conditions", grants=("theory:advanced",), level="law:degree")
    assert [ready(_learning(law, levels={"law": level}), P1) for level in ("none", "degree")] == [False, True]


def test_the_rules_on_the_person_and_the_end_of_service_are_asked_on_the_day() -> None:
    level = {"theory": "advanced"}
    left = entry("months_left", stages=("appoint",), min=24)
    # The last month of service is July 2028: 24 months after that of 2026, and 23 after August.
    found = _learning(left, levels=level, leaves="2028-08-01")
    assert [ready(found, dt.date(2026, 7, 31)), ready(found, dt.date(2026, 8, 1))] == [True, False]
    found = _learning(levels=level, leaves="2026-07-01")
    assert [ready(found, dt.date(2026, 6, 30)), ready(found, P1)] == [True, False]


def test_where_a_list_is_asked_for_a_round_before_the_day_may_bring_it() -> None:
    listed = entry("appointment_from_pool")

    def found(approved: str, *rules: Entry, **tables: Any) -> World:
        return world(
            [person("A", rank="DEP"), person("X", "H")], *rules,
            positions=[post("H")], rounds=[round_(approved)], **tables,
        )  # fmt: skip

    assert [ready(found(day, listed), P1) for day in ("2026-06-30", "2026-07-01")] == [True, False]
    pools = [{"position_id": "H", "person_id": "A"}]
    assert ready(found("2026-07-01", listed, pools=pools), P1)
    # 60 days after the approval: of 2026-05-02 on the first of July (29 + 30 + 1), of the day after not.
    after = entry("order_after_list", days=60)
    assert [ready(found(day, after), P1) for day in ("2026-05-02", "2026-05-03")] == [True, False]


def test_nobody_could_come_before_the_procedure_is_over() -> None:
    # 181 days from 2026-01-01 on are over on the first of July: no order in P0, whoever is ready.
    found = world([person("A")], entry("earliest_order", days=181), positions=[post("H")])
    assert [ready(found, dt.date(2026, 6, 30)), ready(found, P1)] == [False, True]
    assert waited(found, 1, 2) == [0]
    # 180 days are over on the last day of P0, and that is δ: A could come on it.
    found = world([person("A")], entry("earliest_order", days=180), positions=[post("H")])
    assert waited(found, 1, 2) == []
    # Rotations only: nothing is asked of orders of appointment.
    found = world([person("A")], entry("earliest_order", days=181, stages=("rotate",)), positions=[post("H")])
    assert waited(found, 1, 2) == []


def test_who_is_bound_elsewhere_could_not_come_sooner() -> None:
    # A's rotation ends on 2026-07-01, B's a day later; C studies full-time to that day, D part-time.
    away = {"since": "2025-01-01", "kind": "rotation"}
    found = world(
        [person("A", "Q", planned_until="2026-07-01", **away), person("B", "Q", planned_until="2026-07-02", **away),
         person("C"), person("D")],
        positions=[post("H"), post("Q", seats=2)],
        courses=[course("F", mode="full"), course("K", mode="part")],
        enrolments=[{"person_id": i, "course_id": c, "since": "2025-09-01", "until": "2026-07-02"}
                    for i, c in (("C", "F"), ("D", "K"))],
    )  # fmt: skip
    assert [ready(found, P1, i) for i in "ABCD"] == [True, False, False, True]
    assert [waited(found, 2, 2, i) for i in "ABCD"] == [[], [0, 1], [0, 1], []]


# ---- waited_for --------------------------------------------------------------------------------------------------


def test_the_half_years_just_before_are_waited_for_and_at_most_so_many() -> None:
    # The session ends on 2027-07-01: A comes on that day (P3) and could come neither in P0, P1 nor P2.
    found = world(
        [person("A")], positions=[post("H", standard="theory")], courses=[course()],
        sessions=[session("S", "2026-02-01", "2027-07-01")],
    )  # fmt: skip
    assert [waited(found, 3, halves) for halves in (0, 1, 2, 3, 9)] == [[], [2], [1, 2], [0, 1, 2], [0, 1, 2]]
    assert waited(found, 0, 3) == []


def test_the_half_year_in_which_the_person_becomes_ready_is_no_waiting_of_the_person() -> None:
    # The session ends on 2027-01-02, in P2, or on its last day: A could have come then, were appointments not of the
    # first day. P2 is waited for beside the half-years that are tolerated, where any is.
    for ends in ("2027-01-02", "2027-06-30"):
        found = world(
            [person("A")], positions=[post("H", standard="theory")], courses=[course()],
            sessions=[session("S", "2026-02-01", ends)],
        )  # fmt: skip
        assert [waited(found, 3, halves) for halves in (0, 1, 2, 9)] == [[], [1, 2], [0, 1, 2], [0, 1, 2]]


def test_what_was_before_a_half_year_in_which_the_person_could_come_is_not_waited_for() -> None:
    # A full-time course keeps A away from February to September: ready in P0 and from P2 on, not on 2026-07-01. In P2:
    # P1 is waited for, and P0 is not, since A could have come then. In P3: A could have come in P2.
    found = world(
        [person("A")], positions=[post("H")], courses=[course("F", mode="full")],
        enrolments=[{"person_id": "A", "course_id": "F", "since": "2026-02-01", "until": "2026-09-30"}],
    )  # fmt: skip
    assert [ready(found, found.quo.expected.delta("H", t)) for t in range(4)] == [True, False, True, True]  # type: ignore[arg-type]
    assert [waited(found, t, 4) for t in range(4)] == [[], [], [1], []]


@pytest.mark.parametrize(
    ("law", "tables"),
    [
        (entry("discipline_wait", months={"warning": 15}), {"form": "warning", "decided": "2025-06-01"}),
        (entry("not_barred"), {"form": "warning", "decided": "2025-06-01", "expires": "2026-08-31"}),
    ],
)
def test_a_seat_does_not_wait_for_somebody_whose_sanction_keeps_them_from_it(law: Entry, tables: Row) -> None:
    # Neither P0 nor P1 is excused, in which the sanction or the time after it runs (15 months end on 2026-09-01).
    found = world([person("A")], law, positions=[post("H")], discipline=[{"person_id": "A", **tables}])
    assert [ready(found, found.quo.expected.delta("H", t)) for t in range(3)] == [False, False, True]  # type: ignore[arg-type]
    assert waited(found, 2, 4) == []
    # A course that ends in P1 as well: P1 is not waited for, since the sanction keeps A away on its first day.
    course_too = world(
        [person("A")], law, positions=[post("H", standard="theory")], courses=[course()],
        discipline=[{"person_id": "A", **tables}], sessions=[session("S", "2026-02-01", "2027-01-01")],
    )  # fmt: skip
    assert waited(course_too, 2, 4) == []


# ---- excused -----------------------------------------------------------------------------------------------------


def _two_years(*rulebook: Entry) -> World:
    """H, empty, wants theory; the session ends on 2027-07-01, so A comes in P3 and three half-years wait. K may act."""
    return world(
        [person("A"), person("K", "D")], entry("acting_by"), *rulebook,
        positions=[post("H", standard="theory", acting_months=24), post("D", "DEP")], courses=[course()],
        sessions=[session("S", "2026-02-01", "2027-07-01")],
    )  # fmt: skip


COMES = (u("A", "S"), a("A", "H", 3))


@pytest.mark.parametrize(
    ("months", "empty"),
    [(0, []), (5, []), (6, [2]), (11, [2]), (12, [1, 2]), (17, [1, 2]), (18, [0, 1, 2]), (60, [0, 1, 2])],
)
def test_as_many_half_years_are_excused_as_are_tolerated_counted_back_from_the_day(
    months: int, empty: list[int]
) -> None:
    found = _two_years(tolerated(empty=months))
    assert spared(found, "H", *COMES) == [(int(t in empty), 0) for t in range(4)]
    # Without anybody who comes, nothing is.
    assert spared(found, "H") == [(0, 0)] * 4
    assert spared(found, "H", u("A", "S")) == [(0, 0)] * 4


def test_empty_and_acted_for_have_their_own_times() -> None:
    # Acting is tolerated for eighteen months, empty for six. K acts in P0 and P2: P0 and P2 are excused, and P1, empty,
    # is more than one half-year before A comes.
    found = _two_years(tolerated(empty=6, acting=18))
    assert spared(found, "H", *COMES, k("K", "H", 0, 2)) == [(0, 1), (0, 0), (0, 1), (0, 0)]
    assert spared(found, "H", *COMES, k("K", "H", 0, 1)) == [(0, 1), (0, 1), (1, 0), (0, 0)]
    # The other way round the half-years in which K acts count, but for the last one.
    found = _two_years(tolerated(empty=18, acting=6))
    assert spared(found, "H", *COMES, k("K", "H", 0, 2)) == [(0, 0), (1, 0), (0, 1), (0, 0)]


@pytest.mark.parametrize(
    ("months", "one", "two"),
    [
        # Two seats of H are empty, and somebody acts for one of them in P1 and P2. A comes in P3: one seat may wait in
        # each half-year, empty before acted for. With B, who learns as A does, both may.
        ({"empty": 18, "acting": 18}, [(1, 0), (1, 0), (1, 0), (0, 0)], [(2, 0), (1, 1), (1, 1), (0, 0)]),
        # Acted for alone: never an empty one.
        ({"acting": 12}, [(0, 0), (0, 1), (0, 1), (0, 0)], [(0, 0), (0, 1), (0, 1), (0, 0)]),
        # Empty for six months, acting for twelve: in P1 only the one that is looked after. In P2 A excuses one of both
        # kinds together, and A and B excuse both.
        ({"empty": 6, "acting": 12}, [(0, 0), (0, 1), (1, 0), (0, 0)], [(0, 0), (0, 1), (1, 1), (0, 0)]),
    ],
)
def test_of_two_seats_each_person_who_comes_excuses_one(months: dict[str, int], one: Any, two: Any) -> None:
    found = world(
        [person("A"), person("B"), person("K", "D")], entry("acting_by"), tolerated(**months),
        positions=[post("H", standard="theory", acting_months=24, seats=2), post("D", "DEP")], courses=[course()],
        sessions=[session("S", "2026-02-01", "2027-07-01")],
    )  # fmt: skip
    acted = k("K", "H", 1, 2)
    assert spared(found, "H", *COMES, acted) == one
    assert spared(found, "H", u("A", "S"), u("B", "S"), a("A", "H", 3), a("B", "H", 3), acted) == two


def test_the_rule_is_asked_by_the_first_day() -> None:
    # From 2026-01-02 on it is not in force on the day of the data, and up to that day it is.
    assert spared(_two_years(tolerated(empty=18, **{"from": "2026-01-02"})), "H", *COMES) == [(0, 0)] * 4
    assert spared(_two_years(tolerated(empty=18, until="2026-01-01")), "H", *COMES)[0] == (1, 0)


# ---- opened_by_moves ---------------------------------------------------------------------------------------------


def opened(found: World, position: str, halves: int, *decisions: list[Key]) -> list[int]:
    standing = found.standing(frozenset(key for some in decisions for key in some))
    return [opened_by_moves(standing.line, position, t, halves) for t in range(4)]  # type: ignore[arg-type]


def test_a_seat_counts_as_opened_for_so_many_half_years_from_the_move_on() -> None:
    found = world([person("A", "D")], positions=[post("H"), post("D", "DEP")])
    moved = {(halves, t): opened(found, "D", halves, a("A", "H", t)) for halves in range(4) for t in (0, 2)}
    assert moved == {
        (0, 0): [0, 0, 0, 0], (1, 0): [1, 0, 0, 0], (2, 0): [1, 1, 0, 0], (3, 0): [1, 1, 1, 0],
        (0, 2): [0, 0, 0, 0], (1, 2): [0, 0, 1, 0], (2, 2): [0, 0, 1, 1], (3, 2): [0, 0, 1, 1],
    }  # fmt: skip
    # Who stays has opened nothing.
    assert opened(found, "D", 3) == [0, 0, 0, 0]


def test_who_leaves_service_opens_no_seat_by_a_move_and_none_any_more_after_it() -> None:
    # X retires in P1. A moves in P0 and retires on 2027-01-01: at the end of P2 A would have left anyhow.
    found = world(
        [person("X", "D", leaves="2026-08-01"), person("A", "D", leaves="2027-01-01")],
        positions=[post("H"), post("D", "DEP", seats=2)],
    )
    assert opened(found, "D", 4) == [0, 0, 0, 0]
    assert opened(found, "D", 4, a("A", "H", 0)) == [1, 1, 0, 0]


def test_each_of_several_who_move_opens_a_seat_also_by_rotation() -> None:
    found = world(
        [person("A", "D"), person("B", "D"), person("C", "E")], entry("rotation_length", months=12),
        positions=[post("H"), post("D", "DEP", seats=2), post("E", "DEP"), post("G", "DEP")],
    )  # fmt: skip
    assert opened(found, "D", 1, a("A", "H", 0), v("B", "G", 1)) == [1, 1, 0, 0]
    assert opened(found, "D", 2, a("A", "H", 0), v("B", "G", 1)) == [1, 2, 1, 0]
    # C goes to G by rotation and on to H in P2: C opens E, and then G.
    assert opened(found, "G", 4, v("C", "G", 0), a("C", "H", 2)) == [0, 0, 1, 1]
    assert opened(found, "G", 1, v("C", "G", 0), a("C", "H", 2)) == [0, 0, 1, 0]
    assert opened(found, "E", 2, v("C", "G", 0), a("C", "H", 2)) == [1, 1, 0, 0]


def test_a_seat_that_was_filled_again_or_fell_empty_by_itself_is_excused_as_far_as_moves_opened_one() -> None:
    # A moves from D in P0; B takes the seat in P1. From then on nothing waits.
    found = world([person("A", "D"), person("B")], tolerated(empty=18), positions=[post("H"), post("D", "DEP")])
    assert spared(found, "D", a("A", "H", 0), a("B", "D", 1)) == [(1, 0), (0, 0), (0, 0), (0, 0)]
    assert spared(found, "D", a("A", "H", 0)) == [(1, 0), (1, 0), (1, 0), (0, 0)]
    # Of two seats one is empty from the beginning and nobody comes: only A's may wait.
    two = world([person("A", "D")], tolerated(empty=12), positions=[post("H"), post("D", "DEP", seats=2)])
    assert spared(two, "D", a("A", "H", 0)) == [(1, 0), (1, 0), (0, 0), (0, 0)]
