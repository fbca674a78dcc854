"""Random tiny cases with odd courses: law, program and engine agree, and each oddity makes a difference somewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from planner.domain.case import Case as Tables
from planner.structure.point import decided_keys
from planner.timeline.ground import NEVER
from tests.random.choose import LOOKED_AT, MOST, fair
from tests.random.courses import LONG_SEEDS, SEEDS
from tests.random.exhaustive import Enumeration, TooManyError
from tests.random.test_random import judge_case
from tests.random.tiny import Tiny


@pytest.mark.parametrize("seed", SEEDS)
def test_law_program_and_engine_agree_on_odd_courses(seed: int) -> None:
    judge_case(*fair(seed)[1])


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_law_program_and_engine_agree_on_many_odd_courses(seed: int) -> None:
    judge_case(*fair(seed)[1])


def _without_enrolments_in_sessions(case: Tables) -> Tables:
    """Enrolled as before and as long, in no session that has places."""
    rows = []
    for row in case.enrolments:
        session = case.session.get(row.session_id)
        since = row.since or (session.start if session else None)
        until = row.until or (session.end if session else None)
        rows.append(row.model_copy(update={"session_id": None, "since": since, "until": until}))
    return replace(case, enrolments=tuple(rows))


def _without_yearly_seats(case: Tables) -> Tables:
    return replace(case, courses=tuple(c.model_copy(update={"yearly_seats": None}) for c in case.courses))


def _without_needs(case: Tables) -> Tables:
    return replace(case, courses=tuple(c.model_copy(update={"needs": None}) for c in case.courses))


WITHOUT: dict[str, Callable[[Tables], Tables]] = {
    "enrolments in sessions": _without_enrolments_in_sessions,
    "places a year": _without_yearly_seats,
    "what courses need": _without_needs,
}


def _plans(tiny: Tiny) -> set[frozenset[object]] | None:
    """The lawful plans; None where there are too many to list."""
    try:
        return {frozenset(decided_keys(p)) for p in Enumeration(tiny.status_quo(), MOST, LOOKED_AT).plans()}
    except TooManyError:
        return None


def test_each_oddity_occurs_and_makes_a_difference() -> None:
    asked = {"a session of a day that needs something", "a session without an end", "an end in a month", *WITHOUT}
    seen: set[str] = set()
    for seed in reversed(SEEDS):  # the last have the more oddities
        tiny, before, plans = fair(seed)[1]
        ground, keys = before.ground, {frozenset(decided_keys(p)) for p in plans}
        attended = {key[2] for plan in keys for key in plan if key[0] == "u"}
        for session in ground.case.sessions:
            end, needs = ground.session_end(session.session_id), ground.course_of(session.session_id).needs
            if session.session_id not in attended:
                continue
            oddities = {
                "a session of a day that needs something": end == session.start and needs is not None,
                "a session without an end": end == NEVER,
                "an end in a month": session.end is not None and session.end.precision == "month",
            }
            seen |= {name for name, present in oddities.items() if present}
        for name in sorted(WITHOUT.keys() - seen):  # to list all plans of a case takes seconds
            case = WITHOUT[name](tiny.case)
            if case != tiny.case and _plans(replace(tiny, case=case)) != keys:
                seen.add(name)
        if seen == asked:
            break
    assert seen == asked
