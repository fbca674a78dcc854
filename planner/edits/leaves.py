"""`leaves: {person_id, from}`: the person is out of service from that day on."""

from collections.abc import Iterable

from pydantic import Field

from planner.domain.case import Case, Decision
from planner.domain.content import Content
from planner.domain.dates import Day
from planner.domain.ids import PersonId
from planner.edits.base import Edit, Pointer, decided


class Leaves(Edit):
    """A decision `leaves`; it replaces an earlier one, and a decision `stays`, of the same person."""

    person_id: PersonId
    from_: Day = Field(alias="from")

    @property
    def thing(self) -> tuple[str, ...]:
        return ("leaves", self.person_id)

    def points_to(self) -> Iterable[Pointer]:
        return (("person_id", "people", self.person_id),)

    def apply(self, case: Case, content: Content) -> Case:
        return decided(case, Decision(kind="leaves", person_id=self.person_id, from_=self.from_, status="decided"))
