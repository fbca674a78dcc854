"""A written plan, ready to be exported or compared: judged from its own folder, seen through its standing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.edits.load import Loaded, load
from planner.exporters.tables import csv_files
from planner.exporters.view import View
from planner.files.plan_folder import PlanFolder, read_plan
from planner.standing import Standing
from planner.timeline import replay
from planner.verify import Judgement, status_quo_of, verify_folder


@dataclass(frozen=True)
class Opened:
    """A plan folder with its scenario; `view` is None where the plan names what does not exist."""

    written: PlanFolder
    loaded: Loaded
    judgement: Judgement
    view: View | None


def open_plan(folder: Path) -> Opened:
    """Read and judge a plan folder. Raises InputError where it is none, or where its input cannot be read."""
    judgement = verify_folder(folder, csv_files)
    written = read_plan(folder)
    loaded = load(written.scenario)
    if not judgement.whole:
        return Opened(written, loaded, judgement, None)
    before = status_quo_of(loaded)
    standing = Standing(replay(before.expected, written.plan), before.bound)
    return Opened(written, loaded, judgement, View(standing, before, judgement))
