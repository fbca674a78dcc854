"""The plan: what comes out, as events, with the goal values that it claims.

Can be made by hand and judged without a solver.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId, RoundId, SessionId
from planner.domain.record import Record

PLAN_FORMAT = 1


class Departure(Record):
    """A holder or reserve leaves for good; `on` is the first day out of service."""

    person: PersonId
    on: dt.date
    cause: Literal["retirement", "leaves", "term_end", "vacancy", "closed"]


class ListEntry(Record):
    """One name of one list after a decided round: kept, added, or removed with a cause.

    `cause` of a removal: the id of the rule or structure check that the name fails, `leaves`, `appointed`,
    `decided` (a decision not_pool), or `replaced` (the plan gives the place to another; counted by goal keep).
    """

    position: PositionId
    person: PersonId
    round: RoundId
    on: dt.date
    status: Literal["keep", "add", "remove"]
    cause: str | None = None


class Place(Record):
    """A training place."""

    person: PersonId
    session: SessionId


class Rotation(Record):
    """A fixed-term move. `home` is the post left (None for a reserve); over on `end` (the first day after it)."""

    person: PersonId
    position: PositionId
    period: int
    start: dt.date
    end: dt.date
    home: PositionId | None = None
    return_to: PositionId | None = None
    purpose: str | None = None


class Appointment(Record):
    """Taking over a seat for good: judged on `judged_on` (δ), in effect on `on`, in the same period."""

    person: PersonId
    position: PositionId
    period: int
    judged_on: dt.date
    on: dt.date
    chain: int | None = None
    link: int | None = None


class Cover(Record):
    """A named deputy looks after an empty seat at the instant `period`."""

    person: PersonId
    position: PositionId
    period: int


class Successor(Record):
    """The one distinct person held ready for a position on `wanted_by`; None = nobody, and why."""

    position: PositionId
    wanted_by: dt.date
    person: PersonId | None = None
    why: str | None = None


class Plan(Record):
    """Events of a plan. Each tuple is sorted, so that equal plans are equal records."""

    format: int = PLAN_FORMAT
    departures: tuple[Departure, ...] = ()
    pools: tuple[ListEntry, ...] = ()
    training: tuple[Place, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    covers: tuple[Cover, ...] = ()
    successors: tuple[Successor, ...] = ()
    goals: Mapping[str, int] = Field(default_factory=dict)
    """Claimed value per goal (weighted whole numbers); recomputed by the verifier."""
