"""Duals made better in part: the bound grows, holds for every plan, and what is wrong is found."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from planner.engine.bound import SCALE, dual_bound
from planner.engine.polish import WORST, Pace, worst_block
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


def step(
    arrays: Arrays, cost: Floats, duals: Floats, near: Floats, posted: int | None = None, worst: int = 500
) -> Floats | None:
    posted = arrays.shape[0] if posted is None else posted
    block = worst_block(arrays, cost, duals, dual_bound(arrays, cost, duals), near, posted, worst)
    return None if block is None else block.mended(relaxed(block.slim.arrays, block.slim.cost))


def course() -> tuple[Arrays, Floats]:
    """Least 2a + 3b where a + b ≥ 4 and a ≤ 3: 9 at (3, 1), with duals 3 and −1."""
    made = Program()
    a, b = made.column(("a",), 9), made.column(("b",), 9)
    made.at_least(a + b, 4, "cover")
    made.at_most(a, 3, "places")
    return made.freeze(), np.array([2.0, 3.0])


def test_from_nothing_to_the_best_in_a_step_where_all_of_it_is_wrong() -> None:
    arrays, cost = course()
    duals = step(arrays, cost, np.zeros(2), np.array([3.0, 1.0]))
    assert duals is not None
    assert duals.tolist() == [3, -1]
    assert step(arrays, cost, duals, np.array([3.0, 1.0])) is None, "nothing is wrong any more"


def test_only_rows_that_are_posted_are_mended() -> None:
    """The dual of a place stays 0, so that all who come cost 2."""
    arrays, cost = course()
    duals = step(arrays, cost, np.zeros(2), np.array([3.0, 1.0]), posted=1)
    assert duals is not None
    assert duals.tolist() == [2, 0]


@pytest.mark.parametrize("number", CLASSES[::4])
@pytest.mark.parametrize("worst", [2, 500])
def test_the_bound_never_falls_and_holds_for_every_plan(number: int, worst: int) -> None:
    one = loose_of(number)
    space, cost = Space(one.problem, one.program), one.goals["heads"][0] + one.goals["posts"][0]
    arrays = space.arrays
    least = min(cost @ point(one.program, plan, one.problem.moves) for plan in walked(number))
    best = relaxed(arrays, cost)
    rng = np.random.default_rng(number)
    wrong = rng.random(arrays.shape[0]) < 0.2
    duals = best.duals + wrong * rng.normal(size=arrays.shape[0])
    bounds = [dual_bound(arrays, cost, duals).scaled]
    for _ in range(20):
        mended = step(arrays, cost, duals, best.point, worst=worst)
        if mended is None:
            break
        duals = mended
        bounds.append(dual_bound(arrays, cost, duals).scaled)
    noise = SCALE // 1000
    assert all(after >= before - noise for before, after in pairwise(bounds))
    assert bounds[-1] > bounds[0]
    assert bounds[-1] <= least * SCALE
    if worst == 500:  # in part, and so not always to the end
        assert cost @ best.point * SCALE - bounds[-1] <= (cost @ best.point * SCALE - bounds[0]) * 0.75


def test_more_is_mended_at_a_time_where_little_is_gained_until_the_most_gains_little() -> None:
    arrays, cost = course()
    worse, better = (dual_bound(arrays, cost, np.array(duals)) for duals in ([0.0, 0.0], [3.0, -1.0]))
    assert worse.scaled < better.scaled
    pace = Pace()
    assert pace.size == WORST[0]
    pace.waiting = True
    assert pace.size == 0, "one block after another"
    pace.heard(worse, better)
    assert pace.size == WORST[0], "it gained much"
    for size in WORST[1:]:
        pace.heard(better, better)
        assert pace.size == size
    pace.heard(better, better)
    assert pace.size == 0
    of_nothing = Pace()
    of_nothing.heard(worse, worse)
    assert worse.scaled == 0
    assert of_nothing.step == 1, "a bound of 0 that does not move ends it too"
