"""The head nominates one person for each seat directly below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule
from planner.timeline import Timeline


class HeadNominates(InfoRule):
    """For a seat beside or directly below a head that head nominates one person, and answers for it.

    Told for each appointment of the plan, with the head who sits on that day: of the unit, and for the post of a head
    that of the unit above. Nothing is told where no head sits. Source: 142-QĐ/TW; rules.md §2.2 head_nominates_one.
    """

    name = "head_nominates"

    def nominator(self, line: Timeline, position: PositionId, day: dt.date) -> PersonId | None:
        """The head who sits above the post before the moves of the day."""
        case = self.ground.case
        row = case.position[position]
        unit = case.unit[row.unit_id].parent_id if row.head else row.unit_id
        heads = [p for p in self.ground.posts_of_unit.get(unit, ()) if case.position[p].head] if unit else []
        sitting = (i for p in heads for i in (*self.ground.incumbents[p], *line.entrants(p, day)))
        return next((i for i in sitting if line.post_before_moves(i, day) in heads), None)

    def notes(self, line: Timeline) -> Iterator[Note]:
        for a in line.plan.appointments:
            if not self.in_force(a.on) or not self.applies(a.position):
                continue
            head = self.nominator(line, a.position, a.on)
            if head is not None and head != a.person:
                reason = Reason("note.head_nominates", {"head": self.ground.case.person[head].name})
                yield Note(self.id, reason, a.person, a.position, on=a.on)
