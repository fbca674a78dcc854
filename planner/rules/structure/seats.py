"""Not more holders than seats at an instant. Surplus of the case may only shrink, and nobody comes in while it lasts.

The days of the events agree with their periods: an appointment is judged on δ and takes effect when a seat is free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.violation import Violation
from planner.timeline.dating import Move, dated

if TYPE_CHECKING:
    from planner.standing import Standing

RULE = "seats"


def check(standing: Standing) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    for t in ground.horizon.periods:
        yield from on_day(standing, ground.horizon.instant(t))
    plan = line.plan
    moves = [Move(a.person, a.position, a.period) for a in plan.appointments]
    for was, wanted in zip(
        sorted(plan.appointments, key=_key), dated(line.expected, moves, plan.rotations), strict=True
    ):
        if was != wanted:
            yield Violation(RULE, frozenset({was.person, was.position}), was.on, moved_in=True, scope="day")


def _key(a):  # type: ignore[no-untyped-def]
    return a.person, a.position, a.period


def on_day(standing: Standing, day: dt.date) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    for position in ground.full_time:
        over = len(line.holders(position, day)) - ground.seats[position]
        if over > 0:
            entered = bool(line.entrants(position, day))
            yield Violation(RULE, frozenset({position}), day, over, "holders", moved_in=entered)
