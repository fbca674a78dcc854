"""`planner check`: everything that can be said of a scenario before it is solved."""

from __future__ import annotations

from planner import api
from planner.cli import language
from planner.cli.options import Debug, Json, Language_, Scenario
from planner.cli.terminal import Terminal, finding_facts
from planner.domain.errors import InputError
from planner.domain.findings import is_error
from planner.exporters.verdict import inherited_text, note_text
from planner.verify import judge, status_quo_of


def check(scenario: Scenario, json: Json = False, lang: Language_ = None, debug: Debug = False) -> None:
    """Read a scenario with its case, content and rules, and list every problem at once, and what is inherited.

    Exit code 0 where it can be run, 3 where it cannot.
    """
    terminal = Terminal(language.of_scenario(scenario, lang), json, debug)
    terminal.guard(lambda: _check(terminal, scenario))


def _check(terminal: Terminal, scenario: str) -> int:
    inspected = api.inspect(scenario)
    if inspected.loaded is None:
        raise InputError(inspected.findings)
    before = status_quo_of(inspected.loaded)
    verdict = judge(before, before)
    lines = [inherited_text(row, before, terminal.language) for row in verdict.inherited]
    notes = [note_text(note, before, terminal.language) for note in before.bound.notes(before.line)]
    if terminal.as_json:
        terminal.print_json(
            {
                "status": "usable",
                "exit_code": 0,
                "findings": [finding_facts(f, terminal.language) for f in inspected.findings],
                "inherited": lines,
                "notes": notes,
            }
        )
        return 0
    terminal.findings(inspected.findings, terminal.say)
    terminal.say(terminal.tr("text.inherited_head", count=len(lines)))
    for line in lines:
        terminal.say(f"  - {line}")
    terminal.say(terminal.tr("text.notes_head", count=len(notes)))
    for line in notes:
        terminal.say(f"  - {line}")
    case = inspected.loaded.case
    wrong = sum(map(is_error, inspected.findings))
    terminal.say(
        terminal.tr(
            "text.usable", title=inspected.loaded.scenario.title, people=len(case.people), posts=len(case.positions),
            rules=len(before.bound.rules), errors=wrong, warnings=len(inspected.findings) - wrong,
        )
    )  # fmt: skip
    return 0
