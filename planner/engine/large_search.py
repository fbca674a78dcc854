"""What is searched in one tier of a large case: parts of the best plan, what a relaxation uses, all that is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.engine.child import Child
from planner.engine.large_bound import TierBound, names, whole_above
from planner.engine.large_run import LEAST_SIZE, LargeRun, Search, SearchKind
from planner.engine.regions import Kind
from planner.engine.relaxing import Goals, tilted
from planner.engine.restrict import IN_PLAN, supported, touched
from planner.engine.slim import slim
from planner.engine.solvers_spec import UNIT, Found, Relaxed, SearchSpec
from planner.engine.space import NOBODY, Part
from planner.program.arrays import Bools, Floats

PART_SECONDS = 4.0
"""What the search of one neighbourhood may take."""

TURNS: tuple[Kind, ...] = ("narrow", "wide", "narrow", "wide", "course")
"""The kinds of neighbourhoods in turn: narrow ones fill posts quickly, wide ones find the chains."""

SUPPORT_SECONDS, LARGEST_SECONDS = 60.0, 200.0
"""What the search of the decisions that a relaxation uses may take; and in the largest cases, where nothing else comes
near and 60 s do not suffice for the first relaxation of it."""

SHARPEN_SECONDS = 150.0
"""What the relaxation that tells them may take: at 6,000 posts 30 to 89."""

FIRST_PARTS = 6
"""Neighbourhoods of a tier before the next is relaxed ahead: they bring the plan on until the whole finds one. So many
in a row without a better plan end the repair of what an edit has broken."""

WHOLE = 50_000
"""Decisions beyond which they are not searched together: of 55,000 nothing was found in 75 s at 1,200 posts, of 23,000
all in 9."""

PART_GAP = 1e-3
"""Of the search of one neighbourhood."""

WHOLE_GAP = 5e-4
"""Of the search of the whole program: the last units of a large goal cost more time than all before."""

WHOLE_GAP_OF_BOTH = 3e-4
"""The same where the goals of a tier weigh hundreds of times what those of the next do."""

LITTLE_LOSS = 1e-2
"""What each post loses at least where neighbourhoods are drawn, so that none is never drawn."""

CHANGED = 1e-2
"""What a decision that differs from the parent's counts where an edit is repaired: of plans as good the nearest."""

ROOM, LEAST_ROOM = 0.03, 4.0
"""By what part of the bound, and at least by how many units, a decision may cost more than the best to be searched."""


TAKEN = 0.98
"""A decision that a relaxed point takes so far is taken whole where too much is left to search."""


@dataclass(frozen=True)
class Pass:
    """A search of what a relaxed point uses that is still to come: for a cost, (columns,)."""

    cost: Floats
    bold: bool = False
    """Whether in the largest cases what the point takes whole is taken so, though the plan has it not."""
    touched_only: bool = False
    """Whether only what is used itself, with no other days beside it, at tilted costs: so little is left after the
    presolve that an interior point method has its vertex in 12 s where the simplex takes 42 (seed 1 of 6,000 posts)."""


class TierSearch(TierBound):
    """The searches for a better plan of one tier, and what comes of them."""

    def __init__(self, run: LargeRun, number: int, order: Sequence[Goals]) -> None:
        super().__init__(run, number, order)
        self.idle = self.parts = 0
        self.searched = self.parts_only = False
        """Whether all that is named was searched to its end, and whether that was too much for the time."""
        self.all_free = False
        """Whether that were all decisions worth it, and not only those over which it is relaxed or that it uses."""
        self.in_named = 0
        """What the program of the search may come to, as far as its relaxation tells."""
        self.passes: list[Pass] = []
        """How what the relaxation uses is still to be searched."""

    def _search_what_it_uses(self) -> None:
        """For the goals of the tier, and for the next with them. In the largest cases twice each: what is taken whole
        may allow no plan, and both lead to a plan around which more is left open for the first."""
        run, largest = self.run, self.too_much_is_named
        if largest and any(names(goals) for goals, _ in run.reached):  # it was searched for both before
            self.passes = [Pass(self.cost, touched_only=True)]
            return
        alone, of_both = Pass(self.cost), [Pass(self.part_cost, touched_only=largest)] if self.following else []
        self.passes = [alone, *of_both]
        if largest:
            self.passes = [Pass(self.cost, bold=True), *of_both, *self.passes]
        elif self._both_at_once:
            # Without a name both take ten seconds, and come to little beside what is named meanwhile; with names that
            # for both comes to few more of this tier's, and the whole is searched for them next.
            self.passes = [alone] if run.space is run.bounding else of_both

    @property
    def _both_at_once(self) -> bool:
        """Whether this tier and the next are searched together, so that the plan is good at both from then on. After an
        edit of a plan that is, the first search is for what it has broken."""
        return self.run.by_turns and names(self.following) and not (self.run.reached or self.known)

    def _support(self, child: Child) -> Search:
        """What the relaxed point uses is searched; in the largest cases without what it takes whole and, save boldly,
        the plan too."""
        run, relaxed, one = self.run, self.used, self.passes.pop(0)
        assert relaxed is not None
        cost, whole = one.cost, None
        if self.too_much_is_named:
            whole = (relaxed > TAKEN) & (one.bold | (run.values > IN_PLAN))
        if one.touched_only:
            cost = tilted(cost, run.space.is_decision, run.spec.seed)
        decisions = (touched if one.touched_only else supported)(run.space, relaxed, run.values)
        by_simplex = whole is not None and not one.touched_only
        return self._search(child, decisions, cost, "support", whole, by_simplex=by_simplex, bold=one.bold)

    @property
    def too_much_is_named(self) -> bool:
        """Whether what is named is more than can be searched without taking some of it whole: in the largest cases."""
        return self.run.most and self.run.space is not self.run.bounding

    def _cross(self, child: Child) -> Search:
        """A search for this tier alone gives up half of the next's for its last units; the plan before had both nearly
        as good. What lies between the two is searched in a second or two."""
        run, before = self.run, self.run.to_cross
        assert before is not None
        run.to_cross = None
        return self._search(child, run.space.is_decision & (run.values != before), self.part_cost, "support")

    def _searches(self) -> set[SearchKind]:
        """What is searched for this tier, or asked for it before."""
        return {task.kind for task in self.run.doing(Search) if task.goals in ((), self.goals)}

    def _neighbourhood(self, child: Child) -> Search:
        """Cut a neighbourhood from the best plan and let the child better it."""
        run = self.run
        run.drawn += 1
        kind = TURNS[run.drawn % len(TURNS)]
        posts = run.regions.draw(self._loss(), round(run.sizes[kind]), kind, run.rng)
        cost = self.part_cost
        if self.repairing and run.away is not None:
            cost = cost + CHANGED * run.away
        return self._search(child, run.regions.decisions(posts, run.values, kind), cost, kind)

    def _search(
        self, child: Child, decisions: Bools, cost: Floats, kind: SearchKind, whole: Bools | None = None, *,
        by_simplex: bool = False, bold: bool = False,
    ) -> Search:  # fmt: skip
        """Of the decisions, for a cost, with what is taken `whole` as it is, if any (columns,)."""
        run = self.run
        part = run.space.part(run.values, decisions, cost)
        arrays, own = part.arrays, self.cost[part.columns]
        taken = np.zeros(own.size, bool)
        if whole is not None:
            taken = arrays.integer & (arrays.upper == 1) & whole[part.columns]
        if taken.any():
            arrays = replace(arrays, lower=np.where(taken, 1.0, arrays.lower))
        if cost is not self.cost:
            arrays = arrays.with_row(own, -np.inf, float(own @ part.start))  # the next tier's goals must cost nothing
        small, with_next = slim(arrays, part.cost), cost is not self.cost
        task = Search(kind, run.space, run.values, part, small, run.elapsed(), with_next, bold)
        limits = {"whole": None, "support": LARGEST_SECONDS if run.most else SUPPORT_SECONDS}
        seconds = self._seconds(limits.get(kind, PART_SECONDS), awaited=kind == "support")
        if kind == "whole" and cost is not self.cost and seconds is not None:
            seconds /= 2  # the tier waits for it
        least = WHOLE_GAP if cost is self.cost else WHOLE_GAP_OF_BOTH
        gaps = (max(least, self.gap), UNIT) if kind in limits else (PART_GAP, 0.0)
        spec = SearchSpec(seconds, run.spec.work, *gaps, run.spec.seed, by_simplex=by_simplex)
        start = part.start[task.slim.columns] if (part.start[taken] > IN_PLAN).all() else None
        child.begin("search", (task.slim.arrays, task.slim.cost, start, spec))
        return task

    def _sharpen(self, child: Child) -> Search:
        """Relax the program of the search, tilted, to be told what is worth searching of it."""
        run = self.run
        own = run.space.is_decision if run.away is None else run.space.is_decision & (run.away > 0)
        part = run.space.part(run.values, run.worth, tilted(self.part_cost, own, run.spec.seed))
        return self._relax_named(child, part, self._seconds(SHARPEN_SECONDS, awaited=True))

    def _ask_uses(self, child: Child, goals: Goals) -> Search:
        """Relax all that is named for a tier that names no moves, this one or the next. It is not tilted: plans are
        made of what more than one best point uses."""
        run = self.run
        run.asked.add(goals)
        arrays, seconds = run.space.arrays, self._seconds(SHARPEN_SECONDS)
        if goals != self.goals:
            arrays = arrays.with_row(self.cost, -np.inf, float(self.cost @ run.values))
            left = run.left(run.until)  # it may end in the time of the next
            seconds = SHARPEN_SECONDS if left is None else min(left, SHARPEN_SECONDS)
        cost, _ = run.space.program.objective(goals)
        return self._relax_named(child, Part(arrays, cost, run.values, np.arange(cost.size)), seconds, goals)

    def _relax_named(self, child: Child, part: Part, seconds: float | None, goals: Goals = ()) -> Search:
        run = self.run
        task = Search("sharpen", run.space, run.values, part, slim(part.arrays, part.cost), run.elapsed(), goals=goals)
        child.begin("relax_sparsely", (task.slim.arrays, task.slim.cost, seconds))
        return task

    def _seconds(self, most: float | None, *, awaited: bool = False) -> float | None:
        """What a search may take: until the tier's end, which waits for some, at most so long; no limit where the work
        is limited."""
        if self.run.spec.work is not None:
            return None
        now = self.run.elapsed()
        late = self.deadline is not None and now >= self.deadline
        until = self.latest if awaited or late else self.deadline
        left = None if until is None else max(0.2, until - now)
        return min((limit for limit in (most, left) if limit is not None), default=None)

    def _worth_it(self) -> Bools:
        """The decisions that the plan takes, and those that cost little more than the bound: a plan of theirs is found
        in half the time, and what is left out could better it by a few per cent at the very most."""
        run = self.run
        free = run.space.is_decision
        if run.joint is not None and self.names:
            return run.among(run.joint.face)
        if self.proof is None:
            return free
        room = max(LEAST_ROOM, ROOM * self.floor)
        return free & (~run.beyond(self.proof, room) | (run.values > 0))

    def widest(self) -> Bools | None:
        """The decisions that are searched together, if they are not too many: where it is known what the tier uses,
        that and those over which what is named was relaxed; else those worth it, or the latter alone."""
        run = self.run
        worth_it = self._worth_it()
        sets = [worth_it, run.worth]
        if self.goals in run.uses:
            sets.insert(0, supported(run.space, run.uses[self.goals], run.values) | run.worth)
        found = next((free for free in sets if np.count_nonzero(free) <= WHOLE), None)
        self.all_free = found is worth_it
        return found

    def _loss(self) -> Floats:
        """What each post costs in the best plan; a little for all, so that none is never drawn."""
        run = self.run
        loss = np.full(len(run.space.posts), LITTLE_LOSS)
        owned = run.space.post != NOBODY
        np.add.at(loss, run.space.post[owned], np.maximum(0, (self.part_cost * run.values)[owned]))
        if self.repairing:
            emptied = [n for post, n in run.space.posts.items() if post in run.emptied]
            if (loss[emptied] - LITTLE_LOSS).sum() >= 1:
                loss[np.setdiff1d(np.arange(loss.size), emptied)] = LITTLE_LOSS
            return loss
        roots: Floats = np.sqrt(loss)
        return roots

    def _sharpened(self, task: Search, found: Relaxed | None) -> None:
        """A point of the named program is known: what it uses is searched next."""
        run = self.run
        if found is None or task.space is not run.space:
            return
        relaxed = run.values.copy()
        relaxed[task.part.columns] = task.slim.whole_point(found.point)
        if task.goals:
            run.uses[task.goals] = relaxed
        else:
            run.relaxed = relaxed
        if task.goals in ((), self.goals):
            self._named_relaxes_to(relaxed)

    def _named_relaxes_to(self, relaxed: Floats) -> None:
        """What the program of the search may come to is known, and what it uses for that, which is searched."""
        self.in_named = whole_above(float(self.cost @ relaxed)) + self.constant
        self._search_what_it_uses()

    @property
    def used(self) -> Floats | None:
        """The relaxed point whose decisions are searched: the tier's own, or that of what is named."""
        return self.run.uses.get(self.goals, self.run.relaxed)

    def _searched(self, task: Search, found: Found | None) -> None:
        """A search has ended."""
        run = self.run
        if found is not None and found.point is not None:
            self._take(task, found.point)
        if task.kind == "whole":
            if self.following and not task.with_next and self.used is not None and task.space is run.space:
                # It has given up all of the next tier's for the last of this one's.
                self.passes = [Pass(self.part_cost)]
            self.searched = found is not None and found.is_final
            self.parts_only = not self.searched
            self.idle = 0
            return
        if task.kind == "support":
            return
        self.parts += 1
        self.idle += 1
        self.repairing &= self.idle < FIRST_PARTS
        took = run.elapsed() - task.began
        size = run.sizes[task.kind]
        if run.spec.work is not None:
            return  # the same on each machine, however long it takes
        if self.repairing and took < PART_SECONDS / 4:
            run.sizes[task.kind] = min(60.0, size * 2)  # what is broken is here or farther around
            return
        run.sizes[task.kind] = min(60.0, size * 1.15) if took < PART_SECONDS / 4 else max(
            LEAST_SIZE, size * 0.85 if took > PART_SECONDS * 0.9 else size
        )  # fmt: skip

    def _take(self, task: Search, found: Floats) -> None:
        """The point of a search, if it betters the plan: with what was bettered elsewhere meanwhile, or where the two
        together are no plan, without."""
        run, part = self.run, task.part
        if task.space is not run.space:
            return
        whole = task.slim.arrays.integer
        own = task.slim.whole_point(np.where(whole, np.rint(found), found))
        for others in (run.values, task.values):
            values = others.copy()
            values[part.columns] = own
            by = values - run.values
            gain, next_gain = -self.cost @ by, -self.part_cost @ by
            better = gain > 0.5 or (gain > -0.5 and next_gain > 0.5)
            if better and run.space.arrays.feasible(values[None, :])[0]:
                if self._both_at_once and task.kind == "whole" and run.to_cross is None:
                    run.to_cross = run.values
                run.values, run.has_plan = values, True
                self.value = round(float(self.cost @ values)) + self.constant
                if gain > 0.5:
                    self.idle = 0
                self.tell("search")
                return
