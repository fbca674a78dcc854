"""An empty case as a workbook: every table a sheet, with lists to choose from, notes on headings and an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from planner.domain.case import REQUIRED_TABLES, TABLES, Case, Need
from planner.domain.content import Content
from planner.domain.dates import Day, written_day
from planner.domain.messages import Language, tr
from planner.domain.record import Name
from planner.exporters.cells import Style, Styles, new_workbook, put
from planner.files.case import KEYS, cells_of
from planner.files.formats import Column, columns_of_table
from planner.files.headings import heading_of
from planner.files.vocabulary import CODES, LEVEL, NEEDS, Vocabulary
from planner.files.words import OWN, table_name

FONT: Style = {"font_name": "Arial", "font_size": 10, "valign": "top"}
TEXT: Style = {"num_format": "@"}
HEADING: Style = {"bold": True, "bg_color": "#DCE6EC", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
REQUIRED: Style = {"bg_color": "#FCE4B0"}
EXAMPLE: Style = {"italic": True, "font_color": "#7F7F7F"}
TITLE: Style = {"bold": True, "font_size": 14}
BOLD: Style = {"bold": True}
WRAP: Style = {"text_wrap": True}
NEEDED_TAB, OTHER_TAB = "#E8A33D", "#9DB7C4"
LISTS = f"{OWN}lists"
LAST_ROW = 5_000
"""Rows for which lists are offered and cells are text."""
NARROWEST, WIDEST = 11, 34


def write_blank_case(
    path: Path, content: Content, example: Case, language: Language = "en", replace: bool = False
) -> None:
    """The workbook; `example` has the rows that are shown as an example, of a content set's folder `example`.

    Raises InputError where it cannot be written.
    """
    with new_workbook(path, tr("guide.scenario", language), replace) as book:
        styles = Styles(book, FONT)
        guide = book.add_worksheet(tr("guide.sheet", language))
        sheets = {table: book.add_worksheet(table_name(table, language)) for table in TABLES}
        vocabulary = Vocabulary(content)
        lists = _Lists(book.add_worksheet(LISTS), styles, content, vocabulary, language)
        _guide(guide, styles, content, example, language)
        for table, sheet in sheets.items():
            _table(sheet, styles, table, example, lists, vocabulary, language)


def _table(
    sheet: Any, styles: Styles, table: str, example: Case, lists: _Lists, vocabulary: Vocabulary, language: Language
) -> None:
    sheet.set_tab_color(NEEDED_TAB if table in REQUIRED_TABLES else OTHER_TAB)
    rows = [_shown(row, language, table, vocabulary) for row in getattr(example, table)]
    columns = list(columns_of_table(table))
    for index, column in enumerate(columns):
        heading = heading_of(table, column.name, language)
        mark = {**HEADING, **REQUIRED} if column.required else HEADING
        put(sheet, 0, index, f"★ {heading}" if column.required else heading, styles, mark)
        note = _note(table, column, rows, lists, language)
        sheet.write_comment(0, index, note, {"x_scale": 2, "y_scale": 0.6 + 0.25 * note.count("\n")})
        width = max([len(heading) + 3, *(len(row.get(column.name) or "") + 1 for row in rows)])
        sheet.set_column(index, index, min(max(width, NARROWEST), WIDEST), styles.get(TEXT))
        source = lists.of(table, column.name)
        if source is not None:
            sheet.data_validation(
                1, index, LAST_ROW, index, {"validate": "list", "source": source, "error_type": "warning"}
            )
    if rows:
        delete = tr("guide.delete", language)
        put(sheet, 0, len(columns), example_column(language), styles, HEADING)
        sheet.set_column(len(columns), len(columns), len(delete) + 2, styles.get(TEXT))
        for line, row in enumerate(rows, start=1):
            for index, column in enumerate(columns):
                put(sheet, line, index, row.get(column.name), styles, {**TEXT, **EXAMPLE})
            put(sheet, line, len(columns), delete, styles, {**TEXT, **EXAMPLE})
    sheet.ignore_errors({"number_stored_as_text": f"A2:{xl_col_to_name(len(columns))}{LAST_ROW + 1}"})
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_row(0, 32)


def example_column(language: Language) -> str:
    """The column of one's own that marks the rows of the example."""
    return f"{OWN}{'vi_du' if language == 'vi' else 'example'}"


def _shown(row: Any, language: Language, table: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The cells of an example row as an office would write them: names for codes, days first."""
    shown: dict[str, str] = {}
    cells = cells_of(row)
    for name, text in cells.items():
        if text is None:
            continue
        value = getattr(row, name, None)
        if isinstance(value, Day):
            shown[name] = written_day(value)
        elif isinstance(value, Need):
            shown[name] = vocabulary.need_label(value.competency, value.level, language)
        else:
            listed = vocabulary.of(table, name, cells.get("competency"))
            shown[name] = text if listed is None else listed.label(text, language)
    return shown


def _note(table: str, column: Column, rows: list[dict[str, str]], lists: _Lists, language: Language) -> str:
    """What goes into a column: meaning, whether it is required, the identifier, an example."""
    lines = [_sentence(column.meaning(language))]
    if column.required:
        lines.append(f"★ {tr('guide.required', language)}")
    lines.append(f"[{column.name}]")
    given = next((row[column.name] for row in rows if column.name in row), None)
    example = given or lists.example(table, column)
    if example:
        lines.append(tr("guide.note_example", language, example=example))
    return "\n".join(lines)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass
class _List:
    column: int
    values: list[str]


class _Lists:
    """What lists offer: identifiers of other sheets, and what people call the codes of a column.

    The program's own choices stand in the cell, others, which may be long, on a hidden sheet. What is offered is read
    as the code that it names.
    """

    def __init__(
        self, sheet: Any, styles: Styles, content: Content, vocabulary: Vocabulary, language: Language
    ) -> None:
        self.sheet, self.styles, self.vocabulary, self.language = sheet, styles, vocabulary, language
        self.made: dict[tuple[str, ...], _List] = {}
        sheet.hide()
        levels = [(c.id, level) for c in content.competencies for level in c.levels]
        self.levels = list(dict.fromkeys(self._labels(*LEVEL, [level], competency)[0] for competency, level in levels))
        self.needs = [vocabulary.need_label(c, level, language) for c, level in levels if level != "none"]
        self.counted = {c.id for c in content.competencies if not c.levels}

    def of(self, table: str, column: str) -> str | list[str] | None:
        """The source of a column's list, as a data validation has it; None where anything may stand."""
        values = self._values(table, column)
        info = next(c for c in columns_of_table(table) if c.name == column)
        if values is None and info.points_to in KEYS:
            return f"='{table_name(info.points_to, self.language)}'!$A$2:$A${LAST_ROW + 1}"
        if not values:
            return None
        if info.choices or info.kind == "yes_no":
            return values
        made = self._written(f"{table}.{column}", values)
        letter = xl_col_to_name(made.column)
        return f"={LISTS}!${letter}$2:${letter}${len(made.values) + 1}"

    def example(self, table: str, column: Column) -> str | None:
        """A value that may stand in the column."""
        values = self._values(table, column.name)
        if values:
            return values[0] if column.choices or column.kind == "yes_no" else values[-1]
        return {"date": "31/08/2026", "whole": "1", "number": "8.5"}.get(column.kind)

    def _values(self, table: str, column: str) -> list[str] | None:
        """What may stand in a column, as people write it."""
        if (table, column) == LEVEL:
            return self.levels
        if (table, column) in NEEDS:
            return self.needs
        listed = self.vocabulary.of(table, column)
        codes = tuple(listed.choices) if listed else CODES.get((table, column))
        if codes is None:
            return None
        return self._labels(table, column, [code for code in codes if code not in self.counted])

    def _labels(self, table: str, column: str, codes: Sequence[str], competency: str | None = None) -> list[str]:
        listed = self.vocabulary.of(table, column, competency)
        return [listed.label(code, self.language) if listed else code for code in codes]

    def _written(self, heading: str, values: list[str]) -> _List:
        """A list on the hidden sheet; columns that offer the same share it."""
        key = tuple(values)
        if key not in self.made:
            self.made[key] = _List(len(self.made), values)
            put(self.sheet, 0, self.made[key].column, heading, self.styles, BOLD)
            for line, value in enumerate(values, start=1):
                put(self.sheet, line, self.made[key].column, value, self.styles, TEXT)
        return self.made[key]


def _guide(sheet: Any, styles: Styles, content: Content, example: Case, language: Language) -> None:
    """The first sheet: how to fill in, what the tables are, the codes of the content."""
    needed = ", ".join(table_name(t, language) for t in REQUIRED_TABLES)
    yes, no = tr("guide.yes", language), tr("guide.no", language)
    sheet.set_column(0, 0, 30, styles.get())
    sheet.set_column(1, 1, 100, styles.get())
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    put(sheet, 0, 0, tr("guide.title", language), styles, TITLE)
    lines = [tr("guide.intro", language, tables=needed)]
    if example.given:
        lines.append(tr("guide.example", language, column=example_column(language)))
    lines += [
        tr("guide.dates", language), tr("guide.codes", language), tr("guide.words", language),
        tr("guide.yes_no", language, yes=yes, no=no),
        tr("guide.own", language), tr("guide.next", language),
    ]  # fmt: skip
    row = 2
    for line in lines:
        sheet.merge_range(row, 0, row, 1, line, styles.get(WRAP))
        sheet.set_row(row, 28 if len(line) > 115 else 15)
        row += 1
    row = _block(sheet, styles, row + 1, tr("guide.tables", language), {
        ("★ " if t in REQUIRED_TABLES else "") + table_name(t, language): tr(f"guide.about.{t}", language)
        for t in TABLES
    })  # fmt: skip
    codes: dict[str, Mapping[str, str]] = {
        "guide.ranks": {r.code: _name(r.name, language) for r in content.ranks},
        "guide.standards": {s.id: _name(s.name, language) for s in content.standards},
        "guide.competencies": {
            c.id: f"{_name(c.name, language)}: {', '.join(c.levels)}" for c in content.competencies if c.levels
        },
        "guide.ratings": {r.code: _name(r.name, language) for r in content.ratings},
    }
    for title, names in codes.items():
        if names:
            row = _block(sheet, styles, row + 1, tr(title, language), names)
    sheet.activate()


def _block(sheet: Any, styles: Styles, row: int, title: str, names: Mapping[str, str]) -> int:
    put(sheet, row, 0, title, styles, HEADING)
    put(sheet, row, 1, "", styles, HEADING)
    for offset, (code, name) in enumerate(names.items(), start=1):
        put(sheet, row + offset, 0, code, styles, TEXT)
        put(sheet, row + offset, 1, name, styles, WRAP)
    return row + len(names) + 1


def _name(name: Name | None, language: Language) -> str:
    return "" if name is None else name.text(language)
