"""The problem: all tables of what can be decided, and the expressions over their columns that rules share."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.violation import BreachKey, Violation
from planner.problem import candidates
from planner.problem.alike import Alike, alike, each_alone
from planner.problem.appointable import ListHopes, list_hopes
from planner.problem.closers import Chance, Closers, Pair, RotationKind, Turn
from planner.problem.moves import SITS, Moves
from planner.program import Expr, Look, Program, go_on
from planner.program.program import Key
from planner.rules.base import PersonalRule
from planner.rules.structure.decisions import binding
from planner.standing import Standing, removal_cause
from planner.timeline.expected import Cohort
from planner.timeline.ground import Gap


@dataclass(frozen=True)
class Named:
    """Moves that get a column of their own where there are too many for all, beside those of people in own lists."""

    appointments: frozenset[Pair] = frozenset()
    rotations: frozenset[Pair] = frozenset()


class Problem:
    """Tables of possible decisions for a status quo, and expressions over their columns.

    Columns by key: ("x", i, p) in the list after the round, ("u", i, s) place, ("v", i, q, t) rotation,
    ("a", i, p, t) appointment, ("k", i, p, t) acting, ("g", i, p) designated, ("y", i, p) ready name on d₁.

    Where there are more than `most_moves` moves only some are `named`. The others are loose: ("c", i, f, t) an
    appointment and ("w", i, f, t) a rotation to a post of the class whose first post is f (`problem.alike`), see
    `structure.loose`. Every plan has a point in such a program, and a plan without loose moves is read off it.
    """

    def __init__(
        self,
        status_quo: Standing,
        *,
        useful_only: bool = False,
        most_moves: int | None = None,
        named: Named | None = None,
        only_named: bool = False,
        like: Problem | None = None,
        look: Look = go_on,
    ) -> None:
        self.status_quo = status_quo
        self.ground = status_quo.ground
        self.expected = status_quo.expected
        self.bound = status_quo.bound
        ground, expected, bound = self.ground, self.expected, self.bound
        self.closers = Closers(ground)
        self._all_places: list[tuple[PersonId, SessionId]] = (
            candidates.places(ground, expected, bound) if like is None else like._all_places
        )
        for person, session in self._all_places:
            self.closers.add_place(person, session)
        self._hopeful: set[Pair] = set() if like is None else like._hopeful
        """Who may be in which list with every rotation that is thought of."""
        self.moves = self._moves(most_moves, named, like, look, only_named=only_named)
        look()
        self.takeover_periods, self.stints = self.moves.takeovers, self.moves.stints
        self.first_open = self.moves.first_open
        # After the rotations: one that is over by the round may close a `plan` cell.
        self.name_pairs = candidates.names(ground, expected, bound, self.closers)
        self.ready = candidates.ready_candidates(status_quo, self.closers, self._names)
        look()
        self.actors, self.anybody = candidates.actors(ground, expected, bound, self.moves)
        self.places = candidates.admitted_places(ground, expected, self._all_places, set(self.name_pairs))
        look()
        if useful_only:
            self.places = candidates.useful_places(ground, self.places, self._aims(), self._bound_to_train())

    def _moves(
        self, most: int | None, named: Named | None, like: Problem | None, look: Look, *, only_named: bool
    ) -> Moves:
        """All moves with columns of their own, or only those that are named where there are more than `most`."""
        posts = self.ground.full_time

        def hopes() -> ListHopes:
            pairs = candidates.names(self.ground, self.expected, self.bound, self.closers)
            self._hopeful = set(pairs)
            return list_hopes(self.status_quo, pairs)

        def moves(appoint: Alike, rotate: Alike) -> Moves:
            self.closers.set_turns(())  # those of classes that are not used must not help to rotate
            return Moves(self.status_quo, self.closers, appoint, rotate, hopes, look)

        if most is not None or named is not None:
            if like is not None and not like.is_whole:
                found = like.moves.told_to(self.closers)
            else:
                found = moves(alike(self.status_quo, "appoint"), alike(self.status_quo, "rotate"))
            if named is not None or found.count() > (most or 0):
                split = found.keep_only if only_named else found.split
                split(*self._own_columns(named or Named()), look)
                return found
        found = moves(each_alone(posts), each_alone(posts))
        found.split(lambda person, position: True, lambda person, position: True)
        return found

    def _own_columns(
        self, named: Named
    ) -> tuple[Callable[[PersonId, PositionId], bool], Callable[[PersonId, PositionId], bool]]:
        """Which appointments and which rotations are named: to posts in whose list a person is or may be, as asked,
        and all of people of whom a decision speaks."""
        own = self._hopeful | {(i, p) for p, persons in self.ground.old_lists.items() for i in persons}
        decided = {d.person_id for d in binding(self.ground)}
        return (
            lambda person, position: (
                (person, position) in own or (person, position) in named.appointments or person in decided
            ),
            lambda person, position: (person, position) in named.rotations or person in decided,
        )

    @property
    def is_whole(self) -> bool:
        """Whether every move has a column of its own."""
        return not self.moves.loose_takeovers and not self.moves.loose_stints

    def _aims(self) -> set[tuple[PersonId, PositionId]]:
        """Posts that a person may be planned for or moved to, or holds."""
        aims = {*self.name_pairs, *self.takeover_periods, *self.stints}
        aims |= self.moves.aims | self.moves.loose_takeovers.keys() | self.moves.loose_stints.keys()
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

    @cached_property
    def posts_open_to(self) -> dict[PersonId, list[PositionId]]:
        """Positions to which a person may be appointed in some period."""
        posts: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        for person, position in self.takeover_periods:
            posts[person].append(position)
        return posts

    def appointments(self, program: Program, person: PersonId, where: Callable[[PositionId, dt.date], bool]) -> Expr:
        """Σ a of the person over (position, δ) that satisfy the condition, which holds for an interval of days.

        Of a loose appointment it is asked on the first and the last day that it may be judged on: it is left out where
        it may not satisfy the condition, which relaxes a row that limits the sum.
        """
        chances = self.chances.get(person, ())
        return program.sum(c.key for c in chances if where(c.position, c.on) and where(c.position, c.first))

    @cached_property
    def chances(self) -> dict[PersonId, list[Chance]]:
        """For each person the possible appointments: column, position, δ."""
        return self.moves.chances()

    def chances_of(self, person: PersonId, position: PositionId) -> list[Chance]:
        """Every appointment of the person that is, or may be, one to the post."""
        named = self._chances_at.get(("a", person, position), [])
        if not self.moves.may_be_loose(person, position):
            return named
        return [*named, *self._chances_at.get(("c", person, self.moves.appoint.first_of[position]), ())]

    @cached_property
    def _chances_at(self) -> dict[Key, list[Chance]]:
        found: defaultdict[Key, list[Chance]] = defaultdict(list)
        for chances in self.chances.values():
            for chance in chances:
                found[chance.key[:3]].append(chance)
        return dict(found)

    @cached_property
    def turns(self) -> dict[PersonId, list[Turn]]:
        """For each person the possible rotations: column, position, days."""
        return self.moves.turns()

    @cached_property
    def rotating_in(self) -> dict[tuple[PositionId, int], list[PersonId]]:
        """Who may arrive by rotation, by position and period."""
        found: defaultdict[tuple[PositionId, int], list[PersonId]] = defaultdict(list)
        for (person, position), stints in self.stints.items():
            for stint in stints:
                found[position, stint.period].append(person)
        return dict(found)

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

    def rises(self, person: PersonId, position: PositionId, day: dt.date) -> list[Chance]:
        """The appointments that `risen_by` counts."""
        order = self.ground.order(position)
        return [c for c in self.chances.get(person, ()) if c.first <= day and self.ground.order(c.position) >= order]

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

    @cached_property
    def _openings_of(self) -> dict[PersonId, dict[int, list[Key]]]:
        """For each person and period the columns of the appointments that are possible in it."""
        found: dict[PersonId, dict[int, list[Key]]] = {}
        for person, chances in self.chances.items():
            by_period: defaultdict[int, list[Key]] = defaultdict(list)
            for key, *_ in chances:
                by_period[key[3]].append(key)  # type: ignore[index]
            found[person] = dict(by_period)
        return found

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
        named = Expr.sum(self.holds(program, person, (position,), t) for person in people)
        return named + self.loose_holders(program, position, t)

    def loose_holders(self, program: Program, position: PositionId, t: int) -> Expr:
        """How many came by a move that has no column of its own, and sit there at the instant."""
        cohorts = self.loose_cohorts.get(position, ())
        return program.sum(("F", position, t, cohort) for cohort in cohorts) + program["R", position, t]

    @cached_property
    def loose_cohorts(self) -> dict[PositionId, dict[Cohort, int]]:
        """Of those who may come to a post by a loose appointment, by how long they serve: the first period to come."""
        moves = self.moves
        earliest: defaultdict[PositionId, dict[Cohort, int]] = defaultdict(dict)
        for (person, first), periods in moves.loose_takeovers.items():
            cohort = self.expected.cohort(person)
            earliest[first][cohort] = min(periods[0], earliest[first].get(cohort, periods[0]))
        return {
            p: {cohort: max(t, moves.first_open[p]) for cohort, t in since.items()}
            for first, since in earliest.items()
            for p in moves.appoint.posts[first]
        }

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

    @cached_property
    def _rotated_leaving(self) -> dict[tuple[PositionId, int], list[PersonId]]:
        """Who may sit in a class by a loose rotation and leave service on the first day of a period."""
        found: defaultdict[tuple[PositionId, int], list[PersonId]] = defaultdict(list)
        for person, first in self.moves.loose_stints:
            cohort = self.expected.cohort(person)
            if not cohort.on_next_day:
                found[first, cohort.last + 1].append(person)
        return dict(found)

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
        posts += [turn.position for turn in self.turns.get(person, ()) if turn.key[0] == "v"]
        return list(dict.fromkeys(posts))

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


def build_problem(
    status_quo: Standing,
    *,
    useful_only: bool = False,
    most_moves: int | None = None,
    named: Named | None = None,
    only_named: bool = False,
    like: Problem | None = None,
    look: Look = go_on,
) -> Problem:
    """All tables for a status quo: every lawful decision, or (`useful_only`) without places that serve nothing.

    Moves beyond `most_moves`, or where `named` is given, beyond those that are named, are counted by class, or refused
    with `only_named`. `like` is a problem of the same status quo with loose moves: what is possible is known from it.
    What `look` raises ends it.
    """
    return Problem(
        status_quo,
        useful_only=useful_only,
        most_moves=most_moves,
        named=named,
        only_named=only_named,
        like=like,
        look=look,
    )
