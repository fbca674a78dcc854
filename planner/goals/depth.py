"""Goal depth: ready names against the number wanted, on d₁. People may be shared between posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.goals.base import Goal, Measured
from planner.standing import Standing

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class Depth(Goal):
    """Σ max(0, successors − ready names) over full-time posts, each missing name 1."""

    name = "depth"

    def measure(self, standing: Standing) -> Measured:
        missing = 0
        for p in standing.ground.full_time:
            wanted = standing.ground.case.position[p].successors
            if wanted:
                missing += max(0, wanted - len(standing.ready_names(p, standing.expected.wanted_by[p])))
        return Measured(missing, {"missing": missing})

    def post(self, problem: Problem, program: Program) -> None:
        for position, persons in problem.ready.items():
            wanted = problem.ground.case.position[position].successors
            short = program.column(("zd", position), wanted, integer=False)
            names = program.sum(("y", i, position) for i in persons)
            program.at_least(names + short, wanted, "depth", {position}, problem.expected.wanted_by[position])
            program.minimise(self.name, short)
