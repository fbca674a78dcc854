"""What the XML of a sheet says beyond its values: how far it goes, formulas, errors, merged cells, dates of a month.

python-calamine gives values only. A formula whose value was never computed looks empty there, an error too, and a date
that Excel made of "8/1968" looks like the first of August.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from xml.parsers import expat

from defusedxml import ElementTree

from planner.domain.dates import Precision

Cell = tuple[int, int]
"""Row and column, both counted from 0."""
Area = tuple[Cell, Cell]
_REF = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_MONTH_YEAR = 17
"""Number format that Excel gives to "8/1968" by itself: mmm-yy."""
CONSTANTS = ("TRUE()", "FALSE()")
"""What LibreOffice writes for a cell that is true or false: no formula of anybody's."""
LONGEST_CONSTANT = max(map(len, CONSTANTS)) + 1
FARTHEST = 5_000_000
"""Cells from the first to the last filled one; reading makes room for all of them."""


class BrokenSheetError(Exception):
    """The XML of the sheet is not what a workbook has."""


@dataclass
class SheetFacts:
    last: Cell = (0, 0)
    """The last filled row and the last filled column."""
    formulas: set[Cell] = field(default_factory=set)
    unknown: set[Cell] = field(default_factory=set)
    """Formulas without a computed value."""
    errors: dict[Cell, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    coarse: dict[Cell, Literal["month", "year"]] = field(default_factory=dict)
    """Dates that are shown without a day, or without day and month."""

    @property
    def cells(self) -> int:
        return (self.last[0] + 1) * (self.last[1] + 1)


def sheet_facts(path: Path) -> dict[str, SheetFacts]:
    """The facts of each worksheet by its name, from a package that `check_package` let through.

    Raises BrokenSheetError.
    """
    try:
        with zipfile.ZipFile(path) as package:
            coarse = _coarse_styles(package)
            return {name: _scan(package, part, coarse) for name, part in _sheets(package)}
    except (ElementTree.ParseError, expat.ExpatError, KeyError, ValueError, IndexError, zipfile.BadZipFile) as problem:
        raise BrokenSheetError(str(problem).splitlines()[0] if str(problem) else type(problem).__name__) from problem


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of every worksheet, in order."""
    there = set(package.namelist())
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links if link.get("Type", "").endswith("/worksheet")}
    for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if _local(sheet.tag) != "sheet":
            continue
        link = next((value for key, value in sheet.attrib.items() if _local(key) == "id"), None)
        target = targets.get(link)
        if target is None:
            continue  # a chart sheet has no cells
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in there:
            yield sheet.get("name", ""), part


def _coarse_styles(package: zipfile.ZipFile) -> dict[str, Literal["month", "year"]]:
    """The cell styles that show a date without its day."""
    if "xl/styles.xml" not in package.namelist():
        return {}
    root = ElementTree.fromstring(package.read("xl/styles.xml"))
    own = {e.get("numFmtId"): e.get("formatCode", "") for e in root.iter() if _local(e.tag) == "numFmt"}
    styles = next((e for e in root if _local(e.tag) == "cellXfs"), ())
    found: dict[str, Literal["month", "year"]] = {}
    for number, style in enumerate(styles):
        kind = style.get("numFmtId", "0")
        precision: Precision | None = "month" if kind == str(_MONTH_YEAR) else shown_precision(own.get(kind, ""))
        if precision is not None and precision != "day":
            found[str(number)] = precision
    return found


def shown_precision(code: str) -> Precision | None:
    """How much of a date a number format shows; None where it shows no year."""
    letters = set(_LITERAL.sub("", code.partition(";")[0]).casefold())
    if "y" not in letters:
        return None
    return "day" if "d" in letters else "month" if "m" in letters else "year"


def _scan(package: zipfile.ZipFile, part: str, coarse: Mapping[str, Literal["month", "year"]]) -> SheetFacts:
    scan = _Scan(coarse)
    parser = expat.ParserCreate(namespace_separator=":")
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.buffer_text = True
    with package.open(part) as stream:
        while chunk := stream.read(1 << 18):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    return scan.facts


class _Scan:
    """Walks the elements of a sheet; a cell without `r` stands behind the one before it."""

    def __init__(self, coarse: Mapping[str, Literal["month", "year"]]) -> None:
        self.facts = SheetFacts()
        self.coarse = coarse
        self.row, self.column = -1, -1
        self.at: Cell = (0, 0)
        self.kind: str | None = None
        self.style: str | None = None
        self.formula = self.filled = self.within = self.within_formula = False
        self.error = self.written = ""

    def start(self, tag: str, attributes: Mapping[str, Any]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self.column += 1
            if "r" in attributes:
                self.at = _place(attributes["r"])
                self.column = self.at[1]
            else:
                self.at = (self.row, self.column)
            self.kind, self.style = attributes.get("t"), attributes.get("s")
            self.formula = self.filled = False
            self.error = self.written = ""
        elif name in ("v", "t"):
            self.within = True
        elif name == "f":
            self.formula = self.within_formula = True
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.facts.merged.append((_place(first), _place(last or first)))

    def text(self, text: str) -> None:
        if self.within:
            self.filled = True
            if self.kind == "e":
                self.error += text
        elif self.within_formula and len(self.written) < LONGEST_CONSTANT:
            self.written += text

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            self.within = False
            # A formula that gives "" has its value: an empty one.
            self.filled = self.filled or (self.formula and self.kind == "str")
        elif name == "f":
            self.within_formula = False
            self.formula = self.written not in CONSTANTS
        elif name == "c":
            self._cell()

    def _cell(self) -> None:
        facts = self.facts
        if self.filled or self.formula:
            facts.last = (max(facts.last[0], self.at[0]), max(facts.last[1], self.at[1]))
        if self.formula:
            facts.formulas.add(self.at)
            if not self.filled:
                facts.unknown.add(self.at)
        if self.error:
            facts.errors[self.at] = self.error
        precision = self.coarse.get(self.style or "")
        if precision is not None and self.filled and self.kind in (None, "n", "d"):
            facts.coarse[self.at] = precision


def _place(reference: str) -> Cell:
    match = _REF.match(reference)
    if not match:
        raise ValueError(f"not a cell: {reference}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def cell_name(cell: Cell) -> str:
    """A1 for (0, 0)."""
    letters, column = "", cell[1] + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{cell[0] + 1}"
