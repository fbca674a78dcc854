"""Whether the yearly ratings that the planning tables show are known."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule, RuleParams
from planner.timeline import Timeline


class RatingHistory(InfoRule):
    """Of every name after the round the last `years` yearly ratings are known; those that are missing are told.

    A case without any rating is told once. Source: forms Phụ lục 1 and 2; rules.md §2.5 rate_history_3y.
    """

    name = "rating_history"

    class Params(RuleParams):
        years: int = Field(3, ge=1, description="years before that of the round")

    params: Params

    def notes(self, line: Timeline) -> Iterator[Note]:
        if not self.ground.case.ratings:
            if line.plan.pools and self.in_force(self.ground.horizon.as_of):
                yield Note(self.id, Reason("note.ratings_absent"))
            return
        known = {(row.person_id, row.year) for row in self.ground.case.ratings}
        told = set()
        for decided, position, names in line.lists():
            day = decided.approved_on
            if not self.in_force(day) or not self.applies(position):
                continue
            for person in names:
                missing = [y for y in range(day.year - self.params.years, day.year) if (person, y) not in known]
                if missing and person not in told:
                    told.add(person)
                    years = ", ".join(map(str, missing))
                    yield Note(self.id, Reason("note.ratings_missing", {"years": years}), person, on=day)
