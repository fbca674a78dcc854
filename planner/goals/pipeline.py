"""Goal pipeline: new names that suit, and for every listed person a path to the post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.case import Need
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.scenario import Rates
from planner.goals.base import Goal, Measured, Sum
from planner.standing import Standing
from planner.standing.paths import MONTHS_IN_POST, leaves_a_post, not_wished
from planner.timeline import Expected, Ground
from planner.timeline.ground import Gap

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

WHOLE_SCORE = 1000
"""Suitability in tenths of a point, at most."""


class Pipeline(Goal):
    """Σ rate · amount (`Rates`) over

    - `new_names`: names that are added and that nobody nominated;
    - `new_name_points`: of every added name, points below whoever suits best, in steps of `rates.new_name_points`;
    - `no_path`: demands of a post that a name of its list lacks and that no place closes in time, each at the rate
      times the suitability of the person for that post. Only of people who still serve when the post is expected to
      fall free, and only by places that end well before they leave;
    - `late`: demands of a holder's own post that fall due within the horizon and are met later, where a session could
      meet them in time;
    - `passing_names`: added names, of the same kind, of people whom the plan appoints to another post of that rank or a
      higher one, so that they leave the list again;
    - `heads_away` and `others_away`: full-time places of people who lead a unit at `as_of`, and of others who hold a
      post of the case, at half the rate.
    """

    name = "pipeline"

    def measure(self, standing: Standing) -> Measured:
        ground, plan, rates = standing.ground, standing.line.plan, standing.ground.rates
        added = [(e.person, e.position) for e in plan.pools if e.status == "add"]
        unnominated = sum(pair not in ground.nominated for pair in added)
        steps = sum(_steps(ground, i, p) for i, p in added)
        lacking = [
            (i, p)
            for i, p, gap, day in wanted_paths(ground, standing.expected)
            if i in _listed_last(standing, p) and standing.line.closed_on(i, gap) > day
        ]
        away = [
            leads
            for place in plan.training
            if (leads := leaves_a_post(ground, place.person, place.session)) is not None
        ]
        late = sum(standing.line.closed_on(i, gap) > due for i, gap, due in falling_due(ground, standing.expected))
        passing = sum(_rises_elsewhere(standing, i, p) for i, p in added if (i, p) not in ground.nominated)
        summed = Sum()
        summed.add("new_names", unnominated, rates.new_name)
        summed.add("new_name_points", steps, 1)
        summed.add_each("no_path", (path_worth(ground, i, p) for i, p in lacking))
        summed.add("late", late, rates.path)
        summed.add("passing_names", passing, rates.passing_name)
        for leads in away:
            summed.add("heads_away" if leads else "others_away", 1, _away(rates, leads=leads))
        counts = {
            "new_names": unnominated,
            "new_name_points": steps,
            "no_path": len(lacking),
            "late": late,
            "passing_names": passing,
            "heads_away": sum(away),
            "others_away": len(away) - sum(away),
        }
        return Measured(sum(term.total for term in summed.terms), counts, summed.terms)

    def post(self, problem: Problem, program: Program) -> None:
        ground, rates = problem.ground, problem.ground.rates
        for person, position in problem.name_pairs:
            if not problem.is_old(person, position):
                cost = _steps(ground, person, position)
                cost += rates.new_name * ((person, position) not in ground.nominated)
                program.minimise(self.name, program["x", person, position] * cost)
        self._paths(problem, program)
        self._due(problem, program)
        self._passing(problem, program)
        for person, session in problem.places:
            leads = leaves_a_post(ground, person, session)
            if leads is not None:
                program.minimise(self.name, program["u", person, session] * _away(rates, leads=leads))

    def _paths(self, problem: Problem, program: Program) -> None:
        ground = problem.ground
        for person, position, gap, day in wanted_paths(ground, problem.expected):
            worth = path_worth(ground, person, position)
            if position in ground.decided_round:
                listed = program["x", person, position]
            else:
                listed = program.sum(()) + int(person in ground.old_lists[position])
            if not listed or not worth:
                continue
            closed = problem.closed(program, person, gap, day)
            if not closed.terms:  # nothing can close it: as often as the name is there
                program.minimise(self.name, listed * worth)
                continue
            lacking = program.column(("nopath", person, position, gap, day), integer=False)
            program.at_least(closed + lacking - listed, 0, self.name, {person, position}, day)
            program.minimise(self.name, lacking * worth)

    def _due(self, problem: Problem, program: Program) -> None:
        for person, gap, due in falling_due(problem.ground, problem.expected):
            late = program.column(("late", person, gap, due), integer=False)
            program.at_least(problem.closed(program, person, gap, due) + late, 1, self.name, {person}, due)
            program.minimise(self.name, late * problem.ground.rates.path)

    def _passing(self, problem: Problem, program: Program) -> None:
        """x + Σ a − 1 ≤ passing, over the appointments of the person to another post of that rank or a higher one."""
        ground, rate = problem.ground, problem.ground.rates.passing_name
        for person, position in problem.name_pairs if rate else ():
            if problem.is_old(person, position) or (person, position) in ground.nominated:
                continue
            elsewhere = [c for c in problem.rises(person, position, dt.date.max) if c.position != position]
            keys = [c.key for c in elsewhere if c.key[0] == "a"]
            if keys:
                passing = program.column(("passing", person, position), integer=False)
                row = program["x", person, position] + program.sum(keys) - passing
                program.at_most(row, 1, self.name, {person, position})
                program.minimise(self.name, passing * rate)


def _away(rates: Rates, *, leads: bool) -> int:
    return rates.away_from_post if leads else (rates.away_from_post + 1) // 2


def _steps(ground: Ground, person: PersonId, position: PositionId) -> int:
    return ground.suitability.below_best(person, position) // ground.rates.new_name_points


def _rises_elsewhere(standing: Standing, person: PersonId, position: PositionId) -> bool:
    order = standing.ground.order(position)
    appointed = standing.line.appointments.get(person, ())
    return any(a.position != position and standing.ground.order(a.position) >= order for a in appointed)


def _listed_last(standing: Standing, position: PositionId) -> frozenset[PersonId]:
    """The names of the list once all decided rounds are held; of nobody where no lists are kept."""
    if standing.ground.everyone_is_listed:
        return frozenset()
    return frozenset(standing.line.list_in_force(position, dt.date.max))


def wanted_paths(ground: Ground, expected: Expected) -> Iterator[tuple[PersonId, PositionId, Gap, dt.date]]:
    """(person, post, gap, last day): what a name, or a nominated one, of the list lacks and a course could give.

    Only where the person is in service for `MONTHS_IN_POST` after the post is expected to fall free, and not gated; the
    last day on which a course may end lies as long before the last of service.
    """
    if ground.everyone_is_listed:
        return
    granted = {ground.granted(row.session_id) for row in ground.case.sessions}
    for position in ground.full_time:
        gaps = [
            gap
            for gap in ground.demands(position, "appoint")
            if any(g.competency == gap.competency and g.level >= gap.level for g in granted)
        ]
        if not gaps:
            continue
        people = dict.fromkeys(ground.old_lists[position])
        people |= dict.fromkeys(sorted(ground.nominated_for.get(position, ())))
        for person in people:
            if not_wished(ground, expected, person, position) is not None:
                continue
            day = add_months(expected.last_day(person), -MONTHS_IN_POST)
            for gap in gaps:
                if ground.closed_on(person, gap) > day:
                    yield person, position, gap, day


def falling_due(ground: Ground, expected: Expected) -> Iterator[tuple[PersonId, Gap, dt.date]]:
    """(holder, gap, day): what the own post demands after the appointment and falls due within the horizon, open today,
    of holders who still serve then and whom some session could give it in time."""
    granted = [(ground.granted(s.session_id), ground.session_end(s.session_id)) for s in ground.case.sessions]
    for position in ground.full_time:
        cells = ground.cells(position, "after_appoint")
        for person in ground.incumbents[position] if cells else ():
            since = next((r.since for r in ground.present_rows(person) if r.position_id == position and r.since), None)
            if since is None:
                continue
            due_on: dict[Gap, dt.date] = {}
            for cell in cells:
                gap = Gap(cell.competency, ground.content.level(Need(cell.competency, cell.level)))
                due = add_months(since, cell.grace_months)
                due_on[gap] = min(due, due_on.get(gap, due))
            for gap, due in due_on.items():
                in_time = any(
                    g.competency == gap.competency and g.level >= gap.level and end <= due for g, end in granted
                )
                falls_due = ground.horizon.as_of < due <= ground.horizon.until and expected.in_service(person, due)
                if in_time and falls_due and ground.closed_on(person, gap) > due:
                    yield person, gap, due


def path_worth(ground: Ground, person: PersonId, position: PositionId) -> int:
    """What a demand that is never met counts: the rate times the suitability, rounded up."""
    return (ground.rates.path * ground.suitability.of(person, position) + WHOLE_SCORE - 1) // WHOLE_SCORE
