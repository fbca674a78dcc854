"""The head's page: what the head of a unit must know of its successors, as a sheet to print and as lines to read.

It is no form of the procedure: it reports (rules.md §2.8 head_two_nominees_min). It shows no order of merit and no
suitability.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.messages import Language, label
from planner.exporters.cadre import several
from planner.exporters.cells import Styles, new_workbook, put, written_day
from planner.exporters.nominated import NominationWords
from planner.exporters.official import (
    BOX,
    CENTRE,
    FONT,
    HEADING,
    LINE_HEIGHT,
    Letterhead,
    head,
    merged,
    page,
    sign_off,
    write_notes,
)  # fmt: skip
from planner.exporters.paper_words import PaperWords
from planner.standing import Standing
from planner.standing.head_page import (
    FewNames,
    HeadPage,
    HeadPages,
    Leaving,
    Overdue,
    Proposed,
    Unrated,
)  # fmt: skip
from planner.verify.nominated import Nominations

WIDTHS = (5, 34, 26, 24, 12, 34, 48)
LAST = len(WIDTHS) - 1
LONGEST_SHEET_NAME = 31
MOST_REVIEWS = 3
"""More lists than these that are overdue since the same day are one row."""

Cells = tuple[object, ...]
"""The cells of a row but its number."""


@dataclass(frozen=True)
class Section:
    """A table of the page: its title, the headings of its columns, and its rows."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Cells]
    remark: str | None = None
    """In place of rows, where there is a reason for having none."""


def write_head_pages(
    path: Path,
    standing: Standing,
    planned: bool,
    language: Language = "vi",
    letterhead: Letterhead = "state",
    unit: UnitId | None = None,
    replace: bool = False,
) -> None:
    """A sheet for a unit with those below it, or for every unit with posts of its own."""
    words, pages = PaperWords(standing, language), HeadPages(standing, planned)
    units = [unit] if unit is not None else pages.units()
    with new_workbook(path, words.tr("text.head_title"), replace) as book:
        styles, taken = Styles(book, FONT), set[str]()
        for one in units:
            name = sheet_name(standing.ground.case.unit_names[one], taken)
            _sheet(book.add_worksheet(name), words, pages, one, letterhead if language == "vi" else "plain", styles)


def head_page_lines(standing: Standing, planned: bool, unit: UnitId | None, language: Language) -> Iterator[str]:
    """The page as lines to read: of a unit with those below it, or of all."""
    words, pages = PaperWords(standing, language), HeadPages(standing, planned)
    yield words.tr("text.head_title") + (f": {standing.ground.case.unit_names[unit]}" if unit else "")
    yield _subtitle(words, planned)
    found = pages.page(unit)
    for section in sections(words, pages, found):
        yield ""
        yield f"{section.title}: {len(section.rows)}"
        if not section.rows and section.remark:
            yield f"  {section.remark}"
        for cells in section.rows:
            yield "  - " + "; ".join(_text(cell) for cell in cells if cell not in (None, ""))
    notes = words.unconfirmed(_unconfirmed(pages, found))
    if notes:
        yield ""
        yield from notes


def sections(words: PaperWords, pages: HeadPages, found: HeadPage) -> list[Section]:
    """The tables of the page, in the order in which a head asks."""
    tr = words.tr
    post, unit, person = tr("text.head_post"), tr("text.head_unit"), tr("text.head_person")
    no_lists = tr("text.head_no_lists") if pages.ground.everyone_is_listed else None
    no_ratings = tr("text.head_no_ratings") if pages.ratings_absent else None
    why_not = _why_not(words) if pages.planned and found.proposed else {}
    return [
        Section(
            tr("text.head_few_names", names=pages.names),
            (post, unit, tr("text.head_holder"), tr("text.head_names_count"), tr("text.head_names_now"),
             tr("text.head_names_after")),
            [_few_names(words, row) for row in found.few_names],
            no_lists,
        ),
        Section(
            tr("text.head_leaving", months=pages.months),
            (post, unit, tr("text.head_holder"), tr("text.head_on"), tr("text.head_why"), tr("text.head_nearest")),
            [_leaving(words, row) for row in found.leaving],
        ),
        Section(
            tr("text.head_proposed"),
            (post, unit, person, tr("text.head_round"), tr("text.head_record"), tr("text.head_outcome")),
            [_proposed(words, row, why_not) for row in found.proposed],
        ),
        Section(
            tr("text.head_overdue"),
            (post, unit, person, tr("text.head_due"), tr("text.head_what"), tr("text.head_detail")),
            list(_overdue_rows(words, found.overdue)),
        ),
        Section(
            tr("text.head_unrated"),
            (post, unit, person, "", tr("text.head_years"), ""),
            [_unrated(words, row) for row in found.unrated],
            no_ratings,
        ),
    ]  # fmt: skip


# ---- rows --------------------------------------------------------------------------------------------------------


def _post(words: PaperWords, position: PositionId | None) -> tuple[str | None, str | None]:
    if position is None:
        return None, None
    row = words.ground.case.position[position]
    return row.title, words.ground.case.unit[row.unit_id].name


def _names(words: PaperWords, people: Iterable[PersonId]) -> str | None:
    return ", ".join(words.ground.case.person[i].name for i in people) or None


def _few_names(words: PaperWords, row: FewNames) -> Cells:
    count = str(len(row.now)) if row.after is None else f"{len(row.now)} → {len(row.after)}"
    holders = _names(words, row.holders) or words.tr("text.head_vacant")
    after = words.tr("text.head_no_round") if row.after is None else _names(words, row.after)
    return (*_post(words, row.position), holders, count, _names(words, row.now), after)


def _leaving(words: PaperWords, row: Leaving) -> Cells:
    holder = words.tr("text.head_vacant") if row.person is None else _names(words, [row.person])
    return (
        *_post(words, row.position),
        holder,
        row.on,
        label("cause", row.cause, words.language),
        _nearest(words, row),
    )


def _nearest(words: PaperWords, row: Leaving) -> str:
    source = row.nearest
    if source is None:
        return words.tr("text.head_nobody")
    parts = [words.gaps(source.gaps), words.refusals(source.refusals)]
    if source.ready_on is not None:
        parts.insert(0, words.tr("text.head_ready_on", day=written_day(source.ready_on)))
    missing = "; ".join(p for p in parts if p)
    name = words.ground.case.person[source.person].name
    return f"{name}: {missing}" if missing else name


def _why_not(words: PaperWords) -> Mapping[tuple[PersonId, PositionId], str]:
    """Why the plan leaves a name out; without the other names of the list and their points: they may be of any unit."""
    said = NominationWords(words, points=False)
    found = (n for n in Nominations(words.standing).all() if n.outcome == "left_out")
    return {(n.person, n.position): said.why(n) for n in found}


def _proposed(words: PaperWords, row: Proposed, why_not: Mapping[tuple[PersonId, PositionId], str]) -> Cells:
    record = several(p for p in (words.nomination(row.nominations), words.opinion(row.nominations)) if p)
    rounds = several(n.round_id for n in row.nominations)
    outcome = words.tr(OUTCOMES[row.outcome])
    if row.outcome == "refused":
        plan_gaps = [g for g in row.source.gaps if g.gap in words.ground.demands(row.source.position, "plan")]
        why = [words.refusals(r for r in row.source.refusals if r.stage == "plan"), words.gaps(plan_gaps)]
        outcome += ": " + "; ".join(p for p in why if p)
    elif row.outcome == "not_chosen" and (left_out := why_not.get((row.source.person, row.source.position))):
        outcome += f": {left_out}"
    return (*_post(words, row.source.position), _names(words, [row.source.person]), rounds, record, outcome)


OUTCOMES = {
    "kept": "text.outcome_kept", "added": "text.outcome_added", "refused": "text.outcome_refused",
    "not_chosen": "text.outcome_not_chosen", "open": "text.outcome_open",
}  # fmt: skip


def _overdue_rows(words: PaperWords, rows: Sequence[Overdue]) -> Iterator[Cells]:
    """A row each; of many lists that the same review has left out, one row that names the posts."""
    together: defaultdict[dt.date, list[Overdue]] = defaultdict(list)
    for row in rows:
        if row.kind == "review":
            together[row.due].append(row)
    told: set[dt.date] = set()
    for row in rows:
        group = together[row.due] if row.kind == "review" else []
        if len(group) <= MOST_REVIEWS:
            yield _overdue(words, row)
        elif row.due not in told:
            told.add(row.due)
            names = words.ground.case.post_names
            titles = "; ".join(names[one.position] for one in group if one.position is not None)
            count = words.tr("text.head_posts", n=len(group))
            yield (count, None, None, row.due, words.tr(OVERDUE["review"]), titles)


def _overdue(words: PaperWords, row: Overdue) -> Cells:
    detail = row.detail
    if row.kind == "exemption" and detail is not None:
        detail = words.rule(detail)
    elif row.kind == "decision" and detail is not None:
        detail = label("decision", detail, words.language)
    person = _names(words, [row.person]) if row.person is not None else None
    return (*_post(words, row.position), person, row.due, words.tr(OVERDUE[row.kind]), detail)


OVERDUE = {
    "review": "text.overdue_review", "exemption": "text.overdue_exemption", "decision": "text.overdue_decision",
    "acting": "text.overdue_acting", "rotation": "text.overdue_rotation", "term": "text.overdue_term",
}  # fmt: skip


def _unrated(words: PaperWords, row: Unrated) -> Cells:
    home = words.ground.home[row.person]
    position = home if home is not None else min(row.posts)
    years = ", ".join(map(str, row.years))
    return (*_post(words, position), _names(words, [row.person]), None, years, None)


def _unconfirmed(pages: HeadPages, found: HeadPage) -> dict[str, int]:
    """Entries that are not confirmed and keep out a proposed or a nearest name, with how many."""
    count: dict[str, int] = {}
    sources = [row.source for row in found.proposed if row.outcome == "refused"]
    sources += [row.nearest for row in found.leaving if row.nearest is not None]
    for source in sources:
        for refusal in source.refusals:
            count[refusal.rule] = count.get(refusal.rule, 0) + 1
    return count


# ---- the sheet ---------------------------------------------------------------------------------------------------


def _sheet(
    sheet: Any, words: PaperWords, pages: HeadPages, unit: UnitId, letterhead: Letterhead, styles: Styles
) -> None:
    page(sheet, WIDTHS)
    found = pages.page(unit)
    title = words.tr("text.head_title")
    office = words.ground.case.unit_names[unit]
    row = head(sheet, letterhead, office, (title, _subtitle(words, pages.planned)), styles, LAST)
    for number, section in enumerate(sections(words, pages, found), start=1):
        row = _table(sheet, words, f"{number}. {section.title}", section, styles, row) + 1
    row = write_notes(sheet, words.unconfirmed(_unconfirmed(pages, found)), styles, row, WIDTHS)
    sign_off(sheet, letterhead, words.language, styles, row, LAST)
    sheet.print_area(0, 0, row + 6, LAST)


def _table(sheet: Any, words: PaperWords, title: str, section: Section, styles: Styles, row: int) -> int:
    """A table from `row` on; gives the first row below it."""
    merged(sheet, row, 0, LAST, title, styles, {"bold": True})
    sheet.set_row(row, 1.3 * LINE_HEIGHT)
    row += 1
    if not section.rows:
        merged(sheet, row, 0, LAST, section.remark or words.tr("text.head_none"), styles, {"italic": True})
        return row + 1
    for column, heading in enumerate((words.tr("text.column_number"), *section.headings)):
        put(sheet, row, column, heading, styles, HEADING)
    sheet.set_row(row, 2 * LINE_HEIGHT + 2)
    for number, cells in enumerate(section.rows, start=1):
        put(sheet, row + number, 0, number, styles, {**BOX, **CENTRE})
        for column, cell in enumerate(cells, start=1):
            put(sheet, row + number, column, cell, styles, BOX)
    return row + len(section.rows) + 1


def _subtitle(words: PaperWords, planned: bool) -> str:
    text = words.tr("text.as_of_day", day=written_day(words.ground.horizon.as_of))
    basis = words.tr("text.head_of_plan" if planned else "text.head_of_case")
    return f"({text}; {basis})"


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that a workbook takes: short, without signs that it forbids, different from those taken."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in name).strip(" '") or "?"
    found, number = plain[:LONGEST_SHEET_NAME].strip(" '"), 1
    while found.casefold() in taken:
        number += 1
        end = f" ({number})"
        found = plain[: LONGEST_SHEET_NAME - len(end)].strip(" '") + end
    taken.add(found.casefold())
    return found


def _text(cell: object) -> str:
    return written_day(cell) if isinstance(cell, dt.date) else str(cell)
