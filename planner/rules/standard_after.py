"""What a standard wants some time after the appointment."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.case import Need
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule
from planner.rules.standards import Standards
from planner.timeline import Timeline
from planner.timeline.ground import Gap

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Expr, Program


class StandardAfter(LinearRule):
    """An `after_appoint` cell is closed `grace_months` after the appointment (δ); beyond the horizon it is only listed.

    A cell that an exemption waives for the appointment is owed: it is closed by the last day of the exemption.
    Source: NĐ 171/2025; rules.md §2.4 tr_state_mgmt_after_appt.
    """

    name = "standard_after"
    kind = "time"
    excusing: tuple[Standards, ...] = ()
    """The entries whose exemptions waive cells; `bind` gives them."""

    def cells(self, position: PositionId) -> Iterator[tuple[int, Gap]]:
        """(months of grace, gap): what several standards of a bundle want counts once, at the shortest grace."""
        grace: dict[Gap, int] = {}
        for cell in self.ground.cells(position, "after_appoint"):
            gap = Gap(cell.competency, self.ground.content.level(Need(cell.competency, cell.level)))
            grace[gap] = min(cell.grace_months, grace.get(gap, cell.grace_months))
        for gap, months in grace.items():
            yield months, gap

    def wanted(self, person: PersonId, position: PositionId, on: dt.date) -> Iterator[tuple[dt.date, Gap]]:
        """(day, gap): what an appointment on the day wants closed by when, each gap once, within the horizon."""
        days = {gap: add_months(on, grace) for grace, gap in self.cells(position)}
        for rule in self.excusing:
            for gap in self.ground.demands(position, "appoint"):
                waiver = rule.excuse(person, position, "appoint", gap, on)
                if waiver is not None and waiver.until is not None:
                    days[gap] = min(waiver.until, days.get(gap, waiver.until))
        for gap, day in days.items():
            if day <= self.ground.horizon.until:
                yield day, gap

    def breach(self, person: PersonId, position: PositionId, gap: Gap) -> Violation:
        competency = self.ground.content.competency[gap.competency]
        level = competency.levels[gap.level] if competency.levels else str(gap.level)
        cell = str(Need(gap.competency, level))
        return Violation(self.id, frozenset({person, position}), None, 1, "cells", cell, moved_in=True)

    def check(self, line: Timeline) -> Iterator[Violation]:
        for a in line.plan.appointments:
            if not self.in_force(a.judged_on) or not self.applies(a.position):
                continue
            for wanted, gap in self.wanted(a.person, a.position, a.judged_on):
                if line.closed_on(a.person, gap) > wanted:
                    yield self.breach(a.person, a.position, gap)

    def post(self, problem: Problem, program: Program) -> None:
        """One row per person, gap and step of its closers: all appointments whose cell is wanted before the next
        closer's day, against the closers so far and the slacks. Valid for the sum: one appointment per person.
        """
        wanting: defaultdict[tuple[PersonId, Gap], list[tuple[dt.date, PositionId, Expr]]] = defaultdict(list)
        for (person, position), periods in problem.takeover_periods.items():
            if not self.applies(position):
                continue
            for t in periods:
                on = problem.expected.delta(position, t)
                for wanted, gap in self.wanted(person, position, on) if self.in_force(on) else ():
                    if self.ground.closed_on(person, gap) > wanted:
                        wanting[person, gap].append((wanted, position, program["a", person, position, t]))
        if self.is_must:
            self._add_loose(problem, program, wanting)
        for (person, gap), appointments in wanting.items():
            self._rows(problem, program, person, gap, appointments)

    def _add_loose(
        self,
        problem: Problem,
        program: Program,
        wanting: defaultdict[tuple[PersonId, Gap], list[tuple[dt.date, PositionId, Expr]]],
    ) -> None:
        """The same of appointments without a column of their own, judged on the last day that may be meant."""
        for person, chances in problem.chances.items():
            for key, first, on, earliest in chances:
                if key[0] != "c" or not all(self.in_force(day) and self.applies(first) for day in (earliest, on)):
                    continue
                for grace, gap in self.cells(first):
                    wanted = add_months(on, grace)
                    if wanted <= self.ground.horizon.until and self.ground.closed_on(person, gap) > wanted:
                        wanting[person, gap].append((wanted, first, program[key]))

    def _rows(
        self,
        problem: Problem,
        program: Program,
        person: PersonId,
        gap: Gap,
        appointments: list[tuple[dt.date, PositionId, Expr]],
    ) -> None:
        slacks = program.sum(())
        for position in dict.fromkeys(p for _, p, _ in appointments):
            slacks.add(self.slack(problem, program, self.breach(person, position, gap), 1) or 0)
        wanting = [(wanted, appointed) for wanted, _, appointed in appointments]
        for step, judged, done in problem.by_steps(program, person, gap, wanting):
            program.at_most(judged - done - slacks, 0, self.id, {person, gap.competency}, step)
