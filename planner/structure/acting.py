"""k_ipt: a named deputy looks after an empty seat at an instant; who may and for how long is a rule's matter."""

from collections import defaultdict

from planner.domain.ids import PersonId
from planner.problem import Problem
from planner.program import Program


def columns(problem: Problem, program: Program) -> None:
    for (position, t), persons in problem.actors.items():
        for person in persons:
            program.column(("k", person, position, t))
    for position, t in problem.anybody:
        program.column(("ka", position, t))
    ground, expected = problem.ground, problem.expected
    for position, now in ground.covers_now.items():
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            if day < now.end and expected.in_service(now.person, day):
                program.column(("k0", position, t), integer=False)


def rows(problem: Problem, program: Program) -> None:
    horizon = problem.ground.horizon
    at_once: defaultdict[tuple[PersonId, int], list[tuple[str, PersonId, str, int]]] = defaultdict(list)
    for (position, t), persons in problem.actors.items():
        day = horizon.instant(t)
        acting = program.sum(("k", i, position, t) for i in persons) + program["ka", position, t]
        program.at_most(acting, 1, "cover", {position}, day)
        for person in persons:
            at_once[person, t].append(("k", person, position, t))
            for _, attending in problem.absent(program, person, day):
                both = program["k", person, position, t] + attending
                program.at_most(both, 1, "cover", {person, position}, day)
    for (person, t), keys in at_once.items():
        for position, now in problem.ground.covers_now.items():
            if now.person == person and ("k0", position, t) in program:
                elsewhere = program.sum(key for key in keys if key[2] != position)
                both = elsewhere + program["k0", position, t]
                program.at_most(both, 1, "cover", {person, position}, horizon.instant(t))
        program.at_most(program.sum(keys), 1, "cover", {person}, horizon.instant(t))
    for position, t in [(p, t) for p in problem.ground.covers_now for t in horizon.periods]:
        key = ("k0", position, t)
        if key not in program:
            continue
        # A cover in progress goes on while a seat is empty: with (n − 1)·k ≥ m none is empty without it. A
        # point without it counts an acted seat as empty, which no plan of ours means: no mutant of it can be told.
        seats = problem.ground.seats[position]
        program.at_most(
            program["m", position, t] - (seats - 1) * program[key],
            0,
            "cover",
            {str(position)},
            horizon.instant(t),
            cut=True,
        )
