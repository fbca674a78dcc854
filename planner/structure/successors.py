"""g_ip: the designated successor - one distinct ready name per post, who is not appointed to another."""

from collections import defaultdict

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.program import Program


def columns(problem: Problem, program: Program) -> None:
    for position, persons in problem.ready.items():
        for person in persons:
            program.column(("g", person, position))
            if problem.chances_of(person, position):
                program.column(("b", person, position), integer=False)
        program.column(("z1", position), integer=False)


def rows(problem: Problem, program: Program) -> None:
    posts: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
    last = problem.ground.horizon.periods[-1]
    for position, persons in problem.ready.items():
        day = problem.expected.wanted_by[position]
        designated = program.sum(("g", i, position) for i in persons)
        program.equal(designated + program["z1", position], 1, "designated", {position}, day)
        for person in persons:
            posts[person].append(position)
            program.at_most(
                program["g", person, position] - program["y", person, position],
                0, "designated", {person, position}, day,
            )  # fmt: skip
    for person, wanted in posts.items():
        program.at_most(program.sum(("g", person, p) for p in wanted), 1, "designated", {person})
        for position in wanted:
            elsewhere = problem.appointed_by(program, person, last) - program.sum(
                chance.key for chance in problem.chances_of(person, position)
            )
            program.at_most(program["g", person, position] + elsewhere, 1, "designated", {person, position})
