"""A what-if of a large case: it begins near the plan of before, and stays near it from tier to tier.

What the edit has emptied is known before anything is searched. Named are, in one program, the parent's moves, moves to
these posts of those who cost least by the parent's duals, and what a rough relaxation uses. Of a large program that is
too much (28 s to relax, where of vertices it takes 4). There, with two solvers, the former are named at once, while
heads and posts are relaxed together, and then with a vertex of the rough one those of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from multiprocessing.connection import wait

import numpy as np

from planner.engine import naming
from planner.engine.bound import SCALE
from planner.engine.child import GRACE, POLL, Child, SolverFailedError
from planner.engine.large_bound import names
from planner.engine.large_run import TILTS, LargeRun
from planner.engine.parent import PARENT_SHARE, Parent, decided, emptied, moves_of, nearest
from planner.engine.relaxing import (
    BOUND_WEIGHT,
    Goals,
    Relaxation,
    all_moves,
    begin_relaxing,
    for_the_bound_by_weights,
)
from planner.engine.result import Progress, figures
from planner.problem import Named
from planner.program.arrays import Floats

MOST_EMPTIED = 20
"""Posts to which moves are named so: an edit that moves every retirement empties hundreds."""

ROUGH_SHARE = 0.1
"""Of the time, what the rough relaxation may take that names."""


def begin_near(run: LargeRun, parent: Parent, order: Sequence[Goals]) -> None:
    """From the parent's plan as far as it still holds, in the program of its moves and of those that the edit asks for.

    `order` are the goals of the tiers.
    """
    space, spec = run.bounding, run.spec
    goals = [tier for tier in order if names(tier)] or list(order[:1])
    run.emptied = emptied(parent.plan, space.problem, space.program)
    made = decided(space.program, parent.plan, space.problem.moves)
    cost, _ = space.program.objective(goals[0])
    rough = all_moves(space, goals[0], cost, {}, spec.seed)
    seconds = run.left(spec.wall_seconds, ROUGH_SHARE)
    child = run.workers[0]
    both = goals[:2] == list(order[:2]) and len(goals) > 1 and len(run.workers) > 1
    by_vertices = both and run.many
    try:
        begin_relaxing(child, rough, seconds, many=run.many)
        if both:
            begin_both(run, run.workers[1], goals[:2])
        named = [moves_of(parent.plan), _candidates(run, goals)]
        if by_vertices:
            run.name(naming.together(named))
        told = _heard(run, child, rough, seconds)
    finally:
        child.cancel()
    if told is not None:
        run.told.add(goals[0])
    if by_vertices:
        if told is not None and not run.most:
            run.to_refine.append((told, TILTS[0]))
        run.relax_only(made)
    else:
        if told is not None:
            named.append(naming.used(space.problem, space.program, told.point()))
        run.name(naming.together(named))
        if told is not None:
            run.relax_only(told.used | made)
    go_near(run, Progress(0, order[0], "parent", None, 0, 0.0), PARENT_SHARE)


def begin_both(run: LargeRun, child: Child, goals: Sequence[Goals]) -> None:
    """Relax the two goals that name together, with the parent's cuts: what that uses is named later, and leads on."""
    if run.before is not None:
        run.duals_before(goals[0])
    space = run.bounding
    task = for_the_bound_by_weights(
        space, space.arrays, goals[1], space.program.objective(goals[1])[0], {goals[0]: BOUND_WEIGHT}
    )
    run.told.add(goals[1])
    begin_relaxing(child, task, run.left(run.until, least=1.0), many=run.many)
    run.busy[child] = task


def _candidates(run: LargeRun, goals: Sequence[Goals]) -> Named:
    """Moves to the posts that the edit has emptied, of those who cost least by the parent's duals of these goals."""
    space, known = run.bounding, [(tier, duals) for tier in goals if (duals := run.duals_before(tier)) is not None]
    if not known:
        return Named()  # who of hundreds?
    bounds = [run.bound(space.program.objective(tier)[0], duals) for tier, duals in known]
    reduced = np.sum([bound.reduced / SCALE for bound in bounds], axis=0)
    return naming.to_posts(space.problem, space.program, sorted(run.emptied)[:MOST_EMPTIED], reduced)


def _heard(run: LargeRun, child: Child, task: Relaxation, seconds: float | None) -> Relaxation | None:
    """The relaxation once the child has found it; None where it failed or there is no time: HiGHS may not keep to its
    own."""
    deadline = None if seconds is None else run.elapsed() + seconds + GRACE
    while not run.stopped and (deadline is None or run.elapsed() < deadline):
        if child.connection is not None and wait([child.connection], POLL):
            try:
                word, task.found = child.receive()
            except SolverFailedError:
                return None
            if word == "result":
                return task if task.found is not None else None
    return None


def stay_near(run: LargeRun, left: Sequence[Goals]) -> None:
    """After a tier: what changed for nothing is as it was again, as far as the next of the tiers left loses nothing."""
    late = run.until is not None and run.elapsed() >= run.until
    if run.stopped or late or not left:
        return
    but = run.space.program.objective(left[0])[0]
    _go(run, whole=False, seconds=run.left(run.until, PARENT_SHARE), but=but)


def go_near(run: LargeRun, progress: Progress, share: float, *, whole: bool = False) -> None:
    """Of the plans that are as good as what is reached the nearest to the parent that a share of the time finds: of
    what it and the plan decide, at 1,200 posts in a second; and then of the whole."""
    for everything in (False, True) if whole else (False,):
        if run.stopped:
            break
        _go(run, whole=everything, seconds=run.left(run.ends, share))
    value = sum(figures(run.standing, progress.goals)[0].values())
    run.report(replace(progress, value=value, seconds=run.elapsed()))


def _go(run: LargeRun, *, whole: bool, seconds: float | None, but: Floats | None = None) -> None:
    """Nearer to the parent, but at no cost of this kind: (columns,)."""
    space = run.space
    assert run.away is not None
    # Which classes are held is no decision of a plan: it follows from who attends, and is free here too.
    free = space.is_decision & (whole | (run.away <= 0) | (run.values > 0))
    part = space.part(run.values, free, run.away)
    arrays = part.arrays
    if but is not None:
        arrays = arrays.with_row(but[part.columns], -np.inf, float(but[part.columns] @ part.start))
    values = run.values.copy()
    values[part.columns] = nearest(arrays, part.cost, part.start, seconds, run.spec, run.stop)
    run.values = values
    run.settle()
