"""What goes to the solver's process and what comes back; loads no solver itself."""

from dataclasses import dataclass
from typing import Literal

from planner.program.arrays import Floats

UNIT = 0.999
"""Goals are whole numbers: a bound within less than a unit of the plan proves it."""


@dataclass(frozen=True)
class SearchSpec:
    """Limits of one search: seconds of wall time or nodes of the tree; gaps relative and in units; a start."""

    seconds: float | None
    nodes: int | None
    relative_gap: float
    absolute_gap: float
    seed: int


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
class Relaxed:
    """A relaxation: its point (columns,) and row duals (rows,), as exact as the solver left them."""

    point: Floats
    duals: Floats
