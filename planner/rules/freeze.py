"""For a time nobody is planned, moved or appointed."""

import datetime as dt

from pydantic import Field

from planner.domain.dates import ONE_DAY
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class Freeze(PersonalRule):
    """While the entry is in force no new name enters a list, nobody is appointed and nobody is rotated.

    Names in force stay. `from` and `until` of the entry are the window, `applies_to` are the posts.
    Source: KL 128-KL/TW (2025); rules.md §2.1 cadre_freeze_2025.
    """

    name = "freeze"
    stages = ("plan", "appoint", "rotate")

    class Params(RuleParams):
        stages: tuple[Stage, ...] = Field(("plan", "appoint", "rotate"), description="what is suspended")

    params: Params

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        if stage == "plan" and person in self.ground.old_lists.get(position, ()):
            return YES
        until = self.entry.until
        return Verdict(False, self.id, Reason("reason.frozen", {"until": until or "?"}), until and until + ONE_DAY)
