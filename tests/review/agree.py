"""Law and program side by side over every plan of a small universe, with the values of the goals."""

from __future__ import annotations

import numpy as np

from planner.domain.plan import Appointment
from planner.engine import build_program
from planner.goals import GOALS
from planner.standing import Standing
from planner.structure.point import point
from tests.twins.universe import Key, Study, Universe, World, study


def agreed(universe: Universe) -> Study:
    """Every plan judged; fails where law and rows, or a goal and its columns, say two things."""
    world = World(universe)
    studied = study(world)
    assert studied.disagreements() == []
    program = build_program(world.problem)
    for n in np.flatnonzero(studied.lawful):
        standing = world.standing(studied.keys[n])
        values = point(program, standing)
        for name, goal in GOALS.items():
            cost, constant = program.objective([name])
            assert int(cost @ values) + constant == goal.value(standing), (name, studied.keys[n])
    return studied


def lawful(universe: Universe) -> set[frozenset[Key]]:
    """The lawful plans, on which law and program agree."""
    studied = agreed(universe)
    return {keys for keys, ok in zip(studied.keys, studied.lawful, strict=True) if ok}


def plan_of(universe: Universe, *keys: Key) -> Standing:
    """The plan with these decisions; it must be lawful."""
    world = World(universe)
    standing = world.standing(frozenset(keys))
    assert list(world.new_breaches(standing)) == []
    return standing


def taking_over(standing: Standing) -> dict[str, Appointment]:
    """Appointments by person."""
    return {a.person: a for a in standing.line.plan.appointments}
