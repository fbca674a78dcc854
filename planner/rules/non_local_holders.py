"""Nobody who is local holds the post."""

from __future__ import annotations

import datetime as dt

from planner.domain.ids import PersonId, PositionId
from planner.rules.barred_holders import BarredHolders
from planner.rules.locality import is_local
from planner.timeline.ground import LONG_AGO


class NonLocalHolders(BarredHolders):
    """From the day on which the entry is in force the holders of the posts of `applies_to` are not local.

    A deadline is the entry's `from`. A local holder after it is inherited where nothing is done. Whether somebody is
    local says `people.local_units`; empty is not known, and is no breach.
    Source: KL 201-KL/TW (by 15 December 2025); rules.md §2.3 rot_non_local_100pct.
    """

    name = "non_local_holders"

    def barred_from(self, person: PersonId, position: PositionId) -> dt.date | None:
        return LONG_AGO if is_local(self.ground, person, position) else None
