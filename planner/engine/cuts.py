"""Rows that every plan satisfies and a relaxed point does not: halves of sums of rows, rounded ({0, ½}-cuts).

Let some rows a_i · x ≤ b_i be added and halved: α · x ≤ β with α = ½ Σ a_i, β = ½ Σ b_i. Every column is whole at the
point of a plan, those that are not searched as whole numbers too, since they follow from the others; so are its sides
l ≤ x ≤ u and all data. Where α_j is an odd half α_j x_j ≥ ⌊α_j⌋ x_j + ½ l_j is taken, or α_j x_j ≥ ⌈α_j⌉ x_j − ½ u_j.
What is left has whole coefficients, so its right side may be rounded down. At a relaxed point the row that comes
of it is broken by ½ (1 − Σ slack of the rows − Σ distance of the odd columns from the side that was taken) where the
right side was an odd half. So rows are sought that nearly hold as equations, whose sum is even in all columns but a few
that are near a side: elimination modulo 2, columns far from both sides first.

Three posts, each two of which the same person might fill in half, are the smallest such set: their rows say 3/2, the
cut 1. Caprara and Fischetti, {0, ½}-Chvátal-Gomory cuts, Mathematical Programming 74 (1996); the elimination after
Koster, Zymolka and Kutschka, Algorithms to separate {0, ½}-Chvátal-Gomory cuts, Algorithmica 55 (2009).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from planner.program.arrays import Arrays, Bools, Floats, Indices

LONGEST = 200
"""Columns of a row that is looked at: longer ones, as those of goals, are never part of a short cut."""

MOST_COLUMNS, MOST_ROWS = 400, 60
"""Odd columns of a sum of rows, and rows in it, beyond which it is given up."""

LARGEST = 1 << 10
"""Of a coefficient of a sum of rows: all that is reckoned with such is exact."""

TIGHT = 0.05
"""Slack up to which a row may eliminate a column from others."""

BROKEN = 1e-3
"""By how much a cut is broken at least."""

ALIKE, SHARED = 6, 0.5
"""A cut of which more than this part of the columns are in so many others already adds little."""

NOISE = 1e-6


@dataclass(frozen=True, eq=False)
class Origin:
    """What a cut came of: rows of the program, by the side that counts (1 the upper, -1 the lower), and cuts before it.
    And what it says: the coefficients of its columns, 0 too where another would be as near to half of the sum."""

    rows: Indices
    signs: Floats
    cuts: tuple[Origin, ...]
    columns: Indices
    coefficients: Floats


@dataclass(frozen=True)
class Cuts:
    """Rows matrix · x ≤ most: (cuts × columns) and (cuts,), all whole; and the origin of each."""

    matrix: sp.csr_array
    most: Floats
    origins: tuple[Origin, ...] = ()

    def __len__(self) -> int:
        return int(self.most.size)

    def and_(self, others: Cuts) -> Cuts:
        matrix = sp.csr_array(sp.vstack([self.matrix, others.matrix]))
        return Cuts(matrix, np.concatenate([self.most, others.most]), self.origins + others.origins)

    def says(self) -> list[bytes]:
        """Of each what tells it from others."""
        rows = (slice(*self.matrix.indptr[n : n + 2]) for n in range(len(self)))
        told = zip(rows, self.most, strict=True)
        return [
            b"".join(part.tobytes() for part in (self.matrix.indices[r], self.matrix.data[r], most)) for r, most in told
        ]

    def only(self, these: Bools) -> Cuts:
        places = np.flatnonzero(these)
        return Cuts(self.matrix[places], self.most[these], tuple(self.origins[n] for n in places))

    def added_to(self, arrays: Arrays) -> Arrays:
        """The program with these rows after its own."""
        return replace(
            arrays,
            matrix=sp.csr_array(sp.vstack([arrays.matrix, self.matrix])),
            lo=np.concatenate([arrays.lo, np.full(len(self), -np.inf)]),
            hi=np.concatenate([arrays.hi, self.most]),
        )


@dataclass
class _Sum:
    """A sum of rows: which, their slack, its odd columns, and whether its right side is odd."""

    rows: frozenset[int]
    slack: float
    columns: frozenset[int]
    odd: bool

    def plus(self, other: _Sum) -> _Sum:
        return _Sum(
            self.rows ^ other.rows, self.slack + other.slack, self.columns ^ other.columns, self.odd ^ other.odd
        )


def cuts_at(arrays: Arrays, point: Floats, most: int, known: Cuts | None = None) -> Cuts:
    """Cuts that the relaxed point (columns,) breaks, the most broken for their length first. They come of the rows of
    the program, and of cuts that are known already."""
    rows = _Halves(arrays if known is None else known.added_to(arrays), point)
    found = sorted(rows.cuts(), key=lambda cut: (-cut.broken, cut.columns.tobytes()))
    uses = np.zeros(arrays.shape[1], np.int64)
    chosen, said = [], set()
    for cut in found:
        key = (cut.columns.tobytes(), cut.coefficients.tobytes())
        if key in said or (uses[cut.columns] >= ALIKE).mean() > SHARED:
            continue
        said.add(key)
        uses[cut.columns] += 1
        chosen.append(cut)
        if len(chosen) == most:
            break
    before = () if known is None else known.origins
    return of_origins(
        [cut.origin(arrays.shape[0], before) for cut in chosen], [c.side for c in chosen], arrays.shape[1]
    )


def of_origins(origins: Sequence[Origin], most: Sequence[float], columns: int) -> Cuts:
    """What these say, with their right sides, over so many columns."""
    starts = np.cumsum([0, *(one.columns.size for one in origins)])
    indices = np.concatenate([np.zeros(0, np.int64), *(one.columns for one in origins)])
    data = np.concatenate([np.zeros(0), *(one.coefficients for one in origins)])
    matrix = sp.csr_array((data, indices, starts), shape=(len(origins), columns))
    matrix.eliminate_zeros()
    return Cuts(matrix, np.array(most, float), tuple(origins))


@dataclass(frozen=True)
class _Cut:
    """By how much it is broken for its length; columns, coefficients, right side; its rows, and which side of each."""

    broken: float
    columns: Indices
    coefficients: Floats
    side: float
    rows: Indices
    signs: Floats
    left_out: Indices
    """Columns that an odd half was rounded to 0 of, and not to -1."""

    def origin(self, own: int, before: Sequence[Origin]) -> Origin:
        """Its rows, of which those after so many of the program's own are cuts."""
        mine = self.rows < own
        cuts = tuple(before[row - own] for row in self.rows[~mine])
        columns = np.concatenate([self.columns, self.left_out])
        coefficients = np.concatenate([self.coefficients, np.zeros(self.left_out.size)])
        return Origin(self.rows[mine], self.signs[mine], cuts, columns, coefficients)


class _Halves:
    """The rows of a program as seen from a point: each by the side that it is nearer to."""

    def __init__(self, arrays: Arrays, point: Floats) -> None:
        self.arrays, self.point = arrays, point
        self.matrix = sp.csr_array(arrays.matrix)
        activity = self.matrix @ point
        above, below = arrays.hi - activity, activity - arrays.lo
        self.sign = np.where(above <= below, 1.0, -1.0)
        self.side = np.where(above <= below, arrays.hi, -arrays.lo)
        self.slack = np.maximum(0.0, np.minimum(above, below))
        self.low: Bools = point - arrays.lower <= arrays.upper - point
        self.far = np.maximum(0.0, np.minimum(point - arrays.lower, arrays.upper - point))
        """How far each column is from the side that it is nearer to."""

    def cuts(self) -> Iterator[_Cut]:
        for rows in self._odd_sums():
            cut = self._rounded(np.array(sorted(rows), np.int64))
            if cut is not None:
                yield cut

    def _odd_sums(self) -> set[frozenset[int]]:
        """Rows whose halved sum may be rounded to something that the point breaks."""
        sums = dict(enumerate(self._single()))
        found = {one.rows for one in sums.values() if self._is_broken(one)}
        of_column: dict[int, set[int]] = {}
        for n, one in sums.items():
            for column in one.columns:
                of_column.setdefault(column, set()).add(n)
        for column in sorted(of_column, key=lambda j: (-self.far[j], j)):
            having = [n for n in sorted(of_column[column]) if n in sums]
            if not having:
                continue
            first = min(having, key=lambda n: (sums[n].slack > NOISE, len(sums[n].columns) + len(sums[n].rows), n))
            pivot = sums[first]
            if pivot.slack > TIGHT:
                continue
            del sums[first]
            for n in having:
                if n == first:
                    continue
                one = sums[n].plus(pivot)
                if one.slack >= 1 or len(one.columns) > MOST_COLUMNS or len(one.rows) > MOST_ROWS:
                    del sums[n]
                    continue
                for other in pivot.columns:
                    (of_column[other].add if other in one.columns else of_column[other].discard)(n)
                sums[n] = one
                if self._is_broken(one):
                    found.add(one.rows)
        return found

    def _is_broken(self, one: _Sum) -> bool:
        return one.odd and one.slack + sum(self.far[j] for j in one.columns) < 1 - 2 * BROKEN

    def _single(self) -> Iterator[_Sum]:
        """Each row alone, its right side over the columns as they are counted from their nearer sides."""
        short = np.diff(self.matrix.indptr) <= LONGEST
        rows = np.flatnonzero(short & (self.slack < 1))
        matrix = self.matrix[rows]
        at = np.where(self.low, self.arrays.lower, self.arrays.upper)
        odd_side = np.rint(self.side[rows] - self.sign[rows] * (matrix @ at)).astype(np.int64) % 2 == 1
        odd = matrix.astype(np.int64)
        odd.data %= 2
        open_columns = self.far > NOISE
        for n, row in enumerate(rows):
            inside = slice(odd.indptr[n], odd.indptr[n + 1])
            columns = odd.indices[inside][(odd.data[inside] == 1) & open_columns[odd.indices[inside]]]
            yield _Sum(frozenset((int(row),)), float(self.slack[row]), frozenset(columns.tolist()), bool(odd_side[n]))

    def _rounded(self, rows: Indices) -> _Cut | None:
        """Half of the sum of the rows, rounded; None where the point does not break it."""
        whole = sp.csr_array(self.sign[rows].reshape(1, -1)) @ self.matrix[rows]
        columns = whole.indices.astype(np.int64)
        halves = whole.data / 2
        side = float(self.side[rows].sum()) / 2
        odd = np.rint(whole.data).astype(np.int64) % 2 == 1
        low = self.low[columns]
        lower, upper = self.arrays.lower[columns], self.arrays.upper[columns]
        side += float(np.where(odd, np.where(low, -lower, upper), 0.0).sum()) / 2
        rounded = np.where(odd, np.where(low, np.floor(halves), np.ceil(halves)), np.rint(halves))
        used = rounded != 0
        left_out = columns[~used & (np.floor(halves) != 0)]
        columns, rounded, side = columns[used], rounded[used], float(np.floor(side + NOISE))
        broken = float(rounded @ self.point[columns]) - side
        if not columns.size or broken < BROKEN or np.abs(whole.data).max() > LARGEST:
            return None
        order = np.argsort(columns)
        length = float(np.linalg.norm(rounded))
        return _Cut(broken / length, columns[order], rounded[order], side, rows, self.sign[rows], left_out)
