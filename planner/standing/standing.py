"""What rules and facts together say of a plan on a day. Goals, coverage, continuity and papers read this."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import ListEntry
from planner.rules.registry import Bound
from planner.standing.lists import list_entries
from planner.timeline import Timeline


class Standing:
    """A timeline seen through the rules in force."""

    def __init__(self, line: Timeline, bound: Bound) -> None:
        self.line = line
        self.bound = bound
        self.ground = line.ground
        self.expected = line.expected

    def plannable(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """May enter the list on the day: not a holder of the post, in service, plan rules and `plan` cells met."""
        return (
            position not in self.ground.held[person]
            and self.line.in_service(person, day)
            and self.bound.allows(person, position, "plan", day).ok
            and self.line.has_all(person, self.bound.demands(person, position, "plan", day), day)
        )

    def ready(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Could take over on the day, judged after its departures and course ends, before its own moves.

        In service to the end of that half, as who takes over must be, not the holder, every appointment rule met, every
        `plan` and `appoint` cell closed, not appointed before the day to an equal or higher post, not away on a
        rotation or a full-time course past it.
        """
        return (
            position not in self.ground.held[person]
            and self.expected.serves_from(person, day)
            and self.bound.allows(person, position, "appoint", day).ok
            and self.line.has_all(person, self.bound.demands(person, position, "appoint", day), day)
            and not self.line.has_risen(person, self.ground.order(position), day)
            and not self.away(person, day)
        )

    def away(self, person: PersonId, day: dt.date) -> bool:
        """Whether a full-time course or a rotation runs past the day; not one that an exemption lets end sooner."""
        return (
            self.line.on_course(person, day)
            or self.line.on_planned_rotation(person, day)
            or (self.line.on_rotation_of_the_case(person, day) and not self.bound.may_end_rotation(person, day))
        )

    def listed(self, position: PositionId, day: dt.date) -> list[PersonId]:
        """Names in force on the day; without rounds and lists everyone plannable counts as listed."""
        if self.ground.everyone_is_listed:
            order = self.ground.order(position)
            return [
                i
                for i in self.plannable_at_start[position]
                if self.line.in_service(i, day) and not self.line.has_risen(i, order, day)
            ]
        return [i for i in self.line.list_in_force(position, day) if self.line.is_listed(i, position, day)]

    def names_on(self, position: PositionId, day: dt.date) -> Sequence[PersonId]:
        """The names of the list in force as written, also of people appointed meanwhile."""
        if self.ground.everyone_is_listed:
            return self.plannable_at_start[position]
        return self.line.list_in_force(position, day)

    @cached_property
    def planned_for(self) -> Mapping[PersonId, Sequence[PositionId]]:
        """The posts in whose list each person is once all rounds are decided; of nobody where no lists are kept."""
        found: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        if not self.ground.everyone_is_listed:
            for position in self.ground.listable:
                for person in self.line.list_in_force(position, dt.date.max):
                    found[person].append(position)
        return dict(found)

    @cached_property
    def plannable_at_start(self) -> Mapping[PositionId, Sequence[PersonId]]:
        as_of = self.ground.horizon.as_of
        return {p: [i for i in self.ground.case.person if self.plannable(i, p, as_of)] for p in self.ground.listable}

    def ready_names(self, position: PositionId, day: dt.date) -> list[PersonId]:
        """Names in the list of that very post who could take over on the day."""
        return [i for i in self.listed(position, day) if self.ready(i, position, day)]

    def appointable_names(self, position: PositionId, day: dt.date) -> list[PersonId]:
        """Ready names who could be appointed there, too: no relative sits where that keeps them out."""
        return [i for i in self.ready_names(position, day) if not self.bound.kept_out(self.line, i, position, day)]

    def secured(self, positions: Iterable[PositionId], day: dt.date) -> int:
        """Largest number of seats of the positions that can be given at the same time to distinct ready names."""
        return self.secured_on(dict.fromkeys(positions, day))

    def secured_on(self, days: Mapping[PositionId, dt.date]) -> int:
        """The same, each position on its own day. Whom a relative keeps out secures nothing."""
        names: list[list[PersonId]] = []
        for position, day in days.items():
            names += [self.appointable_names(position, day)] * self.ground.seats.get(position, 1)
        return len(maximum_matching(names))

    def list_entries(self, names: Mapping[PositionId, Iterable[PersonId]]) -> tuple[ListEntry, ...]:
        """The entries that the decided lists must have, given their names and the moves of this plan."""
        return list_entries(self, names)

    @cached_property
    def designated(self) -> dict[PositionId, PersonId]:
        return {s.position: s.person for s in self.line.plan.successors if s.person is not None}


def maximum_matching(choices: Sequence[Sequence[PersonId]]) -> dict[PersonId, int]:
    """A largest matching of seats (by index) to people; augmenting paths, small sizes."""
    seat_of: dict[PersonId, int] = {}

    def place(seat: int, seen: set[PersonId]) -> bool:
        for person in choices[seat]:
            if person in seen:
                continue
            seen.add(person)
            if person not in seat_of or place(seat_of[person], seen):
                seat_of[person] = seat
                return True
        return False

    for seat in range(len(choices)):
        place(seat, set())
    return seat_of
