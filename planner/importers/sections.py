"""Where in the sections of a sheet a row stands: which unit at the top, which unit, which post."""

from openpyxl.utils import get_column_letter

from planner.domain.titles import words
from planner.importers.doubts import Doubt
from planner.importers.drafts import Drafts, EmptySeat, SectionSeats, Where
from planner.importers.rows import RowReader
from planner.importers.sheet_plan import SheetPlan
from planner.importers.table import Style, TableRow
from planner.importers.text import has
from planner.importers.top_units import TopUnits
from planner.importers.units import Organisation, Placed, UnitDraft, is_block

_FEWEST_LETTERS = 2
"""A name has at least so many."""


class Sections:
    """Where in the sections of a sheet one is: which root, which unit, which post."""

    def __init__(
        self, plan: SheetPlan, form: bool, organisation: Organisation, tops: TopUnits, drafts: Drafts,
        doubts: list[Doubt],
    ) -> None:  # fmt: skip
        self.organisation = organisation
        self.tops = tops
        self.doubts = doubts
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
            if sum(c.isalpha() for c in draft.name) < _FEWEST_LETTERS:
                reader.doubt("row_unread", draft.where.cell, reader.table.name(row))
                return
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
        locality = self.tops.locality(text)
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
        self.doubts.append(
            Doubt(
                "section_unknown", self.plan.sheet.name, cell.place, row.text, unit.name, (), True, {"value": row.text}
            )
        )
