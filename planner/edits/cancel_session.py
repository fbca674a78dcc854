"""`cancel_session: {session_id}`: the class is not held."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.domain.case import Case
from planner.domain.content import Content
from planner.domain.errors import Finding
from planner.domain.findings import warning
from planner.domain.ids import SessionId
from planner.edits.base import Edit, Pointer


class CancelSession(Edit):
    """The session goes, and with it who is enrolled in it and every decision on a place in it."""

    session_id: SessionId

    @property
    def thing(self) -> tuple[str, ...]:
        return ("session", self.session_id)

    def points_to(self) -> Iterable[Pointer]:
        return (("session_id", "sessions", self.session_id),)

    def problems(self, case: Case, content: Content) -> Iterator[Finding]:
        enrolled = {e.person_id for e in case.enrolments if e.session_id == self.session_id}
        sent = {d.person_id for d in case.decisions if d.session_id == self.session_id and d.status == "decided"}
        people = sorted(enrolled | sent)
        if people:
            yield warning(
                "finding.places_cancelled", column="session_id", value=self.session_id, people=", ".join(people)
            )

    def apply(self, case: Case, content: Content) -> Case:
        return replace(
            case,
            sessions=tuple(s for s in case.sessions if s.session_id != self.session_id),
            enrolments=tuple(e for e in case.enrolments if e.session_id != self.session_id),
            decisions=tuple(d for d in case.decisions if d.session_id != self.session_id),
        )
