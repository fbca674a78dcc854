"""Which decisions exist: each function gives one table of them, judged on the status quo.

A decision that personal rules, standards or facts refuse whatever else is decided has no row here, and so no column.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from planner.domain.case import Need, Session
from planner.domain.ids import PersonId, PositionId, SessionId
from planner.problem.closers import Closers
from planner.problem.moves import Moves
from planner.rules.registry import Bound
from planner.standing import Standing
from planner.timeline import Expected, Ground
from planner.timeline.admission import allotted, in_post
from planner.timeline.ground import NEVER, Gap
from planner.timeline.replay import months_by_rotation


def places(ground: Ground, expected: Expected, bound: Bound) -> list[tuple[PersonId, SessionId]]:
    """(person, session) that the person may attend: not begun before `as_of`, lacks the level, in service to the end,
    admitted, allowed by the rules of stage train, prerequisite held or reachable by an earlier session or a rotation,
    no enrolment on the same days."""
    ahead = (s for s in ground.case.sessions if s.start >= ground.horizon.as_of)
    sessions = [_class_of(ground, s) for s in sorted(ahead, key=lambda s: (s.start, s.session_id))]
    found = []
    for person in ground.case.person:
        reachable: list[tuple[Gap, dt.date]] = []
        enrolled = ground.enrolled.get(person, ())
        for session, start, end, last_known, granted, needed, for_holders in sessions:
            if ground.closed_on(person, granted) <= last_known or not expected.in_service(person, last_known):
                continue
            if any(run.start <= end and start <= run.end for _, run in enrolled):
                continue
            if not allotted(ground, person, session):
                continue
            if for_holders and not in_post(ground, expected, person, session):
                continue
            if needed is not None:
                by_rotation = months_by_rotation(ground, needed, ground.horizon.as_of) or NEVER
                if min(ground.closed_on(person, needed), by_rotation) > start and not any(
                    g.competency == needed.competency and g.level >= needed.level and day <= start
                    for g, day in reachable
                ):
                    continue
            if not bound.admits(person, session).ok:
                continue
            found.append((person, session))
            reachable.append((granted, end))
    return found


class _Class(NamedTuple):
    """What is asked of a session for each of thousands of people."""

    session: SessionId
    start: dt.date
    end: dt.date
    last_known: dt.date
    granted: Gap
    needed: Gap | None
    for_holders: bool


def _class_of(ground: Ground, row: Session) -> _Class:
    course, session = ground.case.course[row.course_id], row.session_id
    needed = None if course.needs is None else Gap(course.needs.competency, ground.content.level(course.needs))
    for_holders = course.admits is not None and not course.admits.planned
    days = row.start, ground.session_end(session), ground.last_known_day(session)
    return _Class(session, *days, ground.granted(session), needed, for_holders)


def names(ground: Ground, expected: Expected, bound: Bound, closers: Closers) -> list[tuple[PersonId, PositionId]]:
    """C: pairs that a decided list may hold after its round."""
    pairs = []
    rank = {person: n for n, person in enumerate(ground.case.person)}
    nominated: defaultdict[PositionId, set[PersonId]] = defaultdict(set)
    for person, position in ground.nominated:
        nominated[position].add(person)
    for position, decided in ground.decided_round.items():
        day = decided.approved_on
        may: Iterable[PersonId] = rank
        if ground.names_from == "nominated":
            may = sorted(nominated[position] | set(ground.old_lists[position]), key=rank.__getitem__)
        for person in may:
            if position in ground.held[person] or not expected.in_service(person, day):
                continue
            if bound.allows(person, position, "plan", day).ok:
                if closers.can_close(person, bound.demands(person, position, "plan", day), day):
                    pairs.append((person, position))
    return pairs


def ready_candidates(
    status_quo: Standing, closers: Closers, listed: dict[PositionId, list[PersonId]]
) -> dict[PositionId, list[PersonId]]:
    """For each position that wants a successor: those who may be a ready name on d₁."""
    ground, expected, bound = status_quo.ground, status_quo.expected, status_quo.bound
    found = {}
    for position in ground.full_time:
        if ground.case.position[position].successors < 1:
            continue
        day = expected.wanted_by[position]
        decided = ground.decided_round.get(position)
        if decided is not None and day > decided.approved_on:
            pool = listed.get(position, [])
        else:
            pool = list(status_quo.names_on(position, day))
        found[position] = [
            person
            for person in pool
            if position not in ground.held[person]
            and expected.serves_from(person, day)
            and bound.allows(person, position, "appoint", day).ok
            and closers.can_close(person, bound.demands(person, position, "appoint", day), day)
            and not status_quo.away(person, day)
        ]
    return found


def actors(
    ground: Ground, expected: Expected, bound: Bound, moves: Moves
) -> tuple[dict[tuple[PositionId, int], list[PersonId]], dict[tuple[PositionId, int], list[PositionId]]]:
    """Who may act for a position at an instant: those who may by then hold a deputy's post of its unit.

    By person where the move to that post has a column of its own; else the posts that somebody may have come to, since
    nobody can tell who. A position that cannot be empty yet needs nobody.
    """
    # By post, once: to look through all pairs for each post and instant would be quadratic.
    arriving: defaultdict[PositionId, list[tuple[int, PersonId]]] = defaultdict(list)
    for (person, post), periods in moves.takeovers.items():
        arriving[post].append((periods[0], person))
    for (person, post), rotations in moves.stints.items():
        arriving[post].append((rotations[0].period, person))
    loosely = moves.loosely_from()
    found, anybody = {}, {}
    for position in ground.full_time:
        now = ground.covers_now.get(position)
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            rules = bound.acting_rules(position, day)
            if not rules or (now is not None and ground.horizon.instant(t - 1) < now.end):
                continue
            if t < moves.first_open[position]:
                continue
            posts = {p for rule in rules for p in rule.deputy_posts(position)}
            persons = {i for p in posts for i in ground.incumbents[p]}
            persons |= {i for p in posts for first_period, i in arriving.get(p, ()) if first_period <= t}
            able = [i for i in sorted(persons) if expected.in_service(i, day) and not ground.enrolled_full_time(i, day)]
            if able:
                found[position, t] = able
            if entered := sorted(p for p in posts if p in loosely and loosely[p] <= t):
                anybody[position, t] = entered
    return found, anybody


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

    ends = {s: ground.session_end(s) < NEVER for _, s in found}

    def serves(person: PersonId, session: SessionId) -> bool:
        granted = ground.granted(session)
        return (
            (granted.level >= least.get((person, granted.competency), granted.level + 1) and ends[session])
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
