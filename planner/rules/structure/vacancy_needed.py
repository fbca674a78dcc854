"""A rotation goes into a seat that is vacant on its first day, or that another rotation vacates on that day.

On that day departures come first; appointments of the day come after rotations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    arrivals = defaultdict(set)
    for r in line.plan.rotations:
        arrivals[r.position, r.start].add(r.person)
    for (position, day), coming in arrivals.items():
        if position not in ground.seats:
            continue  # a post that is no seat of its own: `bundle` refuses the move
        sitting = {i for i in ground.case.person if line.post_before_moves(i, day) == position}
        going = {r.person for r in line.plan.rotations if r.start == day and r.person in sitting}
        over = len(sitting - going) + len(coming) - ground.seats[position]
        if over > 0:
            yield Violation("vacancy_needed", frozenset({position}), day, over, "seats", moved_in=True)
