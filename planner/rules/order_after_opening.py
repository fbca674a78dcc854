"""A seat that a move of the plan opens is not filled on the same day."""

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
    from planner.program import Expr, Program


class OrderAfterOpening(LinearRule):
    """A seat that an appointment or a rotation of the plan opens is filled by appointment at least `days` later, and
    not in the half-year in which it opens.

    Of a half-year as many may come to a post as it has seats, less those who held one at its beginning and stay in
    service, and less those whose seat was opened by the plan fewer than `days` before δ. So a vacancy that was foreseen
    (retirement, a term) is filled on its day, and one that a move opens after the procedure that it sets off.
    Source: the five steps of NĐ 138/2020 and 80-QĐ/TW; rules.md §7.
    """

    name = "order_after_opening"
    kind = "time"
    may_advise = False

    class Params(RuleParams):
        days: int = Field(30, ge=1, le=180, description="days after the seat falls free, less than a half-year")

    params: Params

    def holds_for(self, position: PositionId, day: dt.date) -> bool:
        return self.is_must and self.in_force(day) and self.applies(position)

    def is_late(self, left: dt.date, filled: dt.date) -> bool:
        """Whether a seat that was left on a day may not be filled yet on another."""
        return left + dt.timedelta(days=self.params.days) > filled

    def check(self, line: Timeline) -> Iterator[Violation]:
        arriving = {(a.position, a.period) for a in line.plan.appointments}
        for position, t in sorted(arriving):
            over = self._over(line, position, t)
            if over > 0:
                subjects, day = frozenset({position}), line.ground.horizon.instant(t)
                yield Violation(self.id, subjects, day, over, "appointments", moved_in=True)

    def _over(self, line: Timeline, position: PositionId, t: int) -> int:
        """By how many appointments of a half-year the post has too few seats that may be filled in it."""
        ground, expected = line.ground, line.expected
        if position not in ground.seats or not self.holds_for(position, ground.horizon.start(t)):
            return 0
        now = ground.horizon.instant(t)
        # Instant −1 is the end of `as_of`, on which a move of the plan may have happened already.
        before = (
            line.holders(position, ground.horizon.instant(t - 1))
            if t
            else expected.holders(position, ground.horizon.as_of)
        )
        sitting = sum(line.in_service(i, now) for i in before)
        late = sum(
            ground.home[a.person] == position and a.position != position and a.period == t - 1
            and self.is_late(a.judged_on, expected.delta(position, t))
            for a in line.plan.appointments
        )  # fmt: skip
        came = sum(a.position == position and a.period == t for a in line.plan.appointments)
        rotating = sum(r.position == position and r.period == t for r in line.plan.rotations)
        going = sum(r.home == position and r.position != position and r.period == t for r in line.plan.rotations)
        return came + sitting + late + max(0, rotating - going) - ground.seats[position]

    def post(self, problem: Problem, program: Program) -> None:
        for position in problem.ground.full_time:
            for t in problem.ground.horizon.periods:
                if self.holds_for(position, problem.ground.horizon.start(t)):
                    self._rows(problem, program, position, t)

    def _rows(self, problem: Problem, program: Program, position: PositionId, t: int) -> None:
        ground, expected = problem.ground, problem.expected
        now = ground.horizon.instant(t)
        came = problem.arriving(program, position, t)
        if not came.terms:
            return
        sitting = problem.staying(program, position, t)
        late = self._left_lately(problem, program, position, t)
        turning = program.sum(("v", i, position, t) for i in problem.rotating_in.get((position, t), ()))
        turning.add(program["came", position, t])
        going = program.sum(())
        for person in ground.incumbents[position]:
            if ground.home[person] == position:
                going.add(problem.going_out(program, person, t, home=position))
        seats, surplus = ground.seats[position], expected.excess(position, ground.horizon.instant(t - 1))
        if not surplus:
            program.at_most(came + sitting, seats, self.id, {position}, now)
            if not (late.terms or turning.terms):
                return
        # What the plan left too lately, and rotations, take no seat from each other: only where somebody is appointed.
        most = surplus + len(late.terms) + len(turning.terms)
        filled = program.define(("filled", position, t), lambda: came + sitting, seats + surplus + len(came.terms))
        taken = program.define(("late", position, t), lambda: late, len(late.terms))
        turned = turning - going
        if seats == 1 and not surplus:  # at most one comes, whoever it is
            self._where_filled(program, filled, taken, turned, came, most, position, now)
            return
        for person in problem.arrivals.get(position, ()):
            self._where_filled(
                program, filled, taken, turned, program.sum([("a", person, position, t)]), most, position, now
            )

    def _where_filled(
        self, program: Program, filled: Expr, late: Expr, turned: Expr, comes: Expr, most: int, position: PositionId,
        now: dt.date,
    ) -> None:  # fmt: skip
        seats = self.ground.seats[position]
        for taken in (late, late + turned) if turned.terms else (late,):
            program.at_most(filled + taken + comes * most, seats + most, self.id, {position}, now)

    def _left_lately(self, problem: Problem, program: Program, position: PositionId, t: int) -> Expr:
        """Seats that appointments of the period before opened fewer than `days` before δ."""
        ground, filled = problem.ground, problem.expected.delta(position, t)
        return program.sum(
            chance.key
            for person in (ground.incumbents[position] if t else ())
            for chance in problem.chances.get(person, ())
            if chance.key[0] == "a" and chance.key[3] == t - 1 and chance.position != position
            if self.is_late(chance.on, filled)
        )
