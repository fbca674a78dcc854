"""The base list: everyone who qualifies for a position, or will, with what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.domain.ids import PersonId, PositionId
from planner.exporters.view import Row, View, joined, known, yes
from planner.standing import Standing
from planner.timeline.ground import NEVER

COLUMNS = (
    "position", "position_title", "unit", "person", "person_name", "source", "plannable", "plannable_on", "ready_on",
    "failed_rules", "gaps", "proposed",
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Everyone plannable on the day of the round (else `as_of`), or ready at some time of the horizon."""
    ground, standing = view.ground, view.standing
    starts = [ground.horizon.start(t) for t in ground.horizon.periods]
    for position in ground.listable:
        plan_day, proposed = ground.plan_day(position), _proposed(standing, position)
        for person in ground.case.person:
            if position in ground.held[person]:
                continue
            plannable = standing.plannable(person, position, plan_day)
            ready = ready_on(standing, person, position, starts)
            if plannable or ready is not None or person in proposed:
                yield {
                    **view.post(position),
                    **view.who(person),
                    "source": "in_house" if _in_house(view, person, position) else "elsewhere",
                    "plannable": yes(plannable),
                    "plannable_on": plan_day,
                    "ready_on": ready,
                    "failed_rules": joined(_failed(standing, person, position, plan_day)),
                    "gaps": joined(_gaps(view, person, position)),
                    "proposed": yes(person in proposed),
                }


def ready_on(standing: Standing, person: PersonId, position: PositionId, starts: list[dt.date]) -> dt.date | None:
    """The first day of the horizon on which the person could take over, with what the plan does; None if never.

    A no of a rule lasts until the day on which it clears, or the rule ends; where no such day is told no later day
    is tried. So almost every pair costs one look.
    """
    ground, line = standing.ground, standing.line
    day = max([ground.horizon.as_of, *(line.closed_on(person, g) for g in ground.demands(position, "appoint"))])
    ends = {r.id: r.entry.until for r in standing.bound.personal}
    while day <= ground.horizon.until and line.in_service(person, day):
        verdict = standing.bound.allows(person, position, "appoint", day)
        if verdict.ok:
            if standing.ready(person, position, day):
                return day
            following = next((s for s in starts if s > day), NEVER)  # away, or risen
        else:
            until = ends.get(verdict.rule or "")
            later = [d for d in (verdict.clears_on, until and until + dt.timedelta(days=1)) if d and d > day]
            following = min(later, default=NEVER)
        day = following
    return None


def _proposed(standing: Standing, position: PositionId) -> set[PersonId]:
    """The names of the list after the round; where no list is kept, those the plan counts on."""
    if position in standing.ground.decided_round or not standing.ground.everyone_is_listed:
        return set(standing.names_on(position, standing.ground.horizon.until))
    plan = standing.line.plan
    named = {s.person for s in plan.successors if s.position == position and s.person is not None}
    return named | {a.person for a in plan.appointments if a.position == position}


def _failed(standing: Standing, person: PersonId, position: PositionId, plan_day: dt.date) -> Iterator[str]:
    """Rules that say no to the list on its day, or to taking over on the day for which a successor is wanted."""
    wanted = standing.expected.wanted_by.get(position, plan_day)
    found = [v.rule for v in standing.bound.refusals(person, position, "plan", plan_day)]
    found += [v.rule for v in standing.bound.refusals(person, position, "appoint", wanted)]
    yield from dict.fromkeys(rule for rule in found if rule is not None)


def _gaps(view: View, person: PersonId, position: PositionId) -> Iterator[str]:
    """Demands that are open at `as_of`, each with the day on which the plan, or time, closes it."""
    for gap in view.ground.demands(position, "appoint"):
        closed = view.standing.line.closed_on(person, gap)
        if closed > view.ground.horizon.as_of:
            day = known(closed)
            yield view.gap(gap) + (f" ({day.isoformat()})" if day else "")


def _in_house(view: View, person: PersonId, position: PositionId) -> bool:
    """Of the post's unit, of one below it, or of the leadership above it."""
    ground = view.ground
    unit = ground.case.position[position].unit_id
    own = {row.unit_id for row in ground.present_rows(person)} | {ground.case.person[person].unit_id}
    own |= {ground.case.position[p].unit_id for p in ground.held[person]}
    return any(unit in ground.unit_and_above(u) or u in ground.unit_and_above(unit) for u in own if u)
