"""What rules on holders share that look at one holder at a time: who may not sit in which post, from which day on."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import InstantRule
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class BarredHolders(InstantRule):
    """At every instant nobody holds a post from which `barred_from` bars the person.

    Who holds it at `as_of` is inherited as long as nobody moves the person; the plan brings nobody in. As a wish each
    instant costs, so that moving the person early is worth more than late.
    """

    kind = "time"

    @abstractmethod
    def barred_from(self, person: PersonId, position: PositionId) -> dt.date | None:
        """The first day on which the person may not hold the post; None if the person may."""

    def bars(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether the rule is in force for the post on the day and the person may not hold it then."""
        return self.in_force(day) and self.applies(position) and self._barred(person, position, day)

    @cached_property
    def _known(self) -> dict[tuple[PersonId, PositionId], dt.date | None]:
        return {}

    def _barred(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether the person may not hold the post on the day, no waiver helping."""
        pair = (person, position)
        if pair not in self._known:
            self._known[pair] = self.barred_from(person, position)
        since = self._known[pair]
        return since is not None and since <= day and not self.waiver_for(pair, day)

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        if not self.in_force(day):
            return
        for position in line.ground.full_time:
            if not self.applies(position):
                continue
            for person in line.holders(position, day):
                if self._barred(person, position, day):
                    moved = line.moved_into(person, position, day)
                    yield Violation(self.id, frozenset({person, position}), day, 1, "persons", moved_in=moved)

    def post(self, problem: Problem, program: Program) -> None:
        horizon = problem.ground.horizon
        days = [(t, horizon.instant(t)) for t in horizon.periods if self.in_force(horizon.instant(t))]
        for position in problem.ground.full_time if days else ():
            if not self.applies(position):
                continue
            arrivals = problem.arrivals.get(position, ())
            for person in dict.fromkeys((*problem.ground.incumbents[position], *arrivals)):
                for t, day in days:
                    if self._barred(person, position, day):
                        self._row(problem, program, person, position, t)

    def _row(self, problem: Problem, program: Program, person: PersonId, position: PositionId, t: int) -> None:
        day, subjects = problem.ground.horizon.instant(t), frozenset({person, position})
        stays, comes = problem.holds_among(program, person, (position,), t)
        if self.is_must:
            program.at_most(comes, 0, self.id, subjects, day)  # who stays is there in the status quo as well
        elif stays or comes:
            slack = program.slack(Violation(self.id, subjects, day).key, 1)
            program.at_most(stays + comes - slack, 0, self.id, subjects, day)
