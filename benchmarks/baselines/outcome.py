"""A baseline's plan with the figures that count: goal values computed anew, and the word of our verifier."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.baselines.choices import Choice
from benchmarks.baselines.greedy import by_fit, by_readiness, greedy
from benchmarks.baselines.law import Law
from planner.edits.load import Loaded
from planner.goals import GOALS
from planner.standing import Standing
from planner.verify.judge import judge, status_quo_of


@dataclass(frozen=True)
class Outcome:
    """What a baseline reached.

    `tiers` are the values in the scenario's order of goals, a sum for each tier: the vector that is compared. `bound`
    is a lower bound on the first tier that holds for every lawful plan, None where the baseline has none. `seconds`
    from the loaded scenario to the plan, everything counted; `notes` what there is to say of the way.
    """

    name: str
    values: Mapping[str, int]
    tiers: tuple[int, ...]
    lawful: bool
    bound: int | None
    seconds: float
    standing: Standing = field(repr=False)
    notes: tuple[str, ...] = ()


Baseline = Callable[[Standing, float], tuple[Sequence[Choice], Sequence[str]]]
"""From a status quo and seconds to choices and notes."""


def _by_fit(status_quo: Standing, seconds: float) -> tuple[Sequence[Choice], Sequence[str]]:
    return greedy(status_quo, by_fit, seconds), ()


def _by_readiness(status_quo: Standing, seconds: float) -> tuple[Sequence[Choice], Sequence[str]]:
    return greedy(status_quo, by_readiness, seconds), ()


BASELINES: dict[str, Baseline] = {
    "greedy-fit": _by_fit,
    "greedy-readiness": _by_readiness,
}


def run(name: str, loaded: Loaded, seconds: float) -> Outcome:
    """The plan of a baseline within about the seconds."""
    began = time.monotonic()
    status_quo = status_quo_of(loaded)
    choices, notes = BASELINES[name](status_quo, seconds)
    taken = time.monotonic() - began
    return judged(name, loaded, status_quo, choices, taken, notes)


def judged(
    name: str, loaded: Loaded, status_quo: Standing, choices: Sequence[Choice], seconds: float,
    notes: Sequence[str] = (),
) -> Outcome:  # fmt: skip
    """The outcome of some choices."""
    standing = Law(status_quo).standing(choices)
    values: dict[str, int] = {goal: GOALS[goal].value(standing) for tier in loaded.scenario.goals for goal in tier}
    return Outcome(
        name=name,
        values=values,
        tiers=tuple(sum(values[goal] for goal in tier) for tier in loaded.scenario.goals),
        lawful=not judge(standing, status_quo).new,
        bound=None,
        seconds=seconds,
        standing=standing,
        notes=tuple(notes),
    )
