"""The independent optimum: CP-SAT on the same program, tier by tier, with no bound, cut or heuristic of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from planner.program import Arrays, Program
from planner.program.arrays import Floats

Row = tuple[Mapping[int, int], float, float]
"""Coefficients by column, and the bounds between which their sum lies."""


@dataclass(frozen=True)
class Optimum:
    """One optimal point, and the value of every tier."""

    values: tuple[int, ...]
    point: Floats


def solve(arrays: Arrays, objective: Floats | None = None, rows: Iterable[Row] = ()) -> Floats | None:
    """A point that is optimal (without an objective: that is feasible); None where none exists."""
    model = cp_model.CpModel()
    columns = [
        model.new_int_var(int(lower), int(upper), str(n))
        for n, (lower, upper) in enumerate(zip(arrays.lower, arrays.upper, strict=True))
    ]
    matrix = arrays.matrix
    for n, (lo, hi) in enumerate(zip(arrays.lo, arrays.hi, strict=True)):
        span = slice(matrix.indptr[n], matrix.indptr[n + 1])
        terms = dict(zip(matrix.indices[span].tolist(), matrix.data[span].astype(int).tolist(), strict=True))
        _post(model, columns, (terms, lo, hi))
    for row in rows:
        _post(model, columns, row)
    if objective is not None:
        wanted = np.flatnonzero(objective)
        model.minimize(sum(int(objective[n]) * columns[n] for n in wanted))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = 60
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    return np.array([solver.value(column) for column in columns], float)


def _post(model: cp_model.CpModel, columns: Sequence[cp_model.IntVar], row: Row) -> None:
    terms, lo, hi = row
    total = sum(factor * columns[n] for n, factor in terms.items())
    if np.isfinite(lo):
        model.add(total >= int(lo))
    if np.isfinite(hi):
        model.add(total <= int(hi))


def tier_row(program: Program, tier: Iterable[str], value: int) -> Row:
    """goal ≤ value, as the next tier is given it."""
    objective, constant = program.objective(tier)
    terms = {int(n): int(objective[n]) for n in np.flatnonzero(objective)}
    return terms, -np.inf, value - constant


def optimum(program: Program, tiers: Iterable[Sequence[str]]) -> Optimum | None:
    """The lexicographic optimum; None where no plan satisfies the rows."""
    arrays, rows, values = program.freeze(), [], []
    point = solve(arrays)
    if point is None:
        return None
    for tier in tiers:
        objective, constant = program.objective(tier)
        point = solve(arrays, objective, rows)
        assert point is not None
        values.append(round(float(objective @ point)) + constant)
        rows.append(tier_row(program, tier, values[-1]))
    assert point is not None
    return Optimum(tuple(values), point)
