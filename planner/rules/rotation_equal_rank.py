"""A rotation goes to an equal post."""

import datetime as dt
from collections.abc import Hashable

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, Stage


class RotationEqualRank(PersonalRule):
    """Placed in a post of the own rank. Source: 65-QĐ/TW; rules.md §2.3 rot_equal_rank."""

    name = "rotation_equal_rank"
    stages = ("rotate",)
    timeless = True

    def same_for(self, position: PositionId) -> Hashable:
        return self.ground.order(position)

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        own, target = self.ground.person_order[person], self.ground.order(position)
        if own == target:
            return YES
        return Verdict(False, self.id, Reason("reason.not_equal_rank", {"own": own, "target": target}))
