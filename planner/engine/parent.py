"""A plan that begins with another one: what the edits of a what-if do not reach stays as it was.

The parent's decisions need not hold together any more, nor all exist. The plan nearest to them, by the number of
decisions that differ, is where the search begins; of all plans that are as good as the one it ends with, the one
nearest to the parent is taken. The parent's duals bound the plans of now too (`duals`): a tier that is as near to that
bound as the parent came to its own needs no work.
"""

import threading
from dataclasses import dataclass

import numpy as np

from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Plan
from planner.domain.scenario import SolveSpec
from planner.engine.child import race
from planner.engine.duals import Proof
from planner.engine.solvers_spec import UNIT, Found, SearchSpec
from planner.engine.space import DECISIONS
from planner.problem import Named, Problem
from planner.problem.moves import Moves
from planner.program import Arrays, Program
from planner.program.arrays import Bools, Floats
from planner.program.program import Key
from planner.rules.structure.decisions import binding
from planner.structure.point import keys_of

PARENT_SHARE = 0.25
"""Of the time, what it may take at the beginning to find the plan nearest to the parent."""


@dataclass(frozen=True)
class Parent:
    """The plan of before the edits, and the row duals that proved it: they bound what the edits have left as it was."""

    plan: Plan
    proof: Proof | None = None


def moves_of(parent: Plan) -> Named:
    """The parent's moves, which need columns of their own."""
    return Named(
        frozenset((a.person, a.position) for a in parent.appointments),
        frozenset((r.person, r.position) for r in parent.rotations),
    )


def emptied(parent: Plan, problem: Problem, program: Program) -> frozenset[PositionId]:
    """Posts that an edit has emptied: of somebody who leaves on another day than the parent knew, and those to which it
    moved somebody who leaves so, whom a decision refuses there, or whom no column moves there any more."""
    ground = problem.ground
    known = {(d.person, d.on) for d in parent.departures}
    gone = {d.person for d in problem.expected.departures if (d.person, d.on) not in known}
    refused = {(d.person_id, d.position_id) for d in binding(ground) if d.kind in ("not_appoint", "not_rotate")}
    posts = {ground.home.get(person) for person in gone}
    for (kind, person, post, t), loose in _loosely(parent, problem.moves).items():
        may = (kind, person, post, t) in program or loose in program
        if person in gone or (person, post) in refused or not may:
            posts.add(post)
    return frozenset(p for p in posts if p is not None and p in ground.full_time)


def decided(program: Program, parent: Plan, moves: Moves) -> Bools:
    """The columns that count what the parent decides, where moves have no column of their own too: (columns,)."""
    made = keys_of(parent) | set(_loosely(parent, moves).values())
    return np.array([key in made for key in program.keys], bool)


def _loosely(parent: Plan, moves: Moves) -> dict[tuple[str, PersonId, PositionId, int], Key]:
    """The parent's moves, and the columns that count them by class."""
    first, turns_to = moves.appoint.first_of, moves.rotate.first_of
    found: dict[tuple[str, PersonId, PositionId, int], Key] = {
        ("a", a.person, a.position, a.period): ("c", a.person, first.get(a.position), a.period)
        for a in parent.appointments
    }
    found |= {
        ("v", r.person, r.position, r.period): ("w", r.person, turns_to.get(r.position), r.period)
        for r in parent.rotations
    }
    return found


def distance(program: Program, parent: Plan) -> Floats:
    """By how many decisions a point differs from the parent, save for a constant: costs (columns,)."""
    made = keys_of(parent)
    choices = frozenset(DECISIONS) - {"open"}  # which classes are held follows from who attends
    return np.array([(-1.0 if key in made else 1.0) if key[0] in choices else 0.0 for key in program.keys])


def nearest(
    arrays: Arrays,
    away: Floats,
    start: Floats | None,
    seconds: float | None,
    spec: SolveSpec,
    stop: threading.Event | None,
) -> Floats | None:
    """The point with the least distance that is found from the start in the time, the start where none is nearer."""
    best = start

    def take(found: Floats | None) -> None:
        nonlocal best
        if found is not None and (best is None or away @ found < away @ best - UNIT / 2):
            best = np.rint(found)

    def hear(word: str, said: object) -> None:
        if word == "better":
            take(said)  # type: ignore[arg-type]

    search = SearchSpec(seconds, spec.work, 0.0, UNIT, spec.seed)
    ended: Found | None = race([("search", (arrays, away, start, search))], seconds=seconds, stop=stop, hear=hear)
    take(None if ended is None else ended.point)
    return best
