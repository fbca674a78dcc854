"""The entries of the decided lists, with the true cause of each removal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import ListEntry

if TYPE_CHECKING:
    from planner.standing.standing import Standing


def removal_cause(standing: Standing, person: PersonId, position: PositionId) -> str | None:
    """Why a name in force may not stay in the list after its round; None where nothing forbids it.

    `leaves`, `appointed` (before the round to an equal or higher post), or `fails:` with the rule or `standard`.
    """
    ground, line = standing.ground, standing.line
    day = ground.plan_day(position)
    if not line.in_service(person, day):
        return "leaves"
    order = ground.order(position)
    if any(a.judged_on <= day and ground.order(a.position) >= order for a in line.appointments.get(person, ())):
        return "appointed"
    if position in ground.held[person]:
        return "fails:holder"
    verdict = standing.bound.allows(person, position, "plan", day)
    if not verdict.ok:
        return f"fails:{verdict.rule}"
    if not line.has_all(person, standing.bound.demands(person, position, "plan", day), day):
        return "fails:standard"
    return None


def list_entries(standing: Standing, names: Mapping[PositionId, Iterable[PersonId]]) -> tuple[ListEntry, ...]:
    """The entries of all decided lists, given who is in each after its round, with causes of removals.

    The standing's plan needs moves and places, not lists.
    """
    ground = standing.ground
    decided_out = {
        (d.person_id, d.position_id) for d in ground.case.decisions if d.kind == "not_pool" and d.status == "decided"
    }
    entries = []
    for position, round_ in ground.decided_round.items():
        after, before = set(names.get(position, ())), set(ground.old_lists[position])
        for person in sorted(after | before):
            cause = None
            if person in after:
                status = "keep" if person in before else "add"
            else:
                status = "remove"
                cause = removal_cause(standing, person, position)
                if cause is None:
                    cause = "decided" if (person, position) in decided_out else "replaced"
            entries.append(
                ListEntry(
                    position=position,
                    person=person,
                    round=round_.round_id,
                    on=round_.approved_on,
                    status=status,
                    cause=cause,
                )
            )
    return tuple(sorted(entries, key=lambda e: (e.on, e.position, e.person)))
