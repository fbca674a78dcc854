"""The tables of a plan folder, each a pure function of the plan's standing: fixed columns, fixed order.

To add a table: a function from `View` to rows, a line in `TABLES`, captions in the message catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from planner.domain.messages import Language
from planner.exporters import base_list, coverage, judged, later_rounds, moves, nominated, outlook, path_words, paths
from planner.exporters.view import Row, View
from planner.files.tables import table_csv
from planner.standing import Standing
from planner.verify import Judgement


class Table(NamedTuple):
    """The columns of a table in order, and what gives its rows."""

    columns: tuple[str, ...]
    rows: Callable[[View], Iterable[Row]]
    worded: Callable[[View, Language], Iterable[Row]] | None = None
    """The same rows for people who read, where codes of a cell are more than labels."""


TABLES: dict[str, Table] = {
    "base_list": Table(base_list.COLUMNS, base_list.rows),
    "nominations": Table(nominated.COLUMNS, nominated.rows, nominated.worded),
    "pools": Table(moves.POOLS, moves.pools),
    "training": Table(moves.TRAINING, moves.training),
    "rotations": Table(moves.ROTATIONS, moves.rotations, moves.worded_rotations),
    "appointments": Table(moves.APPOINTMENTS, moves.appointments),
    "successors": Table(moves.SUCCESSORS, moves.successors),
    "paths": Table(paths.COLUMNS, paths.rows, path_words.worded_paths),
    "free_places": Table(paths.FREE_PLACES, paths.free_places, path_words.worded_free_places),
    "covers": Table(moves.COVERS, moves.covers),
    "coverage": Table(coverage.COLUMNS, coverage.rows),
    "to_place": Table(moves.TO_PLACE, moves.to_place),
    "shares": Table(judged.SHARES, judged.shares),
    "soft_breaches": Table(judged.SOFT_BREACHES, judged.soft_breaches),
    "inherited": Table(judged.INHERITED, judged.inherited),
    "exemptions_used": Table(judged.EXEMPTIONS_USED, judged.exemptions_used),
    "later_rounds": Table(later_rounds.COLUMNS, later_rounds.rows),
    "outlook": Table(outlook.COLUMNS, outlook.rows),
}


def plan_table(name: str, view: View) -> list[Row]:
    """The rows of one table; every row has every column."""
    table = TABLES[name]
    return [{column: row.get(column) for column in table.columns} for row in table.rows(view)]


def worded_table(name: str, view: View, language: Language) -> list[Row]:
    """The rows of one table for people who read."""
    table = TABLES[name]
    if table.worded is None:
        return plan_table(name, view)
    return [{column: row.get(column) for column in table.columns} for row in table.worded(view, language)]


def plan_tables(view: View) -> dict[str, list[Row]]:
    """All tables by name, in the order in which people read them."""
    return {name: plan_table(name, view) for name in TABLES}


def csv_files(standing: Standing, before: Standing, judgement: Judgement) -> dict[str, str]:
    """The CSV files of a plan folder by name; what the verifier makes anew and compares."""
    tables = plan_tables(View(standing, before, judgement))
    return {f"{name}.csv": table_csv(rows, TABLES[name].columns) for name, rows in tables.items()}
