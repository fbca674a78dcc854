"""Moves without a column of their own: who moves into a class of posts, and how many sit in each post by that.

("c", i, f, t) and ("w", i, f, t) say that a person is appointed or rotates to some post of the class of f, ("F", p, t,
cohort) how many sit in a post by such an appointment, by how long they serve, ("R", p, t) how many by such a rotation,
("came", p, t) how many come by one, ("ow", i, f, t) that the person does (in `seats`, beside "occ").
Every plan has such a point, its own counts, with at most the same value of every goal. The reverse does not hold, since
what rules say of one person in one post (relatives, who acts, whose seat it is) is not asked here: the program is a
relaxation in these moves, exact in all others. It serves for bounds, and tells which moves are worth a column of their
own.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.problem.alike import by_post
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
            program.column(("came", position, t), ground.seats[position], integer=False)
    for position, halves, t in _waits(problem):
        program.column(("wl", position, t, halves), ground.seats[position], integer=False)


def rows(problem: Problem, program: Program) -> None:
    _appointed(problem, program)
    _rotated(problem, program)
    for first, posts in problem.moves.appoint.posts.items():
        _waited_for(problem, program, first, posts)


def _waits(problem: Problem) -> Iterator[tuple[PositionId, int, int]]:
    """(post, tolerated half-years, instant) where a seat may wait for somebody who comes by class."""
    for position in problem.ground.full_time:
        for halves in problem.loose_waits.tolerated(position):
            for t, waits in enumerate(problem.loose_waits.of(position, halves)):
                if waits:
                    yield position, halves, t


def _waited_for(problem: Problem, program: Program, first: PositionId, posts: Sequence[PositionId]) -> None:
    """Seats wait for people who come to their own post soon, and each of them for one seat."""
    by_halves: defaultdict[int, list[PositionId]] = defaultdict(list)
    for p in posts:
        for halves in problem.loose_waits.tolerated(p):
            by_halves[halves].append(p)
    for halves, alike in by_halves.items():
        for t in problem.ground.horizon.periods:
            day = problem.ground.horizon.instant(t)
            waits = {p: problem.loose_waits.of(p, halves)[t] for p in alike}
            everyone = frozenset().union(*waits.values())

            def coming(those: Iterable[tuple[PersonId, int]]) -> Expr:
                return program.sum(("c", person, first, period) for person, period in sorted(those))

            if not everyone:
                continue
            waiting = Expr.sum(program["wl", p, t, halves] for p in alike)
            program.at_most(waiting - coming(everyone), 0, "tolerated_vacancy", {first}, day)
            for p in alike:
                soon = _coming_soon(problem, program, p, t, halves)
                program.at_most(program["wl", p, t, halves] - soon, 0, "tolerated_vacancy", {p}, day)


def _coming_soon(problem: Problem, program: Program, position: PositionId, t: int, halves: int) -> Expr:
    """How many come to the post by class in the half-years after the instant in which a seat may wait for them."""
    soon = Expr()
    for cohort in problem.loose_cohorts.get(position, ()):
        until = min(t + halves + 1, cohort.last)
        if until > t:
            soon.add(program["F", position, until, cohort])
            soon.add(program["F", position, t, cohort], -1)
    return soon


def _appointed(problem: Problem, program: Program) -> None:
    """Of those who serve equally long, who come to the class come to its posts, and stay there.

    Nobody is appointed twice. Exact for seats: people of a kind, sent to posts in a period, are a transportation.
    """
    ground, moves = problem.ground, problem.moves
    for first, persons in by_post(moves.loose_takeovers).items():
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
        for t in ground.horizon.periods:
            _on_their_days(problem, program, first, persons, t)
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
            _only_who_may(program, ("appointed", first, t), sitting, came, may, ground.horizon.instant(t))


def _on_their_days(problem: Problem, program: Program, first: PositionId, persons: Sequence[PersonId], t: int) -> None:
    """Who comes to a post in a period may be appointed on the day that judges it there.

    To posts of which each takes none but people of a set come no more than of the set come to the class: Hall's
    condition, for the sets of those who may come on one of the days. As short as it can be said (`_only_who_may`).
    """
    moves, by_day = problem.moves, problem.moves.open_by_day(first, t)
    if len(by_day) < 2:
        return
    coming = [i for i in persons if t in moves.loose_takeovers[i, first]]
    able = {day: frozenset(i for i in coming if moves.may_come(i, first, day)) for day in by_day}
    instant = problem.ground.horizon.instant(t)
    cohorts = [cohort for cohort in problem.expected.cohorts(coming) if t <= cohort.last]
    for among in dict.fromkeys(able.values()):
        if len(among) == len(coming):
            continue
        taking = [p for day, posts in by_day.items() if able[day] <= among for p in posts]
        rest = [p for day, posts in by_day.items() if not able[day] <= among for p in posts]
        others = [i for i in coming if i not in among]
        shorter = len(taking) * 2 * len(cohorts) + len(among) < len(rest) * 2 * len(cohorts) + len(others)
        # Who comes to the class comes to one of its posts, so that either row says the same.
        takers, people = (taking, [i for i in coming if i in among]) if shorter else (rest, others)
        come = program.sum(("c", i, first, t) for i in people)
        got = program.sum(("F", p, t, cohort) for p in takers for cohort in cohorts)
        got = got - program.sum(("F", p, t - 1, cohort) for p in takers for cohort in cohorts)
        if shorter:
            program.at_most(got - come, 0, "seats", {first}, instant)
        else:
            program.at_most(come - got, 0, "seats", {first}, instant)


def _rotated(problem: Problem, program: Program) -> None:
    """Who sits in the class by loose rotations is who rotated there and has not been appointed since.

    Those who come to its posts in a period are those who rotate there then: who leaves one makes no room in another.
    """
    ground, expected, moves = problem.ground, problem.expected, problem.moves
    for first, persons in by_post(moves.loose_stints).items():
        posts = moves.rotate.posts[first]
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            sitting = {p: program["R", p, t] for p in posts}
            turned = {i: problem.rotated_at(program, i, first, t, "w") for i in persons if expected.in_service(i, day)}
            program.equal(Expr.sum(sitting.values()) - Expr.sum(turned.values()), 0, "seats", {first}, day)
            if len(moves.rotate.kinds[first]) > 1:
                may = {i: moves.loosely_rotated[i, first] for i in turned}
                _only_who_may(program, ("turned", first, t), sitting, turned, may, day)
            starting = [("w", i, first, t) for i in persons if any(s.period == t for s in moves.loose_stints[i, first])]
            coming = program.sum(("came", p, t) for p in posts)
            program.equal(coming - program.sum(starting), 0, "seats", {first}, day)
            for p in posts:
                if ("came", p, t) in program:
                    more = program["R", p, t] - program["R", p, t - 1]
                    program.at_least(program["came", p, t] - more, 0, "seats", {p}, day)


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
