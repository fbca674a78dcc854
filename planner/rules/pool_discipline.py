"""Nobody is planned while a sanction runs, or after one that lasts."""

import datetime as dt
from collections.abc import Hashable
from functools import cached_property
from typing import Literal

from pydantic import Field

from planner.domain.case import Discipline
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage
from planner.timeline.ground import LONG_AGO, NEVER


class PoolDiscipline(PersonalRule):
    """A person under one of the `forms` of discipline that still runs is not planned, nor after one of `lasting`.

    With `while: since_listed` a name in force goes out as well for one that was decided since it entered the list,
    though it has run out: who was taken out of a list so may enter it again. With `while: ever` none is forgotten.
    A form or an end that is not known counts against the person: unknown is not "no". A row whose `no_sanction_case` is
    one of `no_sanction` is no sanction (377: self-criticism only; time-barred, a reprimand at most, corrected).
    Source: 50-QĐ/TW, 377-QĐ/TW; rules.md §2.1 pool_discipline_50, pool_discipline_377.
    """

    name = "pool_discipline"
    stages = ("plan",)

    class Params(RuleParams):
        forms: tuple[str, ...] = Field(("reprimand", "warning"), description="forms of discipline that bar")
        while_: Literal["not_expired", "since_listed", "ever"] = Field(
            "not_expired", alias="while", description="how long they bar"
        )
        lasting: tuple[str, ...] = Field((), description="forms that bar also once they have run out")
        no_sanction: tuple[str, ...] = Field((), description="values of no_sanction_case that do not bar")

    params: Params

    def same_for(self, position: PositionId) -> Hashable:
        return position if self.params.while_ == "since_listed" and self._listed_at(position) else None

    @cached_property
    def _listed_since(self) -> dict[PositionId, dict[PersonId, dt.date]]:
        """When each name in force entered the list; a day that is not known lies before every sanction."""
        found: dict[PositionId, dict[PersonId, dt.date]] = {}
        for row in self.ground.case.pools:
            if row.status != "remove" and row.person_id in self.ground.old_lists.get(row.position_id, ()):
                names = found.setdefault(row.position_id, {})
                names[row.person_id] = min(row.since or LONG_AGO, names.get(row.person_id, NEVER))
        return found

    def _listed_at(self, position: PositionId) -> dict[PersonId, dt.date]:
        return self._listed_since.get(position, {})

    def _for_good(self, row: Discipline, position: PositionId) -> bool:
        """Whether the sanction bars from the list though it has run out."""
        if row.form in self.params.lasting or self.params.while_ == "ever":
            return True
        since = self._listed_at(position).get(row.person_id) if self.params.while_ == "since_listed" else None
        return since is not None and since <= row.decided

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        for row in self.ground.discipline_of.get(person, ()):
            if row.decided > on or row.no_sanction_case in self.params.no_sanction:
                continue
            for_good = self._for_good(row, position)
            if row.form is not None and row.form not in (*self.params.forms, *self.params.lasting):
                continue
            if not for_good and row.expires is not None and row.expires <= on:
                continue
            clears = row.expires if row.expires and not for_good else None
            return Verdict(False, self.id, Reason("reason.discipline_runs", {"form": row.form or "?"}), clears)
        return YES
