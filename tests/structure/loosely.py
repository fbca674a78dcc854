"""Judges the program with loose moves by the lawful plans of a universe: rows, bounds, and what each goal counts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import product

import numpy as np

from planner.engine import build_program
from planner.goals import GOALS
from planner.problem import Named, Problem
from planner.problem.closers import Pair
from planner.standing import Standing
from planner.structure.point import RefusedError, point
from tests.twins.universe import Keys, World

SAME = ("heads", "posts")
"""Goals that have in the program the very value that they have on the plan; the others have at most that."""


def _is_eased(standing: Standing) -> bool:
    """Whether these goals read of a single move what moves by class do not tell: who waits for whom, who is stopped."""
    ground, plan = standing.ground, standing.line.plan
    moves = [(m.person, m.position) for m in (*plan.appointments, *plan.rotations)]
    moves += [(i, p) for p, i in standing.designated.items()]
    waits = any(any(standing.bound.tolerated_vacancy(p)) for p in ground.full_time)
    return waits or any(ground.suitability.is_stopped(i, p) for i, p in moves)


def lawful_plans(world: World, limit: int | None, most: int, seed: int = 1) -> list[tuple[Keys, Standing]]:
    """At most so many lawful plans, drawn from the plans of the universe (or from `limit` of them)."""
    found = []
    for keys in world.universe.plans(limit, seed):
        standing = world.standing(keys)
        if world.lawful(standing):
            found.append((keys, standing))
    if len(found) > most:
        chosen = np.random.default_rng(seed).choice(len(found), most, replace=False)
        found = [found[n] for n in sorted(chosen.tolist())]
    return found


class Loose:
    """The program of a status quo in which only the named moves have columns of their own."""

    def __init__(self, quo: Standing, named: Named, *, only_named: bool = False, useful_only: bool = False) -> None:
        self.problem = Problem(quo, named=named, only_named=only_named, useful_only=useful_only)
        self.program = build_program(self.problem)
        self.arrays = self.program.freeze()
        self.goals = {goal: self.program.objective((goal,)) for goal in GOALS}

    @cached_property
    def kinds(self) -> set[str]:
        return {str(key[0]) for key in self.program.keys}

    def faults(self, standing: Standing) -> list[str]:
        """Why the plan's point is not in the program, or costs more there than the plan."""
        try:
            values = point(self.program, standing, self.problem.moves)
        except RefusedError as refused:
            return [f"no column {refused.key}"]
        found = [
            f"row of {self.program.labels[row].source} about {sorted(self.program.labels[row].subjects)}"
            for row in np.flatnonzero(self.arrays.violated(values))
        ]
        outside = (values < self.arrays.lower) | (values > self.arrays.upper)
        found += [f"{self.program.keys[n]} = {values[n]}" for n in np.flatnonzero(outside)]
        for goal, (cost, constant) in self.goals.items():
            counted, true = cost @ values + constant, GOALS[goal].value(standing)
            if counted > true or (counted != true and goal in SAME and not _is_eased(standing)):
                found.append(f"{goal} counts {counted}, not {true}")
        return found


def drawn(whole: Problem, seed: int) -> Named:
    """Moves to be named, drawn from all that have a column in the program without loose moves: a few, half, or most.

    With an even seed some others as well, which nobody may make: a relaxed point may lead to them.
    """
    rng = np.random.default_rng(seed)
    share = float(rng.choice([0.15, 0.5, 0.85]))
    others = [] if seed % 2 else list(product(whole.ground.case.person, whole.ground.full_time))

    def some(pairs: Iterable[Pair]) -> frozenset[Pair]:
        asked = [pair for pair in sorted(pairs) if rng.random() < share]
        return frozenset([*asked, *(pair for pair in others if rng.random() < share / 2)])

    return Named(some(whole.takeover_periods), some(whole.stints))
