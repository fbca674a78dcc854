"""Moves without a column of their own: who moves into a class of posts, and how many sit in each post by that.

("c", i, f, t) and ("w", i, f, t) say that a person is appointed or rotates to some post of the class of f, ("F", p, t)
and ("R", p, t) how many sit in a post by such an appointment or rotation, ("ow", i, f, t) that the person does (in
`seats`, beside "occ"). Every plan has such a point, with the same value of every goal: its own counts. The reverse does
not hold, since what rules say of one person in one post (relatives, who acts, whose seat it is) is not asked here: the
program is a relaxation in these moves, exact in all others. It serves for bounds, and tells which moves are worth a
column of their own.
"""

from planner.problem import Problem
from planner.problem.alike import by_class
from planner.program import Expr, Program


def columns(problem: Problem, program: Program) -> None:
    moves, ground = problem.moves, problem.ground
    for (person, first), periods in moves.loose_takeovers.items():
        for t in periods:
            program.column(("c", person, first, t))
    for (person, first), stints in moves.loose_stints.items():
        for stint in stints:
            program.column(("w", person, first, stint.period))
    for kind, since in (("F", moves.loosely_appointed_from()), ("R", moves.loosely_rotated_from())):
        for position, first_period in since.items():
            for t in ground.horizon.periods[first_period:]:
                program.column((kind, position, t), ground.seats[position], integer=False)


def rows(problem: Problem, program: Program) -> None:
    _appointed(problem, program)
    _rotated(problem, program)


def _appointed(problem: Problem, program: Program) -> None:
    """Who sits in the class by loose appointments is who came, less who left service; nobody goes on elsewhere."""
    ground, expected, moves = problem.ground, problem.expected, problem.moves
    for first, persons in by_class(moves.loose_takeovers).items():
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
    for first, persons in by_class(moves.loose_stints).items():
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            sitting = Expr.sum(program["R", p, t] for p in moves.rotate.posts[first])
            there = [i for i in persons if expected.in_service(i, day)]
            by_rotation = Expr.sum(problem.rotated_at(program, i, first, t, "w") for i in there)
            program.equal(sitting - by_rotation, 0, "seats", {first}, day)
