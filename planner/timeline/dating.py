"""From periods to days: on which day of its period each appointment takes effect, and the chains that result.

An appointment takes effect on δ, or on the day on which the plan itself empties the seat if that is later in the
same period; the k-th who comes in takes over on the k-th day on which a seat is free.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Appointment, Rotation
from planner.timeline.expected import Expected


class Move(NamedTuple):
    """A decided appointment before it has days."""

    person: PersonId
    position: PositionId
    period: int


def rotation(expected: Expected, person: PersonId, position: PositionId, period: int, months: int) -> Rotation:
    """A rotation from the first day of the period, over `months` later."""
    start = expected.ground.horizon.start(period)
    return Rotation(
        person=person,
        position=position,
        period=period,
        start=start,
        end=add_months(start, months),
        home=expected.ground.home[person],
    )


def dated(expected: Expected, moves: Iterable[Move], rotations: Sequence[Rotation]) -> tuple[Appointment, ...]:
    """The appointments with δ, the day of taking over, chain and link. Sorted by person.

    Within a period the days depend on each other (a seat is free when its holder takes over elsewhere): the least
    days that agree are found by repetition from δ; people who change seats in a ring all move on δ.
    """
    moves = sorted(moves)
    days = {m: expected.delta(m.position, m.period) for m in moves}
    by_period: defaultdict[int, list[Move]] = defaultdict(list)
    for move in moves:
        by_period[move.period].append(move)
    for period in sorted(by_period):
        arriving = by_period[period]
        for _ in range(len(arriving) + 1):
            fresh = _one_pass(expected, period, arriving, days, moves, rotations)
            if all(days[m] == fresh[m] for m in arriving):
                break
            days.update(fresh)
    undated = [
        Appointment(
            person=m.person,
            position=m.position,
            period=m.period,
            judged_on=expected.delta(m.position, m.period),
            on=days[m],
        )
        for m in moves
    ]
    return _chained(expected, undated, rotations)


def _one_pass(
    expected: Expected,
    period: int,
    arriving: Sequence[Move],
    days: dict[Move, dt.date],
    moves: Sequence[Move],
    rotations: Sequence[Rotation],
) -> dict[Move, dt.date]:
    """For each arrival of the period the day on which its seat is free, given the days of all others."""
    fresh = dict(days)
    for position in {m.position for m in arriving} & expected.ground.seats.keys():
        here = [m for m in arriving if m.position == position]
        frees = _free_days(expected, position, period, days, moves, rotations)
        for k, move in enumerate(here):
            delta = expected.delta(position, period)
            fresh[move] = max(delta, frees[k]) if k < len(frees) else delta
    return fresh


def _free_days(
    expected: Expected,
    position: PositionId,
    period: int,
    days: dict[Move, dt.date],
    moves: Sequence[Move],
    rotations: Sequence[Rotation],
) -> list[dt.date]:
    """Days of the period on which a seat of the position becomes free for an appointment, in order, once per seat."""
    ground = expected.ground
    start, end = ground.horizon.start(period), ground.horizon.instant(period)
    stays: list[tuple[PersonId, dt.date]] = [(i, dt.date.min) for i in ground.incumbents[position]]
    stays += [(m.person, days[m]) for m in moves if m.position == position and m.period < period]
    stays += [(r.person, r.start) for r in rotations if r.position == position and r.start <= end]
    # What a move of this period opens is no seat for it where it is filled later.
    own_only = position in expected.procedure.fills_later
    sitting, exits = 0, []
    for person, since in stays:
        leaves = min(
            [expected.leaves.get(person, dt.date.max)]
            + [days[m] for m in moves if m.person == person and m.position != position and m.period <= period]
            + [r.start for r in rotations if r.person == person and r.position != position and r.start >= since]
        )
        if since <= start and leaves <= start and since < start:
            if leaves == start:
                sitting += 1
                exits.append(start)
            continue
        sitting += 1
        if leaves <= end and (not own_only or leaves == expected.leaves.get(person)):
            exits.append(max(leaves, start))
    free = ground.seats[position] - sitting
    exits.sort()
    if free < 0:
        exits, free = exits[-free:], 0
    return [start] * free + exits


def _openers(expected: Expected, position: PositionId, leaving: list[Appointment]) -> list[Appointment]:
    """Those of the leaving whose seat falls empty: the first exits of a post in surplus only end the surplus."""
    ground = expected.ground
    surplus = expected.excess(position, ground.horizon.as_of) if position in ground.seats else 0
    gone = {a.person for a in leaving}
    retired = [
        expected.leaves[i] for i in ground.incumbents.get(position, ()) if i in expected.leaves and i not in gone
    ]
    exits: list[tuple[dt.date, int]] = sorted(
        [(day, -1) for day in retired] + [(a.on, n) for n, a in enumerate(leaving)]
    )
    return [leaving[n] for _, n in exits[surplus:] if n >= 0]


def _chained(
    expected: Expected, appointments: list[Appointment], rotations: Sequence[Rotation]
) -> tuple[Appointment, ...]:
    """Number the chains: link 1 takes a seat that was vacated or empty, link 2 the seat that link 1 left, and so on."""
    ground = expected.ground
    rotated_to = {r.person: r.position for r in rotations}
    ordered = sorted(appointments, key=lambda a: (a.on, a.judged_on, a.position, a.person))
    opened: defaultdict[PositionId, list[Appointment]] = defaultdict(list)
    for a in ordered:
        left = rotated_to.get(a.person) or ground.home[a.person]
        if left is not None:
            opened[left].append(a)
    for position, leaving in opened.items():
        opened[position] = _openers(expected, position, leaving)
    before: dict[PersonId, Appointment] = {}
    for a in ordered:
        causes = [c for c in opened[a.position] if c.on <= a.on and c.person not in {b.person for b in before.values()}]
        if causes and causes[0].person != a.person:
            before[a.person] = causes[0]
    place: dict[PersonId, tuple[int, int]] = {}
    chains = 0

    def locate(a: Appointment, seen: frozenset[PersonId]) -> tuple[int, int]:
        nonlocal chains
        if a.person not in place:
            cause = before.get(a.person)
            if cause is None or cause.person in seen:
                chains += 1
                place[a.person] = (chains, 1)
            else:
                chain, link = locate(cause, seen | {a.person})
                place.setdefault(a.person, (chain, link + 1))
        return place[a.person]

    for a in ordered:
        locate(a, frozenset({a.person}))
    return tuple(
        a.model_copy(update={"chain": place[a.person][0], "link": place[a.person][1]})
        for a in sorted(appointments, key=lambda a: (a.person, a.position, a.period))
    )
