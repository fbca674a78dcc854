"""The end of a term: an elected holder who is too old for another one leaves with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.dates import ONE_DAY
from planner.domain.plan import Departure
from planner.domain.violation import Violation
from planner.rules.base import Rule, RuleParams
from planner.rules.months_left import months_left
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class TermEnd(Rule):
    """The holder of an elected post with fewer than `months` left on the age reference date leaves on the day after
    the term ends; `by_rank` has the months of ranks that need fewer or more. An appointed post raises no vacancy at
    five years: rule `appointment_term` tells of it.

    Source: 45-CT/TW; rules.md §2.2 reelect_age.
    """

    name = "term_end"
    kind = "event"
    may_advise = False

    class Params(RuleParams):
        months: int = Field(48, ge=0, description="months left that allow re-election")
        by_rank: Mapping[str, int] = Field(default_factory=dict, description="months of the posts of a rank")

    params: Params

    def departures(self) -> Iterator[Departure]:
        ground = self.ground
        for position in ground.full_time:
            row = ground.case.position[position]
            if row.filled_by != "elect" or row.term_system is None or not self.applies(position):
                continue
            wanted = self.params.by_rank.get(row.rank, self.params.months)
            for round_ in ground.case.rounds:
                if (
                    round_.system != row.term_system
                    or round_.term_end is None
                    or round_.term_end < ground.horizon.as_of
                ):
                    continue
                reference = round_.age_reference_date or round_.term_end
                if not self.in_force(reference):
                    continue
                for person in ground.incumbents[position]:
                    out = ground.content.retires_on(ground.case.person[person])
                    if months_left(out, reference) < wanted:
                        yield Departure(person=person, on=round_.term_end + ONE_DAY, cause="term_end")

    def check(self, line: Timeline) -> Iterator[Violation]:
        """Its departures are events of every plan; a plan that leaves one out is refused for its departures."""
        yield from ()

    def post(self, problem: Problem, program: Program) -> None:
        """Nothing: the departures are in the dates of the problem."""
