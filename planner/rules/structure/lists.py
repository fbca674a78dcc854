"""The lists after a round: who may be in one, and removals with their true cause.

A name is not the holder, is in service on the day of the round and has not been appointed by then to an equal or
higher post. Every name that was in force is kept, or removed with a cause that the facts bear out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    names = {position: names for _, position, names in line.lists()}
    for decided, position, listed in line.lists():
        day, order = decided.approved_on, ground.order(position)
        for person in listed:
            subjects = frozenset({person, position})
            if position in ground.held[person]:
                yield Violation("lists", subjects, day, moved_in=True, scope="holder")
            if not line.in_service(person, day):
                yield Violation("lists", subjects, day, moved_in=True, scope="leaves")
            if any(a.judged_on <= day and ground.order(a.position) >= order for a in line.appointments.get(person, ())):
                yield Violation("lists", subjects, day, moved_in=True, scope="appointed")
            new = person not in ground.old_lists[position]
            if new and ground.names_from == "nominated" and (person, position) not in ground.nominated:
                yield Violation("lists", subjects, day, moved_in=True, scope="not_nominated")
    known = {(e.position, e.person): e for e in line.plan.pools}
    wanted = {(e.position, e.person): e for e in standing.list_entries(names)}
    for key in sorted(known.keys() | wanted.keys()):
        if known.get(key) != wanted.get(key):
            yield Violation("lists", frozenset(key), moved_in=True, scope="entry")
