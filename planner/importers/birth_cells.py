"""Cells with births and the sex: in one column or under men and women, in one cell or in parts."""

from collections import Counter
from functools import cached_property

from planner.importers.cell_reader import CellReader
from planner.importers.dates import Dated, day_of, of_parts, right_year
from planner.importers.drafts import RowDraft
from planner.importers.sheets import Cell
from planner.importers.table import TableRow
from planner.importers.text import has, is_one

YOUNGEST, OLDEST = 18, 75
"""Ages between which somebody in an office's list can be."""


class BirthCells(CellReader):
    """Reads birth and sex of a row."""

    def _birth(self, row: TableRow, draft: RowDraft, certain: str | None, likely: str | None) -> None:
        found: list[tuple[str, Cell, Dated]] = []
        for column in self.table.heading.of("birth", "birth_male", "birth_female"):
            cell = row.cells.get(column.index)
            if cell is None or column.hidden:
                continue
            dated = day_of(cell.value, cell.text, cell.number_format)
            if dated is None:
                if is_one(cell.text, ("x",)):
                    continue
                self.doubt("birth_unread", cell)
            else:
                found.append((column.meaning, cell, dated))
        parts = self._birth_in_parts(row)
        if parts:
            found.append(("birth", *parts))
        if found:
            self._set_birth(row, draft, found[0][1], found[0][2])
        self._sex(row, draft, found, certain, likely)

    def _birth_in_parts(self, row: TableRow) -> tuple[Cell, Dated] | None:
        columns = [self.table.heading.first(m) for m in ("birth_day", "birth_month", "birth_year")]
        if columns[2] is None or (year := row.cells.get(columns[2].index)) is None:
            return None
        day, month = (row.cells[c.index].text if c and c.index in row.cells else "" for c in columns[:2])
        dated = of_parts(day, month, year.text)
        return (year, dated) if dated else None

    def _set_birth(self, row: TableRow, draft: RowDraft, cell: Cell, dated: Dated) -> None:
        day, changed = right_year(dated.day, self._year_by_age(row), YOUNGEST, OLDEST, self.as_of)
        draft.birth, draft.birth_cell = day, cell.place
        if changed:
            self.doubt("date_year", cell, read_as=day.written())
        elif dated.oddity == "dashes" and self.table.dashes_day_first:
            pass
        elif dated.oddity in ("order", "dashes"):
            self.doubt(f"date_{dated.oddity}", cell, read_as=day.written(), alternatives=dated.others)
        elif dated.oddity == "impossible":
            self.doubt("date_impossible", cell, read_as=day.written(), alternatives=dated.others)
        elif dated.oddity == "two_digits":
            self.doubt("date_two_digits", cell, read_as=day.written(), asks=False)
        elif dated.oddity == "serial":
            self.doubt("date_number", cell, read_as=day.written())
        elif isinstance(cell.value, str) and cell.text[:1] in "'’‘`":
            self.doubt("text_apostrophe", cell, read_as=day.written(), asks=False)

    def _year_by_age(self, row: TableRow) -> int | None:
        age = self._age(row)
        return None if age is None else self._ages_hold_for - age

    @cached_property
    def _ages_hold_for(self) -> int:
        """The year for which the column of ages was made: in most rows it is the year of birth plus the age."""
        sums: Counter[int] = Counter()
        for row in self.table.rows()[0]:
            age = self._age(row)
            for column in self.table.heading.of("birth", "birth_male", "birth_female"):
                cell = row.cells.get(column.index)
                dated = day_of(cell.value, cell.text, cell.number_format) if cell else None
                if age is not None and dated is not None:
                    sums[dated.day.year + age] += 1
        return sums.most_common(1)[0][0] if sums else self.as_of.year

    def _age(self, row: TableRow) -> int | None:
        column = self.table.heading.first("age")
        cell = row.cells.get(column.index) if column else None
        return int(float(cell.text)) if cell and cell.text.replace(".", "", 1).isdecimal() else None

    def _sex(
        self, row: TableRow, draft: RowDraft, births: list[tuple[str, Cell, Dated]],
        certain: str | None, likely: str | None,
    ) -> None:  # fmt: skip
        columns = {m for m, _, _ in births} & {"birth_male", "birth_female"}
        told = self._sex_column(row)
        cell = births[0][1] if births else self.table.name_cell(row)
        if len(columns) == 2:
            draft.sex = certain or likely or "M"  # type: ignore[assignment]
            self.doubt("sex_both", cell, read_as=draft.sex, alternatives=("M", "F"))
            return
        if columns:
            told = "M" if columns == {"birth_male"} else "F"
        if told and certain and told != certain:
            draft.sex = certain  # type: ignore[assignment]
            self.doubt("sex_conflict", cell, read_as=certain, alternatives=(told,))
            return
        draft.sex_certain = bool(told or certain)
        draft.sex = told or certain or likely or "M"  # type: ignore[assignment]
        if not draft.sex_certain and not self._has_sex_column():
            self.doubt("sex_guessed", self.table.name_cell(row), read_as=draft.sex, asks=likely is None)
        elif not draft.sex_certain:
            self.doubt("sex_missing", self.table.name_cell(row), read_as=draft.sex)

    def _has_sex_column(self) -> bool:
        return bool(
            self.table.heading.of(
                "sex", "sex_male", "sex_female", "birth_male", "birth_female", "female", "male", "women_mark"
            )
        )

    def _sex_column(self, row: TableRow) -> str | None:
        for column in self.table.heading.of("sex", "sex_male", "sex_female", "male", "female", "women_mark"):
            cell = row.cells.get(column.index)
            if column.meaning in ("sex_male", "male") and cell:
                return "M"
            if column.meaning in ("sex_female", "female", "women_mark"):
                if cell:
                    return "F"
                # Only women are marked: no mark says a man.
                if not self.table.heading.of("sex_male", "male", "sex", "birth_male"):
                    return "M"
            if column.meaning == "sex" and cell:
                if is_one(cell.text, self.office.female) or has(cell.text, self.office.female[:1]):
                    return "F"
                if is_one(cell.text, self.office.male) or has(cell.text, self.office.male[:1]):
                    return "M"
                self.doubt("sex_unread", cell)
        return None
