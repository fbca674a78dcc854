"""An empty case as a workbook: every table a sheet, with lists to choose from, notes on headings and an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.domain.case import REQUIRED_TABLES, TABLES, Case
from planner.domain.content import Content
from planner.domain.dates import Day, written_day
from planner.domain.messages import Language, tr
from planner.domain.record import Name
from planner.exporters.cells import Style, Styles, new_workbook, put
from planner.files.case import KEYS, cells_of
from planner.files.formats import Column, columns_of_table
from planner.files.headings import heading_of
from planner.files.indicators import recorded_names
from planner.files.words import OWN, choice_label, table_name

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
SUGGESTED: dict[tuple[str, str], tuple[str, ...]] = {
    ("relations", "relation"): ("spouse", "parent", "child", "sibling"),
    ("discipline", "form"): ("reprimand", "warning", "removal", "expulsion", "demotion", "salary_cut", "dismissal"),
    ("positions", "term_system"): ("party", "state", "front"),
    ("rounds", "system"): ("party", "state", "front"),
    ("courses", "admits"): ("in_post", "in_post_or_planned"),
}
"""Columns of free text in which these words have a meaning."""


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
        lists = _Lists(book.add_worksheet(LISTS), styles, content, language)
        _guide(guide, styles, content, example, language)
        for table, sheet in sheets.items():
            _table(sheet, styles, table, example, lists, language)


def _table(sheet: Any, styles: Styles, table: str, example: Case, lists: _Lists, language: Language) -> None:
    sheet.set_tab_color(NEEDED_TAB if table in REQUIRED_TABLES else OTHER_TAB)
    rows = [_shown(row, language, table) for row in getattr(example, table)]
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
    sheet.ignore_errors({"number_stored_as_text": f"A2:{_letter(len(columns))}{LAST_ROW + 1}"})
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_row(0, 32)


def example_column(language: Language) -> str:
    """The column of one's own that marks the rows of the example."""
    return f"{OWN}{'vi_du' if language == 'vi' else 'example'}"


def _shown(row: Any, language: Language, table: str) -> dict[str, str]:
    """The cells of an example row as an office would write them: yes and no in its language, days first."""
    shown: dict[str, str] = {}
    kinds = {column.name: column.kind for column in columns_of_table(table)}
    for name, text in cells_of(row).items():
        if text is None:
            continue
        kind = kinds.get(name)
        value = getattr(row, name, None)
        if kind == "yes_no":
            shown[name] = tr(f"guide.{text}", language)
        elif kind == "choice":
            shown[name] = choice_label(table, name, text, language)
        elif isinstance(value, Day):
            shown[name] = written_day(value)
        else:
            shown[name] = text
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
    """What lists offer: words of the format, identifiers of other sheets, codes of the content on a hidden sheet."""

    def __init__(self, sheet: Any, styles: Styles, content: Content, language: Language) -> None:
        self.sheet, self.styles, self.language = sheet, styles, language
        self.made: dict[str, _List] = {}
        sheet.hide()
        levels = [(c.id, level) for c in content.competencies for level in c.levels]
        offered: dict[str, list[str]] = {
            "ranks": [r.code for r in content.ranks],
            "standards": [s.id for s in content.standards],
            "competencies": [c.id for c in content.competencies if c.levels],
            "levels": list(dict.fromkeys(level for _, level in levels)),
            "needs": [f"{competency}:{level}" for competency, level in levels if level != "none"],
            "ratings": [r.code for r in content.ratings],
            "indicator_sets": list(recorded_names(content)),
            "rules": [e.id for e in content.rulebook],
        }
        for name, values in offered.items():
            if values:
                self._add(name, values)

    def _add(self, name: str, values: list[str]) -> None:
        column = len(self.made)
        self.made[name] = _List(column, values)
        put(self.sheet, 0, column, name, self.styles, BOLD)
        for line, value in enumerate(values, start=1):
            put(self.sheet, line, column, value, self.styles, TEXT)

    def of(self, table: str, column: str) -> str | list[str] | None:
        """The source of a column's list, as a data validation has it; None where anything may stand."""
        info = next(c for c in columns_of_table(table) if c.name == column)
        if info.kind == "yes_no":
            return [tr("guide.yes", self.language), tr("guide.no", self.language)]
        if info.choices:
            return [choice_label(table, column, choice, self.language) for choice in info.choices]
        if (table, column) in SUGGESTED:
            return list(SUGGESTED[table, column])
        if info.points_to in KEYS:
            return f"='{table_name(info.points_to, self.language)}'!$A$2:$A${LAST_ROW + 1}"
        made = self.made.get(self._in_content(info) or "")
        if made is None:
            return None
        letter = _letter(made.column)
        return f"={LISTS}!${letter}$2:${letter}${len(made.values) + 1}"

    @staticmethod
    def _in_content(column: Column) -> str | None:
        """The list of the content from which a column takes its values."""
        if column.kind == "need":
            return "needs"
        return "levels" if (column.table, column.name) == ("qualifications", "level") else column.points_to

    def example(self, table: str, column: Column) -> str | None:
        """A value that may stand in the column."""
        source = self.of(table, column.name)
        if isinstance(source, list):
            return source[0]
        if source is not None and not source.startswith("='"):
            return self.made[self._in_content(column) or ""].values[-1]
        return {"date": "31/08/2026", "whole": "1", "number": "8.5"}.get(column.kind)


def _letter(column: int) -> str:
    return chr(ord("A") + column)


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
        tr("guide.dates", language), tr("guide.codes", language), tr("guide.yes_no", language, yes=yes, no=no),
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
