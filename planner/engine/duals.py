"""Row duals that outlive a run: a proof for the plans after an edit, before anything is relaxed again.

Duals of any rows bound (`bound`), and an edit leaves most rows as they were. A row is known by what it says: its
columns and coefficients, whatever its place and its sides, since another number of places in a course changes the side
of a row alone. Where an edit gives a row another column, as for a person who is new, it is known by its label.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from planner.engine.bound import SCALE
from planner.program import Arrays, Program
from planner.program.arrays import Floats

Numbers = npt.NDArray[np.uint64]

ODD = np.uint64(0x9E3779B97F4A7C15)
"""A number without a pattern."""

MOST_BYTES = 1 << 28
"""What a proof may unfold to: many times that of 1,200 posts."""


@dataclass(frozen=True)
class Marks:
    """Of each row two numbers, the same in every run: of what it says, and of its label. Where several say the same, or
    have the same label, the place among those is a part of it."""

    says: Numbers
    named: Numbers

    def cut(self, rows: npt.NDArray[np.int64]) -> Marks:
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


@dataclass(frozen=True)
class Proof:
    """The marks of the rows with a dual in some tier; for each tier by its goals (rows marked,) duals, and the gap."""

    marks: Marks
    duals: Mapping[tuple[str, ...], Floats]
    gaps: Mapping[tuple[str, ...], float]

    def gap(self, goals: Sequence[str]) -> float:
        """The gap to which the tier was proved: 1 where it had no bound; 0 where there was no such tier."""
        return self.gaps.get(tuple(goals), 0.0)

    def of(self, goals: Sequence[str], marks: Marks) -> Floats | None:
        """The duals of rows with these marks, 0 where none is known: (rows,). None where the tier is not known."""
        known = self.duals.get(tuple(goals))
        if known is None:
            return None
        found = np.zeros(marks.says.size)
        rows, ours = _pairs(marks.says, self.marks.says)
        found[rows] = known[ours]
        left, left_ours = _others(rows, marks.says.size), _others(ours, known.size)
        rows, ours = _pairs(marks.named[left], self.marks.named[left_ours])
        found[left[rows]] = known[left_ours[ours]]
        return found


def _pairs(one: Numbers, other: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The places of the numbers that are in both."""
    _, places, others = np.intersect1d(one, other, return_indices=True)
    return places, others


def _others(taken: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.int64]:
    left = np.ones(size, bool)
    left[taken] = False
    return np.flatnonzero(left)


def marks_of(program: Program, arrays: Arrays) -> Marks:
    """The marks of the rows of the program, the first of `arrays`: at 1,200 posts some seconds, and once for a run."""
    of_column = np.array([_mark(key) for key in program.keys], np.uint64)
    labels: list[Hashable] = list(zip(program.labels, program.kinds, strict=True))
    matrix = arrays.matrix[: len(labels)].tocsr()
    parts = np.rint(matrix.data).astype(np.int64).view(np.uint64) * of_column[matrix.indices]
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(parts, dtype=np.uint64)])
    says = sums[matrix.indptr[1:]] - sums[matrix.indptr[:-1]]
    sides = (np.isfinite(arrays.lo) + 2 * np.isfinite(arrays.hi))[: len(labels)]
    for row in np.flatnonzero(np.array(program.kinds) == "definition"):
        # The column that it defines is the youngest of the row.
        labels[row] = program.keys[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].max()]
    named = np.array([_mark(label) for label in labels], np.uint64)
    return Marks(_told_apart(says + sides.astype(np.uint64)), _told_apart(named))


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


def proof_of(marks: Marks, duals: Mapping[tuple[str, ...], Floats], gaps: Mapping[tuple[str, ...], float]) -> Proof:
    """What a run has found. `duals` of each tier over the rows that were there at its time: the first of all."""
    whole = {goals: np.zeros(marks.says.size) for goals in duals}
    for goals, found in duals.items():
        whole[goals][: found.size] = np.rint(np.nan_to_num(found) * SCALE) / SCALE
    used = np.flatnonzero(np.any([found != 0 for found in whole.values()], axis=0)) if whole else np.zeros(0, np.int64)
    return Proof(marks.cut(used), {goals: found[used] for goals, found in whole.items()}, dict(gaps))


def packed(proof: Proof) -> bytes:
    """As a file of a plan folder."""
    tiers = list(proof.duals)
    told = json.dumps([[list(goals), proof.gaps.get(goals)] for goals in tiers])
    columns = {f"duals_{n}": proof.duals[goals] for n, goals in enumerate(tiers)}
    stream = io.BytesIO()
    np.savez_compressed(stream, says=proof.marks.says, named=proof.marks.named, tiers=np.array(told), **columns)  # type: ignore[arg-type]
    return stream.getvalue()


def unpacked(data: bytes) -> Proof | None:
    """The proof of a file; None where it is none: a what-if does without."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                return None
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            told = [(tuple(map(str, goals)), gap) for goals, gap in json.loads(str(file["tiers"]))]
            marks = Marks(file["says"].astype(np.uint64), file["named"].astype(np.uint64))
            duals = {goals: file[f"duals_{n}"].astype(float) for n, (goals, _) in enumerate(told)}
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None
    if marks.says.ndim != 1 or any(part.shape != marks.says.shape for part in (marks.named, *duals.values())):
        return None
    return Proof(marks, duals, {goals: float(gap) for goals, gap in told if gap is not None})
