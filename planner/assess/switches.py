"""Which parts of the sets are in force: each names an entry of the rulebook, which has days and can be switched off."""

from __future__ import annotations

from planner.assess.posts import last_day
from planner.domain.content import Content


class Switches:
    """A part whose entry the rulebook does not have is in force: the set itself states it."""

    def __init__(self, content: Content) -> None:
        self._entries = {entry.id: entry for entry in content.rulebook}

    def on(self, rule: str, year: int) -> bool:
        """Whether the entry is in force on the last day of the year."""
        entry = self._entries.get(rule)
        return entry is None or entry.in_force(last_day(year))
