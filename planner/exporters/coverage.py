"""Coverage: listed, ready and secured, three figures that are never mixed, with the plan and without it.

*Listed* = names in the list; *ready* = those who could take over on the day; *secured* = seats that can be given at the
same time to distinct ready people whom no relative keeps out: a matching over the scope, never a sum of list lengths.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from planner.domain.ids import PersonId, PositionId
from planner.exporters.moves import why_none
from planner.exporters.view import Row, View
from planner.standing import Standing

COLUMNS = (
    "scope", "id", "title", "when", "date", "seats", "wanted", "listed_before", "listed", "ready_before", "ready",
    "secured_before", "secured", "missing", "why",
)  # fmt: skip

WHEN = ("as_of", "wanted_by", "end")
"""Today; the day on which each post wants its successor; the end of the horizon."""

Figures = tuple[int, int, int]


def rows(view: View) -> Iterator[Row]:
    """Per position, per unit and over all: on each of the days, with the plan and before it."""
    ground = view.ground
    for position in ground.full_time:
        for when in WHEN:
            yield _position(view, position, when)
    for unit, posts in ground.posts_of_unit.items():
        for when in WHEN:
            yield _group(view, "unit", unit, ground.case.unit[unit].name, posts, when)
    for when in WHEN:
        yield _group(view, "all", None, None, ground.full_time, when)


def day_of(standing: Standing, position: PositionId, when: str) -> dt.date:
    horizon = standing.ground.horizon
    return {
        "as_of": horizon.as_of,
        "wanted_by": standing.expected.wanted_by[position],
        "end": horizon.until,
    }[when]


def figures(standing: Standing, positions: Sequence[PositionId], when: str) -> Figures:
    """Distinct people listed and ready for any of the posts, and the seats secured, each post on its own day."""
    listed: set[PersonId] = set()
    ready: set[PersonId] = set()
    days = {position: day_of(standing, position, when) for position in positions}
    for position, day in days.items():
        listed.update(standing.listed(position, day))
        ready.update(standing.ready_names(position, day))
    return len(listed), len(ready), standing.secured_on(days)


def _position(view: View, position: PositionId, when: str) -> Row:
    row, day = view.ground.case.position[position], day_of(view.standing, position, when)
    figured = _both(view, (position,), when)
    wanted = row.successors
    missing = max(0, wanted - figured["ready"])
    return {
        "scope": "position",
        "id": position,
        "title": row.title,
        "when": when,
        "date": day,
        "seats": view.ground.seats[position],
        "wanted": wanted,
        **figured,
        "missing": missing,
        "why": why_none(view, position, day) if missing and not figured["ready"] else "too_few" if missing else None,
    }


def _group(view: View, scope: str, name: str | None, title: str | None, posts: Sequence[PositionId], when: str) -> Row:
    seats = sum(view.ground.seats[p] for p in posts)
    figured = _both(view, posts, when)
    missing = seats - figured["secured"]
    return {
        "scope": scope,
        "id": name,
        "title": title,
        "when": when,
        "date": None if when == "wanted_by" else day_of(view.standing, posts[0], when) if posts else None,
        "seats": seats,
        "wanted": sum(view.ground.case.position[p].successors for p in posts),
        **figured,
        "missing": missing,
        "why": "seats_not_secured" if missing else None,
    }


def _both(view: View, posts: Sequence[PositionId], when: str) -> dict[str, int]:
    names = ("listed", "ready", "secured")
    before = figures(view.before, posts, when)
    after = figures(view.standing, posts, when)
    return {
        column: value
        for name, was, is_now in zip(names, before, after, strict=True)
        for column, value in ((f"{name}_before", was), (name, is_now))
    }
