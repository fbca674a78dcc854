"""The case folder: every table as frozen rows, every problem with its file, line, column and value."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from planner.domain.case import REQUIRED_TABLES, TABLES, Case, Row
from planner.domain.dates import Day
from planner.domain.errors import Finding
from planner.domain.findings import Names, error, refused
from planner.files.tables import EXTRA, TextTable, read_table, table_csv


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


def read_case(folder: Path) -> CaseSource:
    """Every table of the folder. Findings are collected, nothing is raised; `references.py` checks across."""
    if not folder.is_dir():
        return CaseSource(findings=(error("finding.no_case_folder", str(folder.name)),))
    findings: list[Finding] = []
    tables: dict[str, tuple[Row, ...]] = {}
    places: dict[str, tuple[Place, ...]] = {}
    known: dict[str, Mapping[str, str]] = {}
    files = _files(folder, findings)
    for table in TABLES:
        if table not in files:
            continue
        file = f"{folder.name}/{files[table].name}"
        text, problems = read_table(files[table], file, table, columns_of(table))
        findings += problems
        if text is None:
            continue
        tables[table], places[table] = _rows(table, text, findings)
        if table in KEYS:
            known[table] = {r[KEYS[table]]: r.get("name", r.get("title", "")) for r in text.rows if KEYS[table] in r}
    findings += [error("finding.missing_table", f"{folder.name}/{t}.csv") for t in REQUIRED_TABLES if t not in files]
    case = Case(**tables, given=frozenset(files))  # type: ignore[arg-type]
    return CaseSource(case, places, known, tuple(findings))


def _files(folder: Path, findings: list[Finding]) -> dict[str, Path]:
    """The CSV files by table. One that is no table is an error: a slip in its name would lose it silently."""
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        table = path.stem.casefold()
        if path.suffix.casefold() != ".csv" or table.startswith(EXTRA) or path.name.startswith("."):
            continue
        if table not in TABLES:
            near = Names(list(TABLES)).suggest(table)
            findings.append(
                error("finding.unknown_table", f"{folder.name}/{path.name}", suggestion=near and f"{near}.csv")
            )
        elif table in files:
            findings.append(error("finding.twin_table", f"{folder.name}/{path.name}", other=files[table].name))
        else:
            files[table] = path
    return files


def _rows(table: str, text: TextTable, findings: list[Finding]) -> tuple[tuple[Row, ...], tuple[Place, ...]]:
    """The rows that can be read, each with its place; findings about the rest."""
    missing = [c for c in _required(table) if c not in text.columns]
    findings += [error("finding.missing_column", text.file, 1, column) for column in missing]
    raw = [_values(cells) for cells in text.rows]
    bad: set[int] = set()
    try:
        rows = _reader(table).validate_python(raw)
    except ValidationError as problem:
        for details in problem.errors():
            index, column = (
                int(details["loc"][0]),
                str(details["loc"][1]) if len(details["loc"]) > 1 else None,
            )
            bad.add(index)
            if column in missing:
                continue  # said once, for the heading
            code, values, suggestion = refused(details)
            value = text.rows[index].get(column) if column else None
            findings.append(error(code, text.file, text.lines[index], column, value, suggestion, **values))
        rows = _reader(table).validate_python([r for i, r in enumerate(raw) if i not in bad])
    places = tuple(Place(text.file, line) for i, line in enumerate(text.lines) if i not in bad)
    return tuple(rows), places


def _values(cells: Mapping[str, str]) -> dict[str, Any]:
    extra = {k: v for k, v in cells.items() if k.startswith(EXTRA)}
    return {k: v for k, v in cells.items() if k not in extra} | ({"extra": extra} if extra else {})


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
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def rows_of(source: CaseSource, table: str) -> Iterable[tuple[Place, Any]]:
    """Each row of a table with its place."""
    return zip(source.places.get(table, ()), getattr(source.case, table), strict=True)
