"""Form 8.8, "Phiếu đánh giá, xếp loại", of each person: a block with the columns as printed, a page each.

A person of whom no values were recorded gets the form empty, to be filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from planner.assess.evaluation import Evaluation
from planner.domain.ids import PersonId
from planner.domain.indicator_sets import STAGES, IndicatorSet, SetIndicator, SetPart
from planner.domain.messages import label
from planner.exporters.assessment_words import NONE, Words
from planner.exporters.cells import Style, Styles, put
from planner.exporters.official import BOLD, BOX, HEADING, ITALIC

COLUMNS = (
    ("assess.form_number", 5), ("assess.form_criterion", 52), ("assess.form_most", 9), ("assess.form_self", 9),
    ("assess.form_collective", 9), ("assess.form_authority", 11), ("assess.form_rating", 20), ("assess.form_note", 40),
)  # fmt: skip
PART: Style = {**BOX, "bold": True, "bg_color": "#EDEDED"}
TOTAL: Style = {**BOX, "bold": True}
TWO: Style = {"num_format": "0.##"}
LAST = len(COLUMNS) - 1


def write_forms(sheet: Any, words: Words, styles: Styles) -> None:
    """The forms of everyone whom a set measures, one below the other."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&9&P/&N")
    for number, (_, width) in enumerate(COLUMNS):
        sheet.set_column(number, number, width)
    row, breaks = 0, []
    for unit in words.assessment.units:
        for person in unit.people:
            one = words.assessment.of(person)
            if one.set is not None:
                row = _form(sheet, row, words, one, one.set, styles)
                breaks.append(row)
    sheet.set_h_pagebreaks(breaks[:-1])


def _form(sheet: Any, row: int, words: Words, one: Evaluation, measured: IndicatorSet, styles: Styles) -> int:
    """One form from `row` on; gives the first row below it."""
    sheet.merge_range(
        row, 0, row, LAST, words.tr("assess.form_title", year=one.year), styles.get(BOLD, {"font_size": 14})
    )
    sheet.merge_range(row + 1, 0, row + 1, LAST, _who(words, one.person, one), styles.get(BOLD))
    approved = words.tr("assess.form_set", set=words.set(one), status=_status(words, measured))
    sheet.merge_range(row + 2, 0, row + 2, LAST, approved, styles.get(ITALIC))
    row += 4
    for number, (code, _) in enumerate(COLUMNS):
        put(sheet, row, number, words.tr(code), styles, HEADING)
    sheet.set_row(row, 32)
    number = 0
    for part in measured.parts:
        row += 1
        totals = [one.sheets[s].parts.get(part.code) if s in one.sheets else None for s in STAGES]
        _line(sheet, row, ("", words.name(part.name), _most(part), *totals, "", ""), styles, PART)
        for indicator in measured.indicators:
            if indicator.part == part.code:
                row, number = row + 1, number + 1
                _line(sheet, row, _indicator(words, one, indicator, number), styles, BOX)
    row += 1
    most = sum((Fraction(p.points) for p in measured.parts), Fraction(0))
    sums = [one.sheets[s].total if s in one.sheets and measured.bands.proposes else None for s in STAGES]
    cells = ("", words.tr("assess.form_total"), most or None, *sums, _class(words, one), _note(words, one))
    _line(sheet, row, cells, styles, TOTAL)
    return _sign_off(sheet, row + 2, words, styles)


def _who(words: Words, person: PersonId, one: Evaluation) -> str:
    unit = words.unit(words.assessment.unit_of(person))
    post = words.post(one)
    parts = [words.person(person), "" if post == NONE else post, "" if unit == NONE or unit in post else unit]
    return ", ".join(part for part in parts if part)


def _status(words: Words, measured: IndicatorSet) -> str:
    """By whom the set was put into force, else how sure it is."""
    approval = measured.approval
    if approval is None:
        return label("set_status", measured.status, words.language)
    parts = (approval.authority, approval.decision_no, words.day(approval.decided) if approval.decided else None)
    return ", ".join(part for part in parts if part)


def _most(part: SetPart) -> Fraction | None:
    return Fraction(part.points) or None


def _indicator(words: Words, one: Evaluation, indicator: SetIndicator, number: int) -> Sequence[object]:
    scores = [one.sheets[s].score(indicator.code) if s in one.sheets else None for s in STAGES]
    most = next((s.most for s in scores if s is not None), Fraction(indicator.points or 0))
    counted = scores[-1]
    value = counted.value if counted is not None else None
    note = ""
    if value is not None:
        unit = "%" if indicator.unit == "%" else ""
        note = words.tr("assess.form_value", value=words.number(value) + unit)
    elif one.sheet is not None:
        note = words.tr("assess.form_missing")
    name = f"{indicator.code}. {words.name(indicator.name)}"
    return (number, name, most or None, *(s.points if s is not None else None for s in scores), "", note)


def _class(words: Words, one: Evaluation) -> str:
    """The given class; a computed one is called a proposal."""
    if one.given is not None:
        return words.rating(one.given.rating)
    return words.tr("assess.form_proposal", rating=words.rating(one.computed)) if one.computed is not None else ""


def _note(words: Words, one: Evaluation) -> str:
    """What was given in points, what was computed otherwise, what fails or vetoes the year."""
    parts = []
    if one.given_points is not None:
        parts.append(words.tr("assess.form_given_points", points=words.number(one.given_points)))
    if one.given is not None and one.computed is not None and one.computed != one.given.rating:
        parts.append(words.tr("assess.form_computed", rating=words.rating(one.computed)))
    if one.proposal is not None:
        parts += [words.tr("assess.form_fired", why=words.why(code, one)) for code in one.proposal.fired]
        parts += [
            words.tr("assess.form_veto", trait=words.trait(trait), why="; ".join(words.why(c, one) for c in why))
            for trait, why in (one.proposal.vetoes or {}).items()
        ]
    return "; ".join(parts)


def _line(sheet: Any, row: int, cells: Sequence[object], styles: Styles, style: Style) -> None:
    for number, cell in enumerate(cells):
        value: object = round(float(cell), 2) if isinstance(cell, Fraction) else cell
        put(sheet, row, number, value, styles, {**style, **(TWO if isinstance(cell, Fraction) else {})})


def _sign_off(sheet: Any, row: int, words: Words, styles: Styles) -> int:
    """Who rates himself, who speaks for the collective, who decides; gives the first row of the next form."""
    for first, last, code in (
        (0, 1, "assess.form_by_self"), (2, 5, "assess.form_by_collective"), (6, 7, "assess.form_by_authority"),
    ):  # fmt: skip
        sheet.merge_range(row, first, row, last, words.tr(code), styles.get(BOLD))
        sheet.merge_range(row + 1, first, row + 1, last, words.tr("assess.form_sign"), styles.get(ITALIC))
    return row + 6
