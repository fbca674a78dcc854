"""Goal nominations: names that were put forward and are not in the list after the round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, PositionId
from planner.goals.base import Goal, Measured, Sum
from planner.standing import Standing
from planner.timeline import Ground

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

NOT_LISTED = 2
"""More than a name that is missing for the number (`depth`)."""


class Nominations(Goal):
    """Nominated names of decided rounds that are not in the list after the round, each 2; not of those a gate stops.

    Also where a rule refuses the name: then it counts in every plan alike.
    """

    name = "nominations"

    def measure(self, standing: Standing) -> Measured:
        listed = {(e.person, e.position) for e in standing.line.plan.pools if e.status != "remove"}
        missing = sum(pair not in listed for pair in nominated_names(standing.ground))
        summed = Sum()
        summed.add("not_listed", missing, NOT_LISTED)
        return Measured(NOT_LISTED * missing, {"not_listed": missing}, summed.terms)

    def post(self, problem: Problem, program: Program) -> None:
        for person, position in nominated_names(problem.ground):
            program.minimise(self.name, (1 - program["x", person, position]) * NOT_LISTED)


def nominated_names(ground: Ground) -> Iterator[tuple[PersonId, PositionId]]:
    """Names put forward for a list that this plan decides, by people whom no gate stops, who do not hold the post."""
    for person, position in sorted(ground.nominated):
        held = position in ground.held[person]
        if position in ground.decided_round and not held and ground.suitability.gate_of(person) is None:
            yield person, position
