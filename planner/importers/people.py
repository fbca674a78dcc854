"""Rows become people: one person in two rows, two people of one name."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.domain.findings import plain
from planner.importers.dates import agree, finer
from planner.importers.doubts import Doubt
from planner.importers.drafts import RowDraft
from planner.importers.text import spelled

_PLACE_WORD = re.compile(r"^(?:xa|phuong|thi tran|huyen|thi xa|quan|thanh pho|tp)\b\.?|\(.*")


@dataclass
class PersonDraft:
    """A person with all rows about them, the first one first."""

    rows: list[RowDraft] = field(default_factory=list)

    @property
    def first(self) -> RowDraft:
        return self.rows[0]

    @property
    def name(self) -> str:
        return self.first.name


def people_of(rows: Sequence[RowDraft], doubts: list[Doubt]) -> list[PersonDraft]:
    """The people of the rows that are not struck through and have a birth.

    One name and births that cannot be one: two people. One name and one full birth: one person. Births that can be
    one but are known to different precision: one person where the rows agree in what else they say.
    """
    by_name: defaultdict[tuple[str, ...], list[PersonDraft]] = defaultdict(list)
    people: list[PersonDraft] = []
    for row in rows:
        if row.struck or row.birth is None:
            continue
        found = None
        for person in by_name[spelled(row.name)]:
            verdict = _same(person, row)
            if verdict == "same":
                found = person
                break
            if verdict == "ask":
                values = {"value": row.name, "other": person.first.where.cell}
                doubts.append(Doubt("same_name", row.where.sheet, row.where.cell, row.name, None, (), True, values))
        if found is None:
            found = PersonDraft()
            people.append(found)
            by_name[spelled(row.name)].append(found)
        elif not (row.listed or found.first.listed):
            values = {"value": row.name, "other": found.first.where.cell}
            doubts.append(
                Doubt("same_person_twice", row.where.sheet, row.where.cell, row.name, row.name, (), False, values)
            )
        found.rows.append(row)
    return people


def _same(person: PersonDraft, row: RowDraft) -> str:
    assert row.birth is not None
    births = [r.birth for r in person.rows if r.birth]
    if not all(agree(b, row.birth) for b in births):
        return "other"
    exact = any(b.precision == row.birth.precision == "day" for b in births)
    evidence = [_evidence(r, row) for r in person.rows]
    if any(e > 0 for e in evidence) or (exact and all(e >= 0 for e in evidence)):
        return "same"
    if exact:
        return "same"
    return "ask"


def _evidence(a: RowDraft, b: RowDraft) -> int:
    """More than 0 where what the rows say besides agrees, less where it does not. Another post says nothing: a party
    post is often listed in a row of its own."""
    score = 0
    if a.native_place and b.native_place:
        score += 1 if _same_place(a.native_place, b.native_place) else -1
    if a.party_since and b.party_since:
        score += 2 if agree(a.party_since, b.party_since) else -2
    posts = {(p.placed.title, p.placed.unit) for p in a.posts}
    if any((p.placed.title, p.placed.unit) in posts for p in b.posts):
        score += 1
    return score


def _same_place(a: str, b: str) -> bool:
    """The same commune and district, whatever words and province stand with them."""
    x, y = ([_PLACE_WORD.sub("", plain(part)).strip() for part in text.split(",")][:2] for text in (a, b))
    return x[: len(y)] == y[: len(x)]


def merged(person: PersonDraft) -> RowDraft:
    """One row with what all rows say: the most precise date, the first of any other value."""
    first = person.first
    for row in person.rows[1:]:
        if row.birth and first.birth:
            first.birth = finer(first.birth, row.birth)
        for name in ("native_place", "ethnicity", "service_since", "party_since", "party_full_since", "retires_on"):
            if getattr(first, name) is None:
                setattr(first, name, getattr(row, name))
        if first.retires_cell is None:
            first.retires_cell = row.retires_cell
        if not first.sex_certain and row.sex_certain:
            first.sex, first.sex_certain = row.sex, True
        for year, code in row.ratings.items():
            first.ratings.setdefault(year, code)
        first.remarks += [r for r in row.remarks if r not in first.remarks]
        first.notes += row.notes
        for key, text in row.extra.items():
            first.extra.setdefault(key, text)
        have = {(lv.competency, lv.level, plain(lv.field or "")) for lv in first.levels}
        competencies = {lv.competency for lv in first.levels}
        for level in row.levels:
            if level.competency not in competencies or (
                level.competency == "degree" and (level.competency, level.level, plain(level.field or "")) not in have
            ):
                first.levels.append(level)
        for post in row.posts:
            known = [
                i for i, p in enumerate(first.posts)
                if (p.placed.title, p.placed.unit, p.acting) == (post.placed.title, post.placed.unit, post.acting)
            ]  # fmt: skip
            if not known:
                first.posts.append(post)
            elif first.posts[known[0]].since is None:
                first.posts[known[0]] = post
        for planned in row.planned:
            if (planned.placed.title, planned.placed.unit) not in {
                (p.placed.title, p.placed.unit) for p in first.planned
            }:
                first.planned.append(planned)
    return first
