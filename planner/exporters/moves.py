"""What the plan decides: lists, places, rotations, appointments, successors, covers, and who is left without a post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.domain.case import Need
from planner.domain.ids import PersonId, PositionId
from planner.exporters.view import Row, View, joined
from planner.goals.fit import fit_class
from planner.timeline.ground import Gap
from planner.timeline.replay import months_by_rotation

POST = ("position", "position_title", "unit")
WHO = ("person", "person_name")

POOLS = ("round", "on", *POST, *WHO, "status", "cause")
TRAINING = ("session", "course", "course_name", "start", "end", *WHO, "grants", "closes_for", "mode", "cost")
ROTATIONS = (*WHO, "from_position", *POST, "start", "end", "purpose", "return_to")
APPOINTMENTS = (*POST, *WHO, "from_position", "period", "date", "judged_on", "filled_by", "chain", "link", "fit")
SUCCESSORS = (*POST, "wanted_by", *WHO, "fit", "why_none")
COVERS = (*POST, *WHO, "period", "instant", "decided")
TO_PLACE = (*WHO, *POST, "from_day", "why", "return_to")


def pools(view: View) -> Iterator[Row]:
    """Every name of every decided list: kept, added, or removed with its cause."""
    for e in view.standing.line.plan.pools:
        yield {"round": e.round, "on": e.on, **view.post(e.position), **view.who(e.person), "status": e.status,
               "cause": e.cause}  # fmt: skip


def training(view: View) -> Iterator[Row]:
    """The places, and for which posts each is needed."""
    ground = view.ground
    for place in view.standing.line.plan.training:
        session, course = ground.case.session[place.session], ground.course_of(place.session)
        gap = ground.granted(place.session)
        yield {
            "session": place.session,
            "course": course.course_id,
            "course_name": course.name,
            "start": session.start,
            "end": ground.session_end(place.session),
            **view.who(place.person),
            "grants": view.gap(gap),
            "closes_for": joined(_closes_for(view, place.person, gap)),
            "mode": course.mode,
            "cost": session.cost if session.cost is not None else course.cost,
        }


def _aims(view: View, person: PersonId) -> list[PositionId]:
    """The posts for which the plan counts on the person, the own post last."""
    standing, ground = view.standing, view.ground
    aims = [a.position for a in standing.line.appointments.get(person, ())]
    aims += [p for p, i in standing.designated.items() if i == person]
    aims += [r.position for r in standing.line.rotations.get(person, ())]
    aims += view.ready_for.get(person, ())
    home = ground.home[person]
    return list(dict.fromkeys([*aims, *([home] if home else [])]))


def _closes_for(view: View, person: PersonId, gap: Gap) -> Iterator[PositionId]:
    """Of those posts the ones that demand the competency at no higher level than is granted."""
    for position in _aims(view, person):
        wanted = view.ground.demands(position, "appoint") + tuple(_after(view, position))
        if any(g.competency == gap.competency and g.level <= gap.level for g in wanted):
            yield position


def _after(view: View, position: PositionId) -> Iterator[Gap]:
    for cell in view.ground.cells(position, "after_appoint"):
        yield Gap(cell.competency, view.ground.content.level(Need(cell.competency, cell.level)))


def rotations(view: View) -> Iterator[Row]:
    """The rotations that begin, with what each is for and where the person goes back to, as far as it is known."""
    for r in view.standing.line.plan.rotations:
        yield {
            **view.who(r.person),
            "from_position": r.home,
            **view.post(r.position),
            "start": r.start,
            "end": r.end,
            "purpose": r.purpose or joined(_purpose(view, r.person, r.start)) or "fills_vacancy",
            "return_to": r.return_to,
        }


def _purpose(view: View, person: PersonId, start: dt.date) -> Iterator[str]:
    """The months elsewhere that the person's posts ask for and that this rotation gives."""
    for position in _aims(view, person):
        for gap in view.ground.demands(position, "appoint"):
            complete = months_by_rotation(view.ground, gap, start)
            if complete is not None and view.ground.closed_on(person, gap) > complete:
                yield f"{view.gap(gap)} → {position}"


def appointments(view: View) -> Iterator[Row]:
    """Who takes over which seat when, in the order of the chains: link 1 first."""
    standing, ground = view.standing, view.ground
    plan = standing.line.plan
    rotated = {r.person: r.position for r in plan.rotations}
    for a in sorted(plan.appointments, key=lambda a: (a.chain or 0, a.link or 0, a.on, a.position, a.person)):
        yield {
            **view.post(a.position),
            **view.who(a.person),
            "from_position": rotated.get(a.person) or ground.home[a.person],
            "period": a.period,
            "date": a.on,
            "judged_on": a.judged_on,
            "filled_by": ground.case.position[a.position].filled_by,
            "chain": a.chain,
            "link": a.link,
            "fit": fit_class(ground, a.person, a.position),
        }


def successors(view: View) -> Iterator[Row]:
    """The designated successor of each post that wants one, or why there is none."""
    ground = view.ground
    for s in view.standing.line.plan.successors:
        yield {
            **view.post(s.position),
            "wanted_by": s.wanted_by,
            **view.who(s.person),
            "fit": fit_class(ground, s.person, s.position) if s.person else None,
            "why_none": None if s.person else why_none(view, s.position, s.wanted_by),
        }


def why_none(view: View, position: PositionId, day: dt.date) -> str:
    """`nobody_listed`, `nobody_ready`, or `all_counted_elsewhere`: every ready name is wanted for another post."""
    if not view.standing.listed(position, day):
        return "nobody_listed"
    return "all_counted_elsewhere" if view.standing.ready_names(position, day) else "nobody_ready"


def covers(view: View) -> Iterator[Row]:
    """Who looks after an empty post at the end of each period; `decided` says whether the plan or the case has it."""
    standing, ground = view.standing, view.ground
    planned = {(c.person, c.position, c.period) for c in standing.line.plan.covers}
    for position in ground.full_time:
        for t in ground.horizon.periods:
            for person in standing.line.acting(position, t):
                yield {
                    **view.post(position),
                    **view.who(person),
                    "period": t,
                    "instant": ground.horizon.instant(t),
                    "decided": "plan" if (person, position, t) in planned else "case",
                }


def to_place(view: View) -> Iterator[Row]:
    """People whose rotation ends within the horizon and for whom nothing is planned after it."""
    standing, ground = view.standing, view.ground
    ends = [(r.person, r.position, r.end, r.return_to) for r in standing.line.plan.rotations]
    moved = {r[0] for r in ends}
    ends += [
        (now.person, now.position, now.end, now.return_to)
        for now in ground.rotations_now.values()
        if now.end is not None and now.person not in moved
    ]
    for person, position, end, return_to in sorted(ends, key=lambda e: (e[2], e[0])):
        planned = any(a.judged_on >= end for a in standing.line.appointments.get(person, ()))
        if end <= ground.horizon.until and standing.line.in_service(person, end) and not planned:
            yield {**view.who(person), **view.post(position), "from_day": end, "why": "rotation_ended",
                   "return_to": return_to}  # fmt: skip
