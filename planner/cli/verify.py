"""`planner verify`: judge a written plan from its folder alone."""

from __future__ import annotations

from pathlib import Path

from planner import api
from planner.cli import language
from planner.cli.options import Debug, Folder, Json, Language_
from planner.cli.terminal import Terminal
from planner.exporters.verdict import inherited_text, verdict_lines, warning_lines

REFUSED = 7


def verify(folder: Folder, json: Json = False, lang: Language_ = None, debug: Debug = False) -> None:
    """Judge a plan folder: structure, rules, departures, goal values, tables, hashes. No solver is loaded.

    Exit code 0 accepted, 7 refused with every reason, 3 not a plan folder.
    """
    terminal = Terminal(language.of_plan(folder, lang), json, debug)
    terminal.guard(lambda: _verify(terminal, folder))


def _verify(terminal: Terminal, folder: Path) -> int:
    judgement = api.verify(folder)
    speech = terminal.language
    reasons = list(verdict_lines(judgement, speech))
    inherited = [inherited_text(row, judgement.before, speech) for row in judgement.inherited]
    warnings = list(warning_lines(judgement, speech))
    code = 0 if judgement.accepted else REFUSED
    if terminal.as_json:
        status = "accepted" if judgement.accepted else "refused"
        terminal.print_json(
            {"status": status, "exit_code": code, "reasons": reasons, "inherited": inherited, "warnings": warnings,
             "goals": {goal.goal: goal.value for goal in judgement.goals}}
        )  # fmt: skip
        return code
    if judgement.accepted:
        terminal.say(terminal.tr("text.accepted"))
    else:
        terminal.say(terminal.tr("text.refused", count=len(reasons)))
    for reason in reasons:
        terminal.say(f"  - {reason}")
    for head, lines in (("text.inherited_head", inherited), ("text.warnings_head", warnings)):
        if lines:
            terminal.say(terminal.tr(head, count=len(lines)))
        for line in lines:
            terminal.say(f"  - {line}")
    return code
