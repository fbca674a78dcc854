"""`planner compare`: two plan folders, before and after, and what changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from planner.cli import language
from planner.cli.options import Debug, Json, Language_
from planner.cli.terminal import Terminal
from planner.cli.verify import REFUSED
from planner.domain.findings import error
from planner.exporters.coverage import rows as coverage_rows
from planner.exporters.opened import Opened, open_plan
from planner.exporters.view import View
from planner.exporters.workbook import part_text
from planner.studies import Comparison, GoalLine, Side, compare
from planner.studies.compare import Value, value_text

Before = Annotated[Path, typer.Argument(metavar="PLAN_A", help="The plan before, a folder.")]
After = Annotated[Path, typer.Argument(metavar="PLAN_B", help="The plan after, a folder.")]
FIGURES = ("listed", "ready", "secured")


def compare_plans(
    before: Before, after: After, json: Json = False, lang: Language_ = None, debug: Debug = False
) -> None:
    """Two plans side by side: goals, coverage by unit, and every decision that only one has or that differs.

    Exit code 0 compared, 3 not a plan folder, 7 a plan names what does not exist.
    """
    terminal = Terminal(language.of_plan(after, lang), json, debug)
    terminal.guard(lambda: _compare(terminal, before, after))


def _compare(terminal: Terminal, before: Path, after: Path) -> int:
    sides, views = [], []
    for folder in (before, after):
        opened = open_plan(folder)
        if opened.view is None:
            terminal.findings([error("finding.refused_plan", str(folder))], terminal.note)
            return REFUSED
        if not opened.judgement.accepted:
            terminal.note(terminal.tr("text.refused_compared", folder=folder))
        sides.append(side_of(opened, opened.view))
        views.append(opened.view)
    comparison = compare(*sides)
    if terminal.as_json:
        terminal.print_json({"status": "ok", "exit_code": 0, **comparison.as_dict()})
    else:
        show(terminal, comparison, views[1])
    return 0


def side_of(opened: Opened, view: View) -> Side:
    """A written plan as the comparison wants it."""
    tiers = opened.written.manifest.get("tiers", ())
    return Side(opened.loaded.scenario.title, view.standing, list(coverage_rows(view)), tiers)


def show(terminal: Terminal, comparison: Comparison, view: View) -> None:
    """Before, after, changes."""
    terminal.say(terminal.tr("text.compare_head", before=comparison.before, after=comparison.after))
    if comparison.inputs:
        terminal.say("\n" + terminal.tr("text.compare_inputs"))
        _inputs(terminal, comparison)
    terminal.say("\n" + terminal.tr("text.compare_goals"))
    _goals(terminal, comparison, view)
    terminal.say("\n" + terminal.tr("text.compare_coverage"))
    _coverage(terminal, comparison, view)
    terminal.say("\n" + terminal.tr("text.compare_changes", count=len(comparison.changes)))
    if comparison.changes:
        _changes(terminal, comparison, view)


def _inputs(terminal: Terminal, comparison: Comparison) -> None:
    table = _table(terminal, "table", "only_before", "only_after")
    for line in comparison.inputs:
        _row(table, line.table, str(line.only_before), str(line.only_after))
    terminal.out.print(table)


def _goals(terminal: Terminal, comparison: Comparison, view: View) -> None:
    table = _table(terminal, "goal", "part", "before", "after", "difference")
    for line in comparison.goals:
        if line.part is not None and not line.before and not line.after:
            continue
        goal = terminal.tr(f"goal.{line.goal}") if line.part is None else ""
        part = "" if line.part is None else part_text(view, line.part, terminal.language)
        before = _number(terminal, line.before) + _doubt(line.optimal_before)
        after = _number(terminal, line.after) + _doubt(line.optimal_after)
        _row(table, goal, part, before, after, _difference(terminal, line))
    terminal.out.print(table)
    if any(False in (line.optimal_before, line.optimal_after) for line in comparison.goals):
        terminal.say(terminal.tr("text.not_optimal"))


def _number(terminal: Terminal, value: float | None) -> str:
    return "–" if value is None else terminal.number(value)


def _doubt(optimal: bool | None) -> str:
    return " ≈" if optimal is False else ""


def _difference(terminal: Terminal, line: GoalLine) -> str:
    if not line.difference:
        return "" if line.difference is None else "="
    return ("+" if line.difference > 0 else "") + terminal.number(line.difference)


def _coverage(terminal: Terminal, comparison: Comparison, view: View) -> None:
    units: dict[str | None, str] = {str(unit): name for unit, name in view.ground.case.unit_names.items()}
    table = _table(terminal, "unit", *FIGURES)
    for line in comparison.coverage:
        pairs = [(getattr(line, f"{f}_before"), getattr(line, f"{f}_after")) for f in FIGURES]
        _row(
            table,
            units.get(line.unit, line.title),
            *(f"{_number(terminal, was)} → {_number(terminal, now)}" for was, now in pairs),
        )
    terminal.out.print(table)


def _changes(terminal: Terminal, comparison: Comparison, view: View) -> None:
    names: dict[str | None, str] = {str(post): name for post, name in view.ground.case.post_names.items()}
    table = _table(terminal, "table", "position_title", "person_name", "before", "after")
    last = None
    for change in comparison.changes:
        kind = terminal.tr(f"table.{change.table}")
        _row(
            table,
            "" if kind == last else kind,
            names.get(change.position, change.position_title or ""),
            change.person_name or "",
            _value(terminal, change.before),
            _value(terminal, change.after),
        )
        last = kind
    terminal.out.print(table)


def _value(terminal: Terminal, value: Value | None) -> str:
    return "–" if value is None else value_text(value, terminal.language)


def _row(table: Table, *cells: str) -> None:
    """As plain text: a name with brackets in it is no markup."""
    table.add_row(*map(Text, cells))


def _table(terminal: Terminal, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    numbers: Sequence[str] = ("only_before", "only_after", "difference", *FIGURES)
    for column in columns:
        table.add_column(terminal.tr(f"table.{column}"), justify="right" if column in numbers else "left")
    return table
