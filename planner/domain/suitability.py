"""How suitable a person is for a post: the components of a content set's `suitability.yaml`, parameters only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from planner.domain.ids import CompetencyId
from planner.domain.record import Name, Record, Status

Percent = int
Source = Literal["ratings", "level", "field", "unit", "line", "list", "nomination", "standard"]

VALUES: Mapping[Source, tuple[str, ...]] = {
    "field": ("same", "near", "other"),
    "list": ("own", "new", "equal", "none"),
    "nomination": ("nominated", "all_votes", "not_nominated"),
}
"""What `values` of these sources must give; of `ratings` it gives classes, of `level` levels of the competency."""

MONTHS: tuple[Source, ...] = ("unit", "line", "list")
"""Sources that grow with time, in full after so many months."""

WHOLE = 100
"""Points of all components together."""


class Component(Record):
    """One part of the number. `values` and `neutral` are per cent of its weight."""

    id: str = Field(description="code, as in papers and messages")
    name: Name = Field(description="what people call it")
    weight: int = Field(gt=0, le=WHOLE, description="points of 100")
    source: Source = Field(
        description="where the evidence is: ratings (yearly classes), level (of a competency), field (degree and "
        "recent posts), unit (time in the unit), line (time in the line of the post), list (time in the post's own "
        "list), nomination (proposals and ballots), standard (demands met today)"
    )
    neutral: Percent = Field(50, gt=0, lt=WHOLE, description="per cent of the weight where there is no evidence")
    competency: CompetencyId | None = Field(None, description="of source level: which competency")
    values: Mapping[str, Percent] = Field(default_factory=dict, description="per cent of the weight for what is found")
    years: tuple[int, ...] = Field((3, 2, 1), description="of source ratings: how much each year counts, latest first")
    points: Percent = Field(
        0, ge=0, le=WHOLE, description="of source ratings: how much of a year the points decide where they are given"
    )
    months: int = Field(120, gt=0, description="of sources unit, line and list: after how many months it is full")

    @model_validator(mode="after")
    def _complete(self) -> Component:
        wanted = VALUES.get(self.source, ())
        if wanted and set(self.values) != set(wanted):
            raise ValueError(f"values for {', '.join(wanted)}")
        if self.source in ("ratings", "level") and not self.values:
            raise ValueError("values (per cent for each class or level)")
        if (self.source == "level") != (self.competency is not None):
            raise ValueError("a competency with source level, and with no other")
        if not self.years or min(self.years) < 1:
            raise ValueError("years: one number above 0 for each year")
        if any(not 0 <= value <= WHOLE for value in self.values.values()):
            raise ValueError("values from 0 to 100 per cent")
        return self


class Gate(Record):
    """Who is not proposed at all, whatever else speaks for the person: the latest class of three years, or a level."""

    source: Literal["ratings", "level"] = Field(description="the latest class of three years, or a level")
    values: tuple[str, ...] = Field(min_length=1, description="the classes or levels that close the gate")
    competency: CompetencyId | None = Field(None, description="of source level: which competency")

    @model_validator(mode="after")
    def _complete(self) -> Gate:
        if (self.source == "level") != (self.competency is not None):
            raise ValueError("a competency with source level, and with no other")
        return self


class SuitabilitySpec(Record):
    """The whole file: components whose weights are 100 points together, and gates."""

    source: str = Field(description="where it stands")
    status: Status = Field(description="how sure it is")
    components: tuple[Component, ...] = Field(min_length=1, description="its parts")
    gates: tuple[Gate, ...] = Field((), description="who is not proposed")
    least_for_a_new_name: Percent = Field(
        0,
        ge=0,
        le=WHOLE,
        description="per cent of the points for which there is evidence, the list aside, below which nobody is "
        "proposed who is in no list and whom nobody nominated; where there is evidence for half of all points",
    )
    votes_above: Percent = Field(
        50, ge=0, lt=WHOLE, description="per cent of the votes that a nomination must exceed: with less it is lost"
    )

    @model_validator(mode="after")
    def _whole(self) -> SuitabilitySpec:
        total = sum(c.weight for c in self.components)
        if total != WHOLE:
            raise ValueError(f"weights that are {WHOLE} together, not {total}")
        twins = {c.id for c in self.components if sum(c.id == other.id for other in self.components) > 1}
        if twins:
            raise ValueError(f"each id once, not {', '.join(sorted(twins))} twice")
        return self


_LIST = {"own": 100, "new": 40, "equal": 20, "none": 0}
_FIELD = {"same": 100, "near": 60, "other": 10}

PLAIN = SuitabilitySpec(
    source="what every case has, where a content set has no suitability.yaml",
    status="proposed",
    components=(
        Component(id="unit", name=Name(en="Time in the unit", vi="Thời gian tại đơn vị"), weight=25, source="unit"),
        Component(id="line", name=Name(en="Time in the line", vi="Thời gian trong lĩnh vực"), weight=15, source="line"),
        Component(
            id="list", name=Name(en="The post's own list", vi="Quy hoạch của chính chức danh"), weight=30,
            source="list", months=12, values=_LIST,
        ),
        Component(id="field", name=Name(en="Field", vi="Chuyên môn"), weight=15, source="field", values=_FIELD),
        Component(
            id="standard", name=Name(en="Demands met today", vi="Tiêu chuẩn đã đạt"), weight=15, source="standard"
        ),
    ),
)  # fmt: skip
"""Counts only what needs no words of a content set."""
