"""`planner check`: everything that can be said of a scenario, or of a case alone, before it is solved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from planner import api
from planner.cli import language
from planner.cli.options import Debug, Json, Language_
from planner.cli.terminal import Terminal, finding_facts
from planner.domain.case import Case
from planner.domain.errors import Finding, InputError
from planner.domain.findings import is_error
from planner.edits.load import Loaded
from planner.exporters.case_changes import change_facts, change_lines
from planner.exporters.verdict import exemption_text, inherited_text, note_text, short_notes
from planner.files.case import absent_tables, is_case
from planner.files.changes import Change
from planner.files.words import table_name
from planner.verify import exemption_states, judge, status_quo_of

What = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO_OR_CASE",
        help="A scenario file or its folder, the name of one of ours, or a case: a folder of tables or a workbook.",
    ),
]
Against = Annotated[
    str | None, typer.Option("--against", metavar="OLD", help="An older case, or scenario: show what has changed.")
]


def check(
    what: What, against: Against = None, json: Json = False, lang: Language_ = None, debug: Debug = False
) -> None:
    """Read a scenario with its case, content and rules, or a case alone, and list every problem at once.

    Errors, warnings, doubts (readings that somebody should look at) and inherited breaches are told apart.
    Exit code 0 where it can be used, 3 where it cannot.
    """
    terminal = Terminal(language.of_scenario(what, lang), json, debug)
    terminal.guard(lambda: _check(terminal, what, against))


def _check(terminal: Terminal, what: str, against: str | None) -> int:
    if is_case(Path(what)):
        source = api.inspect_case(what)
        if any(map(is_error, source.findings)):
            raise InputError(source.findings)
        facts, lines = _case_alone(terminal, source.case)
        findings: Sequence[Finding] = source.findings
        absent = absent_tables(source.case)
    else:
        inspected = api.inspect(what)
        if inspected.loaded is None:
            raise InputError(inspected.findings)
        facts, lines = _scenario(terminal, inspected.loaded, inspected.findings)
        findings = inspected.findings
        absent = absent_tables(inspected.loaded.case)
    changes = None if against is None else api.case_changes(against, what)
    if terminal.as_json:
        said: dict[str, Any] = {
            "status": "usable",
            "exit_code": 0,
            "findings": [finding_facts(f, terminal.language) for f in findings],
            "counts": terminal.counts(findings),
            "absent": list(absent),
        }
        compared = {} if changes is None else {"changes": [change_facts(c) for c in changes]}
        terminal.print_json(said | facts | compared)
        return 0
    terminal.findings_apart(findings, terminal.say)
    if absent:
        names = ", ".join(table_name(table, terminal.language) for table in absent)
        terminal.say(terminal.tr("text.absent_tables", tables=names))
    for line in lines:
        terminal.say(line)
    if changes is not None:
        _tell_changes(terminal, changes)
    return 0


def _case_alone(terminal: Terminal, case: Case) -> tuple[dict[str, Any], list[str]]:
    """A case without its scenario: nothing is known of its rules, standards and dates."""
    told = terminal.tr("text.usable_case", people=len(case.people), posts=len(case.positions))
    return {}, [told]


def _scenario(terminal: Terminal, loaded: Loaded, findings: Sequence[Finding]) -> tuple[dict[str, Any], list[str]]:
    before = status_quo_of(loaded)
    verdict = judge(before, before)
    inherited = [inherited_text(row, before, terminal.language) for row in verdict.inherited]
    told = tuple(before.bound.notes(before.line))
    states = [s for s in exemption_states(before) if s.state not in ("used", "unused")]
    exemptions = [exemption_text(s, before, terminal.language) for s in states]
    count = terminal.counts(findings)
    lines = [
        terminal.tr("text.inherited_head", count=len(inherited)),
        *(f"  - {line}" for line in inherited),
        terminal.tr("text.exemptions_head", count=len(exemptions)),
        *(f"  - {line}" for line in exemptions),
        terminal.tr("text.notes_head", count=len(told)),
        *(f"  - {line}" for line in short_notes(told, before, terminal.language)),
        terminal.tr(
            "text.usable", title=loaded.scenario.title, people=len(loaded.case.people),
            posts=len(loaded.case.positions), rules=len(before.bound.rules), **count,
        ),
    ]  # fmt: skip
    notes = [note_text(note, before, terminal.language) for note in told]
    return {"inherited": inherited, "exemptions": exemptions, "notes": notes}, lines


def _tell_changes(terminal: Terminal, changes: Sequence[Change]) -> None:
    terminal.say(terminal.tr("text.changes_head", count=len(changes)))
    for line in change_lines(changes, terminal.language):
        terminal.say(f"  {line}")
