"""What a careful human would ask about a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.domain.messages import Language, tr


@dataclass(frozen=True)
class Doubt:
    """A cell that can be read in more ways than one.

    `code` names the reason (`doubt.<code>`) and what to do (`todo.<code>`) in the catalogue, `values` fill them.
    `read_as` is how it was read (None: not read); `asks` is False where the reading is plain and only told.
    """

    code: str
    sheet: str
    cell: str
    value: str = ""
    read_as: str | None = None
    alternatives: tuple[str, ...] = ()
    asks: bool = True
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def why(self, language: Language) -> str:
        return tr(f"doubt.{self.code}", language, **self.values)

    def what_to_do(self, language: Language) -> str:
        return tr(f"todo.{self.code}", language, **self.values)
