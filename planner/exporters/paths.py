"""The path of every listed name to the post, and the free places that remain while somebody waits for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.domain.ids import PersonId, SessionId
from planner.exporters.view import Row, View, joined, known, yes
from planner.standing import Standing
from planner.standing.paths import Paths, Step, Why
from planner.standing.places import Offer

COLUMNS = (
    "position", "position_title", "unit", "person", "person_name", "suitability", "needed_by", "path", "missing",
    "closed_by", "action", "start", "end", "closed_on", "in_time", "why", "details",
)  # fmt: skip
FREE_PLACES = (
    "session", "course", "course_name", "start", "end", "places_free", "waiting", "person", "person_name", "for_posts",
    "why", "details",
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """A row per name of a list and demand that is missing; one for a name that lacks nothing."""
    for step in view.paths.steps:
        yield row(view, step)


def row(view: View, step: Step) -> Row:
    first, last = days_of(view.standing, step)
    return {
        **view.post(step.position),
        **view.who(step.person),
        "suitability": view.points(step.person, step.position),
        "needed_by": step.needed_by,
        "path": step.state,
        "missing": view.gap(step.gap.gap) if step.gap else step.refusal.rule if step.refusal else None,
        "closed_by": step.gap.by if step.gap and step.state == "closes" else None,
        "action": step.gap.action if step.gap and step.state == "closes" else step.place and step.place.session,
        "start": first,
        "end": last,
        "closed_on": known(step.on),
        "in_time": None if step.in_time is None else yes(step.in_time),
        "why": step.why,
        "details": joined(_offer(view, offer) for offer in step.offers),
    }


def days_of(standing: Standing, step: Step) -> tuple[dt.date | None, dt.date | None]:
    """From when to when what meets the demand runs: a class or a rotation of the plan, a course of the case; of a free
    place that is not given its class."""
    ground, gap = standing.ground, step.gap
    session = step.place.session if step.place else gap.action if gap and gap.by == "course" else None
    if session in ground.case.session:
        return ground.case.session[SessionId(session)].start, ground.written_end(SessionId(session))
    if gap is not None and gap.by == "enrolment":
        for course, run in ground.enrolled.get(step.person, ()):
            if course.course_id == gap.action and run.end == gap.on:
                return run.start, run.end
    if gap is not None and gap.by == "rotation":
        for rotation in standing.line.rotations.get(step.person, ()):
            if rotation.position == gap.action:
                return rotation.start, rotation.end
    return None, None


def _offer(view: View, offer: Offer) -> str:
    """A class with what stands against it, as codes: `CC_FT-2027 prerequisite theory:intermediate`."""
    parts = [offer.session, offer.against or "free", offer.advice or offer.subject or ""]
    parts += [view.gap(offer.needs)] if offer.needs is not None else []
    return " ".join(part for part in parts if part)


# ---- free places -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """Somebody who lacks what a class with free places grants: for which posts, and why no place is given there.

    `why`: what stands against the class; where nothing does, why the plan does not give it.
    """

    session: SessionId
    person: PersonId
    steps: tuple[Step, ...]
    offer: Offer
    why: Why


def waiting_for(paths: Paths, people: Iterable[PersonId] | None = None) -> Mapping[SessionId, list[Waiting]]:
    """Of each class ahead with a free place those who lack what it grants: names of lists, holders and who comes."""
    ground = paths.ground
    open_steps: dict[PersonId, list[Step]] = {}
    for step in (*paths.steps, *(s for i in ground.case.person for s in paths.debts(i))):
        if step.state == "open" and step.gap is not None:
            open_steps.setdefault(step.person, []).append(step)
    chosen = ground.case.person if people is None else people
    found: dict[SessionId, list[Waiting]] = {}
    for session in paths.places.ahead:
        if paths.places.free(session) == 0:
            continue
        lines = []
        for person in chosen:
            steps = tuple(s for s in open_steps.get(person, ()) if s.gap and paths.places.meets(session, s.gap.gap))
            if steps:
                offer = paths.places.offer(person, session)
                lines.append(Waiting(session, person, steps, offer, paths.why_of(steps[0], offer)))
        found[session] = lines
    return found


def free_places(view: View) -> Iterator[Row]:
    """A row per class with a free place and person who lacks what it grants; one of a class for which nobody waits."""
    ground, paths = view.ground, view.paths
    for session, lines in waiting_for(paths).items():
        course = ground.course_of(session)
        of_class = {
            "session": session,
            "course": course.course_id,
            "course_name": course.name,
            "start": ground.case.session[session].start,
            "end": ground.written_end(session),
            "places_free": paths.places.free(session),
            "waiting": len(lines),
        }
        for waiting in lines:
            yield {
                **of_class,
                **view.who(waiting.person),
                "for_posts": joined(dict.fromkeys(s.position for s in waiting.steps)),
                "why": waiting.why,
                "details": _offer(view, waiting.offer),
            }
        if not lines:
            yield of_class
