"""Relaxations by a first-order method: a point and duals near the best, of programs too large for anything else."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import highspy
import numpy as np

from planner.engine.highs import quiet, relaxed_by, to_highs, within
from planner.engine.solvers_spec import Relaxed
from planner.program.arrays import Arrays, Bools, Floats

FAR = 50
"""Of how many a column may count without keeping a first-order method from its end: its row is as long, and each step
as short as the longest rows ask for. At 1,200 posts 40 columns count who sits in a class of posts; without their 3,000
rows a bound is 59,865 after 21 s, with them 59,248 after 115 (benchmarks/NOTES.md)."""

MOST_STEPS = 50_000
"""2,000 to 40,000 are needed where it converges; on some small programs it never does."""

STOPPED = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kIterationLimit)
"""HiGHS 1.16 gives zeros then, and calls them valid where it has no presolve of its own to undo."""


@dataclass(frozen=True)
class Ballast:
    """What rows, reduced costs and the gap are to be exact to, each for itself.

    HiGHS 1.16 has one tolerance for the three, and goes on for all. It measures each in the size of what it is of: the
    norm of the right-hand sides and of the costs, and the values of point and duals. A row and columns that touch
    nothing else make these larger.
    """

    tolerance: float
    rows: float
    """Of the norm of the right-hand sides: that of the row's own."""
    costs: float
    """The same of the costs, in all its columns."""
    columns: int
    """How many: with the root of it grows what they cost together, and so what the gap may be."""


SPARSE = Ballast(3e-4, 2.0, 10.0, 400)
"""A point of few moves. It is there once rows hold and the value is near the least, long before the duals are exact: of
what two goals of 6,000 posts use it takes 35 to 37 s (two seeds, two tilts each) where it took 240 to 500."""

CLOSE = Ballast(7e-5, 30.0, 0.6, 10_000)
"""Duals that bound closely, whatever the point and the gap come to."""


def first_order(arrays: Arrays, cost: Floats, seconds: float | None, tolerance: float) -> Relaxed | None:
    """Until rows, reduced costs and the gap are exact to the tolerance, each for its size.

    Without the rows through columns that count far: their duals are 0, and the point need not satisfy them.
    """
    near, highs = _near(arrays), _steps(tolerance)
    relaxed = relaxed_by(highs, arrays.rows(near), cost, seconds)
    return None if relaxed is None or highs.getModelStatus() in STOPPED else _with_all(relaxed, near)


def sparse_point(arrays: Arrays, cost: Floats, seconds: float | None) -> Relaxed | None:
    """A point near a vertex, where each decision has a cost of its own; its duals are worth nothing."""
    return _under(SPARSE, arrays, cost, seconds)


def close_duals(arrays: Arrays, cost: Floats, seconds: float | None) -> Relaxed | None:
    """Duals that bound better than those to 1e-3: at 6,000 posts in 156 to 213 s, where those take 95 to 208."""
    return _under(CLOSE, arrays, cost, seconds)


def _under(ballast: Ballast, arrays: Arrays, cost: Floats, seconds: float | None) -> Relaxed | None:
    began = time.monotonic()
    near = _near(arrays)
    highs = quiet()
    within(highs, seconds)
    highs.passModel(to_highs(arrays.rows(near).relaxed(), cost))
    highs.presolve()  # of more rounds than before the method: with less it ends in the middle of a face
    status, of = highs.getModelPresolveStatus(), highspy.HighsPresolveStatus
    if status not in (of.kReduced, of.kNotReduced):
        return first_order(arrays, cost, seconds, ballast.tolerance)  # the presolve has solved it
    left = None if seconds is None else max(0.0, seconds - (time.monotonic() - began))
    found = _steps_under(ballast, highs.getPresolvedLp() if status == of.kReduced else highs.getLp(), left)
    if found is None:
        return None
    if status == of.kReduced:
        highs.postsolve(found)
        found = highs.getSolution()
    return _with_all(Relaxed(np.array(found.col_value), np.array(found.row_dual)), near)


def _steps_under(ballast: Ballast, lp: highspy.HighsLp, seconds: float | None) -> highspy.HighsSolution | None:
    columns, rows, more = lp.num_col_, lp.num_row_, ballast.columns
    lo, hi = np.array(lp.row_lower_), np.array(lp.row_upper_)
    sides = np.where(np.isfinite(lo), lo, hi)
    side = ballast.rows * float(np.linalg.norm(sides[np.isfinite(sides)]))
    each = ballast.costs * float(np.linalg.norm(lp.col_cost_)) / np.sqrt(more)
    ones, none, nothing = np.ones(more), np.zeros(more, np.int32), (np.array([], np.int32), np.array([], float))
    highs = _steps(ballast.tolerance)
    highs.setOptionValue("presolve", "off")  # it would throw the ballast out
    within(highs, seconds)
    highs.passModel(lp)
    highs.addCols(more, each * ones, ones, ones, 0, none, *nothing)
    highs.addCol(0.0, side, side, 0, *nothing)
    highs.addRow(side, side, 1, np.array([columns + more], np.int32), np.ones(1))
    highs.run()
    if highs.getModelStatus() in STOPPED:
        return None
    solution = highs.getSolution()
    found = highspy.HighsSolution()
    found.col_value, found.col_dual = list(solution.col_value)[:columns], list(solution.col_dual)[:columns]
    found.row_value, found.row_dual = list(solution.row_value)[:rows], list(solution.row_dual)[:rows]
    found.value_valid = found.dual_valid = True
    return found


def _near(arrays: Arrays) -> Bools:
    near: Bools = abs(arrays.matrix) @ (arrays.upper - arrays.lower > FAR).astype(float) == 0
    return near


def _with_all(relaxed: Relaxed, near: Bools) -> Relaxed:
    """With duals of the rows that were left out: (rows,)."""
    duals = np.zeros(near.size)
    duals[near] = relaxed.duals
    return replace(relaxed, duals=duals)


def _steps(tolerance: float) -> highspy.Highs:
    highs = quiet()
    highs.setOptionValue("solver", "hipdlp")
    highs.setOptionValue("run_crossover", "off")
    highs.setOptionValue("kkt_tolerance", tolerance)
    highs.setOptionValue("pdlp_iteration_limit", MOST_STEPS)
    return highs
