"""How often lists are reviewed after the round that a plan decides."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from planner.domain.violation import Note
from planner.rules.base import InfoRule, RuleParams
from planner.timeline import Timeline


class YearlyReview(InfoRule):
    """Lists are reviewed every `months` after the round that the plan decides, so that a plan assumes later rounds.

    The assumed rounds are no decisions: the table `later_rounds` says what names they would have to add. It tells
    nothing of its own. Of several entries for a post the shortest time holds.

    Source: 377-QĐ/TW; rules.md §2.1 pool_review_window.
    """

    name = "yearly_review"

    class Params(RuleParams):
        months: int = Field(12, ge=1, description="months between two reviews")

    params: Params

    def notes(self, line: Timeline) -> Iterator[Note]:
        yield from ()
