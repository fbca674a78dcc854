"""Whom a course takes: what a person must be, have and have done."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from planner.domain.content import Content
from planner.domain.dates import add_months, whole_months
from planner.domain.ids import PersonId, SessionId
from planner.domain.violation import YES, Reason, Verdict
from planner.rules.base import RuleParams
from planner.rules.course_rule import CourseParams, CourseRule, gap_of, unknown_levels
from planner.rules.months_left import months_left

YEAR = 12


class CourseConditions(CourseRule):
    """A place in a course that grants one of `grants` wants all given conditions of the person.

    What the case does not say (dates of the Party and of service, ratings) is not "no": `unknown` says whether it lets
    a person pass. A degree or level without a row is the lowest, as everywhere. Ratings are those of the last
    `rated_years` years, the year of `as_of` if it is rated already, else from the year before; the first sending is
    that of somebody who has none of `grants` yet.
    Source: 350-QĐ/TW, 57-QĐ/TW, NĐ 171/2025; rules.md §2.4 tr_inter_std, tr_adv_std, tr_postgrad.
    """

    name = "course_conditions"

    class Params(CourseParams):
        party: Literal["none", "member", "full"] = Field("none", description="membership of the Party")
        level: str | None = Field(None, pattern=r"^[^:\s]+:[^:\s]+$", description="level held on the first day")
        ratings: tuple[str, ...] = Field((), description="yearly ratings that count as good")
        rated_years: int = Field(0, ge=0, description="years in a row")
        part_time_age: Mapping[Literal["F", "M"], int] = Field(
            default_factory=dict, description="years of age for part-time courses, by sex"
        )
        first_age: int | None = Field(None, ge=1, description="years of age at most on the first sending")
        service_months: int = Field(0, ge=0, description="months of service")
        serve_times: int | None = Field(None, ge=1, description="months to serve afterwards, in times of the course's")
        unknown: Literal["allow", "refuse"] = Field("allow", description="what the case does not say")

    params: Params

    @classmethod
    def unknown_names(cls, params: RuleParams, content: Content) -> Iterator[tuple[str, str, list[str]]]:
        assert isinstance(params, CourseConditions.Params)
        yield from super().unknown_names(params, content)
        yield from unknown_levels(content, "level", [params.level] if params.level else [])

    def judge(self, person: PersonId, session: SessionId) -> Verdict:
        for verdict in (
            self._party(person, session),
            self._level(person, session),
            self._rated(person),
            self._age(person, session),
            self._service(person, session),
            self._serves(person, session),
        ):
            if not verdict.ok:
                return verdict
        return YES

    def _no(self, reason: Reason, clears: dt.date | None = None) -> Verdict:
        return Verdict(False, self.id, reason, clears)

    def _since(self, since: dt.date | None, start: dt.date, reason: Reason) -> Verdict:
        """A date that must have come by the first day; an empty one is not known."""
        if since is None:
            return YES if self.params.unknown == "allow" else self._no(reason)
        return YES if since <= start else self._no(reason, since)

    def _start(self, session: SessionId) -> dt.date:
        return self.ground.case.session[session].start

    def _party(self, person: PersonId, session: SessionId) -> Verdict:
        row, start = self.ground.case.person[person], self._start(session)
        if self.params.party == "none":
            return YES
        member = self._since(row.party_since, start, Reason("reason.not_member"))
        if self.params.party == "member" or not member.ok:
            return member
        return self._since(row.party_full_since, start, Reason("reason.not_full_member"))

    def _level(self, person: PersonId, session: SessionId) -> Verdict:
        if self.params.level is None:
            return YES
        closed = self.ground.closed_on(person, gap_of(self.ground, self.params.level))
        if closed <= self._start(session):
            return YES
        return self._no(Reason("reason.course_level", {"level": self.params.level}))

    @cached_property
    def _rating_of(self) -> dict[tuple[PersonId, int], str]:
        return {(row.person_id, row.year): row.rating for row in self.ground.case.ratings}

    def _rated(self, person: PersonId) -> Verdict:
        this = self.ground.horizon.as_of.year
        last = this if (person, this) in self._rating_of else this - 1
        for year in range(last - self.params.rated_years + 1, last + 1):
            rating = self._rating_of.get((person, year))
            if rating is None and self.params.unknown == "allow":
                continue
            if rating not in self.params.ratings:
                return self._no(Reason("reason.course_rating", {"year": year}))
        return YES

    def _age(self, person: PersonId, session: SessionId) -> Verdict:
        row, start = self.ground.case.person[person], self._start(session)
        least = self.params.part_time_age.get(row.sex)
        if least is not None and self.ground.course_of(session).mode == "part":
            reached = add_months(row.birth_date, least * YEAR)
            if reached > start:
                return self._no(Reason("reason.course_too_young", {"age": least}), reached)
        most = self.params.first_age
        if most is not None and whole_months(row.birth_date, start) >= (most + 1) * YEAR:
            sent = any(self.ground.closed_on(person, gap_of(self.ground, g)) <= start for g in self.params.grants)
            if not sent:
                return self._no(Reason("reason.course_too_old", {"age": most}))
        return YES

    def _service(self, person: PersonId, session: SessionId) -> Verdict:
        months, since = self.params.service_months, self.ground.case.person[person].service_since
        if not months:
            return YES
        enough = None if since is None else add_months(since, months)
        return self._since(enough, self._start(session), Reason("reason.course_service", {"months": months}))

    def _serves(self, person: PersonId, session: SessionId) -> Verdict:
        if self.params.serve_times is None:
            return YES
        start, end = self._start(session), self.ground.last_known_day(session)
        studied = self.ground.course_of(session).months or whole_months(start, end) + 1
        wanted = math.ceil(self.params.serve_times * studied)
        left = months_left(self.ground.leaves_on[person], end)
        return YES if left >= wanted else self._no(Reason("reason.months_left", {"left": left, "min": wanted}))
