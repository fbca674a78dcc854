"""a_ipt: appointments; at most one rotation and one appointment per person, in that order."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict

from planner.domain.ids import PersonId
from planner.problem import Problem
from planner.program import Expr, Program
from planner.timeline.ground import Gap


def columns(problem: Problem, program: Program) -> None:
    for (person, position), periods in problem.takeover_periods.items():
        for t in periods:
            program.column(("a", person, position, t))


def rows(problem: Problem, program: Program) -> None:
    for person in sorted(problem.chances.keys() | problem.turns.keys()):
        _one_move(problem, program, person)
    for person in sorted(problem.chances):
        _standards(problem, program, person)
        _present(problem, program, person)


def _one_move(problem: Problem, program: Program, person: PersonId) -> None:
    appointed = problem.appointed_by(program, person, problem.ground.horizon.periods[-1])
    turns = problem.turns.get(person, [])
    rotated = program.sum(turn.key for turn in turns)
    program.at_most(appointed, 1, "one_move", {person})
    program.at_most(rotated, 1, "one_move", {person})
    if not turns or not appointed.terms:
        return
    # An appointment judged by a day and a rotation not over on it exclude each other, whichever came first. Of the days
    # on which the same rotations are not over the last says it for all.
    days = sorted({chance.on for chance in problem.chances[person]})
    ends = sorted({turn.stint.end for turn in turns})
    last = {bisect_right(ends, day): day for day in days}
    for day in last.values():
        running = program.sum(turn.key for turn in turns if turn.stint.end > day)
        by_then = problem.appointed_until(program, person, day)
        if running.terms:
            program.at_most(running + by_then, 1, "one_move", {person}, day)
    rotating_to = {turn.position for turn in turns if turn.key[0] == "v"}
    for position in sorted(rotating_to & {c.position for c in problem.chances[person] if c.key[0] == "a"}):
        there = program.sum(("v", person, position, s.period) for s in problem.stints[person, position])
        there.add(program.sum(("a", person, position, t) for t in problem.takeover_periods[person, position]))
        program.at_most(there, 1, "one_move", {person, position})


def _standards(problem: Problem, program: Program, person: PersonId) -> None:
    """Each gap that an appointment demands is closed by its δ.

    One row per gap and step of its closers: all appointments that demand the gap and are judged before the next
    closer's day, against the closers so far. Valid for the sum, since a person is appointed at most once.
    """
    ground = problem.ground
    wanting: defaultdict[Gap, list[tuple[dt.date, Expr]]] = defaultdict(list)
    for key, position, on, first in problem.chances[person]:
        # Of a class the days may differ, and an exemption may cover one of them.
        excused = problem.bound.demands(person, position, "appoint", first)
        for gap in problem.bound.demands(person, position, "appoint", on):
            if gap in excused and ground.closed_on(person, gap) > on:
                wanting[gap].append((on, program[key]))
    for gap, appointments in wanting.items():
        for step, judged, done in problem.by_steps(program, person, gap, appointments):
            program.at_most(judged - done, 0, "standard", {person, gap.competency}, step)


def _present(problem: Problem, program: Program, person: PersonId) -> None:
    """Nobody takes over during a full-time course, nor in a half in which it begins, where the day is not known."""
    for session, start, end in problem.full_time_courses.get(person, ()):
        during = _during(problem, program, person, start, end)
        if during.terms:
            program.at_most(during + program["u", person, session], 1, "in_service", {person, session}, start)
    for course, run in problem.ground.enrolled.get(person, ()):
        if course.mode == "full":
            during = _during(problem, program, person, run.start, run.end)
            program.at_most(during, 0, "in_service", {person, course.course_id}, run.start)


def _during(problem: Problem, program: Program, person: PersonId, start: dt.date, end: dt.date) -> Expr:
    """Σ a of the person that may take effect on a day from `start` to the one before `end`.

    On δ; where the seat is opened by a move of the plan also on a later day of the period. Of a loose appointment
    nothing but its days δ is known.
    """
    on_delta = problem.appointments(program, person, lambda p, on: start <= on < end)
    instant, waits = problem.ground.horizon.instant, problem.expected.is_opened_by_a_move
    return on_delta + program.sum(
        key
        for key, position, on, _ in problem.chances.get(person, ())
        if key[0] == "a" and on < start <= instant(key[3]) and waits(position, key[3])  # type: ignore[arg-type]
    )
