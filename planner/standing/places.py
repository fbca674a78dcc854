"""Training places that a plan gives and leaves free, and what stands against giving one more to a person.

The checks are those of `rules/structure/places` and of the `must` rules of stage train, asked of a place that the plan
does not have.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from planner.domain.ids import CourseId, PersonId, PositionId, SessionId
from planner.domain.violation import Reason
from planner.rules.absences import Absences
from planner.rules.course_open_to import CourseOpenTo
from planner.rules.course_rule import CourseRule
from planner.standing.standing import Standing
from planner.timeline.admission import allotted, in_post
from planner.timeline.ground import LONG_AGO, NEVER, Gap

Against = Literal[
    "leaves", "prerequisite", "allotted", "admits", "rule", "decided", "same_day", "takes_over", "rotates", "acts",
    "successor", "leaders_away", "class", "full",
]  # fmt: skip
"""What stands against a place: the person is gone by the end of the class (`leaves`), lacks what it presupposes, the
class is not for the unit (`allotted`) or for the post (`admits`), a rule or a decision says no; another class runs at
the same time; the person takes over a post, begins a rotation, acts for a head or is to be ready as a successor while
away full-time; too many leaders of the unit would be away; the class would stay below its least size; it is full."""


@dataclass(frozen=True)
class Offer:
    """One class for one person. `against` None: the place is free and may be given.

    `subject`: the rule, the other class, or the post that stands against it; `needs`: the level that is presupposed;
    `first`: the class that would give that level in time, where there is a free one. `advice`: a rule that is a wish
    and advises against a place that may be given.
    """

    session: SessionId
    against: Against | None = None
    subject: str | None = None
    reason: Reason | None = None
    needs: Gap | None = None
    first: SessionId | None = None
    advice: str | None = None

    @property
    def is_free(self) -> bool:
        return self.against is None


class Places:
    """The classes ahead of a plan with the places given, and what stands against one more."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.line, self.ground = standing, standing.line, standing.ground
        given = [(p.person, p.session) for p in self.line.plan.training]
        self.given = Counter(session for _, session in given)
        self._in_year = Counter(
            (self._course(s), self.ground.case.session[s].start.year) for s in self.given.elements()
        )
        self._of: defaultdict[PersonId, list[SessionId]] = defaultdict(list)
        for person, session in given:
            self._of[person].append(session)
        self._forbidden = {
            (d.person_id, d.session_id)
            for d in self.ground.case.decisions
            if d.kind == "not_train" and d.status == "decided"
        }
        self._granting: dict[Gap, tuple[SessionId, ...]] = {}
        self._offers: dict[tuple[PersonId, SessionId], Offer] = {}

    def _course(self, session: SessionId) -> CourseId:
        return self.ground.case.session[session].course_id

    @cached_property
    def ahead(self) -> tuple[SessionId, ...]:
        """The classes that begin on `as_of` or later and whose end is known, by their first day."""
        ground = self.ground
        found = [
            (row.start, s)
            for s, row in ground.case.session.items()
            if row.start >= ground.horizon.as_of and ground.session_end(s) < NEVER
        ]
        return tuple(session for _, session in sorted(found))

    def free(self, session: SessionId) -> int | None:
        """Places that neither the case nor the plan has given, of the class and of the course's year; None = no limit.

        Where more are given than there are, none is free.
        """
        ground, row = self.ground, self.ground.case.session[session]
        of_year = ground.case.course[row.course_id].yearly_seats
        left = []
        if row.seats is not None:
            left.append(row.seats - ground.places_taken[session] - self.given[session])
        if of_year is not None:
            key = row.course_id, row.start.year
            left.append(of_year - ground.yearly_places_taken[key] - self._in_year[key])
        return max(0, min(left)) if left else None

    def granting(self, gap: Gap) -> tuple[SessionId, ...]:
        """The classes ahead that grant at least the level, and do not presuppose it."""
        if gap not in self._granting:
            self._granting[gap] = tuple(s for s in self.ahead if self.meets(s, gap))
        return self._granting[gap]

    def meets(self, session: SessionId, gap: Gap) -> bool:
        """Whether who lacks the level has it after the class; who must have it before lacks it no more."""
        granted, needs = self.ground.granted(session), self.ground.course_of(session).needs
        if granted.competency != gap.competency or granted.level < gap.level:
            return False
        return needs is None or needs.competency != gap.competency or self.ground.content.level(needs) < gap.level

    def offers(self, person: PersonId, gap: Gap) -> tuple[Offer, ...]:
        """Every class ahead that grants the level, with what stands against sending the person."""
        return tuple(self.offer(person, session) for session in self.granting(gap))

    def offer(self, person: PersonId, session: SessionId) -> Offer:
        key = person, session
        if key not in self._offers:
            self._offers[key] = self._judged(person, session)
        return self._offers[key]

    def _judged(self, person: PersonId, session: SessionId) -> Offer:
        first: SessionId | None = None
        for offer in self._objections(person, session):
            if offer.against == "prerequisite" and offer.first is not None:
                first = offer.first
                continue
            return offer
        return Offer(session, first=first, advice=self._advice(person, session))

    def _advice(self, person: PersonId, session: SessionId) -> str | None:
        """The first wish that the place would not meet."""
        start, end = self.ground.case.session[session].start, self.ground.session_end(session)
        for rule in self.standing.bound.rules:
            if rule.is_must:
                continue
            if isinstance(rule, CourseRule) and not rule.allows(person, session).ok:
                return rule.id
            if isinstance(rule, CourseOpenTo) and not rule.is_open(self.line, person, session):
                return rule.id
            if isinstance(rule, Absences) and self._of_full_time(session):
                if not rule.lets_go(self.line, person, start, end):
                    return rule.id
        return None

    def _objections(self, person: PersonId, session: SessionId) -> Iterator[Offer]:
        """What stands against it, what concerns the person alone first, what concerns the class last."""
        yield from self._conditions(person, session)
        yield from self._clashes(person, session)
        if self._of_full_time(session):
            yield from self._absences(person, session)
        row, free = self.ground.case.session[session], self.free(session)
        if free == 0:
            yield Offer(session, "full")
        attend = self.given[session] + self.ground.places_taken[session] + 1
        if attend < row.min_seats:
            yield Offer(session, "class")

    def _conditions(self, person: PersonId, session: SessionId) -> Iterator[Offer]:
        ground, standing, course = self.ground, self.standing, self.ground.course_of(session)
        start = ground.case.session[session].start
        if not self.line.in_service(person, ground.last_known_day(session)):
            yield Offer(session, "leaves")
        if course.needs is not None:
            needed = Gap(course.needs.competency, ground.content.level(course.needs))
            if self.line.closed_on(person, needed, without=session) > start:
                first = self._before(person, needed, start)
                yield Offer(session, "prerequisite", needs=needed, first=first)
        if not allotted(ground, person, session):
            yield Offer(session, "allotted")
        if course.admits is not None and not in_post(ground, standing.expected, person, session):
            if not (course.admits.planned and self._planned(person, course.admits.ranks, start)):
                yield Offer(session, "admits")
        verdict = standing.bound.admits(person, session)
        if not verdict.ok:
            yield Offer(session, "rule", verdict.rule, verdict.reason)
        for rule in standing.bound.of(CourseOpenTo):
            if rule.is_must and not rule.is_open(self.line, person, session):
                yield Offer(session, "rule", rule.id)
        if not {(person, session), (person, None)}.isdisjoint(self._forbidden):
            yield Offer(session, "decided")

    def _before(self, person: PersonId, needed: Gap, start: dt.date) -> SessionId | None:
        """A class with a free place that gives what is presupposed by the day."""
        for session in self.granting(needed):
            # One that begins as late is no reason: a class of one day may ask for what it grants.
            before = self.ground.case.session[session].start < start and self.ground.session_end(session) <= start
            if before and self.offer(person, session).is_free:
                return session
        return None

    @cached_property
    def _lists(self) -> dict[PersonId, list[tuple[PositionId, dt.date, dt.date]]]:
        """The lists that each person is in, with the first and last day; of nobody where everyone counts as listed."""
        found: defaultdict[PersonId, list[tuple[PositionId, dt.date, dt.date]]] = defaultdict(list)
        for position in self.ground.listable:
            decided = self.ground.decided_round.get(position)
            last = decided.approved_on if decided is not None else NEVER
            for person in self.standing.names_on(position, LONG_AGO):
                found[person].append((position, LONG_AGO, last))
            for person in self.line.list_in_force(position, NEVER) if decided is not None else ():
                found[person].append((position, last + dt.timedelta(days=1), NEVER))
        return dict(found)

    def _planned(self, person: PersonId, ranks: tuple[str, ...], day: dt.date) -> bool:
        rank = self.ground.case.position
        return any(
            first <= day <= last and (not ranks or rank[p].rank in ranks)
            for p, first, last in self._lists.get(person, ())
        )

    def _clashes(self, person: PersonId, session: SessionId) -> Iterator[Offer]:
        """Other classes of the person on the same days."""
        ground = self.ground
        start, end = ground.case.session[session].start, ground.session_end(session)
        for other in self._of[person]:
            if ground.case.session[other].start <= end and start <= ground.session_end(other):
                yield Offer(session, "same_day", other)
        for course, run in ground.enrolled.get(person, ()):
            if run.start <= end and start <= run.end:
                yield Offer(session, "same_day", course.course_id)

    def _of_full_time(self, session: SessionId) -> bool:
        return self.ground.course_of(session).mode == "full"

    def _absences(self, person: PersonId, session: SessionId) -> Iterator[Offer]:
        """What a person who is away full-time cannot do, and how many leaders of a unit may be away."""
        ground, line, expected = self.ground, self.line, self.standing.expected
        horizon = ground.horizon
        start, end = ground.case.session[session].start, ground.session_end(session)
        for a in line.appointments.get(person, ()):
            last = horizon.instant(a.period) if expected.is_opened_by_a_move(a.position, a.period) else a.judged_on
            if start <= last and a.judged_on < end:
                yield Offer(session, "takes_over", a.position)
        for r in line.rotations.get(person, ()):
            if start <= r.start < end:
                yield Offer(session, "rotates", r.position)
        for cover in line.plan.covers:
            if cover.person == person and start <= horizon.instant(cover.period) < end:
                yield Offer(session, "acts", cover.position)
        for position in self._designated.get(person, ()):
            if start <= expected.wanted_by[position] < end:
                yield Offer(session, "successor", position)
        for rule in self.standing.bound.of(Absences):
            if rule.is_must and not rule.lets_go(line, person, start, end):
                yield Offer(session, "leaders_away", rule.id)

    @cached_property
    def _designated(self) -> dict[PersonId, list[PositionId]]:
        found: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        for position, person in self.standing.designated.items():
            found[person].append(position)
        return dict(found)
