"""Goals heads and posts: empty seats, seats that are only acted for, and positions without a designated successor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from planner.domain.ids import PositionId
from planner.goals.base import ACTING, EMPTY, WITHOUT_SUCCESSOR, Goal, Measured
from planner.standing import Standing
from planner.timeline import Ground

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class _Staffing(Goal):
    """Σ w_p (M·empty + H·acting + without successor) over positions, w = criticality; seat-periods at instants."""

    of_heads: ClassVar[bool]

    def _positions(self, ground: Ground) -> Iterator[tuple[PositionId, int]]:
        for p in ground.full_time:
            row = ground.case.position[p]
            if bool(row.head) == self.of_heads:
                yield p, row.criticality

    def _counts(self, standing: Standing, position: PositionId) -> tuple[int, int, int]:
        line, ground = standing.line, standing.ground
        empty = acting = 0
        for t in ground.horizon.periods:
            without_holder = line.empty(position, t)
            covered = min(without_holder, len(line.acting(position, t)))
            empty, acting = empty + without_holder - covered, acting + covered
        wanted = ground.case.position[position].successors >= 1
        return empty, acting, int(wanted and position not in standing.designated)

    def measure(self, standing: Standing) -> Measured:
        total, counts = 0, {"empty_periods": 0, "acting_periods": 0, "without_successor": 0}
        for position, weight in self._positions(standing.ground):
            found = self._counts(standing, position)
            empty, acting, without = found
            total += weight * (EMPTY * empty + ACTING * acting + WITHOUT_SUCCESSOR * without)
            for name, count in zip(counts, found, strict=True):
                counts[name] += count
        return Measured(total, counts)

    def post(self, problem: Problem, program: Program) -> None:
        for position, weight in self._positions(problem.ground):
            for t in problem.ground.horizon.periods:
                acting = problem.acting(program, position, t)
                program.minimise(self.name, program["m", position, t] * (EMPTY * weight) + acting * (ACTING * weight))
            if problem.ground.case.position[position].successors >= 1:
                program.minimise(self.name, program["z1", position] * (WITHOUT_SUCCESSOR * weight))


class Heads(_Staffing):
    """Full-time posts that lead their unit."""

    name = "heads"
    of_heads = True


class Posts(_Staffing):
    """The other full-time posts."""

    name = "posts"
    of_heads = False
