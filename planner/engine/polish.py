"""Row duals made better in part: of the rows where they are most wrong, with the duals of all others as they are.

For duals π and any point x of the program, cost · x − LB(π) = Σ_j r_j (x_j − side_j) + Σ_r π_r (A_r x − side_r), no
term of which is below 0: r = c − Aᵀπ, and side is what LB takes of each column and row. Near the best point the largest
terms tell where duals are wrong: those of a first-order method that ended, or of before an edit that brought new
columns. The best duals of the rows concerned are those of a small program: the columns of these rows, at what the other
rows leave of their cost (a step of block coordinate ascent). The bound never gets less, and is the whole program's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from planner.engine.bound import SCALE, DualBound
from planner.engine.slim import Slim, slim
from planner.engine.solvers_spec import Relaxed
from planner.program.arrays import Arrays, Floats, Indices

WORST = (500, 2000, 5000)
"""Columns and rows that are mended at a time: at 1,200 posts the rows of 500 are 4,000 and take a second, of 5,000 they
are 22,000 and take 14. Few at first, more where they gain little."""

LITTLE = 2e-4
"""Less of the bound is little."""

LEAST = 1e-3
"""A smaller part of the gap is not worth it."""


@dataclass(frozen=True)
class Block:
    """The program of some rows; `duals` (rows of the whole,) are those of before."""

    rows: Indices
    slim: Slim
    duals: Floats
    of: object = None
    """Whose duals they are."""

    def mended(self, found: Relaxed) -> Floats:
        """(rows of the whole,)."""
        duals = self.duals.copy()
        duals[self.rows] = self.slim.whole_duals(found.duals, self.rows.size)
        return duals


@dataclass
class Pace:
    """How many columns and rows are mended at a time, until the most of them gain little; one block after another."""

    step: int = 0
    waiting: bool = False

    @property
    def size(self) -> int:
        """Of the next block; 0 while one is mended, and where nothing is to be gained."""
        return 0 if self.waiting or self.step >= len(WORST) else WORST[self.step]

    def heard(self, before: DualBound, after: DualBound) -> None:
        self.waiting = False
        if after.scaled - before.scaled <= LITTLE * abs(after.scaled):  # of a bound of 0 nothing is little too
            self.step += 1


def worst_block(
    arrays: Arrays, cost: Floats, duals: Floats, bound: DualBound, near: Floats, posted: int, worst: int = WORST[0]
) -> Block | None:
    """The rows below `posted` in which the duals are most wrong, as far as a point `near` the best tells: (columns,).

    Those of the `worst` columns and rows; None where nothing is wrong.
    """
    by_row, by_column = arrays.matrix.tocsr(), arrays.matrix.tocsc()
    reduced = bound.reduced / SCALE
    of_column = np.where(reduced < 0, reduced * (near - arrays.upper), reduced * (near - arrays.lower))
    side = np.where(duals > 0, arrays.lo, arrays.hi)
    duals = np.where(np.isfinite(side), duals, 0.0)  # a dual of a side that is not there counts as none in the bound
    used = duals != 0
    of_row = np.zeros(duals.size)
    of_row[used] = duals[used] * ((by_row @ near)[used] - side[used])
    touched = by_column[:, _largest(of_column, worst)].indices
    rows = np.union1d(touched, _largest(of_row, worst))
    rows = rows[rows < posted]
    if not rows.size:
        return None
    columns = np.unique(by_row[rows].indices)
    others = duals.copy()
    others[rows] = 0
    left = (cost - by_row.T @ others)[columns]
    own = Arrays(
        matrix=sp.csr_array(by_row[rows][:, columns]),
        lo=arrays.lo[rows],
        hi=arrays.hi[rows],
        lower=arrays.lower[columns],
        upper=arrays.upper[columns],
        integer=np.zeros(columns.size, bool),
    )
    return Block(rows, slim(own, left), duals)


def _largest(terms: Floats, count: int) -> Indices:
    worst = np.argsort(-terms)[:count]
    return worst[terms[worst] > LEAST]
