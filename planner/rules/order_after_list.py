"""Some time between the approval of a list and an order that rests on it."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.dates import ONE_DAY
from planner.domain.ids import PersonId, PositionId
from planner.rules.appointment_from_pool import AppointmentFromPool
from planner.rules.base import RuleParams

if TYPE_CHECKING:
    from planner.problem import Problem


class OrderAfterList(AppointmentFromPool):
    """Who is appointed has been for `days` in the list of the post, or of an equal or higher one.

    Asked where `appointment_from_pool` asks for a list. A name that stays in a list counts from its first day there.
    Planned and appointed within weeks is one act in two papers. Source: 377-QĐ/TW (not in one round); rules.md §7.
    """

    name = "order_after_list"

    class Params(RuleParams):
        new_unit_months: int | None = Field(None, ge=0, description="months for which a new unit needs no list")
        days: int = Field(60, ge=1, description="days after the approval of the list")

    params: Params  # type: ignore[assignment]

    def listed_by(self, on: dt.date) -> dt.date:
        return on - dt.timedelta(days=self.params.days) + ONE_DAY

    def counts_today(self, person: PersonId, position: PositionId, on: dt.date) -> bool:
        since = self.ground.listed_since.get((person, position))
        return since is None or since < self.listed_by(on)

    @cached_property
    def _rounds(self) -> frozenset[dt.date]:
        return frozenset(decided.approved_on for decided in self.ground.decided_round.values())

    def is_asked(self, problem: Problem, person: PersonId, position: PositionId, on: dt.date) -> bool:
        """Where no list has changed in these days and every old name is there for long, `appointment_from_pool` asks
        the same."""
        day = self.listed_by(on)
        if any(day <= approved < on for approved in self._rounds):
            return False
        if not all(
            self.counts_today(person, p, on) for p in problem.lists_of(person) if person in self.ground.old_lists[p]
        ):
            return False
        others = (r for r in problem.bound.must_be_listed if type(r) is AppointmentFromPool)
        return any(rule.demands(person, position, on) for rule in others)
