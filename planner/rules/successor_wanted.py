"""For which posts a missing successor is a lack of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.violation import Note
from planner.rules.base import InfoRule
from planner.timeline import Timeline


class SuccessorWanted(InfoRule):
    """A successor is wanted of posts from which somebody is expected to leave within the horizon, or that say by when.

    Of the others, which are only to be provided for, a missing successor or ready name counts in `choice`, beside how
    suitable people are, and not in `heads`, `posts` and `depth`: nobody is kept from a vacancy to be a successor on the
    last day of the plan. It tells nothing of its own. Without an entry a successor is wanted of all.
    """

    name = "successor_wanted"

    def notes(self, line: Timeline) -> Iterator[Note]:
        yield from ()
