"""A newer workbook into a case that is there: the same things keep their identifiers, what it is silent of stays."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from planner.domain.case import Case, Person, Position, Row, Service, Unit
from planner.domain.dates import Day
from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.titles import words
from planner.importers.dates import agree, finer
from planner.importers.identifiers import Identifiers
from planner.importers.text import spelled

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Merged:
    """The merged case; `gone` are people of the old case whom the newer workbook, which speaks of their units, has
    not: they keep their rows, their present posts end on the day before the workbook's. `renamed` are units of the
    old case, with their old name, that the workbook calls otherwise; `reborn` people of it, with their old birth, who
    have another one there.
    """

    case: Case
    gone: tuple[PersonId, ...] = ()
    renamed: Mapping[UnitId, str] = field(default_factory=dict)
    reborn: Mapping[PersonId, Day] = field(default_factory=dict)


def merge(old: Case, new: Case, as_of: dt.date) -> Merged:
    """`new`, read from a workbook, into `old`.

    People are known by name and a birth that agrees, or as the only ones of their name who stay in their unit; units
    by name below the same unit, or as those that most of their people share; posts by title and unit. The workbook
    says who holds what, who is planned, what people have; rows of other tables, and columns that it does not fill, are
    those of `old`.
    """
    return _Merging(old, new, Day.of(as_of)).run()


class _Merging:
    def __init__(self, old: Case, new: Case, as_of: Day) -> None:
        self.old, self.new, self.as_of = old, new, as_of
        taken = {str(k) for keys in (old.unit, old.position, old.person) for k in keys}
        self.ids = Identifiers(taken)
        self.units = self._units()
        self.posts = self._posts()
        self.people = self._people()
        self.back = {new: old for old, new in self.people.items()}

    def run(self) -> Merged:
        old, new = self.old, self.new
        covered = {self.units[u.unit_id] for u in new.units}
        here = set(self.people.values())
        gone = tuple(p.person_id for p in old.people if p.person_id not in here and self._is_covered(p, covered))
        replaced = self._renamed
        case = replace(
            old,
            units=self._joined(old.units, replaced(new.units), "unit_id", self._unit),
            positions=self._joined(old.positions, replaced(new.positions), "position_id", self._position),
            people=self._joined(old.people, replaced(new.people), "person_id", self._person),
            service=tuple(self._service(here, gone, replaced(new.service))),
            qualifications=self._added(old.qualifications, replaced(new.qualifications),
                                       lambda r: (r.person_id, r.competency, r.level, r.field)),
            ratings=self._overridden(old.ratings, replaced(new.ratings), lambda r: (r.person_id, r.year)),
            discipline=self._added(old.discipline, replaced(new.discipline),
                                   lambda r: (r.person_id, r.decided.written()[:7])),
            relations=self._added(old.relations, replaced(new.relations),
                                  lambda r: frozenset({r.person_a, r.person_b})),
            pools=self._pools(here | set(gone), replaced(new.pools)),
            courses=self._added(old.courses, new.courses, lambda r: r.course_id),
            enrolments=self._overridden(old.enrolments, replaced(new.enrolments), lambda r: (r.person_id, r.course_id)),
            vacancies=self._vacancies(covered, replaced(new.vacancies)),
            given=old.given | new.given,
        )  # fmt: skip
        names = {u.unit_id: u.name for u in case.units}
        renamed = {u.unit_id: u.name for u in old.units if words(u.name) != words(names[u.unit_id])}
        births = {p.person_id: p.birth_date for p in case.people}
        reborn = {p.person_id: p.birth_date for p in old.people if not agree(p.birth_date, births[p.person_id])}
        return Merged(case, gone, renamed, reborn)

    # ---- who is who ---------------------------------------------------------------------------------------------

    def _units(self) -> dict[UnitId, UnitId]:
        known = {(words(u.name), u.parent_id): u.unit_id for u in reversed(self.old.units)}
        found: dict[UnitId, UnitId] = {}
        for unit in self.new.units:  # those above come first
            parent = found.get(unit.parent_id) if unit.parent_id else None
            same = known.get((words(unit.name), parent))
            if same is None and unit.parent_id is None:  # the user may have put it below another unit
                same = next((u.unit_id for u in self.old.units if words(u.name) == words(unit.name)), None)
            if same is None:
                same = self._called_otherwise(unit, parent)
            found[unit.unit_id] = same or UnitId(self.ids.free(unit.unit_id))
        return found

    def _called_otherwise(self, unit: Unit, parent: UnitId | None) -> UnitId | None:
        """The old unit beside it that the workbook has no more, with which it shares most people; at least two."""
        names = {words(u.name) for u in self.new.units}
        here = {spelled(p.name) for p in self.new.people if p.unit_id == unit.unit_id}
        for old in self.old.units:
            if old.parent_id != parent or old.kind != unit.kind or words(old.name) in names:
                continue
            there = {spelled(p.name) for p in self.old.people if p.unit_id == old.unit_id}
            if len(here & there) >= max(2, (len(here) + 1) // 2, (len(there) + 1) // 2):
                return old.unit_id
        return None

    def _posts(self) -> dict[PositionId, PositionId]:
        known = {(words(p.title), p.unit_id): p.position_id for p in reversed(self.old.positions)}
        return {
            p.position_id: known.get((words(p.title), self.units[p.unit_id]))
            or PositionId(self.ids.free(p.position_id))
            for p in self.new.positions
        }

    def _people(self) -> dict[PersonId, PersonId]:
        """New identifiers to old ones, a whole birth before one that only agrees."""
        found: dict[PersonId, PersonId] = {}
        left = {p.person_id: p for p in self.old.people}
        same: tuple[Callable[[Person, Person], bool], ...] = (
            lambda a, b: a.birth_date.written() == b.birth_date.written(),
            lambda a, b: agree(a.birth_date, b.birth_date),
        )
        for test in same:
            for person in self.new.people:
                if person.person_id in found:
                    continue
                fits = [o for o in left.values() if spelled(o.name) == spelled(person.name) and test(o, person)]
                if len(fits) == 1:
                    found[person.person_id] = fits[0].person_id
                    del left[fits[0].person_id]
        strangers = [p for p in self.new.people if p.person_id not in found]
        for person in strangers:
            alone = sum(spelled(p.name) == spelled(person.name) for p in strangers) == 1
            fits = [o for o in left.values() if spelled(o.name) == spelled(person.name)]
            if alone and len(fits) == 1 and fits[0].unit_id == self.units.get(person.unit_id or UnitId("")):
                found[person.person_id] = fits[0].person_id  # a birth that was corrected
                del left[fits[0].person_id]
            else:
                found[person.person_id] = PersonId(self.ids.person())
        return found

    def _is_covered(self, person: Person, covered: set[UnitId]) -> bool:
        """The workbook speaks of the unit of the person's present post."""
        units = {self._unit_of(r) for r in self.old.service if r.person_id == person.person_id and r.until is None}
        return bool(units & covered)

    def _unit_of(self, row: Service) -> UnitId | None:
        position = self.old.position.get(row.position_id) if row.position_id else None
        return position.unit_id if position else row.unit_id

    # ---- rows ---------------------------------------------------------------------------------------------------

    def _renamed(self, rows: Iterable[R]) -> tuple[R, ...]:
        """Rows of the new case with the identifiers of the old one."""
        maps: dict[str, Mapping[Any, Any]] = {
            "unit_id": self.units, "parent_id": self.units, "position_id": self.posts, "held_with": self.posts,
            "return_to": self.posts, "person_id": self.people, "person_a": self.people, "person_b": self.people,
        }  # fmt: skip
        renamed = []
        for row in rows:
            columns = {c: m for c, m in maps.items() if c in type(row).model_fields}
            update = {c: m.get(getattr(row, c)) for c, m in columns.items() if getattr(row, c) is not None}
            renamed.append(row.model_copy(update=update))
        return tuple(renamed)

    @staticmethod
    def _joined(old: tuple[R, ...], new: tuple[R, ...], key: str, join: Callable[[Any, Any], Any]) -> tuple[R, ...]:
        rows = {getattr(r, key): r for r in old}
        for row in new:
            name = getattr(row, key)
            rows[name] = join(rows[name], row) if name in rows else row
        return tuple(rows.values())

    @staticmethod
    def _filled(old: R, new: R, columns: Iterable[str]) -> R:
        """The old row with what the new one says in these columns."""
        return old.model_copy(update={c: v for c in columns if (v := getattr(new, c)) is not None})

    def _unit(self, old: Unit, new: Unit) -> Unit:
        named = old if words(old.name) == words(new.name) else self._filled(old, new, ("name",))
        return named if named.kind else self._filled(named, new, ("kind", "locality"))

    def _position(self, old: Position, new: Position) -> Position:
        """Rank, standard and the like may have been set right by hand: only seats are the workbook's."""
        return self._filled(old, new, ("seats",))

    def _person(self, old: Person, new: Person) -> Person:
        said = self._filled(
            old, new,
            ("sex", "unit_id", "ethnicity", "native_place", "service_since", "party_since", "party_full_since",
             "retires_on"),
        )  # fmt: skip
        same = agree(old.birth_date, new.birth_date)
        birth = finer(old.birth_date, new.birth_date) if same else new.birth_date
        return said.model_copy(update={"birth_date": birth, "extra": {**old.extra, **new.extra}})

    def _service(self, here: set[PersonId], gone: Iterable[PersonId], new: tuple[Service, ...]) -> Iterable[Service]:
        """The past as it was; present posts as the workbook says, each with what the old row knows of it."""
        left = list(new)
        ended = self.as_of
        for row in self.old.service:
            if row.until is not None or row.person_id not in here | set(gone):
                yield row
                continue
            same = next((n for n in left if self._is_same_post(row, n)), None)
            if same is not None:
                left.remove(same)
                yield self._filled(row, same, ("since", "title", "unit_id", "rank"))
            else:
                since = row.since
                until = ended if since is None or since <= ended else since
                yield row.model_copy(update={"until": until})
        yield from left

    @staticmethod
    def _is_same_post(a: Service, b: Service) -> bool:
        same = a.person_id == b.person_id and (a.kind == b.kind or "acting" not in (a.kind, b.kind))
        if a.position_id or b.position_id:
            return same and a.position_id == b.position_id
        return same and a.unit_id == b.unit_id and words(a.title or "") == words(b.title or "")

    @staticmethod
    def _added(old: tuple[R, ...], new: tuple[R, ...], key: Callable[[Any], Any]) -> tuple[R, ...]:
        """The old rows, and the new ones that say something else."""
        have = {key(r) for r in old}
        return (*old, *(r for r in new if key(r) not in have))

    def _overridden(self, old: tuple[R, ...], new: tuple[R, ...], key: Callable[[Any], Any]) -> tuple[R, ...]:
        """Old rows with what the new ones say, and the new rows."""
        said = {key(r): r for r in new}
        columns = [c for c in (type(new[0]).model_fields if new else ()) if c != "extra"]
        kept = tuple(self._filled(r, said[key(r)], columns) if key(r) in said else r for r in old)
        have = {key(r) for r in old}
        return (*kept, *(r for r in new if key(r) not in have))

    def _pools(self, spoken_of: set[PersonId], new: tuple[Any, ...]) -> tuple[Any, ...]:
        """Where the workbook lists planned names, its names are those of the people of whom it speaks."""
        if not new:
            return self.old.pools
        said = {(r.position_id, r.person_id): r for r in new}
        kept = []
        for row in self.old.pools:
            key = row.position_id, row.person_id
            if key in said:
                kept.append(self._filled(row, said.pop(key), ("since", "decision_no", "status")))
            elif row.person_id not in spoken_of:
                kept.append(row)
        return (*kept, *said.values())

    def _vacancies(self, covered: set[UnitId], new: tuple[Any, ...]) -> tuple[Any, ...]:
        """Seats that are empty now are those of the workbook; vacancies to come are the case's."""
        posts = {p.position_id for p in self.old.positions if p.unit_id in covered}
        kept = [v for v in self.old.vacancies if v.position_id not in posts or v.on > self.as_of]
        empty = [v for v in self.old.vacancies if v not in kept]
        for vacancy in new:  # a seat that is still empty is so since the day that was known
            same = next((v for v in empty if v.position_id == vacancy.position_id), None)
            if same is not None:
                empty.remove(same)
            kept.append(same or vacancy)
        return tuple(kept)
