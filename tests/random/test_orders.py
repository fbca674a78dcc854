"""All orders of the goals: each has the optimum of its own order, with its proof."""

from itertools import permutations

import pytest

from planner import engine
from planner.goals import GOALS, LAST_TIER
from tests.random.choose import chosen, plans_of
from tests.random.steps import Case
from tests.random.switches import PROVEN

SEEDS = (2, 5, 15, 19, 28)
"""Cases in which five or six goals tell plans apart: 120 or 720 orders."""


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_order_of_goals_has_its_optimum(seed: int) -> None:
    """Every order of the goals in which plans differ; those in which all are equal come last, and change nothing."""
    case = Case(*plans_of(seed, chosen()[seed].attempt))
    varying = case.values.varying
    assert len(varying) >= 5
    constant = tuple((goal,) for goal in GOALS if goal not in (*varying, *LAST_TIER))
    problem, program = case.whole.problem, case.whole.program
    optima = set()
    for goals in permutations(varying):
        order = (*((goal,) for goal in goals), *constant, LAST_TIER)
        result = engine.solve(problem, program, order[:-1], PROVEN)
        case.judge(result, order, f"{case.tiny.name} in the order {goals}", proves=True)
        optima.add(frozenset((tier.goals, tier.value) for tier in result.tiers))
    assert len(optima) > 1, f"{case.tiny.name}: the order makes no difference"
