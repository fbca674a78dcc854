"""The order of work: for each tier relax, bound, search, prove; then the next tier with the row of the last."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.domain.errors import LimitError, MemoryLimitError
from planner.domain.scenario import SolveSpec
from planner.engine import child
from planner.engine.bound import DualBound, dual_bound, fixed_by
from planner.engine.conflict import raise_conflict
from planner.engine.duals import proof_of
from planner.engine.large import solve_large
from planner.engine.marks import Marks, marks_of
from planner.engine.memory import Memory
from planner.engine.model import NO_PLAN_YET, may_be_garbage
from planner.engine.parent import PARENT_SHARE, Parent, distance, nearest
from planner.engine.restrict import decided_only, restricted, without_new_rotations
from planner.engine.result import BoundSource, Progress, Result, TierResult, close_enough, figures, untouched
from planner.engine.slim import slim
from planner.engine.solvers_spec import UNIT, Relaxed, SearchSpec, workers_of
from planner.goals import GOALS, LAST_TIER
from planner.problem import Problem
from planner.program import Arrays, Program
from planner.program.arrays import Floats
from planner.standing import Standing
from planner.structure.extract import extract
from planner.structure.point import RefusedError, point

TOLERANCE = 1e-6
"""What a solver's bound may be wrong by before it is rounded up."""

SILENT_SHARE = 0.25
"""Of all the time, what the silent last tier may take at most."""

LATE = 0.5
"""Seconds by which a solver may end later than it was told to, half of what it has before it is killed."""

NEAR_SHARE = 1.0
"""Of a tier's equal share of the time left, what the neighbourhood of the relaxation may take at most."""

NEARBY = 1000
"""How many decisions that differ from the parent's a unit of a goal is worth, where the relaxation is to be near it."""

RELAX_SHARE = 0.4
"""Of the time left, what a relaxation may take at most: without one there is no bound, and little to guide a search."""

STILL_SHARE = 0.5
"""Of the time left, what the plans without new rotations may take at most, where there is no relaxation to guide."""


FIRST_CHILDREN = 2
"""Those that any case needs; more, where there are more workers, start when they are first given work."""


def _silent(progress: Progress) -> None:
    """Nobody listens."""


@dataclass
class _Run:
    """What all tiers of one run share."""

    problem: Problem
    program: Program
    spec: SolveSpec
    report: Callable[[Progress], None]
    stop: threading.Event | None
    memory: Memory
    parent: Parent | None = None
    away: Floats | None = None
    """By how much each column is away from the parent's plan."""
    limits: list[tuple[str, ...]] = field(default_factory=list)
    """The goals of the tiers before, each of which a row limits."""
    posted: Marks | None = None
    """The marks of the program's rows."""
    duals: dict[tuple[str, ...], Floats] = field(default_factory=dict)
    """Of each tier those that bound it best, over the rows that there were then."""
    started: float = field(default_factory=time.monotonic)
    relaxable: bool = True
    """Whether the relaxation ended in its time; one that did not is not tried again."""

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def remaining(self) -> float | None:
        """Seconds left; None where work is limited by nodes."""
        limit = self.spec.wall_seconds
        return None if limit is None else max(0.0, limit - LATE - self.elapsed())

    def gap_before(self, goals: tuple[str, ...]) -> float:
        """How near its bound the parent came: with a parent more is not wanted."""
        return 0.0 if self.parent is None or self.parent.proof is None else self.parent.proof.gap(goals)

    def duals_before(self, goals: tuple[str, ...], arrays: Arrays) -> Floats | None:
        """The duals of the parent's proof for these goals: (rows,)."""
        if self.parent is None or self.parent.proof is None:
            return None
        return self.parent.proof.of(goals, self.marks(arrays))

    def marks(self, arrays: Arrays) -> Marks:
        if self.posted is None:
            self.posted = marks_of(self.program, arrays)
        return self.posted.limited(self.limits)

    @property
    def side_by_side(self) -> bool:
        """Whether two solvers may search at once: not where the run must be repeatable, or has one worker."""
        return workers_of(self.spec) > 1

    @property
    def stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()

    @property
    def over(self) -> bool:
        return self.stopped or self.memory.exceeded or self.remaining() == 0


def get_ready(spec: SolveSpec) -> None:
    """Start the solvers that are needed first: that takes a second, in which the program can be built."""
    for one in child.borrowed(min(FIRST_CHILDREN, workers_of(spec))):
        one.start()


def solve(
    problem: Problem,
    program: Program,
    tiers: Sequence[Sequence[str]],
    spec: SolveSpec,
    *,
    report: Callable[[Progress], None] = _silent,
    stop: threading.Event | None = None,
    parent: Parent | None = None,
) -> Result:
    """The best plan by the tiers in order, with a bound for each. The silent last tier is added.

    With a `parent`, a plan of a case or rulebook that differs little, the search begins as near to it as may be, a tier
    ends where it is as near to its bound as the parent's was, and of all plans that are as good the nearest is taken,
    in place of what the silent tier asks for.

    Raises NoPlanError where decisions and `must` rules cannot hold together, LimitError when stopped before a plan,
    MemoryLimitError where that was for want of memory.
    """
    way = _solve_whole if problem.is_whole else solve_large
    with Memory(spec.memory) as memory:
        try:
            result = way(problem, program, tiers, spec, report=report, stop=stop, parent=parent, memory=memory)
        except LimitError as error:
            if memory.was_short:
                raise MemoryLimitError(str(error)) from error
            raise
        finally:
            may_be_garbage()
    return replace(result, short_of_memory=memory.was_short)


def _solve_whole(
    problem: Problem,
    program: Program,
    tiers: Sequence[Sequence[str]],
    spec: SolveSpec,
    *,
    report: Callable[[Progress], None],
    stop: threading.Event | None,
    parent: Parent | None,
    memory: Memory,
) -> Result:
    """As `solve`, where every move has a column of its own."""
    away = None if parent is None else distance(program, parent.plan)
    run = _Run(problem, program, spec, report, stop, memory, parent, away)
    arrays = program.freeze()
    rows, columns = arrays.shape
    order = [tuple(t) for t in tiers] + [LAST_TIER]
    standing = _first_plan(run, arrays)
    if parent is not None:
        standing = _go_near(run, arrays, standing, Progress(0, order[0], "parent", None, 0, 0.0), PARENT_SHARE)
    done: list[TierResult] = []
    for n, goals in enumerate(order if parent is None else order[:-1]):
        cost, constant = program.objective(goals)
        if standing is not None and run.over:
            done.append(untouched(standing, goals, spec))
            continue
        standing, result, duals = _tier(run, arrays, cost, constant, goals, n, len(order) - n, standing)
        done.append(result)
        # No tolerance: the whole number reached, recomputed from the plan. What its duals fix stays fixed after.
        for bound in duals:
            arrays = fixed_by(arrays, bound, result.value - constant)
        arrays = arrays.with_row(cost, -np.inf, result.value - constant)
        run.limits.append(goals)
    if parent is not None:
        stay = Progress(len(done), LAST_TIER, "stay", None, 0, 0.0)
        standing = _go_near(run, arrays, standing, stay, 1.0, whole=True)
    if standing is None:
        raise LimitError(NO_PLAN_YET)
    if parent is not None:
        done.append(untouched(standing, LAST_TIER, spec))
    settled = tuple(tier.in_plan(standing) for tier in done)
    proof = proof_of(run.marks(arrays), run.duals, {tier.goals: tier.gap for tier in settled})
    return Result(standing, settled, run.stopped, run.elapsed(), columns, rows, proof)


def _first_plan(run: _Run, arrays: Arrays) -> Standing | None:
    """The status quo is a plan, unless a decision binds: every goal has a slack and every breach of it is inherited."""
    try:
        values = point(run.program, run.problem.status_quo)
    except RefusedError:
        return None
    if not arrays.feasible(values[None, :])[0]:
        return None
    return extract(run.problem, run.program, values)


def _go_near(
    run: _Run, arrays: Arrays, start: Standing | None, progress: Progress, share: float, *, whole: bool = False
) -> Standing | None:
    """The plan nearest to the parent that is found in a share of the time left, or the start: of what the two decide,
    where there is such a plan, and of the `whole` or where there is none of all."""
    assert run.away is not None
    away, values = run.away, None if start is None else point(run.program, start)

    def go(free: Arrays, part: float) -> Floats | None:
        remaining = run.remaining()
        seconds = None if remaining is None else max(0.2, remaining * part)
        return nearest(free, away, values, seconds, run.spec, run.stop)

    values = go(decided_only(arrays, away, values), share / 2)
    if (whole or values is None) and not run.over:
        values = go(arrays, share if whole else share / 2)
    standing = None if values is None else extract(run.problem, run.program, values)
    value = None if standing is None else _value(standing, progress.goals)
    run.report(replace(progress, value=value, seconds=run.elapsed()))
    return standing


def _tier(
    run: _Run,
    arrays: Arrays,
    cost: Floats,
    constant: int,
    goals: tuple[str, ...],
    number: int,
    left: int,
    standing: Standing | None,
) -> tuple[Standing, TierResult, list[DualBound]]:
    began = run.elapsed()
    best = standing
    value = None if standing is None else _value(standing, goals)
    gap = min(run.spec.gap.of(g) for g in goals)
    enough = max(gap, run.gap_before(goals))
    duals = [dual_bound(arrays, cost, np.zeros(arrays.shape[0]))]
    floor = max(0, duals[0].whole + constant)  # goals count what is missing, moved or spent: none is below 0
    source: BoundSource = "duals"

    def tell(step: str) -> None:
        run.report(Progress(number, goals, step, value, floor, run.elapsed()))

    def prove(row_duals: Floats) -> None:
        nonlocal floor
        duals.append(dual_bound(arrays, cost, row_duals))
        if duals[-1].whole + constant > floor or goals not in run.duals:
            floor = max(floor, duals[-1].whole + constant)
            run.duals[goals] = row_duals

    before = run.duals_before(goals, arrays)
    if before is not None:
        prove(before)
        tell("proof")
    if value is None or not close_enough(value, floor, enough):
        relaxed = _relax(run, arrays, cost) if run.relaxable else None
        run.relaxable = relaxed is not None or run.over
        if relaxed is not None:
            prove(relaxed.duals)
        tell("relax")
        if relaxed is not None and value != floor:
            start = None if best is None else point(run.program, best)
            guide, wish = relaxed, cost
            if run.away is not None:
                wish = NEARBY * cost + run.away
                guide = _relax(run, arrays, wish) or relaxed
            near = restricted(run.program, arrays, guide.point, start)
            best, _ = _search(run, near, wish, constant, goals, number, NEAR_SHARE / left, gap, best, floor, "near")
            value = None if best is None else _value(best, goals)
        elif not run.relaxable:
            still = without_new_rotations(run.program, arrays, None if best is None else point(run.program, best))
            best, _ = _search(run, still, cost, constant, goals, number, STILL_SHARE, gap, best, floor, "still")
            value = None if best is None else _value(best, goals)
    if value is None or not (run.over or close_enough(value, floor, enough)):
        whole = arrays if value is None else fixed_by(arrays, duals[-1], value - constant)
        best, bound = _search(run, whole, cost, constant, goals, number, _share(left), gap, best, floor, "search")
        if best is None:
            raise LimitError(NO_PLAN_YET)
        value = _value(best, goals)
        if bound > floor:
            floor, source = bound, "search"
    assert best is not None
    assert value is not None
    tell("done")
    values, parts = figures(best, goals)
    result = TierResult(
        goals=goals,
        values=values,
        parts=parts,
        value=value,
        bound=floor,
        bound_from=source,
        seconds=run.elapsed() - began,
        wanted_gap=gap,
    )
    return best, result, duals


def _value(standing: Standing, goals: Sequence[str]) -> int:
    """The tier's value, recomputed from the plan."""
    return sum(GOALS[g].value(standing) for g in goals)


def _share(left: int) -> float:
    """Of the time left, what a tier may take: half at least, and nearly all before the silent tier."""
    return 1.0 if left == 1 else max(0.5, 0.9 / (left - 1))


def _relax(run: _Run, arrays: Arrays, cost: Floats) -> Relaxed | None:
    """The relaxation; its duals give a bound whatever their quality."""
    remaining = run.remaining()
    seconds = 600.0 if remaining is None else max(0.5, remaining * RELAX_SHARE)
    left_over = slim(arrays, cost)
    call = ("relax", (left_over.arrays, left_over.cost, seconds))
    relaxed: Relaxed | None = child.race([call], seconds=seconds, stop=run.stop)
    if relaxed is None:
        return None
    return Relaxed(left_over.whole_point(relaxed.point), left_over.whole_duals(relaxed.duals, arrays.shape[0]))


def _search(
    run: _Run,
    arrays: Arrays,
    cost: Floats,
    constant: int,
    goals: tuple[str, ...],
    number: int,
    share: float,
    gap: float,
    best: Standing | None,
    floor: int,
    step: str,
) -> tuple[Standing | None, int]:
    """HiGHS from the best plan so far, for a share of the time left; each better plan is kept as it comes."""
    found = best
    value = None if best is None else _value(best, goals)
    bound = floor

    def take(values: Floats) -> None:
        nonlocal found, value
        candidate = extract(run.problem, run.program, np.rint(values))
        reached = _value(candidate, goals)
        if value is None or reached < value:
            found, value = candidate, reached

    def hear(word: str, said: object) -> None:
        nonlocal bound
        if word == "better":
            take(said)  # type: ignore[arg-type]
        elif word == "ended":
            if said.point is not None:  # type: ignore[attr-defined]
                take(said.point)  # type: ignore[attr-defined]
        elif step == "search" and isinstance(said, float) and math.isfinite(said):
            bound = max(bound, _rounded_up(said) + constant)
        run.report(Progress(number, goals, step, value, bound, run.elapsed()))

    remaining = run.remaining()
    if remaining is not None and goals == LAST_TIER:
        remaining = min(remaining, SILENT_SHARE * (run.spec.wall_seconds or remaining))
    seconds = None if remaining is None else max(0.2, remaining * share)
    start = None if best is None else point(run.program, best)
    spec = SearchSpec(seconds, run.spec.work, gap, UNIT, run.spec.seed)
    calls = [("search", (arrays, cost, start, spec))]
    if run.side_by_side and start is not None:
        calls.append(("search_by_clauses", (arrays, cost, start, replace(spec, threads=workers_of(run.spec) - 1))))
    enough = lambda: value is not None and close_enough(value, bound, gap)  # noqa: E731
    ended = child.race(calls, seconds=seconds, stop=run.stop, hear=hear, enough=enough)
    if ended is not None:
        if ended.status == "infeasible" and best is None and step == "search":
            raise_conflict(run.problem, run.program)
        if ended.point is not None:
            take(ended.point)
        if step == "search" and math.isfinite(ended.bound):
            bound = max(bound, _rounded_up(ended.bound) + constant)
    return found, bound if value is None else min(bound, value)


def _rounded_up(bound: float) -> int:
    return math.ceil(bound - TOLERANCE)
