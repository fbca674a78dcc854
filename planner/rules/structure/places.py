"""Training places: seats, class size, prerequisites, admission, and no two sessions of one person on one day.

Whoever the case enrols in a session has a place of it, and one of the course's places of the year: the plan gives what
is left. Where nothing is left a plan that gives no place breaks nothing, however many the case has enrolled.
"""

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
        row, attend = ground.case.session[session], count + ground.places_taken[session]
        if row.seats is not None and attend > row.seats:
            yield Violation("places", frozenset({session}), row.start, attend - row.seats, "places", "seats", True)
        if attend < row.min_seats:
            yield Violation("places", frozenset({session}), row.start, row.min_seats - attend, "places", "class", True)
    sessions = (ground.case.session[place.session] for place in line.plan.training)
    for (course, year), count in Counter((row.course_id, row.start.year) for row in sessions).items():
        seats, attend = ground.case.course[course].yearly_seats, count + ground.yearly_places_taken[course, year]
        if seats is not None and attend > seats:
            yield Violation("places", frozenset({course}), dt.date(year, 1, 1), attend - seats, "places", "year", True)
    for place in line.plan.training:
        yield from _judge(standing, place.person, place.session)


def _judge(standing: Standing, person: PersonId, session: SessionId) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    row, course = ground.case.session[session], ground.course_of(session)
    end, last_known = ground.session_end(session), ground.last_known_day(session)
    subjects = frozenset({person, session})
    if row.start < ground.horizon.as_of:
        yield Violation("places", subjects, row.start, scope="past", moved_in=True)
    if course.needs is not None:
        needed = Gap(course.needs.competency, ground.content.level(course.needs))
        # A course of one day ends on the day on which it begins, and is no reason to be admitted to itself.
        if line.closed_on(person, needed, without=session) > row.start:
            yield Violation("places", subjects, row.start, scope="prerequisite", moved_in=True)
    if not line.in_service(person, last_known):
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
    if held <= row.start or ground.closed_on(person, granted) <= last_known:
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
