"""The lists of a committee are the base of the lists of posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import Field, field_validator

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import APPLIES_TO_KEYS, LinearRule, RuleParams
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class NestedPools(LinearRule):
    """A name in the list of a post is also in the list of a committee of `base`, or sits on one.

    All lists count as they stand after the rounds of the plan; without a list of such a committee nothing is asked.
    Source: 15-QĐ/TU (Nghệ An) and other provincial texts; rules.md §2.1 pool_nested.
    """

    name = "nested_pools"
    kind = "count"

    class Params(RuleParams):
        base: Mapping[str, Any] = Field(
            default_factory=lambda: {"nature": "membership"}, description="the committees, written as applies_to"
        )

        @field_validator("base")
        @classmethod
        def _known_keys(cls, base: Mapping[str, Any]) -> Mapping[str, Any]:
            if not base or set(base) - set(APPLIES_TO_KEYS):
                raise ValueError(f"one or more of {', '.join(APPLIES_TO_KEYS)}")
            return base

    params: Params

    @cached_property
    def base(self) -> tuple[PositionId, ...]:
        """The committees that have a list, decided or in force."""
        return tuple(
            p
            for p in self.ground.listable
            if (p in self.ground.decided_round or self.ground.old_lists[p]) and self.matches(p, self.params.base)
        )

    def lists(self) -> Iterator[tuple[PositionId, dt.date]]:
        """The decided lists that must lie within those of the committees."""
        for position, decided in self.ground.decided_round.items():
            day = decided.approved_on
            if self.base and position not in self.base and self.in_force(day) and self.applies(position):
                yield position, day

    def _sits(self, person: PersonId) -> bool:
        """On a committee already, or in a list of one that no round of the plan decides."""
        fixed = (p for p in self.base if p not in self.ground.decided_round)
        return bool(self.ground.held[person] & set(self.base)) or any(person in self.ground.old_lists[p] for p in fixed)

    def _breach(self, person: PersonId, position: PositionId, day: dt.date, added: bool = False) -> Violation:
        # The list is the scope too: a person and a post may bear one identifier, and then the subjects do not tell.
        return Violation(self.id, frozenset({person, position}), day, 1, "names", str(position), added)

    def check(self, line: Timeline) -> Iterator[Violation]:
        names = {position: frozenset(names) for _, position, names in line.lists()}
        new = {(e.person, e.position) for e in line.plan.pools if e.status == "add"}
        for position, day in self.lists():
            for person in sorted(names[position]):
                if not self._sits(person) and not any(person in names.get(b, ()) for b in self.base):
                    added = (person, position) in new
                    yield self._breach(person, position, day, added)

    def post(self, problem: Problem, program: Program) -> None:
        for position, day in self.lists():
            for person in problem.names(position):
                if self._sits(person):
                    continue
                within = program.sum(("x", person, b) for b in self.base)
                breach = self._breach(person, position, day)
                new = () if problem.is_old(person, position) else (program["x", person, position],)
                slack = self.slack(problem, program, breach, 1, new)
                program.at_most(
                    program["x", person, position] - within - (slack or 0), 0, self.id, {person, position}, day
                )
