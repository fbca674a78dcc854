"""Acting: one deputy for an empty seat at a time, present, and only where a rule lets someone act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    by_post = Counter((c.position, c.period) for c in line.plan.covers)
    by_person = Counter((c.person, c.period) for c in line.plan.covers)
    for cover in line.plan.covers:
        day = ground.horizon.instant(cover.period)
        subjects = frozenset({cover.person, cover.position})
        if not standing.bound.acting_rules(cover.position, day):
            yield Violation("cover", subjects, day, scope="no_rule", moved_in=True)
        if by_post[cover.position, cover.period] > 1 or by_person[cover.person, cover.period] > 1:
            yield Violation("cover", subjects, day, scope="twice", moved_in=True)
        for position, now in ground.covers_now.items():
            busy = now.person == cover.person and position != cover.position
            if busy and cover.person in line.acting(position, cover.period):
                yield Violation("cover", subjects, day, scope="twice", moved_in=True)
        if not line.empty(cover.position, cover.period):
            yield Violation("cover", subjects, day, scope="not_empty", moved_in=True)
        if not line.in_service(cover.person, day) or line.on_course(cover.person, day):
            yield Violation("cover", subjects, day, scope="absent", moved_in=True)
        here = ground.covers_now.get(cover.position)
        if here is not None and ground.horizon.instant(cover.period - 1) < here.end:
            yield Violation("cover", subjects, day, scope="in_progress", moved_in=True)
