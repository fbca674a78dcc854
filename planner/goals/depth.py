"""Goal depth: ready names against the number wanted, on d₁. People may be shared between posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.goals.base import Goal, Measured, Sum
from planner.standing import Standing

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


UNSUITABLE = 2
"""More than a missing name."""


class Depth(Goal):
    """Σ max(0, successors − ready names) over full-time posts of which a successor is wanted, each missing name 1.

    A new name that is not to be proposed (`Suitability.is_stopped`) counts 2: nobody enters a list to make up a number.
    """

    name = "depth"

    def measure(self, standing: Standing) -> Measured:
        missing = 0
        for p in standing.ground.full_time:
            wanted = standing.ground.case.position[p].successors
            if wanted and standing.bound.wants_successor(standing.expected, p):
                missing += max(0, wanted - len(standing.ready_names(p, standing.expected.wanted_by[p])))
        is_stopped = standing.ground.suitability.is_stopped
        unsuitable = sum(e.status == "add" and is_stopped(e.person, e.position) for e in standing.line.plan.pools)
        counts = {"missing": missing} | ({"unsuitable": unsuitable} if unsuitable else {})
        summed = Sum()
        summed.add("missing", missing, 1)
        summed.add("unsuitable", unsuitable, UNSUITABLE)
        return Measured(missing + UNSUITABLE * unsuitable, counts, summed.terms)

    def post(self, problem: Problem, program: Program) -> None:
        for position, persons in problem.ready.items():
            wanted = problem.ground.case.position[position].successors
            short = program.column(("zd", position), wanted, integer=False)
            names = program.sum(("y", i, position) for i in persons)
            program.at_least(names + short, wanted, "depth", {position}, problem.expected.wanted_by[position])
            if problem.bound.wants_successor(problem.expected, position):
                program.minimise(self.name, short)
        for person, position in problem.name_pairs:
            if not problem.is_old(person, position) and problem.ground.suitability.is_stopped(person, position):
                program.minimise(self.name, program["x", person, position] * UNSUITABLE)
