"""Plans by hand over the acceptance cases, judged without any solver."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from planner import api
from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import Place, Plan
from planner.edits.load import Loaded
from planner.standing import Standing
from planner.structure.extract import make_plan
from planner.timeline import dating
from planner.timeline.dating import Move
from planner.verify import Judgement, judge, status_quo_of

CASES = Path(__file__).parents[1] / "cases"


class Bench(NamedTuple):
    """A case with its plan without decisions; `plan` gives a plan from decisions, `judge` its verdict."""

    loaded: Loaded
    before: Standing

    def plan(
        self,
        moves: Iterable[tuple[str, str, int]] = (),
        names: dict[str, list[str]] | None = None,
        places: Iterable[tuple[str, str]] = (),
        rotations: Iterable[tuple[str, str, int]] = (),
        designated: dict[str, str] | None = None,
    ) -> Standing:
        kept = {p: list(names) for _, p, names in self.before.line.lists()} | (names or {})
        expected, bound, horizon = self.before.expected, self.before.bound, self.before.ground.horizon
        away = [
            dating.rotation(expected, PersonId(i), PositionId(p), t, bound.rotation_months(p, horizon.start(t)) or 1)
            for i, p, t in rotations
        ]
        return make_plan(
            self.before,
            kept,
            [Place(person=i, session=s) for i, s in places],
            away,
            [Move(PersonId(i), PositionId(p), t) for i, p, t in moves],
            [],
            designated or {},
        )

    def judge(self, standing: Standing) -> Judgement:
        return judge(standing, self.before)

    def with_plan(self, standing: Standing, **changes: object) -> Plan:
        return standing.line.plan.model_copy(update=changes)


def bench(case: str, *edits: api.EditValues) -> Bench:
    loaded = api.load(CASES / case / "scenario.yaml")
    loaded = api.what_if(loaded, *edits) if edits else loaded
    return Bench(loaded, status_quo_of(loaded))


@pytest.fixture(scope="session")
def inherited_case() -> Bench:
    """Case 07: siblings A and B lead U1, three deputies B, C, D sit in the two seats of D1 until 2027."""
    return bench("07-inherited-breach")
