"""What differs between two cases, in words and for machines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from planner.domain.dates import parse_day
from planner.domain.messages import Language, day_text, label, tr
from planner.files.changes import IDENTITY, Change
from planner.files.headings import heading_of
from planner.files.tables import EXTRA
from planner.files.words import table_name

ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")
SIGNS = {"added": "+", "removed": "−", "changed": "~"}


def change_lines(changes: Sequence[Change], language: Language = "en") -> Iterator[str]:
    """A line for each table with the numbers of rows, and one below it for each row, with old and new value."""
    for table, rows in groupby(changes, key=lambda change: change.table):
        of_table = list(rows)
        count = Counter(change.kind for change in of_table)
        yield tr(
            "text.changes_of_table", language, table=table_name(table, language), added=count["added"],
            removed=count["removed"], changed=count["changed"],
        )  # fmt: skip
        for change in of_table:
            yield f"  {SIGNS[change.kind]} {_row(change, language)}{_cells(change, language)}"


def _row(change: Change, language: Language) -> str:
    named = zip(IDENTITY[change.table], change.key, strict=True)
    key = ", ".join(_said(column, value, language) for column, value in named if value)
    return f"{key} ({change.name})" if change.name and change.name != key else key


def _cells(change: Change, language: Language) -> str:
    """The cells that differ; of an added or removed row those that do not name it already."""
    identity = IDENTITY[change.table]
    cells = [(c, pair) for c, pair in change.cells.items() if change.kind == "changed" or c not in identity]
    shown = [
        f"{_heading(change.table, column, language)}: {_pair(change, column, *pair, language)}"
        for column, pair in cells
    ]
    return f": {'; '.join(shown)}" if shown else ""


def _pair(change: Change, column: str, old: str | None, new: str | None, language: Language) -> str:
    was, now = (_said(column, value, language) for value in (old, new))
    if change.kind == "changed":
        return f"{was or '–'} → {now or '–'}"
    return now or was or "–"


def _said(column: str, value: str | None, language: Language) -> str:
    """A code as people call it, a day as the language writes it; any other value as it stands in the table."""
    if not value:
        return ""
    if ISO.fullmatch(value):
        return day_text(parse_day(value), language)
    return label(column, value, language)


def _heading(table: str, column: str, language: Language) -> str:
    return column if column.startswith(EXTRA) else heading_of(table, column, language)


def change_facts(change: Change) -> dict[str, Any]:
    """A change for machines."""
    return {
        "table": change.table,
        "kind": change.kind,
        "key": dict(zip(IDENTITY[change.table], change.key, strict=True)),
        "name": change.name,
        "cells": [{"column": c, "old": old, "new": new} for c, (old, new) in change.cells.items()],
    }
