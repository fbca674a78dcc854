"""Enough service must be left."""

import datetime as dt

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class MonthsLeft(PersonalRule):
    """At least `min` months between the reference month and the month of retirement.

    The reference of stage plan is the round's `age_reference_date` where it has one. Months are counted between
    calendar months, so that the official cut-offs come out. Source: 377-QĐ/TW, 45-CT/TW appendix 2; rules.md §2.1
    pool_age_*, §2.2 appt_age_full_term, §2.6.
    """

    name = "months_left"
    stages = ("plan", "appoint", "rotate")

    class Params(RuleParams):
        min: int = Field(60, ge=0, description="months")
        stages: tuple[Stage, ...] = Field(("plan", "appoint"), description="where the rule holds")

    params: Params

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        reference = on
        if stage == "plan":
            decided = self.ground.decided_round.get(position)
            reference = (decided and decided.age_reference_date) or on
        left = months_left(self.ground.content.retires_on(self.ground.case.person[person]), reference)
        if left >= self.params.min:
            return YES
        return Verdict(False, self.id, Reason("reason.months_left", {"left": left, "min": self.params.min}))


def months_left(first_day_out: dt.date, reference: dt.date) -> int:
    """Months from the reference month to the month at whose end service ends (the one before the first day out)."""
    return (first_day_out.year - reference.year) * 12 + first_day_out.month - 1 - reference.month
