"""One tier of a large case: who of the children does what next, and what is made of what they say."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.connection import wait
from typing import Any

from planner.engine.bound import SCALE
from planner.engine.child import POLL, Child, SolverFailedError
from planner.engine.large_bound import names
from planner.engine.large_relax import TierRelaxation
from planner.engine.large_run import LargeRun, Search, Task
from planner.engine.large_search import FIRST_PARTS, SUPPORT_SECONDS
from planner.engine.polish import Block
from planner.engine.relaxing import Goals, Joint, Relaxation, Tightening
from planner.engine.result import TierResult, figures
from planner.goals import LAST_TIER
from planner.structure.point import point

IDLE_PARTS, LAST_PARTS = 60, 6
"""So many neighbourhoods in a row without a better plan end a tier; so few once the whole was searched to its end."""

FIRST_SHARE, OTHER_SHARE = 0.7, 0.5
"""Of the time left, what a tier may take at most: one of the naming goals without a parent's proof, and one of the
others."""

FIRST_SECONDS = 15.0
"""What the first tier may take at any rate, however little time there is in all: at 1,200 posts there is a plan after
5 to 10, without which nothing comes of the other tiers."""

LATEST_SHARE, LARGEST_SHARE = 0.85, 0.95
"""The same of one whose names are still on their way: without them it ends far above its bound, whatever comes next.
And in the largest cases, until the next was searched with it."""

REGION_SECONDS = 120.0
"""What a region may take: at 1,200 posts 15 to 30."""

SOON_OVER, NEXT_SECONDS = 0.25, 25.0
"""Of its share of the time, after which a tier that names may be soon over: once so many seconds are left of it, which
it takes to bound the next and to be told what that uses."""

WORK_PARTS = 10
"""Neighbourhoods of a tier where the work is limited and not the time."""


class Tier(TierRelaxation):
    """One tier: its share of the time, and what each child does next."""

    def __init__(self, run: LargeRun, number: int, order: Sequence[Goals]) -> None:
        super().__init__(run, number, order)
        self.began = run.elapsed()
        limit = run.until
        if limit is not None:
            waits = self.names and not self.known
            share = FIRST_SHARE if waits else 1.0 if self.goals == LAST_TIER else OTHER_SHARE
            first = min(limit, FIRST_SECONDS) if waits and not run.has_plan else 0.0
            self.deadline = max(first, self.began + (limit - self.began) * share)
            self.sooner, self.latest = (
                max(self.deadline, limit * last) if waits else self.deadline
                for last in (LATEST_SHARE, LARGEST_SHARE if run.most else LATEST_SHARE)
            )

    def solve(self) -> TierResult:
        run = self.run
        ahead, run.ahead = run.ahead, []
        if self.value > 0 and not run.stopped:
            before = run.duals_before(self.goals)
            if before is not None:
                self.prove(before)
                self.tell("proof")
                if not self.close:
                    run.near[self.goals] = point(run.bounding.program, run.standing, run.bounding.problem.moves)
            for relaxation in ahead:
                if relaxation.goals == self.goals and relaxation.found is not None:
                    self._bound(relaxation)
            self._work()
        run.drop(but=() if run.stopped else [self.following])
        run.settle()
        values, parts = figures(run.standing, self.goals)
        self.value = total = sum(values.values())
        self.tell("done")
        following = self._of_following()
        if following is not None:  # there may be no time to prove it anew
            run.told_ahead[self.following] = following[1]
        run.limit(self.goals, total, self.proof)
        return TierResult(
            goals=self.goals,
            values=values,
            parts=parts,
            value=total,
            bound=min(self.floor, total),
            bound_from="duals",
            seconds=run.elapsed() - self.began,
            wanted_gap=self.gap,
        )

    # ---- who does what ---------------------------------------------------------------------------------------

    def _work(self) -> None:
        """Give each idle child the next thing worth doing and hear what they say, until the tier is over."""
        run = self.run
        while not self._over():
            for child in run.workers:
                if child not in run.busy and not self._over() and (task := self._next_task(child)) is not None:
                    run.busy[child] = task
            idle = 0.0 if run.mark_more() else POLL  # beside the children, a little at a time: they are heard at once
            ready = wait([child.connection for child in run.busy if child.connection is not None], idle)
            for child in [c for c in run.busy if c.connection in ready]:
                task = run.busy.get(child)
                if task is None:
                    continue  # dropped for what another child has just said
                try:
                    word, said = child.receive()
                except SolverFailedError:
                    word, said = "result", None  # the plan stands without it, the bound is another's
                if word == "result":
                    del run.busy[child]
                self._hear(task, word, said)

    def _over(self) -> bool:
        run = self.run
        if run.stopped or self._late():
            return True
        if self._costs_the_next():
            return False
        if self.close:
            return True
        if not self.exact or self._tightening() or self.being_mended() or self._further():
            return False
        if self.names and (self._to_be_named() or (self.spare is not None and not self.parts_only)):
            return False
        full = self.searched and (self.names or self.all_free)
        found = full or self.widened or self.value <= self.in_named
        idle = LAST_PARTS if found else IDLE_PARTS
        return self.idle >= idle or (run.spec.work is not None and self.parts >= WORK_PARTS)

    def _late(self) -> bool:
        """Whether its share of the time is over, and neither names are on their way for which it waits, nor a first
        bound that tells more than is plain to see."""
        now = self.run.elapsed()
        if self.deadline is None or self.latest is None or now < self.deadline:
            return False
        used = self._searches() & {"sharpen", "support"}
        bound = self.floor <= self.unavoidable and self._relaxing(self.goals)
        return now >= self.latest or not (self.names and (used or bound or self._to_be_named()))

    def _costs_the_next(self) -> bool:
        """Whether what is searched for the next tier with this one would have to begin anew, or what was mended for
        this tier alone is still to be searched so."""
        searches = self.run.doing(Search)
        both = {"whole", "support"} if self._both_at_once else {"whole"}
        if any(task.kind in both and task.with_next for task in searches):
            return True
        supports = any(task.kind == "support" for task in searches)
        return self.known and bool(self.following) and (bool(self.passes) or supports)

    def _to_be_named(self) -> bool:
        """Whether a relaxation is on its way that may name moves, or what is named is still to be searched."""
        run = self.run
        if not self.names:
            return False  # what is left of that is for a tier that names
        tasks = run.doing(Relaxation)
        coming = any(t.kind in ("rough", "refined") or (t.kind == "exact" and t.weights) for t in tasks)
        return bool(coming or run.to_refine or run.unnamed or self.blunt or self.passes)

    def _next_task(self, child: Child) -> Task | None:
        """The next thing worth doing; None where it would only slow down what the other does."""
        run = self.run
        if run.to_cross is not None:
            return self._cross(child)
        to_search = bool(self.blunt or self.passes)
        first = self.known and to_search  # a second's search, which may be all that an edit needs
        more = self._more_comes()
        alone = not (self.exact or self._relaxing(self.goals) or self._both_relaxed() or more)
        # While there is still nothing to search.
        soon = alone and run.joint is not None and not run.to_refine and not first
        searches = self._searches()
        using = to_search or bool(searches & {"sharpen", "support"})
        together = using and self._both_at_once  # a region would keep a child from it for long
        regions = len(run.workers) > 1 and not (first or more or together)
        closer = self._worth_closer()
        sooner_named = run.unnamed or (together and to_search)
        wrong = None if soon or closer or sooner_named else self._mend(child, regions=regions)
        if wrong is not None:
            return wrong
        if not using and not self._to_be_named():
            self._widen()
        if self.names and run.unnamed and not using and not more and not self._refining():
            self._name()
        if self.blunt:
            self.blunt = False
            return self._sharpen(child)
        if closer and not alone:
            return self._relax(child, closer, "closer")
        if self._worth_asking(self.goals):
            return self._ask_uses(child, self.goals)
        if self.passes and self.used is not None and not self._before_the_next_pass():
            return self._support(child)
        if self.names and run.to_refine:
            return self._refine(child, *run.to_refine.pop(0))
        bounded = self.relaxed or run.joint is not None
        later = more or together or (run.many and self._to_be_named())
        whole = bounded and not (self.searched or self.parts_only or "whole" in searches or later)
        # It takes ten seconds, and repairs all; or betters what is bounded ahead as well as in time.
        known = (run.many and self.known) or (self.relaxed and self.goals in run.uses)
        sooner = whole and known and len(run.workers) > 1
        if self.repairing and not sooner:
            return self._neighbourhood(child)
        if self.due:
            return self._relax(child, *self.due.pop(0))
        if alone and not sooner:
            return self._relax(child, self.goals, "exact")
        is_ahead = any(one.goals == self.following for one in run.ahead)
        if self._soon_over() and not (is_ahead or self._relaxing(self.following)):
            return self._relax(child, self.following, "exact")
        if is_ahead and self._worth_asking(self.following):
            return self._ask_uses(child, self.following)
        if len(run.workers) > 1 and self._worth_tightening():
            return self._tighten(child)
        if whole:
            free = self.widest()
            if free is not None:
                both = run.joint is not None and names(self.following) and not self.run.many
                return self._search(child, free, self.part_cost if both else self.cost, "whole")
            self.parts_only = True
        if self._worth_tightening():
            return self._tighten(child)
        block = self._mend(child, regions=not (more or together) and (self.searched or self.idle >= LAST_PARTS))
        if block is not None:
            return block
        if names(self.following) and self.following not in run.told and not self.known:
            return self._relax(child, self.following, "rough")
        ahead = any(one.goals == self.following and self._is_last(one) for one in run.ahead)
        early = self.parts < FIRST_PARTS and not self.run.many
        if self.exact and self.following and not early and not ahead and not self._relaxing(self.following):
            if names(self.following) or self._in_plan(self.following) > 0:
                return self._relax(child, self.following, "exact")
        if not more or self.idle < LAST_PARTS:
            return self._neighbourhood(child)
        ahead_of_both = self._both_at_once and not (self.exact or self._relaxing(self.goals))
        return self._relax(child, self.goals, "exact") if ahead_of_both else None

    def _before_the_next_pass(self) -> bool:
        """Whether a search is on its way that leads to the plan from which the next begins: a bold one, or in the
        largest cases any where the next is of this tier alone."""
        alone = self.too_much_is_named and not self.passes[0].touched_only
        return any(task.bold or alone for task in self.run.doing(Search) if task.kind == "support")

    def _soon_over(self) -> bool:
        """Whether a tier with names has so little of its time left that the next, without, would not be bounded in its
        own: both ahead of it, and what it uses."""
        if self.deadline is None or not (self.names and self._worth_asking(self.following)):
            return False
        share = (self.deadline - self.began) * SOON_OVER
        return self.run.elapsed() > max(self.began + share, self.deadline - NEXT_SECONDS)

    def _worth_asking(self, goals: Goals) -> bool:
        """Whether this tier, or the next, names no moves and is still to be asked what it uses for what it misses."""
        run = self.run
        if not (goals and run.asks_uses) or names(goals) or goals in run.asked:
            return False
        return self._in_plan(goals) > 0

    def _mend(self, child: Child, *, regions: bool) -> Block | None:
        """Where the duals are most wrong is made better: regions too, or only what takes a second."""
        block = self.worst_block(regions=regions)
        if block is None:
            return None
        if block.in_region and isinstance(block.of, Joint) and block.slim.columns.size:
            left = self._left(block.of.relaxation.goals)
            seconds = None if left is None else min(left, REGION_SECONDS)
            size = block.bound.scaled / SCALE
            child.begin("tighten", (block.of.cuttable(block), block.slim, None, None, size, seconds))
        else:
            seconds = self._seconds(SUPPORT_SECONDS)
            child.begin("relax_nearly", (block.slim.arrays, block.slim.cost, seconds))
        return block

    def _hear(self, task: Task, word: str, said: Any) -> None:
        if isinstance(task, Block):
            if word == "tighter":
                self.tighter(task, said)
            else:
                self.mend(task, said)
            self.tell("polish")
        elif isinstance(task, Tightening):
            if word == "tighter":
                self._tightened(task.relaxation, said)
        elif isinstance(task, Relaxation):
            task.found = said
            self._tell_apart(task)
        elif task.kind == "sharpen":
            self._sharpened(task, said)
        elif word == "better":
            self._take(task, said)
        elif word == "result":
            self._searched(task, said)
            if task.kind == "support" and task.with_next:
                self.latest = self.sooner  # what the names lead to is found
