"""A plan at a glance: one object that the terminal prints, and every other view of a plan may.

It holds what the standing and the tables of the plan say, with the names that people know; `make_overview` fills it.
Texts that need a sentence (a reason, the sum of a goal) are in the language that the overview is made in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.domain.record import Record


class Who(Record):
    id: str
    name: str


class Post(Record):
    """`title` tells the post from all others, `short` from those of its unit; `units`: its unit and those above it."""

    id: str
    title: str
    short: str
    unit: str
    units: tuple[str, ...]
    head: bool


class ActingFor(Record):
    """Who looks after an empty seat; `until` is the first day after it."""

    person: Who
    since: dt.date
    until: dt.date


class Vacancy(Record):
    """A seat without a holder from `since` up to the day before `until`; None: still at the end of the plan.

    `opened` and `why` are codes of `standing.open_seats`; `reason` says the latter as a sentence.
    """

    post: Post
    since: dt.date
    until: dt.date | None
    opened: str
    left_by: Who | None
    filled_by: Who | None
    acting: tuple[ActingFor, ...]
    why: str
    reason: str


class Holder(Record):
    """Who holds a post at `as_of`; `until`: the first day on which no more, by `cause`, to another post if moved."""

    person: Who
    until: dt.date | None = None
    cause: str | None = None
    to: str | None = None


class Arrival(Record):
    """Who comes to a post, and from which; `kind`: appointment, rotation or assignment."""

    person: Who
    on: dt.date
    origin: str | None
    kind: str
    suitability: float | None


class Listed(Record):
    """A name of a list as the plan leaves it; `ready_on`: the first day of the plan on which the person could come."""

    person: Who
    added: bool
    ready_on: dt.date | None
    suitability: float


class PostLine(Record):
    """One post: who holds it, what happens, who follows, and who is prepared."""

    post: Post
    seats: int
    holders: tuple[Holder, ...]
    arrivals: tuple[Arrival, ...]
    wants_successor: bool
    wanted_by: dt.date | None
    successor: Who | None
    suitability: float | None
    why_none: str | None
    listed: tuple[Listed, ...]
    ready: int
    """Names of the list who could take over on the day for which a successor is wanted."""

    def people(self) -> Iterator[Who]:
        """Everybody whom the line names."""
        yield from (row.person for row in self.holders)
        yield from (row.person for row in self.arrivals)
        yield from (row.person for row in self.listed)
        if self.successor is not None:
            yield self.successor


class Link(Record):
    """One appointment of a chain: who goes from where to which post, when."""

    person: Who
    origin: str | None
    post: Post
    on: dt.date
    suitability: float


class Chain(Record):
    number: int
    links: tuple[Link, ...]


class Session(Record):
    """A class of a course with the people who get a place."""

    id: str
    course: str
    start: dt.date
    end: dt.date | None
    people: tuple[Who, ...]
    cost: float


class Rotation(Record):
    """`kind`: rotation or assignment; `purpose` is a sentence."""

    person: Who
    kind: str
    origin: str | None
    post: Post
    start: dt.date
    end: dt.date
    purpose: str
    return_to: str | None


class RuleCount(Record):
    """Breaches of one rule that the case brings with it."""

    rule: str
    name: str
    count: int
    lines: tuple[str, ...]


class GoalLine(Record):
    """A goal with the sum that gives its value; bound, gap and `proof` (a code) are those of its tier."""

    tier: int
    goal: str
    name: str
    value: int
    sum: str
    bound: int | None
    gap: float | None
    proof: str
    tier_value: int


class UnitLine(Record):
    """What a unit's own posts come to: seats, empty ones on the first and on the last day, moves, successors."""

    unit: str
    name: str
    posts: int
    seats: int
    empty_today: int
    empty_at_end: int
    arrivals: int
    wanted: int
    without_successor: int


class Nominated(Record):
    """How many names were put forward, how many of them enter a list or stay in one, and why the others do not."""

    count: int
    entered: int
    left_out: tuple[str, ...]


class ListedPaths(Record):
    """How many names stand in lists, how many of them lack something that nothing meets, and what, with the reason."""

    names: int
    without: int
    lacking: tuple[str, ...]


class Overview(Record):
    """A plan at a glance."""

    title: str
    as_of: dt.date
    until: dt.date
    rulebook: str
    everyone_is_listed: bool
    vacancies: tuple[Vacancy, ...]
    units: tuple[UnitLine, ...]
    posts: tuple[PostLine, ...]
    chains: tuple[Chain, ...]
    sessions: tuple[Session, ...]
    rotations: tuple[Rotation, ...]
    nominations: Nominated | None
    paths: ListedPaths | None
    inherited: tuple[RuleCount, ...]
    warnings: tuple[str, ...]
    goals: tuple[GoalLine, ...]


# ---- parts of it -------------------------------------------------------------------------------------------------


class Narrow:
    """What an overview says of a unit with those below it, of a post, of a person, in a year: all that are given."""

    def __init__(
        self,
        unit: str | None = None,
        post: str | None = None,
        person: str | None = None,
        year: int | None = None,
    ) -> None:
        self.unit, self.post, self.person, self.year = unit, post, person, year

    def of(self, overview: Overview) -> Overview:
        posts = tuple(line for line in overview.posts if self._has_line(line))
        own_units = {line.post.unit for line in posts}
        return overview.model_copy(
            update={
                "vacancies": tuple(v for v in overview.vacancies if self._has_vacancy(v, overview.until)),
                "units": tuple(u for u in overview.units if u.unit in own_units),
                "posts": posts,
                "chains": tuple(c for c in overview.chains if any(map(self._has_link, c.links))),
                "sessions": tuple(self._sessions(overview)),
                "rotations": tuple(
                    r
                    for r in overview.rotations
                    if self._has_post(r.post) and self._has_person(r.person) and self._in_year(r.start, r.end)
                ),
            }
        )

    def _has_post(self, row: Post) -> bool:
        return (self.unit is None or self.unit in row.units) and (self.post is None or row.id == self.post)

    def _has_person(self, *people: Who | None) -> bool:
        return self.person is None or any(who is not None and who.id == self.person for who in people)

    def _in_year(self, first: dt.date, last: dt.date | None = None) -> bool:
        return self.year is None or first.year <= self.year <= (last or first).year

    def _has_line(self, line: PostLine) -> bool:
        days = [h.until for h in line.holders if h.until] + [a.on for a in line.arrivals]
        happens = self.year is None or any(map(self._in_year, days))
        return self._has_post(line.post) and self._has_person(*line.people()) and happens

    def _has_vacancy(self, row: Vacancy, until: dt.date) -> bool:
        people = (row.left_by, row.filled_by, *(a.person for a in row.acting))
        return self._has_post(row.post) and self._has_person(*people) and self._in_year(row.since, row.until or until)

    def _has_link(self, link: Link) -> bool:
        return self._has_post(link.post) and self._has_person(link.person) and self._in_year(link.on)

    def _sessions(self, overview: Overview) -> Iterator[Session]:
        """Of a unit or a post the places of those who hold it, come to it or stand in its list."""
        everywhere = self.unit is None and self.post is None
        inside = {who.id for line in overview.posts if self._has_post(line.post) for who in line.people()}
        for session in overview.sessions:
            people = tuple(w for w in session.people if self._has_person(w) and (everywhere or w.id in inside))
            if people and self._in_year(session.start, session.end):
                yield session.model_copy(update={"people": people})
