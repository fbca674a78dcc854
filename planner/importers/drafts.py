"""What was read, row by row, before people in several rows become one and a case is made of it."""

from dataclasses import dataclass, field
from typing import Literal

from planner.domain.dates import Day
from planner.importers.levels import Level
from planner.importers.notes import Note
from planner.importers.people_names import Sex
from planner.importers.units import Placed, UnitDraft


@dataclass(frozen=True)
class Where:
    """A cell of a sheet."""

    sheet: str
    cell: str
    row: int


@dataclass(frozen=True)
class HeldPost:
    """A present post of a person. `acting`: looked after, not held."""

    placed: Placed
    since: Day | None = None
    acting: bool = False
    where: Where | None = None


@dataclass(frozen=True)
class PlannedPost:
    """A post for which a person is planned."""

    placed: Placed
    decision: str | None = None
    since: Day | None = None
    status: Literal["keep", "add", "remove"] | None = None


@dataclass
class RowDraft:
    """A row about a person."""

    name: str
    where: Where
    struck: bool = False
    hidden: bool = False
    birth: Day | None = None
    birth_cell: str = ""
    sex: Sex | None = None
    sex_certain: bool = False
    root: UnitDraft | None = None
    section: UnitDraft | None = None
    native_place: str | None = None
    ethnicity: str | None = None
    service_since: Day | None = None
    party_since: Day | None = None
    party_full_since: Day | None = None
    retires_on: Day | None = None
    retires_cell: Where | None = None
    post_text: str = ""
    posts: list[HeldPost] = field(default_factory=list)
    planned: list[PlannedPost] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    ratings: dict[int, str] = field(default_factory=dict)
    notes: list[tuple[Note, Where]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)
    listed: bool = False
    """A row of a list of planned names, in which one person has several rows."""


@dataclass(frozen=True)
class EmptySeat:
    """A seat without a holder."""

    placed: Placed
    where: Where


@dataclass(frozen=True)
class SectionSeats:
    """Seats of a post as a heading says."""

    placed: Placed
    seats: int | None


@dataclass
class Drafts:
    """Everything that the sheets of people say."""

    rows: list[RowDraft] = field(default_factory=list)
    empty: list[EmptySeat] = field(default_factory=list)
    sections: list[SectionSeats] = field(default_factory=list)
    forms: bool = False
    """A form of planned names: it lists no holders, so they are no count of seats."""
