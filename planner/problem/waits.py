"""How many seats of a post may wait at an instant, as a sum of columns: `standing.waiting.excused` for the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, PositionId
from planner.program import Expr
from planner.standing.waiting import waited_for

if TYPE_CHECKING:
    from planner.problem.problem import Problem
    from planner.program import Program


def may_wait(problem: Problem, program: Program, position: PositionId, halves: int) -> list[Expr]:
    """By instant, how many seats of the post may wait, where `halves` half-years are tolerated.

    Of those who come by class at most as many as `structure.loose` says.
    """
    total = [Expr() for _ in problem.ground.horizon.periods]
    if halves:
        _for_those_who_come(problem, program, position, halves, total)
        for t in problem.ground.horizon.periods:
            total[t].add(program["wl", position, t, halves])
            total[t].add(_opened(problem, program, position, t, halves))
    return total


def _for_those_who_come(
    problem: Problem, program: Program, position: PositionId, halves: int, total: list[Expr]
) -> None:
    for person in problem.arrivals.get(position, ()):
        if problem.ground.suitability.is_stopped(person, position):
            continue
        for t in problem.takeover_periods.get((person, position), ()):
            for s in waited_for(problem.expected, problem.bound, person, position, t, halves):
                total[s].add(program["a", person, position, t])


Waits = list[frozenset[tuple[PersonId, int]]]
"""By instant, for whose loose appointments in which period a seat may wait."""


class LooseWaits:
    """For which loose appointments a seat of a post may wait.

    It is only asked of each earlier period alone, whoever is stopped among them: at least as many as
    `standing.waiting.waited_for` tells.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._found: dict[tuple[PositionId, int], Waits] = {}

    def tolerated(self, position: PositionId) -> list[int]:
        """The half-years that a seat may wait, empty and acted for, where somebody may come by class."""
        if self.problem.moves.appoint.first_of[position] not in self.problem.loosely_coming:
            return []
        return sorted(set(self.problem.bound.tolerated_vacancy(position)) - {0})

    def of(self, position: PositionId, halves: int) -> Waits:
        """Of one post."""
        if (position, halves) not in self._found:
            self._found[position, halves] = self._find(position, halves)
        return self._found[position, halves]

    def _find(self, position: PositionId, halves: int) -> Waits:
        problem = self.problem
        found: list[set[tuple[PersonId, int]]] = [set() for _ in problem.ground.horizon.periods]
        first = problem.moves.appoint.first_of[position]
        for person in problem.loosely_coming.get(first, ()):
            possible = problem.moves.loose_takeovers[person, first]
            for t in possible:
                for s in range(max(0, t - halves - 1), t):  # the most that `waited_for` may give
                    # What a class may in a period is perhaps due to another post, or to a rotation of the plan.
                    if s not in possible or not problem.could_come(person, position, s):
                        found[s].add((person, t))
        return [frozenset(then) for then in found]


def _opened(problem: Problem, program: Program, position: PositionId, t: int, halves: int) -> Expr:
    """Seats that moves have opened in the half-years up to the instant: of holders of `as_of`, and after rotations."""
    opened = Expr()
    for person in problem.ground.incumbents[position]:
        if problem.expected.in_service(person, problem.ground.horizon.instant(t)):
            before = problem.stays_home(program, person, t - halves) if t >= halves else Expr(constant=1)
            opened.add(before - problem.stays_home(program, person, t))
    opened.add(_left_after_rotation(problem, program, position, t, t))
    opened.add(_left_after_rotation(problem, program, position, t - halves, t), -1)
    return opened + _loosely_left(program, position, t, halves)


def _left_after_rotation(problem: Problem, program: Program, position: PositionId, t: int, serving: int) -> Expr:
    """How many came to the post by rotation and have been appointed elsewhere by the instant `t`, of those who are in
    service at the instant `serving`."""
    left = Expr()
    if t < 0:
        return left
    now = problem.ground.horizon.instant(serving)
    for person in problem.arrivals.get(position, ()):
        if (person, position) in problem.stints and problem.expected.in_service(person, now):
            left.add(_gone_from(problem, program, person, position, t))
    return left


def _loosely_left(program: Program, position: PositionId, t: int, halves: int) -> Expr:
    """How many who came by a loose rotation have left the post in the half-years up to the instant, service too."""
    left = program.sum(("came", position, s) for s in range(max(0, t - halves + 1), t + 1))
    return left + program["R", position, t - halves] - program["R", position, t]


def _gone_from(problem: Problem, program: Program, person: PersonId, position: PositionId, t: int) -> Expr:
    """1 if the person has been there by rotation, and is there no more."""
    stints = problem.stints[person, position]
    came = program.sum(("v", person, position, s.period) for s in stints if s.period <= t)
    return came - problem.rotated_at(program, person, position, t, "v")
