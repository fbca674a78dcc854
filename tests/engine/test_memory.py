"""The limit of memory: solvers that take too much are ended, and what was found stands."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner import api
from planner.cli.app import app
from planner.domain.errors import MemoryLimitError
from planner.domain.scenario import SolveSpec
from planner.engine import build, child, memory
from planner.engine.memory import GIB, Memory, resident
from planner.engine.model import build_program
from planner.engine.solvers_spec import MOST, workers_of
from planner.engine.tiers import solve
from planner.problem import Problem
from planner.verify.judge import judge, status_quo_of


@pytest.mark.parametrize("large", [False, True])
def test_without_room_for_a_solver_plan_and_bounds_still_stand(large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is ended while it still loads, or soon after."""
    monkeypatch.setattr(memory, "WATCH", 0.01)
    loaded = api.load("first-office")
    before = status_quo_of(loaded)
    problem, program = build(before)
    if large:
        problem = Problem(before, useful_only=True, most_moves=0)
        program = build_program(problem)
    room = 0.01 + (resident(None) or 0) / GIB
    spec = SolveSpec(seconds=20, memory=room)
    result = solve(problem, program, loaded.scenario.goals, spec)
    assert result.short_of_memory
    assert not result.interrupted
    assert judge(result.standing, before).accepted
    assert all(tier.bound <= tier.value for tier in result.tiers)


def test_only_the_largest_solver_is_ended() -> None:
    child.end()
    for one in child.borrowed(2):
        one.start()
    assert len(child.pids()) == 2
    guard = Memory((resident(None) or 0) / GIB)
    guard.look()
    assert guard.ended == 1
    child.end()
    assert child.pids() == []


def test_nothing_is_ended_within_the_limit() -> None:
    child.end()  # those of tests before
    child.borrowed(1)[0].start()
    guard = Memory(1000.0)
    guard.look()
    assert (guard.ended, guard.exceeded, len(child.pids())) == (0, False, 1)


def test_a_program_that_is_too_large_is_told_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(MemoryLimitError):
        build(status_quo_of(api.load("first-office")), 0.001)
    office = tmp_path / "office"
    shutil.copytree(Path(__file__).parents[2] / "scenarios" / "first-office", office)
    path = office / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("solve: {", "solve: {memory: 0.001, "), encoding="utf-8")
    done = CliRunner().invoke(app, ["run", str(path), "--out", str(tmp_path / "plan"), "--lang", "en"])
    assert done.exit_code == 5
    assert "More memory is needed" in done.output
    assert not (tmp_path / "plan").exists()


def test_without_room_and_without_any_plan_memory_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is decided in the department must be searched for: what is now is no plan."""
    monkeypatch.setattr(memory, "WATCH", 0.01)
    loaded = api.load("department")
    problem, program = build(status_quo_of(loaded))
    spec = SolveSpec(seconds=60, memory=0.01 + (resident(None) or 0) / GIB)
    with pytest.raises(MemoryLimitError):
        solve(problem, program, loaded.scenario.goals, spec)


@pytest.mark.parametrize(
    ("spec", "workers"), [(SolveSpec(work=10, workers=4), 1), (SolveSpec(workers=1), 1), (SolveSpec(workers=3), 3)]
)
def test_as_many_solvers_as_wished(spec: SolveSpec, workers: int) -> None:
    assert workers_of(spec) == workers
    assert 2 <= workers_of(SolveSpec()) <= MOST
