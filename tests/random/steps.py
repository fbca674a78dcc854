"""The engine with each of its steps switched off in turn: that may cost time, but no plan, bound, proof or row."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any

import numpy as np

from planner import engine
from planner.domain.scenario import SolveSpec
from planner.engine import tiers
from planner.engine.space import Space
from planner.goals import GOALS
from planner.problem import Problem
from planner.program import Arrays
from planner.program.arrays import Bools
from planner.rules.structure.decisions import binding
from planner.standing import Standing
from planner.structure.point import RefusedError, point
from planner.verify import judge
from tests.random.exhaustive import Law
from tests.random.switches import LARGE_STEPS, STEPS, Patch, nothing_found
from tests.random.tiny import Tiny, with_goals
from tests.random.values import Order, Values

KEPT = 150
"""Plans of a case, the best of its order first, that no row or fixed column of a run may cut off."""


class Posed:
    """A problem and its program, with the points of the best lawful plans in it."""

    def __init__(self, case: Case, problem: Problem, *, some_refused: bool) -> None:
        self.problem, self.program = problem, engine.build_program(problem)
        best = np.lexsort([case.values.of(tier) for tier in reversed(case.tiny.goals)])
        self.kept: list[int] = []
        points = []
        for n in best.tolist():
            if len(points) == KEPT:
                break
            try:
                points.append(point(self.program, case.plans[n], problem.moves))
            except RefusedError:
                assert some_refused, f"{case.tiny.name}: no column for {case.plans[n].line.plan}"
                continue
            self.kept.append(n)
        self.points = np.array(points)


class Watch:
    """Every program of a run must allow the lawful plans while they are as good as what is reached."""

    def __init__(self, case: Case, posed: Posed) -> None:
        self.case, self.posed = case, posed
        self.reached: list[int] = []
        self.judged = 0

    def allows(self, arrays: Arrays, reached: Sequence[int]) -> None:
        order = self.case.tiny.goals[: len(reached)]
        good: Bools = self.case.values.as_good(order, reached)[self.posed.kept]
        kept = arrays.feasible(self.posed.points[good])
        assert kept.all(), f"{self.case.tiny.name}: cut off though as good as {reached}: {self._first(good, kept)}"
        self.judged += int(good.sum())

    def _first(self, good: Bools, kept: Bools) -> object:
        return self.case.plans[np.array(self.posed.kept)[good][~kept][0]].line.plan

    def listen(self, patch: Patch) -> None:
        """At the beginning of each tier, and where the search has fixed columns for the value in hand."""
        tier, search = tiers._tier, tiers._search
        names = inspect.signature(search)

        @wraps(tier)
        def begun(run: Any, arrays: Arrays, *given: Any) -> Any:
            self.allows(arrays, self.reached)
            found = tier(run, arrays, *given)
            self.reached.append(found[1].value)
            return found

        @wraps(search)
        def searched(*given: Any) -> Any:
            said = names.bind(*given).arguments
            if said["step"] == "search" and said["best"] is not None:
                self.allows(said["arrays"], [*self.reached, sum(GOALS[g].value(said["best"]) for g in said["goals"])])
            return search(*given)

        patch.setattr(tiers, "_tier", begun)
        patch.setattr(tiers, "_search", searched)

    def listen_to_rows(self, patch: Patch) -> list[Space]:
        """The spaces over the program to which a row is added."""
        limit, program, found = Space.limit, self.posed.program, list[Space]()

        def limited(space: Space, *given: Any) -> None:
            limit(space, *given)
            if space.program is program and space not in found:
                found.append(space)

        patch.setattr(Space, "limit", limited)
        return found


@dataclass(frozen=True)
class Case:
    """A random case with all its lawful plans."""

    tiny: Tiny
    before: Standing
    plans: Sequence[Standing]

    @cached_property
    def values(self) -> Values:
        return Values(self.plans)

    @cached_property
    def law(self) -> Law:
        return Law(self.before)

    @cached_property
    def whole(self) -> Posed:
        return Posed(self, Problem(self.before), some_refused=False)

    @cached_property
    def useful(self) -> Posed:
        """Without the places that serve nothing."""
        return Posed(self, Problem(self.before, useful_only=True), some_refused=True)

    @cached_property
    def loose(self) -> Posed | None:
        """No move has a column of its own that need not have one; None where all need one."""
        problem = Problem(self.before, useful_only=True, most_moves=0)
        return None if problem.is_whole else Posed(self, problem, some_refused=True)

    def judge_without(self, name: str) -> None:
        """A run without the step: its plan, its bounds, its proof, and the rows on its way."""
        step = STEPS[name]
        label = f"{self.tiny.name} without {name}"
        posed = self.useful if step.useful_only else self.whole
        watch = Watch(self, posed)
        with Patch.context() as patch:
            step.off(patch)
            watch.listen(patch)
            heard: list[engine.Progress] = []
            result = engine.solve(posed.problem, posed.program, self.tiny.goals[:-1], step.spec, report=heard.append)
        assert watch.judged, label
        self.judge_told(heard, label)
        self.judge(result, self.tiny.goals, label, proves=step.proves)

    def together(self) -> Case:
        """The same with heads and posts first: two goals that name moves, which two solvers relax together."""
        first = (("heads",), ("posts",))
        others = (tuple(goal for goal in tier if (goal,) not in first) for tier in self.tiny.goals)
        return replace(self, tiny=with_goals(self.tiny, (*first, *(tier for tier in others if tier))))

    def judge_loosely_without(self, name: str, spec: SolveSpec | None = None) -> engine.Result | None:
        """The same with loose moves; None where the case has none, or no plan but by the search that is left out."""
        step, posed = LARGE_STEPS[name], self.loose
        if posed is None or (step.off is nothing_found and list(binding(self.before.ground))):
            return None
        label = f"{self.tiny.name} with loose moves without {name}"
        watch = Watch(self, posed)
        with Patch.context() as patch:
            step.off(patch)
            spaces = watch.listen_to_rows(patch)
            heard: list[engine.Progress] = []
            goals = self.tiny.goals[:-1]
            result = engine.solve(posed.problem, posed.program, goals, spec or step.spec, report=heard.append)
        assert spaces, label
        self.judge_told(heard, label)
        for space in spaces:
            watch.allows(space.arrays, [tier.value for tier in result.tiers])
        self.judge(result, self.tiny.goals, label, proves=False)
        return result

    def judge_told(self, heard: Sequence[engine.Progress], label: str) -> None:
        """What is told on the way, also of a tier ahead of its turn: beside the values that were told last of the tiers
        before, no bound is above what a lawful plan reaches, and no value below it."""
        order, now = self.tiny.goals, list[int]()
        assert heard, label
        for told in heard:
            assert told.goals == order[told.tier], f"{label}: {told}"
            least = self.values.least(order[: told.tier + 1], [*now[: told.tier], 0])[-1]
            assert told.bound <= least, f"{label}: {told} crosses {least} where {now[: told.tier]} is reached before"
            if told.value is not None:
                assert told.value >= least, f"{label}: no plan has {told} with {now[: told.tier]} before"
                now[told.tier :] = [told.value]

    def judge(self, result: engine.Result, order: Order, label: str, *, proves: bool) -> None:
        """The plan is lawful and worth what is said; no bound is above what a plan reaches that is as good before."""
        assert tuple(tier.goals for tier in result.tiers) == order, label
        reached = [tier.value for tier in result.tiers]
        assert reached == [sum(GOALS[g].value(result.standing) for g in tier) for tier in order], label
        breach = next(self.law.breaches(result.standing), None)
        assert breach is None, f"{label}: {breach}"
        judgement = judge(result.standing, self.before)
        assert judgement.accepted, f"{label}: the verifier refuses {judgement.new}"
        bounds = [tier.bound for tier in result.tiers]
        least = self.values.least(order, reached)
        assert all(b <= value for b, value in zip(bounds, least, strict=True)), f"{label}: {bounds} cross {least}"
        if proves:
            best = self.values.best(order)
            assert (reached, bounds) == (best, best), label
            assert result.complete, label
