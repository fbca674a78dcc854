"""Moves without a column of their own: who moves into a class of posts, and how many sit in each post by that.

("c", i, f, t) and ("w", i, f, t) say that a person is appointed or rotates to some post of the class of f, ("F", p, t)
and ("R", p, t) how many sit in a post by such an appointment or rotation, ("ow", i, f, t) that the person does. Every
plan has such a point, with the same value of every goal: its own counts. The reverse does not hold, since what rules
say of one person in one post (relatives, who acts, whose seat it is) is not asked here: the program is a relaxation in
these moves, exact in all others. It serves for bounds, and tells which moves are worth a column of their own.
"""

from collections import defaultdict
from collections.abc import Iterable

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.program import Expr, Program


def columns(problem: Problem, program: Program) -> None:
    moves, ground, expected = problem.moves, problem.ground, problem.expected
    for (person, first), periods in moves.loose_takeovers.items():
        for t in periods:
            program.column(("c", person, first, t))
    for (person, first), stints in moves.loose_stints.items():
        for stint in stints:
            program.column(("w", person, first, stint.period))
        if person not in problem.chances:
            continue  # never appointed: sits there from the rotation on, which needs no column
        for t in ground.horizon.periods:
            if t >= stints[0].period and expected.in_service(person, ground.horizon.instant(t)):
                program.column(("ow", person, first, t), integer=False)
    for kind, since in (("F", moves.loosely_appointed_from()), ("R", moves.loosely_rotated_from())):
        for position, first_period in since.items():
            for t in ground.horizon.periods[first_period:]:
                program.column((kind, position, t), ground.seats[position], integer=False)


def rows(problem: Problem, program: Program) -> None:
    _appointed(problem, program)
    _rotated(problem, program)
    _occupied(problem, program)


def _appointed(problem: Problem, program: Program) -> None:
    """Who sits in the class by loose appointments is who came, less who left service; nobody goes on elsewhere."""
    ground, expected, moves = problem.ground, problem.expected, problem.moves
    people: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
    for person, first in moves.loose_takeovers:
        people[first].append(person)
    for first, persons in people.items():
        posts = moves.appoint.posts[first]
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            leaving = Expr()
            if t > 0:
                before = ground.horizon.instant(t - 1)
                for person in persons:
                    if expected.in_service(person, before) and not expected.in_service(person, day):
                        came = [s for s in moves.loose_takeovers[person, first] if s < t]
                        leaving.add(program.sum(("c", person, first, s) for s in came))
            change = Expr.sum(program["F", p, t] - program["F", p, t - 1] for p in posts)
            coming = program.sum(
                ("c", person, first, t) for person in persons if t in moves.loose_takeovers[person, first]
            )
            program.equal(change - coming + leaving, 0, "seats", {first}, day)
            for p in posts:
                if ("F", p, t - 1) in program:
                    stays = program["F", p, t] - program["F", p, t - 1] + leaving
                    program.at_least(stays, 0, "seats", {p}, day)


def _rotated(problem: Problem, program: Program) -> None:
    """Who sits in the class by loose rotations is who rotated there and has not been appointed since."""
    ground, expected, moves = problem.ground, problem.expected, problem.moves
    people: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
    for person, first in moves.loose_stints:
        people[first].append(person)
    for first, persons in people.items():
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            sitting = Expr.sum(program["R", p, t] for p in moves.rotate.posts[first])
            there = [i for i in persons if expected.in_service(i, day)]
            by_rotation = Expr.sum(problem.rotated_into(program, i, first, t) for i in there)
            program.equal(sitting - by_rotation, 0, "seats", {first}, day)


def _occupied(problem: Problem, program: Program) -> None:
    """ow = 1 from the rotation until an appointment, as occ of `seats`."""
    for (person, first), stints in problem.moves.loose_stints.items():
        for t in problem.ground.horizon.periods:
            if ("ow", person, first, t) not in program:
                continue
            rotated = program.sum(("w", person, first, s.period) for s in stints if s.period <= t)
            appointed = problem.appointed_by(program, person, t)
            sits, subjects, day = program["ow", person, first, t], {person, first}, problem.ground.horizon.instant(t)
            program.at_least(sits - rotated + appointed, 0, "seats", subjects, day)
            program.at_most(sits - rotated, 0, "seats", subjects, day)
            program.at_most(sits + appointed, 1, "seats", subjects, day)


def arrivals(problem: Problem, program: Program, position: PositionId, periods: Iterable[int]) -> Expr:
    """At least 1 if somebody comes to the post in one of the periods by a loose move: who sits there at their ends."""
    return Expr.sum(problem.loose_holders(program, position, t) for t in periods)


def may_leave(problem: Problem, position: PositionId, t: int) -> bool:
    """Whether somebody who came to the post by a loose move may leave service between the instants t − 1 and t."""
    return (position, t) in problem.loosely_leaving
