"""Which loose moves are worth a column of their own: those that a relaxed point uses, by person and post."""

from __future__ import annotations

from itertools import product
from typing import Any, TypeVar

import numpy as np

from planner.domain.ids import PersonId, PositionId
from planner.problem import Named, Problem
from planner.problem.alike import by_class
from planner.problem.closers import Pair
from planner.program import Program
from planner.program.arrays import Floats
from planner.program.program import Key

T = TypeVar("T")

LEAST = 0.1
"""Less is noise of a method that ends at no vertex: to name it doubles the program for nothing."""

THIN = 0.02
"""The same where people and posts of a class are so many that each has a small part: at 1,200 posts the named program
relaxes to 329 with it, as all moves do, and to 810 with the other."""


def used(problem: Problem, program: Program, relaxed: Floats, *, thin: bool = False) -> Named:
    """For each class and period, those who come are sent to the posts that get somebody, in order of their values.

    Any such assignment (a north-west corner of the transportation) gives the relaxed point named columns at the same
    value, with fewer pairs than people and posts together. `thin`: small values count too, and no way is added.
    """

    def value(key: Key) -> float:
        return _value(program, relaxed, key)

    least, pairs = (THIN, _sent) if thin else (LEAST, _pairs)
    moves, periods = problem.moves, problem.ground.horizon.periods
    appointed: set[Pair] = set()
    for first, persons in by_class(moves.loose_takeovers).items():
        for (cohort, people), t in product(problem.expected.cohorts(persons).items(), periods):
            came = [(value(("c", i, first, t)), i) for i in people]
            got = [(value(("F", p, t, cohort)) - value(("F", p, t - 1, cohort)), p) for p in moves.appoint.posts[first]]
            appointed |= pairs(_large(came, least), _large(got, least))
    rotated: set[Pair] = set()
    for first, persons in by_class(moves.loose_stints).items():
        for t in periods:
            came = [(value(("w", i, first, t)), i) for i in persons]
            got = [(value(("R", p, t)) - value(("R", p, t - 1)), p) for p in moves.rotate.posts[first]]
            rotated |= pairs(_large(came, least), _large(got, least))
    held = problem.ground.held
    return Named(*(frozenset((i, p) for i, p in found if p not in held[i]) for found in (appointed, rotated)))


def values(problem: Problem, program: Program, relaxed: Floats, named: Program) -> Floats:
    """The relaxed point over the columns of a named program: a move that had none has the value of its class."""
    loose = {"a": ("c", problem.moves.appoint.first_of), "v": ("w", problem.moves.rotate.first_of)}

    def of_class(key: Any) -> Key:
        if key in program.index or key[0] not in loose:
            return tuple(key)
        kind, first_of = loose[key[0]]
        return kind, key[1], first_of.get(key[2]), key[3]

    return np.array([_value(program, relaxed, of_class(key)) for key in named.keys])


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


def _large(amounts: list[tuple[float, T]], least: float) -> list[tuple[float, T]]:
    return sorted((pair for pair in amounts if pair[0] > least), key=lambda pair: -pair[0])


def _pairs(came: list[tuple[float, PersonId]], got: list[tuple[float, PositionId]]) -> set[Pair]:
    """Who is sent where, and for each one more way: where whole people cannot go as their fractions do."""
    others = {(person, got[(n + 1) % len(got)][1]) for n, (_, person) in enumerate(came) if got}
    return _sent(came, got) | others


def _sent(came: list[tuple[float, PersonId]], got: list[tuple[float, PositionId]]) -> set[Pair]:
    """The north-west corner: the largest to the largest, until one side is used up."""
    found: set[Pair] = set()
    supply = np.array([amount for amount, _ in came])
    demand = np.array([amount for amount, _ in got])
    a = b = 0
    while a < supply.size and b < demand.size:
        found.add((came[a][1], got[b][1]))
        moved = min(supply[a], demand[b])
        supply[a] -= moved
        demand[b] -= moved
        if supply[a] <= demand[b]:
            a += 1
        else:
            b += 1
    return found
