"""Goal keep: names in force that could stay and are not in the list after the round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.goals.base import Goal, Measured, Sum
from planner.standing import Standing

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class Keep(Goal):
    """Removals without a cause in rules or facts, each 1; a person's own decision counts too."""

    name = "keep"

    def measure(self, standing: Standing) -> Measured:
        pools = standing.line.plan.pools
        removed = sum(e.status == "remove" and e.cause in ("replaced", "decided") for e in pools)
        summed = Sum()
        summed.add("removed", removed, 1)
        return Measured(removed, {"removed": removed}, summed.terms)

    def post(self, problem: Problem, program: Program) -> None:
        keepable = set(problem.keepable)
        for person, position in problem.keepable_if:
            stays, able = problem.kept(program, person, position)
            if (person, position) in keepable:
                program.minimise(self.name, 1 - stays)
            elif able:
                dropped = program.column(("dropped", person, position), integer=False)
                for can_stay in able:
                    program.at_least(stays + dropped - can_stay, 0, self.name, {person, position})
                program.minimise(self.name, dropped)
