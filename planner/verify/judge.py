"""Every breach of a plan, each new or inherited, and its goal values computed anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from planner.domain.errors import Finding
from planner.domain.plan import Plan
from planner.domain.scenario import Scenario
from planner.domain.violation import BreachKey, Reason, Violation
from planner.edits.load import Loaded
from planner.goals import GOALS, LAST_TIER
from planner.rules.registry import bind
from planner.rules.structure import STRUCTURE, bundle
from planner.standing import Standing, expected_departures, status_quo
from planner.timeline import Ground, replay
from planner.verify.inherited import Inherited, inherited_breaches
from planner.verify.references import unknown_references
from planner.verify.warnings import kin_warnings


@dataclass(frozen=True)
class GoalCheck:
    """A goal's value as the plan claims it, and as it is. None: not claimed, or not one of our goals."""

    goal: str
    claimed: int | None
    value: int | None

    @property
    def agrees(self) -> bool:
        return self.claimed == self.value


@dataclass(frozen=True)
class Judgement:
    """What is wrong with a plan. `findings` are about the files of a written plan, not about the plan itself.

    `whole` is False where the plan names things that do not exist: then nothing else was judged. `before` is the plan
    without decisions against which it was judged; it has the names and the rules for those who write the verdict.
    """

    violations: tuple[Violation, ...] = ()
    goals: tuple[GoalCheck, ...] = ()
    inherited: tuple[Inherited, ...] = ()
    warnings: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    whole: bool = True
    before: Standing | None = field(default=None, compare=False, repr=False)

    @property
    def new(self) -> tuple[Violation, ...]:
        """Breaches that the plan itself brings."""
        return tuple(v for v in self.violations if not v.inherited)

    @property
    def wrong_goals(self) -> tuple[GoalCheck, ...]:
        return tuple(g for g in self.goals if not g.agrees)

    @property
    def accepted(self) -> bool:
        return not (self.new or self.wrong_goals or self.findings)


def status_quo_of(loaded: Loaded) -> Standing:
    """The plan without decisions of a loaded scenario. Raises InputError where the rulebook is wrong."""
    scenario = loaded.scenario
    ground = Ground(
        loaded.case, loaded.content, loaded.horizon, scenario.lead_months, scenario.names_from, scenario.rates
    )
    return status_quo(ground, bind(loaded.content, ground))


def claims(scenario: Scenario) -> tuple[str, ...]:
    """The goals whose values a plan of the scenario claims, in order, with the silent last one."""
    return (*(goal for tier in scenario.goals for goal in tier), *LAST_TIER)


def judge_plan(plan: Plan, before: Standing, goals: Collection[str] | None = None) -> Judgement:
    """Judge a plan that may hold anything: first whether it can be replayed at all."""
    unknown = tuple(unknown_references(before.ground, plan))
    if not unknown:
        standing = Standing(replay(before.expected, plan), before.bound)
        unknown = tuple(bundle.check(standing))
        if not unknown:
            return judge(standing, before, goals)
    return Judgement(violations=unknown, whole=False, before=before)


def judge(standing: Standing, before: Standing | None = None, goals: Collection[str] | None = None) -> Judgement:
    """Judge a standing whose plan names only what exists.

    `before` is the status quo of the same case and rules; `goals` are those that the plan must claim (None: it may
    claim any, or nothing).
    """
    if before is None:
        before = status_quo(standing.ground, standing.bound)
    base: dict[BreachKey, int] = {}
    for breach in breaches(before):
        base[breach.key] = max(breach.amount, base.get(breach.key, 0))
    found = [replace(v, inherited=_is_inherited(v, base)) for v in breaches(standing)]
    found += wrong_departures(standing)
    return Judgement(
        violations=tuple(sorted(set(found), key=_order)),
        goals=tuple(_goal_checks(standing, goals)),
        inherited=inherited_breaches(standing, before, [v for v in found if v.inherited]),
        warnings=tuple(kin_warnings(standing)),
        before=before,
    )


def breaches(standing: Standing) -> Iterator[Violation]:
    """Every breach of the structure and of the `must` rules, in the plan as it stands."""
    for check in STRUCTURE.values():
        yield from check(standing)
    for rule in standing.bound.rules:
        if rule.is_must:
            yield from rule.check(standing.line)


def _is_inherited(violation: Violation, base: dict[BreachKey, int]) -> bool:
    return not violation.moved_in and violation.amount <= base.get(violation.key, 0)


def wrong_departures(standing: Standing) -> Iterator[Violation]:
    """The departures of a plan are no decision: they follow from the case and the rules."""
    wanted = set(expected_departures(standing.ground, standing.bound))
    for departure in sorted(wanted ^ set(standing.line.plan.departures), key=lambda d: (d.person, d.on)):
        scope = "missing" if departure in wanted else "unfounded"
        yield Violation("departures", frozenset({departure.person}), departure.on, scope=scope, moved_in=True)


def _goal_checks(standing: Standing, wanted: Collection[str] | None) -> Iterator[GoalCheck]:
    claimed = standing.line.plan.goals
    names = dict.fromkeys(claimed) if wanted is None else dict.fromkeys([*wanted, *claimed])
    for name in names:
        known = name in GOALS and (wanted is None or name in wanted)
        yield GoalCheck(name, claimed.get(name), GOALS[name].value(standing) if known else None)


def _order(violation: Violation) -> tuple[object, ...]:
    instant = violation.instant.isoformat() if violation.instant else ""
    return (violation.inherited, violation.rule, instant, sorted(violation.subjects), violation.scope, violation.amount)
