"""Breaches that the case brings with it: which rule, who, how much, and how each can end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.holders_cap import HoldersCap
from planner.rules.structure import seats
from planner.standing import Standing
from planner.verify.warnings import event_days, list_days

Case = tuple[str, frozenset[str], str]
"""A breach apart from its day: rule, subjects, scope."""


@dataclass(frozen=True)
class Inherited:
    """A breach that was there before the plan.

    `amount` as it is at first; `true_today`: true at `as_of`, else it comes without any decision later on.
    `ends_on`: the first day on which it is no more, by `ends_by` (a kind of event) of `ends_with`; beyond the horizon
    only a retirement can be told. `tolerated_until`: up to then the case allows it.
    """

    rule: str
    subjects: frozenset[str]
    scope: str
    amount: int
    unit: str
    true_today: bool
    since: dt.date
    tolerated_until: dt.date | None = None
    ends_on: dt.date | None = None
    ends_by: str = ""
    ends_with: str = ""


def inherited_breaches(standing: Standing, before: Standing, later: Sequence[Violation]) -> tuple[Inherited, ...]:
    """What is true at `as_of`, and what the plan inherits later on from the status quo."""
    as_of = standing.ground.horizon.as_of
    first: dict[Case, tuple[Violation, dt.date]] = {}
    for breach in _on_day(before, as_of):
        first.setdefault(_case(breach), (breach, as_of))
    today = set(first)
    for breach in sorted(later, key=lambda v: v.instant or as_of):
        first.setdefault(_case(breach), (breach, breach.instant or as_of))
    ends = _first_days_without(today, standing)
    rows = []
    for case, (breach, since) in first.items():
        ends_on, ends_by, ends_with = None, "", ""
        if case in today:
            ends_on = ends.get(case)
            ends_by, ends_with = _what_ended(standing, breach, ends_on)
            if ends_on is None:
                ends_on, ends_by, ends_with = _retirement(standing, breach)
        rows.append(
            Inherited(
                rule=breach.rule,
                subjects=breach.subjects,
                scope=breach.scope,
                amount=breach.amount,
                unit=breach.unit,
                true_today=case in today,
                since=since,
                tolerated_until=_tolerated(standing, breach),
                ends_on=ends_on,
                ends_by=ends_by,
                ends_with=ends_with,
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.rule, sorted(r.subjects), r.scope)))


def _case(breach: Violation) -> Case:
    return breach.rule, breach.subjects, breach.scope


def _on_day(standing: Standing, day: dt.date, only: Collection[Case] | None = None) -> Iterator[Violation]:
    """The breaches of `must` rules and of the count of seats on one day; where `only` some are of interest, at least
    these of them, and none of rules of which there is none."""
    subjects: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for rule_id, who, _ in only or ():
        subjects[rule_id].add(who)
    for rule in standing.bound.rules:
        if rule.is_must and only is None:
            yield from rule.on_day(standing.line, day)
        elif rule.is_must and rule.id in subjects:
            yield from rule.on_day_among(standing.line, day, subjects[rule.id])
    if only is None or seats.RULE in subjects:
        yield from seats.on_day(standing, day)


def _first_days_without(cases: Collection[Case], standing: Standing) -> dict[Case, dt.date]:
    """Of each that ends within the horizon, the first day on which it is no more.

    At 6,000 posts there are four hundred days: on each only what is left is asked for, and of rules on lists only when
    lists change, or once the rule has ended.
    """
    lists_change, left = list_days(standing.ground), set(cases)
    ends: dict[Case, dt.date] = {}
    for day in event_days(standing) if left else ():
        asked = left
        if day not in lists_change:
            as_before = {rule.id for rule in standing.bound.rules if rule.of_lists and not rule.ended_before(day)}
            asked = {case for case in left if case[0] not in as_before}
        ended = asked - {_case(breach) for breach in _on_day(standing, day, asked)}
        ends.update(dict.fromkeys(ended, day))
        left -= ended
    return ends


def _tolerated(standing: Standing, breach: Violation) -> dt.date | None:
    positions = standing.ground.case.position
    days = [positions[s].surplus_until for s in breach.subjects if s in positions]  # type: ignore[index]
    return next((day for day in days if day is not None), None)


def _people(standing: Standing, breach: Violation) -> list[PersonId]:
    """The people of a breach: its subjects; of posts those who sit there, or the names of their lists."""
    ground = standing.ground
    people = [PersonId(i) for i in sorted(breach.subjects) if i in ground.case.person]
    if not people and breach.unit == "names":
        lists = [p for p in ground.listable if p in breach.subjects]
        return [i for p in lists for i in standing.names_on(p, ground.horizon.until)]
    return people or [i for p in _posts(standing, breach) for i in ground.incumbents[p]]


def _posts(standing: Standing, breach: Violation) -> list[PositionId]:
    """The posts of a breach: its subjects, those of its units, or of the group that a rule counts together."""
    ground = standing.ground
    for rule in standing.bound.rules:
        if rule.id == breach.rule and isinstance(rule, HoldersCap):
            return [p for group in rule.groups if group.subject in breach.subjects for p in group.posts]
    return [p for p in ground.full_time if {p, ground.case.position[p].unit_id} & breach.subjects]


def _what_ended(standing: Standing, breach: Violation, day: dt.date | None) -> tuple[str, str]:
    """The kind of event on that day, and with whom, by which the breach ended."""
    if day is None:
        return "", ""
    people, line = set(_people(standing, breach)), standing.line
    for departure in line.expected.departures:
        if departure.on == day and departure.person in people:
            return departure.cause, departure.person
    for appointment in line.plan.appointments:
        if appointment.on == day and appointment.person in people:
            return "moves", appointment.person
    for rotation in line.plan.rotations:
        if rotation.start == day and rotation.person in people:
            return "moves", rotation.person
    if any(i in people and run.end == day for i, runs in standing.ground.enrolled.items() for _, run in runs):
        return "course_ended", ""
    if any(i in people and now.end == day for i, now in standing.ground.rotations_now.items()):
        return "rotation_ended", ""
    if any(r.id == breach.rule and r.entry.until and r.entry.until < day for r in standing.bound.rules):
        return "rule_ended", ""
    return "round", ""


def _retirement(standing: Standing, breach: Violation) -> tuple[dt.date | None, str, str]:
    """The first retirement among the people, be it years ahead: the latest end that can be told."""
    ground = standing.ground
    days = [(ground.content.retires_on(ground.case.person[i]), i) for i in _people(standing, breach)]
    if not days:
        return None, "", ""
    day, person = min(days)
    return day, "retirement", person
