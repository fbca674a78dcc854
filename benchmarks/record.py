"""What one run showed, kept as a file of its own: the report and its pictures are made from all of them.

A file is `records/CASE/WHO-SECONDSs-RUN.json`; a run is measured again only where the planner's source has changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from planner.engine.result import gap_of

RECORDS = Path(__file__).with_name("records")
ENGINE, WITHOUT = "engine", "without "
"""The engine whole, and without a step of it that is named after the word."""

FROM_BEFORE, ANEW = "from-before", "anew"
"""A what-if from the plan of before, and with nothing known."""

PROPOSALS_BEFORE, PROPOSALS = "proposals-before", "proposals"
"""The plan of an older planner (`benchmarks.older`), and of the present one, measured by `benchmarks.proposals`."""


def is_baseline(who: str) -> bool:
    """Whether a record is of somebody else than the planner."""
    return who not in (ENGINE, FROM_BEFORE, ANEW, PROPOSALS_BEFORE, PROPOSALS) and not who.startswith(WITHOUT)


@dataclass(frozen=True)
class Mark:
    """What was reached at some second after the start of solving."""

    seconds: float
    tier: int
    step: str
    value: int | None
    bound: int


@dataclass(frozen=True)
class Tier:
    """One tier at the end."""

    goals: tuple[str, ...]
    value: int
    bound: int
    seconds: float
    bound_from: str = "duals"

    @property
    def gap(self) -> float:
        return gap_of(self.value, self.bound)


@dataclass(frozen=True)
class Record:
    """One run of the engine, of the engine with a step left out, or of a baseline."""

    case: str
    who: str
    seconds: float
    run: int
    machine: str
    source: str
    """The state of the planner's source: two records of the same are of the same program."""
    day: str
    took: float = 0.0
    values: dict[str, int] = field(default_factory=dict)
    lawful: bool = True
    memory: tuple[int, int] = (0, 0)
    """MB at most: of the process itself, and of it with all its children."""
    size: dict[str, int] = field(default_factory=dict)
    """Posts, people, moves, columns, rows, non-zeros."""
    parts: dict[str, float] = field(default_factory=dict)
    """Seconds to read, and to build."""
    marks: tuple[Mark, ...] = ()
    tiers: tuple[Tier, ...] = ()
    unavoidable: dict[str, int] = field(default_factory=dict)
    plan: dict[str, int] = field(default_factory=dict)
    """Appointments, chains of two links or more, rotations."""
    shares: dict[str, float] = field(default_factory=dict)
    """Seconds that the solvers' processes spent in each of their functions."""
    changed: dict[str, int] = field(default_factory=dict)
    """Of a what-if: decisions and names that differ from the plan of before."""
    before: tuple[tuple[int, int], ...] = ()
    """Of a what-if: value and bound of each tier of the plan of before."""
    notes: tuple[str, ...] = ()
    proposals: dict[str, float] = field(default_factory=dict)
    """What a head would ask of the plan: `benchmarks.proposals`."""
    yardstick: float = 0.0
    """Seconds that the machine took for `benchmarks.yardstick` right before; 0 where it was not asked."""

    @property
    def path(self) -> Path:
        return RECORDS / self.case.replace("/", "-") / f"{self.who.replace(' ', '_')}-{self.seconds:g}s-{self.run}.json"

    def save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.text(), encoding="utf-8")

    def text(self) -> str:
        """JSON, a line for each field."""
        lines = {name: json.dumps(value, ensure_ascii=False) for name, value in asdict(self).items()}
        text = ",\n".join(f" {json.dumps(name)}: {line}" for name, line in lines.items())
        return "{\n" + text + "\n}\n"

    @classmethod
    def load(cls, path: Path) -> Record:
        return cls.read(path.read_text(encoding="utf-8"))

    @classmethod
    def read(cls, text: str) -> Record:
        raw: dict[str, Any] = json.loads(text)
        marks = tuple(Mark(**mark) for mark in raw.pop("marks"))
        tiers = tuple(Tier(**(tier | {"goals": tuple(tier["goals"])})) for tier in raw.pop("tiers"))
        before = tuple((value, bound) for value, bound in raw.pop("before"))
        memory, notes = tuple(raw.pop("memory")), tuple(raw.pop("notes"))
        return cls(**raw, marks=marks, tiers=tiers, memory=memory, before=before, notes=notes)


def read_all(folder: Path = RECORDS) -> list[Record]:
    return [Record.load(path) for path in sorted(folder.rglob("*.json"))]


def thinned(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Those at which tier, value or bound changed, and the end of each step."""
    before: Mark | None = None
    for mark in marks:
        if before is None or (mark.tier, mark.value, mark.bound) != (before.tier, before.value, before.bound):
            yield mark
        before = mark


def machine() -> str:
    """Where and with what it is measured."""
    versions = {name: importlib.metadata.version(name) for name in ("ortools", "highspy", "numpy", "scipy")}
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()}, Python "
        f"{platform.python_version()}, " + ", ".join(f"{name} {version}" for name, version in versions.items())
    )


def source() -> str:
    """The state of the product's source as committed, and whether something is not.

    Without the generators, which are no part of what is measured: who changes what they make deletes its records.
    """
    root = Path(__file__).parents[1]
    changed = _git(root, "status", "--porcelain", "--", "planner", ":!planner/generators", "models", "scenarios")
    entries = _git(root, "ls-tree", "HEAD:planner").splitlines()
    kept = "\n".join(entry for entry in entries if not entry.endswith("\tgenerators"))
    return hashlib.sha256(kept.encode()).hexdigest()[:8] + ("+" if changed else "")


def _git(root: Path, *order: str) -> str:
    return subprocess.run(["git", *order], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def today() -> str:
    return dt.date.today().isoformat()
