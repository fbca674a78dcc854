"""Identifiers. Each table has its own type, so that a person is never passed where a post is meant."""

from typing import NewType

UnitId = NewType("UnitId", str)
PositionId = NewType("PositionId", str)
PersonId = NewType("PersonId", str)
CourseId = NewType("CourseId", str)
SessionId = NewType("SessionId", str)
RoundId = NewType("RoundId", str)
CompetencyId = NewType("CompetencyId", str)
RankCode = NewType("RankCode", str)
RuleId = NewType("RuleId", str)
