"""Not too many leaders of a unit away on full-time courses at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.ids import PersonId, UnitId
from planner.domain.violation import Violation
from planner.rules.base import InstantRule, RuleParams, part_of
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class Absences(InstantRule):
    """At an instant at most the share `max` of a unit's leaders is away on full-time courses, rounded down.

    The leaders are those who hold the unit's full-time posts at `as_of`, wherever the plan moves them meanwhile: who is
    away counts for the unit that sent the person. With `max: 0.5` the only leader of a unit does not go, of two or
    three one. Source: practice; rules.md §2.4 tr_one_full_time.
    """

    name = "absences"
    kind = "count"

    class Params(RuleParams):
        max: float = Field(0.5, ge=0, lt=1, description="share of a unit's leaders")

    params: Params

    @cached_property
    def leaders(self) -> dict[UnitId, tuple[PersonId, ...]]:
        """By unit, those who hold a post to which the rule applies."""
        incumbents = self.ground.incumbents
        found = {unit: tuple(i for p in posts for i in incumbents[p]) for unit, posts in self.posts_by_unit.items()}
        return {unit: persons for unit, persons in found.items() if persons}

    def limit(self, unit: UnitId) -> int:
        return part_of(self.params.max, len(self.leaders[unit]))

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        if not self.in_force(day):
            return
        sent = {p.person for p in line.plan.training if self._runs(p.session, day)}
        for unit, persons in self.leaders.items():
            away = [i for i in persons if line.on_course(i, day)]
            over = len(away) - self.limit(unit)
            if over > 0:
                yield Violation(self.id, frozenset({unit}), day, over, "leaders", moved_in=bool(sent & set(away)))

    def lets_go(self, line: Timeline, person: PersonId, start: dt.date, end: dt.date) -> bool:
        """Whether one leader more may be away from `start` until `end`; yes for who leads nothing."""
        horizon = self.ground.horizon
        days = [day for t in horizon.periods if start <= (day := horizon.instant(t)) < end and self.in_force(day)]
        for unit, persons in self.leaders.items() if days else ():
            if person in persons:
                others = [i for i in persons if i != person]
                if any(sum(line.on_course(i, day) for i in others) >= self.limit(unit) for day in days):
                    return False
        return True

    def _runs(self, session: str, day: dt.date) -> bool:
        ground = self.ground
        full = ground.course_of(session).mode == "full"  # type: ignore[arg-type]
        return full and ground.case.session[session].start <= day < ground.session_end(session)  # type: ignore[index,arg-type]

    def post(self, problem: Problem, program: Program) -> None:
        horizon = problem.ground.horizon
        for t in horizon.periods:
            day = horizon.instant(t)
            if not self.in_force(day):
                continue
            for unit, persons in self.leaders.items():
                gone = sum(problem.status_quo.line.on_course(i, day) for i in persons)
                going = [u for i in persons for _, u in problem.absent(program, i, day)]
                most = gone + len(going) - self.limit(unit)
                if most <= 0:
                    continue
                slack = self.slack(problem, program, Violation(self.id, frozenset({unit}), day), most, going)
                away = program.sum(()) + gone
                for u in going:
                    away.add(u)
                program.at_most(away - (slack or 0), self.limit(unit), self.id, {unit}, day)
