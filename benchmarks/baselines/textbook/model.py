"""Appointments, the balance of seats, acting, successors and objectives of the textbook's model."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

from benchmarks.baselines.choices import ANY, Choice, Kind, ends_name
from benchmarks.baselines.textbook.people import People
from benchmarks.baselines.textbook.rows import INFINITY, Term
from planner.domain.ids import PersonId, PositionId
from planner.goals import ACTING, EMPTY, WITHOUT_SUCCESSOR
from planner.rules.earliest_order import EarliestOrder
from planner.rules.holders_cap import HoldersCap
from planner.rules.kin_apart import KinApart
from planner.rules.order_after_list import OrderAfterList
from planner.rules.order_after_opening import OrderAfterOpening
from planner.standing import Standing

GOALS_OF_MODEL = ("heads", "posts", "keep", "depth", "effort")
"""The goals that it has objectives for; a tier of others alone is left out."""

KINDS: Mapping[str, Kind] = {"x": "pool", "u": "train", "a": "appoint", "k": "cover", "g": "designate"}
"""The columns that are decisions."""

HALF = 0.5


class Textbook(People):
    """The whole model for a status quo."""

    def __init__(self, status_quo: Standing) -> None:
        super().__init__(status_quo)
        self.periods: dict[tuple[PersonId, PositionId], list[int]] = {}
        self.posts_open_to: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        self._appointments()
        self._seats()
        self._acting()
        self._procedure()
        self._relatives_apart()
        self._limits_on_holders()
        self._successors()
        self._goals()
        self._decided()

    # ---- appointments and seats ------------------------------------------------------------------------------

    def _appointments(self) -> None:
        """Once in all, from the list of the post, with every demand met, into a post without surplus."""
        for person, positions in self.posts_of.items():
            for position in positions:
                for t in self.horizon.periods:
                    if not self.expected.excess(position, self.horizon.instant(t)):
                        self._appointment(person, position, t)
                if (person, position) in self.periods:
                    self.posts_open_to[person].append(position)
                    self._holding(person, position)
        for person, positions in self.posts_open_to.items():
            self.rows.row(((a, 1.0) for p in positions for a in self._appointed(person, p)), most=1)
        self._names_end()

    def _appointment(self, person: PersonId, position: PositionId, t: int) -> None:
        rows, day = self.rows, self.expected.delta(position, t)
        if not self.sheet.could_take_over(person, position, t):
            return
        listed, gaps = self.listed(person, position, day), self.open_gaps(person, position, day)
        if gaps is None or (listed is not None and not listed):
            return
        before = self._listed_before(person, position, day)
        if before is None or any(
            rule.forbids("appoint", person, position, day) for rule in self.sheet.bound.of(EarliestOrder)
        ):
            return
        a = (rows.column(("a", person, position, t)), 1.0)
        self.periods.setdefault((person, position), []).append(t)
        for closers in ([listed] if listed else []) + before + gaps:
            rows.row([a, *((c, -f) for c, f in closers)], most=0)
        for place in self.clashes(person, day):
            rows.row([a, place], most=1)

    def _listed_before(self, person: PersonId, position: PositionId, day: dt.date) -> list[list[Term]] | None:
        """What must have the person in the post's list for some time; None where that cannot be."""
        found: list[list[Term]] = []
        for rule in self.sheet.bound.of(OrderAfterList):
            if not rule.is_must or not rule.demands(person, position, day):
                continue
            listed = self.listed(person, position, rule.listed_by(day))
            if person in self.ground.old_lists[position] and not rule.counts_today(person, position, day):
                return None
            if listed is not None:
                if not listed:
                    return None
                found.append(listed)
        return found

    def _procedure(self) -> None:
        """A seat that an appointment opens is filled later: as many come as seats are free without such moves."""
        ground, expected = self.ground, self.expected
        for rule in self.sheet.bound.of(OrderAfterOpening):
            for position, t in product(ground.full_time, self.horizon.periods):
                coming = [i for i in self._arriving[position] if t in self.periods.get((i, position), ())]
                if not coming or not rule.holds_for(position, self.horizon.start(t)):
                    continue
                taken, sitting = self._staying(position, t)
                taken += [
                    (self.rows.columns["a", i, p, t - 1], 1.0)
                    for i in ground.incumbents[position]
                    for p in self.posts_open_to.get(i, ())
                    if t - 1 in self.periods[i, p]
                    and rule.is_late(expected.delta(p, t - 1), expected.delta(position, t))
                ]
                arrivals = [(self.rows.columns["a", i, position, t], 1.0) for i in coming]
                spare = len(taken) + sitting
                for a, _ in arrivals:  # only where somebody comes
                    terms = [(c, f + spare * (c == a)) for c, f in arrivals] + taken
                    self.rows.row(terms, most=ground.seats[position] - sitting + spare)

    def _staying(self, position: PositionId, t: int) -> tuple[list[Term], int]:
        """Terms and constant: who held the post at the instant before and serves to the end of the period."""
        terms: list[Term] = []
        constant = 0
        now = self.horizon.instant(t)
        for person in dict.fromkeys((*self.ground.incumbents[position], *self._arriving[position])):
            if not self.expected.in_service(person, now):
                continue
            if t == 0:
                constant += person in self.ground.incumbents[position]
                continue
            more, one = self._holds(person, (position,), t - 1)
            terms += more
            constant += one
        return terms, constant

    def _appointed(self, person: PersonId, position: PositionId) -> list[int]:
        return [self.rows.columns["a", person, position, t] for t in self.periods.get((person, position), ())]

    def _holding(self, person: PersonId, position: PositionId) -> None:
        """h_t = h_t−1 + a_t: who is appointed stays."""
        for t in range(self.periods[person, position][0], len(self.horizon.periods)):
            terms = [(self.rows.column(("h", person, position, t), whole=False), 1.0)]
            terms += self._come(person, position, t - 1, -1.0)
            if ("a", person, position, t) in self.rows.columns:
                terms.append((self.rows.columns["a", person, position, t], -1.0))
            self.rows.row(terms, 0, 0)

    def _come(self, person: PersonId, position: PositionId, t: int, factor: float = 1.0) -> list[Term]:
        """1 if the person has been appointed to the post by the instant."""
        key = ("h", person, position, t)
        return [(self.rows.columns[key], factor)] if key in self.rows.columns else []

    def _gone(self, person: PersonId, t: int, factor: float = 1.0) -> list[Term]:
        """1 if the person has been appointed anywhere by the instant."""
        return [term for p in self.posts_open_to.get(person, ()) for term in self._come(person, p, t, factor)]

    def _names_end(self) -> None:
        """Who is appointed before a round to an equal or higher post is in no list then; others may have to stay."""
        for position, names in self.names_of.items():
            keeps = self.must_stay(position)
            for person in names:
                ending = list(self._ending(person, position))
                stays = keeps and (person, position) in self.staying
                if ending or stays:
                    self.rows.row([(self.rows.columns["x", person, position], 1.0), *ending], int(stays), 1)

    def _ending(self, person: PersonId, position: PositionId) -> Iterable[Term]:
        """The appointments that end a name."""
        for post in self.posts_open_to.get(person, ()):
            for t in self.periods[person, post]:
                if ends_name(self.ground, self.expected, Choice("appoint", person, post, t), position):
                    yield self.rows.columns["a", person, post, t], 1.0

    def _holds(self, person: PersonId, posts: Iterable[PositionId], t: int) -> tuple[list[Term], int]:
        """Terms and constant: 1 if the person holds one of the posts at the instant."""
        if not self.expected.in_service(person, self.horizon.instant(t)):
            return [], 0
        terms: list[Term] = []
        constant = 0
        for position in posts:
            if self.ground.home[person] == position:
                terms += self._gone(person, t, -1.0)
                constant = 1
            terms += self._come(person, position, t)
        return terms, constant

    def _holders(self, position: PositionId, t: int) -> tuple[list[Term], int]:
        """How many hold a seat at the instant."""
        terms: list[Term] = []
        constant = 0
        for person in dict.fromkeys((*self.ground.incumbents[position], *self._arriving[position])):
            more, one = self._holds(person, (position,), t)
            terms += more
            constant += one
        return terms, constant

    def _seats(self) -> None:
        """holders + acting + empty = seats; of a post in surplus the empty seats alone are counted."""
        self._arriving: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
        for person, position in self.periods:
            self._arriving[position].append(person)
        for position in self.ground.full_time:
            seats, now = self.ground.seats[position], self.ground.covers_now.get(position)
            for t in self.horizon.periods:
                day = self.horizon.instant(t)
                holders, constant = self._holders(position, t)
                empty = [(self.rows.column(("m", position, t), seats, whole=False), 1.0)]
                if now is not None and day < now.end and self.expected.in_service(now.person, day):
                    empty.append((self.rows.column(("k0", position, t)), 1.0))
                empty += [(self.rows.column(("k", i, position, t)), 1.0) for i in self._deputies(position, t)]
                surplus = self.expected.excess(position, day)
                self.rows.row([*holders, *empty], seats - constant, INFINITY if surplus else seats - constant)

    # ---- acting ----------------------------------------------------------------------------------------------

    def _deputies(self, position: PositionId, t: int) -> list[PersonId]:
        """Today's deputies of the unit who may act at the instant, where a seat may be empty at all."""
        if self.expected.excess(position, self.horizon.instant(t)):
            return []
        return list(self.sheet.may_act(position, t))

    def _acting(self) -> None:
        """One deputy for a post, one post for a deputy who still is one, and not longer in a row than allowed."""
        rows, horizon = self.rows, self.horizon
        keys = [key for key in rows.columns if isinstance(key, tuple) and key[0] == "k"]
        by_post: defaultdict[tuple[PositionId, int], list[Term]] = defaultdict(list)
        by_person: defaultdict[tuple[PersonId, int], list[Term]] = defaultdict(list)
        for key in keys:
            _, person, position, t = key
            by_post[position, t].append((rows.columns[key], 1.0))
            by_person[person, t].append((rows.columns[key], 1.0))
        for acting in by_post.values():
            rows.row(acting, most=1)
        for (person, t), acting in by_person.items():
            rows.row([*acting, *self._gone(person, t)], most=1)
            for place in self.clashes(person, horizon.instant(t)):
                rows.row([*acting, place], most=1)
        for position, t in by_post:
            reach = self.expected.acting_reach(position, t)
            run = [term for s in range(t, t + reach + 1) for term in by_post.get((position, s), ())]
            if t + reach in horizon.periods:
                rows.row(run, most=reach)

    # ---- relatives and limits --------------------------------------------------------------------------------

    def _relatives_apart(self) -> None:
        """Two relatives do not hold posts that are too near; who do so today may stay, and not move there."""
        line = self.sheet.status_quo.line
        for rule in self.sheet.bound.rules:
            if not isinstance(rule, KinApart) or not rule.is_must:
                continue
            for t in self.horizon.periods:
                day = self.horizon.instant(t)
                today = {(frozenset(v.subjects), v.scope) for v in rule.on_day(line, day)}
                for one, other in rule.pairs if rule.in_force(day) else ():
                    if rule.waiver_for((one, other), day):
                        continue
                    near = {self.ground.home[one], *self.posts_open_to.get(one, ())}
                    for side in rule.sides:
                        if near.isdisjoint(side.one):
                            continue
                        first, here = self._holds(one, side.one, t)
                        second, there = self._holds(other, side.other, t)
                        if (frozenset({one, other}), side.place) in today:
                            for who, posts, others, rest in (
                                (one, side.one, second, there), (other, side.other, first, here)
                            ):  # fmt: skip
                                come = [term for p in posts for term in self._come(who, p, t)]
                                if come:
                                    self.rows.row([*come, *others], most=1 - rest)
                        elif first or second:
                            self.rows.row([*first, *second], most=1 - here - there)
            self._nor_until_one_is_gone(rule)

    def _nor_until_one_is_gone(self, rule: KinApart) -> None:
        """Nobody comes to a relative who sits there and leaves service later in the period."""
        for goes, comes, t in rule.leaving_within(self.expected):
            for position in self.posts_open_to.get(comes, ()):
                on = self.expected.delta(position, t)
                if t not in self.periods[comes, position] or not rule.meet(self.expected, goes, comes, on):
                    continue
                for side in rule.sides_of.get(position, ()):
                    posts = rule.beside(side, position)
                    sits = ([], int(self.ground.home[goes] in posts)) if t == 0 else self._holds(goes, posts, t - 1)
                    a = (self.rows.columns["a", comes, position, t], 1.0)
                    self.rows.row([a, *sits[0]], most=1 - sits[1])

    def _limits_on_holders(self) -> None:
        """Where a group of posts is within its limit today, it stays there."""
        for rule in self.sheet.bound.rules:
            if not isinstance(rule, HoldersCap) or not rule.is_must:
                continue
            for group in rule.groups:
                for t in self.horizon.periods:
                    sums = [self._holders(p, t) for p in group.posts]
                    constant = sum(one for _, one in sums)
                    if rule.in_force(self.horizon.instant(t)):
                        terms = [term for more, _ in sums for term in more]
                        self.rows.row(terms, most=max(group.limit - constant, 0))

    # ---- successors and goals --------------------------------------------------------------------------------

    def _no_relative_there(self, person: PersonId, position: PositionId, day: dt.date, g: int) -> None:
        """A successor has no relative who sits too near on the day."""
        t, leaving = self.horizon.nearest_period(day), self.expected.next_to_leave(position, day)
        for rule in self.sheet.bound.rules:
            if not isinstance(rule, KinApart) or not rule.is_must:
                continue
            on = rule.judged_on(day)
            for relative, side in rule.against(person, position, on):
                if not self.expected.in_service(relative, on):
                    continue
                terms, constant = self._holds(relative, side.other, t)
                if self.ground.home[relative] == position and relative in leaving:
                    terms, constant = [term for p in side.other for term in self._come(relative, p, t)], 0
                if terms or constant:
                    self.rows.row([(g, 1.0), *terms], most=1 - constant)

    def _successors(self) -> None:
        """One ready name designated for a post, each person once, and the ready names counted."""
        rows, ground = self.rows, self.ground
        posts: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        last = self.horizon.periods[-1]
        for position in ground.full_time:
            wanted, day = ground.case.position[position].successors, self.expected.wanted_by[position]
            if wanted < 1:
                continue
            ready, designated = [], []
            for person in self.candidates(position):
                listed, gaps = self.listed(person, position, day), self.open_gaps(person, position, day)
                if gaps is None or (listed is not None and not listed):
                    continue
                if not self.sheet.could_succeed(person, position, day):
                    continue
                y, g = (rows.column((kind, person, position)) for kind in "yg")
                ready.append((y, 1.0))
                designated.append((g, 1.0))
                posts[person].append(position)
                rows.row([(g, 1.0), (y, -1.0)], most=0)
                self._no_relative_there(person, position, day, g)
                for closers in ([listed] if listed else []) + gaps:
                    rows.row([(y, 1.0), *((c, -f) for c, f in closers)], most=0)
                for place in self.clashes(person, day):
                    rows.row([(y, 1.0), place], most=1)
                risen = [
                    (rows.columns["a", person, p, t], 1.0)
                    for p in self.posts_open_to.get(person, ())
                    if ground.order(p) >= ground.order(position)
                    for t in self.periods[person, p]
                    if self.expected.delta(p, t) < day
                ]
                if risen:
                    rows.row([(y, 1.0), *risen], most=1)
            rows.row([*designated, (rows.column(("z", position), whole=False), 1.0)], 1, 1)
            rows.row([*ready, (rows.column(("d", position), wanted, whole=False), 1.0)], wanted)
        for person, positions in posts.items():
            rows.row(((rows.columns["g", person, p], 1.0) for p in positions), most=1)
            for position in positions if person in self.posts_open_to else ():
                elsewhere = [*self._gone(person, last), *self._come(person, position, last, -1.0)]
                rows.row([(rows.columns["g", person, position], 1.0), *elsewhere], most=1)

    def _goals(self) -> None:
        rows, case = self.rows, self.ground.case
        for goal in GOALS_OF_MODEL:
            rows.cost(goal, ())
        for key, column in rows.columns.items():
            assert isinstance(key, tuple)
            kind = key[0]
            if kind in ("z", "d") and not self.sheet.bound.wants_successor(self.expected, key[1]):
                continue
            if kind in ("m", "k", "k0", "z"):
                position = key[2] if kind == "k" else key[1]
                unit = EMPTY if kind == "m" else WITHOUT_SUCCESSOR if kind == "z" else ACTING
                row = case.position[position]
                rows.cost("heads" if row.head else "posts", [(column, unit * row.criticality)])
            elif kind == "d":
                rows.cost("depth", [(column, 1)])
            if kind in ("u", "a"):
                rows.cost("effort", [(column, 1)])
        for person, position in self.staying:
            stays = [(rows.columns["x", person, position], -1.0)]
            rows.cost("keep", [*stays, *((c, -f) for c, f in self._ending(person, position))], 1)

    def _decided(self) -> None:
        """What is decided happens, what is decided against has no column."""
        wanted = self.sheet.pins.wanted
        for person in sorted({c.person for c in wanted if c.kind == "appoint"}):
            columns = [self.rows.columns.get(("a", person, c.target, c.period)) for c in wanted if c.person == person]
            self.rows.row([(c, 1.0) for c in columns if c is not None], 1)
        for kind, name in KINDS.items():
            for c in sorted(c for c in wanted if c.kind == name and name in ("pool", "train", "cover")):
                key = (kind, c.person, c.target) if c.period == ANY else (kind, c.person, c.target, c.period)
                if key in self.rows.columns:
                    self.rows.lower[self.rows.columns[key]] = 1.0

    # ---- from and to plans -----------------------------------------------------------------------------------

    def nothing(self) -> list[float]:
        """The point of the plan without decisions, from which a search may begin."""
        line, values = self.sheet.status_quo.line, [0.0] * len(self.rows.columns)
        for key, column in self.rows.columns.items():
            assert isinstance(key, tuple)
            kind = key[0]
            if kind == "x":
                values[column] = float((key[1], key[2]) in self.staying)
            elif kind == "z":
                values[column] = 1.0
            elif kind == "d":
                values[column] = float(self.ground.case.position[key[1]].successors)
            elif kind == "k0":
                values[column] = float(bool(line.acting(key[1], key[2])))
            elif kind == "m":
                acting = ("k0", key[1], key[2]) in self.rows.columns and bool(line.acting(key[1], key[2]))
                values[column] = float(line.empty(key[1], key[2]) - acting)
        return values

    def choices(self, values: list[float]) -> list[Choice]:
        """The decisions of a point, decided ones first."""
        found = dict.fromkeys(sorted(c for c in self.sheet.pins.wanted if c.kind != "appoint"))
        gone = {key[1] for key, c in self.rows.columns.items() if key[0] == "a" and values[c] > HALF}  # type: ignore[index]
        for key, column in self.rows.columns.items():
            assert isinstance(key, tuple)
            kind, on = str(key[0]), values[column] > HALF
            if kind == "x" and (key[1], key[2]) in self.staying:
                # A name that an appointment ends is not dropped: it falls out by itself.
                ended = key[1] in gone and any(values[c] > HALF for c, _ in self._ending(key[1], key[2]))
                if not on and not ended:
                    found[Choice("drop", key[1], key[2])] = None
            elif kind in KINDS and on:
                found[Choice(KINDS[kind], *key[1:])] = None
        return list(found)
