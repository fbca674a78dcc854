"""Nobody is appointed, or enters a list, while under discipline, investigation or prosecution."""

import datetime as dt
from collections.abc import Hashable, Iterator

from pydantic import Field

from planner.domain.dates import ONE_DAY, add_months, last_possible
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class NotBarred(PersonalRule):
    """Nobody is moved or listed from `barred_from` to `barred_until`, or while a sanction runs, at the `stages` given.

    A bar without a beginning has always held, one without an end holds until somebody ends it. A sanction whose end is
    not known runs `months_if_unknown` from its decision; one of the `no_sanction` cases is none. With
    `new_names_only` a name in force stays in its list until the matter is decided.
    Source: 377-QĐ/TW, NĐ 170/2025; rules.md §2.2 appt_in_discipline.
    """

    name = "not_barred"
    stages = ("plan", "appoint", "rotate")

    class Params(RuleParams):
        sanctions: bool = Field(True, description="whether a sanction that runs bars as well")
        months_if_unknown: int = Field(12, ge=1, description="months that a sanction without a known end runs")
        no_sanction: tuple[str, ...] = Field((), description="values of no_sanction_case that are no sanction")
        stages: tuple[Stage, ...] = Field(("appoint",), description="where the rule holds")
        new_names_only: bool = Field(False, description="whether names in force stay in their list")

    params: Params

    def same_for(self, position: PositionId) -> Hashable:
        return self._staying(position) or None

    def _staying(self, position: PositionId) -> tuple[PersonId, ...]:
        return self.ground.old_lists.get(position, ()) if self.params.new_names_only else ()

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        if stage == "plan" and person in self._staying(position):
            return YES
        found = list(self._bars(person, on))
        if not found:
            return YES
        why, ends = max(found, key=lambda bar: bar[1] or dt.date.max)
        return Verdict(False, self.id, Reason("reason.barred", {"why": why, "until": ends or "?"}), ends)

    def _bars(self, person: PersonId, on: dt.date) -> Iterator[tuple[str, dt.date | None]]:
        """(why, first day on which it bars no more) of everything that bars on the day."""
        row = self.ground.case.person[person]
        since, until = row.barred_from, row.barred_until and last_possible(row.barred_until)
        if (since or until) and (since is None or since <= on) and (until is None or on <= until):
            yield row.barred_why or "?", until and until + ONE_DAY
        for sanction in self.ground.discipline_of.get(person, ()) if self.params.sanctions else ():
            if sanction.no_sanction_case in self.params.no_sanction:
                continue
            ends = sanction.expires or add_months(last_possible(sanction.decided), self.params.months_if_unknown)
            if sanction.decided <= on < ends:
                yield sanction.form or "?", ends
