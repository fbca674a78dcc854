"""Posts that rules and standards hardly tell apart when it is asked who may come: the classes of a kind of move.

In a province thousands of people may be moved to hundreds of posts, and for most of them the rules look at nothing but
the rank, the standard and the day. What they say is then computed once for a class; and those moves that get no column
of their own are counted by class (`structure.loose`). The days δ that judge an appointment to a post of the class in a
period may differ, with the same lists in force on all of them.

A rule that bars few people from each post, such as those who are local there, would make a class of every commune. It
is not looked at: a class has posts of several *kinds* then, and whoever may come to one of them may come to the class.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from planner.domain.ids import PersonId, PositionId
from planner.rules.rotate_from_pool import RotateFromPool
from planner.rules.standard_after import StandardAfter
from planner.rules.structure.decisions import binding
from planner.standing import Standing

MoveStage = Literal["appoint", "rotate"]


@dataclass(frozen=True)
class Alike:
    """The classes of one kind of move; the first post of a class stands for it, and one post of a kind for the kind."""

    first_of: dict[PositionId, PositionId]
    posts: dict[PositionId, tuple[PositionId, ...]]
    kind_of: dict[PositionId, PositionId]

    @cached_property
    def kinds(self) -> dict[PositionId, tuple[PositionId, ...]]:
        """For each class one post of every kind."""
        return {first: tuple(dict.fromkeys(self.kind_of[p] for p in posts)) for first, posts in self.posts.items()}

    def __iter__(self) -> Iterator[PositionId]:
        return iter(self.posts)


def by_post(pairs: Iterable[tuple[PersonId, PositionId]]) -> dict[PositionId, list[PersonId]]:
    """The people of each post, in order; or of each class, from (person, first post of it)."""
    people: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
    for person, first in pairs:
        people[first].append(person)
    return dict(people)


def each_alone(positions: Iterable[PositionId]) -> Alike:
    """Every post a class of its own."""
    own = {p: p for p in positions}
    return Alike(own, {p: (p,) for p in own}, own)


def alike(status_quo: Standing, stage: MoveStage) -> Alike:
    """Full-time posts for which rules of the stage, standards and days say the same of nearly everybody.

    A post that an exemption or a decision names is like no other.
    """
    named = {s for rule in status_quo.bound.rules for waiver in rule.waivers for s in waiver.subjects}
    named |= {d.position_id for d in binding(status_quo.ground) if d.position_id is not None}
    classes: defaultdict[Hashable, list[PositionId]] = defaultdict(list)
    for p in status_quo.ground.full_time:
        classes[p if p in named else _looked_at(status_quo, stage, p)].append(p)
    posts = {found[0]: tuple(found) for found in classes.values()}
    kind_of: dict[PositionId, PositionId] = {}
    for found in classes.values():
        first_of_kind: dict[PositionId, PositionId] = {}
        for p in found:
            kind_of[p] = first_of_kind.setdefault(status_quo.bound.alike(stage, p), p)
    return Alike({p: first for first, found in posts.items() for p in found}, posts, kind_of)


def _looked_at(status_quo: Standing, stage: MoveStage, position: PositionId) -> Hashable:
    """All that decides who may come to the post, and when."""
    ground, expected, bound = status_quo.ground, status_quo.expected, status_quo.bound
    asked = (ground.order(position), ground.demands(position, "appoint"), bound.nearly_alike(stage, position))
    horizon = ground.horizon
    if stage == "rotate":
        months = tuple(bound.rotation_months(position, horizon.start(t)) for t in horizon.periods)
        return *asked, months, tuple(rule.applies(position) for rule in bound.of(RotateFromPool))
    rounds = sorted({decided.approved_on for decided in ground.decided_round.values()})
    days = [expected.delta(position, t) for t in horizon.periods]
    lists = tuple(
        bisect_left(rounds, day) for rule in bound.must_be_listed for on in days for day in (rule.listed_by(on), on)
    )
    after = tuple(rule.applies(position) and tuple(rule.cells(position)) for rule in bound.of(StandardAfter))
    return *asked, lists, after, tuple(rule.same_for(position) for rule in bound.must_be_listed)
