"""Enough service must be left."""

import datetime as dt
from collections.abc import Hashable
from typing import Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class MonthsLeft(PersonalRule):
    """At least `min` months between the reference month and the month of retirement.

    The reference of stage plan is the round's `age_reference_date` where it has one. With `at: age_reference_date` an
    appointment is judged on that date too: the last one of the post's system up to the day, else the first after it.
    `term` narrows stage plan to rounds that plan for the next term (its reference date or its start lies after the
    round) or for the current one; `higher_only` leaves out posts that are not above the own rank. Months are counted
    between calendar months, so that the official cut-offs come out. Service ends with retirement or, with `counts_to:
    departure`, sooner where the case records that the person leaves (a decision, a dated vacancy): nobody counts on who
    is known to go.
    Source: 377-QĐ/TW, 45-CT/TW appendix 2; rules.md §2.1 pool_age_*, §2.2 appt_age_*, first_election_age, §2.6.
    """

    name = "months_left"
    stages = ("plan", "appoint", "rotate")

    class Params(RuleParams):
        min: int = Field(60, ge=0, description="months")
        stages: tuple[Stage, ...] = Field(("plan", "appoint"), description="where the rule holds")
        at: Literal["day", "age_reference_date"] = Field("day", description="on which day an appointment is judged")
        term: Literal["any", "current", "next"] = Field("any", description="the term that a round plans for")
        higher_only: bool = Field(False, description="not for an equal or a lower post")
        counts_to: Literal["departure", "retirement"] = Field(
            "departure", description="what ends service: a recorded departure too, or retirement alone"
        )

    params: Params

    def same_for(self, position: PositionId) -> Hashable:
        decided = self.ground.decided_round.get(position)
        system = self.ground.case.position[position].term_system
        return self.ground.order(position), decided and decided.round_id, system

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        ground, params = self.ground, self.params
        if params.higher_only and ground.order(position) <= ground.person_order[person]:
            return YES
        reference = on
        decided = ground.decided_round.get(position)
        if stage == "plan":
            days = (decided.age_reference_date, decided.term_start) if decided else ()
            for_next = any(day is not None and day > on for day in days)
            if params.term not in ("next" if for_next else "current", "any"):
                return YES
            reference = (decided and decided.age_reference_date) or on
        elif params.at == "age_reference_date":
            reference = ground.age_reference(ground.case.position[position].term_system, on) or on
        retires = ground.retires_on[person]
        ends = ground.leaves_on[person] if params.counts_to == "departure" else retires
        left = months_left(ends, reference)
        if left >= params.min:
            return YES
        values = {"left": max(left, 0), "min": params.min}
        if ends < retires:
            return Verdict(False, self.id, Reason("reason.departs", {**values, "on": ends}))
        return Verdict(False, self.id, Reason("reason.months_left", values))


def months_left(first_day_out: dt.date, reference: dt.date) -> int:
    """Months from the reference month to the month at whose end service ends (the one before the first day out)."""
    return (first_day_out.year - reference.year) * 12 + first_day_out.month - 1 - reference.month
