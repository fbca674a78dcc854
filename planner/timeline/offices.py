"""Which office a unit belongs to, and who is of the office: in-house is who belongs to it, whichever its division."""

from __future__ import annotations

from planner.assess import posts
from planner.domain.ids import PersonId, UnitId
from planner.timeline.ground import Ground


def upwards(ground: Ground, unit: UnitId) -> list[UnitId]:
    """From a unit to its office, the unit first."""
    return posts.upwards(ground.case, unit)


def office(ground: Ground, unit: UnitId) -> UnitId:
    """The highest unit above (or the unit itself) that is not the province."""
    return upwards(ground, unit)[-1]


def units_of(ground: Ground, person: PersonId) -> frozenset[UnitId]:
    """The units of a person at `as_of`: as the case says, of present service, and of the posts held."""
    units = {row.unit_id for row in ground.present_rows(person)} | {ground.case.person[person].unit_id}
    units |= {ground.case.position[p].unit_id for p in ground.held[person]}
    return frozenset(u for u in units if u)


def offices_of(ground: Ground, person: PersonId) -> frozenset[UnitId]:
    """The offices that a person belongs to; two for one on rotation."""
    return frozenset(office(ground, unit) for unit in units_of(ground, person))
