"""All tables of what can be decided, pruned by what the facts and personal rules refuse."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.violation import BreachKey, Violation
from planner.problem import candidates
from planner.problem.alike import Alike, alike, by_post, each_alone
from planner.problem.appointable import ListHopes, list_hopes
from planner.problem.closers import Chance, Closers, Pair, Turn
from planner.problem.moves import Moves, Own
from planner.program import Look, go_on
from planner.program.program import Key
from planner.rules.structure.decisions import binding
from planner.standing import Standing, removal_cause
from planner.timeline.expected import Cohort


@dataclass(frozen=True)
class Named:
    """Moves that get a column of their own where there are too many for all, beside those of people in own lists."""

    appointments: frozenset[Pair] = frozenset()
    rotations: frozenset[Pair] = frozenset()


class Tables:
    """Tables of possible decisions for a status quo: every lawful one, or (`useful_only`) without places that serve
    nothing.

    Moves beyond `most_moves`, or where `named` is given, beyond those that are named, are counted by class, or refused
    with `only_named`. `like` is one of the same status quo with loose moves: what is possible is known from it. What
    `look` raises ends it.
    """

    def __init__(
        self,
        status_quo: Standing,
        *,
        useful_only: bool = False,
        most_moves: int | None = None,
        named: Named | None = None,
        only_named: bool = False,
        like: Tables | None = None,
        look: Look = go_on,
    ) -> None:
        self.status_quo = status_quo
        self.ground = status_quo.ground
        self.expected = status_quo.expected
        self.bound = status_quo.bound
        ground, expected, bound = self.ground, self.expected, self.bound
        self.closers = Closers(ground)
        self.all_places: list[tuple[PersonId, SessionId]] = (
            candidates.places(ground, expected, bound) if like is None else like.all_places
        )
        for person, session in self.all_places:
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
        self.places = candidates.admitted_places(ground, expected, self.all_places, set(self.name_pairs))
        self.admitted_places = len(self.places)
        """How many there were before what serves nothing was left out."""
        look()
        if useful_only:
            self.places = candidates.useful_places(ground, self.places, self._aims(), self._bound_to_train())

    def _moves(
        self, most: int | None, named: Named | None, like: Tables | None, look: Look, *, only_named: bool
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
            if named is not None or sum(found.agreed) > (most or 0):
                split = found.keep_only if only_named else found.split
                split(*self._own_columns(named or Named()), look)
                return found
        found = moves(each_alone(posts), each_alone(posts))
        everything = Own(frozenset(), self.ground.case.person.keys())
        found.split(everything, everything)
        return found

    def _own_columns(self, named: Named) -> tuple[Own, Own]:
        """Appointments and rotations that are named: to posts in whose list a person is or may be, as asked, and all of
        people of whom a decision speaks."""
        own = self._hopeful | {(i, p) for p, persons in self.ground.old_lists.items() for i in persons}
        decided = {d.person_id for d in binding(self.ground)}
        return Own(own | named.appointments, decided), Own(named.rotations, decided)

    @property
    def is_whole(self) -> bool:
        """Whether every move has a column of its own."""
        return not self.moves.loose_takeovers and not self.moves.loose_stints

    def _aims(self) -> set[tuple[PersonId, PositionId]]:
        """Posts that a person is or may be planned for, may be moved to, or holds."""
        aims = {*self.name_pairs, *self.takeover_periods, *self.stints}
        aims |= self.moves.aims | self.moves.loose_takeovers.keys() | self.moves.loose_stints.keys()
        aims |= {(i, p) for p, persons in self.ready.items() for i in persons}
        aims |= {(i, p) for p, persons in self.ground.old_lists.items() for i in persons}
        return aims | {(i, p) for p, persons in self.ground.incumbents.items() for i in persons}

    def _bound_to_train(self) -> set[tuple[PersonId, SessionId | None]]:
        return {(d.person_id, d.session_id) for d in binding(self.ground) if d.kind == "train"}

    # ---- lists -----------------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[PositionId, list[PersonId]]:
        return by_post(self.name_pairs)

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
            lacking = [
                g for g in self.bound.demands(person, position, "plan", day) if self.ground.closed_on(person, g) > day
            ]
            ways = [[c.key for c in self.closers.of(person, gap) if c.on <= day] for gap in lacking]
            found[person, position] = tuple(dict.fromkeys(frozenset(way) for way in product(*ways)))
        return found

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

    def lists_of(self, person: PersonId) -> Iterable[PositionId]:
        """The lists in which the person is at `as_of` or may be after the round; of all where everyone counts."""
        return self._lists_of.get(person, ())

    # ---- appointments and levels -----------------------------------------------------------------------------

    @cached_property
    def posts_open_to(self) -> dict[PersonId, list[PositionId]]:
        """Positions to which a person may be appointed in some period."""
        posts: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        for person, position in self.takeover_periods:
            posts[person].append(position)
        return posts

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

    def rises(self, person: PersonId, position: PositionId, day: dt.date) -> list[Chance]:
        """The appointments that `risen_by` counts."""
        order = self.ground.order(position)
        return [c for c in self.chances.get(person, ()) if c.first <= day and self.ground.order(c.position) >= order]

    @cached_property
    def full_time_courses(self) -> dict[PersonId, list[tuple[SessionId, dt.date, dt.date]]]:
        """The full-time sessions that a person may attend, each with its first day and the day of being back."""
        found: defaultdict[PersonId, list[tuple[SessionId, dt.date, dt.date]]] = defaultdict(list)
        for person, session in self.places:
            if self.ground.course_of(session).mode == "full":
                start, end = self.ground.case.session[session].start, self.ground.session_end(session)
                found[person].append((session, start, end))
        return dict(found)

    # ---- who holds what --------------------------------------------------------------------------------------

    @cached_property
    def arrivals(self) -> dict[PositionId, list[PersonId]]:
        """Who could come in, by position."""
        arrivals: defaultdict[PositionId, dict[PersonId, None]] = defaultdict(dict)
        for person, position in (*self.takeover_periods, *self.stints):
            arrivals[position][person] = None
        return {position: list(persons) for position, persons in arrivals.items()}

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

    @cached_property
    def _rotated_leaving(self) -> dict[tuple[PositionId, int], list[PersonId]]:
        """Who may sit in a class by a loose rotation and leave service on the first day of a period."""
        found: defaultdict[tuple[PositionId, int], list[PersonId]] = defaultdict(list)
        for person, first in self.moves.loose_stints:
            cohort = self.expected.cohort(person)
            if not cohort.on_next_day:
                found[first, cohort.last + 1].append(person)
        return dict(found)

    def posts_within_reach(self, person: PersonId) -> list[PositionId]:
        """The posts that a person can hold in some plan: that of `as_of`, by appointment, by rotation."""
        home = self.ground.home[person]
        posts = [*([] if home is None else [home]), *self.posts_open_to.get(person, ())]
        posts += [turn.position for turn in self.turns.get(person, ()) if turn.key[0] == "v"]
        return list(dict.fromkeys(posts))

    # ---- inherited breaches ----------------------------------------------------------------------------------

    @cached_property
    def _inherited(self) -> dict[BreachKey, int]:
        return {v.key: v.amount for rule in self.bound.rules for v in rule.check(self.status_quo.line)}

    def inherited(self, violation: Violation) -> int:
        """By how much the status quo breaks the rule at the same instant."""
        return self._inherited.get(violation.key, 0)
