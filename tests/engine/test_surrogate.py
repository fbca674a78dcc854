"""Columns counted together: every point stays one at the same cost, and duals stay duals of the whole."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from planner.engine.bound import dual_bound
from planner.engine.space import NOBODY, Space
from planner.engine.surrogate import by_person_and_period, merged, unweighed
from planner.program.arrays import Arrays, Bools, Floats, Indices
from planner.structure.point import point
from tests.engine.test_bound import arrays_of, points
from tests.engine.test_naming import loose_of
from tests.engine.test_slim import relaxed
from tests.structure.test_loose import CLASSES, walked


def small(seed: int) -> tuple[Arrays, Floats, Indices]:
    """A few columns 0 … 1 and rows of all kinds; some, without cost, are in two sets: one of each is 1 at most."""
    rng = np.random.default_rng(seed)
    columns, rows = int(rng.integers(4, 9)), int(rng.integers(1, 6))
    matrix = rng.integers(-2, 3, (rows, columns)) * (rng.random((rows, columns)) < 0.6)
    lo = rng.integers(-3, 1, rows).astype(float)
    hi = lo + rng.integers(0, 4, rows) * (rng.random(rows) < 0.7)
    lo[rng.random(rows) < 0.4] = -np.inf
    hi[rng.random(rows) < 0.4] = np.inf
    sets = np.where(rng.random(columns) < 0.6, rng.integers(0, 2, columns), NOBODY)
    used = [n for n in range(2) if (sets == n).any()]
    sets = np.array([used.index(n) if n in used else NOBODY for n in sets], np.int64)
    one = np.array([(sets == n).astype(float) for n in range(len(used))]).reshape(len(used), columns)
    cost = np.where(sets == NOBODY, rng.integers(-3, 4, columns), 0).astype(float)
    whole = arrays_of(
        np.vstack([matrix, one]).tolist(), [*lo, *[-np.inf] * len(used)], [*hi, *[1.0] * len(used)], [1] * columns
    )
    return whole, cost, sets


@pytest.mark.parametrize("seed", range(60))
def test_every_point_has_one_at_the_same_cost_and_the_relaxation_is_no_dearer(seed: int) -> None:
    arrays, cost, sets = small(seed)
    less = merged(arrays, cost, sets)
    together = np.array([[float(sets[j] == n) for j in range(cost.size)] for n in range(sets.max() + 1)])
    for one in points(arrays):
        image = np.concatenate([one[sets == NOBODY], together.reshape(-1, cost.size) @ one])
        assert less.arrays.feasible(image[None, :])[0]
        assert less.cost @ image == cost @ one
    whole, there = relaxed(arrays, cost)[0], relaxed(less.arrays, less.cost)[0]
    if whole is not None:
        assert there is not None
        assert there <= whole + 1e-7


@pytest.mark.parametrize("seed", range(60))
def test_its_duals_say_the_same_of_the_whole(seed: int) -> None:
    """The bound of the whole, in which one of a set is 1 at most, is no worse than the bound with the set merged."""
    arrays, cost, sets = small(100 + seed)
    less = merged(arrays, cost, sets)
    rng = np.random.default_rng(seed)
    for _ in range(10):
        duals = rng.normal(0, 2, less.arrays.shape[0]).round(3)
        duals[(duals > 0) & ~np.isfinite(less.arrays.lo) | (duals < 0) & ~np.isfinite(less.arrays.hi)] = 0
        whole = dual_bound(arrays, cost, less.whole_duals(duals, arrays.shape[0]), sets)
        part = dual_bound(less.arrays, less.cost, duals)
        assert whole.scaled >= part.scaled - arrays.shape[0] * cost.size  # what rounding of duals may cost


def test_a_row_gets_what_serves_it_best() -> None:
    # x + y + z <= 1 are one set; row 0: 2x + y <= w says nothing of z, row 1: x + y + z = w of all, row 2 needs x.
    rows = [[2, 1, 0, -1], [1, 1, 1, -1], [1, 0, 0, 1], [1, 1, 1, 0]]
    arrays = arrays_of(rows, [-np.inf, 0, 1, -np.inf], [0, 0, 2, 1], [1, 1, 1, 1])
    less = merged(arrays, np.array([0.0, 0, 0, 1]), np.array([0, 0, 0, NOBODY]))
    # Columns w, e: row 0 loses the set; row 1 keeps it; row 2 has two sides: x may help, or not be there.
    assert less.arrays.matrix.toarray().tolist() == [[-1, 0], [-1, 1], [1, 1], [0, 1], [1, 0]]
    assert less.rows.tolist() == [0, 1, 2, 3, 2]
    assert less.arrays.lo.tolist() == [-np.inf, 0, 1, -np.inf, -np.inf]
    assert less.arrays.hi.tolist() == [0, 0, np.inf, 1, 2]


def test_nothing_to_merge_leaves_the_program_as_it_is() -> None:
    arrays = Arrays(
        sp.csr_array(np.array([[1.0, 1]])), np.ones(1), np.full(1, np.inf), np.zeros(2), np.ones(2), np.ones(2, bool)
    )
    less = merged(arrays, np.ones(2), np.full(2, NOBODY))
    assert less.arrays.matrix.toarray().tolist() == [[1, 1]]
    assert less.whole_duals(np.array([0.5]), 1).tolist() == [0.5]


@pytest.mark.parametrize("number", CLASSES[::3])
def test_no_plan_is_cut_off_where_moves_to_posts_that_do_not_count_are_merged(number: int) -> None:
    one = loose_of(number)
    space = Space(one.problem, one.program)
    for goal in ("heads", "posts"):
        cost, _ = one.goals[goal]
        idle = unweighed(space, cost)
        assert not (idle & (cost != 0)).any()
        sets = by_person_and_period(space, idle)
        less = merged(space.arrays, cost, sets)
        for plan in walked(number):
            values = point(one.program, plan, one.problem.moves)
            assert less.arrays.feasible(_image(values, sets)[None, :])[0]


def _image(values: Floats, sets: Indices) -> Floats:
    inside: Bools = sets != NOBODY
    counted = np.bincount(sets[inside], values[inside], minlength=int(sets.max()) + 1)
    return np.concatenate([values[~inside], counted])
