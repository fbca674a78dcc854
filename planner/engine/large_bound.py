"""What is known of one tier of a large case: its goals as costs, its value in the best plan, its bound and duals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from planner.engine.bound import SCALE, DualBound
from planner.engine.large_run import LargeRun
from planner.engine.polish import Block, Mending
from planner.engine.relaxing import WEIGHT, Goals, Joint, Relaxation
from planner.engine.result import Progress, close_enough
from planner.engine.solvers_spec import Relaxed, Tighter
from planner.engine.unavoidable import unavoidable
from planner.program.arrays import Floats

NAMING_GOALS = frozenset({"heads", "posts"})
"""Goals for which moves are worth a name: the others choose among those."""

NOISE = 2e-4
"""Relative error of a relaxed value."""


def names(goals: Goals) -> bool:
    """Whether moves are worth a name for these goals."""
    return bool(NAMING_GOALS & set(goals))


def whole_above(relaxed: float) -> int:
    """The least whole number that a relaxed value leaves, as far as that is exact."""
    return math.ceil(relaxed - NOISE * max(100.0, relaxed))


class TierBound:
    """The goals of one tier over both programs, what its best plan comes to, and its bound."""

    def __init__(self, run: LargeRun, number: int, order: Sequence[Goals]) -> None:
        self.run, self.number, self.goals = run, number, order[number]
        self.names = names(self.goals)
        self.following = order[number + 1] if number + 1 < len(order) else ()
        self.gap = min(run.spec.gap.of(goal) for goal in self.goals)
        self.known = run.before is not None and self.goals in run.before.duals
        """Whether a parent's proof bounds it."""
        self.repairing = self.known
        """Whether the plan is still being repaired where an edit has broken it, by neighbourhoods."""
        self.before = 0.0 if run.before is None else run.before.gap(self.goals)
        """How near to its bound a parent came: to come as near is enough, save where it had none."""
        self.deadline: float | None = None
        self.sooner: float | None = None
        self.latest: float | None = None
        """When its share of the time is over, and when it ends though moves are still to be named: once both goals
        were searched with them, and before."""
        self.bounding_cost, self.constant = run.bounding.program.objective(self.goals)
        self.unavoidable = unavoidable(run.bounding.problem, self.goals)
        self.floor = max(self.unavoidable, run.told_ahead.get(self.goals, 0))
        self.proof: DualBound | None = None
        self.mending = Mending()
        """Of the duals of the bound."""
        self.told_of_following: tuple[int, int] | None = None
        self.measure()

    def measure(self) -> None:
        """The goals, and the next tier's, as costs of the program of the search, and the value of the best plan."""
        program = self.run.space.program
        self.cost, _ = program.objective(self.goals)
        self.next_cost, self.next_constant = program.objective(self.following)
        self.part_cost = self._with_next(self.cost, self.next_cost)
        self.value = self._in_plan(self.goals)

    def _in_plan(self, goals: Goals) -> int:
        """What the best plan has of the goals of this tier or of the next."""
        own = goals == self.goals
        cost, constant = (self.cost, self.constant) if own else (self.next_cost, self.next_constant)
        return round(float(cost @ self.run.values)) + constant

    def _with_next(self, cost: Floats, next_cost: Floats) -> Floats:
        """The goals of this tier and of the next in one, as costs: (columns,)."""
        return WEIGHT * cost + next_cost if self.following else cost

    def tell(self, step: str) -> None:
        run = self.run
        run.report(Progress(self.number, self.goals, step, self.value, self.floor, run.elapsed()))
        following = self._of_following()
        if following is not None and following != self.told_of_following:
            self.told_of_following = following
            run.report(Progress(self.number + 1, self.following, step, *following, run.elapsed()))

    def _of_following(self) -> tuple[int, int] | None:
        """What the plan has of the next tier's goals, and what any has that is as good as it on the goals of this one:
        where the two count together, next ≥ LB(W · this + next) − W · this."""
        run, joint = self.run, self.run.joint
        if joint is None or joint.relaxation.goals != self.following or run.reached:
            return None
        weight = round((joint.relaxation.weights or {})[self.goals])
        least = -((weight * (self.value - self.constant) * SCALE - joint.bound.scaled) // SCALE)
        return self._in_plan(self.following), max(least + self.next_constant, self._unavoidable_next)

    @cached_property
    def _unavoidable_next(self) -> int:
        return unavoidable(self.run.bounding.problem, self.following)

    @property
    def close(self) -> bool:
        # One unit more: the edit may move the bound across a whole number.
        near = 0 < self.before < 1 and close_enough(self.value - 1, self.floor, self.before)
        return near or close_enough(self.value, self.floor, self.gap)

    def prove(self, duals: Floats) -> None:
        """A bound from these duals: (rows,)."""
        run = self.run
        proof = run.bound(self.bounding_cost, duals)
        floor = proof.rounded(self.bounding_cost) + self.constant
        if self.proof is None or proof.scaled > self.proof.scaled:
            self.proof, run.duals[self.goals] = proof, duals
        self.floor = max(self.floor, floor)

    def worst_block(self, *, regions: bool) -> Block | None:
        """Where the duals of the bound are most wrong, if they are not exact and a point tells."""
        run, near, joint = self.run, self.run.near.get(self.goals), self.run.joint
        both = joint is not None and joint.relaxation.goals == self.goals
        # What bounds by less than is plain to see is not worth it, save of a parent: an edit breaks them in few places.
        worthless = self.floor <= self.unavoidable and not self.known
        if both or near is None or self.proof is None or worthless or self.mending.ended:
            return self._worst_of_both(regions=regions)
        arrays, duals = run.bounding.arrays, run.duals[self.goals]
        duals = np.concatenate([duals, np.zeros(arrays.shape[0] - duals.size)])
        posted, own_regions = run.bounding.posted, regions and (joint is None or joint.ended)
        block = self.mending.block(arrays, self.bounding_cost, duals, self.proof, near, posted, regions=own_regions)
        return block or self._worst_of_both(regions=regions)

    def _worst_of_both(self, *, regions: bool) -> Block | None:
        """The same of the goals that name together, until they are done."""
        joint = self.run.joint
        if joint is None or joint.relaxation.goals not in (self.goals, self.following):
            return None
        if any(task.kind == "closer" for task in self.run.doing(Relaxation)):
            return None  # it is mended from there
        near = self.run.near.get(joint.relaxation.goals)
        return None if near is None else joint.block(near, regions=regions)

    def being_mended(self) -> bool:
        """Whether the duals of the goals that name together are still made better in part, and bound this tier."""
        joint = self.run.joint
        if joint is None or joint.relaxation.goals != self.goals or self.goals not in self.run.near:
            return False
        return not joint.ended

    def tighter(self, block: Block, said: Tighter) -> None:
        """A region of the goals that name together is solved, or a round of cuts has made it tighter."""
        assert isinstance(block.of, Joint)
        block.of.tighter(block, said)
        self._by_both(block.of)

    def _by_both(self, joint: Joint) -> None:
        """What the duals of the goals that name together prove of this tier."""
        if joint.relaxation.goals == self.goals:  # else they are of the next
            self.prove(joint.relaxation.duals(self.run.bounding, self.run.reached))

    def mend(self, block: Block, found: Relaxed | None) -> None:
        """What came of a block."""
        duals = None if found is None else block.mended(found)
        if isinstance(block.of, Joint):
            block.of.mend(block, duals)
            self._by_both(block.of)
            return
        if duals is not None:
            self.prove(duals)
        assert self.proof is not None
        self.mending.heard(block.bound, self.proof)
