"""Moves without a column of their own: who moves into a class of posts, and how many sit in each post by that.

("c", i, f, t) and ("w", i, f, t) say that a person is appointed or rotates to some post of the class of f, ("F", p, t,
cohort) how many sit in a post by such an appointment, by how long they serve, ("R", p, t) how many by such a rotation,
("lost", p, t) how many fewer than a period before, ("ow", i, f, t) that the person does (in `seats`, beside "occ").
Every plan has such a point, with the same value of every goal: its own counts. The reverse does not hold, since what
rules say of one person in one post (relatives, who acts, whose seat it is) is not asked here: the program is a
relaxation in these moves, exact in all others. It serves for bounds, and tells which moves are worth a column of their
own.
"""

import datetime as dt

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.problem.alike import by_class
from planner.program import Expr, Program
from planner.program.program import Key


def columns(problem: Problem, program: Program) -> None:
    moves, ground = problem.moves, problem.ground
    for (person, first), periods in moves.loose_takeovers.items():
        for t in periods:
            program.column(("c", person, first, t))
    for (person, first), stints in moves.loose_stints.items():
        for stint in stints:
            program.column(("w", person, first, stint.period))
    for position, cohorts in problem.loose_cohorts.items():
        for cohort, since in cohorts.items():
            for t in range(since, cohort.last + 1):
                program.column(("F", position, t, cohort), ground.seats[position], integer=False)
    for position, since in moves.loosely_rotated_from().items():
        for t in ground.horizon.periods[since:]:
            program.column(("R", position, t), ground.seats[position], integer=False)
        for t in ground.horizon.periods[since + 1 :]:
            program.column(("lost", position, t), ground.seats[position], integer=False)


def rows(problem: Problem, program: Program) -> None:
    _appointed(problem, program)
    _rotated(problem, program)


def _appointed(problem: Problem, program: Program) -> None:
    """Of those who serve equally long, who come to the class come to its posts, and stay there.

    Nobody is appointed twice. Exact for seats: people of a kind, sent to posts in a period, are a transportation.
    """
    ground, moves = problem.ground, problem.moves
    for first, persons in by_class(moves.loose_takeovers).items():
        posts = moves.appoint.posts[first]
        for cohort, people in problem.expected.cohorts(persons).items():
            for t in ground.horizon.periods[: cohort.last + 1]:
                coming = program.sum(("c", i, first, t) for i in people if t in moves.loose_takeovers[i, first])
                changes = {p: program["F", p, t, cohort] - program["F", p, t - 1, cohort] for p in posts}
                day = ground.horizon.instant(t)
                program.equal(Expr.sum(changes.values()) - coming, 0, "seats", {first}, day)
                for p, change in changes.items():
                    if ("F", p, t - 1, cohort) in program:
                        program.at_least(change, 0, "seats", {p}, day)
        for t in ground.horizon.periods if len(moves.appoint.kinds[first]) > 1 else ():
            came = {
                i: program.sum(("c", i, first, s) for s in moves.loose_takeovers[i, first] if s <= t)
                for i in persons
                if problem.expected.in_service(i, ground.horizon.instant(t))
            }
            sitting = {
                p: program.sum(("F", p, t, cohort) for cohort in problem.loose_cohorts.get(p, ())) for p in posts
            }
            may = {i: moves.loosely_appointed[i, first] for i in came}
            _only_who_may(program, ("came", first, t), sitting, came, may, ground.horizon.instant(t))


def _rotated(problem: Problem, program: Program) -> None:
    """Who sits in the class by loose rotations is who rotated there and has not been appointed since.

    All posts together lose no more of them in a period than leave the class: who leaves, leaves one post.
    """
    ground, expected, moves = problem.ground, problem.expected, problem.moves
    for first, persons in by_class(moves.loose_stints).items():
        posts = moves.rotate.posts[first]
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            sitting = {p: program["R", p, t] for p in posts}
            turned = {i: problem.rotated_at(program, i, first, t, "w") for i in persons if expected.in_service(i, day)}
            program.equal(Expr.sum(sitting.values()) - Expr.sum(turned.values()), 0, "seats", {first}, day)
            if len(moves.rotate.kinds[first]) > 1:
                may = {i: moves.loosely_rotated[i, first] for i in turned}
                _only_who_may(program, ("turned", first, t), sitting, turned, may, day)
            if t == 0:
                continue
            more = {p: program["R", p, t] - program["R", p, t - 1] for p in posts}
            starting = [("w", i, first, t) for i in persons if any(s.period == t for s in moves.loose_stints[i, first])]
            left = program.sum(starting) - Expr.sum(more.values())
            program.at_most(program.sum(("lost", p, t) for p in posts), left, "seats", {first}, day)
            for p in posts:
                if ("lost", p, t) in program:
                    program.at_least(more[p] + program["lost", p, t], 0, "seats", {p}, day)


def _only_who_may(
    program: Program,
    key: Key,
    sitting: dict[PositionId, Expr],
    there: dict[PersonId, Expr],
    may: dict[PersonId, frozenset[PositionId]],
    day: dt.date,
) -> None:
    """In a post of a class of several kinds sit only those whom no rule bars from it.

    `sitting` how many sit in each post of the class, `there` whether a person sits in one, `may` to which one may come.
    As short as it can be said: of the post, or of all who are in the others.
    """
    everyone = program.define(key, lambda: Expr.sum(sitting.values()), len(there))
    for p, held in sitting.items():
        able = [i for i in there if p in may[i]]
        if not held.terms or len(able) == len(there):
            continue
        if 2 * len(able) < len(there):
            program.at_most(held, Expr.sum(there[i] for i in able), "seats", {p}, day)
        else:
            others = Expr.sum(there[i] for i in there if p not in may[i])
            program.at_most(held + others, everyone, "seats", {p}, day)
