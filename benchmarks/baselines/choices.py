"""The decisions of a plan one by one, in the order in which they were taken, so that single ones can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.plan import Cover, Place, Rotation
from planner.rules.structure.decisions import binding, periods_bound
from planner.standing import Standing, removal_cause
from planner.structure.extract import make_plan
from planner.timeline import Expected, Ground
from planner.timeline.dating import Move, rotation

Kind = Literal["pool", "drop", "train", "rotate", "appoint", "cover", "designate"]

ANY = -1
"""The period of what has none: a name in a list, a training place, a designated successor."""


class Choice(NamedTuple):
    """One decision: `target` is a position, of a training place a session.

    `pool` puts a new name into a list, `drop` takes out one that could stay; a name in force stays without a choice.
    """

    kind: Kind
    person: PersonId
    target: str
    period: int = ANY


def keepable(status_quo: Standing) -> dict[PositionId, list[PersonId]]:
    """By decided list the names in force that nothing ends, rules, facts or decisions."""
    ground, decided = status_quo.ground, pins(status_quo.ground)
    return {
        p: [
            i
            for i in ground.old_lists[p]
            if removal_cause(status_quo, i, p) is None and not decided.refuses(Choice("pool", i, p))
        ]
        for p in ground.decided_round
    }


def ends_name(ground: Ground, expected: Expected, appointed: Choice, position: PositionId) -> bool:
    """Whether an appointment takes the person out of the list: before the round, to an equal or higher post."""
    post = PositionId(appointed.target)
    return (
        expected.delta(post, appointed.period) <= ground.plan_day(position)
        and ground.order(post) >= ground.order(position)
    )  # fmt: skip


def standing_of(
    status_quo: Standing, choices: Iterable[Choice], staying: Mapping[PositionId, Sequence[PersonId]]
) -> Standing:
    """The plan of these decisions, replayed. Judges nothing: the choices may break any rule.

    `staying` are the names in force that stay unless dropped (`keepable`); names that an appointment of the plan ends
    are left out.
    """
    names: dict[PositionId, dict[PersonId, None]] = {p: dict.fromkeys(people) for p, people in staying.items()}
    places: list[Place] = []
    rotations: list[Rotation] = []
    moves: dict[PersonId, Choice] = {}
    covers: list[Cover] = []
    designated: dict[PositionId, PersonId] = {}
    ground, expected, bound = status_quo.ground, status_quo.expected, status_quo.bound
    for choice in choices:
        kind, person, target, period = choice
        position = PositionId(target)
        if kind == "pool":
            names[position][person] = None
        elif kind == "drop":
            names[position].pop(person, None)
        elif kind == "train":
            places.append(Place(person=person, session=SessionId(target)))
        elif kind == "rotate":
            months = bound.rotation_months(position, ground.horizon.start(period)) or 0
            rotations.append(rotation(expected, person, position, period, months))
        elif kind == "appoint":
            moves[person] = choice
        elif kind == "cover":
            covers.append(Cover(person=person, position=position, period=period))
        else:
            designated[position] = person
    lists = {
        p: [i for i in people if i not in moves or not ends_name(ground, expected, moves[i], p)]
        for p, people in names.items()
    }
    appointments = [Move(m.person, PositionId(m.target), m.period) for m in moves.values()]
    return make_plan(status_quo, lists, places, rotations, appointments, covers, designated)


class Pins(NamedTuple):
    """Decided decisions of the case, sorted for those who plan by hand: they do not touch what is decided."""

    wanted: frozenset[Choice]
    """Names, places, rotations and covers that must be in the plan, appointments with each period that is allowed."""
    refused: frozenset[Choice]
    """What must not be in the plan; an appointment once for each period."""
    refused_everywhere: frozenset[tuple[Kind, PersonId]]
    """Persons who are not to be listed, trained or moved at all."""

    def refuses(self, choice: Choice) -> bool:
        return choice in self.refused or (choice.kind, choice.person) in self.refused_everywhere

    def appointment_of(self, person: PersonId) -> list[Choice]:
        """The appointments of a person of which one is decided."""
        return sorted(c for c in self.wanted if c.kind == "appoint" and c.person == person)


def pins(ground: Ground) -> Pins:
    """What is decided already."""
    wanted: set[Choice] = set()
    refused: set[Choice] = set()
    everywhere: set[tuple[Kind, PersonId]] = set()
    for decision in binding(ground):
        kind: Kind = decision.kind.removeprefix("not_")  # type: ignore[assignment]
        target = decision.session_id if kind == "train" else decision.position_id
        timed = kind in ("rotate", "appoint", "cover")
        periods = periods_bound(ground, decision) if timed else [ANY]
        if kind == "rotate" and not decision.kind.startswith("not_"):
            periods = periods[:1]  # a rotation with no day given begins at once
        into = refused if decision.kind.startswith("not_") else wanted
        if target is not None:
            into |= {Choice(kind, decision.person_id, target, t) for t in periods}
        elif into is refused:
            everywhere.add((kind, decision.person_id))
    return Pins(frozenset(wanted), frozenset(refused), frozenset(everywhere))
