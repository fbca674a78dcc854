"""The solvers themselves: a relaxation through MathOpt, a search through HiGHS. Runs in the child process only.

MathOpt takes the model from arrays. The search talks to HiGHS directly, for what MathOpt does not pass on to it:
a start, and each better plan and bound as it comes.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import highspy
import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat import sat_parameters_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter

from planner.engine.bound import SCALE, dual_bound
from planner.engine.first_order import close_duals, first_order, sparse_point
from planner.engine.highs import by_interior_point, duals_for, quiet, relaxed_by, to_highs, within
from planner.engine.solvers_spec import Found, Relaxed, SearchSpec
from planner.engine.tighten import tighten
from planner.program.arrays import Arrays, Floats

__all__ = [
    "relax", "relax_at_prices", "relax_both", "relax_closely", "relax_exactly", "relax_fairly", "relax_nearly",
    "relax_roughly", "relax_sparsely", "relax_tilted", "search", "search_by_clauses", "tighten",
]  # fmt: skip
"""What the child process is asked for by name."""

WATCH = 0.05

Say = Callable[[str, object], None]
Cancelled = Callable[[], bool]

NEARLY = 1e-4
"""Relative exactness of a relaxation. A bound is computed from whatever duals it ends with."""

CLOSELY, VAST = 3e-4, 4_000_000
"""The same, of one with more non-zeros than that: heads of 6,000 posts bound to 0.8 % after 98 s, and to NEARLY not yet
in some 350 (benchmarks/NOTES.md)."""

INTERIOR = 1_000_000
"""Non-zeros up to which an interior point method is as quick as a first-order one, and exact. At 1,200 posts it takes
160 s where the other takes 45, and 220 s for duals that are worth nothing where heads and posts count together. Up to
there the simplex ends too where the cost is tilted: in 3 s of 300,000, not in 300 s of 1.2 million (6,000 posts)."""

NEAR_VERTEX = 1e-5
"""Relative gap at which an interior point method is left next to a vertex of a tilted cost."""

SIMPLEX_STALLS = 80_000
"""Columns from which the first relaxation of a search is quicker by an interior point method and a crossover."""

ROUGHLY = 1e-2
"""The same, of one that only tells which moves are worth a name: heads of 1,200 posts in 2 s, and to NEARLY in 9."""

FAIRLY, FAIR = (1e-3, 3e-4), 0.9
"""The same, where goals of tiers before count in the cost: the first for which our bound comes to this part of it. What
a first-order method takes for near is at times reached after a second, far away; in earnest it takes 11 to 28 s.
To the last of these it takes 15 to 38 for a bound that is 0.4 % better at most."""

MANY = 12_000
"""Columns beyond which no column is probed before a search."""

NO_PROBING = 1 << 15
"""HiGHS 1.16: to probe each column takes longer than to search, where there are many thousand."""

SIMPLEX = 100_000
"""Non-zeros up to which the simplex, whose duals are exact, is quick even where flows make it stall."""


def to_proto(arrays: Arrays, cost: Floats, *, whole: bool) -> model_pb2.ModelProto:
    """A MathOpt model from arrays at once, several times quicker than element by element; all columns whole or none."""
    model = model_pb2.ModelProto()
    rows, columns = arrays.shape
    variables, constraints = model.variables, model.linear_constraints
    variables.ids.extend(range(columns))
    variables.lower_bounds.extend(arrays.lower.tolist())
    variables.upper_bounds.extend(arrays.upper.tolist())
    variables.integers.extend([whole] * columns)
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


def relax(arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled) -> Relaxed | None:
    """The relaxation's point and row duals, or None. Neither need be exact: the bound is computed from any duals."""
    method = relax_exactly if arrays.matrix.nnz <= SIMPLEX else relax_nearly
    return method(arrays, cost, seconds, say, cancelled)


def relax_exactly(
    arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled
) -> Relaxed | None:
    """By the simplex."""
    model = mathopt.Model.from_model_proto(to_proto(arrays, cost, whole=False))
    limit = None if seconds is None else dt.timedelta(seconds=max(0.01, seconds))
    result = mathopt.solve(model, mathopt.SolverType.GLOP, params=mathopt.SolveParameters(time_limit=limit))
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


def relax_roughly(
    arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled
) -> Relaxed | None:
    """A point near the relaxation's; its duals are worth nothing."""
    return first_order(arrays, cost, seconds, ROUGHLY)


def relax_fairly(arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled) -> Relaxed | None:
    """A point near the relaxation's, and duals that bound to a per cent, of programs too large for more."""
    began, relaxed = time.monotonic(), None
    for tolerance in FAIRLY:
        relaxed = first_order(arrays, cost, _left(seconds, began), tolerance) or relaxed
        if relaxed is None or cancelled():
            return relaxed
        if dual_bound(arrays, cost, relaxed.duals).scaled >= FAIR * SCALE * float(cost @ relaxed.point):
            return relaxed
    return relaxed


def relax_closely(
    arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled
) -> Relaxed | None:
    """Duals that bound better than those of `relax_fairly`; its point is worth nothing."""
    return close_duals(arrays, cost, seconds)


def relax_at_prices(
    arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled
) -> Relaxed | None:
    """The same to the first tolerance at any rate: 1,200 posts in 7 to 20 s, to the second in 20 to 80."""
    return first_order(arrays, cost, seconds, FAIRLY[0])


def relax_tilted(arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled) -> Relaxed | None:
    """By the simplex, which does not stall on the flows of classes where each decision has a cost of its own.

    What two goals of 1,200 posts use takes it 5 to 10 s on three seeds, an interior point method 14 to 18, and a
    first-order method 5 s, 10 s or no end.
    """
    if arrays.matrix.nnz > INTERIOR:
        return sparse_point(arrays, cost, seconds)
    highs = quiet()
    highs.setOptionValue("solver", "simplex")
    return relaxed_by(highs, arrays, cost, seconds)


def relax_sparsely(
    arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled
) -> Relaxed | None:
    """As nearly, and where it is large only next to a vertex, of which a search is to know what it uses."""
    if arrays.matrix.nnz <= INTERIOR:
        return relax_nearly(arrays, cost, seconds, say, cancelled)
    highs = quiet()
    by_interior_point(highs, to_a_vertex=False)
    highs.setOptionValue("ipm_optimality_tolerance", NEAR_VERTEX)
    return relaxed_by(highs, arrays, cost, seconds)


def relax_nearly(arrays: Arrays, cost: Floats, seconds: float | None, say: Say, cancelled: Cancelled) -> Relaxed | None:
    """By an interior point method, where a simplex stalls on the flows of classes; by another where that fails."""
    return relax_both(arrays, cost, None, seconds, say, cancelled)


def relax_both(
    arrays: Arrays, cost: Floats, first: Floats | None, seconds: float | None, say: Say, cancelled: Cancelled
) -> Relaxed | None:
    """The same of two goals weighed in one cost: from the same vertex also the duals of the first alone, whose cost is
    given too, (columns,)."""
    if arrays.matrix.nnz > INTERIOR:
        return first_order(arrays, cost, seconds, NEARLY if arrays.matrix.nnz <= VAST else CLOSELY)
    began = time.monotonic()
    relaxed = _interior(arrays, cost, seconds, first)
    if relaxed is not None:
        return relaxed
    if arrays.matrix.nnz <= SIMPLEX:
        return relax_exactly(arrays, cost, _left(seconds, began), say, cancelled)
    return first_order(arrays, cost, _left(seconds, began), NEARLY)


def _interior(arrays: Arrays, cost: Floats, seconds: float | None, first: Floats | None) -> Relaxed | None:
    highs = quiet()
    by_interior_point(highs)
    relaxed = relaxed_by(highs, arrays, cost, seconds)
    if relaxed is None or first is None:
        return relaxed
    return replace(relaxed, first=duals_for(highs, first, cost))


def search(
    arrays: Arrays, cost: Floats, start: Floats | None, spec: SearchSpec, say: Say, cancelled: Cancelled
) -> Found:
    """Minimise over whole values by HiGHS. Says ("better", point) and ("bound", value) on the way."""
    began = time.monotonic()
    found, claimed = _search(arrays, cost, start, spec, say, cancelled)
    # HiGHS 1.16 may take a start for a better point of its presolved model, end, and give the start back.
    if start is None or found.point is None or cost @ found.point < claimed + 0.5:
        return found
    again, _ = _search(arrays, cost, None, replace(spec, seconds=_left(spec.seconds, began)), say, cancelled)
    if again.point is None or cost @ again.point > cost @ found.point:
        return replace(again, status="stopped", point=found.point)
    return again


def _search(
    arrays: Arrays, cost: Floats, start: Floats | None, spec: SearchSpec, say: Say, cancelled: Cancelled
) -> tuple[Found, float]:
    """One run of HiGHS, and the value that it claims for its point."""
    highs = quiet()
    highs.setOptionValue("random_seed", spec.seed)
    if arrays.shape[1] > MANY:
        highs.setOptionValue("presolve_rule_off", NO_PROBING)
    if arrays.shape[1] > SIMPLEX_STALLS and not spec.by_simplex:
        highs.setOptionValue("mip_lp_solver", "ipx")
    highs.setOptionValue("mip_rel_gap", spec.relative_gap)
    highs.setOptionValue("mip_abs_gap", spec.absolute_gap)
    within(highs, spec.seconds)
    if spec.nodes is not None:
        highs.setOptionValue("mip_max_nodes", int(spec.nodes))
    highs.passModel(to_highs(arrays, cost))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        highs.setSolution(solution)

    def better(event: object) -> None:
        say("better", np.array(event.data_out.mip_solution))  # type: ignore[attr-defined]

    def bound(event: object) -> None:
        say("bound", float(event.data_out.mip_dual_bound))  # type: ignore[attr-defined]

    def interrupt(event: object) -> None:
        if cancelled():
            event.interrupt()  # type: ignore[attr-defined]

    highs.cbMipInterrupt.subscribe(interrupt)
    highs.cbMipImprovingSolution.subscribe(better)
    highs.cbMipLogging.subscribe(bound)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    has_point = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    point = np.array(highs.getSolution().col_value) if has_point else None
    proved = float(info.mip_dual_bound) if np.isfinite(info.mip_dual_bound) else -np.inf
    claimed = float(info.objective_function_value)
    if status == highspy.HighsModelStatus.kOptimal:
        # Where the presolve leaves nothing to search HiGHS 1.16 tells a bound of 0: what "optimal" means is better.
        meant = claimed - max(spec.absolute_gap, spec.relative_gap * abs(claimed))
        return Found("optimal", point, max(proved, meant)), claimed
    return Found("infeasible" if status == highspy.HighsModelStatus.kInfeasible else "stopped", point, proved), claimed


def search_by_clauses(
    arrays: Arrays, cost: Floats, start: Floats | None, spec: SearchSpec, say: Say, cancelled: Cancelled
) -> Found:
    """The same by CP-SAT, with one worker as a rule: often quicker to a good plan where lists and places interlock."""
    model = mathopt.Model.from_model_proto(to_proto(arrays, cost, whole=True))
    columns = list(model.variables())
    hints = []
    if start is not None:
        hints.append(mathopt.SolutionHint(variable_values=dict(zip(columns, start.tolist(), strict=True))))
    parameters = mathopt.SolveParameters(
        threads=spec.threads,
        random_seed=spec.seed,
        relative_gap_tolerance=spec.relative_gap,
        absolute_gap_tolerance=spec.absolute_gap,
        time_limit=None if spec.seconds is None else dt.timedelta(seconds=spec.seconds),
        # With one worker the default leaves out the rows that most need a relaxation.
        cp_sat=sat_parameters_pb2.SatParameters(linearization_level=2),
    )
    interrupter = SolveInterrupter()

    def found(data: mathopt.CallbackData) -> mathopt.CallbackResult:
        if data.solution is not None:
            say("better", np.array([data.solution[column] for column in columns]))
        if cancelled():
            interrupter.interrupt()
        return mathopt.CallbackResult()

    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(WATCH):
            if cancelled():
                interrupter.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        result = mathopt.solve(
            model,
            mathopt.SolverType.CP_SAT,
            params=parameters,
            model_params=mathopt.ModelSolveParameters(solution_hints=hints),
            callback_reg=mathopt.CallbackRegistration(events={mathopt.Event.MIP_SOLUTION}),
            cb=found,
            interrupter=interrupter,
        )
    finally:
        ended.set()
    reason, bound = result.termination.reason, result.termination.objective_bounds.dual_bound
    point = None
    if result.has_primal_feasible_solution():
        values = result.variable_values()
        point = np.array([values[column] for column in columns])
    if reason == mathopt.TerminationReason.OPTIMAL:
        return Found("optimal", point, bound)
    return Found("infeasible" if reason == mathopt.TerminationReason.INFEASIBLE else "stopped", point, bound)


def _left(seconds: float | None, began: float) -> float | None:
    return None if seconds is None else max(0.0, seconds - (time.monotonic() - began))
