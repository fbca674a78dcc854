"""What every goal is: a whole number to be minimised, computed from the standing and posted as a linear expression."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
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


class Term(NamedTuple):
    """One product of a goal's sum: so many of something, at a rate, in posts of a weight (criticality).

    `rate` is None where each has a rate of its own.
    """

    part: str
    amount: float
    rate: int | None
    total: int
    weight: int = 1


class Measured(NamedTuple):
    """A goal's value in a plan, the plain counts that people read, and the sum that gives the value.

    Σ total of `terms` = `value`; a term of nothing is left out.
    """

    value: int
    parts: Mapping[str, float]
    terms: tuple[Term, ...] = ()


class Sum:
    """Adds up the terms of a goal: what has the same part and rate is one term."""

    def __init__(self) -> None:
        self._amounts: defaultdict[tuple[str, int, int], float] = defaultdict(int)
        self._single: list[Term] = []

    def add(self, part: str, amount: float, rate: int, weight: int = 1) -> None:
        """`amount` × `rate` × `weight`."""
        self._amounts[part, rate, weight] += amount

    def add_each(self, part: str, amounts: Iterable[int]) -> None:
        """Items of which each has an amount of its own."""
        each = list(amounts)
        if each:
            self._single.append(Term(part, len(each), None, sum(each)))

    @property
    def terms(self) -> tuple[Term, ...]:
        products = (
            Term(part, round(n, 3), rate, round(n * rate * weight), weight)
            for (part, rate, weight), n in self._amounts.items()
        )
        return tuple(term for term in (*products, *self._single) if term.total)


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
