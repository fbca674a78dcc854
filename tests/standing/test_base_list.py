"""The base list of one post, by hand; and that what clears a rule's no is the first day on which it lets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from planner import api
from planner.domain.dates import ONE_DAY
from planner.domain.violation import Verdict
from planner.standing import base_list
from planner.standing.base_list import HOLDER, LEAVES, BaseList, Source
from planner.standing.gaps import Gaps
from planner.standing.refusals import refused
from planner.verify import status_quo_of
from tests.twins.universe import Universe, World, case_of, course, entry, person, post, round_, session, u, v

DAY = dt.date
RULES = (
    entry("upward_only"),
    entry("pool_discipline", forms=("reprimand", "warning")),
    entry("discipline_wait", months={"reprimand": 24, "warning": 36}),
    entry("kin_apart"),
    entry("rotation_length", months=12),
)
UNITS = [
    {"unit_id": "P", "name": "Province", "kind": "province"},
    {"unit_id": "U", "name": "Department", "parent_id": "P"},
    {"unit_id": "D", "name": "Division", "parent_id": "U"},
    {"unit_id": "W", "name": "Other department", "parent_id": "P"},
]


def world(*people: Any, rules: Any = RULES, until: str = "2028-12-31", **tables: Any) -> World:
    positions = tables.pop("positions", [])
    posts = [post("H", standard="theory", successors=1), post("E", "DEP"), post("F", "DEP"), post("G", "DEP", "D"),
             post("I", "DEP", "W"), *positions]  # fmt: skip
    case = case_of(people, positions=posts, units=UNITS, **tables)
    return World(Universe("base list", case, rules, (), until))


def sources(found: World, position: str = "H") -> dict[str, Source]:
    return {s.person: s for s in BaseList(found.quo).of(position)}  # type: ignore[arg-type]


# The head X leaves on 1 January 2027; the list of H is decided on 31 March 2026; H asks for advanced theory.
X = person("X", "H", leaves="2027-01-01")
A = person("A", "E", levels={"theory": "advanced"})


def test_everyone_plannable_is_there_with_where_they_come_from() -> None:
    # B sits in a division of the department, C in another department, O is nobody's cadre; S is two steps below.
    found = world(
        X, A, person("B", "G"), person("C", "I"), person("O", rank="DEP", outside=True), person("S", rank="STAFF"),
        rounds=[round_()],
    )  # fmt: skip
    assert {i: (s.origin, s.plannable) for i, s in sources(found).items()} == {
        "A": ("in_house", True),
        "B": ("in_house", True),
        "C": ("elsewhere", True),
        "O": ("outside", True),
    }


def test_who_is_named_and_fails_is_there_with_the_reason() -> None:
    # S is nominated from too far below; L is in the list and gone by the round; X holds the post and is in the list.
    found = world(
        X, A, person("S", rank="STAFF"), person("L", rank="DEP", leaves="2026-03-01"),
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": i, "since": "2024-01-01"} for i in ("L", "X")],
        nominations=[{"position_id": "H", "person_id": "S", "round_id": "R", "proposed_by": "A", "opinion": "yes",
                      "step": "3", "votes_for": 7, "votes_of": 12}],
    )  # fmt: skip
    listed = sources(found)
    assert sorted(listed) == ["A", "L", "S", "X"]
    assert [(r.rule, r.reason and r.reason.code) for r in listed["S"].refusals] == [
        ("upward_only", "reason.step_too_large")
    ]
    assert [r.rule for r in listed["L"].refusals] == [LEAVES]
    assert [r.rule for r in listed["X"].refusals] == [HOLDER]
    assert [i for i, s in listed.items() if s.plannable] == ["A"]
    (nomination,) = listed["S"].nominations
    assert (nomination.proposed_by, nomination.votes_for, nomination.votes_of) == ("A", 7, 12)


def test_the_day_of_being_ready_waits_for_the_level_and_for_the_sanction() -> None:
    # B's course of the case ends on 15 June 2026. Q was warned on 1 May 2024: 36 months later is 1 May 2027.
    # E has what is asked for; N has no advanced theory and no class.
    found = world(
        X, A, person("B", "F"), person("Q", "G", levels={"theory": "advanced"}), person("N", "I"),
        rounds=[round_()],
        courses=[course()],
        enrolments=[{"person_id": "B", "course_id": "K", "since": "2025-10-01", "until": "2026-06-15"}],
        discipline=[{"person_id": "Q", "form": "warning", "decided": "2024-05-01", "expires": "2025-05-01"}],
    )  # fmt: skip
    listed = sources(found)
    assert {i: s.ready_on for i, s in listed.items()} == {
        "A": DAY(2026, 1, 1),
        "B": DAY(2026, 6, 15),
        "Q": DAY(2027, 5, 1),
        "N": None,
    }
    # X leaves on 1 January 2027, before the wait is over: that is what keeps Q from it.
    assert [(r.rule, r.stage, r.clears_on) for r in listed["Q"].refusals] == [
        ("discipline_wait", "appoint", DAY(2027, 5, 1))
    ]
    assert [(g.by, g.action, g.on) for g in listed["B"].gaps] == [("enrolment", "K", DAY(2026, 6, 15))]
    assert [(g.by, g.action, g.on) for g in listed["N"].gaps] == [("wanted_course", "K", None)]


def test_nearly_plannable_is_who_lacks_one_thing_that_clears_within_24_months() -> None:
    # Both sanctions still run on 31 March 2026. Q's ends on 10 January 2027; T's on 1 April 2028, a day too late.
    # R's ends in time, but R also lacks the degree in law that J asks for, and no course is under way.
    warned = {"form": "warning", "decided": "2025-06-01"}
    found = world(
        X, person("Q", "E", levels={"law": "degree"}), person("T", "F", levels={"law": "degree"}), person("R", "G"),
        positions=[post("J", standard="law")],
        rounds=[round_()],
        discipline=[
            {"person_id": "Q", "expires": "2027-01-10", **warned},
            {"person_id": "T", "expires": "2028-04-01", **warned},
            {"person_id": "R", "expires": "2027-01-10", **warned},
        ],
    )  # fmt: skip
    near = {i: (s.plannable, s.plannable_from) for i, s in sources(found, "J").items()}
    assert near == {"Q": (False, DAY(2027, 1, 10))}


def test_a_relative_in_the_leadership_is_told_with_the_day_on_which_he_leaves() -> None:
    # B's brother E1 is deputy in the department until 1 March 2028, and X goes on 1 January 2027.
    # C's sister F1 is deputy there too, and retires only after C.
    def kin(a: str, b: str) -> dict[str, str]:
        return {"person_a": a, "person_b": b, "relation": "sibling"}

    found = world(
        X, person("E1", "E", leaves="2028-03-01"), person("F1", "F", leaves="2050-01-01"),
        person("B", "I"), person("C", rank="DEP", leaves="2049-01-01"), person("N", rank="DEP"),
        rounds=[round_()],
        relations=[kin("B", "E1"), kin("F1", "C"), kin("N", "X")],
    )  # fmt: skip
    listed = sources(found)
    told = {i: [(r.rule, r.clears_on) for r in s.refusals] for i, s in listed.items()}
    assert told["B"] == [("kin_apart", DAY(2028, 3, 1))]
    assert told["C"] == [("kin_apart", None)]
    # N's relative is X, who is gone when H falls empty.
    assert told["N"] == []


def test_very_many_from_elsewhere_are_counted_and_those_named_are_listed_all_the_same(monkeypatch: Any) -> None:
    # B, C and N are of another department; N is nominated. One more than may be listed: B and C are only counted.
    people = (X, A, person("B", "I"), person("C", "J"), person("N", "K"))
    found = world(
        *people, positions=[post("J", "DEP", "W"), post("K", "DEP", "W")],
        nominations=[{"position_id": "H", "person_id": "N", "round_id": "R"}],
    )  # fmt: skip
    monkeypatch.setattr(base_list, "MOST_ELSEWHERE", 1)
    sources_ = BaseList(found.quo)
    assert ([s.person for s in sources_.of("H")], sources_.others("H")) == (["A", "N"], 2)  # type: ignore[arg-type]
    assert [s.person for s in sources_.of("H", everyone=True)] == ["A", "B", "C", "N"]  # type: ignore[arg-type]
    monkeypatch.setattr(base_list, "MOST_ELSEWHERE", 2)
    sources_ = BaseList(found.quo)
    assert [s.person for s in sources_.of("H")] == ["A", "B", "C", "N"]  # type: ignore[arg-type]
    assert sources_.others("H") == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["department", "first-office"])
def test_all_at_once_is_plannable_who_is_plannable_one_by_one(name: str) -> None:
    standing = status_quo_of(api.load(name))
    sources_ = BaseList(standing)
    for position in standing.ground.listable:
        day = standing.ground.plan_day(position)
        one_by_one = {i for i in standing.ground.case.person if standing.plannable(i, position, day)}
        assert sources_.plannable(position) == one_by_one


# ---- what closes a gap --------------------------------------------------------------------------------------------


def closings(found: World, person_id: str, position: str = "H", *keys: Any) -> list[tuple[str, str | None, Any]]:
    line = found.standing(frozenset(k for some in keys for k in some)).line
    return [(g.by, g.action, g.on) for g in Gaps(line).of(person_id, position, "appoint")]  # type: ignore[arg-type]


CLASSES = [session("S1", "2026-02-01", "2026-08-31"), session("S2", "2026-03-01", "2026-07-31")]


def test_the_class_that_ends_first_is_the_next_and_a_place_of_the_plan_is_settled() -> None:
    found = world(X, person("B", "F"), courses=[course()], sessions=CLASSES)
    assert closings(found, "B") == [("possible_course", "S2", DAY(2026, 7, 31))]
    assert closings(found, "B", "H", u("B", "S1")) == [("course", "S1", DAY(2026, 8, 31))]


def test_a_class_that_wants_another_first_counts_where_that_one_can_be_attended_in_time() -> None:
    # The advanced class wants intermediate theory: the basic class T1 ends in time for S1 and not for S0.
    tables: dict[str, Any] = {
        "courses": [course(needs="theory:intermediate"), course("B", "theory:intermediate")],
        "sessions": [session("S0", "2026-04-01", "2026-06-30"), session("S1", "2026-07-01", "2026-11-30")],
    }
    basic = session("T1", "2026-01-05", "2026-05-31", "B")
    with_basic = world(X, person("B", "F"), **tables | {"sessions": [*tables["sessions"], basic]})
    assert closings(with_basic, "B") == [("possible_course", "S1", DAY(2026, 11, 30))]
    assert closings(world(X, person("B", "F"), **tables), "B") == [("wanted_course", "K", None)]
    has_it = world(X, person("B", "F", levels={"theory": "intermediate"}), **tables)
    assert closings(has_it, "B") == [("possible_course", "S0", DAY(2026, 6, 30))]


def test_a_class_for_holders_alone_takes_no_reserve_and_one_for_the_planned_does() -> None:
    people = (X, person("N", rank="DEP"))
    holders = world(*people, courses=[course(admits="in_post")], sessions=CLASSES)
    assert closings(holders, "N") == [("wanted_course", "K", None)]
    planned = world(*people, courses=[course(admits="in_post_or_planned:HEAD")], sessions=CLASSES)
    assert closings(planned, "N") == [("possible_course", "S2", DAY(2026, 7, 31))]
    elsewhere = world(*people, courses=[course(admits="in_post_or_planned:DIV")], sessions=CLASSES)
    assert closings(elsewhere, "N") == [("wanted_course", "K", None)]


def test_time_closes_months_of_service_and_a_rotation_those_away() -> None:
    # B has been deputy since 1 October 2025: 24 months on 1 October 2027. Away for 6 months asks for a rotation; the
    # plan's begins on 1 July 2026. S is no deputy and nothing makes one of him.
    posts = [post("J", standard="deputy"), post("M", standard="away")]
    found = world(X, person("B", "F", since="2025-10-01"), person("S", rank="DIV"), positions=posts)
    assert closings(found, "B", "J") == [("time", None, DAY(2027, 10, 1))]
    assert closings(found, "S", "J") == [("wanted_service", None, None)]
    assert closings(found, "B", "M") == [("wanted_rotation", None, None)]
    assert closings(found, "B", "M", v("B", "I", 1)) == [("rotation", "I", DAY(2027, 1, 1))]


# ---- clears: the first day on which the rule lets, by brute force --------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_a_refusal_clears_on_the_first_day_on_which_the_rule_lets(seed: int) -> None:
    # Up to four sanctions each, some without a form, some without an end; the rules end on a day in half of the cases.
    rng = np.random.default_rng(seed)

    def some_day() -> str:
        return (DAY(2023, 1, 1) + dt.timedelta(days=int(rng.integers(0, 1200)))).isoformat()

    rows = []
    for name in "ABC":
        for _ in range(int(rng.integers(1, 5))):
            row = {"person_id": name, "decided": some_day()}
            row |= {"form": str(rng.choice(["reprimand", "warning", "removal"]))} if rng.random() < 0.9 else {}
            if rng.random() < 0.85:
                row["expires"] = (DAY.fromisoformat(row["decided"]) + dt.timedelta(days=365)).isoformat()
            rows.append(row)
    until = {"until": "2027-02-14"} if seed % 2 else {}
    rules = (
        entry("pool_discipline", forms=("reprimand", "warning"), **until),
        entry("discipline_wait", months={"reprimand": 24, "warning": 36}, **until),
        entry("upward_only", **until),
        entry("months_left", min=60, **until),
    )
    people = [person(i, p, leaves="2032-06-01") for i, p in zip("ABC", "EFG", strict=True)]
    found = world(X, *people, rules=rules, discipline=rows)
    told = 0
    for rule in found.bound.personal:
        for i in "ABC":
            for stage in rule.stages_in_use:
                for position in "HE":
                    refusal = refused(rule, i, position, stage, found.as_of)  # type: ignore[arg-type]
                    if refusal is None:
                        continue
                    days = [found.as_of + dt.timedelta(days=n) for n in range(3000)]
                    lets = [d for d in days if rule.allows(i, position, stage, d).ok]  # type: ignore[arg-type]
                    first = min(lets, default=None)
                    assert refusal.clears_on == first, (rule.id, i, position, stage)
                    if first is not None:
                        told += 1
                        assert not rule.allows(i, position, stage, first - ONE_DAY).ok  # type: ignore[arg-type]
    assert told > 0


@pytest.mark.parametrize("unknown", ["passes", "fails"])
@pytest.mark.parametrize("years", [1, 2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_a_rating_that_is_not_enough_clears_on_the_first_day_that_can_be_told(
    seed: int, years: int, unknown: str
) -> None:
    # Ratings of 2023 to 2028 at random, some missing. Beyond 2028 nobody is rated: where that fails, no later day lets.
    rng = np.random.default_rng(100 * seed + years)
    rows = [
        {"person_id": i, "year": year, "rating": str(rng.choice(["excellent", "complete", "not_complete"]))}
        for i in "AB"
        for year in range(2023, 2029)
        if rng.random() < 0.8
    ]
    rule = entry("rating_floor", min="complete", years=years, unknown=unknown)
    found = world(X, person("A", "E"), person("B", "F"), rules=(rule,), ratings=rows)
    days = [DAY(year, month, day) for year in range(2026, 2040) for month, day in ((1, 1), (1, 2), (12, 31))]
    (bound,) = found.bound.personal
    for i in "AB":
        for day in days:
            refusal = refused(bound, i, "H", "plan", day)  # type: ignore[arg-type]
            lets = [d for d in days if d > day and bound.allows(i, "H", "plan", d).ok]  # type: ignore[arg-type]
            if refusal is not None and day.year < 2034:
                assert refusal.clears_on == min(lets, default=None), (i, day)
            else:
                assert refusal is None or unknown == "fails"


def test_a_refusal_that_would_clear_beyond_every_calendar_never_clears() -> None:
    # Each verdict names the next first of January, and on it the rule says no again.
    found = world(X, person("A", "E"), rules=(entry("upward_only"),))
    (rule,) = found.bound.personal
    rule.judge = lambda i, p, stage, on: Verdict(False, rule.id, None, DAY(on.year + 1, 1, 1))  # type: ignore[method-assign]
    assert refused(rule, "A", "H", "appoint", found.as_of).clears_on is None  # type: ignore[arg-type,union-attr]


def test_a_rule_that_an_exemption_covers_is_shown_and_refuses_nothing() -> None:
    # Q's warning runs on 31 March 2026: without the exemption Q is not plannable. T has none, and R needs none.
    warned = {"form": "warning", "decided": "2025-06-01"}
    waivable = entry("pool_discipline", forms=("warning",), waived_by="province")
    exempt = {"rule": "pool_discipline", "authority": "province", "reason": "r", "decided": "2026-01-01"}
    found = world(
        X, person("Q", "E"), person("R", "F"), person("T", "G"), rules=(waivable,), rounds=[round_()],
        discipline=[{"person_id": i, **warned} for i in "QT"],
        exemptions=[{**exempt, "subject": f"{i}+H"} for i in "QR"],
        pools=[{"position_id": "H", "person_id": "T", "since": "2024-01-01"}],
    )  # fmt: skip
    shown = {i: (s.plannable, [r.rule for r in s.waived]) for i, s in sources(found).items()}
    assert shown == {"Q": (True, ["pool_discipline"]), "R": (True, []), "T": (False, [])}


@pytest.mark.parametrize("name", ["department", "first-office"])
def test_every_refusal_of_a_shipped_case_lasts_until_the_day_that_is_told(name: str) -> None:
    # By brute force: day by day the rule says no until the day told, and yes on it; where none is told, always no.
    standing = status_quo_of(api.load(name))
    rules = {rule.id: rule for rule in standing.bound.personal}
    horizon, told = standing.ground.horizon, set()
    last = (horizon.until - horizon.as_of).days
    sources_ = BaseList(standing)
    for source in (s for p in standing.ground.listable for s in sources_.of(p)):
        for refusal in source.refusals:
            if refusal.rule not in rules:
                continue
            rule, wanted = rules[refusal.rule], standing.expected.wanted_by.get(source.position, source.plan_day)
            first = source.plan_day if refusal.stage == "plan" else wanted
            days = (first + dt.timedelta(days=n) for n in range(last))
            lets = (d for d in days if rule.allows(source.person, source.position, refusal.stage, d).ok)
            found = next(lets, None)
            if refusal.clears_on is None or refusal.clears_on < first + dt.timedelta(days=last):
                assert refusal.clears_on == found, (refusal.rule, source.person, source.position)
                told.add((refusal.rule, found is None))
    assert any(cleared for _, cleared in told)
    assert {"department": 4, "first-office": 2}[name] <= len(told)
