"""The order of work for large cases, on small ones: plans are lawful, and bounds hold against the proved optimum."""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from planner import api
from planner.domain.collector import collector_at_rest
from planner.domain.errors import LimitError, NoPlanError
from planner.domain.scenario import SolveSpec
from planner.engine import Progress, build, build_program, large_relax, large_run, large_search, large_tier, solve
from planner.engine.child import Child
from planner.engine.memory import Memory
from planner.engine.model import build_named
from planner.engine.relaxing import BOUND_WEIGHT, Relaxation
from planner.engine.result import figures
from planner.engine.solvers_spec import Relaxed
from planner.engine.space import Space
from planner.problem import Named, Problem
from planner.problem import moves as moves_of_problem
from planner.program import go_on
from planner.program import program as program_of_rows
from planner.program.arrays import Bools, Floats
from planner.verify.judge import judge, status_quo_of
from tests.structure.test_loose import world_of

OPTIMUM = {("heads",): 29, ("posts",): 5, ("keep", "depth"): 9}
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


def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, str]]:
    """What the children are told to do from now on, in order: by connection, the function."""
    calls: list[tuple[object, str]] = []
    begin = Child.begin

    def noted(child: Child, function: str, arguments: tuple[Any, ...]) -> None:
        begin(child, function, arguments)
        calls.append((child.connection, function))

    monkeypatch.setattr(Child, "begin", noted)
    return calls


def solved_as_if_large(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Value and bound of heads and of posts: two goals in one cost, as where a first-order method is needed; no tier
    is ever at its bound."""
    monkeypatch.setattr(large_run, "MANY", -1)
    monkeypatch.setattr(large_search.TierSearch, "close", property(lambda tier: False))
    problem = Problem(world_of(15).quo, useful_only=True, most_moves=0)
    spec = SolveSpec(seconds=60, gap=0.0, workers=2)
    result = solve(problem, build_program(problem), [("heads",), ("posts",)], spec)
    return [(tier.value, tier.bound) for tier in result.tiers[:2]]


def some_moves(problem: Problem) -> Named:
    """An appointment to the first post of each class for all who may come to it."""
    moves = problem.moves
    return Named(frozenset({(i, moves.appoint.posts[first][0]) for i, first in moves.loose_takeovers}))


@contextmanager
def begun_run(problem: Problem, stop: threading.Event | None = None) -> Iterator[large_run.LargeRun]:
    """Of sixty seconds, before any tier."""
    with Memory(None) as memory:
        spec = SolveSpec(seconds=60)
        run = large_run.LargeRun(problem, build_program(problem), spec, lambda progress: None, stop, memory)
        yield run
        run.drop()


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


def test_a_tier_waits_for_the_moves_that_are_still_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is there at once and all that has columns is searched, before a relaxation names any move."""
    calls = begun(monkeypatch)
    hidden = 0

    def slow_to_name(connections: list[Connection], seconds: float) -> list[Any]:
        nonlocal hidden
        last = dict(calls)
        over_all = [c for c, function in calls if function == "relax_roughly"][1:]  # the first: of what has columns
        others = [c for c in connections if c not in over_all or last[c] != "relax_roughly"]
        if len(others) < len(connections) and others and hidden < 100:
            hidden += 1
            connections = others
        return wait(connections, seconds)

    monkeypatch.setattr(large_tier, "wait", slow_to_name)
    problem = Problem(world_of(15).quo, useful_only=True, most_moves=0)
    result = solve(problem, build_program(problem), [("heads",)], SolveSpec(seconds=60, gap=0.0))
    assert hidden
    assert result.tiers[0].value == result.tiers[0].bound == 0


def test_two_more_vertices_are_named_while_the_plan_is_not_at_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    tilts: list[int] = []
    refined = large_relax.refined

    def noted(space: Space, rough: Relaxation, cost: Floats, used: Bools, seed: int) -> Relaxation:
        if rough.kind == "exact":
            tilts.append(seed)
        return refined(space, rough, cost, used, seed)

    monkeypatch.setattr(large_relax, "refined", noted)
    found = solved_as_if_large(monkeypatch)
    assert sorted(tilts) == [SolveSpec().seed + tilt for tilt in range(large_relax.MOST_TILTS)]
    assert found == [(0, 0), (28, 28)]


def test_a_tier_waits_beyond_its_share_for_names_that_are_on_their_way_and_no_longer() -> None:
    now, doing = 0.0, []
    run = SimpleNamespace(elapsed=lambda: now, doing=lambda kind: doing, to_refine=[], unnamed=[])
    tier = large_tier.Tier.__new__(large_tier.Tier)
    tier.run, tier.names, tier.blunt, tier.passes = run, True, False, []  # type: ignore[assignment]
    tier.deadline, tier.latest = 10.0, 20.0

    def late(at: float) -> bool:
        nonlocal now
        now = at
        return tier._late()

    assert [late(at) for at in (9, 11, 21)] == [False, True, True]
    run.unnamed = [object()]
    assert [late(at) for at in (9, 11, 21)] == [False, False, True]
    tier.names = False
    assert late(11)
    tier.deadline = tier.latest = None
    assert not late(1000)


def test_what_heads_alone_would_name_is_given_up_once_both_goals_are_relaxed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rough relaxation of heads is not heard before vertices of both are sought, as at 6,000 posts."""
    calls = begun(monkeypatch)
    refined_of: list[str] = []
    hidden = 0
    refined = large_relax.refined

    def of_which(space: Space, rough: Relaxation, cost: Floats, used: Bools, seed: int) -> Relaxation:
        refined_of.append(rough.kind)
        return refined(space, rough, cost, used, seed)

    def slow_to_relax(connections: list[Connection], seconds: float) -> list[Any]:
        nonlocal hidden
        last = dict(calls)
        over_all = [c for c, function in calls if function == "relax_roughly"][1:]  # the first: of what has columns
        held = "relax_roughly" if over_all else "relax_fairly"
        others = [c for c in connections if last[c] != held or (over_all and c not in over_all)]
        hidden += bool(over_all) and not refined_of and len(others) < len(connections)
        return wait(connections if refined_of else others, seconds)

    monkeypatch.setattr(large_relax, "refined", of_which)
    monkeypatch.setattr(large_tier, "wait", slow_to_relax)
    monkeypatch.setattr(large_run, "MOST", -1)
    found = solved_as_if_large(monkeypatch)
    assert hidden
    assert set(refined_of) == {"exact"}
    assert found == [(0, 0), (28, 28)]


def test_a_plan_is_read_off_only_where_there_is_a_better_point_and_early_enough() -> None:
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        before, point = run.standing, run.values
        run.settle()
        assert run.standing is before
        assert run.values is point
        run.values = point.copy()
        run.settle()
        assert run.standing is not before
        assert run.standing.line.plan == before.line.plan
        assert np.array_equal(run.values, point)
        assert 0 < run.settling < 1
        run.settling = 7.0
        assert run.ends == run.until == 60 - large_run.TO_END * 7
        assert not run.stopped
        run.started -= 47
        assert run.stopped
        run.settling = 1000.0
        assert run.ends == 30


def test_a_run_that_is_over_names_nothing_more() -> None:
    """To build a program takes ten seconds at 1,200 posts: Ctrl-C is heard meanwhile, and so is the clock."""
    problem = Problem(world_of(15).quo, useful_only=True, most_moves=0)
    stop = threading.Event()
    named = some_moves(problem)
    with begun_run(problem, stop) as run:
        space, standing = run.space, run.standing
        stop.set()
        assert not run.name(named)
        assert run.space is space
        assert run.standing is standing
        assert run.named == Named()
        stop.clear()
        assert run.name(named)
        assert run.space is not space


def test_what_is_built_after_another_was_given_up_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """At each look, also between two moves and after every few rows."""
    monkeypatch.setattr(moves_of_problem, "MOVES_UNLOOKED", 1)
    monkeypatch.setattr(program_of_rows, "ROWS_UNLOOKED", 2)
    problem = Problem(world_of(15).quo, useful_only=True, most_moves=0)
    named = some_moves(problem)
    looks = SimpleNamespace(so_far=0, most=10**9)

    def look() -> None:
        looks.so_far += 1
        if looks.so_far > looks.most:
            raise TimeoutError

    expected = build_named(problem, named, look)[1]
    most = looks.so_far
    assert most > 50
    for looks.most in range(0, most, 5):
        looks.so_far = 0
        with pytest.raises(TimeoutError):
            build_named(problem, named, look)
    again = build_named(problem, named)[1]
    assert again.keys == expected.keys
    assert again.labels == expected.labels
    assert (again.freeze().matrix != expected.freeze().matrix).nnz == 0


def test_ctrl_c_is_heard_while_the_first_program_is_built(department: api.Loaded) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(LimitError, match="before any plan"):
        build(status_quo_of(department), stop=stop)


def test_what_is_searched_in_vain_does_not_slow_down_what_both_goals_relax_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until that is heard a child rests, once it has found no better plan often enough."""
    calls = begun(monkeypatch)
    searched: list[int] = []
    hidden = alone = 0

    def slow_to_relax(connections: list[Connection], seconds: float) -> list[Any]:
        nonlocal hidden, alone
        last = dict(calls)
        others = [c for c in connections if last[c] != "relax_fairly"]
        if len(others) == len(connections) or alone > 5:
            return wait(connections, seconds)
        hidden += 1
        if not others:
            alone += 1
            searched.append([function for _, function in calls].count("search"))
        return wait(others, seconds)

    monkeypatch.setattr(large_tier, "wait", slow_to_relax)
    found = solved_as_if_large(monkeypatch)
    assert hidden > alone > 5
    assert set(searched) == {searched[0]}, "it rests"
    assert searched[0] >= large_tier.LAST_PARTS
    assert found == [(0, 0), (28, 28)]


def test_a_program_does_not_keep_the_run_alive_that_looked_while_it_was_built() -> None:
    """Gigabytes, which only Python's collector would find, and it is not to look at what is made of a program."""
    problem = Problem(world_of(15).quo, useful_only=True, most_moves=0)
    with collector_at_rest():
        with begun_run(problem) as run:
            assert run.name(some_moves(problem))
        program, kept = run.space.program, weakref.ref(run)
        del run
        assert kept() is None
    assert program.look is go_on


def test_a_later_tier_is_bounded_by_what_the_tiers_before_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a first-order method is needed: what costs nothing where nothing is done has a bound above 0 then."""
    monkeypatch.setattr(large_run, "MANY", -1)
    order = [("heads",), ("posts",), ("keep", "depth"), ("fit", "effort")]
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        run.reached = [(("heads",), 2), (("posts",), 10), (("keep", "depth"), 5)]
        tier = large_tier.Tier(run, 3, order)
        cost, constant = run.space.program.objective(order[3])
        run.values = np.where(np.cumsum(cost > 0) <= 4, cost > 0, 0).astype(float)
        own = cost @ run.values + constant
        assert own > 0
        prices = tier._for_the_bound(order[3], tier.bounding_cost, ahead=False).prices
        assert prices is not None
        assert prices["heads",] == pytest.approx(BOUND_WEIGHT * prices["posts",])
        assert prices["heads",] * 2 + prices["posts",] * 10 == pytest.approx(large_relax.NAMING_PRICE * own)
        assert prices["keep", "depth"] * 5 == pytest.approx(large_relax.OTHER_PRICE * own)
        before = large_tier.Tier(run, 2, order)
        before.value = 8
        run.reached.pop()
        ahead = before._for_the_bound(order[3], tier.bounding_cost, ahead=True).prices
        assert ahead is not None
        assert ahead["keep", "depth"] * 8 == pytest.approx(large_relax.OTHER_PRICE * own)
        assert ahead["posts",] == pytest.approx(prices["posts",])


@pytest.mark.parametrize("many", [True, False])
def test_rows_bound_a_later_tier_after_its_prices_where_they_may_end_in_time(
    monkeypatch: pytest.MonkeyPatch, *, many: bool
) -> None:
    monkeypatch.setattr(large_run, "MANY", -1 if many else 10**9)
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        run.limit(("heads",), int(run.space.program.objective(("heads",))[0] @ run.values) + 1, None)
        tier = large_tier.Tier(run, 1, [("heads",), ("keep", "depth"), ("fit", "effort")])
        first = tier._for_the_bound(tier.goals, tier.bounding_cost, ahead=False)
        assert first.prices
        run.priced.add(tier.goals)
        first.found = Relaxed(np.zeros(first.slim.columns.size), np.zeros(first.slim.rows.size))
        tier._tell_apart(first)
        assert tier.exact is many
        then = tier._for_the_bound(tier.goals, tier.bounding_cost, ahead=False)
        assert bool(then.prices) is many
        assert then.weights is None


@pytest.mark.parametrize(
    ("meanwhile", "taken"), [([0.0, 0, 5], [1.0, 1, 5]), ([1.0, 0, 0], [1.0, 1, 0]), ([0.0, 0, 3], [1.0, 1, 0])]
)
def test_what_a_search_finds_is_not_lost_where_the_plan_was_bettered_elsewhere_meanwhile(
    meanwhile: list[float], taken: list[float]
) -> None:
    """Three columns: the second may be 1 only where the third is not 3, and each costs less the larger it is."""
    space = SimpleNamespace(
        arrays=SimpleNamespace(feasible=lambda points: np.array([not (p[1] == 1 and p[2] == 3) for p in points]))
    )
    run = SimpleNamespace(space=space, values=np.array(meanwhile))
    cost, told = np.array([-1.0, -4, -1]), []
    tier = SimpleNamespace(run=run, cost=cost, part_cost=cost, constant=0, value=0, idle=4, tell=told.append)
    slim = SimpleNamespace(arrays=SimpleNamespace(integer=np.array([True, True])), whole_point=lambda point: point)
    part = SimpleNamespace(columns=np.array([0, 1]))
    task = SimpleNamespace(space=space, values=np.zeros(3), part=part, slim=slim)
    large_search.TierSearch._take(tier, task, np.array([1.0, 1.0]))  # type: ignore[arg-type]
    assert run.values.tolist() == taken
    assert (tier.idle, told) == (0, ["search"])
    before = run.values
    large_search.TierSearch._take(tier, task, np.array([0.0, 0.0]))  # type: ignore[arg-type]
    assert run.values is before
