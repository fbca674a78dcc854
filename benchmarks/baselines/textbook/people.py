"""Lists and courses of the textbook's model, and the sums over them that the other parts use."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.baselines.sheet import Sheet
from benchmarks.baselines.textbook.rows import Rows, Term
from planner.domain.ids import PersonId, PositionId, SessionId
from planner.rules.pool_keep import PoolKeep
from planner.standing import Standing
from planner.timeline.ground import Gap


class People:
    """Columns and rows for who is in which list and attends what."""

    def __init__(self, status_quo: Standing) -> None:
        self.sheet = Sheet(status_quo)
        self.ground, self.expected = self.sheet.ground, self.sheet.expected
        self.horizon = self.ground.horizon
        self.rows = Rows()
        self.staying = {(i, p) for p, people in self.sheet.names.items() for i in people}
        self.names_of: dict[PositionId, list[PersonId]] = {}
        self.lists_of: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        """Who has a column in which list, both ways."""
        self._names()
        self.posts_of: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        for position in self.ground.full_time:
            for person in self.candidates(position):
                self.posts_of[person].append(position)
        self.sessions_of = {person: self._sessions(person) for person in self.posts_of}
        self._places()

    # ---- lists -----------------------------------------------------------------------------------------------

    def _names(self) -> None:
        """Who may be in a decided list, within its limit and that of the person."""
        rows, sheet, ground = self.rows, self.sheet, self.ground
        decided = {(c.person, c.target) for c in sheet.pins.wanted if c.kind == "pool"}
        for position, staying in sheet.names.items():
            entering = list(sheet.may_enter(position))
            entering += sorted(i for i, p in decided if p == position and i not in entering and i not in staying)
            self.names_of[position] = [*staying, *entering]
            for person in self.names_of[position]:
                rows.column(("x", person, position))
                self.lists_of[person].append(position)
            room = sheet.room_in_list(position)  # below 0 where a list is too long today: then nobody enters
            names = [(rows.columns["x", i, position], 1.0) for i in self.names_of[position]]
            rows.row(names, most=len(staying) + max(room, 0))
            if room < 0:
                rows.row([(rows.columns["x", i, position], 1.0) for i in entering], most=0)
        for person, positions in self.lists_of.items():
            for rule in sheet.lists_a_person:
                groups: defaultdict[int, list[PositionId]] = defaultdict(list)
                for p in filter(rule.applies, positions):
                    groups[ground.order(p) if rule.params.per == "level" else 0].append(p)
                for group in groups.values():
                    kept = sum((person, p) in self.staying for p in group)
                    listed = [(rows.columns["x", person, p], 1.0) for p in group]
                    rows.row(listed, most=max(rule.params.max, kept))

    def must_stay(self, position: PositionId) -> bool:
        """Whether a rule keeps the names in force of the list."""
        day = self.ground.plan_day(position)
        rules = (r for r in self.sheet.bound.rules if isinstance(r, PoolKeep) and r.is_must)
        return any(r.in_force(day) and r.applies(position) for r in rules)

    def candidates(self, position: PositionId) -> list[PersonId]:
        """Everybody who is or may be in the list of the post."""
        old = self.sheet.status_quo.names_on(position, self.horizon.as_of)
        return list(dict.fromkeys((*old, *self.names_of.get(position, ()))))

    def listed(self, person: PersonId, position: PositionId, day: dt.date) -> list[Term] | None:
        """The terms whose sum is 1 if the person is in the list in force; None where the person is anyhow."""
        decided = self.ground.decided_round.get(position)
        if self.ground.everyone_is_listed or decided is None or day <= decided.approved_on:
            return None if person in self.sheet.status_quo.names_on(position, day) else []
        key = ("x", person, position)
        return [(self.rows.columns[key], 1.0)] if key in self.rows.columns else []

    # ---- courses ---------------------------------------------------------------------------------------------

    def _sessions(self, person: PersonId) -> dict[SessionId, None]:
        """The sessions that the person could attend for what a post of the person demands, or a course for it."""
        ground, sheet = self.ground, self.sheet
        wanted = {
            gap.competency
            for position in self.posts_of[person]
            for gap in ground.demands(position, "appoint")
            if ground.closed_on(person, gap) > self.horizon.as_of
        }
        found: dict[SessionId, None] = {}
        looked: set[str] = set()
        while wanted - looked:
            for competency in sorted(wanted - looked):
                looked.add(competency)
                for session in sheet.sessions_for.get(competency, ()):
                    if sheet.could_attend(person, session):
                        found[session] = None
                        needs = ground.course_of(session).needs
                        wanted |= {needs.competency} if needs is not None else set()
        return found

    def _closers(self, person: PersonId, gap: Gap, day: dt.date) -> list[Term]:
        """The places of the person that grant the level by the day."""
        return [
            (self.rows.columns["u", person, s], 1.0)
            for s in self.sessions_of.get(person, ())
            if self.ground.granted(s).competency == gap.competency
            and self.ground.granted(s).level >= gap.level
            and self.ground.session_end(s) <= day
        ]

    def _places(self) -> None:
        rows, ground, sheet = self.rows, self.ground, self.sheet
        for c in sorted(c for c in sheet.pins.wanted if c.kind == "train"):
            session = SessionId(c.target)
            # A class of which one place is decided must be held: whoever can may help to fill it.
            others = ground.case.person if ground.case.session[session].min_seats > 1 else ()
            for person in dict.fromkeys((c.person, *(i for i in others if sheet.could_attend(i, session)))):
                self.sessions_of.setdefault(person, {})[session] = None
        attendants: defaultdict[SessionId, list[Term]] = defaultdict(list)
        for person, sessions in self.sessions_of.items():
            for session in sessions:
                attendants[session].append((rows.column(("u", person, session)), 1.0))
        for session, places in attendants.items():
            row = ground.case.session[session]
            seats = len(places) if row.seats is None else row.seats
            if row.min_seats > 1:
                held = rows.column(("open", session))
                rows.row([*places, (held, -seats)], most=0)
                rows.row([*places, (held, -row.min_seats)], least=0)
            else:
                rows.row(places, most=seats)
        for person, sessions in self.sessions_of.items():
            self._attendance(person, list(sessions))

    def _attendance(self, person: PersonId, sessions: list[SessionId]) -> None:
        """One session at a time, one for each level, what a course needs before it, and admission."""
        rows, ground = self.rows, self.ground
        at = {s: (ground.case.session[s].start, ground.session_end(s)) for s in sessions}
        u = {s: (rows.columns["u", person, s], 1.0) for s in sessions}
        for day in sorted({start for start, _ in at.values()}):
            running = [u[s] for s in sessions if at[s][0] <= day <= at[s][1]]
            if len(running) > 1:
                rows.row(running, most=1)
        for level in sorted({ground.granted(s) for s in sessions}):
            alike = [u[s] for s in sessions if ground.granted(s) == level]
            if len(alike) > 1:
                rows.row(alike, most=1)
        for s in sessions:
            needs, start = ground.course_of(s).needs, at[s][0]
            if needs is not None:
                needed = Gap(needs.competency, ground.content.level(needs))
                if ground.closed_on(person, needed) > start:
                    rows.row([u[s], *((c, -f) for c, f in self._closers(person, needed, start))], most=0)
            for lists in self.sheet.lists_asked_for(person, s):
                near = dict.fromkeys((*self.sheet.perhaps_in(person), *self.lists_of[person]))
                known = [self.listed(person, p, start) for p in near if p in lists]
                if None not in known:
                    rows.row([u[s], *((c, -f) for terms in known for c, f in terms or ())], most=0)

    def clashes(self, person: PersonId, day: dt.date) -> Iterator[Term]:
        """Places in full-time courses that run past the day."""
        for s in self.sessions_of.get(person, ()):
            full = self.ground.course_of(s).mode == "full"
            if full and self.ground.case.session[s].start <= day < self.ground.session_end(s):
                yield self.rows.columns["u", person, s], 1.0

    def open_gaps(self, person: PersonId, position: PositionId, day: dt.date) -> list[list[Term]] | None:
        """For each demand not met by the day the places that meet it; None where one cannot be met."""
        found = []
        for gap in self.ground.demands(position, "appoint"):
            if self.ground.closed_on(person, gap) > day:
                closers = self._closers(person, gap, day)
                if not closers:
                    return None
                found.append(closers)
        return found
