"""A post of the Party is for a member of the Party."""

import datetime as dt
from collections.abc import Hashable, Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field

from planner.domain.ids import PersonId, PositionId
from planner.domain.violation import YES, Note, Reason, Verdict
from planner.rules.base import PersonalRule, RuleParams, Scopes, Stage
from planner.timeline import Timeline


class PartyMember(PersonalRule):
    """Who is planned for, appointed to or rotated to one of the `posts` has been admitted to the Party by then.

    A post with which one of the `posts` is held asks it too. With `membership: full` the probation is over as well. An
    empty date means "not a member" where the case records the membership of anybody. Where it records nobody's, nothing
    is known: nobody is refused, and each appointment is told.
    Source: practice (a post of the Party is held by a member); 365-QĐ/TW.
    """

    name = "party_member"
    stages = ("plan", "appoint", "rotate")

    class Params(RuleParams):
        posts: Scopes = Field((), description="scopes of which one fits: the posts of the Party; none = all posts")
        membership: Literal["member", "full"] = Field("member", description="admitted, or past the probation")
        stages: tuple[Stage, ...] = Field(("plan", "appoint", "rotate"), description="where the rule holds")

    params: Params

    def _asks(self, position: PositionId) -> bool:
        if not self.params.posts:
            return True
        bundle = self.ground.bundles.get(position, (self.ground.case.position[position],))
        return any(self.matches_one(row.position_id, self.params.posts) for row in bundle)

    def same_for(self, position: PositionId) -> Hashable:
        return self._asks(position)

    def _since(self, person: PersonId) -> dt.date | None:
        row = self.ground.case.person[person]
        return row.party_since if self.params.membership == "member" else row.party_full_since

    @cached_property
    def is_recorded(self) -> bool:
        """Whether the case records the membership of anybody."""
        return any(self._since(person) for person in self.ground.case.person)

    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        if not self._asks(position) or not self.is_recorded:
            return YES
        since = self._since(person)
        if since is not None and since <= on:
            return YES
        code = "reason.not_member" if self.params.membership == "member" else "reason.not_full_member"
        return Verdict(False, self.id, Reason(code), since)

    def notes(self, line: Timeline) -> Iterator[Note]:
        yield from super().notes(line)
        for a in line.plan.appointments if not self.is_recorded else ():
            if self.in_force(a.judged_on) and self.applies(a.position) and self._asks(a.position):
                if not self.waiver_for((a.person, a.position), a.judged_on):
                    yield Note(self.id, Reason("note.membership_unknown"), a.person, a.position, on=a.on)
