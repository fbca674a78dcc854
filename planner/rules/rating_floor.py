"""Planned is who was rated well enough."""

import datetime as dt
from collections.abc import Hashable, Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from planner.domain.content import Content
from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Stage


class RatingFloor(PersonalRule):
    """In each of the last `years` calendar years before the day the yearly rating is at least `min`.

    A name in force that falls below leaves its list at the round. A year without a rating, or with one that is no
    class, passes, unless `unknown` says that it fails. The classes and their order are those of the content
    (`ratings`), else of `order`, best first.
    Source: 377-QĐ/TW; rules.md §2.5 rate_min_for_pool.
    """

    name = "rating_floor"
    stages = ("plan",)

    class Params(RuleParams):
        min: str = Field(description="lowest class that is enough")
        years: int = Field(3, ge=1, le=60, description="years before that of the day")
        unknown: Literal["passes", "fails"] = Field("passes", description="a year without a rating")
        order: tuple[str, ...] = Field(
            ("excellent", "good", "complete", "not_complete"),
            description="classes from best to worst, where the content has none",
        )
        stages: tuple[Stage, ...] = Field(("plan",), description="where the rule holds")

        @model_validator(mode="after")
        def _known_class(self) -> "RatingFloor.Params":
            if self.min not in self.order:
                raise ValueError(f"min is one of {', '.join(self.order)}")
            return self

    params: Params

    @classmethod
    def unknown_names(cls, params: RuleParams, content: Content) -> Iterator[tuple[str, str, list[str]]]:
        assert isinstance(params, RatingFloor.Params)
        classes = [c.code for c in content.ratings]
        if classes and params.min not in classes:
            yield "min", params.min, classes

    def same_for(self, position: PositionId) -> Hashable:
        return None

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        classes = [c.code for c in self.ground.content.ratings] or list(self.params.order)
        wanted = classes.index(self.params.min)
        for year in range(on.year - 1, on.year - 1 - self.params.years, -1):
            rating = self.ground.rating_of.get((person, year))
            known = rating in classes
            if not known and self.params.unknown == "passes":
                continue
            if not known or classes.index(str(rating)) > wanted:
                reason = Reason("reason.rating_floor", {"year": year, "rating": rating or "?", "min": self.params.min})
                return Verdict(False, self.id, reason, self._ends(year))
        return YES

    def _ends(self, year: int) -> dt.date | None:
        """The day from which the year counts no more; None where it has no rating because none is known so late.

        Where such years fail they fail for ever: the next year is without a rating as well.
        """
        return None if year > self._last_rated else dt.date(year + self.params.years + 1, 1, 1)

    @cached_property
    def _last_rated(self) -> int:
        return max((year for _, year in self.ground.rating_of), default=0)
