"""What the head of a unit must know of its successors: posts with too few names, holders who leave with nobody ready,
what became of the names proposed, what is overdue, and who was never rated.

Sources: rules.md §2.8 head_two_nominees_min and head_accountable_proposal, §2.1 pool_remove_yearly (a yearly review).
It orders nobody by merit: where somebody is named as nearest, it is by what is missing and from when it is not.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from planner.assess.history import completed_years
from planner.domain.case import Nomination
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.plan import Departure
from planner.standing.base_list import BaseList, Source
from planner.standing.standing import Standing
from planner.standing.status_quo import expected_departures
from planner.timeline.ground import NEVER

NAMES, AHEAD_MONTHS, REVIEW_MONTHS = 2, 36, 12
"""Names wanted for a post and months that are looked ahead (head_two_nominees_min); a list is reviewed every year."""
EMPTY = "empty"
"""The cause of a seat that nobody leaves, because nobody has it."""

Outcome = Literal["kept", "added", "refused", "not_chosen", "open"]
"""`kept`: was in the list and stays; `added`: new in the list of the plan; `refused`: a rule or a demand says no;
`not_chosen`: the list was decided without the name; `open`: nothing has been decided."""
OverdueKind = Literal["review", "exemption", "decision", "acting", "rotation", "term"]


@dataclass(frozen=True)
class FewNames:
    """A post with fewer names than wanted: those in force at `as_of`, and those after the round that is decided."""

    position: PositionId
    holders: tuple[PersonId, ...]
    now: tuple[PersonId, ...]
    after: tuple[PersonId, ...] | None


@dataclass(frozen=True)
class Leaving:
    """A seat that falls empty on a day on which nobody of the list is ready; `nearest` lacks least (None: nobody).

    `person` leaves it by the cause; None where it is empty already.
    """

    position: PositionId
    person: PersonId | None
    on: dt.date
    cause: str
    nearest: Source | None


@dataclass(frozen=True)
class Proposed:
    """A name proposed for a post, with every record of it, and what became of it."""

    source: Source
    nominations: tuple[Nomination, ...]
    outcome: Outcome


@dataclass(frozen=True)
class Overdue:
    """What should have been reviewed, decided or ended by `due`."""

    kind: OverdueKind
    due: dt.date
    position: PositionId | None = None
    person: PersonId | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Unrated:
    """A holder or a name of a list without a class in some of the last completed years."""

    person: PersonId
    years: tuple[int, ...]
    posts: frozenset[PositionId]
    """The posts held, and those whose list has the name."""


@dataclass(frozen=True)
class HeadPage:
    """The page of one unit with all units below it (None: of all)."""

    unit: UnitId | None
    positions: tuple[PositionId, ...]
    few_names: tuple[FewNames, ...]
    leaving: tuple[Leaving, ...]
    proposed: tuple[Proposed, ...]
    overdue: tuple[Overdue, ...]
    unrated: tuple[Unrated, ...]


class HeadPages:
    """The pages of a standing. What they say is found once for all posts; a page takes what is of its unit.

    `planned` tells whether the standing is that of a plan, whose lists are decided.
    """

    def __init__(self, standing: Standing, planned: bool, names: int = NAMES, months: int = AHEAD_MONTHS) -> None:
        self.standing = standing
        self.ground = standing.ground
        self.base_list = BaseList(standing)
        self.planned = planned
        self.names = names
        self.months = months

    def units(self) -> list[UnitId]:
        """Units with a post of their own, as the case lists them: each has a head, and so a page."""
        own = {self.ground.case.position[p].unit_id for p in self.positions}
        return [u for u in self.ground.case.unit if u in own]

    def page(self, unit: UnitId | None) -> HeadPage:
        case, above = self.ground.case, self.ground.unit_and_above
        own = frozenset(p for p, row in case.position.items() if unit is None or unit in above(row.unit_id))
        return HeadPage(
            unit=unit,
            positions=tuple(p for p in self.positions if p in own),
            few_names=tuple(row for row in self.few_names if row.position in own),
            leaving=tuple(row for row in self.leaving if row.position in own),
            proposed=tuple(row for row in self.proposed if row.source.position in own),
            overdue=tuple(row for row in self.overdue if row.position in own),
            unrated=tuple(row for row in self.unrated if row.posts & own),
        )

    @cached_property
    def positions(self) -> tuple[PositionId, ...]:
        """The posts that have a list of their own, the highest rank first."""
        return tuple(sorted(self.ground.listable, key=lambda p: -self.ground.order(p)))

    # ---- lists -------------------------------------------------------------------------------------------------

    @cached_property
    def few_names(self) -> tuple[FewNames, ...]:
        """Posts whose list, as decided or else as it is today, has too few names, where one is kept or wanted.

        Only who is still in service and not appointed to an equal or a higher post counts as a name.
        """
        ground, found = self.ground, []
        if ground.everyone_is_listed:
            return ()
        for position in self.positions:
            if not ground.case.position[position].successors and not ground.old_lists[position]:
                continue
            now = self._names(position, ground.horizon.as_of)
            decided = ground.decided_round.get(position)
            after = None if decided is None else self._names(position, decided.approved_on + dt.timedelta(days=1))
            if len(now if after is None else after) < self.names:
                holders = ground.incumbents.get(position, ())
                found.append(FewNames(position, holders, now, after))
        return tuple(found)

    def _names(self, position: PositionId, day: dt.date) -> tuple[PersonId, ...]:
        return tuple(self.standing.listed(position, day))

    # ---- who leaves --------------------------------------------------------------------------------------------

    @cached_property
    def leaving(self) -> tuple[Leaving, ...]:
        """Seats that are empty, and holders who leave within the months ahead, nobody in the list being ready that day.

        A plan that appoints somebody to the post by that day has answered it.
        """
        as_of, found = self.ground.horizon.as_of, []
        last = add_months(as_of, self.months)
        days: list[tuple[PositionId, PersonId | None, dt.date, str]] = [
            (p, None, as_of, EMPTY) for p in self.ground.full_time if self.standing.expected.empty(p, as_of)
        ]
        for departure in self._departures:
            home = self.ground.home[departure.person]
            if home is not None and as_of < departure.on <= last:
                days.append((home, departure.person, departure.on, departure.cause))
        for position, person, on, cause in days:
            if not self.standing.appointable_names(position, on) and not self._filled(position, on):
                found.append(Leaving(position, person, on, cause, self._nearest(position)))
        return tuple(sorted(found, key=lambda row: (row.on, row.position, row.person or "")))

    @cached_property
    def _departures(self) -> tuple[Departure, ...]:
        """Departures as far ahead as the page looks, be it beyond the horizon of the plan."""
        ground = self.ground
        return expected_departures(ground, self.standing.bound, add_months(ground.horizon.as_of, self.months))

    def _filled(self, position: PositionId, on: dt.date) -> bool:
        return any(a.position == position and a.judged_on <= on <= a.on for a in self.standing.line.plan.appointments)

    def _nearest(self, position: PositionId) -> Source | None:
        """Of the names of the list, else of the office, who is ready first; of those never ready who lacks least."""
        sources = [s for s in self.base_list.kept(position) if s.plannable or s.listed or s.proposed]
        listed = [s for s in sources if s.proposed or s.listed]
        chosen = listed or [s for s in sources if s.origin == "in_house"]
        return min(chosen, key=lambda s: (s.ready_on or NEVER, len(s.gaps) + len(s.refusals)), default=None)

    # ---- names proposed ----------------------------------------------------------------------------------------

    @cached_property
    def proposed(self) -> tuple[Proposed, ...]:
        """Every name proposed for the posts, in the order of posts and people."""
        found = []
        nominated = {n.position_id for n in self.ground.case.nominations}
        for position in (p for p in self.positions if p in nominated):
            for source in self.base_list.kept(position):
                if source.nominations:
                    found.append(Proposed(source, source.nominations, self._outcome(source)))
        return tuple(found)

    def _outcome(self, source: Source) -> Outcome:
        if source.proposed and (self.planned or source.listed):
            return "kept" if source.listed else "added"
        decided = self.ground.decided_round.get(source.position)
        rounds = {n.round_id for n in source.nominations}
        if not source.plannable:
            return "refused"
        if self.planned or decided is None or decided.round_id not in rounds:
            return "not_chosen"
        return "open"

    # ---- overdue -----------------------------------------------------------------------------------------------

    @cached_property
    def overdue(self) -> tuple[Overdue, ...]:
        found = [*self._reviews(), *self._exemptions(), *self._decisions(), *self._service()]
        return tuple(sorted(found, key=lambda row: (row.due, row.kind, row.position or "", row.person or "")))

    def _reviews(self) -> Iterator[Overdue]:
        """Lists that no round has reviewed for a year: the last round of the system, or the last entry, is older."""
        ground, as_of = self.ground, self.ground.horizon.as_of
        entered: defaultdict[PositionId, list[dt.date]] = defaultdict(list)
        for entry in ground.case.pools:
            if entry.since is not None and entry.since <= as_of:
                entered[entry.position_id].append(entry.since)
        for position in (p for p in self.positions if ground.old_lists[p]):
            system = ground.case.position[position].term_system
            days = [r.approved_on for r in ground.case.rounds if r.approved_on <= as_of and r.system in (None, system)]
            last = max([*days, *entered[position]], default=None)
            if last is not None and (due := add_months(last, REVIEW_MONTHS)) < as_of:
                yield Overdue("review", due, position)

    def _exemptions(self) -> Iterator[Overdue]:
        """Exemptions that have run out and concern the posts or their holders."""
        for row in self.ground.case.exemptions:
            if row.until is not None and row.until < self.ground.horizon.as_of:
                subjects = {part.strip() for part in row.subject.replace(";", "+").replace(",", "+").split("+")}
                position = next((p for p in self.positions if p in subjects), None)
                person = next((i for i in self.ground.case.person if i in subjects), None)
                post = position or (self.ground.home[person] if person is not None else None)
                yield Overdue("exemption", row.until, post, person, row.rule)

    def _decisions(self) -> Iterator[Overdue]:
        """Decisions that are still proposed though their day has come."""
        for row in self.ground.case.decisions:
            if row.status == "proposed" and row.from_ is not None and row.from_ < self.ground.horizon.as_of:
                post = row.position_id or self.ground.home[row.person_id]
                yield Overdue("decision", row.from_, post, row.person_id, row.kind)

    def _service(self) -> Iterator[Overdue]:
        """Acting for longer than the post allows, rotations beyond their end, terms of appointment that are over."""
        as_of = self.ground.horizon.as_of
        for person in self.ground.case.person:
            for row in self.ground.present_rows(person):
                position = row.position_id
                if position is None or position not in self.ground.case.position:
                    continue
                if row.kind == "acting":
                    months = self.ground.case.position[position].acting_months
                    due: dt.date | None = row.planned_until
                    if due is None and months and row.since:
                        due = add_months(row.since, months)
                    if due is not None and due <= as_of:
                        yield Overdue("acting", due, position, person)
                elif row.kind == "rotation" and row.planned_until is not None and row.planned_until <= as_of:
                    yield Overdue("rotation", row.planned_until, position, person)
                if row.kind != "acting" and row.term_until is not None and row.term_until < as_of:
                    yield Overdue("term", row.term_until, position, person)

    # ---- ratings -----------------------------------------------------------------------------------------------

    @cached_property
    def ratings_absent(self) -> bool:
        """The case has no table of yearly classes: then nobody is named."""
        return not self.ground.case.ratings

    @cached_property
    def unrated(self) -> tuple[Unrated, ...]:
        """Holders of the posts and names of their lists without a class in one of the last three completed years.

        A year that ended before the person entered service is not missing.
        """
        if self.ratings_absent:
            return ()
        posts: defaultdict[PersonId, set[PositionId]] = defaultdict(set)
        for position in self.positions:
            for person in (*self.ground.incumbents.get(position, ()), *self.ground.old_lists[position]):
                posts[person].add(position)
        years = completed_years(self.ground.horizon.as_of)
        found = []
        for person, row in self.ground.case.person.items():
            if person not in posts:
                continue
            first = row.service_since.year if row.service_since else 0
            missing = tuple(y for y in years if y >= first and (person, y) not in self.ground.rating_of)
            if missing:
                found.append(Unrated(person, missing, frozenset(posts[person])))
        return tuple(found)
