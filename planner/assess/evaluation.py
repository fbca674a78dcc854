"""One person in one year: what was recorded, how deep the evidence goes, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from planner.assess.banding import Proposal, propose
from planner.assess.history import ratings_by_year
from planner.assess.posts import Post, last_day, post_on, set_of
from planner.assess.scoring import Scoresheet, Values, exact, scoresheet
from planner.assess.switches import Switches
from planner.assess.traits import TraitScore, box_of, trait_scores
from planner.domain.case import Case, Discipline, Rating
from planner.domain.content import Content
from planner.domain.ids import PersonId
from planner.domain.indicator_sets import COUNTING, IndicatorSet, Stage
from planner.domain.record import Name

Depth = Literal["none", "class", "points", "indicators"]
DEPTHS: tuple[Depth, ...] = ("indicators", "points", "class", "none")
"""How deep the evidence of a year goes: nothing; the yearly class only; class and total points; recorded values."""


@dataclass(frozen=True)
class Evaluation:
    """A person in a year. `sheets` has the points of each stage that recorded values; only the authority's count."""

    person: PersonId
    year: int
    post: Post | None
    set: IndicatorSet | None
    given: Rating | None
    values: Mapping[Stage, Values]
    sheets: Mapping[Stage, Scoresheet]
    proposal: Proposal | None
    traits: Mapping[str, TraitScore]
    box: Name | None = None

    @property
    def depth(self) -> Depth:
        if self.sheet is not None:
            return "indicators"
        if self.given is None:
            return "none"
        return "class" if self.given.points is None else "points"

    @property
    def sheet(self) -> Scoresheet | None:
        """The points by the authority's values."""
        return self.sheets.get(COUNTING)

    @property
    def computed_points(self) -> Fraction | None:
        """None also where the set has no scale of points."""
        scored = self.set is not None and self.set.bands.proposes
        return self.sheet.total if self.sheet is not None and scored else None

    @property
    def given_points(self) -> Fraction | None:
        return None if self.given is None or self.given.points is None else exact(self.given.points)

    @property
    def points(self) -> Fraction | None:
        """The given points, else the computed ones."""
        return self.given_points if self.given_points is not None else self.computed_points

    @property
    def computed(self) -> str | None:
        """The class by the set: a proposal."""
        return self.proposal.rating if self.proposal is not None else None

    @property
    def rating(self) -> str | None:
        """The class that counts here: the given one prevails, the computed one stands where none was given."""
        return self.given.rating if self.given is not None else self.computed

    @property
    def is_proposal(self) -> bool:
        return self.given is None and self.computed is not None


class Evaluator:
    """Evaluates people and years of a case, each once."""

    def __init__(self, case: Case, content: Content) -> None:
        self.case = case
        self.content = content
        self.switches = Switches(content)
        self._done: dict[tuple[PersonId, int], Evaluation] = {}

    @cached_property
    def given(self) -> Mapping[tuple[PersonId, int], Rating]:
        return ratings_by_year(self.case)

    @cached_property
    def values(self) -> Mapping[tuple[PersonId, int], Mapping[Stage, Values]]:
        found: defaultdict[tuple[PersonId, int], dict[Stage, dict[str, Fraction]]] = defaultdict(dict)
        for row in self.case.indicators:
            found[row.person_id, row.year].setdefault(row.stage, {})[row.indicator] = exact(row.value)
        return found

    @cached_property
    def discipline(self) -> Mapping[PersonId, list[Discipline]]:
        found: defaultdict[PersonId, list[Discipline]] = defaultdict(list)
        for row in self.case.discipline:
            found[row.person_id].append(row)
        return found

    def of(self, person: PersonId, year: int) -> Evaluation:
        """The evaluation of a person in a year, by the set's version that was in force on its last day."""
        key = person, year
        if key not in self._done:
            self._done[key] = self._evaluate(person, year)
        return self._done[key]

    def _evaluate(self, person: PersonId, year: int) -> Evaluation:
        post = post_on(self.case, self.content, person, last_day(year))
        one = set_of(self.case, self.content, post, year)
        given = self.given.get((person, year))
        values = self.values.get((person, year), {})
        sheets: dict[Stage, Scoresheet] = {}
        proposal, traits, box = None, {}, None
        if one is not None:
            # Flags alone (a conclusion, a unit that stands out) are no evaluation by indicators.
            codes = {i.code for i in one.indicators}
            sheets = {stage: scoresheet(one, v) for stage, v in values.items() if codes & set(v) or _computes(one, v)}
            sheet, counting = sheets.get(COUNTING), values.get(COUNTING, {})
            discipline = self.discipline.get(person, ())
            if counting or discipline:
                # A sanction or a flag stops a class and fails a year, of which there are no points, too.
                proposal = propose(
                    one, sheet or scoresheet(one, counting), counting, discipline, year, self.switches,
                    self.content.ratings,
                )  # fmt: skip
            if sheet is not None and proposal is not None:
                traits = trait_scores(one, sheet, proposal)
                box = box_of(one.nine_box, traits) if one.nine_box is not None else None
        return Evaluation(person, year, post, one, given, values, sheets, proposal, traits, box)


def _computes(one: IndicatorSet, values: Values) -> bool:
    """Whether facts alone give an indicator its value."""
    return any(score.value is not None for score in scoresheet(one, values).scores)
