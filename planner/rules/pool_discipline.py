"""Nobody is planned while a sanction runs, or after one that lasts."""

import datetime as dt
from collections.abc import Hashable
from typing import Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class PoolDiscipline(PersonalRule):
    """A person under one of the `forms` of discipline that still runs is not planned, nor after one of `lasting`.

    A form or an end that is not known counts against the person: unknown is not "no". A row whose `no_sanction_case` is
    one of `no_sanction` is no sanction (377: self-criticism only; time-barred, a reprimand at most, corrected).
    Source: 50-QĐ/TW, 377-QĐ/TW; rules.md §2.1 pool_discipline_50, pool_discipline_377.
    """

    name = "pool_discipline"
    stages = ("plan",)

    class Params(RuleParams):
        forms: tuple[str, ...] = Field(("reprimand", "warning"), description="forms of discipline that bar")
        while_: Literal["not_expired", "ever"] = Field("not_expired", alias="while", description="how long they bar")
        lasting: tuple[str, ...] = Field((), description="forms that bar also once they have run out")
        no_sanction: tuple[str, ...] = Field((), description="values of no_sanction_case that do not bar")

    params: Params

    def same_for(self, position: PositionId) -> Hashable:
        return None

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        for row in self.ground.discipline_of.get(person, ()):
            if row.decided > on or row.no_sanction_case in self.params.no_sanction:
                continue
            for_good = self.params.while_ == "ever" or row.form in self.params.lasting
            if row.form is not None and row.form not in (*self.params.forms, *self.params.lasting):
                continue
            if not for_good and row.expires is not None and row.expires <= on:
                continue
            clears = row.expires if row.expires and not for_good else None
            return Verdict(False, self.id, Reason("reason.discipline_runs", {"form": row.form or "?"}), clears)
        return YES
