"""Goals nominations, depth and pipeline: what lists count, derived by hand, the same by law and by program."""

from __future__ import annotations

from typing import Any

import pytest

from tests.goals.hand import BAD, Hand, grade
from tests.twins.universe import Row, a, case_of, course, person, post, round_, session, u, x


def nominated(person_id: str, position: str = "H") -> Row:
    return {"person_id": person_id, "position_id": position, "round_id": "R"}


# ---- nominations -------------------------------------------------------------------------------------------------


def test_each_nominated_name_that_is_not_in_the_list_counts_two() -> None:
    # A and B were put forward for H, A for E too; C only stands there. G is stopped, and X holds H already: none of
    # them is waited for. S is of another system, whose list no round of this plan decides.
    people = [person(i, levels=grade(90)) for i in "ABC"] + [person("G", levels=BAD), person("X", "H")]
    positions = [post("H", term_system="party"), post("E", term_system="party"), post("S", term_system="state")]
    rows = [nominated(i) for i in "ABGX"] + [nominated("A", "E"), nominated("A", "S")]
    hand = Hand(case_of(people, positions=positions, rounds=[round_(system="party")], nominations=rows))
    assert hand.parts("nominations") == (6, {"not_listed": 3})
    assert hand.value("nominations", x("A", "H")) == 4
    assert hand.value("nominations", x("A", "E"), x("C", "H")) == 4
    assert hand.value("nominations", x("A", "H", "E"), x("B", "H")) == 0


def test_a_name_that_stays_is_in_the_list_and_one_that_a_rule_refuses_is_not() -> None:
    # A is in the list already: to keep it is enough. N lacks the law degree that the standard asks at planning: no plan
    # can list N, and 2 count in every plan.
    people = [person("A", levels=grade(90, law="degree")), person("N", levels=grade(90))]
    case = case_of(
        people, positions=[post("H", standard="law")], rounds=[round_()], nominations=[nominated("A"), nominated("N")],
        pools=[{"position_id": "H", "person_id": "A"}],
    )  # fmt: skip
    assert Hand(case).value("nominations", x("A", "H")) == 2
    assert Hand(case).value("nominations") == 4


def test_a_nomination_that_was_refused_lost_or_answered_in_a_round_of_the_past_counts_nothing() -> None:
    # A lost the ballot with half of the votes, B was refused, C was put forward in the round of last year: only D is
    # waited for. A and B are not to be proposed now: either in a list that wants two names counts as unsuitable.
    people = [person("X", "H"), *(person(i, levels=grade(90)) for i in "ABCD")]
    rows = [
        nominated("A") | {"votes_for": 7, "votes_of": 14}, nominated("B") | {"opinion": "không đồng ý"},
        nominated("C") | {"round_id": "Q"}, nominated("D") | {"votes_for": 8, "votes_of": 14, "opinion": "Đồng ý"},
    ]  # fmt: skip
    past = {"round_id": "Q", "approved_on": "2025-06-30"}
    case = case_of(people, positions=[post("H", successors=2)], rounds=[past, round_()], nominations=rows)
    hand = Hand(case)
    assert hand.parts("nominations") == (2, {"not_listed": 1})
    assert hand.value("nominations", x("D", "H")) == 0
    assert hand.parts("depth", x("D", "H"), x("C", "H")) == (0, {})
    assert hand.parts("depth", x("D", "H"), x("A", "H")) == (2, {"unsuitable": 1})
    assert hand.parts("depth", x("D", "H"), x("B", "H")) == (2, {"unsuitable": 1})


# ---- depth -------------------------------------------------------------------------------------------------------


def test_each_ready_name_that_is_missing_counts_one_and_an_unsuitable_new_name_two() -> None:
    # H wants three names at the end, X sits there. A is ready. G is ready and stopped by a gate, S as a stranger: 54 of
    # 100 where 55 are wanted; T has 55.
    people = [
        person("X", "H", levels=grade(100)), person("A", levels=grade(90)), person("G", levels=grade(90, **BAD)),
        person("S", levels=grade(54)), person("T", levels=grade(55)),
    ]  # fmt: skip
    case = case_of(people, positions=[post("H", successors=3)], rounds=[round_()])
    hand = Hand(case)
    assert hand.parts("depth") == (3, {"missing": 3})
    assert hand.value("depth", x("A", "H")) == 2
    # Either lowers what is missing by one and counts two: to leave the list short is better.
    assert hand.parts("depth", x("A", "H"), x("G", "H")) == (3, {"missing": 1, "unsuitable": 1})
    assert hand.parts("depth", x("A", "H"), x("S", "H")) == (3, {"missing": 1, "unsuitable": 1})
    assert hand.parts("depth", x("A", "H"), x("S", "H"), x("G", "H")) == (4, {"unsuitable": 2})
    assert hand.parts("depth", x("A", "H"), x("T", "H")) == (1, {"missing": 1})
    # More than is wanted is worth nothing.
    assert hand.value("depth", x("A", "H"), x("T", "H"), x("S", "H"), x("G", "H")) == 4


def test_a_name_that_was_there_or_was_nominated_is_not_unsuitable_as_a_stranger() -> None:
    # S and R have 54 points: S stands in the list, R was put forward. N, who is stopped by a gate, was put forward too.
    # O is stopped and stands in the list: no new name, whatever else is to be said of it.
    people = [person("X", "H"), person("S", levels=grade(54)), person("R", levels=grade(54)), person("N", levels=BAD)]
    people += [person("O", levels=BAD)]
    case = case_of(
        people, positions=[post("H", successors=2)], rounds=[round_()], nominations=[nominated("R"), nominated("N")],
        pools=[{"position_id": "H", "person_id": i} for i in "SO"],
    )  # fmt: skip
    hand = Hand(case)
    assert hand.value("depth", x("S", "H"), x("R", "H")) == 0
    assert hand.value("depth", x("S", "H"), x("O", "H")) == 0
    assert hand.parts("depth", x("S", "H"), x("N", "H")) == (2, {"unsuitable": 1})


# ---- pipeline ----------------------------------------------------------------------------------------------------


def test_a_new_name_counts_20_unless_nominated_and_1_for_each_5_points_below_the_best() -> None:
    # The best has 100. B has 73: 27 points below are five whole steps. C, nominated, has 90: two steps. O, of 20
    # points, was there before: nothing.
    people = [person(i, levels=grade(p)) for i, p in {"A": 100, "B": 73, "C": 90, "O": 20}.items()]
    case = case_of(
        people, positions=[post("H")], rounds=[round_()], nominations=[nominated("C")],
        pools=[{"position_id": "H", "person_id": "O"}],
    )  # fmt: skip
    hand = Hand(case)
    assert hand.parts("pipeline", x("B", "H")) == (25, {"new_names": 1, "new_name_points": 5})
    assert hand.parts("pipeline", x("C", "H")) == (2, {"new_name_points": 2})
    assert hand.parts("pipeline", x("A", "H")) == (20, {"new_names": 1})
    assert hand.parts("pipeline", x("O", "H")) == (0, {})
    assert hand.value("pipeline", x("A", "H"), x("B", "H"), x("C", "H")) == 47


def _path(*people: Any, ends: str = "2026-06-30", **tables: Any) -> Hand:
    """H wants advanced theory, which session S grants; X leaves H on 2027-01-01, so it falls free on that day."""
    tables.setdefault("pools", [{"position_id": "H", "person_id": "A"}])
    case = case_of(
        [person("X", "H", leaves="2027-01-01"), *people],
        positions=[post("H", standard="theory")],
        rounds=[round_()],
        courses=[course()],
        sessions=[session("S", "2026-02-01", ends)],
        **tables,
    )
    return Hand(case)


def test_a_demand_that_a_name_never_meets_counts_40_by_the_suitability_rounded_up() -> None:
    # A has 73 points: 40 · 0.73 = 29.2, that is 30. With a place in S, or out of the list, nothing.
    hand = _path(person("A", levels=grade(73)), person("B", levels=grade(100)))
    assert hand.parts("pipeline", x("A", "H")) == (30, {"no_path": 1})
    assert hand.parts("pipeline", x("A", "H"), u("A", "S")) == (0, {})
    assert hand.parts("pipeline") == (0, {})
    # Another's place is no path of A's.
    assert hand.value("pipeline", x("A", "H"), u("B", "S")) == 30
    # B, a new name whom nobody nominated, has no path that is wished for: 20 as any new name.
    assert hand.value("pipeline", x("B", "H")) == 20
    assert hand.value("pipeline", x("B", "H"), u("B", "S")) == 20


def test_a_nominated_name_has_a_path_as_an_old_one_has() -> None:
    # B has all 100 points: 40 without a place, and no step below the best; nothing as long as B is in no list.
    hand = _path(person("B", levels=grade(100)), pools=[], nominations=[nominated("B")])
    assert hand.parts("pipeline", x("B", "H")) == (40, {"no_path": 1})
    assert hand.value("pipeline", x("B", "H"), u("B", "S")) == 0
    assert hand.value("pipeline") == 0


@pytest.mark.parametrize(
    ("leaves", "ends", "value"),
    [
        # H falls free on 2027-01-01, and a year in the post is wanted: until 2028-01-01, not a day less.
        ("2028-01-01", "2026-06-30", 40),
        ("2027-12-31", "2026-06-30", 0),
        # A session that ends a year before A leaves is a path, and one that ends a day later is none.
        ("2028-01-01", "2027-01-01", 40),
    ],
)
def test_a_path_is_for_who_serves_a_year_after_the_post_falls_free(leaves: str, ends: str, value: int) -> None:
    hand = _path(person("A", levels=grade(100), leaves=leaves), ends=ends)
    assert hand.value("pipeline", x("A", "H")) == value
    assert hand.value("pipeline", x("A", "H"), u("A", "S")) == 0


def test_a_place_that_ends_less_than_a_year_before_the_end_of_service_is_no_path() -> None:
    hand = _path(person("A", levels=grade(100), leaves="2028-01-01"), ends="2027-01-02")
    assert hand.value("pipeline", x("A", "H"), u("A", "S")) == hand.value("pipeline", x("A", "H")) == 40


@pytest.mark.parametrize(("until", "value"), [("2027-01-01", 0), ("2027-01-02", 40)])
def test_a_course_that_is_settled_is_a_path_if_it_ends_a_year_before_the_end_of_service(until: str, value: int) -> None:
    # A leaves on 2028-01-01 and is enrolled already: by the first day of 2027 nothing is missing any more.
    enrolled = [{"person_id": "A", "course_id": "K", "since": "2025-09-01", "until": until}]
    hand = _path(person("A", levels=grade(100), leaves="2028-01-01"), enrolments=enrolled)
    assert hand.value("pipeline", x("A", "H")) == value


def test_nobody_whom_a_gate_stops_has_a_path_and_no_demand_that_no_course_grants() -> None:
    assert _path(person("A", levels=grade(100, **BAD))).value("pipeline", x("A", "H")) == 0
    # Of the law degree and theory, H's standard now, only theory has a session: one path of 40.
    people = [person("X", "H", leaves="2027-01-01"), person("A", levels=grade(100, law="degree"))]
    tables: dict[str, Any] = {
        "positions": [post("H", standard="law_and_theory")],
        "rounds": [round_()],
        "pools": [{"position_id": "H", "person_id": "A"}],
    }
    with_session = {"courses": [course()], "sessions": [session("S", "2026-02-01", "2026-06-30")]}
    assert Hand(case_of(people, **tables, **with_session)).value("pipeline", x("A", "H")) == 40
    assert Hand(case_of(people, **tables)).value("pipeline", x("A", "H")) == 0


def test_a_full_time_place_of_who_leads_a_unit_counts_six_and_of_another_holder_three() -> None:
    # A leads T, B is a deputy there, C a reserve. F is full-time, S part-time.
    people = [person("A", "H"), person("B", "D"), person("C")]
    case = case_of(
        people,
        positions=[post("H", head=True), post("D", "DEP")],
        courses=[course("F", mode="full"), course("K", mode="part")],
        sessions=[session("F1", "2026-02-01", "2026-03-31", "F"), session("S", "2026-02-01", "2026-06-30")],
    )
    hand = Hand(case)
    assert hand.parts("pipeline", u("A", "F1")) == (6, {"heads_away": 1})
    assert hand.parts("pipeline", u("B", "F1")) == (3, {"others_away": 1})
    assert hand.value("pipeline", u("A", "S"), u("C", "F1")) == 0


def test_a_list_that_no_round_decides_has_paths_of_its_names() -> None:
    # No round: A stays in the list of H whatever is planned.
    case = case_of(
        [person("X", "H", leaves="2027-01-01"), person("A", levels=grade(73))],
        positions=[post("H", standard="theory")],
        courses=[course()],
        sessions=[session("S", "2026-02-01", "2026-06-30")],
        pools=[{"position_id": "H", "person_id": "A"}],
    )
    assert Hand(case).value("pipeline") == 30
    assert Hand(case).value("pipeline", u("A", "S")) == 0
    # Appointed to H in P2, with the place, A is on the path still.
    assert Hand(case).value("pipeline", u("A", "S"), a("A", "H", 2)) == 0
