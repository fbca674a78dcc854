"""One run, measured in this process and its solvers': the engine from the files to the plan, a what-if, a baseline."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

import planner.engine
from benchmarks import baselines, older
from benchmarks.family import Case, early_leaver, key_of, scenario_path
from benchmarks.proposals import figures_of
from benchmarks.record import (
    ANEW,
    ENGINE,
    FROM_BEFORE,
    PROPOSALS,
    PROPOSALS_BEFORE,
    WITHOUT,
    Mark,
    Record,
    Tier,
    machine,
    source,
    thinned,
    today,
)
from benchmarks.yardstick import yardstick
from planner import api
from planner.edits.load import Loaded
from planner.engine import Progress, child
from planner.engine.large_run import LargeRun
from planner.engine.unavoidable import unavoidable
from planner.problem import Named, Problem
from planner.program import Program
from planner.standing import Standing
from planner.structure.point import keys_of
from tests.random.switches import LARGE_STEPS

MEGABYTE = 1 << 20


def records(case: Case, who: str, seconds: float, run: int, folder: Path) -> Iterator[Record]:
    """What one process measures."""
    blank = Record(key_of(case), who, seconds, run, machine(), source(), today(), yardstick=round(yardstick(), 2))
    if who == ENGINE or who.startswith(WITHOUT):
        yield engine(blank, case, folder)
    elif who == FROM_BEFORE:
        yield from what_if(blank, case, folder)
    elif who in (PROPOSALS_BEFORE, PROPOSALS):
        yield proposals(blank, case, folder)
    else:
        yield baseline(blank, case, folder)


def loaded(case: Case, folder: Path) -> tuple[Loaded, float]:
    """The case, and the seconds that it takes to read."""
    began = time.perf_counter()
    found = api.load(scenario_path(case)) if isinstance(case, str) else case.load(folder)
    return found, time.perf_counter() - began


def engine(blank: Record, case: Case, folder: Path) -> Record:
    """The engine, whole or without a step."""
    given, read = loaded(case, folder)
    with pytest.MonkeyPatch.context() as patch, busy() as shares, built(patch) as size, watched() as memory:
        if blank.who.startswith(WITHOUT):
            LARGE_STEPS[blank.who.removeprefix(WITHOUT)].off(patch)
        found, _ = solved(blank, given)
    return replace(
        found,
        memory=memory.most,
        size={"posts": len(given.case.positions), "people": len(given.case.people), **size.numbers},
        parts=size.parts(read),
        unavoidable=size.missing,
        shares={name: round(spent, 1) for name, spent in sorted(shares.items())},
    )


@dataclass
class Built:
    """What building the program took, how large it is, and what is missing of each goal whatever is done."""

    seconds: float = 0.0
    numbers: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)

    def parts(self, read: float) -> dict[str, float]:
        """The seconds before the search, where it took so many to read the case."""
        return {"read": round(read, 2), "build": round(self.seconds, 2)}


@contextmanager
def built(patch: pytest.MonkeyPatch) -> Iterator[Built]:
    """Of the one program that is built meanwhile."""
    found, build = Built(), planner.engine.build

    def timed(
        status_quo: Standing, memory: float | None = None, stop: threading.Event | None = None
    ) -> tuple[Problem, Program]:
        began = time.perf_counter()
        problem, program = build(status_quo, memory, stop)
        found.seconds = time.perf_counter() - began
        found.numbers = {
            "moves": sum(problem.moves.agreed),
            "columns": len(program.keys),
            "rows": len(program.labels),
            "nonzeros": program.freeze().matrix.nnz,
        }
        found.missing = {goal: unavoidable(problem, [goal]) for goal in ("heads", "posts")}
        return problem, program

    patch.setattr(planner.engine, "build", timed)
    yield found


def solved(blank: Record, given: Loaded, parent: api.Solved | None = None) -> tuple[Record, api.Solved]:
    """The plan's figures, and it."""
    heard: list[Progress] = []
    found = api.solve(given, parent=parent, seconds=blank.seconds, report=heard.append)
    chains = Counter(a.chain for a in found.plan.appointments if a.chain is not None)
    marks = [Mark(round(p.seconds, 2), p.tier, p.step, p.value, p.bound) for p in heard]
    record = replace(
        blank,
        took=round(found.seconds, 2),
        values=dict(found.plan.goals),
        marks=tuple(thinned(marks)),
        tiers=tuple(Tier(t.goals, t.value, t.bound, round(t.seconds, 2), t.bound_from) for t in found.tiers),
        plan={
            "appointments": len(found.plan.appointments),
            "chains": sum(count > 1 for count in chains.values()),
            "rotations": len(found.plan.rotations),
        },
    )
    return record, found


def what_if(blank: Record, case: Case, folder: Path) -> Iterator[Record]:
    """From the plan of before and anew, the same work in the same run; before both the plan of before."""
    given, read = loaded(case, folder)
    if isinstance(case, str):
        before = api.solve(scenario_path(case).with_name("scenario.yaml"), seconds=blank.seconds)
    else:
        before = api.solve(given, seconds=blank.seconds)
        given = api.what_if(given, early_leaver(given))
    made = keys_of(before.plan)
    for who, parent in ((FROM_BEFORE, before), (ANEW, None)):
        with pytest.MonkeyPatch.context() as patch, built(patch) as size:
            record, found = solved(replace(blank, who=who), given, parent)
        changed = made ^ keys_of(found.plan)
        names = sum(key[0] == "x" for key in changed)
        yield replace(
            record,
            parts=size.parts(read),
            changed={"decisions": len(changed), "names": names},
            before=_tiers_of(before),
        )


def _tiers_of(found: api.Solved) -> tuple[tuple[int, int], ...]:
    return tuple((tier.value, tier.bound) for tier in found.tiers)


def proposals(blank: Record, case: Case, folder: Path) -> Record:
    """What a head would ask of a plan: both planners' plans are measured by the present code."""
    given, _ = loaded(case, folder)
    began = time.perf_counter()
    if blank.who == PROPOSALS:
        plan = api.solve(given, seconds=blank.seconds).plan
    else:
        plan = older.plan_of(case, blank.seconds, folder)
    return replace(blank, took=round(time.perf_counter() - began, 2), proposals=figures_of(given, plan))


def baseline(blank: Record, case: Case, folder: Path) -> Record:
    """A baseline within the same seconds."""
    with watched() as memory:
        made = baselines.run(blank.who, loaded(case, folder)[0], blank.seconds)
    return replace(
        blank,
        took=round(made.seconds, 2),
        values=dict(made.values),
        lawful=made.lawful,
        memory=memory.most,
        notes=tuple(made.notes),
    )


@contextmanager
def busy() -> Iterator[dict[str, float]]:
    """The seconds between a call of each function of the solvers' processes and its last word, and those in which this
    process builds a program anew."""
    spent: dict[str, float] = defaultdict(float)
    running: dict[int, tuple[str, float]] = {}

    def ended(one: child.Child) -> None:
        if id(one) in running:
            name, began = running.pop(id(one))
            spent[name] += time.monotonic() - began

    class Noted(child.Child):
        """The same, noted."""

        def begin(self, function: str, arguments: tuple[Any, ...]) -> None:
            running[id(self)] = function, time.monotonic()
            super().begin(function, arguments)

        def receive(self) -> tuple[str, Any]:
            try:
                word, value = super().receive()
            except child.SolverFailedError:
                ended(self)
                raise
            if word in child.LAST_WORDS:
                ended(self)
            return word, value

        def cancel(self) -> None:
            super().cancel()
            ended(self)

    child.end()
    name = LargeRun.name

    def named(run: LargeRun, found: Named) -> bool:
        began = time.monotonic()
        try:
            return name(run, found)
        finally:
            spent["name"] += time.monotonic() - began

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "Child", Noted)
        patch.setattr(child, "_pool", [])
        patch.setattr(LargeRun, "name", named)
        yield spent


@dataclass
class Watched:
    """What this process, and it with its children, have held at most."""

    own: int = 0
    all: int = 0

    def look(self, process: psutil.Process) -> None:
        own = process.memory_info().rss
        children = 0
        for one in process.children(recursive=True):
            with suppress(psutil.Error):  # it has ended meanwhile
                children += one.memory_info().rss
        self.own, self.all = max(self.own, own), max(self.all, own + children)

    @property
    def most(self) -> tuple[int, int]:
        """MB."""
        return self.own // MEGABYTE, self.all // MEGABYTE


@contextmanager
def watched() -> Iterator[Watched]:
    """Looks at the memory four times a second: for children the system counts what their parent held before."""
    found, over, process = Watched(), threading.Event(), psutil.Process()

    def watch() -> None:
        while not over.wait(0.25):
            found.look(process)

    watcher = threading.Thread(target=watch, daemon=True)
    found.look(process)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()
