"""Goal effort: what the plan asks of people and purse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.goals.base import Goal, Measured, Sum
from planner.standing import Standing

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class Effort(Goal):
    """Training places + rotations + appointments, each 1."""

    name = "effort"

    def measure(self, standing: Standing) -> Measured:
        plan = standing.line.plan
        counts = {
            "places": len(plan.training),
            "rotations": len(plan.rotations),
            "appointments": len(plan.appointments),
        }
        summed = Sum()
        for name, count in counts.items():
            summed.add(name, count, 1)
        return Measured(sum(counts.values()), counts, summed.terms)

    def post(self, problem: Problem, program: Program) -> None:
        program.minimise(self.name, program.sum(k for k in program.keys if k[0] in ("u", "v", "a", "c", "w")))
