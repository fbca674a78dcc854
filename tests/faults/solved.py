"""The department solved once for all tests of a run, and its plan taken apart into decisions that can be spoiled."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from planner import api
from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Cover, Place, Plan, Rotation
from planner.edits.load import load
from planner.problem import Problem
from planner.rules.base import Rule
from planner.standing import Standing
from planner.structure.extract import make_plan
from planner.timeline import replay
from planner.timeline.dating import Move
from planner.verify.judge import Judgement, claims, judge_plan, status_quo_of

SECONDS = 300
"""More than the scenario's 40, since the tests of a run share the machine; every goal is proved long before."""


def solve_once(folder: Path) -> Path:
    """The plan folder of the department below `folder`; whichever test process comes first solves it."""
    plan, lock = folder / "department", folder / "department.lock"
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        deadline = time.monotonic() + 2 * SECONDS
        while not (plan / "plan.json").exists():
            if time.monotonic() > deadline:
                raise TimeoutError("the process that solves the department has not written its plan") from None
            time.sleep(0.2)
        return plan
    api.run("department", plan, seconds=SECONDS)
    return plan


@dataclass(frozen=True)
class Decisions:
    """What a plan decides; the rest of a plan (days, causes, chains) follows."""

    names: dict[PositionId, list[PersonId]]
    places: list[Place]
    rotations: list[Rotation]
    moves: list[Move]
    covers: list[Cover]
    designated: dict[PositionId, PersonId]

    def but(self, **changed: object) -> "Decisions":
        return replace(self, **changed)  # type: ignore[arg-type]

    def listing(self, person: PersonId, position: PositionId) -> "Decisions":
        return self.but(names=self.names | {position: [*self.names.get(position, []), person]})

    def unlisting(self, person: PersonId, position: PositionId) -> "Decisions":
        return self.but(names=self.names | {position: [i for i in self.names[position] if i != person]})

    def appointing(self, person: PersonId, position: PositionId, period: int) -> "Decisions":
        return self.but(moves=[*self.moves, Move(person, position, period)])

    def training(self, person: PersonId, session: str) -> "Decisions":
        return self.but(places=[*self.places, Place(person=person, session=session)])  # type: ignore[arg-type]


@dataclass
class Department:
    """The solved department."""

    folder: Path
    before: Standing = field(init=False)
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        loaded = load(self.folder / "input" / "scenario.yaml")
        self.before = status_quo_of(loaded)
        self.goals = claims(loaded.scenario)
        self.plan = Plan.model_validate({k: v for k, v in self._json("plan.json").items() if k in Plan.model_fields})
        self.manifest = self._json("manifest.json")

    def _json(self, name: str) -> dict:  # type: ignore[type-arg]
        return json.loads((self.folder / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]

    @cached_property
    def problem(self) -> Problem:
        return Problem(self.before)

    @cached_property
    def standing(self) -> Standing:
        return Standing(replay(self.before.expected, self.plan), self.before.bound)

    @cached_property
    def decisions(self) -> Decisions:
        names: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
        for entry in self.plan.pools:
            if entry.status != "remove":
                names[entry.position].append(entry.person)
        return Decisions(
            dict(names),
            list(self.plan.training),
            list(self.plan.rotations),
            [Move(a.person, a.position, a.period) for a in self.plan.appointments],
            list(self.plan.covers),
            {s.position: s.person for s in self.plan.successors if s.person is not None},
        )

    def made(self, d: Decisions) -> Plan:
        """The plan of these decisions, with the claims of the plan that was solved."""
        standing = make_plan(self.before, d.names, d.places, d.rotations, d.moves, d.covers, d.designated)
        return standing.line.plan.model_copy(update={"goals": self.plan.goals})

    def judged(self, plan: Plan) -> Judgement:
        return judge_plan(plan, self.before, self.goals)

    def bound(self, name: str) -> Rule:
        """The first `must` entry of the rule class, else the first wish, that has not ended before the plan begins."""
        as_of = self.before.ground.horizon.as_of
        rules = [r for r in self.before.bound.rules if r.name == name and not r.ended_before(as_of)]
        return min(rules, key=lambda r: not r.is_must)

    def rule(self, name: str) -> str:
        """The id of the entry that names the rule class."""
        return self.bound(name).id


Spoiler = Callable[[Department], "list[Plan]"]
