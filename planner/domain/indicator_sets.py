"""Indicator sets (bộ chỉ tiêu): what is measured, how values become points, and points a yearly class.

A set has versions, each with its own days; a year is judged by the version in force on its last day and by no other.
The formulas are named here and live in `planner.assess`; a set holds their parameters. Numbers are exact decimals:
at 90.00 a class changes.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from planner.domain.dates import Day, OptionalDay
from planner.domain.ids import RankCode
from planner.domain.record import Name, Record


def _written(value: object) -> object:
    """A float of a YAML file as it was written: 0.1 is a tenth."""
    return str(value) if isinstance(value, float) else value


MOST = Decimal(1_000_000_000)
Exact = Annotated[Decimal, BeforeValidator(_written), Field(ge=-MOST, le=MOST, decimal_places=6)]
"""Bounded on both sides: as a fraction 1e999999999 would fill the memory, and so would 1e-999999999."""
Share = Annotated[Exact, Field(ge=0, le=1)]
Stage = Literal["self", "collective", "authority"]
STAGES: tuple[Stage, ...] = ("self", "collective", "authority")
COUNTING: Stage = "authority"
"""Whose value counts; those of the others are shown beside it."""


class RatingClass(Record):
    """A yearly class; `words` are what offices write for it."""

    code: str = Field(description="as tables of a case write it")
    name: Name = Field(description="in full")
    short: Name = Field(description="in tables")
    words: tuple[str, ...] = Field((), description="what offices write for it, besides")


class Approval(Record):
    """Who put a version into force, and by which decision."""

    authority: str = Field(description="who put the version into force")
    decision_no: str | None = Field(None, description="number of the decision")
    decided: OptionalDay = Field(None, description="its day")


class SetScope(Record):
    """Who is measured by a set, by the post held on the last day of the year. All given keys must match."""

    ranks: tuple[RankCode, ...] = Field((), description="ranks of the post; none: any")
    standards: tuple[str, ...] = Field((), description="standards of the post; none: any")
    unit_kinds: tuple[str, ...] = Field((), description="kinds of its unit; none: any")
    head: bool | None = Field(None, description="yes: heads only, no: others only; not said: both")


class Scale(Record):
    """share = clamp((value − zero) / (full − zero), 0, 1); with `full` below `zero` less is better."""

    kind: Literal["scale"]
    full: Exact = Field(description="value from which all points are given")
    zero: Exact = Field(description="value at which none are")

    @model_validator(mode="after")
    def _two_ends(self) -> "Scale":
        if self.full == self.zero:
            raise ValueError("full and zero are two different values")
        return self


class Step(Record):
    """From this value on (inclusive) the share is this."""

    from_: Exact = Field(alias="from", description="value")
    share: Share = Field(description="of the points, 0 to 1")


class Steps(Record):
    """The share of the highest step that the value reaches; 0 below the first."""

    kind: Literal["steps"]
    steps: tuple[Step, ...] = Field(min_length=1, description="in any order")


class Faults(Record):
    """share = clamp(1 − per_fault · (value of `faults`) / (value of `of`), 0, 1): each fault costs a part of a product.

    `faults` and `of` are facts. Exact as long as no product has more faults than cost all of it.
    """

    kind: Literal["faults"]
    per_fault: Share = Field(description="share of a product that one fault costs, 0 to 1")
    faults: str = Field(description="the fact that counts faults")
    of: str = Field(description="the fact that counts products")


Formula = Annotated[Scale | Steps | Faults, Field(discriminator="kind")]


class SetPart(Record):
    """A part of the total. `sum`: points of its indicators; `mean`: mean of their shares × `points`."""

    code: str
    name: Name
    formula: Literal["sum", "mean"] = Field(description="how points of its indicators come together")
    points: Annotated[Exact, Field(ge=0)] = Field(description="most points")


class SetIndicator(Record):
    """One scored indicator. `points` only in a part that sums; `least` and `most` bound what can be recorded."""

    code: str
    name: Name
    part: str = Field(description="code of its part")
    unit: str = Field(description="unit of the value: rubric, count, % …")
    direction: Literal["up", "down"] = Field("up", description="whether more or less is better")
    points: Annotated[Exact, Field(ge=0)] | None = Field(None, description="most points")
    formula: Formula = Field(description="from a value to a share of the points")
    least: Exact | None = Field(None, description="least value that can be recorded")
    most: Exact | None = Field(None, description="most value that can be recorded")
    source: Name | None = Field(None, description="where the value comes from")
    traits: tuple[str, ...] = Field((), description="traits to which it counts")
    unit_at_least: str | None = Field(
        None,
        description="at 100 everyone of the unit has this class or better: held against the classes that were given",
    )

    @model_validator(mode="after")
    def _direction_is_the_scale(self) -> "SetIndicator":
        if isinstance(self.formula, Scale) and (self.formula.full > self.formula.zero) != (self.direction == "up"):
            raise ValueError("direction up wants full above zero, direction down full below zero")
        return self


class Fact(Record):
    """Something recorded that gives no points of its own: conditions, triggers and formulas read it."""

    code: str
    name: Name
    unit: str = Field(description="unit of the value; flag: 1 = yes")
    least: Exact | None = Field(None, description="least value that can be recorded")
    most: Exact | None = Field(None, description="most value that can be recorded")


class Condition(Record):
    """A recorded value that a class asks for. `rule` is the entry of the rulebook that can switch it off."""

    rule: str = Field(description="entry of the rulebook that can switch it off")
    of: str = Field(description="indicator or fact")
    at_least: Exact | None = Field(None, description="value wanted at least")
    at_most: Exact | None = Field(None, description="value wanted at most")

    @model_validator(mode="after")
    def _one_bound(self) -> "Condition":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("either at_least or at_most")
        return self


class Band(Record):
    """The class of those with at least `min` points for whom every condition holds."""

    rating: str = Field(description="class")
    min: Annotated[Exact, Field(ge=0)] | None = Field(None, description="points from which on")
    conditions: tuple[Condition, ...] = Field(
        (), description="all must hold; one of which nothing is recorded does not, nor does it fail a year"
    )


class Bands(Record):
    """From best to worst. With `proposes: false` no class is computed; its conditions judge classes that were given."""

    rule: str = Field(description="entry of the rulebook that can switch the bands off")
    proposes: bool = Field(True, description="whether a class is computed")
    from_best: tuple[Band, ...] = Field(min_length=1, description="bands from best to worst")


class Triggers(Record):
    """What makes the class `rating` whatever the points: flags, and a sanction decided in the year."""

    rule: str = Field(description="entry of the rulebook that can switch them off")
    rating: str = Field(description="the class that they give")
    facts: tuple[str, ...] = Field((), description="flags of which one is enough")
    forms: tuple[str, ...] = Field((), description="forms of a sanction decided in the year of which one is enough")


class Veto(Record):
    """A gate on a trait: it fails whatever its points, and the class is `at_most` this.

    `running_sanction`: one in force on some day of the year; `facts`: flags; `below`: least share of a part's points.
    """

    at_most: str = Field(description="best class that is left")
    running_sanction: bool = Field(False, description="a sanction in force on some day of the year")
    facts: tuple[str, ...] = Field((), description="flags of which one is enough")
    part: str | None = Field(None, description="code of a part")
    below: Share | None = Field(None, description="share of its points below which it vetoes")


class TraitLevel(Record):
    """The level of a trait from this share of its points on."""

    id: str
    name: Name
    from_: Share = Field(alias="from", description="share of the points from which on, 0 to 1")


class SetTrait(Record):
    """A trait; `levels` go before those of the set. A competency of the same id has the level by the same id."""

    id: str
    name: Name
    veto: Veto | None = Field(None, description="the gate, if it is one")
    levels: tuple[TraitLevel, ...] = Field((), description="its own levels")


class Group(Record):
    """People with like tasks, among whom the excellent are counted."""

    id: str
    name: Name
    ranks: tuple[RankCode, ...] = Field((), description="ranks of the post; none: any")
    head: bool | None = Field(None, description="as in applies_to")


class Outstanding(Record):
    """A larger share for a unit whose head has the flag `fact` in the year."""

    share: Share = Field(description="in place of the cap's, 0 to 1")
    fact: str = Field(description="flag of the head of the unit")


class Cap(Record):
    """At most `share` of those with a class in `of` may have `rating`, per unit and group.

    `per`: the own unit; the office: the unit with those below it, up to the province; or all posts that one authority
    manages, as far as the case has them.
    """

    rule: str = Field(description="entry of the rulebook that can switch it off")
    rating: str = Field(description="the class that is capped")
    share: Share = Field(description="0 to 1")
    of: tuple[str, ...] = Field(min_length=1, description="classes whose people are counted")
    per: Literal["unit", "office", "authority"] = Field("office", description="where they are counted")
    rounding: Literal["down", "nearest", "up"] = Field("down", description="of share × people to places")
    outstanding: Outstanding | None = Field(None, description="exception; not over the posts of an authority")

    @model_validator(mode="after")
    def _of_a_unit(self) -> "Cap":
        if self.outstanding is not None and self.per == "authority":
            raise ValueError("outstanding is of a unit: per unit or office")
        return self


class NineBox(Record):
    """Two traits, each low, middle or high by its share of points: a class shown as data, which no rule reads.

    `boxes[i][j]`: i from low to high performance, j from low to high potential.
    """

    performance: str = Field(description="trait")
    potential: str = Field(description="trait")
    middle_from: Share = Field(description="share of points from which on it is middle")
    high_from: Share = Field(description="share from which on it is high")
    boxes: tuple[tuple[Name, Name, Name], tuple[Name, Name, Name], tuple[Name, Name, Name]] = Field(
        description="three rows of three names"
    )


class IndicatorSet(Record):
    """One version of a set."""

    id: str = Field(description="the same for all versions")
    version: str = Field(description="the decision that brought it")
    name: Name
    valid_from: Day = Field(description="first day in force")
    valid_to: OptionalDay = Field(None, description="last day in force; none: until further notice")
    status: Literal["confirmed", "unconfirmed", "proposed"] = Field(description="how sure it is")
    source: str = Field(description="where its figures come from")
    approval: Approval | None = Field(None, description="who put it into force")
    applies_to: SetScope = Field(SetScope(), description="whom it measures")
    parts: tuple[SetPart, ...] = Field(description="parts of the total")
    indicators: tuple[SetIndicator, ...] = Field(description="what is scored")
    facts: tuple[Fact, ...] = Field((), description="what else is recorded")
    traits: tuple[SetTrait, ...] = Field((), description="what indicators say of a person")
    trait_levels: tuple[TraitLevel, ...] = Field(
        (), description="levels of traits without own ones; ids are levels of the competency of the trait's id"
    )
    steady_within: Share = Field(
        Decimal("0.05"), description="a trait whose share of points moves by no more is steady"
    )
    bands: Bands = Field(description="from points to classes")
    triggers: Triggers | None = Field(None, description="what fails the year")
    cap: Cap | None = Field(None, description="how many may have the best class")
    groups: tuple[Group, ...] = Field((), description="people with like tasks")
    self_above: Annotated[Exact, Field(ge=0)] = Field(
        Decimal(10), description="points by which an own rating above the authority's is told"
    )
    nine_box: NineBox | None = Field(None, description="performance and potential")
    sources: bool = Field(
        False,
        description="whether those whom it measures are the sources of higher posts that the report looks ahead for",
    )

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
