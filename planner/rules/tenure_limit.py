"""Nobody stays too long in one place."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from planner.domain.dates import add_months
from planner.domain.ids import PersonId, PositionId
from planner.rules.barred_holders import BarredHolders
from planner.rules.base import RuleParams
from planner.rules.stay import place_of_post, stay_of


class TenureLimit(BarredHolders):
    """A holder is not in the same place (posts of one rank in one unit) for `months` or more.

    Counted is the unbroken time that lasts to `as_of`; it goes on in any post of the place. A stay that the plan begins
    is not counted: it would have to be longer than the horizon. Under `must` a holder past the limit is inherited, and
    may not be moved within the place; as a wish the rule wants the holder moved away.
    Source: 65-QĐ/TW, NĐ 138/2020 art. 41, 646-QĐ/TU; rules.md §2.3 head_two_terms, hd_head_8y, hd_deputy_10y.
    """

    name = "tenure_limit"

    class Params(RuleParams):
        months: int = Field(120, ge=1, description="months in one place")

    params: Params

    def barred_from(self, person: PersonId, position: PositionId) -> dt.date | None:
        stay = stay_of(self.ground, person)
        if stay is None or stay.place != place_of_post(self.ground, position):
            return None
        return add_months(stay.since, self.params.months)
