"""What the engine gives back, and what it says on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planner.domain.scenario import SolveSpec
from planner.engine.duals import Proof
from planner.goals import GOALS
from planner.standing import Standing

BoundSource = Literal["duals", "search", "none"]


def gap_of(value: int, bound: int) -> float:
    """(v − LB) / max(v, 1 unit)."""
    return (value - bound) / max(value, 1)


def close_enough(value: int, bound: int, gap: float) -> bool:
    """Whether the wanted gap is reached."""
    return value - bound <= gap * value


def figures(standing: Standing, goals: Sequence[str]) -> tuple[dict[str, int], dict[str, Mapping[str, float]]]:
    """Value and plain counts of each goal, recomputed from the plan."""
    found = {g: GOALS[g].measure(standing) for g in goals}
    return {g: one.value for g, one in found.items()}, {g: one.parts for g, one in found.items()}


@dataclass(frozen=True)
class Progress:
    """A line of the live display: where the search stands."""

    tier: int
    goals: tuple[str, ...]
    step: str
    value: int | None
    bound: int
    seconds: float

    @property
    def gap(self) -> float | None:
        return None if self.value is None else gap_of(self.value, self.bound)


@dataclass(frozen=True)
class TierResult:
    """One tier: the value reached (recomputed from the plan), and a bound that no plan that is as good on the earlier
    tiers can go below.

    `values` and `parts` per goal of the tier; `value` and `bound` of their sum. `bound_from`: our own bound from row
    duals, or the solver's search.
    """

    goals: tuple[str, ...]
    values: Mapping[str, int]
    parts: Mapping[str, Mapping[str, float]]
    value: int
    bound: int
    bound_from: BoundSource
    seconds: float
    wanted_gap: float

    def in_plan(self, standing: Standing) -> TierResult:
        """The figures in the plan at the end: where the tier was not proved, a later one may have bettered it too."""
        values, parts = figures(standing, self.goals)
        return replace(self, values=values, parts=parts, value=sum(values.values()))

    @property
    def gap(self) -> float:
        """(v − LB) / max(v, 1): one unit is the least that a gap is measured against."""
        return gap_of(self.value, self.bound)

    @property
    def proved(self) -> bool:
        """Whether the wanted gap is reached, or one unit where no smaller gap but 0 exists."""
        return self.value == self.bound or (
            self.wanted_gap > 0 and self.value - self.bound <= max(1, self.wanted_gap * self.value)
        )


def untouched(standing: Standing, goals: Sequence[str], spec: SolveSpec) -> TierResult:
    """A tier that nothing was done for: the value as it stands, and no bound but 0."""
    values, parts = figures(standing, goals)
    return TierResult(
        goals=tuple(goals),
        values=values,
        parts=parts,
        value=sum(values.values()),
        bound=0,
        bound_from="none",
        seconds=0.0,
        wanted_gap=min(spec.gap.of(g) for g in goals),
    )


@dataclass(frozen=True)
class Result:
    """The plan, seen through its standing, with the proof per tier."""

    standing: Standing
    tiers: tuple[TierResult, ...]
    interrupted: bool
    seconds: float
    columns: int
    rows: int
    proof: Proof
    short_of_memory: bool = False
    """Whether solvers were ended, or the run, since all together took more than the limit."""

    @property
    def complete(self) -> bool:
        """Whether every tier has reached its wanted gap."""
        return not self.interrupted and all(tier.proved for tier in self.tiers)
