"""Goals heads and posts: empty seats, seats that are only acted for, and positions without a designated successor."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Appointment, Rotation
from planner.goals.base import ACTING, EMPTY, WITHOUT_SUCCESSOR, Goal, Measured, Sum
from planner.standing import Standing
from planner.standing.waiting import excused
from planner.timeline import Ground

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Expr, Program
    from planner.program.program import Key


RATES = {"empty_periods": EMPTY, "acting_periods": ACTING, "without_successor": WITHOUT_SUCCESSOR}
"""What is counted, and at which rate at criticality 1."""


class _Staffing(Goal):
    """Σ w_p (M·empty + H·acting + without successor) over positions, w = criticality; seat-periods at instants.

    A successor counts only where the rulebook wants one (`successor_wanted`).

    Waiting that the rulebook excuses does not count (`tolerated_vacancy`, `standing.waiting`): for somebody who is
    appointed later and could not come sooner, and until a seat that the plan's own move opens may be filled.

    Who is not to be proposed (`Suitability.is_stopped`) fills nothing: the seat-periods of such an appointment or
    rotation count as empty, and one more, so that an open seat is better; so does a designation. A rotation needs an
    aim of its own where the rulebook says so (`rotation_aim`).
    """

    of_heads: ClassVar[bool]

    def _positions(self, ground: Ground) -> Iterator[tuple[PositionId, int]]:
        for p in ground.full_time:
            row = ground.case.position[p]
            if bool(row.head) == self.of_heads:
                yield p, row.criticality

    def _counts(self, standing: Standing, position: PositionId) -> tuple[int, int, int]:
        line, ground = standing.line, standing.ground
        empty = acting = 0
        waiting = excused(line, standing.bound, position)
        for t in ground.horizon.periods:
            without_holder = line.empty(position, t)
            covered = min(without_holder, len(line.acting(position, t)))
            empty += without_holder - covered - waiting[t][0]
            acting += covered - waiting[t][1]
        wanted = _wants_successor(standing, position)
        return empty, acting, int(wanted and position not in standing.designated)

    def measure(self, standing: Standing) -> Measured:
        counts = dict.fromkeys(RATES, 0)
        summed = Sum()
        for position, weight in self._positions(standing.ground):
            for name, count in zip(RATES, self._counts(standing, position), strict=True):
                counts[name] += count
                summed.add(name, count, RATES[name], weight)
        gated = [cost for _, cost in self._gated(standing)]
        summed.add_each("gated", gated)
        total = sum(term.total for term in summed.terms)
        return Measured(total, counts | ({"gated": len(gated)} if gated else {}), summed.terms)

    def _gated(self, standing: Standing) -> Iterator[tuple[PositionId, int]]:
        """(post, what it counts) of each appointment, rotation and designation of who is not to be proposed."""
        ground, plan = standing.ground, standing.line.plan
        weights = dict(self._positions(ground))
        moves: list[Appointment | Rotation] = [*plan.appointments, *plan.rotations]
        for move in moves:
            end = move.end if isinstance(move, Rotation) else None
            if move.position in weights and _fills_nothing(standing, move.person, move.position, end):
                yield move.position, weights[move.position] * _of_gated(standing, move.person, move.period)
        for position, person in standing.designated.items():
            if position in weights and ground.suitability.is_stopped(person, position):
                yield position, weights[position] * (WITHOUT_SUCCESSOR + 1)

    def post(self, problem: Problem, program: Program) -> None:
        for position, weight in self._positions(problem.ground):
            excused_at = _excused(problem, program, position)
            for t in problem.ground.horizon.periods:
                empty, acting = program["m", position, t], problem.acting(program, position, t)
                waiting, looked_after = excused_at.get(t, (program.sum(()), program.sum(())))
                program.minimise(self.name, (empty - waiting) * (EMPTY * weight))
                program.minimise(self.name, (acting - looked_after) * (ACTING * weight))
            if _wants_successor(problem.status_quo, position):
                program.minimise(self.name, program["z1", position] * (WITHOUT_SUCCESSOR * weight))
        self._post_gated(problem, program)

    def _post_gated(self, problem: Problem, program: Program) -> None:
        weights, is_stopped = dict(self._positions(problem.ground)), problem.ground.suitability.is_stopped
        before = problem.status_quo
        moves: list[tuple[str, PersonId, PositionId, int, dt.date | None]] = [
            ("a", i, p, t, None) for (i, p), periods in problem.takeover_periods.items() for t in periods
        ]
        moves += [("v", i, p, s.period, s.end) for (i, p), stints in problem.stints.items() for s in stints]
        for kind, person, position, t, end in moves:
            if position in weights and _fills_nothing(before, person, position, end):
                cost = weights[position] * _of_gated(before, person, t)
                program.minimise(self.name, program[kind, person, position, t] * cost)
        for key, possible in _loosely_filled(problem):
            costs = [
                weights[p] * _of_gated(before, person, t)
                if p in weights and _fills_nothing(before, person, p, end) else 0
                for person, p, t, end in possible
            ]  # fmt: skip
            program.minimise(self.name, program[key] * min(costs, default=0))
        for position, persons in problem.ready.items():
            for person in persons if position in weights else ():
                if is_stopped(person, position):
                    cost = weights[position] * (WITHOUT_SUCCESSOR + 1)
                    program.minimise(self.name, program["g", person, position] * cost)


Filling = tuple[PersonId, PositionId, int, dt.date | None]
"""Who comes to which post in which period, by rotation until a day."""


def _loosely_filled(problem: Problem) -> Iterator[tuple[Key, list[Filling]]]:
    """The columns of moves that are counted by class, and what each may stand for: it costs what the cheapest does."""
    moves = problem.moves
    for (person, first), periods in moves.loose_takeovers.items():
        posts = moves.loosely_appointed.get((person, first), moves.appoint.posts[first])
        for t in periods:
            yield ("c", person, first, t), [(person, p, t, None) for p in posts]
    for (person, first), stints in moves.loose_stints.items():
        posts = moves.loosely_rotated.get((person, first), moves.rotate.posts[first])
        by_period: defaultdict[int, list[Filling]] = defaultdict(list)
        for stint in stints:
            by_period[stint.period] += [(person, p, stint.period, stint.end) for p in posts]
        for t, possible in by_period.items():
            yield ("w", person, first, t), possible


def _wants_successor(standing: Standing, position: PositionId) -> bool:
    wanted = standing.ground.case.position[position].successors >= 1
    return wanted and standing.bound.wants_successor(standing.expected, position)


def _fills_nothing(standing: Standing, person: PersonId, position: PositionId, end: dt.date | None) -> bool:
    """Whether a move is one that is not to be proposed: of the person for the post, or a rotation up to `end` without
    an aim that it serves by then."""
    if standing.ground.suitability.is_stopped(person, position):
        return True
    return end is not None and standing.bound.lacks_aim(standing.expected, person, position, end)


def _of_gated(standing: Standing, person: PersonId, since: int) -> int:
    """The seat-periods from one on in which the person serves, as empty ones, and one more."""
    horizon = standing.ground.horizon
    serving = sum(standing.expected.in_service(person, horizon.instant(t)) for t in horizon.periods[since:])
    return EMPTY * serving + 1


def _excused(problem: Problem, program: Program, position: PositionId) -> dict[int, tuple[Expr, Expr]]:
    """Columns ("we", p, t) and ("wa", p, t): seats that wait at the instant empty, or acted for, and are excused.

    Each is at most what waits so and at most how many may: Σ a of those who come later and could not come sooner, and
    the seats that moves of the period open where these are filled later; both together at most the larger of the two.
    """
    tolerated = problem.bound.tolerated_vacancy(position)
    found: dict[int, tuple[Expr, Expr]] = {}
    if not any(tolerated):
        return found
    by_halves = {halves: problem.may_wait(program, position, halves) for halves in dict.fromkeys(tolerated)}
    most = [by_halves[halves] for halves in tolerated]
    wider = most[tolerated.index(max(tolerated))]
    for t in problem.ground.horizon.periods:
        empty, acting = program["m", position, t], problem.acting(program, position, t)
        day = problem.ground.horizon.instant(t)
        both = program.sum(())
        columns = []
        for kind, waiting, may in (("we", empty, most[0][t]), ("wa", acting, most[1][t])):
            if not (waiting and may):
                columns.append(program.sum(()))
                continue
            column = program.column((kind, position, t), problem.ground.seats[position], integer=False)
            program.at_most(column - waiting, 0, "tolerated_vacancy", {position}, day)
            if may is not wider[t]:  # else the row of both says it
                program.at_most(column - may, 0, "tolerated_vacancy", {position}, day)
            both.add(column)
            columns.append(column)
        if both.terms:
            program.at_most(both - wider[t], 0, "tolerated_vacancy", {position}, day)
        found[t] = columns[0], columns[1]
    return found


class Heads(_Staffing):
    """Full-time posts that lead their unit."""

    name = "heads"
    of_heads = True


class Posts(_Staffing):
    """The other full-time posts."""

    name = "posts"
    of_heads = False
