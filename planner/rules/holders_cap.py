"""What rules share that count the holders of some posts together: groups of posts, each with a limit."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Container, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from planner.domain.ids import PositionId, UnitId
from planner.domain.violation import Violation
from planner.rules.base import InstantRule
from planner.timeline import Ground, Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class Group(NamedTuple):
    """Posts whose holders together are at most `limit`; `subject` names them in a breach."""

    subject: str
    posts: tuple[PositionId, ...]
    limit: int


def class_of(ground: Ground, unit: UnitId, known: Container[str]) -> str | None:
    """The class (`units.class`) of the unit or of the nearest one above it, of those that are known."""
    seen: set[UnitId] = set()
    current: UnitId | None = unit
    while current is not None and current not in seen and (row := ground.case.unit.get(current)) is not None:
        if row.class_ is not None and row.class_ in known:
            return row.class_
        seen.add(current)
        current = row.parent_id
    return None


class HoldersCap(InstantRule):
    """At every instant the holders of a group of posts are at most its limit.

    What the case has above it is inherited: the number may only fall, and nobody comes in while it is above.
    """

    kind = "count"

    @abstractmethod
    def find_groups(self) -> Iterator[Group]:
        """The groups that the entry limits."""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return tuple(self.find_groups())

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        if not self.in_force(day):
            return
        for group in self.groups:
            holders = [(i, p) for p in group.posts for i in line.holders(p, day)]
            over = len(holders) - group.limit
            if over > 0:
                moved = any(line.moved_into(i, p, day) for i, p in holders)
                yield Violation(self.id, frozenset({group.subject}), day, over, "leaders", moved_in=moved)

    def post(self, problem: Problem, program: Program) -> None:
        horizon = problem.ground.horizon
        for group in self.groups:
            # The seats hold as many as there are, or as sit there too many already: below the limit nothing binds.
            most = sum(max(self.ground.seats[p], len(self.ground.incumbents[p])) for p in group.posts) - group.limit
            for t in horizon.periods if most > 0 else ():
                if self.in_force(horizon.instant(t)):
                    self._row(problem, program, group, t, most)

    def _row(self, problem: Problem, program: Program, group: Group, t: int, most: int) -> None:
        day = problem.ground.horizon.instant(t)
        people = [i for p in group.posts for i in (*self.ground.incumbents[p], *problem.arrivals.get(p, ()))]
        count, new = program.sum(()), []
        for person in dict.fromkeys(people):
            stays, comes = problem.holds_among(program, person, group.posts, t)
            count.add(stays)
            count.add(comes)
            if comes.terms:
                new.append(comes)
        slack = self.slack(problem, program, Violation(self.id, frozenset({group.subject}), day), most, new)
        program.at_most(count - (slack or 0), group.limit, self.id, {group.subject}, day)
