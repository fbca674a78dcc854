"""An assessment as rows for people and machines, and as a workbook: overviews, and form 8.8 of each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from planner.assess import Assessment
from planner.assess.caps import CapCount
from planner.assess.evaluation import DEPTHS, Evaluation
from planner.domain.case import Case
from planner.domain.messages import Language, label
from planner.exporters.assessment_form import write_forms
from planner.exporters.assessment_words import NONE, Words, next_class
from planner.exporters.cells import Style, Styles, new_workbook, put
from planner.exporters.official import BOX, FONT, HEADING
from planner.standing.gaps import OpenGap
from planner.standing.sources import Prospect

TITLE: Style = {"bold": True, "font_size": 14}
NUMBER: Style = {"align": "right"}


PERSON_COLUMNS = {
    "person": "assess.person", "post": "assess.post", "unit": "assess.unit", "set": "assess.set",
    "depth": "assess.depth", "self": "assess.self", "collective": "assess.collective",
    "authority": "assess.authority", "given_points": "assess.given_points", "difference": "assess.difference",
    "computed": "assess.computed", "given": "assess.given", "box": "assess.box",
}  # fmt: skip
"""The columns of a person's year with their headings."""

# ---- rows -------------------------------------------------------------------------------------------------------


def person_row(words: Words, one: Evaluation) -> dict[str, str]:
    """A person's year in words: points by stage, given points with the difference, computed and given class."""
    totals = {stage: one.sheets[stage].total if stage in one.sheets else None for stage in ("self", "collective")}
    scored = one.set is not None and one.set.bands.proposes
    given, computed = one.given_points, one.computed_points
    difference = given - computed if given is not None and computed is not None else None
    return {
        "person": words.person(one.person),
        "post": words.post(one),
        "unit": words.unit(words.assessment.unit_of(one.person)),
        "set": words.set(one),
        "depth": words.depth(one.depth),
        "self": words.number(totals["self"] if scored else None),
        "collective": words.number(totals["collective"] if scored else None),
        "authority": words.number(computed),
        "given_points": words.number(given),
        "difference": words.number(difference),
        "computed": words.rating(one.computed, short=True),
        "given": words.rating(one.given.rating, short=True) if one.given is not None else NONE,
        "box": words.name(one.box) if one.box is not None else NONE,
    }


def problem_rows(words: Words) -> Iterator[dict[str, Any]]:
    """Contradictions and what is missing, by name."""
    assessment = words.assessment
    for problem in assessment.problems:
        yield {
            "kind": problem.kind,
            "person": problem.person,
            "person_name": words.person(problem.person),
            "unit_name": words.unit(assessment.unit_of(problem.person)),
            "year": problem.year,
            "code": problem.reason.code,
            "text": words.problem(problem),
        }


def assessment_facts(assessment: Assessment, found: Sequence[Prospect], language: Language) -> dict[str, Any]:
    """The whole assessment for machines: codes and identifiers, points as numbers with two decimals."""
    words = Words(assessment, language)
    return {
        "year": assessment.year,
        "years": list(assessment.years),
        "depths": {str(year): dict(depths) for year, depths in assessment.depths_by_year.items()},
        "proposals": assessment.proposals,
        "unrated_years": list(assessment.unrated_years),
        "without_indicators": {str(y): n for y, n in assessment.without_indicators.items()},
        "units": [
            {"unit": u.unit, "people": len(u.people), "given": dict(u.given), "proposed": dict(u.proposed),
             "depths": dict(u.depths)}
            for u in assessment.units
        ],
        "caps": [_cap_facts(cap) for cap in assessment.caps],
        "people": [_person_facts(assessment, p) for unit in assessment.units for p in unit.people],
        "problems": list(problem_rows(words)),
        "sources": [_source_facts(assessment.case, s) for s in found],
    }  # fmt: skip


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 2)


def _cap_facts(cap: CapCount) -> dict[str, Any]:
    return {
        "set": cap.set.id, "version": cap.set.version, "unit": cap.unit, "group": cap.group and cap.group.en,
        "members": cap.members, "base": cap.base, "share": float(cap.share), "outstanding": cap.outstanding,
        "places": cap.places, "used": cap.used, "left": cap.left, "partial": cap.partial,
        "people": [
            {"person": r.person, "points": _rounded(r.points), "given": r.given, "place": r.place} for r in cap.people
        ],
    }  # fmt: skip


def _person_facts(assessment: Assessment, person: str) -> dict[str, Any]:
    one = assessment.of(person)  # type: ignore[arg-type]
    return {
        "person": person,
        "unit": assessment.unit_of(one.person),
        "depth": one.depth,
        "set": one.set.id if one.set is not None else None,
        "version": one.set.version if one.set is not None else None,
        "points": {stage: _rounded(sheet.total) for stage, sheet in one.sheets.items()},
        "given_points": _rounded(one.given_points),
        "computed": one.computed,
        "given": one.given.rating if one.given is not None else None,
        "rating": one.rating,
        "fired": list(one.proposal.fired) if one.proposal is not None else [],
        "nine_box": one.box.en if one.box is not None else None,
        "history": {str(y): {"rating": e.given and e.given.rating, "depth": e.depth}
                    for y in assessment.years for e in (assessment.of(one.person, y),)},
        "traits": {
            t.trait: {
                "by_year": {str(y): s and {"share": _rounded(s.share), "level": s.level, "vetoes": list(s.vetoes)}
                            for y, s in t.by_year.items()},
                "trend": t.trend,
            }
            for t in assessment.traits_of(one.person)
        },
    }  # fmt: skip


def _source_facts(case: Case, source: Prospect) -> dict[str, Any]:
    return {
        "person": source.person,
        "unit": source.unit,
        "targets": [
            {"position": t.position, "plannable_on": t.on, "gaps": [_gap_facts(case, g) for g in t.gaps]}
            for t in source.targets
        ],
    }


def _gap_facts(case: Case, gap: OpenGap) -> dict[str, Any]:
    session, course = next_class(case, gap)
    return {
        "competency": gap.gap.competency, "level": gap.gap.level, "closes_on": gap.on if gap.is_settled else None,
        "course": course and course.course_id, "session": session and session.session_id,
        "start": session and session.start, "needs": gap.needs and str(gap.needs),
    }  # fmt: skip


# ---- the workbook -----------------------------------------------------------------------------------------------


def write_assessment(
    path: Path, assessment: Assessment, found: Sequence[Prospect], title: str, language: Language, replace: bool = False
) -> None:
    """Overviews first, then the form of each person whom a set measures, a page each."""
    words = Words(assessment, language)
    head = words.tr("assess.head", year=assessment.year, people=len(assessment.people))
    with new_workbook(path, f"{title} – {head}", replace) as book:
        styles = Styles(book, FONT)
        for code, widths, columns, rows in (
            ("assess.sheet_units", (40, *[10] * 12), *_units(words)),
            ("assess.sheet_people", (26, 36, 32, 26, 24, *[11] * 5, 12, 13, *[11] * 3, 18), *_people(words)),
            ("assess.sheet_caps", (34, 30, 9, 11, 9, 9, 9, 9, 26, 9, 30), *_caps(words)),
            ("assess.sheet_traits", (26, 30, 12, *[20] * 3, 14), *_traits(words)),
            ("assess.sheet_problems", (14, 26, 30, 8, 90), *_problems(words)),
            ("assess.sheet_sources", (30, 26, 60, 80), *_sources(words, found)),
        ):
            sheet = book.add_worksheet(words.tr(code))
            _overview(sheet, f"{title} – {words.tr(code)}, {assessment.year}", columns, rows, widths, styles)
        write_forms(book.add_worksheet(words.tr("assess.sheet_forms")), words, styles)


Table = tuple[list[str], list[list[object]]]


def _overview(
    sheet: Any, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float],
    styles: Styles,
) -> None:  # fmt: skip
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&9&P/&N")
    put(sheet, 0, 0, title, styles, TITLE)
    for number, heading in enumerate(columns):
        sheet.set_column(number, number, widths[min(number, len(widths) - 1)])
        put(sheet, 2, number, heading, styles, HEADING)
    for row, cells in enumerate(rows, start=3):
        for number, cell in enumerate(cells):
            put(sheet, row, number, cell, styles, {**BOX, **(NUMBER if isinstance(cell, int | float) else {})})
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 1)
    if rows:
        sheet.autofilter(2, 0, 2 + len(rows), len(columns) - 1)


def points(value: Fraction | None) -> float | None:
    """A number of a cell: two decimals."""
    return _rounded(value)


def _units(words: Words) -> Table:
    assessment = words.assessment
    codes = [r.code for r in assessment.content.ratings]
    names = [words.rating(code, short=True) for code in codes]
    proposed = words.tr("assess.proposed")
    columns = [words.tr("assess.unit"), words.tr("assess.people"), *names, *(f"{n} ({proposed})" for n in names)]
    columns += [words.depth(d) for d in DEPTHS]
    rows: list[list[object]] = [
        [
            words.unit(u.unit), len(u.people), *(u.given.get(c, 0) for c in codes),
            *(u.proposed.get(c, 0) for c in codes), *(u.depths.get(d, 0) for d in DEPTHS),
        ]
        for u in assessment.units
    ]  # fmt: skip
    return columns, rows


def has_boxes(assessment: Assessment) -> bool:
    """Whether somebody of the year has a nine-box class."""
    return any(assessment.of(p).box is not None for p in assessment.people)


def _people(words: Words) -> Table:
    assessment = words.assessment
    codes = [c for c in PERSON_COLUMNS if c != "box" or has_boxes(assessment)]
    columns = [words.tr(PERSON_COLUMNS[c]) for c in codes] + [str(y) for y in assessment.years]
    rows: list[list[object]] = []
    for unit in assessment.units:
        for person in unit.people:
            one = assessment.of(person)
            row: dict[str, object] = dict(person_row(words, one))
            row |= {s: points(one.sheets[s].total) for s in ("self", "collective") if s in one.sheets}
            row |= {"authority": points(one.computed_points), "given_points": points(one.given_points)}
            if one.given_points is not None and one.computed_points is not None:
                row["difference"] = points(one.given_points - one.computed_points)
            years = [assessment.of(person, y).given for y in assessment.years]
            history = [words.rating(g.rating, short=True) if g is not None else None for g in years]
            rows.append([None if row[c] == NONE else row[c] for c in codes] + history)
    return columns, rows


def _caps(words: Words) -> Table:
    codes = ("assess.unit", "assess.group", "assess.people", "assess.base", "assess.share", "assess.places",
             "assess.used", "assess.left", "assess.person", "assess.points", "assess.place")  # fmt: skip
    rows: list[list[object]] = []
    for cap in words.assessment.caps:
        head: list[object] = [
            words.counted_in(cap), words.name(cap.group or cap.set.name), cap.members, cap.base,
            words.number(cap.share * 100) + "%", cap.places, cap.used, cap.left,
        ]  # fmt: skip
        note = words.tr("assess.outstanding") if cap.outstanding else None
        if cap.partial:
            note = words.tr("assess.partial", group=head[1], used=cap.used, members=cap.members)
        rows.append([*head, None, None, note])
        for ranked in cap.people:
            place = words.tr(PLACES[ranked.place]) if cap.is_exceeded else words.tr("assess.within")
            place += "" if ranked.given else f" ({words.tr('assess.proposed')})"
            rows.append([*head[:2], *[None] * 6, words.person(ranked.person), points(ranked.points), place])
    return [words.tr(c) for c in codes], rows


PLACES: Mapping[str, str] = {
    "within": "assess.within", "tied": "assess.tied", "beyond": "assess.beyond", "open": "assess.open",
}  # fmt: skip


def _traits(words: Words) -> Table:
    assessment = words.assessment
    columns = [words.tr(c) for c in ("assess.person", "assess.unit", "assess.trait")]
    columns += [*(str(y) for y in assessment.years), words.tr("assess.trend")]
    rows: list[list[object]] = [
        [
            words.person(t.person), words.unit(assessment.unit_of(t.person)), words.trait(t.trait),
            *(words.trait_score(score, assessment.of(t.person, y)) for y, score in t.by_year.items()), words.trend(t),
        ]
        for t in assessment.traits
    ]  # fmt: skip
    return columns, rows


def _problems(words: Words) -> Table:
    columns = [words.tr(c) for c in ("assess.kind", "assess.person", "assess.unit", "assess.year", "assess.what")]
    rows: list[list[object]] = [
        [label("problem", r["kind"], words.language), r["person_name"], r["unit_name"], r["year"], r["text"]]
        for r in problem_rows(words)
    ]
    return columns, rows


def _sources(words: Words, found: Sequence[Prospect]) -> Table:
    columns = [words.tr(c) for c in ("assess.unit", "assess.person", "assess.targets", "assess.gaps")]
    rows: list[list[object]] = [
        [
            words.unit(s.unit), words.person(s.person), "\n".join(words.targets(s)) or NONE,
            "\n".join(words.gaps(s)) or None,
        ]
        for s in sorted(found, key=lambda s: (words.unit(s.unit), not s.targets))
    ]  # fmt: skip
    return columns, rows
