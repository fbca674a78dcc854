"""The problem: expressions over the columns of what can be decided, that rules share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.violation import Violation
from planner.problem.alike import by_post
from planner.problem.closers import RotationKind
from planner.problem.moves import SITS
from planner.problem.tables import Tables
from planner.problem.waits import LooseWaits, may_wait
from planner.program import Expr, Program
from planner.rules.base import PersonalRule
from planner.standing.waiting import could_be_ready
from planner.timeline.ground import Gap


class Problem(Tables):
    """Tables of possible decisions for a status quo, and expressions over their columns.

    Columns by key: ("x", i, p) in the list after the round, ("u", i, s) place, ("v", i, q, t) rotation,
    ("a", i, p, t) appointment, ("k", i, p, t) acting, ("g", i, p) designated, ("y", i, p) ready name on d₁.

    Where there are more than `most_moves` moves only some are `named`. The others are loose: ("c", i, f, t) an
    appointment and ("w", i, f, t) a rotation to a post of the class whose first post is f (`problem.alike`), see
    `structure.loose`. Every plan has a point in such a program, and a plan without loose moves is read off it.
    """

    # ---- lists -----------------------------------------------------------------------------------------------

    def kept(self, program: Program, person: PersonId, position: PositionId) -> tuple[Expr, list[Expr]]:
        """1 if the name in force stays, or ends by an appointment; and what is 1 (else at most 0) where it can stay."""
        day = self.ground.plan_day(position)
        stays = program["x", person, position] + self.risen_by(program, person, position, day)
        able = [
            program.sum(actions) - (len(actions) - 1)
            for actions in self.keepable_if[person, position]
            if all(action in program for action in actions)
        ]
        return stays, able

    def in_lists(
        self, program: Program, person: PersonId, positions: Collection[PositionId] | None, day: dt.date
    ) -> Expr:  # fmt: skip
        """In how many of the lists in force on the day the person is; of all lists where none are named.

        Of many lists as the keys of a mapping: each of the person's few is looked for among them.
        """
        total = Expr()
        if self.ground.everyone_is_listed:
            positions = self.ground.listable if positions is None else positions
        else:
            own = self._lists_of.get(person, {})
            positions = own if positions is None else [p for p in own if p in positions]
        for position in positions:
            decided = self.ground.decided_round.get(position)
            if decided is not None and day > decided.approved_on:
                total.add(program["x", person, position])
            elif person in self.status_quo.names_on(position, day):
                total.add(1)
        return total

    # ---- appointments and levels -----------------------------------------------------------------------------

    def appointments(self, program: Program, person: PersonId, where: Callable[[PositionId, dt.date], bool]) -> Expr:
        """Σ a of the person over (position, δ) that satisfy the condition, which holds for an interval of days.

        Of a loose appointment it is asked on the first and the last day that it may be judged on: it is left out where
        it may not satisfy the condition, which relaxes a row that limits the sum.
        """
        chances = self.chances.get(person, ())
        return program.sum(c.key for c in chances if where(c.position, c.on) and where(c.position, c.first))

    def going_out(self, program: Program, person: PersonId, t: int, *, home: PositionId) -> Expr:
        """1 if the person leaves the post by a rotation that begins in the period.

        A loose one does so also where the post is the first of the class, which stands for all of it.
        """
        turns = [turn for turn in self.turns.get(person, ()) if turn.stint.period == t]
        return program.sum(turn.key for turn in turns if turn.key[0] == "w" or turn.position != home)

    def risen_by(self, program: Program, person: PersonId, position: PositionId, day: dt.date) -> Expr:
        """1 if the person is appointed on or before the day (δ) to a post of the position's order or higher.

        A loose appointment counts where it may be so: at least 1, then.
        """
        return program.sum(chance.key for chance in self.rises(person, position, day))

    def closed(self, program: Program, person: PersonId, gap: Gap, day: dt.date) -> Expr:
        """At least 1 if the person has the level on the day."""
        if self.ground.closed_on(person, gap) <= day:
            return Expr(constant=1)
        return program.sum(c.key for c in self.closers.of(person, gap) if c.on <= day)

    def by_steps(
        self,
        program: Program,
        person: PersonId,
        gap: Gap,
        wanting: Sequence[tuple[dt.date, Expr]],
        without: Collection[SessionId] = (),
    ) -> Iterator[tuple[dt.date, Expr, Expr]]:
        """(step, Σ of what wants the gap before the next step, Σ of the actions that close it by the step).

        `wanting` are (day, 0/1 expression) of which at most one is 1. Then Σ wanting ≤ Σ closing is valid, and one
        such row per step of the closers serves for all days between two steps; steps that nothing falls into are left
        out. A step before the first closer has an empty sum. Places in the sessions `without` close nothing.
        """
        own = {("u", person, session) for session in without}
        closers = [c for c in self.closers.of(person, gap) if c.key not in own]
        steps = [dt.date.min, *sorted({c.on for c in closers})]
        for step, following in pairwise([*steps, dt.date.max]):
            if any(step <= day < following for day, _ in wanting):
                wanted = Expr.sum(expr for day, expr in wanting if day < following)
                yield step, wanted, program.sum(c.key for c in closers if c.on <= step)

    def absent(self, program: Program, person: PersonId, day: dt.date) -> Iterator[tuple[SessionId, Expr]]:
        """The places of the person whose full-time course runs past the day."""
        for session, start, end in self.full_time_courses.get(person, ()):
            if start <= day < end:
                yield session, program["u", person, session]

    # ---- who holds what --------------------------------------------------------------------------------------

    def appointed_by(self, program: Program, person: PersonId, t: int) -> Expr:
        """A_it: 1 if the person has been appointed anywhere by the instant (`t` = -1: before the first)."""
        if t < 0:
            return Expr()

        def total() -> Expr:
            now = program.sum(self._openings_of.get(person, {}).get(t, ()))
            return self.appointed_by(program, person, t - 1) + now

        # By the rows a person is appointed once; a second one must be able to break them, not the column's bound.
        return program.define(("A", person, t), total, 2)

    def appointed_until(self, program: Program, person: PersonId, day: dt.date) -> Expr:
        """1 if the person has been appointed by a day δ on or before this one (a loose appointment: surely so)."""
        chances = [chance for chance in self.chances.get(person, ()) if chance.on <= day]
        last = max((int(chance.key[3]) for chance in chances), default=0)  # type: ignore[call-overload]
        before = self.appointed_by(program, person, last - 1)
        return before + program.sum(chance.key for chance in chances if chance.key[3] == last)

    def seated(self, program: Program, position: PositionId, t: int) -> Expr:
        """n_pt: how many hold a seat of the position at the instant."""

        def total() -> Expr:
            if t == 0:
                return self._holders(program, position, t)
            # What changed since the instant before is short; who stayed need not be counted again.
            return self.seated(program, position, t - 1) + self._changed(program, position, t)

        # One more than there can be by the rows, for the same reason as above.
        most = max(self.ground.seats[position], len(self.ground.incumbents[position])) + 1
        return program.define(("n", position, t), total, most)

    def _holders(self, program: Program, position: PositionId, t: int) -> Expr:
        named = Expr.sum(self.holds(program, person, (position,), t) for person in self._seen_in(position))
        return named + self.loose_holders(program, position, t)

    def _changed(self, program: Program, position: PositionId, t: int) -> Expr:
        """Σ of who holds a seat at the instant less who did at the one before."""
        instant, before = self.ground.horizon.instant(t), self.ground.horizon.instant(t - 1)
        changed = Expr()
        for person in self._seen_in(position):
            serves = self.expected.in_service(person, instant)
            appointed = self.takeover_periods.get((person, position), ())
            if (
                person in self.ground.incumbents[position]
                or (person, position) in self.stints
                or serves != self.expected.in_service(person, before)
            ):
                changed.add(self.holds(program, person, (position,), t))
                changed.add(self.holds(program, person, (position,), t - 1), -1)
            elif serves and t in appointed:  # an appointment is all that brings the person here, and nothing ends it
                changed.add(program["a", person, position, t])
        changed.add(self.loose_holders(program, position, t))
        changed.add(self.loose_holders(program, position, t - 1), -1)
        return changed

    def arriving(self, program: Program, position: PositionId, t: int) -> Expr:
        """How many are appointed to the post in the period."""
        came = program.sum(("a", i, position, t) for i in self.arrivals.get(position, ()))
        for cohort in self.loose_cohorts.get(position, ()):
            if cohort.last >= t:
                came.add(program["F", position, t, cohort])
                came.add(program["F", position, t - 1, cohort], -1)
        return came

    def staying(self, program: Program, position: PositionId, t: int) -> Expr:
        """How many held the post at the instant before and serve to the end of the period, moved by the plan or not.

        Of those who came by class and leave service within it at most as many as there may be.
        """
        now = self.ground.horizon.instant(t)
        if t == 0:
            holders = self.expected.holders(position, self.ground.horizon.as_of)
            return Expr(constant=sum(self.expected.in_service(i, now) for i in holders))
        staying = self.seated(program, position, t - 1) * 1
        for person in self._seen_in(position):
            before = self.expected.in_service(person, self.ground.horizon.instant(t - 1))
            if before and not self.expected.in_service(person, now):
                staying.add(self.holds(program, person, (position,), t - 1), -1)
        gone = (c for c in self.loose_cohorts.get(position, ()) if c.last == t - 1)
        staying.add(program.sum(("F", position, t - 1, cohort) for cohort in gone), -1)
        first = self.moves.rotate.first_of[position]
        for person in self.loosely_rotated.get(first, ()):
            if self.expected.cohort(person).last == t - 1:
                staying.add(self.rotated_at(program, person, first, t - 1, "w"), -1)
        return staying

    def may_wait(self, program: Program, position: PositionId, halves: int) -> list[Expr]:
        """By instant, how many seats of the post may wait, where `halves` half-years are tolerated."""
        return may_wait(self, program, position, halves)

    @cached_property
    def loose_waits(self) -> LooseWaits:
        return LooseWaits(self)

    def could_come(self, person: PersonId, position: PositionId, t: int) -> bool:
        """`could_be_ready` on the day that judges who comes to the post in the period; told once for posts alike."""
        day = self.expected.delta(position, t)
        # Whom an exemption names it may excuse in some posts of a kind alone.
        alike = position if self.bound.may_be_excused(person, position) else self.moves.appoint.kind_of[position]
        key = (person, alike, day, self.expected.procedure.first_order.get(position))
        if key not in self._could_be_ready:
            self._could_be_ready[key] = could_be_ready(self.expected, self.bound, person, position, day)
        return self._could_be_ready[key]

    @cached_property
    def _could_be_ready(self) -> dict[tuple[PersonId, PositionId, dt.date, dt.date | None], bool]:
        return {}

    @cached_property
    def loosely_coming(self) -> dict[PositionId, list[PersonId]]:
        """Who may be appointed by class, by the first post of the class."""
        return by_post(self.moves.loose_takeovers)

    @cached_property
    def loosely_rotated(self) -> dict[PositionId, list[PersonId]]:
        """Who may be rotated by class, by the first post of the class."""
        return by_post(self.moves.loose_stints)

    def _seen_in(self, position: PositionId) -> Iterable[PersonId]:
        """Who holds a seat of the position, or may come to one by a move of their own."""
        return dict.fromkeys((*self.ground.incumbents[position], *self.arrivals.get(position, ())))

    def loose_holders(self, program: Program, position: PositionId, t: int) -> Expr:
        """How many came by a move that has no column of its own, and sit there at the instant."""
        cohorts = self.loose_cohorts.get(position, ())
        return program.sum(("F", position, t, cohort) for cohort in cohorts) + program["R", position, t]

    def loosely_gone(self, program: Program, position: PositionId, t: int) -> Expr:
        """How many came by a loose appointment, sat there at the instant before, and leave on the first day of t."""
        gone = (c for c in self.loose_cohorts.get(position, ()) if c.last == t - 1 and not c.on_next_day)
        return program.sum(("F", position, t - 1, cohort) for cohort in gone)

    def loosely_rotated_gone(self, program: Program, position: PositionId, t: int) -> Expr:
        """At least how many came by a loose rotation, sat there at the instant before, and leave on the first day of t:
        all who leave any post of the class so."""
        first = self.moves.rotate.first_of[position]
        leaving = self._rotated_leaving.get((first, t), ())
        return Expr.sum(self.rotated_at(program, i, first, t - 1, "w") for i in leaving)

    def acting(self, program: Program, position: PositionId, t: int) -> Expr:
        """1 if somebody acts for the position at the instant."""
        acting = program.sum(("k", i, position, t) for i in self.actors.get((position, t), ()))
        acting.add(program["k0", position, t])
        acting.add(program["ka", position, t])
        return acting

    def rotated_at(
        self, program: Program, person: PersonId, position: PositionId, t: int, kind: RotationKind = "v"
    ) -> Expr:
        """occ_iqt: 1 if the person sits there by rotation at the instant; of kind w: in a post of the class."""
        sits = (SITS[kind], person, position, t)
        if sits in program:
            return program[sits]
        stints = self.moves.rotations[kind].get((person, position), ())
        return program.sum((kind, person, position, s.period) for s in stints if s.period <= t)

    def stays_home(self, program: Program, person: PersonId, t: int) -> Expr:
        """1 if the person still holds the post of `as_of` at the instant, where in service."""
        stays = Expr(constant=1) - self.appointed_by(program, person, t)
        for kind, position in dict.fromkeys((turn.kind, turn.position) for turn in self.turns.get(person, ())):
            stays.add(self.rotated_at(program, person, position, t, kind), -1)
        return stays

    def comes_to(self, program: Program, person: PersonId, position: PositionId, t: int) -> Expr:
        """1 if the plan has brought the person to the position and the person sits there at the instant."""
        key = (person, position)
        comes = self.rotated_at(program, person, position, t) if key in self.stints else Expr()
        if key in self.takeover_periods:
            comes.add(program.sum(("a", person, position, s) for s in self.takeover_periods[key] if s <= t))
        return comes

    def holds(self, program: Program, person: PersonId, posts: Iterable[PositionId], t: int) -> Expr:
        """1 if the person holds one of the full-time posts at the instant: incumbents, appointments, rotations."""
        total = Expr()
        if not self.expected.in_service(person, self.ground.horizon.instant(t)):
            return total
        for position in posts:
            if self.ground.home[person] == position:
                total.add(self.stays_home(program, person, t))
            total.add(self.comes_to(program, person, position, t))
        return total

    def holds_among(self, program: Program, person: PersonId, posts: Iterable[PositionId], t: int) -> tuple[Expr, Expr]:
        """`holds` in two parts: still at the post of `as_of`, and brought to one of the posts by the plan."""
        stays, comes = Expr(), Expr()
        if not self.expected.in_service(person, self.ground.horizon.instant(t)):
            return stays, comes
        for position in posts:
            if self.ground.home[person] == position:
                stays.add(self.stays_home(program, person, t))
            comes.add(self.comes_to(program, person, position, t))
        return stays, comes

    # ---- wishes ----------------------------------------------------------------------------------------------

    def post_personal_wish(self, rule: PersonalRule, program: Program) -> None:
        """A personal rule that only advises: every decision against it costs one slack."""
        stages = rule.stages_in_use  # of a stage that it does not judge, not one of many thousand columns is looked at
        for person, position in self.name_pairs if "plan" in stages else ():
            self._wish(rule, program, ("x", person, position), "plan", self.ground.plan_day(position))
        for (person, position), periods in self.takeover_periods.items() if "appoint" in stages else ():
            for t in periods:
                self._wish(rule, program, ("a", person, position, t), "appoint", self.expected.delta(position, t))
        for (person, position), stints in self.stints.items() if "rotate" in stages else ():
            for stint in stints:
                self._wish(rule, program, ("v", person, position, stint.period), "rotate", stint.start)

    def _wish(self, rule: PersonalRule, program: Program, key: tuple[object, ...], stage: str, on: dt.date) -> None:
        person, position = key[1], key[2]
        if not rule.allows(person, position, stage, on).ok:  # type: ignore[arg-type]
            breach = Violation(rule.id, frozenset({str(person), str(position)}), on, scope=stage)
            program.at_most(program[key] - program.slack(breach.key, 1), 0, rule.id, breach.subjects, on)
