"""What each sheet of a workbook is: a list of people, of retirements, of moves, or none of these."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.utils import column_index_from_string

from planner.domain.errors import InputError
from planner.domain.findings import Names, error
from planner.domain.office_words import ListWords
from planner.domain.titles import words
from planner.importers.dates import dates_in
from planner.importers.heading import Column, Heading, HeadingWords, find_headings
from planner.importers.import_map import ImportMap, SheetMap, Use
from planner.importers.sheets import Sheet
from planner.importers.text import find, has, starts


@dataclass
class SheetPlan:
    """A sheet with its headings, its use, and the unit that its title names."""

    sheet: Sheet
    use: Use
    headings: list[Heading] = field(default_factory=list)
    root: str | None = None

    def title(self, default: str) -> str:
        """The title of the list."""
        top = self.headings[0].top
        texts = [cell.text for row, cells in self.sheet.rows() if row < top for cell in cells.values()]
        return next((t for t in texts if starts(t, _TITLES)), default)


_TITLES = ("danh sách", "bảng", "tổng hợp", "biểu")


def plans_of(sheets: Sequence[Sheet], office: ListWords, given: ImportMap | None) -> list[SheetPlan]:
    """The plan of every sheet. Hidden sheets are not read where others hold people; a workbook that holds a list of
    retirements only is read as a list of people."""
    names = [s.name for s in sheets]
    absent = [name for name in (given.sheets if given else ()) if name not in names]
    if absent:
        near = Names(names)
        raise InputError(
            [error("finding.office_map_sheet", "map.yaml", None, "sheets", a, near.suggest(a)) for a in absent]
        )
    vocabulary = HeadingWords(office)
    plans = [_plan(sheet, vocabulary, given) for sheet in sheets]
    if given is None and any(p.use == "people" and not p.sheet.hidden for p in plans):
        for plan in plans:
            plan.use = "none" if plan.sheet.hidden else plan.use
    if given is None and not any(p.use == "people" for p in plans):
        for plan in plans:
            plan.use = "people" if plan.use == "retirements" else plan.use
    return plans


def _plan(sheet: Sheet, vocabulary: HeadingWords, given: ImportMap | None) -> SheetPlan:
    said = given.sheets.get(sheet.name) if given else None
    headings = find_headings(sheet, vocabulary)
    if said is not None:
        if said.use == "none":
            return SheetPlan(sheet, "none", headings)
        headings = [_given_heading(sheet, said, headings, vocabulary)] if said.columns else headings
        return SheetPlan(sheet, said.use if headings else "none", headings, said.unit)
    if not headings:
        return SheetPlan(sheet, "none")
    columns = {c.meaning for h in headings for c in h.columns}
    if {"move_from", "move_to"} <= columns:
        return SheetPlan(sheet, "moves", headings)
    if "retires_on" in columns and not columns & _RICH:
        return SheetPlan(sheet, "retirements", headings)
    return SheetPlan(sheet, "people", headings)


_RICH = {"degree", "theory", "education", "rating", "planned", "planned_before", "planned_new"}
"""What a list of those who retire does not tell."""


def _given_heading(sheet: Sheet, given: SheetMap, found: list[Heading], vocabulary: HeadingWords) -> Heading:
    """The heading as the map says it."""
    top, bottom = given.heading_rows or ((found[0].top, found[0].bottom) if found else (1, 1))
    columns = []
    for letter, c in given.columns.items():
        ticked = vocabulary.ticked(c.heading.split(" / "))
        mark = ticked[1] if ticked and ticked[0] == c.meaning else None
        columns.append(Column(column_index_from_string(letter), (c.heading,), c.meaning, c.year, mark=mark))
    heading = Heading(top, bottom, tuple(columns))
    if not heading.has_name:
        raise InputError([error("finding.office_map_no_name", "map.yaml", column=sheet.name)])
    return heading


def as_of(plans: Sequence[SheetPlan], office: ListWords) -> dt.date | None:
    """The day for which the lists hold: "tính đến ngày …" above one, else the date beside a signature."""
    signed: list[dt.date] = []
    for plan in plans:
        if plan.use != "people":
            continue
        first, last = plan.headings[0].top, plan.headings[-1].bottom
        for row, cells in plan.sheet.rows():
            for cell in cells.values():
                if row < first and (day := _said_as_of(cell.text, office)):
                    return day
                if (row < first or row > last) and find(cell.text, "ngày") >= 0 and len(cell.text) < _SIGNED_AT:
                    days = [d for d, _, _ in dates_in(cell.text) if d.day.precision == "day"]
                    if days and find(cell.text, "tháng") > 0:
                        signed.append(days[-1].day)
    return max(signed, default=None)


_SIGNED_AT = 80
"""A line with place and date is no longer than this."""


def _said_as_of(text: str, office: ListWords) -> dt.date | None:
    phrase = has(text, office.as_of)
    if phrase is None:
        return None
    at = find(text, phrase)
    days = [d for d, start, _ in dates_in(text) if d.day.precision == "day" and len(words(text[:start])) >= at]
    return days[0].day if days else None
