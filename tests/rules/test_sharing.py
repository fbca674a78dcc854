"""What rules say of posts that they see alike is judged once: the verdicts are those of each post judged by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.edits.load import load
from planner.files.content import shipped
from planner.rules.base import STAGES, Stage
from planner.verify.judge import status_quo_of
from tests.twins.universe import Universe, World, case_of, entry, person, post


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "train"])
def test_shared_verdicts_of_the_department_are_those_of_each_post(stage: Stage) -> None:
    quo = status_quo_of(load(shipped("scenarios") / "department" / "scenario.yaml"))
    ground, bound = quo.ground, quo.bound
    days = [ground.horizon.as_of, dt.date(2026, 6, 15), dt.date(2028, 7, 1)]
    refused = 0
    for position in ground.listable:
        for name in list(ground.case.person)[::3]:
            for day in days:
                verdicts = (rule.allows(name, position, stage, day) for rule in bound.personal)
                alone = next((v for v in verdicts if not v.ok), None)
                shared = bound.allows(name, position, stage, day)
                expected = (True, None) if alone is None else (False, alone.rule)
                assert (shared.ok, shared.rule) == expected, (name, position, day)
                refused += not shared.ok
    assert refused > 1000


def test_a_post_that_an_exemption_names_shares_with_no_other() -> None:
    # Both posts are alike but for the exemption of A at P.
    case = case_of(
        [person("A", rank="HEAD")],
        positions=[post("Q"), post("P"), post("R")],
        exemptions=[
            {"rule": "upward_only", "subject": "A+P", "authority": "province", "reason": "r", "decided": "2025-01-01"}
        ],
    )
    world = World(Universe("exempt", case, (entry("upward_only", waived_by="province"),), ()))
    day = world.as_of
    assert {p: world.bound.allows("A", p, "appoint", day).ok for p in "QPR"} == {"Q": False, "P": True, "R": False}
