"""Why a person may not enter a list or take over a post: what each rule says against the pair, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.domain.dates import LAST_YEAR, ONE_DAY
from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Appointment
from planner.domain.violation import Reason, Violation
from planner.rules.base import PersonalRule, Rule, Stage
from planner.standing.standing import Standing
from planner.timeline.ground import NEVER


@dataclass(frozen=True)
class Refusal:
    """A rule that says no, at the stage at which it does, why, and from when it does no more (None = not told)."""

    rule: str
    stage: Stage
    reason: Reason | None = None
    clears_on: dt.date | None = None


def refused(rule: PersonalRule, person: PersonId, position: PositionId, stage: Stage, day: dt.date) -> Refusal | None:
    """What one rule says against a pair on a day; it clears on the first day on which the rule lets the person.

    A verdict names the end of one of its causes (one sanction of two), so the rule is asked again on that day. A day
    beyond the calendar of our dates is no end: the rule never clears, as far as is known.
    """
    first = verdict = rule.allows(person, position, stage, day)
    if first.ok:
        return None
    ends = rule.entry.until + ONE_DAY if rule.entry.until else None
    clears: dt.date | None = day
    while clears is not None and not verdict.ok:
        following = min((d for d in (verdict.clears_on, ends) if d is not None), default=None)
        told = following is not None and clears < following and following.year <= LAST_YEAR
        clears = following if told else None
        if clears is not None:
            verdict = rule.allows(person, position, stage, clears)
    return Refusal(rule.id, stage, first.reason, clears)


def pair_refusals(standing: Standing, person: PersonId, position: PositionId, day: dt.date) -> Iterator[Refusal]:
    """Pair rules (relatives) that would be broken if the person took over the post on the day.

    It clears on the first later day on which taking over would break it no more: a relative has left, the rule has
    ended. Beyond the departures that are known a relative's retirement can still be told.
    """
    if position not in standing.ground.seats:
        return
    for rule in standing.bound.rules:
        if rule.kind != "pair" or not rule.is_must:
            continue
        breach = _pair_breach(standing, rule, person, position, day)
        if breach is not None:
            relatives = sorted(breach.subjects & standing.ground.case.person.keys() - {person})
            names = ", ".join(standing.ground.case.person[PersonId(i)].name for i in relatives)
            clears = _pair_clears(standing, rule, person, position, day, relatives)
            yield Refusal(rule.id, "appoint", Reason("reason.relatives", {"names": names}), clears)


def _pair_breach(
    standing: Standing, rule: Rule, person: PersonId, position: PositionId, day: dt.date
) -> Violation | None:
    """The breach that this person's taking over would be on the day; not one that others have among themselves."""
    line, horizon = standing.line, standing.ground.horizon
    period = horizon.period_of(day)
    period = period if period is not None else horizon.periods[-1]
    move = Appointment(person=person, position=position, period=period, judged_on=day, on=day)
    found = rule.on_day(line.also(move), day)
    return next((v for v in found if person in v.subjects and v.moved_in), None)


def _pair_clears(
    standing: Standing, rule: Rule, person: PersonId, position: PositionId, day: dt.date, relatives: Iterable[str]
) -> dt.date | None:
    plan, ends = standing.line.plan, rule.entry.until
    days = {d.on for d in standing.expected.departures} | {a.on for a in plan.appointments}
    days |= {r.start for r in plan.rotations} | ({ends + ONE_DAY} if ends else set())
    for later in sorted(d for d in days if d > day):
        if not standing.line.in_service(person, later):
            return None
        if _pair_breach(standing, rule, person, position, later) is None:
            return later
    ground = standing.ground
    retires = [ground.retires_on[PersonId(i)] for i in relatives]
    own = ground.retires_on[person]
    last = max(retires, default=NEVER)
    return last if last < own else None
