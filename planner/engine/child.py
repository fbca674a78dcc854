"""A child process for the solvers: it can be killed at any moment, and its last word is kept.

HiGHS may not return for minutes after its time limit, and no solver obeys a thread. One child serves many calls;
after a kill the next call starts a new one.
"""

from __future__ import annotations

import atexit
import multiprocessing as mp
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from planner.domain.errors import PlannerError

GRACE = 5.0
POLL = 0.05


class SolverFailedError(PlannerError):
    """The child died or a solver raised: a defect of ours or of the solver, told with its text."""


class Child:
    """Runs functions of `planner.engine.solvers` by name, one at a time."""

    def __init__(self) -> None:
        self._process: mp.process.BaseProcess | None = None
        self._connection: Connection | None = None

    def call(
        self,
        function: str,
        arguments: tuple[Any, ...],
        *,
        seconds: float | None,
        stop: threading.Event | None = None,
        hear: Callable[[str, Any], None] = lambda word, value: None,
    ) -> Any:
        """The function's result; None if it was stopped or overran its seconds by more than the grace."""
        connection = self._start()
        connection.send((function, arguments))
        deadline = None if seconds is None else time.monotonic() + seconds + GRACE
        while True:
            try:
                if connection.poll(POLL):
                    word, value = connection.recv()
                    if word == "result":
                        return value
                    if word == "failed":
                        raise SolverFailedError(str(value))
                    hear(word, value)
            except (EOFError, OSError) as error:
                self.kill()
                raise SolverFailedError(f"the solver's process ended unexpectedly during {function}") from error
            except KeyboardInterrupt:
                self.kill()
                raise
            if (stop is not None and stop.is_set()) or (deadline is not None and time.monotonic() > deadline):
                self.kill()
                return None

    def kill(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _start(self) -> Connection:
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        self.kill()
        context = mp.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True, name="planner-solver")
        self._process.start()
        other.close()
        return self._connection


def _serve(connection: Connection) -> None:
    """The child's life: receive a call, say what happens, send the result."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Solvers greet on standard output whatever they are told; the parent's output is for results.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    from planner.engine import solvers

    while True:
        try:
            function, arguments = connection.recv()
        except (EOFError, OSError):
            return

        def say(word: str, value: object) -> None:
            connection.send((word, value))

        try:
            listener = (say,) if function == "search" else ()
            result = getattr(solvers, function)(*arguments, *listener)
            connection.send(("result", result))
        except Exception as error:  # whatever a solver raises is told to the parent, which stops with it
            connection.send(("failed", f"{type(error).__name__}: {error}"))


_shared: Child | None = None


def shared() -> Child:
    """The one child of this process."""
    global _shared  # noqa: PLW0603 - one solver process per program, ended with it
    if _shared is None:
        _shared = Child()
        atexit.register(_shared.kill)
    return _shared
