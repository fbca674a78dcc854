"""One table as text, from a CSV file or a sheet: headings, ragged rows. What cells mean is for `case.py` to say."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.domain.errors import Finding
from planner.domain.findings import error
from planner.files.headings import column_of, plain_heading, suggest_heading

EXTRA = "x_"
"""Columns whose heading starts so are carried through unread."""
LONGEST = 32_767
"""Characters of a cell: what a workbook holds."""
MOST_BYTES = 100_000_000
"""Of one CSV file; the largest table of a province has a tenth."""
SEPARATORS = (";", "\t", "|")
EMPTY: Mapping[str, str] = {}

csv.field_size_limit(MOST_BYTES)


@dataclass(frozen=True)
class TextTable:
    """Cells by column identifier, without the empty ones; `lines` says where each row starts in the file.

    `dates` are the cells (line, column) that a workbook holds as dates.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]
    dates: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True)
class Records:
    """What stands in a table, before its headings are understood: rows that are not blank, each with its line.

    `findings` tell what is wrong with single cells of a sheet.
    """

    file: str
    rows: tuple[tuple[int, list[str]], ...] = ()
    findings: tuple[Finding, ...] = ()
    dates: frozenset[tuple[int, int]] = field(default=frozenset())
    """(line, column from 0) of cells that are dates and not text."""


def read_csv(path: Path, file: str) -> tuple[Records | None, list[Finding]]:
    """The rows of a CSV file, or None where nothing of it can be used."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None, [error("finding.too_big", file, limit=f"{MOST_BYTES // 1_000_000} MB")]
        data = path.read_bytes()
    except OSError as problem:
        return None, [error("finding.unreadable", file, text=problem.strerror)]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [error("finding.utf16", file)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return None, [error("finding.not_utf8", file, data[: problem.start].count(b"\n") + 1)]
    if (at := data.find(b"\0")) >= 0:
        return None, [error("finding.binary", file, data[:at].count(b"\n") + 1)]
    del data
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        reader = csv.reader(io.StringIO(unicodedata.normalize("NFC", text), newline=""), strict=True)
        for record in reader:
            if any(record):
                cells = [cell.strip() for cell in record]
                if any(cells):
                    rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as problem:
        return None, [error("finding.broken_csv", file, line, text=problem)]
    return Records(file, tuple(rows)), []


def table_of(
    records: Records, table: str, columns: Sequence[str], own: Mapping[str, str] = EMPTY
) -> tuple[TextTable | None, list[Finding]]:
    """The table of some rows, the first of which has the headings; None where nothing of it can be used.

    `own`: columns by the plain form of headings that the content has besides ours.
    """
    file = records.file
    if not records.rows:
        return None, [error("finding.empty_file", file)]
    (line, headings), *body = records.rows
    names, findings = _headings(file, line, table, columns, headings, own)
    findings += records.findings
    if any(f.code == "finding.semicolons" for f in findings):
        return None, findings
    rows, lines = [], []
    for line, cells in body:
        # A row of another length has lost or gained a comma: its cells stand under wrong headings.
        if len(cells) < len(names) or any(cells[len(names) :]):
            findings.append(error("finding.ragged_row", file, line, cells=len(cells), columns=len(names)))
            continue
        findings += _too_long(file, line, headings, cells)
        rows.append({name: cell for name, cell in zip(names, cells, strict=False) if name and cell})
        lines.append(line)
    dates = {(line, name) for line, at in records.dates if at < len(names) and (name := names[at])}
    return TextTable(file, tuple(n for n in names if n), tuple(rows), tuple(lines), frozenset(dates)), findings


def _too_long(file: str, line: int, headings: list[str], cells: list[str]) -> Iterator[Finding]:
    for heading, cell in zip(headings, cells, strict=False):
        if len(cell) > LONGEST:
            yield error("finding.cell_too_long", file, line, heading, length=len(cell), limit=LONGEST)


def _headings(
    file: str, line: int, table: str, columns: Sequence[str], headings: list[str], own: Mapping[str, str]
) -> tuple[list[str | None], list[Finding]]:
    """The column of each heading (None: unknown), and what is wrong with them."""
    if len(headings) == 1 and (mark := next((s for s in SEPARATORS if s in headings[0]), None)):
        return [], [error("finding.semicolons", file, line, value=headings[0], mark={"\t": "TAB"}.get(mark, mark))]
    names: list[str | None] = []
    findings = []
    for number, heading in enumerate(headings, start=1):
        name = heading if heading.startswith(EXTRA) else column_of(table, heading) or own.get(plain_heading(heading))
        if not heading:
            findings.append(error("finding.no_heading", file, line, number=number))
        elif name is None or (name not in columns and not name.startswith(EXTRA)):
            findings.append(
                error("finding.unknown_column", file, line, heading, suggestion=suggest_heading(table, heading))
            )
            name = None
        elif name in names:
            findings.append(error("finding.twin_column", file, line, heading))
            name = None
        names.append(name)
    return names, findings


def table_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """A CSV table as text: UTF-8 headings and rows, an empty cell for None, the same text on every system."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = ["" if row.get(c) is None else str(row[c]) for c in columns]
        # A single empty cell would be a blank line, which a reader passes over.
        writer.writerow(cells) if len(cells) > 1 or cells[0] else out.write('""\n')
    return out.getvalue()
