"""The head's page of a small department, every line by hand. The plan begins on 1 January 2026."""

from __future__ import annotations

import datetime as dt
from typing import Any

from planner.standing.head_page import HeadPage, HeadPages
from tests.twins.universe import Universe, World, a, case_of, entry, person, post, round_, x

DAY = dt.date
UNITS = [
    {"unit_id": "U", "name": "Department"},
    {"unit_id": "D", "name": "Division", "parent_id": "U"},
    {"unit_id": "W", "name": "Other department"},
]


def world(*people: Any, **tables: Any) -> World:
    posts = [post("H", successors=1, standard="theory"), post("E", "DEP", successors=1), post("G", "DIV", "D"),
             post("I", "DEP", "W", successors=1), *tables.pop("positions", [])]  # fmt: skip
    rules = tables.pop("rules", (entry("upward_only"), entry("rotation_length", months=12)))
    case = case_of(people, positions=posts, units=UNITS, **tables)
    return World(Universe("head", case, rules, (), tables.pop("until", "2027-06-30")))


def page(found: World, unit: str | None = "U", *keys: Any) -> HeadPage:
    if keys:
        standing = found.standing(frozenset(k for some in keys for k in some))
        return HeadPages(standing, planned=True).page(unit)  # type: ignore[arg-type]
    return HeadPages(found.quo, planned=False).page(unit)  # type: ignore[arg-type]


def listed(position: str, *people: str, **more: Any) -> list[dict[str, Any]]:
    return [{"position_id": position, "person_id": i, "since": "2025-06-01", **more} for i in people]


# H is held by X; E, in the same department, by A; G in its division by B; I in another department by C.
PEOPLE = (person("X", "H"), person("A", "E"), person("B", "G"), person("C", "I"))


def test_posts_with_fewer_than_two_names_are_those_of_the_unit_and_below() -> None:
    # H has A and N, E has B alone, I has nobody; G wants no successor and has no list. L in E's list is gone by then.
    found = world(
        *PEOPLE, person("N", rank="DEP"), person("L", rank="DIV", leaves="2025-12-01"),
        pools=[*listed("H", "A", "N"), *listed("E", "B", "L")],
    )  # fmt: skip
    assert [(f.position, f.holders, f.now, f.after) for f in page(found).few_names] == [("E", ("A",), ("B",), None)]
    assert [f.position for f in page(found, None).few_names] == ["E", "I"]
    assert page(found, "D").few_names == ()


def test_the_review_decides_how_many_names_there_are() -> None:
    # The round drops N, who is as high as H already, and a plan may add R.
    found = world(
        *PEOPLE, person("N", rank="HEAD"), person("R", rank="DEP"),
        pools=listed("H", "A", "N"), rounds=[round_()],
    )  # fmt: skip
    few = {f.position: (f.now, f.after) for f in page(found).few_names}
    assert few["H"] == (("A", "N"), ("A",))
    with_plan = page(found, "U", x("A", "H"), x("R", "H"))
    assert "H" not in {f.position for f in with_plan.few_names}


def test_how_many_names_are_wanted_and_how_far_ahead_is_looked_can_be_set() -> None:
    # H has two names; A leaves E on 1 June 2027, after 17 months.
    found = world(
        person("X", "H"), person("A", "E", leaves="2027-06-01"), person("B", "G"), person("C", "I"),
        pools=listed("H", "A", "C"),
    )  # fmt: skip
    usual = HeadPages(found.quo, planned=False)
    assert [row.person for row in usual.leaving] == ["A"]
    assert "H" not in {row.position for row in usual.few_names}
    assert [row.person for row in HeadPages(found.quo, planned=False, months=17).leaving] == ["A"]
    other = HeadPages(found.quo, planned=False, names=3, months=16)
    assert list(other.leaving) == []
    assert "H" in {row.position for row in other.few_names}


def test_who_leaves_with_nobody_ready_is_told_with_the_nearest_and_what_is_missing() -> None:
    # X leaves H on 1 March 2027. A has the level on 30 April 2027 by a course, N never: A is nearest. C's post I is of
    # another department. A retires from E on 1 February 2029, after 37 months, which is too far ahead to be told.
    people = (person("X", "H", leaves="2027-03-01"), person("A", "E", leaves="2029-02-01"), person("N", rank="DEP"),
              person("B", "G"), person("C", "I", leaves="2026-09-01"))  # fmt: skip
    tables: dict[str, Any] = {
        "pools": listed("H", "A", "N"),
        "courses": [{"course_id": "K", "name": "K", "grants": "theory:advanced"}],
        "enrolments": [{"person_id": "A", "course_id": "K", "since": "2026-09-01", "until": "2027-04-30"}],
    }
    (row,) = page(world(*people, **tables)).leaving
    assert (row.position, row.person, row.on, row.cause) == ("H", "X", DAY(2027, 3, 1), "retirement")
    assert row.nearest is not None
    assert (row.nearest.person, row.nearest.ready_on) == ("A", DAY(2027, 4, 30))
    # Where A has it two months earlier, H is not told.
    tables["enrolments"][0]["until"] = "2027-02-28"
    assert page(world(*people, **tables)).leaving == ()


def test_an_empty_seat_with_nobody_ready_is_told_and_one_that_the_plan_fills_is_not() -> None:
    # Nobody holds H or G; G asks for nothing and B is listed and ready for it, A lacks the level for H.
    found = world(
        person("A", "E"), person("B", rank="STAFF"), rules=(), positions=[post("J", successors=1)],
        pools=[*listed("H", "A"), *listed("G", "B")],
    )  # fmt: skip
    empty = [(row.position, row.person, row.on) for row in page(found).leaving]
    assert empty == [("H", None, DAY(2026, 1, 1)), ("J", None, DAY(2026, 1, 1))]
    filled = [row.position for row in page(found, "U", a("A", "J", 0)).leaving]
    assert filled == ["H"]


def test_what_became_of_each_name_proposed() -> None:
    # A is in the list and proposed again; R and T are proposed; N, below by two steps, cannot be; O was proposed for a
    # round of last year. The plan takes A and R.
    def nominated(i: str, round_id: str = "R") -> dict[str, str]:
        return {"position_id": "H", "person_id": i, "round_id": round_id}

    found = world(
        *PEOPLE, *(person(i, rank="DEP") for i in "ORT"), person("N", rank="DIV"),
        rules=(entry("upward_only"),), pools=listed("H", "A"),
        rounds=[round_(), {"round_id": "OLD", "approved_on": "2025-03-31"}],
        nominations=[*(nominated(i) for i in "ARTN"), nominated("O", "OLD")],
    )  # fmt: skip
    # DIV (20) to HEAD (40) is a step of 20, ten too many.
    before = {p.source.person: p.outcome for p in page(found).proposed}
    assert before == {"A": "kept", "R": "open", "T": "open", "N": "refused", "O": "not_chosen"}
    after = {p.source.person: p.outcome for p in page(found, "U", x("A", "H"), x("R", "H")).proposed}
    assert after == {"A": "kept", "R": "added", "T": "not_chosen", "N": "refused", "O": "not_chosen"}


def test_what_is_overdue_is_told_from_the_day_on_which_it_was_due() -> None:
    # E's list is from 1 June 2025, H's from 15 December 2024: a year later is 15 December 2025. A acts for K since
    # 1 May 2025, six months long. B's rotation to G was to end on 31 December 2025. X's term as head ended on 30 June
    # 2025. The decision on A was proposed for 1 October 2025; the exemption of E ended on 31 August 2025. C is of
    # another unit, and what is decided or has no end is not overdue.
    acting = {"since": "2025-05-01", "position_id": "K", "kind": "acting"}
    found = world(
        person("X", service=[{"since": "2020-07-01", "position_id": "H", "term_until": "2025-06-30"}]),
        person("A", "E", service=[acting]),
        person("B", "G", kind="rotation", planned_until="2025-12-31"),
        person("C", "I", kind="rotation", planned_until="2025-12-31"),
        positions=[post("K", acting_months=6)],
        pools=[*listed("E", "B"), {"position_id": "H", "person_id": "A", "since": "2024-12-15"}],
        decisions=[
            {"kind": "appoint", "person_id": "A", "position_id": "H", "from": "2025-10-01", "status": "proposed"},
            {"kind": "rotate", "person_id": "A", "position_id": "I", "from": "2025-10-01", "status": "decided"},
        ],
        exemptions=[
            {"rule": "months_left", "subject": "B+E", "authority": "P", "reason": "r", "decided": "2024-08-31",
             "until": "2025-08-31"},
            {"rule": "months_left", "subject": "B+H", "authority": "P", "reason": "r", "decided": "2024-08-31"},
        ],
    )  # fmt: skip
    assert [(o.due, o.kind, o.position, o.person, o.detail) for o in page(found).overdue] == [
        (DAY(2025, 6, 30), "term", "H", "X", None),
        (DAY(2025, 8, 31), "exemption", "E", "B", "months_left"),
        (DAY(2025, 10, 1), "decision", "H", "A", "appoint"),
        (DAY(2025, 11, 1), "acting", "K", "A", None),
        (DAY(2025, 12, 15), "review", "H", None, None),
        (DAY(2025, 12, 31), "rotation", "G", "B", None),
    ]


def test_a_round_of_the_last_year_reviews_all_lists_of_its_system() -> None:
    # H's name is from 2023; the round of 30 November 2025 has looked at it. That of the other system has not.
    old = listed("H", "A", since="2023-01-31")
    reviewed = {"round_id": "Q", "approved_on": "2025-11-30"}
    assert [o.kind for o in page(world(*PEOPLE, pools=old)).overdue] == ["review"]
    assert page(world(*PEOPLE, pools=old, rounds=[reviewed])).overdue == ()
    other = page(world(*PEOPLE, pools=old, rounds=[reviewed | {"system": "party"}]))
    assert [o.kind for o in other.overdue] == ["review"]


def test_holders_and_planned_people_without_a_class_are_told_with_the_years() -> None:
    # X has all three years, A two; N, in the list, entered in 2024 and has that year and 2025; B has nothing.
    def rated(i: str, *years: int) -> list[dict[str, Any]]:
        return [{"person_id": i, "year": y, "rating": "good"} for y in years]

    found = world(
        person("X", "H"), person("A", "E"), person("B", "G"), person("N", rank="DEP", service_since="2024-03-01"),
        pools=listed("H", "N"),
        ratings=[*rated("X", 2023, 2024, 2025), *rated("A", 2023, 2025), *rated("N", 2024, 2025)],
    )  # fmt: skip
    assert [(u.person, u.years) for u in page(found).unrated] == [("A", (2024,)), ("B", (2023, 2024, 2025))]
    assert page(world(*PEOPLE)).unrated == ()
    assert HeadPages(world(*PEOPLE).quo, planned=False).ratings_absent
