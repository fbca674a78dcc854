"""Official forms: the head, the two-row heading, the body that people edit, and the sign-off. Source: rules.md §8.

An official form exists in one language and is worded as printed, so its words stand here and not in the catalogue.
It shows no order of preference, no fit, no chains and no why-not (design.md §8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from planner.exporters.cells import Style, Styles, new_workbook, put

Letterhead = Literal["state", "party"]
DOTS = "…………………………"
FONT: Style = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
BOX: Style = {"border": 1, "text_wrap": True}
HEADING: Style = {**BOX, "bold": True, "align": "center"}
BOLD: Style = {"bold": True, "align": "center", "text_wrap": True}
ITALIC: Style = {"italic": True, "align": "center"}
CENTRE: Style = {"align": "center"}
SPARE_ROWS = 3
"""Empty rows of a form without people: it is still a form to be filled in."""


@dataclass(frozen=True)
class Column:
    """A column of a form: its heading, the heading above it where it shares one, width, and the key of its cells."""

    key: str
    heading: str
    width: float
    above: str | None = None
    style: Style = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """What a form holds. `keys` are the columns by which a returned form is matched: hidden, never printed."""

    title: str
    subtitle: str
    columns: Sequence[Column]
    keys: Sequence[Column]
    rows: Sequence[Mapping[str, object]]
    letterhead: Letterhead
    office: str | None = None
    sheet: str = "Biểu"


def write_form(path: Path, form: Form, replace: bool = False) -> None:
    """The form as a workbook: landscape A4, one page wide, heading repeated on each page."""
    with new_workbook(path, form.title, replace) as book:
        styles = Styles(book, FONT)
        sheet = book.add_worksheet(form.sheet)
        last = len(form.columns) - 1
        _page(sheet, form, last)
        heading = _head(sheet, form, styles, last)
        _headings(sheet, form, styles, heading)
        end = _body(sheet, form, styles, heading + 2)
        _sign_off(sheet, form, styles, end + 1, last)
        sheet.repeat_rows(heading, heading + 1)
        sheet.freeze_panes(heading + 2, 2)
        sheet.print_area(0, 0, end + 7, last)


def _page(sheet: Any, form: Form, last: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C&9&P/&N")
    for number, column in enumerate(form.columns):
        sheet.set_column(number, number, column.width)
    for number, column in enumerate(form.keys, start=last + 1):
        sheet.set_column(number, number, column.width, None, {"hidden": True})


def _head(sheet: Any, form: Form, styles: Styles, last: int) -> int:
    """The head of rules.md §8.4; gives the row of the heading below it."""
    left, right = last // 3, last - last // 2
    if form.letterhead == "party":
        lefts = [("ĐẢNG BỘ TỈNH " + DOTS, CENTRE), ((form.office or DOTS).upper(), BOLD), ("*", CENTRE)]
        rights = [("ĐẢNG CỘNG SẢN VIỆT NAM", BOLD), ("", CENTRE)]
    else:
        lefts = [(DOTS, CENTRE), ((form.office or DOTS).upper(), BOLD), ("Số: ………", CENTRE)]
        rights = [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD),
            ("Độc lập - Tự do - Hạnh phúc", {**BOLD, "underline": 1}),
        ]
    rights.append((f"{DOTS}, ngày …… tháng …… năm ………", ITALIC))
    for row, ((text, style), (right_text, right_style)) in enumerate(zip(lefts, rights, strict=True)):
        sheet.merge_range(row, 0, row, left, text, styles.get(style))
        sheet.merge_range(row, right, row, last, right_text, styles.get(right_style))
    sheet.merge_range(4, 0, 4, last, form.title, styles.get(BOLD, {"font_size": 14}))
    sheet.merge_range(5, 0, 5, last, form.subtitle, styles.get(ITALIC))
    sheet.set_row(1, 18)
    sheet.set_row(4, 22)
    return 7


def _headings(sheet: Any, form: Form, styles: Styles, row: int) -> None:
    """Two rows: what stands alone is merged down, what shares a heading is merged across."""
    sheet.set_row(row, 32)
    sheet.set_row(row + 1, 48)
    style = styles.get(HEADING)
    number = 0
    while number < len(form.columns):
        column = form.columns[number]
        if column.above is None:
            sheet.merge_range(row, number, row + 1, number, column.heading, style)
            number += 1
            continue
        group = [c for c in form.columns[number:] if c.above == column.above]
        sheet.merge_range(row, number, row, number + len(group) - 1, column.above, style)
        for offset, member in enumerate(group):
            sheet.write_string(row + 1, number + offset, member.heading, style)
        number += len(group)
    for number, column in enumerate(form.keys, start=len(form.columns)):
        sheet.merge_range(row, number, row + 1, number, column.heading, style)


def _body(sheet: Any, form: Form, styles: Styles, first: int) -> int:
    """The rows; gives the last one. Their heights are left to the program that opens them: it knows how text wraps."""
    rows = form.rows or [{}] * SPARE_ROWS
    for row, cells in enumerate(rows, start=first):
        for number, column in enumerate([*form.columns, *form.keys]):
            put(sheet, row, number, cells.get(column.key), styles, {**BOX, **column.style})
    return first + len(rows) - 1


def _sign_off(sheet: Any, form: Form, styles: Styles, row: int, last: int) -> None:
    """rules.md §8.4: who prepared it on the left, who signs for the leadership on the right."""
    party = form.letterhead == "party"
    lines = [
        ("NGƯỜI LẬP BIỂU", "T/M CẤP ỦY" if party else "T/M TẬP THỂ LÃNH ĐẠO", BOLD),
        ("(Ký, ghi rõ họ tên)", "BÍ THƯ" if party else "THỦ TRƯỞNG", BOLD),
        ("", "(Ký, ghi rõ họ tên, đóng dấu)", ITALIC),
    ]
    left, right = last // 3, last - last // 3
    for offset, (left_text, right_text, style) in enumerate(lines, start=1):
        left_style = ITALIC if left_text.startswith("(") else style
        sheet.merge_range(row + offset, 0, row + offset, left, left_text, styles.get(left_style))
        sheet.merge_range(row + offset, right, row + offset, last, right_text, styles.get(style))
