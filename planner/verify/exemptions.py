"""What became of each recorded exemption: the plan rests on it, or it could, or nobody needs it, or it is none."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from planner.domain.authority import is_named
from planner.domain.case import Exemption
from planner.domain.ids import PositionId
from planner.domain.violation import Violation
from planner.rules.base import PersonalRule, Rule, Stage, Waiver
from planner.rules.course_rule import CourseRule
from planner.rules.standards import Standards
from planner.standing import Standing

AnyRule = TypeVar("AnyRule", bound=Rule)
State = Literal["used", "late", "unused", "unneeded", "expired", "void", "no_rule"]
"""`used`: without it the plan breaks the rule. `late`: so too, but on a day before it was decided, or it has not been
decided by `as_of`. `unused`: it could serve, and this plan does not rest on it. `unneeded`: the rule refuses its
subjects on no day of the horizon, or it is for nobody. `expired`: over before `as_of`. `void`: the rule cannot be
waived, or not by that authority. `no_rule`: the rulebook has no such rule that judges."""


@dataclass(frozen=True)
class ExemptionState:
    """A row of `exemptions` under one entry of the rulebook (None: no such entry); `on` is the first day of use.

    `breaches` are those that there would be without it, by day.
    """

    row: Exemption
    rule: str | None
    state: State
    on: dt.date | None = None
    breaches: tuple[Violation, ...] = field(default=(), compare=False)


def exemption_states(standing: Standing) -> tuple[ExemptionState, ...]:
    """Every exemption of the case, in the order of its table, for each entry that it names."""
    found, ids = [], {entry.id for entry in standing.ground.content.rulebook}
    for row in standing.ground.case.exemptions:
        rules = [r for r in standing.bound.rules if is_named(r.entry, row.rule, ids)]
        found += [_state(standing, row, rule) for rule in rules] or [ExemptionState(row, None, "no_rule")]
    return tuple(found)


def _state(standing: Standing, row: Exemption, rule: Rule) -> ExemptionState:
    waiver = next((w for w in rule.waivers if w.row == row), None)
    if row.until is not None and row.until < standing.ground.horizon.as_of:
        return ExemptionState(row, rule.id, "expired")
    if waiver is None:
        return ExemptionState(row, rule.id, "void")
    as_of = standing.ground.horizon.as_of
    uses = sorted(_uses(standing, rule, waiver), key=lambda v: (v.instant or as_of, sorted(v.subjects), v.scope))
    if uses:
        first = uses[0].instant or as_of
        return ExemptionState(row, rule.id, "late" if first < row.decided else "used", first, tuple(uses))
    if row.decided > as_of:
        return ExemptionState(row, rule.id, "late")
    return ExemptionState(row, rule.id, "unused" if _is_needed(standing, rule, waiver) else "unneeded")


def _is_needed(standing: Standing, rule: Rule, waiver: Waiver) -> bool:
    """Whether the rule would say no to the exempted; of rules on more than one decision that is not asked."""
    if isinstance(rule, Standards):
        return _lacks(standing, rule, waiver)
    if isinstance(rule, CourseRule):
        return _keeps_away(standing, rule, waiver)
    return not isinstance(rule, PersonalRule) or _refuses(standing, rule, waiver)


def _uses(standing: Standing, rule: Rule, waiver: Waiver) -> Iterator[Violation]:
    """The breaches that there would be without exemptions, and of which this one is the first to cover."""
    if isinstance(rule, Standards):
        yield from (breach for covering, breach in rule.excused(standing.line) if covering is waiver)
        return
    as_of = standing.ground.horizon.as_of
    kept = {v.key for v in rule.check(standing.line)}
    for breach in _strict(rule).check(standing.line):
        day = breach.instant or as_of
        if breach.key not in kept and rule.waiver_for(breach.subjects, day) is waiver:
            yield breach


def _strict(rule: AnyRule) -> AnyRule:
    strict = copy.copy(rule)
    strict.waivers = ()
    return strict


def _refuses(standing: Standing, rule: PersonalRule, waiver: Waiver) -> bool:
    """Whether the rule would say no to the exempted on some day of the horizon that it could judge."""
    case, strict = standing.ground.case, _strict(rule)
    persons = [i for i in case.person if i in waiver.subjects] or list(case.person)
    positions = [p for p in standing.ground.listable if p in waiver.subjects] or list(standing.ground.listable)
    return any(
        rule.waiver_for((i, p), on) is waiver and not strict.allows(i, p, stage, on).ok
        for p in positions
        for stage, on in _judged(standing, p)
        for i in persons
    )


def _lacks(standing: Standing, rule: Standards, waiver: Waiver) -> bool:
    """Whether the exempted lacks a cell on some day of the horizon on which the standard is asked."""
    ground = standing.ground
    persons = [i for i in ground.case.person if i in waiver.subjects] or list(ground.case.person)
    positions = [p for p in ground.listable if p in waiver.subjects] or list(ground.listable)
    return any(
        rule.excuse(i, p, stage, gap, on) is waiver and ground.closed_on(i, gap) > on
        for p in positions
        for stage, on in _judged(standing, p)
        for gap in ground.demands(p, stage)
        for i in persons
    )


def _keeps_away(standing: Standing, rule: CourseRule, waiver: Waiver) -> bool:
    """Whether the rule would keep the exempted away from a session of the exemption, or from any."""
    case, strict = standing.ground.case, _strict(rule)
    persons = [i for i in case.person if i in waiver.subjects] or list(case.person)
    sessions = [s for s in case.session if s in waiver.subjects] or list(case.session)
    return any(
        rule.waiver_for((i, s), case.session[s].start) is waiver and not strict.allows(i, s).ok
        for s in sessions
        for i in persons
    )


def _judged(standing: Standing, position: PositionId) -> Iterator[tuple[Stage, dt.date]]:
    ground = standing.ground
    yield "plan", ground.plan_day(position)
    if position in ground.seats:
        for t in ground.horizon.periods:
            yield "appoint", standing.expected.delta(position, t)
            yield "rotate", ground.horizon.start(t)
