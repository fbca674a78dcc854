"""The order of work where there are too many moves for a column each: bounds from the program in which most are loose,
plans from the program in which those are named that matter.

For each tier (`large_tier`) two children share the work. One relaxes roughly: first without loose moves, for a plan in
seconds, then over all. The other relaxes for the bound (`relaxing`): the goals for which moves are named together from
the beginning. What each uses is named as it comes, or in a large program once both have come, and what the relaxation
of the named program uses is searched; then all that is named, as a whole with what costs next to nothing by the duals;
then neighbourhoods of the best plan, and the next tier is relaxed ahead. Tiers for which no moves are named are relaxed
with the tiers before in their cost, at prices.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np

from planner.domain.scenario import SolveSpec
from planner.engine.large_first import find_first_plan
from planner.engine.large_near import begin_near, go_near, stay_near
from planner.engine.large_run import LargeRun
from planner.engine.large_tier import Tier
from planner.engine.memory import Memory
from planner.engine.parent import Parent
from planner.engine.result import Progress, Result, TierResult, untouched
from planner.goals import LAST_TIER
from planner.problem import Problem
from planner.program import Program
from planner.standing import Standing


def solve_large(
    problem: Problem,
    program: Program,
    tiers: Sequence[Sequence[str]],
    spec: SolveSpec,
    *,
    report: Callable[[Progress], None],
    stop: threading.Event | None = None,
    parent: Parent | None = None,
    memory: Memory,
) -> Result:
    """As `engine.solve`, for a problem with loose moves."""
    run = LargeRun(problem, program, spec, report, stop, memory, parent)
    find_first_plan(run)
    order = [tuple(t) for t in tiers] + [LAST_TIER]
    rows, columns = run.bounding.uncut.shape
    done: list[tuple[TierResult, Standing]] = []
    try:
        if parent is not None:
            begin_near(run, parent, order)
            order.pop()  # in place of the silent tier the plan stays near
        for number in range(len(order)):
            before = run.values
            done.append((Tier(run, number, order).solve(), run.standing))
            if parent is not None and not np.array_equal(run.values, before):
                stay_near(run, order[number + 1 :])
    finally:
        run.drop()
    if parent is not None:
        go_near(run, Progress(len(order), LAST_TIER, "stay", None, 0, 0.0), 1.0, whole=True)
        done.append((untouched(run.standing, LAST_TIER, spec), run.standing))
    interrupted = stop is not None and stop.is_set()
    settled = tuple(tier if then is run.standing else tier.in_plan(run.standing) for tier, then in done)
    proof = run.proof({tier.goals: tier.gap for tier in settled})
    return Result(run.standing, settled, interrupted, run.elapsed(), columns, rows, proof)
