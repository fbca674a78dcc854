"""`new_session: {session_id, course_id, start, seats, …}`: one more class."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from planner.domain.case import Case, Session
from planner.domain.catalogue import missing_courses, with_courses
from planner.domain.content import Content
from planner.domain.dates import Day, OptionalDay
from planner.domain.errors import Finding
from planner.domain.findings import error
from planner.domain.ids import CourseId, SessionId
from planner.edits.base import Edit, Pointer


class NewSession(Edit):
    """A row of `sessions`, of a course of the case or of the catalogue. It is assumed: nobody has announced it."""

    needs_content: ClassVar[bool] = True

    session_id: SessionId
    course_id: CourseId
    start: Day
    end: OptionalDay = None
    seats: int = Field(ge=1)
    min_seats: int = Field(0, ge=0)
    allotted_to: str | None = None
    cost: float | None = Field(None, ge=0)

    @property
    def thing(self) -> tuple[str, ...]:
        return ("session", self.session_id)

    def points_to(self) -> Iterable[Pointer]:
        return (("course_id", "courses", self.course_id),)

    def problems(self, case: Case, content: Content) -> Iterator[Finding]:
        if self.session_id in case.session:
            yield error("finding.session_exists", column="session_id", value=self.session_id)
        if self.end is not None and self.end < self.start:
            yield error("finding.ends_before_start", column="end", value=self.end, start=self.start)
        if self.min_seats > self.seats:
            yield error("finding.too_large", column="min_seats", value=self.min_seats, limit=self.seats)

    def apply(self, case: Case, content: Content) -> Case:
        row = Session(**self.model_dump(), status="assumed")
        case = replace(case, sessions=(*case.sessions, row), given=case.given | {"sessions"})
        return with_courses(case, missing_courses(case, content.courses))
