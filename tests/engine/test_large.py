"""The order of work for large cases, on small ones: plans are lawful, and bounds hold against the proved optimum."""

import threading
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from planner import api
from planner.cli.app import app
from planner.domain.errors import NoPlanError
from planner.domain.scenario import SolveSpec
from planner.engine import Progress, build_program, child, solve
from planner.engine.result import figures
from planner.problem import Problem
from planner.verify.judge import judge, status_quo_of
from tests.hashing import said
from tests.structure.test_loose import world_of

OPTIMUM = {("heads",): 28, ("posts",): 1, ("keep", "nominations", "depth"): 12}
"""Of the department, proved by the search over all its moves (benchmarks/RESULTS.md)."""


@pytest.fixture(scope="module")
def department() -> api.Loaded:
    return api.load("department")


def solved(loaded: api.Loaded, spec: SolveSpec, stop: threading.Event | None = None, heard: list | None = None):  # type: ignore[no-untyped-def,type-arg]
    before = status_quo_of(loaded)
    problem = Problem(before, useful_only=True, most_moves=0)
    assert not problem.is_whole
    report = (lambda progress: None) if heard is None else heard.append
    return before, solve(problem, build_program(problem), loaded.scenario.goals, spec, report=report, stop=stop)


def test_a_plan_and_bounds_that_no_optimum_crosses(department: api.Loaded) -> None:
    """For 20 seconds, and until heads are better than in the status quo, however slow the machine is."""
    stop = threading.Event()
    heads_before = figures(status_quo_of(department), ("heads",))[0]["heads"]
    heard: list[Progress] = []

    class Heard(list):  # type: ignore[type-arg]
        def append(self, progress: Progress) -> None:
            heard.append(progress)
            reached = [one.value for one in heard if one.goals == ("heads",) and one.value is not None]
            if progress.seconds > 20 and min(reached) < heads_before:
                stop.set()

    before, result = solved(department, SolveSpec(seconds=240, gap=0.0), stop, Heard())
    assert judge(result.standing, before).accepted
    by_goals = {tier.goals: tier for tier in result.tiers}
    heads = by_goals["heads",]
    assert heads.value < heads_before
    assert heads.bound <= OPTIMUM["heads",] <= heads.value
    if heads.value == OPTIMUM["heads",]:  # only then the optimum of the next tier is a plan of this one
        posts = by_goals["posts",]
        assert posts.bound <= OPTIMUM["posts",] <= posts.value
    assert all(tier.bound <= tier.value for tier in result.tiers)
    ahead = [p for p, then in pairwise(heard) if p.goals == ("posts",) and then.goals == ("heads",)]
    assert ahead, "posts were bounded with heads"
    assert all(p.bound <= OPTIMUM["posts",] for p in ahead)
    assert {"relax", "done"} <= {progress.step for progress in heard}
    begun = 0
    for goals in by_goals:
        its_own = [progress for progress in heard[begun:] if progress.goals == goals]
        begun = heard.index(its_own[-1])  # before, what is known of it ahead of its turn
        told = [progress.value for progress in its_own if progress.step == "search"]
        assert told == sorted(told, reverse=True), "a goal was traded for one of a later tier"  # type: ignore[type-var]


def test_work_and_one_worker_give_the_same_plan_twice() -> None:
    loaded, spec = api.load("first-office"), SolveSpec(work=1, workers=1)
    first, second = (solved(loaded, spec)[1] for _ in range(2))
    assert [tier.values for tier in first.tiers] == [tier.values for tier in second.tiers]
    assert first.standing.line.plan == second.standing.line.plan


REPEATED = (
    "import sys; from planner import api; from planner.engine import build_program, solve\n"
    "from planner.domain.scenario import SolveSpec; from planner.problem import Problem\n"
    "from planner.verify.judge import status_quo_of\n"
    "if __name__ == '__main__':\n"
    "    loaded = api.load(sys.argv[1])\n"
    "    problem = Problem(status_quo_of(loaded), useful_only=True, most_moves=0)\n"
    "    spec = SolveSpec(work=1, workers=1)\n"
    "    found = solve(problem, build_program(problem), loaded.scenario.goals, spec)\n"
    "    print([(tier.value, tier.bound) for tier in found.tiers], found.standing.line.plan)\n"
)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_work_gives_the_same_plan_of_a_province_in_two_processes(tmp_path: Path) -> None:
    """Where sets of words come in another order."""
    script = tmp_path / "repeated.py"
    script.write_text(REPEATED, encoding="utf-8")
    order = ["generate", "province", "--posts", "40", "--people", "90", "--seed", "1", str(tmp_path / "case")]
    assert CliRunner().invoke(app, order).exit_code == 0
    first, second = (said([str(script), str(tmp_path / "case" / "scenario.yaml")], seed) for seed in (1, 2))
    assert "appointments" in first
    assert first == second


@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_solvers_live_than_workers(workers: int) -> None:
    child.end()  # those of tests before
    alive: list[int] = []
    loaded = api.load("first-office")
    noted = SimpleNamespace(append=lambda progress: alive.append(len(child.pids())))
    solved(loaded, SolveSpec(seconds=20, workers=workers), heard=noted)  # type: ignore[arg-type]
    assert max(alive) == workers


@pytest.mark.parametrize("seconds", [0.05, 3.0, *(pytest.param(s, marks=pytest.mark.long) for s in (1.0, 6.0))])
def test_stopped_after_the_first_plan_there_is_a_plan_with_a_bound(department: api.Loaded, seconds: float) -> None:
    stop = threading.Event()

    class Heard(list):  # type: ignore[type-arg]
        """Starts the clock with the first word."""

        def append(self, progress: Progress) -> None:
            if not self:
                threading.Timer(seconds, stop.set).start()
            super().append(progress)

    heard = Heard()
    before, result = solved(department, SolveSpec(seconds=60), stop, heard)
    assert result.interrupted
    assert judge(result.standing, before).accepted
    assert all(tier.bound <= tier.value for tier in result.tiers)


def test_what_is_decided_is_in_the_first_plan_too(department: api.Loaded) -> None:
    before = status_quo_of(department)
    decided = [d for d in before.ground.case.decisions if d.status == "decided" and d.kind == "train"]
    assert decided, "the case decides a place, so that the status quo is no plan"
    stop = threading.Event()

    class Heard(list):  # type: ignore[type-arg]
        """The first word comes after the first plan."""

        def append(self, progress: Progress) -> None:
            stop.set()

    _, result = solved(department, SolveSpec(seconds=120), stop, Heard())
    places = {(p.person, p.session) for p in result.standing.line.plan.training}
    assert {(d.person_id, d.session_id) for d in decided} <= places


def test_decisions_that_cannot_hold_together_are_told(department: api.Loaded) -> None:
    head = next(p.position_id for p in department.case.positions if p.head and p.rank == "DEPT_HEAD")
    loaded = api.what_if(department, ("pin", {"kind": "appoint", "person_id": "NV035", "position_id": head}))
    with pytest.raises(NoPlanError) as told:
        solved(loaded, SolveSpec(seconds=20))
    assert any("NV035" in member for member in told.value.conflict)


@pytest.mark.parametrize("number", [15, 16, 24])
def test_what_another_goal_has_reached_before_still_bounds_the_next(number: int) -> None:
    """Effort between heads and posts: with both weighed in one cost its row would be lost, posts bound by 26 or 20."""
    problem = Problem(world_of(number).quo, useful_only=True, most_moves=0)
    tiers = [("heads",), ("effort",), ("posts",)]
    spec = SolveSpec(seconds=60, gap=0.0)
    result = solve(problem, build_program(problem), tiers, spec, report=lambda progress: None)
    assert [(tier.value, tier.bound) for tier in result.tiers[:2]] == [(0, 0), (1, 1)]
    posts = result.tiers[2]
    assert posts.value == posts.bound == (32 if number == 24 else 30)
