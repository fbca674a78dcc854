"""From whole column values back to the plan: events with their days, lists with causes, successors."""

from __future__ import annotations

from collections import defaultdict

from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Cover, Place, Plan, Rotation, Successor
from planner.problem import Problem
from planner.program import Program
from planner.program.arrays import Floats
from planner.standing import Standing
from planner.timeline import Timeline, dating
from planner.timeline.dating import Move, dated

HALF = 0.5


def extract(problem: Problem, program: Program, values: Floats) -> Standing:
    """The plan that the columns describe, replayed. Only decision columns are read; all else follows."""
    names: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
    places, moves, covers, rotations = [], [], [], []
    designated: dict[PositionId, PersonId] = {}
    expected, bound = problem.expected, problem.bound
    for column in (values > HALF).nonzero()[0]:
        kind, *key = program.keys[column]
        if kind == "x":
            names[key[1]].append(key[0])  # type: ignore[index,arg-type]
        elif kind == "u":
            places.append(Place(person=key[0], session=key[1]))
        elif kind == "a":
            moves.append(Move(*key))  # type: ignore[arg-type]
        elif kind == "k":
            covers.append(Cover(person=key[0], position=key[1], period=key[2]))
        elif kind == "g":
            designated[key[1]] = key[0]  # type: ignore[index,assignment]
        elif kind == "v":
            person, position, period = key
            months = bound.rotation_months(position, problem.ground.horizon.start(period))  # type: ignore[arg-type]
            assert months is not None
            rotations.append(dating.rotation(expected, person, position, period, months))  # type: ignore[arg-type]
    return make_plan(problem.status_quo, names, places, rotations, moves, covers, designated)


def make_plan(
    status_quo: Standing,
    names: dict[PositionId, list[PersonId]],
    places: list[Place],
    rotations: list[Rotation],
    moves: list[Move],
    covers: list[Cover],
    designated: dict[PositionId, PersonId],
) -> Standing:
    """A plan from its decisions: appointments get their days and chains, lists their entries and causes."""
    ground, expected, bound = status_quo.ground, status_quo.expected, status_quo.bound
    rotations = sorted(rotations, key=lambda r: (r.person, r.period, r.position))
    plan = Plan(
        departures=expected.departures,
        training=tuple(sorted(places, key=lambda p: (p.session, p.person))),
        rotations=tuple(rotations),
        appointments=dated(expected, moves, rotations),
        covers=tuple(sorted(covers, key=lambda c: (c.period, c.position, c.person))),
        successors=tuple(
            Successor(position=p, wanted_by=expected.wanted_by[p], person=designated.get(p))
            for p in sorted(ground.full_time)
            if ground.case.position[p].successors >= 1
        ),
    )
    bare = Standing(Timeline(expected, plan), bound)
    plan = plan.model_copy(
        update={
            "pools": bare.list_entries(names),
            "rotations": tuple(r.model_copy(update={"return_to": _return_to(bare.line, r)}) for r in rotations),
        }
    )
    return Standing(Timeline(expected, plan), bound)


def _return_to(line: Timeline, rotation: Rotation) -> PositionId | None:
    """Where the person goes after the rotation: to the post to which the plan appoints then, else home if a seat is
    free there; None where nothing is known, which is told (`rotation_return`)."""
    for appointment in line.appointments.get(rotation.person, ()):
        if appointment.judged_on >= rotation.end:
            return appointment.position
    home, day = rotation.home, min(rotation.end, line.ground.horizon.until)
    if home is None or len(line.holders(home, day)) >= line.ground.seats.get(home, 0):
        return None
    return home
