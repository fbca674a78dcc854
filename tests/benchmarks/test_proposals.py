"""What a head would ask of a plan, counted on plans of a few decisions made by hand.

The periods: P0 2026-01-01 to 06-30, P1 to 12-31, P2 2027-01-01 to 06-30. The round R is approved on 2026-03-31.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.family import Province
from benchmarks.proposals import ROWS, Proposals
from benchmarks.record import PROPOSALS, PROPOSALS_BEFORE, Record, is_baseline
from benchmarks.report import Report
from planner.domain.content import Content
from planner.domain.record import Name
from planner.domain.suitability import Component, SuitabilitySpec
from tests.twins.universe import (
    Key,
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
)

RULES = (entry("appointment_from_pool"), entry("order_after_list", days=60))
CLASSES = {"excellent": 100, "good": 70, "complete": 40}


def content() -> Content:
    """Suitability is the class of the last year and nothing else: 100, 70 or 40 points, 50 where there is none."""
    results = Component(id="results", name=Name(en="results"), weight=100, source="ratings", values=CLASSES, years=(1,))
    return replace(content_of(), suitability=SuitabilitySpec(source="test", status="proposed", components=(results,)))


def rated(**classes: str) -> list[dict[str, Any]]:
    return [{"person_id": i, "year": 2025, "rating": rating} for i, rating in classes.items()]


def listed(position: str, *people: str, since: str = "2024-01-01") -> list[dict[str, Any]]:
    return [{"position_id": position, "person_id": i, "since": since, "status": "add"} for i in people]


def measured(*keys: list[Key], people: list[Any], positions: list[Any], rules: Any = RULES, **tables: Any) -> Proposals:
    case = case_of(people, positions=positions, **tables)
    world = World(Universe("proposals", case, rules, (), content=content()))
    return Proposals(world.standing(frozenset(key for some in keys for key in some)))


def test_an_appointment_is_of_the_list_that_has_had_the_name_for_long_enough() -> None:
    # In P1, judged on 2026-07-01, a name of the round of 2026-03-31 has stood 92 days: enough. Of the round of 05-15 it
    # has stood 47. A is an old name of the own list, B a new one, C an old one of another's, D a new one of late.
    posts = [post(p, unit=p, term_system=system) for p, system in (("P", "s"), ("Q", "s"), ("R", "s"), ("S", "late"))]
    rounds = [round_(system="s"), {"round_id": "L", "approved_on": "2026-05-15", "system": "late"}]
    found = measured(
        x("A", "P"), x("B", "Q"), x("C", "P"), x("D", "S"),
        a("A", "P", 1), a("B", "Q", 1), a("C", "R", 1), a("D", "S", 1),
        people=[person(i, rank="DEP") for i in "ABCD"],
        positions=posts,
        pools=listed("P", "A", "C"),
        rounds=rounds,
    )  # fmt: skip
    kinds = {m.person: found.kind_of_list(m) for m in found.plan.appointments}
    assert kinds == {"A": "own", "B": "own_added", "C": "other", "D": "too_short"}
    # From 2024-01-01: 912 days to 2026-07-01; from the rounds 92 and 47.
    assert sorted(found.days_after_list) == [47, 92, 912, 912]


def test_a_move_between_equal_posts_needs_no_list() -> None:
    found = measured(
        a("A", "Q", 1), people=[person("A", "P")], positions=[post("P"), post("Q")], rounds=[round_()]
    )  # fmt: skip
    assert found.figures()["none"] == 1
    assert "list_least" not in found.figures()


def test_the_share_by_own_list_is_of_appointments_that_a_listed_person_could_have_had() -> None:
    # P has a listed name with the level, and gets a stranger to its list. Q has one who can never have the level.
    found = measured(
        x("A", "P"), x("B", "Q"), x("C", "P", "Q"), x("D", "S"), a("D", "P", 1), a("C", "Q", 1),
        people=[person("A", rank="DEP", levels={"theory": "advanced"}), person("B", rank="DEP"),
                person("C", rank="DEP", levels={"theory": "advanced"}),
                person("D", rank="DEP", levels={"theory": "advanced"})],
        positions=[post("P", standard="theory"), post("Q", unit="Q", standard="theory"), post("S", unit="S")],
        pools=[*listed("P", "A"), *listed("Q", "B"), *listed("S", "D")],
        rounds=[round_()],
    ).figures()  # fmt: skip
    # For P A and C could have come, so it counts and is by another's list; Q counts because of C, whom it takes.
    assert (found["could"], found["could_own"]) == (2, 1)


def test_who_is_passed_over_suits_best_of_those_who_could_lawfully_have_come_and_come_nowhere() -> None:
    # E (excellent) lacks the level and no course gives it; A (good) is free and listed; C (excellent) is appointed
    # elsewhere; D is appointed and only `complete`.
    found = measured(
        x("A", "P"), x("C", "Q"), x("D", "P"), x("E", "P"), a("D", "P", 1), a("C", "Q", 1),
        people=[*(person(i, rank="DEP", levels={"theory": "advanced"}) for i in "ACD"), person("E", rank="DEP")],
        positions=[post("P", standard="theory"), post("Q", unit="Q")],
        pools=listed("P", "A", "D"),
        rounds=[round_()],
        ratings=rated(A="good", C="excellent", D="complete", E="excellent"),
    )  # fmt: skip
    passed = {m.position: i for m, i in found.passed_over.items()}
    assert passed == {"P": "A", "Q": "E"}  # Q asks for no level, and any round may have put E into its list
    figures = found.figures()
    assert (figures["suitability_appointed"], figures["suitability_passed"]) == (70, 85)  # (40 + 100), (70 + 100) / 2
    assert figures["below_a_listed_name"] == 1  # E is in no list of Q


def test_a_relative_in_the_way_is_not_passed_over() -> None:
    # K sits beside the post and lacks the level.
    able = {"theory": "advanced"}
    people = [person("A", rank="DEP", levels=able), person("B", rank="DEP", levels=able), person("K", "H", rank="HEAD")]
    tables: dict[str, Any] = {
        "people": people,
        "positions": [post("P", standard="theory"), post("H")],
        "rules": (*RULES, entry("kin_apart")),
        "rounds": [round_()],
    }
    relation = [{"person_a": "A", "person_b": "K", "relation": "sibling"}]
    free = measured(x("B", "P"), a("B", "P", 1), **tables)
    kept_out = measured(x("B", "P"), a("B", "P", 1), **tables, relations=relation)
    assert list(free.passed_over.values()) == ["A"]
    assert list(kept_out.passed_over.values()) == [None]


def test_a_nomination_is_honoured_refused_or_finds_the_list_full() -> None:
    # A is in the list; B is appointed without; C would hold the post already; D finds two names of at most two; E is
    # passed over where there is room.
    nominations = [{"position_id": p, "person_id": i, "round_id": "R"} for i, p in zip("ABCDE", "PQRPS", strict=True)]
    found = measured(
        x("A", "P"), x("F", "P"), a("B", "Q", 1),
        people=[*(person(i, rank="DEP") for i in "ABDEF"), person("C", "R", rank="HEAD")],
        positions=[post(p, unit=p) for p in "PQRS"],
        rules=(entry("pool_size", max=2),),
        nominations=nominations,
        rounds=[round_()],
    )  # fmt: skip
    assert [found.nomination(i, p) for i, p in found.nominations] == [
        "honoured", "honoured", "refused", "full", "passed_over",
    ]  # fmt: skip
    assert found.figures()["honoured"] == 2


@pytest.mark.parametrize(
    ("standard", "rank", "pairs"),
    [
        ("free", "HEAD", 1),
        ("theory", "HEAD", 0),  # the straight filling was not possible: neither has the level for the post at home
        ("free", "DEP", 0),  # not the same rank
    ],
)
def test_two_people_are_sent_crosswise_where_each_could_have_the_post_at_home(
    standard: str, rank: str, pairs: int
) -> None:
    # The posts that they leave behind ask for what neither has; B goes to U, and A to W.
    positions = [post("PU", rank, unit="U", standard=standard), post("PW", unit="W", standard=standard)]
    found = measured(
        x("A", "PW"), x("B", "PU"), a("A", "PW", 1), a("B", "PU", 1),
        people=[person("A", rank="DIV", unit_id="U"), person("B", rank="DIV", unit_id="W")],
        positions=positions,
        rules=(),
        rounds=[round_()],
    )  # fmt: skip
    assert found.figures()["crosswise"] == pairs
    assert found.figures()["elsewhere"] == 2


def test_nobody_is_sent_crosswise_where_each_comes_home() -> None:
    found = measured(
        x("A", "PU"), x("B", "PW"), a("A", "PU", 1), a("B", "PW", 1),
        people=[person("A", rank="DEP", unit_id="U"), person("B", rank="DEP", unit_id="W")],
        positions=[post("PU", unit="U"), post("PW", unit="W")],
        rounds=[round_()],
    )  # fmt: skip
    assert (found.figures()["crosswise"], found.figures()["elsewhere"]) == (0, 0)


def test_a_seat_waits_from_the_move_that_opens_it() -> None:
    # A leaves D for P in P1 (2026-07-01); B comes to D in P2 (2027-01-01): 184 days.
    found = measured(
        x("A", "P"), x("B", "D"), a("A", "P", 1), a("B", "D", 2),
        people=[person("A", "D", rank="DEP"), person("B", rank="DIV")],
        positions=[post("P"), post("D", "DEP")],
        rounds=[round_()],
    )  # fmt: skip
    assert list(found.days_after_opening()) == [184]
    assert found.figures()["plan_least"] == 181  # from 2026-01-01 to 07-01


def test_a_path_is_what_closes_every_demand_by_the_end() -> None:
    # A has the level, B a place, C neither; D is a deputy since 2025-06, and has 24 months by 2027-06-01.
    found = measured(
        x("A", "P"), x("B", "P"), x("C", "P"), x("D", "Q"), u("B", "S1"),
        people=[person("A", rank="DEP", levels={"theory": "advanced"}), person("B", rank="DEP"),
                person("C", rank="DEP"), person("D", rank="DEP", since="2025-06-01")],
        positions=[post("P", standard="theory"), post("Q", standard="deputy")],
        rounds=[round_()],
        courses=[course()],
        sessions=[session("S1", "2026-09-01", "2026-12-01", seats=1)],
    )  # fmt: skip
    paths = {i: found.has_path(i, p) for i, p in found.names}
    assert paths == {"A": True, "B": True, "C": False, "D": True}


@pytest.mark.parametrize(
    ("seats", "min_seats", "leaves", "wanted"),
    [
        (3, 0, "2060-01-01", 2),  # one place given, two left, for C and D
        (2, 0, "2060-01-01", 1),
        (1, 0, "2060-01-01", 0),
        (3, 4, "2060-01-01", 0),  # three would be too few to hold the class
        (3, 0, "2027-11-30", 1),  # D leaves within a year of the end of the class
    ],
)
def test_free_places_are_wanted_by_listed_people_whom_nothing_else_helps(
    seats: int, min_seats: int, leaves: str, wanted: int
) -> None:
    # A has the level already; X is in no list.
    found = measured(
        x("A", "P"), x("B", "P"), x("C", "P", "Q"), x("D", "Q"), u("B", "S1"),
        people=[person("A", rank="DEP", levels={"theory": "advanced"}), person("B", rank="DEP"),
                person("C", rank="DEP"), person("D", rank="DEP", leaves=leaves), person("X", rank="DEP")],
        positions=[post("P", standard="theory"), post("Q", standard="theory")],
        rounds=[round_()],
        courses=[course()],
        sessions=[session("S1", "2026-09-01", "2026-12-01", seats=seats, min_seats=min_seats)],
    )  # fmt: skip
    assert found.free_places_wanted() == wanted


@pytest.mark.parametrize("comes_back", [True, False])
def test_a_promised_return_is_kept_by_an_appointment_to_that_post(comes_back: bool) -> None:
    rotating = person("A", "W1", kind="rotation", since="2025-01-01", planned_until="2026-07-01", return_to="P")
    found = measured(
        a("A", "P", 1) if comes_back else [],
        people=[rotating],
        positions=[post("P"), post("W1", unit="W")],
        rounds=[round_()],
    )  # fmt: skip
    assert list(found.returns()) == [comes_back]


def test_designated_successors_have_a_mean_of_their_own() -> None:
    found = measured(
        x("A", "P"), x("B", "Q"), g("A", "P"), g("B", "Q"),
        people=[person("A", rank="DEP"), person("B", rank="DEP")],
        positions=[post("P", successors=1), post("Q", successors=1)],
        ratings=rated(A="good", B="excellent"),
        rounds=[round_()],
    )  # fmt: skip
    assert found.figures()["suitability_designated"] == 85
    assert "suitability_appointed" not in found.figures()


def test_the_table_sets_the_plans_of_both_versions_side_by_side(tmp_path: Path) -> None:
    figures = measured(people=[person("A", "P")], positions=[post("P")], rounds=[round_()]).figures()
    before = Record("department", PROPOSALS_BEFORE, 90.0, 1, "m", "12345678", "2026-01-01", proposals=figures)
    after = replace(before, who=PROPOSALS, proposals=figures | {"appointments": 4, "could": 3, "could_own": 2})
    province = replace(after, case=Province(300, 1250, 2).key, seconds=120.0)
    assert Record.read(after.text()) == after
    assert not is_baseline(PROPOSALS)
    text = "\n".join(Report([before, after, province], tmp_path).lines())
    assert "|  | department, before | department, after | seed 2, after |" in text
    assert "| appointments | 0 | 4 | 4 |" in text
    assert "| by own list, where it could be | - | 66.7% (2 of 3) | 66.7% (2 of 3) |" in text
    assert "| promised returns kept | - | - | - |" in text
    assert all(f"- *{row.title}*: " in text for row in ROWS)
