"""What is no breach, and still worth a look: relatives who meet within a period, or in lists of one leadership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.domain.dates import ONE_DAY
from planner.domain.violation import Reason
from planner.rules.kin_apart import KinApart
from planner.standing import Standing
from planner.timeline import Ground


def kin_warnings(standing: Standing) -> Iterator[Reason]:
    """For each rule on relatives: overlaps between instants, and relatives in lists of one unit's posts."""
    for rule in standing.bound.rules:
        if isinstance(rule, KinApart):
            yield from _overlaps(standing, rule)
            yield from _in_lists(standing, rule)


def _overlaps(standing: Standing, rule: KinApart) -> Iterator[Reason]:
    """Together on a day on which somebody moves, but not at the end of that period, where the rule judges.

    Once in a period, with the first such day.
    """
    horizon, plan = standing.ground.horizon, standing.line.plan
    movers = {a.person for a in plan.appointments} | {r.person for r in plan.rotations}
    pairs = [frozenset(pair) for pair in rule.pairs if not movers.isdisjoint(pair)]
    told: set[tuple[int, frozenset[str], str]] = set()
    for day in (horizon.as_of, *event_days(standing)):
        period = horizon.period_of(day)
        if period is None or day == horizon.instant(period):
            continue
        judged = {(v.subjects, v.scope) for v in rule.on_day_among(standing.line, horizon.instant(period), pairs)}
        for breach in rule.on_day_among(standing.line, day, pairs):
            met = (period, breach.subjects, breach.scope)
            if breach.moved_in and met[1:] not in judged and met not in told:
                told.add(met)
                people = ", ".join(sorted(breach.subjects))
                yield Reason("text.warning_kin_overlap", {"people": people, "unit": breach.scope, "day": day})


def _in_lists(standing: Standing, rule: KinApart) -> Iterator[Reason]:
    until = standing.ground.horizon.until
    for side in rule.sides:
        one, other = ({i for p in posts for i in standing.names_on(p, until)} for posts in (side.one, side.other))
        for a, b in rule.pairs:
            if a in one and b in other:
                yield Reason("text.warning_kin_lists", {"people": f"{a}, {b}", "unit": side.place})


def list_days(ground: Ground) -> set[dt.date]:
    """The days from which the names of a round count."""
    return {decided.approved_on + ONE_DAY for decided in ground.decided_round.values()}


def event_days(standing: Standing) -> list[dt.date]:
    """The days after `as_of` on which something changes in who sits where or is back, which lists and rules hold."""
    line, ground = standing.line, standing.ground
    days = {d.on for d in line.expected.departures}
    days |= {a.on for a in line.plan.appointments} | {r.start for r in line.plan.rotations}
    days |= list_days(ground)
    days |= {r.entry.until + ONE_DAY for r in standing.bound.rules if r.entry.until is not None}
    days |= {run.end for runs in ground.enrolled.values() for _, run in runs}
    days |= {now.end for now in ground.rotations_now.values() if now.end is not None}
    return sorted(day for day in days if ground.horizon.as_of < day <= ground.horizon.until)
