"""What does not fit together in a person's years, and what is missing, each by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from planner.assess.banding import DISCIPLINE, band_of_points
from planner.assess.evaluation import Evaluation
from planner.assess.sanctions import running_in
from planner.assess.scoring import out_of_range
from planner.domain.case import Discipline
from planner.domain.ids import PersonId
from planner.domain.indicator_sets import RatingClass
from planner.domain.violation import Reason

Kind = Literal["contradiction", "missing"]
WHOLE = 100
"""Per cent of a unit result at which nobody of the unit falls short."""
CENT = Fraction(1, 100)
"""Given points are written with two decimals: a smaller difference is none."""


@dataclass(frozen=True)
class Problem:
    """A contradiction or something missing, in a person's year. Values of the reason that are codes end in `_code`."""

    kind: Kind
    person: PersonId
    year: int
    reason: Reason


def _contradiction(one: Evaluation, code: str, **values: object) -> Problem:
    return Problem("contradiction", one.person, one.year, Reason(code, values))


def _missing(one: Evaluation, code: str, **values: object) -> Problem:
    return Problem("missing", one.person, one.year, Reason(code, values))


def contradictions(
    one: Evaluation, discipline: Sequence[Discipline], ratings: Sequence[RatingClass], bands_on: bool
) -> Iterator[Problem]:
    """What a year says against itself."""
    yield from _given_and_computed(one, bands_on)
    yield from _given_and_conditions(one)
    yield from _gates(one, discipline, ratings)
    if one.set is not None:
        for stage, values in one.values.items():
            for row, value in out_of_range(one.set, values):
                least = "–" if row.least is None else f"{row.least:f}"
                most = "–" if row.most is None else f"{row.most:f}"
                yield _contradiction(
                    one, "assess.out_of_range", indicator_code=row.code, stage_code=stage, value=value, least=least,
                    most=most,
                )  # fmt: skip
        yield from _self_and_authority(one)


def _given_and_computed(one: Evaluation, bands_on: bool) -> Iterator[Problem]:
    given, points = one.given, one.given_points
    if given is None:
        return
    computed = one.computed
    if computed is not None and one.computed_points is not None and computed != given.rating:
        yield _contradiction(
            one, "assess.class_differs", given_code=given.rating, computed_code=computed, points=one.computed_points
        )
    if points is not None and one.computed_points is not None and abs(points - one.computed_points) >= CENT:
        difference = points - one.computed_points
        yield _contradiction(
            one, "assess.points_differ", given=points, computed=one.computed_points, difference=difference
        )
    if one.set is not None and points is not None and bands_on:
        by_points = band_of_points(one.set, points)
        if by_points is not None and by_points != given.rating and one.computed is None:
            yield _contradiction(
                one, "assess.class_and_points", given_code=given.rating, points=points, by_points_code=by_points
            )


def _given_and_conditions(one: Evaluation) -> Iterator[Problem]:
    """A class that was given although a condition of it does not hold."""
    if one.given is not None and one.proposal is not None:
        for tested in one.proposal.failed(one.given.rating):
            limit = tested.condition.at_least if tested.condition.at_least is not None else tested.condition.at_most
            sign = "≥" if tested.condition.at_least is not None else "≤"
            yield _contradiction(
                one, "assess.condition_fails", given_code=one.given.rating, rule=tested.condition.rule,
                indicator_code=tested.condition.of, value=tested.value, limit=f"{sign} {limit:f}",
            )  # fmt: skip


def _gates(one: Evaluation, discipline: Sequence[Discipline], ratings: Sequence[RatingClass]) -> Iterator[Problem]:
    given = one.given
    if given is None:
        return
    best = ratings[0].code if ratings else "excellent"
    running = running_in(discipline, one.year)
    if given.rating == best and running:
        forms = tuple(row.form or "" for row in running)
        yield _contradiction(one, "assess.excellent_with_sanction", given_code=given.rating, form_codes=forms)
    order = {r.code: n for n, r in enumerate(ratings)}
    vetoes = one.proposal.vetoes if one.proposal is not None else None
    for trait in one.set.traits if one.set is not None else ():
        why = (vetoes or {}).get(trait.id)
        if not why or trait.veto is None or order.get(given.rating, 0) >= order.get(trait.veto.at_most, 0):
            continue
        if why == (DISCIPLINE,) and given.rating == best:
            continue  # said by the sanction
        yield _contradiction(one, "assess.veto_and_class", given_code=given.rating, trait_code=trait.id, why_codes=why)
    fired = one.proposal.fired if one.proposal is not None else ()
    if fired and one.set is not None and one.set.triggers is not None and given.rating != one.set.triggers.rating:
        yield _contradiction(one, "assess.trigger_and_class", given_code=given.rating, why_codes=fired)


def _self_and_authority(one: Evaluation) -> Iterator[Problem]:
    own, sheet = one.sheets.get("self"), one.sheet
    if own is None or sheet is None or one.set is None or own.total is None or sheet.total is None:
        return
    difference = own.total - sheet.total
    if difference >= Fraction(one.set.self_above) and one.set.bands.proposes:
        yield _contradiction(one, "assess.self_above", own=own.total, authority=sheet.total, difference=difference)


def unit_result(
    one: Evaluation, rated_below: Callable[[Evaluation], Sequence[Evaluation]], ratings: Sequence[RatingClass]
) -> Iterator[Problem]:
    """A unit result recorded as whole, though somebody of the unit was given a class below the wanted one."""
    if one.set is None or one.sheet is None:
        return
    order = {r.code: n for n, r in enumerate(ratings)}
    for indicator in one.set.indicators:
        score = one.sheet.score(indicator.code)
        wanted = indicator.unit_at_least
        if wanted is None or score is None or score.value is None or score.value < WHOLE:
            continue
        failing = [o for o in rated_below(one) if order.get(o.rating or "", -1) > order[wanted]]
        if failing:
            yield _contradiction(
                one, "assess.unit_result", indicator_code=indicator.code, value=score.value, given_code=wanted,
                person_codes=tuple(o.person for o in failing),
            )  # fmt: skip


def gaps(one: Evaluation, others_recorded: bool, rating_expected: bool) -> Iterator[Problem]:
    """What is missing. `others_recorded`: the office has values of the same set that year. `rating_expected`: the year
    has given classes at all, and the person is of the case's own people. What nobody has is told once for the year.
    """
    if one.given is None and one.post is not None and rating_expected:
        code = "assess.no_rating_proposed" if one.computed is not None else "assess.no_rating"
        yield _missing(one, code, **({"computed_code": one.computed} if one.computed is not None else {}))
    if one.sheet is None:
        if one.set is not None and others_recorded:
            only = one.sheets or one.values
            code = "assess.no_authority_values" if only else "assess.no_evidence"
            yield _missing(one, code)
        return
    if one.sheet.missing:
        yield _missing(one, "assess.values_missing", indicator_codes=one.sheet.missing)
    if one.given is not None and one.proposal is not None:
        unknown = tuple(t.condition.of for t in one.proposal.unknown(one.given.rating))
        if unknown:
            yield _missing(one, "assess.condition_unknown", given_code=one.given.rating, indicator_codes=unknown)
    elif one.proposal is not None:
        for rating in one.proposal.undecided:
            unknown = tuple(t.condition.of for t in one.proposal.unknown(rating))
            yield _missing(one, "assess.condition_unknown", given_code=rating, indicator_codes=unknown)


def unknown_codes(one: Evaluation) -> tuple[str, ...]:
    """Recorded codes that the version of the year does not have, or all where no set measures the post: they count
    for nothing."""
    known = {r.code for r in one.set.recorded()} if one.set is not None else set()
    return tuple(dict.fromkeys(code for values in one.values.values() for code in values if code not in known))
