"""x_ip: in the list of p after its decided round."""

from planner.problem import Problem
from planner.program import Program


def columns(problem: Problem, program: Program) -> None:
    for person, position in problem.name_pairs:
        program.column(("x", person, position))


def rows(problem: Problem, program: Program) -> None:
    """A name has its `plan` cells by the round, and was not appointed by then to an equal or higher post."""
    ground = problem.ground
    for person, position in problem.name_pairs:
        x, day, subjects = program["x", person, position], ground.plan_day(position), {person, position}
        for gap in problem.bound.demands(person, position, "plan", day):
            program.at_most(x - problem.closed(program, person, gap, day), 0, "standard", subjects, day)
        order = ground.order(position)
        risen = problem.appointments(program, person, lambda p, on, d=day, o=order: on <= d and ground.order(p) >= o)  # type: ignore[misc]
        if risen.terms:
            program.at_most(x + risen, 1, "lists", subjects, day)
