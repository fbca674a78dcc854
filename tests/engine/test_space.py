"""A part of a program in which only some decisions are free: what is feasible in it is feasible in the whole, and costs
there what it costs here."""

from __future__ import annotations

import numpy as np
import pytest

from planner.engine.large_run import at_most_one
from planner.engine.regions import Regions
from planner.engine.slim import slim
from planner.engine.space import NOBODY, Part, Space
from planner.goals import GOALS
from planner.problem import Named
from planner.program.arrays import Bools, Floats
from planner.standing import Standing
from planner.structure.extract import extract
from planner.structure.point import RefusedError, decided_keys, point
from tests import exact
from tests.random.exhaustive import Law
from tests.structure import classes
from tests.structure.loosely import Loose, drawn
from tests.structure.test_loose import walked, world_of

NUMBERS = range(len(classes.UNIVERSES))


def space_of(number: int, seed: int) -> tuple[Space, Loose, list[tuple[Standing, Floats]]]:
    """A program of named moves only, and the plans that it has."""
    world = world_of(number)
    one = Loose(world.quo, drawn(world.problem, seed), only_named=True)
    found = []
    unmoved = [world.quo] if world.lawful(world.quo) else []
    for plan in [*unmoved, *walked(number)]:
        try:
            found.append((plan, point(one.program, plan)))
        except RefusedError:
            continue
    return Space(one.problem, one.program), one, found


def embedded(part: Part, start: Floats, found: Floats) -> Floats:
    values = start.copy()
    values[part.columns] = found
    return values


def judge(number: int, seed: int) -> None:
    space, one, plans = space_of(number, seed)
    rng = np.random.default_rng(seed)
    law = Law(space.problem.status_quo)
    regions = Regions(space)
    cost = rng.integers(-3, 9, len(one.program.keys)) * space.is_decision.astype(float)
    # A goal that may not get worse is one more row, also where parts were cut before.
    space.part(plans[0][1], space.is_decision, cost)
    goal = str(rng.choice(["heads", "posts", "effort"]))
    worth, constant = one.goals[goal]
    plan, start = plans[int(rng.integers(len(plans)))]
    space.limit(worth, GOALS[goal].value(plan) - constant)
    posts = regions.draw(np.ones(len(space.posts)), int(rng.integers(1, 3)), "people", rng)
    regional = [regions.decisions(posts, start, kind) for kind in ("people", "narrow")]
    for free in (*regional, rng.random(start.size) < 0.3, np.zeros(start.size, bool)):
        part = space.part(start, free, cost)
        assert part.arrays.feasible(part.start[None, :])[0]
        assert (part.start == start[part.columns]).all()
        assert not (space.is_decision[part.columns] & ~free[part.columns]).any()
        left = slim(part.arrays, part.cost)
        found = exact.solve(left.arrays, left.cost) if left.arrays.shape[1] else np.zeros(0)
        assert found is not None
        whole = embedded(part, start, left.whole_point(found))
        assert space.arrays.feasible(whole[None, :])[0]
        assert cost @ whole - cost @ start == part.cost @ (left.whole_point(found) - part.start)
        assert cost @ whole <= cost @ start
        better = extract(space.problem, one.program, whole)
        assert next(law.breaches(better), None) is None
        assert GOALS[goal].value(better) <= GOALS[goal].value(plan)


@pytest.mark.parametrize("number", NUMBERS[::2])
def test_what_is_feasible_in_a_part_is_a_plan_of_the_whole(number: int) -> None:
    judge(number, 1)


@pytest.mark.long
@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_feasible_in_many_parts_is_a_plan_of_the_whole(number: int) -> None:
    for seed in range(2, 7):
        judge(number, seed)


@pytest.mark.parametrize("number", NUMBERS[::3])
def test_a_plan_that_differs_in_free_decisions_only_is_in_the_part(number: int) -> None:
    """What follows from the free decisions is free as well: nothing that may have to change is kept."""
    space, one, plans = space_of(number, 1)
    rng = np.random.default_rng(number)
    cost = np.zeros(len(one.program.keys))
    for _ in range(20):
        (_, start), (other, values) = (plans[n] for n in rng.choice(len(plans), 2, replace=len(plans) < 2))
        free: Bools = space.is_decision & (start != values)
        part = space.part(start, free, cost)
        assert part.arrays.feasible(values[part.columns][None, :])[0], sorted(decided_keys(other), key=str)
        outside = np.ones(start.size, bool)
        outside[part.columns] = False
        assert (start == values)[outside].all()


@pytest.mark.parametrize("number", NUMBERS[::8])
def test_the_row_of_a_goal_makes_no_part_larger(number: int) -> None:
    space, one, plans = space_of(number, 1)
    limited, _, _ = space_of(number, 1)
    _, start = plans[0]
    for goal, (cost, _) in one.goals.items():
        limited.limit(cost, float(cost @ start))
        assert limited.arrays.shape[0] == space.arrays.shape[0] + 1 + list(one.goals).index(goal)
    free = space.is_decision & (space.post == space.post[np.flatnonzero(space.is_decision)[0]])
    parts = [one.part(start, free, np.zeros(start.size)) for one in (space, limited)]
    assert parts[0].columns.tolist() == parts[1].columns.tolist()
    assert parts[0].columns.size < start.size


@pytest.mark.parametrize("number", NUMBERS[::4])
def test_of_a_group_a_plan_has_one_column_at_most(number: int) -> None:
    """So that a bound may count only the least reduced cost of each (`dual_bound`), with loose moves too."""
    world = world_of(number)
    for seed in range(3):
        one = Loose(world.quo, Named() if seed == 0 else drawn(world.problem, seed))
        space = Space(one.problem, one.program)
        groups = at_most_one(space)
        members = groups != NOBODY
        assert members.any()
        assert (one.arrays.upper[members] == 1).all()
        kinds = {(str(k), n) for k, n in zip(space.kinds[members], groups[members] % 3, strict=True)}
        assert kinds <= {("a", 0), ("c", 0), ("v", 1), ("w", 1), ("g", 2)}
        for plan in walked(number):
            values = point(one.program, plan, one.problem.moves)
            assert np.bincount(groups[members], values[members]).max() <= 1
