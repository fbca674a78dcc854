"""What entries tell without judging: terms that end, how they go on, ratings and checks that are missing.

The plan begins on 2026-01-01 and ends on 2027-06-30.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.errors import InputError
from planner.domain.violation import Note
from tests.twins.universe import Key, Universe, World, a, case_of, entry, person, post, round_, x


def world(*rules: Any, people: list[Any], positions: list[Any], **tables: Any) -> World:
    return World(Universe("notes", case_of(people, positions=positions, **tables), rules, ()))


def told(found: World, *keys: list[Key]) -> list[tuple[Any, ...]]:
    standing = found.standing(frozenset(key for some in keys for key in some))
    return [(n.kind, n.person, n.position, n.on and n.on.isoformat()) for n in found.bound.notes(standing.line)]


def figures(found: World, *keys: list[Key]) -> list[dict[str, Any]]:
    standing = found.standing(frozenset(key for some in keys for key in some))
    return [dict(n.reason.values) for n in found.bound.notes(standing.line)]


# ---- terms ---------------------------------------------------------------------------------------------------------


def test_a_term_that_ends_within_the_horizon_is_told_and_one_that_ends_later_is_not() -> None:
    # Five years from 2021-07-01 end on 2026-07-01, from 2022-07-01 on 2027-07-01: one day beyond the horizon.
    # From 2016-07-01 the second term ends on 2026-07-01. Of D nothing is known.
    found = world(
        entry("appointment_term", force="info"),
        people=[
            person("A", "P", since="2021-07-01"), person("B", "Q", since="2022-07-01"),
            person("C", "R", since="2016-07-01"), person("D", "S", since=None),
        ],
        positions=[post(p) for p in "PQRS"],
    )  # fmt: skip
    assert told(found) == [("term_ends", "A", "P", "2026-07-01"), ("term_ends", "C", "R", "2026-07-01")]


def test_the_term_on_record_counts_and_who_has_left_the_post_by_then_is_not_told() -> None:
    service = [{"since": "2021-01-01", "position_id": "P", "term_until": "2027-03-01"}]
    found = world(
        entry("appointment_term", force="info"),
        people=[person("A", service=service), person("B", "Q", since="2022-01-01")],
        positions=[post("P"), post("Q", "DEP"), post("R", "HEAD", unit="W")],
    )
    assert told(found) == [("term_ends", "B", "Q", "2027-01-01"), ("term_ends", "A", "P", "2027-03-01")][::-1]
    assert told(found, a("B", "R", 1)) == [("term_ends", "A", "P", "2027-03-01")]


def test_the_term_of_an_appointment_of_the_plan_is_told_too() -> None:
    # Twelve months from 2026-01-01.
    found = world(entry("appointment_term", force="info", months=12), people=[person("A")], positions=[post("P")])
    assert told(found) == []
    assert told(found, a("A", "P", 0)) == [("term_ends", "A", "P", "2027-01-01")]


@pytest.mark.parametrize(
    ("leaves", "kind", "left"),
    [
        ("2031-08-01", "reappoint_full", 60),  # the last month is July 2031: 60 from July 2026
        ("2031-07-01", "reappoint_to_retirement", 59),
        ("2028-08-01", "reappoint_to_retirement", 24),
        ("2028-07-01", "extend_to_retirement", 23),
    ],
)
def test_the_months_left_at_the_end_of_a_term_say_how_it_goes_on(leaves: str, kind: str, left: int) -> None:
    found = world(
        entry("reappointment", force="info"),
        people=[person("A", "P", since="2021-07-01", leaves=leaves)],
        positions=[post("P")],
    )
    assert told(found) == [(kind, "A", "P", "2026-07-01")]
    assert figures(found) == [{"left": left}]


# ---- what is missing -----------------------------------------------------------------------------------------------


def test_missing_ratings_of_the_names_after_the_round_are_told_once_a_person() -> None:
    rated = [("A", 2023), ("A", 2024), ("A", 2025), ("B", 2022), ("B", 2024)]
    found = world(
        entry("rating_history", force="info"),
        people=[person("A"), person("B"), person("C")],
        positions=[post("P"), post("Q")],
        rounds=[round_()],
        ratings=[{"person_id": i, "year": year, "rating": "good"} for i, year in rated],
    )
    assert told(found, x("A", "P"), x("B", "P", "Q")) == [("ratings_missing", "B", None, "2026-03-31")]
    assert figures(found, x("A", "P"), x("B", "P", "Q")) == [{"years": "2023, 2025"}]


def test_a_flag_that_is_empty_is_told_for_an_appointment_and_one_that_says_no_is_refused() -> None:
    found = world(
        entry("verified", flags=("file_ok", "assets_ok")),
        people=[person("A", file_ok="yes"), person("B", file_ok="yes", assets_ok="yes"), person("C", assets_ok="no")],
        positions=[post("P")],
    )
    assert told(found, a("A", "P", 1)) == [("not_verified", "A", "P", "2026-07-01")]
    assert figures(found, a("A", "P", 1)) == [{"flags": "assets_ok"}]
    assert told(found, a("B", "P", 1)) == []
    assert ("a", "C", "P", 1) not in found.program


# ---- who nominates, who elects -------------------------------------------------------------------------------------


def test_the_head_who_sits_on_the_day_nominates_and_for_the_post_of_a_head_the_head_above() -> None:
    # X heads U up to 2026-06-30, and H follows on 2026-07-01 by the plan. D is a deputy of U, W a unit below U.
    found = world(
        entry("head_nominates", force="info"),
        people=[person("X", "P", leaves="2026-07-01"), person("H"), person("A"), person("B")],
        positions=[post("P", head=True), post("D", "DEP", seats=2), post("W", "DEP", unit="W", head=True)],
        units=[{"unit_id": "U", "name": "U"}, {"unit_id": "W", "name": "W", "parent_id": "U"}],
    )
    plan = a("H", "P", 1), a("A", "D", 0), a("B", "W", 2)
    assert told(found, *plan) == [
        ("head_nominates", "A", "D", "2026-01-01"),
        ("head_nominates", "B", "W", "2027-01-01"),
    ]
    assert figures(found, *plan) == [{"head": "X"}, {"head": "H"}]


def test_an_appointment_to_an_elected_post_is_told_and_to_another_not() -> None:
    found = world(
        entry("election_needed", force="info"),
        people=[person("A"), person("B")],
        positions=[post("P", filled_by="elect"), post("Q", filled_by="appoint")],
    )
    assert told(found, a("A", "P", 1), a("B", "Q", 1)) == [("election_needed", "A", "P", "2026-07-01")]


# ---- the force info ------------------------------------------------------------------------------------------------


def test_an_info_entry_of_a_rule_that_judges_tells_what_it_would_refuse_and_refuses_nothing() -> None:
    found = world(
        entry("pool_size", max=1, force="info"),
        people=[person("A"), person("B")],
        positions=[post("P")],
        rounds=[round_()],
    )
    plan = found.standing(frozenset([*x("A", "P"), *x("B", "P")]))
    assert found.lawful(plan)
    assert found.bound.rules == ()
    [note] = found.bound.notes(plan.line)
    assert isinstance(note, Note)
    assert (note.rule, note.kind, note.position, note.reason.values["amount"]) == ("pool_size", "breach", "P", 1)


def test_an_info_entry_tells_only_on_its_days() -> None:
    people, positions = [person("A", "P", since="2021-07-01")], [post("P")]
    late = world(entry("appointment_term", force="info", **{"from": "2026-07-02"}), people=people, positions=positions)
    assert told(late) == []


@pytest.mark.parametrize("force", ["must", {"should": 1}])
def test_a_rule_that_only_tells_cannot_be_made_to_judge(force: Any) -> None:
    with pytest.raises(InputError) as caught:
        world(entry("appointment_term", force=force), people=[person("A")], positions=[post("P")])
    [finding] = caught.value.findings
    assert (finding.code, finding.column) == ("finding.not_one_of", "appointment_term.force")
