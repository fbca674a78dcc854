"""For how many posts one person may be planned."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams
from planner.rules.pool_keep import PoolKeep
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class PostsPerPerson(LinearRule):
    """A person is in at most `max` lists, counted per rank (`level`) or over all.

    All lists count as they stand after the rounds of the plan; a list that no round decides counts as it is.
    Source: 377-QĐ/TW; rules.md §2.1 pool_max_posts_per_person.
    """

    name = "posts_per_person"
    kind = "count"
    of_lists = True

    class Params(RuleParams):
        max: int = Field(3, ge=1, description="lists")
        per: Literal["level", "all"] = Field("level", description="counted per rank order, or over all ranks")

    params: Params

    def group(self, position: PositionId) -> int:
        return self.ground.order(position) if self.params.per == "level" else 0

    def _judged_on(self) -> dt.date:
        """The last round that the plan decides: then all lists stand."""
        return max((r.approved_on for r in self.ground.decided_round.values()), default=self.ground.horizon.as_of)

    def _undecided(self) -> Iterator[tuple[PersonId, PositionId]]:
        for position, names in self.ground.old_lists.items():
            if position not in self.ground.decided_round and self.applies(position):
                for person in names:
                    yield person, position

    def check(self, line: Timeline) -> Iterator[Violation]:
        day = self._judged_on()
        if not self.in_force(day):
            return
        added = {
            (e.person, self.group(e.position))
            for e in line.plan.pools
            if e.status == "add" and self.applies(e.position)
        }
        counts: defaultdict[tuple[PersonId, int], int] = defaultdict(int)
        for _, position, names in line.lists():
            if self.applies(position):
                for person in names:
                    counts[person, self.group(position)] += 1
        for person, position in self._undecided():
            counts[person, self.group(position)] += 1
        yield from self._judge(counts, day, added)

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        if not self.in_force(day):
            return
        counts: defaultdict[tuple[PersonId, int], int] = defaultdict(int)
        for position in line.ground.listable:
            if self.applies(position):
                for person in line.list_in_force(position, day):
                    counts[person, self.group(position)] += 1
        yield from self._judge(counts, day, set())

    def _judge(
        self, counts: dict[tuple[PersonId, int], int], day: dt.date, added: set[tuple[PersonId, int]]
    ) -> Iterator[Violation]:
        for (person, group), count in counts.items():
            if count > self.params.max:
                yield Violation(
                    self.id, frozenset({person}), day, count - self.params.max, "lists", str(group),
                    moved_in=(person, group) in added,
                )  # fmt: skip

    def post(self, problem: Problem, program: Program) -> None:
        day = self._judged_on()
        if not self.in_force(day):
            return
        lists: defaultdict[tuple[PersonId, int], list[PositionId]] = defaultdict(list)
        for person, position in problem.name_pairs:
            if self.applies(position):
                lists[person, self.group(position)].append(position)
        fixed: defaultdict[tuple[PersonId, int], int] = defaultdict(int)
        for person, position in self._undecided():
            fixed[person, self.group(position)] += 1
        for person, group in dict.fromkeys((*lists, *fixed)):
            positions = lists.get((person, group), [])
            count = program.sum(("x", person, p) for p in positions) + fixed[person, group]
            new = [program["x", person, p] for p in positions if not problem.is_old(person, p)]
            breach = Violation(self.id, frozenset({person}), day, scope=str(group))
            most = len(positions) + fixed[person, group]
            slack = self.slack(problem, program, breach, most, new)
            program.at_most(count - (slack or 0), self.params.max, self.id, {person}, day)
            if self.is_must:
                room = self.params.max - fixed[person, group]
                _no_room_for_another(problem, program, person, positions, room, self.id)


def _no_room_for_another(
    problem: Problem, program: Program, person: PersonId, positions: list[PositionId], room: int, rule: str
) -> None:
    """Cuts for a person whose names that stay fill the room: another list needs an appointment that ends one of them.

    With x = 1 for a new list there is no inherited slack, so one of the names that stay is gone, and `pool_keep` lets
    it go only by an appointment by the round: x ≤ Σ those. With g = 1 as well, the designated are not appointed
    elsewhere and a ready name is not appointed before d₁: of those, only one to that very post from d₁ on is left.
    """
    staying = [p for p in positions if _stays(problem, person, p)]
    if len(staying) < room:
        return
    ends = {c.key for p in staying for c in problem.rises(person, p, problem.ground.plan_day(p))}
    for position in positions:
        if problem.is_old(person, position):
            continue
        program.at_most(
            program["x", person, position] - program.sum(sorted(ends)), 0, rule, {person, position}, cut=True
        )
        if ("g", person, position) in program:
            wanted = problem.expected.wanted_by[position]
            late = [c.key for c in problem.chances_of(person, position) if c.on >= wanted and c.key in ends]
            program.at_most(program["g", person, position] - program.sum(late), 0, rule, {person, position}, cut=True)


def _stays(problem: Problem, person: PersonId, position: PositionId) -> bool:
    return any(rule.holds(problem, person, position) for rule in problem.bound.rules if isinstance(rule, PoolKeep))
