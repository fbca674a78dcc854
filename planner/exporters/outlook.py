"""What lies beyond the horizon or beside the model, so that nobody is surprised by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.domain.case import Need
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.moves import kind_of_move
from planner.exporters.view import Row, View, joined
from planner.timeline.ground import NEVER, Gap

COLUMNS = ("kind", "person", "person_name", "position", "position_title", "unit", "on", "what", "rule")


def rows(view: View) -> Iterator[Row]:
    """Courses and rotations that end later, demands that fall due later, rounds, and what the rules tell of."""
    yield from _courses(view)
    yield from _rotations(view)
    yield from _later_demands(view)
    for round_id in view.ground.undecided_rounds:
        approved = next(r.approved_on for r in view.ground.case.rounds if r.round_id == round_id)
        yield {"kind": "round_not_decided", "on": approved, "what": round_id}
    yield from _notes(view)


def _line(
    view: View, kind: str, person: PersonId, position: PositionId | None, on: dt.date | None, what: str | None
) -> Row:
    post = view.post(position) if position else {}
    return {"kind": kind, **view.who(person), **post, "on": on, "what": what}


def _courses(view: View) -> Iterator[Row]:
    ground, until = view.ground, view.ground.horizon.until
    for place in view.standing.line.plan.training:
        if ground.session_end(place.session) > until:
            yield _line(view, "course_ends", place.person, None, ground.written_end(place.session), place.session)
    for person, runs in ground.enrolled.items():
        for course, run in runs:
            if run.end > until:
                end = None if run.end == NEVER else run.end
                yield _line(view, "course_ends", person, None, end, course.course_id)


def _rotations(view: View) -> Iterator[Row]:
    until = view.ground.horizon.until
    for r in view.standing.line.plan.rotations:
        if r.end > until:
            kind = kind_of_move(view.ground.case, r.home, r.position)
            yield _line(view, f"{kind}_ends", r.person, r.position, r.end, r.return_to or r.home)
    for now in view.ground.rotations_now.values():
        if now.end is not None and now.end > until and now.person not in view.standing.line.rotations:
            yield _line(view, "rotation_ends", now.person, now.position, now.end, now.return_to)


def _later_demands(view: View) -> Iterator[Row]:
    """`after_appoint` cells that are due only beyond the horizon and that nothing closes by then."""
    ground, line = view.ground, view.standing.line
    for a in line.plan.appointments:
        for cell in ground.cells(a.position, "after_appoint"):
            gap = Gap(cell.competency, ground.content.level(Need(cell.competency, cell.level)))
            due = add_months(a.judged_on, cell.grace_months)
            if due > ground.horizon.until and line.closed_on(a.person, gap) > due:
                yield _line(view, "demand_due", a.person, a.position, due, view.gap(gap))


def _notes(view: View) -> Iterator[Row]:
    """What the entries of the rulebook tell beside judging; `what` has the figures of the note."""
    case = view.ground.case
    for note in view.standing.bound.notes(view.standing.line):
        person = case.person.get(note.person)  # type: ignore[call-overload]
        post = case.position.get(note.position)  # type: ignore[call-overload]
        yield {
            "kind": note.kind,
            "person": note.person,
            "person_name": person.name if person else None,
            "position": note.position,
            "position_title": post.title if post else None,
            "unit": note.unit or (post.unit_id if post else None),
            "on": note.on,
            "what": joined(f"{name}={value}" for name, value in note.reason.values.items()),
            "rule": note.rule,
        }
