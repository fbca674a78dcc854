"""Odd courses in random tiny cases: of a day, without an end, full by those enrolled, with few places a year.

Drawn apart from the rest of a case, for seeds of their own, so that no other case changes with them.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from planner.domain.case import Case, Course, Enrolment, Qualification, Session
from planner.domain.horizon import Horizon

SEEDS = range(1_000, 1_016)
LONG_SEEDS = range(1_016, 1_100)


def is_odd(seed: int) -> bool:
    return seed >= SEEDS.start


def with_odd_courses(case: Case, horizon: Horizon, seed: int, attempt: int) -> Case:
    """The case with other courses, sessions and enrolments; the levels and people are its own."""
    rng = random.Random(f"courses {seed}/{attempt}")

    def on(chance: float) -> bool:
        return rng.random() < chance

    def day(period: int) -> dt.date:
        """Of a period, or of the last there is; often on a border."""
        last = min(period, horizon.periods[-1])
        border = rng.choice((horizon.starts[last], horizon.starts[last], horizon.ends[last]))
        return min(horizon.until, border + dt.timedelta(days=rng.choice((0, 0, 1, 20, 45))))

    def course(name: str, grants: str, **more: object) -> Course:
        months = rng.choice((None, None, None, 1))
        row = {"course_id": name, "name": name, "grants": grants, "months": months, **more}
        row |= {
            "mode": rng.choice(("part", "part", "full")),
            "yearly_seats": rng.choice((None, None, None, None, 0, 1, 1, 2)),
        }
        return Course.model_validate(row)

    def session(number: int, of: str) -> Session:
        start, seats = day(number), rng.choice((1, 1, 2, None))
        over = start + dt.timedelta(days=rng.choice((1, 30, 80)))
        end = rng.choice((start, start, over, f"{over:%Y-%m}", None, None))
        least = 2 if seats != 1 and on(0.3) else 0
        row = {
            "session_id": f"S{number}",
            "course_id": of,
            "start": start,
            "end": end,
            "seats": seats,
            "min_seats": least,
        }
        return Session.model_validate(row)

    courses = (
        course("basic", "theory:primary"),
        course("high", "theory:advanced", needs=rng.choice((None, *["theory:primary"] * 5))),
        course("craft", "skill:some", needs=rng.choice((None, "theory:primary"))),
    )
    # A course of a day that grants more than it needs is where law and program went apart: the high one, mostly after
    # the other.
    chosen_courses = rng.choice((("basic", "high"), ("basic", "high"), ("high",), ("high", "high"), ("craft", "high")))
    sessions = [session(n, of) for n, of in enumerate(chosen_courses)]
    people, enrolments = list(case.person), []
    for _ in range(rng.choice((0, 0, 1, 2))):
        row: dict[str, object] = {"person_id": rng.choice(people)}
        if on(0.8):
            chosen = rng.choice(sessions)
            row |= {"course_id": chosen.course_id, "session_id": chosen.session_id}
        else:
            row |= {"course_id": rng.choice(courses).course_id, "since": horizon.as_of if on(0.7) else None}
        if on(0.3):
            row["until"] = f"{day(0):%Y-%m}"
        enrolments.append(Enrolment.model_validate(row))
    kept = tuple(d for d in case.decisions if d.session_id is None)
    # Who has every level attends nothing, and who has none little: most are ready for the high course.
    qualifications = [q for q in case.qualifications if q.competency != "theory" and on(0.5)]
    for person in people:
        if on(0.8):
            row = {"person_id": person, "competency": "theory", "level": rng.choice(("primary", "primary", "advanced"))}
            qualifications.append(Qualification.model_validate(row))
    given = case.given | {"courses", "sessions", "enrolments", "qualifications"}
    return replace(
        case,
        courses=courses,
        sessions=tuple(sessions),
        enrolments=tuple(enrolments),
        qualifications=tuple(qualifications),
        decisions=kept,
        given=given,
    )
