"""What is measured: the shipped scenarios, and provinces of one family by size, places, age, rules and seed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from planner import api
from planner.domain.content import Entry
from planner.domain.dates import add_months
from planner.edits.load import Loaded

Rules = Literal["all", "few"]


@dataclass(frozen=True)
class Province:
    """A generated case. `places` are a share of the demand, `older` years added to all ages, few rules no wishes."""

    posts: int
    people: int
    seed: int = 1
    places: float = 0.5
    older: int = 0
    rules: Rules = "all"

    @property
    def key(self) -> str:
        """Its name in the records; what is as usual is left out."""
        usual = Province(self.posts, self.people)
        parts = [f"province-{self.posts}-{self.people}"]
        if self.places != usual.places:
            parts.append(f"places-{self.places:g}")
        if self.older != usual.older:
            parts.append(f"older-{self.older}")
        if self.rules != usual.rules:
            parts.append(f"rules-{self.rules}")
        return "-".join([*parts, f"seed-{self.seed}"])

    def load(self, folder: Path) -> Loaded:
        return self.with_rules(api.load(self.generated(folder)))

    def generated(self, folder: Path, planner: Path | None = None) -> Path:
        """In a process of its own: its memory is not the engine's. Once for all runs with the same folder.

        `planner`: the source tree of another version, which generates it.
        """
        case = folder / self.key
        if (case / "scenario.yaml").exists():
            return case / "scenario.yaml"
        order = ["generate", "province"]
        for name in ("posts", "people", "seed", "places", "older"):
            order += [f"--{name}", str(getattr(self, name))]
        run_planner([*order, str(case)], planner)
        return case / "scenario.yaml"

    def with_rules(self, loaded: Loaded) -> Loaded:
        if self.rules == "all":
            return loaded
        return switched_off(loaded, lambda entry: entry.strength == "should")


def run_planner(order: Sequence[str], tree: Path | None = None) -> None:
    """A command of the planner in a process of its own; of another version from its source tree."""
    start = "from planner.cli.start import main; main()"
    where = {} if tree is None else {"PYTHONPATH": str(tree)}
    command = [sys.executable, "-c", start, *order]
    subprocess.run(command, check=True, capture_output=True, cwd=tree, env=os.environ | where)


def switched_off(loaded: Loaded, these: Callable[[Entry], bool]) -> Loaded:
    """The case without these entries of its rulebook."""
    book = tuple(e.model_copy(update={"force": "off"}) if these(e) else e for e in loaded.content.rulebook)
    return replace(loaded, content=replace(loaded.content, rulebook=book))


def early_leaver(loaded: Loaded) -> tuple[str, dict[str, object]]:
    """The edit of a what-if: the first head who would stay for years leaves after a year and two months."""
    now = [row for row in loaded.case.service if row.until is None and row.kind == "substantive"]
    held = {row.position_id: row.person_id for row in now if row.position_id is not None}
    content, day = loaded.content, add_months(loaded.scenario.as_of, 14)
    people = {p.person_id: p for p in loaded.case.people}
    for post in sorted((p for p in loaded.case.positions if p.head), key=lambda p: p.position_id):
        person = people[held[post.position_id]] if post.position_id in held else None
        if person is not None and content.retires_on(person) > loaded.scenario.horizon.until:
            return "leaves", {"person_id": person.person_id, "from": day}
    raise LookupError("every head leaves within the plan")


Case = str | Province
"""A shipped scenario by name, or a province."""


def key_of(case: Case) -> str:
    """Its name in the records."""
    return case if isinstance(case, str) else case.key


SIZES = ((60, 250), (300, 1250), (1200, 5000), (6000, 24000))
"""Posts and people."""

SEEDS = (1, 2, 3)

VARIANTS = {
    Province(300, 1250, places=1.5): "places for one and a half of the demand",
    Province(300, 1250, places=0.2): "places for a fifth of it",
    Province(300, 1250, older=-5): "all five years younger",
    Province(300, 1250, older=5): "all five years older",
    Province(300, 1250, rules="few"): "no wishes, the law alone",
}
"""Loose and scarce places, young and old staff, few rules: each against the usual case of its size."""

DEPARTMENT = "department"
SCENARIOS = ("first-office", DEPARTMENT, "department/giam-doc-nghi-som", "department/them-20-cho")
"""The shipped ones, what-ifs by the folder of their parent."""


def scenario_path(name: str) -> Path:
    """Of a shipped scenario or what-if."""
    folder, _, what_if = name.partition("/")
    return Path(__file__).parents[1] / "scenarios" / folder / f"{what_if or 'scenario'}.yaml"
