"""y_ip: a ready name of p on d₁ - in its list, every cell closed, not risen, not away."""

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.program import Expr, Program


def columns(problem: Problem, program: Program) -> None:
    for position, persons in problem.ready.items():
        for person in persons:
            program.column(("y", person, position), integer=False)


def rows(problem: Problem, program: Program) -> None:
    for position, persons in problem.ready.items():
        for person in persons:
            _one(problem, program, person, position)


def _one(problem: Problem, program: Program, person: PersonId, position: PositionId) -> None:
    ground = problem.ground
    day, order = problem.expected.wanted_by[position], ground.order(position)
    y, subjects = program["y", person, position], {person, position}
    program.at_most(y - problem.in_lists(program, person, (position,), day), 0, "ready", subjects, day)
    for gap in problem.bound.demands(person, position, "appoint", day):
        program.at_most(y - problem.closed(program, person, gap, day), 0, "ready", subjects, day)

    def risen() -> Expr:
        return problem.appointments(program, person, lambda p, on: on < day and ground.order(p) >= order)

    def rotating() -> Expr:
        turns = problem.turns.get(person, ())
        return program.sum(turn.key for turn in turns if turn.stint.start < day < turn.stint.end)

    # Posts that are wanted on one day share these sums, those of one order both.
    program.at_most(y + program.define(("risen", person, order, day), risen, 2), 1, "ready", subjects, day)
    program.at_most(y + program.define(("rotating", person, day), rotating, 2), 1, "ready", subjects, day)
    for _, attending in problem.absent(program, person, day):
        program.at_most(y + attending, 1, "ready", subjects, day)
