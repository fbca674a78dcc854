"""Of every exemption it is told whether the plan rests on it, could, need not, or may not. P0 begins on 2026-01-01."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from planner.domain.case import TABLES
from planner.verify import exemption_states
from tests.twins.universe import Key, Universe, World, a, case_of, entry, person, post, round_, x

WAIVABLE = {"waived_by": "province"}


def states(world: World, *keys: list[Key]) -> list[tuple[str | None, str, dt.date | None]]:
    standing = world.standing(frozenset(key for some in keys for key in some))
    return [(s.rule, s.state, s.on) for s in exemption_states(standing)]


def exempt(rule: str, subject: str, authority: str = "province", until: str | None = None) -> dict[str, Any]:
    row = {"rule": rule, "subject": subject, "authority": authority, "reason": "r", "decided": "2025-06-01"}
    return row if until is None else row | {"until": until}


def world(*exemptions: dict[str, Any], **waived: Any) -> World:
    # A has 12 months left in July 2026, of which 24 are wanted at an appointment; B has many years.
    case = case_of(
        [person("A", rank="DEP", leaves="2027-08-01"), person("B", rank="DEP")],
        positions=[post("H")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": i} for i in "AB"],
        exemptions=exemptions,
    )
    rules = (entry("months_left", min=24, stages=("appoint",), **waived),)
    return World(Universe("exemptions", case, rules, ()))


def test_an_exemption_without_which_the_plan_breaks_the_rule_is_used() -> None:
    found = world(exempt("months_left", "A+H"), **WAIVABLE)
    kept = x("A", "H"), x("B", "H")
    assert states(found, *kept, a("A", "H", 1)) == [("months_left", "used", dt.date(2026, 7, 1))]
    assert states(found, *kept, a("B", "H", 1)) == [("months_left", "unused", None)]


def test_an_exemption_of_whom_the_rule_does_not_refuse_is_not_needed() -> None:
    found = world(exempt("months_left", "B+H"), **WAIVABLE)
    assert states(found, a("B", "H", 1)) == [("months_left", "unneeded", None)]


def test_an_exemption_that_was_over_before_the_plan_begins_has_expired() -> None:
    found = world(exempt("months_left", "A+H", until="2025-12-31"), **WAIVABLE)
    assert states(found) == [("months_left", "expired", None)]
    # One day later it is in force, though too early for any appointment to H but one on the first day.
    found = world(exempt("months_left", "A+H", until="2026-01-01"), **WAIVABLE)
    assert states(found) == [("months_left", "unused", None)]


def test_an_authority_counts_as_recorded_only_where_the_case_keeps_no_table_of_them() -> None:
    named = exempt("months_left", "A+H", "the standing committee")
    assert states(world(named, **WAIVABLE)) == [("months_left", "unused", None)]
    own = world(named, **WAIVABLE).universe
    table = ({"authority_id": "G", "name": "G", "level": "commune"},)
    rows = tuple(TABLES["authorities"].model_validate(row) for row in table)
    found = World(replace(own, case=replace(own.case, authorities=rows)))
    assert states(found) == [("months_left", "void", None)]


def test_an_exemption_is_void_where_the_rule_or_the_authority_does_not_allow_it() -> None:
    assert states(world(exempt("months_left", "A+H"))) == [("months_left", "void", None)]
    assert states(world(exempt("months_left", "A+H", "commune"), **WAIVABLE)) == [("months_left", "void", None)]
    assert states(world(exempt("kin_apart", "A+B"), **WAIVABLE)) == [(None, "no_rule", None)]


def test_of_two_exemptions_of_one_thing_the_second_is_not_needed() -> None:
    found = world(exempt("months_left", "A+H"), exempt("months_left", "A+H", until="2028-01-01"), **WAIVABLE)
    assert [state for _, state, _ in states(found, a("A", "H", 1))] == ["used", "unneeded"]


def test_an_exemption_that_was_decided_after_the_day_of_its_use_is_late() -> None:
    # A is appointed on 1 July 2026: a decision of that day is in time, one of the day after is not. One of February
    # 2026 has not been taken when the plan is made, be it used or not.
    kept = x("A", "H"), x("B", "H")
    for decided, state in (("2026-07-01", "used"), ("2026-07-02", "late")):
        found = world(exempt("months_left", "A+H") | {"decided": decided}, **WAIVABLE)
        assert states(found, *kept, a("A", "H", 1)) == [("months_left", state, dt.date(2026, 7, 1))]
    found = world(exempt("months_left", "A+H") | {"decided": "2026-02-01"}, **WAIVABLE)
    assert states(found, *kept, a("B", "H", 1)) == [("months_left", "late", None)]
