"""How long a rotation lasts. Without such a rule there are no rotations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.dates import add_months
from planner.domain.ids import PersonId
from planner.domain.violation import Violation
from planner.rules.base import Rule, RuleParams
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class RotationLength(Rule):
    """A rotation lasts `months`, counted by dates; then the person is free. Of several entries the longest
    counts, and the structure wants exactly that. An exemption lets the rotation that somebody is on at `as_of` end
    sooner than planned, by an appointment or another rotation up to its last day: an earlier change needs a decision.

    Source: 65-QĐ/TW; rules.md §2.3 rot_min_duration.
    """

    name = "rotation_length"
    kind = "time"
    may_advise = False

    class Params(RuleParams):
        months: int = Field(36, ge=1, description="months")

    params: Params

    def check(self, line: Timeline) -> Iterator[Violation]:
        for r in line.plan.rotations:
            if self.in_force(r.start) and self.applies(r.position):
                if r.end < add_months(r.start, self.params.months):
                    yield Violation(self.id, frozenset({r.person, r.position}), r.start, 1, "rotations", moved_in=True)

        for person in dict.fromkeys([*line.appointments, *line.rotations]):
            moves = [a.judged_on for a in line.appointments.get(person, ())]
            for on in [*moves, *(r.start for r in line.rotations.get(person, ()))]:
                now = self.ground.rotations_now.get(person)
                if now is not None and now.end is not None and on < now.end:
                    if self.asks_of_the_case(person, on) and not self.lets_end(person, on):
                        about = frozenset({person, now.position})
                        yield Violation(self.id, about, on, 1, "rotations", "in_progress", moved_in=True)

    def asks_of_the_case(self, person: PersonId, day: dt.date) -> bool:
        """Whether the rule is about the rotation that the person is on at `as_of`."""
        now = self.ground.rotations_now.get(person)
        return now is not None and self.in_force(day) and self.applies(now.position)

    def lets_end(self, person: PersonId, day: dt.date) -> bool:
        """Whether an exemption lets it end by the day."""
        now = self.ground.rotations_now[person]
        return self.waiver_for((person, now.position), day) is not None

    def post(self, problem: Problem, program: Program) -> None:
        """Nothing: the length is in the dates of the rotation columns, which exist only where a rule gives one."""
