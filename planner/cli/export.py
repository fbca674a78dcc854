"""`planner export`: a plan folder as a workbook, or a paper of a plan or of a scenario."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli import language
from planner.cli.options import Debug, Json, Language_
from planner.cli.terminal import Terminal
from planner.cli.verify import REFUSED
from planner.domain.errors import InputError
from planner.domain.findings import Names, error
from planner.domain.ids import UnitId
from planner.exporters.base_list_form import write_base_list_form
from planner.exporters.cells import check_file
from planner.exporters.head_page import head_page_lines, write_head_pages
from planner.exporters.official import Letterhead
from planner.exporters.opened import Seen, open_plan, open_plan_or_scenario
from planner.exporters.review_forms import Kind, write_review_form
from planner.exporters.rotation_form import write_rotation_form
from planner.exporters.training_form import write_training_form
from planner.exporters.workbook import write_workbook
from planner.standing import Standing
from planner.timeline import Ground


class Format(StrEnum):
    xlsx = "xlsx"


class FormName(StrEnum):
    base_list = "base-list"
    head = "head"
    review = "review"
    additions = "additions"
    rotation = "rotation"
    training = "training"


OF_A_PLAN = (FormName.review, FormName.additions, FormName.rotation, FormName.training)
"""Forms of what a plan decides; the others are of a scenario too."""


class Head(StrEnum):
    state = "state"
    party = "party"

    @property
    def letterhead(self) -> Letterhead:
        return "party" if self is Head.party else "state"


What = Annotated[
    str,
    typer.Argument(metavar="PLAN", help="A plan folder; for --form base-list and head also a scenario."),
]
To = Annotated[Format | None, typer.Option("--to", help="All tables of the plan in one file.")]
Form = Annotated[
    FormName | None,
    typer.Option("--form", help="A paper to edit, sign and send back. `head` without --out is told on the terminal."),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The file; by default beside the plan folder.")]
HeadOption = Annotated[Head, typer.Option("--head", help="Head and sign-off of a form.")]
Unit = Annotated[
    str | None, typer.Option("--unit", metavar="UNIT_ID", help="A paper (not rotation) of this unit with those below.")
]
Everyone = Annotated[
    bool, typer.Option("--everyone", help="For base-list: list also very many from elsewhere, else counted.")
]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a file that is there already.")]


def export(
    plan: What,
    to: To = None,
    form: Form = None,
    out: Out = None,
    head: HeadOption = Head.state,
    unit: Unit = None,
    everyone: Everyone = False,
    replace: Replace = False,
    json: Json = False,
    lang: Language_ = None,
    debug: Debug = False,
) -> None:
    """Write a plan as a workbook (--to xlsx), or a paper (--form).

    Official forms of a plan, in their own words: review (8.2), additions (8.3), rotation (8.5), training (8.6). The
    base list and the head's page are of a plan, or of a scenario as it stands without one, and speak --lang.

    Exit code 0 written, 3 not a plan folder or the file cannot be written, 7 the plan does not pass the verifier (then
    no paper is written).
    """
    terminal = Terminal(language.of_plan_or_scenario(plan, lang), json, debug)
    if form is None or form in OF_A_PLAN:
        terminal.guard(lambda: _of_plan(terminal, Path(plan), to, form, out, head, unit, replace))
    terminal.guard(lambda: _of_either(terminal, plan, to, form, out, head, unit, everyone, replace))


def _of_plan(
    terminal: Terminal, folder: Path, to: Format | None, form: FormName | None, out: Path | None, head: Head,
    unit: str | None, replace: bool,
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
        _official_form(terminal, opened.view.standing, form, file, head, unit, replace)
    return _written(terminal, file)


def _official_form(
    terminal: Terminal, standing: Standing, form: FormName, file: Path, head: Head, unit: str | None, replace: bool
) -> None:
    own = _unit(standing.ground, unit)
    if form is FormName.rotation:
        if not standing.line.plan.rotations:
            terminal.note(terminal.tr("text.no_rotations"))
        write_rotation_form(file, standing, head.letterhead, replace)
    elif form is FormName.training:
        write_training_form(file, standing, head.letterhead, own, replace)
    else:
        kind: Kind = "review" if form is FormName.review else "additions"
        write_review_form(file, standing, kind, head.letterhead, own, replace)


def _of_either(
    terminal: Terminal, path: str, to: Format | None, form: FormName, out: Path | None, head: Head, unit: str | None,
    everyone: bool, replace: bool,
) -> int:  # fmt: skip
    if to is not None:
        raise InputError([error("finding.to_or_form")])
    told = form is FormName.head and out is None
    file = out or _default_file(Path(path), form)
    if not told:
        check_file(file, replace)
    seen = open_plan_or_scenario(path)
    if not seen.accepted:
        terminal.findings([error("finding.refused_plan", path)], terminal.note)
        return REFUSED
    standing, own = seen.standing, _unit(seen.standing.ground, unit)
    if told:
        return _tell(terminal, seen, own)
    if form is FormName.head:
        write_head_pages(file, standing, seen.planned, terminal.language, head.letterhead, own, replace)
    else:
        write_base_list_form(file, standing, terminal.language, head.letterhead, own, everyone, replace)
    return _written(terminal, file)


def _tell(terminal: Terminal, seen: Seen, unit: UnitId | None) -> int:
    """The head's page on the terminal."""
    lines = list(head_page_lines(seen.standing, seen.planned, unit, terminal.language))
    if terminal.as_json:
        terminal.print_json({"status": "ok", "exit_code": 0, "lines": lines})
    else:
        for line in lines:
            terminal.say(line)
    return 0


def _unit(ground: Ground, unit: str | None) -> UnitId | None:
    """A unit of the case. Raises InputError with a near suggestion where there is none of that id."""
    if unit is None or unit in ground.case.unit:
        return UnitId(unit) if unit is not None else None
    near = Names({u.unit_id: u.name for u in ground.case.units}).suggest(unit)
    raise InputError([error("finding.dangling", "", None, "--unit", unit, near, target="units")])


def _written(terminal: Terminal, file: Path) -> int:
    if terminal.as_json:
        terminal.print_json({"status": "ok", "exit_code": 0, "file": file})
    else:
        terminal.say(terminal.tr("text.written", file=file))
    return 0


def _default_file(path: Path, form: FormName | None) -> Path:
    """Beside the folder: what lies in it is the plan and nothing else. Of a scenario by name: in the present folder."""
    place = path.resolve() if path.exists() else Path.cwd() / path.name
    name = place.stem if place.is_file() else place.name
    return place.with_name(f"{name}.xlsx" if form is None else f"{name}-{form}.xlsx")
