"""Child processes for the solvers: they can be cancelled or killed at any moment, and their last word is kept.

HiGHS may not return for minutes after its time limit, and no solver obeys a thread. A child serves many calls; after
a kill the next call starts a new one.
"""

from __future__ import annotations

import atexit
import multiprocessing as mp
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.synchronize import Event as SharedEvent
from typing import Any

from planner.domain.errors import PlannerError

GRACE = 0.5
"""Seconds that a solver has to obey before it is killed."""

SHORT_GRACE = 0.1
"""The same where the run is over and somebody waits for its end: who is killed is started while the next is built."""

POLL = 0.05
LAST_WORDS = ("result", "failed")


class SolverFailedError(PlannerError):
    """A solver raised: a defect of ours or of the solver, told with its text."""


class SolverDiedError(SolverFailedError):
    """The child's process ended: killed from outside, as where memory is short, or crashed."""


class Child:
    """Runs functions of `planner.engine.solvers` by name, one at a time."""

    def __init__(self) -> None:
        self._process: mp.process.BaseProcess | None = None
        self._cancel: SharedEvent | None = None
        self._busy = False
        self.connection: Connection | None = None

    def begin(self, function: str, arguments: tuple[Any, ...]) -> None:
        self.start()
        assert self.connection is not None
        assert self._cancel is not None
        self._cancel.clear()
        with suppress(OSError):  # the process has died: whoever waits for its word is told so
            self.connection.send((function, arguments))
        self._busy = True

    def receive(self) -> tuple[str, Any]:
        """The next word: ("result", value) ends the call. Blocks until there is one."""
        assert self.connection is not None
        try:
            word, value = self.connection.recv()
        except (EOFError, OSError) as error:
            self.kill()
            raise SolverDiedError("the solver's process ended unexpectedly") from error
        self._busy = word not in LAST_WORDS
        if word == "failed":
            raise SolverFailedError(str(value))
        return word, value

    def cancel(self) -> None:
        """Ask the running call to end, and kill the process if it does not. An idle child stays as it is."""
        cancel_all([self])

    def _ask_to_end(self) -> None:
        if self._cancel is None or not self._busy:
            return
        if self._process is None or not self._process.is_alive():
            self.kill()  # who was killed while it looked at the event holds it for ever
            return
        self._cancel.set()

    def _end_by(self, deadline: float) -> None:
        if self.connection is None or not self._busy:
            return
        try:
            # What it has said before is heard, however late it is.
            while self.connection.poll(max(0.0, deadline - time.monotonic())):
                if self.connection.recv()[0] in LAST_WORDS:
                    self._busy = False
                    return
        except (EOFError, OSError):
            pass
        self.kill()

    @property
    def is_busy(self) -> bool:
        """Whether a call runs, or its last word was not heard yet."""
        return self._busy

    @property
    def pid(self) -> int | None:
        process = self._process
        return None if process is None or not process.is_alive() else process.pid

    def kill(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._process.join()
        if self.connection is not None:
            self.connection.close()
        self._process = self.connection = None
        self._busy = False

    def start(self) -> None:
        """Start the process, if it does not run: the first call would wait for it."""
        if self.connection is not None and self._process is not None and self._process.is_alive():
            return
        self.kill()
        context = mp.get_context("spawn")
        self.connection, other = context.Pipe()
        self._cancel = context.Event()
        self._process = context.Process(target=_serve, args=(other, self._cancel), daemon=True, name="planner-solver")
        with _main_left_alone(), _interrupts_held():
            self._process.start()
        other.close()


@contextmanager
def _main_left_alone() -> Iterator[None]:
    """A spawned child runs the main script again, to have its names; ours needs none of them.

    So a script without `if __name__ == "__main__"` may call us, and a program read from standard input too.
    """
    main = sys.modules["__main__"]
    kept = {name: vars(main)[name] for name in ("__file__", "__spec__") if name in vars(main)}
    for name in kept:
        delattr(main, name)
    main.__spec__ = None
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(main, name, value)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process begun meanwhile never gets Ctrl-C, not even before it can say so itself: its parent ends it.

    Windows has no such mask: there the first second of a solver stays open to it.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def race(
    calls: Sequence[tuple[str, tuple[Any, ...]]],
    *,
    seconds: float | None,
    stop: threading.Event | None = None,
    hear: Callable[[str, Any], None] = lambda word, value: None,
    enough: Callable[[], bool] = lambda: False,
) -> Any:
    """Run calls side by side, a child each; the first result, None if stopped, out of time, `enough`, or all died.

    `hear` gets every word on the way; after each, `enough` may end the race.
    """
    children = borrowed(len(calls))
    for child, (function, arguments) in zip(children, calls, strict=True):
        child.begin(function, arguments)
    deadline = None if seconds is None else time.monotonic() + seconds + GRACE
    try:
        while True:
            for ready in wait([c.connection for c in children if c.connection is not None], POLL):
                child = next(c for c in children if c.connection is ready)
                try:
                    word, value = child.receive()
                except SolverDiedError:  # what it has said stands, and the others go on
                    children = [c for c in children if c is not child]
                    if not children:
                        return None
                    continue
                if word == "result":
                    if len(children) == 1 or value is None or getattr(value, "is_final", True):
                        children = [c for c in children if c is not child]
                        return value
                    children = [c for c in children if c is not child]
                    hear("ended", value)
                    continue
                hear(word, value)
            stopped = stop is not None and stop.is_set()
            if stopped or enough() or (deadline is not None and time.monotonic() > deadline):
                return None
    finally:
        cancel_all(children)


def cancel_all(children: Sequence[Child], grace: float = GRACE) -> None:
    """As each by itself, but all have the same time to obey."""
    for child in children:
        child._ask_to_end()
    deadline = time.monotonic() + grace
    for child in children:
        child._end_by(deadline)


def _serve(connection: Connection, cancel: SharedEvent) -> None:
    """The child's life: receive a call, say what happens, send the result."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
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
            connection.send(("result", getattr(solvers, function)(*arguments, say, cancel.is_set)))
        except Exception as error:  # whatever a solver raises is told to the parent, which stops with it
            connection.send(("failed", f"{type(error).__name__}: {error}"))


def _end_with_the_parent() -> None:
    """A parent that is killed cannot end its children, and a solver without a limit would never know.

    From a thread, since solvers only let others run while they solve.
    """
    parent = mp.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


_pool: list[Child] = []


def borrowed(count: int) -> list[Child]:
    """The first children of this process that are idle, started when first used and ended with it."""
    idle = [child for child in _pool if not child.is_busy]
    while len(idle) < count:
        idle.append(Child())
        _pool.append(idle[-1])
        atexit.register(idle[-1].kill)
    return idle[:count]


def pids() -> list[int]:
    """The processes of the children that run now."""
    return [pid for one in list(_pool) if (pid := one.pid) is not None]


def end() -> None:
    """End the children now; the next call starts new ones."""
    for child in _pool:
        child.kill()
