"""Who takes over is in service at the end of that period, not absent on the day, and not the holder already.

Where the seat is opened by a move of the plan that day may be any from δ to the end of the period: nobody takes it over
who is on a full-time course on one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.dates import ONE_DAY
from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    for a in line.plan.appointments:
        subjects = frozenset({a.person, a.position})
        if not line.in_service(a.person, ground.horizon.instant(a.period)):
            yield Violation("in_service", subjects, a.judged_on, moved_in=True)
        waits = line.expected.is_opened_by_a_move(a.position, a.period)
        last = ground.horizon.instant(a.period) if waits else a.judged_on
        if line.on_course_within(a.person, a.judged_on, last):
            yield Violation("in_service", subjects, a.judged_on, moved_in=True, scope="absent")
        if a.position in ground.held[a.person]:
            yield Violation("in_service", subjects, a.judged_on, moved_in=True, scope="holder")
    for r in line.plan.rotations:
        subjects = frozenset({r.person, r.position})
        if not line.in_service(r.person, r.end - ONE_DAY):
            yield Violation("in_service", subjects, r.start, moved_in=True)
        if line.on_course(r.person, r.start):
            yield Violation("in_service", subjects, r.start, moved_in=True, scope="absent")
        if r.position in ground.held[r.person]:
            yield Violation("in_service", subjects, r.start, moved_in=True, scope="holder")
