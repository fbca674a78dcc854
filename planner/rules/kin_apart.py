"""Relatives not together in one leadership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from planner.domain.ids import PersonId, UnitId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams, Waiver
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

_OTHER_WAY = {"parent": "child", "child": "parent"}


class KinApart(LinearRule):
    """Two relatives do not hold full-time posts of the same unit at an instant.

    A pair that the case already has together may stay together where it is, but not by a new move.
    Source: 114-QĐ/TW art. 6(5); rules.md §2.2 kinship_not_together.
    """

    name = "kin_apart"
    kind = "pair"

    class Params(RuleParams):
        relations: tuple[str, ...] = Field(
            ("spouse", "parent", "child", "sibling"), description="what one is to the other"
        )
        within: Literal["unit_leadership"] = Field("unit_leadership", description="the full-time posts of one unit")

    params: Params

    @cached_property
    def pairs(self) -> tuple[tuple[PersonId, PersonId], ...]:
        """Related pairs, each once, whichever way round the relation is written."""
        wanted = {r for name in self.params.relations for r in (name, _OTHER_WAY.get(name, name))}
        pairs = {
            tuple(sorted((row.person_a, row.person_b))): None
            for row in self.ground.case.relations
            if row.relation in wanted and row.person_a != row.person_b
        }
        return tuple((a, b) for a, b in pairs)

    @cached_property
    def units(self) -> tuple[UnitId, ...]:
        """Units with a post to which the rule applies."""
        return tuple(unit for unit, posts in self.ground.posts_of_unit.items() if any(self.applies(p) for p in posts))

    def _waived(self, pair: tuple[PersonId, PersonId], day: dt.date) -> Waiver | None:
        return next((w for w in self.waivers if w.subjects == frozenset(pair) and w.covers(pair, day)), None)

    def check(self, line: Timeline) -> Iterator[Violation]:
        for t in line.ground.horizon.periods:
            yield from self.on_day(line, line.ground.horizon.instant(t))

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        if not self.in_force(day):
            return
        for a, b in self.pairs:
            post_a, post_b = line.post_of(a, day), line.post_of(b, day)
            if post_a is None or post_b is None or self._waived((a, b), day):
                continue
            if not (self.applies(post_a) and self.applies(post_b)):
                continue
            unit = self.ground.case.position[post_a].unit_id
            if unit == self.ground.case.position[post_b].unit_id:
                moved = line.moved_into(a, post_a, day) or line.moved_into(b, post_b, day)
                yield Violation(self.id, frozenset({a, b}), day, 1, "pairs", unit, moved_in=moved)

    def post(self, problem: Problem, program: Program) -> None:
        for t in problem.ground.horizon.periods:
            day = problem.ground.horizon.instant(t)
            if not self.in_force(day):
                continue
            for a, b in self.pairs:
                if self._waived((a, b), day):
                    continue
                for unit in self.units:
                    self._part(problem, program, a, b, unit, t)

    def _part(self, problem: Problem, program: Program, a: PersonId, b: PersonId, unit: UnitId, t: int) -> None:
        day = problem.ground.horizon.instant(t)
        stays_a, comes_a = problem.holds_parts(program, a, unit, t, self.applies)
        stays_b, comes_b = problem.holds_parts(program, b, unit, t, self.applies)
        if not (stays_a or comes_a) or not (stays_b or comes_b):
            return  # one of the two cannot be there: the row would only say that a person moves once
        breach = Violation(self.id, frozenset({a, b}), day, scope=unit)
        if not self.is_must:
            slack = program.slack(breach.key, 1)
            program.at_most(stays_a + comes_a + stays_b + comes_b - slack, 1, self.id, {a, b}, day)
        elif problem.inherited(breach):
            program.at_most(comes_a + stays_b + comes_b, 1, self.id, {a, b}, day)
            program.at_most(comes_b + stays_a + comes_a, 1, self.id, {a, b}, day)
        else:
            program.at_most(stays_a + comes_a + stays_b + comes_b, 1, self.id, {a, b}, day)
