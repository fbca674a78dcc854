"""After a sanction, a waiting time before a higher post."""

import datetime as dt
from collections.abc import Hashable, Mapping

from pydantic import Field

from planner.domain.dates import add_months, last_possible
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class DisciplineWait(PersonalRule):
    """Nobody is appointed before `months` of the form have passed since the decision.

    An unknown form counts as the heaviest; a row whose `no_sanction_case` is one of `no_sanction` is none.
    Source: 377-QĐ/TW; rules.md §2.2 appt_post_discipline.
    """

    name = "discipline_wait"
    stages = ("appoint",)

    class Params(RuleParams):
        months: Mapping[str, int] = Field(description="months to wait by form of discipline", min_length=1)
        no_sanction: tuple[str, ...] = Field((), description="values of no_sanction_case that are no sanction")

    params: Params

    def same_for(self, position: PositionId) -> Hashable:
        return None

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        wait: dt.date | None = None
        form: str | None = None
        for row in self.ground.discipline_of.get(person, ()):
            if row.decided > on or row.no_sanction_case in self.params.no_sanction:
                continue
            months = self.params.months.get(row.form, 0) if row.form else max(self.params.months.values())
            until = add_months(last_possible(row.decided), months)
            if until > on and (wait is None or until > wait):
                wait, form = until, row.form
        if wait is None:
            return YES
        return Verdict(False, self.id, Reason("reason.discipline_wait", {"form": form or "?", "until": wait}), wait)
