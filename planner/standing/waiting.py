"""Which waiting of a seat is for somebody who could not have come sooner: what `tolerated_vacancy` excuses."""

from __future__ import annotations

import datetime as dt

from planner.domain.ids import PersonId, PositionId
from planner.rules.registry import Bound
from planner.timeline import Expected, Timeline


def could_be_ready(expected: Expected, bound: Bound, person: PersonId, position: PositionId, day: dt.date) -> bool:
    """Whether the person could take over on the day if every place on offer were free: rules, levels and lists.

    A level counts from the end of any session ahead that grants it and admits the person; a list from any round before.
    Nobody could whom the procedure, a rotation in progress or a full-time course that is settled keeps until later.
    """
    ground = expected.ground
    if not expected.in_service(person, day) or not bound.allows(person, position, "appoint", day).ok:
        return False
    if bound.too_soon(person, position, day) or ground.enrolled_full_time(person, day):
        return False
    now = ground.rotations_now.get(person)
    if now is not None and now.end is not None and day < now.end and not bound.may_end_rotation(person, day):
        return False
    for gap in bound.demands(person, position, "appoint", day):
        if ground.closed_on(person, gap) <= day:
            continue
        if not any(
            ground.session_end(s.session_id) <= day and s.start >= ground.horizon.as_of
            for s in ground.sessions_granting(gap)
            if bound.admits(person, s.session_id).ok
        ):
            return False
    return all(rule.may_be_listed(person, position, day) for rule in bound.must_be_listed)


def waited_for(
    expected: Expected, bound: Bound, person: PersonId, position: PositionId, period: int, halves: int
) -> range:
    """The half-years just before an appointment in which the person could not come yet, at most so many.

    One more where the person could be ready by the last day of the half-year just before: who becomes ready within a
    half-year is appointed in the next, and that is no waiting for the person. A seat does not wait for somebody whom a
    bar, a sanction or the waiting time after one keeps from it.
    """
    if not halves:
        return range(period, period)
    if could_be_ready(expected, bound, person, position, expected.ground.horizon.instant(period - 1)):
        halves += 1
    first = period
    while first > max(0, period - halves):
        day = expected.delta(position, first - 1)
        if bound.is_kept_by_conduct(person, position, day) or could_be_ready(expected, bound, person, position, day):
            break
        first -= 1
    return range(first, period)


def excused(line: Timeline, bound: Bound, position: PositionId) -> list[tuple[int, int]]:
    """(empty, acted for) of the seats without a holder, by instant: how many may wait, as the rulebook tolerates.

    As many as there are people appointed later who could not come sooner, and as moves of the plan have opened within
    the time that is tolerated: who moves up leaves a seat that the procedure fills later. Nobody waits for whom a gate
    or their points keep from being proposed: such an appointment fills nothing.
    """
    empty_halves, acting_halves = bound.tolerated_vacancy(position)
    horizon, expected = line.ground.horizon, line.expected
    found = [(0, 0)] * len(horizon.periods)
    if not (empty_halves or acting_halves):
        return found
    is_stopped = line.ground.suitability.is_stopped
    coming = [a for a in line.plan.appointments if a.position == position and not is_stopped(a.person, position)]
    waits = {
        halves: [waited_for(expected, bound, a.person, position, a.period, halves) for a in coming]
        for halves in {empty_halves, acting_halves}
    }
    for t in horizon.periods:
        without = line.empty(position, t)
        if not without:
            continue
        acting = min(without, len(line.acting(position, t)))
        most_empty, most_acting = (
            opened_by_moves(line, position, t, halves) + sum(t in wait for wait in waits[halves])
            for halves in (empty_halves, acting_halves)
        )
        left_empty = min(without - acting, most_empty)
        found[t] = left_empty, min(acting, most_acting, max(most_empty, most_acting) - left_empty)
    return found


def opened_by_moves(line: Timeline, position: PositionId, t: int, halves: int) -> int:
    """Seats that moves of the plan have opened in the `halves` half-years up to the instant: of people who held one at
    `as_of`, and of those who were on rotation there."""
    if not halves:
        return 0
    horizon = line.ground.horizon
    now = horizon.instant(t)
    people = dict.fromkeys((*line.ground.incumbents[position], *line.entrants(position, now)))
    # Instant −1 is the end of `as_of`, on which a move of the plan may have happened already.
    days = [horizon.instant(s) for s in range(max(0, t - halves), t)]
    return sum(
        line.in_service(i, now)
        and line.post_of(i, now) != position
        and (
            any(line.post_of(i, day) == position for day in days)
            or (t < halves and i in line.ground.incumbents[position])
        )
        for i in people
    )
