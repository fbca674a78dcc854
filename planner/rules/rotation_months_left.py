"""How much service must be left when a rotation starts: more for development than where a policy asks for the move."""

import datetime as dt
from collections.abc import Hashable
from functools import cached_property
from typing import Literal

from pydantic import Field

from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage
from planner.rules.locality import is_local
from planner.rules.months_left import months_left
from planner.rules.stay import stay_of
from planner.timeline.ground import LONG_AGO, NEVER


class RotationMonthsLeft(PersonalRule):
    """At the start of a rotation of one kind at least `min` months of service are left, up to a recorded departure too.

    The data tells the kinds apart. A *policy* move is that of a holder who may not stay: local at a post that bars
    locals, or `long_stay` months and more in one place. Every other move is for *development*.
    Source: 65-QĐ/TW art. 5, 98-QĐ/TW art. 5; rules.md §2.3 rot_remaining_service, rot_remaining_policy.
    """

    name = "rotation_months_left"
    stages = ("rotate",)

    class Params(RuleParams):
        moves: Literal["development", "policy"] = Field(description="the kind of moves that the entry judges")
        min: int = Field(ge=0, description="months left at the start")
        long_stay: int = Field(120, ge=1, description="months in one place that make a move one of policy")

    params: Params

    @cached_property
    def _policy_from(self) -> dict[PersonId, dt.date]:
        """The first day on which a policy asks for a move of a holder."""
        found: dict[PersonId, dt.date] = {}
        for person, home in self.ground.home.items():
            if home is None:
                continue
            stay = stay_of(self.ground, person)
            if self.ground.case.position[home].bars_locals and is_local(self.ground, person, home):
                found[person] = LONG_AGO
            elif stay is not None:
                found[person] = add_months(stay.since, self.params.long_stay)
        return found

    def is_policy_move(self, person: PersonId, on: dt.date) -> bool:
        """Whether a policy asks for a move of the person on the day."""
        return self._policy_from.get(person, NEVER) <= on

    def same_for(self, position: PositionId) -> Hashable:
        return None

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        if self.is_policy_move(person, on) != (self.params.moves == "policy"):
            return YES
        left = months_left(self.ground.leaves_on[person], on)
        if left >= self.params.min:
            return YES
        return Verdict(False, self.id, Reason("reason.months_left", {"left": left, "min": self.params.min}))
