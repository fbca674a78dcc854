"""What official tables say of a person and a post: the post with its unit, degree, theory, lists, yearly classes.

A cell is empty where the case has no data: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.assess.history import completed_years
from planner.domain import messages
from planner.domain.case import Service
from planner.domain.ids import CompetencyId, PersonId, PositionId, UnitId
from planner.domain.messages import Language, label
from planner.domain.offices import office_of, upwards
from planner.standing import Standing
from planner.timeline import Ground

# ---- posts and units ---------------------------------------------------------------------------------------------


def post_text(ground: Ground, position: PositionId) -> str:
    row = ground.case.position[position]
    return with_unit(ground, row.title, row.unit_id)


def with_unit(ground: Ground, title: str, unit: UnitId | None) -> str:
    """The title, its unit and the office above; what the title says already is not said again."""
    text = title
    for name in unit_names(ground, unit):
        if name.casefold() not in text.casefold():
            text = f"{text}, {name}" if text else name
    return text


def unit_names(ground: Ground, unit: UnitId | None) -> list[str]:
    """The unit and those above it, up to the office that it belongs to."""
    if unit is None or unit not in ground.case.unit:
        return []
    return [ground.case.unit[u].name for u in upwards(ground.case, unit)]


def only_office(ground: Ground, positions: Iterable[PositionId] | None = None) -> str | None:
    """The office whose posts these are (all of the case); none where they are of several."""
    chosen = ground.case.position if positions is None else positions
    tops = {office_of(ground.case, ground.case.position[p].unit_id) for p in chosen}
    return ground.case.unit[tops.pop()].name if len(tops) == 1 else None


def present_service(ground: Ground, person: PersonId) -> Service | None:
    """The present row of service: that of the full-time post, else the one with a rank."""
    rows = [row for row in ground.present_rows(person) if row.kind != "acting"]
    home = ground.home[person]
    return next((row for row in rows if row.position_id == home), rows[0] if rows else None)


def post_held(ground: Ground, person: PersonId) -> str | None:
    """The post with those held together with it; for someone without a post the title in service, else the unit."""
    home = ground.home[person]
    if home is not None:
        return several(post_text(ground, row.position_id) for row in ground.bundles[home])
    present = present_service(ground, person)
    if present is None:
        return with_unit(ground, "", ground.case.person[person].unit_id) or None
    return with_unit(ground, present.title or "", present.unit_id) or None


# ---- qualifications and lists ------------------------------------------------------------------------------------


def level_text(ground: Ground, person: PersonId, competency: str, language: Language = "vi") -> str | None:
    found = highest(ground, person, competency)
    return messages.level_text(competency, found[0], language) if found else None


def degree_text(ground: Ground, person: PersonId, language: Language = "vi") -> str | None:
    """Degree and field: "Thạc sĩ luật"."""
    found = highest(ground, person, "degree")
    if found is None:
        return None
    degree, field = found
    return " ".join(part for part in (label("degree", degree, language), field_text(ground, field, language)) if part)


def field_text(ground: Ground, field: str | None, language: Language = "vi") -> str | None:
    """What the content calls a field, within a sentence; the words of a list as they were written."""
    name = ground.content.field_name(field) if field else None
    if name is None:
        return field
    text = name.text(language)
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def highest(ground: Ground, person: PersonId, competency: str) -> tuple[str, str | None] | None:
    """The highest level that the person has on the day of the plan, with its field; the lowest level is none."""
    known = ground.content.competency.get(CompetencyId(competency))
    if known is None or not known.levels:
        return None
    rows = [
        (known.levels.index(row.level), row.field)
        for row in ground.qualifications_of(person, known.id)
        if row.since is None or row.since <= ground.horizon.as_of
    ]
    level, field = max(rows, key=lambda r: (r[0], r[1] or ""), default=(0, None))
    return (known.levels[level], field) if level > 0 else None


def planned_posts(standing: Standing, person: PersonId) -> list[PositionId]:
    """The posts whose list has the person once this plan is approved; none where the case keeps no lists."""
    return list(standing.planned_for.get(person, ()))


# ---- yearly classes ----------------------------------------------------------------------------------------------


def rating_years(ground: Ground) -> tuple[int, ...]:
    """The last three completed years, oldest first. Source: rules.md §2.5 rate_history_3y, forms 8.2 and 8.3."""
    return completed_years(ground.horizon.as_of)


def rating_text(ground: Ground, person: PersonId, year: int, language: Language = "vi") -> str | None:
    """The class of a year as the content calls it for short; the code itself where the content has no word for it."""
    code = ground.rating_of.get((person, year))
    known = next((r for r in ground.content.ratings if r.code == code), None)
    if known is None:
        return label("rating", code, language) if code else None
    return known.short.text(language)


def several(parts: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(parts)) or None
