"""What can be read and is most likely a slip: the example left in, one person twice, a word that no rule knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from planner.domain.case import TABLES, Person
from planner.domain.content import Content
from planner.domain.dates import add_months
from planner.domain.errors import Finding
from planner.domain.findings import doubt, plain, warning
from planner.domain.messages import LANGUAGES, tr
from planner.files.case import CaseSource, Place, read_case, rows_of
from planner.files.content import ContentSource, vocabulary_of
from planner.files.vocabulary import CODES
from planner.files.word_lists import slip_of

FIRST_WORK = 15
"""Years of age before which nobody is in service."""
MANY_SEATS = 1_000
"""Of one post; more are most likely a headcount in the wrong column."""
EXAMPLE = "example"
EXAMPLE_KEYS = {
    "units": ("unit_id", "name"), "positions": ("position_id", "title"), "people": ("person_id", "name"),
    "courses": ("course_id", "name"),
}  # fmt: skip
"""Columns by which a row of the example is known when its mark is gone."""
SPOKEN: dict[tuple[str, str], tuple[str, ...]] = {
    ("relations", "relation"): ("relations",),
    ("discipline", "form"): ("forms", "lasting", "months"),
    ("discipline", "no_sanction_case"): (),
    ("units", "kind"): ("unit_kind", "unit_kinds", "kinds", "below"),
    ("positions", "term_system"): ("term_system",),
    ("rounds", "system"): ("term_system",),
    ("positions", "sector"): ("sector", "sectors"),
}
"""Columns of words that only rules give a meaning, with the keys under which the content names such words."""


def check_slips(source: CaseSource, content: ContentSource | None) -> Iterator[Finding]:
    """Warnings and doubts: the run lives with them."""
    yield from _example(source, content)
    yield from _same_person(source)
    yield from _heads(source)
    yield from _seats(source)
    yield from _too_young(source)
    yield from _words(source, content)


def _example(source: CaseSource, content: ContentSource | None) -> Iterator[Finding]:
    """Rows of the example that `planner new` writes, left in: they would be planned with. One finding a table."""
    marks = {plain(tr("guide.delete", language)) for language in LANGUAGES}
    shown = _example_rows(content.folder / EXAMPLE) if content is not None else {}
    for table in TABLES:
        left = [
            place
            for place, row in rows_of(source, table)
            if any(plain(text) in marks for text in row.extra.values())
            or (table in shown and tuple(getattr(row, c) for c in EXAMPLE_KEYS[table]) in shown[table])
        ]
        if left:
            lines = ", ".join(str(place.line) for place in left)
            yield warning("finding.example_left", left[0].file, left[0].line, count=len(left), lines=lines)


def _same_person(source: CaseSource) -> Iterator[Finding]:
    """A name and a birth that stand twice: one person with two codes could count twice. A year alone proves little."""
    first: dict[tuple[str, str], tuple[Place, Person]] = {}
    for place, row in rows_of(source, "people"):
        born = row.birth_date.written()
        name = " ".join(row.name.casefold().split())
        where, before = first.setdefault((name, born), (place, row))
        if before is not row:
            said = doubt if row.birth_date.precision == "year" else warning
            other = f"{where.file}:{where.line}"
            yield said(
                "finding.same_person", place.file, place.line, "name", row.name, born=row.birth_date,
                other=before.person_id, where=other,
            )  # fmt: skip


def _heads(source: CaseSource) -> Iterator[Finding]:
    """Without any head nothing counts as the post that matters most, and no unit has a leader."""
    posts = list(rows_of(source, "positions"))
    whole = all(row.rank and row.standard for _, row in posts)  # else the title map may say who heads
    if posts and whole and not any(row.head for _, row in posts):
        yield warning("finding.no_head", posts[0][0].file, posts[0][0].line, "head")


def _too_young(source: CaseSource) -> Iterator[Finding]:
    """Service before the age of work: one of the two dates is most likely a slip. What is not known favours the row."""
    people = source.case.person
    for place, row in rows_of(source, "service"):
        person = people.get(row.person_id)
        if person is None or row.since is None:
            continue
        if row.since.latest < add_months(person.birth_date, 12 * FIRST_WORK):
            yield warning(
                "finding.service_too_young", place.file, place.line, "since", row.since.written(), age=FIRST_WORK,
                born=person.birth_date,
            )  # fmt: skip


def _words(source: CaseSource, content: ContentSource | None) -> Iterator[Finding]:
    """Words that no list refuses, and that no rule would know: what was meant by them has no effect.

    Where the content lists the words of a column, only a slip in one of them; else every value that is none of our
    codes and stands nowhere in a rulebook that speaks of such values.
    """
    if content is None:
        return
    vocabulary = vocabulary_of(content)
    spoken = _spoken(content.content)
    for (table, column), keys in SPOKEN.items():
        listed = vocabulary.of(table, column)
        heard = {word for key in keys for word in spoken.get(key, ())}
        known = {*listed.words} if listed else {*heard, *CODES.get((table, column), ())}
        near: dict[str, str | None] = {}
        for place, row in rows_of(source, table):
            value = getattr(row, column)
            if value is None or value in known or value in heard:
                continue
            if value not in near:
                near[value] = slip_of(value, known)
            if near[value] or (heard and listed is None):
                yield warning("finding.word_unheard", place.file, place.line, column, value, near[value])


def _seats(source: CaseSource) -> Iterator[Finding]:
    for place, row in rows_of(source, "positions"):
        if row.seats is not None and row.seats >= MANY_SEATS:
            yield warning("finding.many_seats", place.file, place.line, "seats", row.seats)


@cache
def _example_rows(folder: Path) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """By table, what the rows of a content set's example are known by."""
    if not folder.is_dir():
        return {}
    case = read_case(folder).case
    return {
        table: frozenset(tuple(getattr(row, c) for c in columns) for row in getattr(case, table))
        for table, columns in EXAMPLE_KEYS.items()
    }


def _spoken(content: Content) -> dict[str, set[str]]:
    """The words that rules, titles and indicator sets name, by the key under which they do."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entry in content.rulebook:
        _gather(entry.params, found)
        _gather(entry.applies_to, found)
    for title in content.titles.titles:
        found["kinds"] |= {*title.kinds, *title.below}
    for one in content.indicator_sets:
        _gather(one.model_dump(), found)
    return found


def _gather(value: Any, found: defaultdict[str, set[str]]) -> None:
    """Each text below a key, under that key: a list of words, one word, or the keys of a mapping."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            items: Iterable[Any] = item if isinstance(item, Mapping | list | tuple) else (item,)
            found[str(key)] |= {word for word in items if isinstance(word, str)}
            _gather(item, found)
    elif isinstance(value, list | tuple):
        for item in value:
            _gather(item, found)
