"""Keeping a plan lawful as one does by hand: look it over as a whole, take back what breaks a rule, look again.

The plan is judged by the rules of `planner` themselves, never by rows of a program. A whole plan is looked over at
once: a look for every single choice would take hours at the size of a province.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from benchmarks.baselines.choices import Choice, Kind, keepable, standing_of
from planner.domain.violation import BreachKey, Violation
from planner.standing import Standing
from planner.verify.judge import breaches

KINDS_BY_UNIT: dict[str, tuple[Kind, ...]] = {
    "names": ("drop", "pool"),
    "lists": ("pool",),
    "hundredths": ("drop", "pool"),
    "places": ("train",),
    "appointments": ("appoint",),
    "periods": ("cover",),
    "holders": ("appoint", "rotate"),
    "leaders": ("appoint", "rotate", "train"),
    "pairs": ("appoint", "rotate"),
    "seats": ("rotate", "appoint"),
}
"""Which decisions can cause a breach that is counted in the unit."""

KINDS_BY_RULE: dict[str, tuple[Kind, ...]] = {
    "lists": ("pool",),
    "places": ("train",),
    "in_service": ("appoint", "rotate"),
    "one_move": ("appoint", "rotate"),
    "cover": ("cover",),
    "designated": ("designate",),
    "seats": ("appoint",),
}
"""The same for the checks of the structure, whose breaches have no unit."""

KINDS_BY_STAGE: dict[str, tuple[Kind, ...]] = {
    "plan": ("pool",),
    "appoint": ("appoint",),
    "rotate": ("rotate",),
    "deputy": ("cover",),
}
"""The same for rules on one person, whose breaches have the stage as scope."""


class Law:
    """The `must` rules and the structure, as they judge plans of one case against its status quo."""

    def __init__(self, status_quo: Standing) -> None:
        self.status_quo = status_quo
        self._staying = keepable(status_quo)
        self._base: dict[BreachKey, int] = {}
        for breach in breaches(status_quo):
            self._base[breach.key] = max(breach.amount, self._base.get(breach.key, 0))

    def standing(self, choices: Iterable[Choice]) -> Standing:
        """The plan of the choices, replayed."""
        return standing_of(self.status_quo, choices, self._staying)

    def new_breaches(self, standing: Standing) -> list[Violation]:
        """What the plan itself breaks, by the same measure as the verifier."""
        return [v for v in breaches(standing) if v.moved_in or v.amount > self._base.get(v.key, 0)]

    def culprits(self, breach: Violation, choices: Sequence[Choice]) -> list[Choice]:
        """The choices that may have caused a breach, the likeliest at the end: nearest to its subjects, then latest."""
        kinds = self._kinds(breach)
        near = [(self._nearness(choice, breach), n) for n, choice in enumerate(choices) if choice.kind in kinds]
        near = [(score, n) for score, n in near if score and self._in_time(choices[n], breach.instant)]
        if not near:
            near = [(self._nearness(choice, breach), n) for n, choice in enumerate(choices)]
        return [choices[n] for _, n in sorted(near)]

    def _kinds(self, breach: Violation) -> tuple[Kind, ...]:
        stage = breach.scope.partition(":")[0]
        for known, word in ((KINDS_BY_RULE, breach.rule), (KINDS_BY_STAGE, stage), (KINDS_BY_UNIT, breach.unit)):
            if word in known:
                return known[word]
        return get_args(Kind)

    def _nearness(self, choice: Choice, breach: Violation) -> int:
        """How many of the subjects the choice touches: person, post or session, and the post's unit and those above."""
        ground = self.status_quo.ground
        touched: set[str] = {choice.person, choice.target}
        row = ground.case.position.get(choice.target) if choice.kind != "train" else None  # type: ignore[call-overload]
        if row is not None:
            touched |= ground.unit_and_above(row.unit_id)
        return len(touched & (breach.subjects | {breach.scope}))

    def _in_time(self, choice: Choice, day: dt.date | None) -> bool:
        """Whether the choice had been carried out by the day of the breach."""
        horizon = self.status_quo.ground.horizon
        return day is None or choice.kind not in ("appoint", "rotate") or horizon.start(choice.period) <= day

    def to_take_back(
        self, found: Iterable[Violation], choices: Sequence[Choice], kept: frozenset[Choice]
    ) -> dict[Choice, list[Violation]]:
        """For each broken rule and subject the latest choice near to it, save what is `kept`: decided already.

        A breach that lasts over many instants is one and the same: one choice is taken back for it, and then one looks
        again. With each choice come the breaches for which it is taken back.
        """
        lasting: dict[tuple[str, frozenset[str], str], list[Violation]] = {}
        for breach in sorted(found, key=lambda v: (v.instant or dt.date.min, v.rule, sorted(v.subjects), v.scope)):
            lasting.setdefault((breach.rule, breach.subjects, breach.scope), []).append(breach)
        back: dict[Choice, list[Violation]] = {}
        for breaches_of_one in lasting.values():
            breach = breaches_of_one[0]
            free = [c for c in self.culprits(breach, choices) if c not in kept]
            # A class that is too small is not held: all its places go at once.
            too_small = breach.rule == "places" and breach.scope == "class"
            for choice in [c for c in free if c.target in breach.subjects] if too_small else free[-1:]:
                back.setdefault(choice, []).extend(breaches_of_one)
        return back

    def as_long_as_broken(self, back: Mapping[Choice, Iterable[Violation]]) -> set[Choice]:
        """The choices taken back, appointments also for the later periods in which they would break the rule again."""
        horizon, choices = self.status_quo.ground.horizon, set(back)
        for choice, found in back.items():
            if choice.kind == "appoint":
                periods = {horizon.period_of(breach.instant) for breach in found if breach.instant is not None}
                choices |= {choice._replace(period=t) for t in periods if t is not None and t > choice.period}
        return choices

    def repaired(self, choices: Iterable[Choice], kept: frozenset[Choice] = frozenset()) -> list[Choice]:
        """The choices without those that break a rule. Ends, since each look takes one back."""
        left = list(choices)
        while found := self.new_breaches(self.standing(left)):
            wrong = self.to_take_back(found, left, kept)
            if not wrong:
                break  # only what is decided is left: the decisions themselves break a rule
            left = [c for c in left if c not in wrong]
        return left
