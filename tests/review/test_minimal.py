"""Small cases that once went wrong, solved whole: acceptance cases with a table or two written otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner import api
from planner.standing.base_list import BaseList

CASES = Path(__file__).parent.parent / "cases"
RATING = """
  - {id: rating, rule: rating_floor, params: {min: complete, years: 1, unknown: fails}, applies_to: {}, force: must,
     source: test, status: confirmed}
"""

S1 = "S1,INT,2026-02-01,2026-06-30,1\n"
LONG_COURSES = "ADV,Advanced theory,theory:advanced,theory:intermediate,9,part"


@pytest.fixture
def variant(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A copy of an acceptance case, with tables written otherwise and entries added to its rulebook."""

    def make(name: str, entries: str = "", **tables: str) -> Path:
        shutil.copytree(CASES / "_content", tmp_path / "_content")
        shutil.copytree(CASES / name, tmp_path / name)
        for table, text in tables.items():
            (tmp_path / name / "case" / f"{table}.csv").write_text(text, encoding="utf-8")
        with (tmp_path / "_content" / "rulebooks" / f"{name}.yaml").open("a", encoding="utf-8") as rulebook:
            rulebook.write(entries)
        return tmp_path / name

    return make


def solved(folder: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str, int]]]:
    """The places and the appointments of the proved optimum."""
    found = api.solve(folder)
    assert found.judgement.accepted
    assert all(tier.bound == tier.value for tier in found.tiers)
    plan = found.plan
    return (
        {(p.person, p.session) for p in plan.training},
        {(a.person, a.position, a.period) for a in plan.appointments},
    )


# Case 04: A has primary theory and needs the advanced level for H1, empty from 1 April 2027 (P2); the advanced course
# needs the intermediate one. B takes H2 on that day, C takes H3 on 1 July (P3), whatever becomes of A.
OTHERS = {("B", "H2", 2), ("C", "H3", 3)}


def test_a_course_of_one_day_asks_for_what_it_needs(variant):  # type: ignore[no-untyped-def]
    # S3 is held on 1 July 2026 alone: A may attend it after S1, which ends the day before. Two places, three
    # appointments. With S3 alone, admitted to by itself, it would be one place.
    sessions = "session_id,course_id,start,end,seats\n" + S1 + "S3,ADV,2026-07-01,2026-07-01,1\n"
    places, appointments = solved(variant("04-prerequisite-and-time", sessions=sessions))
    assert places == {("A", "S1"), ("A", "S3")}
    assert appointments == OTHERS | {("A", "H1", 2)}


def test_sessions_whose_end_nobody_knows_make_nobody_ready(variant):  # type: ignore[no-untyped-def]
    # Neither sessions nor courses tell how long: no level counts, A is never ready, and a place would only cost.
    sessions = "session_id,course_id,start,seats\nS1,INT,2026-02-01,1\nS3,ADV,2026-07-01,1\n"
    courses = "course_id,name,grants,needs\nINT,I,theory:intermediate,theory:primary\n"
    courses += "ADV,A,theory:advanced,theory:intermediate\n"
    assert solved(variant("04-prerequisite-and-time", sessions=sessions, courses=courses)) == (set(), OTHERS)


def test_the_only_place_of_a_session_is_that_of_who_is_enrolled(variant):  # type: ignore[no-untyped-def]
    # C has intermediate theory and the one place of S3, and its level on 1 April 2027, so is appointed as before. A is
    # left with S1 and S4, which ends on 15 April: too late for P2, in time for P3.
    folder = variant(
        "04-prerequisite-and-time",
        enrolments="person_id,course_id,session_id\nC,ADV,S3\n",
        qualifications=(
            "person_id,competency,level\nA,law,degree\nB,finance,degree\nC,health,degree\n"
            "A,theory,primary\nB,theory,advanced\nC,theory,intermediate\n"
        ),
    )
    places, appointments = solved(folder)
    assert places == {("A", "S1"), ("A", "S4")}
    assert appointments == OTHERS | {("A", "H1", 3)}


def test_a_course_without_a_place_a_year_is_attended_by_nobody(variant):  # type: ignore[no-untyped-def]
    # The advanced course has no place in any year: A is never ready, and a place in S1 would only cost.
    courses = "course_id,name,grants,needs,months,mode,yearly_seats\n"
    courses += "INT,Intermediate theory,theory:intermediate,theory:primary,5,part,\n" + LONG_COURSES + ",0\n"
    assert solved(variant("04-prerequisite-and-time", courses=courses)) == (set(), OTHERS)


def test_a_rating_that_nobody_has_keeps_everybody_out_and_never_clears(variant, tmp_path):  # type: ignore[no-untyped-def]
    # Case 01 with a floor that an unknown rating fails, and no table of ratings: nobody is plannable in any year. The
    # run ends, with empty lists, and tells of nobody a day from which the post could be held.
    found, folder = api.run(variant("01-nobody-counted-twice", RATING), tmp_path / "plan")
    assert (folder / "base_list.csv").is_file()
    assert found.plan.pools == ()
    base_list = BaseList(found.standing)
    for post in ("H1", "H2", "H3"):
        assert not base_list.plannable(post)
        for person in "ABC":
            assert ("rating", None) in {(r.rule, r.clears_on) for r in base_list.refusals(person, post)}
