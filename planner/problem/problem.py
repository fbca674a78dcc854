"""The problem: all tables of what can be decided, and the expressions over their columns that rules share."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, product

from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.violation import BreachKey, Violation
from planner.problem import candidates
from planner.problem.candidates import Closers, Stint
from planner.program import Expr, Program
from planner.program.program import Key
from planner.rules.base import PersonalRule
from planner.rules.structure.decisions import binding
from planner.standing import Standing, removal_cause
from planner.timeline.ground import Gap


class Problem:
    """Tables of possible decisions for a status quo, and expressions over their columns.

    Columns by key: ("x", i, p) in the list after the round, ("u", i, s) place, ("v", i, q, t) rotation,
    ("a", i, p, t) appointment, ("k", i, p, t) acting, ("g", i, p) designated, ("y", i, p) ready name on d₁.
    """

    def __init__(self, status_quo: Standing, *, useful_only: bool = False) -> None:
        self.status_quo = status_quo
        self.ground = status_quo.ground
        self.expected = status_quo.expected
        self.bound = status_quo.bound
        ground, expected, bound = self.ground, self.expected, self.bound
        self.closers = Closers(ground)
        self.places: list[tuple[PersonId, SessionId]] = candidates.places(ground, expected, bound)
        for person, session in self.places:
            self.closers.add_place(person, session)
        self.stints = candidates.stints(ground, expected, bound, self.closers)
        self.takeover_periods: dict[tuple[PersonId, PositionId], list[int]] = {}
        # With every rotation that is thought of: a list that is out of reach with all of them is so with fewer.
        self.closers.set_stints(self.stints)
        self._hopes = candidates.list_hopes(status_quo, candidates.names(ground, expected, bound, self.closers))
        self._moves()
        # After the rotations: one that is over by the round may close a `plan` cell.
        self.name_pairs = candidates.names(ground, expected, bound, self.closers)
        self.ready = candidates.ready_candidates(status_quo, self.closers, frozenset(self.name_pairs))
        self.actors = candidates.actors(ground, expected, bound, self.takeover_periods, self.stints, self.first_open)
        self.places = candidates.admitted_places(ground, expected, self.places, set(self.name_pairs))
        if useful_only:
            self.places = candidates.useful_places(ground, self.places, self._aims(), self._bound_to_train())

    def _moves(self) -> None:
        """Appointments and rotations into seats that may be free, until what is left agrees with itself."""
        takeovers = candidates.takeovers(self.ground, self.expected, self.bound, self.closers, self._hopes)
        count = -1
        while count != (count := sum(map(len, self.stints.values()))):
            self.closers.set_stints(self.stints)
            takeovers = candidates.within_reach(self.ground, self.expected, self.closers, takeovers)
            first = self.first_open = candidates.openings(self.ground, self.expected, takeovers, self.stints)
            self.stints = {key: [s for s in found if s.period >= first[key[1]]] for key, found in self.stints.items()}
            self.stints = {key: found for key, found in self.stints.items() if found}
            self.takeover_periods = {
                key: kept for key, periods in takeovers.items() if (kept := [t for t in periods if t >= first[key[1]]])
            }

    def _aims(self) -> set[tuple[PersonId, PositionId]]:
        """Posts that a person may be planned for or moved to, or holds."""
        aims = {*self.name_pairs, *self.takeover_periods, *self.stints}
        aims |= {(i, p) for p, persons in self.ready.items() for i in persons}
        return aims | {(i, p) for p, persons in self.ground.incumbents.items() for i in persons}

    def _bound_to_train(self) -> set[tuple[PersonId, SessionId | None]]:
        return {(d.person_id, d.session_id) for d in binding(self.ground) if d.kind == "train"}

    # ---- lists -----------------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[PositionId, list[PersonId]]:
        names: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
        for person, position in self.name_pairs:
            names[position].append(person)
        return names

    def names(self, position: PositionId) -> list[PersonId]:
        """Those who may be in the decided list."""
        return self._names.get(position, [])

    def is_old(self, person: PersonId, position: PositionId) -> bool:
        return person in self.ground.old_lists[position]

    @cached_property
    def keepable(self) -> list[tuple[PersonId, PositionId]]:
        """Names in force of decided lists that no rule of stage plan ends."""
        return [
            (person, position)
            for position in self.ground.decided_round
            for person in self.ground.old_lists[position]
            if removal_cause(self.status_quo, person, position) is None
        ]

    @cached_property
    def keepable_if(self) -> dict[tuple[PersonId, PositionId], tuple[frozenset[Key], ...]]:
        """Names in force that the plan can keep, each with the sets of actions of which one is needed for that.

        The set of a name that no rule ends is empty. One that lacks `plan` cells by the round can stay once they are
        closed: a set has one closer for each. Until then it falls out by itself, and then its removal is a choice.
        """
        found: dict[tuple[PersonId, PositionId], tuple[frozenset[Key], ...]] = dict.fromkeys(
            self.keepable, (frozenset(),)
        )
        for person, position in self.name_pairs:
            if not self.is_old(person, position) or (person, position) in found:
                continue
            day = self.ground.plan_day(position)
            lacking = [g for g in self.ground.demands(position, "plan") if self.ground.closed_on(person, g) > day]
            ways = [[c.key for c in self.closers.of(person, gap) if c.on <= day] for gap in lacking]
            found[person, position] = tuple(dict.fromkeys(frozenset(way) for way in product(*ways)))
        return found

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

    @cached_property
    def _decided_out(self) -> set[tuple[PersonId, PositionId | None]]:
        return {(d.person_id, d.position_id) for d in binding(self.ground) if d.kind == "not_pool"}

    def is_decided_out(self, person: PersonId, position: PositionId) -> bool:
        return bool({(person, position), (person, None)} & self._decided_out)

    @cached_property
    def _lists_of(self) -> dict[PersonId, dict[PositionId, None]]:
        """The lists in which a person is at `as_of` or may be after the round."""
        lists: defaultdict[PersonId, dict[PositionId, None]] = defaultdict(dict)
        for position, names in self.ground.old_lists.items():
            for person in names:
                lists[person][position] = None
        for person, position in self.name_pairs:
            lists[person][position] = None
        return dict(lists)

    def in_lists(
        self, program: Program, person: PersonId, positions: Iterable[PositionId] | None, day: dt.date
    ) -> Expr:  # fmt: skip
        """In how many of the lists in force on the day the person is; of all lists where none are named."""
        total = Expr()
        if self.ground.everyone_is_listed:
            positions = self.ground.listable if positions is None else positions
        else:
            own = self._lists_of.get(person, {})
            positions = own if positions is None else [p for p in positions if p in own]
        for position in positions:
            decided = self.ground.decided_round.get(position)
            if decided is not None and day > decided.approved_on:
                total.add(program["x", person, position])
            elif person in self.status_quo.names_on(position, day):
                total.add(1)
        return total

    # ---- appointments and levels -----------------------------------------------------------------------------

    @cached_property
    def posts_open_to(self) -> dict[PersonId, list[PositionId]]:
        """Positions to which a person may be appointed in some period."""
        posts: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        for person, position in self.takeover_periods:
            posts[person].append(position)
        return posts

    @cached_property
    def rotations_open_to(self) -> dict[PersonId, list[tuple[PositionId, Stint]]]:
        found: defaultdict[PersonId, list[tuple[PositionId, Stint]]] = defaultdict(list)
        for (person, position), stints in self.stints.items():
            found[person] += [(position, stint) for stint in stints]
        return found

    def appointments(self, program: Program, person: PersonId, where: Callable[[PositionId, dt.date], bool]) -> Expr:
        """Σ a of the person over (position, δ) that satisfy the condition."""
        return program.sum(key for key, position, on in self._judged.get(person, ()) if where(position, on))

    @cached_property
    def _judged(self) -> dict[PersonId, list[tuple[Key, PositionId, dt.date]]]:
        """For each person the possible appointments: column, position, δ."""
        return {
            person: [
                (("a", person, position, t), position, self.expected.delta(position, t))
                for position in positions
                for t in self.takeover_periods[person, position]
            ]
            for person, positions in self.posts_open_to.items()
        }

    @cached_property
    def rotating_in(self) -> dict[tuple[PositionId, int], list[PersonId]]:
        """Who may arrive by rotation, by position and period."""
        found: defaultdict[tuple[PositionId, int], list[PersonId]] = defaultdict(list)
        for (person, position), stints in self.stints.items():
            for stint in stints:
                found[position, stint.period].append(person)
        return dict(found)

    @cached_property
    def rotating_out(self) -> dict[tuple[PersonId, int], list[PositionId]]:
        """Where a person may rotate to, by person and period."""
        found: defaultdict[tuple[PersonId, int], list[PositionId]] = defaultdict(list)
        for (person, position), stints in self.stints.items():
            for stint in stints:
                found[person, stint.period].append(position)
        return dict(found)

    def risen_by(self, program: Program, person: PersonId, position: PositionId, day: dt.date) -> Expr:
        """1 if the person is appointed on or before the day (δ) to a post of the position's order or higher."""
        order = self.ground.order(position)
        return self.appointments(program, person, lambda p, on: on <= day and self.ground.order(p) >= order)

    def closed(self, program: Program, person: PersonId, gap: Gap, day: dt.date) -> Expr:
        """At least 1 if the person has the level on the day."""
        if self.ground.closed_on(person, gap) <= day:
            return Expr(constant=1)
        return program.sum(c.key for c in self.closers.of(person, gap) if c.on <= day)

    def by_steps(
        self, program: Program, person: PersonId, gap: Gap, wanting: Sequence[tuple[dt.date, Expr]]
    ) -> Iterator[tuple[dt.date, Expr, Expr]]:
        """(step, Σ of what wants the gap before the next step, Σ of the actions that close it by the step).

        `wanting` are (day, 0/1 expression) of which at most one is 1. Then Σ wanting ≤ Σ closing is valid, and one
        such row per step of the closers serves for all days between two steps; steps that nothing falls into are left
        out. A step before the first closer has an empty sum.
        """
        closers = self.closers.of(person, gap)
        steps = [dt.date.min, *sorted({c.on for c in closers})]
        for step, following in pairwise([*steps, dt.date.max]):
            if any(step <= day < following for day, _ in wanting):
                wanted = Expr.sum(expr for day, expr in wanting if day < following)
                yield step, wanted, program.sum(c.key for c in closers if c.on <= step)

    @cached_property
    def full_time_courses(self) -> dict[PersonId, list[tuple[SessionId, dt.date, dt.date]]]:
        """The full-time sessions that a person may attend, each with its first day and the day of being back."""
        found: defaultdict[PersonId, list[tuple[SessionId, dt.date, dt.date]]] = defaultdict(list)
        for person, session in self.places:
            if self.ground.course_of(session).mode == "full":
                start, end = self.ground.case.session[session].start, self.ground.session_end(session)
                found[person].append((session, start, end))
        return dict(found)

    def absent(self, program: Program, person: PersonId, day: dt.date) -> Iterator[tuple[SessionId, Expr]]:
        """The places of the person whose full-time course runs past the day."""
        for session, start, end in self.full_time_courses.get(person, ()):
            if start <= day < end:
                yield session, program["u", person, session]

    # ---- who holds what --------------------------------------------------------------------------------------

    @cached_property
    def arrivals(self) -> dict[PositionId, list[PersonId]]:
        """Who could come in, by position."""
        arrivals: defaultdict[PositionId, dict[PersonId, None]] = defaultdict(dict)
        for person, position in (*self.takeover_periods, *self.stints):
            arrivals[position][person] = None
        return {position: list(persons) for position, persons in arrivals.items()}

    def appointed_by(self, program: Program, person: PersonId, t: int) -> Expr:
        """A_it: 1 if the person has been appointed anywhere by the instant (`t` = -1: before the first)."""
        if t < 0:
            return Expr()

        def total() -> Expr:
            now = program.sum(("a", person, p, t) for p in self._openings_of.get(person, {}).get(t, ()))
            return self.appointed_by(program, person, t - 1) + now

        # By the rows a person is appointed once; a second one must be able to break them, not the column's bound.
        return program.define(("A", person, t), total, 2)

    @cached_property
    def _openings_of(self) -> dict[PersonId, dict[int, list[PositionId]]]:
        """For each person and period the positions to which the person may be appointed in it."""
        found: defaultdict[PersonId, defaultdict[int, list[PositionId]]] = defaultdict(lambda: defaultdict(list))
        for (person, position), periods in self.takeover_periods.items():
            for t in periods:
                found[person][t].append(position)
        return {person: dict(by_period) for person, by_period in found.items()}

    def seated(self, program: Program, position: PositionId, t: int) -> Expr:
        """n_pt: how many hold a seat of the position at the instant."""

        def total() -> Expr:
            now = self._holders(program, position, t)
            if t == 0:
                return now
            # What changed since the instant before is short; who stayed need not be counted again.
            return self.seated(program, position, t - 1) + (now - self._holders(program, position, t - 1))

        # One more than there can be by the rows, for the same reason as above.
        most = max(self.ground.seats[position], len(self.ground.incumbents[position])) + 1
        return program.define(("n", position, t), total, most)

    def _holders(self, program: Program, position: PositionId, t: int) -> Expr:
        people = dict.fromkeys((*self.ground.incumbents[position], *self.arrivals.get(position, ())))
        return Expr.sum(self.holds(program, person, (position,), t) for person in people)

    def rotated_at(self, program: Program, person: PersonId, position: PositionId, t: int) -> Expr:
        """occ_iqt: 1 if the person sits there by rotation at the instant."""
        if ("occ", person, position, t) in program:
            return program["occ", person, position, t]
        return program.sum(
            ("v", person, position, s.period) for s in self.stints.get((person, position), ()) if s.period <= t
        )

    def stays_home(self, program: Program, person: PersonId, t: int) -> Expr:
        """1 if the person still holds the post of `as_of` at the instant, where in service."""
        stays = Expr(constant=1) - self.appointed_by(program, person, t)
        for position in dict.fromkeys(p for p, _ in self.rotations_open_to.get(person, ())):
            stays.add(self.rotated_at(program, person, position, t), -1)
        return stays

    def comes_to(self, program: Program, person: PersonId, position: PositionId, t: int) -> Expr:
        """1 if the plan has brought the person to the position and the person sits there at the instant."""
        comes = self.rotated_at(program, person, position, t)
        comes = comes + program.sum(
            ("a", person, position, s) for s in self.takeover_periods.get((person, position), ()) if s <= t
        )
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

    def posts_within_reach(self, person: PersonId) -> list[PositionId]:
        """The posts that a person can hold in some plan: that of `as_of`, by appointment, by rotation."""
        home = self.ground.home[person]
        posts = [*([] if home is None else [home]), *self.posts_open_to.get(person, ())]
        return list(dict.fromkeys([*posts, *(p for p, _ in self.rotations_open_to.get(person, ()))]))

    # ---- inherited breaches and wishes -----------------------------------------------------------------------

    @cached_property
    def _inherited(self) -> dict[BreachKey, int]:
        return {v.key: v.amount for rule in self.bound.rules for v in rule.check(self.status_quo.line)}

    def inherited(self, violation: Violation) -> int:
        """By how much the status quo breaks the rule at the same instant."""
        return self._inherited.get(violation.key, 0)

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


def build_problem(status_quo: Standing, *, useful_only: bool = False) -> Problem:
    """All tables for a status quo: every lawful decision, or (`useful_only`) without places that serve nothing."""
    return Problem(status_quo, useful_only=useful_only)
