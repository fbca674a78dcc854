"""The plan without decisions: who leaves, and which names fall out of their lists at the round."""

import datetime as dt

from planner.domain.dates import add_months
from planner.domain.horizon import end_of_half
from planner.domain.plan import Departure, Plan
from planner.rules.registry import Bound
from planner.standing.lists import list_entries, removal_cause
from planner.standing.standing import Standing
from planner.timeline import Ground, Timeline
from planner.timeline.departures import first_of_each, recorded
from planner.timeline.expected import Expected


def expected_departures(ground: Ground, bound: Bound, ahead: dt.date | None = None) -> tuple[Departure, ...]:
    """Who leaves for good, on the first day out of service, as far ahead as anything of a plan is judged, or `ahead`.

    That is beyond the horizon where a rotation may run on, a class ends, a successor is wanted or a round is held.

    Retirement by birth date, decisions `leaves`, listed vacancies of single holders, the end of terms. A decision
    `stays` takes back what falls on or after its `from`, up to its `until`.
    """
    judged = [add_months(ground.horizon.until, bound.longest_rotation)]
    judged += [ground.last_known_day(s.session_id) for s in ground.case.sessions]
    judged += [end_of_half(p.needed_by) for p in ground.case.positions if p.needed_by is not None]
    judged += [r.approved_on for r in ground.decided_round.values()]
    judged += [ahead] if ahead is not None else []
    reach = max(judged)
    found = recorded(ground)
    for departure in bound.departures():
        found[departure.person].append(departure)
    departures = [first for first in first_of_each(ground, found).values() if first.on <= reach]
    return tuple(sorted(departures, key=lambda d: (d.person, d.on)))


def status_quo(ground: Ground, bound: Bound) -> Standing:
    """People leave on their dates, what is in progress ends on its own, and at the round failing names fall out."""
    expected = Expected(ground, expected_departures(ground, bound), bound.procedure)
    bare = Standing(Timeline(expected, Plan(departures=expected.departures)), bound)
    staying = {p: [i for i in ground.old_lists[p] if removal_cause(bare, i, p) is None] for p in ground.decided_round}
    plan = Plan(departures=expected.departures, pools=list_entries(bare, staying))
    return Standing(Timeline(expected, plan), bound)
