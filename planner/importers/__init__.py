"""Wide office workbooks and printed forms become a case, the map that was used, and doubts."""

from planner.importers.doubts import Doubt
from planner.importers.import_map import ImportMap
from planner.importers.imported import Imported
from planner.importers.office import read_office

__all__ = ["Doubt", "ImportMap", "Imported", "read_office"]
