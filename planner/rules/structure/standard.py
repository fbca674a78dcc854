"""`plan` cells to be in a list; `plan` and `appoint` cells to take over a seat, also by rotation.

An exemption from a standard (rules/standards.py) excuses from a list or an appointment, not from a rotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.violation import Violation
from planner.rules.base import judged

if TYPE_CHECKING:
    from planner.standing import Standing


def check(standing: Standing) -> Iterator[Violation]:
    for person, position, stage, on in judged(standing.line):
        for gap in standing.bound.demands(person, position, stage, on):
            if standing.line.closed_on(person, gap) > on:
                yield Violation(
                    "standard", frozenset({person, position}), on, moved_in=True, scope=f"{stage}:{gap.competency}"
                )
