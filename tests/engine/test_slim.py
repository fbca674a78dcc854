"""What `slim` leaves out changes neither the least value, of whole values or of the relaxation, nor any dual bound."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from planner.engine.bound import dual_bound
from planner.engine.large_run import at_most_one
from planner.engine.slim import slim
from planner.engine.space import Space
from planner.goals import GOALS
from planner.problem import Named
from planner.program.arrays import Arrays, Floats
from tests.engine.test_bound import points
from tests.structure import classes
from tests.structure.loosely import Loose
from tests.structure.test_loose import walked, world_of

SEEDS = 150


def small(seed: int) -> tuple[Arrays, Floats]:
    """A few columns and rows, many of them without effect."""
    rng = np.random.default_rng(seed)
    columns, rows = int(rng.integers(2, 7)), int(rng.integers(1, 6))
    matrix = rng.integers(-2, 3, (rows, columns)) * (rng.random((rows, columns)) < 0.6)
    lo = rng.integers(-4, 3, rows).astype(float)
    hi = lo + rng.integers(0, 6, rows)
    lo[rng.random(rows) < 0.5] = -np.inf
    hi[rng.random(rows) < 0.4] = np.inf
    lower = rng.integers(-1, 2, columns).astype(float) * (rng.random(columns) < 0.3)
    upper = lower + rng.integers(0, 3, columns)
    integer = rng.random(columns) < 0.8
    cost = rng.integers(-3, 4, columns) * (rng.random(columns) < 0.6)
    return Arrays(sp.csr_array(matrix.astype(float)), lo, hi, lower, upper, integer), cost.astype(float)


def relaxed(arrays: Arrays, cost: Floats) -> tuple[float | None, Floats]:
    """The least value of the relaxation (None where there is no point), and a point."""
    if arrays.shape[1] == 0:
        holds = bool(((arrays.lo <= 1e-9) & (arrays.hi >= -1e-9)).all())
        return (0.0 if holds else None), np.zeros(0)
    return _solved(arrays, cost, np.zeros(cost.size))


def whole(arrays: Arrays, cost: Floats) -> tuple[float | None, Floats]:
    """The same for whole values."""
    return relaxed(arrays, cost) if arrays.shape[1] == 0 else _solved(arrays, cost, np.ones(cost.size))


def _solved(arrays: Arrays, cost: Floats, integrality: Floats) -> tuple[float | None, Floats]:
    rows = [LinearConstraint(arrays.matrix, arrays.lo, arrays.hi)] if arrays.shape[0] else []
    found = milp(cost, integrality=integrality, bounds=Bounds(arrays.lower, arrays.upper), constraints=rows)
    return (None, np.zeros(cost.size)) if found.x is None else (float(found.fun), found.x)


@pytest.mark.parametrize("first", range(0, SEEDS, 50))
def test_the_least_value_is_that_of_the_whole(first: int) -> None:
    fewer = 0
    for seed in range(first, first + 50):
        arrays, cost = small(seed)
        left = slim(arrays, cost)
        fewer += left.arrays.shape < arrays.shape
        every = points(_whole_only(arrays))
        least, found = whole(left.arrays, left.cost)
        if not len(every):
            assert least is None, f"seed {seed}: a point where there is none"
            continue
        assert least is not None, f"seed {seed}: no point is left"
        best = float((every @ cost).min())
        assert round(least + left.offset) == best, f"seed {seed}"
        point = left.whole_point(np.rint(found))
        assert arrays.feasible(point[None, :])[0], f"seed {seed}: the best point left is none of the whole"
        assert round(float(cost @ point)) == best
        (value, _), (rest, there) = relaxed(arrays, cost), relaxed(left.arrays, left.cost)
        assert value is not None
        assert rest is not None
        assert abs(rest + left.offset - value) < 1e-6, f"seed {seed}"
        assert arrays.feasible(left.whole_point(there)[None, :])[0]
    assert fewer > 30


def _whole_only(arrays: Arrays) -> Arrays:
    return Arrays(arrays.matrix, arrays.lo, arrays.hi, arrays.lower, arrays.upper, np.ones_like(arrays.integer))


@pytest.mark.parametrize("seed", range(40))
def test_duals_of_the_rest_give_the_same_bound_for_the_whole(seed: int) -> None:
    """Reduced costs of a column that was set to a side point to that side, whatever the duals of the rows left."""
    arrays, cost = small(1000 + seed)
    left = slim(arrays, cost)
    rng = np.random.default_rng(seed)
    for _ in range(10):
        duals = rng.normal(0, 2, left.rows.size)
        padded = left.whole_duals(duals, arrays.shape[0])
        part, complete = dual_bound(left.arrays, left.cost, duals), dual_bound(arrays, cost, padded)
        assert complete.scaled == part.scaled + round(left.offset) * (1 << 20)


def test_a_column_that_only_helps_is_set_and_its_rows_are_left_out() -> None:
    # min x with x + y >= 1, y + z <= 2, z free of cost. y only helps the first row but is held by the second; z at 0
    # lets the second hold whatever y is, so y is 1, the first row holds, and x is 0: nothing is left, the least is 0.
    arrays = Arrays(
        sp.csr_array(np.array([[1.0, 1, 0], [0, 1, 1]])),
        np.array([1.0, -np.inf]),
        np.array([np.inf, 2.0]),
        np.zeros(3),
        np.array([1.0, 1, 2]),
        np.ones(3, bool),
    )
    left = slim(arrays, np.array([1.0, 0, 0]))
    assert left.arrays.shape == (0, 0)
    assert left.base.tolist() == [0.0, 1.0, 0.0]
    assert left.offset == 0


def test_a_column_that_costs_nothing_but_is_held_on_both_sides_stays() -> None:
    # min −x with x − y <= 0, y − x <= 0, y <= 1: y is held by both rows; x = y = 1, the least is −1.
    arrays = Arrays(
        sp.csr_array(np.array([[1.0, -1], [-1, 1]])),
        np.full(2, -np.inf),
        np.zeros(2),
        np.zeros(2),
        np.ones(2),
        np.ones(2, bool),
    )
    left = slim(arrays, np.array([-1.0, 0]))
    assert left.arrays.shape == (2, 2)
    assert whole(left.arrays, left.cost)[0] == -1


@pytest.mark.parametrize("number", range(0, len(classes.UNIVERSES), 5))
def test_each_goal_of_alike_posts_keeps_its_least_value_and_no_bound_crosses_a_plan(
    number: int,
) -> None:
    judge_universe(number)


@pytest.mark.long
@pytest.mark.parametrize("number", range(len(classes.UNIVERSES)))
def test_each_goal_of_all_alike_posts_keeps_its_least_value(number: int) -> None:
    judge_universe(number)


def judge_universe(number: int) -> None:
    world = world_of(number)
    program = Loose(world.quo, Named())
    space = Space(program.problem, program.program)
    groups = at_most_one(space)
    rng = np.random.default_rng(number)
    for goal, (cost, constant) in program.goals.items():
        left = slim(program.arrays, cost)
        best = min(GOALS[goal].value(plan) for plan in walked(number))
        value, _ = relaxed(program.arrays, cost)
        rest, point = relaxed(left.arrays, left.cost)
        assert value is not None
        assert rest is not None
        assert abs(rest + left.offset - value) < 1e-6, goal
        assert program.arrays.feasible(left.whole_point(point)[None, :])[0]
        assert value + constant <= best + 1e-6, goal
        duals = _duals(left.arrays, left.cost)
        for noise in (0.0, 0.1, 2.0):
            given = left.whole_duals(duals + noise * rng.normal(0, 1, duals.size), program.arrays.shape[0])
            alone = dual_bound(program.arrays, cost, given)
            together = dual_bound(program.arrays, cost, given, groups)
            assert alone.scaled <= together.scaled, goal
            assert together.whole + constant <= best, goal
            if not noise:
                assert alone.scaled / (1 << 20) >= value - 1e-3, goal


def _duals(arrays: Arrays, cost: Floats) -> Floats:
    """Of the relaxation, by a solver: one for each row, above 0 where its lower side holds it."""
    rows, columns = arrays.shape
    if rows == 0 or columns == 0:
        return np.zeros(rows)
    floored, capped = np.isfinite(arrays.lo), np.isfinite(arrays.hi)
    matrix = sp.vstack([-arrays.matrix[np.flatnonzero(floored)], arrays.matrix[np.flatnonzero(capped)]])
    limits = np.concatenate([-arrays.lo[floored], arrays.hi[capped]])
    found = linprog(cost, matrix, limits, bounds=np.column_stack([arrays.lower, arrays.upper]))
    duals = np.zeros(rows)
    duals[floored] -= found.ineqlin.marginals[: floored.sum()]
    duals[capped] += found.ineqlin.marginals[floored.sum() :]
    return duals
