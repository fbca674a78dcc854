"""Where a person served on the last day of a year, and which set measures that year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planner.domain.case import Case, Service
from planner.domain.content import Content
from planner.domain.ids import PersonId, PositionId, RankCode, UnitId
from planner.domain.indicator_sets import Group, IndicatorSet


@dataclass(frozen=True)
class Post:
    """The post that counts for a year: the highest one held on its last day. Parts that are not known are None."""

    unit: UnitId | None = None
    position: PositionId | None = None
    title: str | None = None
    rank: RankCode | None = None
    standard: str | None = None
    head: bool | None = None


def last_day(year: int) -> dt.date:
    return dt.date(year, 12, 31)


def post_on(case: Case, content: Content, person: PersonId, day: dt.date) -> Post | None:
    """The post of the highest rank held on the day, full-time before others; None where the person served nowhere.

    Acting looks after a post and is not holding it.
    """
    rows = [row for row in case.service_of.get(person, ()) if row.kind != "acting" and covers(row, day)]
    if not rows:
        return None
    posts = [_post(case, row) for row in rows]

    def weight(post: Post) -> tuple[int, bool]:
        order = content.rank[post.rank].order if post.rank in content.rank else -1
        position = case.position.get(post.position) if post.position else None
        return order, position is not None and position.nature == "full_time"

    best = max(posts, key=weight)
    return best if best.unit is not None else Post(case.person[person].unit_id, *_rest(best))


def _rest(post: Post) -> tuple[PositionId | None, str | None, RankCode | None, str | None, bool | None]:
    return post.position, post.title, post.rank, post.standard, post.head


def covers(row: Service, day: dt.date) -> bool:
    return (row.since is None or row.since <= day) and (row.until is None or row.until >= day)


def _post(case: Case, row: Service) -> Post:
    position = case.position.get(row.position_id) if row.position_id else None
    if position is None:
        return Post(row.unit_id, None, row.title, row.rank)
    return Post(
        position.unit_id, position.position_id, position.title, position.rank, position.standard, bool(position.head)
    )


def set_of(case: Case, content: Content, post: Post | None, year: int) -> IndicatorSet | None:
    """The version that measures the post in the year: in force on its last day; the first that matches."""
    if post is None:
        return None
    day = last_day(year)
    return next((s for s in content.indicator_sets if s.in_force(day) and _matches(case, s, post)), None)


def _matches(case: Case, one: IndicatorSet, post: Post) -> bool:
    scope = one.applies_to
    unit = case.unit.get(post.unit) if post.unit else None
    return (
        (not scope.ranks or post.rank in scope.ranks)
        and (not scope.standards or post.standard in scope.standards)
        and (not scope.unit_kinds or (unit is not None and unit.kind in scope.unit_kinds))
        and (scope.head is None or post.head is scope.head)
    )


def group_of(one: IndicatorSet, post: Post) -> Group | None:
    """The group with like tasks to which a post belongs; None where the set names none that fits."""
    for group in one.groups:
        if (not group.ranks or post.rank in group.ranks) and (group.head is None or post.head is group.head):
            return group
    return None
