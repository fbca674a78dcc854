"""`planner show`: a written plan on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from planner.cli import language
from planner.cli.options import Debug, Folder, Json, Language_
from planner.cli.overview_text import WIDTH, OverviewText
from planner.cli.terminal import Terminal
from planner.cli.verify import REFUSED
from planner.domain.case import Case
from planner.domain.errors import Finding, InputError
from planner.domain.findings import Names, error
from planner.exporters.make_overview import overview
from planner.exporters.opened import open_plan
from planner.exporters.overview import Narrow, Overview

Unit = Annotated[
    str | None, typer.Option("--unit", metavar="UNIT", help="Of this unit with those below, by id or name.")
]
Post = Annotated[
    str | None, typer.Option("--post", metavar="POST", help="Of this post, by id or title, with the names of its list.")
]
Person = Annotated[str | None, typer.Option("--person", metavar="PERSON", help="Of this person, by id or name.")]
Year = Annotated[int | None, typer.Option("--year", help="What happens in this year.")]
Whole = Annotated[bool, typer.Option("--all", help="Every line, also of long lists.")]


def show(
    folder: Folder,
    unit: Unit = None,
    post: Post = None,
    person: Person = None,
    year: Year = None,
    whole: Whole = False,
    json: Json = False,
    lang: Language_ = None,
    debug: Debug = False,
) -> None:
    """Show a plan: empty seats and why, post by post who follows whom, moves, training, lists, goals.

    Exit code 0 shown, 7 shown, and the plan does not pass the verifier, 3 not a plan folder.
    """
    terminal = Terminal(language.of_plan(folder, lang), json, debug)
    terminal.guard(lambda: _show(terminal, folder, {"unit": unit, "post": post, "person": person}, year, whole))


def _show(terminal: Terminal, folder: Path, of: Mapping[str, str | None], year: int | None, whole: bool) -> int:
    opened = open_plan(folder)
    if opened.view is None:
        terminal.findings([error("finding.refused_plan", str(folder))], terminal.note)
        return REFUSED
    known = _identified(opened.loaded.case, of)
    made = overview(opened.view, opened.loaded, opened.written.manifest["tiers"], terminal.language)
    shown = Narrow(**known, year=year).of(made)
    narrowed = year is not None or any(of.values())
    if terminal.as_json:
        terminal.print_json(shown.model_dump(mode="json"))
    else:
        print_overview(terminal, shown, whole, narrowed)
        terminal.say("")
        terminal.say(terminal.tr("text.next", command=f"planner export {folder} --form review"))
    if opened.judgement.accepted:
        return 0
    terminal.note(terminal.tr("text.refused_shown"))
    return REFUSED


def print_overview(terminal: Terminal, shown: Overview, whole: bool = False, narrowed: bool = False) -> None:
    """The overview as lines as wide as the terminal, at most `WIDTH`; of a part of the plan, without its goals."""
    wide = terminal.out.width if terminal.out.is_terminal else WIDTH
    for line in OverviewText(shown, terminal.language, min(wide, WIDTH), whole, narrowed).lines():
        terminal.say(line)


def _identified(case: Case, of: Mapping[str, str | None]) -> dict[str, str | None]:
    """The ids of what is asked for by id, or by a name that only one has.

    Raises InputError where the case has none, with the nearest there is; every one at once.
    """
    known: dict[str, tuple[str, dict[str, str]]] = {
        "unit": ("units", {u.unit_id: u.name for u in case.units}),
        "post": ("positions", {p.position_id: p.title for p in case.positions}),
        "person": ("people", {p.person_id: p.name for p in case.people}),
    }
    findings: list[Finding] = []
    found = dict(of)
    for option, (table, names) in known.items():
        given = of[option]
        if given is None or given in names:
            continue
        called = [id_ for id_, name in names.items() if name.casefold() == given.casefold()]
        if len(called) == 1:
            found[option] = called[0]
        else:
            near = ", ".join(called) or Names(names).suggest(given)
            findings.append(error("finding.dangling", "", None, f"--{option}", given, near, target=table))
    if findings:
        raise InputError(findings)
    return found
