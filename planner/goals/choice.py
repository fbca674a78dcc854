"""Goal choice: who is taken for what, by suitability, list, unit, waiting, promises and the number of moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.ids import PersonId, PositionId
from planner.goals.base import Goal, Measured, Sum
from planner.standing import Standing
from planner.standing.waiting import excused
from planner.timeline import Ground
from planner.timeline.ground import RotationNow
from planner.timeline.suitability import TENTHS

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

HALF_YEAR = 6
"""Months of a period."""
IN_TENTHS = ("points", "successor_points")
"""What counts tenths of a point of suitability: as terms of the sum they are points."""


class Choice(Goal):
    """Σ rate · amount over what follows, each at its rate of the scenario (`Rates`); × the criticality of the post, and
    for posts that lead a unit × `rates.head` as well: who leads is not chosen to spare a change among deputies.

    - × `points`: by how much who is appointed is below whoever suits best (`Suitability.below_best`);
    - × `successor_points`: the same of designated successors;
    - × `no_successor` and `missing_names`: where the rulebook does not want one (`successor_wanted`), posts without a
      designated successor, and ready names that are missing;
    - × `other_lists`: appointments of people who are not in the post's own list on the day;
    - × `months_waiting`: six for each instant at which a seat has no holder, three where somebody acts; six if that is
      somebody whom a gate stops or a bar keeps from appointments;
    - × `left_open`: seats without a holder at the last instant whose waiting nothing excuses (`standing.waiting`);
    - × `from_outside`: appointments of people who lead today in a post that the case does not hold: it falls free;
    - × `broken_promises`: written promises of a post after a rotation (`service.return_to`) that are not kept;
    - `between_units`: moves to a unit that is neither above the person's own nor below it;
    - `appointments` and `rotations`.
    """

    name = "choice"

    def measure(self, standing: Standing) -> Measured:
        ground, plan, rates = standing.ground, standing.line.plan, standing.ground.rates
        suitability, weight = ground.suitability, _weights(ground)
        counts: Counter[str] = Counter()
        summed = Sum()

        def count(name: str, rate: int, amount: int, times: int = 1) -> None:
            counts[name] += amount
            if name in IN_TENTHS:
                summed.add(name, amount / TENTHS, rate * TENTHS, times)
            else:
                summed.add(name, amount, rate, times)

        for a in plan.appointments:
            w = weight[a.position]
            count("points", rates.appointed, suitability.below_best(a.person, a.position), w)
            if _asks_for_list(ground, a.person, a.position):
                unlisted = a.person not in standing.names_on(a.position, a.judged_on)
                count("other_lists", rates.other_list, int(unlisted), w)
            count("between_units", rates.between_units, int(is_elsewhere(ground, a.person, a.position)))
            count("from_outside", rates.from_outside, int(is_from_outside(ground, a.person)), w)
            count("appointments", rates.appointment, 1)
        for p, i in standing.designated.items():
            count("successor_points", rates.designated, suitability.below_best(i, p), weight[p])
        for r in plan.rotations:
            count("between_units", rates.between_units, int(is_elsewhere(ground, r.person, r.position)))
            count("rotations", rates.rotation, 1)
        for p in provided_for(standing):
            wanted, day = ground.case.position[p].successors, standing.expected.wanted_by[p]
            count("no_successor", rates.no_successor, int(p not in standing.designated), weight[p])
            missing = max(0, wanted - len(standing.ready_names(p, day)))
            count("missing_names", rates.missing_name, missing, weight[p])
        last = ground.horizon.periods[-1]
        for p in ground.full_time:
            for t in ground.horizon.periods:
                empty = standing.line.empty(p, t)
                acting = min(empty, len(standing.line.acting(p, t)))
                months = HALF_YEAR * (empty - acting) + HALF_YEAR // 2 * acting
                count("months_waiting", rates.waiting, months, weight[p])
                if t == last:
                    waiting = sum(excused(standing.line, standing.bound, p)[t])
                    count("left_open", rates.left_open, empty - waiting, weight[p])
        for cover in plan.covers:
            should_not = is_no_substitute(standing, cover.person, cover.position, cover.period)
            count("months_waiting", rates.waiting, HALF_YEAR // 2 * should_not, weight[cover.position])
        broken = list(broken_promises(standing))
        for promise in promises(standing):
            post = promise.return_to
            assert post is not None
            count("broken_promises", rates.promise, int(promise in broken), weight[post])
        return Measured(sum(term.total for term in summed.terms), dict(counts), summed.terms)

    def post(self, problem: Problem, program: Program) -> None:
        ground, rates = problem.ground, problem.ground.rates
        weight = _weights(ground)
        self._appointments(problem, program)
        for position, persons in problem.ready.items():
            for person in persons:
                below = ground.suitability.below_best(person, position)
                cost = rates.designated * below * weight[position]
                program.minimise(self.name, program["g", person, position] * cost)
        for position in provided_for(problem.status_quo):
            program.minimise(self.name, program["z1", position] * (rates.no_successor * weight[position]))
            program.minimise(self.name, program["zd", position] * (rates.missing_name * weight[position]))
        for (person, position), stints in problem.stints.items():
            cost = rates.rotation + rates.between_units * is_elsewhere(ground, person, position)
            program.minimise(self.name, program.sum(("v", person, position, s.period) for s in stints) * cost)
        last = ground.horizon.periods[-1]
        for position in ground.full_time:
            for t in ground.horizon.periods:
                per_month = rates.waiting * weight[position]
                open_at_end = rates.left_open * weight[position] * (t == last)
                empty, acting = program["m", position, t], problem.acting(program, position, t)
                program.minimise(self.name, empty * (HALF_YEAR * per_month + open_at_end))
                program.minimise(self.name, acting * (HALF_YEAR // 2 * per_month + open_at_end))
                if open_at_end:
                    waiting = program["we", position, t] + program["wa", position, t]
                    program.minimise(self.name, waiting * -open_at_end)
        for (position, t), actors in problem.actors.items():
            for person in actors:
                if is_no_substitute(problem.status_quo, person, position, t):
                    cost = rates.waiting * weight[position] * (HALF_YEAR // 2)
                    program.minimise(self.name, program["k", person, position, t] * cost)
        for promise in promises(problem.status_quo):
            post = promise.return_to
            assert post is not None
            cost = rates.promise * weight[post]
            kept = program.sum(c.key for c in problem.chances_of(promise.person, post))
            program.minimise(self.name, (1 - kept) * cost)
        self._loose(problem, program)

    def _appointments(self, problem: Problem, program: Program) -> None:
        ground, rates = problem.ground, problem.ground.rates
        weight = _weights(ground)
        for (person, position), periods in problem.takeover_periods.items():
            w = weight[position]
            cost = rates.appointment + rates.appointed * ground.suitability.below_best(person, position) * w
            cost += rates.between_units * is_elsewhere(ground, person, position)
            cost += rates.from_outside * is_from_outside(ground, person) * w
            unlisted, perhaps = program.sum(()), program.sum(())
            name = program["x", person, position]
            asks_for_list = _asks_for_list(ground, person, position)
            for t in periods:
                a = program["a", person, position, t]
                program.minimise(self.name, a * cost)
                if not asks_for_list:
                    continue
                listed = problem.in_lists(program, person, (position,), problem.expected.delta(position, t))
                if listed.terms:
                    perhaps.add(a)
                elif not listed.constant:
                    unlisted.add(a)
            if perhaps.terms:
                slack = program.column(("off", person, position), integer=False)
                program.at_most(perhaps - name - slack, 0, self.name, {person, position})
                unlisted.add(slack)
            program.minimise(self.name, unlisted * (rates.other_list * w))

    def _loose(self, problem: Problem, program: Program) -> None:
        """Of moves that are counted by class: the least that one to a post of the class would cost the person."""
        ground, rates, suitability = problem.ground, problem.ground.rates, problem.ground.suitability
        weight = _weights(ground)
        row = {person: n for n, person in enumerate(suitability.people)}
        least: dict[PositionId, list[int]] = {}
        for (person, first), periods in problem.moves.loose_takeovers.items():
            if first not in least:
                posts = problem.moves.appoint.posts[first]
                costs = [rates.appointed * weight[p] * suitability.all_below_best(p) for p in posts]
                least[first] = np.min(costs, axis=0).tolist()
            cost = rates.appointment + least[first][row[person]]
            program.minimise(self.name, program.sum(("c", person, first, t) for t in periods) * cost)
        for (person, first), stints in problem.moves.loose_stints.items():
            rotated = program.sum(("w", person, first, s.period) for s in stints)
            program.minimise(self.name, rotated * rates.rotation)


def _weights(ground: Ground) -> dict[PositionId, int]:
    posts = {p: ground.case.position[p] for p in ground.full_time}
    return {p: row.criticality * (ground.rates.head if row.head else 1) for p, row in posts.items()}


def _asks_for_list(ground: Ground, person: PersonId, position: PositionId) -> bool:
    """Whether it counts that somebody is appointed who is not in the post's own list."""
    return not ground.everyone_is_listed and ground.returns.get(person) != position


def is_from_outside(ground: Ground, person: PersonId) -> bool:
    """Whether the person leads today, by rank, and holds no post of the case."""
    return ground.home[person] is None and ground.person_order[person] >= ground.lowest_leading


def provided_for(standing: Standing) -> Iterator[PositionId]:
    """The posts that have successors, though a missing one is no lack of the plan."""
    for position in standing.ground.full_time:
        if standing.ground.case.position[position].successors >= 1:
            if not standing.bound.wants_successor(standing.expected, position):
                yield position


def is_no_substitute(standing: Standing, person: PersonId, position: PositionId, period: int) -> bool:
    """Whether the person should not look after a seat: a gate stops them, or a bar or a sanction that runs."""
    if standing.ground.suitability.gate_of(person) is not None:
        return True
    return standing.bound.is_barred(person, position, standing.ground.horizon.instant(period))


def is_elsewhere(ground: Ground, person: PersonId, position: PositionId) -> bool:
    """Whether the post is in a unit that is neither above nor below the person's own; no where that is not known."""
    own = ground.own_unit(person)
    if own is None:
        return False
    target = ground.case.position[position].unit_id
    return target not in ground.unit_and_above(own) and own not in ground.unit_and_above(target)


def promises(standing: Standing) -> Iterator[RotationNow]:
    """Rotations in progress with a written post to return to, that end within the horizon and while in service."""
    ground = standing.ground
    for now in ground.rotations_now.values():
        within = now.end is not None and now.end <= ground.horizon.until
        if within and now.return_to in ground.seats and standing.expected.in_service(now.person, now.end):  # type: ignore[arg-type]
            yield now


def broken_promises(standing: Standing) -> Iterator[RotationNow]:
    """Those of the promises that the plan does not keep."""
    for promise in promises(standing):
        if all(a.position != promise.return_to for a in standing.line.appointments.get(promise.person, ())):
            yield promise
