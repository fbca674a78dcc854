"""What a child relaxes for a tier: all of it for a bound; or roughly, and then what that uses, to tell which moves are
worth a name.

Of the many points of least cost a first-order method ends in the middle, where each move has a small part. What it uses
is a ninth of the columns; over those alone a vertex is found in seconds, and a small cost of its own for every decision
(a tilt) leaves nearly one, of few moves: without it people rotate only to lend each other vacancies. The duals of a
tilted cost, or of less than the program, are no bound (formulation.md §5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import scipy.sparse as sp

from planner.engine.bound import SCALE, DualBound, Groups, dual_bound
from planner.engine.child import Child
from planner.engine.cuts import Cuts
from planner.engine.origins import moved
from planner.engine.polish import Block, Mending
from planner.engine.slim import Slim, slim
from planner.engine.solvers_spec import Relaxed, Tighter
from planner.engine.space import NOBODY, Space
from planner.engine.surrogate import Merged, by_person_and_period, merged, unweighed
from planner.program.arrays import Arrays, Bools, Floats

WEIGHT = 200.0
"""What a unit of a goal counts against one of the next; at 1,200 posts the relaxation gives up none for 100 either."""

BOUND_WEIGHT = 65.0
"""The same for a bound. Each unit that the plan is above what the goal relaxes to costs the bound so many: the least is
best for which the relaxation gives up none. At 1,200 posts it gives up none for 65 on three seeds, two heads for 60 and
20 to 34 for 55 (benchmarks/NOTES.md)."""

TILT, TILT_OF_TWO = 1e-2, 0.1
"""The cost of a decision of its own, as a part of the least that counts: of one goal, and where two are weighed."""

FACE = 1.0
"""What a decision may cost more than none in units of the last goal to be on the best face."""

Goals = tuple[str, ...]

USED = 5e-3
"""Less of a move is noise: at 1,200 posts 29,500 decisions have more, and relax to what all relax to, or 2 % above."""

RelaxationKind = Literal["own", "rough", "refined", "exact", "closer"]
"""Only what needs no naming; all moves, roughly; what that uses; all moves, for the bound; again for a better one."""


@dataclass
class Relaxation:
    """What a child relaxes: a tier's goals, in that tier or ahead of it while the one before is searched.

    Rows are only ever added, so its duals are duals of the program as it is later, whatever that is limited to.
    """

    kind: RelaxationKind
    goals: Goals
    slim: Slim
    merged: Merged | None = None
    weights: Mapping[Goals, float] | None = None
    """What the goals of tiers before that name moves too count in its cost, in place of the rows that limit them."""
    prices: Mapping[Goals, float] | None = None
    """The same of tiers before where this one names no moves: what is a bound of it for less."""
    first_cost: Floats | None = None
    """Where its cost weighs two goals that of the first alone, over the columns that are left."""
    for_value: int | None = None
    """What the tier before was expected to come to, where a row says so."""
    found: Relaxed | None = None
    over: Relaxation | None = None
    """The exact one whose used moves alone it relaxes."""
    better_duals: Floats | None = None
    """Better duals than the found, of the rows of the program and its cuts: (posted rows,)."""

    first: Floats | None = None
    """Better duals of the first of two goals alone, of the same rows: (posted rows,)."""

    def tightened(self, tighter: Tighter, space: Space) -> Floats | None:
        """Its point and duals with cuts, which get rows of the program: (posted rows,). None where there is no room."""
        places = space.add(tighter.cuts)
        if (places == NOBODY).any():
            return None
        self.found = tighter.relaxed
        rows = max(space.posted, int(self.slim.rows.max(initial=0)) + 1)  # ahead of a tier its row is still to come

        def posted(duals: Floats, of_cuts: Floats) -> Floats:
            whole = self.slim.whole_duals(duals, rows)[: space.posted]
            whole[places] = of_cuts
            return whole

        self.better_duals = posted(tighter.relaxed.duals, tighter.duals)
        if tighter.relaxed.first is not None and tighter.first is not None:
            self.first = posted(tighter.relaxed.first, tighter.first)
        return self.better_duals

    def first_duals(self, space: Space) -> Floats | None:
        """Of the first of two goals alone, if they were found: (rows of the program,)."""
        assert self.found is not None
        rows = space.arrays.shape[0]
        if self.first is not None:
            return np.concatenate([self.first, np.zeros(rows - self.first.size)])
        return None if self.found.first is None else self.slim.whole_duals(self.found.first, rows)

    def point(self) -> Floats:
        """(columns of the program,); where columns were merged, of the program in which they are."""
        assert self.found is not None
        return self.slim.whole_point(self.found.point)

    @property
    def used(self) -> Bools:
        """The columns of the program that it uses: of what is named after it a search is relaxed over these."""
        used: Bools = self.point() > USED
        return used

    def points(self) -> list[Floats]:
        """Those that tell which moves to name: many parts of the middle of the best face, and few of a vertex."""
        return [self.point(), *([self.over.point()] if self.over is not None else [])]

    def duals(self, space: Space, reached: Sequence[tuple[Goals, int]], better: Floats | None = None) -> Floats:
        """(rows of the program,) with those that limit what tiers before have reached; others where they are given."""
        assert self.found is not None
        rows, duals = space.arrays.shape[0], self.found.duals
        if self.merged is not None:
            return self.merged.whole_duals(self.slim.whole_duals(duals, self.merged.arrays.shape[0]), rows)
        whole = self.slim.whole_duals(duals, rows)
        better = self.better_duals if better is None else better
        if better is not None:
            whole[: better.size] = better
        if self.in_cost is not None:
            for row, (goals, _) in enumerate(reached, start=space.posted):
                whole[row] = -self.in_cost.get(goals, 0.0)
        return whole

    @property
    def in_cost(self) -> Mapping[Goals, float] | None:
        """What the goals of tiers before count in its cost; None where rows limit them."""
        return self.weights if self.prices is None else self.prices


def tilted(cost: Floats, decisions: Bools, seed: int, tilt: float = TILT_OF_TWO) -> Floats:
    """The cost with a small one for each decision, never twice the same: (columns,)."""
    counts = np.abs(cost[cost != 0])
    unit = tilt * (float(counts.min()) if counts.size else 1.0)
    own = np.random.default_rng(seed).random(cost.size)
    return np.where(decisions, cost + unit * (1 + own), cost)


def own_moves(space: Space, goals: Goals, cost: Floats, seed: int) -> Relaxation:
    """Only moves that have a column of their own from the start: to posts in whose lists a person is."""
    cost = tilted(cost, space.is_decision, seed)
    return Relaxation("own", goals, slim(space.arrays.closed(space.is_loose), cost))


def all_moves(space: Space, goals: Goals, cost: Floats, weights: Mapping[Goals, float], seed: int) -> Relaxation:
    """All moves, save those to posts that the cost does not weigh: they seldom help, and are not named for it.

    Tilted at once where goals of one tier count alone; of two, what the one would feel is noise to the other.
    """
    cost = _weighted(space, cost, weights)
    arrays = _without_limits(space, space.arrays).closed(unweighed(space, cost))
    if not weights:
        cost = tilted(cost, space.is_decision | space.is_loose, seed, TILT)
    return Relaxation("rough", goals, slim(arrays, cost), weights=weights)


def refined(space: Space, rough: Relaxation, cost: Floats, used: Bools, seed: int) -> Relaxation:
    """Only the moves that a rough relaxation uses, or that are worth as much: (columns,). Tilted."""
    cost = _weighted(space, cost, rough.weights or {})
    decisions = space.is_decision | space.is_loose
    unused = decisions & ~used & ~np.isin(space.kinds, ("x", "open", "ow", "ka"))
    arrays = _without_limits(space, space.arrays).closed(unused)
    over = rough if rough.kind == "exact" else None
    return Relaxation("refined", rough.goals, slim(arrays, tilted(cost, decisions, seed)), over=over)


def for_the_bound(space: Space, goals: Goals, cost: Floats, reached: Sequence[tuple[Goals, int]]) -> Relaxation:
    """All moves: those to posts that neither the cost nor a row of what is reached weighs are merged, since a bound
    needs no more of them."""
    idle = unweighed(space, _weighted(space, cost, dict.fromkeys((before for before, _ in reached), 1.0)))
    if not idle.any():
        return Relaxation("exact", goals, slim(space.arrays, cost))
    less = merged(space.arrays, cost, by_person_and_period(space, idle))
    return Relaxation("exact", goals, slim(less.arrays, less.cost), merged=less)


def for_the_bound_by_weights(
    space: Space, arrays: Arrays, goals: Goals, cost: Floats, weights: Mapping[Goals, float]
) -> Relaxation:
    """The goals of the tiers before count in the cost: a row that limits them keeps a first-order method for ever.

    With W · goal in the cost and duals −W for the row goal ≤ v the bound is LB(cost + W · goal) − W · v.
    """
    left = slim(_without_limits(space, arrays), _weighted(space, cost, weights))
    first = [space.program.objective(before)[0][left.columns] for before in weights]
    return Relaxation("exact", goals, left, weights=weights, first_cost=first[0] if len(first) == 1 else None)


def for_the_bound_at_prices(
    space: Space, arrays: Arrays, goals: Goals, cost: Floats, prices: Mapping[Goals, float]
) -> Relaxation:
    """The same for goals that name no moves: those of the tiers before count so little that first-order steps end soon,
    and so much that doing nothing costs more than it saves.

    LB(cost + Σ p · goal) − Σ p · v is a bound at any prices p ≥ 0: a Lagrangian of the rows goal ≤ v.
    """
    left = slim(_without_limits(space, arrays), _weighted(space, cost, prices))
    return Relaxation("exact", goals, left, prices=prices)


def begin_relaxing(child: Child, task: Relaxation, seconds: float | None, *, many: bool) -> None:
    """Let the child do it; `many` where the program is so large that a bound is relaxed by a first-order method, as it
    is at prices in any."""
    left = task.slim
    if task.kind == "exact" and task.first_cost is not None and not many:
        child.begin("relax_both", (left.arrays, left.cost, task.first_cost, seconds))
        return
    fairly = "relax_fairly" if many and task.weights is not None else "relax_nearly"
    ways: dict[RelaxationKind, str] = {
        "own": "relax_roughly",
        "rough": "relax_roughly",
        "refined": "relax_tilted" if many else "relax_nearly",
        "closer": "relax_closely",
        "exact": fairly if task.prices is None else "relax_at_prices",
    }
    child.begin(ways[task.kind], (left.arrays, left.cost, seconds))


@dataclass
class Tightening:
    """A relaxation that a child makes tighter by cuts."""

    relaxation: Relaxation


class Joint:
    """The goals that name, weighed in one cost: its duals, bettered in part while there is time."""

    def __init__(self, space: Space, relaxation: Relaxation, groups: Groups) -> None:
        self.space, self.relaxation, self.groups, self.mending = space, relaxation, groups, Mending()
        self.cost = _weighted(space, space.program.objective(relaxation.goals)[0], relaxation.weights or {})
        self.duals = relaxation.duals(space, ())
        self.bound = self._bound(self.duals)
        self.exact = relaxation.found is not None and relaxation.found.basis is not None
        """Whether the duals are of a vertex: then cuts lead on from there, and regions have nothing to gain."""

    def _bound(self, duals: Floats) -> DualBound:
        arrays = _without_limits(self.space, self.space.arrays)
        return dual_bound(arrays, self.cost, duals[: self.space.posted], self.groups)

    @property
    def face(self) -> Bools:
        """The columns of the program whose reduced cost is next to nothing."""
        found: Bools = self.bound.reduced <= FACE * SCALE
        return found

    def block(self, near: Floats, *, regions: bool) -> Block | None:
        """Where the duals are most wrong, as far as a point near the best tells, if there is anything to be gained."""
        if self.mending.waiting or self.ended:
            return None
        arrays, posted = _without_limits(self.space, self.space.arrays), self.space.posted
        regions &= not self.exact
        found = self.mending.block(arrays, self.cost, self.duals[:posted], self.bound, near, posted, regions=regions)
        return None if found is None else replace(found, of=self)

    @property
    def ended(self) -> bool:
        """Whether nothing is left to be made better in part."""
        return self.mending.ended or (self.exact and self.mending.regions and not self.mending.waiting)

    def cuttable(self, block: Block) -> Arrays:
        """The rows of a block over its columns as they were posted: what comes of these holds in every tier."""
        uncut = self.space.uncut
        return replace(block.arrays, lower=uncut.lower[block.columns], upper=uncut.upper[block.columns])

    def tighter(self, block: Block, said: Tighter) -> None:
        """A round of cuts of a block, which get rows of the program as far as there is room."""
        local, shape = said.cuts.matrix, (len(said.cuts), self.space.arrays.shape[1])
        matrix = sp.csr_array((local.data, block.columns[local.indices], local.indptr), shape=shape)
        origins = moved(said.cuts.origins, block.rows, block.columns, self.space.origins)
        cuts = Cuts(matrix, said.cuts.most, origins)
        places = self.space.add(cuts)
        placed, duals = places != NOBODY, block.mended(said.relaxed)
        np.add.at(duals, places[placed], said.duals[placed])
        self.better(duals)

    def mend(self, block: Block, duals: Floats | None) -> None:
        """What came of a block in the end."""
        if duals is not None:
            self.better(duals)
        self.mending.heard(block.bound, self.bound)

    def better(self, duals: Floats) -> None:
        """Other duals, if they bound better: (posted rows,)."""
        found = self._bound(duals)
        if found.scaled > self.bound.scaled:
            self.duals, self.bound = duals, found
        self.relaxation.better_duals = self.duals[: self.space.posted]

    def closer(self, relaxation: Relaxation) -> None:
        """It was relaxed again, to better duals: they are mended from the beginning."""
        before = self.bound.scaled
        self.better(relaxation.duals(self.space, ())[: self.space.posted])
        if self.bound.scaled > before:
            self.mending = Mending()


def _weighted(space: Space, cost: Floats, weights: Mapping[Goals, float]) -> Floats:
    return cost + sum(weight * space.program.objective(goals)[0] for goals, weight in weights.items())


def _without_limits(space: Space, arrays: Arrays) -> Arrays:
    return arrays.rows(np.arange(arrays.shape[0]) < space.posted)
