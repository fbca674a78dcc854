"""The map of an import: which sheet and column was read as what. A user may edit it; then it decides."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Use = Literal["people", "retirements", "moves", "none"]


class ColumnMap(BaseModel):
    """A column by its letter, as its heading says, and what it was read as."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    heading: str
    meaning: str
    year: int | None = None


class SheetMap(BaseModel):
    """A sheet: its use, the rows of its heading, its columns by letter, and the unit to which it belongs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    use: Use
    heading_rows: tuple[int, int] | None = None
    unit: str | None = None
    columns: Mapping[str, ColumnMap] = Field(default={})


class ImportMap(BaseModel):
    """The map of a workbook, by sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = ""
    as_of: str | None = None
    sheets: Mapping[str, SheetMap] = Field(default={})
