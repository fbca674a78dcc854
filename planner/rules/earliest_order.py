"""No order on the day of the data: the procedure begins then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class EarliestOrder(LinearRule):
    """Nobody is appointed or rotated within `days` of `as_of`: consent, the five steps and the decision take time.

    A seat that falls free earlier is filled on the first day that the procedure allows: δ is not before it. Whether
    somebody is ready does not depend on it. Source: the five steps of NĐ 138/2020 and 80-QĐ/TW; rules.md §7.
    """

    name = "earliest_order"
    kind = "time"
    may_advise = False  # the law is in the days on which appointments are judged

    class Params(RuleParams):
        days: int = Field(1, ge=1, description="days after as_of")
        stages: tuple[Literal["appoint", "rotate"], ...] = Field(("appoint", "rotate"), description="where it holds")

    params: Params

    @property
    def first_day(self) -> dt.date:
        """The first day of an order."""
        return self.ground.horizon.as_of + dt.timedelta(days=self.params.days)

    def holds_for(self, stage: Literal["appoint", "rotate"], position: PositionId) -> bool:
        """Whether the rule delays appointments, or rotations, to the post; by `as_of`."""
        return self.is_must and stage in self.params.stages and self.in_force(self._as_of) and self.applies(position)

    @property
    def _as_of(self) -> dt.date:
        return self.ground.horizon.as_of

    def forbids(self, stage: Literal["appoint", "rotate"], person: PersonId, position: PositionId, on: dt.date) -> bool:
        too_soon = on < self.first_day and self.holds_for(stage, position)
        return too_soon and not self.waiver_for((person, position), on)

    def check(self, line: Timeline) -> Iterator[Violation]:
        moves = [("appoint", a.person, a.position, a.judged_on) for a in line.plan.appointments]
        moves += [("rotate", r.person, r.position, r.start) for r in line.plan.rotations]
        for stage, person, position, on in moves:
            if self.forbids(stage, person, position, on):  # type: ignore[arg-type]
                yield Violation(self.id, frozenset({person, position}), on, 1, "moves", scope=stage, moved_in=True)

    def post(self, problem: Problem, program: Program) -> None:
        """Of a move that is counted by class only where the rule forbids it to every post of the class."""
        moves = problem.moves
        for chances in problem.chances.values():
            for key, position, on, _ in chances:
                person: PersonId = key[1]  # type: ignore[assignment]
                posts = moves.appoint.posts[position] if key[0] == "c" else (position,)
                if all(self.forbids("appoint", person, p, on) for p in posts):
                    program.at_most(program[key], 0, self.id, {person, position}, on)
        for person, turns in problem.turns.items():
            for turn in turns:
                posts = moves.rotate.posts[turn.position] if turn.kind == "w" else (turn.position,)
                if all(self.forbids("rotate", person, p, turn.stint.start) for p in posts):
                    program.at_most(program[turn.key], 0, self.id, {person, turn.position}, turn.stint.start)
