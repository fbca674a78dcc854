"""The twin test: for every plan of a rule's tiny universes the rows accept exactly what the law accepts."""

from __future__ import annotations

import numpy as np
import pytest

from planner.rules.registry import RULES
from tests.twins.rules import UNIVERSES, studied

LISTED = [pytest.param(rule, n, id=f"{rule}-{u.name}") for rule, some in UNIVERSES.items() for n, u in enumerate(some)]


def test_every_rule_has_a_twin() -> None:
    judging = sorted(name for name, kind in RULES.items() if kind.may_judge)  # those that only tell have no rows
    assert judging == sorted(UNIVERSES), "give the rule a tiny case in tests/twins"
    assert [rule for rule, some in UNIVERSES.items() if not any(rule == e.rule for u in some for e in u.rulebook)] == []


@pytest.mark.parametrize(("rule", "number"), LISTED)
def test_the_rows_accept_exactly_what_the_law_accepts(rule: str, number: int) -> None:
    found = studied(rule, number)
    assert found.disagreements() == []
    assert found.lawful.any(), "no plan is lawful: the universe says nothing"


@pytest.mark.parametrize(("rule", "number"), LISTED)
def test_the_least_slack_of_a_wish_is_what_the_law_counts(rule: str, number: int) -> None:
    """The slack that the law counts is feasible (the test above); it has a column; and one less is not feasible."""
    found = studied(rule, number)
    program = found.world.program
    missing = [
        (found.keys[n], breach)
        for n in np.flatnonzero(found.lawful)
        for breach in found.wishes[n]
        if ("slack", *breach) not in program
    ]
    assert missing == []
    assert not found.world.arrays.feasible(found.tightened).any()
