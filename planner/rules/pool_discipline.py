"""Nobody is planned while a sanction runs."""

import datetime as dt
from typing import Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class PoolDiscipline(PersonalRule):
    """A person under one of the `forms` of discipline that still runs is not planned.

    A form or an end that is not known counts against the person: unknown is not "no".
    Source: 377-QĐ/TW; rules.md §2.1 pool_discipline_377.
    """

    name = "pool_discipline"
    stages = ("plan",)

    class Params(RuleParams):
        forms: tuple[str, ...] = Field(("reprimand", "warning"), description="forms of discipline that bar")
        while_: Literal["not_expired", "ever"] = Field("not_expired", alias="while", description="how long they bar")

    params: Params

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        for row in self.ground.discipline_of.get(person, ()):
            if row.decided > on:
                continue
            if row.form is not None and row.form not in self.params.forms:
                continue
            if self.params.while_ == "not_expired" and row.expires is not None and row.expires <= on:
                continue
            clears = row.expires if row.expires and self.params.while_ == "not_expired" else None
            return Verdict(False, self.id, Reason("reason.discipline_runs", {"form": row.form or "?"}), clears)
        return YES
