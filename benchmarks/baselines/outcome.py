"""A baseline's plan with the figures that count: goal values computed anew, and the word of our verifier."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
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


Made = tuple[Sequence[Choice], Sequence[str]]
"""Choices, and what there is to say of them."""

GREEDY = {"greedy-fit": by_fit, "greedy-readiness": by_readiness}
TEXTBOOK = ("textbook-cp-sat", "textbook-highs", "textbook-scip")
BASELINES = (*GREEDY, *TEXTBOOK)


def _made(name: str, status_quo: Standing, tiers: Sequence[Sequence[str]], seconds: float) -> Made:
    if name in GREEDY:
        return greedy(status_quo, GREEDY[name], seconds), ()
    from benchmarks.baselines.textbook import textbook  # only those who want it load a solver

    return textbook(status_quo, name, tiers, seconds)


def run(name: str, loaded: Loaded, seconds: float) -> Outcome:
    """The plan of a baseline within about the seconds."""
    began = time.monotonic()
    status_quo = status_quo_of(loaded)
    choices, notes = _made(name, status_quo, loaded.scenario.goals, seconds)
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
