"""The map of an import as YAML, for a user to read and edit."""

from pathlib import Path

from pydantic import ValidationError

from planner.domain.content import Content
from planner.domain.errors import InputError
from planner.files.yaml_source import read_yaml
from planner.files.yaml_text import yaml_text
from planner.importers.heading import UNREAD
from planner.importers.import_map import ImportMap

DERIVED = (
    "birth_male", "birth_female", "birth_day", "birth_month", "birth_year", "sex_male", "sex_female", "planned_since",
    UNREAD,
)  # fmt: skip
"""Meanings that no heading of its own has."""


def read_map(path: Path, content: Content) -> ImportMap:
    """The map of a file. Raises InputError with everything that is wrong with it."""
    source = read_yaml(path, path.name)
    found: ImportMap | None = None
    if not source.findings:
        try:
            found = ImportMap.model_validate(source.data or {})
        except ValidationError as problem:
            source.refuse(problem.errors(), ImportMap)
    if found is not None and content.office is not None:
        meanings = sorted({*content.office.columns, *DERIVED})
        for name, sheet in found.sheets.items():
            for letter, column in sheet.columns.items():
                if column.meaning not in meanings:
                    at = ("sheets", name, "columns", letter, "meaning")
                    source.error("finding.office_map_meaning", at, column.meaning, choices=", ".join(meanings))
                if not (letter.isalpha() and letter.isascii() and letter.isupper() and len(letter) <= 3):
                    source.error("finding.office_map_column", ("sheets", name, "columns", letter), letter)
    if source.findings or found is None:
        raise InputError(source.findings)
    return found


def map_text(given: ImportMap) -> str:
    """The map as YAML that `read_map` reads again."""
    said = (
        "# Which sheet and column was read as what. Edit it and pass it with --map; `use`: people, retirements, moves\n"
        "# or none; a meaning `unread` leaves a column out.\n"
    )
    return said + yaml_text(given.model_dump(mode="json", exclude_none=True))
