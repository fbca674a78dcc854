"""How long a seat may wait for the right person before it counts as a lack."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from planner.domain.violation import Note
from planner.rules.base import InfoRule, RuleParams
from planner.timeline import Timeline

HALF_YEAR = 6


class ToleratedVacancy(InfoRule):
    """A seat may be without holder for `empty` months, or be looked after for `acting` months, before the goals `heads`
    and `posts` count it. Up to then it counts in `choice`, against how suitable people are.

    Judged at instants: months in whole half-years, rounded down; a seat that is empty at `as_of` waits from then on.
    It tells nothing of its own. Of several entries for a post the longest time holds.
    """

    name = "tolerated_vacancy"

    class Params(RuleParams):
        empty: int = Field(0, ge=0, description="months without holder and without anybody acting")
        acting: int = Field(0, ge=0, description="months in which somebody acts")

    params: Params

    @property
    def half_years(self) -> tuple[int, int]:
        """(empty, acting) in half-years."""
        return self.params.empty // HALF_YEAR, self.params.acting // HALF_YEAR

    def notes(self, line: Timeline) -> Iterator[Note]:
        yield from ()
