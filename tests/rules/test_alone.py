"""Every `must` rule refuses some plan that breaks nothing else, and the verdict says so in both languages."""

from __future__ import annotations

from functools import cache

import pytest

from planner.exporters.verdict import verdict_lines
from planner.rules.registry import RULES
from planner.verify import Judgement, judge
from tests.twins.rules import UNIVERSES, studied

NEVER_ALONE = {"term_end", "own_standard", "rotation_length", "standards"}
"""The end of a term is in the departures of every plan; a standard that stays open is inherited, whatever is planned;
that one is met, and how long a rotation lasts, is the structure's to judge as well."""


@cache
def broken_alone(rule: str) -> Judgement | None:
    """The verdict on a plan, of few decisions, whose only new breaches are of the rule."""
    for number, universe in enumerate(UNIVERSES[rule]):
        ids = {e.id for e in universe.rulebook if e.rule == rule and e.strength == "must"}
        if not ids:
            continue
        found = studied(rule, number)
        refused = [n for n, lawful in enumerate(found.lawful) if not lawful]
        for n in sorted(refused, key=lambda n: len(found.keys[n]))[:200]:
            standing = found.world.standing(found.keys[n])
            if {v.rule for v in found.world.new_breaches(standing)} <= ids:
                return judge(standing, found.world.quo)
    return None


@pytest.mark.parametrize("rule", sorted(set(UNIVERSES) - NEVER_ALONE))
def test_some_plan_is_refused_for_the_rule_alone(rule: str) -> None:
    verdict = broken_alone(rule)
    if verdict is None:
        musts = [e for u in UNIVERSES[rule] for e in u.rulebook if e.rule == rule and e.strength == "must"]
        assert not musts, "it demands something, and no plan breaks it alone"
        return
    assert not verdict.accepted
    assert verdict.before is not None
    assert {r.name for r in verdict.before.bound.rules if r.id in {v.rule for v in verdict.new}} == {rule}


@pytest.mark.parametrize("rule", sorted(set(UNIVERSES) - NEVER_ALONE))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_refusal_is_told_in_words(rule: str, language: str) -> None:
    verdict = broken_alone(rule)
    if verdict is None:
        return
    lines = list(verdict_lines(verdict, language))  # type: ignore[arg-type]
    assert lines
    for line in lines:
        assert f"rule.{RULES[rule].name}" not in line  # a code that has no words
        assert "count." not in line
