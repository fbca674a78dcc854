"""How many names a list may have."""

from __future__ import annotations

import datetime as dt
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
    """At most `max` names, and at least `min`, in each list after the round.

    Source: 377-QĐ/TW; rules.md §2.1 pool_max_names_per_post, pool_goal_names_per_post.
    """

    name = "pool_size"
    kind = "count"

    class Params(RuleParams):
        min: int = Field(0, ge=0, description="names")
        max: int = Field(3, ge=0, description="names")

    params: Params

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
        if count > self.params.max:
            yield Violation(self.id, subjects, day, count - self.params.max, "names", "above", moved_in=added)
        if count < self.params.min:
            yield Violation(self.id, subjects, day, self.params.min - count, "names", "below")

    def post(self, problem: Problem, program: Program) -> None:
        for position, decided in problem.ground.decided_round.items():
            day = decided.approved_on
            if not self.in_force(day) or not self.applies(position):
                continue
            names = problem.names(position)
            count = program.sum(("x", i, position) for i in names)
            new = [program["x", i, position] for i in names if not problem.is_old(i, position)]
            subjects = frozenset({position})
            above = self.slack(problem, program, Violation(self.id, subjects, day, scope="above"), len(names), new)
            program.at_most(count - (above or 0), self.params.max, self.id, subjects, day)
            below = self.slack(problem, program, Violation(self.id, subjects, day, scope="below"), self.params.min)
            program.at_least(count + (below or 0), self.params.min, self.id, subjects, day)
