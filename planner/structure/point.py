"""point(plan): the value of every column, by its definition, for a plan seen through its standing.

The twin of extraction: it judges plans by rows without a solver, starts a search, and checks the engine's figures.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from planner.program import Program
from planner.program.arrays import Floats
from planner.program.program import Key
from planner.standing import Standing


class RefusedError(Exception):
    """The plan takes a decision for which there is no column: some fact or personal rule refuses it."""

    def __init__(self, key: Key) -> None:
        self.key = key
        super().__init__(str(key))


def decided_keys(standing: Standing) -> set[Key]:
    """The decision columns that are 1 in the plan."""
    plan = standing.line.plan
    keys: set[Key] = {("x", e.person, e.position) for e in plan.pools if e.status != "remove"}
    keys |= {("u", p.person, p.session) for p in plan.training}
    keys |= {("v", r.person, r.position, r.period) for r in plan.rotations}
    keys |= {("a", a.person, a.position, a.period) for a in plan.appointments}
    keys |= {("k", c.person, c.position, c.period) for c in plan.covers}
    keys |= {("g", s.person, s.position) for s in plan.successors if s.person is not None}
    return keys


def point(program: Program, standing: Standing) -> Floats:
    """The value of each column (columns,). Raises RefusedError where a decision has no column."""
    decided = decided_keys(standing)
    for key in decided:
        if key not in program:
            raise RefusedError(key)
    line, ground = standing.line, standing.ground
    horizon = ground.horizon
    amounts = {v.key: v.amount for rule in standing.bound.rules for v in rule.check(line)}
    dropped = {(e.person, e.position) for e in line.plan.pools if e.cause in ("replaced", "decided")}
    attended = {p.session for p in line.plan.training}
    ready = {p: set(standing.ready_names(p, standing.expected.wanted_by[p])) for p in ground.full_time}

    def on_rotation(person, position, t):  # type: ignore[no-untyped-def]
        day = horizon.instant(t)
        return any(r.position == position and r.start <= day for r in line.rotations.get(person, ())) and not any(
            a.period <= t for a in line.appointments.get(person, ())
        )

    values: dict[str, Callable[..., float]] = {
        "open": lambda session: session in attended,
        "occ": on_rotation,
        "m": lambda p, t: line.empty(p, t) - min(line.empty(p, t), len(line.acting(p, t))),
        "s": lambda p, t: max(0, len(line.holders(p, horizon.instant(t))) - ground.seats[p]),
        "k0": lambda p, t: bool(line.acting(p, t)),
        "b": lambda i, p: ("g", i, p) in decided or any(a.position == p for a in line.appointments.get(i, ())),
        "y": lambda i, p: i in ready[p],
        "dropped": lambda i, p: (i, p) in dropped,
        "z1": lambda p: p not in standing.designated,
        "zd": lambda p: max(0, ground.case.position[p].successors - len(ready[p])),
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
