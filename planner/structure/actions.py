"""u_is and v_iqτ: training places and rotations, and what they ask."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from planner.domain.ids import CourseId, PersonId, SessionId
from planner.problem import Problem
from planner.problem.closers import Turn
from planner.program import Expr, Program
from planner.timeline.admission import in_post
from planner.timeline.ground import Gap


def columns(problem: Problem, program: Program) -> None:
    for person, session in problem.places:
        program.column(("u", person, session))
    for session in sorted({s for _, s in problem.places}):
        if _least(problem, session) > 1:
            program.column(("open", session))
    for (person, position), stints in problem.stints.items():
        for stint in stints:
            program.column(("v", person, position, stint.period))


def rows(problem: Problem, program: Program) -> None:
    _classes(problem, program)
    by_person: defaultdict[PersonId, list[SessionId]] = defaultdict(list)
    for person, session in problem.places:
        by_person[person].append(session)
    for person, sessions in by_person.items():
        _attendance(problem, program, person, sessions)
    for person, turns in problem.turns.items():
        _rotations(problem, program, person, turns)


def _least(problem: Problem, session: SessionId) -> int:
    """With so many people more than are enrolled the class is held."""
    return problem.ground.case.session[session].min_seats - problem.ground.places_taken[session]


def _classes(problem: Problem, program: Program) -> None:
    """At most b_s places, and so many of a course in a year, less those of people whom the case enrols; a class is held
    with at least min_s people or not at all."""
    ground = problem.ground
    yearly: defaultdict[tuple[CourseId, int], Expr] = defaultdict(Expr)
    attendants: defaultdict[SessionId, list[PersonId]] = defaultdict(list)
    for person, session in problem.places:
        attendants[session].append(person)
    for session, persons in attendants.items():
        row, least = ground.case.session[session], _least(problem, session)
        count = program.sum(("u", i, session) for i in persons)
        seats = len(persons) if row.seats is None else max(0, row.seats - ground.places_taken[session])
        if least > 1:
            held = program["open", session]
            program.at_most(count - seats * held, 0, "places", {session}, row.start)
            program.at_least(count - least * held, 0, "places", {session}, row.start)
        else:
            program.at_most(count, seats, "places", {session}, row.start)
        yearly[row.course_id, row.start.year].add(count)
    for (course, year), given in yearly.items():
        seats_of_year = ground.case.course[course].yearly_seats
        if seats_of_year is not None:
            left = max(0, seats_of_year - ground.yearly_places_taken[course, year])
            program.at_most(given, left, "places", {course}, dt.date(year, 1, 1))


def _attendance(problem: Problem, program: Program, person: PersonId, sessions: list[SessionId]) -> None:
    """Prerequisites, admission, and of two sessions on one day or for a level held already only one."""
    ground = problem.ground
    span = {s: (ground.case.session[s].start, ground.session_end(s)) for s in sessions}
    levels = _by_level(problem, sessions)
    for granted, group in levels.items():
        _prerequisites(problem, program, person, granted, group)
        _admission(problem, program, person, granted, group)
    apart: list[tuple[Sequence[SessionId], dt.date]] = []
    """Sessions of which one is attended at most, and a day that says why."""
    for start, _ in sorted(set(span.values())):
        # Sessions of one person that share a day: those that run on the first day of one of them.
        apart.append(([s for s in sessions if span[s][0] <= start <= span[s][1]], start))
    for granted, group in levels.items():
        apart.append((group, span[group[0]][0]))
        for higher, above in levels.items():
            if higher.competency == granted.competency and higher.level > granted.level:
                apart += _not_after_a_higher(group, above, span)
    for together, day in _widest(apart):
        program.at_most(program.sum(("u", person, s) for s in together), 1, "places", {person, *together}, day)


def _not_after_a_higher(
    group: list[SessionId], above: list[SessionId], span: Mapping[SessionId, tuple[dt.date, dt.date]]
) -> Iterator[tuple[Sequence[SessionId], dt.date]]:
    """No session of `group` that begins on or after the end of one of the higher level `above`; `span` has their days.

    Of either level one is attended at most, so that those over by a day and all that begin from it on exclude each
    other together. One set for each step of the former.
    """
    said = 0
    for start in sorted({span[s][0] for s in group}):
        over = [s for s in above if span[s][1] <= start]
        if len(over) > said:
            said = len(over)
            yield [*over, *(s for s in group if span[s][0] >= start)], start


def _widest(
    apart: list[tuple[Sequence[SessionId], dt.date]],
) -> Iterator[tuple[Sequence[SessionId], dt.date]]:
    """Without the sets that are part of another: a third of all."""
    kept: list[frozenset[SessionId]] = []
    for together, day in sorted(apart, key=lambda one: -len(one[0])):
        as_set = frozenset(together)
        if len(as_set) > 1 and not any(as_set <= wider for wider in kept):
            kept.append(as_set)
            yield together, day


def _prerequisites(problem: Problem, program: Program, person: PersonId, granted: Gap, group: list[SessionId]) -> None:
    """What a course needs is held on the session's first day, at the latest by an action that is over then.

    One row per step of the closers, over all sessions that start before the next: a person attends one of them. None of
    them closes what the course needs: a session of one day would admit to itself, and the others are not attended.
    """
    ground = problem.ground
    wanting: defaultdict[Gap, list[tuple[dt.date, Expr]]] = defaultdict(list)
    for session in group:
        needs, start = ground.course_of(session).needs, ground.case.session[session].start
        if needs is not None:
            needed = Gap(needs.competency, ground.content.level(needs))
            if ground.closed_on(person, needed) > start:
                wanting[needed].append((start, program["u", person, session]))
    for needed, starts in wanting.items():
        for step, attended, held in problem.by_steps(program, person, needed, starts, without=group):
            program.at_most(attended - held, 0, "places", {person, granted.competency, needed.competency}, step)


def _admission(problem: Problem, program: Program, person: PersonId, granted: Gap, group: list[SessionId]) -> None:
    """A course for holders and names takes who holds such a post or is in such a list on the first day.

    One row for the sessions that ask for the same lists: a person attends one of them.
    """
    ground = problem.ground
    asking: dict[tuple[frozenset[int], int], tuple[Expr, Expr]] = {}
    for session in group:
        admits = ground.course_of(session).admits
        if admits is None or in_post(ground, problem.expected, person, session):
            continue
        lists = ground.listable_of(admits.ranks)
        planned = problem.in_lists(program, person, lists, ground.case.session[session].start)
        if not admits.planned:
            planned = Expr()
        key = (frozenset(planned.terms), planned.constant)
        asking.setdefault(key, (Expr(), planned))[0].add(program["u", person, session])
    for attended, planned in asking.values():
        program.at_most(attended - planned, 0, "places", {person, granted.competency})


def _by_level(problem: Problem, sessions: list[SessionId]) -> dict[Gap, list[SessionId]]:
    """Sessions by what they grant: of one level a person needs one at most, and no lower one after a higher."""
    groups: defaultdict[Gap, list[SessionId]] = defaultdict(list)
    for session in sessions:
        groups[problem.ground.granted(session)].append(session)
    return groups


def _rotations(problem: Problem, program: Program, person: PersonId, turns: Sequence[Turn]) -> None:
    """A rotation wants the receiving post's cells on its first day, no full-time course then, and a reserve planned."""
    ground = problem.ground
    by_start: defaultdict[dt.date, list[Expr]] = defaultdict(list)
    for key, position, (_, start, _) in turns:
        v = program[key]
        by_start[start].append(v)
        for gap in ground.demands(position, "appoint"):
            program.at_most(v - problem.closed(program, person, gap, start), 0, "standard", {person, position}, start)
        if ground.home[person] is None:
            planned = problem.in_lists(program, person, None, start)
            program.at_most(v - planned, 0, "rotation", {person, position}, start)
    for start in sorted(by_start):
        for session, attending in problem.absent(program, person, start):
            starting = Expr.sum(by_start[start])
            program.at_most(starting + attending, 1, "in_service", {person, session}, start)
