"""Not local: nobody comes to the post from its own place."""

import datetime as dt
from collections.abc import Hashable

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage
from planner.rules.locality import is_local, place_of


class NonLocal(PersonalRule):
    """Nobody is appointed or rotated to a post of `applies_to` who is local in its place.

    Which posts are meant says the entry, as a rule `{bars_locals: true}`; who is local, `people.local_units` (empty is
    not known, and bars nobody). Source: 65-QĐ/TW art. 4, 45-CT/TW; rules.md §2.3 rot_non_local_heads,
    rot_commune_secretary_non_local.
    """

    name = "non_local"
    stages = ("appoint", "rotate")
    bars_few = True

    class Params(RuleParams):
        stages: tuple[Stage, ...] = Field(("appoint", "rotate"), description="where the rule holds")

    def same_for(self, position: PositionId) -> Hashable:
        return place_of(self.ground, self.ground.case.position[position].unit_id)

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        if not is_local(self.ground, person, position):
            return YES
        place = place_of(self.ground, self.ground.case.position[position].unit_id)
        return Verdict(False, self.id, Reason("reason.local", {"place": place}))
