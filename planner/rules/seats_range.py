"""How many seats a body may have: told, since no plan changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pydantic import Field

from planner.domain.ids import UnitId
from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule, RuleParams
from planner.timeline import Timeline


class SeatsRange(InfoRule):
    """The seats of the posts of `applies_to`, memberships too, are between `min` and `max` in each unit that has such
    posts. Posts whose seats the case does not give are left out.

    Source: 45-CT/TW, 301-QĐ/TW; rules.md §2.7 cap_commune_committee, cap_front_province.
    """

    name = "seats_range"

    class Params(RuleParams):
        min: int = Field(0, ge=0, description="seats")
        max: int = Field(ge=0, description="seats")

    params: Params

    def notes(self, line: Timeline) -> Iterator[Note]:
        as_of = self.ground.horizon.as_of
        seats: defaultdict[UnitId, int] = defaultdict(int)
        for position in self.ground.case.positions:
            if position.seats is not None and self.applies(position.position_id):
                seats[position.unit_id] += position.seats
        for unit, number in seats.items():
            if self.in_force(as_of) and not self.params.min <= number <= self.params.max:
                values = {"number": number, "min": self.params.min, "max": self.params.max}
                yield Note(self.id, Reason("note.seats_out_of_range", values), unit=unit)
