"""What a row or a column is known by in another run: by what it says, whatever its place and its sides.

An edit leaves most rows as they were: another number of places in a course changes the side of a row alone. Where an
edit gives a row another column, as for a person who is new, it is known by its label.
"""

from __future__ import annotations

from collections.abc import Generator, Hashable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from planner.program import Arrays, Program
from planner.program.arrays import Indices

Numbers = npt.NDArray[np.uint64]

T = TypeVar("T")

Steps = Generator[None, None, T]
"""Work that may be left off after each of its steps, and what comes of it."""

ODD = np.uint64(0x9E3779B97F4A7C15)
"""A number without a pattern."""

STEP = 10_000
"""Rows or columns that are marked in one step: some hundredths of a second."""


@dataclass(frozen=True)
class Marks:
    """Of each row two numbers, the same in every run: of what it says, and of its label. Where several say the same, or
    have the same label, the place among those is a part of it."""

    says: Numbers
    named: Numbers

    def cut(self, rows: Indices) -> Marks:
        return Marks(self.says[rows], self.named[rows])

    def with_room(self, rows: int) -> Marks:
        """With those of rows kept for cuts, which are not the same in another run."""
        return self._and(("room", n) for n in range(rows))

    def limited(self, limits: Sequence[tuple[str, ...]]) -> Marks:
        """With those of the rows after them that limit the goals of tiers before, which are known by the goals."""
        return self._and(("limit", *goals) for goals in limits)

    def _and(self, keys: Iterable[Hashable]) -> Marks:
        """With those of more rows, each known by a key."""
        more = np.array([_mark(key) for key in keys], np.uint64)
        return Marks(np.concatenate([self.says, more]), np.concatenate([self.named, more]))


NO_MARKS = Marks(np.zeros(0, np.uint64), np.zeros(0, np.uint64))


def marks_of(program: Program, arrays: Arrays) -> Marks:
    """The marks of the rows, in one go: see `marking`."""
    return finished(marking(program, arrays))[0]


def finished(work: Steps[T]) -> T:
    """What comes of the work once its steps that are left are done."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: T = end.value
            return found


def marking(program: Program, arrays: Arrays) -> Steps[tuple[Marks, Numbers]]:
    """The marks of the rows of the program, the first of `arrays`, and of its columns: at 1,200 posts it takes some
    seconds, and is done once for a run."""
    of_column = yield from _marked(program.keys)
    labels: list[Hashable] = list(zip(program.labels, program.kinds, strict=True))
    matrix = arrays.matrix[: len(labels)].tocsr()
    parts = np.rint(matrix.data).astype(np.int64).view(np.uint64) * of_column[matrix.indices]
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(parts, dtype=np.uint64)])
    says = sums[matrix.indptr[1:]] - sums[matrix.indptr[:-1]]
    sides = (np.isfinite(arrays.lo) + 2 * np.isfinite(arrays.hi))[: len(labels)]
    for row in np.flatnonzero(np.array(program.kinds) == "definition"):
        # The column that it defines is the youngest of the row.
        labels[row] = program.keys[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].max()]
    named = yield from _marked(labels)
    return Marks(_told_apart(says + sides.astype(np.uint64)), _told_apart(named)), of_column


def _marked(keys: Sequence[Hashable]) -> Steps[Numbers]:
    found = np.zeros(len(keys), np.uint64)
    for start in range(0, len(keys), STEP):
        some = slice(start, start + STEP)
        found[some] = [_mark(key) for key in keys[some]]
        yield
    return found


def _told_apart(numbers: Numbers) -> Numbers:
    """No number twice: the second of one is another, and so on."""
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    start = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    times = np.diff(np.append(start, ordered.size))
    found = np.empty_like(numbers)
    found[order] = ordered + ODD * (np.arange(ordered.size) - np.repeat(start, times)).astype(np.uint64)
    return found


def _mark(key: Hashable) -> int:
    return int.from_bytes(blake2b(_text(key).encode(), digest_size=8).digest(), "little")


def _text(value: object) -> str:
    """The same in every process: the order of a set is not."""
    if isinstance(value, frozenset):
        return "{" + ",".join(sorted(map(_text, value))) + "}"
    if isinstance(value, tuple):
        return "(" + ",".join(map(_text, value)) + ")"
    return repr(value)


def matched(these: Marks, among: Marks) -> Indices:
    """Where each of these rows is among others: by what it says, else by its label; -1 where it is not."""
    found = places_in(these.says, among.says)
    is_left = np.ones(among.says.size, bool)
    is_left[found[found >= 0]] = False
    left, left_among = np.flatnonzero(found < 0), np.flatnonzero(is_left)
    at = places_in(these.named[left], among.named[left_among])
    found[left[at >= 0]] = left_among[at[at >= 0]]
    return found


def places_in(these: Numbers, among: Numbers) -> Indices:
    """Where each of these numbers, each once, is among others; -1 where it is not."""
    found = np.full(these.size, -1, np.int64)
    _, places, others = np.intersect1d(these, among, return_indices=True)
    found[places] = others
    return found
