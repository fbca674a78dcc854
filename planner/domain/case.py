"""The case: what people gave, table by table. One frozen record per row; columns as in docs/formats."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, PlainSerializer

from planner.domain.dates import Day, OptionalDay
from planner.domain.ids import CompetencyId, CourseId, PersonId, PositionId, RankCode, RoundId, SessionId, UnitId
from planner.domain.numbers import Number, Whole
from planner.domain.record import OrNone, Record

YES = frozenset({"yes", "y", "true", "1", "x", "có", "co"})
NO = frozenset({"no", "n", "false", "0", "không", "khong"})


def _flag(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    text = str(value).strip().casefold()
    if not text:
        return None
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValueError("yes or no (or empty: not known)")


class Need(NamedTuple):
    """A level of a competency, written `competency:level`."""

    competency: CompetencyId
    level: str

    def __str__(self) -> str:
        return f"{self.competency}:{self.level}"


def read_need(value: object) -> object:
    """A cell as a Need, for pydantic."""
    if value is None or isinstance(value, tuple):
        return value
    text = str(value).strip()
    if not text:
        return None
    competency, colon, level = text.partition(":")
    if not colon or not competency.strip() or not level.strip():
        raise ValueError("competency:level, e.g. theory:advanced")
    return Need(CompetencyId(competency.strip()), level.strip())


def _admits(value: object) -> object:
    """`in_post`, `in_post_or_planned`, with ranks after a colon; empty = all."""
    if value is None or isinstance(value, Admits):
        return value
    text = str(value).strip()
    if not text:
        return None
    who, _, ranks = text.partition(":")
    if who.strip() not in ("in_post", "in_post_or_planned"):
        raise ValueError("in_post or in_post_or_planned, with ranks after a colon: in_post:DIV,DEP")
    return Admits(who.strip() == "in_post_or_planned", tuple(r.strip() for r in ranks.split(",") if r.strip()))


class Admits(NamedTuple):
    """Whom a course admits: holders, and with `planned` also names in a list; of `ranks`, or of any."""

    planned: bool
    ranks: tuple[str, ...]

    def __str__(self) -> str:
        who = "in_post_or_planned" if self.planned else "in_post"
        return who + (":" + ",".join(self.ranks) if self.ranks else "")


Flag = Annotated[bool | None, BeforeValidator(_flag)]
Count = OrNone[Annotated[Whole, Field(ge=0, le=1_000_000_000)]]
Year = Annotated[Whole, Field(ge=1900, le=2200)]
Text = OrNone[str]
NeedOrNone = Annotated[
    Need | None, BeforeValidator(read_need), PlainSerializer(lambda n: n and str(n), return_type=str | None)
]
AdmitsOrNone = Annotated[
    Admits | None, BeforeValidator(_admits), PlainSerializer(lambda a: a and str(a), return_type=str | None)
]


def _default(value: Any) -> BeforeValidator:
    """An empty cell means the table's default."""
    return BeforeValidator(lambda v: value if v is None or (isinstance(v, str) and not v.strip()) else v)


Finite = Annotated[float, Field(allow_inf_nan=False)]


class Row(Record):
    """A row of a table: frozen, and it refuses columns that it does not know. `x_` columns are carried in `extra`."""

    extra: Mapping[str, str] = Field(default_factory=dict, repr=False)


class Unit(Row):
    unit_id: UnitId
    name: str
    parent_id: OrNone[UnitId] = None
    kind: Text = None
    class_: Text = Field(None, alias="class")
    headcount: Count = None
    locality: Text = None
    created_on: OptionalDay = None
    closed_on: OptionalDay = None


class Authority(Row):
    authority_id: str
    name: str
    level: str
    unit_id: OrNone[UnitId] = None
    delegated_from: Text = None


class Position(Row):
    """`rank` and `standard` are empty only until the title map of the content has filled them."""

    position_id: PositionId
    title: str
    unit_id: UnitId
    rank: Annotated[RankCode, _default("")] = RankCode("")
    standard: Annotated[str, _default("")] = ""
    nature: Annotated[Literal["full_time", "concurrent", "membership"], _default("full_time")] = "full_time"
    held_with: OrNone[PositionId] = None
    head: Annotated[Flag, _default(False)] = False
    seats: Count = None
    surplus_until: OptionalDay = None
    may_stay_empty: Flag = None
    acting_months: Count = None
    filled_by: OrNone[Literal["appoint", "elect", "designate"]] = None
    term_system: Text = None
    managed_by: Text = None
    field: Text = None
    sector: Text = None
    bars_locals: Flag = None
    criticality: Annotated[Whole, _default(1), Field(ge=1, le=5)] = 1
    successors: Annotated[Whole, _default(1), Field(ge=0)] = 1
    needed_by: OptionalDay = None
    opened_on: OptionalDay = None
    closed_on: OptionalDay = None


class Person(Row):
    person_id: PersonId
    name: str
    sex: Literal["M", "F"]
    birth_date: Day
    unit_id: OrNone[UnitId] = None
    ethnicity: Text = None
    native_place: Text = None
    local_units: Text = None
    field: Text = None
    scitech: Flag = None
    service_since: OptionalDay = None
    party_since: OptionalDay = None
    party_full_since: OptionalDay = None
    retire_at_60: Flag = None
    retires_on: OptionalDay = None
    health_ok: Flag = None
    file_ok: Flag = None
    assets_ok: Flag = None
    barred_from: OptionalDay = None
    barred_until: OptionalDay = None
    barred_why: Text = None
    open_to_rotation: Flag = None
    outside: Flag = None


class Service(Row):
    person_id: PersonId
    since: OptionalDay = None
    until: OptionalDay = None
    position_id: OrNone[PositionId] = None
    unit_id: OrNone[UnitId] = None
    title: Text = None
    rank: OrNone[RankCode] = None
    kind: Annotated[Literal["substantive", "acting", "rotation", "secondment"], _default("substantive")] = "substantive"
    planned_until: OptionalDay = None
    return_to: OrNone[PositionId] = None
    term_until: OptionalDay = None


class Qualification(Row):
    person_id: PersonId
    competency: CompetencyId
    level: str
    since: OptionalDay = None
    field: Text = None
    source: Text = None


class Indicator(Row):
    person_id: PersonId
    year: Year
    indicator: str
    value: Finite
    stage: Annotated[Literal["self", "collective", "authority"], _default("authority")] = "authority"


class Rating(Row):
    person_id: PersonId
    year: Year
    rating: str
    points: OrNone[Finite] = None


class Discipline(Row):
    person_id: PersonId
    side: OrNone[Literal["party", "administrative"]] = None
    form: Text = None
    decided: Day
    expires: OptionalDay = None
    no_sanction_case: Text = None


class Relation(Row):
    """`relation` says what person_b is to person_a."""

    person_a: PersonId
    person_b: PersonId
    relation: str


class Round(Row):
    round_id: RoundId
    approved_on: Day
    system: Text = None
    term: Text = None
    term_start: OptionalDay = None
    term_end: OptionalDay = None
    age_reference_date: OptionalDay = None


class PoolEntry(Row):
    position_id: PositionId
    person_id: PersonId
    round_id: OrNone[RoundId] = None
    since: OptionalDay = None
    decision_no: Text = None
    status: OrNone[Literal["keep", "add", "remove"]] = None


class Nomination(Row):
    position_id: PositionId
    person_id: PersonId
    round_id: RoundId
    proposed_by: Text = None
    appraised_by: Text = None
    opinion: Text = None
    step: Text = None
    votes_for: Count = None
    votes_of: Count = None


class Course(Row):
    course_id: CourseId
    name: str
    grants: Annotated[Need, BeforeValidator(read_need), PlainSerializer(str, return_type=str)]
    needs: NeedOrNone = None
    months: OrNone[Number] = None
    mode: Annotated[Literal["full", "part"], _default("part")] = "part"
    cost: OrNone[Number] = None
    admits: AdmitsOrNone = None
    yearly_seats: Count = None
    starts: Text = None


class Enrolment(Row):
    person_id: PersonId
    course_id: CourseId
    session_id: OrNone[SessionId] = None
    since: OptionalDay = None
    until: OptionalDay = None


class Session(Row):
    session_id: SessionId
    course_id: CourseId
    start: Day
    end: OptionalDay = None
    seats: Count = None
    min_seats: Annotated[Whole, _default(0), Field(ge=0)] = 0
    status: Annotated[Literal["announced", "assumed"], _default("announced")] = "announced"
    allotted_to: Text = None
    cost: OrNone[Number] = None


class Vacancy(Row):
    position_id: PositionId
    on: Day
    reason: Text = None


class Exemption(Row):
    rule: str
    subject: str
    authority: str
    reason: str
    decided: Day
    decision_no: Text = None
    until: OptionalDay = None


DecisionKind = Literal[
    "pool", "not_pool", "train", "not_train", "rotate", "not_rotate", "appoint", "not_appoint", "cover", "leaves",
    "stays",
]  # fmt: skip

DECISION_NEEDS: dict[DecisionKind, str | None] = {
    "pool": "position_id", "not_pool": "position_id", "train": "session_id", "not_train": "session_id",
    "rotate": "position_id", "not_rotate": "position_id", "appoint": "position_id",
    "not_appoint": "position_id", "cover": "position_id", "leaves": "from", "stays": None,
}  # fmt: skip
"""The column without which a decision of a kind says nothing."""


class Decision(Row):
    kind: DecisionKind
    person_id: PersonId
    position_id: OrNone[PositionId] = None
    session_id: OrNone[SessionId] = None
    from_: OptionalDay = Field(None, alias="from")
    until: OptionalDay = None
    status: Annotated[Literal["proposed", "decided"], _default("proposed")] = "proposed"
    decision_no: Text = None
    note: Text = None


@dataclass(frozen=True)
class Case:
    """All tables of a case. A table that was not given is empty and not in `given`."""

    units: tuple[Unit, ...] = ()
    authorities: tuple[Authority, ...] = ()
    positions: tuple[Position, ...] = ()
    people: tuple[Person, ...] = ()
    service: tuple[Service, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    ratings: tuple[Rating, ...] = ()
    discipline: tuple[Discipline, ...] = ()
    relations: tuple[Relation, ...] = ()
    rounds: tuple[Round, ...] = ()
    pools: tuple[PoolEntry, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    courses: tuple[Course, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    sessions: tuple[Session, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    decisions: tuple[Decision, ...] = ()
    given: frozenset[str] = field(default=frozenset())

    def tables(self) -> dict[str, tuple[Row, ...]]:
        """Every table by its name, in the order of the format."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "given"}

    @cached_property
    def unit(self) -> dict[UnitId, Unit]:
        return {u.unit_id: u for u in self.units}

    @cached_property
    def position(self) -> dict[PositionId, Position]:
        return {p.position_id: p for p in self.positions}

    @cached_property
    def post_names(self) -> dict[PositionId, str]:
        """What tells each post from the others: its title with its unit, as far as the title does not say that.

        "Director" alone says nothing where somebody reads one line: "Director, Employment centre". In a case of one
        unit it says all.
        """
        shared = Counter(p.title for p in self.positions)
        return {p.position_id: self._with_unit(p, shared[p.title] > 1) for p in self.positions}

    def _with_unit(self, post: Position, shared: bool) -> str:
        text = post.title
        if len(self.units) == 1 and not shared:
            return text
        for name in self._told(post.unit_id):
            said = not shared and name.split()[-1].casefold() in post.title.casefold().split()  # Director of Finance
            if not said and name.casefold() not in text.casefold():
                text = f"{text}, {name}"
        return text

    @cached_property
    def unit_names(self) -> dict[UnitId, str]:
        """What tells each unit from the others: its name; those above it too, where several units share the name."""
        return {u.unit_id: ", ".join(self._told(u.unit_id)) for u in self.units}

    def _told(self, unit: UnitId) -> list[str]:
        """The name of a unit, and names above it up to the first that is its own."""
        names: list[str] = []
        at: UnitId | None = unit
        seen: set[UnitId] = set()
        while at is not None and at in self.unit and at not in seen:
            seen.add(at)
            name = self.unit[at].name
            names.append(name)
            if self._units_called[name] == 1:
                break
            at = self.unit[at].parent_id
        return names

    @cached_property
    def _units_called(self) -> Counter[str]:
        return Counter(u.name for u in self.units)

    @cached_property
    def person(self) -> dict[PersonId, Person]:
        return {p.person_id: p for p in self.people}

    @cached_property
    def course(self) -> dict[CourseId, Course]:
        return {c.course_id: c for c in self.courses}

    @cached_property
    def session(self) -> dict[SessionId, Session]:
        return {s.session_id: s for s in self.sessions}

    @cached_property
    def service_of(self) -> dict[PersonId, tuple[Service, ...]]:
        rows: defaultdict[PersonId, list[Service]] = defaultdict(list)
        for row in self.service:
            rows[row.person_id].append(row)
        return {person: tuple(rows[person]) for person in self.person}


TABLES: dict[str, type[Row]] = {
    "units": Unit, "authorities": Authority, "positions": Position, "people": Person, "service": Service,
    "qualifications": Qualification, "indicators": Indicator, "ratings": Rating, "discipline": Discipline,
    "relations": Relation, "rounds": Round, "pools": PoolEntry, "nominations": Nomination, "courses": Course,
    "enrolments": Enrolment, "sessions": Session, "vacancies": Vacancy, "exemptions": Exemption,
    "decisions": Decision,
}  # fmt: skip
REQUIRED_TABLES = ("units", "positions", "people", "service")
