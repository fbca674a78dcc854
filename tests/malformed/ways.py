"""A sound scenario of three people in a folder, and the ways in which one thing in it is spoiled."""

import io
import os
import shutil
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from tests.files.sound_case import CASES, TABLES, write_workbook

SCENARIO = """title: A sound scenario
case: case
content: ../_content
rulebook: 06-kin
as_of: 2026-01-01
horizon: {until: 2027-12-31, period: half-year}
"""
COURSES = "course_id,name,grants,cost,admits\nADV,Advanced,theory:advanced,1000,\n"
MEGABYTES_10 = 10 * 1024 * 1024
HERE = "s/scenario.yaml"
Change = Callable[[Path], object]


@dataclass(frozen=True)
class Malformed:
    """`code` is the exit code: 3, or 0 where a warning or doubt is enough; all of `says` stand in what is told."""

    name: str
    change: Change
    says: tuple[str, ...]
    code: int = 3
    words: tuple[str, ...] = ("check", HERE)
    heavy: bool = field(default=False)
    """Measured in a process of its own."""


def sound(root: Path) -> None:
    """The sound scenario, in `root/s`, with its content beside it."""
    shutil.copytree(CASES / "_content", root / "_content")
    (root / "s/case").mkdir(parents=True)
    (root / HERE).write_text(SCENARIO, encoding="utf-8")
    for table, text in TABLES.items():
        (root / f"s/case/{table}.csv").write_text(text, encoding="utf-8")


# ---- ways to spoil it -------------------------------------------------------------------------------------------


def table(name: str, text: str | bytes) -> Change:
    """A table with other text."""
    data = text.encode() if isinstance(text, str) else text
    return lambda root: (root / f"s/case/{name}.csv").write_bytes(data)


def cell(name: str, old: str, new: str) -> Change:
    """A table with one piece of text replaced; tables of the sound case."""
    assert TABLES[name].count(old) >= 1, (name, old)
    return table(name, TABLES[name].replace(old, new, 1))


def plus(name: str, *lines: str) -> Change:
    return table(name, TABLES[name] + "".join(f"{line}\n" for line in lines))


def file(path: str, text: str | bytes) -> Change:
    def write(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode() if isinstance(text, str) else text)

    return write


def replaced(path: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text, (path, old)
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def scenario(old: str, new: str) -> Change:
    return replaced(HERE, old, new)


def removed(path: str) -> Change:
    return lambda root: (root / path).unlink()


def both(*changes: Change) -> Change:
    def change(root: Path) -> None:
        for one in changes:
            one(root)

    return change


def book(
    change: Callable[[xlsxwriter.Workbook], object] | None = None, tables: Mapping[str, str] = TABLES,
    parts: Callable[[dict[str, bytes]], None] | None = None,
) -> Change:  # fmt: skip
    """The case as a workbook, changed while it is written, or in its parts afterwards."""

    def write(root: Path) -> None:
        path = write_workbook(root / "s/case.xlsx", tables, change=change)
        scenario("case: case", "case: case.xlsx")(root)
        if parts is not None:
            repacked(path, parts)

    return write


def repacked(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """A package with its parts changed."""
    with zipfile.ZipFile(path) as package:
        there = {name: package.read(name) for name in package.namelist()}
    change(there)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in there.items():
            package.writestr(name, data)


def as_book(data: bytes, name: str = "case.xlsx") -> Change:
    """A file that is called a workbook."""
    return both(file(f"s/{name}", data), scenario("case: case", f"case: {name}"))


def on(sheet: str, write: Callable[[xlsxwriter.worksheet.Worksheet], object]) -> Callable[[xlsxwriter.Workbook], None]:
    return lambda workbook: write(workbook.get_worksheet_by_name(sheet))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def sheet_of(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(old, new, 1)

    return change


def strings(text: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({"xl/sharedStrings.xml": text})


def bomb(root: Path) -> None:
    """300 MB of blanks in 300 KB, and a directory that tells the truth."""
    book()(root)
    _add_zeros(root / "s/case.xlsx", lie=False)


def lying_bomb(root: Path) -> None:
    """The same with a directory that says 100 bytes."""
    book()(root)
    _add_zeros(root / "s/case.xlsx", lie=True)


def _add_zeros(path: Path, lie: bool) -> None:
    block = b" " * (1 << 20)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/huge.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(block)
    if lie:
        data = bytearray(path.read_bytes())
        at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/media/huge.xml"))
        struct.pack_into("<I", data, at + 24, 100)
        path.write_bytes(data)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&j;</t></si></sst>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&x;</t></si></sst>'
)
PNG = b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(range(256)) * 40)
ALIASES = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))
BLANK_ROWS = b"".join(b'<row r="%d" spans="1:4"/>' % r for r in range(5, 1_000_005))


def blanks(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", BLANK_ROWS + b"</sheetData>")


def nfd_twins(root: Path) -> None:
    nfc, nfd = unicodedata.normalize("NFC", "Mã-é"), unicodedata.normalize("NFD", "Mã-é")
    assert nfc != nfd
    plus("people", f"{nfc},Một,F,1970", f"{nfd},Hai,F,1971")(root)


def link(name: str, target: str) -> Change:
    def make(root: Path) -> None:
        (root / "outside.csv").write_text(TABLES["people"], encoding="utf-8")
        place = root / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
        os.symlink(target, place)

    return make


def link_to_case(root: Path) -> None:
    """A case folder that is a link out of the scenario's folder."""
    shutil.move(root / "s/case", root / "elsewhere")
    os.symlink(root / "elsewhere", root / "s/case")


PEOPLE, UNITS, POSITIONS, SERVICE = (f"case/{t}.csv" for t in ("people", "units", "positions", "service"))
