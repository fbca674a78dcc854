"""How many names a list may have."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.ids import PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class PoolSize(LinearRule):
    """At most `max` names, and at least `min`, in each list after the round; of a committee also by its seats.

    `min_per_seat` and `max_per_seat` are rounded inwards, and ask nothing where the seats are not known.
    Source: 377-QĐ/TW; rules.md §2.1 pool_max_names_per_post, pool_goal_names_per_post, pool_committee_factor.
    """

    name = "pool_size"
    kind = "count"
    of_lists = True

    class Params(RuleParams):
        min: int = Field(0, ge=0, description="names")
        max: int = Field(3, ge=0, description="names")
        min_per_seat: float | None = Field(None, ge=0, description="names for each seat")
        max_per_seat: float | None = Field(None, ge=0, description="names for each seat")

    params: Params

    def limits(self, position: PositionId) -> tuple[int, int]:
        """The least and the largest number of names of the list."""
        least, most = self.params.min, self.params.max
        seats = self.ground.case.position[position].seats
        if seats is not None:
            if self.params.min_per_seat is not None:
                least = max(least, math.ceil(round(self.params.min_per_seat * seats, 6)))
            if self.params.max_per_seat is not None:
                most = min(most, math.floor(round(self.params.max_per_seat * seats, 6)))
        return least, most

    def check(self, line: Timeline) -> Iterator[Violation]:
        added = {e.position for e in line.plan.pools if e.status == "add"}
        for decided, position, names in line.lists():
            if self.in_force(decided.approved_on) and self.applies(position):
                yield from self._judge(position, decided.approved_on, len(names), position in added)

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        if self.in_force(day):
            for position in line.ground.listable:
                if self.applies(position) and (line.ground.old_lists[position]):
                    yield from self._judge(position, day, len(line.list_in_force(position, day)), False)

    def _judge(self, position: PositionId, day: dt.date, count: int, added: bool) -> Iterator[Violation]:
        subjects = frozenset({position})
        least, most = self.limits(position)
        if count > most:
            yield Violation(self.id, subjects, day, count - most, "names", "above", moved_in=added)
        if count < least:
            yield Violation(self.id, subjects, day, least - count, "names", "below")

    def post(self, problem: Problem, program: Program) -> None:
        for position, decided in problem.ground.decided_round.items():
            day = decided.approved_on
            if not self.in_force(day) or not self.applies(position):
                continue
            names = problem.names(position)
            count = program.sum(("x", i, position) for i in names)
            new = [program["x", i, position] for i in names if not problem.is_old(i, position)]
            subjects = frozenset({position})
            least, most = self.limits(position)
            above = self.slack(problem, program, Violation(self.id, subjects, day, scope="above"), len(names), new)
            program.at_most(count - (above or 0), most, self.id, subjects, day)
            below = self.slack(problem, program, Violation(self.id, subjects, day, scope="below"), least)
            program.at_least(count + (below or 0), least, self.id, subjects, day)
