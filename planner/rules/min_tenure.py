"""Some time in the present post before a higher one."""

import datetime as dt
from collections.abc import Hashable

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage
from planner.timeline.ground import NEVER


class MinTenure(PersonalRule):
    """Nobody is appointed to a higher post before `months` in the present or an equal one.

    Only time at the rank held at `as_of` adds up, past and present, on rotation too; it runs on to the day. Time whose
    beginning is not known counts from `as_of`. Who holds no post yet (the lowest rank) is exempt: a first appointment.
    Source: 80-QĐ/TW, 377-QĐ/TW; rules.md §2.2 appt_min_tenure.
    """

    name = "min_tenure"
    stages = ("appoint",)

    class Params(RuleParams):
        months: int = Field(24, ge=1, description="months in the present or an equal post")
        stages: tuple[Stage, ...] = Field(("appoint",), description="where the rule holds")

    params: Params

    def same_for(self, position: PositionId) -> Hashable:
        return self.ground.order(position)

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        ground = self.ground
        own = ground.person_order[person]
        if own == ground.lowest_order or ground.order(position) <= own:
            return YES
        complete = ground.months_at_order_on(person, own, self.params.months)
        if complete <= on:
            return YES
        clears = None if complete == NEVER else complete
        return Verdict(False, self.id, Reason("reason.min_tenure", {"months": self.params.months}), clears)
