"""g_ip: the designated successor - one distinct ready name per post, who is not appointed to another."""

from collections import defaultdict

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.program import Expr, Program


def columns(problem: Problem, program: Program) -> None:
    for position, persons in problem.ready.items():
        for person in persons:
            program.column(("g", person, position))
            if (person, position) in problem.takeover_periods:
                program.column(("b", person, position), integer=False)
        program.column(("z1", position), integer=False)


def rows(problem: Problem, program: Program) -> None:
    posts: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
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
            elsewhere = problem.appointments(program, person, lambda p, on, here=position: p != here)  # type: ignore[misc]
            if elsewhere.terms:
                program.at_most(program["g", person, position] + elsewhere, 1, "designated", {person, position})
    for person in sorted(posts.keys() | problem.posts_open_to.keys()):
        _one_post(problem, program, person, posts.get(person, []))


def _one_post(problem: Problem, program: Program, person: PersonId, wanted: list[PositionId]) -> None:
    """A cut: over all posts a person is designated or appointed for one at most, b_ip = either of the two.

    b ≥ Σ_t a and b ≥ g + Σ a judged before d₁, since who is appointed before d₁ is no ready name on it; Σ_p b ≤ 1,
    since the designated are not appointed elsewhere.
    """
    total = Expr()
    for position in dict.fromkeys((*wanted, *problem.posts_open_to.get(person, ()))):
        appointed = problem.appointments(program, person, lambda p, on, here=position: p == here)  # type: ignore[misc]
        key = ("b", person, position)
        if key not in program:
            total.add(program["g", person, position])
            total.add(appointed)
            continue
        day = problem.expected.wanted_by[position]
        early = problem.appointments(program, person, lambda p, on, here=position, d=day: p == here and on < d)  # type: ignore[misc]
        subjects = {person, position}
        program.at_most(appointed - program[key], 0, "designated", subjects, cut=True)
        program.at_most(program["g", person, position] + early - program[key], 0, "designated", subjects, cut=True)
        total.add(program[key])
    program.at_most(total, 1, "designated", {person}, cut=True)
