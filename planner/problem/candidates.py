"""Which decisions exist: each function gives one table of them, judged on the status quo.

A decision that personal rules, standards or facts refuse whatever else is decided has no row here, and so no column.
"""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from planner.domain.case import Need
from planner.domain.dates import ONE_DAY, add_months
from planner.domain.ids import PersonId, PositionId, SessionId
from planner.rules.registry import Bound
from planner.standing import Standing
from planner.timeline import Expected, Ground
from planner.timeline.admission import allotted, in_post
from planner.timeline.ground import LONG_AGO, NEVER, Gap
from planner.timeline.replay import months_by_rotation


class Closer(NamedTuple):
    """An action that closes a gap of a person: its column's key, and the day from which the level counts."""

    key: tuple[object, ...]
    on: dt.date


class Stint(NamedTuple):
    """A possible rotation: from the first day of a period until it is over."""

    period: int
    start: dt.date
    end: dt.date


class Closers:
    """For each person, what the person's possible places and rotations grant, and when."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._places: defaultdict[PersonId, list[tuple[SessionId, Gap, dt.date]]] = defaultdict(list)
        self._stints: defaultdict[PersonId, list[tuple[PositionId, Stint]]] = defaultdict(list)
        self._known: dict[tuple[PersonId, Gap], tuple[Closer, ...]] = {}

    def add_place(self, person: PersonId, session: SessionId) -> None:
        self._places[person].append((session, self.ground.granted(session), self.ground.session_end(session)))

    def set_stints(self, stints: dict[tuple[PersonId, PositionId], list[Stint]]) -> None:
        """The rotations that count from now on, in place of any before."""
        self._stints.clear()
        for (person, position), found in stints.items():
            self._stints[person] += [(position, stint) for stint in found]
        self._known.clear()

    def of(self, person: PersonId, gap: Gap) -> tuple[Closer, ...]:
        """O_ik: every action of the person that grants at least the level, in order of its day."""
        key = (person, gap)
        if key not in self._known:
            found = [
                Closer(("u", person, session), end)
                for session, granted, end in self._places.get(person, ())
                if granted.competency == gap.competency and granted.level >= gap.level
            ]
            for position, stint in self._stints.get(person, ()):
                on = months_by_rotation(self.ground, gap, stint.start)
                if on is not None:
                    found.append(Closer(("v", person, position, stint.period), on))
            self._known[key] = tuple(sorted(found, key=lambda c: (c.on, str(c.key))))
        return self._known[key]

    def earliest(self, person: PersonId, gap: Gap) -> dt.date:
        """The first day on which the person may have the level, with or without an action; date.max if never."""
        base = self.ground.closed_on(person, gap)
        closers = self.of(person, gap)
        return min(base, closers[0].on) if closers else base

    def can_close(self, person: PersonId, gaps: tuple[Gap, ...], day: dt.date) -> bool:
        return all(self.earliest(person, gap) <= day for gap in gaps)


def places(ground: Ground, expected: Expected, bound: Bound) -> list[tuple[PersonId, SessionId]]:
    """(person, session) that the person may attend: not begun before `as_of`, lacks the level, in service to the end,
    admitted, allowed by the rules of stage train, prerequisite held or reachable by an earlier session or a rotation,
    no enrolment on the same days."""
    ahead = (s for s in ground.case.sessions if s.start >= ground.horizon.as_of)
    sessions = sorted(ahead, key=lambda s: (s.start, s.session_id))
    found = []
    for person in ground.case.person:
        reachable: list[tuple[Gap, dt.date]] = []
        for row in sessions:
            session, end, course = row.session_id, ground.session_end(row.session_id), ground.case.course[row.course_id]
            granted = ground.granted(session)
            if ground.closed_on(person, granted) <= end or not expected.in_service(person, end):
                continue
            if any(run.start <= end and row.start <= run.end for _, run in ground.enrolled.get(person, ())):
                continue
            if not allotted(ground, person, session):
                continue
            if (
                course.admits is not None
                and not course.admits.planned
                and not in_post(ground, expected, person, session)
            ):
                continue
            if course.needs is not None:
                needed = Gap(course.needs.competency, ground.content.level(course.needs))
                by_rotation = months_by_rotation(ground, needed, ground.horizon.as_of) or NEVER
                if min(ground.closed_on(person, needed), by_rotation) > row.start and not any(
                    g.competency == needed.competency and g.level >= needed.level and day <= row.start
                    for g, day in reachable
                ):
                    continue
            if not bound.admits(person, session).ok:
                continue
            found.append((person, session))
            reachable.append((granted, end))
    return found


def names(ground: Ground, expected: Expected, bound: Bound, closers: Closers) -> list[tuple[PersonId, PositionId]]:
    """C: pairs that a decided list may hold after its round."""
    pairs = []
    for position, decided in ground.decided_round.items():
        day = decided.approved_on
        demands = ground.demands(position, "plan")
        for person in ground.case.person:
            if position in ground.held[person] or not expected.in_service(person, day):
                continue
            new = person not in ground.old_lists[position]
            if new and ground.names_from == "nominated" and (person, position) not in ground.nominated:
                continue
            if bound.allows(person, position, "plan", day).ok and closers.can_close(person, demands, day):
                pairs.append((person, position))
    return pairs


def stints(
    ground: Ground, expected: Expected, bound: Bound, closers: Closers
) -> dict[tuple[PersonId, PositionId], list[Stint]]:
    """v: rotations that rules, standards and dates allow. Whether a seat is vacant is a matter of rows."""
    found: dict[tuple[PersonId, PositionId], list[Stint]] = {}
    for position in ground.full_time:
        demands = ground.demands(position, "appoint")
        for t in ground.horizon.periods:
            start = ground.horizon.start(t)
            months = bound.rotation_months(position, start)
            if months is None:
                continue
            end = add_months(start, months)
            for person, row in ground.case.person.items():
                now = ground.rotations_now.get(person)
                if (
                    position in ground.held[person]
                    or row.open_to_rotation is False
                    or (now is not None and now.end is not None and start < now.end)
                    or not expected.in_service(person, end - ONE_DAY)
                    or enrolled_full_time(ground, person, start)
                    or not bound.allows(person, position, "rotate", start).ok
                    or not closers.can_close(person, demands, start)
                ):
                    continue
                found.setdefault((person, position), []).append(Stint(t, start, end))
    return found


def enrolled_full_time(ground: Ground, person: PersonId, day: dt.date) -> bool:
    """Whether a full-time course that is settled already runs past the day."""
    return any(c.mode == "full" and run.start <= day < run.end for c, run in ground.enrolled.get(person, ()))


class ListHopes:
    """The lists that a person may be in on a day, whatever is decided: what `appointment_from_pool` can build on."""

    def __init__(self, bound: Bound, lists: dict[PersonId, list[tuple[int, dt.date, dt.date]]]) -> None:
        self._asking = bound.must_be_listed
        self._lists = lists
        self._highest = {person: max(order for order, _, _ in found) for person, found in lists.items()}

    def may(self, person: PersonId, position: PositionId, order: int, on: dt.date) -> bool:
        """Whether every `must` rule that asks for a list on the day may find the person in one that counts."""
        if self._highest.get(person, -1) >= order and any(
            high >= order and first <= on <= last for high, first, last in self._lists[person]
        ):
            return True
        return not any(rule.demands(person, position, on) for rule in self._asking)


def list_hopes(status_quo: Standing, pairs: list[tuple[PersonId, PositionId]]) -> ListHopes:
    """From the pairs that a decided list may hold, and the lists that are in force without one."""
    ground = status_quo.ground
    lists: defaultdict[PersonId, list[tuple[int, dt.date, dt.date]]] = defaultdict(list)
    for person, position in pairs:
        approved = ground.decided_round[position].approved_on
        lists[person].append((ground.order(position), approved + ONE_DAY, NEVER))
    for position in ground.listable:
        decided = ground.decided_round.get(position)
        last = decided.approved_on if decided is not None else NEVER
        for person in status_quo.names_on(position, ground.horizon.as_of):
            lists[person].append((ground.order(position), LONG_AGO, last))
    return ListHopes(status_quo.bound, dict(lists))


def takeovers(
    ground: Ground, expected: Expected, bound: Bound, closers: Closers, hopes: ListHopes
) -> dict[tuple[PersonId, PositionId], list[int]]:
    """A_ip: the periods in which a person may be appointed to a position; a set with holes."""
    found: dict[tuple[PersonId, PositionId], list[int]] = {}
    for position in ground.full_time:
        order = ground.order(position)
        demands = ground.demands(position, "appoint")
        days = [(t, expected.delta(position, t), ground.horizon.instant(t)) for t in ground.horizon.periods]
        for person in ground.case.person:
            if position in ground.held[person] or not closers.can_close(person, demands, days[-1][1]):
                continue
            now = ground.rotations_now.get(person)
            free_from = now.end if now is not None and now.end is not None else LONG_AGO
            periods = [
                t
                for t, on, instant in days
                if on >= free_from
                and expected.in_service(person, instant)
                and bound.allows(person, position, "appoint", on).ok
                and hopes.may(person, position, order, on)
                and closers.can_close(person, demands, on)
                and not enrolled_full_time(ground, person, on)
            ]
            if periods:
                found[person, position] = periods
    return found


def within_reach(
    ground: Ground, expected: Expected, closers: Closers, found: dict[tuple[PersonId, PositionId], list[int]]
) -> dict[tuple[PersonId, PositionId], list[int]]:
    """Of appointments found with more rotations, those whose gaps can still be closed: nothing else depends on them."""
    kept = {}
    for (person, position), periods in found.items():
        demands = ground.demands(position, "appoint")
        still = [t for t in periods if closers.can_close(person, demands, expected.delta(position, t))]
        if still:
            kept[person, position] = still
    return kept


def ready_candidates(
    status_quo: Standing, closers: Closers, listed: frozenset[tuple[PersonId, PositionId]]
) -> dict[PositionId, list[PersonId]]:
    """For each position that wants a successor: those who may be a ready name on d₁."""
    ground, expected, bound = status_quo.ground, status_quo.expected, status_quo.bound
    found = {}
    for position in ground.full_time:
        if ground.case.position[position].successors < 1:
            continue
        day = expected.wanted_by[position]
        demands = ground.demands(position, "appoint")
        decided = ground.decided_round.get(position)
        if decided is not None and day > decided.approved_on:
            pool = [i for i in ground.case.person if (i, position) in listed]
        else:
            pool = list(status_quo.names_on(position, day))
        found[position] = [
            person
            for person in pool
            if position not in ground.held[person]
            and expected.in_service(person, day)
            and bound.allows(person, position, "appoint", day).ok
            and closers.can_close(person, demands, day)
            and not status_quo.line.away(person, day)
        ]
    return found


def actors(
    ground: Ground,
    expected: Expected,
    bound: Bound,
    periods_of: dict[tuple[PersonId, PositionId], list[int]],
    stints_of: dict[tuple[PersonId, PositionId], list[Stint]],
    first: dict[PositionId, int],
) -> dict[tuple[PositionId, int], list[PersonId]]:
    """Who may act for a position at an instant: those who may by then hold a deputy's post of its unit.

    A position that cannot be empty yet needs nobody: `first` is the period from which it may be (see `openings`).
    """
    # By post, once: to look through all pairs for each post and instant would be quadratic.
    arriving: defaultdict[PositionId, list[tuple[int, PersonId]]] = defaultdict(list)
    for (person, post), periods in periods_of.items():
        arriving[post].append((periods[0], person))
    for (person, post), rotations in stints_of.items():
        arriving[post].append((rotations[0].period, person))
    found = {}
    for position in ground.full_time:
        now = ground.covers_now.get(position)
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            rules = bound.acting_rules(position, day)
            if not rules or (now is not None and ground.horizon.instant(t - 1) < now.end):
                continue
            if t < first[position]:
                continue
            posts = {p for rule in rules for p in rule.deputy_posts(position)}
            persons = {i for p in posts for i in ground.incumbents[p]}
            persons |= {i for p in posts for first_period, i in arriving.get(p, ()) if first_period <= t}
            able = [
                i for i in sorted(persons) if expected.in_service(i, day) and not enrolled_full_time(ground, i, day)
            ]
            if able:
                found[position, t] = able
    return found


def openings(
    ground: Ground,
    expected: Expected,
    periods_of: dict[tuple[PersonId, PositionId], list[int]],
    stints_of: dict[tuple[PersonId, PositionId], list[Stint]],
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
    moving = [(ground.home[i], p, periods) for (i, p), periods in periods_of.items() if ground.home[i] is not None]
    first = dict.fromkeys(ground.full_time, 0)
    while True:
        fresh = dict(known)
        for home, target, periods in moving:
            goes = next((t for t in periods if t >= first[target]), never)
            if home is not None:
                fresh[home] = min(fresh[home], goes)
        if fresh == first:
            return first
        first = fresh


def admitted_places(
    ground: Ground,
    expected: Expected,
    found: list[tuple[PersonId, SessionId]],
    listed: set[tuple[PersonId, PositionId]],
) -> list[tuple[PersonId, SessionId]]:
    """Without the places in courses for holders and names of people who are neither and cannot be in such a list."""

    ranks_of: defaultdict[PersonId, set[str]] = defaultdict(set)
    for person, p in listed:
        ranks_of[person].add(ground.case.position[p].rank)
    for p, persons in ground.old_lists.items():
        for person in persons:
            ranks_of[person].add(ground.case.position[p].rank)

    def may_be_planned(person: PersonId, ranks: tuple[str, ...]) -> bool:
        known = ranks_of.get(person, set())
        return not known.isdisjoint(ranks) if ranks else bool(known)

    return [
        (person, session)
        for person, session in found
        if (admits := ground.course_of(session).admits) is None
        or in_post(ground, expected, person, session)
        or ground.everyone_is_listed
        or may_be_planned(person, admits.ranks)
    ]


def useful_places(
    ground: Ground,
    found: list[tuple[PersonId, SessionId]],
    aims: set[tuple[PersonId, PositionId]],
    bound_to: set[tuple[PersonId, SessionId | None]],
) -> list[tuple[PersonId, SessionId]]:
    """The places that can serve something: the best plan never holds one that serves nothing, which only costs.

    A place serves where it closes a gap, open at `as_of`, that some aim of the person demands (a post that the person
    may be planned for, moved to or already holds), or that a serving course needs: it grants at least the least of
    those levels; where the class has a least size, since somebody must fill it; and where a decision speaks of it.
    """
    least: dict[tuple[PersonId, str], int] = {}

    def want(person: PersonId, need: Need) -> None:
        gap, key = Gap(need.competency, ground.content.level(need)), (person, need.competency)
        if ground.closed_on(person, gap) > ground.horizon.as_of:
            least[key] = min(gap.level, least.get(key, gap.level))

    for person, position in aims:
        for cell in ground.cells(position, "plan", "appoint", "after_appoint"):
            want(person, Need(cell.competency, cell.level))

    def serves(person: PersonId, session: SessionId) -> bool:
        granted = ground.granted(session)
        return (
            granted.level >= least.get((person, granted.competency), granted.level + 1)
            or ground.case.session[session].min_seats > 1
            or (person, session) in bound_to
            or (person, None) in bound_to
        )

    kept: set[tuple[PersonId, SessionId]] = set()
    while True:
        more = {pair for pair in found if pair not in kept and serves(*pair)}
        if not more:
            return [pair for pair in found if pair in kept]
        kept |= more
        for person, session in more:
            needs = ground.course_of(session).needs
            if needs is not None:
                want(person, needs)
