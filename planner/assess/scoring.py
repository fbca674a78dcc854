"""From recorded values to points, exactly: fractions, no rounding before the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.indicator_sets import Fact, Faults, IndicatorSet, Scale, SetIndicator, SetPart, Steps

Values = Mapping[str, Fraction]
"""Recorded values of one person, year and stage by the code of the indicator or fact."""

NOTHING, WHOLE = Fraction(0), Fraction(1)


def exact(value: float) -> Fraction:
    """A recorded number as it was written: 0.1 is a tenth."""
    return Fraction(repr(float(value)))


@dataclass(frozen=True)
class Score:
    """An indicator: its value (None = not recorded), the share of its points, the points, and the most there are."""

    code: str
    value: Fraction | None
    share: Fraction | None
    points: Fraction | None
    most: Fraction


@dataclass(frozen=True)
class Scoresheet:
    """Every indicator of a set. A part with a missing value has no points, and then neither has the whole."""

    scores: tuple[Score, ...]
    parts: Mapping[str, Fraction | None]
    missing: tuple[str, ...]
    """What was not recorded: the indicator, or the facts from which it is computed."""

    @property
    def total(self) -> Fraction | None:
        known = [points for points in self.parts.values() if points is not None]
        return sum(known, NOTHING) if len(known) == len(self.parts) else None

    def score(self, code: str) -> Score | None:
        return next((s for s in self.scores if s.code == code), None)


def scoresheet(one: IndicatorSet, values: Values) -> Scoresheet:
    """The points of every indicator and part by the formulas of the set."""
    most = most_points(one)
    scores, missing = [], dict[str, None]()
    for indicator in one.indicators:
        value, share, lacking = _share(indicator, values)
        missing |= dict.fromkeys(lacking)
        points = None if share is None else share * most[indicator.code]
        scores.append(Score(indicator.code, value, share, points, most[indicator.code]))
    parts = {part.code: _part(one, part, scores) for part in one.parts}
    return Scoresheet(tuple(scores), parts, tuple(missing))


def most_points(one: IndicatorSet) -> dict[str, Fraction]:
    """The points of each indicator at its best. In a mean all count the same: points of the part / their number."""
    part = {p.code: p for p in one.parts}
    count = {p.code: sum(1 for i in one.indicators if i.part == p.code) for p in one.parts}
    return {
        i.code: Fraction(part[i.part].points) / count[i.part]
        if part[i.part].formula == "mean"
        else Fraction(i.points or 0)
        for i in one.indicators
    }


def _part(one: IndicatorSet, part: SetPart, scores: list[Score]) -> Fraction | None:
    """sum: Σ points. mean: (Σ shares / n) × points, which is the same sum, since each has points / n at its best."""
    within = [s.points for i, s in zip(one.indicators, scores, strict=True) if i.part == part.code]
    known = [points for points in within if points is not None]
    return sum(known, NOTHING) if len(known) == len(within) else None


def _share(indicator: SetIndicator, values: Values) -> tuple[Fraction | None, Fraction | None, tuple[str, ...]]:
    """Value, share and what is missing."""
    formula = indicator.formula
    if isinstance(formula, Faults):
        lacking = tuple(code for code in (formula.of, formula.faults) if code not in values)
        if lacking or not values[formula.of]:
            return None, None, lacking or (formula.of,)
        lost = Fraction(formula.per_fault) * values[formula.faults] / values[formula.of]
        share = _clamp(WHOLE - lost)
        return share * 100, share, ()
    value = values.get(indicator.code)
    if value is None:
        return None, None, (indicator.code,)
    return value, _of_value(formula, value), ()


def _of_value(formula: Scale | Steps, value: Fraction) -> Fraction:
    if isinstance(formula, Scale):
        full, zero = Fraction(formula.full), Fraction(formula.zero)
        return _clamp((value - zero) / (full - zero))
    reached = [step for step in formula.steps if Fraction(step.from_) <= value]
    return Fraction(max(reached, key=lambda step: step.from_).share) if reached else NOTHING


def _clamp(share: Fraction) -> Fraction:
    return min(max(share, NOTHING), WHOLE)


def out_of_range(one: IndicatorSet, values: Values) -> list[tuple[SetIndicator | Fact, Fraction]]:
    """Recorded values that cannot be: a rubric of 12, a share of 130 % where 100 is the most."""
    return [
        (row, values[row.code])
        for row in one.recorded()
        if row.code in values
        and (
            (row.least is not None and values[row.code] < Fraction(row.least))
            or (row.most is not None and values[row.code] > Fraction(row.most))
        )
    ]
