"""Cross-table checks: what points to nothing, what is there twice, what goes in a circle."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from planner.domain.case import DECISION_NEEDS, Need
from planner.domain.errors import Finding
from planner.domain.findings import Names, error
from planner.files.case import KEYS, CaseSource, Place, refused_word, rows_of
from planner.files.consistency import check_consistency
from planner.files.content import ContentSource, vocabulary_of
from planner.files.lookalikes import check_lookalikes, skeleton, unlike_letter
from planner.files.pointers import IN_CONTENT, POINTERS
from planner.files.slips import check_slips
from planner.files.vocabulary import LEVEL, Vocabulary
from planner.files.word_lists import WordList

LISTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("sessions", "allotted_to"): ("units",),
    ("exemptions", "subject"): ("people", "positions", "units", "sessions", "competencies"),
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
        *_lists(source, content),
        *_levels(source, content),
        *_twins(source),
        *_circles(source),
        *_decisions(source),
        *check_lookalikes(source),
        *check_consistency(source, content, as_of),
        *check_slips(source, content),
    ]


def _pointers(source: CaseSource, content: ContentSource | None) -> Iterator[Finding]:
    known = {table: _Known(names) for table, names in source.known.items()}
    known |= {part: _Known(names) for part, names in content.known().items()} if content else {}
    vocabulary = vocabulary_of(content) if content else Vocabulary()
    for table, pointers in POINTERS.items():
        for place, row in rows_of(source, table):
            for column, target in pointers.items():
                value = getattr(row, column)
                if not value or (target in IN_CONTENT and target not in known):
                    continue  # a list of the content that could not be read has its own finding
                if target == "authorities" and target not in source.case.given:
                    continue  # planned by one authority: its table need not be there
                names = known.get(target, _Known(()))
                if value not in names and not _waits(source, content, row, value, target):
                    listed = vocabulary.of(table, column)
                    if listed is not None and len(codes := listed.codes(value)) > 1:
                        yield refused_word(place, column, value, listed, codes)
                    else:
                        yield _dangling(place, column, value, names, target, listed)


def _waits(source: CaseSource, content: ContentSource | None, row: Any, value: str, target: str) -> bool:
    """A rank or standard written as a title of a unit that could not be read: what it is shows when the unit is."""
    if target not in ("ranks", "standards") or content is None or not content.content.titles.knows(value):
        return False
    post = source.case.position.get(row.position_id)
    unit = row.unit_id or (post.unit_id if post else None)
    if unit is None:
        return row.position_id in source.known.get("positions", ())
    return unit in source.known.get("units", ()) and unit not in source.case.unit


class _Known(Names):
    """The identifiers of a table; `alike` finds one by what is left of it for a tired eye."""

    @cached_property
    def alike(self) -> dict[str, str]:
        return {skeleton(name): name for name in self}


def _dangling(place: Place, column: str, value: str, names: _Known, target: str, listed: WordList | None) -> Finding:
    """A pointer to nothing; where it only looks like something that is there, which letter it is."""
    near = names.alike.get(skeleton(value)) or names.suggest(value) or (listed.near(value) if listed else None)
    letter = unlike_letter(value, near) if near else None
    if letter is None:
        return error("finding.dangling", place.file, place.line, column, value, near, target=target)
    return error("finding.dangling_alike", place.file, place.line, column, value, near, target=target, letter=letter)


def _lists(source: CaseSource, content: ContentSource | None) -> Iterator[Finding]:
    """Cells that hold several identifiers."""
    named = {**(content.known() if content else {}), **source.known}
    for (table, column), targets in LISTS.items():
        known = Names({k: label for target in targets for k, label in named.get(target, {}).items()})
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
    vocabulary = vocabulary_of(content)
    for place, row in rows_of(source, "qualifications"):
        yield from _level(content, vocabulary, place, "level", Need(row.competency, row.level))
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
                yield from _level(content, vocabulary, place, column, need)
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


def _level(content: ContentSource, vocabulary: Vocabulary, place: Place, column: str, need: Need) -> Iterator[Finding]:
    competency = content.content.competency.get(need.competency)
    if competency is None:
        return
    if competency.unit:
        yield error("finding.months_are_counted", place.file, place.line, column, need.level, competency=competency.id)
    elif need.level not in competency.levels:
        listed = vocabulary.of(*LEVEL, competency.id) or WordList(())
        if len(codes := listed.codes(need.level)) > 1:
            yield refused_word(place, column, need.level, listed, codes)
            return
        near = Names(competency.levels).suggest(need.level) or listed.near(need.level)
        yield error(
            "finding.not_a_level", place.file, place.line, column, need.level, near, competency=competency.id,
            choices=listed.listed(),
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
