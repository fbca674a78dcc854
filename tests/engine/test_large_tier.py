"""A tier of a large case: who of the children does what next, when it waits, and what bounds the tiers after it."""

import threading
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from planner.domain.scenario import SolveSpec
from planner.engine import Progress, build_program, large_relax, large_run, large_search, large_tier, solve
from planner.engine.child import Child
from planner.engine.parent import Parent
from planner.engine.relaxing import BOUND_WEIGHT, Goals, Relaxation
from planner.engine.slim import Slim
from planner.engine.solvers_spec import Relaxed
from planner.engine.space import Space
from planner.problem import Problem
from planner.program.arrays import Arrays, Bools, Floats
from tests.engine.test_large_run import begun_run, some_moves
from tests.structure.test_loose import world_of


def name_some(tier: large_tier.Tier) -> None:
    assert tier.run.name(some_moves(tier.run.bounding.problem))
    tier.measure()


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


def test_a_tier_waits_beyond_its_share_for_names_and_a_first_bound_that_are_on_their_way_and_no_longer() -> None:
    now, doing = 0.0, []
    run = SimpleNamespace(elapsed=lambda: now, doing=lambda kind: doing, to_refine=[], unnamed=[])
    tier = large_tier.Tier.__new__(large_tier.Tier)
    tier.run, tier.names, tier.blunt, tier.passes = run, True, False, []  # type: ignore[assignment]
    tier.goals, tier.floor, tier.unavoidable = ("heads",), 3, 2
    tier.deadline, tier.latest = 10.0, 20.0

    def late(at: float) -> bool:
        nonlocal now
        now = at
        return tier._late()

    def relaxing(goals: Goals) -> SimpleNamespace:
        return SimpleNamespace(goals=goals, kind="exact", weights=None)

    assert [late(at) for at in (9, 11, 21)] == [False, True, True]
    run.unnamed = [object()]
    assert [late(at) for at in (9, 11, 21)] == [False, False, True]
    run.unnamed = []
    tier._searches = set  # type: ignore[method-assign]  # what else children do is no search
    for tier.floor, goals in ((3, ("heads",)), (2, ("posts",))):  # has a bound, and has none but another's is coming
        doing[:] = [relaxing(goals)]
        assert [late(at) for at in (9, 11, 21)] == [False, True, True]
    doing[:] = [relaxing(("heads",))]
    assert [late(at) for at in (9, 11, 21)] == [False, False, True]
    tier.names = False
    assert late(11)
    tier.deadline = tier.latest = None
    assert not late(1000)


@pytest.mark.parametrize("at", [5.0, 15.0])
def test_what_a_tier_waits_for_may_take_until_its_very_end(at: float) -> None:
    """A search that is awaited has until the latest second, any other until the share is over, and then as long."""
    tier = large_tier.Tier.__new__(large_tier.Tier)
    tier.run = SimpleNamespace(elapsed=lambda: at, spec=SolveSpec())  # type: ignore[assignment]
    tier.deadline, tier.latest = 10.0, 20.0
    assert tier._seconds(60.0) == 5.0
    assert tier._seconds(60.0, awaited=True) == 20.0 - at
    assert tier._seconds(1.0, awaited=True) == 1.0
    tier.deadline = tier.latest = None
    assert tier._seconds(60.0, awaited=True) == 60.0


def test_the_largest_cases_name_nothing_that_heads_alone_use_and_bound_them_from_the_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One point of both goals is named, as at 6,000 posts, and a second where that is of few moves."""
    began: list[tuple[str, Goals]] = []
    refined_of: list[tuple[str, Goals]] = []
    refined, begin = large_relax.refined, large_relax.begin_relaxing

    def of_which(space: Space, rough: Relaxation, cost: Floats, used: Bools, seed: int) -> Relaxation:
        refined_of.append((rough.kind, rough.goals))
        return refined(space, rough, cost, used, seed)

    def noted(child: Child, task: Relaxation, seconds: float | None, *, many: bool) -> None:
        began.append((task.kind, task.goals))
        begin(child, task, seconds, many=many)

    monkeypatch.setattr(large_relax, "refined", of_which)
    monkeypatch.setattr(large_relax, "begin_relaxing", noted)
    assert solved_as_if_large(monkeypatch) == [(0, 0), (28, 28)]
    assert ("rough", ("heads",)) in began
    assert len(refined_of) > 1
    began.clear()
    refined_of.clear()
    monkeypatch.setattr(large_run, "MOST", -1)
    assert solved_as_if_large(monkeypatch) == [(0, 0), (28, 28)]
    assert refined_of == [("exact", ("posts",))] * 2
    refined_of.clear()
    monkeypatch.setattr(large_relax, "FEW", 0)
    assert solved_as_if_large(monkeypatch) == [(0, 0), (28, 28)]
    assert refined_of == [("exact", ("posts",))]
    assert "rough" not in [kind for kind, _ in began]
    assert ("exact", ("heads",)) in began


def test_both_goals_are_relaxed_again_to_better_duals_beside_what_names_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the largest cases, once in a run, and not before what they use is sought."""
    calls = begun(monkeypatch)
    said: list[Relaxation] = []
    closer = large_relax.Joint.closer

    def heard(joint: large_relax.Joint, relaxation: Relaxation) -> None:
        said.append(relaxation)
        closer(joint, relaxation)

    monkeypatch.setattr(large_relax.Joint, "closer", heard)
    assert solved_as_if_large(monkeypatch) == [(0, 0), (28, 28)]
    assert "relax_closely" not in [function for _, function in calls], "a first-order method ends soon enough there"
    calls.clear()
    monkeypatch.setattr(large_run, "MOST", -1)
    assert solved_as_if_large(monkeypatch) == [(0, 0), (28, 28)]
    functions = [function for _, function in calls]
    assert functions.count("relax_closely") == 1
    assert functions.index("relax_closely") > functions.index("relax_tilted")
    assert [relaxation.kind for relaxation in said] == ["closer"]
    assert said[0].goals == ("posts",)


def test_in_large_cases_what_is_named_is_searched_for_both_goals_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """First of all, and waited for; only before anything is named for heads alone, which leads to a plan sooner."""
    monkeypatch.setattr(large_run, "MANY", -1)
    monkeypatch.setattr(Child, "begin", lambda *arguments: None)
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        one, other = run.workers[:2]
        tier = large_tier.Tier(run, 0, [("heads",), ("posts",)])
        tier._search_what_it_uses()
        assert [np.array_equal(search.cost, tier.cost) for search in tier.passes] == [True]
        name_some(tier)
        run.relaxed = run.values.copy()
        tier._search_what_it_uses()
        tier.worst_block = lambda *, regions: pytest.fail("it is mended before")  # type: ignore[assignment,method-assign]
        search = tier._next_task(one)
        assert isinstance(search, large_run.Search)
        assert (search.kind, search.with_next, tier.passes) == ("support", True, [])
        run.busy[one] = search
        tier.floor = tier.value
        assert tier.close
        assert not tier._over(), "the next would begin it anew"
        regions: list[bool] = []

        def no_block(*, regions: bool, asked: list[bool] = regions) -> None:
            asked.append(regions)

        tier.worst_block = no_block  # type: ignore[assignment,method-assign]
        tier._next_task(other)
        assert regions
        assert not any(regions), "a region takes longer than that search"
        run.busy.clear()
        assert tier._over()


def test_what_lies_between_a_plan_and_a_better_one_for_heads_alone_is_searched_for_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At once, and in the next tier where this one is over: here between the plan that takes something and nothing."""
    monkeypatch.setattr(large_run, "MANY", -1)
    monkeypatch.setattr(Child, "begin", lambda *arguments: None)
    order = [("heads",), ("posts",)]
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        tier = large_tier.Tier(run, 0, order)
        name_some(tier)
        monkeypatch.setattr(run.space.arrays.__class__, "feasible", lambda arrays, points: np.ones(len(points), bool))
        child, before = run.workers[0], run.values
        gains = np.flatnonzero(run.space.is_decision)[:3]
        tier.cost = np.zeros(before.size)
        tier.cost[gains] = np.where(before[gains] > 0, 1.0, -1.0)
        found = before.copy()
        found[gains] = 1 - found[gains]
        both = tier._search(child, run.space.is_decision, tier.part_cost, "support")
        for task, crosses in ((replace(both, kind="narrow"), False), (replace(both, kind="whole"), True)):
            run.values, tier.value = before, 0
            tier._take(task, found[task.part.columns][task.slim.columns])
            assert np.array_equal(run.values, found)
            assert (run.to_cross is not None) == crosses
        search = large_tier.Tier(run, 1, order)._next_task(child)
        assert isinstance(search, large_run.Search)
        assert (search.kind, run.to_cross) == ("support", None)
        assert np.isin(gains, search.part.columns).all()
        decided = run.space.is_decision[search.part.columns]
        assert np.array_equal(np.sort(search.part.columns[decided]), gains)


def test_heads_are_relaxed_alone_by_a_child_that_rests_while_both_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_run, "MANY", -1)
    monkeypatch.setattr(Child, "begin", lambda *arguments: None)
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        one, other = run.workers[:2]
        tier = large_tier.Tier(run, 0, [("heads",), ("posts",)])
        tier.due = []
        run.busy[one] = tier._relax(one, tier.following, "exact")
        tier.worst_block = lambda *, regions: None  # type: ignore[assignment,method-assign]
        first = tier._next_task(other)
        assert isinstance(first, large_run.Search), "it searches first"
        tier.idle = large_tier.LAST_PARTS
        then = tier._next_task(other)
        assert isinstance(then, Relaxation)
        assert (then.kind, then.goals) == ("exact", tier.goals)
        run.busy[other] = then
        both = run.busy.pop(one)
        assert isinstance(both, Relaxation)
        both.found = Relaxed(np.zeros(both.slim.columns.size), np.zeros(both.slim.rows.size))
        tier._tell_apart(both)
        assert other not in run.busy, "two vertices of both are sought first"
        assert [tilt for _, tilt in run.to_refine] == list(large_run.TILTS)
        run.to_refine, run.joint, run.busy[one] = [], None, both
        tier.exact = True
        assert tier._next_task(other) is None
        tier.exact, run.by_turns = False, False
        assert tier._next_task(other) is None, "the largest: the other wants the memory"


@pytest.mark.parametrize("largest", [True, False])
def test_the_largest_cases_take_whole_what_a_relaxed_point_does_and_later_what_the_plan_does_too(
    monkeypatch: pytest.MonkeyPatch, largest: bool
) -> None:
    """The first search is led to the point whatever the plan has, and begins at no plan where that has other values.
    The second, for both goals, has no more than what is used itself, tilted; the next tier has that alone."""
    monkeypatch.setattr(large_run, "MANY", -1 if largest else 10**9)
    monkeypatch.setattr(large_run, "MOST", -1 if largest else 10**9)
    told: list[tuple[Any, ...]] = []

    def noted(child: Child, function: str, arguments: tuple[Any, ...]) -> None:
        told.append(arguments)

    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        order = [("heads",), ("posts",)]
        tier = large_tier.Tier(run, 0, order)
        name_some(tier)
        seats = np.flatnonzero(run.space.is_decision & (run.space.kinds == "a") & (run.space.arrays.upper == 1))
        used = run.values.copy()
        used[seats] = 0.0
        used[seats[:2]] = 0.99  # of which the plan has the first alone
        run.relaxed, run.values = used, run.values.copy()
        run.values[seats[:2]] = [1.0, 0.0]
        tier._search_what_it_uses()
        monkeypatch.setattr(Child, "begin", noted)
        assert len(tier.passes) == (4 if largest else 2)
        free, taken, searches = [], [], []
        while tier.passes:
            search = tier._support(run.workers[0])
            searches.append(search)
            free.append(np.isin(seats, search.part.columns).sum())
            taken.append((~np.isin(seats[:2], search.part.columns[search.slim.columns])).tolist())
        run.reached = [(("heads",), 0)]
        then = large_tier.Tier(run, 1, order)
    then_the_plan_too = [[True, False]] * 3
    assert taken == ([[True, True], *then_the_plan_too] if largest else [[False, False]] * 2)
    assert [count > 2 for count in free] == ([True, False] * 2 if largest else [True] * 2), "other days for the same"
    assert [search.with_next for search in searches] == [False, True] * (len(searches) // 2)
    of_both = searches[1].part.cost - tier.part_cost[searches[1].part.columns]
    assert (of_both > 0).any() == largest
    assert [start is None for _, _, start, _ in told] == [largest, *[False] * (len(told) - 1)]
    assert [spec.by_simplex for *_, spec in told] == ([True, False] * 2 if largest else [False] * 2)
    assert [(one.bold, one.touched_only) for one in then.passes] == [(False, largest)]
    assert [search.bold for search in searches] == ([True, False, False, False] if largest else [False] * 2)


def test_what_is_left_to_be_searched_waits_for_what_leads_to_a_better_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(large_run, "MOST", -1)
    monkeypatch.setattr(Child, "begin", lambda *arguments: None)
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        tier = large_tier.Tier(run, 0, [("heads",), ("posts",)])
        name_some(tier)
        run.relaxed = run.values.copy()
        tier._search_what_it_uses()
        child = run.workers[0]
        bold = tier._next_task(child)
        assert isinstance(bold, large_run.Search)
        assert bold.bold
        run.busy[child] = bold
        beside = tier._next_task(child)
        assert getattr(beside, "kind", "") != "support"
        run.busy.clear()
        after = tier._next_task(child)
        assert isinstance(after, large_run.Search)
        assert (after.kind, after.bold, after.with_next) == ("support", False, True)
        run.busy[child] = after
        beside = tier._next_task(child)
        assert getattr(beside, "kind", "") != "support", "this tier alone is searched from the plan that it leads to"
        run.busy.clear()
        alone = tier._next_task(child)
        assert isinstance(alone, large_run.Search)
        assert (alone.kind, alone.with_next) == ("support", False)
        run.busy[child] = alone
        beside = tier._next_task(child)
        assert isinstance(beside, large_run.Search)
        assert (beside.kind, beside.with_next) == ("support", True), "both, which may take longer than is left"


def test_the_first_tier_has_all_of_a_short_time_until_there_is_a_plan() -> None:
    """Of ten seconds at 1,200 posts its share would end before its first search does."""
    problem = Problem(world_of(15).quo, useful_only=True, most_moves=0)
    with begun_run(problem) as run:
        assert run.until is not None
        assert large_tier.Tier(run, 0, [("heads",)]).deadline == pytest.approx(run.until * 0.7, rel=0.01)
        run.spec = SolveSpec(seconds=10)
        assert large_tier.Tier(run, 0, [("heads",)]).deadline == pytest.approx(run.until, rel=0.01)
        run.spec = SolveSpec(seconds=20)
        assert large_tier.Tier(run, 0, [("heads",)]).deadline == large_tier.FIRST_SECONDS
        run.spec, run.has_plan = SolveSpec(seconds=10), True
        tier = large_tier.Tier(run, 0, [("heads",)])
        assert tier.deadline == pytest.approx(run.until * 0.7, rel=0.01)
    with begun_run(problem, parent=Parent(problem.status_quo.line.plan)) as run:
        assert run.until is not None
        run.spec = SolveSpec(seconds=10)
        tier = large_tier.Tier(run, 0, [("heads",)])
        assert tier.deadline == pytest.approx(run.until * 0.7, rel=0.01), "a plan of before is one"


@pytest.mark.parametrize(("largest", "share"), [(False, 0.85), (True, 0.95)])
def test_a_tier_of_the_largest_cases_waits_longer_for_its_names(
    monkeypatch: pytest.MonkeyPatch, largest: bool, share: float
) -> None:
    monkeypatch.setattr(large_run, "MOST", -1 if largest else 10**9)
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        assert run.until is not None
        assert large_tier.Tier(run, 0, [("heads",), ("posts",)]).latest == run.until * share
        later = large_tier.Tier(run, 0, [("keep", "depth")])
        assert later.latest == later.deadline


def test_once_both_were_searched_a_tier_of_the_largest_cases_waits_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_run, "MOST", -1)
    monkeypatch.setattr(Child, "begin", lambda *arguments: None)
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        assert run.until is not None
        tier = large_tier.Tier(run, 0, [("heads",), ("posts",)])
        child, free = run.workers[0], run.space.is_decision
        latest = []
        for cost in (tier.cost, tier.part_cost):
            tier._hear(tier._search(child, free, cost, "support"), "result", None)
            latest.append(tier.latest)
    assert latest == [run.until * 0.95, run.until * 0.85]


def test_what_is_told_of_the_next_goals_bounds_them_though_the_time_is_over_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At 6,000 posts a run of 900 s ended with the tier of heads: posts were told to be 59,509 and bounded by 761."""
    monkeypatch.setattr(large_run, "MANY", -1)
    problem = Problem(world_of(15).quo, useful_only=True, most_moves=0)
    over, told = threading.Event(), [0]

    def heard(progress: Progress) -> None:
        if progress.tier == 0 and progress.step == "done":
            over.set()
        elif progress.goals == ("posts",) and not over.is_set() and progress.bound is not None:
            told.append(progress.bound)

    spec, order = SolveSpec(seconds=60, gap=0.0, workers=2), [("heads",), ("posts",)]
    heads, posts, *_ = solve(problem, build_program(problem), order, spec, report=heard, stop=over).tiers
    assert heads.value == heads.bound
    assert posts.bound == max(told) > 0
    best = solve(problem, build_program(problem), order, spec).tiers[1]
    assert posts.bound <= best.bound == best.value <= posts.value


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


def test_a_later_tier_is_bounded_by_what_the_tiers_before_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a first-order method is needed: what costs nothing where nothing is done has a bound above 0 then."""
    monkeypatch.setattr(large_run, "MANY", -1)
    order = [("heads",), ("posts",), ("keep", "depth"), ("effort",)]
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
        tier = large_tier.Tier(run, 1, [("heads",), ("keep", "depth"), ("effort",)])
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
    tier._both_at_once = False
    slim = SimpleNamespace(arrays=SimpleNamespace(integer=np.array([True, True])), whole_point=lambda point: point)
    part = SimpleNamespace(columns=np.array([0, 1]))
    task = SimpleNamespace(space=space, values=np.zeros(3), part=part, slim=slim)
    large_search.TierSearch._take(tier, task, np.array([1.0, 1.0]))  # type: ignore[arg-type]
    assert run.values.tolist() == taken
    assert (tier.idle, told) == (0, ["search"])
    before = run.values
    large_search.TierSearch._take(tier, task, np.array([0.0, 0.0]))  # type: ignore[arg-type]
    assert run.values is before


def test_what_a_tier_without_names_uses_is_asked_ahead_of_it_and_searched_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With what the tier before has reached by then as a limit; where the program is another by now, anew."""
    asked: list[tuple[Arrays, Floats]] = []
    slim = large_search.slim

    def noted(arrays: Arrays, cost: Floats) -> Slim:
        asked.append((arrays, cost))
        return slim(arrays, cost)

    monkeypatch.setattr(large_search, "slim", noted)
    order = [("heads",), ("effort",), ("keep", "depth")]
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        own, _ = run.space.program.objective(order[0])
        asked_for, _ = run.space.program.objective(order[1])
        run.values = np.where(np.cumsum(asked_for > 0) <= 4, asked_for > 0, 0).astype(float)
        first = large_tier.Tier(run, 0, order)
        child = SimpleNamespace(begin=lambda function, given: None)
        task = first._ask_uses(child, first.following)  # type: ignore[arg-type]
        arrays, cost = asked[0]
        limit = arrays.matrix[[arrays.shape[0] - 1]].toarray()[0]
        assert np.array_equal(limit, own[task.part.columns])
        assert arrays.hi[-1] == pytest.approx(own[task.part.columns] @ run.values[task.part.columns])
        assert np.array_equal(cost, asked_for[task.part.columns])
        first._hear(task, "result", Relaxed(run.values[task.part.columns][task.slim.columns], np.zeros(0)))
        assert not first.passes
        then = large_tier.Tier(run, 1, order)
        assert then.used is not None
        assert np.array_equal(then.used, run.values)
        assert (then._worth_asking(order[1]), len(then.passes)) == (False, 2)
        assert run.name(some_moves(run.bounding.problem))
        run.values = np.ones(run.values.size)
        anew = large_tier.Tier(run, 1, order)
        assert (anew.used, anew._worth_asking(order[1])) == (None, True)


def test_a_tier_without_names_is_tightened_once_all_of_it_was_searched() -> None:
    order = [("heads",), ("keep", "depth")]
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0)) as run:
        run.to_tighten = SimpleNamespace(goals=order[1])  # type: ignore[assignment]
        assert not large_tier.Tier(run, 0, order)._worth_tightening()
        tier = large_tier.Tier(run, 1, order)
        tier.floor = tier.value - 1
        assert not tier._worth_tightening()
        tier.parts_only = True
        assert tier._worth_tightening()
