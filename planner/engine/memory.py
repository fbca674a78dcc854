"""The limit of memory: no more than so much for this process and the solvers' together.

What a solver is about to take nobody knows, so it is watched. Where all take too much the largest solver is ended: what
it has said stands, and the run goes on as after any solver that has died. Where this process alone takes too much the
run ends with the best plan it has.
"""

from __future__ import annotations

import threading
from types import TracebackType

import psutil

from planner.domain.errors import MemoryLimitError
from planner.engine import child

WATCH = 0.1
"""Seconds between two looks: a solver may take some hundred MB more meanwhile."""

GIB = 2**30


class Memory:
    """Watches while it is entered; nothing to watch without a limit in GiB."""

    def __init__(self, limit: float | None) -> None:
        self.limit = limit
        self.exceeded = False
        """Whether this process alone has taken too much."""
        self.ended = 0
        """How many solvers were ended."""
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True, name="planner-memory")

    def __enter__(self) -> Memory:
        if self.limit is not None:
            self._watcher.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        if self.limit is not None:
            self._watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(WATCH):
            self.look()

    @property
    def was_short(self) -> bool:
        return self.exceeded or self.ended > 0

    def look(self) -> None:
        """End the largest solver, if all take too much together."""
        if self.limit is None:
            return
        solvers = {pid: taken for pid in child.pids() if (taken := resident(pid)) is not None}
        own = resident(None) or 0
        self.exceeded |= own > self.limit * GIB
        if solvers and own + sum(solvers.values()) > self.limit * GIB:
            largest = max(solvers, key=lambda pid: solvers[pid])
            try:
                psutil.Process(largest).kill()
                self.ended += 1
            except psutil.Error:
                pass  # it has ended by itself


def resident(pid: int | None) -> int | None:
    """Bytes that a process holds, this one where none is named; None where it has ended."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return None


def check(limit: float | None) -> None:
    """Raises MemoryLimitError where this process takes more already, as while a program is built."""
    if limit is not None and (resident(None) or 0) > limit * GIB:
        raise MemoryLimitError(f"more than {limit:g} GiB of memory are needed")
