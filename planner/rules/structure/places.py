"""Training places: seats, class size, prerequisites, admission, and no two sessions of one person on one day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, SessionId
from planner.domain.violation import Violation
from planner.timeline.admission import allotted, in_post
from planner.timeline.ground import Gap

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    counts = Counter(place.session for place in line.plan.training)
    for session, count in counts.items():
        row = ground.case.session[session]
        if row.seats is not None and count > row.seats:
            yield Violation("places", frozenset({session}), row.start, count - row.seats, "places", "seats", True)
        if count < row.min_seats:
            yield Violation("places", frozenset({session}), row.start, row.min_seats - count, "places", "class", True)
    for place in line.plan.training:
        yield from _judge(standing, place.person, place.session)


def _judge(standing: Standing, person: PersonId, session: SessionId) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    row, course, end = ground.case.session[session], ground.course_of(session), ground.session_end(session)
    subjects = frozenset({person, session})
    if row.start < ground.horizon.as_of:
        yield Violation("places", subjects, row.start, scope="past", moved_in=True)
    if course.needs is not None:
        needed = Gap(course.needs.competency, ground.content.level(course.needs))
        if line.closed_on(person, needed) > row.start:
            yield Violation("places", subjects, row.start, scope="prerequisite", moved_in=True)
    if not line.in_service(person, end):
        yield Violation("places", subjects, row.start, scope="in_service", moved_in=True)
    granted = ground.granted(session)
    others = [p.session for p in line.plan.training if p.person == person and p.session != session]
    if sum(p.person == person and p.session == session for p in line.plan.training) > 1:
        yield Violation("places", subjects, row.start, scope="twice", moved_in=True)
    held = min(
        [ground.closed_on(person, granted)]
        + [
            ground.session_end(o)
            for o in others
            if ground.granted(o).competency == granted.competency and ground.granted(o).level >= granted.level
        ]
    )
    if held <= row.start or ground.closed_on(person, granted) <= end:
        yield Violation("places", subjects, row.start, scope="has_level", moved_in=True)
    runs: list[tuple[dt.date, dt.date]] = [(ground.case.session[o].start, ground.session_end(o)) for o in others]
    runs += [(run.start, run.end) for _, run in ground.enrolled.get(person, ())]
    if any(start <= end and row.start <= last for start, last in runs):
        yield Violation("places", subjects, row.start, scope="same_day", moved_in=True)
    if not allotted(ground, person, session):
        yield Violation("places", subjects, row.start, scope="allotted", moved_in=True)
    if course.admits is not None and not in_post(ground, line.expected, person, session):
        lists = ground.listable_of(course.admits.ranks)
        planned = course.admits.planned and any(person in standing.names_on(p, row.start) for p in lists)
        if not planned:
            yield Violation("places", subjects, row.start, scope="admits", moved_in=True)
