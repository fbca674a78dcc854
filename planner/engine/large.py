"""The order of work where there are too many moves for a column each: bounds from the program in which most are loose,
plans from small parts of the program in which they are named.

Two children work at once. One relaxes the tier's goal over all moves, coarse first, and each step gives a bound; the
other, and both once the relaxation is done, search neighbourhoods of the best plan. What the relaxation uses without a
column of its own is named, and the program of the search is made anew with it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any, Literal

import numpy as np

from planner.domain.scenario import SolveSpec
from planner.engine.bound import dual_bound
from planner.engine.child import POLL, Child, SolverFailedError, borrowed
from planner.engine.large_run import LEAST_SIZE, LargeRun, find_first_plan
from planner.engine.regions import Kind
from planner.engine.result import Progress, Result, TierResult, close_enough, figures
from planner.engine.slim import Slim, slim
from planner.engine.solvers_spec import Found, Relaxed, SearchSpec
from planner.engine.space import NOBODY, Part, Space
from planner.engine.unavoidable import unavoidable
from planner.goals import LAST_TIER
from planner.problem import Problem
from planner.program import Program
from planner.program.arrays import Bools, Floats
from planner.structure.extract import extract
from planner.structure.point import point

AHEAD = 50.0
"""How much more a unit of the tier's goals counts than one of the next tier's, which a search betters along the way."""

PART_SECONDS = 4.0
"""What the search of one neighbourhood may take."""

NEAR_SECONDS = 40.0
"""What the search of the neighbourhood of the relaxation may take."""

TURNS: tuple[Kind, ...] = ("narrow", "wide", "narrow", "wide", "course")
"""The kinds of neighbourhoods in turn: narrow ones fill posts quickly, wide ones find the chains."""

PART_GAP = 1e-3
IDLE_PARTS = 60
"""So many neighbourhoods in a row without a better plan, after the relaxation, end a tier."""

SHARES = {"heads": 4.0, "posts": 5.0, "new_names": 1.0}
OTHER_SHARE = 2.0
"""How the time left is shared between the tiers that are left."""

NAMING_GOALS = frozenset({"heads", "posts"})
"""Goals for which moves are worth a name: the others choose among those."""

PATIENCE = 0.4
"""Of the time left, what the first tiers may take for their relaxation."""

WORK_PARTS = 10
"""Neighbourhoods of a tier where the work is limited and not the time."""


@dataclass
class _Task:
    """What a child is doing: the relaxation of a tier, or a part cut from the best point of that time."""

    space: Space
    slim: Slim
    began: float
    part: Part | None = None
    kind: Kind | Literal["near"] = "narrow"


def solve_large(
    problem: Problem,
    program: Program,
    tiers: Sequence[Sequence[str]],
    spec: SolveSpec,
    *,
    report: Callable[[Progress], None],
    stop: threading.Event | None = None,
) -> Result:
    """As `engine.solve`, for a problem with loose moves."""
    run = LargeRun(problem, program, spec, report, stop)
    find_first_plan(run)
    order = [tuple(t) for t in tiers] + [LAST_TIER]
    rows, columns = run.bounding.arrays.shape
    done: list[TierResult] = []
    try:
        for number in range(len(order)):
            result = _Tier(run, number, order).solve()
            done.append(result)
            run.limit(result.goals, result.value)
    finally:
        for child in borrowed(run.workers):
            child.cancel()
    interrupted = stop is not None and stop.is_set()
    settled = tuple(tier.in_plan(run.standing) for tier in done)
    return Result(run.standing, settled, interrupted, run.elapsed(), columns, rows)


class _Tier:
    """One tier: its goals over both programs, its share of the time, and how far it is."""

    def __init__(self, run: LargeRun, number: int, order: Sequence[tuple[str, ...]]) -> None:
        self.run, self.number, self.goals = run, number, order[number]
        self.following = order[number + 1] if number + 1 < len(order) else ()
        self.gap = min(run.spec.gap.of(goal) for goal in self.goals)
        self.began = run.elapsed()
        weights = [SHARES.get(goals[0], OTHER_SHARE) for goals in order[number:]]
        limit = run.spec.wall_seconds
        self.deadline = self.patience = None
        if limit is not None:
            self.deadline = self.began + (limit - self.began) * weights[0] / sum(weights)
            self.patience = max(self.deadline, self.began + (limit - self.began) * PATIENCE)
        self.bounding_cost, self.constant = run.bounding.program.objective(self.goals)
        self.floor = unavoidable(run.bounding.problem, self.goals)
        self.idle = self.parts = 0
        self.near = False
        """Whether the neighbourhood of the relaxation is to be searched next."""
        self.names = bool(NAMING_GOALS & set(self.goals))
        self._measure()

    def _measure(self) -> None:
        """The goals as costs of the program of the search, and the value of the best plan."""
        program = self.run.space.program
        self.cost, _ = program.objective(self.goals)
        self.search_cost = self.cost
        if self.following:
            self.search_cost = AHEAD * self.cost + program.objective(self.following)[0]
        self.value = round(float(self.cost @ self.run.values)) + self.constant

    def tell(self, step: str) -> None:
        run = self.run
        run.report(Progress(self.number, self.goals, step, self.value, self.floor, run.elapsed()))

    @property
    def close(self) -> bool:
        return close_enough(self.value, self.floor, self.gap)

    def solve(self) -> TierResult:
        run = self.run
        if self.value > 0 and not run.stopped:
            self._work()
        run.standing = extract(run.space.problem, run.space.program, run.values)
        values, parts = figures(run.standing, self.goals)
        run.values = point(run.space.program, run.standing)
        total = sum(values.values())
        self.value = total
        self.tell("done")
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

    def _work(self) -> None:
        """Relax in one child, search in the other, then search in both, until the goal is reached or the time is up."""
        workers = borrowed(self.run.workers)
        busy: dict[Child, _Task] = {workers[0]: self._relax(workers[0])}
        relaxing = True
        try:
            while not self._over(relaxing, early=relaxing or self.near or any(t.kind == "near" for t in busy.values())):
                for child in workers:
                    if child not in busy:
                        busy[child] = self._search(child)
                ready = wait([child.connection for child in busy if child.connection is not None], POLL)
                for child in [c for c in busy if c.connection in ready]:
                    task = busy[child]
                    try:
                        word, said = child.receive()
                    except SolverFailedError:
                        if task.part is None:
                            raise
                        del busy[child]  # a part may fail: the plan stands without it
                        continue
                    if word == "result":
                        del busy[child]
                        relaxing = relaxing and task.part is not None
                    self._hear(task, word, said)
        finally:
            for child in busy:
                child.cancel()

    def _over(self, relaxing: bool, *, early: bool) -> bool:
        """Whether the tier ends: reached, or out of time; `early` is before all was done that a proof needs."""
        run = self.run
        if run.stopped or self.close:
            return True
        if relaxing and run.workers == 1:
            return False
        if run.spec.work is not None and self.parts >= WORK_PARTS:
            return True
        # The first tiers have no proof before their relaxation is done: they get the time that it takes.
        deadline = self.patience if early and self.names else self.deadline
        late = deadline is not None and run.elapsed() >= deadline
        return late or (not relaxing and self.idle >= IDLE_PARTS)

    # ---- the relaxation --------------------------------------------------------------------------------------

    def _relax(self, child: Child) -> _Task:
        run = self.run
        task = _Task(run.bounding, slim(run.bounding.arrays, self.bounding_cost), run.elapsed())
        deadline = self.patience if self.names else self.deadline
        left = None if deadline is None else max(1.0, deadline - run.elapsed())
        child.begin("relax_well", (task.slim.arrays, task.slim.cost, left))
        return task

    def _hear(self, task: _Task, word: str, said: Any) -> None:
        if task.part is None:
            if isinstance(said, Relaxed):
                self._bound(task.slim, said, final=word == "result")
        elif word == "result":
            self._take(task, said)

    def _bound(self, slimmed: Slim, relaxed: Relaxed, *, final: bool) -> None:
        run, arrays = self.run, self.run.bounding.arrays
        duals = slimmed.whole_duals(relaxed.duals, arrays.shape[0])
        bound = dual_bound(arrays, self.bounding_cost, duals, run.groups)
        self.floor = max(self.floor, bound.whole + self.constant)
        self.tell("relax")
        if final and self.names and not self.close:
            run.name(slimmed.whole_point(relaxed.point))
            self._measure()
            self.idle = 0
            self.tell("name")
        self.near = self.near or final

    # ---- the search ------------------------------------------------------------------------------------------

    def _search(self, child: Child) -> _Task:
        """Cut a neighbourhood from the best plan and let the child better it."""
        run = self.run
        if self.near:
            self.near = False
            return self._begin(child, run.space.is_decision, self.cost, "near", NEAR_SECONDS)
        run.drawn += 1
        kind = TURNS[run.drawn % len(TURNS)]
        posts = run.regions.draw(self._loss(), round(run.sizes[kind]), kind, run.rng)
        return self._begin(child, run.regions.decisions(posts, run.values, kind), self.search_cost, kind, PART_SECONDS)

    def _begin(self, child: Child, decisions: Bools, cost: Floats, kind: Kind | Literal["near"], most: float) -> _Task:
        run = self.run
        part = run.space.part(run.values, decisions, cost)
        task = _Task(run.space, slim(part.arrays, part.cost), run.elapsed(), part, kind)
        seconds = None if run.spec.work is not None else most
        if seconds is not None and self.patience is not None:
            seconds = max(0.2, min(seconds, self.patience - run.elapsed()))
        spec = SearchSpec(seconds, run.spec.work, PART_GAP, 0.0, run.spec.seed)
        start = part.start[task.slim.columns]
        call: tuple[Any, ...] = (task.slim.arrays, task.slim.cost, start, spec)
        if kind == "near":
            columns = part.columns[task.slim.columns]
            call = (*call, run.space.person[columns], run.space.kinds[columns] == "u")
        child.begin("search_near" if kind == "near" else "search", call)
        return task

    def _loss(self) -> Floats:
        """What each post costs in the best plan; a little for all, so that none is never drawn."""
        run = self.run
        loss = np.full(len(run.space.posts), 1e-2)
        owned = run.space.post != NOBODY
        np.add.at(loss, run.space.post[owned], np.maximum(0, (self.search_cost * run.values)[owned]))
        roots: Floats = np.sqrt(loss)
        return roots

    def _take(self, task: _Task, found: Found) -> None:
        run, part = self.run, task.part
        assert part is not None
        self.parts += 1
        self.idle += 1
        if task.kind != "near":
            took = run.elapsed() - task.began
            size = run.sizes[task.kind]
            run.sizes[task.kind] = min(60.0, size * 1.15) if took < PART_SECONDS / 4 else max(
                LEAST_SIZE, size * 0.85 if took > PART_SECONDS * 0.9 else size
            )  # fmt: skip
        if found.point is None or task.space is not run.space:
            return
        whole = task.slim.arrays.integer
        values = run.values.copy()
        values[part.columns] = task.slim.whole_point(np.where(whole, np.rint(found.point), found.point))
        better = self.search_cost @ values < self.search_cost @ run.values - 0.5
        # The plan may have been bettered elsewhere meanwhile: the two together must still be a plan.
        if better and run.space.arrays.feasible(values[None, :])[0]:
            run.values = values
            self.value = round(float(self.cost @ values)) + self.constant
            self.idle = 0
            self.tell("search")
