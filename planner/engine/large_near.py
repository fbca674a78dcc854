"""A what-if of a large case: it begins near the plan of before, and stays near it from tier to tier.

What the edit has emptied is known before anything is searched. Named are, all in one program that is made once, the
parent's moves, moves to these posts of those who cost least by the parent's duals, and what a rough relaxation uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from multiprocessing.connection import wait
from typing import Any

import numpy as np

from planner.domain.plan import Plan
from planner.engine import naming
from planner.engine.bound import SCALE
from planner.engine.child import POLL, Child, SolverFailedError
from planner.engine.large_run import LargeRun
from planner.engine.parent import PARENT_SHARE, Parent, decided, emptied, moves_of, nearest
from planner.engine.relaxing import Goals, all_moves
from planner.engine.result import Progress, figures
from planner.program.arrays import Floats
from planner.structure.extract import extract
from planner.structure.point import point

ROUGH_SHARE = 0.1
"""Of the time, what the rough relaxation may take that names."""


def begin_near(run: LargeRun, parent: Parent, goals: Sequence[Goals]) -> None:
    """From the parent's plan as far as it still holds, in the program of its moves and of those that the edit asks for.

    `goals` are the tiers for which moves are named, in their order.
    """
    space, spec = run.bounding, run.spec
    run.emptied = emptied(parent.plan, space.problem, space.program)
    made = decided(space.program, parent.plan, space.problem.moves)
    rough = all_moves(space, goals[0], space.program.objective(goals[0])[0], {}, spec.seed)
    seconds = None if spec.wall_seconds is None else max(0.5, (spec.wall_seconds - run.elapsed()) * ROUGH_SHARE)
    child = run.workers[0]
    child.begin("relax_roughly", (rough.slim.arrays, rough.slim.cost, seconds))
    candidates = naming.to_posts(space.problem, space.program, sorted(run.emptied), _reduced(run, goals))
    rough.found = _heard(run, child)
    if rough.found is None:
        run.name(naming.together([moves_of(parent.plan), candidates]))
    else:
        run.told.add(goals[0])
        used = naming.used(space.problem, space.program, rough.point())
        run.name(naming.together([moves_of(parent.plan), candidates, used]))
        run.relax_only(rough.open_to(space) | made)
    go_near(run, parent.plan, Progress(0, goals[0], "parent", None, 0, 0.0), PARENT_SHARE)


def _reduced(run: LargeRun, goals: Sequence[Goals]) -> Floats:
    """What each column costs by the parent's duals of all these goals together: (columns,)."""
    reduced = np.zeros(len(run.bounding.program.keys))
    for tier in goals:
        duals = run.duals_before(tier)
        if duals is not None:
            reduced += run.bound(run.bounding.program.objective(tier)[0], duals).reduced / SCALE
    return reduced


def _heard(run: LargeRun, child: Child) -> Any:
    """What a child says in the end; None where it failed or there is no time."""
    while not run.stopped:
        if child.connection is not None and wait([child.connection], POLL):
            try:
                word, said = child.receive()
            except SolverFailedError:
                return None
            if word == "result":
                return said
    child.cancel()
    return None


def stay_near(run: LargeRun, parent: Plan) -> None:
    """After a tier: what changed for nothing is as it was again, of which the tiers to come gain too."""
    if not run.stopped:
        seconds = None if run.until is None else max(0.5, (run.until - run.elapsed()) * PARENT_SHARE)
        _go(run, parent, whole=False, seconds=seconds)


def go_near(run: LargeRun, parent: Plan, progress: Progress, share: float, *, whole: bool = False) -> None:
    """Of the plans that are as good as what is reached the nearest to the parent that a share of the time finds: of
    what it and the plan decide, in a second or so; and then of the whole."""
    for everything in (False, True) if whole else (False,):
        limit = run.spec.wall_seconds
        seconds = None if limit is None else max(0.5, (limit - run.elapsed()) * share)
        _go(run, parent, whole=everything, seconds=seconds)
        if run.stopped:
            break
    value = sum(figures(run.standing, progress.goals)[0].values())
    run.report(replace(progress, value=value, seconds=run.elapsed()))


def _go(run: LargeRun, parent: Plan, *, whole: bool, seconds: float | None) -> None:
    space = run.space
    assert run.away is not None
    # Which classes are held is no decision of a plan: it follows from who attends, and is free here too.
    free = space.is_decision & (whole | (run.away <= 0) | (run.values > 0))
    part = space.part(run.values, free, run.away)
    values = run.values.copy()
    values[part.columns] = nearest(part.arrays, part.cost, part.start, seconds, run.spec, run.stop)
    run.standing = extract(space.problem, space.program, values)
    run.values = point(space.program, run.standing)
