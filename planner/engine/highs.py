"""Programs in the arrays of HiGHS. Only the solvers' process loads it."""

from __future__ import annotations

import highspy
import numpy as np

from planner.engine.solvers_spec import Basis, Relaxed
from planner.program.arrays import Arrays, Floats

MOST_ITERATIONS = 300
"""Of the interior point method: 20 to 60 are needed; where costs lie many powers of ten apart it may never end."""

DUAL, PRIMAL = 1, 4
"""As HiGHS numbers the ways of its simplex."""

MOST_STEPS = 3_000
"""Of the duals for another cost, which some dozen find or which are not near. Not seconds: the same on each machine."""


def quiet() -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    # One number of threads for the life of the process: HiGHS refuses a second one without a word.
    highs.setOptionValue("threads", 1)
    return highs


def within(highs: highspy.Highs, seconds: float | None) -> None:
    """Of wall time, if that is limited at all."""
    if seconds is not None:
        highs.setOptionValue("time_limit", float(seconds))


def to_highs(arrays: Arrays, cost: Floats) -> highspy.HighsLp:
    rows, columns = arrays.shape
    matrix = arrays.matrix.tocsr()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = arrays.lower, arrays.upper
    model.row_lower_, model.row_upper_ = arrays.lo, arrays.hi
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(flag)] for flag in arrays.integer]
    return model


def relaxed_by(highs: highspy.Highs, arrays: Arrays, cost: Floats, seconds: float | None) -> Relaxed | None:
    """What it comes to in the time, the way that it is told to go; None where that leaves no duals."""
    within(highs, seconds)
    highs.passModel(to_highs(arrays.relaxed(), cost))
    highs.run()
    solution = highs.getSolution()
    if not solution.dual_valid:
        return None
    return Relaxed(np.array(solution.col_value), np.array(solution.row_dual), basis_of(highs))


def by_interior_point(highs: highspy.Highs, *, to_a_vertex: bool = True) -> None:
    """From the next run on; next to a vertex there is no crossover, which may take longer than all before."""
    highs.setOptionValue("solver", "ipx")
    highs.setOptionValue("run_crossover", "on" if to_a_vertex else "off")
    highs.setOptionValue("ipm_iteration_limit", MOST_ITERATIONS)


def by_simplex(highs: highspy.Highs) -> None:
    """From the next run on, from the vertex of the last: without a presolve, which would forget it."""
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("presolve", "off")


def duals_for(highs: highspy.Highs, cost: Floats, own: Floats) -> Floats | None:
    """Row duals for another cost, from the vertex of the last run, which is kept: (rows,). `own` is the cost of that.

    Where the other is the greater part of its own cost, the vertex is nearly one of the other's too: 29 steps of the
    primal simplex where a relaxation anew takes 8 s.
    """
    basis = basis_of(highs)
    if basis is None:
        return None
    columns, duals = np.arange(cost.size, dtype=np.int32), None
    limit = highs.getOptionValue("simplex_iteration_limit")[1]
    by_simplex(highs)
    highs.setOptionValue("simplex_strategy", PRIMAL)
    highs.setOptionValue("simplex_iteration_limit", MOST_STEPS)
    highs.changeColsCost(columns.size, columns, cost)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        duals = np.array(highs.getSolution().row_dual)
    highs.setOptionValue("simplex_strategy", DUAL)
    highs.setOptionValue("simplex_iteration_limit", limit)
    highs.changeColsCost(columns.size, columns, own)
    begin_at(highs, basis)
    return duals


def basis_of(highs: highspy.Highs) -> Basis | None:
    """Where a simplex would go on, if there is such a place."""
    basis = highs.getBasis()
    if not basis.valid:
        return None
    return Basis(
        *(np.array([int(status) for status in side], np.int8) for side in (basis.col_status, basis.row_status))
    )


def begin_at(highs: highspy.Highs, basis: Basis) -> None:
    found = highspy.HighsBasis()
    found.col_status = [highspy.HighsBasisStatus(int(status)) for status in basis.columns]
    found.row_status = [highspy.HighsBasisStatus(int(status)) for status in basis.rows]
    highs.setBasis(found)
