"""The timeline: the events of a plan applied in order, and the facts of any day that follow.

On one day departures and course ends come first, then rotations, then appointments.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from planner.domain.case import Round
from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.plan import Appointment, Plan, Rotation
from planner.timeline.expected import Expected
from planner.timeline.ground import LONG_AGO, Absence, Gap, Ground


class Timeline:
    """Facts of a plan. Judges nothing: also an unlawful plan can be replayed."""

    def __init__(self, expected: Expected, plan: Plan) -> None:
        self.ground: Ground = expected.ground
        self.expected = expected
        self.plan = plan
        self.rotations: dict[PersonId, list[Rotation]] = defaultdict(list)
        self.appointments: dict[PersonId, list[Appointment]] = defaultdict(list)
        for rotation in plan.rotations:
            self.rotations[rotation.person].append(rotation)
        for appointment in plan.appointments:
            self.appointments[appointment.person].append(appointment)
        self._moves: dict[PersonId, list[tuple[dt.date, int, PositionId]]] = defaultdict(list)
        self._movers_to: dict[PositionId, set[PersonId]] = defaultdict(set)
        for rotation in plan.rotations:
            self._moves[rotation.person].append((rotation.start, 0, rotation.position))
            self._movers_to[rotation.position].add(rotation.person)
        for appointment in plan.appointments:
            self._moves[appointment.person].append((appointment.on, 1, appointment.position))
            self._movers_to[appointment.position].add(appointment.person)
        for moves in self._moves.values():
            moves.sort(key=lambda move: move[:2])
        self._places: dict[PersonId, list[tuple[SessionId, Gap, dt.date]]] = defaultdict(list)
        for place in plan.training:
            session = place.session
            self._places[place.person].append((session, self.ground.granted(session), self.ground.session_end(session)))

    def also(self, move: Appointment) -> "Timeline":
        """The timeline of the plan with one appointment more; at once, however many events the plan has."""
        person, position = move.person, move.position
        other = Timeline.__new__(Timeline)
        other.ground, other.expected = self.ground, self.expected
        other.plan = self.plan.model_copy(update={"appointments": (*self.plan.appointments, move)})
        other.rotations, other._places = self.rotations, self._places
        other.appointments = self.appointments.copy()
        other.appointments[person] = [*self.appointments.get(person, ()), move]
        other._moves = self._moves.copy()
        moves = [*self._moves.get(person, ()), (move.on, 1, position)]
        other._moves[person] = sorted(moves, key=lambda move: move[:2])
        other._movers_to = self._movers_to.copy()
        other._movers_to[position] = self._movers_to.get(position, set()) | {person}
        return other

    # ---- where people are ------------------------------------------------------------------------------------

    def in_service(self, person: PersonId, day: dt.date) -> bool:
        return self.expected.in_service(person, day)

    def post_of(self, person: PersonId, day: dt.date) -> PositionId | None:
        """The full-time post held at the end of the day."""
        if not self.in_service(person, day):
            return None
        post = self.ground.home[person]
        for on, _, position in self._moves.get(person, ()):
            if on > day:
                break
            post = position
        return post

    def post_before_moves(self, person: PersonId, day: dt.date) -> PositionId | None:
        """The post held on the day after its departures, before its own rotations and appointments."""
        if not self.in_service(person, day):
            return None
        post = self.ground.home[person]
        for on, _, position in self._moves.get(person, ()):
            if on >= day:
                break
            post = position
        return post

    def moved_into(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """Whether the plan brought the person into the position by the end of the day."""
        return any(on <= day and p == position for on, _, p in self._moves.get(person, ()))

    def holders(self, position: PositionId, day: dt.date) -> list[PersonId]:
        """Those who hold a seat of the full-time post at the end of the day, incumbents first."""
        candidates = dict.fromkeys(self.ground.incumbents.get(position, ()))
        candidates.update(dict.fromkeys(sorted(self._movers_to.get(position, ()))))
        return [i for i in candidates if self.post_of(i, day) == position]

    def entrants(self, position: PositionId, day: dt.date) -> list[PersonId]:
        """Those whom the plan has brought into the position by the end of the day, also if they have left again."""
        return [i for i in sorted(self._movers_to.get(position, ())) if self.moved_into(i, position, day)]

    def appointed_before(self, person: PersonId, day: dt.date) -> list[PositionId]:
        """Posts to which the plan appointed the person before the day, as rules judge it (on δ)."""
        return [a.position for a in self.appointments.get(person, ()) if a.judged_on < day]

    # ---- absences --------------------------------------------------------------------------------------------

    def on_rotation_of_the_case(self, person: PersonId, day: dt.date) -> bool:
        """Whether the rotation in progress at `as_of` runs past the day: begun before it and not over on it."""
        now = self.ground.rotations_now.get(person)
        return now is not None and now.end is not None and day < now.end and (now.start or LONG_AGO) < day

    def on_planned_rotation(self, person: PersonId, day: dt.date) -> bool:
        """Whether a rotation of the plan runs past the day."""
        return any(r.start < day < r.end for r in self.rotations.get(person, ()))

    @cached_property
    def _absences(self) -> dict[PersonId, list[Absence]]:
        absences: defaultdict[PersonId, list[Absence]] = defaultdict(list)
        for person, runs in self.ground.enrolled.items():
            absences[person] += [run for course, run in runs if course.mode == "full"]
        for place in self.plan.training:
            if self.ground.course_of(place.session).mode == "full":
                start = self.ground.case.session[place.session].start
                absences[place.person].append(Absence(start, self.ground.session_end(place.session)))
        return absences

    def on_course(self, person: PersonId, day: dt.date) -> bool:
        """Whether a full-time course runs past the day (its level counts, and the person is back, on its end)."""
        return self.on_course_within(person, day, day)

    def on_course_within(self, person: PersonId, first: dt.date, last: dt.date) -> bool:
        """Whether a full-time course runs past one of the days."""
        return any(a.start <= last and first < a.end for a in self._absences.get(person, ()))

    # ---- levels ----------------------------------------------------------------------------------------------

    def closed_on(self, person: PersonId, gap: Gap, without: SessionId | None = None) -> dt.date:
        """The first day on which the person has the level, with the plan's places and rotations; else NEVER.

        `without`: a session whose own level does not count, as for what that session presupposes.
        """
        day = self.ground.closed_on(person, gap)
        for session, granted, end in self._places.get(person, ()):
            if granted.competency == gap.competency and granted.level >= gap.level and session != without:
                day = min(day, end)
        for rotation in self.rotations.get(person, ()):
            complete = months_by_rotation(self.ground, gap, rotation.start)
            if complete is not None:
                day = min(day, complete)
        return day

    def has_all(self, person: PersonId, gaps: Iterable[Gap], day: dt.date) -> bool:
        return all(self.closed_on(person, gap) <= day for gap in gaps)

    # ---- lists -----------------------------------------------------------------------------------------------

    @cached_property
    def _decided(self) -> dict[PositionId, tuple[PersonId, ...]]:
        names: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
        for entry in self.plan.pools:
            if entry.status != "remove":
                names[entry.position].append(entry.person)
        return {p: tuple(names[p]) for p in self.ground.decided_round}

    def lists(self) -> Iterator[tuple[Round, PositionId, tuple[PersonId, ...]]]:
        """Every list that a round of this plan decides, with its names after the round."""
        for position, decided in self.ground.decided_round.items():
            yield decided, position, self._decided[position]

    def list_in_force(self, position: PositionId, day: dt.date) -> tuple[PersonId, ...]:
        """The names as written on the day; a round's names count from the day after it."""
        decided = self.ground.decided_round.get(position)
        if decided is not None and day > decided.approved_on:
            return self._decided[position]
        return self.ground.old_lists[position]

    def is_listed(self, person: PersonId, position: PositionId, day: dt.date) -> bool:
        """In the list in force, still in service, and not appointed before the day to an equal or higher post."""
        return (
            person in self.list_in_force(position, day)
            and self.in_service(person, day)
            and not self.has_risen(person, self.ground.order(position), day)
        )

    def has_risen(self, person: PersonId, order: int, day: dt.date) -> bool:
        """Whether the plan appointed the person before the day to a post of that order or higher."""
        return any(self.ground.order(p) >= order for p in self.appointed_before(person, day))

    # ---- seats at instants -----------------------------------------------------------------------------------

    def empty(self, position: PositionId, period: int) -> int:
        """Seats without a holder at the instant, acting or not. A post held with another has none of its own."""
        day = self.ground.horizon.instant(period)
        return max(0, self.ground.seats.get(position, 0) - len(self.holders(position, day)))

    @cached_property
    def _covering(self) -> dict[tuple[PositionId, int], list[PersonId]]:
        found: dict[tuple[PositionId, int], list[PersonId]] = defaultdict(list)
        for cover in self.plan.covers:
            found[cover.position, cover.period].append(cover.person)
        return found

    def acting(self, position: PositionId, period: int) -> list[PersonId]:
        """Who looks after the position at the instant: by the plan, else by a cover in progress."""
        planned = self._covering.get((position, period), [])
        now = self.ground.covers_now.get(position)
        day = self.ground.horizon.instant(period)
        if planned or now is None or day >= now.end or not self.in_service(now.person, day):
            return list(planned)
        return [now.person] if self.empty(position, period) else []


def months_by_rotation(ground: Ground, gap: Gap, start: dt.date) -> dt.date | None:
    """The day on which one rotation from `start` completes the months of a gap that counts rotations; else None."""
    competency = ground.content.competency[gap.competency]
    if competency.counts is None or competency.counts.kind != "rotation":
        return None
    return add_months(start, gap.level)


def replay(expected: Expected, plan: Plan) -> Timeline:
    """Apply the events of a plan to what is expected without it."""
    return Timeline(expected, plan)
