"""From a rulebook to rules in force: parameters checked, scopes checked, waivers attached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TypeVar

from pydantic import ValidationError

from planner.domain.authority import is_named, may_waive
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
from planner.rules.barred_holders import BarredHolders
from planner.rules.base import APPLIES_TO_KEYS, STAGES, PersonalRule, Rule, Stage, Waiver
from planner.rules.course_conditions import CourseConditions
from planner.rules.course_open_to import CourseOpenTo
from planner.rules.course_rule import CourseRule
from planner.rules.deputies_cap import DeputiesCap
from planner.rules.discipline_wait import DisciplineWait
from planner.rules.earliest_order import EarliestOrder
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
from planner.rules.order_after_list import OrderAfterList
from planner.rules.order_after_opening import OrderAfterOpening
from planner.rules.own_standard import OwnStandard
from planner.rules.party_member import PartyMember
from planner.rules.pool_discipline import PoolDiscipline
from planner.rules.pool_keep import PoolKeep
from planner.rules.pool_size import PoolSize
from planner.rules.posts_per_person import PostsPerPerson
from planner.rules.rating_floor import RatingFloor
from planner.rules.rating_history import RatingHistory
from planner.rules.reappointment import Reappointment
from planner.rules.rotate_from_pool import RotateFromPool
from planner.rules.rotation_aim import RotationAim, aim_until
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
from planner.rules.standards import Standards
from planner.rules.successor_wanted import SuccessorWanted
from planner.rules.tenure_limit import TenureLimit
from planner.rules.term_end import TermEnd
from planner.rules.tolerated_vacancy import ToleratedVacancy
from planner.rules.units_cap import UnitsCap
from planner.rules.upward_only import UpwardOnly
from planner.rules.verified import Verified
from planner.rules.yearly_review import YearlyReview
from planner.timeline import Expected, Ground, Timeline
from planner.timeline.expected import Procedure
from planner.timeline.ground import Gap

RULES: dict[str, type[Rule]] = {
    rule.name: rule
    for rule in (
        UpwardOnly, MonthsLeft, PoolDiscipline, DisciplineWait, RotationEqualRank, PoolSize, PostsPerPerson, KinApart,
        Share, PoolKeep, AppointmentFromPool, RotationLength, ActingBy, TermEnd, StandardAfter, OwnStandard,
        RatingFloor, Freeze, MinTenure, Verified, NotBarred, AgeBands, NestedPools, NotWithAppointment,
        AppointmentTerm, Reappointment, RatingHistory, ElectionNeeded, HeadNominates,
        NonLocal, NonLocalHolders, TenureLimit, RotateFromPool, RotationMonthsLeft, RotationBalance, RotationsPerUnit,
        CourseOpenTo, CourseConditions, Absences, DeputiesCap, AverageCap,
        RotationReturn, UnitsCap, SeatsRange, NominationRecord, StaffConflict, Evaluation, ToleratedVacancy,
        EarliestOrder, OrderAfterList, OrderAfterOpening, RotationAim, YearlyReview, SuccessorWanted,
        PartyMember, Standards,
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
        self._standards = tuple(r for r in self.of(Standards) if r.waivers)
        self._excused = {s for r in self._standards for w in r.waivers for s in w.subjects}
        self._apart = tuple(r for r in self.of(KinApart) if r.is_must)
        self._acting, self._rotating = self.of(ActingBy), self.of(RotationLength)
        self._delaying = self.of(EarliestOrder)
        self._tolerating = tuple(r for r in self.telling if isinstance(r, ToleratedVacancy))
        self._reviewing = tuple(r for r in self.telling if isinstance(r, YearlyReview))
        self._wanting = tuple(r for r in self.telling if isinstance(r, SuccessorWanted))
        self._barring = tuple(r for r in self.of(NotBarred) if r.is_must and "appoint" in r.params.stages)
        self._conduct = (*self._barring, *(r for r in self.of(DisciplineWait) if r.is_must))
        self._aiming = tuple(r for r in self.telling if isinstance(r, RotationAim))
        self._staying = tuple(r for r in self.rules if isinstance(r, BarredHolders))
        self._aim_until: dict[PersonId, dt.date] = {}
        self._shortened = any(r.waivers for r in self._rotating)

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

    def demands(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> tuple[Gap, ...]:
        """What the standard of the position demands of the person on the day: without what an exemption waives."""
        gaps = self.ground.demands(position, "plan" if stage == "plan" else "appoint")
        if not self.may_be_excused(person, position):
            return gaps
        return tuple(
            gap for gap in gaps if all(r.excuse(person, position, stage, gap, on) is None for r in self._standards)
        )

    def may_be_excused(self, person: PersonId, position: PositionId) -> bool:
        """Whether an exemption from a standard names one of them."""
        return bool(self._excused) and (person in self._excused or position in self._excused)

    def kept_out(self, line: Timeline, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether a relative keeps the person from taking over the position on the day."""
        return any(True for rule in self._apart for _ in rule.kept_out_by(line, person, position, day))

    def of(self, kind: type[OfKind]) -> tuple[OfKind, ...]:
        return tuple(r for r in self.rules if isinstance(r, kind))

    def rotation_months(self, position: PositionId, start: dt.date) -> int | None:
        """The length of a rotation to the position that begins on the day; None = no rule lets one begin."""
        months = [r.params.months for r in self._rotating if r.in_force(start) and r.applies(position)]
        return max(months, default=None)

    def may_end_rotation(self, person: PersonId, day: dt.date) -> bool:
        """Whether an exemption lets the rotation in progress of the person end by the day, sooner than planned."""
        if not self._shortened:
            return False
        asking = [r for r in self._rotating if r.asks_of_the_case(person, day)]
        return bool(asking) and all(r.lets_end(person, day) for r in asking)

    @property
    def longest_rotation(self) -> int:
        """In months; 0 without a rule."""
        return max((r.params.months for r in self._rotating), default=0)

    @cached_property
    def must_be_listed(self) -> tuple[AppointmentFromPool, ...]:
        return tuple(r for r in self.of(AppointmentFromPool) if r.is_must)

    def is_barred(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether a bar or a sanction keeps the person from appointments on the day (`not_barred`)."""
        return any(not rule.allows(person, position, "appoint", day).ok for rule in self._barring)

    def is_kept_by_conduct(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether a bar, a sanction or the waiting time after one keeps the person from appointments on the day."""
        return any(not rule.allows(person, position, "appoint", day).ok for rule in self._conduct)

    def acting_rules(self, position: PositionId, day: dt.date) -> tuple[ActingBy, ...]:
        return tuple(r for r in self._acting if r.lets(position, day))

    @cached_property
    def procedure(self) -> Procedure:
        """What `must` rules on the time of the procedure say of days, by `as_of`."""
        as_of, posts = self.ground.horizon.as_of, self.ground.full_time
        first: dict[PositionId, dt.date] = {}
        for rule in self.of(EarliestOrder):
            for p in posts:
                if rule.holds_for("appoint", p):
                    first[p] = max(rule.first_day, first.get(p, rule.first_day))
        later = frozenset(p for p in posts if self.fills_later(p, as_of))
        return Procedure(first, later)

    def too_soon(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether the procedure is not over on the day, so that the person cannot be appointed to the post yet."""
        return any(rule.forbids("appoint", person, position, day) for rule in self._delaying)

    def fills_later(self, position: PositionId, day: dt.date) -> bool:
        """Whether a seat of the post that a move of the plan opens in the period of the day is filled only later."""
        return any(rule.holds_for(position, day) for rule in self.of(OrderAfterOpening))

    def lacks_aim(self, expected: Expected, person: PersonId, position: PositionId, end: dt.date) -> bool:
        """Whether a rotation to the post needs an aim, by `as_of`, and serves none of the person by its end."""
        as_of = self.ground.horizon.as_of
        if not any(rule.in_force(as_of) and rule.applies(position) for rule in self._aiming):
            return False
        if person not in self._aim_until:
            self._aim_until[person] = aim_until(expected, self._staying, person)
        return end > self._aim_until[person]

    def tolerated_vacancy(self, position: PositionId) -> tuple[int, int]:
        """Half-years for which the post may be (empty, acted for) before it counts as a lack; by `as_of`."""
        as_of = self.ground.horizon.as_of
        times = [r.half_years for r in self._tolerating if r.in_force(as_of) and r.applies(position)]
        return (max(e for e, _ in times), max(a for _, a in times)) if times else (0, 0)

    def wants_successor(self, expected: Expected, position: PositionId) -> bool:
        """Whether a missing successor of the post counts as a lack (`successor_wanted`); by `as_of`."""
        as_of = self.ground.horizon.as_of
        if not any(rule.in_force(as_of) and rule.applies(position) for rule in self._wanting):
            return True
        vacancy = expected.first_vacancy[position]
        return self.ground.case.position[position].needed_by is not None or (
            vacancy is not None and vacancy <= self.ground.horizon.until
        )

    def review_months(self, position: PositionId) -> int | None:
        """Months between two reviews of the post's list after the round that the plan decides; None where no entry
        asks for reviews."""
        as_of = self.ground.horizon.as_of
        months = [r.params.months for r in self._reviewing if r.in_force(as_of) and r.applies(position)]
        return min(months, default=None)

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
    rules, ids = [], {entry.id for entry in content.rulebook}
    for entry in content.rulebook:
        if entry.strength != "off":
            kind = RULES[entry.rule]
            params = kind.Params.model_validate(dict(entry.params))
            rules.append(kind(entry, params, ground, _waivers(entry, kind, ground.case, ids)))
    for rule in rules:
        if isinstance(rule, StandardAfter):
            rule.excusing = tuple(r for r in rules if isinstance(r, Standards))
    return Bound(ground, rules)


def _waivers(entry: Entry, kind: type[Rule], case: Case, ids: Collection[str]) -> tuple[Waiver, ...]:
    """Recorded exemptions from the entry by the authority level that may give them."""
    if entry.waived_by is None or kind.kind not in _WAIVABLE:
        return ()
    return tuple(
        Waiver(frozenset(subjects_of(row.subject)), row.until, row)
        for row in case.exemptions
        if is_named(entry, row.rule, ids) and may_waive(case, row.authority, entry.waived_by)
    )


def subjects_of(text: str) -> list[str]:
    """One or more identifiers, parted by `+`, `,` or `;`."""
    for sign in "+;":
        text = text.replace(sign, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
