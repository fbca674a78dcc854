"""A bound that needs no trust in a solver.

With every column in [l_j, u_j], any row duals π give
LB(π) = Σ_r (π_r·lo_r if π_r > 0 else π_r·hi_r) + Σ_j min over [l_j, u_j] of (c_j − A_jᵀπ)·x_j
for whatever point satisfies the rows. All data are whole, π is rounded to multiples of 2⁻²⁰, and the sum is taken in
integers: the result is exact, and may be rounded up because every goal is a whole number.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planner.program.arrays import Arrays, Bools, Floats

Groups = npt.NDArray[np.int64]
"""Numbers from 0 the sets of columns 0 … 1 of which at most one is 1 in a feasible point, -1 for columns of none."""

SCALE = 1 << 20
LARGEST = 1e6
"""Duals beyond this are cut off, so that no sum of them leaves the whole numbers of 64 bits."""


@dataclass(frozen=True)
class DualBound:
    """LB(π) and the reduced costs c_j − A_jᵀπ, both in whole multiples of 1 / SCALE; which columns are of a group."""

    scaled: int
    reduced: npt.NDArray[np.int64]
    grouped: Bools

    @property
    def whole(self) -> int:
        """The bound rounded up: every goal is a whole number."""
        return -((-self.scaled) // SCALE)

    def rounded(self, cost: Floats) -> int:
        """The bound rounded up to a multiple of what divides all costs: no whole point has another value."""
        step = int(np.gcd.reduce(np.rint(np.abs(cost)).astype(np.int64))) or 1
        return -((-self.scaled) // (SCALE * step)) * step


def dual_bound(arrays: Arrays, cost: Floats, duals: Floats, groups: Groups | None = None) -> DualBound:
    """What no feasible whole point can go below, as far as these duals tell.

    `cost` (columns,) and `duals` (rows,), of any quality; wrong signs and duals of infinite sides count as 0.
    Of a set of `groups` (columns,) only the least reduced cost counts, not the sum: a Lagrangian that keeps these rows.
    """
    pi = np.rint(np.clip(np.nan_to_num(duals), -LARGEST, LARGEST) * SCALE).astype(np.int64)
    pi[(pi > 0) & ~np.isfinite(arrays.lo)] = 0
    pi[(pi < 0) & ~np.isfinite(arrays.hi)] = 0
    side = np.where(pi > 0, arrays.lo, arrays.hi)
    side[pi == 0] = 0
    matrix = arrays.matrix.tocsr().astype(np.int64)
    reduced: npt.NDArray[np.int64] = np.rint(cost).astype(np.int64) * SCALE - matrix.T @ pi
    at = np.where(reduced > 0, arrays.lower, arrays.upper)
    alone = _exact_dot(pi, side)
    members = np.zeros(reduced.size, bool)
    if groups is not None and groups.size and groups.max() >= 0:
        members = (groups >= 0) & (arrays.lower == 0)
        least = np.zeros(int(groups.max()) + 1, np.int64)
        np.minimum.at(least, groups[members], np.where(arrays.upper[members] > 0, reduced[members], 0))
        alone += sum(int(value) for value in least[least < 0])
        at = np.where(members, 0.0, at)
    return DualBound(alone + _exact_dot(reduced, at), reduced, members)


def fixed_by(arrays: Arrays, bound: DualBound, value: int) -> Arrays:
    """Columns that no plan of at most this value can move off their bound: exact, and for this goal's row only.

    A point whose column j is one away from the side that LB(π) takes costs at least LB(π) + |reduced_j|; save that
    one of a group may be 0 at no cost where another of the group is 1 instead, so that none of them is fixed to 1.
    """
    room = value * SCALE - bound.scaled
    at_lower = arrays.integer & (bound.reduced > room)
    at_upper = arrays.integer & ~bound.grouped & (-bound.reduced > room)
    # A column of the status quo (empty seats, slack) is whole at every plan too, but may be fractional in a search.
    return replace(
        arrays,
        upper=np.where(at_lower, arrays.lower, arrays.upper),
        lower=np.where(at_upper, arrays.upper, arrays.lower),
    )


def _exact_dot(scaled: npt.NDArray[np.int64], whole: Floats) -> int:
    """Σ in Python's unbounded integers."""
    used = np.flatnonzero(scaled)
    return sum(int(a) * int(b) for a, b in zip(scaled[used], whole[used], strict=True))
