"""Row duals made better in part: of the rows where they are most wrong, with the duals of all others as they are.

For duals π and any point x of the program, cost · x − LB(π) = Σ_j r_j (x_j − side_j) + Σ_r π_r (A_r x − side_r), no
term of which is below 0: r = c − Aᵀπ, and side is what LB takes of each column and row. Near the best point the largest
terms tell where duals are wrong: those of a first-order method that ended, or of before an edit that brought new
columns. The best duals of the rows concerned are those of a small program: the columns of these rows, at what the other
rows leave of their cost (a step of block coordinate ascent). The bound never gets less, and is the whole program's.

First the worst rows wherever they are, which takes a second. But duals of rows that hang together are wrong together,
and each alone is as good as the others let it be: then regions, a worst row and those around it that share columns
which some point as good uses, one beside the other until all were looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from planner.engine.bound import SCALE, DualBound
from planner.engine.slim import Slim, slim
from planner.engine.solvers_spec import Relaxed
from planner.program.arrays import Arrays, Bools, Floats, Indices

WORST = 500
"""Columns and rows that are mended at a time wherever they are: at 1,200 posts their rows are 4,000."""

REGION = 40_000
"""Rows of a region: at 1,200 posts a fifth of those that matter, solved in 15 s. Of 20,000 the bound ends lower, of
80,000 it comes later (benchmarks/NOTES.md)."""

PATIENCE = 3
"""So many regions in a row that gain little end the mending."""

STEPS = 8
"""In how many steps a region grows."""

LITTLE = 2e-4
"""Less of the bound is little."""

LEAST = 1e-3
"""A smaller part of the gap is not worth it."""

SMALL = 0.3
"""Up to this part of the least cost a column counts as one that a point as good may use."""


@dataclass(frozen=True)
class Block:
    """The program of some rows; `duals` (rows of the whole,) are those of before."""

    rows: Indices
    columns: Indices
    arrays: Arrays
    """The rows over the columns that are in some of them."""
    slim: Slim
    """What is left of it for its cost."""
    duals: Floats
    bound: DualBound
    """What those bound."""
    in_region: bool
    of: object = None
    """Whose duals they are."""

    def mended(self, found: Relaxed) -> Floats:
        """(rows of the whole,)."""
        duals = self.duals.copy()
        duals[self.rows] = self.slim.whole_duals(found.duals, self.rows.size)
        return duals


@dataclass
class Mending:
    """What is mended next: the worst wherever it is, then regions; one block after another until they gain little."""

    regions: bool = False
    idle: int = 0
    waiting: bool = False
    gained: bool = False
    """Whether a region of this round brought anything."""
    visited: Bools = field(default_factory=lambda: np.zeros(0, bool))
    """Rows of the regions of this round."""

    @property
    def ended(self) -> bool:
        return self.idle >= PATIENCE

    def block(
        self, arrays: Arrays, cost: Floats, duals: Floats, bound: DualBound, near: Floats, posted: int, *, regions: bool
    ) -> Block | None:
        """The next of the rows below `posted`, as far as a point `near` the best tells: (columns,). None where nothing
        is wrong, while one is mended, and where it would be a region and must not."""
        if self.waiting or self.ended or (self.regions and not regions):
            return None
        terms = _Terms.of(arrays, duals, bound, near, posted)
        rows = np.zeros(0, np.int64)
        if not self.regions:
            rows = terms.worst(WORST)
            self.regions = not rows.size
        if self.regions and regions:
            if self.visited.size != arrays.shape[0]:
                self.visited = np.zeros(arrays.shape[0], bool)
            rows = terms.region(cost, near, self.visited)
            if not rows.size and self.gained:
                self.visited[:] = self.gained = False
                rows = terms.region(cost, near, self.visited)
            self.visited[rows] = True
        if not rows.size:
            self.idle = PATIENCE if regions else self.idle
            return None
        self.waiting = True
        return terms.block(rows, cost, in_region=self.regions)

    def heard(self, before: DualBound, after: DualBound) -> None:
        """What a block has brought: of a bound of 0 nothing is little too."""
        self.waiting = False
        little = after.scaled - before.scaled <= LITTLE * abs(after.scaled)
        if not self.regions:
            self.regions = little
        else:
            self.idle = self.idle + 1 if little else 0
            self.gained |= after.scaled > before.scaled


@dataclass(frozen=True)
class _Terms:
    """What of the gap is lost in each column and row: (columns,) and (rows,)."""

    arrays: Arrays
    by_row: sp.csr_array
    duals: Floats
    """Those of sides that are not there as 0, which is what they count for in the bound."""
    bound: DualBound
    of_column: Floats
    of_row: Floats
    activity: Floats
    posted: int

    @classmethod
    def of(cls, arrays: Arrays, duals: Floats, bound: DualBound, near: Floats, posted: int) -> _Terms:
        by_row, reduced = arrays.matrix.tocsr(), bound.reduced / SCALE
        of_column = np.where(reduced < 0, reduced * (near - arrays.upper), reduced * (near - arrays.lower))
        side = np.where(duals > 0, arrays.lo, arrays.hi)
        duals = np.where(np.isfinite(side), duals, 0.0)
        activity = by_row @ near
        of_row, used = np.zeros(duals.size), duals != 0
        of_row[used] = duals[used] * (activity[used] - side[used])
        return cls(arrays, by_row, duals, bound, of_column, of_row, activity, posted)

    def worst(self, count: int) -> Indices:
        """The rows of the worst columns, and the worst rows."""
        touched = self.arrays.matrix.tocsc()[:, _largest(self.of_column, count)].indices
        rows = np.union1d(touched, _largest(self.of_row, count))
        return rows[rows < self.posted]

    def region(self, cost: Floats, near: Floats, visited: Bools) -> Indices:
        """The row where most is lost of those not visited, and the rows around it; none where nothing is lost."""
        arrays, activity = self.arrays, self.activity
        count = np.abs(cost[cost != 0])
        small = SMALL * (float(count.min()) if count.size else 1.0)
        between = (near > arrays.lower + LEAST) & (near < arrays.upper - LEAST)
        columns = np.flatnonzero((np.abs(self.bound.reduced) <= small * SCALE) | between | (self.of_column > LEAST))
        tight = np.minimum(np.abs(activity - arrays.lo), np.abs(activity - arrays.hi)) < LEAST
        rows = np.flatnonzero(((self.duals != 0) | tight)[: self.posted])
        shared = sp.csr_array(self.by_row[rows][:, columns])
        shared.data = np.ones_like(shared.data)
        lost = np.maximum(0.0, self.of_row[rows]) + shared @ np.maximum(0.0, self.of_column[columns])
        lost[visited[rows]] = 0
        if lost.max(initial=0.0) <= LEAST:
            return np.zeros(0, np.int64)
        return rows[_grown(shared, int(np.argmax(lost)), REGION)]

    def block(self, rows: Indices, cost: Floats, *, in_region: bool) -> Block:
        arrays = self.arrays
        columns = np.unique(self.by_row[rows].indices).astype(np.int64)
        others = self.duals.copy()
        others[rows] = 0
        left = (cost - self.by_row.T @ others)[columns]
        own = Arrays(
            matrix=sp.csr_array(self.by_row[rows][:, columns]),
            lo=arrays.lo[rows],
            hi=arrays.hi[rows],
            lower=arrays.lower[columns],
            upper=arrays.upper[columns],
            integer=np.zeros(columns.size, bool),
        )
        return Block(rows, columns, own, slim(own, left), self.duals, self.bound, in_region)


def _grown(shared: sp.csr_array, first: int, size: int) -> Indices:
    """The places of so many rows around the first: those first of whose columns the most are in rows taken before."""
    columnwise, length = sp.csr_array(shared.T), np.maximum(1, np.diff(shared.indptr))
    taken = np.zeros(shared.shape[0], bool)
    taken[first] = True
    while (left := size - int(np.count_nonzero(taken))) > 0:
        touched = columnwise @ taken.astype(float) > 0
        meets = shared @ touched.astype(float)
        meets[taken] = 0
        around = np.flatnonzero(meets)
        if not around.size:
            break
        order = np.argsort(-meets[around] / length[around], kind="stable")
        taken[around[order[: min(left, max(1, size // STEPS))]]] = True
    return np.flatnonzero(taken)


def _largest(terms: Floats, count: int) -> Indices:
    worst = np.argsort(-terms)[:count]
    return worst[terms[worst] > LEAST]
