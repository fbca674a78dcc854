"""What no plan avoids: a bound at once, below every optimum, and above nothing where nobody can come."""

import pytest

from planner import api
from planner.engine import build
from planner.engine.unavoidable import unavoidable
from planner.verify.judge import status_quo_of

PROVED = {"first-office": (19, 0), "department": (28, 1)}
"""heads and posts, proved (benchmarks/RESULTS.md)."""


@pytest.mark.parametrize("name", PROVED)
def test_below_the_optimum(name: str) -> None:
    problem, _ = build(status_quo_of(api.load(name)))
    heads, posts = PROVED[name]
    assert unavoidable(problem, ["heads"]) <= heads
    assert unavoidable(problem, ["posts"]) <= posts
    assert unavoidable(problem, ["heads", "posts"]) == unavoidable(problem, ["heads"]) + unavoidable(problem, ["posts"])
    assert unavoidable(problem, ["keep", "depth"]) == 0


def test_where_nobody_may_move_all_of_the_status_quo_is_unavoidable_but_for_acting_and_successors() -> None:
    from planner.goals import GOALS
    from planner.problem import Problem

    before = status_quo_of(api.load("first-office"))
    problem = Problem(before, useful_only=True)
    problem.takeover_periods.clear()
    problem.stints.clear()
    problem.actors.clear()
    problem.ready = {p: [] for p in problem.ready}
    for goal in ("heads", "posts"):
        assert unavoidable(problem, [goal]) == GOALS[goal].value(before)
