"""point(plan): the value of every column, by its definition, for a plan seen through its standing.

The twin of extraction: it judges plans by rows without a solver, starts a search, and checks the engine's figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np

from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Plan
from planner.problem.moves import Moves
from planner.program import Program
from planner.program.arrays import Floats
from planner.program.program import Key
from planner.standing import Standing
from planner.standing.waiting import excused, waited_for
from planner.timeline.expected import Cohort


class RefusedError(Exception):
    """The plan takes a decision for which there is no column: some fact or personal rule refuses it."""

    def __init__(self, key: Key) -> None:
        self.key = key
        super().__init__(str(key))


def _loose(key: Key, moves: Moves | None) -> Key | None:
    """The column that counts a decision without one of its own."""
    kind, person, position = key[0], key[1], key[2]
    if moves is None:
        return None
    if kind == "a":
        return ("c", person, moves.appoint.first_of[position], key[3])  # type: ignore[index]
    if kind == "v":
        return ("w", person, moves.rotate.first_of[position], key[3])  # type: ignore[index]
    return ("ka", position, key[3]) if kind == "k" else None


def decided_keys(standing: Standing) -> set[Key]:
    """The decision columns that are 1 in the plan."""
    return keys_of(standing.line.plan)


def keys_of(plan: Plan) -> set[Key]:
    """The same of a plan that may be another case's: some of them may have no column."""
    keys: set[Key] = {("x", e.person, e.position) for e in plan.pools if e.status != "remove"}
    keys |= {("u", p.person, p.session) for p in plan.training}
    keys |= {("v", r.person, r.position, r.period) for r in plan.rotations}
    keys |= {("a", a.person, a.position, a.period) for a in plan.appointments}
    keys |= {("k", c.person, c.position, c.period) for c in plan.covers}
    keys |= {("g", s.person, s.position) for s in plan.successors if s.person is not None}
    return keys


def point(program: Program, standing: Standing, moves: Moves | None = None) -> Floats:
    """The value of each column (columns,). Raises RefusedError where a decision has no column.

    Where some moves are loose, `moves` tells to which class a post belongs.
    """
    decided = decided_keys(standing)
    loosely: list[tuple[Any, ...]] = []
    line, ground = standing.line, standing.ground
    horizon = ground.horizon

    def came_loosely(person: PersonId, t: int) -> bool:
        there = line.post_of(person, horizon.instant(t))
        return any(i == person and p == there and since <= t for _, i, p, since in loosely)

    for key in sorted(decided, key=lambda key: key[0] == "k"):  # who acts depends on who came
        if key in program and not (key[0] == "k" and came_loosely(key[1], key[3])):  # type: ignore[arg-type]
            continue
        loose = _loose(key, moves)
        if loose is None or loose not in program:
            raise RefusedError(key)
        loosely.append(key)
        decided = decided - {key} | {loose}
    amounts = {v.key: v.amount for rule in standing.bound.rules for v in rule.check(line)}
    dropped = {(e.person, e.position) for e in line.plan.pools if e.cause in ("replaced", "decided")}
    attended = {p.session for p in line.plan.training}
    ready = {p: set(standing.ready_names(p, standing.expected.wanted_by[p])) for p in ground.full_time}

    def on_rotation(person, position, t):  # type: ignore[no-untyped-def]
        day = horizon.instant(t)
        return any(r.position == position and r.start <= day for r in line.rotations.get(person, ())) and not any(
            a.period <= t for a in line.appointments.get(person, ())
        )

    def brought(kind: str, position: PositionId, t: int, cohort: Cohort | None = None) -> int:
        """How many sit there who came by a loose move of the kind, of a cohort or of all."""
        day = horizon.instant(t)
        came = [i for k, i, *where in loosely if k == kind and where[0] == position and where[1] <= t]
        return sum(line.post_of(i, day) == position and cohort in (None, standing.expected.cohort(i)) for i in came)

    def turned(person: PersonId, first: PositionId, t: int) -> bool:
        """Whether the person sits there who came to the class by a loose rotation."""
        came = [where for k, i, *where in loosely if k == "v" and i == person]
        there = line.post_of(person, horizon.instant(t))
        return any(p == there and since <= t and moves and moves.rotate.first_of[p] == first for p, since in came)

    waits: dict[PositionId, list[tuple[int, int]]] = {}

    def waiting(position: PositionId, t: int) -> tuple[int, int]:
        """Seats that are empty, and acted for, and whose waiting is excused."""
        if position not in waits:
            waits[position] = excused(line, standing.bound, position)
        return waits[position][t]

    def waiting_loosely(position: PositionId, t: int, halves: int) -> int:
        """Seats that wait for those who come there by a loose appointment."""
        came = [(i, where[1]) for k, i, *where in loosely if k == "a" and where[0] == position]
        return sum(t in waited_for(standing.expected, standing.bound, i, position, s, halves) for i, s in came)

    values: dict[str, Callable[..., float]] = {
        "open": lambda session: session in attended,
        "occ": on_rotation,
        "F": lambda p, t, cohort: brought("a", p, t, cohort),
        "R": lambda p, t: brought("v", p, t),
        "came": lambda p, t: sum(k == "v" and where == [p, t] for k, _, *where in loosely),
        "ow": turned,
        "ka": lambda p, t: any(k == "k" and where == [p, t] for k, _, *where in loosely),
        "m": lambda p, t: line.empty(p, t) - min(line.empty(p, t), len(line.acting(p, t))),
        "s": lambda p, t: max(0, len(line.holders(p, horizon.instant(t))) - ground.seats[p]),
        "k0": lambda p, t: bool(line.acting(p, t)),
        "b": lambda i, p: ("g", i, p) in decided and all(a.position != p for a in line.appointments.get(i, ())),
        "y": lambda i, p: i in ready[p],
        "dropped": lambda i, p: (i, p) in dropped,
        "z1": lambda p: p not in standing.designated,
        "zd": lambda p: max(0, ground.case.position[p].successors - len(ready[p])),
        "off": lambda i, p: any(
            a.position == p and a.judged_on > ground.plan_day(p) and i not in standing.names_on(p, a.judged_on)
            for a in line.appointments.get(i, ())
        ),
        "we": lambda p, t: waiting(p, t)[0],
        "wa": lambda p, t: waiting(p, t)[1],
        "wl": waiting_loosely,
        "nopath": lambda i, p, gap, day: i in line.list_in_force(p, dt.date.max) and line.closed_on(i, gap) > day,
        "late": lambda i, gap, due: line.closed_on(i, gap) > due,
        "passing": lambda i, p: (
            ("x", i, p) in decided
            and any(
                a.position != p and ground.order(a.position) >= ground.order(p) for a in line.appointments.get(i, ())
            )
        ),
        "slack": lambda *breach: amounts.get(breach, 0),
    }
    result = np.zeros(len(program.keys))
    defined = {column for column, _ in program.definitions}
    for column, key in enumerate(program.keys):
        if column not in defined:
            kind = str(key[0])
            result[column] = values[kind](*key[1:]) if kind in values else key in decided
    for column, expr in program.definitions:
        result[column] = expr.constant + sum(factor * result[c] for c, factor in expr.terms.items())
    return result
