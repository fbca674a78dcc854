"""The entries of the yearly evaluation: they switch parts of the indicator sets on and off."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.violation import Note
from planner.rules.base import InfoRule
from planner.timeline import Timeline


class Evaluation(InfoRule):
    """A part of the indicator sets (bands, a condition, fail triggers, the cap) that names the entry by its id.

    The numbers stand in the sets, with their versions; the entry gives the part its days and can switch it off.
    `planner assess` reads it, from `Content.rulebook`. It says nothing of a plan. Source: rules.md §2.5.
    """

    name = "evaluation"

    def notes(self, line: Timeline) -> Iterator[Note]:
        yield from ()
