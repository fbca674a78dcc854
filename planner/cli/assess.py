"""`planner assess`: people by indicators, points and classes; caps, traits, contradictions, sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner import api
from planner.cli import language, show_assessment
from planner.cli.options import Debug, Json, Language_, Scenario
from planner.cli.terminal import Terminal
from planner.exporters.assessment import assessment_facts, write_assessment
from planner.exporters.cells import check_file
from planner.standing.sources import sources
from planner.verify import status_quo_of

Unit = Annotated[
    str | None, typer.Option("--unit", metavar="U", help="A unit, with those below it; without it everyone.")
]
Year = Annotated[int | None, typer.Option("--year", metavar="Y", help="A completed year; by default the last one.")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE.xlsx", help="A workbook: overviews, and form 8.8 of each person.")
]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a file that is there already.")]


def assess(
    scenario: Scenario,
    unit: Unit = None,
    year: Year = None,
    out: Out = None,
    replace: Replace = False,
    json: Json = False,
    lang: Language_ = None,
    debug: Debug = False,
) -> None:
    """Evaluate people by the indicator sets of the content, as deep as the evidence goes, and say how deep that is.

    Classes that were given prevail; computed ones are proposals, and no rule of a plan reads them.
    Exit code 0 assessed, 3 the input, the unit or the year cannot be used, or the file cannot be written.
    """
    terminal = Terminal(language.of_scenario(scenario, lang), json, debug)
    terminal.guard(lambda: _assess(terminal, scenario, unit, year, out, replace))


def _assess(
    terminal: Terminal, scenario: str, unit: str | None, year: int | None, out: Path | None, replace: bool
) -> int:
    if out is not None:
        check_file(out, replace)
    loaded = api.load(scenario)
    assessment = api.assess(loaded, year, unit)
    found = sources(status_quo_of(loaded), assessment.scope)
    if out is not None:
        write_assessment(out, assessment, found, loaded.scenario.title, terminal.language, replace)
    if terminal.as_json:
        facts = assessment_facts(assessment, found, terminal.language)
        terminal.print_json({"status": "ok", "exit_code": 0, "title": loaded.scenario.title, "file": out, **facts})
        return 0
    if loaded.warnings:
        terminal.note(terminal.tr("assess.warnings", count=len(loaded.warnings)))
    show_assessment.show(terminal, assessment, found, loaded.scenario.title)
    if out is not None:
        terminal.say(terminal.tr("text.written", file=out))
    return 0
