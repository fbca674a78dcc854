"""A scenario: a case, a rulebook, a horizon, goals, and edits.

`extends` has been resolved before this record is made.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from planner.domain.content import Force
from planner.domain.dates import Day, OptionalDay
from planner.domain.record import Record

GoalName = Literal["heads", "posts", "keep", "depth", "preferences", "fit", "effort"]


class HorizonSpec(Record):
    until: Day = Field(description="the end of a calendar half, at most 30 years on")
    period: Literal["half-year"] = Field("half-year", description="length of the periods")

    @field_validator("until")
    @classmethod
    def _end_of_a_half(cls, value: dt.date) -> dt.date:
        if (value.month, value.day) not in ((6, 30), (12, 31)):
            raise ValueError("the end of a calendar half: 30 June or 31 December")
        return value


class RuleOverride(Record):
    """What a scenario changes in an entry of the rulebook: `params` are merged, the rest replaces."""

    params: Mapping[str, Any] = Field(default_factory=dict, description="parameters of the rule, merged")
    force: Force | Mapping[Literal["should"], int] | None = Field(None, description="as in a rulebook")
    from_: OptionalDay = Field(None, alias="from", description="first day in force")
    until: OptionalDay = Field(None, description="last day in force")


class Gap(Record):
    """The relative gap at which the search for a goal may stop; 0 = proven optimal."""

    heads: float = Field(0.01, ge=0, description="of the goal heads")
    posts: float = Field(0.01, ge=0, description="of the goal posts")
    other: float = Field(0.01, ge=0, description="of every other tier")

    def of(self, goal: str) -> float:
        return {"heads": self.heads, "posts": self.posts}.get(goal, self.other)


def _gap(value: object) -> object:
    return {"heads": value, "posts": value, "other": value} if isinstance(value, int | float) else value


MOST_SECONDS = 10_000_000
"""Some four months: more is no wish, and infinity no number that a clock could wait for."""


class SolveSpec(Record):
    """`seconds` of wall time (60 by default), or `work`: nodes of each search tree, then repeatable."""

    seconds: float | None = Field(None, gt=0, le=MOST_SECONDS, description="wall time")
    work: int | None = Field(
        None, gt=0, description="nodes of each search tree; with one worker the same input gives the same plan"
    )
    gap: Annotated[Gap, BeforeValidator(_gap)] = Field(
        Gap(), description="a number for all, or one for heads, posts and other"
    )
    seed: int = Field(1, description="seed of the search")
    workers: Annotated[int, Field(ge=1)] | Literal["auto"] = Field(
        "auto", description="solvers at a time, a thread each; auto: as many as there are cores"
    )
    memory: float | None = Field(
        None, gt=0, description="GiB that the program and its solvers may take together; as a rule no limit"
    )

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

    title: str = Field(description="what people call it")
    case: str = Field(description="folder of tables, or workbook, beside this file")
    content: str = Field(description="a content set of ours by name, or a folder beside the scenario's (with a slash)")
    rulebook: str = Field(description="file of the content's rulebooks/, without ending")
    as_of: Day = Field(description="the day of the plan: what is known then is the start")
    horizon: HorizonSpec = Field(description="how far is planned")
    names_from: Literal["nominated", "eligible", "both"] = Field(
        "both", description="who may enter a list: nominated names, everybody eligible, or both"
    )
    goals: Annotated[tuple[tuple[GoalName, ...], ...], BeforeValidator(_tiers)] = (
        ("heads",), ("posts",), ("keep", "depth"), ("preferences",), ("fit", "effort"),
    )  # fmt: skip
    rules: Mapping[str, RuleOverride] = Field(
        default_factory=dict, description="changes of rulebook entries, by entry id"
    )
    solve: SolveSpec = Field(SolveSpec(), description="how long and how exactly")
    lead_months: int = Field(0, ge=0, description="months before a vacancy by which a successor must be ready")
    edits: tuple[tuple[str, Mapping[str, Any]], ...] = Field((), description="what-ifs, one key each, as below")
    path: Path | None = None
    """Where the scenario was read from; None for one made in memory."""
