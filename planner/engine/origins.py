"""How cuts came about: so a what-if derives those of its parent anew, from its own rows.

A cut is what half of a sum of rows says, rounded (`cuts`), and what it says holds in the case that it came of. An edit
leaves most rows as they were. From the same rows as they are now, with Σ a_j x_j ≤ b the half of their sum, and the
whole coefficients t of the cut that was,

    Σ t_j x_j ≤ ⌊b + Σ_j max over l_j ≤ x_j ≤ u_j of (t_j − a_j) x_j⌋

holds for every whole x, whatever t is. Where the edit has changed none of the rows it is the cut that was: there each
t_j − a_j is 0 or a half, and its side the one that was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from planner.engine.cuts import LARGEST, LONGEST, MOST_ROWS, Cuts, Origin, of_origins
from planner.engine.marks import Marks, Numbers, matched, places_in
from planner.program.arrays import Arrays, Floats, Indices

MOST_KEPT = 50_000
"""Cuts that outlive a run, those with no dual of which others came too."""

MOST_SPOKEN = MOST_ROWS * LONGEST
"""Columns of one."""

MOST_SIDE = 1e9


def moved(
    origins: Sequence[Origin], rows: Indices, columns: Indices, of_cut: Mapping[int, Origin]
) -> tuple[Origin, ...]:
    """Of cuts of a part those of the whole: `rows` and `columns` of the part by their places there, `of_cut` of the
    rows of the whole that are cuts themselves."""
    known: dict[Origin, Origin] = {}
    for one in _in_order(origins):
        at = rows[one.rows]
        is_cut = np.array([int(row) in of_cut for row in at], bool)
        before = (*(known[cut] for cut in one.cuts), *(of_cut[int(row)] for row in at[is_cut]))
        known[one] = Origin(at[~is_cut], one.signs[~is_cut], before, columns[one.columns], one.coefficients)
    return tuple(known[one] for one in origins)


def _in_order(origins: Iterable[Origin]) -> list[Origin]:
    """Those and all that they came of, each once and after what it came of."""
    found: dict[Origin, None] = {}
    left = [(one, False) for one in origins]
    while left:
        one, ready = left.pop()
        if ready:
            found[one] = None
        elif one not in found:
            left.append((one, True))
            left += [(cut, False) for cut in one.cuts]
    return list(found)


@dataclass(frozen=True)
class Kept:
    """Cuts as they outlive a run, each after those that it came of. Of cut n: the program's rows, with the sides that
    count, from `row_starts[n]` to before `row_starts[n + 1]` and so on; the cuts before it; columns, coefficients."""

    says: Numbers
    named: Numbers
    """The marks of the rows that cuts came of, each once."""
    keys: Numbers
    """Those of the columns they speak of, each once."""
    row_starts: Indices
    row_of: Indices
    sign_of: Indices
    cut_starts: Indices
    cut_of: Indices
    column_starts: Indices
    column_of: Indices
    coefficient_of: Indices

    def __len__(self) -> int:
        return int(self.row_starts.size) - 1

    @property
    def is_sound(self) -> bool:
        """Whether all places are there, and nothing is larger than a run makes it: a file may say anything."""
        count = self.row_starts.size - 1
        if not 0 <= count <= MOST_KEPT or self.says.shape != self.named.shape:
            return False
        parts = (
            (self.row_starts, self.row_of, self.says.size, MOST_ROWS),
            (self.cut_starts, self.cut_of, count, MOST_ROWS),
            (self.column_starts, self.column_of, self.keys.size, MOST_SPOKEN),
        )
        for starts, places, size, most in parts:
            if starts.size != count + 1 or starts[0] != 0 or starts[-1] != places.size:
                return False
            if not 0 <= starts.min() <= starts.max() <= places.size or not np.diff(starts).min(initial=0) >= 0:
                return False
            if np.diff(starts).max(initial=0) > most or (places.size and not 0 <= places.min() <= places.max() < size):
                return False
        if self.row_of.shape != self.sign_of.shape or self.column_of.shape != self.coefficient_of.shape:
            return False
        after = self.cut_of >= np.repeat(np.arange(count), np.diff(self.cut_starts))
        small = np.abs(self.coefficient_of).max(initial=0) <= LARGEST
        return not after.any() and bool(small) and bool(np.isin(self.sign_of, (-1, 1)).all())

    def derived(
        self, arrays: Arrays, marks: Marks, keys: Numbers, stopped: Callable[[], bool] = lambda: False
    ) -> tuple[Cuts, list[int]]:
        """Those that come of a program's own rows and columns with these marks, and which of these they are.

        A cut of which a row is gone, or says nothing any more, is left out; so are all others once it is stopped.
        """
        rows, columns = arrays.shape
        place, column = matched(Marks(self.says, self.named), marks), places_in(self.keys, keys)
        place[place >= rows] = -1
        matrix, found = sp.csr_array(arrays.matrix), dict[int, _Derived]()
        for n in range(len(self)):
            if stopped():
                break
            said, spoken = slice(*self.row_starts[n : n + 2]), slice(*self.column_starts[n : n + 2])
            own = place[self.row_of[said]]
            before = [int(k) for k in self.cut_of[slice(*self.cut_starts[n : n + 2])]]
            if (own < 0).any() or any(k not in found for k in before):
                continue
            at = column[self.column_of[spoken]]
            wanted = self.coefficient_of[spoken].astype(float)[at >= 0]
            signs = self.sign_of[said].astype(float)
            cut = _derived(arrays, matrix, own, signs, [found[k] for k in before], at[at >= 0], wanted)
            if cut is not None:
                found[n] = cut
        telling = {n: cut for n, cut in found.items() if cut.tells}
        origins, most = [cut.origin for cut in telling.values()], [cut.most for cut in telling.values()]
        return of_origins(origins, most, columns), list(telling)


class _Derived(NamedTuple):
    """A cut with its right side, and whether it says more than the sides of its columns."""

    origin: Origin
    most: float
    tells: bool


def _derived(
    arrays: Arrays,
    matrix: sp.csr_array,
    rows: Indices,
    signs: Floats,
    cuts: Sequence[_Derived],
    columns: Indices,
    wanted: Floats,
) -> _Derived | None:
    """The cut of these rows and cuts with the wanted coefficients in some columns; None where a side is not there, or
    a number is so large that sums of such would not be exact."""
    side = float(np.where(signs > 0, arrays.hi[rows], -arrays.lo[rows]).sum()) + sum(cut.most for cut in cuts)
    places = [slice(*matrix.indptr[row : row + 2]) for row in rows]
    summed_at = np.concatenate(
        [np.zeros(0, np.int64), *(matrix.indices[p] for p in places), *(cut.origin.columns for cut in cuts)]
    )
    summed = np.concatenate(
        [
            np.zeros(0),
            *(sign * matrix.data[p] for sign, p in zip(signs, places, strict=True)),
            *(cut.origin.coefficients for cut in cuts),
        ]
    )
    among, place = np.unique(np.concatenate([summed_at, columns]).astype(np.int64), return_inverse=True)
    twice = np.zeros(among.size)
    np.add.at(twice, place[: summed.size], summed)
    target = np.floor(twice / 2)  # of a column that is new in the rows
    target[place[summed.size :]] = wanted
    odd = 2 * target - twice
    side += float(np.where(odd > 0, odd * arrays.upper[among], odd * arrays.lower[among]).sum())
    if not abs(side) <= MOST_SIDE or max(np.abs(twice).max(initial=0), np.abs(target).max(initial=0)) > LARGEST:
        return None
    most = float(np.floor(side / 2))
    greatest = float(np.where(target > 0, target * arrays.upper[among], target * arrays.lower[among]).sum())
    used = (target != 0) | (np.floor(twice / 2) != 0)
    origin = Origin(rows, signs, tuple(cut.origin for cut in cuts), among[used], target[used])
    return _Derived(origin, most, most < greatest)


def kept(origins: Sequence[Origin], marks: Marks, keys: Numbers) -> tuple[Kept, list[int]]:
    """To outlive the run, with all that they came of: `marks` of the program's rows, `keys` of its columns. And the
    number of each; -1 of one that there is no room for."""
    number: dict[Origin, int] = {}
    same: dict[tuple[object, ...], int] = {}
    order: list[Origin] = []
    cuts: list[Indices] = []
    for one in _in_order(origins):
        before = np.array([number[cut] for cut in one.cuts], np.int64)
        parts = (one.rows, one.signs, before, one.columns, one.coefficients)
        told = tuple(part.tobytes() for part in parts)  # each message of a child has its own of what came before
        number[one] = same.setdefault(told, len(order))
        if number[one] == len(order):
            order.append(one)
            cuts.append(before)
    order, cuts = order[:MOST_KEPT], cuts[:MOST_KEPT]
    rows, row_of = _each_once([one.rows for one in order])
    columns, column_of = _each_once([one.columns for one in order])
    result = Kept(
        says=marks.says[rows],
        named=marks.named[rows],
        keys=keys[columns],
        row_starts=_starts([one.rows for one in order]),
        row_of=row_of,
        sign_of=_joined([one.signs.astype(np.int64) for one in order]),
        cut_starts=_starts(cuts),
        cut_of=_joined(cuts),
        column_starts=_starts([one.columns for one in order]),
        column_of=column_of,
        coefficient_of=_joined([np.rint(one.coefficients).astype(np.int64) for one in order]),
    )
    return result, [number[one] if number[one] < len(order) else -1 for one in origins]


def nothing_kept() -> Kept:
    """No cut at all."""
    none = np.zeros(0, np.uint64)
    return kept((), Marks(none, none), none)[0]


def _joined(parts: Sequence[Indices]) -> Indices:
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _starts(parts: Sequence[Indices]) -> Indices:
    return np.cumsum([0, *(part.size for part in parts)]).astype(np.int64)


def _each_once(parts: Sequence[Indices]) -> tuple[Indices, Indices]:
    """The different numbers of all parts, and the place of each among them."""
    found, places = np.unique(_joined(parts), return_inverse=True)
    return found.astype(np.int64), places.astype(np.int64)
