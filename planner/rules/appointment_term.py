"""When the term of an appointment is over: nobody leaves by it, and somebody has to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pydantic import Field

from planner.domain.dates import ONE_DAY, add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule, Rule, RuleParams
from planner.timeline import Timeline


class AppointmentTerm(InfoRule):
    """An appointment runs `months`; whoever reaches its end within the horizon and still holds the post is told.

    The end is `service.term_until` where the case has it, else so many months after `since`, and again after as many.
    It opens no vacancy. Source: NĐ 138/2020, NĐ 170/2025; rules.md §2.2 appt_term_5y.
    """

    name = "appointment_term"

    class Params(RuleParams):
        months: int = Field(60, ge=1, description="months of one appointment")

    params: Params

    def notes(self, line: Timeline) -> Iterator[Note]:
        for person, position, end in terms_ending(self, line, self.params.months):
            yield Note(self.id, Reason("note.term_ends"), person, position, on=end)


def terms_ending(rule: Rule, line: Timeline, months: int) -> Iterator[tuple[PersonId, PositionId, dt.date]]:
    """(holder, post, end) of the appointments whose term ends within the horizon, with the holder still there.

    Both those of the case and those of the plan. On the day of the end the entry must be in force.
    """
    ground = line.ground
    for position in ground.full_time:
        if not rule.applies(position):
            continue
        ends = {i: end for i in ground.incumbents[position] if (end := _end_now(line, i, position, months))}
        ends |= {i: add_months(on, months) for i, on in _taken_over(line, position)}
        for person, end in sorted(ends.items()):
            there = line.post_of(person, end - ONE_DAY) == position and line.in_service(person, end)
            if there and ground.horizon.as_of < end <= ground.horizon.until and rule.in_force(end):
                yield person, position, end


def _end_now(line: Timeline, person: PersonId, position: PositionId, months: int) -> dt.date | None:
    """The next end of the term that runs at `as_of`; None where the case does not say since when."""
    as_of = line.ground.horizon.as_of
    rows = [row for row in line.ground.present_rows(person) if row.position_id == position and row.kind != "acting"]
    given = [row.term_until for row in rows if row.term_until is not None]
    if given:
        return max(given)
    starts = [row.since for row in rows if row.since is not None]
    if not starts:
        return None
    terms = 1
    while add_months(min(starts), terms * months) <= as_of:
        terms += 1
    return add_months(min(starts), terms * months)


def _taken_over(line: Timeline, position: PositionId) -> Iterator[tuple[PersonId, dt.date]]:
    for a in line.plan.appointments:
        if a.position == position:
            yield a.person, a.on
