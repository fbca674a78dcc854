"""Levels of traits as levels of competencies: what a trait cell of a standard reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.assess.evaluation import Evaluation, Evaluator
from planner.assess.history import completed_years
from planner.domain.case import Case, Qualification
from planner.domain.content import Content
from planner.domain.dates import Day
from planner.domain.ids import CompetencyId


def trait_levels(case: Case, content: Content, as_of: dt.date) -> tuple[Qualification, ...]:
    """The levels of the last completed year, by the authority's values, of those whose class of it was given.

    A class that is only computed is a proposal, and so are its traits: no rule of a plan reads them. A vetoed trait has
    the lowest level of the set. A level that the case records in `qualifications` goes before.
    """
    if not case.indicators or not any(s.traits for s in content.indicator_sets):
        return ()
    year = completed_years(as_of, 1)[0]
    recorded = {(row.person_id, row.competency) for row in case.qualifications}
    evaluator = Evaluator(case, content)
    people = sorted({person for person, of_year in evaluator.values if of_year == year})
    found = (row for person in people for row in _rows(evaluator.of(person, year), content))
    return tuple(row for row in found if (row.person_id, row.competency) not in recorded)


def _rows(one: Evaluation, content: Content) -> Iterator[Qualification]:
    if one.given is None or one.set is None:
        return
    for trait, score in one.traits.items():
        competency = content.competency.get(CompetencyId(trait))
        levels = one.set.levels_of(trait)
        level = min(levels, key=lambda known: known.from_).id if score.vetoes and levels else score.level
        if competency is not None and level in competency.levels:
            yield Qualification(
                person_id=one.person, competency=competency.id, level=level, since=Day(one.year + 1, 1, 1),
                source=f"{one.set.id} {one.set.version}",
            )  # fmt: skip
