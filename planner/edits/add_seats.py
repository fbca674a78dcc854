"""`add_seats: {session_id, seats}`: more places in a session."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pydantic import Field

from planner.domain.case import Case
from planner.domain.content import Content
from planner.domain.errors import Finding
from planner.domain.findings import error
from planner.domain.ids import SessionId
from planner.edits.base import Edit, Pointer


class AddSeats(Edit):
    """`seats` places more than the session has."""

    session_id: SessionId
    seats: int = Field(ge=1)

    @property
    def thing(self) -> tuple[str, ...]:
        return ("session", self.session_id)

    def points_to(self) -> Iterable[Pointer]:
        return (("session_id", "sessions", self.session_id),)

    def problems(self, case: Case, content: Content) -> Iterator[Finding]:
        if case.session[self.session_id].seats is None:
            yield error("finding.places_unknown", column="session_id", value=self.session_id)

    def apply(self, case: Case, content: Content) -> Case:
        sessions = tuple(
            s.model_copy(update={"seats": (s.seats or 0) + self.seats}) if s.session_id == self.session_id else s
            for s in case.sessions
        )
        return replace(case, sessions=sessions)
