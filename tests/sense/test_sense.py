"""Situations in which any head would decide the same way: the program decides so too, whatever the order of rows.

`situations/` is given: what a situation expects is never changed. `facts.py`, given as well, reads a written plan and
knows nothing of the product. Most situations come with a mirror, in which the two people are exchanged. `own/` is ours:
all but `P-no-new-list-for-who-is-appointed` were written from practice before the program was run on them.
"""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from planner.cli.app import app
from tests.sense.facts import Plan

GIVEN = Path(__file__).parent / "situations"
OWN = Path(__file__).parent / "own"
LATE = pytest.mark.xfail(
    strict=True,
    reason="who becomes ready within a half-year is appointed in the next (acceptance cases, decision 4)",
)
TOO_LATE = {
    "C-acting-until-the-programme-ends",
    "C-acting-until-the-programme-ends-mirror",
    "P-year-plan-of-a-department",
}
"""The right person comes in these, and months later than a head would have it."""
SITUATIONS = [
    pytest.param(situation, id=situation.name, marks=(LATE,) if situation.name in TOO_LATE else ())
    for situation in sorted(p.parent for folder in (GIVEN, OWN) for p in folder.glob("*/expected.yaml"))
]
SEEDS = (2, 3, 4)


def decided_wrongly(situation: Path, out: Path) -> list[str]:
    """The facts of the situation that do not hold in the plan that the program writes; none where some way holds."""
    expected = YAML(typ="safe", pure=True).load((situation / "expected.yaml").read_text("utf-8"))
    out.mkdir()
    wrong: list[str] = []
    if "any_of" in expected:
        CliRunner().invoke(app, ["run", str(situation / "scenario.yaml"), "--out", str(out / "plan")])
    plan = Plan(situation, out / "plan")
    if "check" in expected or any("check" in block for block in expected.get("any_of", [])):
        checked = CliRunner().invoke(app, ["check", str(situation / "scenario.yaml")])
        (out / "check.txt").write_text(checked.output, "utf-8")
        (out / "check.rc").write_text(str(checked.exit_code))
    if "check" in expected:
        wrong += plan.failed({"check": expected["check"]})
    ways = [plan.failed(block) for block in expected.get("any_of", [])]
    if ways and all(ways):
        wrong += [f"way {n}: {text}" for n, way in enumerate(ways, 1) for text in way]
    return wrong


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_decision_is_the_one_that_any_head_takes(situation: Path, tmp_path: Path) -> None:
    assert decided_wrongly(situation, tmp_path / "out") == []


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_neither_the_seed_nor_the_order_of_rows_decides(situation: Path, seed: int, tmp_path: Path) -> None:
    other = tmp_path / "situation"
    shutil.copytree(situation, other)
    scenario = other / "scenario.yaml"
    text = scenario.read_text("utf-8")
    assert "seed: 1," in text
    scenario.write_text(text.replace("seed: 1,", f"seed: {seed},"), "utf-8")
    rng = random.Random(seed)
    for table in sorted((other / "case").glob("*.csv")):
        with table.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = list(csv.reader(file))
        rng.shuffle(rows)
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
    assert decided_wrongly(other, tmp_path / "out") == []
