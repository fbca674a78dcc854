"""Whom a session takes, as far as the case alone tells."""

from planner.domain.ids import PersonId, SessionId
from planner.timeline.expected import Expected
from planner.timeline.ground import Ground
from planner.timeline.offices import units_of


def allotted(ground: Ground, person: PersonId, session: SessionId) -> bool:
    """Whether the session is open to the person's unit (`allotted_to`: units with those below; empty = all)."""
    text = ground.case.session[session].allotted_to
    if not text:
        return True
    units = {part.strip() for part in text.replace(";", ",").split(",")}
    return any(units & ground.unit_and_above(unit) for unit in units_of(ground, person))


def in_post(ground: Ground, expected: Expected, person: PersonId, session: SessionId) -> bool:
    """Whether the person holds a post that the course admits, as the case shows it, on the day it starts."""
    admits = ground.course_of(session).admits
    assert admits is not None
    if not expected.in_service(person, ground.case.session[session].start):
        return False
    return any(not admits.ranks or ground.case.position[p].rank in admits.ranks for p in ground.held[person])
