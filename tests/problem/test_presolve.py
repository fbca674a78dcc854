"""What is left of all decisions before a solver sees them: as many as the program has, and each step leaves no more."""

import pytest

from planner import api
from planner.engine import build_program
from planner.problem import Problem
from planner.problem.presolve import presolve_lines, presolved
from planner.verify.judge import status_quo_of

KINDS = {"names": "x", "places": "u", "appointments": "ac", "rotations": "vw"}
"""The columns of each."""


@pytest.mark.parametrize("most_moves", [None, 0])
def test_each_step_leaves_no_more_than_the_one_before_and_the_last_the_columns(most_moves: int | None) -> None:
    problem = Problem(status_quo_of(api.load("department")), useful_only=True, most_moves=most_moves)
    program = build_program(problem)
    found = presolved(problem)
    assert found.keys() == KINDS.keys()
    for kind, letters in KINDS.items():
        counts = [step.count for step in found[kind]]
        assert counts == sorted(counts, reverse=True), kind
        assert counts[-1] == sum(str(key[0]) in letters for key in program.keys), kind
        assert len(set(counts)) > 1, "something is left out"


def test_the_log_tells_them_with_what_left_the_others_out() -> None:
    problem = Problem(status_quo_of(api.load("first-office")), useful_only=True)
    lines = list(presolve_lines(problem))
    people, sessions = len(problem.ground.case.person), len(problem.ground.case.sessions)
    assert [line.partition(":")[0] for line in lines] == [f"presolve, {kind}" for kind in KINDS]
    assert f"{people * sessions:,} ({people} people × {sessions} sessions) → " in lines[1]
    assert lines[2].endswith(
        f"{sum(map(len, problem.takeover_periods.values()))} columns of their own, 0 by class of posts)"
    )
