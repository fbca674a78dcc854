"""Reading an office workbook: sheets of people, then lists of retirements and of moves, then the case."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import column_index_from_string, get_column_letter

from planner.domain.content import Content
from planner.domain.errors import InputError
from planner.domain.findings import error
from planner.domain.office_words import OfficeWords
from planner.domain.titles import words
from planner.importers.build import build_case
from planner.importers.dates import dates_in
from planner.importers.doubts import Doubt
from planner.importers.drafts import Drafts, EmptySeat, SectionSeats
from planner.importers.heading import Column, Heading, HeadingWords, find_headings
from planner.importers.import_map import ColumnMap, ImportMap, SheetMap, Use
from planner.importers.imported import Imported
from planner.importers.later import moved, retired
from planner.importers.notes import NoteReader
from planner.importers.rows import RowReader
from planner.importers.sheets import Sheet, read_sheets
from planner.importers.table import Style, TableRow, tables
from planner.importers.text import clean, find, has, starts, tail
from planner.importers.totals import check_totals
from planner.importers.units import Organisation, Placed, UnitDraft, is_block

_WITHIN_DEPARTMENTS = ("agency", "public_unit", "centre")
"""Kinds of units below a department that keep lists of their own."""


@dataclass
class SheetPlan:
    """A sheet with its headings, its use, and the unit that its title names."""

    sheet: Sheet
    use: Use
    headings: list[Heading] = field(default_factory=list)
    root: str | None = None


def read_office(path: Path, content: Content, map: ImportMap | None = None, as_of: dt.date | None = None) -> Imported:
    """The case that a careful human would type from the workbook, what is doubtful in it, and the map used.

    `map`: what sheets and columns mean, where the user has said so. `as_of`: the day for which the list holds; by
    default the one that it names. Raises InputError where the file is no workbook or has no table of people.
    """
    if content.office is None:
        raise InputError([error("finding.office_no_words", path.name, value=content.name)])
    return _Reading(path, read_sheets(path), content, content.office, map, as_of).run()


class _Reading:
    def __init__(
        self, path: Path, sheets: list[Sheet], content: Content, office: OfficeWords, given: ImportMap | None,
        as_of: dt.date | None,
    ) -> None:  # fmt: skip
        self.path = path
        self.content = content
        self.office = office
        self.given = given
        self.doubts: list[Doubt] = []
        self.plans = [self._plan(sheet) for sheet in sheets]
        self._settle_uses()
        self.said_as_of = as_of or self._as_of()
        self.as_of = self.said_as_of or dt.date.today()
        self.organisation = Organisation(office, content.titles, list(self._spellings(sheets)))
        self.notes = NoteReader(office, self.organisation.posts)

    def run(self) -> Imported:
        people = [p for p in self.plans if p.use == "people"]
        if not people:
            raise InputError([error("finding.office_no_heading", self.path.name)])
        drafts = Drafts()
        for plan in people:
            self._roots(plan)
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
        return Imported(built.case, tuple(doubts), self._map(), self.said_as_of, self._title(people[0]))

    # ---- what the sheets are ------------------------------------------------------------------------------------

    def _plan(self, sheet: Sheet) -> SheetPlan:
        given = self.given.sheets.get(sheet.name) if self.given else None
        headings = find_headings(sheet, HeadingWords(self.office), self.office)
        if given is not None:
            if given.use == "none":
                return SheetPlan(sheet, "none", headings)
            headings = [self._given_heading(sheet, given, headings)] if given.columns else headings
            return SheetPlan(sheet, given.use, headings, given.unit)
        if not headings:
            return SheetPlan(sheet, "none")
        columns = {c.meaning for h in headings for c in h.columns}
        if {"move_from", "move_to"} <= columns:
            return SheetPlan(sheet, "moves", headings)
        rich = columns & {"degree", "theory", "education", "rating", "planned", "planned_before", "planned_new"}
        if "retires_on" in columns and not rich:
            return SheetPlan(sheet, "retirements", headings)
        return SheetPlan(sheet, "people", headings)

    def _settle_uses(self) -> None:
        """A workbook that holds a list of retirements only is read as a list of people."""
        if not any(p.use == "people" for p in self.plans) and self.given is None:
            for plan in self.plans:
                if plan.use == "retirements":
                    plan.use = "people"

    @staticmethod
    def _given_heading(sheet: Sheet, given: SheetMap, found: list[Heading]) -> Heading:
        """The heading as the map says it."""
        top, bottom = given.heading_rows or ((found[0].top, found[0].bottom) if found else (1, 1))
        columns = tuple(
            Column(column_index_from_string(letter), (c.heading,), c.meaning, c.year)
            for letter, c in given.columns.items()
        )
        if not any(c.meaning in ("name", "family_name") for c in columns):
            raise InputError([error("finding.office_map_no_name", "map.yaml", column=sheet.name)])
        return Heading(top, bottom, columns)

    def _as_of(self) -> dt.date | None:
        """The day for which the list holds: "tính đến ngày …" above it, else the date under it."""
        below: list[dt.date] = []
        for plan in self.plans:
            if plan.use != "people":
                continue
            first = plan.headings[0].top if plan.headings else 0
            for row, cells in plan.sheet.rows():
                for cell in cells.values():
                    if row < first and (phrase := has(cell.text, self.office.as_of)):
                        at = find(cell.text, phrase)
                        for dated, start, _ in dates_in(cell.text):
                            if dated.day.precision == "day" and len(words(cell.text[:start])) >= at:
                                return dated.day
                    if (row < first or row > plan.headings[-1].bottom) and find(cell.text, "ngày") >= 0:
                        dates = [d for d, _, _ in dates_in(cell.text) if d.day.precision == "day"]
                        if dates and find(cell.text, "tháng") > 0 and len(cell.text) < 80:
                            below.append(dates[-1].day)
        return max(below, default=None)

    def _spellings(self, sheets: Sequence[Sheet]) -> Iterator[str]:
        """Texts that are not in capitals: they show how names of units are written."""
        for sheet in sheets:
            for cells in sheet.cells.values():
                for cell in cells.values():
                    text = clean(cell.text.split("(")[0])
                    if isinstance(cell.value, str) and text != text.upper() and len(text) < 90:
                        count, _ = self._title_words(text)
                        rest = _after(text, count) if count else text
                        yield rest
                        if rest != text:
                            yield text

    def _title_words(self, text: str) -> tuple[int, None]:
        spoken = words(text)
        phrases = self.content.titles.phrases.get(spoken[0], ()) if spoken else ()
        return max((len(p) for p, _, _ in phrases if spoken[: len(p)] == p), default=0), None

    # ---- roots --------------------------------------------------------------------------------------------------

    def _roots(self, plan: SheetPlan) -> None:
        """The units at the top: those that a column or sections name, else the one that the title block names."""
        if plan.root:
            self.organisation.root(plan.root)
            return
        named = False
        for table in tables(plan.sheet, plan.headings, self.office):
            for row in table.rows()[0]:
                for column in table.heading.of("unit"):
                    cell = row.cells.get(column.index)
                    found = self.organisation.word_of(cell.text) if cell and row.kind != "section" else None
                    if cell and found and found[0].root:
                        self.organisation.root(cell.text)
                        named = True
                if row.kind == "section":
                    found = self.organisation.word_of(row.text)
                    if found and found[0].root and len(words(row.text)) > len(words(found[1])):
                        self.organisation.root(self._locality(row.text) or row.text)
                        named = True
        name = self._title_root(plan) or self._led_root(plan)
        if name is not None and not (named and self._is_issuer_only(name)):
            plan.root = self.organisation.root(name).name
        elif not named:
            plan.root = self.organisation.root(clean(self.path.stem.replace("_", " "))).name
            self.doubts.append(
                Doubt("unit_unknown", plan.sheet.name, "A1", "", plan.root, (), True, {"value": plan.root})
            )

    def _led_root(self, plan: SheetPlan) -> str | None:
        """The unit of which a section holds the leaders: "LÃNH ĐẠO BAN TỔ CHỨC TỈNH ỦY"."""
        for table in tables(plan.sheet, plan.headings, self.office):
            for row in table.rows()[0]:
                if row.kind == "section" and (block := starts(row.text, self.office.blocks)):
                    rest = tail(row.text, len(words(block)))
                    found = self.organisation.word_of(rest)
                    if found and found[0].root and len(words(rest)) > 1:
                        return rest
        return None

    def _is_issuer_only(self, name: str) -> bool:
        """The unit in the title block only sends the list: it holds communes or departments of others."""
        return not any(self.organisation.same(u.name, name) for u in self.organisation.roots())

    def _title_root(self, plan: SheetPlan) -> str | None:
        """The unit named above the heading."""
        candidates: list[str] = []
        top = plan.headings[0].top
        superior: tuple[int, int] | None = None
        for row, cells in plan.sheet.rows():
            if row >= top:
                break
            for cell in cells.values():
                text = clean(cell.text)
                if starts(text, self.office.issuers) and len(words(text)) <= 6:
                    continue
                found = self.organisation.word_of(text)
                if superior == (row - 1, cell.column) and found and found[0].kind in _WITHIN_DEPARTMENTS:
                    candidates[-1] = text  # of two offices one above the other the lower one sends the list
                    superior = None
                    continue
                if name := self._locality(text):
                    candidates.append(name)
                elif found and found[0].root and len(words(text)) <= 12:
                    candidates.append(text)
                    superior = (row, cell.column) if len(candidates) == 1 else None
        if not candidates:
            candidates = self._in_titles(plan, top)
        return candidates[0] if candidates else None

    def _in_titles(self, plan: SheetPlan, top: int) -> list[str]:
        """A unit at the end of a title: "DANH SÁCH CÁN BỘ SỞ NỘI VỤ"."""
        found = []
        for row, cells in plan.sheet.rows():
            if row >= top:
                break
            for cell in cells.values():
                spoken = words(cell.text)
                for unit in self.office.units:
                    for w in unit.words if unit.root else ():
                        at = find(cell.text, w)
                        if at > 0 and len(spoken) - at - len(words(w)) in range(1, 8):
                            found.append(_after(cell.text, at))
        return found[:1]

    def _locality(self, text: str) -> str | None:
        """ "ĐẢNG ỦY XÃ TÂN LÂM", "UBND PHƯỜNG MINH TÂN": the commune or ward."""
        spoken = words(text)
        if len(spoken) > 9:
            return None
        localities = [w for u in self.office.units if u.root and u.kind in ("commune", "ward", "special_zone")
                      for w in u.words]  # fmt: skip
        for w in localities:
            at = find(text, w)
            if at >= 0 and 1 <= len(spoken) - at - len(words(w)) <= 4:
                behind = _after(text, at)
                organ = self.organisation.word_of(text)
                if at == 0 or (organ and organ[0].organ) or starts(text, self.office.blocks):
                    return clean(behind.split("(")[0])
        return None

    # ---- people -------------------------------------------------------------------------------------------------

    def _read_people(self, plan: SheetPlan, drafts: Drafts) -> None:
        self._column_doubts(plan)
        form = self._is_form(plan)
        drafts.forms = drafts.forms or form
        state = _Sections(self, plan, form, drafts)
        before = len(drafts.rows)
        feet: list[TableRow] = []
        counted: list[TableRow] = []
        for table in tables(plan.sheet, plan.headings, self.office):
            reader = RowReader(table, self.organisation, self.notes, self.doubts, self.as_of)
            reader.listed, reader.additions = form, form and self._adds(plan)
            rows, foot = table.rows()
            feet += foot
            for row in rows:
                state.take(row, reader)
            counted += [r for r in rows if r.kind == "total"]
        self._hidden_rows(plan, drafts.rows[before:])
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
                elif column.meaning == "unread" and self._has_values(plan.sheet, heading, column):
                    self.doubts.append(
                        Doubt("column_unread", plan.sheet.name, place, column.heading, None, (), True, read)
                    )

    @staticmethod
    def _has_values(sheet: Sheet, heading: Heading, column: Column) -> bool:
        return any(column.index in cells for row, cells in sheet.cells.items() if row > heading.bottom)

    def _hidden_rows(self, plan: SheetPlan, rows: Sequence) -> None:  # type: ignore[type-arg]
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
        return "unread" if column.hidden else column.meaning

    def _title(self, plan: SheetPlan) -> str:
        """The title of the list, for the scenario."""
        top = plan.headings[0].top
        texts = [
            cell.text
            for row, cells in plan.sheet.rows() if row < top
            for cell in cells.values()
        ]  # fmt: skip
        long = [t for t in texts if starts(t, ("danh sách", "bảng", "tổng hợp", "biểu"))]
        return long[0] if long else self.path.stem


class _Sections:
    """Where in the sections of a sheet one is: which root, which unit, which post."""

    def __init__(self, reading: _Reading, plan: SheetPlan, form: bool, drafts: Drafts) -> None:
        self.reading = reading
        self.organisation = reading.organisation
        self.plan = plan
        self.form = form
        self.drafts = drafts
        roots = self.organisation.roots()
        named = next((r for r in roots if plan.root and self.organisation.same(r.name, plan.root)), None)
        self.root = named or roots[0]
        self.stack: list[tuple[Style, UnitDraft | None]] = []
        self.post: Placed | None = None

    @property
    def unit(self) -> UnitDraft | None:
        return self.stack[-1][1] if self.stack else None

    def take(self, row: TableRow, reader: RowReader) -> None:
        if row.kind == "section":
            self._section(row)
        elif row.kind == "person":
            draft = reader.read(row, self.root, self.unit, self.post, self.form)
            if row.struck:
                reader.doubt("struck_row", draft.where.cell, draft.name)
            if draft.birth is None:
                reader.doubt("birth_missing", draft.where.cell, draft.name)
            self.drafts.rows.append(draft)
        elif row.kind == "vacant":
            self._vacant(row, reader)
        elif row.kind == "other":
            first = row.cells[min(row.cells)]
            reader.doubt("row_unread", first)

    def _vacant(self, row: TableRow, reader: RowReader) -> None:
        placed = reader.empty_seat(row, self.root, self.unit)
        if not placed and self.post is not None and not self.form:
            placed = [self.post]
        name = reader.table.name(row)
        cell = reader.table.sheet.own(row.row, reader.table.name_column)
        from planner.importers.drafts import Where

        place = cell.place if cell else f"{get_column_letter(reader.table.name_column)}{row.row}"
        where = Where(reader.table.sheet.name, place, row.row)
        self.drafts.empty += [EmptySeat(p, where) for p in placed[:1]]
        if not name and placed:
            reader.doubt("vacant_row", place, value="", read_as=placed[0].title, asks=False)
        elif not placed:
            reader.doubt("row_unread", row.cells[min(row.cells)])

    def _section(self, row: TableRow) -> None:
        organisation = self.organisation
        text, seats = organisation.posts.seats(row.text)
        self._leave(row.style)
        if is_block(text, organisation):
            self.post = None
            self.stack.append((row.style, None))
            return
        word = organisation.word_of(text)
        title, _ = organisation.posts.title(text)
        if word and len(words(word[1])) >= title:
            self._unit_section(row, text, word[0].root)
        elif title:
            self._post_section(row, text, seats)
        else:
            self._other_section(row, text)

    def _leave(self, style: Style) -> None:
        """Close the sections on the same level and below."""
        for i, (open_style, _) in enumerate(self.stack):
            if open_style == style:
                del self.stack[i:]
                return

    def _unit_section(self, row: TableRow, text: str, root: bool) -> None:
        self.post = None
        locality = self.reading._locality(text)
        if root or locality:
            name = locality or text
            if not (self.root.is_locality and self.organisation.same(name, self.root.name)):
                self.root = self.organisation.root(name)
            self.stack = [(row.style, None)]
            return
        if self.organisation.same(text, self.root.name):
            self.stack.append((row.style, None))
            return
        above = self.unit
        parent = above if above and above.kind in ("agency", "public_unit", "centre") and self.stack else None
        self.stack.append((row.style, self.organisation.inner(self.root, text, parent=parent)))

    def _post_section(self, row: TableRow, text: str, seats: int | None) -> None:
        general = has(text, ("và tương đương", "và các chức danh"))
        if general:
            self.post = None
            self.stack.append((row.style, None))
            return
        placed = self.organisation.place(self._cased(text), self.root, self.unit)
        self.post = placed
        if placed.entry is None or not placed.entry.staff:
            self.drafts.sections.append(SectionSeats(placed, seats))

    @staticmethod
    def _cased(text: str) -> str:
        return text if text != text.upper() else text[:1] + text[1:].lower()

    def _other_section(self, row: TableRow, text: str) -> None:
        """A heading that begins like no unit we know: a unit all the same, and a question."""
        if len(words(text)) < 1 or len(text) > 120:
            return
        self.post = None
        cell = row.cells[min(row.cells)]
        unit = self.organisation.inner(self.root, text)
        self.stack.append((row.style, unit))
        self.reading.doubts.append(
            Doubt(
                "section_unknown", self.plan.sheet.name, cell.place, row.text, unit.name, (), True, {"value": row.text}
            )
        )


def _after(text: str, count: int) -> str:
    """The text from its word number `count` on."""
    import re

    found = list(re.finditer(r"\w+", text))
    return text[found[count].start() :] if count < len(found) else ""
