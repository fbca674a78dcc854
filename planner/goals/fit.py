"""Goal fit: how near the field of a person is to the field of the post. Three classes; ranks only those who qualify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, PositionId
from planner.goals.base import Goal, Measured
from planner.standing import Standing
from planner.timeline import Ground

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


def fit_class(ground: Ground, person: PersonId, position: PositionId) -> str:
    """A: a field of degree or of the last five years is the post's; B: of the same family; C: otherwise or unknown."""
    wanted = ground.case.position[position].field
    if wanted is None:
        return "C"
    fields = ground.fields_of[person]
    if wanted in fields:
        return "A"
    family = ground.content.family_of
    return "B" if family.get(wanted) and family[wanted] in {family.get(f) for f in fields} else "C"


class Fit(Goal):
    """0 for A, 1 for B, 2 for C, summed over designated successors and appointments."""

    name = "fit"

    def _worth(self, ground: Ground, person: PersonId, position: PositionId) -> int:
        return "ABC".index(fit_class(ground, person, position))

    def measure(self, standing: Standing) -> Measured:
        pairs = [(i, p) for p, i in standing.designated.items()]
        pairs += [(a.person, a.position) for a in standing.line.plan.appointments]
        distance = sum(self._worth(standing.ground, i, p) for i, p in pairs)
        return Measured(distance, {"distance": distance})

    def post(self, problem: Problem, program: Program) -> None:
        for position, persons in problem.ready.items():
            for person in persons:
                worth = self._worth(problem.ground, person, position)
                program.minimise(self.name, program["g", person, position] * worth)
        for (person, position), periods in problem.takeover_periods.items():
            worth = self._worth(problem.ground, person, position)
            appointed = program.sum(("a", person, position, t) for t in periods)
            program.minimise(self.name, appointed * worth)
