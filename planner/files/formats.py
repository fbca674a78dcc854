"""The columns of the tables as people are told of them: kind, required or not, default, meaning, headings."""

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic_core import PydanticUndefined

from planner.domain.case import TABLES, Admits, Need
from planner.domain.dates import Day
from planner.domain.messages import Language, catalogue, tr
from planner.files.case import columns_of
from planner.files.headings import headings_of
from planner.files.pointers import POINTERS
from planner.files.words import choices_of

Kind = Literal["text", "code", "date", "yes_no", "whole", "number", "choice", "need", "admits"]
BY_TITLE = ("rank", "standard")
"""Columns of positions that the content's title map fills."""


@dataclass(frozen=True)
class Column:
    """A column of a table. `points_to` is the table, or the list of the content, in which its value must stand."""

    table: str
    name: str
    kind: Kind
    required: bool
    default: str | None
    choices: tuple[str, ...] = ()
    points_to: str | None = None

    def meaning(self, language: Language = "en") -> str:
        own = f"column.{self.table}.{self.name}"
        return tr(own if own in catalogue(language) else f"column.{self.name}", language)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is understood, the identifier first."""
        return headings_of(self.table)[self.name]


@cache
def columns_of_table(table: str) -> tuple[Column, ...]:
    """The columns of a table in the order of the format."""
    fields = {f.alias or name: f for name, f in TABLES[table].model_fields.items()}
    return tuple(_column(table, name, fields[name]) for name in columns_of(table))


def _column(table: str, name: str, field: Any) -> Column:
    choices = choices_of(table).get(name, ())
    types = _types(field.annotation)
    pointers = {column.rstrip("_"): target for column, target in POINTERS.get(table, {}).items()}
    kind: Kind = "text"
    if choices:
        kind = "choice"
    elif name in pointers or name.endswith("_id"):
        kind = "code"
    else:
        known: tuple[tuple[type, Kind], ...] = (
            (Day, "date"), (bool, "yes_no"), (Need, "need"), (Admits, "admits"), (int, "whole"), (float, "number"),
        )  # fmt: skip
        kind = next((k for t, k in known if t in types), "text")
    default = None if field.is_required() or field.default is PydanticUndefined else _default(field.default)
    return Column(table, name, kind, field.is_required(), default, choices, pointers.get(name))


def _default(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None or value == "" else str(value)


def _types(annotation: Any) -> set[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _types(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return {t for part in get_args(annotation) for t in _types(part)}
    return {annotation}
