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
from planner.engine.large_run import LEAST_SIZE, LargeRun, Search, SearchKind
from planner.engine.regions import Kind
from planner.engine.relaxing import (
    BOUND_WEIGHT,
    WEIGHT,
    Goals,
    Relaxation,
    RelaxationKind,
    all_moves,
    for_the_bound,
    for_the_bound_by_weights,
    own_moves,
    refined,
    tilted,
)
from planner.engine.restrict import supported
from planner.engine.result import Progress, TierResult, close_enough, figures
from planner.engine.slim import slim
from planner.engine.solvers_spec import UNIT, Found, Relaxed, SearchSpec
from planner.engine.space import NOBODY
from planner.engine.unavoidable import unavoidable
from planner.goals import LAST_TIER
from planner.program import Program
from planner.program.arrays import Bools, Floats
from planner.structure.extract import extract
from planner.structure.point import point

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
"""Non-zeros from which the bound is relaxed by a first-order method, for which less is left in (`relaxing`)."""

FIRST_SHARE, OTHER_SHARE = 0.6, 0.4
"""Of the time left, what a tier may take at most: one of the naming goals, and one of the others."""

FIRST_PARTS = 6
"""Neighbourhoods of a tier before the next is relaxed ahead: they bring the plan on until the whole finds one."""

WORK_PARTS = 10
"""Neighbourhoods of a tier where the work is limited and not the time."""


class Tier:
    """One tier: its goals over both programs, its share of the time, and how far it is."""

    def __init__(self, run: LargeRun, number: int, order: Sequence[Goals]) -> None:
        self.run, self.number, self.goals = run, number, order[number]
        self.following = order[number + 1] if number + 1 < len(order) else ()
        self.gap = min(run.spec.gap.of(goal) for goal in self.goals)
        self.began = run.elapsed()
        self.names = self._names(self.goals)
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
        self.due: list[RelaxationKind] = []
        """The relaxations that are still to come and lead to good plans in seconds."""
        if self.names:
            if run.space is run.bounding:
                self.due.append("own")
            if self.goals not in run.told:
                self.due.append("rough")
        self.blunt = False
        """Whether it is still to be told what a relaxation of the named program uses."""
        self.passes: list[Floats] = []
        """The costs for which what the relaxation uses is still to be searched."""
        self.proof: DualBound | None = None
        self.in_reach = self.floor
        """What a relaxation says that the goals may come to: the next tier is relaxed for it, ahead of the search."""
        self.measure()
        if self.names and run.relaxed is not None:
            self._search_what_it_uses()
        elif self.names:
            self.blunt = run.space is not run.bounding

    @staticmethod
    def _names(goals: Goals) -> bool:
        return bool(NAMING_GOALS & set(goals))

    def measure(self) -> None:
        """The goals as costs of the program of the search, and the value of the best plan."""
        program = self.run.space.program
        self.cost, _ = program.objective(self.goals)
        self.part_cost = self._with_next(program) if self.following else self.cost
        self.value = round(float(self.cost @ self.run.values)) + self.constant

    def _with_next(self, program: Program) -> Floats:
        """The goals of this tier and of the next, as costs: (columns,)."""
        cost, _ = program.objective(self.goals)
        return WEIGHT * cost + program.objective(self.following)[0] if self.following else cost

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

    def _relaxing(self, goals: Goals, kind: RelaxationKind = "exact") -> bool:
        tasks = [task for task in self.run.busy.values() if isinstance(task, Relaxation)]
        return any(task.goals == goals and task.kind == kind for task in tasks)

    def _next_task(self, child: Child) -> Relaxation | Search:
        run = self.run
        searches = {task.kind for task in run.busy.values() if isinstance(task, Search)}
        using = self.passes or self.blunt or searches & {"sharpen", "support"}
        if self.names and run.unnamed is not None and not using:
            self._name()
        if self.blunt:
            self.blunt = False
            cost = tilted(self.part_cost, run.space.is_decision, run.spec.seed)
            return self._search(child, run.space.is_decision, cost, "sharpen")
        if self.passes and run.relaxed is not None:
            used = supported(run.space, run.relaxed, run.values)
            return self._search(child, used, self.passes.pop(0), "support")
        rough, run.rough = run.rough, None
        if rough is not None and rough.found is not None:
            return self._refine(child, rough, rough.found)
        if self.due:
            return self._relax(child, self.goals, self.due.pop(0))
        if not self.exact and not self._relaxing(self.goals):
            return self._relax(child, self.goals, "exact")
        if self.relaxed and not (self.searched or self.parts_only or "whole" in searches):
            if run.values.size <= WHOLE:
                return self._search(child, self._worth_it(), self.cost, "whole")
            self.parts_only = True
        if self._names(self.following) and self.following not in run.told:
            return self._relax(child, self.following, "rough")
        known = run.ahead is not None and run.ahead.goals == self.following
        early = self.parts < FIRST_PARTS and not self.many
        if self.exact and self.following and not early and not known and not self._relaxing(self.following):
            return self._relax(child, self.following, "exact")
        return self._neighbourhood(child)

    def _hear(self, task: Relaxation | Search, word: str, said: Any) -> None:
        if isinstance(task, Relaxation):
            task.found = said
            if task.kind == "own":
                self._uses(task)
            elif task.kind == "rough" and task.weights:
                self.run.rough = task
            elif task.kind in ("rough", "refined"):
                self.run.unnamed = None if task.found is None else task.point(task.found)
            elif task.goals == self.goals:
                self._bound(task)
            else:
                self.run.ahead = task
        elif task.kind == "sharpen":
            self._sharpened(task, said)
        elif word == "better":
            self._take(task, said)
        elif word == "result":
            self._searched(task, said)

    # ---- the relaxation --------------------------------------------------------------------------------------

    def _relax(self, child: Child, goals: Goals, kind: RelaxationKind) -> Relaxation:
        """The tier's goals, or the next tier's: those with this one's as good as they may become."""
        run, ahead = self.run, goals != self.goals
        cost = run.bounding.program.objective(goals)[0] if ahead else self.bounding_cost
        task: Relaxation
        if kind == "own":
            task = own_moves(run.bounding, goals, self._with_next(run.bounding.program), run.spec.seed)
        elif kind == "rough":
            run.told.add(goals)
            task = all_moves(run.bounding, goals, cost, self._weights(WEIGHT, ahead=ahead), run.spec.seed)
        else:
            task = self._for_the_bound(goals, cost, ahead=ahead)
        return self._begin(child, task)

    def _refine(self, child: Child, rough: Relaxation, found: Relaxed) -> Relaxation:
        run = self.run
        cost, _ = run.bounding.program.objective(rough.goals)
        return self._begin(child, refined(run.bounding, rough, found, cost, run.spec.seed))

    def _begin(self, child: Child, task: Relaxation) -> Relaxation:
        run = self.run
        until = self.deadline if task.goals == self.goals else run.spec.wall_seconds  # the next tier goes on with it
        left = None if until is None else max(1.0, until - run.elapsed())
        roughly = task.kind in ("own", "rough")
        child.begin("relax_roughly" if roughly else "relax_nearly", (task.slim.arrays, task.slim.cost, left))
        return task

    def _weights(self, weight: float, *, ahead: bool) -> dict[Goals, float]:
        """What the goals of the tiers before count beside those of this tier, or of the next."""
        before = [goals for goals, _ in self.run.reached] + ([self.goals] if ahead else [])
        return {goals: weight ** (len(before) - n) for n, goals in enumerate(before) if self._names(goals)}

    def _for_the_bound(self, goals: Goals, cost: Floats, *, ahead: bool) -> Relaxation:
        run, arrays = self.run, self.run.bounding.arrays
        will = self.in_reach if self.value <= self.in_reach * (1 + NEAR) else self.value
        if ahead and self.proof is not None:
            arrays = fixed_by(arrays, self.proof, math.ceil((will - self.constant) * (1 + MISS)) + 1)
        if self.many and (ahead or run.reached):
            weights = self._weights(BOUND_WEIGHT, ahead=ahead) if self._names(goals) else {}
            return for_the_bound_by_weights(run.bounding, arrays, goals, cost, weights)
        if not ahead:
            return for_the_bound(run.bounding, goals, cost, run.reached)
        arrays = arrays.with_row(self.bounding_cost, -np.inf, will - self.constant)
        return Relaxation("exact", goals, slim(arrays, cost), for_value=will)

    def _bound(self, relaxation: Relaxation) -> None:
        """What a relaxation tells of this tier: a bound, and which moves to name."""
        run, left, found = self.run, relaxation.slim, relaxation.found
        self.exact = relaxation.for_value is None or relaxation.for_value == run.reached[-1][1]
        self.relaxed = True
        if found is None:
            return
        self.proof = run.bound(self.bounding_cost, relaxation.duals(found, run.bounding, run.reached))
        self.floor = max(self.floor, self.proof.rounded(self.bounding_cost) + self.constant)
        self.in_reach = self.floor
        if relaxation.weights is None:
            least = float(left.cost @ found.point) + left.offset
            self.in_reach = max(self.floor, math.ceil(least - NOISE * max(100.0, least)) + self.constant)
        self.tell("relax")
        if self.names and relaxation.merged is None and not relaxation.weights and not self.close:
            run.unnamed = relaxation.point(found)
        if self.names and relaxation.weights and not self.close:
            run.rough = relaxation  # exact by now: what it uses is worth another look

    def _uses(self, relaxation: Relaxation) -> None:
        """What a relaxation of the program of the search uses is searched, unless there is another by now."""
        if relaxation.found is not None and self.run.space is self.run.bounding:
            self.run.relaxed = relaxation.point(relaxation.found)
            self._search_what_it_uses()

    def _search_what_it_uses(self) -> None:
        """For the goals of the tier, and for the next with them."""
        self.passes = [self.cost, *([self.part_cost] if self.following else [])]

    def _name(self) -> None:
        """The program of the search anew, with the loose moves that the relaxation uses; it is to be searched then."""
        run = self.run
        assert run.unnamed is not None
        found = naming.used(run.bounding.problem, run.bounding.program, run.unnamed)
        if run.name(found):
            run.drop(but=[self.goals, self.following])
            self.measure()
            self.blunt, self.passes = True, []
            self.idle = 0
            self.searched = self.parts_only = False
            self.tell("name")
        run.unnamed = None

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
        if kind != "sharpen" and cost is not self.cost:
            arrays = arrays.with_row(own, -np.inf, float(own @ part.start))  # the next tier's goals must cost nothing
        task = Search(kind, run.space, part, slim(arrays, part.cost), run.elapsed())
        limits = {"whole": None, "support": SUPPORT_SECONDS, "sharpen": SUPPORT_SECONDS}
        seconds = None if run.spec.work is not None else limits.get(kind, PART_SECONDS)
        if self.deadline is not None and run.spec.work is None:
            left = max(0.2, self.deadline - run.elapsed())
            seconds = left if seconds is None else min(seconds, left)
        if kind == "sharpen":
            child.begin("relax_by_steps", (task.slim.arrays, task.slim.cost, seconds))
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
        """A point of the named program is known: what it uses is searched next."""
        if found is not None and task.space is self.run.space:
            self.run.relaxed = np.zeros(self.run.values.size)
            self.run.relaxed[task.part.columns] = task.slim.whole_point(found.point)
            self._search_what_it_uses()

    def _searched(self, task: Search, found: Found | None) -> None:
        """A search has ended."""
        run = self.run
        if found is not None and found.point is not None:
            self._take(task, found.point)
        if task.kind == "whole":
            self.searched = found is not None and found.is_final
            self.parts_only = not self.searched
            self.idle = 0
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
