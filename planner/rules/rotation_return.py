"""Where somebody on rotation goes afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule
from planner.timeline import Timeline


class RotationReturn(InfoRule):
    """A rotation names the post that is planned after it; those that name none are told, in progress or planned.

    Source: plans by 65-QĐ/TW; rules.md §2.3 rot_return_plan.
    """

    name = "rotation_return"

    def notes(self, line: Timeline) -> Iterator[Note]:
        as_of = self.ground.horizon.as_of
        for now in sorted(self.ground.rotations_now.values(), key=lambda n: n.person):
            if now.return_to is None and self.applies(now.position) and self.in_force(as_of):
                yield Note(self.id, Reason("note.no_return_post"), now.person, now.position, on=now.end)
        for r in line.plan.rotations:
            if r.return_to is None and self.applies(r.position) and self.in_force(r.start):
                yield Note(self.id, Reason("note.no_return_post"), r.person, r.position, on=r.end)
