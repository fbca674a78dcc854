"""What the case alone says of people, posts, levels and lists, before anyone leaves and before any plan.

Everything here is looked up many times while plans are enumerated or columns are built, so it is computed once.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from planner.assess.levels import trait_levels
from planner.domain.case import (
    Case,
    Course,
    Discipline,
    Enrolment,
    Need,
    Nomination,
    Position,
    Qualification,
    Round,
    Service,
    Session,
)
from planner.domain.content import Cell, Content
from planner.domain.dates import ONE_DAY, Day, add_months, last_possible, whole_months
from planner.domain.horizon import Horizon
from planner.domain.ids import CompetencyId, CourseId, PersonId, PositionId, RoundId, SessionId, UnitId
from planner.domain.opinions import refuses
from planner.domain.scenario import Rates
from planner.domain.suitability import WHOLE
from planner.timeline.departures import last_days
from planner.timeline.runs import merged
from planner.timeline.suitability import Suitability

LONG_AGO = dt.date.min
NEVER = dt.date.max
RECENT_MONTHS = 60


class Gap(NamedTuple):
    """A level of a competency as a number: its place in the order, or months."""

    competency: CompetencyId
    level: int


class Absence(NamedTuple):
    """Away from `start` on; back on `end`."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class RotationNow:
    """A rotation in progress at `as_of`: over on `end` (None = not known, free at once)."""

    person: PersonId
    position: PositionId
    start: dt.date | None
    end: dt.date | None
    return_to: PositionId | None


@dataclass(frozen=True)
class CoverNow:
    """A deputy who acts at `as_of`, until the day before `end`."""

    person: PersonId
    position: PositionId
    end: dt.date


class Ground:
    """The case, its content and the horizon, with the look-ups that all layers above share."""

    def __init__(
        self,
        case: Case,
        content: Content,
        horizon: Horizon,
        lead_months: int = 0,
        names_from: str = "both",
        rates: Rates = Rates(),  # noqa: B008 (frozen)
    ) -> None:
        self.case = case
        self.content = content
        self.horizon = horizon
        self.lead_months = lead_months
        self.names_from = names_from
        self.rates = rates
        # Asked millions of times: each of them once for what it is asked of, and without a call of ours after.
        self.order: Callable[[PositionId], int] = cache(self._order)
        """The order of the position's rank: higher number = higher rank."""
        self.course_of: Callable[[SessionId], Course] = cache(self._course_of)
        """The course of a session."""
        self.session_end: Callable[[SessionId], dt.date] = cache(self._session_end)
        """The last day, from which the level counts: as given, else the day before start + the course's months; NEVER
        where neither is known: whoever attends is busy from the first day on, and the level never counts."""
        self.granted: Callable[[SessionId], Gap] = cache(self._granted)
        """The level that a session grants."""
        self.closed_on: Callable[[PersonId, Gap], dt.date] = cache(self._closed_on)
        """The first day on which the person has the level without any plan; NEVER if not so."""
        self.demands: Callable[[PositionId, str], tuple[Gap, ...]] = cache(self._demands)
        """What the position demands to enter its list (`plan`) or to take over (`appoint`), highest level each."""
        self.listable_of: Callable[[tuple[str, ...]], Mapping[PositionId, None]] = cache(self._listable_of)
        """The positions of some ranks that have a list, as keys; all where none is named."""
        self.unit_and_above: Callable[[UnitId], frozenset[UnitId]] = cache(self._unit_and_above)
        self.age_reference: Callable[[str | None, dt.date], dt.date | None] = cache(self._age_reference)
        """The last day of reference for ages of the system up to the day, else the first after it; None = none."""
        self._cells: Callable[[PositionId, tuple[str, ...]], tuple[Cell, ...]] = cache(self._required_at)

    # ---- positions -------------------------------------------------------------------------------------------

    @cached_property
    def full_time(self) -> tuple[PositionId, ...]:
        """The posts that are seats of their own: they have vacancies and chains."""
        return tuple(p.position_id for p in self.case.positions if p.nature == "full_time")

    @cached_property
    def listable(self) -> tuple[PositionId, ...]:
        """Positions with a list of their own: full-time posts, and posts bound to none."""
        return tuple(p.position_id for p in self.case.positions if p.nature == "full_time" or not p.held_with)

    def _listable_of(self, ranks: tuple[str, ...]) -> Mapping[PositionId, None]:
        return {p: None for p in self.listable if not ranks or self.case.position[p].rank in ranks}

    @cached_property
    def bundles(self) -> dict[PositionId, tuple[Position, ...]]:
        """A post with the posts that are held with it: one holder, one vacancy, the standards of all."""
        held: defaultdict[PositionId, list[Position]] = defaultdict(list)
        for position in self.case.positions:
            if position.nature != "full_time" and position.held_with:
                held[position.held_with].append(position)
        return {p: (self.case.position[p], *held[p]) for p in self.listable}

    @cached_property
    def seats(self) -> dict[PositionId, int]:
        """Seats of the full-time posts; where the case is silent: holders and listed vacancies."""
        listed: defaultdict[PositionId, int] = defaultdict(int)
        for vacancy in self.case.vacancies:
            if vacancy.on <= self.horizon.as_of:
                listed[vacancy.position_id] += 1
        seats = {}
        for p in self.full_time:
            given = self.case.position[p].seats
            seats[p] = max(1, len(self.incumbents[p]) + listed[p]) if given is None else given
        return seats

    def _order(self, position: PositionId) -> int:
        return self.content.rank[self.case.position[position].rank].order

    @cached_property
    def posts_of_unit(self) -> dict[UnitId, tuple[PositionId, ...]]:
        """Full-time posts by unit (not of the units below)."""
        posts: defaultdict[UnitId, list[PositionId]] = defaultdict(list)
        for p in self.full_time:
            posts[self.case.position[p].unit_id].append(p)
        return {unit: tuple(ps) for unit, ps in posts.items()}

    def _unit_and_above(self, unit: UnitId) -> frozenset[UnitId]:
        above, current = {unit}, self.case.unit[unit].parent_id if unit in self.case.unit else None
        while current and current not in above:
            above.add(current)
            current = self.case.unit[current].parent_id if current in self.case.unit else None
        return frozenset(above)

    def cells(self, position: PositionId, *stages: str) -> tuple[Cell, ...]:
        """The cells of all standards of the bundle that are required at one of the stages."""
        return self._cells(position, stages)

    def _required_at(self, position: PositionId, stages: tuple[str, ...]) -> tuple[Cell, ...]:
        standards = dict.fromkeys(p.standard for p in self.bundles.get(position, (self.case.position[position],)))
        return tuple(cell for s in standards for cell in self.content.standard[s].cells if cell.required_at in stages)

    def _demands(self, position: PositionId, stage: str) -> tuple[Gap, ...]:
        stages = ("plan",) if stage == "plan" else ("plan", "appoint")
        wanted: dict[CompetencyId, int] = {}
        for cell in self.cells(position, *stages):
            level = self.content.level(Need(cell.competency, cell.level))
            wanted[cell.competency] = max(level, wanted.get(cell.competency, 0))
        return tuple(Gap(c, level) for c, level in wanted.items() if level > 0)

    # ---- people at as_of -------------------------------------------------------------------------------------

    def is_present(self, row: Service) -> bool:
        as_of = self.horizon.as_of
        return (row.since is None or row.since <= as_of) and (row.until is None or row.until >= as_of)

    def present_rows(self, person: PersonId) -> list[Service]:
        return [row for row in self.case.service_of[person] if self.is_present(row)]

    @cached_property
    def home(self) -> dict[PersonId, PositionId | None]:
        """The full-time post held at `as_of`; None for a reserve. Acting is not holding."""
        full_time = set(self.full_time)
        home: dict[PersonId, PositionId | None] = dict.fromkeys(self.case.person)
        for person in home:
            for row in self.present_rows(person):
                if row.position_id in full_time and row.kind != "acting":
                    home[person] = row.position_id
                    break
        return home

    def own_unit(self, person: PersonId) -> UnitId | None:
        """The unit of the post held, else of a present row of service, else of the person; None where none tells."""
        return self._own_units[person]

    @cached_property
    def _own_units(self) -> dict[PersonId, UnitId | None]:
        units: dict[PersonId, UnitId | None] = {}
        for person, row in self.case.person.items():
            home = self.home[person]
            known = [self.case.position[home].unit_id] if home is not None else []
            known += [r.unit_id for r in self.present_rows(person) if r.unit_id and r.kind != "acting"]
            known += [row.unit_id] if row.unit_id else []
            units[person] = next((unit for unit in known if unit in self.case.unit), None)
        return units

    @cached_property
    def held(self) -> dict[PersonId, frozenset[PositionId]]:
        """Every position held at `as_of`, also concurrent and membership posts."""
        return {
            person: frozenset(
                row.position_id for row in self.present_rows(person) if row.position_id and row.kind != "acting"
            )
            for person in self.case.person
        }

    @cached_property
    def incumbents(self) -> dict[PositionId, tuple[PersonId, ...]]:
        holders: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
        for person, post in self.home.items():
            if post is not None:
                holders[post].append(person)
        return {p: tuple(holders[p]) for p in self.full_time}

    def row_order(self, row: Service) -> int | None:
        """The order of the rank of a service row: its own, else that of its position."""
        if row.rank is not None and row.rank in self.content.rank:
            return self.content.rank[row.rank].order
        if row.position_id in self.case.position:
            return self.order(row.position_id)
        return None

    @cached_property
    def lowest_order(self) -> int:
        """The lowest rank there is: of those who hold no post."""
        return min(r.order for r in self.content.ranks)

    @cached_property
    def lowest_leading(self) -> int:
        """The lowest rank of a full-time post of the case."""
        return min((self.order(p) for p in self.full_time), default=self.lowest_order)

    @cached_property
    def person_order(self) -> dict[PersonId, int]:
        """The highest present rank of a person; the lowest rank there is where no row tells."""
        lowest = self.lowest_order
        return {
            person: max(
                (
                    o
                    for row in self.present_rows(person)
                    if row.kind != "acting" and (o := self.row_order(row)) is not None
                ),
                default=lowest,
            )
            for person in self.case.person
        }

    @cached_property
    def rotations_now(self) -> dict[PersonId, RotationNow]:
        now = {}
        for person, post in self.home.items():
            for row in self.present_rows(person):
                if row.kind == "rotation" and post is not None and row.position_id == post:
                    now[person] = RotationNow(person, post, row.since, row.planned_until, row.return_to)
        return now

    @cached_property
    def returns(self) -> dict[PersonId, PositionId]:
        """By person on rotation the post of the own rank that is promised for the time after it, in writing.

        It stands for a place in the list of that post: nobody is planned for a post of the own rank.
        """
        return {
            now.person: now.return_to
            for now in self.rotations_now.values()
            if now.return_to in self.seats and self.order(now.return_to) == self.person_order[now.person]
        }

    @cached_property
    def covers_now(self) -> dict[PositionId, CoverNow]:
        """Deputies who act at `as_of`, with their known end: as planned, else since + `acting_months`."""
        now: dict[PositionId, CoverNow] = {}
        for person in self.case.person:
            for row in self.present_rows(person):
                if row.kind != "acting" or row.position_id not in self.seats or row.position_id in now:
                    continue
                months = self.case.position[row.position_id].acting_months
                end = row.planned_until
                if end is None and row.since is not None and months is not None:
                    end = add_months(row.since, months)  # type: ignore[assignment]
                if end is not None:
                    now[row.position_id] = CoverNow(person, row.position_id, end)
        return now

    @cached_property
    def fields_of(self) -> dict[PersonId, set[str]]:
        """The fields that a person knows: own field, of degrees, and of posts held in the last five years.

        A degree imported from a list has the words of the list for its field.
        """
        since = add_months(self.horizon.as_of, -RECENT_MONTHS)
        fields: dict[PersonId, set[str | None]] = {i: {row.field} for i, row in self.case.person.items()}
        for qualification in self.case.qualifications:
            fields[qualification.person_id].add(qualification.field)
        for row in self.case.service:
            if row.position_id in self.case.position and (row.until is None or row.until >= since):
                fields[row.person_id].add(self.case.position[row.position_id].field)
        code = {f: self.content.field_of(f) for known in fields.values() for f in known if f}
        return {person: {code[f] for f in known if f} for person, known in fields.items()}

    @cached_property
    def retires_on(self) -> dict[PersonId, dt.date]:
        """The first day out of service by age, or as the case says."""
        return {i: self.content.retires_on(row) for i, row in self.case.person.items()}

    @cached_property
    def leaves_on(self) -> dict[PersonId, dt.date]:
        """The first day out of service by age, or sooner where the case records that the person leaves."""
        return last_days(self)

    @cached_property
    def discipline_of(self) -> dict[PersonId, list[Discipline]]:
        """Sanctions; one that runs out in a month, or a year, runs out on the last day of it."""
        rows: defaultdict[PersonId, list[Discipline]] = defaultdict(list)
        for row in self.case.discipline:
            ends = None if row.expires is None else Day.of(last_possible(row.expires))
            rows[row.person_id].append(row if ends == row.expires else row.model_copy(update={"expires": ends}))
        return rows

    @cached_property
    def rating_of(self) -> dict[tuple[PersonId, int], str]:
        """The yearly class of a person by year."""
        return {(row.person_id, row.year): row.rating for row in self.case.ratings}

    # ---- courses and levels ----------------------------------------------------------------------------------

    def _course_of(self, session: SessionId) -> Course:
        return self.case.course[self.case.session[session].course_id]

    def _session_end(self, session: SessionId) -> dt.date:
        row = self.case.session[session]
        return last_possible(row.end) if row.end is not None else _over_on(row.start, self.course_of(session))

    def last_known_day(self, session: SessionId) -> dt.date:
        """The end of a session; where none is known its first day, since nothing can be asked of a later one."""
        end = self.session_end(session)
        return self.case.session[session].start if end == NEVER else end

    def written_end(self, session: SessionId) -> dt.date | None:
        """The end of a session for papers, as far as it is known: 04/2027 is not written as its last day."""
        end = self.session_end(session)
        return self.case.session[session].end or (None if end == NEVER else end)

    def _granted(self, session: SessionId) -> Gap:
        grants = self.course_of(session).grants
        return Gap(grants.competency, self.content.level(grants))

    def sessions_granting(self, gap: Gap) -> tuple[Session, ...]:
        """The sessions that grant at least the level."""
        if gap not in self._sessions_granting:
            self._sessions_granting[gap] = tuple(
                row
                for row in self.case.sessions
                if (granted := self.granted(row.session_id)).competency == gap.competency and granted.level >= gap.level
            )
        return self._sessions_granting[gap]

    @cached_property
    def _sessions_granting(self) -> dict[Gap, tuple[Session, ...]]:
        return {}

    @cached_property
    def enrolled(self) -> dict[PersonId, tuple[tuple[Course, Absence], ...]]:
        """Courses in progress or settled, with the days on which they run; `end` is the last day."""
        found: defaultdict[PersonId, list[tuple[Course, Absence]]] = defaultdict(list)
        for row in self.case.enrolments:
            session: Session | None = self.case.session.get(row.session_id) if row.session_id else None
            course = self.case.course[row.course_id]
            start = self._enrolled_from(row)
            if row.until is not None:
                end = last_possible(row.until)  # a course "until 2026" may last to the end of the year
            elif session is not None:
                end = self.session_end(session.session_id)
            else:
                end = _over_on(start, course)
            found[row.person_id].append((course, Absence(start, end)))
        return {person: tuple(rows) for person, rows in found.items()}

    def enrolled_full_time(self, person: PersonId, day: dt.date) -> bool:
        """Whether a full-time course that is settled already runs past the day."""
        return any(c.mode == "full" and run.start <= day < run.end for c, run in self.enrolled.get(person, ()))

    def _enrolled_from(self, row: Enrolment) -> dt.date:
        session = self.case.session.get(row.session_id) if row.session_id else None
        return row.since or (session.start if session else self.horizon.as_of)

    @cached_property
    def places_taken(self) -> Counter[SessionId]:
        """How many people are enrolled in each session: their places are not there to be given."""
        return Counter(session for session, _ in {(e.session_id, e.person_id) for e in self.case.enrolments} if session)

    @cached_property
    def yearly_places_taken(self) -> Counter[tuple[CourseId, int]]:
        """How many people are enrolled in a course, by the year in which their session, or their study, begins."""
        taken = set()
        for row in self.case.enrolments:
            session = self.case.session.get(row.session_id) if row.session_id else None
            first_day = session.start if session else self._enrolled_from(row)
            taken.add((row.course_id, first_day.year, row.person_id))
        return Counter((course, year) for course, year, _ in taken)

    def _closed_on(self, person: PersonId, gap: Gap) -> dt.date:
        competency = self.content.competency[gap.competency]
        if competency.unit == "months":
            return self._months_complete_on(person, gap)
        days = [
            row.since or LONG_AGO
            for row in self._qualifications.get((person, gap.competency), ())
            if competency.levels.index(row.level) >= gap.level
        ]
        for course, run in self.enrolled.get(person, ()):
            if course.grants.competency == gap.competency and self.content.level(course.grants) >= gap.level:
                days.append(run.end)
        return min(days, default=NEVER) if gap.level > 0 else LONG_AGO

    def qualifications_of(self, person: PersonId, competency: CompetencyId) -> Sequence[Qualification]:
        """What the person holds of a competency, in the order of the case."""
        return self._qualifications.get((person, competency), ())

    def latest_level(self, person: PersonId, competency: CompetencyId) -> str | None:
        """The level that was recorded last by `as_of`; of undated ones the last in the table. None: nothing is."""
        rows = [r for r in self.qualifications_of(person, competency) if (r.since or LONG_AGO) <= self.horizon.as_of]
        return max(rows, key=lambda row: row.since or LONG_AGO).level if rows else None

    @cached_property
    def suitability(self) -> Suitability:
        """How suitable each person is for a post, as the content set weighs it."""
        return Suitability(self)

    @cached_property
    def _qualifications(self) -> dict[tuple[PersonId, CompetencyId], list[Qualification]]:
        rows: defaultdict[tuple[PersonId, CompetencyId], list[Qualification]] = defaultdict(list)
        # Traits come from the yearly evaluation where the case does not record their level itself.
        for row in (*self.case.qualifications, *trait_levels(self.case, self.content, self.horizon.as_of)):
            rows[row.person_id, row.competency].append(row)
        return rows

    def _months_complete_on(self, person: PersonId, gap: Gap) -> dt.date:
        """The day on which the months of service that count are complete.

        Rows that overlap or touch count once; apart from each other each counts in whole months. The open row
        runs on, also ahead of `as_of`; a rotation of the plan is never added (formulation.md §3).
        """
        counts = self.content.competency[gap.competency].counts
        assert counts is not None
        orders = {self.content.rank[code].order for code in counts.rank}
        runs = []
        for row, run in self._runs_of(person):
            if row.kind == "rotation" if counts.kind == "rotation" else self.row_order(row) in orders:
                runs.append(run)
        return self._complete_on(runs, gap.level)

    def months_at_order_on(self, person: PersonId, order: int, months: int) -> dt.date:
        """The day on which so many months at ranks of that order are complete; NEVER if not so without a move."""
        runs = [run for row, run in self._runs_of(person) if self.row_order(row) == order]
        return self._complete_on(runs, months)

    def _runs_of(self, person: PersonId) -> Iterator[tuple[Service, tuple[dt.date, dt.date]]]:
        """Rows of service that can count, not acting ones, each with its time [start, end).

        A present row whose beginning is not known counts from `as_of`: the post is held then, whatever came before.
        """
        for row in self.case.service_of[person]:
            since = row.since or (self.horizon.as_of if self.is_present(row) else None)
            if since is not None and row.kind != "acting":
                yield row, (since, row.until + ONE_DAY if row.until else NEVER)

    def _complete_on(self, runs: Iterable[tuple[dt.date, dt.date]], wanted: int) -> dt.date:
        """The day on which the months of the runs [start, end) come to what is wanted."""
        months = 0
        for start, end in merged(runs):
            if end > self.horizon.as_of:
                return LONG_AGO if months >= wanted else add_months(start, wanted - months)
            months += whole_months(start, end)
        return LONG_AGO if months >= wanted else NEVER

    # ---- rounds and lists ------------------------------------------------------------------------------------

    @cached_property
    def decided_round(self) -> dict[PositionId, Round]:
        """Per position the round that this plan decides: the first of its system on or after `as_of`."""
        first: dict[str | None, Round] = {}
        for row in sorted(self.case.rounds, key=lambda r: (r.approved_on, r.round_id)):
            if row.approved_on >= self.horizon.as_of:
                first.setdefault(row.system, row)
        decided = {}
        for p in self.listable:
            system = self.case.position[p].term_system
            found = first.get(system) if system is not None else None
            found = found or first.get(None)
            if found is not None:
                decided[p] = found
        return decided

    def _age_reference(self, system: str | None, day: dt.date) -> dt.date | None:
        days = sorted(
            r.age_reference_date for r in self.case.rounds if r.age_reference_date and r.system in (None, system)
        )
        return max((d for d in days if d <= day), default=days[0] if days else None)

    @cached_property
    def undecided_rounds(self) -> tuple[RoundId, ...]:
        """Later rounds, which this plan does not decide."""
        decided = {r.round_id for r in self.decided_round.values()}
        return tuple(
            r.round_id for r in self.case.rounds if r.approved_on >= self.horizon.as_of and r.round_id not in decided
        )

    def plan_day(self, position: PositionId) -> dt.date:
        """The day on which the rules of stage plan are judged: the round's date, else `as_of`."""
        decided = self.decided_round.get(position)
        return decided.approved_on if decided else self.horizon.as_of

    @cached_property
    def old_lists(self) -> dict[PositionId, tuple[PersonId, ...]]:
        """The names in force at `as_of`."""
        names: defaultdict[PositionId, dict[PersonId, None]] = defaultdict(dict)
        for row in self.case.pools:
            if row.status != "remove" and (row.since is None or row.since <= self.horizon.as_of):
                names[row.position_id][row.person_id] = None
        return {p: tuple(names[p]) for p in self.listable}

    @cached_property
    def listed_since(self) -> Mapping[tuple[PersonId, PositionId], dt.date]:
        """Since when a name is in a list, as far as it is known: by its row, else by the round that approved it."""
        approved = {r.round_id: r.approved_on for r in self.case.rounds}
        found: dict[tuple[PersonId, PositionId], dt.date] = {}
        for row in self.case.pools:
            day = row.since or (approved.get(row.round_id) if row.round_id else None)
            if day is not None:
                key = (row.person_id, row.position_id)
                found[key] = min(day, found.get(key, day))
        return found

    @cached_property
    def everyone_is_listed(self) -> bool:
        """Only a case with neither rounds nor pools counts everyone plannable as listed."""
        return not self.case.rounds and not self.case.pools

    @cached_property
    def current_nominations(self) -> tuple[Nomination, ...]:
        """Those of rounds that are still to be decided: a round of the past has had its answer in the lists."""
        past = {row.round_id for row in self.case.rounds if row.approved_on < self.horizon.as_of}
        return tuple(row for row in self.case.nominations if row.round_id not in past)

    @cached_property
    def nominated(self) -> frozenset[tuple[PersonId, PositionId]]:
        """Who is nominated for which post in a round that is to be decided, and was neither refused nor voted down."""
        return frozenset((n.person_id, n.position_id) for n in self.current_nominations) - self.refused

    @cached_property
    def refused(self) -> frozenset[tuple[PersonId, PositionId]]:
        """Whose nomination was refused by an opinion, or lost a ballot, at any step."""
        return frozenset((n.person_id, n.position_id) for n in self.current_nominations if self.is_refused(n))

    def is_refused(self, row: Nomination) -> bool:
        """By its opinion, or by its votes, of which it needs more than the content set says (rules.md §1.5 step 5)."""
        if row.opinion is not None and refuses(row.opinion):
            return True
        if row.votes_for is None or not row.votes_of:
            return False
        return row.votes_for * WHOLE <= self.content.suitability.votes_above * row.votes_of

    @cached_property
    def nominated_for(self) -> dict[PositionId, frozenset[PersonId]]:
        """The same by post."""
        found: defaultdict[PositionId, set[PersonId]] = defaultdict(set)
        for person, position in self.nominated:
            found[position].add(person)
        return {position: frozenset(persons) for position, persons in found.items()}


def _over_on(start: dt.date, course: Course) -> dt.date:
    """The last day of a course that begins on the day, by its months; NEVER where they are not known.

    Of a beginning that is known in part the last day that it may be: a level must not count too soon.
    """
    if not course.months:
        return NEVER
    begins = last_possible(start)
    return max(begins, add_months(begins, round(course.months)) - ONE_DAY)
