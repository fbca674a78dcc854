"""The plan from which a large case begins: the status quo, or where decisions bind, one that does what they ask for."""

from __future__ import annotations

import numpy as np

from planner.domain.errors import LimitError
from planner.engine import naming
from planner.engine.child import race
from planner.engine.conflict import raise_conflict
from planner.engine.large_run import LargeRun
from planner.engine.model import NO_PLAN_YET
from planner.engine.solvers_spec import Found, SearchSpec
from planner.program.arrays import Arrays, Floats
from planner.rules.structure.decisions import binding


def find_first_plan(run: LargeRun) -> None:
    """The status quo, or where decisions bind, what they ask for and as little else as they need.

    Where the moves that have a column do not suffice, those are named that some point of the whole program uses.
    Raises NoPlanError where decisions and rules cannot hold together, LimitError where no plan is found in time.
    """
    if run.space.arrays.feasible(run.values[None, :])[0] or _decisions_met(run):
        return
    bounding = run.bounding
    found = _any_point(run, bounding.arrays, np.isin(bounding.kinds, ("c", "w")).astype(float))
    if found is not None and found.status == "infeasible":
        raise_conflict(bounding.problem, bounding.program)
    if found is not None and found.point is not None:
        run.name(naming.between(bounding.program, found.point))
        if _decisions_met(run):
            return
    raise LimitError(NO_PLAN_YET)


def _decisions_met(run: LargeRun) -> bool:
    """Whether a plan is found by the moves of those, and to those posts, of which decisions speak, or by all named."""
    space = run.space
    decided = list(binding(space.problem.ground))
    posts = np.array([space.posts[d.position_id] for d in decided if d.position_id in space.posts], np.int64)
    theirs = np.isin(space.person, [space.people[d.person_id] for d in decided]) | np.isin(space.post, posts)
    for free in (theirs & space.is_decision, space.is_decision):
        part = space.part(run.values, free, np.zeros(run.values.size))
        found = _any_point(run, part.arrays, part.cost)
        values = run.values.copy()
        if found is not None and found.point is not None:
            values[part.columns] = np.where(part.arrays.integer, np.rint(found.point), found.point)
            if space.arrays.feasible(values[None, :])[0]:
                run.values = values
                run.settle()
                return True
    return False


def _any_point(run: LargeRun, arrays: Arrays, cost: Floats) -> Found | None:
    """The first point that is found; what it costs only leads the way."""
    seconds = run.left(run.spec.wall_seconds, 1 / 2)
    search = SearchSpec(seconds, run.spec.work, 1.0, np.inf, run.spec.seed)
    found: Found | None = race([("search", (arrays, cost, None, search))], seconds=seconds, stop=run.stop)
    return found
