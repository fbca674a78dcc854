"""Who may look after an empty seat, and for how long."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from planner.domain.ids import PositionId
from planner.domain.violation import Violation
from planner.rules.base import Rule, RuleParams
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class ActingBy(Rule):
    """An empty post with `acting_months` is looked after by a deputy of its unit, not longer in a row than that.

    Deputies are those who hold another full-time post of the unit that is not its head, at that instant. A run of
    acting begins on δ of its first period and covers the instants before that day + `acting_months`; whoever acts,
    the run is the post's. Source: practice of "phụ trách"; design.md §2.
    """

    name = "acting_by"
    kind = "time"
    may_advise = False

    class Params(RuleParams):
        by: Literal["deputies_of_unit"] = Field("deputies_of_unit", description="who may act")

    def deputy_posts(self, position: PositionId) -> tuple[PositionId, ...]:
        """The posts whose holders may act for the position."""
        case = self.ground.case
        unit = case.position[position].unit_id
        return tuple(p for p in self.ground.posts_of_unit.get(unit, ()) if p != position and not case.position[p].head)

    def lets(self, position: PositionId, day: dt.date) -> bool:
        """Whether the rule lets anyone act for the position at the instant."""
        return self.in_force(day) and self.applies(position) and bool(self.ground.case.position[position].acting_months)

    def check(self, line: Timeline) -> Iterator[Violation]:
        horizon = self.ground.horizon
        periods: defaultdict[PositionId, set[int]] = defaultdict(set)
        for cover in line.plan.covers:
            day = horizon.instant(cover.period)
            periods[cover.position].add(cover.period)
            if not self.lets(cover.position, day):
                continue
            if line.post_of(cover.person, day) not in self.deputy_posts(cover.position):
                yield Violation(self.id, frozenset({cover.person, cover.position}), day, scope="deputy", moved_in=True)
        for position, covered in periods.items():
            for first in sorted(covered):
                if first - 1 in covered or not self.lets(position, horizon.instant(first)):
                    continue
                length = next(n for n in range(1, len(covered) + 2) if first + n not in covered)
                reach = line.expected.acting_reach(position, first)
                if length > reach:
                    day = horizon.instant(first)
                    yield Violation(self.id, frozenset({position}), day, length - reach, "periods", "length", True)

    def post(self, problem: Problem, program: Program) -> None:
        horizon = problem.ground.horizon
        for position, t in dict.fromkeys((*problem.actors, *problem.anybody)):
            day = horizon.instant(t)
            if not self.lets(position, day):
                continue
            posts = self.deputy_posts(position)
            for person in problem.actors.get((position, t), ()):
                holds = problem.holds(program, person, posts, t)
                program.at_most(program["k", person, position, t] - holds, 0, self.id, {person, position}, day)
            if (position, t) in problem.anybody:
                # Nobody can tell who came: one of them may act, whoever it is.
                came = program["ka", position, t]
                for post in posts:
                    came = came - problem.loose_holders(program, post, t)
                program.at_most(came, 0, self.id, {position}, day)
            reach = problem.expected.acting_reach(position, t)
            run = range(t, t + reach + 1)
            if all((position, s) in problem.actors or (position, s) in problem.anybody for s in run):
                # Else no run is that long. A cover in progress ends before the first of these instants.
                window = program.sum(("k", i, position, s) for s in run for i in problem.actors.get((position, s), ()))
                window.add(program.sum(("ka", position, s) for s in run))
                program.at_most(window, reach, self.id, {position}, day)
