"""Linear expressions over columns, with whole coefficients."""

from __future__ import annotations

from collections.abc import Iterable


class Expr:
    """A constant plus whole multiples of columns."""

    __slots__ = ("constant", "terms")

    def __init__(self, terms: dict[int, int] | None = None, constant: int = 0) -> None:
        self.terms = terms if terms is not None else {}
        self.constant = constant

    @classmethod
    def sum(cls, parts: Iterable[Expr | int]) -> Expr:
        total = cls()
        for part in parts:
            total.add(part)
        return total

    def add(self, other: Expr | int, times: int = 1) -> None:
        """Add in place; cheaper than + in loops."""
        if isinstance(other, int):
            self.constant += other * times
            return
        self.constant += other.constant * times
        terms = self.terms
        if not terms and times == 1:
            terms.update(other.terms)
            return
        for column, coefficient in other.terms.items():
            terms[column] = terms.get(column, 0) + coefficient * times

    def __add__(self, other: Expr | int) -> Expr:
        result = Expr(dict(self.terms), self.constant)
        result.add(other)
        return result

    __radd__ = __add__

    def __sub__(self, other: Expr | int) -> Expr:
        result = Expr(dict(self.terms), self.constant)
        result.add(other, -1)
        return result

    def __rsub__(self, other: int) -> Expr:
        return self * -1 + other

    def __mul__(self, factor: int) -> Expr:
        return Expr({c: v * factor for c, v in self.terms.items()}, self.constant * factor)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        """Whether any column takes part or the constant is not zero."""
        return bool(self.terms) or self.constant != 0
