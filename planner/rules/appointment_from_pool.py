"""Appointed is who is planned for the post, or for an equal or higher one."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
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

    def listed_by(self, on: dt.date) -> dt.date:
        """The day on which the list must have the person, for an appointment on a day."""
        return on

    def counts_today(self, person: PersonId, position: PositionId, on: dt.date) -> bool:
        """Whether a name that is in force at `as_of` has been there long enough on the day."""
        return True

    def is_asked(self, problem: Problem, person: PersonId, position: PositionId, on: dt.date) -> bool:
        """Whether the row of another entry asks the same, so that none is needed."""
        return False

    def is_listed(self, line: Timeline, person: PersonId, position: PositionId, on: dt.date) -> bool:
        """Whether a list that counts has the person by the day, and has not lost the name since."""
        day = self.listed_by(on)
        for p in self.lists_that_count(position):
            if person in line.list_in_force(p, day) and (day == on or person in line.list_in_force(p, on)):
                new = person not in self.ground.old_lists[p]
                if new or self.counts_today(person, p, on):
                    return True
        return False

    def may_be_listed(self, person: PersonId, position: PositionId, on: dt.date) -> bool:
        """Whether by the day the person is in a list that counts, or a round may have put the person into one."""
        if not self.demands(person, position, on):
            return True
        day = self.listed_by(on)
        for p in self.lists_that_count(position):
            decided = self.ground.decided_round.get(p)
            if person in self.ground.old_lists[p]:
                if self.counts_today(person, p, on):
                    return True
            elif decided is not None and decided.approved_on < day:
                return True
        return False

    def same_for(self, position: PositionId) -> Hashable:
        """What of a position `demands` looks at, waivers aside."""
        row = self.ground.case.position[position]
        created = self.ground.case.unit[row.unit_id].created_on
        return self.applies(position), self.ground.order(position), created, row.term_system if created else None

    def lists_that_count(self, position: PositionId) -> Sequence[PositionId]:
        order = self.ground.order(position)
        if order not in self._counting:
            self._counting[order] = [p for p in self.ground.listable if self.ground.order(p) >= order]
        return self._counting[order]

    @cached_property
    def _counting(self) -> dict[int, list[PositionId]]:
        return {}

    def check(self, line: Timeline) -> Iterator[Violation]:
        for a in line.plan.appointments:
            if not self.demands(a.person, a.position, a.judged_on):
                continue
            if not self.is_listed(line, a.person, a.position, a.judged_on):
                yield Violation(
                    self.id, frozenset({a.person, a.position}), a.judged_on, 1, "appointments", moved_in=True
                )

    def post(self, problem: Problem, program: Program) -> None:
        # The lists in force change on the days of rounds only, and count alike for all posts of one order.
        rounds = {decided.approved_on for decided in self.ground.decided_round.values()}
        known: dict[tuple[object, ...], Expr] = {}
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
                if not self.demands(person, position, on) or self.is_asked(problem, person, position, on):
                    continue
                listed = self._listed(problem, program, person, counting[order], on, known, (order, rounds))
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

    def _listed(
        self,
        problem: Problem,
        program: Program,
        person: PersonId,
        counting: Collection[PositionId],
        on: dt.date,
        known: dict[tuple[object, ...], Expr],
        of: tuple[int, Collection[dt.date]],
    ) -> Expr:
        """In how many lists that count the person is by the day; made once for days between which no list changes."""
        order, rounds = of
        day = self.listed_by(on)
        young = frozenset(p for p in problem.lists_of(person) if p in counting and not self._may_count(person, p, on))
        key = (
            person,
            order,
            sum(approved < day for approved in rounds),
            sum(approved < on for approved in rounds),
            young,
        )
        if key not in known:
            old = {p: None for p in counting if p not in young}
            known[key] = problem.in_lists(program, person, old, on)
        return known[key]

    def _may_count(self, person: PersonId, position: PositionId, on: dt.date) -> bool:
        """Whether a list that has the person on the day, has had the name for long enough."""
        decided = self.ground.decided_round.get(position)
        if person in self.ground.old_lists[position]:
            return self.counts_today(person, position, on)
        return decided is None or decided.approved_on < self.listed_by(on) or on <= decided.approved_on

    def _post_loose(
        self,
        problem: Problem,
        program: Program,
        rounds: Sequence[dt.date],
        counting: Mapping[int, Collection[PositionId]],
    ) -> None:
        """For a person, a time between rounds in which the same lists are old enough, and an order.

        Whoever is appointed to that order or a higher one is in one such list.

        Valid for the sum, since a person is appointed once, and a list that counts for a higher order counts for this.
        """
        for person, chances in problem.chances.items():
            asked: defaultdict[tuple[int, frozenset[PositionId]], list[tuple[int, Key]]] = defaultdict(list)
            days: dict[tuple[int, frozenset[PositionId]], dt.date] = {}
            for key, first, on, earliest in chances:
                if key[0] != "c" or self.is_asked(problem, person, first, on):
                    continue
                if self.demands(person, first, on) and self.demands(person, first, earliest):
                    lists = frozenset(p for p in problem.lists_of(person) if self._may_count(person, p, on))
                    of = bisect_left(rounds, on), lists
                    asked[of].append((self.ground.order(first), key))
                    days.setdefault(of, on)
            for (between, lists), found in asked.items():
                for order in sorted({order for order, _ in found}):
                    appointed = program.sum(key for high, key in found if high >= order)
                    counted = {p: None for p in counting[order] if p in lists}
                    day = days[between, lists]
                    program.at_most(
                        appointed - problem.in_lists(program, person, counted, day), 0, self.id, {person}, day
                    )

    def _row(self, program: Program, late: Expr, planned: Expr, person: PersonId, position: PositionId) -> None:
        if late.terms:
            program.at_most(late - planned, 0, self.id, {person, position})
