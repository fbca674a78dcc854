"""The plan without decisions: who leaves, and which names fall out of their lists at the round."""

import datetime as dt
from collections import defaultdict

from planner.domain.case import Decision
from planner.domain.dates import add_months
from planner.domain.ids import PersonId
from planner.domain.plan import Departure, Plan
from planner.rules.registry import Bound
from planner.standing.lists import list_entries, removal_cause
from planner.standing.standing import Standing
from planner.timeline import Ground, Timeline
from planner.timeline.expected import Expected

_CAUSE_ORDER = ("leaves", "term_end", "vacancy", "closed", "retirement")


def expected_departures(ground: Ground, bound: Bound, ahead: dt.date | None = None) -> tuple[Departure, ...]:
    """Who leaves for good, on the first day out of service, as far ahead as anything of a plan is judged, or `ahead`.

    That is beyond the horizon where a rotation may run on, a class ends, a successor is wanted or a round is held.

    Retirement by birth date, decisions `leaves`, listed vacancies of single holders, the end of terms. A decision
    `stays` takes back what falls on or after its `from`, up to its `until`.
    """
    judged = [add_months(ground.horizon.until, bound.longest_rotation)]
    judged += [ground.session_end(s.session_id) for s in ground.case.sessions]
    judged += [p.needed_by for p in ground.case.positions if p.needed_by is not None]
    judged += [r.approved_on for r in ground.decided_round.values()]
    judged += [ahead] if ahead is not None else []
    reach = max(judged)
    found: defaultdict[PersonId, list[Departure]] = defaultdict(list)
    for person, row in ground.case.person.items():
        on = ground.content.retires_on(row)
        found[person].append(Departure(person=person, on=on, cause="retirement"))
    for departure in bound.departures():
        found[departure.person].append(departure)
    for vacancy in ground.case.vacancies:
        holders = ground.incumbents.get(vacancy.position_id, ())
        if len(holders) == 1 and vacancy.on > ground.horizon.as_of:
            found[holders[0]].append(Departure(person=holders[0], on=vacancy.on, cause="vacancy"))
    stays: dict[PersonId, list[Decision]] = defaultdict(list)
    for decision in ground.case.decisions:
        if decision.status != "decided":
            continue
        if decision.kind == "leaves":
            on = decision.from_ or ground.horizon.as_of
            found[decision.person_id].append(Departure(person=decision.person_id, on=on, cause="leaves"))
        elif decision.kind == "stays":
            stays[decision.person_id].append(decision)
    departures = []
    for person, candidates in found.items():
        kept = [d for d in candidates if not any(_taken_back(d, s) for s in stays[person])]
        for s in stays[person]:
            if s.until is not None and len(kept) < len(candidates):
                kept.append(Departure(person=person, on=s.until + dt.timedelta(days=1), cause="leaves"))
        first = min(kept, key=lambda d: (d.on, _CAUSE_ORDER.index(d.cause)), default=None)
        if first is not None and first.on <= reach:
            departures.append(first)
    return tuple(sorted(departures, key=lambda d: (d.person, d.on)))


def _taken_back(departure: Departure, stays: Decision) -> bool:
    from_ = stays.from_ or dt.date.min
    return from_ <= departure.on and (stays.until is None or departure.on <= stays.until)


def status_quo(ground: Ground, bound: Bound) -> Standing:
    """People leave on their dates, what is in progress ends on its own, and at the round failing names fall out."""
    expected = Expected(ground, expected_departures(ground, bound))
    bare = Standing(Timeline(expected, Plan(departures=expected.departures)), bound)
    staying = {p: [i for i in ground.old_lists[p] if removal_cause(bare, i, p) is None] for p in ground.decided_round}
    plan = Plan(departures=expected.departures, pools=list_entries(bare, staying))
    return Standing(Timeline(expected, plan), bound)
