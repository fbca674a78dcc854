"""One CSV table as text: decoding, headings, ragged rows. What the cells mean is the business of `case.py`."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.domain.errors import Finding
from planner.domain.findings import error
from planner.files.headings import column_of, suggest_heading

EXTRA = "x_"
"""Columns whose heading starts so are carried through unread."""

csv.field_size_limit(10_000_000)


@dataclass(frozen=True)
class TextTable:
    """Cells by column identifier, without the empty ones; `lines` says where each row starts in the file."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]


def read_table(path: Path, file: str, table: str, columns: Sequence[str]) -> tuple[TextTable | None, list[Finding]]:
    """The table of a CSV file, or None where nothing of it can be used."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        return None, [error("finding.not_utf8", file, line)]
    except OSError as problem:
        return None, [error("finding.unreadable", file, text=problem.strerror)]
    reader = csv.reader(io.StringIO(unicodedata.normalize("NFC", text), newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            if any(cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as problem:
        return None, [error("finding.broken_csv", file, line, text=problem)]
    if not records:
        return None, [error("finding.empty_file", file)]
    return _table(file, table, columns, records)


def _table(
    file: str, table: str, columns: Sequence[str], records: list[tuple[int, list[str]]]
) -> tuple[TextTable | None, list[Finding]]:
    (line, headings), *body = records
    names, findings = _headings(file, line, table, columns, headings)
    if findings and findings[0].code == "finding.semicolons":
        return None, findings
    rows, lines = [], []
    for line, cells in body:
        # A row of another length has lost or gained a comma: its cells stand under wrong headings.
        if len(cells) < len(names) or any(cells[len(names) :]):
            findings.append(error("finding.ragged_row", file, line, cells=len(cells), columns=len(names)))
            continue
        rows.append({name: cell for name, cell in zip(names, cells, strict=False) if name and cell})
        lines.append(line)
    return TextTable(file, tuple(n for n in names if n), tuple(rows), tuple(lines)), findings


def _headings(
    file: str, line: int, table: str, columns: Sequence[str], headings: list[str]
) -> tuple[list[str | None], list[Finding]]:
    """The column of each heading (None: unknown), and what is wrong with them."""
    if len(headings) == 1 and ";" in headings[0]:
        return [], [error("finding.semicolons", file, line, value=headings[0])]
    names: list[str | None] = []
    findings = []
    for number, heading in enumerate(headings, start=1):
        name = heading if heading.startswith(EXTRA) else column_of(table, heading)
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
