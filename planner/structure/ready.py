"""y_ip: a ready name of p on d₁ - in its list, every cell closed, not risen, not away."""

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.program import Expr, Program

Shared = dict[tuple[object, ...], Expr]
"""Sums that the posts share which are wanted on one day: ("risen", person, order, day) is 1 if the person has been
appointed before the day to a post of the order or higher, ("rotating", person, day) if a rotation runs on it."""


def columns(problem: Problem, program: Program) -> None:
    for position, persons in problem.ready.items():
        for person in persons:
            program.column(("y", person, position), integer=False)


def rows(problem: Problem, program: Program) -> None:
    shared: Shared = {}
    for position, persons in problem.ready.items():
        for person in persons:
            _one(problem, program, person, position, shared)


def _one(problem: Problem, program: Program, person: PersonId, position: PositionId, shared: Shared) -> None:
    ground = problem.ground
    day, order = problem.expected.wanted_by[position], ground.order(position)
    y, subjects = program["y", person, position], {person, position}
    program.at_most(y - problem.in_lists(program, person, (position,), day), 0, "ready", subjects, day)
    for gap in ground.demands(position, "appoint"):
        program.at_most(y - problem.closed(program, person, gap, day), 0, "ready", subjects, day)
    risen = ("risen", person, order, day)
    if risen not in shared:
        total = problem.appointments(program, person, lambda p, on: on < day and ground.order(p) >= order)
        shared[risen] = program.define(risen, total, 2)
    program.at_most(y + shared[risen], 1, "ready", subjects, day)
    rotating = ("rotating", person, day)
    if rotating not in shared:
        stints = problem.rotations_open_to.get(person, ())
        total = program.sum(("v", person, q, s.period) for q, s in stints if s.start < day < s.end)
        shared[rotating] = program.define(rotating, total, 2)
    program.at_most(y + shared[rotating], 1, "ready", subjects, day)
    for _, attending in problem.absent(program, person, day):
        program.at_most(y + attending, 1, "ready", subjects, day)
