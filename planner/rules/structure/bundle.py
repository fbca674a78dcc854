"""Posts held with another are no seats of their own: nobody is moved to one alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.plan import Appointment, Cover, Rotation, Successor
from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    plan, ground = standing.line.plan, standing.ground
    seats, lists = set(ground.full_time), set(ground.listable)
    events: list[Appointment | Rotation | Cover | Successor] = [
        *plan.appointments,
        *plan.rotations,
        *plan.covers,
        *plan.successors,
    ]
    for event in events:
        if event.position not in seats:
            yield Violation("bundle", frozenset({event.position}), moved_in=True, scope=type(event).__name__)
    for entry in plan.pools:
        if entry.position not in lists:
            yield Violation("bundle", frozenset({entry.position}), entry.on, moved_in=True, scope="ListEntry")
