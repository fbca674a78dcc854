"""Official forms: the head, the two-row heading, the body that people edit, and the sign-off. Source: rules.md §8.

An official form exists in one language and is worded as printed, so its words stand here and not in the catalogue; a
paper of another organisation (`letterhead: plain`) has a plain head and sign-off in the words of the catalogue.
It shows no order of preference, no suitability, no chains and no why-not (design.md §8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from planner.domain.messages import Language, tr
from planner.exporters.cells import Style, Styles, new_workbook, put

Letterhead = Literal["state", "party", "plain"]
DOTS = "…………………………"
PLACE_AND_DATE = f"{DOTS}, ngày …… tháng …… năm ………"
FONT: Style = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
BOX: Style = {"border": 1, "text_wrap": True}
HEADING: Style = {**BOX, "bold": True, "align": "center"}
BOLD: Style = {"bold": True, "align": "center", "text_wrap": True}
ITALIC: Style = {"italic": True, "align": "center"}
CENTRE: Style = {"align": "center"}
SPARE_ROWS = 3
"""Empty rows of a form without people: it is still a form to be filled in."""
SECTION, REMARK = "section", "remark"
"""Keys of a row that is one text across all columns: a post above its people, or a remark below them."""
LINE_HEIGHT = 15


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
    notes: Sequence[str] = ()
    """Lines between the table and the sign-off; the first is their heading."""
    language: Language = "vi"


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
        end = write_notes(sheet, form.notes, styles, end + 1, [c.width for c in form.columns])
        sign_off(sheet, form.letterhead, form.language, styles, end + 1, last)
        sheet.repeat_rows(heading, heading + 1)
        sheet.freeze_panes(heading + 2, 2)
        sheet.print_area(0, 0, end + 7, last)


def _page(sheet: Any, form: Form, last: int) -> None:
    page(sheet, [column.width for column in form.columns])
    for number, column in enumerate(form.keys, start=last + 1):
        sheet.set_column(number, number, column.width, None, {"hidden": True})


def page(sheet: Any, widths: Sequence[float]) -> None:
    """Landscape A4, one page wide, page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C&9&P/&N")
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)


def _head(sheet: Any, form: Form, styles: Styles, last: int) -> int:
    return head(sheet, form.letterhead, form.office, (form.title, form.subtitle), styles, last)


def head(
    sheet: Any, letterhead: Letterhead, office: str | None, titles: tuple[str, str], styles: Styles, last: int
) -> int:
    """The head of rules.md §8.4 with title and subtitle; gives the row of the heading below it."""
    left, right = last // 3, last - last // 2
    name = (office or DOTS).upper()
    if letterhead == "party":
        lefts = [("ĐẢNG BỘ TỈNH " + DOTS, CENTRE), (name, BOLD), ("*", CENTRE)]
        rights = [("ĐẢNG CỘNG SẢN VIỆT NAM", BOLD), ("", CENTRE), (PLACE_AND_DATE, ITALIC)]
    elif letterhead == "state":
        lefts = [(DOTS, CENTRE), (name, BOLD), ("Số: ………", CENTRE)]
        rights = [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD),
            ("Độc lập - Tự do - Hạnh phúc", {**BOLD, "underline": 1}),
            (PLACE_AND_DATE, ITALIC),
        ]
    else:
        lefts, rights = [(office or "", BOLD), ("", CENTRE), ("", CENTRE)], [("", CENTRE)] * 3
    for row, ((text, style), (right_text, right_style)) in enumerate(zip(lefts, rights, strict=True)):
        merged(sheet, row, 0, left, text, styles, style)
        merged(sheet, row, right, last, right_text, styles, right_style)
    merged(sheet, 4, 0, last, titles[0], styles, {**BOLD, "font_size": 14})
    merged(sheet, 5, 0, last, titles[1], styles, ITALIC)
    sheet.set_row(1, 18)
    sheet.set_row(4, 22)
    return 7


def merged(sheet: Any, row: int, first: int, last: int, text: str, styles: Styles, style: Style) -> None:
    """A text across columns of one row, never a formula."""
    if first < last:
        sheet.merge_range(row, first, row, last, "", styles.get(style))
    put(sheet, row, first, text, styles, style)


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
        merged(sheet, row, number, number + len(group) - 1, column.above, styles, HEADING)
        for offset, member in enumerate(group):
            sheet.write_string(row + 1, number + offset, member.heading, style)
        number += len(group)
    for number, column in enumerate(form.keys, start=len(form.columns)):
        sheet.merge_range(row, number, row + 1, number, column.heading, style)


def _body(sheet: Any, form: Form, styles: Styles, first: int) -> int:
    """The rows; gives the last one. Their heights are left to the program that opens them: it knows how text wraps."""
    rows = form.rows or [{}] * SPARE_ROWS
    last = len(form.columns) - 1
    for row, cells in enumerate(rows, start=first):
        for kind, style in ((SECTION, {"bold": True}), (REMARK, {"italic": True})):
            if kind in cells:
                merged(sheet, row, 0, last, str(cells[kind]), styles, {**BOX, **style})
                sheet.set_row(row, 1.3 * LINE_HEIGHT)
                break
        else:
            for number, column in enumerate([*form.columns, *form.keys]):
                put(sheet, row, number, cells.get(column.key), styles, {**BOX, **column.style})
    return first + len(rows) - 1


def write_notes(sheet: Any, notes: Sequence[str], styles: Styles, row: int, widths: Sequence[float]) -> int:
    """Lines below the table from `row` on, the first as their heading; gives the first row after them."""
    for number, note in enumerate(notes):
        style = {"bold": True} if number == 0 else {"text_wrap": True, "valign": "top"}
        merged(sheet, row, 0, len(widths) - 1, note, styles, style)
        # By hand: no program finds the height of a merged cell by itself.
        sheet.set_row(row, LINE_HEIGHT * (1 + int(len(note) / (sum(widths) * 0.95))))
        row += 1
    return row


def sign_off(sheet: Any, letterhead: Letterhead, language: Language, styles: Styles, row: int, last: int) -> None:
    """rules.md §8.4: who prepared it on the left, who signs for the leadership on the right."""
    if letterhead == "plain":
        lines = [(tr("text.prepared_by", language), tr("text.for_the_leadership", language), BOLD), ("", "", BOLD),
                 (tr("text.sign_and_name", language), tr("text.sign_and_name", language), ITALIC)]  # fmt: skip
    else:
        party = letterhead == "party"
        lines = [
            ("NGƯỜI LẬP BIỂU", "T/M CẤP ỦY" if party else "T/M TẬP THỂ LÃNH ĐẠO", BOLD),
            ("(Ký, ghi rõ họ tên)", "BÍ THƯ" if party else "THỦ TRƯỞNG", BOLD),
            ("", "(Ký, ghi rõ họ tên, đóng dấu)", ITALIC),
        ]
    left, right = last // 3, last - last // 3
    for offset, (left_text, right_text, style) in enumerate(lines, start=1):
        left_style = ITALIC if left_text.startswith("(") else style
        merged(sheet, row + offset, 0, left, left_text, styles, left_style)
        merged(sheet, row + offset, right, last, right_text, styles, style)
