"""The sources of a unit: who of its people, measured at division level, may be planned for a higher post ahead.

The base list asks the same of a post: who its sources are, on the day of its round.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from planner.assess.posts import post_on, set_of
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.offices import office_of
from planner.standing.base_list import NEAR_MONTHS
from planner.standing.gaps import Gaps, OpenGap
from planner.standing.refusals import refused
from planner.standing.standing import Standing


@dataclass(frozen=True)
class Target:
    """A higher post of the same office for which the person is plannable from a day on, and what is lacking for it."""

    position: PositionId
    on: dt.date
    gaps: tuple[OpenGap, ...]


@dataclass(frozen=True)
class Prospect:
    """One of the people of a unit, with the posts ahead."""

    person: PersonId
    unit: UnitId | None
    targets: tuple[Target, ...]


def sources(standing: Standing, units: Collection[UnitId] | None = None) -> list[Prospect]:
    """Everyone in the units whose set has `sources`, with the posts they are plannable for within `NEAR_MONTHS`.

    Posts above the own one, in the own office, those of the own unit first; the plan's moves count. People without
    such a post are listed too.
    """
    ground, gaps = standing.ground, Gaps(standing.line)
    case, as_of = ground.case, ground.horizon.as_of
    office = {p: office_of(case, case.position[p].unit_id) for p in ground.listable}
    found = []
    for person in case.person:
        post = post_on(case, ground.content, person, as_of)
        one = set_of(case, ground.content, post, as_of.year)
        if post is None or one is None or not one.sources or (units is not None and post.unit not in units):
            continue
        own, order = post.unit and office_of(case, post.unit), ground.person_order[person]
        above = [p for p in ground.listable if office[p] == own and ground.order(p) > order]
        near = sorted(above, key=lambda p: case.position[p].unit_id != post.unit)
        targets = sorted(_targets(standing, gaps, person, near), key=lambda t: t.on)
        found.append(Prospect(person, post.unit, tuple(targets)))
    return found


def _targets(standing: Standing, gaps: Gaps, person: PersonId, positions: Iterable[PositionId]) -> Iterator[Target]:
    for position in positions:
        on = plannable_on(standing, person, position)
        if on is not None:
            yield Target(position, on, gaps.of(person, position, "appoint"))


def plannable_on(standing: Standing, person: PersonId, position: PositionId) -> dt.date | None:
    """The first day from `as_of` on, within `NEAR_MONTHS`, on which the person may enter the list; None without one.

    A no of a rule lasts until the day on which it clears; where that is not told no later day is tried.
    """
    ground, line = standing.ground, standing.line
    last = add_months(ground.horizon.as_of, NEAR_MONTHS)
    as_of = ground.horizon.as_of
    demands = standing.bound.demands(person, position, "plan", as_of)
    day = max([as_of, *(line.closed_on(person, g) for g in demands)])
    rules = [r for r in standing.bound.personal if "plan" in r.stages_in_use and r.applies(position)]
    while day <= last:
        if standing.plannable(person, position, day):
            return day
        refusals = (refused(rule, person, position, "plan", day) for rule in rules)
        refusal = next((r for r in refusals if r is not None), None)
        if refusal is None or refusal.clears_on is None:
            return None
        day = refusal.clears_on
    return None
