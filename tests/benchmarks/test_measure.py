"""What a process of the benchmarks measures, on the smallest cases."""

from pathlib import Path

import pytest

from benchmarks import measure
from benchmarks.family import Province
from benchmarks.measure import records
from benchmarks.record import ANEW, ENGINE, FROM_BEFORE

SMALLEST = Province(40, 170)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the province is generated, once for all tests."""
    return tmp_path_factory.mktemp("measured")


@pytest.fixture(autouse=True)
def no_yardstick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes as long as a run of these, and has tests of its own."""
    monkeypatch.setattr(measure, "yardstick", lambda: 1.234)


def test_a_run_of_the_engine_tells_times_sizes_and_bounds(tmp_path: Path) -> None:
    (found,) = records("first-office", ENGINE, 20.0, 1, tmp_path)
    assert [(tier.value, tier.bound) for tier in found.tiers[:3]] == [(19, 19), (0, 0), (3, 3)]
    assert found.size["posts"] == 8
    assert found.size["columns"] > 100
    assert found.parts["build"] > 0
    assert found.marks[-1].seconds <= found.took
    assert 0 < found.memory[0] < found.memory[1]
    assert found.shares["relax"] > 0
    assert found.unavoidable == {"heads": 9, "posts": 0}
    assert found.yardstick == 1.23


@pytest.mark.long
def test_a_what_if_is_measured_both_ways(folder: Path) -> None:
    before, anew = records(SMALLEST, FROM_BEFORE, 5.0, 1, folder)
    assert (before.who, anew.who) == (FROM_BEFORE, ANEW)
    assert before.before == anew.before
    assert before.changed.keys() == anew.changed.keys() == {"decisions", "names"}


def test_from_the_plan_of_before_no_more_is_changed_than_anew(folder: Path) -> None:
    """Where both are searched to their ends, however busy the machine is: the limit of seconds is far away."""
    before, anew = records("first-office/ben-leaves", FROM_BEFORE, 120.0, 1, folder)
    assert max(before.took, anew.took) < 120
    assert 0 < before.changed["decisions"] <= anew.changed["decisions"]


def test_a_baseline_is_judged(folder: Path) -> None:
    (found,) = records(SMALLEST, "greedy-fit", 5.0, 1, folder)
    assert found.lawful
    assert found.values["heads"] > 0
    assert found.tiers == ()
