"""A rule on one person and one session: stage train."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.domain.case import Need
from planner.domain.content import Content
from planner.domain.ids import CompetencyId, PersonId, SessionId
from planner.domain.violation import YES, Verdict, Violation
from planner.rules.base import Rule, RuleParams, Stage
from planner.timeline import Ground, Timeline
from planner.timeline.ground import Gap

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program

LevelText = Annotated[str, Field(pattern=r"^[^:\s]+:[^:\s]+$")]
"""`competency:level`, as in `theory:advanced`."""


def need_of(text: str) -> Need:
    competency, _, level = text.partition(":")
    return Need(CompetencyId(competency), level)


def gap_of(ground: Ground, text: str) -> Gap:
    need = need_of(text)
    return Gap(need.competency, ground.content.level(need))


def unknown_levels(content: Content, column: str, texts: Iterable[str]) -> Iterator[tuple[str, str, list[str]]]:
    """(parameter, value, what may stand there) for each level that the content does not have."""
    for text in texts:
        need = need_of(text)
        competency = content.competency.get(need.competency)
        if competency is None:
            yield column, text, [f"{c.id}:{level}" for c in content.competencies for level in c.levels[1:]]
        elif need.level not in competency.levels:
            yield column, text, [f"{competency.id}:{level}" for level in competency.levels]


class CourseParams(RuleParams):
    """Parameters of rules on courses: the courses are known by what they grant."""

    grants: tuple[LevelText, ...] = Field(min_length=1, description="courses that grant one of these levels")


class CourseRule(Rule):
    """A rule on one person and one session, judged on the first day. The program has a place only where it allows.

    `applies_to` narrows the rule to people who hold such a post at `as_of`. Facts are those of the case: what a plan
    would change before the course begins is not counted.
    """

    kind = "personal"
    stages: tuple[Stage, ...] = ("train",)
    Params = CourseParams

    params: CourseParams

    @classmethod
    def unknown_names(cls, params: RuleParams, content: Content) -> Iterator[tuple[str, str, list[str]]]:
        assert isinstance(params, CourseParams)
        yield from unknown_levels(content, "grants", params.grants)

    @abstractmethod
    def judge(self, person: PersonId, session: SessionId) -> Verdict:
        """The rule itself, for a session of a course that it speaks of."""

    @cached_property
    def sessions(self) -> frozenset[SessionId]:
        """Those of whose course the entry speaks on the day on which they begin."""
        return frozenset(
            session
            for session, row in self.ground.case.session.items()
            if self.in_force(row.start) and str(self.ground.course_of(session).grants) in self.params.grants
        )

    def concerns(self, person: PersonId, session: SessionId) -> bool:
        """Whether the entry, on the day on which the session begins, speaks of its course and of the person."""
        if session not in self.sessions:
            return False
        return not self.entry.applies_to or any(self.applies(p) for p in self.ground.held[person])

    def allows(self, person: PersonId, session: SessionId) -> Verdict:
        """Whether the person may attend the session. A waiver names the person and the session."""
        if not self.concerns(person, session):
            return YES
        verdict = self.judge(person, session)
        if not verdict.ok and self.waiver_for((person, session), self.ground.case.session[session].start):
            return YES
        return verdict

    def _breach(self, person: PersonId, session: SessionId) -> Violation:
        start = self.ground.case.session[session].start
        return Violation(self.id, frozenset({person, session}), start, moved_in=True, scope="train")

    def check(self, line: Timeline) -> Iterator[Violation]:
        for place in line.plan.training:
            if not self.allows(place.person, place.session).ok:
                yield self._breach(place.person, place.session)

    def post(self, problem: Problem, program: Program) -> None:
        """A `must` needs no row: places exist only where it allows. A wish counts each place it advises against."""
        if self.is_must:
            return
        for person, session in problem.places:
            if not self.allows(person, session).ok:
                breach = self._breach(person, session)
                place = program["u", person, session]
                program.at_most(place - program.slack(breach.key, 1), 0, self.id, breach.subjects, breach.instant)
