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
from planner.standing.paths import Paths
from planner.timeline import Ground
from planner.timeline.ground import NEVER, Gap
from planner.timeline.suitability import TENTHS
from planner.verify import Judgement
from planner.verify.nominated import Nominated, Nominations

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

    @cached_property
    def paths(self) -> Paths:
        """The path of every listed name: several tables read it."""
        return Paths(self.standing)

    @cached_property
    def nominations(self) -> tuple[Nominated, ...]:
        """What became of each nomination."""
        return tuple(Nominations(self.standing).all())

    def points(self, person: PersonId, position: PositionId) -> float:
        """Suitability in points of 100."""
        return self.ground.suitability.of(person, position) / TENTHS

    def post(self, position: PositionId) -> Row:
        """The columns that say which post: id, title, unit."""
        row = self.ground.case.position[position]
        return {"position": position, "position_title": row.title, "unit": row.unit_id}

    def who(self, person: PersonId | None) -> Row:
        """The columns that say who: id and name."""
        name = self.ground.case.person[person].name if person is not None else None
        return {"person": person, "person_name": name}

    def suitability(self, person: PersonId, position: PositionId) -> Row:
        """The columns of suitability: points of 100, and the parts as `results 25.2/36`; `?` marks a part without
        evidence, whose neutral share counts; a gate that stops the person stands first."""
        suitability = self.ground.suitability
        gate = suitability.gate_of(person)
        parts = [f"gate {gate.competency or gate.source}"] if gate is not None else []
        parts += [
            f"{p.component.id}{'' if p.known else '?'} {p.tenths / TENTHS:g}/{p.component.weight}"
            for p in suitability.parts(person, position)
        ]
        return {"suitability": self.points(person, position), "suitability_parts": joined(parts)}

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
