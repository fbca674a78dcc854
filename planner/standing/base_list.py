"""The base list (danh sách nguồn): who may be planned for each post, ready when, with what is missing and why not.

Lists are drafted from it, nominations are recorded beside it. It judges people one by one and puts nobody first.
Sources: rules.md §1.1, §1.5 step 1.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from planner.domain.case import Nomination
from planner.domain.dates import ONE_DAY, add_months
from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.offices import office_of
from planner.domain.violation import Reason
from planner.rules.base import STAGES, PersonalRule, Stage
from planner.rules.standards import Standards
from planner.standing.gaps import Gaps, OpenGap
from planner.standing.refusals import Refusal, pair_refusals, refused
from planner.standing.standing import Standing
from planner.timeline.ground import NEVER, Gap
from planner.timeline.offices import offices_of

NEAR_MONTHS = 24
"""Who is nearly plannable is told so far ahead."""
MOST_ELSEWHERE = 200
"""From elsewhere so many are listed for one post: of a province's five thousand all staff could become the deputy of
any of two hundred divisions, a million lines that nobody reads."""
HOLDER, LEAVES = "holder", "in_service"
"""What keeps somebody out of a list beside rules and standards: holds the post, or is gone by the day."""
Origin = Literal["in_house", "elsewhere", "outside"]


@dataclass(frozen=True)
class Source:
    """One person as a source for one post.

    `plan_day`: the day on which plannable is judged. `plannable_from`: that day, or a later one within `NEAR_MONTHS`
    from which the person is plannable where one thing alone is missing; None if neither. `ready_on`: the first day of
    the horizon on which the person could take over, with what the plan does. `listed`: in the list in force at
    `as_of`; `proposed`: in the list of the plan after the round, or where none is kept counted on.
    """

    position: PositionId
    person: PersonId
    origin: Origin
    plan_day: dt.date
    plannable: bool
    plannable_from: dt.date | None
    ready_on: dt.date | None
    refusals: tuple[Refusal, ...] = ()
    waived: tuple[Refusal, ...] = ()
    """Rules that would say no, had not an exemption been given: shown, never hidden (rules.md §2)."""
    gaps: tuple[OpenGap, ...] = ()
    listed: bool = False
    proposed: bool = False
    nominations: tuple[Nomination, ...] = field(default=(), compare=False)


class BaseList:
    """The sources of every post, on a standing. What many posts share is found once."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.ground = standing.ground
        self.gaps = Gaps(standing.line)
        self._starts = [self.ground.horizon.start(t) for t in self.ground.horizon.periods]
        self._offices = {i: offices_of(self.ground, i) for i in self.ground.case.person}
        self._nominations: defaultdict[tuple[PersonId, PositionId], list[Nomination]] = defaultdict(list)
        self._nominees: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
        for row in self.ground.case.nominations:
            self._nominations[row.person_id, row.position_id].append(row)
            self._nominees[row.position_id].append(row.person_id)
        personal = standing.bound.personal
        self._by_stage = {stage: [r for r in personal if stage in r.stages_in_use] for stage in STAGES}
        self._place = {i: n for n, i in enumerate(self.ground.case.person)}
        self._others: dict[PositionId, int] = {}
        self._kept: dict[PositionId, tuple[Source, ...]] = {}
        self._serving: dict[dt.date, list[PersonId]] = {}
        self._meet: dict[tuple[tuple[Gap, ...], dt.date], frozenset[PersonId]] = {}
        self._refusing: dict[tuple[str, Hashable, dt.date], frozenset[PersonId]] = {}
        self._members: defaultdict[UnitId, list[PersonId]] = defaultdict(list)
        for person, units in self._offices.items():
            for unit in units:
                self._members[unit].append(person)
        self._of_kin = {i for row in self.ground.case.relations for i in (row.person_a, row.person_b)}

    def of(self, position: PositionId, everyone: bool = False) -> Iterator[Source]:
        """The sources of a post, as the case lists people: no order of merit.

        Everyone plannable on the day of the round (else `as_of`), the names of the list and those nominated, plannable
        or not, and of the office also those whom one thing alone keeps out for the next months. More than
        `MOST_ELSEWHERE` who are plannable from elsewhere, and whom nobody has named, are only counted (`others`);
        `everyone` lists them too.
        """
        plan_day = self.ground.plan_day(position)
        plannable, named = self.plannable(position), self._named(position)
        near = {}
        for person in self._members[self.office(position)]:
            if person not in plannable and (day := self.plannable_later(person, position)) is not None:
                near[person] = day
        wanted = plannable | near.keys() | named
        others = self._elsewhere(position, plannable)
        self._others[position] = len(others) if len(others) > MOST_ELSEWHERE else 0
        if not everyone and self._others[position]:
            wanted = wanted - others
        listed, proposed = set(self.ground.old_lists[position]), proposed_names(self.standing, position)
        for person in sorted(wanted, key=self._place.__getitem__):
            if person in plannable:
                plannable_from: dt.date | None = plan_day
            else:
                plannable_from = near.get(person) or self.plannable_later(person, position)
            yield Source(
                position=position,
                person=person,
                origin=self.origin(person, position),
                plan_day=plan_day,
                plannable=person in plannable,
                plannable_from=plannable_from,
                ready_on=self.ready_on(person, position),
                refusals=tuple(self.refusals(person, position)),
                waived=tuple(self.waived(person, position)),
                gaps=self.gaps.of(person, position, "appoint"),
                listed=person in listed,
                proposed=person in proposed,
                nominations=tuple(self._nominations[person, position]),
            )

    def kept(self, position: PositionId) -> tuple[Source, ...]:
        """The same as `of`, found once."""
        if position not in self._kept:
            self._kept[position] = tuple(self.of(position))
        return self._kept[position]

    def others(self, position: PositionId) -> int:
        """How many are plannable from elsewhere, named by nobody and not listed by `of`."""
        if position not in self._others:
            count = len(self._elsewhere(position, self.plannable(position)))
            self._others[position] = count if count > MOST_ELSEWHERE else 0
        return self._others[position]

    def _elsewhere(self, position: PositionId, plannable: set[PersonId]) -> set[PersonId]:
        return plannable - set(self._members[self.office(position)]) - self._named(position)

    def _named(self, position: PositionId) -> set[PersonId]:
        names = proposed_names(self.standing, position) | set(self._nominees[position])
        return names | set(self.ground.old_lists[position])

    # ---- who ---------------------------------------------------------------------------------------------------

    def office(self, position: PositionId) -> UnitId:
        return office_of(self.ground.case, self.ground.case.position[position].unit_id)

    def origin(self, person: PersonId, position: PositionId) -> Origin:
        """`in_house`: of the same office, whichever its division; `outside`: not a cadre of the case's own."""
        if self.ground.case.person[person].outside:
            return "outside"
        return "in_house" if self.office(position) in self._offices[person] else "elsewhere"

    def plannable(self, position: PositionId) -> set[PersonId]:
        """As `Standing.plannable` says, for all people at once: what is the same for many posts is asked once."""
        day = self.ground.plan_day(position)
        found = self._qualified(self.ground.demands(position, "plan"), day)
        found = found | self._excused(position, day)
        rules = sorted(self._rules(position, "plan", day), key=lambda r: r.same_for(position) == position)
        for rule in rules:
            found = found - self._refused(rule, position, day, found)
        return {i for i in found if position not in self.ground.held[i]}

    def _qualified(self, demands: tuple[Gap, ...], day: dt.date) -> frozenset[PersonId]:
        """Those in service on the day who meet the demands by then."""
        key = (demands, day)
        if key not in self._meet:
            line = self.standing.line
            self._meet[key] = frozenset(i for i in self._in_service(day) if line.has_all(i, demands, day))
        return self._meet[key]

    def _excused(self, position: PositionId, day: dt.date) -> frozenset[PersonId]:
        """Those in service who meet the demands of the list but for what an exemption waives."""
        bound, line = self.standing.bound, self.standing.line
        people = [i for i in self._in_service(day) if bound.may_be_excused(i, position)]
        return frozenset(i for i in people if line.has_all(i, bound.demands(i, position, "plan", day), day))

    def _refused(
        self, rule: PersonalRule, position: PositionId, day: dt.date, people: frozenset[PersonId]
    ) -> frozenset[PersonId]:
        """Those of the people whom the rule refuses; kept for all in service where it is the same for other posts."""
        same = rule.same_for(position)
        if same == position or rule.waivers:
            return frozenset(i for i in people if not rule.allows(i, position, "plan", day).ok)
        key = (rule.id, same, day)
        if key not in self._refusing:
            everyone = self._in_service(day)
            self._refusing[key] = frozenset(i for i in everyone if not rule.allows(i, position, "plan", day).ok)
        return self._refusing[key]

    def _in_service(self, day: dt.date) -> list[PersonId]:
        if day not in self._serving:
            self._serving[day] = [i for i in self.ground.case.person if self.standing.line.in_service(i, day)]
        return self._serving[day]

    def _rules(self, position: PositionId, stage: Stage, day: dt.date) -> list[PersonalRule]:
        return [r for r in self._by_stage[stage] if r.in_force(day) and r.applies(position)]

    def plannable_later(self, person: PersonId, position: PositionId) -> dt.date | None:
        """The first day after that of the round from which the person is plannable, where one thing alone is missing
        (a rule, or a demand of the list) that clears within `NEAR_MONTHS`; None otherwise."""
        standing, day = self.standing, self.ground.plan_day(position)
        if position in self.ground.held[person] or not standing.line.in_service(person, day):
            return None
        demands = standing.bound.demands(person, position, "plan", day)
        days = [on for g in demands if (on := standing.line.closed_on(person, g)) > day]
        if len(days) > 1 or (days and days[0] > add_months(day, NEAR_MONTHS)):
            return None
        for rule in self._rules(position, "plan", day):
            if (refusal := refused(rule, person, position, "plan", day)) is not None:
                days.append(refusal.clears_on or NEVER)
                if len(days) > 1:
                    return None
        if not days or days[0] > add_months(day, NEAR_MONTHS):
            return None
        return days[0] if standing.plannable(person, position, days[0]) else None

    def ready_on(self, person: PersonId, position: PositionId) -> dt.date | None:
        """The first day of the horizon on which the person could take over, with what the plan does; None if never.

        As `Standing.ready` says. A no of a rule lasts until the day on which it clears, or the rule ends; where no
        such day is told no later day is tried. So almost every pair costs one look. Relatives count here as well.
        """
        ground, line = self.ground, self.standing.line
        if position in ground.held[person]:
            return None
        rules = [r for r in self._by_stage["appoint"] if r.applies(position)]
        day = ground.horizon.as_of
        while day <= ground.horizon.until and self.standing.expected.serves_from(person, day):
            demands = self.standing.bound.demands(person, position, "appoint", day)
            closed = max((line.closed_on(person, g) for g in demands), default=day)
            if closed > day:
                day = closed
                continue
            refusals = (refused(rule, person, position, "appoint", day) for rule in rules)
            refusal = next((r for r in refusals if r is not None), None)
            if refusal is not None:
                following = refusal.clears_on or NEVER
            elif (kin := self._kept_out(person, position, day)) is not None:
                following = kin.clears_on or NEVER
            elif self.standing.away(person, day) or line.has_risen(person, ground.order(position), day):
                following = next((s for s in self._starts if s > day), NEVER)
            else:
                return day
            if following <= day:
                return None
            day = following
        return None

    def _kept_out(self, person: PersonId, position: PositionId, day: dt.date) -> Refusal | None:
        """A rule on relatives that would be broken if the person took over the post on the day."""
        if person not in self._of_kin:
            return None
        return next(pair_refusals(self.standing, person, position, day), None)

    def decisive(self, position: PositionId) -> dict[str, int]:
        """Rules of stage plan that are not confirmed and alone keep people out of the list, with how many."""
        day = self.ground.plan_day(position)
        demands = self.ground.demands(position, "plan")
        rules = self._rules(position, "plan", day)
        found = {}
        for rule in rules:
            if rule.entry.status == "confirmed":
                continue
            people = self._qualified(demands, day) - set(self._holders(position))
            for other in sorted(rules, key=lambda r: r.same_for(position) == position):
                if other is not rule:
                    people = people - self._refused(other, position, day, people)
            if count := len(people & self._refused(rule, position, day, people)):
                found[rule.id] = count
        return found

    def _holders(self, position: PositionId) -> list[PersonId]:
        return [i for i, held in self.ground.held.items() if position in held]

    def waived(self, person: PersonId, position: PositionId) -> Iterator[Refusal]:
        """Rules that an exemption covers on the days on which `refusals` asks them, and that else would refuse."""
        found: dict[str, Refusal] = {}
        for stage, day in self._asked(position):
            for rule in self._rules(position, stage, day):
                if rule.waiver_for((person, position), day) is None:
                    continue
                strict = copy.copy(rule)
                strict.waivers = ()
                if (refusal := refused(strict, person, position, stage, day)) is not None:
                    found.setdefault(rule.id, refusal)
            for standards in self.standing.bound.of(Standards):
                for gap in self.ground.demands(position, stage):
                    if self.standing.line.closed_on(person, gap) > day:
                        if (waiver := standards.excuse(person, position, stage, gap, day)) is not None:
                            ends = waiver.until and waiver.until + ONE_DAY
                            found.setdefault(standards.id, Refusal(standards.id, stage, None, ends))
        yield from found.values()

    def _asked(self, position: PositionId) -> tuple[tuple[Stage, dt.date], ...]:
        """The stages with their days: the list on the day of the round, taking over when a successor is wanted."""
        plan_day = self.ground.plan_day(position)
        return ("plan", plan_day), ("appoint", self.standing.expected.wanted_by.get(position, plan_day))

    # ---- why not -----------------------------------------------------------------------------------------------

    def refusals(self, person: PersonId, position: PositionId) -> Iterator[Refusal]:
        """Rules that say no to the list on its day, or to taking over on the day for which a successor is wanted.

        Each once, the earlier stage first; of relatives too, who are judged as a pair.
        """
        plan_day = self.ground.plan_day(position)
        wanted = self.standing.expected.wanted_by.get(position, plan_day)
        if position in self.ground.held[person]:
            yield Refusal(HOLDER, "plan", Reason("reason.holder"))
            return
        found: dict[str, Refusal] = {}
        if not self.standing.line.in_service(person, plan_day):
            on = self.standing.expected.leaves[person]
            found[LEAVES] = Refusal(LEAVES, "plan", Reason("reason.leaves", {"on": on}))
        for stage, day in self._asked(position):
            for rule in self._rules(position, stage, day):
                if (refusal := refused(rule, person, position, stage, day)) is not None:
                    found.setdefault(refusal.rule, refusal)
        if person in self._of_kin:
            for refusal in pair_refusals(self.standing, person, position, wanted):
                found.setdefault(refusal.rule, refusal)
        yield from found.values()


def proposed_names(standing: Standing, position: PositionId) -> set[PersonId]:
    """The names of the list after the round; where no list is kept, those the plan counts on."""
    if position in standing.ground.decided_round or not standing.ground.everyone_is_listed:
        return set(standing.names_on(position, standing.ground.horizon.until))
    plan = standing.line.plan
    named = {s.person for s in plan.successors if s.position == position and s.person is not None}
    return named | {a.person for a in plan.appointments if a.position == position}
