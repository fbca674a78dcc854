"""Leaving out of a program what cannot matter for one objective: exact, and quick enough to do for every part of it.

A column that nothing keeps from one of its sides, and that costs nothing there, is set to that side: for whole values
and for relaxations some best point has it there. A row that then holds whatever the open columns are is left out, and
may set further columns free. Duals of what is left, with 0 for the rows left out, are duals of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from planner.program.arrays import Arrays, Bools, Floats, Indices


@dataclass(frozen=True)
class Slim:
    """What is left: `arrays` over the open `columns` and `rows` of the whole; `base` has the values of the others."""

    arrays: Arrays
    cost: Floats
    offset: float
    columns: Indices
    rows: Indices
    base: Floats

    def whole_point(self, point: Floats) -> Floats:
        """(columns of the whole,) from (open columns,)."""
        whole = self.base.copy()
        whole[self.columns] = point
        return whole

    def whole_duals(self, duals: Floats, rows: int) -> Floats:
        """(rows of the whole,) from (rows left,)."""
        whole = np.zeros(rows)
        whole[self.rows] = duals
        return whole


def slim(arrays: Arrays, cost: Floats) -> Slim:
    """The program without the columns and rows that cannot matter for the cost. Exact for its least value."""
    matrix = sp.csr_array(arrays.matrix)
    up, down = matrix.maximum(0), (-matrix).maximum(0)
    up_signs, down_signs = _signs(up), _signs(down)
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    live = np.ones(matrix.shape[0], bool)
    while True:
        least = up @ lower - down @ upper
        most = up @ upper - down @ lower
        idle = live & (least >= arrays.lo) & (most <= arrays.hi)
        live &= ~idle
        capped = (live & np.isfinite(arrays.hi)).astype(float)
        floored = (live & np.isfinite(arrays.lo)).astype(float)
        kept_down = up_signs.T @ capped + down_signs.T @ floored
        kept_up = up_signs.T @ floored + down_signs.T @ capped
        is_open = upper > lower
        raised = is_open & (kept_down == 0) & (cost <= 0)
        lowered = is_open & (kept_up == 0) & (cost >= 0) & ~raised
        lower[raised] = upper[raised]
        upper[lowered] = lower[lowered]
        if not idle.any() and not raised.any() and not lowered.any():
            return _rest(arrays, cost, lower, upper, live)


def _signs(part: sp.csr_array) -> sp.csr_array:
    signs = sp.csr_array(part)
    signs.eliminate_zeros()
    signs.data = np.ones_like(signs.data)
    return signs


def _rest(arrays: Arrays, cost: Floats, lower: Floats, upper: Floats, live: Bools) -> Slim:
    is_open = upper > lower
    columns, rows = np.flatnonzero(is_open), np.flatnonzero(live)
    base = np.where(is_open, 0.0, lower)
    left = replace(arrays, lower=lower, upper=upper).cut(rows, columns, base)
    return Slim(left, cost[columns], float(cost @ base), columns, rows, base)
