"""Not several leaders of one unit rotate away at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.ids import PersonId, UnitId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Expr, Program


class RotationsPerUnit(LinearRule):
    """At most `max` leaders of one unit start a rotation in one period.

    The unit is that of the full-time post held at `as_of`. Source: practice; rules.md §2.3 rot_one_per_round_per_unit.
    """

    name = "rotations_per_unit"
    kind = "count"

    class Params(RuleParams):
        max: int = Field(1, ge=0, description="leaders of one unit in one period")

    params: Params

    def unit_of(self, person: PersonId) -> UnitId | None:
        """The unit that the person leads at `as_of`, where the rule applies to the post."""
        home = self.ground.home[person]
        return self.ground.case.position[home].unit_id if home is not None and self.applies(home) else None

    def breach(self, unit: UnitId, period: int, over: int = 1) -> Violation:
        start = self.ground.horizon.start(period)
        return Violation(self.id, frozenset({unit}), start, over, "rotations", moved_in=True)

    def check(self, line: Timeline) -> Iterator[Violation]:
        counts: defaultdict[tuple[UnitId, int], int] = defaultdict(int)
        for r in line.plan.rotations:
            unit = self.unit_of(r.person)
            if unit is not None:
                counts[unit, r.period] += 1
        for (unit, period), count in counts.items():
            if count > self.params.max and self.in_force(self.ground.horizon.start(period)):
                yield self.breach(unit, period, count - self.params.max)

    def post(self, problem: Problem, program: Program) -> None:
        going: defaultdict[tuple[UnitId, int], list[Expr]] = defaultdict(list)
        people: defaultdict[tuple[UnitId, int], set[PersonId]] = defaultdict(set)
        for kind, table in problem.moves.rotations.items():
            for (person, position), stints in table.items():
                unit = self.unit_of(person)
                if unit is None:
                    continue
                for stint in stints:
                    if self.in_force(stint.start):
                        going[unit, stint.period].append(program[kind, person, position, stint.period])
                        people[unit, stint.period].add(person)
        for (unit, period), columns in going.items():
            most = len(people[unit, period]) - self.params.max
            if most <= 0:
                continue  # a person rotates once
            breach = self.breach(unit, period)
            slack = self.slack(problem, program, breach, most)
            total = type(columns[0]).sum(columns)
            program.at_most(total - (slack or 0), self.params.max, self.id, {unit}, breach.instant)
