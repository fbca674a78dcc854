"""Reading an office workbook: sheets of people, then lists of retirements and of moves, then the case."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from planner.domain.content import Content
from planner.domain.errors import InputError
from planner.domain.findings import error
from planner.domain.office_words import ListWords
from planner.importers.build import build_case
from planner.importers.doubts import Doubt
from planner.importers.drafts import Drafts, RowDraft
from planner.importers.heading import UNREAD, Column, Heading
from planner.importers.import_map import ColumnMap, ImportMap, SheetMap
from planner.importers.imported import Imported
from planner.importers.later import moved, retired
from planner.importers.notes import NoteReader
from planner.importers.rows import RowReader
from planner.importers.sections import Sections
from planner.importers.sheet_plan import SheetPlan, plans_of
from planner.importers.sheet_plan import as_of as said_as_of
from planner.importers.sheets import Sheet, read_sheets
from planner.importers.table import TableRow, tables
from planner.importers.text import clean, has
from planner.importers.top_units import TopUnits
from planner.importers.totals import check_totals
from planner.importers.units import Organisation


def read_office(
    path: Path, content: Content, map: ImportMap | None = None, as_of: dt.date | None = None,
    today: dt.date | None = None,
) -> Imported:  # fmt: skip
    """The case that a careful human would type from the workbook, what is doubtful in it, and the map used.

    `map`: what sheets and columns mean, where the user has said so. `as_of`: the day for which the list holds; by
    default the one that it names, else `today`. Raises InputError where the file is no workbook or has no table of
    people.
    """
    if content.office is None:
        raise InputError([error("finding.office_no_words", path.name, value=content.name)])
    return _Reading(path, read_sheets(path), content, content.office, map, as_of, today or dt.date.today()).run()


class _Reading:
    def __init__(
        self, path: Path, sheets: list[Sheet], content: Content, office: ListWords, given: ImportMap | None,
        as_of: dt.date | None, today: dt.date,
    ) -> None:  # fmt: skip
        self.path = path
        self.content = content
        self.office = office
        self.doubts: list[Doubt] = []
        self.plans = plans_of(sheets, office, given)
        self.said_as_of = as_of or said_as_of(self.plans, office)
        self.as_of = self.said_as_of or today
        self.organisation = Organisation(office, content.titles, _texts(sheets))
        self.tops = TopUnits(self.organisation, office, self.doubts, path.stem)
        self.notes = NoteReader(office, self.organisation.posts)

    def run(self) -> Imported:
        people = [p for p in self.plans if p.use == "people"]
        if not people:
            raise InputError([error("finding.office_no_heading", self.path.name)])
        drafts = Drafts()
        self._hidden_sheets()
        for plan in people:
            self.tops.find(plan)
        for plan in people:
            self._read_people(plan, drafts)
        if not drafts.rows:
            raise InputError([error("finding.office_no_people", self.path.name)])
        built = build_case(drafts, self.organisation, self.content, self.doubts, self.as_of)
        for plan in self.plans:
            if plan.use == "retirements":
                built = retired(plan.sheet, plan.headings, built, self.office, self.doubts)
            elif plan.use == "moves":
                moved(plan.sheet, plan.headings, built, self.organisation, self.doubts)
        doubts = sorted(dict.fromkeys(self.doubts), key=lambda d: (not d.asks,))
        return Imported(built.case, tuple(doubts), self._map(), self.said_as_of, people[0].title(self.path.stem))

    # ---- people -------------------------------------------------------------------------------------------------

    def _read_people(self, plan: SheetPlan, drafts: Drafts) -> None:
        self._column_doubts(plan)
        form = self._is_form(plan)
        drafts.forms = drafts.forms or form
        sections = Sections(plan, form, self.organisation, self.tops, drafts, self.doubts)
        before = len(drafts.rows)
        feet: list[TableRow] = []
        counted: list[TableRow] = []
        for table in tables(plan.sheet, plan.headings, self.office):
            reader = RowReader(table, self.organisation, self.notes, self.doubts, self.as_of)
            reader.listed, reader.additions = form, form and self._adds(plan)
            rows, foot = table.rows()
            feet += foot
            for row in rows:
                sections.take(row, reader)
            counted += [r for r in rows if r.kind == "total"]
        self._hidden_rows(plan, drafts.rows[before:])
        self._uncounted(plan)
        check_totals(plan.sheet, feet, counted, drafts.rows[before:], self.office, self.doubts)

    def _is_form(self, plan: SheetPlan) -> bool:
        return any(h.of("planned_new", "planned_before") for h in plan.headings)

    def _adds(self, plan: SheetPlan) -> bool:
        top = plan.headings[0].top
        return any(
            has(cell.text, self.office.additions)
            for row, cells in plan.sheet.rows() if row < top for cell in cells.values()
        )  # fmt: skip

    def _column_doubts(self, plan: SheetPlan) -> None:
        for heading in plan.headings[:1]:
            for column in heading.columns:
                place = f"{get_column_letter(column.index)}{heading.top}"
                read = {"value": column.heading}
                if column.hidden and column.meaning not in self.office.skipped:
                    self.doubts.append(
                        Doubt("hidden_column", plan.sheet.name, place, column.heading, None, (), True, read)
                    )
                elif column.meaning == UNREAD and self._has_values(plan.sheet, heading, column):
                    self.doubts.append(
                        Doubt("column_unread", plan.sheet.name, place, column.heading, None, (), True, read)
                    )

    @staticmethod
    def _has_values(sheet: Sheet, heading: Heading, column: Column) -> bool:
        return any(column.index in cells for row, cells in sheet.cells.items() if row > heading.bottom)

    def _hidden_rows(self, plan: SheetPlan, rows: Sequence[RowDraft]) -> None:
        """One doubt for each run of hidden rows."""
        last = -9
        for draft in rows:
            if draft.hidden:
                if draft.where.row > last + 1:
                    code = "rows_filtered" if plan.sheet.filtered else "rows_hidden"
                    name = draft.root.name if draft.root else ""
                    self.doubts.append(
                        Doubt(code, plan.sheet.name, draft.where.cell, draft.name, draft.name, (), True, {"unit": name})
                    )
                last = draft.where.row

    def _hidden_sheets(self) -> None:
        for plan in self.plans:
            if plan.sheet.hidden and plan.headings:
                read_as = plan.sheet.name if plan.use != "none" else None
                self.doubts.append(Doubt("sheet_hidden", plan.sheet.name, "A1", plan.sheet.name, read_as, (), True, {}))

    def _uncounted(self, plan: SheetPlan) -> None:
        """One doubt for each column that is read and holds formulas whose values are not stored."""
        heading = plan.headings[0]
        read = {c.index for c in heading.columns if not c.hidden and c.meaning not in (*self.office.skipped, UNREAD)}
        told: set[int] = set()
        for place in plan.sheet.uncounted:
            letters, row = coordinate_from_string(place)
            column = column_index_from_string(letters)
            if column in read - told and row > heading.bottom:
                told.add(column)
                self.doubts.append(Doubt("formula_uncounted", plan.sheet.name, place, "", None, (), True, {}))

    # ---- the map ------------------------------------------------------------------------------------------------

    def _map(self) -> ImportMap:
        sheets = {}
        for plan in self.plans:
            heading = plan.headings[0] if plan.headings else None
            columns = {
                get_column_letter(c.index): ColumnMap(heading=c.heading, meaning=self._used_as(c), year=c.year)
                for c in (heading.columns if heading else ())
            }
            rows = (heading.top, heading.bottom) if heading else None
            unit = plan.root if plan.use == "people" else None
            sheets[plan.sheet.name] = SheetMap(use=plan.use, heading_rows=rows, unit=unit, columns=columns)
        as_of = self.said_as_of.isoformat()[:10] if self.said_as_of else None
        return ImportMap(file=self.path.name, as_of=as_of, sheets=sheets)

    @staticmethod
    def _used_as(column: Column) -> str:
        return UNREAD if column.hidden else column.meaning


def _texts(sheets: Sequence[Sheet]) -> list[str]:
    """Texts that are not in capitals: they show how names of units are written."""
    texts = (
        clean(cell.text.split("(")[0])
        for sheet in sheets for cells in sheet.cells.values() for cell in cells.values()
        if isinstance(cell.value, str) and len(cell.text) < _LONGEST_NAME
    )  # fmt: skip
    return [t for t in dict.fromkeys(texts) if t != t.upper()]


_LONGEST_NAME = 150
