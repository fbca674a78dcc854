"""What every goal is: a whole number to be minimised, computed from the standing and posted as a linear expression."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from planner.standing import Standing

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

# formulation.md §4: M > H > 0. An empty seat-period costs M, one that is acted for H (never both), and a position
# without a designated successor 1. Written in the manifest.
EMPTY = 4
ACTING = 2
WITHOUT_SUCCESSOR = 1


class Goal(ABC):
    """A goal. `parts` are the plain counts that people read, before weights."""

    name: ClassVar[str]

    @abstractmethod
    def parts(self, standing: Standing) -> dict[str, float]:
        """Plain counts."""

    @abstractmethod
    def value(self, standing: Standing) -> int:
        """The weighted whole number."""

    @abstractmethod
    def post(self, problem: Problem, program: Program) -> None:
        """The same number over the columns of the program."""
