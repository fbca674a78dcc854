"""A name in force stays, unless a named cause ends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class PoolKeep(LinearRule):
    """A name in force is in the list after the round as well.

    Causes that end it: it fails a rule of stage plan or a `plan` cell, the person leaves or is appointed to an equal
    or higher post before the round, or a person decided so. Source: 377-QĐ/TW; rules.md §2.1 pool_review_window.
    """

    name = "pool_keep"
    kind = "time"

    def check(self, line: Timeline) -> Iterator[Violation]:
        lawful = {"leaves", "appointed", "decided", "fails"}
        for entry in line.plan.pools:
            if entry.status == "remove" and self.in_force(entry.on) and self.applies(entry.position):
                if (entry.cause or "replaced").partition(":")[0] not in lawful:
                    yield Violation(self.id, frozenset({entry.position, entry.person}), entry.on, 1, "names")

    def holds(self, problem: Problem, person: PersonId, position: PositionId) -> bool:
        """Whether a name in force can go by an appointment only, whatever else a plan does."""
        unconditional = frozenset() in problem.keepable_if.get((person, position), ())
        return (
            unconditional
            and self.is_must
            and self._asks(problem, person, position)
            and not problem.inherited(self._breach(problem, person, position))
        )

    def _asks(self, problem: Problem, person: PersonId, position: PositionId) -> bool:
        day = problem.ground.plan_day(position)
        return self.in_force(day) and self.applies(position) and not problem.is_decided_out(person, position)

    def _breach(self, problem: Problem, person: PersonId, position: PositionId) -> Violation:
        return Violation(self.id, frozenset({position, person}), problem.ground.plan_day(position))

    def post(self, problem: Problem, program: Program) -> None:
        for person, position in problem.keepable_if:
            if not self._asks(problem, person, position):
                continue
            stays, able = problem.kept(program, person, position)
            if not able:
                continue
            slack = self.slack(problem, program, self._breach(problem, person, position), 1)
            day = problem.ground.plan_day(position)
            for can_stay in able:
                program.at_least(stays + (slack or 0), can_stay, self.id, {position, person}, day)
