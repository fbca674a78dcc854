"""The silent last tier: fewest new names in lists, and among as many, nominated ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.goals.base import Goal, Measured, Sum
from planner.standing import Standing
from planner.timeline import Ground

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class NewNames(Goal):
    """Each new name counts more than all nominations together could save; one that was not nominated 1 more."""

    name = "new_names"

    def _each(self, ground: Ground) -> int:
        """Where the case has nominations the count of names must outweigh them: one more than there are."""
        return len(ground.nominated) + 1

    def measure(self, standing: Standing) -> Measured:
        ground, added = standing.ground, [e for e in standing.line.plan.pools if e.status == "add"]
        summed = Sum()
        for e in added:
            summed.add("added", 1, self._each(ground) - ((e.person, e.position) in ground.nominated))
        return Measured(sum(term.total for term in summed.terms), {"added": len(added)}, summed.terms)

    def post(self, problem: Problem, program: Program) -> None:
        for person, position in problem.name_pairs:
            if not problem.is_old(person, position):
                worth = self._each(problem.ground) - ((person, position) in problem.ground.nominated)
                program.minimise(self.name, program["x", person, position] * worth)
