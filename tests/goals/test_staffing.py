"""Goals heads and posts: tolerated waiting, people whom a gate stops, rotations without an aim; by law and by program.

An empty seat at an instant counts 4, an acted for one 2, a post without a wanted successor 1; × criticality.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.content import Entry
from tests.goals.hand import BAD, Hand, grade
from tests.twins.universe import FAR, a, case_of, course, entry, g, k, person, post, round_, session, u, v, x

ROTATING = entry("rotation_length", months=12)


def tolerated(empty: int = 0, acting: int = 0, **more: Any) -> Entry:
    return entry("tolerated_vacancy", force="info", empty=empty, acting=acting, **more)


# ---- waiting for somebody ----------------------------------------------------------------------------------------


def _trained(*rulebook: Entry, until: str = "2027-06-30", ends: str = "2027-01-01") -> Hand:
    """H (head, criticality 2) is empty and wants theory; A has it from the end of session S on. K holds D and may act
    for 18 months."""
    people = [person("A", levels=grade(90)), person("K", "D", levels=grade(90))]
    case = case_of(
        people,
        positions=[post("H", head=True, criticality=2, standard="theory", acting_months=18), post("D", "DEP")],
        courses=[course()],
        sessions=[session("S", "2026-02-01", ends)],
    )
    return Hand(case, entry("acting_by"), *rulebook, until=until)


@pytest.mark.parametrize(
    ("empty", "value"),
    [
        # A is ready on 2027-01-01 and comes on it, in P2: H is empty at two instants, 2 · 4 · 2 = 16.
        (0, 16),
        # Five months are no half-year, six and eleven are one: that before A comes. The first counts 2 · 4.
        (5, 16),
        (6, 8),
        (11, 8),
        (12, 0),
        (24, 0),
    ],
)
def test_a_seat_that_waits_for_who_could_not_come_sooner_counts_from_the_time_on_that_is_tolerated(
    empty: int, value: int
) -> None:
    hand = _trained(tolerated(empty))
    assert hand.value("heads", u("A", "S"), a("A", "H", 2)) == value
    # Where nobody comes nothing is waited for: 2 · 4 · 3.
    assert hand.value("heads") == hand.value("heads", u("A", "S")) == 24
    assert hand.value("posts") == 0


def test_who_could_have_come_sooner_is_not_waited_for() -> None:
    # The session ends on 2026-07-01, the first day of P1: A could come on it. In P1: P0 is waited for. In P2: A could
    # have come in P1, so neither is P1 waited for, nor what was before it.
    hand = _trained(tolerated(24), ends="2026-07-01")
    assert hand.value("heads", u("A", "S"), a("A", "H", 1)) == 0
    assert hand.value("heads", u("A", "S"), a("A", "H", 2)) == 16
    # One day later A could not.
    later = _trained(tolerated(24), ends="2026-07-02")
    assert later.value("heads", u("A", "S"), a("A", "H", 2)) == 0


@pytest.mark.parametrize(
    ("empty", "acting", "values"),
    [
        # A comes in P2. Of the two half-years before it K acts in none, in the second, in the first, in both:
        # 2 · (4 + 4), 2 · (4 + 2), 2 · (2 + 4), 2 · (2 + 2).
        (0, 0, (16, 12, 12, 8)),
        # Acting alone is tolerated, for the one half-year before A comes, or for two.
        (0, 6, (16, 8, 12, 4)),
        (0, 12, (16, 8, 8, 0)),
        # Empty alone: the half-year in which K acts counts as acted for.
        (6, 0, (8, 12, 4, 8)),
        (12, 0, (0, 4, 4, 8)),
        # Six months empty, twelve acted for.
        (6, 12, (8, 8, 0, 0)),
    ],
)
def test_empty_and_acted_for_are_tolerated_each_for_its_own_time(empty: int, acting: int, values: Any) -> None:
    hand = _trained(tolerated(empty, acting))
    covers = ([], k("K", "H", 1), k("K", "H", 0), k("K", "H", 0, 1))
    found = tuple(hand.value("heads", u("A", "S"), a("A", "H", 2), cover) for cover in covers)
    assert found == values


def test_of_several_entries_the_longest_time_holds_and_others_posts_have_none() -> None:
    assert _trained(tolerated(6), tolerated(12, id="c2")).value("heads", u("A", "S"), a("A", "H", 2)) == 0
    other = tolerated(12, applies_to={"rank": "DEP"})
    assert _trained(other).value("heads", u("A", "S"), a("A", "H", 2)) == 16


def test_of_two_seats_only_that_is_excused_for_which_somebody_comes() -> None:
    # Both seats of D are empty from the beginning. A (session until September) comes in P2: one of two waits for A in
    # P0 and in P1. B comes in P2 too, without theory to learn: B could have come at once, and is not waited for.
    people = [person("A", levels=grade(90)), person("B", levels=grade(90, theory="advanced")), person("C")]
    case = case_of(
        people,
        positions=[post("D", seats=2, standard="theory")],
        courses=[course()],
        sessions=[session("S", "2026-02-01", "2026-09-30"), session("T", "2026-02-01", "2026-09-30")],
    )
    hand = Hand(case, tolerated(12))
    alone = (u("A", "S"), a("A", "D", 2))
    assert hand.value("posts") == 24
    # 4 · (2 − 1) in P0 and in P1, and 4 · 1 in P2, where one seat is filled.
    assert hand.value("posts", *alone) == 12
    assert hand.value("posts", *alone, a("B", "D", 2)) == 8
    assert hand.value("posts", *alone, a("B", "D", 0)) == 0
    # With C, who learns as A does, both are waited for.
    assert hand.value("posts", *alone, u("C", "T"), a("C", "D", 2)) == 0


# ---- seats that the plan's own moves open ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "values"),
    [
        # A moves from D to H in P0: D is empty at all three instants (4 each) if nobody comes, at two if B comes in
        # P2, at one if B comes in P1. A half-year is tolerated from the move on, that is the first instant.
        (0, (12, 8, 4)),
        (6, (8, 4, 0)),
        (12, (4, 0, 0)),
        (18, (0, 0, 0)),
    ],
)
def test_a_seat_that_a_move_opens_may_wait_from_the_move_on(months: int, values: tuple[int, int, int]) -> None:
    case = case_of([person("A", "D"), person("B")], positions=[post("H"), post("D", "DEP")])
    hand = Hand(case, tolerated(months, applies_to={"rank": "DEP"}))
    found = tuple(hand.value("posts", a("A", "H", 0), *more) for more in ((), (a("B", "D", 2),), (a("B", "D", 1),)))
    assert found == values
    # Moved in P1 it is empty for two instants, and the first of these is tolerated first. H waits for P0.
    assert hand.value("posts", a("A", "H", 1)) == 4 + max(0, 8 - 4 * (months // 6))


def test_a_seat_that_falls_empty_by_itself_is_not_one_that_a_move_opens() -> None:
    # X leaves D on 2026-03-01. Nobody comes: three instants. Twelve months are tolerated, but for nobody.
    case = case_of([person("X", "D", leaves="2026-03-01")], positions=[post("D", "DEP")])
    assert Hand(case, tolerated(12)).value("posts") == 12
    # Of two seats, one opened by A's move in P0, the other by X: one of two waits in P0 and P1, none in P2: 4 + 4 + 8.
    people = [person("X", "D", leaves="2026-03-01"), person("A", "D")]
    case = case_of(people, positions=[post("H"), post("D", "DEP", seats=2)])
    assert Hand(case, tolerated(12)).value("posts", a("A", "H", 0)) == 16


def test_a_rotation_opens_a_seat_as_an_appointment_does() -> None:
    case = case_of([person("A", "D")], positions=[post("E", "DEP", may_stay_empty=True), post("D", "DEP")])
    values = [Hand(case, ROTATING, tolerated(m)).value("posts", v("A", "E", 1)) for m in (0, 6)]
    # E is empty in P0 (4), D in P1 and P2 (8), of which the first is tolerated.
    assert values == [12, 8]


# ---- where a successor is wanted ---------------------------------------------------------------------------------


def test_a_successor_is_wanted_where_somebody_is_expected_to_leave_and_else_provided_for() -> None:
    # X leaves H on 2027-01-01; Y stays in K (criticality 3) and Z in L, which says by when. None has a successor, and
    # two ready names are wanted of each: of H and L they are a lack, of K they count 3 · (40 + 2 · 6) in choice.
    held = {"X": "H", "Y": "K", "Z": "L"}
    people = [person(i, held.get(i), levels=grade(90), leaves="2027-01-01" if i == "X" else FAR) for i in "XYZAB"]
    positions = [
        post("H", successors=2), post("K", successors=2, criticality=3),
        post("L", successors=2, needed_by="2026-10-01"),
    ]  # fmt: skip
    case = case_of(people, positions=positions)
    wanted = entry("successor_wanted", force="info")
    hand, everywhere = Hand(case, wanted), Hand(case)
    assert [one.parts("posts")[1].get("without_successor") for one in (hand, everywhere)] == [2, 3]
    # H is empty at the end of P2: 4 beside the successors.
    assert [one.value("posts") for one in (hand, everywhere)] == [4 + 2, 4 + 5]
    assert hand.parts("choice")[1]["no_successor"] == 1
    assert "no_successor" not in everywhere.parts("choice")[1]
    assert hand.value("choice") - hand.value("choice", g("A", "K")) == 3 * 40
    # Only the names of H and L are missing in a list that nobody is in.
    listed = case_of(people, positions=positions, rounds=[round_()])
    hand, everywhere = Hand(listed, wanted), Hand(listed)
    assert [one.value("depth") for one in (hand, everywhere)] == [4, 6]
    assert hand.parts("choice")[1]["missing_names"] == 2
    assert hand.value("choice") - hand.value("choice", x("A", "K")) == 3 * 6


# ---- who is not to be proposed -----------------------------------------------------------------------------------


def test_an_appointment_of_who_is_stopped_counts_as_empty_and_one_more() -> None:
    # H (head, criticality 3), empty: 3 · 4 · 3 = 36 if nobody comes. G, stopped, in P0: 3 · (4 · 3 + 1) = 39; in P2: H
    # is empty twice, 24, and 3 · (4 + 1): 39 too. B: nothing. D, no head, takes G in P0: 1 · 13 of posts, none of
    # heads.
    people = [person("G", levels=grade(100, **BAD)), person("B", levels=grade(20))]
    case = case_of(people, positions=[post("H", head=True, criticality=3), post("D", "DEP")])
    hand = Hand(case)
    assert hand.parts("heads") == (36, {"empty_periods": 3})
    assert hand.parts("heads", a("G", "H", 0)) == (39, {"gated": 1})
    assert hand.parts("heads", a("G", "H", 2)) == (39, {"empty_periods": 2, "gated": 1})
    assert hand.value("heads", a("B", "H", 0)) == 0
    assert hand.parts("posts", a("G", "D", 0)) == (13, {"gated": 1})
    assert hand.value("heads", a("G", "D", 0)) == 36
    assert hand.value("posts", a("G", "H", 0)) == 12


def test_who_is_stopped_and_leaves_counts_for_the_time_of_service_alone() -> None:
    # G leaves on 2027-01-01, so H is empty again at the end of P2: 4; and for two half-years 4 · 2 + 1.
    case = case_of([person("G", levels=BAD, leaves="2027-01-01")], positions=[post("H")])
    assert Hand(case).value("posts", a("G", "H", 0)) == 4 + 9


def test_a_designated_successor_who_is_stopped_is_worse_than_none() -> None:
    people = [person("X", "H"), person("G", levels=BAD), person("B", levels=grade(20))]
    hand = Hand(case_of(people, positions=[post("H", criticality=3, successors=1)]))
    # None counts 3 · 1, G 3 · 2.
    assert hand.parts("posts") == (3, {"without_successor": 1})
    assert hand.parts("posts", g("G", "H")) == (6, {"gated": 1})
    assert hand.value("posts", g("B", "H")) == 0


def test_a_stranger_fills_nothing_and_somebody_of_the_list_does() -> None:
    # S has 54 of 100 points where 55 are wanted of who is in no list and was not nominated; T has 55. N has 54 and was
    # nominated, O has 20 and stands in the list.
    people = [person(i, levels=grade(p)) for i, p in {"S": 54, "T": 55, "N": 54, "O": 20}.items()]
    case = case_of(
        people, positions=[post("H")], rounds=[round_()], pools=[{"position_id": "H", "person_id": "O"}],
        nominations=[{"position_id": "H", "person_id": "N", "round_id": "R"}],
    )  # fmt: skip
    hand = Hand(case)
    assert [hand.value("posts", a(i, "H", 0)) for i in "STNO"] == [13, 0, 0, 0]
    # That the round adds S does not make S suitable: P0 is empty (4), then two half-years and one more (9).
    assert hand.value("posts", x("S", "H"), a("S", "H", 1)) == 13


def test_nobody_waits_for_somebody_who_is_stopped() -> None:
    # G, stopped, has theory from September on and comes in P2: P0 and P1 count 4 each, and P2 4 + 1; left open, 12.
    case = case_of(
        [person("G", levels=BAD)], positions=[post("H", standard="theory")], courses=[course()],
        sessions=[session("S", "2026-02-01", "2026-09-30")],
    )  # fmt: skip
    hand = Hand(case, tolerated(12))
    assert hand.value("posts", u("G", "S"), a("G", "H", 2)) == 13
    assert hand.value("posts") == 12


# ---- rotations with and without an aim ---------------------------------------------------------------------------


def _rotation(*rulebook: Entry, **tables: Any) -> int:
    """What a rotation of C from F to D in P0 counts beside the seat of F, which stays empty, 3 · 4: D was empty.

    H wants six months on rotation; X holds it.
    """
    positions = [post("H", standard="away"), post("D", "DEP"), post("F", "DEP")]
    case = case_of([person("C", "F", levels=grade(90)), person("X", "H")], positions=positions, **tables)
    return Hand(case, ROTATING, *rulebook).value("posts", v("C", "D", 0)) - 12


AIM = entry("rotation_aim", force="info")


def test_a_rotation_without_an_aim_fills_no_seat() -> None:
    # Three instants and one more, as of somebody who is stopped: 13, where leaving D empty counts 12.
    assert _rotation(AIM) == 13
    # Without the entry, or where it is for other posts, the seat is filled.
    assert _rotation() == 0
    assert _rotation(entry("rotation_aim", force="info", applies_to={"rank": "HEAD"})) == 0


def test_the_months_that_a_listed_post_wants_are_an_aim() -> None:
    listed = [{"position_id": "H", "person_id": "C"}]
    assert _rotation(AIM, pools=listed) == 0
    # In the list of a post that wants no such months there is none; a nomination for H is one.
    assert _rotation(AIM, pools=[{"position_id": "D", "person_id": "C"}]) == 13
    nominated = [{"position_id": "H", "person_id": "C", "round_id": "R"}]
    assert _rotation(AIM, rounds=[round_()], nominations=nominated) == 0
    # Who has been away for six months has none any more; five months are not six.
    for until, value in (("2019-06-30", 13), ("2019-05-31", 0)):
        away = {"person_id": "C", "since": "2019-01-01", "until": until, "unit_id": "U", "kind": "rotation"}
        assert _rotation(AIM, pools=listed, service=[away]) == value


def test_that_nobody_stays_too_long_in_one_place_is_an_aim() -> None:
    # C holds F since 2020-01-01. By the end of the horizon, 2027-06-30, 89 months are over and 90 are not; six years
    # are over at the beginning. The wish itself is another goal.
    def limit(months: int) -> Entry:
        return entry("tenure_limit", force={"should": 1}, months=months)

    assert [_rotation(AIM, limit(months)) for months in (72, 89, 90)] == [0, 0, 13]
