"""Decided decisions bind: what is decided happens, what is decided against does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planner.domain.case import Decision
from planner.domain.plan import Appointment, Cover, Rotation
from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing
    from planner.timeline import Ground

BINDING = ("pool", "not_pool", "train", "not_train", "rotate", "not_rotate", "appoint", "not_appoint", "cover")


def binding(ground: Ground) -> Iterator[Decision]:
    """Decisions that bind a plan; `leaves` and `stays` are departures."""
    for decision in ground.case.decisions:
        if decision.status == "decided" and decision.kind in BINDING:
            yield decision


def periods_bound(ground: Ground, decision: Decision) -> list[int]:
    """`from` binds the period that contains the day, else any period. A cover binds every instant up to `until`."""
    horizon = ground.horizon
    if decision.kind == "cover":
        first, last = decision.from_ or horizon.as_of, decision.until or horizon.until
        return [t for t in horizon.periods if first <= horizon.instant(t) <= last]
    if decision.from_ is None:
        return list(horizon.periods)
    period = horizon.period_of(decision.from_)
    return [] if period is None else [period]


def check(standing: Standing) -> Iterator[Violation]:
    for decision in binding(standing.ground):
        found = _found(standing, decision)
        wanted = not decision.kind.startswith("not_")
        if decision.kind == "cover":
            kept = found == len(periods_bound(standing.ground, decision))
        else:
            kept = bool(found) == wanted
        if not kept:
            subjects = {decision.person_id, decision.position_id, decision.session_id} - {None}
            day: dt.date | None = decision.from_
            yield Violation("decision", frozenset(map(str, subjects)), day, moved_in=True, scope=decision.kind)


def _found(standing: Standing, decision: Decision) -> int:
    """How often the plan does what the decision speaks of."""
    plan = standing.line.plan
    person, position, session = decision.person_id, decision.position_id, decision.session_id
    periods = set(periods_bound(standing.ground, decision))
    kind = decision.kind.removeprefix("not_")
    if kind == "pool":
        return sum(e.person == person and e.status != "remove" and position in (None, e.position) for e in plan.pools)
    if kind == "train":
        return sum(p.person == person and session in (None, p.session) for p in plan.training)
    by_kind: dict[str, Sequence[Rotation | Appointment | Cover]] = {
        "rotate": plan.rotations,
        "appoint": plan.appointments,
        "cover": plan.covers,
    }
    events = by_kind[kind]
    return sum(e.person == person and position in (None, e.position) and e.period in periods for e in events)
