"""Goal choice, part by part: each value is derived in the test, and is the same by law and by program."""

from __future__ import annotations

from typing import Any

import pytest

from tests.goals.hand import BAD, Hand, grade
from tests.twins.universe import a, case_of, entry, g, k, person, post, round_, v, x

ROTATING = entry("rotation_length", months=6)


def test_who_is_appointed_counts_by_the_points_below_the_best_twice_and_by_criticality() -> None:
    # H (criticality 3) is empty. A has 100 points, B 73, G is stopped (0 of 90): 2 a point, and 4 for the appointment.
    # B: 3 · 2 · 27 + 4 = 166; A: 4; nobody waits, since H is filled in P0.
    people = [person("A", levels=grade(100)), person("B", levels=grade(73)), person("G", levels=grade(90, **BAD))]
    hand = Hand(case_of(people, positions=[post("H", criticality=3)]))
    assert hand.parts("choice", a("B", "H", 0)) == (166, {"points": 27, "appointments": 1})
    assert hand.parts("choice", a("A", "H", 0)) == (4, {"appointments": 1})
    # Of somebody a gate stops all 100 points are missing: 3 · 2 · 100 + 4.
    assert hand.value("choice", a("G", "H", 0)) == 604


def test_a_designated_successor_counts_each_point_once() -> None:
    # X sits in H (criticality 3) to the end; a successor is wanted, and both A (100) and B (73) are ready: 3 · 27 = 81.
    people = [person("X", "H", levels=grade(20)), person("A", levels=grade(100)), person("B", levels=grade(73))]
    hand = Hand(case_of(people, positions=[post("H", criticality=3, successors=1)]))
    assert hand.parts("choice", g("B", "H")) == (81, {"successor_points": 27})
    assert hand.parts("choice", g("A", "H")) == (0, {})
    assert hand.parts("choice") == (0, {})


def test_the_lists_own_names_come_before_others_on_the_day_that_judges() -> None:
    # All are equally suitable. H (criticality 2) is empty; A is in its list, B in that of E, and the round of
    # 2026-03-31 may add C. Another list: 2 · 16 = 32, and 4 for the appointment. The first half-year waits 2 · 4 · 6 =
    # 48 if the seat is filled in the second.
    people = [person(i, levels=grade(90)) for i in "ABC"] + [person("X", "E", levels=grade(90))]
    pools = [{"position_id": "H", "person_id": "A"}, {"position_id": "E", "person_id": "B"}]
    case = case_of(people, positions=[post("H", criticality=2), post("E")], rounds=[round_()], pools=pools)
    hand = Hand(case)
    # Who has risen to H before the round is in no list of its rank after it.
    assert hand.parts("choice", x("B", "E"), a("A", "H", 0)) == (4, {"appointments": 1})
    assert hand.parts("choice", x("A", "H"), a("B", "H", 0)) == (36, {"appointments": 1, "other_lists": 1})
    # C's name counts from the round on: not for an order of January, but for one of July.
    old = (x("A", "H"), x("B", "E"))
    assert hand.value("choice", *old, a("C", "H", 0)) == 36
    assert hand.value("choice", *old, a("C", "H", 1)) == 84
    assert hand.parts("choice", *old, x("C", "H"), a("C", "H", 1)) == (52, {"appointments": 1, "months_waiting": 6})
    # Whom the round takes from the list of H is in none in July.
    assert hand.value("choice", x("B", "E"), a("A", "H", 1)) == 84


def test_where_no_lists_are_kept_nobody_is_from_another_list() -> None:
    hand = Hand(case_of([person("A", levels=grade(90))], positions=[post("H")]))
    assert hand.value("choice", a("A", "H", 0)) == 4


@pytest.fixture
def waiting() -> Hand:
    """H (criticality 2), head, is empty; D is held by K, who may act for nine months; A may come."""
    people = [person("A", levels=grade(90)), person("K", "D", levels=grade(90))]
    positions = [post("H", head=True, criticality=2, acting_months=9), post("D", "DEP")]
    return Hand(case_of(people, positions=positions), entry("acting_by"))


def test_months_of_waiting_count_four_and_half_of_it_where_somebody_acts(waiting: Hand) -> None:
    # H leads a unit: three times. Filled in P2: empty at two instants, 12 months: 3 · 2 · 4 · 12 = 288, and 4 for the
    # appointment.
    assert waiting.parts("choice", a("A", "H", 2)) == (292, {"months_waiting": 12, "appointments": 1})
    # K acts in the first half-year: 3 + 6 months.
    assert waiting.parts("choice", a("A", "H", 2), k("K", "H", 0)) == (220, {"months_waiting": 9, "appointments": 1})
    assert waiting.value("choice", a("A", "H", 0)) == 4


def test_a_seat_that_is_open_at_the_end_counts_200_also_where_somebody_acts(waiting: Hand) -> None:
    # Three half-years: 3 · 2 · (4 · 18 + 200) = 1632; K acts in the last: 3 · 2 · (4 · (6 + 6 + 3) + 200) = 1560.
    assert waiting.parts("choice") == (1632, {"months_waiting": 18, "left_open": 1})
    assert waiting.parts("choice", k("K", "H", 2)) == (1560, {"months_waiting": 15, "left_open": 1})


def test_a_seat_that_a_move_has_opened_at_the_end_is_not_left_open_while_it_may_wait() -> None:
    # A moves from D (criticality 3) to H in P2, and D is empty at the end. Moves: 4; six months: 3 · 4 · 6 = 72; where
    # six months are tolerated nothing is left open, else 3 · 200. Moved in P1, D has waited for two half-years: 144,
    # and it is left open, unless twelve months are tolerated. H waits for 12 or 6 months: 48 or 24.
    people = [person("A", "D", levels=grade(90))]
    case = case_of(people, positions=[post("H"), post("D", "DEP", criticality=3)])
    values = {
        months: [Hand(case, entry("tolerated_vacancy", force="info", empty=months)).value("choice", a("A", "H", t))
                 for t in (2, 1)]
        for months in (0, 6, 12)
    }  # fmt: skip
    assert values == {0: [4 + 72 + 600 + 48, 4 + 144 + 600 + 24], 6: [124, 772], 12: [124, 172]}


def test_moves_between_units_count_eight_and_those_up_and_down_the_tree_do_not() -> None:
    # T is below U, V is beside it. A is a reserve of U; the best of all is A in each post: nothing but the move counts.
    units = [{"unit_id": u, "name": u, "parent_id": above} for u, above in (("U", None), ("T", "U"), ("V", None))]
    positions = [post("H"), post("B", unit="T"), post("S", unit="V")]
    people = {"A": {"unit_id": "U"}, "B": {"unit_id": "T"}, "N": {}}
    case = case_of(
        [person(i, levels=grade(90), rank="DEP", **more) for i, more in people.items()],
        positions=positions,
        units=units,
    )
    hand = Hand(case)
    empty = hand.value("choice")

    def cost(i: str, p: str) -> int:
        """Without what the seat would count if it stayed empty: 4 · 18 + 200."""
        return hand.value("choice", a(i, p, 0)) - empty + 272

    assert [cost("A", p) for p in "HBS"] == [4, 4, 12]
    assert [cost("B", p) for p in "HBS"] == [4, 4, 12]
    # Of whom no unit is known nobody can say that the unit is another.
    assert [cost("N", p) for p in "HBS"] == [4, 4, 4]


def test_a_rotation_counts_40_and_8_more_to_another_unit() -> None:
    # C holds F in V, K holds E in U; D in U is empty (4 · 18 + 200 = 272 as long as nobody comes). A rotation of six
    # months begins in P0 and leaves the seat of before empty: the same 272 there. C: 48, K: 40.
    people = [person("C", "F", levels=grade(90)), person("K", "E", levels=grade(90))]
    positions = [post("D", "DEP"), post("E", "DEP"), post("F", "DEP", unit="V")]
    hand = Hand(case_of(people, positions=positions), ROTATING)
    assert hand.value("choice") == 272
    found = {"months_waiting": 18, "left_open": 1, "rotations": 1}
    assert hand.parts("choice", v("K", "D", 0)) == (312, found)
    assert hand.parts("choice", v("C", "D", 0)) == (320, found | {"between_units": 1})


def _promised(**more: Any) -> Hand:
    """R is on rotation in Q until 2026-06-30, with the promise of H (criticality 2), which is empty."""
    row = {"planned_until": "2026-06-30", "return_to": "H"} | more
    return Hand(
        case_of([person("R", "Q", kind="rotation", levels=grade(90), leaves=row.pop("leaves", "2060-01-01"), **row)],
                positions=[post("H", criticality=2), post("Q", may_stay_empty=True)]),
    )  # fmt: skip


def test_a_promise_that_is_not_kept_counts_60_by_the_post_that_was_promised() -> None:
    # H stays empty: 2 · (4 · 18 + 200) = 544, and 2 · 60. R comes in P1: one half-year 2 · 4 · 6, the appointment 4,
    # and Q, which R leaves: 4 · 12 + 200.
    assert _promised().parts("choice") == (664, {"months_waiting": 18, "left_open": 1, "broken_promises": 1})
    assert _promised().value("choice", a("R", "H", 1)) == 48 + 4 + 248


def test_a_promised_return_at_the_own_rank_stands_for_a_name_in_the_list() -> None:
    # T alone is in the list of H; R has the promise, S has neither.
    people = [
        person("R", "Q", kind="rotation", levels=grade(90), planned_until="2026-06-30", return_to="H"),
        person("S", "E", levels=grade(90)),
        person("T", "E", levels=grade(90)),
    ]
    positions = [post("H", criticality=2), post("Q", may_stay_empty=True), post("E", "DEP", seats=2)]
    hand = Hand(case_of(people, positions=positions, pools=[{"position_id": "H", "person_id": "T"}]))
    assert "other_lists" not in hand.parts("choice", a("R", "H", 1))[1]
    assert hand.parts("choice", a("S", "H", 1))[1]["other_lists"] == 1


@pytest.mark.parametrize(
    "none",
    [
        {"planned_until": "2027-07-01"},  # after the horizon: nothing can be said yet
        {"planned_until": None},
        {"leaves": "2026-06-30"},  # out of service on the day
        {"return_to": None},
    ],
)
def test_what_is_no_promise_within_the_horizon_breaks_none(none: dict[str, Any]) -> None:
    assert "broken_promises" not in _promised(**none).parts("choice")[1]
    # The last day of the horizon is within it.
    assert "broken_promises" in _promised(planned_until="2027-06-30").parts("choice")[1]
