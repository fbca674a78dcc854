"""In which way an appointment whose term ends can go on."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from planner.domain.violation import Note, Reason
from planner.rules.appointment_term import terms_ending
from planner.rules.base import InfoRule, RuleParams
from planner.rules.months_left import months_left
from planner.timeline import Timeline


class Reappointment(InfoRule):
    """At the end of a term: with `full` months left a new one, with `rest` one to retirement, with fewer an extension.

    Source: NĐ 138/2020, NĐ 170/2025; rules.md §2.2 reappt_window.
    """

    name = "reappointment"

    class Params(RuleParams):
        months: int = Field(60, ge=1, description="months of one appointment")
        full: int = Field(60, ge=0, description="months left that allow a whole new term")
        rest: int = Field(24, ge=0, description="months left that allow a term to retirement")

    params: Params

    def notes(self, line: Timeline) -> Iterator[Note]:
        content, case = line.ground.content, line.ground.case
        for person, position, end in terms_ending(self, line, self.params.months):
            left = months_left(content.retires_on(case.person[person]), end)
            if left >= self.params.full:
                reason = Reason("note.reappoint_full", {"left": left})
            elif left >= self.params.rest:
                reason = Reason("note.reappoint_to_retirement", {"left": left})
            else:
                reason = Reason("note.extend_to_retirement", {"left": left})
            yield Note(self.id, reason, person, position, on=end)
