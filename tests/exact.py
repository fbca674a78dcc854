"""The independent optimum: CP-SAT on the same program, tier by tier, with no bound, cut or heuristic of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from planner.program import Arrays, Program
from planner.program.arrays import Floats

Row = tuple[Mapping[int, float], float, float]
"""Coefficients by column, and the bounds between which their sum lies."""


@dataclass(frozen=True)
class Optimum:
    """The value of every tier, and a point that has it and those before."""

    values: tuple[int, ...]
    points: tuple[Floats, ...]


def solver() -> cp_model.CpSolver:
    """One worker, so that the tests can run side by side."""
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.linearization_level = 2
    made.parameters.max_time_in_seconds = 60
    return made


def build(arrays: Arrays) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """The rows and columns as they stand. All columns are whole here: where the program lets a column be continuous, a
    whole value must be as good."""
    model = cp_model.CpModel()
    columns = [
        model.new_int_var(int(lower), int(upper), f"c{n}")
        for n, (lower, upper) in enumerate(zip(arrays.lower, arrays.upper, strict=True))
    ]
    indptr, indices, data = arrays.matrix.indptr, arrays.matrix.indices, arrays.matrix.data
    for n, (lo, hi) in enumerate(zip(arrays.lo, arrays.hi, strict=True)):
        part = slice(indptr[n], indptr[n + 1])
        _post(model, columns, (dict(zip(indices[part].tolist(), data[part].tolist(), strict=True)), lo, hi))
    return model, columns


def total(columns: Sequence[cp_model.IntVar], terms: Mapping[int, float]) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum([columns[n] for n in terms], [int(v) for v in terms.values()])


def _post(model: cp_model.CpModel, columns: Sequence[cp_model.IntVar], row: Row) -> None:
    terms, lo, hi = row
    model.add_linear_constraint(
        total(columns, terms),
        cp_model.INT_MIN if lo == -np.inf else int(lo),
        cp_model.INT_MAX if hi == np.inf else int(hi),
    )


def _best(model: cp_model.CpModel, columns: Sequence[cp_model.IntVar]) -> Floats | None:
    """An optimal point of the model as it stands; None where none exists."""
    search = solver()
    status = search.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, search.status_name(status)
    return np.array([search.value(column) for column in columns], float)


def solve(arrays: Arrays, objective: Floats | None = None, rows: Iterable[Row] = ()) -> Floats | None:
    """A point that is optimal (without an objective: that is feasible); None where none exists."""
    model, columns = build(arrays)
    for row in rows:
        _post(model, columns, row)
    if objective is not None:
        model.minimize(total(columns, _terms(objective)))
    return _best(model, columns)


def _terms(vector: Floats) -> dict[int, int]:
    return {int(n): int(vector[n]) for n in np.flatnonzero(vector)}


def tier_row(program: Program, tier: Iterable[str], value: int) -> Row:
    """goal ≤ value, as the next tier is given it."""
    objective, constant = program.objective(tier)
    return _terms(objective), -np.inf, value - constant


def optimum(program: Program, tiers: Iterable[Sequence[str]]) -> Optimum | None:
    """The lexicographic optimum; None where no plan satisfies the rows."""
    model, columns = build(program.freeze())
    values: list[int] = []
    points: list[Floats] = []
    for tier in tiers:
        objective, constant = program.objective(tier)
        model.minimize(total(columns, _terms(objective)))
        point = _best(model, columns)
        if point is None:
            return None
        values.append(round(float(objective @ point)) + constant)
        points.append(point)
        model.clear_objective()
        _post(model, columns, tier_row(program, tier, values[-1]))
    return Optimum(tuple(values), tuple(points))
