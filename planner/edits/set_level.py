"""`set_level: {person_id, competency, level, from}`: what if the person had that level, from a day or already."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from planner.domain.case import Case, Need, Qualification
from planner.domain.content import Content
from planner.domain.dates import OptionalDay
from planner.domain.errors import Finding
from planner.domain.findings import Names, error
from planner.domain.ids import CompetencyId, PersonId
from planner.edits.base import Edit, Pointer


class SetLevel(Edit):
    """The person's level of the competency is this one from `from` on; without it, since long ago.

    Rows of that level or a higher one go. Those of lower levels stay: until `from` they are what the person has.
    """

    needs_content: ClassVar[bool] = True

    person_id: PersonId
    competency: CompetencyId
    level: str
    from_: OptionalDay = Field(None, alias="from")

    @property
    def thing(self) -> tuple[str, ...]:
        return ("level", self.person_id, self.competency)

    def points_to(self) -> Iterable[Pointer]:
        return (("person_id", "people", self.person_id), ("competency", "competencies", self.competency))

    def problems(self, case: Case, content: Content) -> Iterator[Finding]:
        competency = content.competency[self.competency]
        if competency.unit:
            yield error("finding.months_are_counted", column="level", value=self.level, competency=competency.id)
        elif self.level not in competency.levels:
            near, choices = Names(competency.levels).suggest(self.level), ", ".join(competency.levels)
            yield error(
                "finding.not_a_level", column="level", value=self.level, suggestion=near, competency=competency.id,
                choices=choices,
            )  # fmt: skip

    def apply(self, case: Case, content: Content) -> Case:
        level = content.level(Need(self.competency, self.level))
        kept = tuple(q for q in case.qualifications if not self._replaces(q, level, content))
        row = Qualification(
            person_id=self.person_id, competency=self.competency, level=self.level, since=self.from_, source="set_level"
        )
        return replace(case, qualifications=(*kept, row), given=case.given | {"qualifications"})

    def _replaces(self, row: Qualification, level: int, content: Content) -> bool:
        same = (row.person_id, row.competency) == (self.person_id, self.competency)
        return same and content.level(Need(row.competency, row.level)) >= level
