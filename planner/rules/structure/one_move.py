"""One rotation and one appointment per person; no appointment before a rotation has run, no rotation after one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    line = standing.line
    for person in sorted({*line.appointments, *line.rotations}):
        appointments, rotations = line.appointments.get(person, []), line.rotations.get(person, [])
        if len(appointments) > 1:
            yield Violation(
                "one_move", frozenset({person}), None, len(appointments) - 1, moved_in=True, scope="appoint"
            )
        if len(rotations) > 1:
            yield Violation("one_move", frozenset({person}), None, len(rotations) - 1, moved_in=True, scope="rotate")
        for a in appointments:
            for r in rotations:
                if a.judged_on < r.end or a.position == r.position:
                    yield Violation("one_move", frozenset({person, a.position}), a.judged_on, moved_in=True)
        now = line.ground.rotations_now.get(person)
        if now is not None and now.end is not None:
            for on in [a.judged_on for a in appointments] + [r.start for r in rotations]:
                if on < now.end and not standing.bound.may_end_rotation(person, on):
                    yield Violation("one_move", frozenset({person}), on, moved_in=True, scope="in_progress")
