"""A rotation exists only where a rule gives its length, for holders and for reserves who are planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.dates import add_months
from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    for r in line.plan.rotations:
        subjects = frozenset({r.person, r.position})
        months = standing.bound.rotation_months(r.position, r.start)
        if months is None:
            yield Violation("rotation", subjects, r.start, scope="no_length", moved_in=True)
        elif r.end != add_months(r.start, months):
            yield Violation("rotation", subjects, r.start, scope="length", moved_in=True)
        if r.start != ground.horizon.start(r.period) or r.home != ground.home[r.person]:
            yield Violation("rotation", subjects, r.start, scope="event", moved_in=True)
        if ground.case.person[r.person].open_to_rotation is False:
            yield Violation("rotation", subjects, r.start, scope="not_open", moved_in=True)
        if r.home is None and not any(r.person in standing.names_on(p, r.start) for p in ground.listable):
            yield Violation("rotation", subjects, r.start, scope="not_planned", moved_in=True)
