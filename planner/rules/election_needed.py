"""An elected post is not filled by an appointment alone."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule
from planner.timeline import Timeline


class ElectionNeeded(InfoRule):
    """Whom the plan puts into an elected post is nominated, must then be elected, and the result approved.

    Told for each such appointment. Source: NĐ 300/2025; rules.md §2.2 probation_elected.
    """

    name = "election_needed"

    def notes(self, line: Timeline) -> Iterator[Note]:
        for a in line.plan.appointments:
            elected = self.ground.case.position[a.position].filled_by == "elect"
            if elected and self.in_force(a.on) and self.applies(a.position):
                yield Note(self.id, Reason("note.election_needed"), a.person, a.position, on=a.on)
