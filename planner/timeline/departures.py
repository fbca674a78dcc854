"""Who leaves for good by what the case records, and what a decision `stays` takes back of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from planner.domain.case import Decision
from planner.domain.dates import ONE_DAY
from planner.domain.ids import PersonId
from planner.domain.plan import Departure

if TYPE_CHECKING:
    from planner.timeline.ground import Ground

_CAUSE_ORDER = ("leaves", "term_end", "vacancy", "closed", "retirement")


def recorded(ground: Ground) -> dict[PersonId, list[Departure]]:
    """Of each person retirement by age, a listed vacancy of a single holder, and a decision `leaves`."""
    found = {i: [Departure(person=i, on=on, cause="retirement")] for i, on in ground.retires_on.items()}
    for vacancy in ground.case.vacancies:
        holders = ground.incumbents.get(vacancy.position_id, ())
        if len(holders) == 1 and vacancy.on > ground.horizon.as_of:
            found[holders[0]].append(Departure(person=holders[0], on=vacancy.on, cause="vacancy"))
    for decision in ground.case.decisions:
        if decision.status == "decided" and decision.kind == "leaves":
            on = decision.from_ or ground.horizon.as_of
            found[decision.person_id].append(Departure(person=decision.person_id, on=on, cause="leaves"))
    return found


def first_of_each(ground: Ground, found: Mapping[PersonId, Iterable[Departure]]) -> dict[PersonId, Departure]:
    """The first departure of each person that no decision `stays` takes back.

    Such a decision takes back what falls on or after its `from`, up to its `until`; after that the person leaves.
    """
    stays: defaultdict[PersonId, list[Decision]] = defaultdict(list)
    for decision in ground.case.decisions:
        if decision.status == "decided" and decision.kind == "stays":
            stays[decision.person_id].append(decision)
    first = {}
    for person, candidates in found.items():
        everything = list(candidates)
        kept = [d for d in everything if not any(_taken_back(d, s) for s in stays[person])]
        for s in stays[person]:
            if s.until is not None and len(kept) < len(everything):
                kept.append(Departure(person=person, on=s.until + ONE_DAY, cause="leaves"))
        if kept:
            first[person] = min(kept, key=lambda d: (d.on, _CAUSE_ORDER.index(d.cause)))
    return first


def _taken_back(departure: Departure, stays: Decision) -> bool:
    return (stays.from_ or dt.date.min) <= departure.on and (stays.until is None or departure.on <= stays.until)


def last_days(ground: Ground) -> dict[PersonId, dt.date]:
    """The first day out of service as rules count on it: by age, or sooner where a departure is recorded.

    Who stays beyond the age is not counted on for longer.
    """
    first = first_of_each(ground, recorded(ground))
    return {i: min(on, first[i].on) if i in first else on for i, on in ground.retires_on.items()}
