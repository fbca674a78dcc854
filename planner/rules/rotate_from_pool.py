"""Rotated is who is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Expr, Program


class RotateFromPool(LinearRule):
    """On the first day of a rotation the person is in some list in force.

    Where a case has neither rounds nor lists nothing is asked. Source: 65-QĐ/TW art. 1, 4; rules.md §2.3 rot_in_pool.
    """

    name = "rotate_from_pool"
    kind = "time"

    def demands(self, person: PersonId, position: PositionId, start: dt.date) -> bool:
        """Whether the rule asks for a list at all."""
        if self.ground.everyone_is_listed or not self.in_force(start) or not self.applies(position):
            return False
        return self.waiver_for((person, position), start) is None

    def check(self, line: Timeline) -> Iterator[Violation]:
        for r in line.plan.rotations:
            if not self.demands(r.person, r.position, r.start):
                continue
            if not any(r.person in line.list_in_force(p, r.start) for p in self.ground.listable):
                yield Violation(self.id, frozenset({r.person, r.position}), r.start, 1, "rotations", moved_in=True)

    def post(self, problem: Problem, program: Program) -> None:
        for person in problem.turns:
            self._rows(problem, program, person)

    def _rows(self, problem: Problem, program: Program, person: PersonId) -> None:
        """A person rotates once: one row serves all rotations for which the same lists count."""
        listed_on: dict[dt.date, Expr] = {}
        together: dict[frozenset[int], tuple[Expr, Expr]] = {}
        for key, position, stint in problem.turns[person]:
            if not self.demands(person, position, stint.start):
                continue
            if stint.start not in listed_on:
                listed_on[stint.start] = problem.in_lists(program, person, None, stint.start)
            planned, moved = listed_on[stint.start], program[key]
            if planned.constant:
                continue  # in a list in any case
            if self.is_must:
                together.setdefault(frozenset(planned.terms), (program.sum(()), planned))[0].add(moved)
            elif key[0] == "v":  # of a loose rotation nobody can tell which post a wish would name
                breach = Violation(self.id, frozenset({person, position}), stint.start)
                slack = program.slack(breach.key, 1)
                program.at_most(moved - planned - slack, 0, self.id, {person, position}, stint.start)
        for rotating, planned in together.values():
            program.at_most(rotating - planned, 0, self.id, {person})
