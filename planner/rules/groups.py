"""Over which lists a rule on names is taken: each list, those of a unit, or all of a round."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Literal

from planner.domain.ids import PositionId
from planner.rules.base import Rule

Scope = Literal["position", "unit", "all"]


def groups_of_lists(rule: Rule, scope: Scope) -> dict[tuple[dt.date, str], list[PositionId]]:
    """The decided lists to which a rule applies, by the day of their round and the name of the group."""
    groups: defaultdict[tuple[dt.date, str], list[PositionId]] = defaultdict(list)
    for position, decided in rule.ground.decided_round.items():
        if rule.in_force(decided.approved_on) and rule.applies(position):
            name = {
                "position": position,
                "unit": rule.ground.case.position[position].unit_id,
                "all": decided.round_id,
            }[scope]
            groups[decided.approved_on, name].append(position)
    return groups
