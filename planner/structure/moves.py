"""a_ipt: appointments; at most one rotation and one appointment per person, in that order."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.program import Expr, Program
from planner.timeline.ground import Gap


def columns(problem: Problem, program: Program) -> None:
    for (person, position), periods in problem.takeover_periods.items():
        for t in periods:
            program.column(("a", person, position, t))


def rows(problem: Problem, program: Program) -> None:
    for person in sorted(problem.posts_open_to.keys() | problem.rotations_open_to.keys()):
        _one_move(problem, program, person)
    for person in sorted(problem.posts_open_to):
        _standards(problem, program, person)
        _present(problem, program, person)


def _one_move(problem: Problem, program: Program, person: PersonId) -> None:
    appointed = problem.appointments(program, person, lambda p, on: True)
    stints = problem.rotations_open_to.get(person, [])
    rotated = program.sum(("v", person, q, s.period) for q, s in stints)
    program.at_most(appointed, 1, "one_move", {person})
    program.at_most(rotated, 1, "one_move", {person})
    if not stints or not appointed.terms:
        return
    # An appointment judged by a day and a rotation not over on it exclude each other, whichever came first. Of the days
    # on which the same rotations are not over the last says it for all.
    days = sorted({on for p in problem.posts_open_to[person] for on in _days(problem, person, p)})
    ends = sorted({s.end for _, s in stints})
    last = {bisect_right(ends, day): day for day in days}
    for day in last.values():
        running = program.sum(("v", person, q, s.period) for q, s in stints if s.end > day)
        by_then = problem.appointments(program, person, lambda p, on, day=day: on <= day)  # type: ignore[misc]
        if running.terms:
            program.at_most(running + by_then, 1, "one_move", {person}, day)
    for position in sorted({q for q, _ in stints} & set(problem.posts_open_to[person])):
        there = program.sum(("v", person, q, s.period) for q, s in stints if q == position)
        there.add(program.sum(("a", person, position, t) for t in problem.takeover_periods[person, position]))
        program.at_most(there, 1, "one_move", {person, position})


def _days(problem: Problem, person: PersonId, position: PositionId) -> list[dt.date]:
    return [problem.expected.delta(position, t) for t in problem.takeover_periods[person, position]]


def _standards(problem: Problem, program: Program, person: PersonId) -> None:
    """Each gap that an appointment demands is closed by its δ.

    One row per gap and step of its closers: all appointments that demand the gap and are judged before the next
    closer's day, against the closers so far. Valid for the sum, since a person is appointed at most once.
    """
    ground = problem.ground
    wanting: defaultdict[Gap, list[tuple[dt.date, Expr]]] = defaultdict(list)
    for position in problem.posts_open_to[person]:
        for gap in ground.demands(position, "appoint"):
            for t in problem.takeover_periods[person, position]:
                on = problem.expected.delta(position, t)
                if ground.closed_on(person, gap) > on:
                    wanting[gap].append((on, program["a", person, position, t]))
    for gap, appointments in wanting.items():
        for step, judged, done in problem.by_steps(program, person, gap, appointments):
            program.at_most(judged - done, 0, "standard", {person, gap.competency}, step)


def _present(problem: Problem, program: Program, person: PersonId) -> None:
    """Nobody takes over during a full-time course."""
    for session, start, end in problem.full_time_courses.get(person, ()):
        during = problem.appointments(program, person, lambda p, on, s=start, e=end: s <= on < e)  # type: ignore[misc]
        if during.terms:
            program.at_most(during + program["u", person, session], 1, "in_service", {person, session}, start)
