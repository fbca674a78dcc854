"""Which rotations and appointments rules, standards and dates allow, judged once for each class of posts (`alike`).

Tables are by person and the first post of a class. Whether a seat is vacant is a matter of rows, save that none may
ever be free (`openings`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from planner.domain.dates import ONE_DAY, add_months
from planner.domain.ids import PositionId
from planner.problem.alike import Alike
from planner.problem.appointable import Appointable
from planner.problem.closers import Closers, Pair, Stint
from planner.program import Look
from planner.rules.registry import Bound
from planner.timeline import Expected, Ground


def stints(
    ground: Ground, expected: Expected, bound: Bound, closers: Closers, classes: Alike, look: Look
) -> dict[Pair, list[Stint]]:
    """v: rotations that rules, standards and dates allow. Whether a seat is vacant is a matter of rows."""
    found: dict[Pair, list[Stint]] = {}
    willing = [person for person, row in ground.case.person.items() if row.open_to_rotation is not False]
    periods = ground.horizon.periods
    for first in classes:
        look()
        demands = ground.demands(first, "appoint")
        days = ground.horizon.start(periods[0]), ground.horizon.start(periods[-1])
        refused = bound.always_refused(first, "rotate", *days)
        posts = classes.posts[first]
        able = [i for i in willing if not ground.held[i].issuperset(posts) and not refused(i)]
        for t in periods:
            start = ground.horizon.start(t)
            months = bound.rotation_months(first, start)
            if months is None:
                continue
            end = add_months(start, months)
            for person in able:
                now = ground.rotations_now.get(person)
                still = now is not None and now.end is not None and start < now.end
                if (
                    (still and not bound.may_end_rotation(person, start))
                    or not bound.allows_one_of(person, classes.kinds[first], "rotate", start)
                    or not expected.in_service(person, end - ONE_DAY)
                    or ground.enrolled_full_time(person, start)
                    or not closers.can_close(person, demands, start)
                ):
                    continue
                found.setdefault((person, first), []).append(Stint(t, start, end))
    return found


DaysOf = Callable[[PositionId, int], list[dt.date]]
"""`days_of` of some classes."""


def takeovers(
    ground: Ground,
    expected: Expected,
    closers: Closers,
    appointable: Appointable,
    classes: Alike,
    days_in: DaysOf,
    look: Look,
) -> dict[Pair, list[int]]:
    """A_ip: the periods in which a person may be appointed to some post of a class; a set with holes."""
    found: dict[Pair, list[int]] = {}
    for first in classes:
        look()
        demands = ground.demands(first, "appoint")
        days = [(t, days_in(first, t), ground.horizon.instant(t)) for t in ground.horizon.periods]
        refused = appointable.never(first, [on for _, ons, _ in days for on in ons])
        for person in ground.case.person:
            if ground.held[person].issuperset(classes.posts[first]) or refused(person):
                continue
            if not closers.can_close(person, demands, days[-1][1][-1]):
                if not appointable.bound.may_be_excused(person, first):
                    continue
            periods = [
                t
                for t, ons, instant in days
                if expected.in_service(person, instant)
                and any(appointable.may(person, classes.kinds[first], on) for on in ons)
            ]
            if periods:
                found[person, first] = periods
    return found


def days_of(expected: Expected, classes: Alike, first: PositionId, t: int) -> list[dt.date]:
    """The days δ that judge an appointment to a post of the class in the period, in order."""
    return sorted({expected.delta(p, t) for p in classes.posts[first]})


def within_reach(
    appointable: Appointable, closers: Closers, days_in: DaysOf, found: dict[Pair, list[int]]
) -> dict[Pair, list[int]]:
    """Of appointments found with more rotations, those whose gaps can still be closed: nothing else depends on them."""
    kept = {}
    for (person, first), periods in found.items():
        if appointable.bound.may_be_excused(person, first):
            still = [t for t in periods if any(appointable.can_close(person, first, on) for on in days_in(first, t))]
        else:
            since = closers.earliest_of_all(person, appointable.ground.demands(first, "appoint"))
            still = [t for t in periods if since <= days_in(first, t)[-1]]
        if still:
            kept[person, first] = still
    return kept


def openings(
    ground: Ground,
    expected: Expected,
    classes: Alike,
    periods_of: dict[Pair, list[int]],
    stints_of: dict[Pair, list[Stint]],
) -> dict[PositionId, int]:
    """The first period by whose end a seat of the position may be free, whatever is decided; T if there is none.

    A seat is free where the status quo leaves one empty, or where an incumbent may go: by a rotation, or by an
    appointment to a position that may itself be free by then. The highest hopes that agree are found by repetition from
    "all free at once": from below, people who change seats in a ring of appointments would be missed.
    """
    horizon = ground.horizon
    never = len(horizon.periods)
    known = {
        p: next((t for t in horizon.periods if expected.empty(p, horizon.instant(t))), never) for p in ground.full_time
    }
    for (person, _), stints in stints_of.items():
        home = ground.home[person]
        if home is not None:
            known[home] = min(known[home], stints[0].period)
    moving = [(ground.home[i], first, periods) for (i, first), periods in periods_of.items() if ground.home[i]]
    first_free = dict.fromkeys(ground.full_time, 0)
    while True:
        fresh = dict(known)
        earliest = {first: earliest_of(first_free, posts) for first, posts in classes.posts.items()}
        for home, target, periods in moving:
            goes = next((t for t in periods if t >= earliest[target]), never)
            if home is not None:
                fresh[home] = min(fresh[home], goes)
        if fresh == first_free:
            return first_free
        first_free = fresh


def earliest_of(first_free: dict[PositionId, int], posts: Iterable[PositionId]) -> int:
    """The first period in which a seat of one of the posts may be free."""
    return min(first_free[p] for p in posts)
