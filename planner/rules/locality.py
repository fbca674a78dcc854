"""Which place a unit belongs to, and who is local there.

The definition is the office's own: `people.local_units` lists the places in which a person counts as local (birth,
home, growing up, main career: 65-QĐ/TW), set by its staff. An empty cell is not known, and bars nobody.
Source: 65-QĐ/TW; rules.md §2.3 local_definition.
"""

from __future__ import annotations

from planner.domain.ids import PersonId, PositionId, UnitId
from planner.timeline import Ground

PLACES = frozenset({"province", "district", "commune", "ward", "special_zone", "township"})
"""Kinds of units that are places."""


def place_of(ground: Ground, unit: UnitId) -> str:
    """The place of a unit: its `locality`, else the nearest unit at or above it that is a place, else the topmost."""
    units, current, seen = ground.case.unit, unit, {unit}
    while current in units:
        row = units[current]
        if row.locality:
            return row.locality
        if row.kind in PLACES or row.parent_id is None or row.parent_id in seen:
            return current
        current = row.parent_id
        seen.add(current)
    return current


def is_local(ground: Ground, person: PersonId, position: PositionId) -> bool:
    """Whether the person is local in the place of the post: it is one of the person's places, or holds one of them.

    Whoever is of a commune is of its province as well, not the other way round.
    """
    place = place_of(ground, ground.case.position[position].unit_id)
    text = ground.case.person[person].local_units or ""
    for own in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        if place in (own, *ground.unit_and_above(UnitId(own))):
            return True
    return False
