"""The solvers themselves: a relaxation through MathOpt, a search through HiGHS. Runs in the child process only.

MathOpt takes the model from arrays. The search talks to HiGHS directly, for what MathOpt does not pass on to it:
a start, and each better plan and bound as it comes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import highspy
import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from planner.engine.solvers_spec import Found, Relaxed, SearchSpec
from planner.program.arrays import Arrays, Floats

SMALL = 400_000
"""Non-zeros up to which the simplex is quicker than a first-order method."""


def to_proto(arrays: Arrays, cost: Floats) -> model_pb2.ModelProto:
    """A MathOpt model from arrays at once, several times quicker than element by element."""
    model = model_pb2.ModelProto()
    rows, columns = arrays.shape
    variables, constraints = model.variables, model.linear_constraints
    variables.ids.extend(range(columns))
    variables.lower_bounds.extend(arrays.lower.tolist())
    variables.upper_bounds.extend(arrays.upper.tolist())
    variables.integers.extend([False] * columns)
    constraints.ids.extend(range(rows))
    constraints.lower_bounds.extend(arrays.lo.tolist())
    constraints.upper_bounds.extend(arrays.hi.tolist())
    matrix = arrays.matrix.tocsr()
    matrix.sort_indices()
    counts = np.diff(matrix.indptr)
    model.linear_constraint_matrix.row_ids.extend(np.repeat(np.arange(rows), counts).tolist())
    model.linear_constraint_matrix.column_ids.extend(matrix.indices.tolist())
    model.linear_constraint_matrix.coefficients.extend(matrix.data.tolist())
    used = np.flatnonzero(cost)
    model.objective.linear_coefficients.ids.extend(used.tolist())
    model.objective.linear_coefficients.values.extend(cost[used].tolist())
    return model


def relax(arrays: Arrays, cost: Floats, seconds: float) -> Relaxed | None:
    """The relaxation's point and row duals, or None. Neither need be exact: the bound is computed from any duals."""
    model = mathopt.Model.from_model_proto(to_proto(arrays, cost))
    solver = mathopt.SolverType.GLOP if arrays.matrix.nnz <= SMALL else mathopt.SolverType.PDLP
    parameters = mathopt.SolveParameters(time_limit=dt.timedelta(seconds=max(0.01, seconds)))
    result = mathopt.solve(model, solver, params=parameters)
    if not result.solutions or not result.solutions[0].dual_solution:
        return None
    duals = np.zeros(arrays.shape[0])
    for constraint, value in result.solutions[0].dual_solution.dual_values.items():
        duals[constraint.id] = value
    point = np.zeros(arrays.shape[1])
    if result.solutions[0].primal_solution:
        for variable, value in result.solutions[0].primal_solution.variable_values.items():
            point[variable.id] = value
    return Relaxed(point, duals)


def search(
    arrays: Arrays, cost: Floats, start: Floats | None, spec: SearchSpec, say: Callable[[str, object], None]
) -> Found:
    """Minimise over whole values. Says ("better", point) and ("bound", value) on the way."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    # One number of threads for the life of the process: HiGHS refuses a second one without a word.
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", spec.seed)
    highs.setOptionValue("mip_rel_gap", spec.relative_gap)
    highs.setOptionValue("mip_abs_gap", spec.absolute_gap)
    if spec.seconds is not None:
        highs.setOptionValue("time_limit", float(spec.seconds))
    if spec.nodes is not None:
        highs.setOptionValue("mip_max_nodes", int(spec.nodes))
    highs.passModel(_to_highs(arrays, cost))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        highs.setSolution(solution)

    def better(event: object) -> None:
        say("better", np.array(event.data_out.mip_solution))  # type: ignore[attr-defined]

    def bound(event: object) -> None:
        say("bound", float(event.data_out.mip_dual_bound))  # type: ignore[attr-defined]

    highs.cbMipImprovingSolution.subscribe(better)
    highs.cbMipLogging.subscribe(bound)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    has_point = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    point = np.array(highs.getSolution().col_value) if has_point else None
    name = {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
    }.get(status, "stopped")
    proved = float(info.mip_dual_bound) if np.isfinite(info.mip_dual_bound) else -np.inf
    return Found(name, point, proved)


def _to_highs(arrays: Arrays, cost: Floats) -> highspy.HighsLp:
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
