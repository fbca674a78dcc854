"""A relaxation made tighter by cuts, each round from the vertex of the last. Runs in the child process only."""

from __future__ import annotations

import time
from collections.abc import Callable

import highspy
import numpy as np
import scipy.sparse as sp

from planner.engine.cuts import Cuts, cuts_at
from planner.engine.highs import begin_at, by_interior_point, by_simplex, duals_for, quiet, to_highs
from planner.engine.slim import Slim
from planner.engine.solvers_spec import Basis, Relaxed, Tighter
from planner.program.arrays import Arrays, Floats

MOST_CUTS = 500
"""Of a round."""

IDLE_ROUNDS, LITTLE = 3, 1e-5
"""So many rounds in a row that each gain less than this part end it."""


def tighten(
    whole: Arrays,
    left: Slim,
    basis: Basis | None,
    first: Floats | None,
    size: float | None,
    seconds: float | None,
    say: Callable[[str, object], None],
    cancelled: Callable[[], bool],
) -> None:
    """Says ("tighter", Tighter) after each round; its cuts are rows over the columns of the whole.

    `left` is what is left of the whole for some cost, with the basis of its relaxation; the whole may lack rows of it:
    cuts come of the rows of the whole alone, and hold wherever those do. Without a basis it is relaxed first, which is
    said too. With each round the duals of the `first` of two goals alone, where the cost weighs two.
    What gains little is measured by the `size` of the bound that this is a part of, or else by its own value.
    """
    began, new = time.monotonic(), basis is None
    highs = quiet()
    highs.passModel(to_highs(left.arrays.relaxed(), left.cost))
    if basis is None:
        by_interior_point(highs)
    else:
        by_simplex(highs)
        begin_at(highs, basis)
    for interrupt in (highs.cbSimplexInterrupt, highs.cbIpmInterrupt):
        interrupt.subscribe(lambda event: event.interrupt() if cancelled() else None)
    known = Cuts(sp.csr_array((0, whole.shape[1])), np.zeros(0))
    best, idle = -np.inf, 0
    while idle < IDLE_ROUNDS and not cancelled():
        if seconds is not None:
            if time.monotonic() - began >= seconds:
                return
            highs.setOptionValue("time_limit", highs.getRunTime() + seconds - (time.monotonic() - began))
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        solution, value = highs.getSolution(), float(highs.getInfo().objective_function_value)
        point, duals = np.array(solution.col_value), np.array(solution.row_dual)
        if len(known) or new:
            of_first = None if first is None else duals_for(highs, first, left.cost)
            say("tighter", _told(point, duals, of_first, known, left.rows.size))
        by_simplex(highs)
        idle = 0 if value > best + LITTLE * abs(value if size is None else size) else idle + 1
        best = max(best, value)
        found = cuts_at(whole, left.whole_point(point), MOST_CUTS, known)
        if not len(found):
            return
        _post(highs, left, found)
        known = known.and_(found)


def _told(point: Floats, duals: Floats, first: Floats | None, cuts: Cuts, rows: int) -> Tighter:
    """Without the cuts that do not bind, which come after so many rows."""
    used = duals[rows:] != 0
    if first is not None:
        used |= first[rows:] != 0
    relaxed = Relaxed(point, duals[:rows], first=None if first is None else first[:rows])
    of_first = None if first is None else first[rows:][used]
    return Tighter(relaxed, cuts.only(used), duals[rows:][used], of_first)


def _post(highs: highspy.Highs, left: Slim, cuts: Cuts) -> None:
    """Over the columns that are left, the others at their values."""
    rows = sp.csr_array(cuts.matrix[:, left.columns])
    most = cuts.most - cuts.matrix @ left.base
    starts, least = rows.indptr[:-1].astype(np.int32), np.full(len(cuts), -highspy.kHighsInf)
    highs.addRows(len(cuts), least, most, rows.nnz, starts, rows.indices.astype(np.int32), rows.data)
