"""The steps of the engine, and how each is switched off.

Where the product has no switch a step is replaced in this process by nothing. What runs in the solver's process is
changed on the way to it: another function is called there, or the same with other arguments.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

import numpy as np
import pytest

from planner.domain.scenario import SolveSpec
from planner.engine import (
    child,
    large_relax,
    large_run,
    large_search,
    large_tier,
    naming,
    polish,
    relaxing,
    restrict,
    surrogate,
    tiers,
)
from planner.engine.bound import DualBound, dual_bound, fixed_by
from planner.engine.child import Child
from planner.engine.slim import Slim, slim
from planner.engine.solvers_spec import Found
from planner.engine.space import NOBODY
from planner.engine.unavoidable import unavoidable
from planner.problem import Named
from planner.program import Arrays
from planner.program.arrays import Floats

PROVEN = SolveSpec(seconds=60, gap=0, workers=1)
BY_WORK = SolveSpec(work=1, gap=0, workers=1)

SIDE_BY_SIDE = SolveSpec(seconds=20, gap=0, workers=2)
"""Two solvers, as in every large run: two goals are relaxed together then, and bounds of the second told ahead."""

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Step:
    """How a step is switched off, and what still holds: without a search a plan is not always the best."""

    off: Callable[[Patch], None] = lambda patch: None
    spec: SolveSpec = PROVEN
    proves: bool = True
    useful_only: bool = False


def everywhere(patch: Patch, original: object, substitute: object) -> None:
    """In every module of the engine that knows the original by whatever name."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith("planner.engine")]
    found = [(module, name) for module in modules for name, value in list(vars(module).items()) if value is original]
    assert found, f"{original} is not used any more"
    for module, name in found:
        patch.setattr(module, name, substitute)


def no_relaxation(patch: Patch) -> None:
    patch.setattr(tiers, "_relax", lambda *given: None)


def no_search(*steps: str) -> Callable[[Patch], None]:
    """None of these searches is begun; the plan and the bound stay as they are. Without any plan it must be."""

    def off(patch: Patch) -> None:
        original = tiers._search
        names = inspect.signature(original)

        @wraps(original)
        def search(*given: Any) -> Any:
            said = names.bind(*given).arguments
            if said["step"] in steps and said["best"] is not None:
                return said["best"], said["floor"]
            return original(*given)

        patch.setattr(tiers, "_search", search)

    return off


def nothing_fixed(patch: Patch) -> None:
    everywhere(patch, fixed_by, lambda arrays, *given: arrays)


def other_duals(change: Callable[[Floats], Floats]) -> Callable[[Patch], None]:
    """The bound is computed from other duals than the relaxation's."""

    def off(patch: Patch) -> None:
        def bound(arrays: Arrays, cost: Floats, duals: Floats, *given: Any) -> DualBound:
            return dual_bound(arrays, cost, change(duals), *given)

        everywhere(patch, dual_bound, bound)

    return off


def _noisy(duals: Floats) -> Floats:
    rng = np.random.default_rng(duals.size)
    return duals + rng.choice([0.0, 0.3, 3.0]) * rng.normal(0, 1, duals.size)


def no_start(patch: Patch) -> None:
    """The solvers begin without a plan."""
    _called(patch, lambda name, given: (name, (*given[:2], None, *given[3:])) if name.startswith("search") else None)


def clauses_alone(patch: Patch) -> None:
    _called(patch, lambda name, given: ("search_by_clauses", given) if name == "search" else None)


def rough_relaxation(patch: Patch) -> None:
    """By a hundred steps of a first-order method: it ends at no vertex, and its duals are worth little."""

    def roughly(name: str, given: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
        if name == "relax_both":
            given = (*given[:2], given[3])
        exact = ("relax_nearly", "relax_both", "relax_at_prices")
        return ("relax_roughly", given) if name in exact else None

    _called(patch, roughly)


def no_first_of_two(patch: Patch) -> None:
    """Two goals relaxed together prove nothing of the first alone."""

    def alone(name: str, given: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
        return ("relax_nearly", (*given[:2], given[3])) if name == "relax_both" else None

    _called(patch, alone)


def small_regions(patch: Patch) -> None:
    """As in the largest cases, and duals of a first-order method made better row by row, then in regions of a few."""
    by_weights(patch)
    patch.setattr(large_run, "MOST", -1)
    patch.setattr(polish, "WORST", 1)
    patch.setattr(polish, "REGION", 12)


def nothing_rough(patch: Patch) -> None:
    """Relaxations that only name moves are as exact as those for the bound."""
    exact = ("relax_roughly", "relax_tilted")
    _called(patch, lambda name, given: ("relax_nearly", given) if name in exact else None)


def nothing_tilted(patch: Patch) -> None:
    everywhere(patch, relaxing.tilted, lambda cost, *given: cost)


def nothing_merged(patch: Patch) -> None:
    everywhere(patch, surrogate.unweighed, lambda space, cost: np.zeros(cost.size, bool))


def by_weights(patch: Patch) -> None:
    """Where a first-order method is needed the goals of the tiers before count in the cost: no row limits them."""
    patch.setattr(large_run, "MANY", -1)


def _called(patch: Patch, change: Callable[[str, tuple[Any, ...]], tuple[str, tuple[Any, ...]] | None]) -> None:
    """Other calls of the solver's process; None for no change."""
    begin = Child.begin
    patch.setattr(Child, "begin", lambda self, name, given: begin(self, *(change(name, given) or (name, given))))


def no_early_end(patch: Patch) -> None:
    """A race is not ended because the value is close enough to the bound."""
    race = child.race

    def unending(calls: Any, **given: Any) -> Any:
        return race(calls, **(given | {"enough": lambda: False}))

    everywhere(patch, race, unending)


def no_first_plan(patch: Patch) -> None:
    patch.setattr(tiers, "_first_plan", lambda *given: None)


def nothing_slim(patch: Patch) -> None:
    def whole(arrays: Arrays, cost: Floats) -> Slim:
        rows, columns = arrays.shape
        return Slim(arrays, cost, 0.0, np.arange(columns), np.arange(rows), np.zeros(columns))

    everywhere(patch, slim, whole)


def no_groups(patch: Patch) -> None:
    everywhere(patch, large_run.at_most_one, lambda space: np.full(space.kinds.size, NOBODY))


def nothing_unavoidable(patch: Patch) -> None:
    everywhere(patch, unavoidable, lambda *given: 0)


def nothing_named(patch: Patch) -> None:
    """The search has columns only for the moves that have one from the start."""
    everywhere(patch, naming.used, lambda *given, **how: Named())


def nothing_cut(patch: Patch) -> None:
    patch.setattr(large_tier.Tier, "_worth_tightening", lambda self: False)
    patch.setattr(large_tier.Tier, "_tightening", lambda self: False)


def nothing_priced(patch: Patch) -> None:
    """The tiers before limit a later one by rows, from the first relaxation on."""
    patch.setattr(large_relax.TierRelaxation, "_by_prices", lambda self, *given, **how: False)


def nothing_mended(patch: Patch) -> None:
    """Duals stay as the relaxation found them."""
    patch.setattr(large_search.TierSearch, "worst_block", lambda self, **how: None)
    patch.setattr(large_search.TierSearch, "being_mended", lambda self: False)


def no_further_vertices(patch: Patch) -> None:
    patch.setattr(large_relax.TierRelaxation, "_further", lambda self: False)


def nothing_whole(patch: Patch) -> None:
    """All that is named is not searched together, only in parts."""
    patch.setattr(large_search.TierSearch, "widest", lambda self: None)


def nothing_used(patch: Patch) -> None:
    """What a later tier uses of all that is named is not asked."""
    patch.setattr(large_run.LargeRun, "asks_uses", property(lambda run: False))


def nothing_supported(patch: Patch) -> None:
    """What the relaxation uses is not searched first."""
    everywhere(patch, restrict.supported, lambda space, *given: np.zeros_like(space.is_decision))


def nothing_found(patch: Patch) -> None:
    """No search of a part brings a plan."""
    receive = Child.receive

    def heard(self: Child) -> tuple[str, Any]:
        word, said = receive(self)
        return (word, replace(said, status="stopped", point=None)) if isinstance(said, Found) else (word, said)

    patch.setattr(Child, "receive", heard)


STEPS: dict[str, Step] = {
    "nothing": Step(),
    "the relaxation": Step(no_relaxation),
    "plans nearby": Step(no_search("near", "still")),
    "columns fixed by duals": Step(nothing_fixed),
    "the bound of the duals": Step(other_duals(np.zeros_like)),
    "duals of any worth": Step(other_duals(_noisy)),
    "the status quo as a first plan": Step(no_first_plan),
    "a start of the search": Step(no_start),
    "the end at a plan that is close enough": Step(no_early_end),
    "the search by clauses instead": Step(clauses_alone),
    "two searches side by side": Step(spec=SolveSpec(seconds=60, gap=0, workers=2)),
    "nodes counted, not seconds": Step(spec=SolveSpec(work=100_000, gap=0)),
    "a search that ends": Step(spec=BY_WORK, proves=False),
    "places that serve nothing": Step(useful_only=True),
    "the search of the whole": Step(no_search("search"), proves=False),
}
"""Of the order of work for cases in which each move has a column: what is left out, or done in another way."""

SLOW = frozenset({"two searches side by side"})
"""The search that is behind is ended, and its process begun anew: that takes a second, and is done on fewer cases."""

LARGE_STEPS: dict[str, Step] = {
    name: replace(step, spec=BY_WORK, proves=False, useful_only=True)
    for name, step in {
        "nothing": Step(),
        "leaving out what cannot matter": Step(nothing_slim),
        "groups in the bound": Step(no_groups),
        "what no plan avoids": Step(nothing_unavoidable),
        "naming moves": Step(nothing_named),
        "the bound of the duals": Step(other_duals(np.zeros_like)),
        "duals of any worth": Step(other_duals(_noisy)),
        "a relaxation that is no vertex": Step(rough_relaxation),
        "the search of what the relaxation uses": Step(nothing_supported),
        "the search of parts": Step(nothing_found),
        "rough relaxations": Step(nothing_rough),
        "a tilt": Step(nothing_tilted),
        "merged columns": Step(nothing_merged),
        "cuts": Step(nothing_cut),
        "prices of the tiers before": Step(nothing_priced),
        "mending": Step(nothing_mended),
        "what later tiers use": Step(nothing_used),
        "further vertices": Step(no_further_vertices),
        "the search of all that is named": Step(nothing_whole),
        "rows of what is reached in a relaxation": Step(by_weights),
        "the first of two goals from their vertex": Step(no_first_of_two),
        "large regions": Step(small_regions),
    }.items()
}
"""The same for cases with loose moves."""
