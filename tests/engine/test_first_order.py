"""First-order steps under ballast: a point of few moves, duals that bound closely, and nothing of what was stopped."""

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from planner.engine import first_order
from planner.engine.bound import SCALE, dual_bound
from planner.engine.first_order import close_duals, sparse_point
from planner.engine.solvers import relax_exactly
from planner.program.arrays import Arrays, Floats

SIZE = 40


def transport() -> tuple[Arrays, Floats]:
    """40 people to 40 posts of two seats, each way at a cost of its own, and posts that stay short at 30 a seat."""
    ways = SIZE * SIZE
    people, posts = np.repeat(np.arange(SIZE), SIZE), np.tile(np.arange(SIZE), SIZE)
    short = np.arange(ways, ways + SIZE)
    rows = np.concatenate([people, SIZE + posts, SIZE + np.arange(SIZE)])
    columns = np.concatenate([np.arange(ways), np.arange(ways), short])
    matrix = sp.csr_array((np.ones(rows.size), (rows, columns)), shape=(2 * SIZE, ways + SIZE))
    cost = np.concatenate([np.random.default_rng(1).integers(1, 40, ways), np.full(SIZE, 30)]).astype(float)
    arrays = Arrays(
        matrix=matrix,
        lo=np.concatenate([np.full(SIZE, -np.inf), np.full(SIZE, 2.0)]),
        hi=np.concatenate([np.ones(SIZE), np.full(SIZE, np.inf)]),
        lower=np.zeros(ways + SIZE),
        upper=np.concatenate([np.ones(ways), np.full(SIZE, 2.0)]),
        integer=np.ones(ways + SIZE, bool),
    )
    return arrays, cost + 0.1 * np.random.default_rng(2).random(cost.size)


def best_of(arrays: Arrays, cost: Floats) -> Floats:
    found = relax_exactly(arrays, cost, None, lambda *a: None, lambda: False)
    assert found is not None
    return found.point


def test_a_sparse_point_is_of_few_columns_and_near_the_least_cost() -> None:
    arrays, cost = transport()
    found, best = sparse_point(arrays, cost, None), best_of(arrays, cost)
    assert found is not None
    assert found.point.size == cost.size
    assert cost @ found.point == pytest.approx(cost @ best, rel=1e-2)
    reached = arrays.matrix @ found.point
    assert np.maximum(arrays.lo - reached, reached - arrays.hi).max() < 0.05
    assert (found.point > 0.02).sum() <= 1.5 * (best > 0.02).sum()


def test_close_duals_bound_closely_and_never_above_the_least_cost() -> None:
    arrays, cost = transport()
    whole = np.rint(10 * cost)  # bounds are of whole costs
    found, best = close_duals(arrays, whole, None), best_of(arrays, whole)
    assert found is not None
    bound = dual_bound(arrays, whole, found.duals).scaled / SCALE
    assert whole @ best * 0.98 <= bound <= whole @ best + 1e-6


def test_steps_that_were_stopped_tell_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS gives zeros then, and calls them valid."""
    monkeypatch.setattr(first_order, "MOST_STEPS", 1)
    assert sparse_point(*transport(), None) is None
    assert close_duals(*transport(), None) is None


def test_what_a_presolve_solves_needs_no_ballast(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*given: Any) -> None:
        raise AssertionError(given)

    monkeypatch.setattr(first_order, "_steps_under", never)
    one = np.ones(1)
    arrays = Arrays(sp.csr_array(np.ones((1, 1))), 2 * one, np.inf * one, 0 * one, 9 * one, one > 0)
    found = sparse_point(arrays, one, None)
    assert found is not None
    assert found.point == pytest.approx([2], abs=0.01)


@pytest.mark.parametrize("way", [sparse_point, close_duals])
def test_ballast_leaves_out_the_rows_of_columns_that_count_far(way: Any) -> None:
    """All of those 40 are counted in one column: its row has no dual, and the others bound as before."""
    arrays, cost = transport()
    counted = np.ones((1, cost.size))
    matrix = sp.vstack([arrays.matrix, sp.csr_array(counted)], format="csr")
    matrix = sp.hstack([matrix, sp.csr_array(-np.eye(1, 2 * SIZE + 1, 2 * SIZE).T)], format="csr")
    more = Arrays(
        matrix=sp.csr_array(matrix),
        lo=np.append(arrays.lo, 0.0),
        hi=np.append(arrays.hi, 0.0),
        lower=np.append(arrays.lower, 0.0),
        upper=np.append(arrays.upper, 1000.0),
        integer=np.append(arrays.integer, True),
    )
    found = way(more, np.append(cost, 0.0), None)
    assert found is not None
    assert found.duals[-1] == 0
    assert (found.duals != 0).any()
    assert found.point.size == cost.size + 1
