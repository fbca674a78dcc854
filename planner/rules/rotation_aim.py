"""A rotation has an aim of its own: it is not for filling a hole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.domain.ids import PersonId
from planner.domain.violation import Note
from planner.rules.barred_holders import BarredHolders
from planner.rules.base import InfoRule
from planner.timeline import Expected, Ground, Timeline
from planner.timeline.ground import LONG_AGO, NEVER, Gap


class RotationAim(InfoRule):
    """A rotation that serves no aim of the person fills no seat for the goals `heads` and `posts`.

    An aim is a demand of months on rotation that a post has in whose list the person is, or for which the person was
    nominated, and that is still open: the rotation ends in time for the last seat there that is expected to fall
    free. Another aim is a rule by which the person may not stay in the present post (a limit of time in one place, a
    post that bars locals). It tells nothing of its own.

    Source: 65-QĐ/TW art. 2 (aims of a rotation).
    """

    name = "rotation_aim"

    def notes(self, line: Timeline) -> Iterator[Note]:
        yield from ()


def aim_until(expected: Expected, staying: tuple[BarredHolders, ...], person: PersonId) -> dt.date:
    """The last day on which a rotation may end to serve an aim of the person; LONG_AGO where there is no aim.

    `staying`: the rules that may forbid to stay.
    """
    ground = expected.ground
    home, last = ground.home[person], LONG_AGO
    if home is not None and any(rule.bars(person, home, ground.horizon.until) for rule in staying):
        return NEVER
    lists = [p for p, names in ground.old_lists.items() if person in names]
    lists += [p for p, names in ground.nominated_for.items() if person in names]
    for position in lists:
        if any(_is_open(ground, person, gap) for gap in ground.demands(position, "appoint")):
            falls_free = expected.own_vacancies.get(position, ())
            last = max(last, falls_free[-1] if falls_free else NEVER)
    return last


def _is_open(ground: Ground, person: PersonId, gap: Gap) -> bool:
    """Whether the gap is of months on rotation, and open today."""
    counts = ground.content.competency[gap.competency].counts
    is_of_rotation = counts is not None and counts.kind == "rotation"
    return is_of_rotation and ground.closed_on(person, gap) > ground.horizon.as_of
