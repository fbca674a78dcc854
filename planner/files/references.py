"""Cross-table checks: what points to nothing, what is there twice, what goes in a circle."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from planner.domain.case import DECISION_NEEDS, Need
from planner.domain.errors import Finding
from planner.domain.findings import Names, error
from planner.files.case import KEYS, CaseSource, Place, rows_of
from planner.files.consistency import check_consistency
from planner.files.content import ContentSource
from planner.files.lookalikes import check_lookalikes, skeleton, unlike_letter

POINTERS: dict[str, dict[str, str]] = {
    "units": {"parent_id": "units"},
    "authorities": {"unit_id": "units", "delegated_from": "authorities"},
    "positions": {
        "unit_id": "units", "held_with": "positions", "managed_by": "authorities", "rank": "ranks",
        "standard": "standards",
    },
    "people": {"unit_id": "units"},
    "service": {
        "person_id": "people", "position_id": "positions", "unit_id": "units", "return_to": "positions",
        "rank": "ranks",
    },
    "qualifications": {"person_id": "people", "competency": "competencies"},
    "indicators": {"person_id": "people", "indicator": "indicator_sets"},
    "ratings": {"person_id": "people", "rating": "ratings"},
    "discipline": {"person_id": "people"},
    "relations": {"person_a": "people", "person_b": "people"},
    "pools": {"position_id": "positions", "person_id": "people", "round_id": "rounds"},
    "nominations": {"position_id": "positions", "person_id": "people", "round_id": "rounds"},
    "enrolments": {"person_id": "people", "course_id": "courses", "session_id": "sessions"},
    "sessions": {"course_id": "courses"},
    "vacancies": {"position_id": "positions"},
    "exemptions": {"rule": "rules"},
    "decisions": {"person_id": "people", "position_id": "positions", "session_id": "sessions"},
}  # fmt: skip
"""Column → the table, or the list of the content, in which its value must stand."""

LISTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("sessions", "allotted_to"): ("units",),
    ("exemptions", "subject"): ("people", "positions", "units", "sessions"),
}
"""Columns with several identifiers → the tables in one of which each must stand."""

TWINS: dict[str, tuple[str, ...]] = {table: (key,) for table, key in KEYS.items()} | {
    "indicators": ("person_id", "year", "indicator", "stage"),
    "ratings": ("person_id", "year"),
    "pools": ("position_id", "person_id", "round_id"),
    "nominations": ("position_id", "person_id", "round_id", "step", "proposed_by"),
}
"""Columns whose values together may stand in one row only."""


def check_case(source: CaseSource, content: ContentSource | None, as_of: dt.date | None) -> list[Finding]:
    """Everything that one row alone cannot show. Without content or `as_of` what needs them is left out."""
    return [
        *_pointers(source, content),
        *_lists(source),
        *_levels(source, content),
        *_twins(source),
        *_circles(source),
        *_decisions(source),
        *check_lookalikes(source),
        *check_consistency(source, content, as_of),
    ]


def _pointers(source: CaseSource, content: ContentSource | None) -> Iterator[Finding]:
    known = {table: _Known(names) for table, names in source.known.items()}
    known |= {part: _Known(names) for part, names in content.known().items()} if content else {}
    in_content = ("ranks", "standards", "competencies", "rules", "ratings", "indicator_sets")
    for table, pointers in POINTERS.items():
        for place, row in rows_of(source, table):
            for column, target in pointers.items():
                value = getattr(row, column)
                if not value or (target in in_content and target not in known):
                    continue  # a list of the content that could not be read has its own finding
                if target == "authorities" and target not in source.case.given:
                    continue  # planned by one authority: its table need not be there
                names = known.get(target, _Known(()))
                if value not in names:
                    yield _dangling(place, column, value, names, target)


class _Known(Names):
    """The identifiers of a table; `alike` finds one by what is left of it for a tired eye."""

    @cached_property
    def alike(self) -> dict[str, str]:
        return {skeleton(name): name for name in self}


def _dangling(place: Place, column: str, value: str, names: _Known, target: str) -> Finding:
    """A pointer to nothing; where it only looks like something that is there, which letter it is."""
    near = names.alike.get(skeleton(value)) or names.suggest(value)
    letter = unlike_letter(value, near) if near else None
    if letter is None:
        return error("finding.dangling", place.file, place.line, column, value, near, target=target)
    return error("finding.dangling_alike", place.file, place.line, column, value, near, target=target, letter=letter)


def _lists(source: CaseSource) -> Iterator[Finding]:
    """Cells that hold several identifiers."""
    for (table, column), targets in LISTS.items():
        known = Names({k: label for target in targets for k, label in source.known.get(target, {}).items()})
        for place, row in rows_of(source, table):
            for value in identifiers(getattr(row, column) or ""):
                if value not in known:
                    yield error(
                        "finding.dangling", place.file, place.line, column, value, known.suggest(value),
                        target=", ".join(targets),
                    )  # fmt: skip


def identifiers(text: str) -> list[str]:
    """The identifiers of a cell, parted by commas, semicolons or plus signs."""
    return [part.strip() for part in text.replace("+", ",").replace(";", ",").split(",") if part.strip()]


def _levels(source: CaseSource, content: ContentSource | None) -> Iterator[Finding]:
    """Levels of competencies, in qualifications and courses."""
    if content is None or "competencies" in content.broken:
        return
    for place, row in rows_of(source, "qualifications"):
        yield from _level(content, place, "level", Need(row.competency, row.level))
    ranks = Names(content.known().get("ranks", ()))
    for place, row in rows_of(source, "courses"):
        for column in ("grants", "needs"):
            need = getattr(row, column)
            if need is not None and need.competency not in content.content.competency:
                names = Names(content.known()["competencies"])
                yield error(
                    "finding.dangling", place.file, place.line, column, need.competency,
                    names.suggest(need.competency), target="competencies",
                )  # fmt: skip
            elif need is not None:
                yield from _level(content, place, column, need)
        if row.admits and "ranks" not in content.broken:
            for rank in row.admits.ranks:
                if rank not in ranks:
                    yield error(
                        "finding.dangling",
                        place.file,
                        place.line,
                        "admits",
                        rank,
                        ranks.suggest(rank),
                        target="ranks",
                    )


def _level(content: ContentSource, place: Place, column: str, need: Need) -> Iterator[Finding]:
    competency = content.content.competency.get(need.competency)
    if competency is None:
        return
    if competency.unit:
        yield error("finding.months_are_counted", place.file, place.line, column, need.level, competency=competency.id)
    elif need.level not in competency.levels:
        yield error(
            "finding.not_a_level", place.file, place.line, column, need.level,
            Names(competency.levels).suggest(need.level), competency=competency.id,
            choices=", ".join(competency.levels),
        )  # fmt: skip


def _twins(source: CaseSource) -> Iterator[Finding]:
    for table, columns in TWINS.items():
        first: dict[tuple[Any, ...], Place] = {}
        for place, row in rows_of(source, table):
            key = tuple(getattr(row, c) for c in columns)
            before = first.setdefault(key, place)
            if before is not place:
                value = ", ".join(str(k) for k in key if k is not None)
                yield error("finding.twin_row", place.file, place.line, ", ".join(columns), value, line=before.line)


def _circles(source: CaseSource) -> Iterator[Finding]:
    case = source.case
    parents: Mapping[str, str | None] = {u.unit_id: u.parent_id for u in case.units}
    yield from _circle(source, "units", "parent_id", parents, lambda row: str(row.unit_id))
    delegated: Mapping[str, str | None] = {a.authority_id: a.delegated_from for a in case.authorities}
    yield from _circle(source, "authorities", "delegated_from", delegated, lambda row: str(row.authority_id))


def _circle(
    source: CaseSource, table: str, column: str, up: Mapping[str, str | None], name: Callable[[Any], str]
) -> Iterator[Finding]:
    """One finding per circle, at the first row that is on it."""
    done: set[str] = set()
    for place, row in rows_of(source, table):
        trail: list[str] = []
        at: str | None = name(row)
        while at is not None and at not in done and at not in trail:
            trail.append(at)
            at = up.get(at)
        if at in trail:
            round_ = [*trail[trail.index(at) :], at]
            where = next((p for p, r in rows_of(source, table) if name(r) in round_), place)
            yield error("finding.circle", where.file, where.line, column, " → ".join(round_))
        done |= set(trail)


def _decisions(source: CaseSource) -> Iterator[Finding]:
    for place, row in rows_of(source, "decisions"):
        column = DECISION_NEEDS[row.kind]
        if column and getattr(row, column if column != "from" else "from_") is None:
            yield error("finding.decision_needs", place.file, place.line, column, kind=row.kind)
