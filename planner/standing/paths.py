"""The path of every listed person to the post: what is missing, what closes it and when, or why nothing does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from planner.domain.case import Need
from planner.domain.dates import add_months
from planner.domain.ids import CompetencyId, PersonId, PositionId, SessionId
from planner.standing.base_list import BaseList
from planner.standing.gaps import Gaps, OpenGap
from planner.standing.places import Against, Offer, Places
from planner.standing.refusals import Refusal
from planner.standing.standing import Standing
from planner.timeline import Expected, Ground
from planner.timeline.ground import Gap

MONTHS_IN_POST = 12
"""Whom a path is for serves so long, at least, after the post is expected to fall free and after the course."""

State = Literal["ready", "takes_over", "closes", "waits", "open"]
"""Of a line: nothing is missing; the plan appoints the person to the post; the demand is met on a day; a rule says no
until a day; nothing in the plan meets it."""

Why = Literal[
    "no_course", "no_session", "no_free_place", "class", "conditions", "leaves", "same_time", "away", "leaders_away",
    "too_late", "leaves_first", "gate", "appointed", "new_name", "advised", "not_due", "after_needed", "weighed",
    "needs_rotation", "needs_service", "rule",
]  # fmt: skip
"""Why nothing meets a demand.

`no_course`, `no_session`: none grants it at all, or within the horizon. `no_free_place`: those that the person could
attend are full; `class`: too few others attend. `conditions`: the person does not meet what the classes ask;
`leaves`: is gone by their end; `same_time`: attends another; `away`, `leaders_away`: may not be away full-time then.
Else a place is free and the plan does not give it. `too_late`: the class ends less than `MONTHS_IN_POST` before the
person goes. `leaves_first`: the person goes before, or so soon after, the post is expected to fall free. `gate`: is not
proposed. `appointed`: the plan appoints the person to another post. `new_name`: nobody nominated the name that this
round adds. `advised`: a rule that is a wish advises against it. `not_due`: who comes to a post has time for it
until after the horizon. `after_needed`: it ends after the day on which the post
needs a successor, and other goals weigh more; `weighed`: they weigh more, or none asks for it.
`needs_rotation`, `needs_service`: months that only a move would give. `rule`: a rule says no.
"""

_OF: Mapping[Against, Why] = {
    "leaves": "leaves",
    "prerequisite": "conditions",
    "allotted": "conditions",
    "admits": "conditions",
    "rule": "conditions",
    "decided": "conditions",
    "same_day": "same_time",
    "takes_over": "away",
    "rotates": "away",
    "acts": "away",
    "successor": "away",
    "leaders_away": "leaders_away",
    "class": "class",
    "full": "no_free_place",
}
_NEAREST: Sequence[Why] = (
    "class", "no_free_place", "leaders_away", "same_time", "away", "conditions", "leaves",
)  # fmt: skip
"""Of classes with different reasons the nearest to being possible gives the reason of the line."""


@dataclass(frozen=True)
class Step:
    """One line of a path: a name of a list with one demand that is missing, or with none.

    `needed_by`: the day for which the post wants a successor. `on`: the day on which the demand is met, on which a rule
    says no no more, on which the person takes over, or since which the person is ready. `place`: the free place that
    the plan does not give, if that is the reason. `offers`: the classes that grant it, and what stands against them.
    """

    position: PositionId
    person: PersonId
    needed_by: dt.date | None
    state: State
    gap: OpenGap | None = None
    refusal: Refusal | None = None
    on: dt.date | None = None
    why: Why | None = None
    place: Offer | None = None
    own: bool = False
    """Of a post that the person holds or comes to, not of a list."""
    offers: tuple[Offer, ...] = ()

    @property
    def in_time(self) -> bool | None:
        """Whether it is met by the day on which the post needs somebody; None where either day is not known."""
        return None if self.on is None or self.needed_by is None else self.on <= self.needed_by


class Paths:
    """The paths of a standing. What many names share is found once."""

    def __init__(self, standing: Standing, base_list: BaseList | None = None) -> None:
        self.standing, self.line, self.ground = standing, standing.line, standing.ground
        self.places = Places(standing)
        self.base_list = BaseList(standing) if base_list is None else base_list
        self._gaps: Gaps = self.base_list.gaps
        self._new = {(e.person, e.position) for e in self.line.plan.pools if e.status == "add"}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every name of every list once the rounds are decided: posts as the case has them, better suited first."""
        return tuple(self._steps())

    @cached_property
    def of_person(self) -> Mapping[PersonId, list[Step]]:
        """The same by person."""
        found: dict[PersonId, list[Step]] = {}
        for step in self.steps:
            found.setdefault(step.person, []).append(step)
        return found

    def _steps(self) -> Iterator[Step]:
        ground = self.ground
        if ground.everyone_is_listed:
            return
        for position in ground.listable:
            names = self.line.list_in_force(position, dt.date.max)
            for person in sorted(names, key=lambda i: (-ground.suitability.of(i, position), i)):
                yield from self.of(person, position)

    def of(self, person: PersonId, position: PositionId) -> Iterator[Step]:
        """A line for each demand that is missing at `as_of`, else for each rule that says no, else one."""
        needed = self.standing.expected.wanted_by.get(position)
        gaps = self._gaps.of(person, position, "appoint")
        for gap in gaps:
            yield self.step(person, position, gap)
        if gaps:
            return
        taking = next((a for a in self.line.appointments.get(person, ()) if a.position == position), None)
        if taking is not None:
            yield Step(position, person, needed, "takes_over", on=taking.on)
            return
        ready = self.base_list.ready_on(person, position)
        if ready is not None and (needed is None or ready <= needed):
            yield Step(position, person, needed, "ready", on=ready)
            return
        refusals = [r for r in self.base_list.refusals(person, position) if r.stage == "appoint"]
        for refusal in refusals:
            clears = refusal.clears_on
            why: Why | None = None if clears is not None else "rule"
            state: State = "open" if clears is None else "waits"
            yield Step(position, person, needed, state, refusal=refusal, on=clears, why=why)
        if not refusals:
            state = "open" if ready is None else "ready"
            yield Step(position, person, needed, state, on=ready, why=self._not_ready(person, position, ready))

    def debts(self, person: PersonId) -> Iterator[Step]:
        """What the person lacks for the post held, and for those that the plan appoints to: also after taking over."""
        ground = self.ground
        home = ground.home[person]
        posts = [home] if home is not None else []
        posts += [a.position for a in self.line.appointments.get(person, ())]
        for position in dict.fromkeys(posts):
            highest: dict[CompetencyId, int] = {}
            for cell in ground.cells(position, "plan", "appoint", "after_appoint"):
                level = ground.content.level(Need(cell.competency, cell.level))
                highest[cell.competency] = max(level, highest.get(cell.competency, 0))
            rank = ground.case.position[position].rank
            for gap in (Gap(competency, level) for competency, level in highest.items()):
                if self.line.closed_on(person, gap) > ground.horizon.as_of:
                    yield self.step(person, position, self._gaps.open(person, rank, gap), own=True)

    def _not_ready(self, person: PersonId, position: PositionId, ready: dt.date | None) -> Why | None:
        """Why somebody who lacks nothing is never ready: gone, appointed elsewhere, or away."""
        if ready is not None:
            return None
        if any(a.position != position for a in self.line.appointments.get(person, ())):
            return "appointed"
        needed = self.standing.expected.wanted_by.get(position, self.ground.horizon.as_of)
        return "away" if self.standing.expected.serves_from(person, needed) else "leaves"

    def step(self, person: PersonId, position: PositionId, gap: OpenGap, own: bool = False) -> Step:
        """The line of one demand; `own`: of a post that the person holds or comes to, not of a list."""
        needed = None if own else self.standing.expected.wanted_by.get(position)
        line = Step(position, person, needed, "open", gap, own=own)
        if gap.is_settled:
            return replace(line, state="closes", on=gap.on)
        if gap.by in ("wanted_rotation", "wanted_service"):
            return replace(line, why="needs_rotation" if gap.by == "wanted_rotation" else "needs_service")
        offers = self.places.offers(person, gap.gap)
        if not offers:
            return replace(line, why="no_course" if gap.by == "open" else "no_session")
        free = [offer for offer in offers if offer.is_free]
        if free:
            why, place = self._not_given(line, free)
            return replace(line, why=why, place=place, offers=offers)
        reasons = {of_offer(offer) for offer in offers}
        return replace(line, why=next(reason for reason in _NEAREST if reason in reasons), offers=offers)

    def _not_given(self, step: Step, free: Sequence[Offer]) -> tuple[Why, Offer]:
        """Why the plan gives the person none of the free places, and the one that the reason speaks of."""
        person, position = step.person, step.position
        ground, expected = self.ground, self.standing.expected
        if any(a.position != position for a in self.line.appointments.get(person, ())):
            return "appointed", free[0]
        if not step.own:
            unwished = not_wished(ground, expected, person, position)
            if unwished in ("gate", "leaves_first") or (unwished and (person, position) in self._new):
                return unwished, free[0]
        last = add_months(expected.last_day(person), -MONTHS_IN_POST)
        in_time = [offer for offer in free if self._end(offer.session) <= last]
        if not in_time:
            return "too_late", free[0]
        unopposed = [offer for offer in in_time if offer.advice is None]
        if not unopposed:
            return "advised", in_time[0]
        needed = step.needed_by
        if step.own and self._is_due_later(step):
            return "not_due", unopposed[0]
        if needed is not None and all(self._end(offer.session) > needed for offer in unopposed):
            return "after_needed", unopposed[0]
        return "weighed", unopposed[0]

    def _is_due_later(self, step: Step) -> bool:
        """Whether the standard wants it of who comes to the post only after the horizon."""
        ground, wanted = self.ground, step.gap
        days = [a.judged_on for a in self.line.appointments.get(step.person, ()) if a.position == step.position]
        if not days or wanted is None:
            return False
        cells = ground.cells(step.position, "after_appoint")
        months = [
            cell.grace_months
            for cell in cells
            if cell.competency == wanted.gap.competency
            and ground.content.level(Need(cell.competency, cell.level)) == wanted.gap.level
        ]
        return bool(months) and add_months(days[0], min(months)) > ground.horizon.until

    def why_of(self, step: Step, offer: Offer) -> Why:
        """Why the person has no place of one class that would meet the demand of the line."""
        against = of_offer(offer)
        return against or self._not_given(step, [offer])[0]

    def _end(self, session: SessionId) -> dt.date:
        return self.ground.session_end(session)


def of_offer(offer: Offer) -> Why | None:
    """The reason of one class; None where its place is free."""
    return None if offer.against is None else _OF[offer.against]


def not_wished(ground: Ground, expected: Expected, person: PersonId, position: PositionId) -> Why | None:
    """Why goal `pipeline` wishes no path of the person to the post; None where it does.

    It wishes one of those in the list in force at `as_of` and of those nominated, of whom no gate stops any, who serve
    for `MONTHS_IN_POST` after the post is expected to fall free.
    """
    if ground.suitability.gate_of(person) is not None:
        return "gate"
    opens = expected.opens_on.get(position)
    if opens is None or expected.last_day(person) < add_months(opens, MONTHS_IN_POST):
        return "leaves_first"
    known = ground.old_lists[position]
    nominated = ground.nominated_for.get(position, frozenset())
    return None if person in known or person in nominated else "new_name"


def leaves_a_post(ground: Ground, person: PersonId, session: str) -> bool | None:
    """Whether somebody whom the place takes out of a post of the case full-time leads a unit there; None where it does
    not."""
    home = ground.home[person]
    if home is None or ground.course_of(session).mode != "full":  # type: ignore[arg-type]
        return None
    return bool(ground.case.position[home].head)
