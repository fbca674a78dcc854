"""From a rulebook to rules in force: parameters checked, scopes checked, waivers attached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from pydantic import ValidationError

from planner.domain.case import Case
from planner.domain.content import Content, Entry
from planner.domain.errors import Finding, InputError
from planner.domain.findings import Names, error, refused_values
from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.plan import Departure
from planner.domain.violation import YES, Note, Verdict
from planner.rules.absences import Absences
from planner.rules.acting_by import ActingBy
from planner.rules.age_bands import AgeBands
from planner.rules.appointment_from_pool import AppointmentFromPool
from planner.rules.appointment_term import AppointmentTerm
from planner.rules.average_cap import AverageCap
from planner.rules.base import APPLIES_TO_KEYS, STAGES, PersonalRule, Rule, Stage, Waiver
from planner.rules.course_conditions import CourseConditions
from planner.rules.course_open_to import CourseOpenTo
from planner.rules.course_rule import CourseRule
from planner.rules.deputies_cap import DeputiesCap
from planner.rules.discipline_wait import DisciplineWait
from planner.rules.election_needed import ElectionNeeded
from planner.rules.evaluation import Evaluation
from planner.rules.freeze import Freeze
from planner.rules.head_nominates import HeadNominates
from planner.rules.kin_apart import KinApart
from planner.rules.min_tenure import MinTenure
from planner.rules.months_left import MonthsLeft
from planner.rules.nested_pools import NestedPools
from planner.rules.nomination_record import NominationRecord
from planner.rules.non_local import NonLocal
from planner.rules.non_local_holders import NonLocalHolders
from planner.rules.not_barred import NotBarred
from planner.rules.not_with_appointment import NotWithAppointment
from planner.rules.own_standard import OwnStandard
from planner.rules.pool_discipline import PoolDiscipline
from planner.rules.pool_keep import PoolKeep
from planner.rules.pool_size import PoolSize
from planner.rules.posts_per_person import PostsPerPerson
from planner.rules.rating_floor import RatingFloor
from planner.rules.rating_history import RatingHistory
from planner.rules.reappointment import Reappointment
from planner.rules.rotate_from_pool import RotateFromPool
from planner.rules.rotation_balance import RotationBalance
from planner.rules.rotation_equal_rank import RotationEqualRank
from planner.rules.rotation_length import RotationLength
from planner.rules.rotation_months_left import RotationMonthsLeft
from planner.rules.rotation_return import RotationReturn
from planner.rules.rotations_per_unit import RotationsPerUnit
from planner.rules.seats_range import SeatsRange
from planner.rules.share import Share
from planner.rules.staff_conflict import StaffConflict
from planner.rules.standard_after import StandardAfter
from planner.rules.tenure_limit import TenureLimit
from planner.rules.term_end import TermEnd
from planner.rules.units_cap import UnitsCap
from planner.rules.upward_only import UpwardOnly
from planner.rules.verified import Verified
from planner.timeline import Ground, Timeline

RULES: dict[str, type[Rule]] = {
    rule.name: rule
    for rule in (
        UpwardOnly, MonthsLeft, PoolDiscipline, DisciplineWait, RotationEqualRank, PoolSize, PostsPerPerson, KinApart,
        Share, PoolKeep, AppointmentFromPool, RotationLength, ActingBy, TermEnd, StandardAfter, OwnStandard,
        RatingFloor, Freeze, MinTenure, Verified, NotBarred, AgeBands, NestedPools, NotWithAppointment,
        AppointmentTerm, Reappointment, RatingHistory, ElectionNeeded, HeadNominates,
        NonLocal, NonLocalHolders, TenureLimit, RotateFromPool, RotationMonthsLeft, RotationBalance, RotationsPerUnit,
        CourseOpenTo, CourseConditions, Absences, DeputiesCap, AverageCap,
        RotationReturn, UnitsCap, SeatsRange, NominationRecord, StaffConflict, Evaluation,
    )
}  # fmt: skip

OfKind = TypeVar("OfKind", bound=Rule)

_WAIVABLE = ("personal", "pair", "time")


class Bound:
    """The rules of a rulebook bound to a case: `rules` judge or cost, `telling` are those of force `info`.

    `off` entries are left out.
    """

    def __init__(self, ground: Ground, rules: Iterable[Rule]) -> None:
        self.ground = ground
        everything = tuple(rules)
        self.rules = tuple(r for r in everything if r.entry.strength != "info")
        self.telling = tuple(r for r in everything if r.entry.strength == "info")
        self.personal = tuple(r for r in self.rules if isinstance(r, PersonalRule) and r.is_must)
        # Nothing is judged before `as_of`: an entry that ended before it can say no to nobody.
        self._by_stage: dict[Stage, list[PersonalRule]] = {
            stage: [r for r in self.personal if stage in r.stages_in_use and not r.ended_before(ground.horizon.as_of)]
            for stage in STAGES
        }
        self._first_alike: dict[tuple[Hashable, ...], PositionId] = {}
        self._alike: dict[tuple[Stage, PositionId], PositionId] = {}
        self._asked_of: dict[tuple[Stage, PositionId], tuple[PersonalRule, ...]] = {}
        self._few = {r.id for r in self.personal if r.bars_few}
        self._waived = {s for r in self.personal for w in r.waivers for s in w.subjects}
        self.training = tuple(r for r in self.rules if isinstance(r, CourseRule) and r.is_must)
        self._allows = lru_cache(maxsize=None)(self._judged)
        self._acting, self._rotating = self.of(ActingBy), self.of(RotationLength)

    def allows(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        """The first personal `must` rule that says no, else yes."""
        return self._allows(person, self.alike(stage, position), stage, on)

    def forget(self) -> None:
        """What was judged is kept no longer: once a problem is made of it, few of millions are asked for again."""
        self._allows.cache_clear()

    def alike(self, stage: Stage, position: PositionId) -> PositionId:
        """The first position of which the rules of the stage say the same of everybody: what is judged there is kept.

        A post that an exemption names is like no other.
        """
        known = self._alike.get((stage, position))
        if known is not None:
            return known
        alike = self._first_alike.setdefault((stage, *_said(self._by_stage[stage], position, self._waived)), position)
        self._alike[stage, position] = alike
        return alike

    def nearly_alike(self, stage: Stage, position: PositionId) -> Hashable:
        """Equal for positions of which no rule of the stage says another thing, save those that bar few people."""
        return _said([rule for rule in self._by_stage[stage] if not rule.bars_few], position, self._waived)

    def allows_one_of(self, person: PersonId, positions: Iterable[PositionId], stage: Stage, on: dt.date) -> bool:
        """Whether the person may come to one of positions that are nearly alike."""
        for position in positions:
            verdict = self.allows(person, position, stage, on)
            if verdict.ok or verdict.rule not in self._few:
                return verdict.ok
        return False

    def always_refused(
        self, position: PositionId, stage: Stage, since: dt.date, until: dt.date
    ) -> Callable[[PersonId], bool]:
        """Whether a rule that looks at no day keeps a person from the position on each of these days.

        Told once where the rules would be asked day by day, of positions that are nearly alike alike.
        """
        rules = [
            rule
            for rule in self._asked(stage, position)
            if rule.timeless
            and not rule.bars_few
            and not rule.waivers
            and rule.in_force(since)
            and rule.in_force(until)
        ]
        return lambda person: any(not rule.judge(person, position, stage, since).ok for rule in rules)

    def _judged(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        for rule in self._asked(stage, position):
            verdict = rule.allows(person, position, stage, on)
            if not verdict.ok:
                return verdict
        return YES

    def _asked(self, stage: Stage, position: PositionId) -> tuple[PersonalRule, ...]:
        """The rules of the stage that apply to the position."""
        known = self._asked_of.get((stage, position))
        if known is None:
            known = tuple(rule for rule in self._by_stage[stage] if rule.applies(position))
            self._asked_of[stage, position] = known
        return known

    def refusals(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Iterator[Verdict]:
        """Every personal `must` rule that says no."""
        for rule in self.personal:
            verdict = rule.allows(person, position, stage, on)
            if not verdict.ok:
                yield verdict

    def admits(self, person: PersonId, session: SessionId) -> Verdict:
        """The first `must` rule of stage train that does not let the person attend the session, else yes."""
        for rule in self.training:
            verdict = rule.allows(person, session)
            if not verdict.ok:
                return verdict
        return YES

    def of(self, kind: type[OfKind]) -> tuple[OfKind, ...]:
        return tuple(r for r in self.rules if isinstance(r, kind))

    def rotation_months(self, position: PositionId, start: dt.date) -> int | None:
        """The length of a rotation to the position that begins on the day; None = no rule lets one begin."""
        months = [r.params.months for r in self._rotating if r.in_force(start) and r.applies(position)]
        return max(months, default=None)

    @property
    def longest_rotation(self) -> int:
        """In months; 0 without a rule."""
        return max((r.params.months for r in self._rotating), default=0)

    @property
    def must_be_listed(self) -> tuple[AppointmentFromPool, ...]:
        return tuple(r for r in self.of(AppointmentFromPool) if r.is_must)

    def acting_rules(self, position: PositionId, day: dt.date) -> tuple[ActingBy, ...]:
        return tuple(r for r in self._acting if r.lets(position, day))

    def notes(self, line: Timeline) -> Iterator[Note]:
        """What the entries tell of a plan beside judging it: first those that judge, then those that only tell."""
        for rule in (*self.rules, *self.telling):
            yield from rule.notes(line)

    def departures(self) -> tuple[Departure, ...]:
        return tuple(d for r in self.rules for d in r.departures())


def _said(
    rules: Iterable[PersonalRule], position: PositionId, waived: Collection[str]
) -> tuple[PositionId | None, tuple[Hashable, ...]]:
    """Equal for positions of which the rules say the same of everybody: a position that an exemption names is alone."""
    said = tuple(rule.same_for(position) if rule.applies(position) else "" for rule in rules)
    return position if position in waived else None, said


def check_rulebook(content: Content) -> list[Finding]:
    """Everything that is wrong in the entries: unknown rules, parameters and scopes."""
    findings = []
    for entry in content.rulebook:
        where = entry.file or f"rulebooks/{content.rulebook_name}.yaml"
        kind = RULES.get(entry.rule)
        if kind is None:
            near, choices = Names(RULES.keys()).suggest(entry.rule), ", ".join(sorted(RULES))
            findings.append(
                error("finding.not_one_of", where, entry.line, f"{entry.id}.rule", entry.rule, near, choices=choices)
            )
            continue
        try:
            params = kind.Params.model_validate(dict(entry.params))
        except ValidationError as problem:
            findings += refused_values(problem, kind.Params, where, entry.line, f"{entry.id}.params")
        else:
            if issubclass(kind, PersonalRule) and "train" in getattr(params, "stages", ()):
                column, choices = f"{entry.id}.params.stages", ", ".join(s for s in STAGES if s != "train")
                findings.append(error("finding.not_one_of", where, entry.line, column, "train", None, choices=choices))
            for name, value, known in kind.unknown_names(params, content):
                near, choices = Names(known).suggest(value), ", ".join(known)
                column = f"{entry.id}.params.{name}"
                findings.append(error("finding.not_one_of", where, entry.line, column, value, near, choices=choices))
        refused = (not kind.may_advise and "should", not kind.may_judge and "must")
        if entry.strength in refused:
            column, choices = f"{entry.id}.force", "must, info, off" if kind.may_judge else "info, off"
            findings.append(
                error("finding.not_one_of", where, entry.line, column, entry.strength, None, choices=choices)
            )
        for key in entry.applies_to:
            if key not in APPLIES_TO_KEYS:
                near, choices = Names(APPLIES_TO_KEYS).suggest(key), ", ".join(APPLIES_TO_KEYS)
                column = f"{entry.id}.applies_to"
                findings.append(error("finding.not_one_of", where, entry.line, column, key, near, choices=choices))
    return findings


def bind(content: Content, ground: Ground) -> Bound:
    """The rules in force somewhere in time. Raises InputError with every wrong entry."""
    findings = check_rulebook(content)
    if findings:
        raise InputError(findings)
    rules = []
    for entry in content.rulebook:
        if entry.strength != "off":
            kind = RULES[entry.rule]
            params = kind.Params.model_validate(dict(entry.params))
            rules.append(kind(entry, params, ground, _waivers(entry, kind, ground.case)))
    return Bound(ground, rules)


def _waivers(entry: Entry, kind: type[Rule], case: Case) -> tuple[Waiver, ...]:
    """Recorded exemptions from the entry by the authority level that may give them."""
    if entry.waived_by is None or kind.kind not in _WAIVABLE:
        return ()
    level_of = {a.authority_id: a.level for a in case.authorities}
    return tuple(
        Waiver(frozenset(subjects_of(row.subject)), row.until, row)
        for row in case.exemptions
        if row.rule in (entry.id, entry.rule) and entry.waived_by in (row.authority, level_of.get(row.authority))
    )


def subjects_of(text: str) -> list[str]:
    """One or more identifiers, parted by `+`, `,` or `;`."""
    for sign in "+;":
        text = text.replace(sign, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
