"""The edits by name, and how those of a scenario are applied to its case.

To add an edit: a file with a subclass of `base.Edit`, a line in `EDITS`, a test.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from pydantic import ValidationError

from planner.domain.case import Case
from planner.domain.errors import Finding
from planner.domain.findings import Names, error, is_error, refused_values
from planner.edits.add_seats import AddSeats
from planner.edits.base import Edit
from planner.edits.forbid import Forbid
from planner.edits.leaves import Leaves
from planner.edits.pin import Pin
from planner.edits.stays import Stays

EDITS: dict[str, type[Edit]] = {
    "leaves": Leaves,
    "stays": Stays,
    "add_seats": AddSeats,
    "pin": Pin,
    "forbid": Forbid,
}
ON_CONTENT = ("set_rule",)
"""Edits of the rulebook; `files.scenario.rulebook_with_overrides` applies them."""
NOT_YET = (
    "new_session", "cancel_session", "merge_units", "close_position", "open_position", "waive", "set_level",
    "freeze",
)  # fmt: skip


class _Place(Protocol):
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int | None: ...


class WrittenEdit(Protocol):
    """An edit as a scenario file has it. `layer` counts the files of a chain of `extends`, the base first."""

    @property
    def name(self) -> str: ...
    @property
    def values(self) -> object: ...
    @property
    def place(self) -> _Place: ...
    @property
    def layer(self) -> int: ...


def apply_edits(case: Case, edits: Iterable[WrittenEdit]) -> tuple[Case, list[Finding]]:
    """The case with all edits, in order. One that cannot be applied is a finding, and the next is tried."""
    findings: list[Finding] = []
    seen: dict[tuple[object, ...], int | None] = {}
    for written in edits:
        file, line = written.place.file, written.place.line
        edit, problems = _read(written)
        thing = edit.thing if edit else _rule(written)
        if thing is not None:
            # Of two in one file nobody can say which was meant; a what-if's come after those that it extends.
            key = (written.layer, *thing)
            if key in seen:
                problems.append(error("finding.twin_edit", column=written.name, value=", ".join(thing), line=seen[key]))
            seen.setdefault(key, line)
        if edit and not any(map(is_error, problems)):
            problems += [replace(f, column=f"{written.name}.{f.column}") for f in _against(edit, case)]
            if not any(map(is_error, problems)):
                case = edit.apply(case)
        findings += [replace(f, file=file, row=line) for f in problems]
    return case, findings


def _read(written: WrittenEdit) -> tuple[Edit | None, list[Finding]]:
    name = written.name
    if name in ON_CONTENT:
        return None, []
    if name in NOT_YET:
        return None, [error("finding.edit_not_yet", column=name, choices=", ".join((*EDITS, *ON_CONTENT)))]
    if name not in EDITS:
        choices = (*EDITS, *ON_CONTENT)
        near = Names((*choices, *NOT_YET)).suggest(name)
        return None, [error("finding.unknown_edit", column=name, suggestion=near, choices=", ".join(choices))]
    try:
        return EDITS[name].model_validate(written.values), []
    except ValidationError as problem:
        return None, refused_values(problem, EDITS[name], "", None, name)


def _rule(written: WrittenEdit) -> tuple[str, ...] | None:
    rule = written.values.get("id") if isinstance(written.values, dict) else None
    return ("rule", rule) if written.name in ON_CONTENT and isinstance(rule, str) else None


def _against(edit: Edit, case: Case) -> Iterator[Finding]:
    pointed = False
    for column, table, value in edit.points_to():
        known = _known(case, table)
        if value is not None and value not in known:
            names = Names(known)
            pointed = True
            yield error("finding.dangling", column=column, value=value, suggestion=names.suggest(value), target=table)
    if not pointed:
        yield from edit.problems(case)


def _known(case: Case, table: str) -> dict[str, str]:
    if table == "people":
        return {p.person_id: p.name for p in case.people}
    if table == "positions":
        return {p.position_id: p.title for p in case.positions}
    if table == "courses":
        return {c.course_id: c.name for c in case.courses}
    return {s.session_id: "" for s in case.sessions}
