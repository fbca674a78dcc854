"""What a head would ask of a plan, in figures: whose list, whose unit, how suitable, how soon, who was passed over.

A plan of any version is measured on the ground of the present one: present rules, present suitability.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from benchmarks.tables import number, share
from planner.domain.case import Session
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Appointment, Plan
from planner.edits.load import Loaded
from planner.goals.choice import is_elsewhere, promises
from planner.rules.pool_size import PoolSize
from planner.standing import Standing
from planner.standing.paths import MONTHS_IN_POST
from planner.standing.waiting import could_be_ready
from planner.timeline import replay
from planner.timeline.ground import Gap
from planner.timeline.suitability import TENTHS
from planner.verify import status_quo_of

Figures = Mapping[str, float]
"""Of one plan, by the names of `ROWS` and what they divide by; a figure of nothing (a mean, a least) is not there."""


class Proposals:
    """The figures of a plan, each a property whose docstring says what is counted."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.line = standing, standing.line
        self.ground, self.bound = standing.ground, standing.bound
        self.plan = standing.line.plan
        self.appointed = frozenset(a.person for a in self.plan.appointments)

    def figures(self) -> dict[str, float]:
        kinds = [self.kind_of_list(a) for a in self.plan.appointments]
        could = [a for a in self.plan.appointments if self.has_ready_name(a)]
        nominations = [self.nomination(i, p) for i, p in self.nominations]
        names = self.names
        returns = list(self.returns())
        found: dict[str, float | None] = {
            "appointments": len(kinds),
            **{kind: kinds.count(kind) for kind in KINDS},
            "could": len(could),
            "could_own": sum(self.kind_of_list(a) in OWN for a in could),
            "elsewhere": sum(is_elsewhere(self.ground, a.person, a.position) for a in self.plan.appointments),
            "suitability_appointed": _mean(self.suitability(a.person, a.position) for a in self.plan.appointments),
            "suitability_designated": _mean(self.suitability(i, p) for p, i in self.standing.designated.items()),
            "suitability_passed": _mean(
                self.suitability(i, a.position) for a, i in self.passed_over.items() if i is not None
            ),
            "below_a_listed_name": sum(self.is_below_a_listed_name(a) for a in self.plan.appointments),
            "nominations": len(nominations),
            "honoured": nominations.count("honoured"),
            "refused": nominations.count("refused"),
            "full": nominations.count("full"),
            "crosswise": sum(1 for _ in self.crosswise()),
            "list_least": min(self.days_after_list, default=None),
            "list_median": statistics.median(self.days_after_list) if self.days_after_list else None,
            "plan_least": min(self.days_after_plan(), default=None),
            "opening_least": min(self.days_after_opening(), default=None),
            "names": len(names),
            "with_path": sum(self.has_path(i, p) for i, p in names),
            "free_places": self.free_places_wanted(),
            "places": len(self.plan.training),
            "returns": len(returns),
            "returned": sum(returns),
        }
        return {name: round(value, 2) for name, value in found.items() if value is not None}

    # ---- whose list --------------------------------------------------------------------------------------------------

    def kind_of_list(self, a: Appointment) -> str:
        """On which list the appointment rests: `own`, `own_added`, `other`, `too_short` or `none`.

        Own: the name is in the list of that very post, for as long as the rulebook asks before an order (`own_added`:
        the round of this plan put it there). Other: the same in the list of another post of equal or higher rank. Too
        short: in one of these on the day, and not for so long. None: in none of them (a move between equal posts).
        """
        if self.stands_in(a.person, a.position, a.position, a.judged_on):
            return "own" if a.person in self.ground.old_lists[a.position] else "own_added"
        lists = self._lists_that_count(a.position)
        if any(self.stands_in(a.person, p, a.position, a.judged_on) for p in lists):
            return "other"
        on_the_day = any(a.person in self.line.list_in_force(p, a.judged_on) for p in lists)
        return "too_short" if on_the_day else "none"

    def stands_in(self, person: PersonId, of: PositionId, position: PositionId, on: dt.date) -> bool:
        """Whether the list `of` a post has had the name for as long as the rulebook asks before an order for
        `position`."""
        if person not in self.line.list_in_force(of, on):
            return False
        rules = [rule for rule in self.bound.must_be_listed if rule.in_force(on) and rule.applies(position)]
        is_old = person in self.ground.old_lists[of]
        return all(
            person in self.line.list_in_force(of, rule.listed_by(on))
            and (not is_old or rule.counts_today(person, of, on))
            for rule in rules
        )

    def own_names(self, position: PositionId, on: dt.date) -> list[PersonId]:
        """Who is in the list of the post for as long as the rulebook asks before an order."""
        return [i for i in self.line.list_in_force(position, on) if self.stands_in(i, position, position, on)]

    def has_ready_name(self, a: Appointment) -> bool:
        """Whether somebody of the post's own list in force could have been ready on the day (`could_be_ready`)."""
        return any(self.could_come(i, a.position, a.judged_on) for i in self.own_names(a.position, a.judged_on))

    def _lists_that_count(self, position: PositionId) -> list[PositionId]:
        order = self.ground.order(position)
        return [p for p in self.ground.listable if self.ground.order(p) >= order]

    # ---- who was passed over -----------------------------------------------------------------------------------------

    def could_come(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether the person could take over, were every place on offer free; nobody who is there, or gated."""
        return (
            position not in self.ground.held[person]
            and self.ground.suitability.gate_of(person) is None
            and could_be_ready(self.standing.expected, self.bound, person, position, day)
        )

    @cached_property
    def passed_over(self) -> dict[Appointment, PersonId | None]:
        """Of each appointment the best-suited other lawful candidate whom the plan appoints nowhere.

        Lawful: could take over on the day if every place on offer were free and any round before had put the name into
        a list (`could_be_ready`), stopped by no gate of suitability, kept out by no relative, not away on that day.
        """
        return {a: next(self._others(a), None) for a in self.plan.appointments}

    def _others(self, a: Appointment) -> Iterator[PersonId]:
        """The best-suited first; of equal ones as the case lists them."""
        suitability, day = self.ground.suitability, a.judged_on
        for n in np.argsort(-suitability.scores(a.position), kind="stable"):
            person = suitability.people[n]
            if (
                person not in self.appointed
                and self.could_come(person, a.position, day)
                and not self.standing.away(person, day)
                and not self.bound.kept_out(self.line, person, a.position, day)
            ):
                yield person

    def is_below_a_listed_name(self, a: Appointment) -> bool:
        """Whether somebody of the post's own list in force, lawful and appointed nowhere, suits it better."""
        of = self.ground.suitability.of
        own, least = self.own_names(a.position, a.judged_on), of(a.person, a.position)
        better = {i for i in own if of(i, a.position) > least}
        return bool(better) and any(i in better for i in self._others(a))

    def suitability(self, person: PersonId, position: PositionId) -> float:
        """Points of 100."""
        return self.ground.suitability.of(person, position) / TENTHS

    # ---- nominations -------------------------------------------------------------------------------------------------

    @property
    def nominations(self) -> list[tuple[PersonId, PositionId]]:
        """Who was nominated for a list that this plan decides."""
        return [pair for pair in sorted(self.ground.nominated) if pair[1] in self.ground.decided_round]

    def nomination(self, person: PersonId, position: PositionId) -> str:
        """`honoured`: in the list after the round, or appointed to the post. `refused`: the name may not enter: it
        holds the post, a gate stops it, or it is not plannable on the day of the round. `full`: the list has as many
        names as the rulebook lets it. Else `passed_over`."""
        appointed = any(a.position == position for a in self.line.appointments.get(person, ()))
        if appointed or person in self.line.list_in_force(position, dt.date.max):
            return "honoured"
        able = self.ground.suitability.gate_of(person) is None
        able = able and self.standing.plannable(person, position, self.ground.plan_day(position))
        if not able:
            return "refused"
        most = [rule.params.max for rule in self.bound.of(PoolSize) if rule.is_must and rule.applies(position)]
        is_full = len(self.line.list_in_force(position, dt.date.max)) >= min(most, default=len(self.ground.case.people))
        return "full" if is_full else "passed_over"

    # ---- whose unit --------------------------------------------------------------------------------------------------

    def crosswise(self) -> Iterator[tuple[Appointment, Appointment]]:
        """Pairs of appointments to posts of one rank by which each comes to the other's unit, though each could have
        taken over the post at home on the day, or sits in it."""
        away = [a for a in self.plan.appointments if is_elsewhere(self.ground, a.person, a.position)]
        for n, a in enumerate(away):
            for b in away[n + 1 :]:
                if self.ground.order(a.position) == self.ground.order(b.position):
                    if self._is_home(a.person, b) and self._is_home(b.person, a):
                        yield a, b

    def _is_home(self, person: PersonId, other: Appointment) -> bool:
        """Whether the person could have had the post of the other appointment, in the own unit."""
        unit = self.ground.own_unit(person)
        if unit is None or is_elsewhere(self.ground, person, other.position):
            return False
        sits = self.ground.home[person] == other.position
        return sits or self.could_come(person, other.position, other.judged_on)

    # ---- how soon ----------------------------------------------------------------------------------------------------

    @cached_property
    def days_after_list(self) -> list[int]:
        """Of each appointment the days since the name entered the list on which it rests: the own, else the earliest of
        those that count. Not of those on no list, nor of names whose day is not known."""
        found = []
        for a in self.plan.appointments:
            counting = self._lists_that_count(a.position)
            lists = [p for p in counting if a.person in self.line.list_in_force(p, a.judged_on)]
            if a.position in lists:
                lists = [a.position]
            days = [day for p in lists if (day := self._listed_on(a.person, p)) is not None]
            if days:
                found.append(self._days(a.on, min(days)))
        return found

    def _listed_on(self, person: PersonId, position: PositionId) -> dt.date | None:
        if person in self.ground.old_lists[position]:
            return self.ground.listed_since.get((person, position))
        return self.ground.decided_round[position].approved_on

    def days_after_plan(self) -> Iterator[int]:
        """Of each appointment the days since `as_of`."""
        return (self._days(a.on, self.ground.horizon.as_of) for a in self.plan.appointments)

    def days_after_opening(self) -> Iterator[int]:
        """Of each link of a chain the days since the link before it opened the seat."""
        of_link = {(a.chain, a.link): a for a in self.plan.appointments if a.chain is not None and a.link is not None}
        for (chain, link), a in of_link.items():
            before = of_link.get((chain, (link or 0) - 1))
            if before is not None and self.ground.home[before.person] == a.position:
                yield self._days(a.on, before.on)

    @staticmethod
    def _days(on: dt.date, since: dt.date) -> int:
        return (on - since).days

    # ---- training ----------------------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> list[tuple[PersonId, PositionId]]:
        """Every name of every list once the rounds of this plan are decided."""
        return [(i, p) for p in self.ground.listable for i in self.line.list_in_force(p, dt.date.max)]

    def has_path(self, person: PersonId, position: PositionId) -> bool:
        """Whether every demand of the post is met by the end of the horizon: today, by time, or by a place."""
        return not self._lacking(person, position)

    def _lacking(self, person: PersonId, position: PositionId) -> list[Gap]:
        until = self.ground.horizon.until
        demands = self.bound.demands(person, position, "appoint", until)
        return [gap for gap in demands if self.line.closed_on(person, gap) > until]

    def free_places_wanted(self) -> int:
        """How many of the places that stay free could be given to listed people, each one at most, who lack what the
        course grants and nothing closes.

        The person is admitted, has what the course presupposes, is on no other course meanwhile, and serves for another
        year after it.
        """
        lacking: dict[PersonId, set[Gap]] = {}
        for person, position in self.names:
            lacking.setdefault(person, set()).update(self._lacking(person, position))
        rows, columns, n = [], [], 0
        people = {person: k for k, person in enumerate(lacking)}
        for session in self.ground.case.sessions:
            free = self._free(session)
            waiting = [i for i, gaps in lacking.items() if self._could_attend(i, gaps, session)] if free > 0 else []
            held = sum(place.session == session.session_id for place in self.plan.training)
            if held + len(waiting) < (session.min_seats or 0) - self.ground.places_taken[session.session_id]:
                continue  # too few: the class is not held
            for seat in range(min(free, len(waiting))):
                rows += [n + seat] * len(waiting)
                columns += [people[i] for i in waiting]
            n += min(free, len(waiting))
        if not rows:
            return 0
        graph = csr_array((np.ones(len(rows), bool), (rows, columns)), shape=(n, len(people)))
        return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())

    def _free(self, session: Session) -> int:
        """Places of a class that nobody has, by its own number and that of the year."""
        ground, course = self.ground, self.ground.case.course[session.course_id]
        if session.start < ground.horizon.as_of or session.seats is None:
            return 0
        free = session.seats - ground.places_taken[session.session_id]
        free -= sum(place.session == session.session_id for place in self.plan.training)
        if course.yearly_seats is not None:
            year = session.start.year
            given = [ground.case.session[place.session] for place in self.plan.training]
            of_year = sum(s.course_id == session.course_id and s.start.year == year for s in given)
            free = min(free, course.yearly_seats - ground.yearly_places_taken[session.course_id, year] - of_year)
        return free

    def _could_attend(self, person: PersonId, gaps: Iterable[Gap], session: Session) -> bool:
        ground, name = self.ground, session.session_id
        granted, start, end = ground.granted(name), session.start, ground.session_end(name)
        if end > ground.horizon.until or self.standing.expected.last_day(person) < add_months(end, MONTHS_IN_POST):
            return False
        if not any(gap.competency == granted.competency and gap.level <= granted.level for gap in gaps):
            return False
        needs = ground.case.course[session.course_id].needs
        if needs is not None:
            needed = Gap(needs.competency, ground.content.level(needs))
            if self.line.closed_on(person, needed) > start:
                return False
        runs = [run for _, run in ground.enrolled.get(person, ())]
        busy = any(run.start <= end and start <= run.end for run in runs) or any(
            ground.case.session[place.session].start <= end and start <= ground.session_end(place.session)
            for place in self.plan.training
            if place.person == person
        )
        return not busy and self.bound.admits(person, name).ok

    # ---- promises ----------------------------------------------------------------------------------------------------

    def returns(self) -> Iterator[bool]:
        """Of each rotation that ends within the horizon with a written post to return to, of the case or of the plan,
        whether the person comes back to it."""
        for now in promises(self.standing):
            yield any(a.position == now.return_to for a in self.line.appointments.get(now.person, ()))
        for turn in self.plan.rotations:
            if turn.return_to is not None and turn.end <= self.ground.horizon.until:
                later = (a for a in self.line.appointments.get(turn.person, ()) if a.on >= turn.end)
                yield any(a.position == turn.return_to for a in later)


def figures_of(given: Loaded, plan: Plan) -> dict[str, float]:
    """The figures of a plan of a case; it may break rules: it is only measured."""
    quo = status_quo_of(given)
    return Proposals(Standing(replay(quo.expected, plan), quo.bound)).figures()


OWN = ("own", "own_added")
KINDS = (*OWN, "other", "too_short", "none")


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return statistics.fmean(found) if found else None


# ---- the table -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A row of the table: its title, what it means, and its cell."""

    title: str
    meaning: str
    cell: Callable[[Figures], str]


def _count(name: str) -> Callable[[Figures], str]:
    return lambda found: number(found.get(name))


def _points(name: str) -> Callable[[Figures], str]:
    return lambda found: number(found.get(name), 1)


def _of(name: str, of: str) -> Callable[[Figures], str]:
    """`9 of 11`."""
    return lambda found: f"{number(found[name])} of {number(found[of])}" if found[of] else "-"


def _rate(name: str, of: str) -> Callable[[Figures], str]:
    """`67% (6 of 9)`."""

    def cell(found: Figures) -> str:
        whole = found.get(of)
        return f"{share(found[name] / whole)} ({_of(name, of)(found)})" if whole else "-"

    return cell


ROWS = (
    Row("appointments", "in all", _count("appointments")),
    Row("own list, old name", "was in the list of that very post before the plan, for the rulebook's time on the day",
        _count("own")),
    Row("own list, new name", "the round of this plan put it there, and the rulebook's time has passed on the day",
        _count("own_added")),
    Row("another list", "in force as long, of another post of equal or higher rank", _count("other")),
    Row("same-round name", "in such a list on the day, and not for the rulebook's time", _count("too_short")),
    Row("no list", "a move between equal posts, which needs none", _count("none")),
    Row("by own list, where it could be", "of appointments for which a name of the own list in force could have been "
        "ready were every place free", _rate("could_own", "could")),
    Row("own unit", "the unit of the post, or one above or below it",
        lambda f: number(f["appointments"] - f["elsewhere"])),
    Row("other unit", "neither", _count("elsewhere")),
    Row("suitability of appointed", "mean, points of 100, as the present content weighs it",
        _points("suitability_appointed")),
    Row("of designated", "mean over the successors of the plan", _points("suitability_designated")),
    Row("of passed-over", "mean; of each appointment the best-suited other person who could lawfully have come and is "
        "appointed nowhere", _points("suitability_passed")),
    Row("below a listed name", "appointments beside which such a person in the own list suits better",
        _count("below_a_listed_name")),
    Row("nominations honoured", "in the list after the round, or appointed to the post",
        _of("honoured", "nominations")),
    Row("of the rest, refused", "by a rule, a gate or a standard on the day of the round", _count("refused")),
    Row("of the rest, in full lists", "the list has as many names as the rulebook lets it", _count("full")),
    Row("crosswise pairs", "each is sent to the other's unit, to posts of one rank, though each could have the post at "
        "home", _count("crosswise")),
    Row("days from list to order, least", "since the name entered the list on which the order rests",
        _count("list_least")),
    Row("the same, median", "of orders that rest on a list", _count("list_median")),
    Row("days from plan to order, least", "since `as_of`", _count("plan_least")),
    Row("days a seat waits, least", "from the move that opens it to the order that fills it", _count("opening_least")),
    Row("listed names with a path", "whatever the post demands is met by the end of the horizon: today, by time, by a "
        "place", _rate("with_path", "names")),
    Row("places given", "of training", _count("places")),
    Row("free places wanted", "of those left, how many listed people without a path could take", _count("free_places")),
    Row("promised returns kept", "of rotations that end within the horizon with a written post to return to",
        _of("returned", "returns")),
)  # fmt: skip
