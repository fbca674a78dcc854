"""What every goal is: a whole number to be minimised, computed from the standing and posted as a linear expression."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from planner.standing import Standing

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

# formulation.md §4: M > H > 0. An empty seat-period costs M, one that is acted for H (never both), and a position
# without a designated successor 1. Written in the manifest.
EMPTY = 4
ACTING = 2
WITHOUT_SUCCESSOR = 1


class Measured(NamedTuple):
    """A goal's value in a plan, and the plain counts that people read, before weights."""

    value: int
    parts: Mapping[str, float]


class Goal(ABC):
    """A goal: what a plan comes to by it, and the same over the columns of the program."""

    name: ClassVar[str]

    @abstractmethod
    def measure(self, standing: Standing) -> Measured:
        """The weighted whole number, and what it counts."""

    def value(self, standing: Standing) -> int:
        """The weighted whole number alone."""
        return self.measure(standing).value

    @abstractmethod
    def post(self, problem: Problem, program: Program) -> None:
        """The same number over the columns of the program."""
