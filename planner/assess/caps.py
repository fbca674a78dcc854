"""The cap on excellent: places per unit and group with like tasks, how many are used, and who stands where.

Nobody is dropped: where there are more than places, the report shows who stands above the line and who below.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from planner.assess.evaluation import Evaluation
from planner.assess.posts import Post, covers, group_of, last_day
from planner.assess.scoring import exact
from planner.assess.switches import Switches
from planner.domain.case import Case
from planner.domain.ids import PersonId
from planner.domain.indicator_sets import COUNTING, Cap, IndicatorSet
from planner.domain.offices import office_of
from planner.domain.record import Name

Place = Literal["within", "tied", "beyond", "open"]
"""Where one of too many stands: among the first by points; level with the last place; after it; or not to be told."""
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Ranked:
    """One of those with the capped class. `given`: the class was given, else it is a proposal."""

    person: PersonId
    points: Fraction | None
    given: bool
    place: Place


@dataclass(frozen=True)
class CapCount:
    """A cap in a unit and group: `base` people of whom `share` may have the class, so many `places`."""

    set: IndicatorSet
    year: int
    unit: str
    """Where it is counted: the identifier of a unit, or of an authority."""
    group: Name | None
    members: int
    base: int
    share: Fraction
    outstanding: bool
    places: int
    people: tuple[Ranked, ...]
    partial: bool = False
    """Counted over all posts of an authority, of which the case has one office only: too few to judge."""

    @property
    def used(self) -> int:
        return len(self.people)

    @property
    def left(self) -> int:
        """Places that are free; below 0 there are too many."""
        return self.places - self.used

    @property
    def is_exceeded(self) -> bool:
        return self.left < 0 and not self.partial


def places(share: Fraction, base: int, rounding: Literal["down", "nearest", "up"]) -> int:
    """share × base as a whole number; `nearest` takes a half up."""
    exact_places = share * base
    if rounding == "down":
        return math.floor(exact_places)
    return math.ceil(exact_places) if rounding == "up" else math.floor(exact_places + HALF)


def cap_counts(case: Case, evaluations: Iterable[Evaluation], year: int, switches: Switches) -> list[CapCount]:
    """Every cap of the year, over all people of the case: a cap of an office cannot be told from a part of it."""
    cells: defaultdict[tuple[str, str, str, str], list[Evaluation]] = defaultdict(list)
    for one in evaluations:
        if one.set is None or one.set.cap is None or one.post is None or not switches.on(one.set.cap.rule, year):
            continue
        where = _where(case, one.set.cap, one.post)
        if where is not None:
            group = group_of(one.set, one.post)
            cells[where, one.set.id, one.set.version, group.id if group else ""].append(one)
    flagged = _flagged(case)
    order = {str(unit.unit_id): n for n, unit in enumerate(case.units)}
    keys = sorted(cells, key=lambda key: (order.get(key[0], -1), key))
    return [_count(case, key[0], cells[key], year, flagged) for key in keys]


def _where(case: Case, cap: Cap, post: Post) -> str | None:
    """The unit, the office or the authority in which the post is counted; "" where nobody is named as authority."""
    if cap.per == "authority":
        position = case.position.get(post.position) if post.position is not None else None
        return (position.managed_by if position is not None else None) or ""
    if post.unit is None or cap.per == "unit":
        return post.unit
    return office_of(case, post.unit)


def _count(
    case: Case, unit: str, found: list[Evaluation], year: int, flagged: dict[tuple[str, int], set[PersonId]]
) -> CapCount:
    one = found[0].set
    post = found[0].post
    assert one is not None
    assert one.cap is not None
    assert post is not None
    cap = one.cap
    group = group_of(one, post)
    base = sum(1 for e in found if e.rating in cap.of)
    outstanding = _is_outstanding(case, cap, unit, year, flagged)
    share = Fraction(cap.outstanding.share if outstanding and cap.outstanding else cap.share)
    free = places(share, base, cap.rounding)
    people = ranked([e for e in found if e.rating == cap.rating], free)
    name = group.name if group else None
    offices = {office_of(case, e.post.unit) for e in found if e.post is not None and e.post.unit is not None}
    partial = cap.per == "authority" and len(offices) <= 1
    return CapCount(one, year, unit, name, len(found), base, share, outstanding, free, people, partial)


def ranked(found: Iterable[Evaluation], free: int) -> tuple[Ranked, ...]:
    """By points, best first. Where they are more than the places, those level with the last place are tied
    as soon as the line would part them; where points are missing nobody's place can be told."""
    best = sorted(found, key=lambda e: (e.points is None, -(e.points or 0), e.person))
    points = [e.points for e in best]

    def place(e: Evaluation) -> Place:
        if len(best) <= free:
            return "within"
        if any(p is None for p in points):
            return "open"
        value = e.points or Fraction(0)
        above = sum(1 for p in points if p is not None and p > value)
        level = sum(1 for p in points if p == value)
        return "within" if above + level <= free else "beyond" if above >= free else "tied"

    return tuple(Ranked(e.person, e.points, e.given is not None, place(e)) for e in best)


def _flagged(case: Case) -> dict[tuple[str, int], set[PersonId]]:
    """Fact and year → people of whom the authority recorded it as more than nothing."""
    found: defaultdict[tuple[str, int], set[PersonId]] = defaultdict(set)
    for row in case.indicators:
        if row.stage == COUNTING and exact(row.value) > 0:
            found[row.indicator, row.year].add(row.person_id)
    return dict(found)


def _is_outstanding(case: Case, cap: Cap, unit: str, year: int, flagged: dict[tuple[str, int], set[PersonId]]) -> bool:
    """Whether the head of that very unit has the flag."""
    if cap.outstanding is None:
        return False
    heads = {p.position_id for p in case.positions if p.unit_id == unit and p.head}
    people = flagged.get((cap.outstanding.fact, year), set())
    rows = (row for person in people for row in case.service_of.get(person, ()))
    return any(row.position_id in heads and covers(row, last_day(year)) for row in rows)
