"""What closes a gap of a person - places and rotations, with the day from which the level counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

from planner.domain.ids import PersonId, PositionId, SessionId
from planner.timeline import Ground
from planner.timeline.ground import NEVER, Gap
from planner.timeline.replay import months_by_rotation

Key = tuple[object, ...]
Pair = tuple[PersonId, PositionId]
RotationKind = Literal["v", "w"]
"""A column of one post, or of a class."""


class Stint(NamedTuple):
    """A possible rotation: from the first day of a period until it is over."""

    period: int
    start: dt.date
    end: dt.date


class Turn(NamedTuple):
    """A rotation as a column: its key, and the post it leads to, or the first of its class."""

    key: Key
    position: PositionId
    stint: Stint

    @property
    def kind(self) -> RotationKind:
        return self.key[0]  # type: ignore[return-value]


class Chance(NamedTuple):
    """An appointment as a column: its key, the post (or the first of its class), and the day δ that judges it.

    For a class the last such day of its posts; `first` is the first of them.
    """

    key: Key
    position: PositionId
    on: dt.date
    first: dt.date


class Closer(NamedTuple):
    """An action that closes a gap of a person: its column's key, and the day from which the level counts."""

    key: Key
    on: dt.date


class Closers:
    """For each person, what the person's possible places and rotations grant, and when."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._places: defaultdict[PersonId, list[tuple[SessionId, Gap, dt.date]]] = defaultdict(list)
        self._turns: defaultdict[PersonId, list[Turn]] = defaultdict(list)
        self._known: dict[tuple[PersonId, Gap], tuple[Closer, ...]] = {}

    def add_place(self, person: PersonId, session: SessionId) -> None:
        if self.ground.session_end(session) == NEVER:
            return  # its level never counts
        self._places[person].append((session, self.ground.granted(session), self.ground.session_end(session)))

    def set_turns(self, turns: Iterable[tuple[PersonId, Turn]]) -> None:
        """The rotations that count from now on, in place of any before."""
        self._turns.clear()
        for person, turn in turns:
            self._turns[person].append(turn)
        self._known.clear()

    def of(self, person: PersonId, gap: Gap) -> tuple[Closer, ...]:
        """O_ik: every action of the person that grants at least the level, in order of its day."""
        key = (person, gap)
        if key not in self._known:
            found = [
                Closer(("u", person, session), end)
                for session, granted, end in self._places.get(person, ())
                if granted.competency == gap.competency and granted.level >= gap.level
            ]
            for turn in self._turns.get(person, ()):
                on = months_by_rotation(self.ground, gap, turn.stint.start)
                if on is not None:
                    found.append(Closer(turn.key, on))
            self._known[key] = tuple(sorted(found, key=lambda c: (c.on, str(c.key))))
        return self._known[key]

    def earliest(self, person: PersonId, gap: Gap) -> dt.date:
        """The first day on which the person may have the level, with or without an action; date.max if never."""
        base = self.ground.closed_on(person, gap)
        closers = self.of(person, gap)
        return min(base, closers[0].on) if closers else base

    def earliest_of_all(self, person: PersonId, gaps: tuple[Gap, ...]) -> dt.date:
        """The first day on which the person may have all of them."""
        return max((self.earliest(person, gap) for gap in gaps), default=dt.date.min)

    def can_close(self, person: PersonId, gaps: tuple[Gap, ...], day: dt.date) -> bool:
        return all(self.earliest(person, gap) <= day for gap in gaps)
