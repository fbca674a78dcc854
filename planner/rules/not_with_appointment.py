"""Not planned for a post and appointed to it in one round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class NotWithAppointment(LinearRule):
    """A person newly in a list is not appointed to that post in the period of the round, nor proposed for it then.

    Proposed is who has a recorded decision `appoint` for the post with a day in that period, be it decided or not.
    Source: 377-QĐ/TW; rules.md §2.1 pool_not_with_appointment.
    """

    name = "not_with_appointment"
    kind = "time"

    @cached_property
    def proposed(self) -> frozenset[tuple[PersonId, PositionId, int | None]]:
        """(person, post, period) of the recorded proposals of appointment."""
        period_of = self.ground.horizon.period_of
        return frozenset(
            (d.person_id, d.position_id, period_of(d.from_))
            for d in self.ground.case.decisions
            if d.kind == "appoint" and d.position_id is not None and d.from_ is not None
        )

    def rounds(self) -> Iterator[tuple[PositionId, dt.date, int]]:
        """(post, day, period) of the decided rounds within the horizon on which the rule is in force."""
        for position, decided in self.ground.decided_round.items():
            day = decided.approved_on
            period = self.ground.horizon.period_of(day)
            if period is not None and self.in_force(day) and self.applies(position):
                yield position, day, period

    def check(self, line: Timeline) -> Iterator[Violation]:
        period = {position: period for position, _, period in self.rounds()}
        taken = {(a.person, a.position, a.period) for a in line.plan.appointments} | self.proposed
        for e in line.plan.pools:
            if e.status == "add" and (e.person, e.position, period.get(e.position, -1)) in taken:
                subjects = frozenset({e.person, e.position})
                if not self.waiver_for(subjects, e.on):
                    yield Violation(self.id, subjects, e.on, 1, "names", moved_in=True)

    def post(self, problem: Problem, program: Program) -> None:
        for position, day, period in self.rounds():
            for person in problem.names(position):
                subjects = frozenset({person, position})
                if problem.is_old(person, position) or self.waiver_for(subjects, day):
                    continue
                appointed = program["a", person, position, period]
                if (person, position, period) in self.proposed:
                    appointed = program.sum(()) + 1
                elif not appointed:
                    continue
                slack = self.slack(problem, program, Violation(self.id, subjects, day), 1)
                both = program["x", person, position] + appointed - (slack or 0)
                program.at_most(both, 1, self.id, subjects, day)
