"""Who may move where and when, of what is `allowed`: rotations and appointments, by class of posts (`alike`).

Tables are by person and the first post of a class. `Moves` makes them agree with each other, and says which moves get
a column of their own: all of them where they are few, else those that are `named`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from copy import copy
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeVar

from planner.domain.ids import PersonId, PositionId
from planner.problem import allowed
from planner.problem.alike import Alike, MoveStage, each_alone
from planner.problem.allowed import DaysOf, earliest_of
from planner.problem.appointable import Appointable, ListHopes
from planner.problem.closers import Chance, Closers, Pair, RotationKind, Stint, Turn
from planner.program import Look, go_on
from planner.standing import Standing

MOVES_UNLOOKED = 1_000
"""After so many more moves it is looked whether to go on: a tenth of a second."""

SITS: dict[RotationKind, str] = {"v": "occ", "w": "ow"}
"""The columns that say that a person sits where such a rotation led."""


T = TypeVar("T")


def _looking(items: Iterable[T], look: Look) -> Iterator[T]:
    for n, item in enumerate(items):
        if n % MOVES_UNLOOKED == 0:
            look()
        yield item


@dataclass(frozen=True)
class Own:
    """Moves that get columns of their own: some, and all of some people."""

    pairs: Set[Pair]
    people: Set[PersonId]

    def by_class(self, classes: Alike) -> Callable[[PersonId, PositionId], Sequence[PositionId]]:
        """A function that says to which posts of a class, given by its first, those of a person lead, in order."""
        rank = {p: n for posts in classes.posts.values() for n, p in enumerate(posts)}
        found: defaultdict[Pair, list[PositionId]] = defaultdict(list)
        for person, position in self.pairs:
            if position in rank:
                found[person, classes.first_of[position]].append(position)
        for posts in found.values():
            posts.sort(key=rank.__getitem__)
        return lambda person, first: classes.posts[first] if person in self.people else found.get((person, first), ())


class Moves:
    """Appointments and rotations into seats that may be free.

    `takeovers` and `stints` are those with a column of their own, by person and post. `loose_takeovers` and
    `loose_stints` are counted by class, by person and the first post of the class: moves to the posts of the class
    that are not named for the person.
    """

    def __init__(
        self,
        status_quo: Standing,
        closers: Closers,
        appoint: Alike,
        rotate: Alike,
        hopes: Callable[[], ListHopes],
        look: Look = go_on,
    ) -> None:
        self.ground, self.expected, self.closers = status_quo.ground, status_quo.expected, closers
        self.appoint, self.rotate = appoint, rotate
        self._bound, self._days = status_quo.bound, self._days_of(appoint)
        self._stints = allowed.stints(status_quo.ground, status_quo.expected, status_quo.bound, closers, rotate, look)
        # With every rotation that is thought of: a list that is out of reach with all of them is so with fewer.
        self._tell_closers()
        self._appointable = Appointable(status_quo, closers, hopes())
        self._takeovers = allowed.takeovers(
            status_quo.ground, status_quo.expected, closers, self._appointable, appoint, self._days, look
        )
        self.allowed = self._counts()
        """How many appointments and rotations there are, judged by the person, the post and the day alone."""
        self.first_open: dict[PositionId, int] = {}
        self.aims: set[Pair] = set()
        """Moves to classes of posts that are refused, but that people may train for."""
        self.takeovers: dict[Pair, list[int]] = {}
        self.loose_takeovers: dict[Pair, list[int]] = {}
        self.stints: dict[Pair, list[Stint]] = {}
        self.loose_stints: dict[Pair, list[Stint]] = {}
        self.loosely_appointed: dict[Pair, frozenset[PositionId]] = {}
        self.loosely_rotated: dict[Pair, frozenset[PositionId]] = {}
        """The posts to which a loose move of the person may lead, in classes of several kinds: in others all that are
        neither named nor held."""
        self._open_by_day: dict[tuple[PositionId, int], dict[dt.date, list[PositionId]]] = {}
        self._may_come: dict[tuple[PersonId, PositionId, dt.date], bool] = {}
        self._agree()
        self.agreed = self._counts()
        """How many of them may come about."""

    def _days_of(self, appoint: Alike) -> DaysOf:
        """Each worked out once: a class may have hundreds of posts, and thousands of people who may come to it."""
        return cache(partial(allowed.days_of, self.expected, appoint))

    def told_to(self, closers: Closers) -> Moves:
        """The same moves, none of them named yet, for a problem with other closers over the same places."""
        other = copy(self)
        other.closers, other._appointable = closers, self._appointable.with_closers(closers)
        other._tell_closers()
        return other

    def _tell_closers(self) -> None:
        self.closers.set_turns(
            (person, Turn(("v", person, first, stint.period), first, stint))
            for (person, first), found in self._stints.items()
            for stint in found
        )

    def _agree(self) -> None:
        """Until what is left agrees with itself."""
        ground, expected = self.ground, self.expected
        count = -1
        while count != (count := sum(map(len, self._stints.values()))):
            self._tell_closers()
            self._takeovers = allowed.within_reach(self._appointable, self.closers, self._days, self._takeovers)
            open_from = allowed.openings(ground, expected, self.appoint, self._takeovers, self._stints)
            self.first_open = open_from
            kept = {}
            for key, found in self._stints.items():
                earliest = earliest_of(open_from, self.rotate.posts[key[1]])
                if still := [s for s in found if s.period >= earliest]:
                    kept[key] = still
            self._stints = kept

    def _counts(self) -> tuple[int, int]:
        """How many appointments and rotations to single posts there are: person, post, period."""
        appointments = sum(len(p) * len(self.appoint.posts[first]) for (_, first), p in self._takeovers.items())
        rotations = sum(len(s) * len(self.rotate.posts[first]) for (_, first), s in self._stints.items())
        return appointments, rotations

    def split(self, appointed: Own, rotated: Own, look: Look = go_on) -> None:
        """Give columns of their own to these moves, count the others by class, and tell the closers of all."""
        self._give_own(appointed, rotated, look)
        self._count_others(look)
        self.closers.set_turns((i, turn) for i, turns in self.turns().items() for turn in turns)

    def keep_only(self, appointed: Own, rotated: Own, look: Look = go_on) -> None:
        """Refuse all other moves, and what only they made possible.

        What people may train for stays: a plan that was made before with other moves keeps its places.
        """
        if not (self.loose_takeovers or self.loose_stints):
            self.split(appointed, rotated, look)
        self.aims = self.loose_takeovers.keys() | self.loose_stints.keys()
        self._give_own(appointed, rotated, look)
        alone = each_alone(self.ground.full_time)
        self.appoint = self.rotate = alone
        self._days = self._days_of(alone)
        self._takeovers, self._stints = self.takeovers, self.stints
        self._agree()
        self.split(appointed, rotated, look)

    def _give_own(self, appointed: Own, rotated: Own, look: Look) -> None:
        self.takeovers, self.stints = {}, {}
        self._own_appointed, self._own_rotated = appointed.by_class(self.appoint), rotated.by_class(self.rotate)
        for (person, first), periods in _looking(self._takeovers.items(), look):
            for p in self._own_appointed(person, first):
                if kept := [t for t in periods if t >= self.first_open[p] and self.may_take_over(person, p, t)]:
                    self.takeovers[person, p] = kept
        for (person, first), found in _looking(self._stints.items(), look):
            for p in self._own_rotated(person, first):
                if still := [
                    s for s in found if s.period >= self.first_open[p] and self.may_rotate(person, p, s.start)
                ]:
                    self.stints[person, p] = still

    def _count_others(self, look: Look) -> None:
        self.loose_takeovers, self.loose_stints = {}, {}
        self.loosely_appointed, self.loosely_rotated = {}, {}
        self._open_by_day, self._may_come = {}, {}
        sooner = self._by_opening(self.appoint)
        for (person, first), periods in _looking(self._takeovers.items(), look):
            taken = self.ground.held[person].union(self._own_appointed(person, first))
            soonest = next((p for p in sooner[first] if p not in taken), None)
            if soonest is not None and (kept := self._loose_periods(person, first, soonest, periods)):
                self.loose_takeovers[person, first] = kept
                if len(self.appoint.kinds[first]) > 1:
                    days = [day for t in kept for day in self.open_by_day(first, t)]
                    self.loosely_appointed[person, first] = self._reached(
                        self.appoint, "appoint", person, first, taken, days
                    )
        sooner = self._by_opening(self.rotate)
        for (person, first), found in _looking(self._stints.items(), look):
            taken = self.ground.held[person].union(self._own_rotated(person, first))
            soonest = next((p for p in sooner[first] if p not in taken), None)
            if soonest is not None and (still := [s for s in found if s.period >= self.first_open[soonest]]):
                self.loose_stints[person, first] = still
                if len(self.rotate.kinds[first]) > 1:
                    starts = [stint.start for stint in still]
                    self.loosely_rotated[person, first] = self._reached(
                        self.rotate, "rotate", person, first, taken, starts
                    )

    def _by_opening(self, classes: Alike) -> dict[PositionId, list[PositionId]]:
        """The posts of each class, those first of which a seat may be free the soonest."""
        return {first: sorted(posts, key=self.first_open.__getitem__) for first, posts in classes.posts.items()}

    def _reached(
        self, classes: Alike, stage: MoveStage, person: PersonId, first: PositionId, taken: Set[PositionId],
        days: Sequence[dt.date],
    ) -> frozenset[PositionId]:  # fmt: skip
        """Those of the posts of a class that are not `taken` to which the person may come on one of the days."""
        posts = [p for p in classes.posts[first] if p not in taken]
        kinds = {classes.kind_of[p] for p in posts}
        may = {k for k in kinds if any(self._bound.allows(person, k, stage, day).ok for day in days)}
        return frozenset(p for p in posts if classes.kind_of[p] in may)

    def may_be_loose(self, person: PersonId, position: PositionId) -> bool:
        """Whether an appointment of the person that is counted by class may be one to the post."""
        first = self.appoint.first_of[position]
        return (person, first) in self.loose_takeovers and position not in self._own_appointed(person, first)

    def open_by_day(self, first: PositionId, t: int) -> dict[dt.date, list[PositionId]]:
        """The posts of a class of which a seat may be free by the end of the period, by the day δ that judges them."""
        key = (first, t)
        if key not in self._open_by_day:
            found: defaultdict[dt.date, list[PositionId]] = defaultdict(list)
            for p in self.appoint.posts[first]:
                if self.first_open[p] <= t:
                    found[self.expected.delta(p, t)].append(p)
            self._open_by_day[key] = dict(sorted(found.items()))
        return self._open_by_day[key]

    def may_come(self, person: PersonId, first: PositionId, day: dt.date) -> bool:
        """Whether the person may be appointed to some post of the class that is judged on the day."""
        key = (person, first, day)
        if key not in self._may_come:
            self._may_come[key] = self._appointable.may(person, self.appoint.kinds[first], day)
        return self._may_come[key]

    def _loose_periods(
        self, person: PersonId, first: PositionId, soonest: PositionId, periods: Sequence[int]
    ) -> list[int]:
        """When a seat may be free to which the person may come, of posts that open no sooner than one of them: what a
        class may is perhaps due to one that is not."""
        since = self.first_open[soonest]
        return [
            t
            for t in periods
            if t >= since and any(self.may_come(person, first, day) for day in self.open_by_day(first, t))
        ]

    def may_take_over(self, person: PersonId, position: PositionId, t: int) -> bool:
        """What is said of a class in a period may be due to the day of another post; nobody comes to a post held."""
        if position in self.ground.held[person]:
            return False
        alone = len(self.appoint.posts[self.appoint.first_of[position]]) == 1
        return alone or self._appointable.may(person, (position,), self.expected.delta(position, t))

    def may_rotate(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """What is said of a class may be due to a post of another kind; nobody comes to a post held."""
        if position in self.ground.held[person]:
            return False
        alone = len(self.rotate.kinds[self.rotate.first_of[position]]) == 1
        return alone or self._bound.allows(person, position, "rotate", day).ok

    @property
    def rotations(self) -> dict[RotationKind, dict[Pair, list[Stint]]]:
        """The tables of rotations by the kind of their columns."""
        return {"v": self.stints, "w": self.loose_stints}

    def turns(self) -> dict[PersonId, list[Turn]]:
        """By person every rotation that is a column, one of a post or of a class."""
        found: defaultdict[PersonId, list[Turn]] = defaultdict(list)
        for kind, table in self.rotations.items():
            for (person, position), stints in table.items():
                found[person] += [Turn((kind, person, position, s.period), position, s) for s in stints]
        return dict(found)

    def chances(self) -> dict[PersonId, list[Chance]]:
        """By person every appointment that is a column, to a post or into a class."""
        found: defaultdict[PersonId, list[Chance]] = defaultdict(list)
        for (person, position), periods in self.takeovers.items():
            for t in periods:
                on = self.expected.delta(position, t)
                found[person].append(Chance(("a", person, position, t), position, on, on))
        for (person, first), periods in self.loose_takeovers.items():
            for t in periods:
                days = list(self.open_by_day(first, t))
                found[person].append(Chance(("c", person, first, t), first, days[-1], days[0]))
        return dict(found)

    def loosely_appointed_from(self) -> dict[PositionId, int]:
        """The first period in which a post may get somebody by a loose appointment."""
        starts = ((first, periods[0]) for (_, first), periods in self.loose_takeovers.items())
        return self._by_post(self.appoint, starts)

    def loosely_rotated_from(self) -> dict[PositionId, int]:
        """The same for rotations."""
        starts = ((first, stints[0].period) for (_, first), stints in self.loose_stints.items())
        return self._by_post(self.rotate, starts)

    def _by_post(self, classes: Alike, starts: Iterable[tuple[PositionId, int]]) -> dict[PositionId, int]:
        earliest: dict[PositionId, int] = {}
        for first, t in starts:
            earliest[first] = min(t, earliest.get(first, t))
        since = {p: max(t, self.first_open[p]) for first, t in earliest.items() for p in classes.posts[first]}
        return {p: t for p, t in since.items() if t in self.ground.horizon.periods}

    def loosely_from(self) -> dict[PositionId, int]:
        """The first period in which a post may get somebody by a loose move."""
        appointed, rotated = self.loosely_appointed_from(), self.loosely_rotated_from()
        never = len(self.ground.horizon.periods)
        both = appointed.keys() | rotated.keys()
        return {p: min(appointed.get(p, never), rotated.get(p, never)) for p in both}
