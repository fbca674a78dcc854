"""One row of a table becomes a draft of a person, each doubtful cell a doubt."""

import re
from dataclasses import replace

from planner.domain.dates import add_months
from planner.importers.birth_cells import BirthCells
from planner.importers.dates import dates_in
from planner.importers.drafts import RowDraft
from planner.importers.heading import Column
from planner.importers.levels import Level, degrees, levels, mixed, rating
from planner.importers.notes import DisciplineNote
from planner.importers.people_names import person_name
from planner.importers.places import native_place
from planner.importers.post_cells import PostCells
from planner.importers.sheets import Cell
from planner.importers.table import TableRow
from planner.importers.text import clean, lines
from planner.importers.units import Placed, UnitDraft

_LIFE = 100 * 12
"""Months within which every date of a life lies."""


class RowReader(BirthCells, PostCells):
    """Reads rows of one table."""

    def read(
        self, row: TableRow, root: UnitDraft, section: UnitDraft | None, post_section: Placed | None, planned: bool
    ) -> RowDraft:
        """The person of a row. `planned`: the section names a planned post, else a present one."""
        name_cell = self.table.name_cell(row)
        name = person_name(self.table.name(row), self.office)
        draft = RowDraft(name.text, self.where(name_cell), row.struck, row.hidden, root=root, section=section)
        draft.listed = self.listed
        if name.strange:
            self.doubt("lookalike", name_cell, read_as=name.text)
        self._birth(row, draft, name.sex, name.likely)
        root = self._unit_column(row, draft, root)
        for column in self.table.heading.columns:
            if not column.hidden and (cell := row.cells.get(column.index)) is not None:
                self._column(column, cell, draft)
        self._after_birth(row, draft)
        self._posts(row, draft, root, None if planned else post_section)
        self._planned(row, draft, root, post_section if planned else None)
        return draft

    def _after_birth(self, row: TableRow, draft: RowDraft) -> None:
        """Dates that lie before the birth, or beyond any life, are none."""
        for meaning in ("party_since", "party_full_since", "service_since", "retires_on"):
            day = getattr(draft, meaning)
            if day is None or draft.birth is None or draft.birth < day < add_months(draft.birth, _LIFE):
                continue
            setattr(draft, meaning, None)
            column = self.table.heading.first(meaning)
            if column is not None and (cell := row.cells.get(column.index)) is not None:
                self.doubt("date_before_birth", cell)

    def _column(self, column: Column, cell: Cell, draft: RowDraft) -> None:
        if column.mark:
            cell = _ticked(cell, column)
        text = cell.text
        match column.meaning:
            case "native_place":
                draft.native_place = native_place(text)
            case "ethnicity":
                draft.ethnicity = text
            case "party_since" | "party_full_since" | "service_since":
                if day := self._day(cell):
                    setattr(draft, column.meaning, day)
            case "retires_on":
                if day := self._day(cell):
                    draft.retires_on, draft.retires_cell = day, self.where(cell)
            case "degree":
                found, unread = degrees(text, self.office)
                self._levels(draft, cell, found, unread)
            case "theory":
                self._levels(draft, cell, *levels(text, "theory", self.office.theory, self.office))
            case "state_mgmt":
                self._levels(draft, cell, *levels(text, "state_mgmt", self.office.state_mgmt, self.office))
            case "language" | "it":
                self._skill(column.meaning, cell, draft)
            case "education":
                self._levels(draft, cell, *mixed("\n".join(lines(cell.value)) or text, self.office))
            case "rating":
                self._rating(column, cell, draft)
            case "note" | "kin":
                self._note(cell, draft)
            case "discipline":
                self._discipline(cell, draft)
            case "course":
                self._course(cell, draft)
            case "unread":
                draft.extra[f"x_{column.heading}"] = text

    def _levels(self, draft: RowDraft, cell: Cell, found: list, unread: str) -> None:  # type: ignore[type-arg]
        for level in found:
            draft.levels.append(level)
            if level.studying:
                self.doubt("level_in_progress", cell, read_as=None, level=level.level)
        if unread and not self._says_nothing(unread):
            self.doubt("level_unread", cell, value=unread)

    def _skill(self, competency: str, cell: Cell, draft: RowDraft) -> None:
        if not self._says_nothing(cell.text):
            draft.levels.append(Level(competency, "fit", None, cell.text))

    def _rating(self, column: Column, cell: Cell, draft: RowDraft) -> None:
        pieces = _by_year(cell.text)
        if column.year and len(pieces) < 2:  # a year in a cell under its own year is that of a decision or remark
            pieces = [(column.year, cell.text)]
        if not pieces:
            self.doubt("rating_no_year", cell)
        for year, text in pieces:
            rated = rating(text, self.office.ratings, self.office)
            if rated.code:
                draft.ratings[year] = rated.code
            elif rated.unclear:
                self.doubt("rating_unclear", cell, value=text, alternatives=("good", "complete"))
            elif rated.none:
                self.doubt("rating_none", cell, value=text, asks=False)

    def _note(self, cell: Cell, draft: RowDraft) -> None:
        if self._says_nothing(cell.text):
            return
        draft.remarks.append(cell.text)
        text = "\n".join(lines(cell.value)) if isinstance(cell.value, str) else cell.text
        draft.notes += [(fact, self.where(cell)) for fact in self.notes.facts(text)]

    def _discipline(self, cell: Cell, draft: RowDraft) -> None:
        if self._says_nothing(cell.text):
            return
        fact = self.notes.discipline(cell.text)
        if fact is None:
            found = dates_in(cell.text)
            fact = DisciplineNote(None, None, found[0][0] if found else None, cell.text)
        draft.notes.append((fact, self.where(cell)))

    def _course(self, cell: Cell, draft: RowDraft) -> None:
        if self._says_nothing(cell.text):
            return
        first = self.office.studying[0] if self.office.studying else ""
        fact = self.notes.course(cell.text) or self.notes.course(f"{first} {cell.text}")
        if fact is None:
            self.doubt("level_unread", cell)
        else:
            draft.notes.append((fact, self.where(cell)))


_TICKS = ("x", "+", "✓", "✔", "v", "1", "*", "có")


def _ticked(cell: Cell, column: Column) -> Cell:
    """A cell of a column that stands for a level: a tick says the level, other words its field."""
    said = column.mark or ""
    if cell.text.casefold() not in _TICKS:
        said = f"{said} {cell.text}" if column.meaning == "degree" else cell.text
    return replace(cell, value=said, text=said)


_YEAR = re.compile(r"(?:năm\s*)?(?<![\d/.])((?:19|20)\d{2})\b(?![/.]\d)", re.I)


def _by_year(text: str) -> list[tuple[int, str]]:
    """Classes of several years in one cell, each behind its year or each before it: "2023: HTTNV; 2024: HTXSNV",
    "2023 HTTNV, 2024 HTXSNV", "HTTNV (2023), HTXSNV (2024)"; "2023-2025: HTTNV" says it of each."""
    years = list(_YEAR.finditer(text))
    if not years:
        return []
    ends = [m.end() for m in years]
    starts_ = [m.start() for m in years]
    first = not clean(text[: starts_[0]]).strip(" -–•*.(")
    if first:
        said = [text[a:b] for a, b in zip(ends, [*starts_[1:], len(text)], strict=True)]
    else:
        said = [text[a:b] for a, b in zip([0, *ends[:-1]], starts_, strict=True)]
    found: list[tuple[int, str]] = []
    spans: list[int] = []
    for m, part in zip(years, said, strict=True):
        word = clean(part).strip(" :;,.-–()[]/•*")
        if not word and first and ":" not in part:  # "2023-2025: …", "2023, 2024: …"
            spans.append(int(m[1]))
            continue
        to_last = range(spans[0], int(m[1])) if spans and re.search(r"\d\s*[-–]\s*$", text[: m.start()]) else spans
        found += [(year, word) for year in [*to_last, int(m[1])] if word]
        spans = []
    return found
