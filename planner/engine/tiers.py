"""The order of work: for each tier relax, bound, search, prove; then the next tier with the row of the last."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.domain.errors import LimitError
from planner.domain.scenario import SolveSpec
from planner.engine import child
from planner.engine.bound import dual_bound
from planner.engine.conflict import raise_conflict
from planner.engine.result import BoundSource, Progress, Result, TierResult
from planner.engine.solvers_spec import SearchSpec
from planner.goals import GOALS, LAST_TIER
from planner.problem import Problem
from planner.program import Arrays, Program
from planner.program.arrays import Floats
from planner.standing import Standing
from planner.structure.extract import extract
from planner.structure.point import RefusedError, point

TOLERANCE = 1e-6
"""What a solver's bound may be wrong by before it is rounded up."""

WHOLE = 0.999
"""Two whole values less than this apart are equal."""


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
    started: float = field(default_factory=time.monotonic)

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def remaining(self) -> float | None:
        """Seconds left; None where work is limited by nodes."""
        limit = self.spec.wall_seconds
        return None if limit is None else max(0.0, limit - self.elapsed())

    @property
    def stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()


def solve(
    problem: Problem,
    program: Program,
    tiers: Sequence[Sequence[str]],
    spec: SolveSpec,
    *,
    report: Callable[[Progress], None] = _silent,
    stop: threading.Event | None = None,
) -> Result:
    """The best plan by the tiers in order, with a bound for each. The silent last tier is added.

    Raises NoPlanError where decisions and `must` rules cannot hold together, LimitError when stopped before a plan.
    """
    run = _Run(problem, program, spec, report, stop)
    arrays = program.freeze()
    standing = _first_plan(run, arrays)
    done: list[TierResult] = []
    order = [tuple(t) for t in tiers] + [LAST_TIER]
    for n, goals in enumerate(order):
        cost, constant = program.objective(goals)
        if standing is not None and run.stopped:
            done.append(_untouched(run, goals, standing))
            continue
        standing, result = _tier(run, arrays, cost, constant, goals, n, len(order) - n, standing)
        done.append(result)
        # No tolerance: the whole number reached, recomputed from the plan.
        arrays = arrays.with_row(cost, -np.inf, result.value - constant)
    if standing is None:
        raise LimitError("stopped before any plan was found")
    rows, columns = arrays.shape
    return Result(standing, tuple(done), run.stopped, run.elapsed(), columns, rows - len(order))


def _first_plan(run: _Run, arrays: Arrays) -> Standing | None:
    """The status quo is a plan, unless a decision binds: every goal has a slack and every breach of it is inherited."""
    try:
        values = point(run.program, run.problem.status_quo)
    except RefusedError:
        return None
    if not arrays.feasible(values[None, :])[0]:
        return None
    return extract(run.problem, run.program, values)


def _tier(
    run: _Run,
    arrays: Arrays,
    cost: Floats,
    constant: int,
    goals: tuple[str, ...],
    number: int,
    left: int,
    standing: Standing | None,
) -> tuple[Standing, TierResult]:
    began = run.elapsed()
    best = standing
    value = None if standing is None else _value(standing, goals)
    gap = min(run.spec.gap.of(g) for g in goals)
    floor, source = _trivial_bound(arrays, cost, constant), "duals"

    def tell(step: str) -> None:
        ratio = None if value is None else (value - floor) / max(value, 1)
        run.report(Progress(number, goals, step, value, floor, ratio, run.elapsed()))

    if value is None or value > floor:
        floor = max(floor, _relaxation_bound(run, arrays, cost, constant, left))
        tell("relax")
    if value is None or value > floor:
        best, bound = _search(run, arrays, cost, constant, goals, number, left, gap, best, floor)
        value = _value(best, goals)
        if bound > floor:
            floor, source = bound, "search"
    assert best is not None
    assert value is not None
    tell("done")
    return best, TierResult(
        goals=goals,
        values={g: GOALS[g].value(best) for g in goals},
        parts={g: GOALS[g].parts(best) for g in goals},
        value=value,
        bound=floor,
        bound_from=source,  # type: ignore[arg-type]
        seconds=run.elapsed() - began,
        wanted_gap=gap,
    )


def _value(standing: Standing, goals: Sequence[str]) -> int:
    """The tier's value, recomputed from the plan."""
    return sum(GOALS[g].value(standing) for g in goals)


def _trivial_bound(arrays: Arrays, cost: Floats, constant: int) -> int:
    return dual_bound(arrays, cost, np.zeros(arrays.shape[0])) + constant


def _relaxation_bound(run: _Run, arrays: Arrays, cost: Floats, constant: int, left: int) -> int:
    """Our own bound from the duals of the relaxation, whatever their quality."""
    remaining = run.remaining()
    seconds = 600.0 if remaining is None else max(0.5, remaining / (left + 1))
    duals = child.shared().call("relax", (arrays, cost, seconds), seconds=seconds, stop=run.stop)
    if duals is None:
        return _trivial_bound(arrays, cost, constant)
    return max(dual_bound(arrays, cost, duals), dual_bound(arrays, cost, -duals)) + constant


def _search(
    run: _Run,
    arrays: Arrays,
    cost: Floats,
    constant: int,
    goals: tuple[str, ...],
    number: int,
    left: int,
    gap: float,
    best: Standing | None,
    floor: int,
) -> tuple[Standing, int]:
    """HiGHS on the whole program from the best plan so far; each better plan is kept as it comes."""
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
        elif isinstance(said, float) and math.isfinite(said):
            bound = max(bound, _rounded_up(said) + constant)
        ratio = None if value is None else (value - bound) / max(value, 1)
        run.report(Progress(number, goals, "search", value, bound, ratio, run.elapsed()))

    remaining = run.remaining()
    seconds = None if remaining is None else max(0.2, remaining * max(0.5, 1 / left))
    start = None if best is None else point(run.program, best)
    spec = SearchSpec(seconds, run.spec.work, gap, WHOLE, run.spec.seed)
    ended = child.shared().call("search", (arrays, cost, start, spec), seconds=seconds, stop=run.stop, hear=hear)
    if ended is not None:
        if ended.status == "infeasible":
            raise_conflict(run.problem, run.program)
        if ended.point is not None:
            take(ended.point)
        if math.isfinite(ended.bound):
            bound = max(bound, _rounded_up(ended.bound) + constant)
    if found is None:
        raise LimitError("stopped before any plan was found")
    assert value is not None
    return found, min(bound, value)


def _rounded_up(bound: float) -> int:
    return math.ceil(bound - TOLERANCE)


def _untouched(run: _Run, goals: tuple[str, ...], standing: Standing) -> TierResult:
    """A tier that was never reached: the value as it stands, and no bound but 0."""
    source: BoundSource = "none"
    return TierResult(
        goals=goals,
        values={g: GOALS[g].value(standing) for g in goals},
        parts={g: GOALS[g].parts(standing) for g in goals},
        value=_value(standing, goals),
        bound=0,
        bound_from=source,
        seconds=0.0,
        wanted_gap=min(run.spec.gap.of(g) for g in goals),
    )
