"""The words of the formats: names of tables and values in both languages, as people may write them."""

from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from planner.domain.case import TABLES
from planner.domain.findings import Names, plain
from planner.domain.messages import LANGUAGES, Language, catalogue, tr

OWN = "x_"
"""Sheets, files and columns whose name starts so are the user's own."""
PASSED_OVER = frozenset(map(plain, ("Hướng dẫn", "Guide", "Notes", "Ghi chú", "Readme", "Instructions")))


@cache
def _tables() -> dict[str, str]:
    """Table by the plain form of each of its names."""
    names = {plain(tr(f"sheet.{table}", language)): table for table in TABLES for language in LANGUAGES}
    return names | {plain(table): table for table in TABLES}


def table_of(name: str) -> str | None:
    """The table that a file or sheet of this name holds."""
    return _tables().get(plain(name))


def suggest_table(name: str) -> str | None:
    """The table that a name with a slip in it probably means."""
    near = Names(list(_tables())).suggest(name)
    return _tables()[near] if near else None


def is_passed_over(name: str) -> bool:
    """Sheets that are no tables and need not be: the user's own, guides and notes."""
    return name.casefold().startswith(OWN) or plain(name) in PASSED_OVER


def table_name(table: str, language: Language) -> str:
    """The name of a table's sheet."""
    return tr(f"sheet.{table}", language)


@cache
def choices_of(table: str) -> dict[str, tuple[str, ...]]:
    """The columns of a table that take one of a few words, with these."""
    found: dict[str, tuple[str, ...]] = {}
    for name, field in TABLES[table].model_fields.items():
        choices = tuple(str(c) for c in _literals(field.annotation))
        if choices:
            found[field.alias or name] = choices
    return found


@cache
def flags_of(table: str) -> frozenset[str]:
    """The columns of a table that take yes or no."""
    fields = TABLES[table].model_fields.items()
    return frozenset(field.alias or name for name, field in fields if bool in _types(field.annotation))


def _types(annotation: Any) -> set[Any]:
    inner = get_args(annotation)
    return {annotation}.union(*map(_types, inner)) if inner and get_origin(annotation) is not Literal else {annotation}


def _literals(annotation: Any) -> tuple[Any, ...]:
    origin = get_origin(annotation)
    if origin is Literal:
        return get_args(annotation)
    if origin is Annotated:
        return _literals(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return tuple(c for part in get_args(annotation) for c in _literals(part))
    return ()


def choice_label(table: str, column: str, choice: str, language: Language) -> str:
    """What people call a value of a column."""
    known = catalogue(language)
    return known.get(f"choice.{table}.{column}.{choice}") or known.get(f"choice.{column}.{choice}", choice)
