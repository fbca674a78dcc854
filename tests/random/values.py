"""What every lawful plan of a case costs: the optimum of any order of goals, and what any bound must stay below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from planner.goals import GOALS, LAST_TIER
from planner.standing import Standing

Order = tuple[tuple[str, ...], ...]


class Values:
    """The goals of all lawful plans, (plans, goals)."""

    def __init__(self, plans: Sequence[Standing]) -> None:
        self._at = {goal: n for n, goal in enumerate(GOALS)}
        self._table = np.array([[goal.value(plan) for goal in GOALS.values()] for plan in plans], np.int64)

    def of(self, tier: Sequence[str]) -> npt.NDArray[np.int64]:
        """(plans,): the sum of the tier's goals."""
        total: npt.NDArray[np.int64] = self._table[:, [self._at[goal] for goal in tier]].sum(axis=1)
        return total

    def as_good(self, order: Order, reached: Sequence[int]) -> npt.NDArray[np.bool_]:
        """(plans,): which are as good on all of these tiers; one tier for each value."""
        good = np.ones(len(self._table), bool)
        for tier, value in zip(order, reached, strict=True):
            good &= self.of(tier) <= value
        return good

    def least(self, order: Order, reached: Sequence[int]) -> list[int]:
        """By tier the least value among the plans that are as good on the tiers before: no bound may be above."""
        found = [int(self.of(tier)[self.as_good(order[:n], reached[:n])].min()) for n, tier in enumerate(order)]
        return found

    def best(self, order: Order) -> list[int]:
        """The optimum tier by tier."""
        found: list[int] = []
        for n, tier in enumerate(order):
            found.append(int(self.of(tier)[self.as_good(order[:n], found)].min()))
        return found

    @property
    def varying(self) -> list[str]:
        """The goals in which plans differ, without the silent one: the place of another in the order is all one."""
        return [goal for n, goal in enumerate(GOALS) if goal not in LAST_TIER and np.ptp(self._table[:, n])]
