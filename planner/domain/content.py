"""Content: competencies, standards, ranks, retirement and rulebooks, as one set of parameters.

Read from `models/<set>`; YAML holds parameters, never formulas. Schemas forbid unknown keys.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from planner.domain.case import Need, Person
from planner.domain.catalogue import CatalogueCourse
from planner.domain.dates import Day, OptionalDay, add_months, first_of_next_month
from planner.domain.ids import CompetencyId, RankCode
from planner.domain.indicator_sets import IndicatorSet, RatingClass
from planner.domain.office_words import ListWords
from planner.domain.record import Name, Record, Status
from planner.domain.suitability import PLAIN, SuitabilitySpec
from planner.domain.titles import Titles
from planner.domain.words import Words
from planner.domain.work_fields import WorkField, field_named


class Counts(Record):
    """Which time a competency counted in months counts: service at a rank (or ranks), or on rotation."""

    rank: tuple[RankCode, ...] = Field((), description="ranks at which time counts, with those of equal order")
    kind: Literal["rotation"] | None = Field(None, description="time on rotation")

    @field_validator("rank", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


Group = Literal["virtue", "talent", "prestige", "mettle", "qualification", "experience"]
"""The groups of competencies: đức, tài, uy tín, bản lĩnh, trình độ, kinh nghiệm."""


class Competency(Record):
    """Ordered `levels`, lowest first; or `unit: months` with `counts`, where a level is a number of months."""

    id: CompetencyId = Field(description="code, as in qualifications and standards")
    name: Name = Field(description="what people call it")
    group: Group = Field(description="group of traits")
    levels: tuple[str, ...] = Field((), description="ordered, lowest first")
    unit: Literal["months"] | None = Field(None, description="months of experience instead of levels")
    counts: Counts | None = Field(None, description="which time counts")

    @model_validator(mode="after")
    def _levels_or_months(self) -> "Competency":
        if (self.unit is None) == (not self.levels):
            raise ValueError("either levels, or unit: months with counts")
        if self.unit and not self.counts:
            raise ValueError("counts (which time counts)")
        return self


class Rank(Record):
    """`feeders`: the ranks from which one may be planned for or appointed to it; None = all within `max_step_up`."""

    code: RankCode = Field(description="code, as in positions")
    order: int = Field(description="higher number = higher rank; equal numbers = equivalent")
    max_step_up: int | None = Field(None, description="largest step of order up to it")
    feeders: tuple[RankCode, ...] | None = Field(None, description="ranks from which one comes")
    name: Name = Field(description="what people call it")
    status: Status = Field("proposed", description="how sure it is")


class Ranks(Record):
    ranks: tuple[Rank, ...]
    field_families: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class Cell(Record):
    """One demand of a standard: the level wanted, and when. `source` and `status` go before those of the standard."""

    competency: CompetencyId = Field(description="what is demanded")
    level: str = Field(description="level, or number of months")
    required_at: Literal["plan", "appoint", "after_appoint", "off"] = Field(
        description="to enter a list, to take over, or afterwards; off = not asked, for an office to switch on"
    )
    grace_months: int = Field(0, ge=0, description="months after taking over")
    source: str | None = Field(None, description="where it stands")
    status: Status | None = Field(None, description="how sure it is")

    @field_validator("level", mode="before")
    @classmethod
    def _months_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Standard(Record):
    id: str = Field(description="code, as in positions")
    name: Name | None = Field(None, description="what people call it")
    source: str | None = Field(None, description="where it stands")
    status: Status | None = Field(None, description="how sure it is")
    cells: tuple[Cell, ...] = Field(description="its demands")

    def status_of(self, cell: Cell) -> Status | None:
        return cell.status or self.status

    def source_of(self, cell: Cell) -> str | None:
        return cell.source or self.source


class RetirementStep(Record):
    """The retirement age of those born from a month on (inclusive), until the next step begins."""

    sex: Literal["M", "F"] = Field(description="of whom")
    born_from: OptionalDay = Field(description="first month of birth")
    years: int = Field(description="age in years")
    months: int = Field(0, description="and months")


Force = Literal["must", "should", "info", "off"]


class Entry(Record):
    """One entry of a rulebook: a rule class with its parameters, scope, force and dates."""

    id: str = Field(description="code, as in scenarios and exemptions")
    rule: str = Field(description="class in planner/rules")
    params: Mapping[str, Any] = Field(default_factory=dict, description="parameters of the rule; see rules.md")
    applies_to: Mapping[str, Any] = Field(
        default_factory=dict,
        description="whom it binds: all given keys must match, each a value or a list of positions, units (with those "
        "below), unit_kind, rank, head, nature, filled_by, term_system, sector, managed_by, standard; empty = all",
    )
    force: Force | Mapping[Literal["should"], int] = Field(description="must, should with a weight, info, off")
    waived_by: str | None = Field(None, description="level of the authority that may waive it; absent = not waivable")
    from_: OptionalDay = Field(None, alias="from", description="first day in force")
    until: OptionalDay = Field(None, description="last day in force")
    source: str = Field(description="where it stands")
    status: Status = Field(description="how sure it is")
    name: Name | None = Field(None, description="what people call it")
    line: int | None = None
    file: str | None = None

    @property
    def strength(self) -> Force:
        return "should" if isinstance(self.force, Mapping) else self.force

    @property
    def weight(self) -> int:
        return self.force["should"] if isinstance(self.force, Mapping) else 1

    def in_force(self, day: dt.date) -> bool:
        """`until` is the last day in force. An `info` entry has days as any other."""
        return (
            self.strength != "off"
            and (self.from_ is None or self.from_ <= day)
            and (self.until is None or day <= self.until)
        )


class Rulebook(Record):
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Content:
    """A content set with one rulebook."""

    name: str
    competencies: tuple[Competency, ...]
    ranks: tuple[Rank, ...]
    standards: tuple[Standard, ...]
    retirement: tuple[RetirementStep, ...]
    rulebook: tuple[Entry, ...]
    rulebook_name: str = ""
    field_families: Mapping[str, tuple[str, ...]] | None = None
    fields: tuple[WorkField, ...] = ()
    """Names and words of the fields and families."""
    courses: tuple[CatalogueCourse, ...] = ()
    """The catalogue: what a case need not define itself."""
    titles: Titles = field(default_factory=Titles)
    office: ListWords | None = field(default=None, compare=False)
    """The words of its offices, for reading their workbooks; a plan does not need them."""
    words: Words = field(default_factory=Words, compare=False)
    """What people write for the codes of a case; a case that was read holds codes, so they change no plan."""
    ratings: tuple[RatingClass, ...] = ()
    """Yearly classes, best first."""
    indicator_sets: tuple[IndicatorSet, ...] = ()
    suitability: SuitabilitySpec = PLAIN
    """How people are ranked who qualify."""

    @cached_property
    def competency(self) -> dict[CompetencyId, Competency]:
        return {c.id: c for c in self.competencies}

    @cached_property
    def rank(self) -> dict[RankCode, Rank]:
        return {r.code: r for r in self.ranks}

    @cached_property
    def standard(self) -> dict[str, Standard]:
        return {s.id: s for s in self.standards}

    @cached_property
    def family_of(self) -> dict[str, str]:
        """Field → the family of fields that it belongs to."""
        return {f: family for family, members in (self.field_families or {}).items() for f in (family, *members)}

    def field_of(self, text: str) -> str:
        """The field that free words of a list name ("Luật Kinh tế"); a code, and what names none, as it is."""
        return text if text in self.family_of else field_named(text, self.fields) or text

    def field_name(self, field: str) -> Name | None:
        """What the content calls a field; None where it does not know it."""
        return next((f.name for f in self.fields if f.id == field), None)

    def level(self, need: Need) -> int:
        """The place of a level in its competency's order, or its number of months."""
        competency = self.competency[need.competency]
        return int(need.level) if competency.unit else competency.levels.index(need.level)

    def retires_on(self, person: Person) -> dt.date:
        """The first day out of service: the first of the month after the one in which the age is reached.

        An unknown day or month of birth counts as 1 January. Source: Decree 135/2020, rules.md §2.6.
        """
        if person.retires_on is not None:
            return person.retires_on
        if person.retire_at_60:
            return first_of_next_month(add_months(person.birth_date, 60 * 12))
        steps = [s for s in self.retirement if s.sex == person.sex and (s.born_from or Day.min) <= person.birth_date]
        step = max(steps, key=lambda s: s.born_from or Day.min)
        return first_of_next_month(add_months(person.birth_date, step.years * 12 + step.months))
