"""Appointed is who is planned for the post, or for an equal or higher one."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Expr, Program
    from planner.program.program import Key


class AppointmentFromPool(LinearRule):
    """On the day of the appointment the person is in the list in force of the post or of an equal or higher one.

    Lateral moves are exempt, and posts of a unit for which no round has been held since it was made, for
    `new_unit_months` where they are given. Where a case has neither rounds nor lists nothing is asked.
    Source: 377-QĐ/TW art. 34; rules.md §2.2 appt_in_pool, appt_new_unit_exempt.
    """

    name = "appointment_from_pool"
    kind = "time"

    class Params(RuleParams):
        new_unit_months: int | None = Field(None, ge=0, description="months for which a new unit needs no list")

    params: Params

    def demands(self, person: PersonId, position: PositionId, on: dt.date) -> bool:
        """Whether the rule asks for a list at all."""
        ground = self.ground
        if ground.everyone_is_listed or not self.in_force(on) or not self.applies(position):
            return False
        if ground.order(position) <= ground.person_order[person] or self.waiver_for((person, position), on):
            return False
        row = ground.case.position[position]
        created, months = ground.case.unit[row.unit_id].created_on, self.params.new_unit_months
        if created is None or (months is not None and add_months(created, months) <= on):
            return True
        return any(created <= r.approved_on < on and r.system in (None, row.term_system) for r in ground.case.rounds)

    def same_for(self, position: PositionId) -> Hashable:
        """What of a position `demands` looks at, waivers aside."""
        row = self.ground.case.position[position]
        created = self.ground.case.unit[row.unit_id].created_on
        return self.applies(position), self.ground.order(position), created, row.term_system if created else None

    def lists_that_count(self, position: PositionId) -> list[PositionId]:
        order = self.ground.order(position)
        return [p for p in self.ground.listable if self.ground.order(p) >= order]

    def check(self, line: Timeline) -> Iterator[Violation]:
        for a in line.plan.appointments:
            if not self.demands(a.person, a.position, a.judged_on):
                continue
            if not any(a.person in line.list_in_force(p, a.judged_on) for p in self.lists_that_count(a.position)):
                yield Violation(
                    self.id, frozenset({a.person, a.position}), a.judged_on, 1, "appointments", moved_in=True
                )

    def post(self, problem: Problem, program: Program) -> None:
        # The lists in force change on the days of rounds only, and count alike for all posts of one order.
        rounds = {decided.approved_on for decided in self.ground.decided_round.values()}
        known: dict[tuple[PersonId, int, int], Expr] = {}
        of_order = {self.ground.order(p): p for p in self.ground.full_time}
        counting = {order: dict.fromkeys(self.lists_that_count(p)) for order, p in of_order.items()}
        if self.is_must:
            self._post_loose(problem, program, sorted(rounds), counting)
        for (person, position), periods in problem.takeover_periods.items():
            late = program.sum(())
            planned = program.sum(())
            order = self.ground.order(position)
            for t in periods:
                on = problem.expected.delta(position, t)
                if not self.demands(person, position, on):
                    continue
                key = (person, order, sum(day < on for day in rounds))
                if key not in known:
                    known[key] = problem.in_lists(program, person, counting[order], on)
                listed = known[key]
                appointed = program["a", person, position, t]
                breach = Violation(self.id, frozenset({person, position}), on)
                slack = self.slack(problem, program, breach, 1)
                if slack is None and listed.terms and not listed.constant:
                    # One row serves all periods with the same lists in force: tighter than a row for each.
                    if planned.terms != listed.terms:
                        self._row(program, late, planned, person, position)
                        late, planned = program.sum(()), listed
                    late.add(appointed)
                else:
                    program.at_most(appointed - listed - (slack or 0), 0, self.id, {person, position}, on)
            self._row(program, late, planned, person, position)

    def _post_loose(
        self,
        problem: Problem,
        program: Program,
        rounds: Sequence[dt.date],
        counting: Mapping[int, Collection[PositionId]],
    ) -> None:
        """For a person, a time between rounds and an order: whoever is appointed to it or higher is in one such list.

        Valid for the sum, since a person is appointed once, and a list that counts for a higher order counts for this.
        """
        for person, chances in problem.chances.items():
            asked: defaultdict[int, list[tuple[int, dt.date, Key]]] = defaultdict(list)
            for key, first, on, earliest in chances:
                if key[0] == "c" and self.demands(person, first, on) and self.demands(person, first, earliest):
                    asked[bisect_left(rounds, on)].append((self.ground.order(first), on, key))
            for found in asked.values():
                day = found[0][1]
                for order in sorted({order for order, _, _ in found}):
                    appointed = program.sum(key for high, _, key in found if high >= order)
                    listed = problem.in_lists(program, person, counting[order], day)
                    program.at_most(appointed - listed, 0, self.id, {person}, day)

    def _row(self, program: Program, late: Expr, planned: Expr, person: PersonId, position: PositionId) -> None:
        if late.terms:
            program.at_most(late - planned, 0, self.id, {person, position})
