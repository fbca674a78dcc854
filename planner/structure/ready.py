"""y_ip: a ready name of p on d₁ - in its list, every cell closed, not risen, not away."""

import datetime as dt

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.program import Expr, Program

Rises = dict[tuple[PersonId, int, dt.date], Expr]
"""By person, order and day: 1 if the person has been appointed before the day to a post of the order or higher."""


def columns(problem: Problem, program: Program) -> None:
    for position, persons in problem.ready.items():
        for person in persons:
            program.column(("y", person, position), integer=False)


def rows(problem: Problem, program: Program) -> None:
    rises: Rises = {}
    for position, persons in problem.ready.items():
        for person in persons:
            _one(problem, program, person, position, rises)


def _one(problem: Problem, program: Program, person: PersonId, position: PositionId, rises: Rises) -> None:
    ground = problem.ground
    day, order = problem.expected.wanted_by[position], ground.order(position)
    y, subjects = program["y", person, position], {person, position}
    program.at_most(y - problem.in_lists(program, person, (position,), day), 0, "ready", subjects, day)
    for gap in ground.demands(position, "appoint"):
        program.at_most(y - problem.closed(program, person, gap, day), 0, "ready", subjects, day)
    key = (person, order, day)
    if key not in rises:
        risen = problem.appointments(program, person, lambda p, on: on < day and ground.order(p) >= order)
        rises[key] = program.define(("risen", *key), risen, 2)
    program.at_most(y + rises[key], 1, "ready", subjects, day)
    rotating = program.sum(
        ("v", person, q, s.period) for q, s in problem.rotations_open_to.get(person, ()) if s.start < day < s.end
    )
    program.at_most(y + rotating, 1, "ready", subjects, day)
    for _, attending in problem.absent(program, person, day):
        program.at_most(y + attending, 1, "ready", subjects, day)
