"""Duals made better in part: the bound grows, holds for every plan, and what is wrong is found."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from planner.engine import polish
from planner.engine.bound import SCALE, dual_bound
from planner.engine.polish import PATIENCE, Block, Mending
from planner.engine.solvers import relax_exactly
from planner.engine.solvers_spec import Relaxed
from planner.engine.space import Space
from planner.program import Program
from planner.program.arrays import Arrays, Floats
from planner.structure.point import point
from tests.engine.test_naming import loose_of
from tests.structure.test_loose import CLASSES, walked


def relaxed(arrays: Arrays, cost: Floats) -> Relaxed:
    """By the simplex of OR-Tools."""
    found = relax_exactly(arrays, cost, None, lambda word, said: None, lambda: False)
    assert found is not None
    return found


def block_of(
    mending: Mending, arrays: Arrays, cost: Floats, duals: Floats, near: Floats, posted: int | None = None
) -> Block | None:
    bound = dual_bound(arrays, cost, duals)
    return mending.block(arrays, cost, duals, bound, near, posted or arrays.shape[0], regions=True)


def step(
    mending: Mending, arrays: Arrays, cost: Floats, duals: Floats, near: Floats, posted: int | None = None
) -> Floats | None:
    block = block_of(mending, arrays, cost, duals, near, posted)
    if block is None:
        return None
    mended = block.mended(relaxed(block.slim.arrays, block.slim.cost))
    mending.heard(block.bound, dual_bound(arrays, cost, mended))
    return mended


def course() -> tuple[Arrays, Floats]:
    """Least 2a + 3b where a + b ≥ 4 and a ≤ 3: 9 at (3, 1), with duals 3 and −1."""
    made = Program()
    a, b = made.column(("a",), 9), made.column(("b",), 9)
    made.at_least(a + b, 4, "cover")
    made.at_most(a, 3, "places")
    return made.freeze(), np.array([2.0, 3.0])


def test_from_nothing_to_the_best_in_a_step_where_all_of_it_is_wrong() -> None:
    arrays, cost = course()
    mending = Mending()
    duals = step(mending, arrays, cost, np.zeros(2), np.array([3.0, 1.0]))
    assert duals is not None
    assert duals.tolist() == [3, -1]
    assert step(mending, arrays, cost, duals, np.array([3.0, 1.0])) is None, "nothing is wrong any more"
    assert mending.ended


def test_only_rows_that_are_posted_are_mended() -> None:
    """The dual of a place stays 0, so that all who come cost 2."""
    arrays, cost = course()
    duals = step(Mending(), arrays, cost, np.zeros(2), np.array([3.0, 1.0]), posted=1)
    assert duals is not None
    assert duals.tolist() == [2, 0]


@pytest.mark.parametrize("number", CLASSES[::4])
@pytest.mark.parametrize(("worst", "region"), [(2, 1), (500, 1), (0, 8), (2, 30)])
def test_the_bound_never_falls_and_holds_for_every_plan(
    number: int, worst: int, region: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polish, "WORST", worst)
    monkeypatch.setattr(polish, "REGION", region)
    one = loose_of(number)
    space, cost = Space(one.problem, one.program), one.goals["heads"][0] + one.goals["posts"][0]
    arrays = space.arrays
    least = min(cost @ point(one.program, plan, one.problem.moves) for plan in walked(number))
    best = relaxed(arrays, cost)
    rng = np.random.default_rng(number)
    wrong = rng.random(arrays.shape[0]) < 0.2
    duals = best.duals + wrong * rng.normal(size=arrays.shape[0])
    bounds = [dual_bound(arrays, cost, duals).scaled]
    mending = Mending()
    for _ in range(20):
        mended = step(mending, arrays, cost, duals, best.point)
        if mended is None:
            break
        duals = mended
        bounds.append(dual_bound(arrays, cost, duals).scaled)
    noise = SCALE // 1000
    assert all(after >= before - noise for before, after in pairwise(bounds))
    optimum = cost @ best.point * SCALE
    assert bounds[-1] > bounds[0] or bounds[0] >= optimum - noise, "it may be spoiled where it costs nothing"
    assert bounds[-1] <= least * SCALE
    if worst == 500:  # in part, and so not always to the end
        assert optimum - bounds[-1] <= max((optimum - bounds[0]) * 0.75, noise)


def test_regions_follow_where_little_is_gained_and_end_where_some_in_a_row_gain_little() -> None:
    arrays, cost = course()
    worse, better = (dual_bound(arrays, cost, np.array(duals)) for duals in ([0.0, 0.0], [3.0, -1.0]))
    assert worse.scaled < better.scaled
    mending = Mending()
    mending.heard(worse, better)
    assert not mending.regions, "it gained much"
    mending.heard(better, better)
    assert mending.regions
    for _ in range(PATIENCE - 1):
        mending.heard(better, better)
    mending.heard(worse, better)
    for _ in range(PATIENCE):
        assert not mending.ended
        mending.heard(better, better)
    assert mending.ended
    of_nothing = Mending()
    of_nothing.heard(worse, worse)
    assert worse.scaled == 0
    assert of_nothing.regions, "a bound of 0 that does not move is little too"


def test_one_block_after_another_and_no_region_where_there_must_be_none() -> None:
    arrays, cost = course()
    near, duals = np.array([3.0, 1.0]), np.zeros(2)
    mending = Mending()
    assert block_of(mending, arrays, cost, duals, near) is not None
    assert block_of(mending, arrays, cost, duals, near) is None, "it is still mended"
    bound = dual_bound(arrays, cost, duals)
    mending.heard(bound, bound)
    assert mending.regions
    assert mending.block(arrays, cost, duals, bound, near, 2, regions=False) is None
    assert not mending.ended, "it waits until there may be one"
    assert mending.block(arrays, cost, duals, bound, near, 2, regions=True) is not None


def chains(lengths: list[int]) -> tuple[Arrays, Floats]:
    """Of each length a chain x0 ≥ 1, x1 ≥ x0, … whose last member costs 1: each comes to 1, and its duals are all 1."""
    made = Program()
    last = []
    for number, length in enumerate(lengths):
        before = None
        for place in range(length):
            x = made.column((number, place), 9)
            made.at_least(x if before is None else x - before, 1 if before is None else 0, "chain")
            before = x
        last.append(made.index[number, length - 1])
    cost = np.zeros(sum(lengths))
    cost[last] = 1
    return made.freeze(), cost


def test_a_region_is_what_hangs_together_and_the_next_lies_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polish, "REGION", 5)
    arrays, cost = chains([5, 4, 12])
    mending, near = Mending(regions=True), np.ones(21)
    rows = []
    duals = np.zeros(21)
    for _ in range(4):
        block = block_of(mending, arrays, cost, duals, near)
        assert block is not None
        assert block.in_region
        rows.append(set(block.rows.tolist()))
        mending.waiting, mending.gained = False, True
    short, shorter, long = set(range(5)), set(range(5, 9)), set(range(9, 21))
    assert rows[0] == short
    assert rows[1] == shorter
    assert rows[2] < long, "around its last member, where the loss is"
    assert len(rows[2]) == 5
    assert rows[3] == short, "where nothing is lost nothing is visited: it begins again"
    for _ in range(2):
        block_of(mending, arrays, cost, duals, near)
        mending.waiting = False
    mending.gained = False
    assert block_of(mending, arrays, cost, duals, near) is None
    assert mending.ended, "a round that gained nothing is the last"
