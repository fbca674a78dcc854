"""What readers of cells share: the table, the words, and how a doubt is told."""

import datetime as dt

from planner.domain.dates import Day
from planner.domain.office_words import ListWords
from planner.importers.dates import day_of
from planner.importers.doubts import Doubt
from planner.importers.drafts import Where
from planner.importers.notes import NoteReader
from planner.importers.sheets import Cell
from planner.importers.table import Table
from planner.importers.text import is_one
from planner.importers.units import Organisation


class CellReader:
    """Reads cells of one table. `doubts` grows; what it says is in cells of the table's sheet."""

    def __init__(
        self, table: Table, organisation: Organisation, notes: NoteReader, doubts: list[Doubt], as_of: dt.date
    ) -> None:
        self.table = table
        self.organisation = organisation
        self.posts = organisation.posts
        self.office: ListWords = table.office
        self.notes = notes
        self.doubts = doubts
        self.as_of = as_of
        self.additions = False
        """A form that adds names: a proposal without a word is one."""
        self.listed = False
        """A form of planned names: one person has several rows."""

    def doubt(
        self, code: str, cell: Cell | str, value: str = "", read_as: str | None = None,
        alternatives: tuple[str, ...] = (), asks: bool = True, **values: object,
    ) -> None:  # fmt: skip
        place = cell if isinstance(cell, str) else cell.place
        shown = value or (cell.text if isinstance(cell, Cell) else "")
        self.doubts.append(
            Doubt(code, self.table.sheet.name, place, shown, read_as, alternatives, asks, {"value": shown, **values})
        )

    def where(self, cell: Cell) -> Where:
        return Where(self.table.sheet.name, cell.place, cell.row)

    def _day(self, cell: Cell) -> Day | None:
        dated = day_of(cell.value, cell.text, cell.number_format)
        if dated is None:
            if not self._says_nothing(cell.text):
                self.doubt("date_unread", cell)
            return None
        if dated.oddity in ("order", "dashes", "impossible"):
            self.doubt(f"date_{dated.oddity}", cell, read_as=dated.day.written(), alternatives=dated.others)
        elif dated.oddity == "serial":
            self.doubt("date_number", cell, read_as=dated.day.written())
        elif dated.oddity == "two_digits":
            self.doubt("date_two_digits", cell, read_as=dated.day.written(), asks=False)
        return dated.day

    def _says_nothing(self, text: str) -> bool:
        return is_one(text, self.office.none) or text.strip(" .") in self.office.none
