"""What goes to the solver's process and what comes back; loads no solver itself."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from planner.engine.cuts import Cuts
from planner.program.arrays import Floats

if TYPE_CHECKING:  # the solver's process reads no scenario, and starts without
    from planner.domain.scenario import SolveSpec

UNIT = 0.999
"""Goals are whole numbers: a bound within less than a unit of the plan proves it."""


FEWEST, MOST = 2, 8
"""Solvers at a time where nobody says how many: a bound and a plan are sought side by side, and each takes memory."""


def workers_of(spec: SolveSpec) -> int:
    """Solvers at a time, of a thread each. One where the work is counted: who is first among more is chance."""
    if spec.work is not None:
        return 1
    if spec.workers != "auto":
        return spec.workers
    return min(MOST, max(FEWEST, os.cpu_count() or FEWEST))


@dataclass(frozen=True)
class SearchSpec:
    """Limits of one search: seconds of wall time or nodes of the tree; gaps relative and in units; threads of those
    solvers that can share the work among some."""

    seconds: float | None
    nodes: int | None
    relative_gap: float
    absolute_gap: float
    seed: int
    threads: int = 1
    by_simplex: bool = False
    """Whether it is relaxed by the simplex however many columns it has: most go before, where much is taken whole."""


@dataclass(frozen=True)
class Found:
    """How a search ended: the best point, and a bound that its tree proves."""

    status: Literal["optimal", "infeasible", "stopped"]
    point: Floats | None
    bound: float

    @property
    def is_final(self) -> bool:
        """Whether nothing is left to search."""
        return self.status != "stopped"


@dataclass(frozen=True)
class Basis:
    """Which columns (columns,) and rows (rows,) a simplex has at a side, and at which: as the solver numbers it."""

    columns: npt.NDArray[np.int8]
    rows: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Relaxed:
    """A relaxation: its point (columns,) and row duals (rows,), as exact as the solver left them, and its basis."""

    point: Floats
    duals: Floats
    basis: Basis | None = None
    first: Floats | None = None
    """Where the cost weighs two goals, row duals of the first alone, found from the same vertex: (rows,)."""


@dataclass(frozen=True)
class Tighter:
    """A relaxation with cuts: those that have a dual, their duals (cuts,), and its point and duals without them."""

    relaxed: Relaxed
    cuts: Cuts
    duals: Floats
    first: Floats | None = None
    """The duals of the cuts for the first goal alone: (cuts,)."""
