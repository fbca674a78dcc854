"""Drafts become a case: units and posts with identifiers, people, and everything that hangs on them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from planner.domain.case import (
    Case,
    Course,
    Discipline,
    Enrolment,
    Need,
    Person,
    PoolEntry,
    Position,
    Qualification,
    Rating,
    Service,
    Unit,
    Vacancy,
)
from planner.domain.content import Content
from planner.domain.dates import Day
from planner.domain.ids import CompetencyId, CourseId, PersonId, PositionId, UnitId
from planner.domain.titles import Nature
from planner.importers.doubts import Doubt
from planner.importers.drafts import Drafts, HeldPost, RowDraft
from planner.importers.identifiers import Identifiers
from planner.importers.kin import relations_of
from planner.importers.notes import CourseNote, DisciplineNote, RetirementNote
from planner.importers.people import merged, people_of
from planner.importers.units import Organisation, Placed, UnitDraft

_EARLIEST = 1950
"""No sanction that is still told of is older."""
FREE = "free"
"""The standard that asks for nothing: for titles that the map does not know."""


@dataclass(frozen=True)
class Built:
    """A case with the drafts from which it was made."""

    case: Case
    drafts: dict[PersonId, RowDraft] = field(default_factory=dict)


@dataclass
class _Post:
    """A post on its way into the case."""

    position_id: PositionId
    title: str
    unit: UnitDraft
    placed: Placed
    holders: list[PersonId] = field(default_factory=list)
    vacant: int = 0
    told: int | None = None
    counted: bool = False
    concurrent: bool = False
    held_with: Counter[PositionId] = field(default_factory=Counter)

    @property
    def nature(self) -> Nature:
        """By its title; or concurrent, where all its holders have a post that fills the day besides."""
        entry = self.placed.entry
        if self.concurrent:
            return "concurrent"
        return entry.nature if entry else "full_time"


def build_case(
    drafts: Drafts, organisation: Organisation, content: Content, doubts: list[Doubt], as_of: dt.date
) -> Built:
    """The case of the drafts. `doubts` grows by what only several rows together show."""
    return _Building(drafts, organisation, content, doubts, as_of).run()


class _Building:
    def __init__(
        self, drafts: Drafts, organisation: Organisation, content: Content, doubts: list[Doubt], as_of: dt.date
    ) -> None:
        self.drafts = drafts
        self.organisation = organisation
        self.content = content
        self.doubts = doubts
        self.as_of = Day.of(as_of)
        self.ids = Identifiers()
        self.unit_ids: dict[int, UnitId] = {}
        self.posts: dict[tuple[str, int], _Post] = {}
        self.people: dict[PersonId, RowDraft] = {}
        self.main_of: dict[PersonId, HeldPost | None] = {}
        """The post that fills each person's day."""
        self.mains: set[tuple[str, int]] = set()
        """Posts that fill somebody's day, or are vacant."""

    def run(self) -> Built:
        everyone = people_of(self.drafts.rows, self.doubts)
        for person in everyone:
            self.people[PersonId(self.ids.person())] = merged(person)
        self._settle_mains()
        service = [row for i, d in self.people.items() for row in self._service(i, d)]
        self._struck()
        self._seats()
        pools = [row for i, d in self.people.items() for row in self._pools(i, d)]
        facts = {i: self._facts(d) for i, d in self.people.items()}
        enrolments, courses = self._courses()
        relations = relations_of(self.people, self.organisation, self.doubts)
        tables = {
            "people": tuple(self._person(i, d) for i, d in self.people.items()),
            "service": tuple(service),
            "qualifications": tuple(row for i, d in self.people.items() for row in self._qualifications(i, d)),
            "ratings": tuple(
                Rating(person_id=i, year=year, rating=code)
                for i, d in self.people.items() for year, code in sorted(d.ratings.items())
            ),
            "discipline": tuple(row for i, found in facts.items() for row in self._discipline(i, found)),
            "relations": tuple(relations),
            "pools": tuple(pools),
            "courses": tuple(courses),
            "enrolments": tuple(enrolments),
            "vacancies": tuple(
                Vacancy(position_id=p.position_id, on=self.as_of, reason=None)
                for p in self.posts.values() for _ in range(p.vacant)
            ),
        }  # fmt: skip
        tables["positions"] = tuple(self._position(p) for p in self.posts.values())
        tables["units"] = tuple(self._units())
        given = frozenset(name for name, rows in tables.items() if rows) | {"units", "positions", "people", "service"}
        return Built(Case(**tables, given=given), self.people)  # type: ignore[arg-type]

    # ---- units and posts ----------------------------------------------------------------------------------------

    def _units(self) -> Iterable[Unit]:
        """Every unit that something hangs on, those above first."""
        used = [u for u in self.organisation.units if id(u) in self.unit_ids]
        for unit in list(used):
            above = unit.parent
            while above is not None:
                self._unit_id(above)
                above = above.parent
        for unit in sorted((u for u in self.organisation.units if id(u) in self.unit_ids), key=lambda u: len(u.above)):
            parent = self.unit_ids[id(unit.parent)] if unit.parent else None
            locality = unit.root.name if unit.root.is_locality else None
            yield Unit(
                unit_id=self.unit_ids[id(unit)], name=unit.name, parent_id=parent, kind=unit.kind, locality=locality
            )

    def _unit_id(self, unit: UnitDraft) -> UnitId:
        if id(unit) not in self.unit_ids:
            prefix = self._unit_id(unit.root) if unit.parent else ""
            self.unit_ids[id(unit)] = UnitId(self.ids.initials(unit.name, prefix))
        return self.unit_ids[id(unit)]

    @staticmethod
    def _key(placed: Placed) -> tuple[str, int]:
        return placed.title.casefold(), id(placed.unit)

    def _post(self, placed: Placed) -> _Post:
        key = self._key(placed)
        if key not in self.posts:
            position_id = PositionId(self.ids.initials(placed.title, self._unit_id(placed.unit)))
            self.posts[key] = _Post(position_id, placed.title, placed.unit, placed)
        return self.posts[key]

    def _position(self, post: _Post) -> Position:
        entry = post.placed.entry
        seats = post.told
        if seats is None and post.counted and post.nature != "membership":
            seats = len(post.holders) + post.vacant or None
        nature, held_with = self._bound(post)
        lowest = min(self.content.ranks, key=lambda r: r.order).code
        return Position(
            position_id=post.position_id, title=post.title, unit_id=self._unit_id(post.unit),
            rank=entry.rank if entry else lowest, standard=entry.standard if entry else FREE,
            nature=nature, head=bool(entry and entry.head), seats=seats, held_with=held_with,
            filled_by=entry.filled_by if entry else None, term_system=entry.term_system if entry else None,
            acting_months=entry.acting_months if entry else None,
            may_stay_empty=entry.may_stay_empty if entry else None,
        )  # fmt: skip

    def _bound(self, post: _Post) -> tuple[Nature, PositionId | None]:
        """The nature of a post and the one that it is held with: a concurrent post needs one that fills the day."""
        if post.nature != "concurrent":
            return post.nature, None
        full = {p.position_id for p in self.posts.values() if p.nature == "full_time"}
        with_ = next((p for p, _ in post.held_with.most_common() if p in full), None)
        if with_ is not None:
            return "concurrent", with_
        return ("full_time" if post.vacant else "membership"), None

    def _service(self, person: PersonId, draft: RowDraft) -> Iterable[Service]:
        """Present posts; of several that fill a day one stays the main post, the others go with it."""
        main = self.main_of[person]
        for post in draft.posts:
            entry = post.placed.entry
            if entry is not None and entry.staff and not post.acting:
                yield Service(
                    person_id=person, since=post.since, unit_id=self._unit_id(post.placed.unit),
                    title=post.placed.title, rank=entry.rank,
                )  # fmt: skip
                continue
            beside = main is not None and post is not main and self._fills_a_day(post)
            if beside and not post.acting and self._key(post.placed) in self.mains:
                # Others fill their day with this post: to this one it is a title beside the own post.
                yield Service(
                    person_id=person, since=post.since, unit_id=self._unit_id(post.placed.unit),
                    title=post.placed.title, rank=entry.rank if entry else None,
                )  # fmt: skip
                continue
            seat = self._post(post.placed)
            if post.acting:
                yield Service(person_id=person, since=post.since, position_id=seat.position_id, kind="acting")
                continue
            if not draft.listed:
                seat.counted = True
            seat.holders.append(person)
            if main is not None and post is not main:
                if seat.nature == "full_time":
                    seat.concurrent = True
                seat.held_with[self._post(main.placed).position_id] += 1
            yield Service(person_id=person, since=post.since, position_id=seat.position_id)

    def _settle_mains(self) -> None:
        """Of several posts the one fills the day that fills the day of others too: vice chairs of the Front who each
        chair a union are vice chairs, and each union's chair goes with that."""
        for person, draft in self.people.items():
            self.main_of[person] = self._main(draft)
        alone = Counter(
            self._key(full[0].placed)
            for d in self.people.values()
            if len(full := [p for p in d.posts if not p.acting and self._fills_a_day(p)]) == 1
        )
        for person, draft in self.people.items():
            full = [p for p in draft.posts if not p.acting and self._fills_a_day(p)]
            shared = [p for p in full if alone[self._key(p.placed)]]
            if len(full) > 1 and len(shared) == 1:
                self.main_of[person] = shared[0]
        self.mains = {self._key(m.placed) for m in self.main_of.values() if m}
        self.mains |= {self._key(seat.placed) for seat in self.drafts.empty}

    @staticmethod
    def _main(draft: RowDraft) -> HeldPost | None:
        """The post that fills the day: a head before others, then the higher one."""
        full = [p for p in draft.posts if not p.acting and _Building._fills_a_day(p)]
        if not full:
            return None
        return max(full, key=lambda p: bool(p.placed.entry and p.placed.entry.head))

    @staticmethod
    def _fills_a_day(post: HeldPost) -> bool:
        entry = post.placed.entry
        return entry is None or (not entry.staff and entry.nature == "full_time")

    def _struck(self) -> None:
        """Posts of rows that are struck through are there, their holders not."""
        for row in self.drafts.rows:
            if row.struck:
                for post in row.posts:
                    if not (post.placed.entry and post.placed.entry.staff):
                        self._post(post.placed)

    def _seats(self) -> None:
        for seat in self.drafts.empty:
            if seat.placed.entry is None or not seat.placed.entry.staff:
                post = self._post(seat.placed)
                post.vacant += 1
                post.counted = True
        for section in self.drafts.sections:
            if self.drafts.forms or section.seats:
                post = self._post(section.placed)
                post.told = section.seats or post.told

    def _pools(self, person: PersonId, draft: RowDraft) -> Iterable[PoolEntry]:
        seen: set[PositionId] = set()
        for planned in draft.planned:
            post = self._post(planned.placed)
            if post.position_id in seen:
                continue
            seen.add(post.position_id)
            yield PoolEntry(
                position_id=post.position_id, person_id=person, since=planned.since, decision_no=planned.decision,
                status=planned.status,
            )  # fmt: skip

    # ---- people -------------------------------------------------------------------------------------------------

    def _person(self, person: PersonId, draft: RowDraft) -> Person:
        main = self.main_of[person]
        held = [main] if main else [p for p in draft.posts if not p.acting]
        unit = next((p.placed.unit for p in held), draft.section or draft.root)
        extra = {self._heading(k): v for k, v in draft.extra.items()}
        if draft.remarks:
            extra["x_note"] = "; ".join(draft.remarks)
        assert draft.birth is not None
        return Person(
            person_id=person, name=draft.name, sex=draft.sex or "M", birth_date=draft.birth,
            unit_id=self._unit_id(unit) if unit else None, ethnicity=draft.ethnicity, native_place=draft.native_place,
            service_since=draft.service_since, party_since=draft.party_since, party_full_since=draft.party_full_since,
            retires_on=self._retires(draft), extra=extra,
        )  # fmt: skip

    @staticmethod
    def _heading(text: str) -> str:
        return " ".join(text.split())

    def _retires(self, draft: RowDraft) -> Day | None:
        found: list[tuple[Day, str, str]] = []
        if draft.retires_on and draft.retires_cell:
            found.append((draft.retires_on, draft.retires_cell.sheet, draft.retires_cell.cell))
        for note, where in draft.notes:
            if isinstance(note, RetirementNote):
                early = note.on is not None and draft.birth is not None and note.on.day <= draft.birth
                if note.on is None or note.gone or early:
                    values = {"value": note.text}
                    self.doubts.append(
                        Doubt("retirement_unclear", where.sheet, where.cell, note.text, None, (), True, values)
                    )
                if note.on is not None and not note.gone and not early:
                    found.append((note.on.day, where.sheet, where.cell))
        if len({d.written() for d, _, _ in found}) > 1:
            first, second = found[0], found[1]
            days = {"value": second[0], "other": first[0]}
            self.doubts.append(
                Doubt("retire_conflict", second[1], second[2], second[0].written(), first[0].written(),
                      (second[0].written(),), True, days)
            )  # fmt: skip
        return found[0][0] if found else None

    def _qualifications(self, person: PersonId, draft: RowDraft) -> Iterable[Qualification]:
        seen = set()
        for level in draft.levels:
            competency = self.content.competency.get(CompetencyId(level.competency))
            if level.studying or competency is None or level.level not in competency.levels:
                continue
            key = (level.competency, level.level, level.field)
            if key not in seen:
                seen.add(key)
                written = level.written if level.competency in ("language", "it") else None
                yield Qualification(
                    person_id=person, competency=competency.id, level=level.level, field=level.field, source=written
                )

    def _facts(self, draft: RowDraft) -> list[DisciplineNote]:
        kept: dict[tuple[str | None, str], DisciplineNote] = {}
        for note, where in draft.notes:
            if not isinstance(note, DisciplineNote):
                continue
            values = {"value": note.text}
            if note.decided is None or note.decided.day.year not in range(_EARLIEST, self.as_of.year + 2):
                self.doubts.append(Doubt("discipline_date", where.sheet, where.cell, note.text, None, (), True, values))
                continue
            if note.form is None or note.decided.day.precision == "year":
                day = note.decided.day.written()
                self.doubts.append(Doubt("discipline_form", where.sheet, where.cell, note.text, day, (), True, values))
            kept.setdefault((note.form, note.decided.day.written()), note)
        return list(kept.values())

    def _discipline(self, person: PersonId, notes: list[DisciplineNote]) -> Iterable[Discipline]:
        for note in notes:
            assert note.decided is not None
            yield Discipline(person_id=person, side=note.side, form=note.form, decided=note.decided.day)

    def _courses(self) -> tuple[list[Enrolment], list[Course]]:
        """Courses in progress, as notes tell and as levels that are still being studied."""
        assert self.content.office is not None
        known = {c.course_id: c for c in self.content.office.courses}
        by_grant = {c.grants: c for c in reversed(self.content.office.courses)}
        used: dict[str, None] = {}
        found: dict[tuple[PersonId, str], Enrolment] = {}
        for person, draft in self.people.items():
            for note, _ in draft.notes:
                if isinstance(note, CourseNote):
                    used[note.course.course_id] = None
                    found[person, note.course.course_id] = Enrolment(
                        person_id=person, course_id=CourseId(note.course.course_id), since=_year(note.since),
                        until=_year(note.until),
                    )  # fmt: skip
            for level in draft.levels:
                course = by_grant.get(f"{level.competency}:{level.level}") if level.studying else None
                if course is not None:
                    used[course.course_id] = None
                    found.setdefault(
                        (person, course.course_id), Enrolment(person_id=person, course_id=CourseId(course.course_id))
                    )
        courses = []
        for i in used:
            competency, _, level_name = known[i].grants.partition(":")
            courses.append(
                Course(course_id=CourseId(i), name=known[i].name, grants=Need(CompetencyId(competency), level_name))
            )
        return list(found.values()), courses


def _year(year: int | None) -> Day | None:
    return Day(year, 1, 1, "year") if year else None
