"""Only a higher post, and not too far up at once."""

import datetime as dt
from collections.abc import Hashable
from functools import cached_property

from pydantic import Field

from planner.domain.ids import PersonId, PositionId, RankCode
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class UpwardOnly(PersonalRule):
    """A person is planned for and appointed to a higher rank only, at most `max_step_up` of that rank above the own.

    Where the rank names its `feeders`, only from one of them or a rank of equal order. The rank of a person is the
    highest that is held at `as_of`. To the post that was promised for the time after a rotation in progress
    (`return_to`) a person may also come at the own rank. Source: 377-QĐ/TW; rules.md §2.1 pool_upward_only, §5.
    """

    name = "upward_only"
    stages = ("plan", "appoint")
    timeless = True

    class Params(RuleParams):
        stages: tuple[Stage, ...] = Field(("plan", "appoint"), description="where the rule holds")

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        own, target = self.ground.person_order[person], self.ground.order(position)
        if stage == "appoint" and position == self.ground.returns.get(person):
            return YES
        if target <= own:
            return Verdict(False, self.id, Reason("reason.not_upward", {"own": own, "target": target}))
        rank = self.ground.content.rank[self.ground.case.position[position].rank]
        step = rank.max_step_up
        if step is not None and target - own > step:
            return Verdict(False, self.id, Reason("reason.step_too_large", {"step": target - own, "max": step}))
        if own not in self._feeding[rank.code]:
            return Verdict(False, self.id, Reason("reason.not_a_feeder", {"own": own, "target": target}))
        return YES

    def same_for(self, position: PositionId) -> Hashable:
        return position if position in self.ground.returns.values() else self.ground.case.position[position].rank

    @cached_property
    def _feeding(self) -> dict[RankCode, frozenset[int]]:
        """By rank the orders from which one may; a rank without feeders takes all."""
        ranks = self.ground.content.ranks
        return {
            rank.code: frozenset(r.order for r in ranks if rank.feeders is None or r.code in rank.feeders)
            for rank in ranks
        }
