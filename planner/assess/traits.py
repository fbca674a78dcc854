"""Traits: đức, tài, uy tín, bản lĩnh. Shares of points, levels, a gate that no average crosses, and a trend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from planner.assess.banding import Proposal
from planner.assess.scoring import Scoresheet, most_points
from planner.domain.indicator_sets import IndicatorSet, NineBox, SetTrait
from planner.domain.record import Name

Trend = Literal["up", "steady", "down"]


@dataclass(frozen=True)
class TraitScore:
    """A trait in a year: the share of its points (None where a value is missing), its level, and what vetoes it.

    A vetoed trait has no level: its points are shown, and count for nothing.
    """

    trait: str
    share: Fraction | None
    level: str | None
    vetoes: tuple[str, ...] = ()


def trait_scores(one: IndicatorSet, sheet: Scoresheet, proposal: Proposal) -> dict[str, TraitScore]:
    vetoes = proposal.vetoes or {}
    return {t.id: _score(one, t, sheet, vetoes.get(t.id, ())) for t in one.traits}


def _score(one: IndicatorSet, trait: SetTrait, sheet: Scoresheet, vetoes: tuple[str, ...]) -> TraitScore:
    share = trait_share(one, trait.id, sheet)
    level = None if vetoes or share is None else level_of(one, trait.id, share)
    return TraitScore(trait.id, share, level, vetoes)


def trait_share(one: IndicatorSet, trait: str, sheet: Scoresheet) -> Fraction | None:
    """Σ points / Σ most points of the trait's indicators; in a part without points each counts the same."""
    most = most_points(one)
    weight = {i.code: most[i.code] or Fraction(1) for i in one.indicators if trait in i.traits}
    shares = {s.code: s.share for s in sheet.scores if s.code in weight}
    known = {code: share for code, share in shares.items() if share is not None}
    if not weight or len(known) < len(weight):
        return None
    return sum((known[c] * w for c, w in weight.items()), Fraction(0)) / sum(weight.values(), Fraction(0))


def level_of(one: IndicatorSet, trait: str, share: Fraction) -> str | None:
    """The highest level that the share reaches."""
    reached = [level for level in one.levels_of(trait) if share >= Fraction(level.from_)]
    return max(reached, key=lambda level: level.from_).id if reached else None


def trend(shares: Mapping[int, Fraction | None], steady_within: Decimal) -> Trend | None:
    """Between the first and the last year of which the share is known; None with fewer than two."""
    known = [shares[year] for year in sorted(shares)]
    there = [share for share in known if share is not None]
    if len(there) < 2:
        return None
    change = there[-1] - there[0]
    if abs(change) <= Fraction(steady_within):
        return "steady"
    return "up" if change > 0 else "down"


def box_of(box: NineBox, traits: Mapping[str, TraitScore]) -> Name | None:
    """The box of performance and potential; None where one of them is not known."""
    places = []
    for trait in (box.performance, box.potential):
        score = traits.get(trait)
        if score is None or score.share is None:
            return None
        places.append(_third(box, score.share))
    return box.boxes[places[0]][places[1]]


def _third(box: NineBox, share: Fraction) -> int:
    return (share >= Fraction(box.middle_from)) + (share >= Fraction(box.high_from))
