"""The doubts as a workbook, for the people who know the answers."""

import io
from collections.abc import Sequence

import xlsxwriter

from planner.domain.messages import Language, label, tr
from planner.importers.doubts import Doubt

_COLUMNS = (
    ("text.doubts_kind", 10), ("text.doubts_place", 14), ("text.doubts_cell", 7), ("text.doubts_value", 26),
    ("text.doubts_read_as", 18), ("text.doubts_others", 16), ("text.doubts_why", 36), ("text.doubts_todo", 32),
    ("text.doubts_answer", 26),
)  # fmt: skip
_LONGEST = 32_000
_A4 = 9


def doubts_book(doubts: Sequence[Doubt], language: Language) -> bytes:
    """A workbook with a row for each doubt, questions first; an empty column for the answers."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE6EC", "text_wrap": True, "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        sheet = book.add_worksheet(tr("text.doubts_sheet", language)[:31])
        for column, (code, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, tr(code, language), head)
        for row, doubt in enumerate(doubts, start=1):
            for column, text in enumerate(_row(doubt, language)):
                sheet.write_string(row, column, text[:_LONGEST], cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(doubts)), len(_COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return out.getvalue()


def _row(doubt: Doubt, language: Language) -> tuple[str, ...]:
    kind = tr("text.doubts_asks" if doubt.asks else "text.doubts_tells", language)
    read_as = tr("text.doubts_not_read", language) if doubt.read_as is None else _worded(doubt.read_as, language)
    others = "; ".join(_worded(a, language) for a in doubt.alternatives)
    # A date that a cell shows with the month first is told as it is seen there.
    value = _month_first(doubt.value) if doubt.code == "date_order" else _worded(doubt.value, language)
    return (
        kind, doubt.sheet, doubt.cell, value, read_as, others, doubt.why(language),
        doubt.what_to_do(language), "",
    )  # fmt: skip


def _month_first(value: str) -> str:
    year, _, rest = value.partition("-")
    return f"{rest.replace('-', '/')}/{year}" if rest else value


def _worded(value: str, language: Language) -> str:
    """A code as people call it, a date as it is written here; anything else as it is."""
    if value in ("M", "F"):
        return label("sex", value, language)
    if value in ("excellent", "good", "complete", "not_complete"):
        return label("rating", value, language)
    parts = value.split("-")
    if all(p.isdecimal() for p in parts) and len(parts[0]) == 4 and 1 <= len(parts) <= 3:
        return "/".join(reversed(parts))
    return value
