"""Ctrl-C on a terminal reaches the solver's process too, and must not end it; where it is killed the plan stays."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from planner import api
from planner.engine.child import Child, SolverDiedError
from planner.engine.solvers_spec import Relaxed
from planner.program import Arrays

ONE = np.ones(1)
CALL = ("relax", (Arrays(sp.csr_array([[1.0]]), ONE, ONE * np.inf, ONE * 0, ONE, ONE > 0), ONE, 60.0))
"""A column of 0 … 1 that a row keeps at 1."""


@pytest.fixture
def solver() -> Iterator[Child]:
    """A process that has just been started for a call."""
    made = Child()
    made.begin(*CALL)
    yield made
    made.kill()


def pressed(solver: Child) -> int:
    assert solver._process is not None
    assert solver._process.pid is not None
    os.kill(solver._process.pid, signal.SIGINT)
    return solver._process.pid


def answers(solver: Child) -> bool:
    word, said = solver.receive()
    return word == "result" and isinstance(said, Relaxed) and said.point.tolist() == [1.0]


def test_ctrl_c_while_the_process_starts(solver: Child) -> None:
    pressed(solver)
    assert answers(solver)


def test_ctrl_c_between_two_calls(solver: Child) -> None:
    assert answers(solver)
    process = pressed(solver)
    solver.begin(*CALL)
    assert answers(solver)
    assert pressed(solver) == process


def test_a_process_that_dies_before_it_is_told_what_to_do(solver: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answers(solver)
    assert solver._process is not None
    solver._process.kill()
    solver._process.join()
    with monkeypatch.context() as patch:
        patch.setattr(solver, "start", lambda: None)  # it was alive when it was looked at
        solver.begin(*CALL)
    with pytest.raises(SolverDiedError):
        solver.receive()
    solver.begin(*CALL)
    assert answers(solver)


@pytest.mark.parametrize("doomed", ["relax", "search", ""])
def test_a_solver_that_dies_takes_no_plan_along(doomed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed whenever it begins with this call (or with any), as the system does where memory is short."""
    begin, killed = Child.begin, []

    def begun(self: Child, function: str, arguments: tuple[Any, ...]) -> None:
        begin(self, function, arguments)
        if function == doomed or not doomed:
            assert self._process is not None
            self._process.kill()
            killed.append(function)

    monkeypatch.setattr(Child, "begin", begun)
    solved = api.solve("first-office", seconds=30)
    assert killed
    assert solved.judgement.accepted
    assert all(tier.bound <= tier.value for tier in solved.tiers)
