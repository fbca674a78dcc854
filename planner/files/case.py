"""The case, a folder of CSV tables or a workbook: every table as frozen rows, every problem with its place."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from planner.domain.case import REQUIRED_TABLES, TABLES, Case, Row
from planner.domain.dates import Day
from planner.domain.errors import Finding
from planner.domain.findings import doubt, error, refused
from planner.domain.numbers import number_text
from planner.files.tables import EXTRA, Records, TextTable, read_csv, table_csv, table_of
from planner.files.vocabulary import Vocabulary
from planner.files.word_lists import WordList
from planner.files.words import is_passed_over, suggest_table
from planner.files.words import table_of as table_named
from planner.files.workbook import is_workbook, read_sheets


@dataclass(frozen=True)
class Place:
    """Where a row or an entry stands."""

    file: str
    line: int | None = None


@dataclass(frozen=True)
class CaseSource:
    """A case as it was read. `places[table][i]` is where row i of the table stands.

    `known` has the identifiers of every row, those that could not be read too, so that one bad row
    does not make errors of all rows that point to it.
    """

    case: Case = field(default_factory=Case)
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


KEYS = {
    "units": "unit_id", "authorities": "authority_id", "positions": "position_id", "people": "person_id",
    "rounds": "round_id", "courses": "course_id", "sessions": "session_id",
}  # fmt: skip
"""The column that names a row, for the tables to which others point."""


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table as they are written, in the order of the format."""
    return tuple(f.alias or name for name, f in TABLES[table].model_fields.items() if name != "extra")


@cache
def _required(table: str) -> tuple[str, ...]:
    return tuple(f.alias or name for name, f in TABLES[table].model_fields.items() if f.is_required())


@cache
def _reader(table: str) -> TypeAdapter[list[Row]]:
    return TypeAdapter(cast(type[list[Row]], list.__class_getitem__(TABLES[table])))


def read_case(path: Path, vocabulary: Vocabulary | None = None) -> CaseSource:
    """Every table of a folder or workbook. Findings are collected, nothing is raised; `references.py` checks across.

    Words that the vocabulary lists become their codes, so that nothing behind sees how a cell was written. Without one
    only the program's own choices have words.
    """
    vocabulary = vocabulary or Vocabulary()
    findings: list[Finding] = []
    if is_workbook(path):
        records, whole = _sheets(path, findings)
        names = {table: f"{path.name}/{table}" for table in TABLES}
    elif path.is_dir():
        records, whole = _files(path, findings), True
        names = {table: f"{path.name}/{table}.csv" for table in TABLES}
    else:
        return CaseSource(findings=(error("finding.no_case_folder", path.name),))
    tables: dict[str, tuple[Row, ...]] = {}
    places: dict[str, tuple[Place, ...]] = {}
    known: dict[str, Mapping[str, str]] = {}
    for table in TABLES:
        found = records.get(table)
        if found is None:
            continue
        text, problems = table_of(found, table, columns_of(table), vocabulary.headings(table))
        findings += problems
        if text is None:
            continue
        tables[table], places[table] = _rows(table, text, vocabulary, findings)
        if table in KEYS:
            known[table] = {r[KEYS[table]]: r.get("name", r.get("title", "")) for r in text.rows if KEYS[table] in r}
    if whole:
        findings += [error("finding.missing_table", names[t]) for t in REQUIRED_TABLES if t not in records]
    case = Case(**tables, given=frozenset(records))  # type: ignore[arg-type]
    return CaseSource(case, places, known, tuple(findings))


def is_case(path: Path) -> bool:
    """Whether a path is a case by itself: a workbook, or a folder with tables and no scenario."""
    if is_workbook(path):
        return path.is_file()
    if not path.is_dir() or any((path / name).is_file() for name in ("scenario.yaml", "plan.json")):
        return False
    return any(p.suffix.casefold() == ".csv" and table_named(p.stem) for p in path.iterdir())


def _files(folder: Path, findings: list[Finding]) -> dict[str, Records | None]:
    """The CSV files by table. One that is no table is an error: a slip in its name would lose it silently."""
    records: dict[str, Records | None] = {}
    names: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() != ".csv" or path.name.startswith(".") or is_passed_over(path.stem):
            continue
        file = f"{folder.name}/{path.name}"
        table = table_named(path.stem)
        if table is None:
            near = suggest_table(path.stem)
            findings.append(error("finding.unknown_table", file, suggestion=near and f"{near}.csv"))
        elif table in names:
            findings.append(error("finding.twin_table", file, other=names[table]))
        else:
            names[table] = path.name
            records[table] = None
            if not path.is_file():
                findings.append(error("finding.no_file", file))
            elif not path.resolve().is_relative_to(folder.resolve()):
                findings.append(error("finding.link_out", file))
            else:
                records[table], problems = read_csv(path, file)
                findings += problems
    return records


def _sheets(path: Path, findings: list[Finding]) -> tuple[dict[str, Records | None], bool]:
    """The sheets of a workbook by table, and whether it could be read at all."""
    sheets, problems = read_sheets(path)
    findings += problems
    records: dict[str, Records | None] = {}
    names: dict[str, str] = {}
    for sheet in sheets:
        if is_passed_over(sheet.name):
            continue
        table, file = table_named(sheet.name), f"{path.name}/{sheet.name}"
        if table is None:
            if sheet.records.rows:  # Excel makes empty sheets by itself
                findings.append(error("finding.unknown_sheet", file, suggestion=suggest_table(sheet.name)))
        elif table in names:
            findings.append(error("finding.twin_table", file, other=names[table]))
        else:
            names[table], records[table] = sheet.name, sheet.records
            if sheet.hidden:
                findings.append(doubt("finding.hidden_sheet", file))
    return records, not problems


def _rows(
    table: str, text: TextTable, vocabulary: Vocabulary, findings: list[Finding]
) -> tuple[tuple[Row, ...], tuple[Place, ...]]:
    """The rows that can be read, each with its place; findings about the rest."""
    missing = [c for c in _required(table) if c not in text.columns]
    findings += [error("finding.missing_column", text.file, 1, column) for column in missing]
    read = [vocabulary.read(table, cells) for cells in text.rows]
    raw = [_values(cells) for cells, _ in read]
    bad: set[int] = set()
    for index, (_, unclear) in enumerate(read):
        for name, codes in unclear.items():
            bad.add(index)
            place, word = Place(text.file, text.lines[index]), text.rows[index][name]
            findings.append(refused_word(place, name, word, vocabulary.of(table, name), codes))
    try:
        rows = _reader(table).validate_python(raw)
    except ValidationError as problem:
        for details in problem.errors():
            index, column = (
                int(details["loc"][0]),
                str(details["loc"][1]) if len(details["loc"]) > 1 else None,
            )
            bad.add(index)
            if column in missing or column in read[index][1]:
                continue  # said once, for the heading or for the word
            code, values, suggestion = refused(details)
            value = text.rows[index].get(column) if column else None
            findings.append(error(code, text.file, text.lines[index], column, value, suggestion, **values))
    if bad:
        rows = _reader(table).validate_python([r for i, r in enumerate(raw) if i not in bad])
    findings += _dates_of_excel(table, text)
    places = tuple(Place(text.file, line) for i, line in enumerate(text.lines) if i not in bad)
    return tuple(rows), places


def refused_word(place: Place, column: str, value: str, listed: WordList | None, codes: Sequence[str]) -> Finding:
    """A word that is not listed for a column, or (`codes`) that is listed for several codes."""
    if listed is None or not codes:
        near = listed.near(value) if listed else None
        choices = listed.listed() if listed else ""
        return error("finding.not_one_of", place.file, place.line, column, value, near, choices=choices)
    return error("finding.unclear_word", place.file, place.line, column, value, choices=listed.listed(codes))


def _values(cells: Mapping[str, str]) -> dict[str, Any]:
    """Cells as pydantic takes them: own columns together."""
    extra = {k: v for k, v in cells.items() if k.startswith(EXTRA)}
    values: dict[str, Any] = {k: v for k, v in cells.items() if k not in extra}
    return values | ({"extra": extra} if extra else {})


@cache
def _day_columns(table: str) -> frozenset[str]:
    """The columns that hold dates."""
    fields = TABLES[table].model_fields.items()
    return frozenset(f.alias or name for name, f in fields if Day in _types(f.annotation))


def _types(annotation: Any) -> set[Any]:
    inner = getattr(annotation, "__args__", ())
    return {annotation}.union(*map(_types, inner)) if inner else {annotation}


def _dates_of_excel(table: str, text: TextTable) -> Iterator[Finding]:
    """Identifiers and words that a workbook holds as dates: "3-2" typed into a cell becomes the third of February."""
    days = _day_columns(table)
    cells = dict(zip(text.lines, text.rows, strict=True))
    for line, column in sorted(text.dates):
        if column not in days and not column.startswith(EXTRA) and line in cells:
            yield doubt("finding.excel_date", text.file, line, column, cells[line].get(column))


def absent_tables(case: Case) -> tuple[str, ...]:
    """The tables that were not given, in the order of the format."""
    return tuple(table for table in TABLES if table not in case.given)


def case_tables(case: Case) -> dict[str, str]:
    """The tables of a case as CSV text by file name, such that `read_case` gives an equal case."""
    return {
        f"{table}.csv": _table_text(table, rows) for table, rows in case.tables().items() if table in case.given or rows
    }


def write_case(case: Case, folder: Path) -> None:
    """The case as a folder of CSV tables."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in case_tables(case).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _table_text(table: str, rows: Sequence[Row]) -> str:
    """Columns that are empty in every row are left out, save those that are required."""
    cells = [cells_of(row) for row in rows]
    used = {c for row in cells for c, v in row.items() if v is not None}
    columns = [c for c in columns_of(table) if c in used or c in _required(table)]
    extra = dict.fromkeys(c for row in rows for c in row.extra)
    return table_csv(cells, [*columns, *extra])


def cells_of(row: Row) -> dict[str, str | None]:
    """A row as it is written in a table: each column's text, None for an empty cell, its own `x_` columns last."""
    values = {f.alias or name: getattr(row, name) for name, f in type(row).model_fields.items() if name != "extra"}
    return {column: _written(value) for column, value in values.items()} | dict(row.extra)


def _written(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Day):
        return value.written()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return number_text(value)
    return str(value)


def rows_of(source: CaseSource, table: str) -> Iterable[tuple[Place, Any]]:
    """Each row of a table with its place."""
    return zip(source.places.get(table, ()), getattr(source.case, table), strict=True)
