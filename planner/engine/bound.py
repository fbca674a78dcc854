"""A bound that needs no trust in a solver.

With every column in [l_j, u_j], any row duals π give
LB(π) = Σ_r (π_r·lo_r if π_r > 0 else π_r·hi_r) + Σ_j min over [l_j, u_j] of (c_j − A_jᵀπ)·x_j
for whatever point satisfies the rows. All data are whole, π is rounded to multiples of 2⁻²⁰, and the sum is taken in
integers: the result is exact, and may be rounded up because every goal is a whole number.
"""

import numpy as np

from planner.program.arrays import Arrays, Floats

SCALE = 1 << 20


def dual_bound(arrays: Arrays, cost: Floats, duals: Floats) -> int:
    """The least whole number that no feasible whole point can go below, as far as these duals tell.

    `cost` (columns,) and `duals` (rows,), of any quality; wrong signs and duals of infinite sides count as 0.
    """
    pi = np.rint(np.nan_to_num(duals) * SCALE).astype(np.int64)
    pi[(pi > 0) & ~np.isfinite(arrays.lo)] = 0
    pi[(pi < 0) & ~np.isfinite(arrays.hi)] = 0
    side = np.where(pi > 0, arrays.lo, arrays.hi)
    side[pi == 0] = 0
    matrix = arrays.matrix.tocsr().astype(np.int64)
    reduced = np.rint(cost).astype(np.int64) * SCALE - matrix.T @ pi
    at = np.where(reduced > 0, arrays.lower, arrays.upper)
    total = _exact_dot(pi, side) + _exact_dot(reduced, at)
    return -((-total) // SCALE)


def _exact_dot(scaled: np.ndarray, whole: np.ndarray) -> int:
    """Σ in Python's unbounded integers."""
    used = np.flatnonzero(scaled)
    return sum(int(a) * int(b) for a, b in zip(scaled[used], whole[used], strict=True))
