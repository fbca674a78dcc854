"""What a standard wants some time after the appointment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.case import Need
from planner.domain.content import Cell
from planner.domain.dates import add_months
from planner.domain.ids import PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule
from planner.timeline import Timeline
from planner.timeline.ground import Gap

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class StandardAfter(LinearRule):
    """An `after_appoint` cell is closed `grace_months` after the appointment (δ); beyond the horizon it is only listed.

    Source: NĐ 171/2025; rules.md §2.4 tr_state_mgmt_after_appt.
    """

    name = "standard_after"
    kind = "time"

    def cells(self, position: PositionId) -> Iterator[tuple[Cell, Gap]]:
        for cell in self.ground.cells(position, "after_appoint"):
            yield cell, Gap(cell.competency, self.ground.content.level(Need(cell.competency, cell.level)))

    def check(self, line: Timeline) -> Iterator[Violation]:
        for a in line.plan.appointments:
            if not self.in_force(a.judged_on) or not self.applies(a.position):
                continue
            for cell, gap in self.cells(a.position):
                wanted = add_months(a.judged_on, cell.grace_months)
                if wanted <= self.ground.horizon.until and line.closed_on(a.person, gap) > wanted:
                    yield Violation(
                        self.id, frozenset({a.person, a.position}), None, 1, "cells", str(gap.competency), moved_in=True
                    )

    def post(self, problem: Problem, program: Program) -> None:
        for (person, position), periods in problem.takeover_periods.items():
            if not self.applies(position):
                continue
            for cell, gap in self.cells(position):
                breach = Violation(self.id, frozenset({person, position}), scope=str(gap.competency))
                for t in periods:
                    on = problem.expected.delta(position, t)
                    wanted = add_months(on, cell.grace_months)
                    if not self.in_force(on) or wanted > self.ground.horizon.until:
                        continue
                    short = program["a", person, position, t] - problem.closed(program, person, gap, wanted)
                    if short.terms and short.constant >= 0:
                        slack = self.slack(problem, program, breach, 1)
                        program.at_most(short - (slack or 0), 0, self.id, {person, position}, on)
