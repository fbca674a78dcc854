"""The assessment of a year: people, units, caps, traits over three years, contradictions, what is missing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.assess.caps import CapCount, cap_counts
from planner.assess.evaluation import Depth, Evaluation, Evaluator
from planner.assess.history import YEARS, completed_years, is_completed
from planner.assess.problems import Problem, contradictions, gaps, unit_result, unknown_codes
from planner.assess.traits import TraitScore, Trend, trend
from planner.domain.case import Case
from planner.domain.content import Content
from planner.domain.errors import InputError
from planner.domain.findings import Names, error
from planner.domain.ids import PersonId, UnitId
from planner.domain.offices import office_of, with_those_below
from planner.domain.violation import Reason


@dataclass(frozen=True)
class TraitYears:
    """A trait of a person over the years shown; None where the year has no values."""

    person: PersonId
    trait: str
    by_year: Mapping[int, TraitScore | None]
    trend: Trend | None


@dataclass(frozen=True)
class UnitYear:
    """The people of one unit on the last day of the year."""

    unit: UnitId
    people: tuple[PersonId, ...]
    given: Mapping[str, int]
    proposed: Mapping[str, int]
    """Classes computed where none was given."""
    depths: Mapping[Depth, int]


@dataclass(frozen=True)
class Assessment:
    """What is known of a year, and of the two before it, for a unit with those below, or for the whole case."""

    case: Case
    content: Content
    as_of: dt.date
    year: int
    years: tuple[int, ...]
    scope: frozenset[UnitId] | None
    evaluator: Evaluator

    def of(self, person: PersonId, year: int | None = None) -> Evaluation:
        return self.evaluator.of(person, self.year if year is None else year)

    @cached_property
    def people(self) -> tuple[PersonId, ...]:
        """Everyone who served in the scope on the last day of the year, or has a class or values of it there.

        Someone whose service is not known stands with the unit of `people`.
        """
        return tuple(p for p in self.case.person if self._is_in(p))

    def _is_in(self, person: PersonId) -> bool:
        one = self.of(person)
        recorded = one.given is not None or bool(self.evaluator.values.get((person, self.year)))
        if one.post is None and not recorded:
            return False
        return self.scope is None or self.unit_of(person) in self.scope

    def unit_of(self, person: PersonId) -> UnitId | None:
        post = self.of(person).post
        return post.unit if post is not None and post.unit is not None else self.case.person[person].unit_id

    @cached_property
    def units(self) -> tuple[UnitYear, ...]:
        """Units with people, in the order of the table of units."""
        within: dict[UnitId, list[PersonId]] = {}
        for person in self.people:
            unit = self.unit_of(person)
            if unit is not None:
                within.setdefault(unit, []).append(person)
        order = [u.unit_id for u in self.case.units if u.unit_id in within]
        return tuple(self._unit(unit, tuple(self.by_rank(within[unit]))) for unit in order)

    def _unit(self, unit: UnitId, people: tuple[PersonId, ...]) -> UnitYear:
        found = [self.of(p) for p in people]
        given = Counter(e.given.rating for e in found if e.given is not None)
        proposed = Counter(e.computed for e in found if e.given is None and e.computed is not None)
        return UnitYear(unit, people, given, proposed, Counter(e.depth for e in found))

    def by_rank(self, people: list[PersonId]) -> list[PersonId]:
        """Highest rank first, heads before others, then as the table has them."""

        def weight(person: PersonId) -> tuple[int, bool]:
            post = self.of(person).post
            rank = self.content.rank.get(post.rank) if post is not None and post.rank is not None else None
            return -(rank.order if rank is not None else 0), not (post is not None and post.head)

        return sorted(people, key=weight)

    @cached_property
    def depths(self) -> Mapping[Depth, int]:
        """How many people of the scope have evidence of which depth."""
        return Counter(self.of(p).depth for p in self.people)

    @cached_property
    def depths_by_year(self) -> Mapping[int, Mapping[Depth, int]]:
        """The same for each year shown."""
        return {year: Counter(self.of(p, year).depth for p in self.people) for year in self.years}

    @cached_property
    def caps(self) -> tuple[CapCount, ...]:
        """The caps of units and groups in which someone of the scope is counted."""
        everyone = [self.of(p) for p in self.case.person]
        counts = cap_counts(self.case, everyone, self.year, self.evaluator.switches)
        if self.scope is None:
            return tuple(counts)
        touched = {str(u) for unit in self.scope for u in (unit, office_of(self.case, unit))}
        managed = {p.managed_by or "" for p in self.case.positions if p.unit_id in self.scope}
        return tuple(c for c in counts if c.unit in touched | managed)

    @cached_property
    def traits(self) -> tuple[TraitYears, ...]:
        """Four traits side by side: everyone of the scope with values in one of the years."""
        return tuple(row for person in self.people for row in self._traits(person))

    def traits_of(self, person: PersonId) -> tuple[TraitYears, ...]:
        return tuple(self._traits(person))

    def _traits(self, person: PersonId) -> Iterator[TraitYears]:
        found = {year: self.of(person, year) for year in self.years}
        named = [t.id for e in found.values() if e.traits and e.set is not None for t in e.set.traits]
        last = next((e.set for e in reversed(found.values()) if e.set is not None and e.traits), None)
        for trait in dict.fromkeys(named):
            scores = {year: e.traits.get(trait) for year, e in found.items()}
            shares = {year: score.share if score is not None else None for year, score in scores.items()}
            assert last is not None
            yield TraitYears(person, trait, scores, trend(shares, last.steady_within))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Contradictions and gaps of the years shown, and everything of years that are not over."""
        return tuple(p for person in self.people for p in self._problems(person))

    def _problems(self, person: PersonId) -> Iterator[Problem]:
        discipline = self.evaluator.discipline.get(person, ())
        for year in self.years:
            one = self.of(person, year)
            bands_on = one.set is not None and self.evaluator.switches.on(one.set.bands.rule, year)
            yield from contradictions(one, discipline, self.content.ratings, bands_on)
            recorded = self._others_recorded(one)
            yield from unit_result(one, self._rated_below, self.content.ratings)
            # Another office rates those from outside: that we have no class of theirs is no gap of ours.
            expected = year in self._rated and not self.case.person[person].outside
            yield from gaps(one, recorded, expected)
            if codes := unknown_codes(one):
                code = "assess.not_measured" if one.set is None else "assess.not_in_version"
                reason = Reason(code, {"indicator_codes": codes})
                yield Problem("contradiction", person, year, reason)
        for year in self._too_early.get(person, ()):
            yield Problem("contradiction", person, year, Reason("assess.year_not_over", {"as_of": self.as_of}))

    def _rated_below(self, one: Evaluation) -> list[Evaluation]:
        """Those of the unit and below, the person left out, who were given a class of the year."""
        if one.post is None or one.post.unit is None:
            return []
        found = (o for unit in self._below(one.post.unit) for o in self._rated_in.get((unit, one.year), ()))
        return [o for o in found if o.person != one.person]

    @cached_property
    def _rated_in(self) -> Mapping[tuple[UnitId, int], list[Evaluation]]:
        """Evaluations with a given class by unit and year."""
        found: dict[tuple[UnitId, int], list[Evaluation]] = {}
        for person, year in self.evaluator.given:
            one = self.of(person, year)
            if one.post is not None and one.post.unit is not None:
                found.setdefault((one.post.unit, year), []).append(one)
        return found

    def _below(self, unit: UnitId) -> list[UnitId]:
        if unit not in self._units_below:
            self._units_below[unit] = sorted(with_those_below(self.case, unit))
        return self._units_below[unit]

    @cached_property
    def _units_below(self) -> dict[UnitId, list[UnitId]]:
        return {}

    @cached_property
    def _too_early(self) -> Mapping[PersonId, list[int]]:
        """Years with a class or values that were not over on the day, by person."""
        found: dict[PersonId, list[int]] = {}
        for person, year in sorted({*self.evaluator.given, *self.evaluator.values}):
            if not is_completed(year, self.as_of):
                found.setdefault(person, []).append(year)
        return found

    @cached_property
    def _rated(self) -> frozenset[int]:
        return frozenset(year for _, year in self.evaluator.given)

    @cached_property
    def _recorded(self) -> frozenset[tuple[str, int, UnitId | None]]:
        """Sets, years and offices of which the authority recorded values of somebody."""
        ones = (self.of(person, year) for person, year in self.evaluator.values)
        return frozenset(self._office(one) for one in ones if one.set is not None and one.sheet is not None)

    def _office(self, one: Evaluation) -> tuple[str, int, UnitId | None]:
        name = one.set.id if one.set is not None else ""
        unit = one.post.unit if one.post is not None else None
        return name, one.year, None if unit is None else office_of(self.case, unit)

    def _others_recorded(self, one: Evaluation) -> bool:
        return one.set is not None and self._office(one) in self._recorded

    @cached_property
    def unrated_years(self) -> tuple[int, ...]:
        """Years shown of which the case has no given class of anybody."""
        return tuple(year for year in self.years if year not in self._rated)

    @cached_property
    def without_indicators(self) -> Mapping[int, int]:
        """Year → people with a given class and a set to measure them, whose office has no values of it that year."""
        found: Counter[int] = Counter()
        for year in self.years:
            for person in self.people:
                one = self.of(person, year)
                if one.given is not None and one.set is not None and not self._others_recorded(one):
                    found[year] += 1
        return found

    @property
    def proposals(self) -> int:
        """People whose class of the year is computed only: no rule of a plan reads it."""
        return sum(1 for p in self.people if self.of(p).is_proposal)


def assess(
    case: Case, content: Content, as_of: dt.date, year: int | None = None, unit: str | None = None
) -> Assessment:
    """The assessment of a completed year (the last one by default). Raises InputError for another year or unit."""
    last = completed_years(as_of, 1)[0]
    wanted = last if year is None else year
    if not is_completed(wanted, as_of):
        raise InputError([error("finding.year_not_over", "", None, "year", wanted, str(last), as_of=as_of)])
    recorded = sorted({r.year for r in case.ratings} | {i.year for i in case.indicators})
    if year is not None and recorded and year not in recorded:
        there = ", ".join(map(str, recorded))
        raise InputError([error("finding.year_without_data", "", None, "year", year, str(recorded[-1]), years=there)])
    scope = None
    if unit is not None:
        near = Names({u.unit_id: u.name for u in case.units})
        if unit not in near:
            raise InputError([error("finding.dangling", "", None, "unit", unit, near.suggest(unit), target="units")])
        scope = with_those_below(case, UnitId(unit))
    years = tuple(range(wanted - YEARS + 1, wanted + 1))
    return Assessment(case, content, as_of, wanted, years, scope, Evaluator(case, content))
