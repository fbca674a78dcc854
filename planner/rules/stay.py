"""How long somebody has been in one place: the unbroken time at one rank in one unit that lasts to `as_of`."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from planner.domain.dates import ONE_DAY
from planner.domain.ids import PersonId, PositionId, UnitId
from planner.timeline import Ground


class Place(NamedTuple):
    """The posts of one rank in one unit: a change of seat within it does not begin a new stay."""

    unit: UnitId
    order: int


class Stay(NamedTuple):
    """A person in a place since a day."""

    place: Place
    since: dt.date


def place_of_post(ground: Ground, position: PositionId) -> Place:
    return Place(ground.case.position[position].unit_id, ground.order(position))


def stay_of(ground: Ground, person: PersonId) -> Stay | None:
    """The stay of a holder; None for a reserve, and where the case does not say since when.

    Rows of service of the same unit and rank that touch or overlap count together; acting is no stay.
    """
    home = ground.home[person]
    if home is None:
        return None
    place = place_of_post(ground, home)
    runs: list[tuple[dt.date, dt.date]] = []
    for row in ground.case.service_of[person]:
        unit = row.unit_id or (ground.case.position[row.position_id].unit_id if row.position_id else None)
        if (
            row.kind != "acting"
            and row.since is not None
            and unit == place.unit
            and ground.row_order(row) == place.order
        ):
            runs.append((row.since, row.until or dt.date.max - ONE_DAY))
    since: dt.date | None = None
    for start, end in sorted(runs, key=lambda run: run[1], reverse=True):
        last_needed = ground.horizon.as_of if since is None else since
        if end + ONE_DAY >= last_needed:
            since = start if since is None else min(since, start)
    return None if since is None else Stay(place, since)
