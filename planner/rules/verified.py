"""Personal file, declaration of assets and health are verified before an appointment."""

import datetime as dt
from collections.abc import Hashable, Iterator
from typing import Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Note, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage
from planner.timeline import Timeline

Flag = Literal["file_ok", "assets_ok", "health_ok"]


class Verified(PersonalRule):
    """Nobody is appointed of whom one of the `flags` is "no".

    An empty flag is not "no": it refuses neither the planning nor the plan, but is told for each appointment of the
    plan, whose papers wait until it is verified. Source: 80-QĐ/TW, 377-QĐ/TW; rules.md §2.2 appt_file_assets,
    appt_health.
    """

    name = "verified"
    stages = ("appoint",)

    class Params(RuleParams):
        flags: tuple[Flag, ...] = Field(min_length=1, description="columns of people that must not say no")
        stages: tuple[Stage, ...] = Field(("appoint",), description="where the rule holds")

    params: Params

    def same_for(self, position: PositionId) -> Hashable:
        return None

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        row = self.ground.case.person[person]
        refused = [flag for flag in self.params.flags if getattr(row, flag) is False]
        return Verdict(False, self.id, Reason("reason.not_verified", {"flag": refused[0]})) if refused else YES

    def unverified(self, person: PersonId) -> tuple[Flag, ...]:
        """The flags of which nothing is known."""
        row = self.ground.case.person[person]
        return tuple(flag for flag in self.params.flags if getattr(row, flag) is None)

    def notes(self, line: Timeline) -> Iterator[Note]:
        yield from super().notes(line)
        for a in line.plan.appointments:
            flags = self.unverified(a.person)
            if flags and self.in_force(a.judged_on) and self.applies(a.position):
                if not self.waiver_for((a.person, a.position), a.judged_on):
                    reason = Reason("note.not_verified", {"flags": ", ".join(flags)})
                    yield Note(self.id, reason, a.person, a.position, on=a.on)
