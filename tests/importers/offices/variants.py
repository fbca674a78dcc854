"""The same facts laid out otherwise: other column orders, other headings, more rows and columns, sheets turned.

Every variant holds what the workbook held; `moved` tells where a cell went, so that expected doubts can follow.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

Move = Callable[[int, int], tuple[int, int]]
Moves = dict[str, Move]

SYNONYMS = {
    "Họ và tên": "Họ, tên",
    "Chức vụ, đơn vị công tác": "Chức vụ, chức danh hiện nay",
    "Chức vụ hiện tại": "Chức danh đang giữ",
    "Quê quán": "Nguyên quán",
    "Ngày, tháng, năm sinh": "Ngày tháng năm sinh",
    "Năm sinh": "Sinh ngày, tháng, năm",
    "Chuyên môn": "Chuyên môn, nghiệp vụ",
    "Lý luận chính trị": "LLCT",
    "LLCT": "Lý luận chính trị",
    "QLNN": "Quản lý nhà nước",
    "Quản lý nhà nước": "QLNN",
    "Ghi chú": "Ghi chú khác",
    "TT": "STT",
    "STT": "Số TT",
    "Dân tộc": "Thành phần dân tộc",
    "Xếp loại chất lượng hằng năm": "Kết quả xếp loại",
    "Chính thức": "Ngày chính thức",
}
NUMBERS = {"TT", "STT", "Số TT", "Stt"}


def rebuilt(book: Workbook, moves: Moves, order: list[str], free: dict[str, set[tuple[int, int]]]) -> Workbook:
    """A copy of the book whose cells stand where `moves` says; cells of `free` keep their merged ranges as they are."""
    new = Workbook()
    new.remove(new.active)
    for title in order:
        old, sheet, move = book[title], new.create_sheet(title), moves[title]
        for row in old.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                place = move(cell.row, cell.column)
                target = sheet.cell(*place, cell.value)
                target.number_format = cell.number_format
                target.font = copy(cell.font)
                target.quotePrefix = cell.quotePrefix
        for span in old.merged_cells.ranges:
            first = move(span.min_row, span.min_col)
            last = move(span.max_row, span.max_col)
            if (span.min_row, span.min_col) in free[title]:
                last = first[0] + span.max_row - span.min_row, first[1] + span.max_col - span.min_col
            sheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])
        for letter, size in old.column_dimensions.items():
            if size.hidden:
                row, column = coordinate_to_tuple(f"{letter}{heading_rows(old)[0]}")
                sheet.column_dimensions[get_column_letter(move(row, column)[1])].hidden = True
        for number, size in old.row_dimensions.items():
            if size.hidden:
                sheet.row_dimensions[move(number, 1)[0]].hidden = True
        if old.auto_filter.ref:
            sheet.auto_filter.ref = old.auto_filter.ref
    return new


def heading_rows(sheet: Worksheet) -> list[int]:
    """The rows of the first heading."""
    for row in sheet.iter_rows(max_row=20):
        for cell in row:
            if cell.value in NUMBERS:
                two = any(
                    span.min_row == cell.row < span.max_row and span.min_col == cell.column
                    for span in sheet.merged_cells.ranges
                )
                return [cell.row, cell.row + 1] if two else [cell.row]
    return [1]


def is_wide(sheet: Worksheet, row: int, first: int) -> bool:
    """A row of titles, a section or a footer: above the list, or with something merged over several columns."""
    return row < first or any(
        span.min_row <= row <= span.max_row and span.max_col > span.min_col for span in sheet.merged_cells.ranges
    )


def shuffled(book: Workbook, draw: Random) -> tuple[Workbook, Moves]:
    """The columns of each list in another order; columns under one heading stay together."""
    moves: Moves = {}
    free: dict[str, set[tuple[int, int]]] = {}
    for sheet in book:
        rows = heading_rows(sheet)
        headed = [cell.column for row in rows for cell in sheet[row] if cell.value is not None]
        left, right = min(headed), max(headed)
        groups: list[list[int]] = []
        column = left
        while column <= right:
            span = next(
                (
                    s
                    for s in sheet.merged_cells.ranges
                    if s.min_row == rows[0] and s.min_col == column and s.max_col > column
                ),
                None,
            )
            last = span.max_col if span else column
            groups.append(list(range(column, last + 1)))
            column = last + 1
        rest = groups[1:]
        draw.shuffle(rest)
        order = [column for group in [groups[0], *rest] for column in group]
        places = {column: left + number for number, column in enumerate(order)}
        wide = {row for row in range(1, sheet.max_row + 1) if row not in rows and is_wide(sheet, row, rows[0])}
        again = {row for row in wide if sheet.cell(row, left).value in NUMBERS}  # a heading that returns
        again |= {row + 1 for row in again if len(rows) == 2}
        wide -= again
        wide |= {row for row in range(1, sheet.max_row + 1) if sheet.cell(row, left).value == "(1)"}
        free[sheet.title] = {(s.min_row, s.min_col) for s in sheet.merged_cells.ranges}

        def move(row: int, column: int, places: dict[int, int] = places, wide: set[int] = wide) -> tuple[int, int]:
            return row, column if row in wide else places.get(column, column)

        moves[sheet.title] = move
    return rebuilt(book, moves, book.sheetnames, free), moves


def shifted(book: Workbook, down: int, right: int) -> tuple[Workbook, Moves]:
    """Everything some rows further down and some columns further right."""

    def move(row: int, column: int) -> tuple[int, int]:
        return row + down, column + right

    moves: Moves = dict.fromkeys(book.sheetnames, move)
    new = rebuilt(book, moves, book.sheetnames, {title: set() for title in book.sheetnames})
    for sheet in new:
        sheet.auto_filter.ref = None
    return new, moves


def spaced(book: Workbook) -> tuple[Workbook, Moves]:
    """An empty row before each section and in the middle of the list."""
    moves: Moves = {}
    for sheet in book:
        first = heading_rows(sheet)[-1]
        breaks = [
            row
            for row in range(first + 2, sheet.max_row + 1)
            if row % 17 == 0 and not any(s.min_row < row <= s.max_row for s in sheet.merged_cells.ranges)
        ]

        def move(row: int, column: int, breaks: list[int] = breaks) -> tuple[int, int]:
            return row + sum(row >= one for one in breaks), column

        moves[sheet.title] = move
    new = rebuilt(book, moves, book.sheetnames, {title: set() for title in book.sheetnames})
    return new, moves


def renamed(book: Workbook, change: Callable[[str], str]) -> tuple[Workbook, Moves]:
    """Headings in other words."""
    moves: Moves = {title: lambda row, column: (row, column) for title in book.sheetnames}
    new = rebuilt(book, moves, book.sheetnames, {title: set() for title in book.sheetnames})
    for sheet in new:
        for row in heading_rows(book[sheet.title]):
            for cell in sheet[row]:
                if isinstance(cell.value, str):
                    cell.value = change(cell.value)
    return new, moves


def unmerged(book: Workbook) -> tuple[Workbook, Moves]:
    """No merged cells in titles, headings and sections: each text stands in the first cell alone."""
    moves: Moves = {title: lambda row, column: (row, column) for title in book.sheetnames}
    new = rebuilt(book, moves, book.sheetnames, {title: set() for title in book.sheetnames})
    for sheet in new:
        first, *_, last = [heading_rows(book[sheet.title])[0], heading_rows(book[sheet.title])[-1]]
        for span in list(sheet.merged_cells.ranges):
            if span.min_row <= first or span.max_col > span.min_col or span.min_row <= last:
                sheet.unmerge_cells(str(span))
    return new, moves


def dotted(book: Workbook) -> tuple[Workbook, Moves]:
    """Running numbers with a dot behind them."""
    moves: Moves = {title: lambda row, column: (row, column) for title in book.sheetnames}
    new = rebuilt(book, moves, book.sheetnames, {title: set() for title in book.sheetnames})
    for sheet in new:
        rows = heading_rows(book[sheet.title])
        column = next((cell.column for cell in sheet[rows[0]] if cell.value in NUMBERS), 1)
        for row in range(rows[-1] + 1, sheet.max_row + 1):
            value = sheet.cell(row, column).value
            if isinstance(value, int):
                sheet.cell(row, column).value = f"{value}."
    return new, moves


def turned(book: Workbook) -> tuple[Workbook, Moves]:
    """The sheets in the other order."""
    moves: Moves = {title: lambda row, column: (row, column) for title in book.sheetnames}
    return rebuilt(book, moves, book.sheetnames[::-1], {title: set() for title in book.sheetnames}), moves


def variants(name: str) -> dict[str, Callable[[Workbook], tuple[Workbook, Moves]]]:
    """Every variant of one workbook; the shuffling depends on its name alone."""
    return {
        "shuffled": lambda book: shuffled(book, Random(name)),
        "shifted": lambda book: shifted(book, 3, 2),
        "at the top": lambda book: shifted(book, 0, 1),
        "spaced": spaced,
        "capitals": lambda book: renamed(book, str.upper),
        "other words": lambda book: renamed(book, lambda text: SYNONYMS.get(text, text)),
        "turned": turned,
        "unmerged": unmerged,
        "dotted": dotted,
    }


def expected_of(expected: dict[str, Any], moves: Moves) -> dict[str, Any]:
    """The expected case with the cells of its doubts where the variant has them."""

    def moved(sheet: str, cell: str) -> str:
        row, column = moves[sheet](*coordinate_to_tuple(cell))
        return f"{get_column_letter(column)}{row}"

    doubts = [
        doubt
        | {
            "cell": moved(doubt["sheet"], doubt["cell"]),
            "also": [moved(doubt["sheet"], cell) for cell in doubt["also"]],
        }
        for doubt in expected["doubts"]
    ]
    return expected | {"doubts": doubts}
