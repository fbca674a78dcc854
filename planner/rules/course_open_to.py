"""For whom a course is held: holders of posts from a rank up, and who is planned for one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import Field

from planner.domain.content import Content
from planner.domain.ids import PersonId, PositionId, RankCode, SessionId
from planner.domain.violation import Violation
from planner.rules.base import LinearRule, RuleParams, Scopes
from planner.rules.course_rule import CourseParams, unknown_levels
from planner.timeline import Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class CourseOpenTo(LinearRule):
    """A place in a course that grants one of `grants` goes to who, on the first day, holds a post from rank `held` up,
    sits in a committee (`members`), or holds or is in the list in force of a post from rank `planned` up.

    Ranks count by their order; the post is that of the case. `applies_to` narrows which posts count. Where a case has
    neither rounds nor lists nothing is asked. Source: 350-QĐ/TW; rules.md §2.4 tr_inter_who, tr_adv_who.
    """

    name = "course_open_to"
    kind = "time"

    class Params(CourseParams):
        held: RankCode | None = Field(None, description="holders of posts from this rank up")
        planned: RankCode | None = Field(None, description="holders of posts and names in lists from this rank up")
        members: bool = Field(False, description="who sits in a committee, too")
        committees: Scopes = Field((), description="scopes of which one fits: the committees that count; none = all")

    params: Params

    @classmethod
    def unknown_names(cls, params: RuleParams, content: Content) -> Iterator[tuple[str, str, list[str]]]:
        assert isinstance(params, CourseOpenTo.Params)
        yield from unknown_levels(content, "grants", params.grants)
        for column in ("held", "planned"):
            code = getattr(params, column)
            if code is not None and code not in content.rank:
                yield column, code, list(content.rank)

    def _reaches(self, position: PositionId, rank: RankCode | None) -> bool:
        """Whether the post counts and is of the rank or a higher one."""
        if rank is None or not self.applies(position):
            return False
        return self.ground.order(position) >= self.ground.content.rank[rank].order

    def demands(self, person: PersonId, session: SessionId) -> bool:
        """Whether the course is not open to the person by a post held, so that a list must open it."""
        ground, start = self.ground, self.ground.case.session[session].start
        if ground.everyone_is_listed or not self.in_force(start):
            return False
        if str(ground.course_of(session).grants) not in self.params.grants:
            return False
        for p in ground.held[person]:
            if self._is_seat(p) or self._reaches(p, self.params.held) or self._reaches(p, self.params.planned):
                return False
        return self.waiver_for((person, session), start) is None

    def _is_seat(self, position: PositionId) -> bool:
        """Whether the post is a seat in a committee that opens the course."""
        if not self.params.members or self.ground.case.position[position].nature != "membership":
            return False
        committees = self.params.committees
        return self.applies(position) and (not committees or self.matches_one(position, committees))

    @cached_property
    def _lists(self) -> list[PositionId]:
        return [p for p in self.ground.listable if self._reaches(p, self.params.planned)]

    def breach(self, person: PersonId, session: SessionId) -> Violation:
        start = self.ground.case.session[session].start
        return Violation(self.id, frozenset({person, session}), start, 1, "places", moved_in=True)

    def is_open(self, line: Timeline, person: PersonId, session: SessionId) -> bool:
        """Whether the course is open to the person by a post held, or by a list in force on its first day."""
        start = self.ground.case.session[session].start
        return not self.demands(person, session) or any(person in line.list_in_force(p, start) for p in self._lists)

    def check(self, line: Timeline) -> Iterator[Violation]:
        for place in line.plan.training:
            if not self.is_open(line, place.person, place.session):
                yield self.breach(place.person, place.session)

    def post(self, problem: Problem, program: Program) -> None:
        lists = dict.fromkeys(self._lists)
        for person, session in problem.places:
            if not self.demands(person, session):
                continue
            breach = self.breach(person, session)
            listed = problem.in_lists(program, person, lists, self.ground.case.session[session].start)
            slack = self.slack(problem, program, breach, 1)
            place = program["u", person, session]
            program.at_most(place - listed - (slack or 0), 0, self.id, breach.subjects, breach.instant)
