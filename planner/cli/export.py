"""`planner export`: a plan folder as a workbook, or as an official form."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli import language
from planner.cli.options import Debug, Folder, Json, Language_
from planner.cli.terminal import Terminal
from planner.cli.verify import REFUSED
from planner.domain.errors import InputError
from planner.domain.findings import error
from planner.exporters.cells import check_file
from planner.exporters.official import Letterhead
from planner.exporters.opened import Opened, open_plan
from planner.exporters.rotation_form import write_rotation_form
from planner.exporters.workbook import write_workbook


class Format(StrEnum):
    xlsx = "xlsx"


class FormName(StrEnum):
    rotation = "rotation"


class Head(StrEnum):
    state = "state"
    party = "party"

    @property
    def letterhead(self) -> Letterhead:
        return "party" if self is Head.party else "state"


To = Annotated[Format | None, typer.Option("--to", help="All tables of the plan in one file [xlsx].")]
Form = Annotated[FormName | None, typer.Option("--form", help="An official form, to edit, sign and send back.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The file [beside the plan folder].")]
HeadOption = Annotated[Head, typer.Option("--head", help="Head and sign-off of a form.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a file that is there already.")]


def export(
    folder: Folder,
    to: To = None,
    form: Form = None,
    out: Out = None,
    head: HeadOption = Head.state,
    replace: Replace = False,
    json: Json = False,
    lang: Language_ = None,
    debug: Debug = False,
) -> None:
    """Write a plan as a workbook (--to xlsx) or as an official form (--form rotation).

    The workbook speaks --lang; an official form has its own words. Exit code 0 written, 3 not a plan folder or the
    file cannot be written, 7 the plan does not pass the verifier (then no form is written).
    """
    terminal = Terminal(language.of_plan(folder, lang), json, debug)
    terminal.guard(lambda: _export(terminal, folder, to, form, out, head, replace))


def _export(
    terminal: Terminal, folder: Path, to: Format | None, form: FormName | None, out: Path | None, head: Head,
    replace: bool,
) -> int:  # fmt: skip
    if to is not None and form is not None:
        raise InputError([error("finding.to_or_form")])
    file = out or _default_file(folder, form)
    check_file(file, replace)
    opened = open_plan(folder)
    refused = not opened.judgement.accepted
    if opened.view is None or (refused and form is not None):
        terminal.findings([error("finding.refused_plan", str(folder))], terminal.note)
        return REFUSED
    if form is None:
        if refused:
            terminal.note(terminal.tr("text.refused_exported"))
        write_workbook(file, opened.view, opened.loaded, opened.written.manifest, terminal.language, replace)
    else:
        _rotation_form(terminal, opened, file, head, replace)
    if terminal.as_json:
        terminal.print_json({"status": "ok", "exit_code": 0, "file": file})
    else:
        terminal.say(terminal.tr("text.written", file=file))
    return 0


def _rotation_form(terminal: Terminal, opened: Opened, file: Path, head: Head, replace: bool) -> None:
    assert opened.view is not None
    if not opened.written.plan.rotations:
        terminal.note(terminal.tr("text.no_rotations"))
    write_rotation_form(file, opened.view.standing, head.letterhead, replace)


def _default_file(folder: Path, form: FormName | None) -> Path:
    """Beside the folder: what lies in it is the plan and nothing else."""
    place = folder.resolve()
    return place.with_name(f"{place.name}.xlsx" if form is None else f"{place.name}-{form}.xlsx")
