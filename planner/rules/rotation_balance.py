"""Of the leaders of a unit not too many are there on rotation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.ids import PersonId, UnitId
from planner.domain.violation import Violation
from planner.rules.base import InstantRule, RuleParams, part_of
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class RotationBalance(InstantRule):
    """At an instant at most the share `max` of a unit's seats is held by people whose rotation still runs.

    `always` people on rotation are no breach. Whoever stays when the rotation is over counts as one of the place.
    Source: 65-QĐ/TW; rules.md §2.3 rot_balance_local.
    """

    name = "rotation_balance"
    kind = "count"

    class Params(RuleParams):
        max: float = Field(0.5, ge=0, le=1, description="share of the unit's seats")
        always: int = Field(1, ge=0, description="people on rotation that any unit may have")

    params: Params

    def limit(self, unit: UnitId) -> int:
        seats = sum(self.ground.seats[p] for p in self.posts_by_unit[unit])
        return max(self.params.always, part_of(self.params.max, seats))

    def _here_now(self, line: Timeline, unit: UnitId, day: dt.date) -> list[PersonId]:
        """Those whose rotation, begun before the plan, runs past the day."""
        return [
            now.person
            for now in self.ground.rotations_now.values()
            if now.position in self.posts_by_unit[unit]
            and (now.end is None or day < now.end)
            and line.post_of(now.person, day) == now.position
        ]

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        if not self.in_force(day):
            return
        for unit, posts in self.posts_by_unit.items():
            brought = [
                r.person
                for r in line.plan.rotations
                if r.position in posts and r.start <= day < r.end and line.post_of(r.person, day) == r.position
            ]
            over = len(brought) + len(self._here_now(line, unit, day)) - self.limit(unit)
            if over > 0:
                yield Violation(self.id, frozenset({unit}), day, over, "leaders", moved_in=bool(brought))

    def post(self, problem: Problem, program: Program) -> None:
        horizon = problem.ground.horizon
        loosely = problem.moves.loosely_rotated_from()
        for t in horizon.periods:
            day = horizon.instant(t)
            if not self.in_force(day):
                continue
            for unit, posts in self.posts_by_unit.items():
                # Nobody is appointed while a rotation runs: where it runs the person sits.
                pairs = [(person, p) for p in posts for person in problem.arrivals.get(p, ())]
                brought = [
                    program.sum(("v", *pair, s.period) for s in problem.stints.get(pair, ()) if s.start <= day < s.end)
                    for pair in pairs
                ]
                new = [moved for moved in brought if moved.terms]
                now = self._here_now(problem.status_quo.line, unit, day)
                count = program.sum(())
                for moved in new:
                    count.add(moved)
                for person in now:
                    count.add(problem.stays_home(program, person, t))
                most = len(new) + len(now) - self.limit(unit)
                if most <= 0:
                    continue
                breach = Violation(self.id, frozenset({unit}), day)
                # Who comes by a loose rotation is not counted here, but what the law calls the breach has room.
                most += sum(self.ground.seats[p] for p in posts if p in loosely)
                slack = self.slack(problem, program, breach, most, new)
                program.at_most(count - (slack or 0), self.limit(unit), self.id, {unit}, day)
