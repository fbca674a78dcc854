"""The cuts of full lists (`posts_per_person` beside `pool_keep`): no lawful plan is cut off, and they tighten."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from textwrap import dedent
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from planner.problem import Named
from planner.program import Arrays
from planner.rules import posts_per_person
from planner.rules.pool_keep import PoolKeep
from planner.structure.point import decided_keys
from tests.structure.loosely import Loose
from tests.twins.no_room import EARLY, KEEP, UNIVERSES, WITHOUT_CUTS, most, names
from tests.twins.universe import Study, Universe, World, case_of, person, post, round_, study

LISTED = [pytest.param(n, id=universe.name) for n, universe in enumerate(UNIVERSES)]


@cache
def studied(number: int) -> Study:
    return study(World(UNIVERSES[number]))


def cuts(world: World) -> list[int]:
    """The rows in question."""
    rules = {entry.id for entry in world.universe.rulebook if entry.rule == "posts_per_person"}
    kinds, labels = world.program.kinds, world.program.labels
    return [n for n, kind in enumerate(kinds) if kind == "cut" and labels[n].source in rules]


@pytest.mark.parametrize("number", LISTED)
def test_the_rows_with_the_cuts_accept_exactly_what_the_law_accepts(number: int) -> None:
    found = studied(number)
    assert found.disagreements() == []
    assert found.lawful.any()
    assert bool(cuts(found.world)) == (found.world.universe.name not in WITHOUT_CUTS)


@pytest.mark.parametrize("number", LISTED)
def test_every_lawful_plan_has_a_point_where_moves_are_loose(number: int) -> None:
    found = studied(number)
    loose = Loose(found.world.quo, Named())
    for n in np.flatnonzero(found.lawful):
        assert loose.faults(found.world.standing(found.keys[n])) == [], found.keys[n]


def test_some_lawful_plan_ends_a_name_by_a_loose_appointment() -> None:
    found = studied(0)
    loose = Loose(found.world.quo, Named())
    assert ("a", "A", "Y", 1) not in loose.program
    moved = [keys for n, keys in enumerate(found.keys) if found.lawful[n] and ("a", "A", "Y", 1) in keys]
    assert any(("x", "A", "N") in keys and ("x", "A", "H") not in keys for keys in moved)


# ---- mutants -----------------------------------------------------------------------------------------------------


def mutant(function: Callable[..., Any], module: Any, old: str, new: str) -> Callable[..., Any]:
    """The function with a piece of its source changed."""
    source = dedent(inspect.getsource(function))
    assert source.count(old) == 1, "the source has changed: change the mutant with it"
    made: dict[str, Any] = dict(vars(module))
    exec("from __future__ import annotations\n" + source.replace(old, new), made)
    return made[function.__name__]  # type: ignore[no-any-return]


MUTANTS = {
    "designated for a day before": ("c.on >= wanted", "c.on > wanted"),
    "one too early": ("len(staying) < room", "len(staying) < room - 1"),
    "ends of the first list only": ("for p in staying for c", "for p in staying[:1] for c"),
    "ends of the last list only": ("for p in staying for c", "for p in staying[-1:] for c"),
    "no appointment helps": ("- program.sum(sorted(ends))", ""),
    "no appointment helps the designated": ("- program.sum(late)", ""),
    "old names too": ("problem.is_old(person, position)", "False"),
    "counted with those that may go": ("if _stays(problem, person, p)", "if problem.is_old(person, p)"),
}
KEEPING = {
    "a name that may fall out": ("unconditional\n", "True\n"),
    "a wish": ("self.is_must", "True"),
    "decided out, out of scope, not in force": ("self._asks(problem, person, position)", "True"),
}


def caught(number: int) -> bool:
    """Whether the changed rows cut off a lawful plan of the universe."""
    found = studied(number)
    changed = World(found.world.universe)
    assert changed.program.keys == found.world.program.keys
    return not changed.arrays.feasible(found.points[found.feasible]).all()


@pytest.mark.parametrize("name", [*MUTANTS, *KEEPING])
def test_a_cut_that_is_too_strong_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(len(UNIVERSES)):
        studied(number)
    if name in MUTANTS:
        made = mutant(posts_per_person._no_room_for_another, posts_per_person, *MUTANTS[name])
        monkeypatch.setattr(posts_per_person, "_no_room_for_another", made)
    else:
        module = inspect.getmodule(PoolKeep)
        monkeypatch.setattr(PoolKeep, "holds", mutant(PoolKeep.holds, module, *KEEPING[name]))
    assert any(caught(number) for number in range(len(UNIVERSES)))


@pytest.mark.parametrize(
    "keys",
    [
        # New in N, designated, and appointed to N on the very day by which it is wanted: the name in D ends, H stays.
        {("x", "A", "N"), ("x", "A", "H"), ("g", "A", "N"), ("a", "A", "N", 1)},
        # New in N, and appointed to a head's post between the rounds: both names end.
        {("x", "A", "N"), ("a", "A", "Y", 1)},
        # Appointed after both rounds: nothing ends, and N's list is closed to A.
        {("x", "A", "H"), ("x", "A", "D"), ("a", "A", "Y", 2)},
    ],
)
def test_plans_by_hand_of_one_whose_lists_are_full(keys: set[tuple[Any, ...]]) -> None:
    world = studied(0).world
    plan = world.standing(frozenset(keys))
    assert decided_keys(plan) == keys
    assert world.lawful(plan)
    values = world.point(plan)
    assert values is not None
    assert world.arrays.feasible(values[None, :]).all()


# ---- by hand: the relaxation -------------------------------------------------------------------------------------


def least_missing(world: World, arrays: Arrays, *, whole: bool) -> float:
    """The least of z1 for N over all points, or over the whole ones."""
    cost = np.zeros(len(world.program.keys))
    cost[world.program.index["z1", "N"]] = 1
    rows = [LinearConstraint(arrays.matrix, arrays.lo, arrays.hi)]
    integrality = arrays.integer if whole else np.zeros(cost.size)
    found = milp(cost, integrality=integrality, bounds=Bounds(arrays.lower, arrays.upper), constraints=rows)
    assert found.x is not None
    return float(found.fun)


def test_without_the_cuts_a_third_of_a_successor_is_missing_and_with_them_one() -> None:
    """A is in the lists of H and G, two are the most, and N is new; all three are heads' posts of one round.

    Let s = Σ a of A by the round; all of them are to heads' posts. The names stay or end by an appointment: x_H ≥ 1 − s
    and x_G ≥ 1 − s. Two lists at most: x_N ≤ 2 − x_H − x_G ≤ 2s. Nobody who is appointed by the round is in a list
    after it: x_N ≤ 1 − s. So g ≤ y ≤ x_N ≤ min(2s, 1 − s), which is 2/3 at s = 1/3, there with x_H = x_G = x_N = 2/3
    and the appointment (to H, not to N) beside the designation: 2/3 + 1/3 ≤ 1. A third of a successor is missing.

    In whole values s is 0 and the lists are full, or it is 1 and N's is closed to A: g = 0, all of it is missing. The
    cut says so: the appointments that make room are those by the round, N is wanted after it, none is left: g ≤ 0.
    """
    heads = [post("H"), post("G"), post("N", successors=1, needed_by="2026-10-01")]
    case = case_of([person("A")], positions=heads, rounds=[round_(EARLY)], pools=names("A", "H", "G"))
    world = World(Universe("one round", case, (most(2, "level"), KEEP), ()))
    kept = np.ones(len(world.program.labels), bool)
    kept[cuts(world)] = False
    without = replace(
        world.arrays, lo=np.where(kept, world.arrays.lo, -np.inf), hi=np.where(kept, world.arrays.hi, np.inf)
    )
    assert least_missing(world, without, whole=False) == pytest.approx(1 / 3)
    assert least_missing(world, without, whole=True) == pytest.approx(1)
    assert least_missing(world, world.arrays, whole=False) == pytest.approx(1)
