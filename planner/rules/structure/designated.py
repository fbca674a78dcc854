"""Designated successors: one distinct ready name per post, not appointed to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.violation import Violation

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    line, ground = standing.line, standing.ground
    named = [s for s in line.plan.successors if s.person is not None]
    times = Counter(s.person for s in named)
    posts = Counter(s.position for s in named)
    for s in line.plan.successors:
        # Also where nobody is named: the papers say by when one is wanted.
        if s.wanted_by != line.expected.wanted_by[s.position] or ground.case.position[s.position].successors < 1:
            about = frozenset(map(str, {s.person, s.position} - {None}))
            yield Violation("designated", about, s.wanted_by, scope="not_wanted", moved_in=True)
    for s in named:
        assert s.person is not None
        day = line.expected.wanted_by[s.position]
        subjects = frozenset({s.person, s.position})
        if times[s.person] > 1 or posts[s.position] > 1:
            yield Violation("designated", subjects, day, scope="twice", moved_in=True)
        if s.person not in standing.ready_names(s.position, day):
            yield Violation("designated", subjects, day, scope="not_ready", moved_in=True)
        if any(a.position != s.position for a in line.appointments.get(s.person, ())):
            yield Violation("designated", subjects, day, scope="appointed_elsewhere", moved_in=True)
