"""A program as arrays together with whose column is whose: what the search of a large case cuts its parts from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from planner.engine.cuts import Cuts, Origin
from planner.problem import Problem
from planner.program import Arrays, Program
from planner.program.arrays import Bools, Floats, Indices

DECISIONS = ("x", "u", "v", "a", "k", "g", "open")
LOOSE = ("c", "w", "F", "R", "came", "ow", "ka")
NOBODY = -1


@dataclass(frozen=True)
class Part:
    """A part of a program: `arrays` over some `columns`, all others as in the point it was cut from."""

    arrays: Arrays
    cost: Floats
    start: Floats
    columns: Indices


class Space:
    """The columns of a program by person and post, and its rows. Rows may be added, columns not."""

    def __init__(self, problem: Problem, program: Program) -> None:
        self.problem, self.program = problem, program
        self.arrays = program.freeze()
        self.own = self.posted = self.arrays.shape[0]
        """Rows of the program; with those kept for cuts: those that `limit` adds come after."""
        self.uncut = self.arrays
        """The program's own rows, over its columns as they were posted: what comes of these holds in every tier."""
        self.cuts: dict[bytes, int] = {}
        """The row of each cut that was added, by what it says."""
        self.origins: dict[int, Origin] = {}
        """By its row what it came of."""
        kinds = np.array([str(key[0]) for key in program.keys])
        self.is_decision: Bools = np.isin(kinds, DECISIONS)
        self.is_loose: Bools = np.isin(kinds, LOOSE)
        self.kinds = kinds
        self.people = {person: n for n, person in enumerate(problem.ground.case.person)}
        self.posts = {position: n for n, position in enumerate(problem.ground.case.position)}
        self.person = np.full(len(kinds), NOBODY, np.int64)
        self.post = np.full(len(kinds), NOBODY, np.int64)
        for n, key in enumerate(program.keys):
            kind = key[0]
            if kind in ("x", "u", "v", "a", "k", "g", "y", "b", "c", "w"):
                self.person[n] = self.people[key[1]]  # type: ignore[index]
            if kind in ("x", "v", "a", "k", "g", "y", "b"):
                self.post[n] = self.posts[key[2]]  # type: ignore[index]
            elif kind in ("m", "z1", "zd", "k0", "ka", "n", "F", "R", "came"):
                self.post[n] = self.posts[key[1]]  # type: ignore[index]

    def keep_room(self, rows: int) -> None:
        """Rows that say nothing yet, for cuts to come: the place of no other row changes by them."""
        none = Cuts(sp.csr_array((rows, self.arrays.shape[1])), np.full(rows, np.inf))
        self.arrays = none.added_to(self.arrays)
        self.posted += rows

    def add(self, cuts: Cuts) -> Indices:
        """The rows of the cuts, NOBODY where there is no room: of those that are new, and those that were known."""
        places = np.full(len(cuts), NOBODY, np.int64)
        new = []
        for n, said in enumerate(cuts.says()):
            if said not in self.cuts and self.own + len(self.cuts) < self.posted:
                self.cuts[said] = self.own + len(self.cuts)
                new.append(n)
            places[n] = self.cuts.get(said, NOBODY)
        self.origins |= {int(places[n]): cuts.origins[n] for n in new if cuts.origins}
        if new:
            rows, added = places[new], cuts.matrix[new].tocoo()
            other = self.arrays.matrix.tocoo()
            where = np.concatenate([other.row, rows[added.row]]), np.concatenate([other.col, added.col])
            data = np.concatenate([other.data, added.data])
            hi = self.arrays.hi.copy()
            hi[rows] = cuts.most[new]
            matrix = sp.csr_array((data, where), shape=self.arrays.shape)
            self.arrays = replace(self.arrays, matrix=matrix, hi=hi)
            self.__dict__.pop("_columnwise", None)
        return places

    def limit(self, cost: Floats, most: float) -> None:
        """One more row: cost · x ≤ most."""
        self.arrays = self.arrays.with_row(cost, -np.inf, most)
        self.__dict__.pop("_columnwise", None)

    @cached_property
    def _columnwise(self) -> sp.csc_array:
        return sp.csc_array(self.arrays.matrix)

    @cached_property
    def _component(self) -> npt.NDArray[np.int64]:
        """Which columns that follow from decisions hang together by rows of the program.

        The row of a goal binds no two columns together that were apart: its slack is what both may use.
        """
        derived = np.flatnonzero(~self.is_decision & ~self.is_loose)
        of = np.full(self.is_decision.size, NOBODY, np.int64)
        part = sp.csr_array(self.arrays.matrix[: self.own][:, derived])
        part.data = np.ones_like(part.data)
        _, label = connected_components(sp.csr_array(part.T @ part), directed=False)
        of[derived] = label
        return of

    def part(self, point: Floats, free: Bools, cost: Floats) -> Part:
        """The program in which only the free decisions, and what follows from them, may differ from the point."""
        decided = np.flatnonzero(free & self.is_decision)
        matrix = self._columnwise
        touched = np.unique(matrix[:, decided].indices)
        touched = touched[touched < self.own]
        rowwise = sp.csr_array(self.arrays.matrix[touched])
        near = np.unique(rowwise.indices)
        parts = np.unique(self._component[near])
        following = np.isin(self._component, parts[parts != NOBODY])
        columns = np.union1d(decided, np.flatnonzero(following))
        rows = np.unique(matrix[:, columns].indices).astype(np.int64)
        return Part(self.arrays.cut(rows, columns, point), cost[columns], point[columns], columns)
