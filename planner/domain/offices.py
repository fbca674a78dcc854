"""Which office a unit belongs to: a department with its divisions is one office, and so is a commune."""

from planner.domain.case import Case
from planner.domain.ids import UnitId

PROVINCE = "province"
"""A unit of this kind is above offices and is not the office of any."""


def upwards(case: Case, unit: UnitId) -> list[UnitId]:
    """From a unit to its office, the unit first."""
    found = [unit]
    while found[-1] in case.unit and (parent := case.unit[found[-1]].parent_id) in case.unit and parent not in found:
        if case.unit[parent].kind == PROVINCE:
            break
        found.append(parent)
    return found


def office_of(case: Case, unit: UnitId) -> UnitId:
    """The highest unit above (or the unit itself) that is not the province."""
    return upwards(case, unit)[-1]


def with_those_below(case: Case, unit: UnitId) -> frozenset[UnitId]:
    """The unit and every unit beneath it."""
    found, more = {unit}, True
    while more:
        below = {u.unit_id for u in case.units if u.parent_id in found} - found
        found |= below
        more = bool(below)
    return frozenset(found)
