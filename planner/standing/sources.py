"""Sources of a unit: whom of its people, measured at division level, one may plan for higher posts within two years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planner.assess.posts import office_of, post_on, set_of
from planner.domain.case import Need, Session
from planner.domain.dates import ONE_DAY, add_months
from planner.domain.ids import CourseId, PersonId, PositionId, SessionId, UnitId
from planner.standing.standing import Standing
from planner.timeline.admission import allotted
from planner.timeline.ground import NEVER, Gap

AHEAD_MONTHS = 24


@dataclass(frozen=True)
class OpenGap:
    """What is lacking for an appointment, and the next thing that closes it.

    `closes_on`: time, or a course in progress, does it by itself on that day. Else `session`: the next class, from
    `start`; or `course` alone, where no class of it is announced. None of them: something else, as a rotation.
    `needs` is what must come before the class.
    """

    gap: Gap
    closes_on: dt.date | None = None
    course: CourseId | None = None
    session: SessionId | None = None
    start: dt.date | None = None
    needs: Need | None = None


@dataclass(frozen=True)
class Target:
    """A higher post of the same office for which the person is plannable from a day on."""

    position: PositionId
    on: dt.date
    gaps: tuple[OpenGap, ...]


@dataclass(frozen=True)
class Source:
    person: PersonId
    unit: UnitId | None
    targets: tuple[Target, ...]


def sources(standing: Standing, units: Collection[UnitId] | None = None) -> list[Source]:
    """Everyone in the units whose set has `sources`, with the posts they are plannable for within 24 months.

    Posts above the own one, in the own office, those of the own unit first; the plan's moves count. People without
    such a post are listed too.
    """
    ground = standing.ground
    case, as_of = ground.case, ground.horizon.as_of
    office = {p: office_of(case, case.position[p].unit_id) for p in ground.listable}
    found = []
    for person in case.person:
        post = post_on(case, ground.content, person, as_of)
        one = set_of(case, ground.content, post, as_of.year)
        if post is None or one is None or not one.sources or (units is not None and post.unit not in units):
            continue
        own, order = office_of(case, post.unit), ground.person_order[person]
        above = [p for p in ground.listable if office[p] == own and ground.order(p) > order]
        near = sorted(above, key=lambda p: case.position[p].unit_id != post.unit)
        found.append(Source(person, post.unit, tuple(_targets(standing, person, near))))
    return found


def _targets(standing: Standing, person: PersonId, positions: Iterable[PositionId]) -> list[Target]:
    found = []
    for position in positions:
        on = plannable_on(standing, person, position)
        if on is not None:
            found.append(Target(position, on, tuple(_gaps(standing, person, position))))
    return sorted(found, key=lambda t: t.on)


def plannable_on(standing: Standing, person: PersonId, position: PositionId) -> dt.date | None:
    """The first day from `as_of` on, within 24 months, on which the person may enter the list; None if there is none.

    A no lasts until the day on which it clears, or its rule ends; where neither is told no later day is tried.
    """
    ground, line = standing.ground, standing.line
    last = add_months(ground.horizon.as_of, AHEAD_MONTHS)
    day = max([ground.horizon.as_of, *(line.closed_on(person, g) for g in ground.demands(position, "plan"))])
    ends = {rule.id: rule.entry.until for rule in standing.bound.personal}
    while day <= last:
        if standing.plannable(person, position, day):
            return day
        verdict = standing.bound.allows(person, position, "plan", day)
        if verdict.ok:
            return None
        until = ends.get(verdict.rule or "")
        later = [d for d in (verdict.clears_on, until and until + ONE_DAY) if d and d > day]
        day = min(later, default=NEVER)
    return None


def _gaps(standing: Standing, person: PersonId, position: PositionId) -> list[OpenGap]:
    ground, line = standing.ground, standing.line
    found = []
    for gap in ground.demands(position, "appoint"):
        closed = line.closed_on(person, gap)
        if closed == NEVER:
            found.append(_by_course(standing, person, gap))
        elif closed > ground.horizon.as_of:
            found.append(OpenGap(gap, closes_on=closed))
    return found


def _by_course(standing: Standing, person: PersonId, gap: Gap) -> OpenGap:
    """The class that ends first, of those to come that grant the level and are open to the person's unit; classes
    whose demands are met go before others."""
    ground = standing.ground

    def grants(course: CourseId) -> bool:
        need = ground.case.course[course].grants
        return need.competency == gap.competency and ground.content.level(need) >= gap.level

    def order(session: Session) -> tuple[bool, dt.date, str]:
        lacks = _lacking(standing, person, session.course_id, session.start) is not None
        return lacks, ground.session_end(session.session_id), session.session_id

    courses = [c for c in ground.case.course if grants(c)]
    classes = [
        s for s in ground.case.sessions
        if s.course_id in courses and s.start >= ground.horizon.as_of and allotted(ground, person, s.session_id)
    ]  # fmt: skip
    if classes:
        first = min(classes, key=order)
        needs = _lacking(standing, person, first.course_id, first.start)
        return OpenGap(gap, course=first.course_id, session=first.session_id, start=first.start, needs=needs)
    if courses:
        lacks = {c: _lacking(standing, person, c, ground.horizon.as_of) for c in courses}
        best = min(courses, key=lambda c: (lacks[c] is not None, ground.content.level(ground.case.course[c].grants)))
        return OpenGap(gap, course=best, needs=lacks[best])
    return OpenGap(gap)


def _lacking(standing: Standing, person: PersonId, course: CourseId, day: dt.date) -> Need | None:
    """What the course asks for and the person lacks on the day."""
    needs = standing.ground.case.course[course].needs
    if needs is None:
        return None
    gap = Gap(needs.competency, standing.ground.content.level(needs))
    return needs if standing.line.closed_on(person, gap) > day else None
