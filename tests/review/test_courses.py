"""Courses read to the letter: of one day, without an end, with places that are taken, with places for a year."""

from __future__ import annotations

import pytest

from tests.review.agree import lawful
from tests.twins.universe import Universe, a, case_of, course, one_of, person, post, session, subsets, u

FREE = frozenset()

TWO_COURSES = [course("I", "theory:intermediate"), course("K", needs="theory:intermediate")]
"""`K` grants the advanced level and needs the intermediate one, which `I` grants."""


def study(sessions, groups, people=None, courses=TWO_COURSES, **tables) -> set:
    """The lawful plans of a case of courses; the post P demands the advanced level, A may be appointed to it."""
    case = case_of(
        people or [person("A", rank="DEP")],
        positions=[post("P", standard="theory")],
        courses=courses,
        sessions=sessions,
        **tables,
    )
    return lawful(Universe("courses", case, (), groups, until="2026-12-31"))


@pytest.mark.parametrize("first", ["2026-06-30", "2026-07-01", None])
def test_a_course_of_one_day_is_not_its_own_prerequisite(first):
    # S is held on 1 July alone and ends on the day on which it begins. I grants what it needs: in time if it ends the
    # day before; on 1 July itself both would be on one day. So only who was in I comes to S, and only then to P.
    ahead = [] if first is None else [session("I1", "2026-02-01", first, "I")]
    places = u("A", "S") if first is None else u("A", "I1", "S")
    found = study([*ahead, session("S", "2026-07-01", "2026-07-01")], (subsets(places), one_of(a("A", "P", 1))))
    alone = {FREE} if first is None else {FREE, frozenset(u("A", "I1"))}
    both = frozenset(u("A", "I1", "S"))
    assert found == (alone | {both, both | frozenset(a("A", "P", 1))} if first == "2026-06-30" else alone)


def test_two_courses_of_one_day_do_not_admit_each_other():
    # J and S grant the advanced level in one day and need the intermediate one. Neither helps to the other: who has
    # been in one has what the other grants.
    sessions = [session("J", "2026-03-01", "2026-03-01"), session("S", "2026-07-01", "2026-07-01")]
    assert study(sessions, (subsets(u("A", "J", "S")), one_of(a("A", "P", 1)))) == {FREE}


def test_a_session_whose_end_nobody_knows_grants_nothing_and_keeps_its_person():
    # S has no end, and its course no months. Who attends it never has its level, so A is not appointed to P; and A is
    # in no other course from the first day of S on: I1 is over by then, I2 runs into it, I3 begins after it.
    sessions = [
        session("I1", "2026-01-10", "2026-02-28", "I"),
        session("I2", "2026-02-01", "2026-04-30", "I"),
        session("I3", "2026-09-01", "2026-10-31", "I"),
        {"session_id": "S", "course_id": "L", "start": "2026-03-01"},
    ]
    courses = [*TWO_COURSES, course("L", "theory:advanced")]
    found = study(sessions, (subsets(u("A", "I1", "I2", "I3", "S")), one_of(a("A", "P", 0, 1))), courses=courses)
    alone = {frozenset(u("A", s)) for s in ("I1", "I2", "I3", "S")}
    # Of the three sessions that grant the same level one is attended at most.
    assert found == {FREE, *alone, frozenset(u("A", "I1", "S"))}


def test_who_attends_a_full_time_course_without_an_end_takes_over_nowhere_from_its_first_day_on():
    # Q demands nothing and is empty: in the first half δ is 1 January, before the course, in the second 1 July.
    case = case_of(
        [person("A", rank="DEP")],
        positions=[post("Q")],
        courses=[course("L", "theory:advanced", mode="full")],
        sessions=[{"session_id": "S", "course_id": "L", "start": "2026-07-01"}],
    )
    found = lawful(Universe("away", case, (), (subsets(u("A", "S")), one_of(a("A", "Q", 0, 1))), until="2026-12-31"))
    assert {FREE, frozenset(u("A", "S")), *(frozenset(a("A", "Q", t)) for t in (0, 1))} <= found
    assert frozenset(u("A", "S") + a("A", "Q", 1)) not in found


@pytest.mark.parametrize(("until", "in_time"), [("2026-06", True), ("2026-07", False), ("2026", False), (None, False)])
def test_an_enrolment_counts_when_its_last_possible_day_has_come(until, in_time):
    # δ of P is 1 July. "2026-06" may last to 30 June, "2026-07" to 31 July; without an end it never counts.
    found = study(
        [],
        (one_of(a("A", "P", 1)),),
        enrolments=[{"person_id": "A", "course_id": "K", "since": "2026-01-01", "until": until}],
    )
    assert (frozenset(a("A", "P", 1)) in found) == in_time


@pytest.mark.parametrize(("end", "in_time"), [("2026-06", True), ("2026-07", False), ("2026", False)])
def test_a_session_that_ends_in_a_month_counts_from_the_last_day_of_it(end, in_time):
    # δ of P is 1 July: a session that ends "in June 2026" is over by then, one that ends "in July" may not be.
    found = study([session("S", "2026-02-01", end)], (subsets(u("A", "S")), one_of(a("A", "P", 1))), courses=[course()])
    assert (frozenset(u("A", "S") + a("A", "P", 1)) in found) == in_time


def test_a_session_that_begins_in_a_month_is_over_by_its_months_after_the_last_day_of_it():
    # Two months from a day in April 2026 end on 29 June at the latest; from a day in May beyond δ = 1 July.
    courses = [course(months=2)]
    for start, in_time in (("2026-04", True), ("2026-05", False)):
        found = study([session("S", start, None)], (subsets(u("A", "S")), one_of(a("A", "P", 1))), courses=courses)
        assert (frozenset(u("A", "S") + a("A", "P", 1)) in found) == in_time


PEOPLE = [person(i, rank="DEP") for i in "ABC"]


@pytest.mark.parametrize(("enrolled", "least", "sizes"), [
    # Three places. Nobody enrolled: up to three of A, B, C. One enrolled: two are left. Three or four: none.
    ("", 0, {0, 1, 2, 3}), ("X", 0, {0, 1, 2}), ("XYZ", 0, {0}), ("WXYZ", 0, {0}),
    # A class of three at least: three of ours, or with X two, with X and Y one.
    ("", 3, {0, 3}), ("X", 3, {0, 2}), ("XY", 3, {0, 1}), ("XYZ", 3, {0}),
])  # fmt: skip
def test_places_of_people_who_are_enrolled_are_taken_and_count_towards_the_class(enrolled, least, sizes):
    found = study(
        [session("S", "2026-02-01", "2026-03-01", seats=3, min_seats=least)],
        tuple(one_of(u(i, "S")) for i in "ABC"),
        [*PEOPLE, *(person(i, rank="STAFF") for i in enrolled)],
        [course()],
        # Twice the same is one place.
        enrolments=[{"person_id": i, "course_id": "K", "session_id": "S"} for i in enrolled + enrolled[:1]],
    )
    assert {len(keys) for keys in found} == sizes


@pytest.mark.parametrize(("places", "enrolled", "most"), [
    (None, [], (3, 3)), (0, [], (0, 0)), (2, [], (2, 2)), (1, [], (1, 1)),
    # Of the two places of 2026 one is taken: by session, or by the day on which the study began.
    (2, [{"session_id": "S2"}], (1, 2)), (2, [{"since": "2026-01-05"}], (1, 2)),
    (2, [{"since": "2025-09-01"}], (2, 2)), (2, [{"session_id": "S3"}], (2, 1)),
    # Unknown when it began: it is in progress on 1 January 2026.
    (2, [{}], (1, 2)),
])  # fmt: skip
def test_a_course_gives_so_many_places_in_a_year_over_all_its_sessions(places, enrolled, most):
    # S1 and S2 begin in 2026 (S2 ends in 2027), S3 begins in 2027; each has room for all. A, B and C attend one each.
    sessions = [
        session("S1", "2026-02-01", "2026-03-01"),
        session("S2", "2026-12-31", "2027-01-31"),
        session("S3", "2027-01-01", "2027-02-01"),
    ]
    case = case_of(
        [*PEOPLE, person("X", rank="STAFF")],
        positions=[post("P", standard="theory")],
        courses=[course(yearly_seats=places, months=1), course("I", "theory:intermediate", yearly_seats=0)],
        sessions=sessions,
        enrolments=[{"person_id": "X", "course_id": "K", **row} for row in enrolled],
    )
    found = lawful(Universe("yearly", case, (), tuple(one_of(u(i, "S1", "S2", "S3")) for i in "ABC")))
    by_year = [(sum(k[2] != "S3" for k in keys), sum(k[2] == "S3" for k in keys)) for keys in found]
    assert (max(n for n, _ in by_year), max(n for _, n in by_year)) == most
