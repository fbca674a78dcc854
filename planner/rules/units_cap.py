"""How many units of some kinds there may be: told, since no plan changes it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from planner.domain.case import Unit
from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule, RuleParams
from planner.rules.locality import place_of
from planner.timeline import Timeline


class UnitsCap(InfoRule):
    """At `as_of` there are at most `max` units of `kinds`; with `per` at most so many on average for each place that
    has a unit of those kinds (a unit belongs to its `locality`, else to the nearest place above). Told where there are
    more.

    Source: 150/2025, 370/2025; rules.md §2.7 cap_departments, cap_commune_orgs.
    """

    name = "units_cap"

    class Params(RuleParams):
        kinds: tuple[str, ...] = Field(min_length=1, description="kinds of units that are counted")
        max: float = Field(ge=0, description="units, or units on average")
        per: tuple[str, ...] = Field((), description="kinds of units whose places the average is taken over")

    params: Params

    def _exists(self, unit: Unit) -> bool:
        as_of = self.ground.horizon.as_of
        created = unit.created_on is None or unit.created_on <= as_of
        return created and (unit.closed_on is None or unit.closed_on > as_of)

    def notes(self, line: Timeline) -> Iterator[Note]:
        if not self.in_force(self.ground.horizon.as_of):
            return
        units = [u for u in self.ground.case.units if self._exists(u)]
        counted = [u for u in units if u.kind in self.params.kinds]
        if not self.params.per:
            if len(counted) > self.params.max:
                values = {"number": len(counted), "max": self.params.max}
                yield Note(self.id, Reason("note.too_many_units", values))
            return
        places = {place_of(self.ground, u.unit_id) for u in units if u.kind in self.params.per}
        inside = sum(place_of(self.ground, u.unit_id) in places for u in counted)
        if places and inside > self.params.max * len(places):
            average = round(inside / len(places), 2)
            yield Note(self.id, Reason("note.too_many_units_each", {"average": average, "max": self.params.max}))
