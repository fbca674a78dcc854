"""One tier of a large case: who of the children does what next, and what is made of what they say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from multiprocessing.connection import wait
from typing import Any

import numpy as np

from planner.engine import naming
from planner.engine.bound import DualBound, fixed_by
from planner.engine.child import POLL, Child, SolverFailedError
from planner.engine.large_run import LEAST_SIZE, LargeRun, Relaxation, Search, SearchKind
from planner.engine.regions import Kind
from planner.engine.restrict import supported
from planner.engine.result import Progress, TierResult, close_enough, figures
from planner.engine.slim import slim
from planner.engine.solvers_spec import UNIT, Found, Relaxed, SearchSpec
from planner.engine.space import NOBODY
from planner.engine.unavoidable import unavoidable
from planner.goals import LAST_TIER
from planner.program.arrays import Bools, Floats
from planner.structure.extract import extract
from planner.structure.point import point

AHEAD = 50.0
"""How much more a unit of the tier's goals counts than one of the next tier's, which a part betters along the way."""

PART_SECONDS = 4.0
"""What the search of one neighbourhood may take."""

TURNS: tuple[Kind, ...] = ("narrow", "wide", "narrow", "wide", "course")
"""The kinds of neighbourhoods in turn: narrow ones fill posts quickly, wide ones find the chains."""

SUPPORT_SECONDS = 60.0
"""What the search of the decisions that a relaxation uses may take."""

PART_GAP = 1e-3
"""Of the search of one neighbourhood."""

WHOLE_GAP = 5e-4
"""Of the search of the whole program: the last units of a large goal cost more time than all before."""

NOISE = 2e-4
"""Relative error of a relaxed value."""

MISS = 0.02
"""How far above what is in reach a tier may end, so that the next tier's duals, found ahead, are still worth much."""

NEAR = 0.1
"""How far above it the plan may be to be thought to get there; else the next tier is relaxed for the plan as it is."""

ROOM, LEAST_ROOM = 0.03, 4.0
"""By what part of the bound, and at least by how many units, a decision may cost more than the best to be searched."""

IDLE_PARTS, LAST_PARTS = 60, 6
"""So many neighbourhoods in a row without a better plan end a tier; so few once the whole was searched to its end."""

NAMING_GOALS = frozenset({"heads", "posts"})
"""Goals for which moves are worth a name: the others choose among those."""

WHOLE = 120_000
"""Columns of the named program beyond which it is not searched as a whole: at 178,000 that found nothing in minutes."""

MANY = 1_000_000
"""Non-zeros from which people and posts of a class are so many that a relaxation spreads them thinly."""

FIRST_SHARE, OTHER_SHARE = 0.6, 0.4
"""Of the time left, what a tier may take at most: one of the naming goals, and one of the others."""

FIRST_PARTS = 6
"""Neighbourhoods of a tier before the next is relaxed ahead: they bring the plan on until the whole finds one."""

WORK_PARTS = 10
"""Neighbourhoods of a tier where the work is limited and not the time."""


class Tier:
    """One tier: its goals over both programs, its share of the time, and how far it is."""

    def __init__(self, run: LargeRun, number: int, order: Sequence[tuple[str, ...]]) -> None:
        self.run, self.number, self.goals = run, number, order[number]
        self.following = order[number + 1] if number + 1 < len(order) else ()
        self.gap = min(run.spec.gap.of(goal) for goal in self.goals)
        self.began = run.elapsed()
        self.names = bool(NAMING_GOALS & set(self.goals))
        limit = run.spec.wall_seconds
        self.deadline = None
        if limit is not None:
            share = FIRST_SHARE if self.names else 1.0 if self.goals == LAST_TIER else OTHER_SHARE
            self.deadline = self.began + (limit - self.began) * share
        self.bounding_cost, self.constant = run.bounding.program.objective(self.goals)
        self.floor = unavoidable(run.bounding.problem, self.goals)
        self.idle = self.parts = 0
        self.relaxed = self.exact = self.searched = self.parts_only = False
        """Whether it was relaxed at all, and for what the tiers before came to; whether the whole of the named program
        was searched to its end, and whether that was too much for the time."""
        self.many = run.bounding.arrays.matrix.nnz > MANY
        self.rough = self.names
        """Whether a rough relaxation is still to come: in seconds it names moves of good plans, other ones."""
        self.unnamed: Floats | None = None
        """A relaxed point whose loose moves are not named yet."""
        self.support: Floats | None = None
        """What the relaxation says of the named columns, until the decisions that it uses are searched."""
        self.blunt = False
        """Whether it uses too many, and a vertex is to say the same with fewer."""
        self.proof: DualBound | None = None
        self.in_reach = self.floor
        """What a relaxation says that the goals may come to: the next tier is relaxed for it, ahead of the search."""
        self.measure()

    def measure(self) -> None:
        """The goals as costs of the program of the search, and the value of the best plan."""
        program = self.run.space.program
        self.cost, _ = program.objective(self.goals)
        self.part_cost = self.cost
        if self.following:
            self.part_cost = AHEAD * self.cost + program.objective(self.following)[0]
        self.value = round(float(self.cost @ self.run.values)) + self.constant

    def tell(self, step: str) -> None:
        run = self.run
        run.report(Progress(self.number, self.goals, step, self.value, self.floor, run.elapsed()))

    @property
    def close(self) -> bool:
        return close_enough(self.value, self.floor, self.gap)

    def solve(self) -> TierResult:
        run = self.run
        ahead, run.ahead = run.ahead, None
        if self.value > 0 and not run.stopped:
            if ahead is not None and ahead.goals == self.goals:
                self._bound(ahead)
            self._work()
        run.drop(but=[self.following])
        run.standing = extract(run.space.problem, run.space.program, run.values)
        values, parts = figures(run.standing, self.goals)
        run.values = point(run.space.program, run.standing)
        self.value = total = sum(values.values())
        self.tell("done")
        run.limit(self.goals, total, self.proof)
        return TierResult(
            goals=self.goals,
            values=values,
            parts=parts,
            value=total,
            bound=min(self.floor, total),
            bound_from="duals",
            seconds=run.elapsed() - self.began,
            wanted_gap=self.gap,
        )

    # ---- who does what ---------------------------------------------------------------------------------------

    def _work(self) -> None:
        """Give each idle child the next thing worth doing and hear what they say, until the tier is over."""
        run = self.run
        while not self._over():
            for child in run.workers:
                if child not in run.busy and not self._over():
                    run.busy[child] = self._next_task(child)
            ready = wait([child.connection for child in run.busy if child.connection is not None], POLL)
            for child in [c for c in run.busy if c.connection in ready]:
                task = run.busy.get(child)
                if task is None:
                    continue  # dropped for what another child has just said
                try:
                    word, said = child.receive()
                except SolverFailedError:
                    word, said = "result", None  # the plan stands without it, the bound is another's
                if word == "result":
                    del run.busy[child]
                self._hear(task, word, said)

    def _over(self) -> bool:
        run = self.run
        if run.stopped or self.close:
            return True
        if self.deadline is not None and run.elapsed() >= self.deadline:
            return True
        if not self.exact:
            return False
        idle = LAST_PARTS if self.searched else IDLE_PARTS
        return self.idle >= idle or (run.spec.work is not None and self.parts >= WORK_PARTS)

    def _relaxing(self, goals: tuple[str, ...]) -> bool:
        tasks = [task for task in self.run.busy.values() if isinstance(task, Relaxation)]
        return any(task.goals == goals and not task.rough for task in tasks)

    def _next_task(self, child: Child) -> Relaxation | Search:
        run = self.run
        searching = any(isinstance(task, Search) and task.kind == "whole" for task in run.busy.values())
        if self.rough and not self.relaxed:
            self.rough = False
            return self._relax(child, self.goals, rough=True)
        if not self.exact and not self._relaxing(self.goals):
            return self._relax(child, self.goals)
        if self.support is not None:
            used, self.support = supported(run.space, self.support, run.values), None
            return self._search(child, used, self.cost, "vertex" if self.blunt else "support")
        if self.relaxed and not (self.searched or self.parts_only or searching):
            if run.values.size <= WHOLE:
                return self._search(child, self._worth_it(), self.cost, "whole")
            self.parts_only = True
        known = run.ahead is not None and run.ahead.goals == self.following
        early = self.parts < FIRST_PARTS
        if self.exact and self.following and not early and not known and not self._relaxing(self.following):
            return self._relax(child, self.following)
        return self._neighbourhood(child)

    def _hear(self, task: Relaxation | Search, word: str, said: Any) -> None:
        if isinstance(task, Relaxation):
            task.found = said
            if task.rough:
                self._name_roughly(task)
            elif task.goals == self.goals:
                self._bound(task)
            else:
                self.run.ahead = task
        elif task.kind == "vertex":
            self._sharpened(task, said)
        elif word == "better":
            self._take(task, said)
        elif word == "result":
            self._searched(task, said)

    # ---- the relaxation --------------------------------------------------------------------------------------

    def _relax(self, child: Child, goals: tuple[str, ...], *, rough: bool = False) -> Relaxation:
        """The tier's goals over all moves, or the next tier's: those with this one's as good as they may become."""
        run = self.run
        arrays, cost = run.bounding.arrays, self.bounding_cost
        will: int | None = None
        if goals != self.goals:
            will = self.in_reach if self.value <= self.in_reach * (1 + NEAR) else self.value
            reached = will - self.constant
            if self.proof is not None:
                arrays = fixed_by(arrays, self.proof, math.ceil(reached * (1 + MISS)) + 1)
            arrays = arrays.with_row(cost, -np.inf, reached)
            cost, _ = run.bounding.program.objective(goals)
        slimmed = slim(arrays, cost)
        until = self.deadline if goals == self.goals else run.spec.wall_seconds  # the next tier goes on with it
        left = None if until is None else max(1.0, until - run.elapsed())
        child.begin("relax_roughly" if rough else "relax_nearly", (slimmed.arrays, slimmed.cost, left))
        return Relaxation(goals, slimmed, will, rough)

    def _bound(self, relaxation: Relaxation) -> None:
        """What a relaxation tells of this tier: a bound, and which moves to name."""
        run, left, found = self.run, relaxation.slim, relaxation.found
        self.exact = relaxation.for_value is None or relaxation.for_value == run.reached[-1][1]
        first, self.relaxed = not self.relaxed, True
        if found is None:
            return
        duals = left.whole_duals(found.duals, run.bounding.arrays.shape[0])
        self.proof = run.bound(self.bounding_cost, duals)
        self.floor = max(self.floor, self.proof.rounded(self.bounding_cost) + self.constant)
        least = float(left.cost @ found.point) + left.offset
        self.in_reach = max(self.floor, math.ceil(least - NOISE * max(100.0, least)) + self.constant)
        self.tell("relax")
        if self.names and not self.close:
            self.unnamed = left.whole_point(found.point)
            if first or self.searched:
                self._name()

    def _name_roughly(self, relaxation: Relaxation) -> None:
        """Name what a rough relaxation uses, unless a better one has told by now."""
        if relaxation.found is not None and not self.relaxed:
            self.unnamed = relaxation.slim.whole_point(relaxation.found.point)
            self._name()

    def _name(self) -> None:
        """The program of the search anew, with the loose moves that the relaxation uses; it is to be searched then."""
        run = self.run
        assert self.unnamed is not None
        problem, program = run.bounding.problem, run.bounding.program
        found = naming.used(problem, program, self.unnamed, thin=self.many)
        if run.name(found, instead=self.many):
            run.drop(but=[self.goals, self.following])
            self.measure()
            self.blunt = self.many
            self.support = naming.values(problem, program, self.unnamed, run.space.program)
            self.idle = 0
            self.searched = self.parts_only = False
            self.tell("name")
        self.unnamed = None

    # ---- the search ------------------------------------------------------------------------------------------

    def _neighbourhood(self, child: Child) -> Search:
        """Cut a neighbourhood from the best plan and let the child better it."""
        run = self.run
        run.drawn += 1
        kind = TURNS[run.drawn % len(TURNS)]
        posts = run.regions.draw(self._loss(), round(run.sizes[kind]), kind, run.rng)
        return self._search(child, run.regions.decisions(posts, run.values, kind), self.part_cost, kind)

    def _search(self, child: Child, decisions: Bools, cost: Floats, kind: SearchKind) -> Search:
        run = self.run
        part = run.space.part(run.values, decisions, cost)
        arrays, own = part.arrays, self.cost[part.columns]
        if cost is not self.cost:
            arrays = arrays.with_row(own, -np.inf, float(own @ part.start))  # the next tier's goals must cost nothing
        task = Search(kind, run.space, part, slim(arrays, part.cost), run.elapsed())
        limits = {"whole": None, "support": SUPPORT_SECONDS, "vertex": SUPPORT_SECONDS}
        seconds = None if run.spec.work is not None else limits.get(kind, PART_SECONDS)
        if self.deadline is not None and run.spec.work is None:
            left = max(0.2, self.deadline - run.elapsed())
            seconds = left if seconds is None else min(seconds, left)
        if kind == "vertex":
            child.begin("relax_to_vertex", (task.slim.arrays, task.slim.cost, seconds))
            return task
        gaps = (max(WHOLE_GAP, self.gap), UNIT) if kind in limits else (PART_GAP, 0.0)
        spec = SearchSpec(seconds, run.spec.work, *gaps, run.spec.seed)
        child.begin("search", (task.slim.arrays, task.slim.cost, part.start[task.slim.columns], spec))
        return task

    def _worth_it(self) -> Bools:
        """The decisions that the plan takes, and those that cost little more than the bound: a plan of theirs is found
        in half the time, and what is left out could better it by a few per cent at the very most."""
        run = self.run
        free = run.space.is_decision
        if self.proof is None:
            return free
        room = max(LEAST_ROOM, ROOM * self.floor)
        return free & (~run.beyond(self.proof, room) | (run.values > 0))

    def _loss(self) -> Floats:
        """What each post costs in the best plan; a little for all, so that none is never drawn."""
        run = self.run
        loss = np.full(len(run.space.posts), 1e-2)
        owned = run.space.post != NOBODY
        np.add.at(loss, run.space.post[owned], np.maximum(0, (self.part_cost * run.values)[owned]))
        roots: Floats = np.sqrt(loss)
        return roots

    def _sharpened(self, task: Search, found: Relaxed | None) -> None:
        """A vertex of the named program is known: what it uses is searched next."""
        self.blunt = False
        if found is not None and task.space is self.run.space:
            self.support = np.zeros(self.run.values.size)
            self.support[task.part.columns] = task.slim.whole_point(found.point)

    def _searched(self, task: Search, found: Found | None) -> None:
        """A search has ended."""
        run = self.run
        if found is not None and found.point is not None:
            self._take(task, found.point)
        if task.kind == "whole":
            self.searched = found is not None and found.is_final
            self.parts_only = not self.searched
            self.idle = 0
            if self.unnamed is not None and not self.close:
                self._name()
            return
        if task.kind == "support":
            return
        self.parts += 1
        self.idle += 1
        took = run.elapsed() - task.began
        size = run.sizes[task.kind]
        run.sizes[task.kind] = min(60.0, size * 1.15) if took < PART_SECONDS / 4 else max(
            LEAST_SIZE, size * 0.85 if took > PART_SECONDS * 0.9 else size
        )  # fmt: skip

    def _take(self, task: Search, found: Floats) -> None:
        """The point of a search, if it betters the plan."""
        run, part = self.run, task.part
        if task.space is not run.space:
            return
        whole = task.slim.arrays.integer
        values = run.values.copy()
        values[part.columns] = task.slim.whole_point(np.where(whole, np.rint(found), found))
        by = values - run.values
        gain, next_gain = -self.cost @ by, -self.part_cost @ by
        better = gain > 0.5 or (gain > -0.5 and next_gain > 0.5)
        # The plan may have been bettered elsewhere meanwhile: the two together must still be a plan.
        if better and run.space.arrays.feasible(values[None, :])[0]:
            run.values = values
            self.value = round(float(self.cost @ values)) + self.constant
            if gain > 0.5:
                self.idle = 0
            self.tell("search")
