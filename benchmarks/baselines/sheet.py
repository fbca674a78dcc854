"""The sheet on which one plans by hand: who is in which list, on which course, appointed where, who holds a seat when.

Each question is answered from the facts of the case, the personal rules and what stands on the sheet so far. Limits
that a list or a session has are looked at here as well; rules on pairs and counts of holders are not: `Law` looks over
the whole plan afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.baselines.choices import Choice, Pins, ends_name, keepable, pins
from planner.domain.case import Admits
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId, SessionId
from planner.rules.course_open_to import CourseOpenTo
from planner.rules.not_with_appointment import NotWithAppointment
from planner.rules.pool_size import PoolSize
from planner.rules.posts_per_person import PostsPerPerson
from planner.rules.registry import Bound
from planner.standing import Standing
from planner.timeline import Expected, Ground
from planner.timeline.admission import allotted, in_post
from planner.timeline.ground import Gap


class Sheet:
    """Choices so far, and the questions that the next one asks. `banned` choices are never taken.

    It begins with the names in force that can stay in their lists.
    """

    def __init__(self, status_quo: Standing, banned: frozenset[Choice] = frozenset()) -> None:
        self.status_quo = status_quo
        self.ground: Ground = status_quo.ground
        self.expected: Expected = status_quo.expected
        self.bound: Bound = status_quo.bound
        self.pins: Pins = pins(self.ground)
        self.banned = banned
        self.taken: dict[Choice, None] = {}
        self.names: dict[PositionId, list[PersonId]] = keepable(status_quo)
        self.booked: defaultdict[PersonId, list[SessionId]] = defaultdict(list)
        self.appointed: dict[PersonId, tuple[PositionId, int]] = {}
        self.rotated: dict[PersonId, tuple[PositionId, dt.date, dt.date]] = {}
        self._arrived: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
        self._in_session: defaultdict[SessionId, int] = defaultdict(int)
        self._lists_of: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        for position, people in self.names.items():
            for person in people:
                self._lists_of[person].append(position)
        self._old_lists_of: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        for position, old in self.ground.old_lists.items():
            for person in old:
                self._old_lists_of[person].append(position)
        self.sessions_for: defaultdict[str, list[SessionId]] = defaultdict(list)
        ahead = (s for s in self.ground.case.sessions if s.start >= self.ground.horizon.as_of)
        for row in sorted(ahead, key=lambda s: (s.start, self.ground.session_end(s.session_id), s.session_id)):
            self.sessions_for[self.ground.granted(row.session_id).competency].append(row.session_id)
        rules = [r for r in self.bound.rules if r.is_must]
        self._lists_admitted: dict[Admits, frozenset[PositionId]] = {}
        self._open_to = [(r, self._lists_of_rank(r)) for r in rules if isinstance(r, CourseOpenTo)]
        self.sizes = [r for r in rules if isinstance(r, PoolSize)]
        self._not_together = [r for r in rules if isinstance(r, NotWithAppointment)]
        self.lists_a_person = [r for r in rules if isinstance(r, PostsPerPerson)]

    def is_free(self, choice: Choice) -> bool:
        """Whether nothing was decided against the choice, here or in the case."""
        return choice not in self.banned and not self.pins.refuses(choice)

    def take(self, choice: Choice) -> None:
        """Write a choice down."""
        kind, person, target, period = choice
        self.taken[choice] = None
        position = PositionId(target)
        if kind == "pool":
            if person not in self.names[position]:
                self.names[position].append(person)
                self._lists_of[person].append(position)
        elif kind == "train":
            self.booked[person].append(SessionId(target))
            self._in_session[SessionId(target)] += 1
        elif kind == "appoint":
            self.appointed[person] = (position, period)
            self._arrived[position].append(person)
            for listed in [p for p in self._lists_of[person] if ends_name(self.ground, self.expected, choice, p)]:
                self.names[listed].remove(person)
                self._lists_of[person].remove(listed)
        elif kind == "rotate":
            start = self.ground.horizon.start(period)
            end = add_months(start, self.bound.rotation_months(position, start) or 0)
            self.rotated[person] = (position, start, end)
            self._arrived[position].append(person)

    # ---- order -----------------------------------------------------------------------------------------------

    def posts_by_urgency(self) -> list[PositionId]:
        """Full-time posts, the most critical first, then by the day of the first vacancy."""
        case, first = self.ground.case, self.expected.first_vacancy

        def urgency(p: PositionId) -> tuple[int, dt.date, str]:
            return -case.position[p].criticality, first[p] or dt.date.max, p

        return sorted(self.ground.full_time, key=urgency)

    def misfit(self, person: PersonId, position: PositionId) -> int:
        """Points of suitability below whoever of the case suits best."""
        return self.ground.suitability.below_best(person, position)

    def lacking(self, person: PersonId, position: PositionId) -> tuple[int, dt.date]:
        """How many demands the person does not meet by the day on which a successor is wanted, as the case stands, and
        the day on which the last one is met."""
        day = self.expected.wanted_by.get(position, self.ground.horizon.until)
        met = [self.ground.closed_on(person, gap) for gap in self.ground.demands(position, "appoint")]
        return sum(on > day for on in met), max(met, default=dt.date.min)

    # ---- lists -----------------------------------------------------------------------------------------------

    def lists_by_urgency(self) -> list[PositionId]:
        """The lists that a round decides: those of full-time posts as these, then the others by identifier."""
        urgent = self.posts_by_urgency()
        return [p for p in (*urgent, *sorted(set(self.names) - set(urgent))) if p in self.names]

    def may_enter(self, position: PositionId) -> Iterator[PersonId]:
        """Who may be a new name, without any course first."""
        ground = self.ground
        day, old = ground.plan_day(position), set(ground.old_lists[position])
        for person in ground.case.person:
            if ground.names_from == "nominated" and (person, position) not in ground.nominated:
                continue
            if person not in old and self.status_quo.plannable(person, position, day):
                if not self._is_proposed(person, position, day) and self.is_free(Choice("pool", person, position)):
                    yield person

    def _is_proposed(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether an appointment to the post is proposed already for the period, and a rule says not both."""
        key = (person, position, self.ground.horizon.period_of(day))
        rules = (r for r in self._not_together if r.in_force(day) and r.applies(position))
        return any(key in r.proposed and not r.waiver_for((person, position), day) for r in rules)

    def room_in_list(self, position: PositionId) -> int:
        """How many names more the list may have."""
        day = self.ground.plan_day(position)
        most = [r.limits(position)[1] for r in self.sizes if r.in_force(day) and r.applies(position)]
        return min(most, default=len(self.ground.case.person)) - len(self.names[position])

    def may_be_in_one_more(self, person: PersonId, position: PositionId) -> bool:
        """Whether the person is in fewer lists than one may be in; lists that no round decides count as they are."""
        ground = self.ground
        for rule in self.lists_a_person:
            if not rule.applies(position):
                continue
            fixed = [p for p in self._old_lists_of.get(person, ()) if p not in self.names]
            alike = [
                p
                for p in (*self._lists_of[person], *fixed)
                if rule.applies(p) and (rule.params.per == "all" or ground.order(p) == ground.order(position))
            ]
            if len(alike) >= rule.params.max:
                return False
        return True

    def listed_on(self, position: PositionId, day: dt.date) -> Sequence[PersonId]:
        """The names of the list in force on the day."""
        decided = self.ground.decided_round.get(position)
        if self.ground.everyone_is_listed or decided is None or day <= decided.approved_on:
            return self.status_quo.names_on(position, day)
        return self.names[position]

    # ---- courses ---------------------------------------------------------------------------------------------

    def closed_on(self, person: PersonId, gap: Gap, more: Iterable[SessionId] = ()) -> dt.date:
        """The day on which the person has the level, with the places booked so far (and `more`)."""
        ends = [
            self.ground.session_end(s)
            for s in (*self.booked[person], *more)
            if self.ground.granted(s).competency == gap.competency and self.ground.granted(s).level >= gap.level
        ]
        return min([self.ground.closed_on(person, gap), *ends])

    def places_for(self, person: PersonId, gaps: Iterable[Gap]) -> list[SessionId] | None:
        """The earliest places that close all gaps, with what they need first; None where some gap stays open."""
        wanted: list[SessionId] = []
        for gap in gaps:
            if self.closed_on(person, gap, wanted) > self.ground.horizon.until:
                found = self._earliest(person, gap, self.ground.horizon.until, wanted)
                if found is None:
                    return None
                wanted += found
        return wanted

    def _earliest(
        self, person: PersonId, gap: Gap, by: dt.date, wanted: Sequence[SessionId], depth: int = 3
    ) -> list[SessionId] | None:
        """The earliest session with a free place that grants the level by the day, after what it needs."""
        for session in self.sessions_for[gap.competency]:
            if self.ground.granted(session).level < gap.level or self.ground.session_end(session) > by:
                continue
            before: list[SessionId] = []
            needs, start = self.ground.course_of(session).needs, self.ground.case.session[session].start
            if needs is not None and depth:
                needed = Gap(needs.competency, self.ground.content.level(needs))
                if self.closed_on(person, needed, wanted) > start:
                    found = self._earliest(person, needed, start, wanted, depth - 1)
                    if found is None:
                        continue
                    before = found
            if self.may_attend(person, session, (*wanted, *before)):
                return [*before, session]
        return None

    def may_attend(self, person: PersonId, session: SessionId, more: Sequence[SessionId] = ()) -> bool:
        """Whether a free place is open to the person, beside the places booked so far (and `more`)."""
        ground = self.ground
        row, end, granted = ground.case.session[session], ground.session_end(session), ground.granted(session)
        if row.seats is not None and self._in_session[session] >= row.seats:
            return False
        for other in (*self.booked[person], *more):
            start, last, level = ground.case.session[other].start, ground.session_end(other), ground.granted(other)
            if start <= end and row.start <= last:
                return False  # on one day in two sessions
            if level.competency == granted.competency and (level.level >= granted.level) == (last <= row.start):
                return False  # has the level before, or would have it when the other begins
        return self.could_attend(person, session) and self._is_admitted(person, session)

    def could_attend(self, person: PersonId, session: SessionId) -> bool:
        """Whether the person is there for it, does not have the level anyhow, and no rule or course speaks against."""
        ground = self.ground
        row, end = ground.case.session[session], ground.session_end(session)
        return (
            self.expected.in_service(person, end)
            and ground.closed_on(person, ground.granted(session)) > end
            and not any(run.start <= end and row.start <= run.end for _, run in ground.enrolled.get(person, ()))
            and self.is_free(Choice("train", person, session))
            and allotted(ground, person, session)
            and self.bound.admits(person, session).ok
        )

    def lists_asked_for(self, person: PersonId, session: SessionId) -> Iterator[frozenset[PositionId]]:
        """Of each of these sets of lists the person must be in one for the course: by the course, and by rules."""
        admits = self.ground.course_of(session).admits
        if admits is not None and not in_post(self.ground, self.expected, person, session):
            if admits not in self._lists_admitted:
                rank = {p: self.ground.case.position[p].rank for p in self.ground.listable}
                named = frozenset(p for p, r in rank.items() if not admits.ranks or r in admits.ranks)
                self._lists_admitted[admits] = named if admits.planned else frozenset()
            yield self._lists_admitted[admits]
        for rule, lists in self._open_to:
            if rule.demands(person, session):
                yield lists

    def _lists_of_rank(self, rule: CourseOpenTo) -> frozenset[PositionId]:
        """The lists by which the rule opens a course."""
        code = rule.params.planned
        if code is None:
            return frozenset()
        least = self.ground.content.rank[code].order
        return frozenset(p for p in self.ground.listable if rule.applies(p) and self.ground.order(p) >= least)

    def _is_admitted(self, person: PersonId, session: SessionId) -> bool:
        day = self.ground.case.session[session].start
        return all(
            any(person in self.listed_on(p, day) for p in self.perhaps_in(person) if p in lists)
            for lists in self.lists_asked_for(person, session)
        )

    def perhaps_in(self, person: PersonId) -> Iterable[PositionId]:
        """The lists in which the person was, is or will be."""
        if self.ground.everyone_is_listed:
            return self.ground.listable
        return dict.fromkeys((*self._lists_of[person], *self._old_lists_of.get(person, ())))

    def small_classes(self) -> Iterator[tuple[SessionId, int]]:
        """Sessions with some places booked, and how many more they need to be held."""
        for session, count in list(self._in_session.items()):
            more = self.ground.case.session[session].min_seats - count
            if more > 0:
                yield session, more

    # ---- moves -----------------------------------------------------------------------------------------------

    def post_at(self, person: PersonId, period: int) -> PositionId | None:
        """The full-time post held at the instant."""
        if not self.expected.in_service(person, self.ground.horizon.instant(period)):
            return None
        if person in self.appointed and self.appointed[person][1] <= period:
            return self.appointed[person][0]
        if person in self.rotated and self.rotated[person][1] <= self.ground.horizon.instant(period):
            return self.rotated[person][0]
        return self.ground.home[person]

    def holders(self, position: PositionId, period: int) -> list[PersonId]:
        """Who holds a seat at the instant."""
        people = dict.fromkeys((*self.ground.incumbents[position], *self._arrived[position]))
        return [i for i in people if self.post_at(i, period) == position]

    def empty(self, position: PositionId, period: int) -> int:
        """Seats without a holder at the instant."""
        return self.ground.seats[position] - len(self.holders(position, period))

    def has_all(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether every demand of the post is met on the day, with the places booked so far."""
        return all(self.closed_on(person, gap) <= day for gap in self.ground.demands(position, "appoint"))

    def _is_there(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """In service, not the holder, not on a full-time course, and no rule against it on the day."""
        return (
            position not in self.ground.held[person]
            and self.expected.in_service(person, day)
            and not self._on_course(person, day)
            and self.bound.allows(person, position, "appoint", day).ok
        )

    def could_take_over(self, person: PersonId, position: PositionId, period: int) -> bool:
        """Whether somebody who has not been appointed yet may be in the period, apart from demands and lists."""
        day = self.expected.delta(position, period)
        if person in self.appointed or not self.is_free(Choice("appoint", person, position, period)):
            return False
        if not self.expected.in_service(person, self.ground.horizon.instant(period)):
            return False
        now = self.ground.rotations_now.get(person)
        if now is not None and now.end is not None and day < now.end:
            return False
        if person in self.rotated and (day < self.rotated[person][2] or self.rotated[person][0] == position):
            return False
        decided = self.pins.appointment_of(person)
        if decided and not any(c.target == position and c.period == period for c in decided):
            return False
        return self._is_there(person, position, day)

    def may_take_over(self, person: PersonId, position: PositionId, period: int) -> bool:
        """Whether a name of the list may be appointed in the period."""
        return self.could_take_over(person, position, period) and self.has_all(
            person, position, self.expected.delta(position, period)
        )

    def could_succeed(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether a name of the list may be a successor on the day, apart from demands: not risen before, not away."""
        if person in self.appointed:
            post, period = self.appointed[person]
            risen = self.ground.order(post) >= self.ground.order(position)
            if risen and self.expected.delta(post, period) < day:
                return False
        now = self.ground.rotations_now.get(person)
        if now is not None and now.end is not None and (now.start or dt.date.min) < day < now.end:
            return False
        if person in self.rotated and self.rotated[person][1] < day < self.rotated[person][2]:
            return False
        return self._is_there(person, position, day)

    def may_succeed(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether a name of the list is a ready one on the day."""
        return self.could_succeed(person, position, day) and self.has_all(person, position, day)

    def _on_course(self, person: PersonId, day: dt.date) -> bool:
        """Whether a full-time course runs past the day."""
        ground = self.ground
        if any(c.mode == "full" and run.start <= day < run.end for c, run in ground.enrolled.get(person, ())):
            return True
        return any(
            ground.course_of(s).mode == "full" and ground.case.session[s].start <= day < ground.session_end(s)
            for s in self.booked[person]
        )

    # ---- acting ----------------------------------------------------------------------------------------------

    def may_act(self, position: PositionId, period: int) -> Iterator[PersonId]:
        """Deputies of the unit who are there at the instant and act nowhere else."""
        ground = self.ground
        day, eve = ground.horizon.instant(period), ground.horizon.instant(period - 1)
        rules = self.bound.acting_rules(position, day)
        here = ground.covers_now.get(position)
        if not rules or (here is not None and eve < here.end):
            return
        busy = {c.person for c in self.taken if c.kind == "cover" and c.period == period}
        busy |= {now.person for now in ground.covers_now.values() if day < now.end}
        for post in dict.fromkeys(p for rule in rules for p in rule.deputy_posts(position)):
            for person in self.holders(post, period):
                choice = Choice("cover", person, position, period)
                if person not in busy and self.is_free(choice) and not self._on_course(person, day):
                    yield person
