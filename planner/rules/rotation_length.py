"""How long a rotation lasts. Without such a rule there are no rotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.dates import add_months
from planner.domain.violation import Violation
from planner.rules.base import Rule, RuleParams
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class RotationLength(Rule):
    """A rotation lasts `months`, counted by dates; then the person is free. Of several entries the longest
    counts, and the structure wants exactly that.

    Source: 65-QĐ/TW; rules.md §2.3 rot_min_duration.
    """

    name = "rotation_length"
    kind = "time"
    may_advise = False

    class Params(RuleParams):
        months: int = Field(36, ge=1, description="months")

    params: Params

    def check(self, line: Timeline) -> Iterator[Violation]:
        for r in line.plan.rotations:
            if self.in_force(r.start) and self.applies(r.position):
                if r.end < add_months(r.start, self.params.months):
                    yield Violation(self.id, frozenset({r.person, r.position}), r.start, 1, "rotations", moved_in=True)

    def post(self, problem: Problem, program: Program) -> None:
        """Nothing: the length is in the dates of the rotation columns, which exist only where a rule gives one."""
