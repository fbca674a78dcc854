"""Indicator sets (bộ chỉ tiêu): what is measured, how values become points, and points a yearly class.

A set has versions, each with its own days; a year is judged by the version in force on its last day and by no other.
The formulas are named here and live in `planner.assess`; a set holds their parameters. Numbers are exact decimals:
at 90.00 a class changes.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from planner.domain.content import Name, Record
from planner.domain.dates import Day, OptionalDay
from planner.domain.ids import RankCode


def _written(value: object) -> object:
    """A float of a YAML file as it was written: 0.1 is a tenth."""
    return str(value) if isinstance(value, float) else value


Exact = Annotated[Decimal, BeforeValidator(_written)]
Share = Annotated[Exact, Field(ge=0, le=1)]
Stage = Literal["self", "collective", "authority"]
STAGES: tuple[Stage, ...] = ("self", "collective", "authority")
COUNTING: Stage = "authority"
"""Whose value counts; those of the others are shown beside it."""


class RatingClass(Record):
    """A yearly class; `words` are what offices write for it."""

    code: str
    name: Name
    short: Name
    words: tuple[str, ...] = ()


class Approval(Record):
    """Who put a version into force, and by which decision."""

    authority: str
    decision_no: str | None = None
    decided: OptionalDay = None


class SetScope(Record):
    """Who is measured by a set, by the post held on the last day of the year. All given keys must match."""

    ranks: tuple[RankCode, ...] = ()
    standards: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    head: bool | None = None


class Scale(Record):
    """share = clamp((value − zero) / (full − zero), 0, 1); with `full` below `zero` less is better."""

    kind: Literal["scale"]
    full: Exact
    zero: Exact

    @model_validator(mode="after")
    def _two_ends(self) -> "Scale":
        if self.full == self.zero:
            raise ValueError("full and zero are two different values")
        return self


class Step(Record):
    """From this value on (inclusive) the share is this."""

    from_: Exact = Field(alias="from")
    share: Share


class Steps(Record):
    """The share of the highest step that the value reaches; 0 below the first."""

    kind: Literal["steps"]
    steps: tuple[Step, ...] = Field(min_length=1)


class Faults(Record):
    """share = clamp(1 − per_fault · (value of `faults`) / (value of `of`), 0, 1): each fault costs a part of a product.

    `faults` and `of` are facts. Exact as long as no product has more faults than cost all of it.
    """

    kind: Literal["faults"]
    per_fault: Share
    faults: str
    of: str


Formula = Annotated[Scale | Steps | Faults, Field(discriminator="kind")]


class SetPart(Record):
    """A part of the total. `sum`: points of its indicators; `mean`: mean of their shares × `points`."""

    code: str
    name: Name
    formula: Literal["sum", "mean"]
    points: Annotated[Exact, Field(ge=0)]


class SetIndicator(Record):
    """One scored indicator. `points` only in a part that sums; `least` and `most` bound what can be recorded."""

    code: str
    name: Name
    part: str
    unit: str
    direction: Literal["up", "down"] = "up"
    points: Annotated[Exact, Field(ge=0)] | None = None
    formula: Formula
    least: Exact | None = None
    most: Exact | None = None
    source: Name | None = None
    traits: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _direction_is_the_scale(self) -> "SetIndicator":
        if isinstance(self.formula, Scale) and (self.formula.full > self.formula.zero) != (self.direction == "up"):
            raise ValueError("direction up wants full above zero, direction down full below zero")
        return self


class Fact(Record):
    """Something recorded that gives no points of its own: conditions, triggers and formulas read it."""

    code: str
    name: Name
    unit: str
    least: Exact | None = None
    most: Exact | None = None


class Condition(Record):
    """A recorded value that a class asks for. `rule` is the entry of the rulebook that can switch it off."""

    rule: str
    of: str
    at_least: Exact | None = None
    at_most: Exact | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "Condition":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("either at_least or at_most")
        return self


class Band(Record):
    """The class of those with at least `min` points for whom every condition holds."""

    rating: str
    min: Annotated[Exact, Field(ge=0)] | None = None
    conditions: tuple[Condition, ...] = ()


class Bands(Record):
    """From best to worst. With `proposes: false` no class is computed; its conditions judge classes that were given."""

    rule: str
    proposes: bool = True
    from_best: tuple[Band, ...] = Field(min_length=1)


class Triggers(Record):
    """What makes the class `rating` whatever the points: flags, and a sanction decided in the year."""

    rule: str
    rating: str
    facts: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


class Veto(Record):
    """A gate on a trait: it fails whatever its points, and the class is `at_most` this.

    `running_sanction`: one in force on some day of the year; `facts`: flags; `below`: least share of a part's points.
    """

    at_most: str
    running_sanction: bool = False
    facts: tuple[str, ...] = ()
    part: str | None = None
    below: Share | None = None


class TraitLevel(Record):
    """The level of a trait from this share of its points on."""

    id: str
    name: Name
    from_: Share = Field(alias="from")


class SetTrait(Record):
    """A trait; `levels` go before those of the set. A competency of the same id has the level by the same id."""

    id: str
    name: Name
    veto: Veto | None = None
    levels: tuple[TraitLevel, ...] = ()


class Group(Record):
    """People with like tasks, among whom the excellent are counted."""

    id: str
    name: Name
    ranks: tuple[RankCode, ...] = ()
    head: bool | None = None


class Outstanding(Record):
    """A larger share for a unit whose head has the flag `fact` in the year."""

    share: Share
    fact: str


class Cap(Record):
    """At most `share` of those with a class in `of` may have `rating`, per unit and group.

    `per`: the own unit; the office: the unit with those below it, up to the province; or all posts that one authority
    manages, as far as the case has them.
    """

    rule: str
    rating: str
    share: Share
    of: tuple[str, ...] = Field(min_length=1)
    per: Literal["unit", "office", "authority"] = "office"
    rounding: Literal["down", "nearest", "up"] = "down"
    outstanding: Outstanding | None = None


class NineBox(Record):
    """Two traits, each low, middle or high by its share of points: a class shown as data, which no rule reads.

    `boxes[i][j]`: i from low to high performance, j from low to high potential.
    """

    performance: str
    potential: str
    middle_from: Share
    high_from: Share
    boxes: tuple[tuple[Name, Name, Name], tuple[Name, Name, Name], tuple[Name, Name, Name]]


class IndicatorSet(Record):
    """One version of a set."""

    id: str
    version: str
    name: Name
    valid_from: Day
    valid_to: OptionalDay = None
    status: Literal["confirmed", "unconfirmed", "proposed"]
    source: str
    approval: Approval | None = None
    applies_to: SetScope = SetScope()
    parts: tuple[SetPart, ...]
    indicators: tuple[SetIndicator, ...]
    facts: tuple[Fact, ...] = ()
    traits: tuple[SetTrait, ...] = ()
    trait_levels: tuple[TraitLevel, ...] = ()
    steady_within: Share = Decimal("0.05")
    """A trait whose share of points moves by no more than this is steady."""
    bands: Bands
    triggers: Triggers | None = None
    cap: Cap | None = None
    groups: tuple[Group, ...] = ()
    self_above: Annotated[Exact, Field(ge=0)] = Decimal(10)
    """Points by which a self-rating above the authority's is told."""
    nine_box: NineBox | None = None
    sources: bool = False
    """Whether those whom it measures are the sources of higher posts that the report looks ahead for."""

    def in_force(self, day: dt.date) -> bool:
        """`valid_to` is the last day in force."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def indicator(self, code: str) -> SetIndicator | None:
        return next((i for i in self.indicators if i.code == code), None)

    def recorded(self) -> list[SetIndicator | Fact]:
        """Everything of which a value may be recorded: what is computed from facts has none of its own."""
        return [*(i for i in self.indicators if not isinstance(i.formula, Faults)), *self.facts]

    def levels_of(self, trait: str) -> tuple[TraitLevel, ...]:
        own = next((t.levels for t in self.traits if t.id == trait), ())
        return own or self.trait_levels

    def name_of(self, code: str) -> Name | None:
        rows: list[SetIndicator | Fact] = [*self.indicators, *self.facts]
        return next((r.name for r in rows if r.code == code), None)

    def rules(self) -> set[str]:
        """The entries of the rulebook that can switch parts of the set off."""
        found = {self.bands.rule} | {c.rule for band in self.bands.from_best for c in band.conditions}
        return found | {part.rule for part in (self.triggers, self.cap) if part is not None}


class IndicatorSetFile(Record):
    sets: tuple[IndicatorSet, ...]


class RatingFile(Record):
    ratings: tuple[RatingClass, ...]
