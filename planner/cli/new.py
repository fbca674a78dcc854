"""`planner new`: an empty case to fill in, with a scenario beside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from planner import api
from planner.cli.language import VIETNAMESE
from planner.cli.options import Debug, Json, Lang
from planner.cli.terminal import Terminal
from planner.domain.messages import Language

Place = Annotated[
    Path,
    typer.Argument(metavar="DIR_OR_FILE", help="A folder for case.xlsx and scenario.yaml, or the workbook itself."),
]
Content = Annotated[str, typer.Option("--content", help="Content set: vietnam-province or general.")]
Language_ = Annotated[
    Lang | None, typer.Option("--lang", help="Language of the workbook; by default that of the content set.")
]
Replace = Annotated[bool, typer.Option("--replace", help="Replace files that are there already.")]


def new(
    place: Place,
    content: Content = "vietnam-province",
    lang: Language_ = None,
    replace: Replace = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Write an empty case as a workbook: lists to choose from, notes on headings, an example, and a scenario beside it.

    Exit code 0 written; 3 where there is something already, or no such content.
    """
    language: Language = lang.language if lang else "vi" if content in VIETNAMESE else "en"
    terminal = Terminal(language, json, debug)
    terminal.guard(lambda: _new(terminal, place, content, replace))


def _new(terminal: Terminal, place: Path, content: str, replace: bool) -> int:
    written = api.new_case(place, content, terminal.language, today=dt.date.today(), replace=replace)
    if terminal.as_json:
        terminal.print_json({"status": "ok", "exit_code": 0, "files": [str(p) for p in written]})
    else:
        files = ", ".join(str(p) for p in written)
        terminal.say(terminal.tr("text.new_done", files=files, scenario=written[-1]))
    return 0
