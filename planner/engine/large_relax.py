"""What is relaxed in one tier of a large case, and what comes of it: bounds, cuts, moves to name, points to search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.engine import naming
from planner.engine.bound import LARGEST, fixed_by
from planner.engine.child import Child
from planner.engine.large_bound import names, whole_above
from planner.engine.large_run import TILTS, LargeRun
from planner.engine.large_search import TierSearch
from planner.engine.relaxing import (
    BOUND_WEIGHT,
    WEIGHT,
    Goals,
    Joint,
    Relaxation,
    RelaxationKind,
    Tightening,
    all_moves,
    begin_relaxing,
    for_the_bound,
    for_the_bound_at_prices,
    for_the_bound_by_weights,
    own_moves,
    refined,
)
from planner.engine.slim import slim
from planner.engine.solvers_spec import Tighter
from planner.program.arrays import Floats

MISS = 0.02
"""How far above what is in reach a tier may end, so that the next tier's duals, found ahead, are still worth much."""

NEAR = 0.1
"""How far above it the plan may be to be thought to get there; else the next tier is relaxed for the plan as it is."""

TIGHTEN_SHARE, TIGHTEN_BESIDE = 0.4, 0.6
"""Of the time left, what cuts may take at most: alone, since the search is what brings the plan on, and beside it."""

ALONE_SHARE = 0.4
"""Of the time of a tier, after which it is relaxed by itself too where it is still to be proved with the next, and
moves are named without those that both tell."""

NAMING_PRICE, OTHER_PRICE = 1.0, 0.1
"""What the tiers before that name moves count all together, and each other one, in the bound of a later tier: as parts
of what that has in the plan. A fifth bounds less, five times as much is lost where duals are not exact, or where heads
are still above their bound (benchmarks/NOTES.md)."""

PRICE_SHARE = 0.5
"""Of the time left, what a relaxation at prices may take where another with rows is to follow."""

STALLED = 4
"""So many rounds of cuts for two tiers that do not bound the first better: it is not for it any more."""

MOST_TILTS = 6
"""So many vertices of what is relaxed together are named at most, two at a time, while the plan is not at its bound.
The best plan of what two use is a per cent worse at 1,200 posts than that of what six do; six more bring a hundredth
of it."""

FEW = 1_750
"""Loose moves that a point of both goals uses: of fewer a second point is named too in the largest cases. At 6,000
posts one names 3,142, 4,544 and 5,915 moves (three seeds), some two for each that it uses: of the first seed not enough
for heads; of the second and third two points name more than can be searched (benchmarks/NOTES.md)."""


class TierRelaxation(TierSearch):
    """The relaxations of a tier's goals, and of the next tier's ahead of it."""

    def __init__(self, run: LargeRun, number: int, order: Sequence[Goals]) -> None:
        super().__init__(run, number, order)
        self.relaxed = self.exact = False
        """Whether it was relaxed at all, and for what the tiers before came to."""
        self.due: list[tuple[Goals, RelaxationKind]] = []
        """The relaxations that are still to come, those first that lead to good plans in seconds."""
        if self.names and run.space is run.bounding:
            self.due.append((self.goals, "own"))
        if names(self.following) and len(run.workers) > 1 and self.following not in run.told and not self.known:
            self.due.append((self.following, "exact"))  # it takes longest and names best: from the beginning
        if self.names and self.goals not in run.told:
            both_come = any(goals == self.following for goals, _ in self.due)
            self.due.append((self.goals, "exact" if run.most and both_come else "rough"))
        self.blunt = self.names and run.relaxed is None and run.space is not run.bounding
        """Whether it is still to be told what a relaxation of the named program uses."""
        self.spare: Relaxation | None = None
        """A rough one of which a vertex was named: all that it uses is named where the search ends above the bound."""
        self.widened = False
        """Whether it was."""
        self.stalled = 0
        """Rounds of cuts for this tier and the next that did not bound this one better."""
        self.in_reach = self.floor
        """What a relaxation says that the goals may come to: the next tier is relaxed for it, ahead of the search."""
        if self.names and run.relaxed is not None:
            self._search_what_it_uses()
        elif self.goals in run.uses:
            self._named_relaxes_to(run.uses[self.goals])

    def _relaxing(self, goals: Goals, kind: RelaxationKind = "exact") -> bool:
        return any(task.goals == goals and task.kind == kind for task in self.run.doing(Relaxation))

    def _worth_closer(self) -> Goals:
        """The goals that are worth being relaxed together again, to better duals, if any: in the largest cases, where
        the first are of a first-order method that ended soon. It takes as long as to name what they use."""
        run = self.run
        if run.joint is None or run.closer or len(run.workers) == 1 or self.known or not run.most:
            return ()
        goals = run.joint.relaxation.goals
        return () if goals not in (self.goals, self.following) or run.to_refine else goals

    def _relax(self, child: Child, goals: Goals, kind: RelaxationKind) -> Relaxation:
        """The tier's goals, or the next tier's: those with this one's as good as they may become."""
        run, ahead = self.run, goals != self.goals
        cost = run.bounding.program.objective(goals)[0] if ahead else self.bounding_cost
        task: Relaxation
        if kind == "own":
            next_cost, _ = run.bounding.program.objective(self.following)
            task = own_moves(run.bounding, goals, self._with_next(cost, next_cost), run.spec.seed)
        elif kind == "rough":
            run.told.add(goals)
            task = all_moves(run.bounding, goals, cost, self._weights(WEIGHT, ahead=ahead), run.spec.seed)
        elif kind == "closer":
            run.closer = True
            task = replace(self._for_the_bound(goals, cost, ahead=ahead), kind=kind)
        else:
            task = self._for_the_bound(goals, cost, ahead=ahead)
            if task.weights:
                run.told.add(goals)
            if task.prices:
                run.priced.add(goals)
        return self._begin(child, task)

    def _refine(self, child: Child, rough: Relaxation, tilt: int) -> Relaxation:
        run = self.run
        cost, _ = run.bounding.program.objective(rough.goals)
        used = rough.used
        if run.joint is not None and run.joint.relaxation is rough and not self.run.many:
            used |= run.joint.face
        return self._begin(child, refined(run.bounding, rough, cost, used, run.spec.seed + tilt))

    def _both_relaxed(self) -> bool:
        """Whether this tier and the next are being relaxed together, which proves this one, unless it takes long."""
        if self.run.many or self._takes_long():
            return False
        return any(task.kind == "exact" and self._of_both(task) for task in self.run.doing(Relaxation))

    def _refining(self) -> bool:
        """Whether more is to be told of what to name."""
        coming = any(task.kind in ("rough", "refined") for task in self.run.doing(Relaxation))
        return coming or bool(self.run.to_refine)

    def _more_comes(self) -> bool:
        """Whether this tier and the next are being relaxed together and that soon names more."""
        both = names(self.following) and self._relaxing(self.following)
        return both and self.run.many and not self._takes_long()

    def _takes_long(self) -> bool:
        """Whether it is too late in this tier to wait for it to be relaxed together with the next."""
        return self.deadline is not None and self.run.elapsed() > self.deadline * ALONE_SHARE

    def _begin(self, child: Child, task: Relaxation) -> Relaxation:
        seconds = self._left(task.goals, awaited=True)
        if task.prices and seconds is not None and not self.run.many:
            seconds *= PRICE_SHARE  # rows are still to come
        begin_relaxing(child, task, seconds, many=self.run.many)
        return task

    def _worth_tightening(self) -> bool:
        """Whether a vertex is known from which cuts lead on, of this tier or of the next; one at a time."""
        one = self.run.to_tighten
        if self.run.doing(Tightening) or one is None:
            return False
        if not names(one.goals) and not (one.goals == self.goals and (self.searched or self.parts_only)):
            return False  # it takes long there and brings little: what is searched comes first
        return one.goals in ((self.following,) if self.close else (self.goals, self.following))

    def _tightening(self) -> bool:
        """Whether the bound of this tier is being made tighter, or is to be."""
        coming = [self.run.to_tighten, *(task.relaxation for task in self.run.doing(Tightening))]
        for_both = self.stalled < STALLED
        return any(one and (one.goals == self.goals or (for_both and self._of_both(one))) for one in coming)

    def _tighten(self, child: Child) -> Tightening:
        run, relaxation = self.run, self.run.to_tighten
        assert relaxation is not None
        assert relaxation.found is not None
        run.to_tighten = None
        left, basis = self._left(relaxation.goals), relaxation.found.basis
        share = TIGHTEN_SHARE if len(run.workers) == 1 else TIGHTEN_BESIDE
        seconds = None if left is None else left * share
        first = relaxation.first_cost if self._of_both(relaxation) else None
        child.begin("tighten", (run.bounding.uncut, relaxation.slim, basis, first, None, seconds))
        return Tightening(relaxation)

    def _of_both(self, relaxation: Relaxation) -> bool:
        """Whether it proves this tier, which is not yet at its bound, and the next together."""
        if relaxation.goals != self.following or relaxation.first_cost is None or self.close:
            return False
        return list(relaxation.weights or ()) == [self.goals]

    def _tightened(self, relaxation: Relaxation, said: Tighter) -> None:
        """A round of cuts has brought better duals."""
        run = self.run
        duals = relaxation.tightened(said, run.bounding)
        if duals is None:
            return
        if run.joint is not None and run.joint.relaxation is relaxation:
            run.joint.better(duals)
        if relaxation.goals == self.goals:
            self.prove(relaxation.duals(run.bounding, run.reached))
            self.in_reach = max(self.in_reach, self.floor)
            self.tell("tighten")
        elif self._of_both(relaxation):
            before = self.floor
            self._first(relaxation)
            self.stalled = 0 if self.floor > before else self.stalled + 1
            self.tell("tighten")

    def _left(self, goals: Goals, *, awaited: bool = False) -> float | None:
        """Seconds that a relaxation of some goals may take: the next tier goes on with its own, and this one waits for
        some."""
        own = self.latest if awaited else self.deadline
        until = own if goals == self.goals else self.run.until
        return self.run.left(until, least=1.0)

    def _weights(self, weight: float, *, ahead: bool) -> dict[Goals, float]:
        """What the goals of the tiers before count beside those of this tier, or of the next."""
        before = [goals for goals, _ in self.run.reached] + ([self.goals] if ahead else [])
        weighed = [goals for goals in before if names(goals)]
        return {goals: weight ** (len(weighed) - n) for n, goals in enumerate(weighed)}

    def _prices(self, goals: Goals, *, ahead: bool) -> dict[Goals, float]:
        """What a unit of the goals of the tiers before counts in units of these: together those that name count as much
        as these do in the plan, and each other tier a part of it."""
        reached = dict(self.run.reached) | ({self.goals: self.value} if ahead else {})
        # In units of the last that names.
        weights = {before: weight / BOUND_WEIGHT for before, weight in self._weights(BOUND_WEIGHT, ahead=ahead).items()}
        together = max(1.0, sum(weight * reached[before] for before, weight in weights.items()))
        parts = {before: OTHER_PRICE / max(1, value) for before, value in reached.items()}
        parts |= {before: NAMING_PRICE * weight / together for before, weight in weights.items()}
        own = self._in_plan(goals)
        return {before: min(part * own, LARGEST) for before, part in parts.items()}

    def _by_prices(self, goals: Goals, *, ahead: bool) -> bool:
        """Whether the tiers before count in the cost of a tier that names no moves: first, and where rows that limit
        them would keep a first-order method for ever in place of these."""
        run = self.run
        if names(goals) or not (ahead or run.reached):
            return False
        return run.many or goals not in run.priced

    def _for_the_bound(self, goals: Goals, cost: Floats, *, ahead: bool) -> Relaxation:
        run, arrays = self.run, self.run.bounding.arrays
        # Where the tier is nearly there its value: the points that reach the relaxed one have no room inside, and an
        # interior point method never ends.
        reach = max(self.in_reach, self.floor)
        will = reach if 1 + MISS < self.value / max(reach, 1) <= 1 + NEAR else self.value
        if ahead and self.proof is not None:
            arrays = fixed_by(arrays, self.proof, math.ceil(will * (1 + MISS)) + 1 - self.constant)
        if self._by_prices(goals, ahead=ahead):
            return for_the_bound_at_prices(run.bounding, arrays, goals, cost, self._prices(goals, ahead=ahead))
        all_name = names(goals) and all(names(before) for before in (*(g for g, _ in run.reached), self.goals))
        # By weights where no other tier stands before: the rows of those would be lost.
        if (ahead and all_name) or (run.many and (ahead or run.reached)):
            weights = self._weights(BOUND_WEIGHT, ahead=ahead)
            return for_the_bound_by_weights(run.bounding, arrays, goals, cost, weights)
        if not ahead:
            return for_the_bound(run.bounding, goals, cost, run.reached)
        arrays = arrays.with_row(self.bounding_cost, -np.inf, will - self.constant)
        return Relaxation("exact", goals, slim(arrays, cost), for_value=will)

    def _tell_apart(self, relaxation: Relaxation) -> None:
        """One is found: it proves, or leads to moves that are named."""
        run = self.run
        if relaxation.kind == "exact":
            if relaxation.merged is None and relaxation.found is not None and relaxation.found.basis is not None:
                run.to_tighten = relaxation
            if relaxation.weights and relaxation.found is not None:
                if self._of_both(relaxation):
                    self._first(relaxation)
                    self.tell("relax")
                run.joint = Joint(run.bounding, relaxation, run.groups)
                if run.most:  # with what a goal uses alone the program of the search is too large for its time
                    run.unnamed, run.to_refine, self.spare = [], [], None
                one = run.joint.exact or run.most
                run.to_refine += [(relaxation, tilt) for tilt in (TILTS[:1] if one else TILTS)]
                if self._both_at_once:  # what both use is told by two children in half the time
                    run.let_go(
                        lambda task: isinstance(task, Relaxation) and (task.kind, task.goals) == ("exact", self.goals)
                    )
            if relaxation.goals == self.goals:
                self._bound(relaxation)
            else:
                run.ahead.append(relaxation)
        elif relaxation.found is None:
            return
        elif relaxation.kind == "closer":
            if run.joint is not None:
                run.joint.closer(relaxation)
                self._by_both(run.joint)
                self.tell("relax")
        elif relaxation.kind == "own":
            self._uses(relaxation)
        elif relaxation.kind == "rough" and (relaxation.weights or self.run.many):
            run.to_refine.append((relaxation, TILTS[0]))
            self.spare = None if relaxation.weights else relaxation
        else:
            run.unnamed.append(relaxation)
            if relaxation.kind == "refined":
                point = relaxation.point()
                if relaxation.over is not None and self._uses_few(point):
                    run.to_refine.append((relaxation.over, TILTS[1]))
                run.near[relaxation.goals] = point
                for goals in relaxation.weights or ():
                    run.near.setdefault(goals, point)

    def _uses_few(self, refined: Floats) -> bool:
        """Whether the first point of both goals, (columns,), is of so few moves that there is room for a second's."""
        if not self.run.most or len(self.run.unnamed) > 1:
            return False
        loose = np.isin(self.run.bounding.kinds, ("c", "w"))
        return int(np.count_nonzero(refined[loose] > naming.LEAST)) < FEW

    def _bound(self, relaxation: Relaxation) -> None:
        """What a relaxation tells of this tier: a bound, and which moves to name."""
        run, left, found = self.run, relaxation.slim, relaxation.found
        reached = relaxation.for_value is None or relaxation.for_value == run.reached[-1][1]
        self.exact = reached and self._is_last(relaxation)
        if relaxation.weights and found is not None and not self.run.many:
            self.exact = all(self._reaches(relaxation.point(), goals, value) for goals, value in run.reached)
        self.relaxed = True
        if found is None:
            return
        self.prove(relaxation.duals(run.bounding, run.reached))
        self.in_reach = self.floor
        if relaxation.in_cost is None:
            least = float(left.cost @ found.point) + left.offset
            self.in_reach = max(self.floor, whole_above(least) + self.constant)
        self.tell("relax")
        if not self.names or self.close:
            return
        if relaxation.merged is None and not relaxation.weights and not self._by_vertices:
            run.unnamed.append(relaxation)

    def _is_last(self, relaxation: Relaxation) -> bool:
        """Whether no other relaxation bounds better: rows that limit the tiers before do, where that ends in time."""
        return relaxation.prices is None or self.run.many

    def _first(self, relaxation: Relaxation) -> None:
        """What two goals relaxed together tell of the first alone: as much as a relaxation of its own."""
        duals = relaxation.first_duals(self.run.bounding)
        if duals is None or self.run.reached:
            return
        self.exact = self.relaxed = True
        self.prove(duals)
        self.in_reach = max(self.in_reach, self.floor)

    def _reaches(self, relaxed: Floats, goals: Goals, value: int) -> bool:
        """Whether the plan came to what the relaxed point of weighed goals has: each unit between costs the bound."""
        cost, constant = self.run.bounding.program.objective(goals)
        return not names(goals) or value <= whole_above(float(cost @ relaxed)) + constant

    def _uses(self, relaxation: Relaxation) -> None:
        """What a relaxation of the program of the search uses is searched, unless there is another by now."""
        if self.run.space is self.run.bounding:
            self.run.relaxed = relaxation.point()
            self._search_what_it_uses()

    @property
    def _by_vertices(self) -> bool:
        """Whether what more is to be named is told by vertices of both goals, not by the middle of one's best face."""
        return self.run.many and self.run.joint is not None

    def _further(self) -> bool:
        """Whether moves of further vertices of the goals that name together are to be named: of two tiers once in the
        first, when all that was named is searched, and in the second before that."""
        run, joint = self.run, self.run.joint
        if joint is None or not self._by_vertices or run.most or not self.names or self.known:
            return False
        if self.close or run.tilts >= MOST_TILTS:
            return False
        return joint.relaxation.goals == self.goals or (self.searched and not self.widened)

    def _widen(self) -> None:
        """More is to be named: further vertices, or of one of which a vertex was named all that it uses."""
        run, joint = self.run, self.run.joint
        if self._further():
            assert joint is not None
            run.to_refine += [(joint.relaxation, run.tilts), (joint.relaxation, run.tilts + 1)]
            run.tilts += 2
        elif self.searched and self.spare is not None:
            run.unnamed.append(self.spare)
        else:
            return
        self.spare, self.widened = None, True

    def _name(self) -> None:
        """The program of the search anew, with the loose moves that the relaxation uses; it is to be searched then."""
        run = self.run
        worth = np.logical_or.reduce([one.used for one in run.unnamed])
        # The middle of the best face uses too much of a large program: naming it all, nothing is found in it.
        points = [point for one in run.unnamed for point in one.points()[: 1 if self.run.many else None]]
        found = [naming.used(run.bounding.problem, run.bounding.program, point) for point in points]
        if run.name(naming.together(found)):
            run.relax_only(worth)
            run.drop(but=[self.goals, self.following])
            self.mending.waiting = False  # a block of its own is dropped too
            self.measure()
            self.blunt, self.passes = True, []
            self.idle = self.in_named = 0
            self.searched &= self.widened and self._by_vertices  # not again, which takes 15 s or 70
            self.parts_only = False
            self.tell("name")
        run.unnamed = []
