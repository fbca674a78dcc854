"""The program under construction: named columns, labelled rows, and goals with whole coefficients."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Hashable, Iterable
from typing import Literal, NamedTuple

import numpy as np
import scipy.sparse as sp

from planner.domain.violation import BreachKey
from planner.program.arrays import UNBOUNDED, Arrays, Floats
from planner.program.expr import Expr

Key = tuple[Hashable, ...]
RowKind = Literal["law", "cut", "definition"]
Look = Callable[[], None]
"""Called now and then by what takes long, and raises what is to end that."""


SHORT = 3
"""An expression of so few columns is not worth a column of its own."""

DEFINITION = "definition"

ROWS_UNLOOKED = 4_000
"""After so many more rows it is looked whether to go on: a tenth of a second."""


def go_on() -> None:
    """A look that ends nothing."""


def _less(expr: Expr, limit: int | Expr) -> Expr:
    """expr − limit, to be read only: with the terms of the expression itself where a number is taken off."""
    return Expr(expr.terms, expr.constant - limit) if isinstance(limit, int) else expr - limit


class Label(NamedTuple):
    """Where a row comes from: a rulebook entry, a structure block or a decision, and whom it is about."""

    source: str
    subjects: frozenset[str] = frozenset()
    instant: dt.date | None = None


class Program:
    """Columns with keys (kind, …), rows with labels, one objective per goal. Integers throughout.

    A *cut* follows from the other rows for whole values; it tightens the relaxation and is left out of mutants. A
    *definition* gives a column its meaning: a sum that many rows share is written once (`define`).
    """

    def __init__(self) -> None:
        self.look: Look = go_on
        """Called after every few rows."""
        self.keys: list[Key] = []
        self.index: dict[Key, int] = {}
        self._lower: list[int] = []
        self._upper: list[int] = []
        self._integer: list[bool] = []
        self.labels: list[Label] = []
        self.kinds: list[RowKind] = []
        self._lo, self._hi = array("d"), array("d")
        self._entries, self._columns = array("d"), array("q")
        """Of all rows, one after the other: `_starts` says where each begins, and at last where they end."""
        self._starts = array("q", [0])
        self.goals: dict[str, Expr] = {}
        self.definitions: list[tuple[int, Expr]] = []
        """Columns that stand for expressions of columns before them, in order."""
        self._shared: dict[Key, Expr] = {}

    # ---- columns ---------------------------------------------------------------------------------------------

    def column(self, key: Key, upper: int = 1, lower: int = 0, *, integer: bool = True) -> Expr:
        """A new column with finite whole bounds."""
        if key in self.index:
            raise ValueError(f"column {key} exists already")
        self.index[key] = len(self.keys)
        self.keys.append(key)
        self._lower.append(lower)
        self._upper.append(upper)
        self._integer.append(integer)
        return Expr({self.index[key]: 1})

    def __contains__(self, key: Key) -> bool:
        return key in self.index

    def __getitem__(self, key: Key) -> Expr:
        """The column of the key, or nothing (0) where there is none: what has no column is refused."""
        found = self.index.get(key)
        return Expr() if found is None else Expr({found: 1})

    def sum(self, keys: Iterable[Key]) -> Expr:
        total: dict[int, int] = {}
        index = self.index
        for key in keys:
            found = index.get(key)
            if found is not None:
                total[found] = total.get(found, 0) + 1
        return Expr(total)

    def slack(self, breach: BreachKey, most: int) -> Expr:
        """The slack of a breach: 0 … most. The same breach has one slack."""
        key = ("slack", *breach)
        return self[key] if key in self.index else self.column(key, most, integer=False)

    def define(self, key: Key, make: Callable[[], Expr], upper: int) -> Expr:
        """A sum that many rows share, made once: a column for the expression, 0 … `upper`; a short one is itself."""
        if key not in self._shared:
            made = make()
            expr = Expr({c: v for c, v in made.terms.items() if v}, made.constant)
            self._shared[key] = expr if len(expr.terms) <= SHORT else self._defined(key, expr, upper)
        return self._shared[key]

    def _defined(self, key: Key, expr: Expr, upper: int) -> Expr:
        column = self.column(key, upper, integer=False)
        self.definitions.append((self.index[key], expr))
        left = expr - column
        self._post(left.terms, -left.constant, -left.constant, Label(DEFINITION), "definition")
        return column

    def fix(self, key: Key, value: int) -> None:
        column = self.index[key]
        self._lower[column] = self._upper[column] = value

    # ---- rows ------------------------------------------------------------------------------------------------

    def at_most(
        self,
        expr: Expr,
        limit: int | Expr,
        source: str,
        subjects: Iterable[str] = (),
        instant: dt.date | None = None,
        *,
        cut: bool = False,
    ) -> None:
        """expr ≤ limit. A row that always holds is not posted."""
        left = _less(expr, limit)
        label = Label(source, frozenset(subjects), instant)
        self._post(left.terms, -UNBOUNDED, -left.constant, label, "cut" if cut else "law")

    def at_least(
        self,
        expr: Expr,
        limit: int | Expr,
        source: str,
        subjects: Iterable[str] = (),
        instant: dt.date | None = None,
        *,
        cut: bool = False,
    ) -> None:
        """expr ≥ limit."""
        left = _less(expr, limit)
        label = Label(source, frozenset(subjects), instant)
        self._post(left.terms, -left.constant, UNBOUNDED, label, "cut" if cut else "law")

    def equal(
        self,
        expr: Expr,
        value: int | Expr,
        source: str,
        subjects: Iterable[str] = (),
        instant: dt.date | None = None,
    ) -> None:
        """expr = value."""
        left = _less(expr, value)
        self._post(left.terms, -left.constant, -left.constant, Label(source, frozenset(subjects), instant), "law")

    def _post(self, terms: dict[int, int], lo: float, hi: float, label: Label, kind: RowKind) -> None:
        least = most = 0
        lower, upper = self._lower, self._upper
        for c, v in terms.items():
            if v > 0:
                least += v * lower[c]
                most += v * upper[c]
            else:
                least += v * upper[c]
                most += v * lower[c]
        if lo <= least and most <= hi:
            return
        if 0 in terms.values():
            terms = {c: v for c, v in terms.items() if v}
        self._columns.extend(terms)
        self._entries.extend(terms.values())
        self._starts.append(len(self._columns))
        self._lo.append(lo)
        self._hi.append(hi)
        self.labels.append(label)
        self.kinds.append(kind)
        if len(self.kinds) % ROWS_UNLOOKED == 0:
            self.look()

    # ---- goals -----------------------------------------------------------------------------------------------

    def minimise(self, goal: str, expr: Expr) -> None:
        """Add to the goal's value. Coefficients are whole, else a bound could not be rounded up."""
        if any(v != int(v) for v in (*expr.terms.values(), expr.constant)):
            raise ValueError(f"goal {goal} has a coefficient that is not a whole number")
        self.goals.setdefault(goal, Expr()).add(expr)

    def objective(self, goals: Iterable[str]) -> tuple[Floats, int]:
        """The sum of the goals as a vector over columns, with its constant."""
        total = Expr.sum(self.goals.get(g, Expr()) for g in goals)
        vector = np.zeros(len(self.keys))
        for column, coefficient in total.terms.items():
            vector[column] = coefficient
        return vector, total.constant

    # ---- freezing --------------------------------------------------------------------------------------------

    def freeze(self) -> Arrays:
        lo, hi = np.array(self._lo), np.array(self._hi)
        return Arrays(
            matrix=sp.csr_array(
                (np.array(self._entries), np.array(self._columns), np.array(self._starts)),
                shape=(lo.size, len(self.keys)),
            ),
            lo=lo,
            hi=hi,
            lower=np.array(self._lower, float),
            upper=np.array(self._upper, float),
            integer=np.array(self._integer, bool),
        )
