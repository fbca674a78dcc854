"""Which loose moves are worth a column of their own: those that a relaxed point uses, by person and post."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from typing import Any, TypeVar

import numpy as np

from planner.domain.ids import PersonId, PositionId
from planner.problem import Named, Problem
from planner.problem.alike import by_post
from planner.problem.closers import Pair
from planner.program import Program
from planner.program.arrays import Floats
from planner.program.program import Key

T = TypeVar("T")

LEAST = 0.02
"""Less is noise of a method that ends at no vertex."""

WAYS = 1
"""Posts of the class to which each may be sent beside those that the relaxation tells: what rules say of one person in
one post it does not ask, so that some of those do not do."""

CANDIDATES = 40
"""Of those who may come to a post that is short of people: a head's post at 1,200 posts has hundreds."""


def used(problem: Problem, program: Program, relaxed: Floats) -> Named:
    """For each class and period, those who come are sent to posts that get somebody and to which they may come.

    Any assignment of the amounts gives the relaxed point named columns at the same value, as far as the relaxation
    tells; few of them do, where the point is a vertex.
    """

    def value(key: Key) -> float:
        return _value(program, relaxed, key)

    moves, periods = problem.moves, problem.ground.horizon.periods
    appointed: set[Pair] = set()
    for first, persons in by_post(moves.loose_takeovers).items():
        for (cohort, people), t in product(problem.expected.cohorts(persons).items(), periods):
            posts = moves.appoint.posts[first]
            came = _large((value(("c", i, first, t)), i) for i in people)
            got = _large((value(("F", p, t, cohort)) - value(("F", p, t - 1, cohort)), p) for p in posts)
            appointed |= _sent(came, got, partial(moves.may_take_over, t=t))
    rotated: set[Pair] = set()
    for first, persons in by_post(moves.loose_stints).items():
        for t in periods:
            came = _large((value(("w", i, first, t)), i) for i in persons)
            got = _large((value(("came", p, t)), p) for p in moves.rotate.posts[first])
            rotated |= _sent(came, got, partial(moves.may_rotate, day=problem.ground.horizon.start(t)))
    return Named(frozenset(appointed), frozenset(rotated))


def together(found: Iterable[Named]) -> Named:
    """The moves of all."""
    appointed, rotated = zip(*((named.appointments, named.rotations) for named in found), strict=True)
    return Named(frozenset().union(*appointed), frozenset().union(*rotated))


def to_posts(problem: Problem, program: Program, posts: Iterable[PositionId], reduced: Floats) -> Named:
    """Of those who may come to each of these posts loosely the CANDIDATES of least reduced cost: (columns,)."""
    moves, horizon = problem.moves, problem.ground.horizon
    takers, turners = by_post(moves.loose_takeovers), by_post(moves.loose_stints)
    appointed: set[Pair] = set()
    rotated: set[Pair] = set()
    for post in posts:
        first, turns_to = moves.appoint.first_of[post], moves.rotate.first_of[post]
        may_come = (
            (("c", i, first, t), i)
            for i in takers.get(first, ())
            for t in moves.loose_takeovers[i, first] if moves.may_take_over(i, post, t)
        )  # fmt: skip
        may_turn = (
            (("w", i, turns_to, stint.period), i)
            for i in turners.get(turns_to, ())
            for stint in moves.loose_stints[i, turns_to] if moves.may_rotate(i, post, horizon.start(stint.period))
        )  # fmt: skip
        appointed |= {(i, post) for i in _cheapest(program, may_come, reduced)}
        rotated |= {(i, post) for i in _cheapest(program, may_turn, reduced)}
    return Named(frozenset(appointed), frozenset(rotated))


def _cheapest(program: Program, ways: Iterable[tuple[Key, PersonId]], reduced: Floats) -> list[PersonId]:
    least: dict[PersonId, float] = {}
    for key, person in ways:
        column = program.index.get(key)
        if column is not None:
            least[person] = min(float(reduced[column]), least.get(person, np.inf))
    return sorted(least, key=lambda person: (least[person], person))[:CANDIDATES]


def between(program: Program, whole: Floats) -> Named:
    """All moves of those who move loosely in a whole point to the posts that get somebody by it.

    Who of them goes where the point leaves open, and only some of the ways may be lawful person by person.
    """

    def found(kind: str) -> set[Any]:
        return {key[1] for key, value in zip(program.keys, whole, strict=True) if key[0] == kind and value > 1 / 2}

    return Named(frozenset(product(found("c"), found("F"))), frozenset(product(found("w"), found("R"))))


def _value(program: Program, relaxed: Floats, key: Key) -> float:
    column = program.index.get(key)
    return 0.0 if column is None else float(relaxed[column])


def _large(amounts: Iterable[tuple[float, T]]) -> list[tuple[float, T]]:
    return sorted((pair for pair in amounts if pair[0] > LEAST), key=lambda pair: -pair[0])


def _sent(
    came: list[tuple[float, PersonId]],
    got: list[tuple[float, PositionId]],
    may: Callable[[PersonId, PositionId], bool],
) -> set[Pair]:
    """Who is sent where: those first who may go to the fewest posts, each to where most is left; and other ways.

    What is said of the class need not hold of the post, its kind and the day that judges it there: `may` tells.
    """
    open_to = {i: [p for _, p in got if may(i, p)] for _, i in came}
    left = {p: amount for amount, p in got}
    found: set[Pair] = set()
    for n, (amount, person) in enumerate(sorted(came, key=lambda pair: len(open_to[pair[1]]))):
        posts, to, more = open_to[person], set(), amount
        for post in sorted(posts, key=lambda p: -left[p]):
            if more <= LEAST or left[post] <= LEAST:
                break
            moved = min(more, left[post])
            more -= moved
            left[post] -= moved
            to.add(post)
        others = [p for p in (*posts[n % max(1, len(posts)) :], *posts) if p not in to]
        found |= {(person, p) for p in (*to, *dict.fromkeys(others[:WAYS]))}
    return found
