"""What the plan decides: lists, places, rotations, appointments, successors, covers, and who is left without a post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from planner.domain.case import Need
from planner.domain.ids import PersonId, PositionId
from planner.domain.messages import Language
from planner.domain.moves import MoveKind, kind_of_move
from planner.domain.plan import Rotation
from planner.exporters.cadre import several
from planner.exporters.paper_words import PaperWords
from planner.exporters.view import Row, View, joined
from planner.goals.choice import broken_promises
from planner.timeline import Ground
from planner.timeline.ground import Gap
from planner.timeline.replay import months_by_rotation

POST = ("position", "position_title", "unit")
WHO = ("person", "person_name")
SUITABILITY = ("suitability", "suitability_parts")

POOLS = ("round", "on", *POST, *WHO, "status", "cause", *SUITABILITY)
TRAINING = ("session", "course", "course_name", "start", "end", *WHO, "grants", "closes_for", "mode", "cost")
ROTATIONS = (*WHO, "kind", "from_position", *POST, "start", "end", "purpose", "return_to", "return_by")
APPOINTMENTS = (*POST, *WHO, "from_position", "period", "date", "judged_on", "filled_by", "chain", "link", *SUITABILITY)
SUCCESSORS = (*POST, "wanted_by", *WHO, *SUITABILITY, "why_none")
COVERS = (*POST, *WHO, "period", "instant", "decided")
TO_PLACE = (*WHO, *POST, "from_day", "why", "return_to")


def pools(view: View) -> Iterator[Row]:
    """Every name of every decided list: kept, added, or removed with its cause."""
    for e in view.standing.line.plan.pools:
        yield {"round": e.round, "on": e.on, **view.post(e.position), **view.who(e.person), "status": e.status,
               "cause": e.cause, **view.suitability(e.person, e.position)}  # fmt: skip


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
            "end": ground.written_end(place.session),
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
    """The rotations and assignments that begin, with what each is for and where the person goes back to.

    `return_by`: `plan` where the plan names the post, else `home`: the post that was left.
    """
    for r in view.standing.line.plan.rotations:
        yield {
            **view.who(r.person),
            "kind": kind_of_move(view.ground.case, r.home, r.position),
            "from_position": r.home,
            **view.post(r.position),
            "start": r.start,
            "end": r.end,
            "purpose": r.purpose
            or joined(f"{view.gap(gap)} → {p}" for gap, p in closes(view.ground, r, _aims(view, r.person)))
            or "fills_vacancy",
            "return_to": r.return_to or r.home,
            "return_by": "plan" if r.return_to else "home" if r.home else None,
        }


def closes(ground: Ground, rotation: Rotation, aims: Iterable[PositionId]) -> Iterator[tuple[Gap, PositionId]]:
    """The months elsewhere that the posts ask for and that the rotation gives, each with its post."""
    for position in aims:
        for gap in ground.demands(position, "appoint"):
            complete = months_by_rotation(ground, gap, rotation.start)
            if complete is not None and ground.closed_on(rotation.person, gap) > complete:
                yield gap, position


def worded_rotations(view: View, language: Language) -> Iterator[Row]:
    """The rows of `rotations` with the posts and what each closes in words."""
    words, posts = PaperWords(view.standing, language), view.ground.case.post_names
    for r, row in zip(view.standing.line.plan.rotations, rotations(view), strict=True):
        found = [] if r.purpose else list(closes(view.ground, r, _aims(view, r.person)))
        said = several(words.tr("text.closes_demand", level=words.level(gap), post=posts[p]) for gap, p in found)
        yield {
            **row,
            "from_position": posts.get(r.home) if r.home else None,
            "purpose": said or row["purpose"],
            "return_to": posts.get(row["return_to"]) if row["return_to"] else None,
        }


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
            **view.suitability(a.person, a.position),
        }


def successors(view: View) -> Iterator[Row]:
    """The designated successor of each post that wants one, or why there is none."""
    for s in view.standing.line.plan.successors:
        yield {
            **view.post(s.position),
            "wanted_by": s.wanted_by,
            **view.who(s.person),
            **(view.suitability(s.person, s.position) if s.person else {}),
            "why_none": None if s.person else why_none(view, s.position, s.wanted_by),
        }


def why_none(view: View, position: PositionId, day: dt.date) -> str:
    """`nobody_listed`, `nobody_ready`, `relatives` (they keep out every ready name), or `all_counted_elsewhere`: every
    ready name is wanted for another post."""
    if not view.standing.listed(position, day):
        return "nobody_listed"
    if not view.standing.ready_names(position, day):
        return "nobody_ready"
    return "all_counted_elsewhere" if view.standing.appointable_names(position, day) else "relatives"


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
    """People whose rotation or assignment ends within the horizon and for whom nothing is planned after it, and those
    who were promised a post after it and do not get that one (`promise_broken`)."""
    standing, ground = view.standing, view.ground
    broken = {promise.person for promise in broken_promises(standing)}
    ends = [
        (r.person, r.position, r.end, r.return_to or r.home, kind_of_move(ground.case, r.home, r.position))
        for r in standing.line.plan.rotations
    ]
    moved = {r[0] for r in ends}
    kind: MoveKind = "rotation"
    ends += [
        (now.person, now.position, now.end, now.return_to, kind)
        for now in ground.rotations_now.values()
        if now.end is not None and now.person not in moved
    ]
    for person, position, end, return_to, kind in sorted(ends, key=lambda e: (e[2], e[0])):
        planned = any(a.judged_on >= end for a in standing.line.appointments.get(person, ()))
        planned = planned and person not in broken
        if end <= ground.horizon.until and standing.line.in_service(person, end) and not planned:
            why = "promise_broken" if person in broken else f"{kind}_ended"
            yield {**view.who(person), **view.post(position), "from_day": end, "why": why, "return_to": return_to}
