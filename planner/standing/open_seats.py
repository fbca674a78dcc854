"""Seats without a holder: from when to when, who left, who looks after the post, who follows, and why it waits."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from planner.domain.dates import ONE_DAY
from planner.domain.horizon import end_of_half
from planner.domain.ids import PersonId, PositionId
from planner.rules.earliest_order import EarliestOrder
from planner.rules.order_after_list import OrderAfterList
from planner.rules.order_after_opening import OrderAfterOpening
from planner.standing.base_list import BaseList
from planner.standing.gaps import OpenGap
from planner.standing.refusals import Refusal
from planner.standing.standing import Standing

Opened = Literal["today", "retirement", "leaves", "term_end", "vacancy", "closed", "appointed", "rotated"]
"""How a seat fell free: it is free at `as_of`; somebody leaves for good, by the cause; the plan moves the holder."""

Why = Literal[
    "first_order", "after_opening", "after_list", "not_ready", "chosen",
    "nobody_listed", "too_late", "nobody_ready", "elsewhere", "relatives", "gate", "weighed",
]  # fmt: skip
"""Why a seat waits, the one reason.

Where somebody takes over: no order is possible sooner after the data (`first_order`), after a move opened the seat
(`after_opening`), after the person's list was approved (`after_list`); the person is not ready sooner (`not_ready`);
the person could have come sooner, and other goals weigh more (`chosen`).

Where nobody does: the list has no name (`nobody_listed`); the procedure ends after the plan (`too_late`); no name is
ready (`nobody_ready`); every ready name is wanted for another post (`elsewhere`), is a relative of somebody there
(`relatives`), or is not to be proposed (`gate`); a name could come, and other goals weigh more (`weighed`)."""


@dataclass(frozen=True)
class Acting:
    """Somebody looks after the post; `until` is the first day after it."""

    person: PersonId
    since: dt.date
    until: dt.date


@dataclass(frozen=True)
class Reason:
    """Why a seat waits. `person`: of whom it speaks, the nearest where nobody comes; `on`: the day from which an order,
    or the person, is possible; `gap` or `refusal`: what is missing until then, or which relative; `position`: the other
    post."""

    why: Why
    person: PersonId | None = None
    on: dt.date | None = None
    gap: OpenGap | None = None
    refusal: Refusal | None = None
    position: PositionId | None = None


@dataclass(frozen=True)
class OpenSeat:
    """One seat without a holder from `since` up to the day before `until`; None: to the end of the plan, or beyond."""

    position: PositionId
    since: dt.date
    until: dt.date | None
    opened: Opened
    left_by: PersonId | None
    filled_by: PersonId | None
    acting: tuple[Acting, ...]
    reason: Reason


class OpenSeats:
    """The seats without a holder within the horizon, on a standing."""

    def __init__(self, standing: Standing, base_list: BaseList | None = None) -> None:
        self.standing, self.line, self.ground = standing, standing.line, standing.ground
        self._base_list = BaseList(standing) if base_list is None else base_list

    @cached_property
    def all(self) -> tuple[OpenSeat, ...]:
        """By the day on which they fall free, then in the order of posts."""
        found = [seat for position in self.ground.full_time for seat in self._of(position)]
        return tuple(sorted(found, key=lambda seat: seat.since))

    # ---- from when to when ---------------------------------------------------------------------------------------

    def _of(self, position: PositionId) -> Iterator[OpenSeat]:
        """Each seat that falls free waits for the first who comes; what falls free first is filled first."""
        horizon, free = self.ground.horizon, deque[tuple[dt.date, PersonId | None]]()
        stretches: list[tuple[dt.date, PersonId | None, dt.date | None, PersonId | None]] = []
        before: list[PersonId] = []
        for day in self._days(position):
            now = self.line.holders(position, day)
            left = [i for i in before if i not in now]
            came = [i for i in now if i not in before]
            empty = max(0, self.ground.seats[position] - len(now))
            while len(free) > empty:
                since, who = free.popleft()
                stretches.append((since, who, day, came.pop(0) if came else None))
            while len(free) < empty:
                free.append((day, left.pop(0) if left else None))
            before = now
        stretches += [(since, who, None, None) for since, who in free if since <= horizon.until]
        acted = {t: deque(self.line.acting(position, t)) for t in horizon.periods}
        for since, left_by, until, filled_by in sorted(stretches, key=lambda s: s[0]):
            acting = tuple(self._acting(acted, since, until))
            opened = self._opened(position, left_by, since)
            reason = (
                self._until_filled(position, since, until, filled_by, opened)
                if until is not None and filled_by is not None
                else self._never_filled(position, since, opened)
            )
            yield OpenSeat(position, since, until, opened, left_by, filled_by, acting, reason)

    def _days(self, position: PositionId) -> list[dt.date]:
        """The days of the horizon on which somebody may come to the post or leave it, `as_of` first."""
        line, horizon = self.line, self.ground.horizon
        days = {horizon.as_of}
        for person in dict.fromkeys((*self.ground.incumbents[position], *line.entrants(position, horizon.until))):
            days |= {a.on for a in line.appointments.get(person, ())}
            days |= {day for r in line.rotations.get(person, ()) for day in (r.start, r.end)}
            if (leaves := self.standing.expected.leaves.get(person)) is not None:
                days.add(leaves)
        return sorted(day for day in days if horizon.as_of <= day <= horizon.until)

    def _acting(self, acted: dict[int, deque[PersonId]], since: dt.date, until: dt.date | None) -> Iterator[Acting]:
        """Who looks after the seat: from half-year to half-year, those of one person in a row together."""
        horizon, last = self.ground.horizon, None
        for t in horizon.periods:
            instant = horizon.instant(t)
            if not acted[t] or instant < since or (until is not None and until <= instant):
                continue
            person = acted[t].popleft()
            begins, ends = max(since, horizon.start(t)), instant + ONE_DAY
            if until is not None and t + 1 in horizon.periods and until <= horizon.instant(t + 1):
                ends = until
            if last is not None and last.person == person and last.until >= begins:
                last = Acting(person, last.since, ends)
            else:
                if last is not None:
                    yield last
                last = Acting(person, begins, ends)
        if last is not None:
            yield last

    def _opened(self, position: PositionId, left_by: PersonId | None, since: dt.date) -> Opened:
        if left_by is None:
            return "today" if since == self.ground.horizon.as_of else "vacancy"
        departure = next((d for d in self.standing.expected.departures if d.person == left_by and d.on == since), None)
        if departure is not None:
            return departure.cause
        moves = self.line.appointments.get(left_by, ())
        return "appointed" if any(a.on == since and a.position != position for a in moves) else "rotated"

    # ---- why it waits for somebody -------------------------------------------------------------------------------

    def _until_filled(
        self, position: PositionId, since: dt.date, until: dt.date, person: PersonId, opened: Opened
    ) -> Reason:
        """What holds the person back longest, if it lasts until the half-year before the day on which the person comes:
        moves are planned from half-year to half-year."""
        waits = [Reason(why, person, on) for why, on in self._procedure(position, person, since, opened) if on > since]
        ready = self._ready(position, person)
        if ready is not None and ready.on is not None and ready.on > since:
            waits.append(ready)
        longest = max(waits, key=lambda r: r.on or since, default=None)
        if longest is None or longest.on is None or until > end_of_half(longest.on) + ONE_DAY:
            return Reason("chosen", person, longest.on if longest else since)
        return longest

    def _procedure(
        self, position: PositionId, person: PersonId, since: dt.date, opened: Opened
    ) -> Iterator[tuple[Why, dt.date]]:
        """The first days on which the rules on the time of the procedure allow an order."""
        bound = self.standing.bound
        for rule in bound.of(EarliestOrder):
            if rule.forbids("appoint", person, position, since):
                yield "first_order", rule.first_day
        if opened in ("appointed", "rotated"):
            for opening in bound.of(OrderAfterOpening):
                if opening.holds_for(position, since):
                    later = since + dt.timedelta(days=opening.params.days)
                    yield "after_opening", max(later, end_of_half(since) + ONE_DAY)
        decided = self.ground.decided_round.get(position)
        if decided is not None and person not in self.ground.old_lists[position]:
            for listing in bound.of(OrderAfterList):
                day = decided.approved_on + dt.timedelta(days=listing.params.days)
                if listing.is_must and listing.demands(person, position, day):
                    yield "after_list", day

    def _ready(self, position: PositionId, person: PersonId) -> Reason | None:
        """From when the person is ready, with what is missing longest until then."""
        on = self._base_list.ready_on(person, position)
        if on is None:
            return None
        gaps = [g for g in self._base_list.gaps.of(person, position, "appoint") if g.on is not None]
        gap = max(gaps, key=lambda g: g.on or on, default=None)
        refusals = [r for r in self._base_list.refusals(person, position) if r.stage == "appoint"]
        refusal = next((r for r in refusals if r.clears_on is not None), None)
        return Reason("not_ready", person, on, gap, None if gap is not None else refusal)

    # ---- why nobody comes ----------------------------------------------------------------------------------------

    def _never_filled(self, position: PositionId, since: dt.date, opened: Opened) -> Reason:
        standing, until = self.standing, self.ground.horizon.until
        names = standing.listed(position, since)
        if not names:
            return Reason("nobody_listed")
        states = [self._of_name(position, person, since, opened) for person in names]
        for why in ("weighed", "too_late", "elsewhere", "relatives"):
            found = [state for state in states if state.why == why]
            if found:
                return found[0]
        open_ = [state for state in states if state.why != "gate"]
        if not open_:
            return states[0]
        # The nearest: who is ready first; of those never ready who lacks least.
        return min(open_, key=lambda r: (r.on or until + ONE_DAY, self._lacking(position, r)))

    def _lacking(self, position: PositionId, reason: Reason) -> int:
        person = reason.person
        assert person is not None
        gaps = self._base_list.gaps.of(person, position, "appoint")
        return len(gaps) + sum(r.stage == "appoint" for r in self._base_list.refusals(person, position))

    def _of_name(self, position: PositionId, person: PersonId, since: dt.date, opened: Opened) -> Reason:
        """What stands against one name of the list."""
        standing, ground = self.standing, self.ground
        if ground.suitability.is_stopped(person, position):
            return Reason("gate", person)
        appointed = next((a.position for a in self.line.appointments.get(person, ()) if a.position != position), None)
        held_for = next((p for p, i in standing.designated.items() if i == person and p != position), None)
        ready = self._base_list.ready_on(person, position)
        if appointed is not None:
            return Reason("elsewhere", person, position=appointed)
        if ready is None:
            gaps = self._base_list.gaps.of(person, position, "appoint")
            refusals = [r for r in self._base_list.refusals(person, position) if r.stage == "appoint"]
            unsettled = next((g for g in gaps if not g.is_settled), next(iter(gaps), None))
            refusal = None if unsettled else next(iter(refusals), None)
            of_kin = refusal is not None and refusal.reason is not None and refusal.reason.code == "reason.relatives"
            return Reason("relatives" if of_kin else "nobody_ready", person, None, unsettled, refusal)
        if standing.bound.kept_out(self.line, person, position, max(since, ready)):
            return Reason("relatives", person)
        last = max([ready, *(on for _, on in self._procedure(position, person, since, opened))])
        if last > ground.horizon.start(ground.horizon.periods[-1]):
            return Reason("too_late", person, last)
        return (
            Reason("elsewhere", person, position=held_for) if held_for is not None else Reason("weighed", person, last)
        )
