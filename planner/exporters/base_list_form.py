"""DANH SÁCH NGUỒN QUY HOẠCH: the base list as a paper, post by post, with what was recorded of each name beside it.

Columns of form 8.3 (rules.md §8.3), with where people come from, from when they could be appointed, what is missing,
which condition they do not meet, and the nomination. The paper of all posts is the board's: people stand in the order
of their suitability, which is shown with its parts. That of a unit goes to its head: people stand in the order of their
ranks, nobody is put before another, and it tells no points. It is a draft for step 1 of the procedure (rules.md §1.5,
§2.8 output_is_proposal).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.messages import Language, label
from planner.exporters.cadre import (
    degree_text,
    level_text,
    only_office,
    post_held,
    post_text,
    rating_text,
    rating_years,
    several,
)
from planner.exporters.cells import DATE, Style, written_day
from planner.exporters.official import REMARK, SECTION, Column, Form, Letterhead, write_form
from planner.exporters.paper_words import PaperWords
from planner.exporters.suitability_words import by_suitability, parts_text
from planner.standing import Standing
from planner.standing.base_list import BaseList, Source
from planner.timeline import Ground
from planner.timeline.suitability import TENTHS

CENTRE: Style = {"align": "center"}
DAY: Style = {"align": "center", "num_format": DATE}
RATING = "rating_{year}"


def write_base_list_form(
    path: Path,
    standing: Standing,
    language: Language = "vi",
    letterhead: Letterhead = "state",
    unit: UnitId | None = None,
    everyone: bool = False,
    replace: bool = False,
) -> None:
    """The paper of all posts, or of those of a unit and the units below it.

    `everyone` lists also very many from elsewhere, who else are only counted.
    """
    words, ranked = PaperWords(standing, language), unit is None
    positions = posts_in_rank_order(standing.ground, unit)
    rows, found = _rows(words, BaseList(standing), positions, everyone, ranked)
    write_form(
        path,
        Form(
            title=words.tr("text.base_list_title"),
            subtitle=_subtitle(words, positions, ranked),
            columns=columns(words, ranked),
            keys=(
                Column("person", words.tr("text.person_key"), 12),
                Column("position", words.tr("text.position_key"), 12),
            ),
            rows=rows,
            letterhead=letterhead if language == "vi" else "plain",
            office=only_office(standing.ground, positions) if positions else None,
            sheet=words.tr("table.base_list"),
            notes=words.unconfirmed(found),
            language=language,
        ),
        replace,
    )


def columns(words: PaperWords, ranked: bool) -> tuple[Column, ...]:
    """The columns in a language; of qualifications those that the content knows."""
    tr, ground = words.tr, words.ground
    born, level = tr("text.born"), tr("text.qualification")
    known = [
        Column(key, tr(code), width, level, style)
        for key, code, width, style in (
            ("degree", "text.column_degree", 13, {}),
            ("theory", "text.column_theory", 9, CENTRE),
        )
        if key in ground.content.competency
    ]
    return (
        Column("number", tr("text.column_number"), 4.5, style=CENTRE),
        Column("name", tr("text.column_name"), 17),
        Column("born_m", label("sex", "M", words.language), 10.5, born, DAY),
        Column("born_f", label("sex", "F", words.language), 10.5, born, DAY),
        Column("post", tr("text.column_post"), 21),
        *((Column("suitability", tr("text.column_suitability"), 9, style=CENTRE),) if ranked else ()),
        Column("source", tr("text.column_source"), 9, style=CENTRE),
        *known,
        *(
            Column(RATING.format(year=year), str(year), 8.5, tr("text.ratings_3y"), CENTRE)
            for year in rating_years(ground)
        ),
        Column("plannable", tr("text.column_plannable"), 10.5, style=DAY),
        Column("ready_on", tr("text.column_ready_on"), 10.5, style=DAY),
        Column("gaps", tr("text.column_gaps"), 25),
        Column("failed", tr("text.column_failed"), 25),
        Column("nominated", tr("text.column_nominated"), 17),
        Column("opinion", tr("text.column_opinion"), 14),
        *((Column("parts", tr("text.column_parts"), 38),) if ranked else ()),
        Column("note", tr("text.column_note"), 11),
    )


def posts_in_rank_order(ground: Ground, unit: UnitId | None = None) -> list[PositionId]:
    """The listable posts of a unit with those below (None: of all), the highest rank first, then as the case has them.

    Source: rules.md §8.3, "list of posts follows the rank table".
    """
    case = ground.case
    chosen = [p for p in ground.listable if unit is None or unit in ground.unit_and_above(case.position[p].unit_id)]
    return sorted(chosen, key=lambda p: -ground.order(p))


def people_in_rank_order(ground: Ground, people: Sequence[PersonId]) -> list[PersonId]:
    """The highest present rank first, then as given: the order of the official forms, not one of merit."""
    return sorted(people, key=lambda i: -ground.person_order[i])


def person_cells(words: PaperWords, person: PersonId) -> Mapping[str, object]:
    """The cells that forms 8.2 and 8.3 share: name, birth, post, qualification, yearly classes."""
    ground, language = words.ground, words.language
    row = ground.case.person[person]
    return {
        "person": person,
        "name": row.name,
        "born_m" if row.sex == "M" else "born_f": row.birth_date,
        "post": post_held(ground, person),
        "degree": degree_text(ground, person, language),
        "theory": level_text(ground, person, "theory", language),
        **{RATING.format(year=y): rating_text(ground, person, y, language) for y in rating_years(ground)},
    }


def _rows(
    words: PaperWords, base_list: BaseList, positions: Sequence[PositionId], everyone: bool, ranked: bool
) -> tuple[list[Mapping[str, object]], Mapping[str, int]]:
    """The rows, and how many names each entry keeps out that is not confirmed."""
    rows: list[Mapping[str, object]] = []
    found: Counter[str] = Counter()
    for position in positions:
        sources = list(base_list.of(position, everyone))
        rows.append({SECTION: post_text(words.ground, position)})
        rows += _people(words, position, sources, ranked)
        others = 0 if everyone else base_list.others(position)
        if others:
            rows.append({REMARK: words.tr("text.others_elsewhere", n=others)})
        elif not sources:
            rows.append({REMARK: words.tr("text.no_source")})
        found.update(base_list.decisive(position))
        found.update(r.rule for s in sources for r in s.refusals if r.stage == "appoint")
    return rows, found


def _people(
    words: PaperWords, position: PositionId, sources: Sequence[Source], ranked: bool
) -> Iterator[Mapping[str, object]]:
    ground, by_person = words.ground, {s.person: s for s in sources}
    people = people_in_rank_order(ground, list(by_person))
    if ranked:
        people = by_suitability(ground, people, position)
    for number, person in enumerate(people, start=1):
        source = by_person[person]
        yield {
            "number": number,
            "position": source.position,
            **person_cells(words, person),
            "suitability": ground.suitability.of(person, position) / TENTHS,
            "parts": parts_text(ground, person, position, words.language) if ranked else None,
            "source": label("source", source.origin, words.language),
            "plannable": _plannable(words, source),
            "ready_on": source.ready_on,
            "gaps": words.gaps(source.gaps),
            "failed": words.refusals(source.refusals),
            "nominated": words.nomination(source.nominations),
            "opinion": words.opinion(source.nominations),
            "note": several(_notes(words, source)),
        }


def _notes(words: PaperWords, source: Source) -> Iterator[str]:
    if source.listed:
        yield words.tr("text.in_the_list")
    for refusal in source.waived:
        yield words.tr("text.waived", rule=words.rule(refusal.rule))


def _plannable(words: PaperWords, source: Source) -> object:
    """Yes on the day of the round; else the day from which, where it is near; else no."""
    if source.plannable:
        return label("yes_no", "yes", words.language)
    return source.plannable_from or label("yes_no", "no", words.language)


def _subtitle(words: PaperWords, positions: Sequence[PositionId], ranked: bool) -> str:
    ground = words.ground
    rounds = {ground.decided_round[p].approved_on for p in positions if p in ground.decided_round}
    text = words.tr("text.as_of_day", day=written_day(ground.horizon.as_of))
    if rounds:
        days = ", ".join(written_day(day) for day in sorted(rounds))
        text += "; " + words.tr("text.round_days", days=days)
    if ranked:
        text += "; " + words.tr("text.by_suitability")
    return f"({text})"
