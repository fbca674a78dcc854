"""`planner run`: from a scenario to a plan folder."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from planner import api
from planner.cli import language
from planner.cli.options import Debug, Json, Language_, Scenario
from planner.cli.progress import Display
from planner.cli.show import print_overview
from planner.cli.terminal import INTERRUPTED, Terminal
from planner.domain.errors import LimitError
from planner.domain.scenario import MOST_SECONDS
from planner.exporters import plan_table
from planner.exporters.make_overview import overview
from planner.exporters.manifest import tier_facts
from planner.exporters.verdict import warning_lines

Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Plan folder; by default plans/CASE/SCENARIO.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a plan that is there already.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit code 5 where a wanted gap was not reached.")]
Seconds = Annotated[
    float | None,
    typer.Option("--seconds", min=0.1, max=MOST_SECONDS, help="Time for the search, not the scenario's."),
]
Parent = Annotated[
    Path | None,
    typer.Option(
        "--from", metavar="PLAN", help="A plan of before the edits: only what they force or pay for is changed."
    ),
]

AS_JSON = ("appointments", "training", "rotations", "successors", "nominations", "paths", "free_places", "inherited")
"""Tables of the plan that `--json` gives."""

SAME_KEY = 1.0
"""Seconds within which a second signal is no second wish."""


def run(
    scenario: Scenario,
    out: Out = None,
    replace: Replace = False,
    strict: Strict = False,
    seconds: Seconds = None,
    parent: Parent = None,
    json: Json = False,
    lang: Language_ = None,
    debug: Debug = False,
) -> None:
    """Solve a scenario, judge the plan, write it as files and show it.

    Exit code 0 plan written; 3 input wrong; 4 decisions and rules cannot hold together; 5 no plan in time, or with
    --strict a gap not reached; 6 the plan did not pass our verifier; 130 interrupted, the best plan so far is written.
    """
    terminal = Terminal(language.of_scenario(scenario, lang), json, debug)
    terminal.guard(lambda: _run(terminal, scenario, out, replace, strict, seconds, parent))


def _run(
    terminal: Terminal,
    scenario: str,
    out: Path | None,
    replace: bool,
    strict: bool,
    seconds: float | None,
    parent: Path | None,
) -> int:
    with _stopping(lambda: terminal.note(terminal.tr("text.stopping"))) as stop, Display(terminal) as display:
        solved, folder = api.run(
            scenario, out, replace=replace, seconds=seconds, parent=parent, report=display.report, stop=stop
        )
    if terminal.as_json:
        terminal.print_json(_as_json(solved, folder))
    else:
        terminal.findings_apart(solved.loaded.warnings, terminal.note)
        tiers = [tier_facts(tier) for tier in solved.tiers]
        print_overview(terminal, overview(solved.view, solved.loaded, tiers, terminal.language))
        terminal.say("")
        terminal.say(terminal.tr("text.files", folder=folder))
        terminal.say(terminal.tr("text.next", command=f"planner export {folder} --to xlsx"))
    if solved.short_of_memory:
        terminal.note(terminal.tr("text.short_of_memory"))
    if solved.interrupted:
        terminal.note(terminal.tr("text.interrupted"))
        return INTERRUPTED
    if not solved.complete:
        open_tiers = [" + ".join(terminal.tr(f"goal.{g}") for g in t.goals) for t in solved.asked if not t.proved]
        terminal.note(terminal.tr("text.above_gap", goals=", ".join(open_tiers)))
    return LimitError.exit_code if strict and not solved.complete else 0


@contextmanager
def _stopping(tell: Callable[[], None]) -> Iterator[threading.Event]:
    """The first Ctrl-C asks the search to end and keeps the best plan; the second ends at once.

    Wrappers as `timeout` and `make` may pass one Ctrl-C on twice: what follows at once is the same one.
    """
    stop = threading.Event()
    asked = 0.0

    def ask(signum: int, frame: FrameType | None) -> None:
        nonlocal asked
        if not stop.is_set():
            asked = time.monotonic()
            stop.set()
            tell()
        elif time.monotonic() - asked > SAME_KEY:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _as_json(solved: api.Solved, folder: Path) -> dict[str, Any]:
    """The plan for machines."""
    coverage = [r for r in plan_table("coverage", solved.view) if r["scope"] != "position"]
    return {
        "status": "interrupted" if solved.interrupted else "ok",
        "exit_code": 130 if solved.interrupted else 0,
        "folder": folder,
        "title": solved.loaded.scenario.title,
        "proved": solved.complete,
        "seconds": round(solved.seconds, 2),
        "tiers": [tier_facts(tier) for tier in solved.tiers],
        "coverage": coverage,
        **{name: plan_table(name, solved.view) for name in AS_JSON},
        "warnings": list(warning_lines(solved.judgement)),
    }
