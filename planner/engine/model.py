"""From a problem to its program: structure, rules, goals, in this order."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from planner.domain.collector import collector_at_rest
from planner.domain.errors import LimitError
from planner.engine.memory import check
from planner.goals import GOALS
from planner.problem import Named, Problem
from planner.program import Look, Program, go_on
from planner.standing import Standing
from planner.structure import build_structure

MOST_MOVES = 20_000
"""Appointments and rotations up to which every one has a column of its own."""

NO_PLAN_YET = "stopped before any plan was found"
"""What a run says that is ended too early."""


@contextmanager
def nothing_is_garbage() -> Iterator[None]:
    """What is made here all stays: the collector does not look at it, neither now nor afterwards, which would take two
    seconds each time at 1,200 posts, until `may_be_garbage`.
    """
    with collector_at_rest():
        yield
        gc.freeze()


def may_be_garbage() -> None:
    """Let the collector look again at what was made before, which may be needed no more."""
    gc.unfreeze()


def build(
    status_quo: Standing, memory: float | None = None, stop: threading.Event | None = None
) -> tuple[Problem, Program]:
    """What `solve` takes: every useful decision, moves counted by class where there are more than MOST_MOVES.

    Raises MemoryLimitError where that takes more than so many GiB, and LimitError where `stop` is set meanwhile.
    """

    def look() -> None:
        check(memory)
        if stop is not None and stop.is_set():
            raise LimitError(NO_PLAN_YET)

    with nothing_is_garbage():
        problem = Problem(status_quo, useful_only=True, most_moves=MOST_MOVES, look=look)
        status_quo.bound.forget()
        return problem, build_program(problem, look)


def build_named(problem: Problem, named: Named, look: Look = go_on) -> tuple[Problem, Program]:
    """The exact program of the plans that take no move of a problem but the named. What `look` raises ends it."""
    with nothing_is_garbage():
        problem = Problem(problem.status_quo, useful_only=True, named=named, only_named=True, like=problem, look=look)
        return problem, build_program(problem, look)


def build_program(problem: Problem, look: Look = go_on) -> Program:
    """All columns, rows and goals of a problem. Goals come last: preferences count the slacks of the rules."""
    program = Program()
    program.look = look
    look()
    build_structure(problem, program)
    for rule in problem.bound.rules:
        look()
        rule.post(problem, program)
    for goal in GOALS.values():
        look()
        goal.post(problem, program)
    program.look = go_on  # what looks is a run as a rule, and would live as long as the program
    return program
