"""Relatives not together in one leadership, nor one in a post of trust under the other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import Field, model_validator

from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.offices import upwards
from planner.domain.violation import Violation
from planner.rules.base import InstantRule, RuleParams, Scopes, Waiver
from planner.rules.locality import place_of
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program
    from planner.program.program import Key
    from planner.timeline import Expected

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
      `sectors` in the same locality. The locality is that of the post's unit; it tells the level as well;
    - `office_posts`: one is the head or a deputy of an office, the other holds one of the `posts` of its divisions
      (personnel, finance, stores). A division has the leaders of every unit above it in its office.

    A pair that the case already has together may stay together where it is, but not by a new move. Nobody is the
    designated successor for a post from which a relative keeps them, at the instant of the period in which one is
    wanted: a relative who sits in the post itself and leaves it first is the one to be succeeded, and keeps nobody out.

    Nor does the plan bring somebody to a relative who leaves service later in that period: it is judged on δ of the
    appointment (the first day of the rotation), whenever in the period the seat is taken. Who follows a relative in the
    relative's only seat comes when it is free.
    Source: 114-QĐ/TW art. 6(5) (a), (b) and (c), rules.md §2.2 kinship_not_together; Law on anti-corruption 2018,
    art. 20(3).
    """

    name = "kin_apart"
    kind = "pair"

    class Params(RuleParams):
        relations: tuple[str, ...] = Field(
            ("spouse", "parent", "child", "sibling"), description="what one is to the other"
        )
        within: Literal["unit_leadership", "locality_leadership", "locality_sectors", "office_posts"] = Field(
            "unit_leadership",
            description="posts of one unit; leaders of a locality; its leaders and sectors; leaders of an office and "
            "posts of its divisions",
        )
        leaders: Mapping[str, Any] = Field(
            default_factory=dict, description="scope, written as applies_to: the posts that lead a locality"
        )
        sectors: tuple[str, ...] = Field((), description="sectors whose heads are meant")
        posts: Scopes = Field(
            (),
            description="scopes of which one fits: posts that relatives of the office's leaders do not hold; a post "
            "that names no field counts as that of the unit's head",
        )

        @model_validator(mode="after")
        def _whole(self) -> KinApart.Params:
            if self.within.startswith("locality") and not self.leaders:
                raise ValueError(f"{self.within} wants leaders")
            if self.within == "locality_sectors" and not self.sectors:
                raise ValueError("locality_sectors wants sectors")
            if self.within == "office_posts" and not self.posts:
                raise ValueError("office_posts wants posts")
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
        if self.params.within == "office_posts":
            return tuple(self._office_sides())
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

    def _office_sides(self) -> Iterator[Side]:
        """The posts of each unit that leads divisions of its office, and those posts of the divisions that are kept."""
        kept: defaultdict[UnitId, list[PositionId]] = defaultdict(list)
        for unit, posts in self.ground.posts_of_unit.items():
            named = [p for p in posts if self.applies(p) and self._is_kept(p, posts)]
            for above in upwards(self.ground.case, unit)[1:] if named else ():
                kept[above] += named
        for unit, below in kept.items():
            leaders = tuple(p for p in self.ground.posts_of_unit.get(unit, ()) if self.matches(p, self.params.leaders))
            if leaders:
                yield Side(unit, leaders, tuple(below))
                yield Side(unit, tuple(below), leaders)

    def _is_kept(self, position: PositionId, of_unit: Iterable[PositionId]) -> bool:
        """Whether the post is one of `posts`, by what it says itself or, of a deputy without a field, by its head's."""
        case = self.ground.case
        heads = () if case.position[position].field else (p for p in of_unit if case.position[p].head)
        return any(self.matches_one(p, self.params.posts) for p in (position, *heads))

    @cached_property
    def sides_of(self) -> dict[PositionId, tuple[Side, ...]]:
        """By post, the sides on which it is `one`."""
        found: defaultdict[PositionId, list[Side]] = defaultdict(list)
        for side in self.sides:
            for p in side.one:
                found[p].append(side)
        return {p: tuple(sides) for p, sides in found.items()}

    def _waived(self, pair: tuple[PersonId, PersonId], day: dt.date) -> Waiver | None:
        return next((w for w in self.waivers if w.subjects == frozenset(pair) and w.covers(pair, day)), None)

    def check(self, line: Timeline) -> Iterator[Violation]:
        yield from super().check(line)
        yield from self._brought_together(line)
        for s in line.plan.successors:
            if s.person is not None:
                day = line.expected.wanted_by[s.position]
                for relative in self.kept_out_by(line, s.person, s.position, day):
                    yield self._not_to_succeed(s.person, s.position, relative, day)

    def kept_out_by(self, line: Timeline, person: PersonId, position: PositionId, day: dt.date) -> Iterator[PersonId]:
        """The relatives because of whom the person could not take over the position on the day.

        As everywhere it is judged at the instant of the period, of a day beyond the horizon on that day.
        """
        on = self.judged_on(day)
        for relative, side in self.against(person, position, on):
            post = line.post_of(relative, on)
            if post not in side.other:
                continue
            if post == position and relative in line.expected.next_to_leave(position, day):
                continue
            yield relative

    def judged_on(self, day: dt.date) -> dt.date:
        horizon = self.ground.horizon
        return max(day, horizon.instant(horizon.nearest_period(day)))

    def against(self, person: PersonId, position: PositionId, on: dt.date) -> Iterator[tuple[PersonId, Side]]:
        """The relatives of the person with the posts in which they would be too near the position."""
        if self.in_force(on):
            for relative in self._relatives.get(person, ()):
                for side in self.sides_of.get(position, ()):
                    if not self._waived((person, relative), on):
                        yield relative, side

    @cached_property
    def _relatives(self) -> dict[PersonId, tuple[PersonId, ...]]:
        found: defaultdict[PersonId, list[PersonId]] = defaultdict(list)
        for one, other in self.pairs:
            found[one].append(other)
            found[other].append(one)
        return {person: tuple(others) for person, others in found.items()}

    def _not_to_succeed(self, person: PersonId, position: PositionId, relative: PersonId, day: dt.date) -> Violation:
        subjects = frozenset({person, relative, position})
        return Violation(self.id, subjects, day, 1, "pairs", "designated", moved_in=True)

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
            for side in self.sides_of.get(post_a, ()):
                if post_b in side.other and not self._waived((a, b), day):
                    moved = line.moved_into(a, post_a, day) or line.moved_into(b, post_b, day)
                    yield Violation(self.id, frozenset({a, b}), day, 1, "pairs", side.place, moved_in=moved)

    def _brought_together(self, line: Timeline) -> Iterator[Violation]:
        """Who comes, by the day that judges it, to a relative who leaves service before the end of that period."""
        for goes, comes, t in self.leaving_within(line.expected):
            if any(r.period == t for r in line.rotations.get(goes, ())):
                continue  # gone from there on the first day of the period
            sits = self.ground.home[goes] if t == 0 else line.post_of(goes, self.ground.horizon.instant(t - 1))
            moves = [(a.position, a.judged_on) for a in line.appointments.get(comes, ()) if a.period == t]
            moves += [(r.position, r.start) for r in line.rotations.get(comes, ()) if r.period == t]
            for position, on in moves:
                for side in self.sides_of.get(position, ()):
                    if sits in self.beside(side, position) and self.meet(line.expected, goes, comes, on):
                        yield Violation(self.id, frozenset({goes, comes}), on, 1, "pairs", side.place, moved_in=True)

    def leaving_within(self, expected: Expected) -> Iterator[tuple[PersonId, PersonId, int]]:
        """(who leaves service within a period, a relative, the period): at its end the two are not together."""
        for a, b in self.pairs:
            for goes, comes in ((a, b), (b, a)):
                leaves = expected.leaves.get(goes)
                t = None if leaves is None else self.ground.horizon.period_of(leaves)
                if t is not None:
                    yield goes, comes, t

    def beside(self, side: Side, position: PositionId) -> tuple[PositionId, ...]:
        """The posts of the side that a relative may sit in while somebody comes to the position: not its only seat."""
        return tuple(p for p in side.other if p != position or self.ground.seats[p] > 1)

    def meet(self, expected: Expected, goes: PersonId, comes: PersonId, on: dt.date) -> bool:
        """Whether who comes on the day meets who goes, and the rule asks for it on that day."""
        return on < expected.leaves[goes] and self.in_force(on) and not self._waived((goes, comes), on)

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
        for goes, comes, t in self.leaving_within(problem.expected):
            self._part_until_gone(problem, program, goes, comes, t)
        self._successors(problem, program)

    def _successors(self, problem: Problem, program: Program) -> None:
        """Who is designated, and the relatives who sit too near, are together 1 at most."""
        for position, persons in problem.ready.items():
            day = problem.expected.wanted_by[position]
            on, t = self.judged_on(day), self.ground.horizon.nearest_period(day)
            leaving = problem.expected.next_to_leave(position, day)
            for person in persons:
                for relative, side in self.against(person, position, on):
                    if not problem.expected.in_service(relative, on):
                        continue
                    stays, near = problem.holds_among(program, relative, side.other, t)
                    if not (self.ground.home[relative] == position and relative in leaving):
                        near = near + stays
                    if not near:
                        continue
                    breach = self._not_to_succeed(person, position, relative, day)
                    slack = None if self.is_must else program.slack(breach.key, 1)
                    designated = program["g", person, position]
                    program.at_most(designated + near - (slack or 0), 1, self.id, breach.subjects, day)

    def _sides_within_reach(self, problem: Problem, a: PersonId, b: PersonId) -> list[Side]:
        """The sides of which each of the two can hold a post."""
        posts_a, posts_b = (set(problem.posts_within_reach(i)) for i in (a, b))
        sides = dict.fromkeys(side for p in sorted(posts_a) for side in self.sides_of.get(p, ()))
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

    def _part_until_gone(self, problem: Problem, program: Program, goes: PersonId, comes: PersonId, t: int) -> None:
        """Nobody comes to a relative who sits there at the instant before, does not rotate away, and leaves later."""
        arrivals: list[tuple[Key, PositionId, dt.date]] = [
            (("a", comes, p, t), p, problem.expected.delta(p, t))
            for p in problem.posts_open_to.get(comes, ())
            if t in problem.takeover_periods[comes, p]
        ]
        for turn in problem.turns.get(comes, ()):
            if turn.kind == "v" and turn.stint.period == t:
                arrivals.append((turn.key, turn.position, turn.stint.start))
        away = program.sum(turn.key for turn in problem.turns.get(goes, ()) if turn.stint.period == t)
        for key, position, on in arrivals:
            if not self.meet(problem.expected, goes, comes, on):
                continue
            for side in self.sides_of.get(position, ()):
                posts = self.beside(side, position)
                sits = int(self.ground.home[goes] in posts) if t == 0 else problem.holds(program, goes, posts, t - 1)
                together = program[key] - away + sits
                breach = Violation(self.id, frozenset({goes, comes}), on, scope=side.place)
                if not self.is_must:
                    together = together - program.slack(breach.key, 1)
                program.at_most(together, 1, self.id, {goes, comes}, on)
