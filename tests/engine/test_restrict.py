"""What the relaxation uses: few decisions, with other days and sessions for the same."""

from __future__ import annotations

import numpy as np
import pytest

from planner.engine.restrict import supported, touched
from planner.engine.space import Space
from planner.problem import Named
from planner.structure.point import decided_keys, point
from tests.structure.classes import UNIVERSES
from tests.structure.loosely import Loose
from tests.structure.test_loose import CLASSES, walked, world_of


@pytest.mark.parametrize("number", CLASSES[::4])
def test_the_best_plan_is_among_them_with_its_appointments_on_other_days_and_its_levels_in_other_sessions(
    number: int,
) -> None:
    world = world_of(number)
    one = Loose(world.quo, Named())
    space = Space(one.problem, one.program)
    keys = one.program.keys
    for plan in walked(number):
        best = point(one.program, plan, one.problem.moves)
        used = supported(space, np.zeros(best.size), best)
        assert not (used & ~space.is_decision).any()
        assert used[(best > 0.5) & space.is_decision].all()
        made = [key for key in decided_keys(plan) if key in one.program]
        who = {(key[1], key[2]) for key in made if key[0] == "a"}
        level = {(key[1], world.ground.granted(key[2])) for key in made if key[0] == "u"}  # type: ignore[arg-type]
        for column, key in enumerate(keys):
            if key[0] == "a":
                assert used[column] == ((key[1], key[2]) in who), key
            elif key[0] == "u":
                assert used[column] == ((key[1], world.ground.granted(key[2])) in level), key  # type: ignore[arg-type]
            elif key[0] in ("x", "v", "g", "k"):
                assert used[column] == (best[column] > 0.5), key


def test_small_relaxed_values_are_noise() -> None:
    tried = 0
    for number in range(len(UNIVERSES)):
        one = Loose(world_of(number).quo, Named())
        space = Space(one.problem, one.program)
        alone = np.flatnonzero(space.is_decision & ~np.isin(space.kinds, ("a", "u", "open")))
        if alone.size < 2:
            continue
        tried += 1
        nothing = np.zeros(len(one.program.keys))
        relaxed = nothing.copy()
        relaxed[alone[0]], relaxed[alone[1]] = 0.3, 0.01
        used = supported(space, relaxed, nothing)
        assert used[alone[0]]
        assert not used[alone[1]]
    assert tried


def test_only_what_is_used_itself_is_touched() -> None:
    """By the plan, or by more than noise of the relaxation; and posts may open as they need."""
    one = Loose(world_of(15).quo, Named())
    space = Space(one.problem, one.program)
    decisions = np.flatnonzero(space.is_decision & (space.kinds != "open"))
    best, relaxed = np.zeros(len(one.program.keys)), np.zeros(len(one.program.keys))
    best[decisions[0]], relaxed[decisions[1]], relaxed[decisions[2]] = 1.0, 0.02, 0.005
    relaxed[~space.is_decision] = 1.0
    found = touched(space, relaxed, best)
    assert set(np.flatnonzero(found)) == {*decisions[:2], *np.flatnonzero(space.kinds == "open")}
