"""The same frozen program solved by CP-SAT: an optimum that owes nothing to the engine or its solver."""

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from planner.program import Arrays, Program


def solver() -> cp_model.CpSolver:
    """One worker, so that the tests can run side by side."""
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.linearization_level = 2
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
    for row, (lo, hi) in enumerate(zip(arrays.lo, arrays.hi, strict=True)):
        part = slice(indptr[row], indptr[row + 1])
        left = cp_model.LinearExpr.weighted_sum([columns[c] for c in indices[part]], data[part].astype(int).tolist())
        model.add_linear_constraint(
            left,
            cp_model.INT_MIN if lo == -np.inf else int(lo),
            cp_model.INT_MAX if hi == np.inf else int(hi),
        )
    return model, columns


def optimum(program: Program, tiers: Sequence[Sequence[str]]) -> list[tuple[int, np.ndarray]] | None:
    """Tier by tier the least value and a point that has it; None where no point satisfies the rows."""
    model, columns = build(program.freeze())
    search = solver()
    found = []
    for tier in tiers:
        costs, constant = program.objective(tier)
        used = np.flatnonzero(costs)
        goal = cp_model.LinearExpr.weighted_sum([columns[c] for c in used], costs[used].astype(int).tolist())
        model.minimize(goal)
        status = search.solve(model)
        if status != cp_model.OPTIMAL:
            assert status == cp_model.INFEASIBLE, search.status_name(status)
            return None
        value = round(search.objective_value)
        found.append((value + constant, np.array([search.value(c) for c in columns], float)))
        model.clear_objective()
        model.add(goal <= value)
    return found
