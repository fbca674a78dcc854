"""Plans made by hand, valued by the law and by the program: both must say what the test derives.

Suitability is what the level of `grade` says, so that points can be read off a case: g73 has 73 of 100, and who has no
grade 50. Whoever has `conduct: bad` is stopped by a gate. Periods are P0 (2026-01-01 to 06-30), P1 (to 12-31) and P2
(to 2027-06-30). Rates are those of `Rates` as they stand, in half points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from planner import engine
from planner.domain.case import Case
from planner.domain.content import Competency, Entry
from planner.domain.record import Name
from planner.domain.suitability import Component, Gate, SuitabilitySpec
from planner.goals import GOALS
from planner.structure.point import point
from tests.twins.universe import Key, Universe, World, content_of

GRADES = {f"g{points}": points for points in (0, 20, 54, 55, 73, 90, 100)}
SPEC = SuitabilitySpec(
    source="test",
    status="proposed",
    components=(
        Component(id="grade", name=Name(en="Grade"), weight=100, source="level", competency="grade", values=GRADES),  # type: ignore[arg-type]
    ),
    gates=(Gate(source="level", competency="conduct", values=("bad",)),),  # type: ignore[arg-type]
    least_for_a_new_name=55,
)
PLAIN = content_of()
CONTENT = replace(
    PLAIN,
    competencies=(
        *PLAIN.competencies,
        Competency(id="grade", name=Name(en="Grade"), group="talent", levels=("none", *GRADES)),  # type: ignore[arg-type]
        Competency(id="conduct", name=Name(en="Conduct"), group="virtue", levels=("none", "bad")),  # type: ignore[arg-type]
    ),
    suitability=SPEC,
)
BAD = {"conduct": "bad"}


def grade(points: int, **levels: str) -> dict[str, str]:
    """Levels of somebody who has so many points for every post."""
    return {"grade": f"g{points}"} | levels


class Hand:
    """A case whose plans are made by hand."""

    def __init__(self, case: Case, *rulebook: Entry, until: str = "2027-06-30") -> None:
        self.world = World(Universe("by hand", case, rulebook, (), until, content=CONTENT))
        self.program = engine.build_program(self.world.problem)
        self._arrays = self.program.freeze()

    def parts(self, goal: str, *decisions: list[Key]) -> tuple[int, Mapping[str, float]]:
        """The value of a lawful plan, the same by law and by program, and the parts that are not 0."""
        standing = self.world.standing(frozenset(key for some in decisions for key in some))
        breaches = list(self.world.new_breaches(standing))
        assert not breaches, breaches
        measured = GOALS[goal].measure(standing)
        assert sum(term.total for term in measured.terms) == measured.value
        values = point(self.program, standing)
        assert self._arrays.feasible(values[None, :])[0]
        cost, constant = self.program.objective((goal,))
        assert cost @ values + constant == measured.value, f"law {measured}"
        return measured.value, {name: count for name, count in measured.parts.items() if count}

    def value(self, goal: str, *decisions: list[Key]) -> int:
        return self.parts(goal, *decisions)[0]
