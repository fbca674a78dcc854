"""Ctrl-C on a terminal reaches the solver's process too, at any moment of its life, and must not end it."""

import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest
import scipy.sparse as sp

from planner.engine.child import Child
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
