"""Columns that cost nothing, counted together: a smaller relaxation, with duals for the whole.

Of a set of columns x_j in [0, 1] with Σ x_j ≤ 1 only the sum e is kept, and each row gets the coefficient of the member
that serves it best: for a row A x ≤ b the least of the set, for A x ≥ b the greatest, 0 where some member is not in the
row; a row with two sides becomes two. Since Σ A_rj x_j ≥ (min_j A_rj) · e, every point of the program has one here of
the same cost. And its duals are duals of the program: for a row A x ≤ b π_r ≤ 0, and −π_r A_rj ≥ −π_r min_j A_rj, so
that no member's reduced cost is below that of e.

What a tier's goals do not weigh is merged so: who goes to a post that does not count is told by person and period.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp

from planner.engine.space import NOBODY, Space
from planner.program.arrays import Arrays, Bools, Floats, Indices


@dataclass(frozen=True)
class Merged:
    """The program with one column for each set, after all others; `rows` tells of which row of the whole each is."""

    arrays: Arrays
    cost: Floats
    rows: Indices

    def whole_duals(self, duals: Floats, rows: int) -> Floats:
        """(rows of the whole,) from (rows here,)."""
        whole = np.zeros(rows)
        np.add.at(whole, self.rows, duals)
        return whole


def unweighed(space: Space, cost: Floats) -> Bools:
    """The appointments to posts for which nothing in the cost is counted: (columns,).

    None where the cost does not speak of empty seats.
    """
    weighed = np.zeros(len(space.posts), bool)
    weighed[space.post[(space.kinds == "m") & (cost != 0)]] = True
    idle: Bools = (space.kinds == "a") & ~weighed[space.post]
    classes = space.problem.moves.appoint.posts
    of_class = {first: any(weighed[space.posts[p]] for p in posts) for first, posts in classes.items()}
    keys: Any = space.program.keys
    loose = np.flatnonzero(space.kinds == "c")
    idle[loose] = [not of_class[keys[j][2]] for j in loose]
    idle &= (space.arrays.lower == 0) & weighed.any()
    return idle


def by_person_and_period(space: Space, columns: Bools) -> Indices:
    """Numbers the sets of appointments of one person in one period: (columns,), NOBODY for all other columns."""
    numbers: dict[Hashable, int] = {}
    sets = np.full(columns.size, NOBODY, np.int64)
    keys: Any = space.program.keys
    for j in np.flatnonzero(columns):
        sets[j] = numbers.setdefault((keys[j][1], keys[j][3]), len(numbers))
    return sets


def merged(arrays: Arrays, cost: Floats, sets: Indices) -> Merged:
    """One column for each set; members are 0 … 1, cost nothing, and are 1 together at most."""
    rows, columns = arrays.shape
    kept = np.flatnonzero(sets == NOBODY)
    size = np.bincount(sets[sets != NOBODY])
    place = np.empty(columns, np.int64)
    place[kept] = np.arange(kept.size)
    entries = arrays.matrix.tocoo()
    inside = sets[entries.col] != NOBODY
    row, least, greatest, number = _extremes(entries.row[inside], sets[entries.col[inside]], entries.data[inside], size)
    floored, capped = np.isfinite(arrays.lo), np.isfinite(arrays.hi)
    twice = np.zeros(rows, bool)
    twice[row[least != greatest]] = True
    twice &= floored & capped
    second = np.flatnonzero(twice)
    copy = np.empty(rows, np.int64)
    copy[second] = rows + np.arange(second.size)
    # The first copy of a row with two sides is that of its lower side.
    first = np.where((floored & (~capped | twice))[row], greatest, least)
    own_row, own_column, own = entries.row[~inside], place[entries.col[~inside]], entries.data[~inside]
    again, also = twice[own_row], twice[row]
    where = (
        np.concatenate([own_row, row, copy[own_row[again]], copy[row[also]]]),
        np.concatenate([own_column, kept.size + number, own_column[again], kept.size + number[also]]),
    )
    values = np.concatenate([own, first, own[again], least[also]])
    matrix = sp.csr_array((values, where), shape=(rows + second.size, kept.size + size.size))
    matrix.eliminate_zeros()
    return Merged(
        replace(
            arrays,
            matrix=matrix,
            lo=np.concatenate([arrays.lo, np.full(second.size, -np.inf)]),
            hi=np.concatenate([np.where(twice, np.inf, arrays.hi), arrays.hi[second]]),
            lower=np.concatenate([arrays.lower[kept], np.zeros(size.size)]),
            upper=np.concatenate([arrays.upper[kept], np.ones(size.size)]),
            integer=np.concatenate([arrays.integer[kept], np.zeros(size.size, bool)]),
        ),
        np.concatenate([cost[kept], np.zeros(size.size)]),
        np.concatenate([np.arange(rows), second]),
    )


def _extremes(
    row: Indices, number: Indices, value: Floats, size: Indices
) -> tuple[Indices, Floats, Floats, Indices]:  # fmt: skip
    """For each row and set that meet: the least and the greatest coefficient, of missing members 0."""
    at = row.astype(np.int64) * max(1, size.size) + number
    order = np.argsort(at, kind="stable")
    pairs, starts, counts = np.unique(at[order], return_index=True, return_counts=True)
    if not pairs.size:
        return pairs, np.zeros(0), np.zeros(0), pairs
    least, greatest = (ufunc.reduceat(value[order], starts) for ufunc in (np.minimum, np.maximum))
    numbers = pairs % size.size
    missing = counts < size[numbers]
    least = np.where(missing, np.minimum(least, 0), least)
    greatest = np.where(missing, np.maximum(greatest, 0), greatest)
    return pairs // size.size, least, greatest, numbers
