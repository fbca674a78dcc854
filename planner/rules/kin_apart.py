"""Relatives not together in one leadership."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import Field, model_validator

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import InstantRule, RuleParams, Waiver
from planner.rules.locality import place_of
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

_OTHER_WAY = {
    "parent": "child", "child": "parent", "parent_in_law": "child_in_law", "child_in_law": "parent_in_law",
}  # fmt: skip


class Side(NamedTuple):
    """Posts that two relatives may not hold together in a place: one of them a post of `one`, the other of `other`."""

    place: str
    one: tuple[PositionId, ...]
    other: tuple[PositionId, ...]


class KinApart(InstantRule):
    """Two relatives do not hold full-time posts together at an instant, `within`

    - `unit_leadership`: posts of the same unit (a leadership; a head and the deputies);
    - `locality_leadership`: posts of the scope `leaders` in one locality, whichever of its bodies they belong to (a
      standing committee; the head and the deputies of a locality);
    - `locality_sectors`: one leads a locality (a post of the scope `leaders`), the other is the head of one of the
      `sectors` in the same locality. The locality is that of the post's unit; it tells the level as well.

    A pair that the case already has together may stay together where it is, but not by a new move.
    Source: 114-QĐ/TW art. 6(5) (a), (b) and (c); rules.md §2.2 kinship_not_together.
    """

    name = "kin_apart"
    kind = "pair"

    class Params(RuleParams):
        relations: tuple[str, ...] = Field(
            ("spouse", "parent", "child", "sibling"), description="what one is to the other"
        )
        within: Literal["unit_leadership", "locality_leadership", "locality_sectors"] = Field(
            "unit_leadership", description="posts of one unit, leaders of a locality, or its leaders and sectors"
        )
        leaders: Mapping[str, Any] = Field(
            default_factory=dict, description="scope, written as applies_to: the posts that lead a locality"
        )
        sectors: tuple[str, ...] = Field((), description="sectors whose heads are meant")

        @model_validator(mode="after")
        def _whole(self) -> KinApart.Params:
            if self.within != "unit_leadership" and not self.leaders:
                raise ValueError(f"{self.within} wants leaders")
            if self.within == "locality_sectors" and not self.sectors:
                raise ValueError("locality_sectors wants sectors")
            return self

    params: Params

    @cached_property
    def pairs(self) -> tuple[tuple[PersonId, PersonId], ...]:
        """Related pairs, each once, whichever way round the relation is written."""
        wanted = {r for name in self.params.relations for r in (name, _OTHER_WAY.get(name, name))}
        pairs = {
            tuple(sorted((row.person_a, row.person_b))): None
            for row in self.ground.case.relations
            if row.relation in wanted and row.person_a != row.person_b
        }
        return tuple((a, b) for a, b in pairs)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The pairs of posts that are too near, by place; where it makes no difference who sits where, once."""
        if self.params.within == "unit_leadership":
            units = self.ground.posts_of_unit.items()
            found = ((unit, tuple(p for p in posts if self.applies(p))) for unit, posts in units)
            return tuple(Side(unit, posts, posts) for unit, posts in found if posts)
        leaders: defaultdict[str, list[PositionId]] = defaultdict(list)
        heads: defaultdict[str, list[PositionId]] = defaultdict(list)
        for p in filter(self.applies, self.ground.full_time):
            row = self.ground.case.position[p]
            if self.matches(p, self.params.leaders):
                leaders[place_of(self.ground, row.unit_id)].append(p)
            elif row.head and row.sector in self.params.sectors:
                heads[place_of(self.ground, row.unit_id)].append(p)
        if self.params.within == "locality_leadership":
            return tuple(Side(place, tuple(posts), tuple(posts)) for place, posts in leaders.items())
        both = {place: (tuple(leaders[place]), tuple(heads[place])) for place in leaders if place in heads}
        sides = (Side(place, *order) for place, (x, y) in both.items() for order in ((x, y), (y, x)))
        return tuple(sides)

    @cached_property
    def _sides_of(self) -> dict[PositionId, tuple[Side, ...]]:
        """By post, the sides on which it is `one`."""
        found: defaultdict[PositionId, list[Side]] = defaultdict(list)
        for side in self.sides:
            for p in side.one:
                found[p].append(side)
        return {p: tuple(sides) for p, sides in found.items()}

    def _waived(self, pair: tuple[PersonId, PersonId], day: dt.date) -> Waiver | None:
        return next((w for w in self.waivers if w.subjects == frozenset(pair) and w.covers(pair, day)), None)

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        yield from self._together(line, day, self.pairs)

    def on_day_among(self, line: Timeline, day: dt.date, subjects: Collection[frozenset[str]]) -> Iterator[Violation]:
        yield from self._together(line, day, [pair for pair in map(self._pair_of.get, subjects) if pair is not None])

    @cached_property
    def _pair_of(self) -> dict[frozenset[str], tuple[PersonId, PersonId]]:
        return {frozenset(pair): pair for pair in self.pairs}

    def _together(
        self, line: Timeline, day: dt.date, pairs: Iterable[tuple[PersonId, PersonId]]
    ) -> Iterator[Violation]:
        if not self.in_force(day):
            return
        for a, b in pairs:
            post_a, post_b = line.post_of(a, day), line.post_of(b, day)
            if post_a is None or post_b is None:
                continue
            for side in self._sides_of.get(post_a, ()):
                if post_b in side.other and not self._waived((a, b), day):
                    moved = line.moved_into(a, post_a, day) or line.moved_into(b, post_b, day)
                    yield Violation(self.id, frozenset({a, b}), day, 1, "pairs", side.place, moved_in=moved)

    def post(self, problem: Problem, program: Program) -> None:
        near = {pair: self._sides_within_reach(problem, *pair) for pair in self.pairs}
        for t in problem.ground.horizon.periods:
            day = problem.ground.horizon.instant(t)
            if not self.in_force(day):
                continue
            for a, b in self.pairs:
                if self._waived((a, b), day):
                    continue
                for side in near[a, b]:
                    self._part(problem, program, a, b, side, t)

    def _sides_within_reach(self, problem: Problem, a: PersonId, b: PersonId) -> list[Side]:
        """The sides of which each of the two can hold a post."""
        posts_a, posts_b = (set(problem.posts_within_reach(i)) for i in (a, b))
        sides = dict.fromkeys(side for p in sorted(posts_a) for side in self._sides_of.get(p, ()))
        return [side for side in sides if posts_b & set(side.other)]

    def _part(self, problem: Problem, program: Program, a: PersonId, b: PersonId, side: Side, t: int) -> None:
        day = problem.ground.horizon.instant(t)
        stays_a, comes_a = problem.holds_among(program, a, side.one, t)
        stays_b, comes_b = problem.holds_among(program, b, side.other, t)
        if not (stays_a or comes_a) or not (stays_b or comes_b):
            return  # one of the two cannot be there: the row would only say that a person moves once
        breach = Violation(self.id, frozenset({a, b}), day, scope=side.place)
        if not self.is_must:
            slack = program.slack(breach.key, 1)
            program.at_most(stays_a + comes_a + stays_b + comes_b - slack, 1, self.id, {a, b}, day)
        elif problem.inherited(breach):
            program.at_most(comes_a + stays_b + comes_b, 1, self.id, {a, b}, day)
            program.at_most(comes_b + stays_a + comes_a, 1, self.id, {a, b}, day)
        else:
            program.at_most(stays_a + comes_a + stays_b + comes_b, 1, self.id, {a, b}, day)
