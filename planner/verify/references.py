"""Whether a plan names only what is in the case, and names it once: else it cannot be replayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator

from planner.domain.plan import Appointment, Cover, Plan, Rotation
from planner.domain.violation import Violation
from planner.timeline import Ground

RULE = "events"
"""The name under which these breaches are reported."""


def unknown_references(ground: Ground, plan: Plan) -> Iterator[Violation]:
    """People, posts, sessions, rounds and periods that do not exist; two entries of one thing."""
    case, periods = ground.case, set(ground.horizon.periods)
    rounds = {r.round_id for r in case.rounds}
    for event in plan.departures:
        yield from _missing(event.person, case.person)
    for entry in plan.pools:
        yield from _missing(entry.person, case.person)
        yield from _missing(entry.position, case.position)
        yield from _missing(entry.round, rounds)
    for place in plan.training:
        yield from _missing(place.person, case.person)
        yield from _missing(place.session, case.session)
    moves: list[Rotation | Appointment | Cover] = [*plan.rotations, *plan.appointments, *plan.covers]
    for move in moves:
        yield from _missing(move.person, case.person)
        yield from _missing(move.position, case.position)
        yield from _missing(move.period, periods)
    for rotation in plan.rotations:
        for post in (rotation.home, rotation.return_to):
            if post is not None:
                yield from _missing(post, case.position)
    for successor in plan.successors:
        yield from _missing(successor.position, case.position)
        if successor.person is not None:
            yield from _missing(successor.person, case.person)
    yield from _twins((d.person, d.on) for d in plan.departures)
    yield from _twins((e.position, e.person) for e in plan.pools)
    yield from _twins((s.position,) for s in plan.successors)


def _missing(name: object, known: Container[object]) -> Iterator[Violation]:
    if name not in known:
        yield Violation(RULE, frozenset({str(name)}), scope="unknown", moved_in=True)


def _twins(keys: Iterable[tuple[Hashable, ...]]) -> Iterator[Violation]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield Violation(RULE, frozenset(map(str, key)), None, count - 1, scope="twice", moved_in=True)
