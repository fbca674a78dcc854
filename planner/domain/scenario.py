"""A scenario: a case, a rulebook, a horizon, goals, and edits.

`extends` has been resolved before this record is made.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from planner.domain.content import Force, Record
from planner.domain.dates import Day, OptionalDay

GoalName = Literal["heads", "posts", "keep", "depth", "preferences", "fit", "effort"]
GOAL_NAMES: tuple[GoalName, ...] = ("heads", "posts", "keep", "depth", "preferences", "fit", "effort")


class HorizonSpec(Record):
    until: Day
    period: Literal["half-year"] = "half-year"

    @field_validator("until")
    @classmethod
    def _end_of_a_half(cls, value: dt.date) -> dt.date:
        if (value.month, value.day) not in ((6, 30), (12, 31)):
            raise ValueError("the end of a calendar half: 30 June or 31 December")
        return value


class RuleOverride(Record):
    """What a scenario changes in an entry of the rulebook: `params` are merged, the rest replaces."""

    params: Mapping[str, Any] = Field(default_factory=dict)
    force: Force | Mapping[Literal["should"], int] | None = None
    from_: OptionalDay = Field(None, alias="from")
    until: OptionalDay = None


class Gap(Record):
    """The relative gap at which the search for a goal may stop; 0 = proven optimal."""

    heads: float = Field(0.01, ge=0)
    posts: float = Field(0.01, ge=0)
    other: float = Field(0.01, ge=0)

    def of(self, goal: str) -> float:
        return {"heads": self.heads, "posts": self.posts}.get(goal, self.other)


def _gap(value: object) -> object:
    return {"heads": value, "posts": value, "other": value} if isinstance(value, int | float) else value


MOST_SECONDS = 10_000_000
"""Some four months: more is no wish, and infinity no number that a clock could wait for."""


class SolveSpec(Record):
    """`seconds` of wall time (60 by default), or `work`: nodes of each search tree, then repeatable."""

    seconds: float | None = Field(None, gt=0, le=MOST_SECONDS)
    work: int | None = Field(None, gt=0)
    gap: Annotated[Gap, BeforeValidator(_gap)] = Gap()
    seed: int = 1
    workers: int | Literal["auto"] = "auto"

    @model_validator(mode="after")
    def _seconds_or_work(self) -> "SolveSpec":
        if self.seconds is not None and self.work is not None:
            raise ValueError("seconds or work, not both")
        return self

    @property
    def wall_seconds(self) -> float | None:
        """The limit of wall time; None where the work is limited instead."""
        return None if self.work is not None else self.seconds or 60.0


def _tiers(value: object) -> object:
    return [[v] if isinstance(v, str) else v for v in value] if isinstance(value, list | tuple) else value


class Scenario(Record):
    """`edits` are applied to the case in order; each is (name, values). `goals` are tiers in order."""

    title: str
    case: str
    content: str
    rulebook: str
    as_of: Day
    horizon: HorizonSpec
    names_from: Literal["nominated", "eligible", "both"] = "both"
    goals: Annotated[tuple[tuple[GoalName, ...], ...], BeforeValidator(_tiers)] = (
        ("heads",), ("posts",), ("keep", "depth"), ("preferences",), ("fit", "effort"),
    )  # fmt: skip
    rules: Mapping[str, RuleOverride] = Field(default_factory=dict)
    solve: SolveSpec = SolveSpec()
    lead_months: int = Field(0, ge=0)
    edits: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    path: Path | None = None
    """Where the scenario was read from; None for one made in memory."""
