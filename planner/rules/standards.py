"""Which exemptions excuse somebody from cells of a standard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import Rule, RuleParams, Waiver, judged
from planner.timeline import Timeline
from planner.timeline.ground import Gap

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

ListOrSeat = Literal["plan", "appoint"]


class Standards(Rule):
    """The standard of a post is met to enter its list (`plan`) or to take over a seat (`appoint`), or is waived.

    That it is met always holds and needs no entry (structure: `standard`). The entry says which authority may waive it:
    an exemption names the person, the post or both, and may name competencies: then no other cell is waived. Until it
    expires the cells stop neither the list nor the appointment; the gap stays, and `standard_after` wants it closed by
    the last day of the exemption. A rotation meets the receiving post's standard in any case.
    Source: 16-HD/BTCTW, 377-QĐ/TW art. 34; rules.md §2.1 pool_basic_standards, §2.2 appt_all_standards.
    """

    name = "standards"
    kind = "personal"
    may_advise = False

    class Params(RuleParams):
        stages: tuple[ListOrSeat, ...] = Field(
            ("plan", "appoint"), min_length=1, description="what is waived: the list, the seat"
        )

    params: Params

    def excuse(self, person: PersonId, position: PositionId, stage: str, gap: Gap, on: dt.date) -> Waiver | None:
        """The exemption that lets the person lack the level on the day."""
        if stage not in self.params.stages or not self.in_force(on) or not self.applies(position):
            return None
        return self.waiver_for((person, position, gap.competency), on)

    def check(self, line: Timeline) -> Iterator[Violation]:
        """Nothing: the structure judges, and asks `excuse`."""
        yield from ()

    def excused(self, line: Timeline) -> Iterator[tuple[Waiver, Violation]]:
        """What the plan would break without the exemptions, with the one that covers it."""
        for person, position, stage, on in judged(line):
            for gap in self.ground.demands(position, stage) if stage in self.params.stages else ():
                waiver = self.excuse(person, position, stage, gap, on)
                if waiver is not None and line.closed_on(person, gap) > on:
                    subjects, cell = frozenset({person, position}), f"{stage}:{gap.competency}"
                    yield waiver, Violation(self.id, subjects, on, 1, "cells", cell, moved_in=True)

    def post(self, problem: Problem, program: Program) -> None:
        """Nothing: the rows of the structure leave out what is excused."""
