"""A share of women, of young people, of others, among the names after a round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from planner.domain.dates import whole_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.record import Record
from planner.domain.violation import Violation
from planner.rules.base import HUNDRED, LinearRule, RuleParams
from planner.rules.groups import Scope, groups_of_lists
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class Who(Record):
    """Whom a share counts: all given conditions together."""

    sex: Literal["M", "F"] | None = None
    age_under: int | None = Field(None, gt=0)
    scitech: bool | None = None
    ethnicity_not: str | None = None

    @model_validator(mode="after")
    def _some_condition(self) -> Who:
        if not self.model_dump(exclude_none=True):
            raise ValueError("at least one of sex, age_under, scitech, ethnicity_not")
        return self


class Share(LinearRule):
    """Of the names after a round at least `min` are of a kind, per list, per unit or over the round.

    The shortfall counts in hundredths of an entry: max(0, 100·min·names − 100·names of the kind).
    Source: 50-QĐ/TW, 377-QĐ/TW; rules.md §2.1 pool_women_share, pool_young_share.
    """

    name = "share"
    kind = "share"

    class Params(RuleParams):
        who: Who
        min: float = Field(gt=0, le=1, description="share of the names")
        scope: Scope = Field("all", description="over which names the share is taken")

        @model_validator(mode="after")
        def _whole_hundredths(self) -> Share.Params:
            if abs(self.min * HUNDRED - round(self.min * HUNDRED)) > 1e-9:
                raise ValueError("min in whole hundredths, e.g. 0.25")
            return self

    params: Params

    def counts(self, person: PersonId, day: dt.date) -> bool:
        row, who = self.ground.case.person[person], self.params.who
        return (
            (who.sex is None or row.sex == who.sex)
            and (who.age_under is None or whole_months(row.birth_date, day) < 12 * who.age_under)
            and (who.scitech is None or bool(row.scitech) == who.scitech)
            and (who.ethnicity_not is None or (row.ethnicity is not None and row.ethnicity != who.ethnicity_not))
        )

    def groups(self) -> dict[tuple[dt.date, str], list[PositionId]]:
        """The lists over which each share is taken, by the day of their round and the name of the group."""
        return groups_of_lists(self, self.params.scope)

    def short_by(self, persons: Iterable[PersonId], day: dt.date) -> int:
        """Hundredths of an entry that are missing among the entries."""
        return -sum(self._worth(i, day) for i in persons)

    def _worth(self, person: PersonId, day: dt.date) -> int:
        return (HUNDRED if self.counts(person, day) else 0) - round(HUNDRED * self.params.min)

    def check(self, line: Timeline) -> Iterator[Violation]:
        names = {position: names for _, position, names in line.lists()}
        for (day, group), positions in self.groups().items():
            short = self.short_by((i for p in positions for i in names[p]), day)
            if short > 0:
                added = any(e.status == "add" and e.position in positions for e in line.plan.pools)
                yield Violation(self.id, frozenset({group}), day, short, "hundredths", moved_in=added)

    def post(self, problem: Problem, program: Program) -> None:
        for (day, group), positions in self.groups().items():
            pairs = [(i, p) for p in positions for i in problem.names(p)]
            worth = program.sum(())
            for i, p in pairs:
                worth.add(program["x", i, p], self._worth(i, day))
            breach = Violation(self.id, frozenset({group}), day)
            most = sum(max(0, -self._worth(i, day)) for i, _ in pairs)
            new = [program["x", i, p] for i, p in pairs if not problem.is_old(i, p)]
            slack = self.slack(problem, program, breach, most, new)
            program.at_least(worth + (slack or 0), 0, self.id, {group}, day)
