"""Rows that cut off no plan: they follow for whole values and tighten the relaxation. Each docstring has its proof."""

import datetime as dt
from collections import defaultdict

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.program import Expr, Program
from planner.timeline.ground import Gap


def rows(problem: Problem, program: Program) -> None:
    wanted: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
    for position, persons in problem.ready.items():
        for person in persons:
            wanted[person].append(position)
    for person in sorted(wanted.keys() | problem.chances.keys()):
        _one_post(problem, program, person, wanted.get(person, []))
    for person, positions in wanted.items():
        _designated_has_attended(problem, program, person, positions)
    for position in dict.fromkeys(p for p, _ in (*problem.actors, *problem.anybody)):
        _long_vacancy_is_not_all_acted_for(problem, program, position)


def _one_post(problem: Problem, program: Program, person: PersonId, wanted: list[PositionId]) -> None:
    """A cut: a person is appointed, or designated for one post without being appointed to it (b_ip), once at most.

    b ≥ g − Σ a judged on d₁ or later, since who is appointed before d₁ is no ready name on it; Σ_p b + Σ a ≤ 1, since
    the designated are not appointed elsewhere.
    """
    total = problem.appointed_by(program, person, problem.ground.horizon.periods[-1])
    for position in wanted:
        key = ("b", person, position)
        if key not in program:
            total = total + program["g", person, position]
            continue
        day = problem.expected.wanted_by[position]
        late = program.sum(chance.key for chance in problem.chances_of(person, position) if chance.on >= day)
        program.at_most(
            program["g", person, position] - late - program[key], 0, "designated", {person, position}, cut=True
        )
        total = total + program[key]
    program.at_most(total, 1, "designated", {person}, cut=True)


def _designated_has_attended(problem: Problem, program: Program, person: PersonId, positions: list[PositionId]) -> None:
    """For a gap and a step of its closers: the posts that want it before the next closer, against the closers so far.

    A person is designated once, so the designations of one person that want the gap are 1 together at most, and
    where one is, its own closers are among those so far.
    """
    ground = problem.ground
    wanting: defaultdict[Gap, list[tuple[dt.date, Expr]]] = defaultdict(list)
    for position in positions:
        day = problem.expected.wanted_by[position]
        for gap in problem.bound.demands(person, position, "appoint", day):
            if ground.closed_on(person, gap) > day:
                wanting[gap].append((day, program["g", person, position]))
    for gap, posts in wanting.items():
        for step, designated, done in problem.by_steps(program, person, gap, posts):
            if len(designated.terms) > 1:  # of one post alone `ready` says it
                program.at_most(designated - done, 0, "designated", {person, gap.competency}, step, cut=True)


def _long_vacancy_is_not_all_acted_for(problem: Problem, program: Program, position: PositionId) -> None:
    """For a post of one seat: empty at t and nobody comes in up to t + n, then one of those instants is not acted for.

    n is how many instants acting that begins in t reaches. Without this a relaxation acts for a part of a vacancy for
    ever.
    """
    ground, horizon = problem.ground, problem.ground.horizon
    if ground.seats[position] != 1 or position in ground.covers_now:
        return
    for t in horizon.periods:
        reach = problem.expected.acting_reach(position, t)
        run = range(t, t + reach + 1)
        if run[-1] not in horizon.periods or problem.expected.excess(position, horizon.instant(t)):
            continue
        uncovered = program.sum(("m", position, s) for s in run)
        uncovered.add(problem.seated(program, position, t))
        for person in problem.arrivals.get(position, ()):
            uncovered.add(program.sum((kind, person, position, s) for kind in "av" for s in run[1:]))
        # Who comes by a loose move sits there at the end of that period.
        uncovered.add(Expr.sum(problem.loose_holders(program, position, s) for s in run[1:]))
        program.at_least(uncovered, 1, "cover", {position}, horizon.instant(t), cut=True)
