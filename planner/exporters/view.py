"""What every table of a plan is made from: the plan, the status quo, the verdict, and the names people know."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planner.domain.ids import PersonId, PositionId
from planner.rules.base import Rule
from planner.standing import Standing
from planner.timeline import Ground
from planner.timeline.ground import NEVER, Gap
from planner.verify import Judgement

Row = dict[str, Any]
"""A row of a table: text, numbers, dates, yes/no; None = empty."""


@dataclass(frozen=True)
class View:
    """A plan (`standing`) beside the plan without decisions (`before`), with its verdict."""

    standing: Standing
    before: Standing
    judgement: Judgement

    @property
    def ground(self) -> Ground:
        return self.standing.ground

    @cached_property
    def ready_for(self) -> dict[PersonId, list[PositionId]]:
        """For which posts each person is a ready name on the day for which a successor is wanted."""
        found: defaultdict[PersonId, list[PositionId]] = defaultdict(list)
        for position, day in self.standing.expected.wanted_by.items():
            if self.ground.case.position[position].successors:
                for person in self.standing.ready_names(position, day):
                    found[person].append(position)
        return dict(found)

    def post(self, position: PositionId) -> Row:
        """The columns that say which post: id, title, unit."""
        row = self.ground.case.position[position]
        return {"position": position, "position_title": row.title, "unit": row.unit_id}

    def who(self, person: PersonId | None) -> Row:
        """The columns that say who: id and name."""
        name = self.ground.case.person[person].name if person is not None else None
        return {"person": person, "person_name": name}

    def gap(self, gap: Gap) -> str:
        """A gap as content writes it: competency:level, or competency:months."""
        competency = self.ground.content.competency[gap.competency]
        return f"{gap.competency}:{gap.level if competency.unit else competency.levels[gap.level]}"

    def rule(self, rule_id: str) -> Rule | None:
        return next((r for r in self.standing.bound.rules if r.id == rule_id), None)


def yes(value: bool) -> str:
    return "yes" if value else "no"


def joined(parts: Iterable[object]) -> str | None:
    """Several values in one cell; nothing where there are none."""
    return "; ".join(map(str, parts)) or None


def known(day: dt.date | None) -> dt.date | None:
    """A day that can be written; the far future is none."""
    return None if day is None or day == NEVER else day
