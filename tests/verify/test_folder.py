"""A written plan is judged from its folder alone; whatever is changed in it is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.domain.errors import InputError

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return api.solve("first-office").write(tmp_path_factory.mktemp("plans") / "plan")


@pytest.fixture
def plan(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "plan"))


def change(file: Path, how: Change) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    how(data)
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def files_of(judgement: api.Judgement) -> set[str]:
    return {finding.file for finding in judgement.findings}


def test_a_written_plan_is_accepted_where_it_lies_alone(plan: Path) -> None:
    judgement = api.verify(plan)
    assert judgement.accepted
    assert judgement.whole
    assert {goal.goal for goal in judgement.goals} >= {"heads", "posts", "effort", "new_names"}


def test_a_plan_without_one_of_its_places_breaks_the_standard(plan: Path) -> None:
    # Dario cannot lead the Branch without advanced management.
    change(plan / "plan.json", lambda p: p["training"].remove({"person": "dario", "session": "ADV-2026"}))
    judgement = api.verify(plan)
    assert ("standard", frozenset({"dario", "branch"})) in {(v.rule, v.subjects) for v in judgement.new}
    assert "effort" in {g.goal for g in judgement.wrong_goals}
    assert {"training.csv", "manifest.json"} <= files_of(judgement)


@pytest.mark.parametrize(
    "how",
    [
        lambda p: p["goals"].update(heads=18),
        lambda p: p["goals"].pop("heads"),
        lambda p: p["departures"].pop(0),
        lambda p: p["pools"].pop(0),
        lambda p: p["successors"].pop(0),
        lambda p: p["rotations"][0].update(end="2027-06-30"),
        lambda p: p["appointments"][0].update(on="2026-12-31"),
        lambda p: p["appointments"][0].update(chain=9),
        lambda p: p["pools"][0].update(cause="because"),
    ],
)
def test_a_changed_plan_is_refused(plan: Path, how: Change) -> None:
    change(plan / "plan.json", how)
    assert not api.verify(plan).accepted


@pytest.mark.parametrize(
    "how",
    [
        lambda m: m["tiers"][0].update(bound=m["tiers"][0]["value"] + 1),
        lambda m: m["tiers"][0].update(gap=0.5),
        lambda m: m["tiers"][0]["values"].update(heads=1),
        lambda m: m.update(tiers="none"),
        lambda m: m.update(plan="0" * 64),
        lambda m: m["goal_weights"].update(empty=1),
        lambda m: m["tables_absent"].append("units"),
        lambda m: m["inputs"].clear(),
        lambda m: m.update(inputs=["a"]),
        lambda m: m.pop("scenario"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(plan: Path, how: Change) -> None:
    change(plan / "manifest.json", how)
    judgement = api.verify(plan)
    assert judgement.findings
    assert not judgement.new


def test_tables_that_differ_are_named(plan: Path) -> None:
    (plan / "pools.csv").write_text("nothing\n", encoding="utf-8")
    (plan / "coverage.csv").unlink()
    (plan / "mine.csv").write_text("a\n", encoding="utf-8")
    assert files_of(api.verify(plan)) == {"pools.csv", "coverage.csv", "mine.csv"}


def test_a_changed_input_is_refused_even_where_the_plan_would_hold(plan: Path) -> None:
    file = plan / "input" / "case" / "units.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Parks Team", "Parks team"), encoding="utf-8")
    assert "input/case/units.csv" in files_of(api.verify(plan))


def test_an_input_that_cannot_be_read_is_refused_with_what_is_wrong(plan: Path) -> None:
    (plan / "input" / "case" / "people.csv").write_text("person_id\n", encoding="utf-8")
    judgement = api.verify(plan)
    assert not judgement.accepted
    assert {"finding.changed_input", "finding.missing_column"} <= {f.code for f in judgement.findings}


def test_a_folder_without_a_plan_is_an_error_of_input(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        api.verify(tmp_path)
