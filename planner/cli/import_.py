"""`planner import`: an office workbook becomes a case that can be planned at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.language import VIETNAMESE
from planner.cli.options import Debug, Json, Lang
from planner.cli.terminal import Terminal
from planner.domain.dates import parse_day
from planner.domain.errors import InputError
from planner.domain.findings import error, is_error
from planner.domain.messages import Language
from planner.exporters.case_changes import change_lines
from planner.files.content import find_content, read_content
from planner.importers import Imported, read_office
from planner.importers.heading import UNREAD
from planner.importers.map_file import read_map
from planner.importers.outcome import DOUBTS, Outcome, check_target, home_of, write_outcome

File = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook as the office keeps it.")]
Dir = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="Folder to write; with --into by default the folder of that case.")
]
Map = Annotated[Path | None, typer.Option("--map", help="What sheets and columns mean: an edited map.yaml.")]
Into = Annotated[Path | None, typer.Option("--into", help="A case that keeps its identifiers and its other facts.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Day for which the list holds; by default the one that it names.")
]
Replace = Annotated[bool, typer.Option("--replace", help="Replace the folder of an earlier import.")]
ContentName = Annotated[str, typer.Option("--content", help="Content set.")]
Rulebook = Annotated[str, typer.Option("--rulebook", help="Rulebook of the scenario.")]
Language_ = Annotated[
    Lang | None, typer.Option("--lang", help="Language of the doubts; by default that of the content set.")
]

MOST_SHOWN = 60
"""Changes that are printed one by one."""


def import_office(
    file: File,
    folder: Dir = None,
    map_: Map = None,
    into: Into = None,
    as_of: AsOf = None,
    replace: Replace = False,
    content: ContentName = "vietnam-province",
    rulebook: Rulebook = "vn-2025",
    lang: Language_ = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Read an office workbook: a case, a first scenario, the map that was used, and doubts.xlsx with what to ask.

    Exit code 0 written; 3 where the file cannot be read or the folder may not be written.
    """
    language: Language = lang.language if lang else "vi" if content in VIETNAMESE else "en"
    terminal = Terminal(language, json, debug)
    terminal.guard(lambda: _import(terminal, file, folder, map_, into, as_of, replace, content, rulebook))


def _import(
    terminal: Terminal, file: Path, folder: Path | None, map_: Path | None, into: Path | None, as_of: str | None,
    replace: bool, content_name: str, rulebook: str,
) -> int:  # fmt: skip
    if into is not None and replace:
        raise InputError([error("finding.office_into_and_replace", column="--replace")])
    if folder is None:
        if into is None:
            raise InputError([error("finding.office_no_folder", column="DIR")])
        folder = home_of(into)[0]
    same = into is not None and folder.resolve() == home_of(into)[0].resolve()
    check_target(folder, replace, same)
    source = read_content(find_content(content_name, Path.cwd()), rulebook)
    if any(is_error(f) for f in source.findings):
        raise InputError(source.findings)
    day = _day(as_of)
    given = read_map(map_, source.content) if map_ else None
    today = dt.date.today()
    imported = read_office(file, source.content, given, day, today)
    outcome = write_outcome(imported, source.content, folder, terminal.language, today, into)
    if terminal.as_json:
        terminal.print_json(_facts(imported, outcome))
    else:
        _show(terminal, file, imported, outcome, into)
    return 0


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        day = parse_day(text)
    except ValueError as problem:
        raise InputError([error("finding.office_bad_day", column="--as-of", value=text)]) from problem
    if day.precision != "day":
        raise InputError([error("finding.office_bad_day", column="--as-of", value=text)])
    return day


def _show(terminal: Terminal, file: Path, imported: Imported, outcome: Outcome, into: Path | None) -> None:
    case = imported.case
    terminal.say(
        terminal.tr(
            "text.import_read", file=file.name, people=len(case.people), posts=len(case.positions),
            units=len(case.units), pools=len(case.pools), as_of=outcome.as_of,
        )
    )  # fmt: skip
    if imported.as_of is None:
        terminal.note(terminal.tr("text.import_as_of_today", as_of=outcome.as_of))
    if outcome.scenario_kept:
        terminal.note(terminal.tr("text.import_scenario_kept", day=outcome.plan_from))
    elif outcome.plan_from != outcome.as_of:
        terminal.note(terminal.tr("text.import_plan_from", day=outcome.plan_from))
    for name, sheet in imported.map.sheets.items():
        if sheet.use == "none":
            terminal.note(terminal.tr("text.import_sheet_unused", sheet=name))
        for letter, column in sheet.columns.items():
            if column.meaning == UNREAD:
                terminal.note(terminal.tr("text.import_unread", sheet=name, column=letter, heading=column.heading))
    if outcome.assumed is not None:
        day = outcome.assumed.approved_on
        terminal.note(terminal.tr("text.import_round", round=outcome.assumed.round_id, on=day))
    if into is not None:
        _show_changes(terminal, outcome)
    asks = sum(d.asks for d in outcome.doubts)
    if outcome.doubts:
        values = {"asks": asks, "told": len(outcome.doubts) - asks, "file": str(outcome.folder / DOUBTS)}
        terminal.say(terminal.tr("text.import_doubts", **values))
    else:
        terminal.say(terminal.tr("text.import_no_doubts"))
    terminal.say(terminal.tr("text.import_written", folder=str(outcome.folder)))


def _show_changes(terminal: Terminal, outcome: Outcome) -> None:
    kinds = {k: [c for c in outcome.changes if c.kind == k] for k in ("added", "removed", "changed")}
    terminal.say(
        terminal.tr(
            "text.import_into", folder=str(outcome.folder), added=len(kinds["added"]), removed=len(kinds["removed"]),
            changed=sum(len(c.cells) for c in kinds["changed"]),
        )
    )  # fmt: skip
    for line in change_lines(outcome.changes[:MOST_SHOWN], terminal.language):
        terminal.say(f"  {line}")
    if len(outcome.changes) > MOST_SHOWN:
        terminal.say(terminal.tr("text.import_more_changes", count=len(outcome.changes) - MOST_SHOWN))


def _facts(imported: Imported, outcome: Outcome) -> dict[str, Any]:
    case = outcome.case
    return {
        "status": "ok", "exit_code": 0, "folder": str(outcome.folder), "as_of": outcome.as_of.isoformat()[:10],
        "tables": {name: len(rows) for name, rows in case.tables().items() if rows},
        "doubts": [
            {"sheet": d.sheet, "cell": d.cell, "code": d.code, "value": d.value, "read_as": d.read_as,
             "alternatives": list(d.alternatives), "asks": d.asks}
            for d in outcome.doubts
        ],
        "changes": [
            {"table": c.table, "kind": c.kind, "key": list(c.key), "name": c.name, "cells": dict(c.cells)}
            for c in outcome.changes
        ],
        "unread": [
            {"sheet": name, "column": letter, "heading": column.heading}
            for name, sheet in imported.map.sheets.items() for letter, column in sheet.columns.items()
            if column.meaning == UNREAD
        ],
    }  # fmt: skip
