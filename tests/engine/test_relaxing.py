"""What is relaxed: a bound with goals weighed in holds; a tilt and a part serve for naming only."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from planner.engine import child, polish, solvers
from planner.engine.bound import SCALE, dual_bound
from planner.engine.large_run import at_most_one
from planner.engine.relaxing import (
    TILT,
    USED,
    Joint,
    Relaxation,
    all_moves,
    for_the_bound,
    for_the_bound_at_prices,
    for_the_bound_by_weights,
    own_moves,
    refined,
    tilted,
)
from planner.engine.slim import slim
from planner.engine.solvers import relax_exactly
from planner.engine.solvers_spec import Relaxed, Tighter
from planner.engine.space import NOBODY, Space
from planner.program.arrays import Arrays, Floats
from planner.structure.point import point
from tests.engine.test_naming import loose_of
from tests.structure.test_loose import CLASSES, walked

HEADS, POSTS = ("heads",), ("posts",)


def solved(task: Relaxation) -> Relaxation:
    """By the simplex of OR-Tools."""
    task.found = relax_exactly(task.slim.arrays, task.slim.cost, None, lambda word, said: None, lambda: False)
    assert task.found is not None
    return task


@pytest.mark.parametrize("number", CLASSES[::3])
def test_bounds_hold_for_every_plan_that_is_as_good_on_the_goals_before(number: int) -> None:
    one = loose_of(number)
    space = Space(one.problem, one.program)
    (heads, base), posts = one.goals["heads"], one.goals["posts"][0]
    first = solved(for_the_bound(space, HEADS, heads, []))
    bound = dual_bound(space.arrays, heads, first.duals(space, []))
    plans = [point(one.program, plan, one.problem.moves) for plan in walked(number)]
    assert all(bound.whole <= heads @ plan for plan in plans)
    least = min(round(float(heads @ plan)) for plan in plans)
    by_weights = for_the_bound_by_weights(space, space.arrays, POSTS, posts, {HEADS: 7.0})
    at_prices = for_the_bound_at_prices(space, space.arrays, POSTS, posts, {HEADS: 0.25})
    space.limit(heads, least)
    reached = [(HEADS, least + base)]
    by_row = for_the_bound(space, POSTS, posts, reached)
    for task, limit in ((by_weights, -7.0), (at_prices, -0.25), (by_row, None)):
        duals = solved(task).duals(space, reached)
        after = dual_bound(space.arrays, posts, duals)
        assert all(after.whole <= posts @ plan for plan in plans if heads @ plan <= least)
        if limit is not None:
            assert duals[space.posted] == limit


def test_only_decisions_are_tilted_each_a_little_and_never_two_alike() -> None:
    cost = np.array([0.0, 4, 0, 40])
    by = tilted(cost, np.array([True, True, False, False]), 1, TILT) - cost
    assert by[2:].tolist() == [0, 0]
    assert (by[:2] >= TILT * 4).all()
    assert (by[:2] <= 2 * TILT * 4).all()
    assert by[0] != by[1]


@pytest.mark.parametrize("number", CLASSES[1::6])
def test_a_part_of_the_moves_is_open_for_naming(number: int) -> None:
    one = loose_of(number)
    space = Space(one.problem, one.program)
    cost, _ = one.goals["posts"]
    own = own_moves(space, POSTS, cost, 1)
    assert not np.isin(own.slim.columns, np.flatnonzero(space.is_loose & (space.arrays.lower == 0))).any()
    rough = solved(all_moves(space, POSTS, cost, {HEADS: 7.0}, 1))
    less = refined(space, rough, cost, rough.point() > USED, 1)
    used = rough.point() > 0
    idle = (space.is_decision | space.is_loose) & ~used & ~np.isin(space.kinds, ("x", "open", "ow", "ka"))
    assert not np.isin(less.slim.columns, np.flatnonzero(idle)).any()
    # What is used suffices for the same value, save for the tilt.
    weighed = cost + 7.0 * one.goals["heads"][0]
    tilt = 0.1 * float(np.abs(weighed[weighed != 0]).min(initial=1.0)) * space.is_decision.size
    assert weighed @ solved(less).point() <= weighed @ rough.point() + tilt


@pytest.mark.parametrize("number", CLASSES[2::6])
def test_goals_weighed_together_bound_every_plan_and_what_their_best_point_uses_costs_nothing(number: int) -> None:
    one = loose_of(number)
    space = Space(one.problem, one.program)
    (heads, _), (posts, _) = one.goals["heads"], one.goals["posts"]
    task = solved(for_the_bound_by_weights(space, space.arrays, POSTS, posts, {HEADS: 7.0}))
    groups = at_most_one(space)
    joint = Joint(space, task, groups)
    weighed = posts + 7.0 * heads
    plans = [point(one.program, plan, one.problem.moves) for plan in walked(number)]
    assert joint.bound.scaled <= min(weighed @ plan for plan in plans) * SCALE
    used = space.is_decision & (task.point() > 1e-6) & (groups == NOBODY)
    assert joint.face[used].all()
    # Duals that were made worse: the mended ones are those that the relaxation tells from then on.
    best = joint.bound.scaled
    assert task.found is not None
    task.found = Relaxed(task.found.point, np.zeros(task.found.duals.size))
    joint = Joint(space, task, groups)
    nothing = joint.bound.scaled
    for _ in range(20):
        block = joint.block(task.point(), regions=True)
        if block is None:
            break
        assert block.of is joint
        assert joint.block(task.point(), regions=True) is None, "one after another"
        before = joint.bound.scaled
        found = relax_exactly(block.slim.arrays, block.slim.cost, None, lambda *a: None, lambda: False)
        assert found is not None
        joint.mend(block, block.mended(found))
        assert joint.bound.scaled >= before
    assert joint.bound.scaled <= best + SCALE // 1000
    assert joint.bound.scaled == nothing or (task.duals(space, []) == joint.duals).all()
    assert joint.ended
    # It is relaxed again: what bounds better is taken, and mended from there; what does not changes nothing.
    mended = joint.bound.scaled
    again = solved(for_the_bound_by_weights(space, space.arrays, POSTS, posts, {HEADS: 7.0}))
    joint.closer(again)
    assert joint.bound.scaled == max(mended, best)
    assert joint.mending.ended == (best <= mended)
    assert again.found is not None
    again.found = Relaxed(again.found.point, np.zeros(again.found.duals.size))
    joint.closer(again)
    assert joint.bound.scaled == max(mended, best)


@pytest.mark.parametrize("number", CLASSES[3::6])
def test_a_region_is_cut_too_and_bounds_every_plan(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Duals of nothing, mended in regions: each round of cuts is told, its cuts are rows of the program."""
    monkeypatch.setattr(polish, "WORST", 0)
    one = loose_of(number)
    space = Space(one.problem, one.program)
    space.keep_room(100)
    (heads, _), (posts, _) = one.goals["heads"], one.goals["posts"]
    task = solved(for_the_bound_by_weights(space, space.arrays, POSTS, posts, {HEADS: 7.0}))
    near, best = (
        task.point(),
        min((posts + 7.0 * heads) @ point(one.program, plan, one.problem.moves) for plan in walked(number)),
    )
    relaxed = Joint(space, task, at_most_one(space)).bound.scaled
    task.found = Relaxed(near, np.zeros(task.slim.rows.size))
    joint = Joint(space, task, at_most_one(space))
    assert not joint.ended
    for _ in range(8):
        block = joint.block(near, regions=True)
        if block is None:
            break
        assert block.in_region
        heard: list[Tighter] = []
        call = ("tighten", (joint.cuttable(block), block.slim, None, None, None, 20.0))
        child.race([call], seconds=60, hear=lambda word, said, heard=heard: heard.append(said))
        for said in heard:
            before = joint.bound.scaled
            joint.tighter(block, said)
            assert before <= joint.bound.scaled <= best * SCALE
        joint.mend(block, None)
    assert joint.bound.scaled >= relaxed - SCALE // 100
    assert len(space.cuts) == 0 or (space.arrays.hi[space.own : space.own + len(space.cuts)] < np.inf).all()
    assert task.better_duals is not None
    assert (task.better_duals == joint.duals[: space.posted]).all()


@pytest.mark.parametrize("number", CLASSES[::5])
def test_the_vertex_of_two_goals_proves_the_first_as_its_own_relaxation_does(number: int) -> None:
    one = loose_of(number)
    space = Space(one.problem, one.program)
    (heads, _), (posts, _) = one.goals["heads"], one.goals["posts"]
    task = for_the_bound_by_weights(space, space.arrays, POSTS, posts, {HEADS: 100.0})
    assert task.first_cost is not None
    left, say = task.slim, lambda word, said: None
    task.found = solvers.relax_both(left.arrays, left.cost, task.first_cost, None, say, lambda: False)
    first = task.first_duals(space)
    assert first is not None
    alone = solved(Relaxation("exact", HEADS, slim(space.arrays, heads)))
    proved = dual_bound(space.arrays, heads, first).scaled
    assert proved == pytest.approx(dual_bound(space.arrays, heads, alone.duals(space, [])).scaled, abs=SCALE // 100)
    assert task.found is not None
    weighed = dual_bound(space.arrays, 100 * heads + posts, task.duals(space, [])[: space.arrays.shape[0]])
    assert weighed.scaled == pytest.approx((100 * heads + posts) @ task.point() * SCALE, abs=SCALE // 100)


@pytest.mark.parametrize(("far", "asked"), [(0, [1e-3]), (1, [1e-3, 3e-4]), (9, [1e-3, 3e-4])])
def test_a_first_order_method_that_ends_far_away_is_asked_for_more(
    monkeypatch: pytest.MonkeyPatch, far: int, asked: list[float]
) -> None:
    """Least x ≥ 2 is 2: a dual of 1 bounds by 2, of a half by 1 and, x being 9 at most, of none by 0."""
    heard: list[float] = []

    def ends(arrays: Arrays, cost: Floats, seconds: float | None, tolerance: float) -> Relaxed:
        heard.append(tolerance)
        return Relaxed(np.array([2.0]), np.array([0.5 if len(heard) <= far else 1.0]))

    monkeypatch.setattr(solvers, "first_order", ends)
    one = np.ones(1)
    arrays = Arrays(sp.csr_array(np.ones((1, 1))), 2 * one, np.inf * one, 0 * one, 9 * one, one > 0)
    found = solvers.relax_fairly(arrays, one, None, lambda word, said: None, lambda: False)
    assert heard == asked
    assert found is not None
    assert found.duals.tolist() == [0.5 if far == 9 else 1.0]


@pytest.mark.parametrize(("most", "least"), [(70.0, 3), (100.0, 2)])
def test_a_first_order_method_leaves_out_the_rows_of_columns_that_count_far(most: float, least: int) -> None:
    """Least x where x ≥ 2 and 10 x = n ≥ 30: n counts from 30 to 70, or to 100, which is more than FAR."""
    arrays = Arrays(
        matrix=sp.csr_array(np.array([[1.0, 0.0], [10.0, -1.0]])),
        lo=np.array([2.0, 0.0]),
        hi=np.array([np.inf, 0.0]),
        lower=np.array([0.0, 30.0]),
        upper=np.array([9.0, most]),
        integer=np.zeros(2, bool),
    )
    cost = np.array([1.0, 0.0])
    found = solvers.relax_fairly(arrays, cost, None, lambda word, said: None, lambda: False)
    assert found is not None
    assert found.duals.shape == (2,)
    assert (found.duals[1] != 0) == (least == 3)
    assert dual_bound(arrays, cost, found.duals).scaled / SCALE == pytest.approx(least, abs=0.01)


def two_of_three() -> Arrays:
    """x + y + z ≥ 2 within 0 and 1."""
    return Arrays(
        matrix=sp.csr_array(np.ones((1, 3))),
        lo=np.array([2.0]),
        hi=np.array([np.inf]),
        lower=np.zeros(3),
        upper=np.ones(3),
        integer=np.ones(3, bool),
    )


@pytest.mark.parametrize("quick", [True, False])
def test_a_tilted_cost_has_one_vertex_and_the_simplex_ends_there(quick: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """x + y + z ≥ 2 within 0 and 1, at 11, 12 and 13: x and y, for 23. Where that is too large for the simplex a
    first-order method comes near."""
    arrays = two_of_three()
    cost = np.array([11.0, 12.0, 13.0])
    monkeypatch.setattr(solvers, "INTERIOR", 3 if quick else 2)
    found = solvers.relax_tilted(arrays, cost, None, lambda word, said: None, lambda: False)
    assert found is not None
    assert (found.basis is not None) == quick
    assert found.point == pytest.approx([1, 1, 0], abs=1e-9 if quick else 0.01)
    assert dual_bound(arrays, cost, found.duals).scaled / SCALE == pytest.approx(23, abs=0.1)


@pytest.mark.parametrize(("vast", "tolerance"), [(3, solvers.NEARLY), (2, solvers.CLOSELY)])
def test_the_largest_are_relaxed_only_as_closely_as_is_worth_it(
    monkeypatch: pytest.MonkeyPatch, vast: int, tolerance: float
) -> None:
    """Two of three columns fill a row: what it is relaxed to is bounded within a few parts of the tolerance."""
    arrays = two_of_three()
    cost, asked = np.array([11.0, 12.0, 13.0]), []
    first_order = solvers.first_order

    def noted(arrays: Arrays, cost: Floats, seconds: float | None, tolerance: float) -> Relaxed | None:
        asked.append(tolerance)
        return first_order(arrays, cost, seconds, tolerance)

    monkeypatch.setattr(solvers, "first_order", noted)
    monkeypatch.setattr(solvers, "INTERIOR", 2)
    monkeypatch.setattr(solvers, "VAST", vast)
    found = solvers.relax_nearly(arrays, cost, None, lambda word, said: None, lambda: False)
    assert found is not None
    assert asked == [tolerance]
    assert dual_bound(arrays, cost, found.duals).scaled / SCALE == pytest.approx(23, rel=10 * tolerance)
