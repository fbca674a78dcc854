"""Columns and rows gathered one by one, and given to MathOpt at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from ortools.math_opt import model_pb2

Term = tuple[int, float]
"""A column and its factor."""

INFINITY = float("inf")


@dataclass
class Rows:
    """A program to be minimised: columns from 0 to an upper bound, rows with two sides, one objective for each goal."""

    columns: dict[Hashable, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    row_ids: list[int] = field(default_factory=list)
    column_ids: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    costs: dict[str, dict[int, float]] = field(default_factory=dict)
    constants: dict[str, float] = field(default_factory=dict)

    def column(self, key: Hashable, upper: float = 1, *, whole: bool = True) -> int:
        """The column of the key, made where there is none."""
        if key not in self.columns:
            self.columns[key] = len(self.columns)
            self.lower.append(0.0)
            self.upper.append(upper)
            self.whole.append(whole)
        return self.columns[key]

    def row(self, terms: Iterable[Term], least: float = -INFINITY, most: float = INFINITY) -> None:
        """least ≤ Σ terms ≤ most; terms of one column are added up."""
        total: dict[int, float] = {}
        for column, factor in terms:
            total[column] = total.get(column, 0) + factor
        number = len(self.least)
        self.least.append(least)
        self.most.append(most)
        for column in sorted(c for c, factor in total.items() if factor):
            self.row_ids.append(number)
            self.column_ids.append(column)
            self.factors.append(total[column])

    def cost(self, goal: str, terms: Iterable[Term], constant: float = 0) -> None:
        """What a goal counts."""
        costs = self.costs.setdefault(goal, {})
        self.constants[goal] = self.constants.get(goal, 0) + constant
        for column, factor in terms:
            costs[column] = costs.get(column, 0) + factor

    def holds(self, point: Sequence[float]) -> bool:
        """Whether a point of whole values is within all bounds and rows."""
        sums = [0.0] * len(self.least)
        for row, column, factor in zip(self.row_ids, self.column_ids, self.factors, strict=True):
            sums[row] += factor * point[column]
        return all(low <= x <= high for low, x, high in zip(self.lower, point, self.upper, strict=True)) and all(
            least <= s <= most for least, s, most in zip(self.least, sums, self.most, strict=True)
        )

    def proto(self) -> model_pb2.ModelProto:
        """The model without an objective."""
        model = model_pb2.ModelProto()
        model.variables.ids.extend(range(len(self.columns)))
        model.variables.lower_bounds.extend(self.lower)
        model.variables.upper_bounds.extend(self.upper)
        model.variables.integers.extend(self.whole)
        model.linear_constraints.ids.extend(range(len(self.least)))
        model.linear_constraints.lower_bounds.extend(self.least)
        model.linear_constraints.upper_bounds.extend(self.most)
        model.linear_constraint_matrix.row_ids.extend(self.row_ids)
        model.linear_constraint_matrix.column_ids.extend(self.column_ids)
        model.linear_constraint_matrix.coefficients.extend(self.factors)
        return model
