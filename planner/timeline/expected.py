"""Who is expected to leave when, and what follows of it without any decision: vacancies, δ and d₁.

A departure is an event with a date; the rules that cause one (the end of a term) are applied above this layer.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from planner.domain.dates import add_months
from planner.domain.horizon import end_of_half
from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Departure
from planner.timeline.ground import Ground


class Cohort(NamedTuple):
    """Those who serve until the end of the period `last` (-1: not even of the first), and on the next day or not."""

    last: int
    on_next_day: bool


class Procedure(NamedTuple):
    """What the time of the procedure does to days; empty where no rule asks for it."""

    first_order: Mapping[PositionId, dt.date] = {}
    """The first day of an order for a post."""
    fills_later: frozenset[PositionId] = frozenset()
    """Posts of which a seat that a move of the plan opens is not filled in the same period."""


NO_PROCEDURE = Procedure()


class Expected:
    """The ground with the departures: holders, vacancies and dates of the plan without decisions."""

    def __init__(self, ground: Ground, departures: Iterable[Departure], procedure: Procedure = NO_PROCEDURE) -> None:
        self.ground = ground
        self.procedure = procedure
        self.departures = tuple(departures)
        self.leaves: dict[PersonId, dt.date] = {}
        for departure in self.departures:
            self.leaves[departure.person] = min(departure.on, self.leaves.get(departure.person, departure.on))
        self._delta: dict[tuple[PositionId, int], dt.date] = {}

    def in_service(self, person: PersonId, day: dt.date) -> bool:
        """The day on which a person leaves is the first day out of service."""
        leaves = self.leaves.get(person)
        return leaves is None or day < leaves

    def serves_from(self, person: PersonId, day: dt.date) -> bool:
        """In service from the day to the end of its half: only such a person can be appointed on it."""
        return self.in_service(person, end_of_half(day))

    def cohort(self, person: PersonId) -> Cohort:
        horizon = self.ground.horizon
        last = sum(self.in_service(person, horizon.instant(t)) for t in horizon.periods) - 1
        following = last + 1 in horizon.periods and self.in_service(person, horizon.start(last + 1))
        return Cohort(last, following)

    def cohorts(self, persons: Iterable[PersonId]) -> dict[Cohort, list[PersonId]]:
        """The persons by how long they serve."""
        found: defaultdict[Cohort, list[PersonId]] = defaultdict(list)
        for person in persons:
            found[self.cohort(person)].append(person)
        return dict(found)

    def holders(self, position: PositionId, day: dt.date) -> list[PersonId]:
        """Those who sit at the end of the day if nobody is moved."""
        return [i for i in self.ground.incumbents[position] if self.in_service(i, day)]

    def empty(self, position: PositionId, day: dt.date) -> int:
        return max(0, self.ground.seats[position] - len(self.holders(position, day)))

    def excess(self, position: PositionId, day: dt.date) -> int:
        """Holders above seats: surplus that the case brings with it (o_pt)."""
        return max(0, len(self.holders(position, day)) - self.ground.seats[position])

    def next_to_leave(self, position: PositionId, day: dt.date) -> frozenset[PersonId]:
        """Whom somebody who came to the position on the day would succeed: who leaves first of those who sit there.

        Several where they leave on one day; nobody where a seat is free, which the newcomer would take.
        """
        if position not in self.ground.seats or self.empty(position, day):
            return frozenset()
        goes = {i: min(self.ground.leaves_on[i], self.leaves.get(i, dt.date.max)) for i in self.holders(position, day)}
        return frozenset(i for i, on in goes.items() if on == min(goes.values()))

    @cached_property
    def own_vacancies(self) -> dict[PositionId, tuple[dt.date, ...]]:
        """Days after `as_of`'s eve on which a departure leaves a seat empty (not one that only ends a surplus)."""
        vacancies = {}
        for p in self.ground.full_time:
            sitting = len(self.holders(p, self.ground.horizon.as_of))
            days = []
            for day in sorted(self.leaves[i] for i in self.ground.incumbents[p] if i in self.leaves):
                if day <= self.ground.horizon.as_of:
                    continue
                sitting -= 1
                if sitting < self.ground.seats[p]:
                    days.append(day)
            vacancies[p] = tuple(days)
        return vacancies

    def delta(self, position: PositionId, period: int) -> dt.date:
        """δ_pt: the day on which an appointment to the position in the period is judged (formulation.md §1)."""
        key = (position, period)
        if key not in self._delta:
            day = self._compute_delta(position, period)
            first = self.procedure.first_order.get(position, day)
            # Where the procedure would not be over within the period, the rule that asks for it refuses the day itself.
            self._delta[key] = max(day, first) if first <= self.ground.horizon.instant(period) else day
        return self._delta[key]

    def _compute_delta(self, position: PositionId, period: int) -> dt.date:
        horizon = self.ground.horizon
        start = horizon.start(period)
        if position not in self.ground.seats:
            return start  # a post held with another: no move to it is lawful, and yet a plan can be read that has one
        if self.empty(position, horizon.instant(period - 1)):
            return start
        return next((day for day in self.own_vacancies[position] if start <= day <= horizon.instant(period)), start)

    def is_opened_by_a_move(self, position: PositionId, period: int) -> bool:
        """Whether no seat of the position falls empty by itself by δ: who comes in the period waits for another's move,
        and takes over on δ or on any later day of the period."""
        return position in self.ground.seats and not self.empty(position, self.delta(position, period))

    @cached_property
    def first_vacancy(self) -> dict[PositionId, dt.date | None]:
        """The first day on which a seat is expected to be empty; `as_of` where one is today."""
        as_of = self.ground.horizon.as_of
        first: dict[PositionId, dt.date | None] = {}
        for p in self.ground.full_time:
            if self.empty(p, as_of):
                first[p] = as_of
            else:
                first[p] = self.own_vacancies[p][0] if self.own_vacancies[p] else None
        return first

    def last_day(self, person: PersonId) -> dt.date:
        """The first day out of service, also beyond the horizon."""
        return min(self.leaves.get(person, dt.date.max), self.ground.retires_on[person])

    @cached_property
    def opens_on(self) -> dict[PositionId, dt.date]:
        """The day on which a seat of each full-time post is expected to fall free, also beyond the horizon."""
        opens: dict[PositionId, dt.date] = {}
        for p in self.ground.full_time:
            vacancy = self.first_vacancy[p]
            opens[p] = vacancy or min(map(self.last_day, self.ground.incumbents[p]), default=self.ground.horizon.as_of)
        return opens

    @cached_property
    def wanted_by(self) -> dict[PositionId, dt.date]:
        """d₁: `needed_by`, else the lead before the first expected vacancy, else the end of the horizon.

        Nobody can be ready before `as_of`: who was needed by then is needed at once.
        """
        ground = self.ground
        wanted: dict[PositionId, dt.date] = {}
        for p in ground.full_time:
            needed, vacancy = ground.case.position[p].needed_by, self.first_vacancy[p]
            if needed is not None:
                wanted[p] = max(ground.horizon.as_of, needed)
            elif vacancy is not None and vacancy <= ground.horizon.until:
                wanted[p] = max(ground.horizon.as_of, add_months(vacancy, -ground.lead_months))
            else:
                wanted[p] = ground.horizon.until
        return wanted

    def acting_reach(self, position: PositionId, period: int) -> int:
        """How many instants in a row acting may cover that begins in the period (n_pt).

        It begins on δ_pt, the day of the post's own vacancy or the first day of the period, and covers the
        instants before that day + `acting_months`: by dates, never by division.
        """
        months = self.ground.case.position[position].acting_months
        if not months:
            return 0
        end = add_months(self.delta(position, period), months)
        horizon = self.ground.horizon
        return sum(1 for t in horizon.periods if t >= period and horizon.instant(t) < end)
