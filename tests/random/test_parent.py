"""A search that begins with a plan of before: the optimum of every tier, and of all such plans the nearest to it."""

import random
from dataclasses import replace

import pytest

from planner import engine
from planner.problem import Problem
from planner.standing import Standing
from planner.structure.point import decided_keys
from tests.random.choose import DEFAULT_SEEDS, LONG_SEEDS, chosen, fair, plans_of
from tests.random.steps import Case
from tests.random.switches import LARGE_STEPS, PROVEN
from tests.random.test_random import LOOSE_SEEDS
from tests.random.tiny import Tiny

PARENTS = 3
"""Of each case: one without a proof, one with that of the case itself, one with a wrong one, which only bounds less."""


def judge(tiny: Tiny, before: Standing, plans: list[Standing]) -> None:
    case, rng = Case(tiny, before, plans), random.Random(tiny.seed)
    problem = Problem(before)
    program = engine.build_program(problem)
    order = tiny.goals[:-1]
    best = case.values.best(order)
    anew = engine.solve(problem, program, order, PROVEN).proof
    wrong = {goals: duals * rng.uniform(-1, 2) for goals, duals in anew.duals.items()}
    proofs = [None, anew, replace(anew, duals=wrong, gaps={})]
    good = [plan for plan, ok in zip(plans, case.values.as_good(order, best), strict=True) if ok]
    for parent, proof in zip(rng.sample(plans, min(PARENTS, len(plans))), proofs, strict=False):
        found = engine.solve(problem, program, order, PROVEN, parent=engine.Parent(parent.line.plan, proof))
        assert [tier.value for tier in found.tiers[:-1]] == best, tiny.name
        assert [tier.bound for tier in found.tiers[:-1]] == best, tiny.name
        away = len(decided_keys(found.standing) ^ decided_keys(parent))
        assert away == min(len(decided_keys(plan) ^ decided_keys(parent)) for plan in good), tiny.name


def judge_loosely(tiny: Tiny, before: Standing, plans: list[Standing]) -> int:
    """With loose moves: the plan is lawful and no bound crosses, whatever plan and duals it begins with. How many."""
    case, rng = Case(tiny, before, plans), random.Random(tiny.seed)
    posed, spec = case.loose, LARGE_STEPS["nothing"].spec
    if posed is None:
        return 0
    anew = engine.solve(posed.problem, posed.program, tiny.goals[:-1], spec).proof
    wrong = {goals: duals * rng.uniform(-1, 2) for goals, duals in anew.duals.items()}
    for n, proof in enumerate((anew, replace(anew, duals=wrong), replace(anew, duals=wrong, gaps={}))):
        parent = engine.Parent(rng.choice(plans).line.plan, proof)
        heard: list[engine.Progress] = []
        found = engine.solve(
            posed.problem, posed.program, tiny.goals[:-1], spec, report=heard.append, parent=parent
        )  # fmt: skip
        case.judge_told(heard, f"{tiny.name} from the proof {n}")
        case.judge(found, tiny.goals, f"{tiny.name} from the proof {n}", proves=False)
    return 1


@pytest.mark.parametrize("step", ["nothing", "rows of what is reached in a relaxation"])
@pytest.mark.parametrize("seed", LOOSE_SEEDS)
def test_a_proof_of_before_bounds_with_loose_moves_too(seed: int, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LARGE_STEPS[step].off(monkeypatch)
    assert judge_loosely(*plans_of(seed, chosen()[seed].attempt))


@pytest.mark.parametrize("seed", DEFAULT_SEEDS[::5])
def test_the_best_plan_nearest_to_the_one_of_before(seed: int) -> None:
    judge(*plans_of(seed, chosen()[seed].attempt))


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_SEEDS[::10])
def test_the_best_plan_nearest_to_the_one_of_before_in_many_cases(seed: int) -> None:
    found = fair(seed)[1]
    judge(*found)
    judge_loosely(*found)
