"""What reading an office workbook gives."""

import datetime as dt
from dataclasses import dataclass

from planner.domain.case import Case
from planner.importers.doubts import Doubt
from planner.importers.import_map import ImportMap


@dataclass(frozen=True)
class Imported:
    """A case read from a workbook, what was doubtful in it, and which column was read as what.

    `as_of` is the day for which the workbook says it holds; None where it says nothing of it.
    """

    case: Case
    doubts: tuple[Doubt, ...]
    map: ImportMap
    as_of: dt.date | None = None
    title: str = ""
