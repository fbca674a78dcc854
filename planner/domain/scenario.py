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

GoalName = Literal["heads", "posts", "keep", "nominations", "depth", "choice", "preferences", "pipeline", "effort"]


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


class Rates(Record):
    """What the goals `choice` and `pipeline` count for what: whole numbers, in half points of suitability for one post.

    Those marked × are multiplied by the criticality of the post, and by `head` where it leads a unit.
    """

    head: int = Field(3, ge=1, description="how much more a post that leads a unit counts than another")
    appointed: int = Field(2, ge=0, description="× each point by which who is appointed is below whoever suits best")
    designated: int = Field(1, ge=0, description="× each point by which a designated successor is below that")
    no_successor: int = Field(
        40, ge=0, description="× a post without a successor from which nobody is expected to leave"
    )
    missing_name: int = Field(6, ge=0, description="× a ready name that is missing for such a post")
    other_list: int = Field(16, ge=0, description="× an appointment of somebody who is not in the post's own list then")
    waiting: int = Field(4, ge=0, description="× each month in which a seat has no holder; half of it where one acts")
    left_open: int = Field(200, ge=0, description="× a seat without a holder at the end of the horizon")
    promise: int = Field(60, ge=0, description="× a written promise of a post after a rotation that is not kept")
    between_units: int = Field(
        8, ge=0, description="a move to a unit that is neither above the person's own nor below it"
    )
    from_outside: int = Field(
        24, ge=0, description="× an appointment of somebody who leads today in a post that the case does not hold"
    )
    appointment: int = Field(4, ge=0, description="an appointment")
    rotation: int = Field(40, ge=0, description="a rotation")
    new_name: int = Field(20, ge=0, description="a new name in a list that nobody has nominated")
    passing_name: int = Field(
        200, ge=0, description="such a name of somebody whom the plan appoints to another post of that rank, or higher"
    )
    new_name_points: int = Field(5, ge=1, description="so many points below whoever suits best make 1 for a new name")
    path: int = Field(40, ge=0, description="a demand that a listed person lacks to the end, at full suitability")
    away_from_post: int = Field(
        6, ge=0, description="a full-time place for somebody who leads a unit; half for another holder"
    )


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
        ("heads",), ("posts",), ("keep", "nominations", "depth"), ("choice",), ("preferences", "pipeline"), ("effort",),
    )  # fmt: skip
    rules: Mapping[str, RuleOverride] = Field(
        default_factory=dict, description="changes of rulebook entries, by entry id"
    )
    solve: SolveSpec = Field(SolveSpec(), description="how long and how exactly")
    lead_months: int = Field(0, ge=0, description="months before a vacancy by which a successor must be ready")
    rates: Rates = Field(Rates(), description="what merit, waiting, moves and effort count against each other")
    edits: tuple[tuple[str, Mapping[str, Any]], ...] = Field((), description="what-ifs, one key each, as below")
    path: Path | None = None
    """Where the scenario was read from; None for one made in memory."""
