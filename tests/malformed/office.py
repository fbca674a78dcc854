"""A small list as an office keeps it, and ways to spoil it before `planner import` reads it."""

import os
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from tests.malformed.ways import (
    LAUGHS,
    MEGABYTES_10,
    OUTSIDE,
    SHEET,
    Change,
    Malformed,
    both,
    file,
    lying_bomb,
    repacked,
    strings,
    zipped,
)
from tests.malformed.ways import bomb as big_case

LIST = "list.xlsx"
HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Chức vụ",
    "Đơn vị",
    "Trình độ chuyên môn",
    "Lý luận chính trị",
)
PEOPLE = (
    ("1", "Nguyễn Văn Ân", "12/8/1968", "Nam", "Giám đốc", "Ban Giám đốc", "Đại học Luật", "Cao cấp"),
    ("2", "Trần Thị Bưởi", "3/1975", "Nữ", "Phó Giám đốc", "Ban Giám đốc", "Thạc sĩ Luật", "Cao cấp"),
    ("3", "Lê Văn Cam", "1980", "Nam", "Trưởng phòng", "Văn phòng", "Đại học Kinh tế", "Trung cấp"),
    ("4", "Phạm Thị Dừa", "25/11/1988", "Nữ", "Phó Trưởng phòng", "Văn phòng", "Đại học Luật", "Trung cấp"),
)


def write_list(path: Path, change: Callable[[xlsxwriter.Workbook], object] | None = None) -> None:
    """The list: a title, headings in row 4, four people of a department."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = book.add_worksheet("Danh sách")
    sheet.write_string(0, 0, "SỞ CÂY TRÁI")
    sheet.merge_range("A2:H2", "DANH SÁCH CÁN BỘ LÃNH ĐẠO, QUẢN LÝ (tính đến ngày 31/12/2025)")
    for row, cells in enumerate((HEADINGS, *PEOPLE), start=3):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    if change is not None:
        change(book)
    book.close()


def office(
    change: Callable[[xlsxwriter.Workbook], object] | None = None,
    parts: Callable[[dict[str, bytes]], object] | None = None,
) -> Change:
    def write(root: Path) -> None:
        write_list(root / LIST, change)
        if parts is not None:
            repacked(root / LIST, parts)

    return write


def cell(place: str, text: str) -> Change:
    return office(lambda book: book.worksheets()[0].write_string(place, text))


def moved(make: Change) -> Change:
    """The workbook of a case as the office's file."""
    return both(make, lambda root: os.replace(root / "s/case.xlsx", root / LIST))


def broken_sheet(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b"</sheetDat>")


EMPTY_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
WORDS = ("import", LIST, "out")
BLANK_ROWS = b"".join(b'<row r="%d"/>' % r for r in range(20, 1_000_020))


def blanks(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", BLANK_ROWS + b"</sheetData>")


def refused(name: str, change: Change, *says: str, heavy: bool = False, words: tuple[str, ...] = WORDS) -> Malformed:
    return Malformed(f"import: {name}", change, (LIST, *says), words=words, heavy=heavy)


REFUSED: list[Malformed] = [
    refused("text that is called a workbook", file(LIST, b"Ho va ten,Ngay sinh\n")),
    refused("an empty file", file(LIST, b"")),
    refused("no file", lambda root: None),
    refused("an old or locked workbook", file(LIST, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))),
    refused("a package that is no workbook", file(LIST, zipped({"readme.txt": b"hello"}))),
    refused("a workbook cut short", both(office(), lambda root: os.truncate(root / LIST, 2500))),
    refused("broken XML in a sheet", office(parts=broken_sheet)),
    refused("a part is missing", office(parts=lambda parts: parts.pop("xl/sharedStrings.xml"))),
    refused("a bomb", moved(big_case), heavy=True),
    refused("a bomb that lies", moved(lying_bomb), heavy=True),
    refused("entities that multiply", office(parts=strings(LAUGHS)), heavy=True),
    refused("an entity from outside", office(parts=strings(OUTSIDE))),
    refused("XML in UTF-16 that declares entities", office(parts=strings(LAUGHS.decode().encode("utf-16")))),
    refused(
        "a cell of 10 MB",
        office(parts=lambda p: strings(p["xl/sharedStrings.xml"].replace(b"3/1975", b"3" * MEGABYTES_10))(p)),
        heavy=True,
    ),
    refused("nothing in it", office(lambda book: None, parts=lambda parts: parts.update({SHEET: EMPTY_SHEET}))),
    Malformed("import: something is there", both(office(), file("out/letter.txt", "dear")), ("out",), words=WORDS),
    Malformed("import: no such day", office(), ("31/02/2026",), words=(*WORDS, "--as-of", "31/02/2026")),
    Malformed(
        "import: a map with a tag", both(office(), file("map.yaml", "sheets: !!set {a}\n")),
        ("map.yaml", "row 1", "tag"), words=(*WORDS, "--map", "map.yaml"),
    ),
    Malformed(
        "import: a map that is a list", both(office(), file("map.yaml", "- a\n")), ("map.yaml",),
        words=(*WORDS, "--map", "map.yaml"),
    ),
]  # fmt: skip
DOUBTED: dict[str, tuple[Change, str]] = {
    "a date with dashes": (cell("C6", "04-05-1975"), "C6"),
    "no day of the calendar": (cell("C5", "31/02/1968"), "C5"),
    "two digits of a year": (cell("C6", "3/75"), "C6"),
    "born in 2050": (cell("C6", "12/3/2050"), "C6"),
    "a Cyrillic letter in a name": (cell("B6", "Trần Thị Вưởi"), "B6"),
    "a number with points for a year": (cell("C6", "1.975"), "C6"),
    "words for a date": (cell("C6", "không rõ"), "C6"),
    "a degree nobody knows": (cell("G6", "bằng bay"), "G6"),
    "a level of theory nobody knows": (cell("H6", "rất cao"), "H6"),
    "a post nobody knows": (cell("E7", "Zampano"), "E7"),
    "a million blank rows, and a date with dashes": (
        office(lambda book: book.worksheets()[0].write_string("C6", "04-05-1975"), parts=blanks), "C6",
    ),
}  # fmt: skip
"""What is read all the same, and the cell that doubts.xlsx must name."""
