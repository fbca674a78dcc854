"""A written plan, ready to be exported or compared: judged from its own folder, seen through its standing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.edits.load import Loaded, load
from planner.exporters.tables import csv_files
from planner.exporters.view import View
from planner.files.content import find_scenario
from planner.files.plan_folder import PLAN, PlanFolder, read_plan
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


@dataclass(frozen=True)
class Seen:
    """What a paper of a scenario or of a plan is made from: its standing, and whether it is a plan's."""

    standing: Standing
    planned: bool
    accepted: bool = True


def open_plan_or_scenario(path_or_name: str) -> Seen:
    """A plan folder, judged, or a scenario as it stands without a plan.

    Raises InputError where it is neither; `accepted` is False for a plan that does not pass the verifier.
    """
    folder = Path(path_or_name)
    if not (folder / PLAN).is_file():
        return Seen(status_quo_of(load(find_scenario(path_or_name))), planned=False)
    opened = open_plan(folder)
    if opened.view is None:
        return Seen(status_quo_of(opened.loaded), planned=True, accepted=False)
    return Seen(opened.view.standing, planned=True, accepted=opened.judgement.accepted)
