"""The edits by name, and how those of a scenario are applied to its case.

To add an edit: a file with a subclass of `base.Edit`, a line in `EDITS`, a test.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from pydantic import ValidationError

from planner.domain.case import Case
from planner.domain.content import Content
from planner.domain.errors import Finding
from planner.domain.findings import Names, error, is_error, refused_values
from planner.edits.add_seats import AddSeats
from planner.edits.base import Edit
from planner.edits.cancel_session import CancelSession
from planner.edits.forbid import Forbid
from planner.edits.leaves import Leaves
from planner.edits.new_session import NewSession
from planner.edits.pin import Pin
from planner.edits.set_level import SetLevel
from planner.edits.stays import Stays
from planner.edits.waive import Waive

EDITS: dict[str, type[Edit]] = {
    "leaves": Leaves,
    "stays": Stays,
    "add_seats": AddSeats,
    "new_session": NewSession,
    "cancel_session": CancelSession,
    "set_level": SetLevel,
    "waive": Waive,
    "pin": Pin,
    "forbid": Forbid,
}
ON_CONTENT = ("set_rule",)
"""Edits of the rulebook; `files.scenario.rulebook_with_overrides` applies them."""
NOT_YET = ("merge_units", "close_position", "open_position", "freeze")

_NO_CONTENT = Content(name="", competencies=(), ranks=(), standards=(), retirement=(), rulebook=())


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


def apply_edits(case: Case, edits: Iterable[WrittenEdit], content: Content | None) -> tuple[Case, list[Finding]]:
    """The case with all edits, in order. One that cannot be applied is a finding, and the next is tried.

    Without content, which then has its own findings, an edit that needs it is left out.
    """
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
        if edit and not any(map(is_error, problems)) and (content is not None or not edit.needs_content):
            given = content or _NO_CONTENT
            problems += [replace(f, column=f"{written.name}.{f.column}") for f in _against(edit, case, given)]
            if not any(map(is_error, problems)):
                case = edit.apply(case, given)
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


def _against(edit: Edit, case: Case, content: Content) -> Iterator[Finding]:
    pointed = False
    for column, table, value in edit.points_to():
        known = _known(case, content, table)
        if value is not None and value not in known:
            names = Names(known)
            pointed = True
            yield error("finding.dangling", column=column, value=value, suggestion=names.suggest(value), target=table)
    if not pointed:
        yield from edit.problems(case, content)


def _known(case: Case, content: Content, table: str) -> Mapping[str, str]:
    known: dict[str, Callable[[], Mapping[str, str]]] = {
        "people": lambda: {p.person_id: p.name for p in case.people},
        "positions": lambda: {p.position_id: p.title for p in case.positions},
        "sessions": lambda: {s.session_id: "" for s in case.sessions},
        "courses": lambda: {
            **{c.id: c.name.en for c in content.courses},
            **{c.course_id: c.name for c in case.courses},
        },
        "competencies": lambda: {c.id: c.name.en for c in content.competencies},
        "rules": lambda: {e.rule: "" for e in content.rulebook} | {e.id: "" for e in content.rulebook},
    }
    return known[table]()
