"""What a move for a time is called: inside one agency an assignment (điều động), else a rotation (luân chuyển)."""

from __future__ import annotations

from typing import Literal

from planner.domain.case import Case
from planner.domain.ids import PositionId
from planner.domain.offices import office_of

MoveKind = Literal["rotation", "assignment"]


def kind_of_move(case: Case, home: PositionId | None, target: PositionId) -> MoveKind:
    """Of a move from one post to another; from no post it is a rotation, whose agency is not known to be left.

    Source: 65-QĐ/TW (2022) art. 2: a rotation sends somebody to another locality, agency or unit for a time;
    rules.md §2.3.
    """
    if home is None:
        return "rotation"
    units = (case.position[p].unit_id for p in (home, target))
    return "assignment" if len({office_of(case, unit) for unit in units}) == 1 else "rotation"
