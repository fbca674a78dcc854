"""Relatives whom remarks name, looked for among the people of the workbook."""

from collections.abc import Mapping

from planner.domain.case import Relation
from planner.domain.ids import PersonId
from planner.domain.titles import words
from planner.importers.doubts import Doubt
from planner.importers.drafts import RowDraft, Where
from planner.importers.notes import RelativeNote
from planner.importers.text import spelled
from planner.importers.units import Organisation

TURNED = {
    "parent": "child", "child": "parent", "parent_in_law": "child_in_law", "child_in_law": "parent_in_law",
}  # fmt: skip
"""What the other is, where one is that to the other; what is not here is the same both ways."""


def relations_of(
    people: Mapping[PersonId, RowDraft], organisation: Organisation, doubts: list[Doubt]
) -> list[Relation]:
    """The relations that remarks tell; `relation` says what person_b is to person_a. Each pair once."""
    found: dict[frozenset[PersonId], Relation] = {}
    for person, draft in people.items():
        for note, where in draft.notes:
            if isinstance(note, RelativeNote):
                other = _who(person, note, where, people, organisation, doubts)
                if other is not None:
                    relation = note.relation if note.named_is else TURNED.get(note.relation, note.relation)
                    pair = frozenset({person, other})
                    found.setdefault(pair, Relation(person_a=person, person_b=other, relation=relation))
    return list(found.values())


def _who(
    person: PersonId, note: RelativeNote, where: Where, people: Mapping[PersonId, RowDraft],
    organisation: Organisation, doubts: list[Doubt],
) -> PersonId | None:  # fmt: skip
    named = [p for p, d in people.items() if p != person and _is_named(note, d.name)]
    fitting = [p for p in named if _has_post(note.post, people[p], organisation)] if note.post else named
    values = {"value": note.text}
    if len(fitting) == 1:
        name = people[fitting[0]].name
        if note.initial or len(spelled(note.name)) == 1:
            doubts.append(Doubt("relative_unnamed", where.sheet, where.cell, note.text, name, (), True, values))
        return fitting[0]
    if not fitting and len(named) == 1 and not note.initial:
        # The name fits and the post does not: it may be written otherwise, or be another person.
        name = people[named[0]].name
        doubts.append(Doubt("relative_post", where.sheet, where.cell, note.text, name, (), True, values))
        return named[0]
    names = tuple(people[p].name for p in (fitting or named))
    asks = note.initial or bool(names)
    doubts.append(Doubt("relative_unknown", where.sheet, where.cell, note.text, None, names, asks, values))
    return None


def _is_named(note: RelativeNote, name: str) -> bool:
    said, have = spelled(note.name), spelled(name)
    if not note.initial:
        return said == have or (len(said) == 1 and said[-1] == have[-1])
    return len(said) == len(have) and said[:-1] == have[:-1] and have[-1][:1] == said[-1][:1]


def _has_post(text: str, draft: RowDraft, organisation: Organisation) -> bool:
    """One of the person's posts is the one that the remark names."""
    if draft.root is None:
        return False
    held = {(p.placed.title.casefold(), id(p.placed.unit)) for p in draft.posts}
    for part in organisation.posts.posts(text):
        known = list(organisation.units)
        placed = organisation.place(part.text, draft.root, draft.section)
        del organisation.units[len(known) :]  # a place that is only spoken of is none of the workbook's
        if (placed.title.casefold(), id(placed.unit)) in held:
            return True
    written = words(draft.post_text.split("(")[0])
    return bool(written) and words(text)[: len(written)] == written
