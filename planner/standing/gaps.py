"""What a person lacks for a post, and what closes each gap: time, a course or a rotation; with its day where known."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from planner.domain.case import Need, Session
from planner.domain.ids import CompetencyId, CourseId, PersonId, PositionId, RankCode
from planner.timeline import Ground, Timeline
from planner.timeline.admission import allotted, in_post
from planner.timeline.ground import NEVER, Gap
from planner.timeline.replay import months_by_rotation

Closing = Literal[
    "time", "enrolment", "course", "rotation", "possible_course", "wanted_course", "wanted_rotation", "wanted_service",
    "open",
]  # fmt: skip
"""How a gap is closed. Settled: by `time` (service goes on), an `enrolment` of the case, a `course` place or a
`rotation` of the plan. Not settled: the next class that the person could attend (`possible_course`), a course for
which no class is known, a rotation or service at a rank that nobody has planned, or nothing known (`open`)."""

SETTLED: tuple[Closing, ...] = ("time", "enrolment", "course", "rotation")


@dataclass(frozen=True)
class OpenGap:
    """A demand that is open at `as_of`. `action`: a session, course or position; `on`: the day the level counts.

    `needs`: what a class or course that is not settled presupposes, and the person lacks when it begins.
    """

    gap: Gap
    by: Closing
    action: str | None = None
    on: dt.date | None = None
    needs: Need | None = None

    @property
    def is_settled(self) -> bool:
        return self.by in SETTLED


class Gaps:
    """The open gaps of people for posts on a timeline. Keeps what it has found: many posts ask for the same."""

    def __init__(self, line: Timeline) -> None:
        self.line = line
        self.ground: Ground = line.ground
        self._classes: defaultdict[CompetencyId, list[tuple[dt.date, Session, Gap]]] = defaultdict(list)
        for row in self.ground.case.sessions:
            end = self.ground.session_end(row.session_id)
            if row.start >= self.ground.horizon.as_of and end < NEVER:
                granted = self.ground.granted(row.session_id)
                self._classes[granted.competency].append((end, row, granted))
        for classes in self._classes.values():
            classes.sort(key=lambda c: (c[0], c[1].session_id))
        self._found: dict[tuple[PersonId, RankCode, Gap], OpenGap] = {}

    def of(self, person: PersonId, position: PositionId, stage: Literal["plan", "appoint"]) -> tuple[OpenGap, ...]:
        """Every demand of the stage that the person does not meet at `as_of`, in the order of the standard."""
        demands = self.ground.demands(position, stage)
        as_of, rank = self.ground.horizon.as_of, self.ground.case.position[position].rank
        return tuple(self.open(person, rank, g) for g in demands if self.line.closed_on(person, g) > as_of)

    def open(self, person: PersonId, rank: RankCode, gap: Gap) -> OpenGap:
        """One demand that is not met at `as_of`, of a post of the rank."""
        key = (person, rank, gap)
        if key not in self._found:
            on = self.line.closed_on(person, gap)
            self._found[key] = self._settled(person, gap, on) if on < NEVER else self._wanted(person, rank, gap)
        return self._found[key]

    def _settled(self, person: PersonId, gap: Gap, on: dt.date) -> OpenGap:
        ground, line = self.ground, self.line
        if ground.closed_on(person, gap) > on:  # the plan closes it
            for place in line.plan.training:
                granted = ground.granted(place.session)
                if place.person == person and _grants(granted, gap) and ground.session_end(place.session) == on:
                    return OpenGap(gap, "course", place.session, on)
            for rotation in line.rotations.get(person, ()):
                if months_by_rotation(ground, gap, rotation.start) == on:
                    return OpenGap(gap, "rotation", rotation.position, on)
        for course, run in ground.enrolled.get(person, ()):
            granted = Gap(course.grants.competency, ground.content.level(course.grants))
            if run.end == on and _grants(granted, gap):
                return OpenGap(gap, "enrolment", course.course_id, on)
        return OpenGap(gap, "time", None, on)

    def _wanted(self, person: PersonId, rank: RankCode, gap: Gap) -> OpenGap:
        if self.ground.content.competency[gap.competency].unit == "months":
            by_rotation = months_by_rotation(self.ground, gap, self.ground.horizon.as_of) is not None
            return OpenGap(gap, "wanted_rotation" if by_rotation else "wanted_service")
        session = self.next_class(person, rank, gap)
        if session is not None:
            end = self.ground.session_end(session.session_id)
            needs = self._lacking(person, session.course_id, session.start)
            return OpenGap(gap, "possible_course", session.session_id, end, needs)
        course = self._course(person, gap)
        if course is None:
            return OpenGap(gap, "open")
        return OpenGap(gap, "wanted_course", course, None, self._lacking(person, course, self.ground.horizon.as_of))

    def next_class(self, person: PersonId, rank: RankCode, gap: Gap) -> Session | None:
        """The class that grants the level first among those that the person could attend, as planned for the rank.

        It begins on `as_of` or later, takes the person's unit and those planned for such a post, ends in service,
        runs beside no course in progress, and what it presupposes is there when it begins, if need be by another
        class. Places are not counted: whether there is one is for the plan to say.
        """
        return self._next_class(person, rank, gap, NEVER, frozenset())

    def _next_class(
        self, person: PersonId, rank: RankCode, gap: Gap, before: dt.date, asked: frozenset[Gap]
    ) -> Session | None:
        for end, row, granted in self._classes[gap.competency]:
            if end > before:
                return None
            if granted.level < gap.level or not self.line.in_service(person, end):
                continue
            if any(run.start <= end and row.start <= run.end for _, run in self.ground.enrolled.get(person, ())):
                continue
            if not self._takes(person, rank, row):
                continue
            needs = self._lacking(person, row.course_id, row.start)
            if needs is None:
                return row
            needed = Gap(needs.competency, self.ground.content.level(needs))
            if needed not in asked and self._next_class(person, rank, needed, row.start, asked | {gap}) is not None:
                return row
        return None

    def _takes(self, person: PersonId, rank: RankCode, session: Session) -> bool:
        """Whether the class is open to the person, in post or, where it may be, as one planned for the rank."""
        admits = self.ground.case.course[session.course_id].admits
        if not allotted(self.ground, person, session.session_id):
            return False
        if admits is None or in_post(self.ground, self.line.expected, person, session.session_id):
            return True
        return admits.planned and (not admits.ranks or rank in admits.ranks)

    def _course(self, person: PersonId, gap: Gap) -> CourseId | None:
        """A course of the catalogue that grants the level though no class is known: one whose demands are met before
        others, then the least level that will do, then as the case lists them."""
        as_of, content = self.ground.horizon.as_of, self.ground.content
        courses = [
            (self._lacking(person, c.course_id, as_of) is not None, content.level(c.grants), number, c.course_id)
            for number, c in enumerate(self.ground.case.courses)
            if c.grants.competency == gap.competency and content.level(c.grants) >= gap.level
        ]
        return min(courses)[-1] if courses else None

    def _lacking(self, person: PersonId, course: CourseId, day: dt.date) -> Need | None:
        """What the course presupposes and the person lacks on the day."""
        needs = self.ground.case.course[course].needs
        if needs is None:
            return None
        needed = Gap(needs.competency, self.ground.content.level(needs))
        return needs if self.line.closed_on(person, needed) > day else None


def _grants(granted: Gap, wanted: Gap) -> bool:
    return granted.competency == wanted.competency and granted.level >= wanted.level
