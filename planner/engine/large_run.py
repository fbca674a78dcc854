"""What the tiers of a large case share: the program of the bounds, that of the search, the best plan, the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np

from planner.domain.ids import PositionId
from planner.domain.scenario import SolveSpec
from planner.engine.bound import SCALE, DualBound, Groups, dual_bound, fixed_by
from planner.engine.child import GRACE, SHORT_GRACE, Child, borrowed, cancel_all
from planner.engine.duals import Proof, proof_of
from planner.engine.marks import NO_MARKS, Marks, Numbers, finished, marking
from planner.engine.memory import Memory
from planner.engine.model import build_named
from planner.engine.parent import Parent, distance
from planner.engine.polish import Block
from planner.engine.regions import Kind, Regions
from planner.engine.relaxing import Goals, Joint, Relaxation, Tightening
from planner.engine.result import Progress
from planner.engine.slim import Slim
from planner.engine.solvers_spec import workers_of
from planner.engine.space import NOBODY, Part, Space
from planner.problem import Named, Problem
from planner.program import Program
from planner.program.arrays import Bools, Floats, Indices
from planner.structure.extract import extract
from planner.structure.point import point

FIRST_SIZE, LEAST_SIZE = 8, 3
"""Posts of a neighbourhood at the beginning, and at least; the size follows the time that a search takes."""


SearchKind = Kind | Literal["whole", "support", "sharpen"]
"""Neighbourhoods of the plan, the whole named program, or what a relaxation uses of it; and its relaxation."""


MOST_CUTS = 4_000
"""Cuts that have a dual in some round: at 300 posts a hundred have."""


MANY, MOST = 1_000_000, 5_000_000
"""Non-zeros from which all bounds are relaxed by a first-order method, for which less is left in, and from which there
is no time to name the moves of further vertices, or those of the first goal alone: 1,200 and 6,000 posts."""


@dataclass(frozen=True)
class Search:
    """What a child searches: a part cut from the best point of that time."""

    kind: SearchKind
    space: Space
    values: Floats
    """That point: (columns,)."""
    part: Part
    slim: Slim
    began: float
    with_next: bool = False
    """Whether the goals of the next tier count too."""
    bold: bool = False
    """Whether it takes whole what a relaxed point does, though the plan has it not."""
    goals: Goals = ()
    """Of a tier that names no moves, where it is relaxed to be told what it uses: now, or ahead of it."""


TILTS = (0, 1)
"""Of what is relaxed together, one for each child: two vertices use more than one."""

LAST_SECONDS = 0.25
"""What marking rows may still take when the run is over: what is proved by then is known to a what-if by them."""

TO_END = 2.0
"""How much longer than to read off a plan it takes to end a run, of which that is the last: its figures, its proof."""

STAY_SHARE = 0.1
"""Of the time, what is kept to bring a plan near to its parent again."""

T = TypeVar("T")


Task = Relaxation | Tightening | Search | Block
"""What a child does."""


class _StoppedError(Exception):
    """What is being built is needed no more: the run is over."""


class LargeRun:
    """What the tiers of one run share: the program of the bounds, that of the search, and the best plan."""

    def __init__(
        self,
        problem: Problem,
        program: Program,
        spec: SolveSpec,
        report: Callable[[Progress], None],
        stop: threading.Event | None,
        memory: Memory,
        parent: Parent | None = None,
    ) -> None:
        self.spec, self.report, self.stop, self.memory, self.parent = spec, report, stop, memory, parent
        self.before = None if parent is None else parent.proof
        self.started = time.monotonic()
        self.bounding = Space(problem, program)
        self.bounding.keep_room(MOST_CUTS)
        self.many, self.most = (self.bounding.uncut.matrix.nnz > size for size in (MANY, MOST))
        self.by_turns = self.many and not self.most
        """Whether vertices are named two at a time, which is the shortest way to good plans."""
        self.groups = at_most_one(self.bounding)
        self.workers = borrowed(workers_of(spec))
        self.busy: dict[Child, Task] = {}
        self.ahead: list[Relaxation] = []
        """Those for the bound of the next tier."""
        self.priced: set[Goals] = set()
        """Goals that were relaxed with the tiers before in their cost, or are being so."""
        self.rng = np.random.default_rng(spec.seed)
        self.sizes: dict[SearchKind, float] = {"narrow": 2 * FIRST_SIZE, "wide": FIRST_SIZE, "course": FIRST_SIZE}
        self.drawn = 0
        self.named = Named()
        self.worth_naming = np.zeros(self.bounding.is_decision.size, bool)
        """The columns of the program of the bounds that what was named is worth relaxing over."""
        self.told: set[Goals] = set()
        """Goals for which a rough relaxation has named moves, or is to."""
        self.to_refine: list[tuple[Relaxation, int]] = []
        """Those that are still to be refined, and how: each tilt ends at another vertex, and what all use is named."""
        self.tilts = len(TILTS)
        """How many vertices of the goals that name together were sought."""
        self.unnamed: list[Relaxation] = []
        """Those whose loose moves are not named yet."""
        self.reached: list[tuple[Goals, int]] = []
        self.told_ahead: dict[Goals, int] = {}
        """What no plan that is as good as what is reached goes below, as the goals that name together tell."""
        self.duals: dict[Goals, Floats] = {}
        """Of each tier those that bound it best, over the rows that there were then."""
        self.joint: Joint | None = None
        """The goals that name, once they are relaxed together."""
        self.closer = False
        """Whether they were relaxed again, or are being so."""
        self.to_tighten: Relaxation | None = None
        """What is still to be made tighter by cuts."""
        self.near: dict[Goals, Floats] = {}
        """Of a tier a point near the best of the program of the bounds."""
        self.emptied: frozenset[PositionId] = frozenset()
        """Posts that an edit has emptied: the plan is repaired there first."""
        self.standing = problem.status_quo
        self.has_plan = parent is not None
        """Whether there is one better than the first: a parent's, or one that a search has found."""
        self._marking = marking(program, self.bounding.uncut)
        self._marked: tuple[Marks, Numbers] | None = None
        """The marks of the rows and of the columns, once they are made."""
        self.settling = 0.0
        """Seconds that it takes to read off a plan."""
        self.search_in(self.bounding)

    def search_in(self, space: Space) -> None:
        """Look for plans in this program from now on, from the best plan there is."""
        self.space, self.regions = space, Regions(space)
        self.asked: set[Goals] = set()
        """Tiers that were asked, or are being so, what they use of it; each once, though nothing may come of it."""
        self.uses: dict[Goals, Floats] = {}
        """What came of it: a best point of the program relaxed, (columns,)."""
        self.relaxed: Floats | None = None
        """What a relaxation says of the program's columns: what it uses is searched."""
        self.worth = space.is_decision
        """The decisions over which it is relaxed for that."""
        known = self.bounding.program.index
        self._twins = np.array([known.get(key, -1) for key in space.program.keys], np.int64)
        began = time.monotonic()
        self.values = self.settled = point(space.program, self.standing)
        self.settling = max(self.settling, time.monotonic() - began)
        self.to_cross: Floats | None = None
        """The point before one that is better for a tier and much worse for the next: (columns,)."""
        self.away: Floats | None = None if self.parent is None else distance(space.program, self.parent.plan)
        """By how many decisions a point differs from the parent, save for a constant: (columns,)."""

    def settle(self) -> None:
        """Read the plan off the best point, and take the plan's own point for it: none of what nobody needs."""
        if self.values is self.settled:
            return
        began, space = time.monotonic(), self.space
        self.standing = extract(space.problem, space.program, self.values)
        if self.stopped:
            self.settled = self.values  # nothing is searched from it any more
            return
        self.values = self.settled = point(space.program, self.standing)
        self.settling = time.monotonic() - began

    def doing(self, kind: type[T]) -> list[T]:
        """What the children do of this kind."""
        return [task for task in self.busy.values() if isinstance(task, kind)]

    def drop(self, *, but: Collection[Goals] = ()) -> None:
        """Let the children end what they do, save relaxing the goals of some tiers and mending their duals."""
        self.let_go(
            lambda task: _relaxes(task) not in but or (isinstance(task, Search) and task.space is not self.space)
        )

    def let_go(self, needless: Callable[[Task], bool]) -> None:
        """Let the children end what is needed no more."""
        ended = [child for child, task in self.busy.items() if needless(task)]
        cancel_all(ended, SHORT_GRACE if self.stopped else GRACE)
        for child in ended:
            del self.busy[child]

    def bound(self, cost: Floats, duals: Floats) -> DualBound:
        """Of a goal, over all plans that are as good as what is reached."""
        return dual_bound(self.bounding.arrays, cost, duals, self.groups)

    def duals_before(self, goals: Goals) -> Floats | None:
        """The duals of a parent's proof for these goals: (rows,)."""
        return None if self.before is None else self.before.of(goals, self.marks(), self._cuts_of_before)

    @cached_property
    def _cuts_of_before(self) -> Indices:
        """The rows of the cuts of a parent's proof, as they come of the rows of now; NOBODY where one does not."""
        assert self.before is not None
        kept = self.before.cuts
        cuts, numbers = kept.derived(self.bounding.uncut, *self._marks(), lambda: self.stopped)
        rows, counts = np.full(len(kept), NOBODY, np.int64), np.zeros(len(kept), bool)
        for duals in self.before.of_cuts.values():
            counts |= duals != 0
        rows[np.array(numbers, np.int64)[counts[numbers]]] = self.bounding.add(cuts.only(counts[numbers]))
        return rows

    def proof(self, gaps: Mapping[Goals, float]) -> Proof:
        """What outlives the run."""
        ends = time.monotonic() + LAST_SECONDS
        while self.mark_more() and not (self.stopped and time.monotonic() > ends):
            pass
        if self._marked is None:  # nothing is proved, or was only just before the end
            return proof_of(NO_MARKS, {}, gaps)
        return proof_of(self.marks(), self.duals, gaps, self.bounding.origins, self._marked[1])

    def marks(self) -> Marks:
        return self._marks()[0].with_room(MOST_CUTS).limited([goals for goals, _ in self.reached])

    def mark_more(self) -> bool:
        """A step of what a proof is known by, once there is one; whether more is left to do."""
        if not self.duals or self._marked is not None:
            return False
        try:
            next(self._marking)
        except StopIteration as end:
            self._marked = end.value
        return self._marked is None

    def _marks(self) -> tuple[Marks, Numbers]:
        if self._marked is None:
            self._marked = finished(self._marking)
        return self._marked

    def beyond(self, bound: DualBound, room: float) -> Bools:
        """Which columns of the search's program are 0 in every plan within so many units of the bound."""
        found = np.zeros(self.values.size, bool)
        shared = self._twins >= 0
        found[shared] = (bound.reduced > room * SCALE)[self._twins[shared]]
        return found

    def limit(self, goals: Goals, value: int, bound: DualBound | None) -> None:
        """From now on no plan may be worse on these goals; with their bound, what none can then use is left out."""
        self.reached.append((goals, value))
        if self.stopped:
            return
        if bound is not None:
            _, constant = self.bounding.program.objective(goals)
            self.bounding.arrays = fixed_by(self.bounding.arrays, bound, value - constant)
        for space in dict.fromkeys((self.bounding, self.space)):
            _limit(space, goals, value)

    def name(self, found: Named) -> bool:
        """Make the program of the search anew, with columns for these moves too, if any of them had none, and if the
        run does not end meanwhile: it takes ten seconds at 1,200 posts, a minute at 6,000."""
        named = Named(self.named.appointments | found.appointments, self.named.rotations | found.rotations)
        if named == self.named:
            return False
        try:
            space = Space(*build_named(self.bounding.problem, named, self._look))
        except _StoppedError:
            return False
        self.named = named
        self.standing = extract(self.space.problem, self.space.program, self.values)
        for goals, value in self.reached:
            _limit(space, goals, value)
        self.search_in(space)
        return True

    def _look(self) -> None:
        if self.stopped:
            raise _StoppedError

    def relax_only(self, worth: Bools) -> None:
        """Relax the program of the search over these of its decisions too: see `among`."""
        self.worth_naming |= worth
        self.worth = self.among(self.worth_naming)

    def among(self, worth: Bools) -> Bools:
        """Of the search's decisions those that are worth this in the program of the bounds, those only here, and those
        of the plan: worth (columns of the program of the bounds,)."""
        shared = self._twins >= 0
        found: Bools = self.space.is_decision & (~shared | worth[self._twins] | (self.values > 0))
        return found

    @property
    def asks_uses(self) -> bool:
        """Whether tiers that name no moves are told what they use of the program of the search."""
        return not self.many and self.parent is None and len(self.workers) > 1

    @property
    def until(self) -> float | None:
        """When the tiers are over: a plan with a parent is brought near to it again at the end."""
        ends = self.ends
        return ends if ends is None or self.parent is None else ends * (1 - STAY_SHARE)

    @property
    def ends(self) -> float | None:
        """When all is over, early enough that the plan is told in time."""
        limit = self.spec.wall_seconds
        return None if limit is None else max(limit / 2, limit - TO_END * self.settling)

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def left(self, until: float | None, share: float = 1.0, least: float = 0.5) -> float | None:
        """Seconds: a share of those until then, or the least where it is late."""
        return None if until is None else max(least, (until - self.elapsed()) * share)

    @property
    def stopped(self) -> bool:
        late = self.ends is not None and self.elapsed() >= self.ends
        return late or self.memory.exceeded or (self.stop is not None and self.stop.is_set())


def _relaxes(task: Task) -> Goals | None:
    """The goals that it relaxes, or whose duals it mends."""
    if isinstance(task, Block):
        return task.of.relaxation.goals if isinstance(task.of, Joint) else None
    if isinstance(task, Search):
        return task.goals or None
    relaxation = task.relaxation if isinstance(task, Tightening) else task
    return relaxation.goals if isinstance(relaxation, Relaxation) else None


def _limit(space: Space, goals: Sequence[str], value: int) -> None:
    cost, constant = space.program.objective(goals)
    space.limit(cost, value - constant)


def at_most_one(space: Space) -> Groups:
    """Numbers the sets of columns of which a plan has one at most: a person's appointments, rotations, designations."""
    kinds = {"a": 0, "c": 0, "v": 1, "w": 1, "g": 2}
    kind = np.array([kinds.get(str(k), NOBODY) for k in space.kinds], np.int64)
    return np.where(kind >= 0, space.person * len(set(kinds.values())) + kind, NOBODY)
