"""The bound from row duals is right whatever the duals are, and what it fixes no plan of that value can move."""

import itertools

import numpy as np
import pytest
import scipy.sparse as sp

from planner.engine.bound import SCALE, dual_bound, fixed_by
from planner.program.arrays import Arrays


def arrays_of(rows: list[list[int]], lo: list[float], hi: list[float], upper: list[int]) -> Arrays:
    columns = len(upper)
    return Arrays(
        matrix=sp.csr_array(np.array(rows, float).reshape(-1, columns)),
        lo=np.array(lo, float),
        hi=np.array(hi, float),
        lower=np.zeros(columns),
        upper=np.array(upper, float),
        integer=np.ones(columns, bool),
    )


def points(arrays: Arrays) -> np.ndarray:
    """Every whole point within the bounds that satisfies the rows."""
    ranges = [range(int(low), int(high) + 1) for low, high in zip(arrays.lower, arrays.upper, strict=True)]
    every = np.array(list(itertools.product(*ranges)), float)
    return every[arrays.feasible(every)]


def test_the_best_duals_of_a_cover_give_its_optimum() -> None:
    # min 3x + 2y with x + y >= 2, x, y <= 1: both are needed, 5. With π = 3: 3·2 + min(0, 2 − 3)·1 = 5.
    arrays = arrays_of([[1, 1]], [2], [np.inf], [1, 1])
    assert dual_bound(arrays, np.array([3.0, 2.0]), np.array([3.0])).whole == 5
    # π = 2.5: 5 + min(0, −0.5)·1 = 4.5, rounded up to 5, since the goal is whole.
    assert dual_bound(arrays, np.array([3.0, 2.0]), np.array([2.5])).whole == 5
    # π = 0: nothing is known but that costs are not negative.
    assert dual_bound(arrays, np.array([3.0, 2.0]), np.array([0.0])).whole == 0


def test_a_dual_on_the_infinite_side_of_a_row_counts_as_nothing() -> None:
    arrays = arrays_of([[1, 1]], [2], [np.inf], [1, 1])
    assert dual_bound(arrays, np.array([3.0, 2.0]), np.array([-7.0])).whole == 0
    assert dual_bound(arrays, np.array([3.0, 2.0]), np.array([np.nan])).whole == 0


@pytest.mark.parametrize("seed", range(40))
def test_no_duals_give_a_bound_above_the_optimum_nor_fix_a_column_that_a_plan_needs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns, rows = int(rng.integers(2, 6)), int(rng.integers(1, 5))
    lo = rng.integers(-3, 3, rows).astype(float)
    hi = lo + rng.integers(0, 5, rows)
    lo[rng.random(rows) < 0.3] = -np.inf
    hi[rng.random(rows) < 0.3] = np.inf
    matrix = rng.integers(-3, 4, (rows, columns)).tolist()
    arrays = arrays_of(matrix, lo.tolist(), hi.tolist(), rng.integers(1, 3, columns).tolist())
    cost = rng.integers(-4, 5, columns).astype(float)
    lawful = points(arrays)
    if not len(lawful):
        return
    values = lawful @ cost
    for _ in range(20):
        bound = dual_bound(arrays, cost, rng.normal(0, 3, rows))
        assert bound.whole <= values.min()
        assert bound.scaled <= values.min() * SCALE
        for limit in {int(values.min()), int(np.median(values))}:
            box = fixed_by(arrays, bound, limit)
            kept = lawful[values <= limit]
            assert ((kept >= box.lower) & (kept <= box.upper)).all()


def test_of_columns_of_which_one_is_1_at_most_only_the_least_counts() -> None:
    # min −3x − 2y + z without rows: −5 if x and y could both be 1, −3 if they are one group. z is of none.
    arrays = arrays_of([[0, 0, 0]], [-np.inf], [np.inf], [1, 1, 1])
    cost = np.array([-3.0, -2, 1])
    assert dual_bound(arrays, cost, np.zeros(1)).whole == -5
    assert dual_bound(arrays, cost, np.zeros(1), np.array([0, 0, -1])).whole == -3
    # Nobody need be 1: a group of columns that cost counts 0.
    assert dual_bound(arrays, -cost, np.zeros(1), np.array([0, 0, -1])).whole == -1


@pytest.mark.parametrize("seed", range(40))
def test_no_duals_give_a_bound_above_the_optimum_where_columns_are_grouped(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns, rows = int(rng.integers(2, 7)), int(rng.integers(1, 5))
    lo = np.where(rng.random(rows) < 0.5, -np.inf, rng.integers(-3, 2, rows))
    hi = np.where(np.isinf(lo) | (rng.random(rows) < 0.5), rng.integers(0, 4, rows), np.inf)
    arrays = arrays_of(rng.integers(-3, 4, (rows, columns)).tolist(), lo.tolist(), hi.tolist(), [1] * columns)
    cost = rng.integers(-4, 5, columns).astype(float)
    groups = rng.integers(-1, 3, columns)
    every = points(arrays)
    lawful = [x for x in every if all(x[groups == n].sum() <= 1 for n in range(3))]
    if not lawful:
        return
    best = min(float(cost @ x) for x in lawful)
    for _ in range(20):
        duals = rng.normal(0, rng.choice([0.3, 3]), rows)
        bound, alone = dual_bound(arrays, cost, duals, groups), dual_bound(arrays, cost, duals)
        assert alone.scaled <= bound.scaled <= best * SCALE


@pytest.mark.parametrize("seed", range(40))
def test_of_a_group_nothing_is_fixed_that_another_of_it_can_stand_in_for(seed: int) -> None:
    # Columns 0 and 1 are one at most, as are 2 and 3: what a plan of the value has is never fixed away.
    rng = np.random.default_rng(seed)
    arrays = arrays_of(rng.integers(-2, 3, (3, 5)).tolist(), [-np.inf] * 3, rng.integers(0, 4, 3).tolist(), [1] * 5)
    groups = np.array([0, 0, 1, 1, -1])
    cost = rng.integers(-4, 5, 5).astype(float)
    lawful = points(arrays)
    lawful = lawful[(lawful[:, :2].sum(axis=1) <= 1) & (lawful[:, 2:4].sum(axis=1) <= 1)]
    values = lawful @ cost
    for duals in (np.zeros(3), rng.normal(0, 2, 3)):
        bound = dual_bound(arrays, cost, duals, groups)
        assert bound.whole <= values.min()
        for value in range(int(values.min()), int(values.max()) + 1):
            fixed = fixed_by(arrays, bound, value)
            good = lawful[values <= value]
            assert ((fixed.lower <= good) & (good <= fixed.upper)).all()


def test_two_of_a_group_with_equal_costs_are_not_both_fixed_to_one() -> None:
    # min −5x − 5y, x + y ≤ 1 kept as a group: −5 by either, so that at −5 neither is fixed.
    arrays = arrays_of([[0, 0]], [0], [np.inf], [1, 1])
    bound = dual_bound(arrays, np.array([-5.0, -5.0]), np.zeros(1), np.array([0, 0]))
    assert bound.whole == -5
    assert fixed_by(arrays, bound, -5).lower.tolist() == [0, 0]


def test_the_bound_is_rounded_up_to_what_divides_all_costs() -> None:
    # 4x + 6y with x + y ≥ 1 and duals that prove 2.5: the next even number.
    arrays = arrays_of([[1, 1]], [1], [np.inf], [1, 1])
    cost = np.array([4.0, 6.0])
    bound = dual_bound(arrays, cost, np.array([2.5]))
    assert (bound.whole, bound.rounded(cost)) == (3, 4)
    assert dual_bound(arrays, np.zeros(2), np.zeros(1)).rounded(np.zeros(2)) == 0
