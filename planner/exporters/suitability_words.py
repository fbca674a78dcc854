"""Suitability in words: the number of points, its parts by name, and the gate that stops somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.domain.ids import PersonId, PositionId
from planner.domain.messages import Language, level_text, number_text, tr
from planner.timeline import Ground
from planner.timeline.suitability import TENTHS


def points_text(ground: Ground, person: PersonId, position: PositionId, language: Language) -> str:
    """Points of 100: "78,2"."""
    return number_text(ground.suitability.of(person, position) / TENTHS, language)


def parts_text(ground: Ground, person: PersonId, position: PositionId, language: Language) -> str:
    """The gate, if one is closed, and the parts by name: "Kết quả công tác 3 năm 25,2/36; Tài 4/4"."""
    return "; ".join(_parts(ground, person, position, language))


def _parts(ground: Ground, person: PersonId, position: PositionId, language: Language) -> Iterator[str]:
    gate = ground.suitability.gate_of(person)
    if gate is not None:
        yield tr("text.gate", language, why=_gate(ground, person, language))
    for part in ground.suitability.parts(person, position):
        name, points = part.component.name.text(language), number_text(part.tenths / TENTHS, language)
        text = f"{name} {points}/{part.component.weight}"
        yield text if part.known else f"{text} (" + tr("text.no_evidence", language) + ")"


def _gate(ground: Ground, person: PersonId, language: Language) -> str:
    """The class of the last year, or the level, that closes the gate."""
    gate = ground.suitability.gate_of(person)
    assert gate is not None
    if gate.competency is None:
        code = ground.rating_of.get((person, ground.suitability.last_year))
        return next((r.name.text(language) for r in ground.content.ratings if r.code == code), code or "")
    level = ground.latest_level(person, gate.competency) or ""
    name = ground.content.competency[gate.competency].name.text(language)
    return f"{name}: {level_text(gate.competency, level, language)}"


def by_suitability(ground: Ground, people: Sequence[PersonId], position: PositionId) -> list[PersonId]:
    """The better suited first; as given where two are equal. Whom a gate stops stands last."""
    suitability = ground.suitability
    return sorted(people, key=lambda i: (suitability.gate_of(i) is not None, -suitability.of(i, position)))
