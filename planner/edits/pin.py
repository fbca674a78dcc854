"""`pin: {kind, person_id, position_id, session_id, from, …}`: a decision that binds, a row of `decisions`."""

from collections.abc import Iterable, Iterator

from pydantic import Field

from planner.domain.case import DECISION_NEEDS, Case, Decision, DecisionKind
from planner.domain.content import Content
from planner.domain.dates import OptionalDay
from planner.domain.errors import Finding
from planner.domain.findings import error
from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.record import OrNone
from planner.edits.base import Edit, Pointer, decided, decision_thing


class Pin(Edit):
    """A decided row of `decisions`; it replaces one of the same thing, or of its contrary."""

    kind: DecisionKind
    person_id: PersonId
    position_id: OrNone[PositionId] = None
    session_id: OrNone[SessionId] = None
    from_: OptionalDay = Field(None, alias="from")
    until: OptionalDay = None
    decision_no: str | None = None
    note: str | None = None

    @property
    def decision(self) -> Decision:
        return Decision(**self.model_dump(), status="decided")

    @property
    def thing(self) -> tuple[str, ...]:
        return decision_thing(self.decision)

    def points_to(self) -> Iterable[Pointer]:
        return (
            ("person_id", "people", self.person_id),
            ("position_id", "positions", self.position_id),
            ("session_id", "sessions", self.session_id),
        )

    def problems(self, case: Case, content: Content) -> Iterator[Finding]:
        column = DECISION_NEEDS[self.decision.kind]
        if column and getattr(self, "from_" if column == "from" else column) is None:
            yield error("finding.decision_needs", column=column, kind=self.decision.kind)
        if self.from_ and self.until and self.until < self.from_:
            yield error("finding.ends_before_start", column="until", value=self.until, start=self.from_)

    def apply(self, case: Case, content: Content) -> Case:
        return decided(case, self.decision)
