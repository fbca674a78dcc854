"""What holders still lack for the post that they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.case import Need
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams
from planner.timeline import Expected, Timeline
from planner.timeline.ground import Gap

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class OwnStandard(LinearRule):
    """A cell that a holder lacks for the own post, and that some session could close, is closed within the horizon.

    Only sessions count after whose end the holder still serves `service_after` months: nobody is sent to a long course
    shortly before leaving.
    Source: rules.md §2.4 tr_priority (first in order: in post but missing a compulsory standard).
    """

    name = "own_standard"
    kind = "time"

    class Params(RuleParams):
        service_after: int = Field(0, ge=0, description="months of service that remain after a course")

    params: Params

    def open_cells(self, expected: Expected) -> Iterator[tuple[PersonId, PositionId, Gap]]:
        """(holder, own post, gap) that is open at `as_of` and that a session of the horizon grants."""
        ground = self.ground
        offered = {(ground.granted(s.session_id), ground.session_end(s.session_id)) for s in ground.case.sessions}
        for position in ground.full_time:
            if not self.applies(position):
                continue
            wanted: dict[str, int] = {}
            for cell in ground.cells(position, "plan", "appoint", "after_appoint"):
                level = ground.content.level(Need(cell.competency, cell.level))
                wanted[cell.competency] = max(level, wanted.get(cell.competency, 0))
            for person in ground.incumbents[position]:
                for competency, level in wanted.items():
                    gap = Gap(competency, level)  # type: ignore[arg-type]
                    if ground.closed_on(person, gap) <= ground.horizon.until:
                        continue
                    last = expected.last_day(person)
                    if any(
                        g.competency == competency
                        and g.level >= level
                        and end <= ground.horizon.until
                        and add_months(end, self.params.service_after) <= last
                        for g, end in offered
                    ):
                        yield person, position, gap

    def check(self, line: Timeline) -> Iterator[Violation]:
        until = self.ground.horizon.until
        if not self.in_force(self.ground.horizon.as_of):
            return
        for person, position, gap in self.open_cells(line.expected):
            if line.in_service(person, until) and line.closed_on(person, gap) > until:
                yield Violation(self.id, frozenset({person, position}), until, 1, "cells", str(gap.competency))

    def post(self, problem: Problem, program: Program) -> None:
        until = self.ground.horizon.until
        if not self.in_force(self.ground.horizon.as_of):
            return
        for person, position, gap in self.open_cells(problem.expected):
            if not problem.expected.in_service(person, until):
                continue
            breach = Violation(self.id, frozenset({person, position}), until, scope=str(gap.competency))
            if self.is_must and problem.inherited(breach):
                continue  # open in the plan without decisions as well: never a new breach
            slack = self.slack(problem, program, breach, 1)
            closed = problem.closed(program, person, gap, until)
            program.at_least(closed + (slack or 0), 1, self.id, {person, position}, until)
