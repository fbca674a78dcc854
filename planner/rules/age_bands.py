"""Names of several ages in a list."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from planner.domain.dates import whole_months
from planner.domain.ids import PersonId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams
from planner.rules.groups import Scope, groups_of_lists
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class AgeBands(LinearRule):
    """After a round each list, unit or round has a name in every age band; each band without a name counts one.

    `bounds` are the ages at which a band ends and the next begins: 40 and 45 make three bands, the middle one of five
    years. Source: 377-QĐ/TW and provincial texts; rules.md §2.1 pool_three_age_bands.
    """

    name = "age_bands"
    kind = "count"

    class Params(RuleParams):
        bounds: tuple[int, ...] = Field((40, 45), min_length=1, description="ages between two bands, ascending")
        scope: Scope = Field("position", description="over which names the bands are taken")

        @field_validator("bounds")
        @classmethod
        def _ascending(cls, bounds: tuple[int, ...]) -> tuple[int, ...]:
            if list(bounds) != sorted(set(bounds)) or bounds[0] < 1:
                raise ValueError("ages, each higher than the one before")
            return bounds

    params: Params

    def band(self, person: PersonId, day: dt.date) -> int:
        """0 for the youngest band."""
        age = whole_months(self.ground.case.person[person].birth_date, day) // 12
        return bisect_right(self.params.bounds, age)

    def _breach(self, group: str, day: dt.date, band: int) -> Violation:
        ages = ("0", *map(str, self.params.bounds), "")
        return Violation(self.id, frozenset({group}), day, 1, "bands", f"{ages[band]}-{ages[band + 1]}")

    def check(self, line: Timeline) -> Iterator[Violation]:
        names = {position: names for _, position, names in line.lists()}
        for (day, group), positions in groups_of_lists(self, self.params.scope).items():
            there = {self.band(i, day) for p in positions for i in names[p]}
            for band in range(len(self.params.bounds) + 1):
                if band not in there:
                    yield self._breach(group, day, band)

    def post(self, problem: Problem, program: Program) -> None:
        for (day, group), positions in groups_of_lists(self, self.params.scope).items():
            by_band = [program.sum(()) for _ in range(len(self.params.bounds) + 1)]
            for p in positions:
                for i in problem.names(p):
                    by_band[self.band(i, day)].add(program["x", i, p])
            for band, count in enumerate(by_band):
                slack = self.slack(problem, program, self._breach(group, day, band), 1)
                program.at_least(count + (slack or 0), 1, self.id, {group}, day)
