"""`stays: {person_id, from}`: the person does not leave, neither on `from` nor later; without it, not at all."""

from collections.abc import Iterable

from pydantic import Field

from planner.domain.case import Case, Decision
from planner.domain.content import Content
from planner.domain.dates import OptionalDay
from planner.domain.ids import PersonId
from planner.edits.base import Edit, Pointer, decided


class Stays(Edit):
    """A decision `stays`; an earlier decision `leaves` of the same person is gone."""

    person_id: PersonId
    from_: OptionalDay = Field(None, alias="from")

    @property
    def thing(self) -> tuple[str, ...]:
        return ("leaves", self.person_id)

    def points_to(self) -> Iterable[Pointer]:
        return (("person_id", "people", self.person_id),)

    def apply(self, case: Case, content: Content) -> Case:
        return decided(case, Decision(kind="stays", person_id=self.person_id, from_=self.from_, status="decided"))
