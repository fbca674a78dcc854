"""Who is of which office at `as_of`: in-house is who belongs to it, whichever its division."""

from __future__ import annotations

from planner.domain.ids import PersonId, UnitId
from planner.domain.offices import office_of
from planner.timeline.ground import Ground


def units_of(ground: Ground, person: PersonId) -> frozenset[UnitId]:
    """The units of a person at `as_of`: as the case says, of present service, and of the posts held."""
    units = {row.unit_id for row in ground.present_rows(person)} | {ground.case.person[person].unit_id}
    units |= {ground.case.position[p].unit_id for p in ground.held[person]}
    return frozenset(u for u in units if u)


def offices_of(ground: Ground, person: PersonId) -> frozenset[UnitId]:
    """The offices that a person belongs to; two for one on rotation."""
    return frozenset(office_of(ground.case, unit) for unit in units_of(ground, person))
