"""From a problem to its program: structure, rules, goals, in this order."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from planner.engine.memory import check
from planner.goals import GOALS
from planner.problem import Named, Problem, build_problem
from planner.program import Program
from planner.standing import Standing
from planner.structure import build_structure

MOST_MOVES = 20_000
"""Appointments and rotations up to which every one has a column of its own."""


@contextmanager
def nothing_is_garbage() -> Iterator[None]:
    """Let the collector rest while millions of small things are made, all of which stay: a quarter of the time.

    It never looks at them afterwards either, two seconds each time at 1,200 posts, until `may_be_garbage`.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def may_be_garbage() -> None:
    """Let the collector look again at what was made before, which may be needed no more."""
    gc.unfreeze()


def build(status_quo: Standing, memory: float | None = None) -> tuple[Problem, Program]:
    """What `solve` takes: every useful decision, moves counted by class where there are more than MOST_MOVES.

    Raises MemoryLimitError where that takes more than so many GiB.
    """
    with nothing_is_garbage():
        problem = build_problem(status_quo, useful_only=True, most_moves=MOST_MOVES)
        return problem, build_program(problem, memory)


def build_named(problem: Problem, named: Named) -> tuple[Problem, Program]:
    """The exact program of the plans that take no move of a problem but the named."""
    with nothing_is_garbage():
        problem = build_problem(problem.status_quo, useful_only=True, named=named, only_named=True, like=problem)
        return problem, build_program(problem)


def build_program(problem: Problem, memory: float | None = None) -> Program:
    """All columns, rows and goals of a problem. Goals come last: preferences count the slacks of the rules."""
    program = Program()
    check(memory)
    build_structure(problem, program)
    for rule in problem.bound.rules:
        check(memory)
        rule.post(problem, program)
    for goal in GOALS.values():
        check(memory)
        goal.post(problem, program)
    return program
