"""From points to a yearly class: bands with conditions, what fails the year, vetoes. Source: rules.md §2.5, §3.3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.assess.sanctions import decided_in, running_in
from planner.assess.scoring import Scoresheet, Values
from planner.assess.switches import Switches
from planner.domain.case import Discipline
from planner.domain.indicator_sets import Condition, IndicatorSet, RatingClass, Veto

DISCIPLINE = "discipline"
"""The name of the trigger and the veto that a sanction pulls."""


@dataclass(frozen=True)
class Tested:
    """A condition of a class, with the value that was recorded. `holds` is None where none was."""

    rating: str
    condition: Condition
    value: Fraction | None

    @property
    def holds(self) -> bool | None:
        if self.value is None:
            return None
        if self.condition.at_least is not None:
            return self.value >= Fraction(self.condition.at_least)
        return self.value <= Fraction(self.condition.at_most or 0)


@dataclass(frozen=True)
class Proposal:
    """The class by the set, and what made it. `rating` is None where points are missing or the set proposes none."""

    rating: str | None
    by_points: str | None
    """The class by points alone, before conditions, vetoes and triggers."""
    tested: tuple[Tested, ...] = ()
    fired: tuple[str, ...] = ()
    """What fails the year: codes of facts, or `discipline`."""
    vetoes: Mapping[str, tuple[str, ...]] | None = None
    """Trait → what vetoes it: facts, `discipline`, or the code of a part below its least share."""
    undecided: tuple[str, ...] = ()
    """Better classes, within reach of the points, of which no condition fails and some cannot be told."""

    def failed(self, rating: str | None) -> tuple[Tested, ...]:
        """Conditions of a class that do not hold."""
        return tuple(t for t in self.tested if t.rating == rating and t.holds is False)

    def unknown(self, rating: str | None) -> tuple[Tested, ...]:
        """Conditions of a class of which nothing was recorded."""
        return tuple(t for t in self.tested if t.rating == rating and t.holds is None)


def worse(ratings: Sequence[RatingClass], one: str, other: str) -> str:
    """The worse of two classes; one that the content does not know is not worse."""
    order = {r.code: n for n, r in enumerate(ratings)}
    return max(one, other, key=lambda code: order.get(code, -1))


def propose(
    one: IndicatorSet, sheet: Scoresheet, values: Values, discipline: Sequence[Discipline], year: int,
    switches: Switches, ratings: Sequence[RatingClass],
) -> Proposal:  # fmt: skip
    """The class of a person and year by the set's version."""
    tested = tuple(
        Tested(band.rating, condition, _value(one, sheet, values, condition.of))
        for band in one.bands.from_best
        for condition in band.conditions
        if switches.on(condition.rule, year)
    )
    fired = _fired(one, values, discipline, year, switches)
    vetoes = {
        trait.id: found
        for trait in one.traits
        if trait.veto is not None and (found := _vetoed(one, trait.veto, sheet, values, discipline, year))
    }
    by_points = _by_points(one, sheet) if switches.on(one.bands.rule, year) else None
    rating, undecided = _banded(one, sheet, tested) if by_points is not None else (None, ())
    if rating is not None:
        for trait in one.traits:
            if trait.veto is not None and trait.id in vetoes:
                rating = worse(ratings, rating, trait.veto.at_most)
    if fired and one.triggers is not None:
        rating = one.triggers.rating
    return Proposal(rating, by_points, tested, fired, vetoes, undecided)


def _value(one: IndicatorSet, sheet: Scoresheet, values: Values, code: str) -> Fraction | None:
    """What was recorded, or computed from facts."""
    score = sheet.score(code)
    return score.value if score is not None else values.get(code)


def _fired(
    one: IndicatorSet, values: Values, discipline: Sequence[Discipline], year: int, switches: Switches
) -> tuple[str, ...]:
    triggers = one.triggers
    if triggers is None or not switches.on(triggers.rule, year):
        return ()
    flags = tuple(fact for fact in triggers.facts if values.get(fact))
    return flags + ((DISCIPLINE,) if decided_in(discipline, year, triggers.forms) else ())


def _vetoed(
    one: IndicatorSet, veto: Veto, sheet: Scoresheet, values: Values, discipline: Sequence[Discipline], year: int
) -> tuple[str, ...]:
    found = [fact for fact in veto.facts if values.get(fact)]
    if veto.running_sanction and running_in(discipline, year):
        found.append(DISCIPLINE)
    if veto.part is not None and veto.below is not None:
        points = sheet.parts.get(veto.part)
        most = next(Fraction(p.points) for p in one.parts if p.code == veto.part)
        if points is not None and points < Fraction(veto.below) * most:
            found.append(veto.part)
    return tuple(found)


def _by_points(one: IndicatorSet, sheet: Scoresheet) -> str | None:
    """The best band whose minimum the points reach."""
    total = sheet.total
    if total is None or not one.bands.proposes:
        return None
    return next((b.rating for b in one.bands.from_best if total >= Fraction(b.min or 0)), None)


def _banded(one: IndicatorSet, sheet: Scoresheet, tested: Sequence[Tested]) -> tuple[str | None, tuple[str, ...]]:
    """The best band whose minimum the points reach and of which every condition holds; and the undecided ones above.

    A better class wants evidence, and so does the worst: nobody fails a year because nothing was recorded.
    """
    total = sheet.total
    assert total is not None
    undecided: list[str] = []
    for band in one.bands.from_best:
        if total < Fraction(band.min or 0):
            continue
        holds = [t.holds for t in tested if t.rating == band.rating]
        if all(holds):
            wants_evidence = undecided and band == one.bands.from_best[-1]
            return None if wants_evidence else band.rating, tuple(undecided)
        if False not in holds:
            undecided.append(band.rating)
    return None, tuple(undecided)


def band_of_points(one: IndicatorSet, points: Fraction) -> str | None:
    """The class by given points alone, where only the total was recorded."""
    if not one.bands.proposes:
        return None
    return next((b.rating for b in one.bands.from_best if points >= Fraction(b.min or 0)), None)
