"""Under the whole rulebook vn-2025 a plan that breaks one entry on lists or appointments is refused for it alone.

The base: a director's post P, with A and B, deputies since 2020, in its list in force, and a round on 2026-03-31. Both
are kept, and A may be appointed on the first day: that plan is accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planner.verify import judge
from tests.rules.switching import province, world
from tests.twins.universe import Key, World, a, person, post, round_, x
from tools.rules_doc import entries_of

# The entries on the time of the procedure move the day that judges, and have cases of their own.
RULES = tuple(e for e in province("vn-2025").rulebook if e.strength == "must" and not e.id.startswith("order_"))


def deputy(name: str, **more: Any) -> Any:
    return person(name, **{"rank": "DEPT_DEP"} | more)


def office(*persons: Any, positions: Any = (), pool: str = "AB", **tables: Any) -> World:
    """The base with other people, posts or tables."""
    people = [*persons, *(deputy(i) for i in "AB" if i not in {p["people"][0]["person_id"] for p in persons})]
    return world(
        *RULES,
        people=people,
        positions=[post("P", "DEPT_HEAD", head=True), *positions],
        pools=[{"position_id": "P", "person_id": i} for i in pool],
        **{"rounds": [round_()]} | tables,
    )


def broken(found: World, *plan: list[Key]) -> set[str]:
    """The rules for which the plan is refused."""
    standing = found.standing(frozenset(key for some in plan for key in some))
    return {v.rule for v in judge(standing, found.quo).new}


KEPT = x("A", "P"), x("B", "P")
FIRST_DAY = x("B", "P"), a("A", "P", 0)
"""A is appointed on 2026-01-01 and so is in the list no more."""


def sanctioned(form: str, decided: str, expires: str, who: str = "A") -> dict[str, Any]:
    return {"discipline": [{"person_id": who, "side": "party", "form": form, "decided": decided, "expires": expires}]}


def in_2025(round_on: str) -> dict[str, Any]:
    return {"as_of": "2025-07-01", "until": "2026-06-30", "rounds": [round_(round_on)]}


def unit(kind: str) -> dict[str, str]:
    return {"unit_id": "U", "name": "U", "kind": kind}


def elected(system: str) -> dict[str, Any]:
    return {"filled_by": "elect", "term_system": system}


PLANS: dict[str, Callable[[], set[str]]] = {
    "pool_upward_only": lambda: broken(office(deputy("H", rank="DEPT_HEAD")), *KEPT, x("H", "P")),
    # X leaves on 2026-05-01, after the round and in its half: N is new in the list, and appointed.
    "pool_not_with_appointment": lambda: broken(
        office(person("X", "P", leaves="2026-05-01"), deputy("N")), *KEPT, x("N", "P"), a("N", "P", 0)
    ),
    # 59 months from the month of reference, and from March 2026.
    "pool_age_next_term": lambda: broken(
        office(deputy("N", leaves="2035-04-01"), rounds=[round_(age_reference_date="2030-04-15")]), *KEPT, x("N", "P")
    ),
    "pool_age_current_term": lambda: broken(office(deputy("N", leaves="2031-03-01")), *KEPT, x("N", "P")),
    "pool_discipline_377": lambda: broken(
        office(pool="B", **sanctioned("warning", "2025-09-10", "2026-09-10")), *KEPT
    ),
    "pool_max_names_per_post": lambda: broken(
        office(deputy("C"), deputy("D")), *KEPT, x("C", "P"), x("D", "P")
    ),
    "pool_max_posts_per_person": lambda: broken(
        office(positions=[post(p, "DEPT_HEAD", unit=p) for p in "QRS"]), *KEPT, x("A", *"QRS")
    ),
    "pool_not_barred": lambda: broken(office(deputy("N", barred_until="2026-03-31")), *KEPT, x("N", "P")),
    "pool_review_window": lambda: broken(office(), x("A", "P")),
    # In 2025 a reprimand bars while it runs, and in communes nothing moves before 16 September.
    "pool_discipline_50": lambda: broken(
        office(deputy("N"), **in_2025("2025-09-30"), **sanctioned("reprimand", "2025-06-01", "2026-06-01", "N")),
        *KEPT,
        x("N", "P"),
    ),
    "cadre_freeze_2025": lambda: broken(
        office(deputy("N"), units=[unit("commune")], **in_2025("2025-09-15")), *KEPT, x("N", "P")
    ),
    "cadre_freeze_2025_province": lambda: broken(
        office(deputy("N"), units=[unit("council")], **in_2025("2025-09-15")), *KEPT, x("N", "P")
    ),
    # N is in no list on the first day.
    "appt_in_pool": lambda: broken(office(deputy("N")), *KEPT, a("N", "P", 0)),
    "appt_min_tenure": lambda: broken(office(deputy("A", since="2024-01-02")), *FIRST_DAY),
    # 59 months from January 2026.
    "appt_age_full_term": lambda: broken(office(deputy("A", leaves="2031-01-01")), *FIRST_DAY),
    "appt_file_assets": lambda: broken(office(deputy("A", file_ok="no")), *FIRST_DAY),
    "appt_health": lambda: broken(office(deputy("A", health_ok="no")), *FIRST_DAY),
    # The 36 months after a warning of 2023-01-02 are over on 2026-01-02.
    "appt_post_discipline": lambda: broken(office(**sanctioned("warning", "2023-01-02", "2024-01-02")), *FIRST_DAY),
    "appt_in_discipline": lambda: broken(office(deputy("A", barred_until="2026-01-01")), *FIRST_DAY),
    # 60 months are left on the first day, 57 on the day of reference.
    "first_election_age": lambda: broken(
        office(
            deputy("E", leaves="2031-02-01"),
            positions=[post("Q", "DEPT_HEAD", unit="Q", **elected("party"))],
            rounds=[
                round_(),
                {"round_id": "T", "approved_on": "2025-02-01", "system": "party", "age_reference_date": "2026-04-01"},
            ],
            decisions=[],
            pool="ABE",
        ),
        *KEPT,
        a("E", "Q", 0),
    ),
    "rate_min_for_pool": lambda: broken(
        office(deputy("N"), ratings=[{"person_id": "N", "year": 2025, "rating": "not_complete"}]), *KEPT, x("N", "P")
    ),
}  # fmt: skip


def test_every_must_entry_on_lists_and_ratings_has_a_plan() -> None:
    placed = entries_of("vn-2025").values()
    # The entries on standards say who may waive them: that standards are met needs no entry (structure: standard).
    judging = [p.entry for p in placed if p.section in ("2.1", "2.5") and p.entry.rule != "standards"]
    assert sorted(entry.id for entry in judging if entry.strength == "must") == sorted(
        rule for rule in PLANS if rule.startswith(("pool_", "cadre_", "rate_"))
    )


def test_what_was_frozen_or_barred_in_2025_is_free_afterwards() -> None:
    found = office(deputy("N"), units=[unit("commune")], **in_2025("2025-09-16"))
    assert broken(found, *KEPT, x("N", "P")) == set()
    reprimand = sanctioned("reprimand", "2023-06-01", "2024-06-01", "N")
    assert broken(office(deputy("N"), **in_2025("2025-10-08"), **reprimand), *KEPT, x("N", "P")) == set()


def test_the_base_is_accepted_and_so_is_an_appointment_on_the_first_day() -> None:
    assert broken(office(), *KEPT) == set()
    assert broken(office(), *FIRST_DAY) == set()


@pytest.mark.parametrize("rule", PLANS)
def test_a_plan_that_breaks_one_rule_is_refused_for_that_rule_alone(rule: str) -> None:
    assert PLANS[rule]() == {rule}
