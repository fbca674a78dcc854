"""Cuts: every whole point satisfies them, so does the point of every lawful plan, and the relaxed point does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import scipy.sparse as sp

from planner.engine import child
from planner.engine.bound import SCALE, dual_bound
from planner.engine.cuts import Cuts, cuts_at
from planner.engine.relaxing import Relaxation
from planner.engine.slim import slim
from planner.engine.solvers import relax_exactly
from planner.engine.solvers_spec import Basis, Relaxed, Tighter
from planner.engine.space import NOBODY, Space
from planner.problem import Named
from planner.program.arrays import Arrays, Floats
from planner.structure.point import RefusedError, point
from tests.structure import classes
from tests.structure.loosely import Loose
from tests.structure.test_loose import walked, world_of

PAIRS = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]
"""Three posts, any two of which exclude each other: a half of each is a point of the relaxation."""


def arrays_of(matrix: list[list[int]], lo: list[float], hi: list[float], lower: list[int], upper: list[int]) -> Arrays:
    return Arrays(
        sp.csr_array(np.array(matrix, float)),
        np.array(lo, float),
        np.array(hi, float),
        np.array(lower, float),
        np.array(upper, float),
        np.ones(len(lower), bool),
    )


def relaxed(arrays: Arrays, cost: Floats) -> Floats:
    found = relax_exactly(arrays, cost, 10.0, lambda word, value: None, lambda: False)
    assert found is not None
    return found.point


def test_of_three_that_exclude_each_other_there_is_one_at_most() -> None:
    arrays = arrays_of(PAIRS, [-np.inf] * 3, [1, 1, 1], [0] * 3, [1] * 3)
    found = cuts_at(arrays, np.full(3, 0.5), 10)
    assert found.matrix.toarray().tolist() == [[1, 1, 1]]
    assert found.most.tolist() == [1]


def test_columns_at_their_upper_side_are_counted_from_there() -> None:
    """The same with 1 − x in place of the first: x2 + x3 ≤ x1 is what is cut."""
    arrays = arrays_of([[-1, 1, 0], [0, 1, 1], [-1, 0, 1]], [-np.inf] * 3, [0, 1, 0], [0] * 3, [1] * 3)
    found = cuts_at(arrays, np.full(3, 0.5), 10)
    assert found.matrix.toarray().tolist() == [[-1, 1, 1]]
    assert found.most.tolist() == [0]


def test_a_whole_point_breaks_no_cut_since_there_is_none() -> None:
    arrays = arrays_of(PAIRS, [-np.inf] * 3, [1, 1, 1], [0] * 3, [1] * 3)
    assert len(cuts_at(arrays, np.array([1.0, 0, 0]), 10)) == 0


def drawn(rng: np.random.Generator) -> Arrays:
    """A program of few columns with rows of every kind, and sides that are not 0 and 1 alone."""
    columns, rows = int(rng.integers(3, 7)), int(rng.integers(3, 8))
    matrix = rng.choice([-2, -1, 0, 1, 1, 2], size=(rows, columns))
    lower = rng.integers(-1, 1, columns)
    upper = lower + rng.integers(1, 3, columns)
    within = matrix @ ((lower + upper) // 2)
    kind = rng.integers(0, 3, rows)
    hi = np.where(kind == 0, np.inf, within + (kind == 1))
    lo = np.where(kind == 1, -np.inf, within - (kind == 0))
    return arrays_of(matrix.tolist(), lo.tolist(), hi.tolist(), lower.tolist(), upper.tolist())


def test_no_whole_point_of_random_programs_is_cut_off() -> None:
    rng = np.random.default_rng(1)
    cut = 0
    for _ in range(400):
        arrays = drawn(rng)
        sides = [np.arange(a, b + 1) for a, b in zip(arrays.lower, arrays.upper, strict=True)]
        points = np.array(list(product(*sides)), float)
        whole = points[arrays.feasible(points)]
        at = relaxed(arrays, rng.integers(-5, 6, arrays.shape[1]).astype(float))
        for _ in range(3):  # cuts of cuts too
            found = cuts_at(arrays, at, 20)
            assert (found.matrix @ at > found.most).all()
            assert (found.matrix @ whole.T <= found.most[:, None] + 1e-9).all()
            cut += len(found)
            arrays = found.added_to(arrays)
            at = relaxed(arrays, rng.integers(-5, 6, arrays.shape[1]).astype(float))
    assert cut > 100


def points_of(number: int, named: Named) -> tuple[Loose, Floats]:
    """The program with loose moves of a universe, and the points of its lawful plans (plans, columns)."""
    one = Loose(world_of(number).quo, named)
    found = []
    for plan in walked(number):
        try:
            found.append(point(one.program, plan, one.problem.moves))
        except RefusedError:
            continue
    return one, np.array(found)


@pytest.mark.parametrize("number", range(len(classes.UNIVERSES)))
def test_no_lawful_plan_is_cut_off(number: int) -> None:
    one, points = points_of(number, Named())
    assert len(points) >= 10
    assert (points == np.rint(points)).all(), "the proof of the cuts asks for whole numbers in every column"
    rng = np.random.default_rng(number)
    weights = [100 * one.goals["heads"][0] + one.goals["posts"][0], *(cost for cost, _ in one.goals.values())]
    weights += [rng.integers(-3, 9, points.shape[1]).astype(float) for _ in range(4)]
    for cost in weights:
        arrays = one.arrays
        for _ in range(3):
            found = cuts_at(arrays, relaxed(arrays, cost), 100)
            assert (found.matrix @ points.T <= found.most[:, None] + 1e-9).all()
            arrays = found.added_to(arrays)


def tightened(arrays: Arrays, cost: Floats, basis: Basis | None = None, first: Floats | None = None) -> list[Tighter]:
    """What the child says of a program, round by round; without a basis its relaxation first."""
    heard: list[Tighter] = []
    call = ("tighten", (arrays, slim(arrays, cost), basis, first, None, 20.0))
    child.race([call], seconds=60, hear=lambda word, said: heard.append(said))
    return heard


@pytest.mark.long
def test_each_round_of_the_child_bounds_better_and_never_above_the_best_plan() -> None:
    """Of two goals together, and of the first alone from the same vertex."""
    better = 0
    for number in range(len(classes.UNIVERSES)):
        one, points = points_of(number, Named())
        cost = 100 * one.goals["heads"][0] + one.goals["posts"][0]
        best = float((points @ cost).min())
        left = slim(one.arrays, cost)
        first, rows = one.goals["heads"][0], one.arrays.shape[0]
        best_first = float((points @ first).min())
        before = before_first = -np.inf
        for n, said in enumerate(tightened(one.arrays, cost, first=first[left.columns])):
            assert n or not len(said.cuts), "the relaxation itself before any cut"
            tighter = said.cuts.added_to(one.arrays)
            duals = np.concatenate([left.whole_duals(said.relaxed.duals, rows), said.duals])
            bound = dual_bound(tighter, cost, duals).scaled / SCALE
            assert before - 1e-3 <= bound <= best + 1e-3
            better += bound > before + 1e-3 and np.isfinite(before)
            before = bound
            assert said.first is not None
            assert said.relaxed.first is not None
            of_first = np.concatenate([left.whole_duals(said.relaxed.first, rows), said.first])
            bound_first = dual_bound(tighter, first, of_first).scaled / SCALE
            assert before_first - 1e-3 <= bound_first <= best_first + 1e-3
            before_first = bound_first
    assert better


def test_a_round_begins_at_the_vertex_of_the_relaxation() -> None:
    """With the three that exclude each other: the relaxation's own basis leads to the same cut."""
    arrays = arrays_of(PAIRS, [-np.inf] * 3, [1, 1, 1], [0] * 3, [1] * 3)
    cost = np.array([-1.0, -1, -1])
    heard: list[Tighter] = []
    whole = replace(arrays, integer=np.zeros(3, bool))
    start = child.race([("relax_nearly", (slim(whole, cost).arrays, cost, 10.0))], seconds=60)
    assert start.basis is not None
    heard = tightened(arrays, cost, start.basis)
    assert [said.relaxed.point.sum() for said in heard] == pytest.approx([1.0] * len(heard))
    assert heard[-1].cuts.matrix.toarray().tolist() == [[1, 1, 1]]


def test_cuts_take_the_rows_that_are_kept_for_them() -> None:
    one, _ = points_of(0, Named())
    space = Space(one.problem, one.program)
    own, columns = space.arrays.shape
    space.keep_room(2)
    space.limit(one.goals["heads"][0], 5.0)
    rows = sp.csr_array(np.eye(3, columns))
    first, others = Cuts(rows[[0]], np.array([1.0])), Cuts(rows[[0, 1, 2]], np.array([1.0, 2.0, 3.0]))
    assert space.add(first).tolist() == [own]
    assert space.add(others).tolist() == [own, own + 1, NOBODY]  # known already, new, no room
    assert space.arrays.hi[own : own + 2].tolist() == [1.0, 2.0]
    assert space.arrays.matrix[[own, own + 1]].toarray().tolist() == rows[[0, 1]].toarray().tolist()
    assert space.arrays.shape[0] == own + 3
    assert space.arrays.hi[own + 2] == 5.0
    assert space.uncut.shape[0] == own


def test_a_cut_for_which_there_is_no_room_leaves_a_relaxation_as_it_was() -> None:
    one, _ = points_of(0, Named())
    cost = 100 * one.goals["heads"][0] + one.goals["posts"][0]
    space = Space(one.problem, one.program)
    left = slim(space.arrays, cost)
    found = Relaxed(np.zeros(left.columns.size), np.zeros(left.rows.size))
    relaxation = Relaxation("exact", ("posts",), left, found=found)
    more = Cuts(sp.csr_array(np.eye(1, space.arrays.shape[1])), np.array([1.0]))
    assert relaxation.tightened(Tighter(found, more, np.array([-1.0])), space) is None
    assert relaxation.found is found
    assert relaxation.better_duals is None
