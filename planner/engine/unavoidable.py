"""The part of a shortfall that no plan avoids: seats nobody can come to in time, posts nobody can succeed to.

Counted post by post, as if all people were free for each: a bound at once, before anything is relaxed, and the figure
that tells how much of a shortfall planning could not have saved.
"""

import math
from collections.abc import Sequence

from planner.domain.ids import PositionId
from planner.goals import ACTING, EMPTY, WITHOUT_SUCCESSOR
from planner.problem import Problem


def unavoidable(problem: Problem, goals: Sequence[str]) -> int:
    """The least that the goals heads and posts come to in any plan, as far as each post alone tells; 0 for others."""
    ground = problem.ground
    wanted = {goal == "heads" for goal in goals if goal in ("heads", "posts")}
    arrives = _first_arrivals(problem)
    total = 0
    for position in ground.full_time:
        row = ground.case.position[position]
        if bool(row.head) not in wanted:
            continue
        halves = max(problem.bound.tolerated_vacancy(position))
        tolerated = halves + 1 if halves else 0  # the most that `waited_for` may give
        for t in ground.horizon.periods:
            empty = problem.expected.empty(position, ground.horizon.instant(t))
            # Whoever comes within the time that is tolerated may be waited for, as far as this tells.
            if empty and t + tolerated < arrives.get(position, math.inf):
                total += row.criticality * (EMPTY * empty - (EMPTY - ACTING) * _may_be_acted_for(problem, position, t))
        is_wanted = row.successors >= 1 and problem.bound.wants_successor(problem.expected, position)
        if is_wanted and not problem.ready.get(position):
            total += row.criticality * WITHOUT_SUCCESSOR
    return total


def _first_arrivals(problem: Problem) -> dict[PositionId, int]:
    """The first period in which anybody may come to a post."""
    first: dict[PositionId, int] = dict(problem.moves.loosely_from())
    named = [(p, periods[0]) for (_, p), periods in problem.takeover_periods.items()]
    named += [(p, stints[0].period) for (_, p), stints in problem.stints.items()]
    for position, t in named:
        first[position] = min(t, first.get(position, t))
    return first


def _may_be_acted_for(problem: Problem, position: PositionId, t: int) -> bool:
    """Whether somebody may act, by a new decision or by one that goes on; one seat of the post at most."""
    now = problem.ground.covers_now.get(position)
    goes_on = now is not None and problem.ground.horizon.instant(t) < now.end
    return (position, t) in problem.actors or (position, t) in problem.anybody or goes_on
