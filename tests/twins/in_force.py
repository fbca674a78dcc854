"""A rule in force on a day only, an exemption until a day, a wish: what the universes of every rule need."""

from __future__ import annotations

import datetime as dt
from typing import Any

from planner.domain.case import Case
from planner.domain.content import Entry
from tests.twins.universe import Group, Universe, entry

SHOULD = {"should": 3}


def dated(case: Case, groups: tuple[Group, ...], day: str, rule: str, *more: Entry, **params: Any) -> list[Universe]:
    """The rule in force on one day only, from the day after, and to the day before: the day is one that it judges."""
    on = dt.date.fromisoformat(day)
    eve, after = on - dt.timedelta(days=1), on + dt.timedelta(days=1)
    return [
        Universe(f"in force on {day}", case, (entry(rule, **{"from": on, "until": on}, **params), *more), groups),
        Universe(f"in force after {day}", case, (entry(rule, **{"from": after}, **params), *more), groups),
        Universe(f"in force before {day}", case, (entry(rule, until=eve, **params), *more), groups),
    ]


def waived(subject: str, until: str, rule: str) -> dict[str, list[dict[str, str]]]:
    """The table `exemptions` with one row."""
    row = {"rule": rule, "subject": subject, "authority": "province", "reason": "r", "decided": "2025-12-01"}
    return {"exemptions": [{**row, "until": until}]}
