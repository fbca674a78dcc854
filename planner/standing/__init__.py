"""A timeline with the bound rules: plannable, ready, ready names, secured; departures and the status quo."""

from planner.standing.lists import list_entries, removal_cause
from planner.standing.standing import Standing, maximum_matching
from planner.standing.status_quo import expected_departures, status_quo

__all__ = ["Standing", "expected_departures", "list_entries", "maximum_matching", "removal_cause", "status_quo"]
