"""Cuts that outlive a run: they come of the rows as they are now, and cut off no whole point of any case."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import scipy.sparse as sp

from planner import api
from planner.domain.scenario import SolveSpec
from planner.engine import Progress, build_program, packed, solve, unpacked
from planner.engine.bound import dual_bound, fixed_by
from planner.engine.cuts import LARGEST, Cuts, Origin, cuts_at
from planner.engine.duals import Proof, proof_of
from planner.engine.large_run import at_most_one
from planner.engine.marks import Marks, finished, marking
from planner.engine.origins import Kept, kept, moved, nothing_kept
from planner.engine.space import Space
from planner.engine.unavoidable import unavoidable
from planner.problem import Named, Problem
from planner.program.arrays import Arrays
from planner.verify.judge import status_quo_of
from tests.engine.test_cuts import PAIRS, arrays_of, drawn, points_of, relaxed
from tests.structure import classes

GOALS = ("posts",)


def marked(rows: int, since: int = 0) -> Marks:
    """Rows that are known by their places."""
    numbers = np.arange(since, since + rows, dtype=np.uint64)
    return Marks(numbers + np.uint64(1000), numbers)


def keys(columns: int) -> np.ndarray:
    return np.arange(columns, dtype=np.uint64)


def kept_of(arrays: Arrays, cuts: Cuts) -> tuple[Kept, list[int]]:
    rows, columns = arrays.shape
    return kept(cuts.origins, marked(rows), keys(columns))


def derived(told: Kept, arrays: Arrays) -> Cuts:
    rows, columns = arrays.shape
    return told.derived(arrays, marked(rows), keys(columns))[0]


def of_three() -> tuple[Arrays, Kept]:
    arrays = arrays_of(PAIRS, [-np.inf] * 3, [1, 1, 1], [0] * 3, [1] * 3)
    return arrays, kept_of(arrays, cuts_at(arrays, np.full(3, 0.5), 10))[0]


def test_of_the_same_rows_comes_the_same_cut() -> None:
    arrays, told = of_three()
    again = derived(told, arrays)
    assert again.matrix.toarray().tolist() == [[1, 1, 1]]
    assert again.most.tolist() == [1]


def test_of_a_row_that_allows_more_comes_a_cut_that_does() -> None:
    """Rows of 1, 1 and 3: half of 5 is 2 at most. Of 1, 1, 4 it is 3, which three columns never break: no cut."""
    arrays, told = of_three()
    again = derived(told, replace(arrays, hi=np.array([1.0, 1, 3])))
    assert (again.matrix.toarray().tolist(), again.most.tolist()) == ([[1, 1, 1]], [2])
    assert len(derived(told, replace(arrays, hi=np.array([1.0, 1, 4])))) == 0
    assert len(derived(told, replace(arrays, hi=np.array([1.0, 1, np.inf])))) == 0


def test_a_column_that_is_new_in_the_rows_is_counted_as_half_of_them_say() -> None:
    """A fourth that excludes all three: x1 + x2 + x3 + ⌊3/2⌋ x4 ≤ 1, in any order of the columns."""
    _, told = of_three()
    rows = [[1, 1, 1, 0], [1, 0, 1, 1], [1, 1, 0, 1]]
    arrays = arrays_of(rows, [-np.inf] * 3, [1, 1, 1], [0] * 4, [1] * 4)
    again = told.derived(arrays, marked(3), np.array([9, 0, 1, 2], np.uint64))[0]
    assert again.matrix.toarray().tolist() == [[1, 1, 1, 1]]
    assert again.most.tolist() == [1]


def test_without_one_of_its_rows_there_is_no_cut_and_none_that_came_of_it() -> None:
    arrays, told = of_three()
    marks = marked(3)
    assert len(told.derived(arrays, replace(marks, says=marks.says + np.uint64(9)), keys(3))[0]) == 1, "by its label"
    gone = replace(marks, says=marks.says + np.uint64(9), named=marks.named + np.uint64(1))
    assert len(told.derived(arrays, gone, keys(3))[0]) == 0
    first = Origin(np.array([0]), np.ones(1), (), np.array([0]), np.ones(1))
    second = Origin(np.array([1]), np.ones(1), (first,), np.array([1]), np.ones(1))
    both, numbers = kept((second,), marks, keys(3))
    assert (len(both), numbers) == (2, [1])
    assert both.derived(arrays, marks, keys(3))[1] == [], "x1 ≤ 1 says nothing"


def test_cuts_of_random_programs_come_again_and_hold_after_any_edit() -> None:
    rng = np.random.default_rng(3)
    same = edited = 0
    for _ in range(300):
        arrays, known = drawn(rng), Cuts(sp.csr_array((0, 0)), np.zeros(0))
        for n in range(3):
            at = relaxed(known.added_to(arrays) if n else arrays, rng.integers(-5, 6, arrays.shape[1]).astype(float))
            found = cuts_at(arrays, at, 20, known if n else None)
            known = known.and_(found) if n else found
        if not len(known):
            continue
        told, numbers = kept_of(arrays, known)
        again, which = told.derived(arrays, marked(arrays.shape[0]), keys(arrays.shape[1]))
        for n, number in enumerate(numbers):  # those that say nothing more than the columns' sides are left out
            if number in which:
                at = which.index(number)
                assert again.matrix[[at]].toarray().tolist() == known.matrix[[n]].toarray().tolist()
                assert again.most[at] == known.most[n]
                same += 1
            else:
                row = known.matrix[[n]].toarray()[0]
                assert known.most[n] >= np.where(row > 0, row * arrays.upper, row * arrays.lower).sum()
        other = changed(rng, arrays)
        sides = [np.arange(a, b + 1) for a, b in zip(other.lower, other.upper, strict=True)]
        points = np.array(list(product(*sides)), float)
        whole = points[other.feasible(points)]
        after = derived(told, other)
        assert (after.matrix @ whole.T <= after.most[:, None] + 1e-9).all()
        edited += len(after)
    assert same > 200
    assert edited > 100


def changed(rng: np.random.Generator, arrays: Arrays) -> Arrays:
    """Some coefficients, sides of rows and of columns are others."""
    matrix = arrays.matrix.toarray()
    where = rng.random(matrix.shape) < 0.1
    matrix = np.where(where, rng.integers(-2, 3, matrix.shape), matrix)
    by = np.where(rng.random(arrays.shape[0]) < 0.3, rng.integers(-1, 2, arrays.shape[0]), 0)
    upper = arrays.upper + (rng.random(arrays.shape[1]) < 0.2)
    return replace(arrays, matrix=sp.csr_array(matrix), lo=arrays.lo + by, hi=arrays.hi + by, upper=upper)


@pytest.mark.parametrize("number", range(0, len(classes.UNIVERSES), 2))
def test_cuts_of_one_universe_cut_no_plan_of_another_off(number: int) -> None:
    """Those of a universe put to the rows of every second one: whatever is known again, plans stay."""
    one, _ = points_of(number, Named())
    costs = [cost for cost, _ in one.goals.values()]
    cuts = cuts_at(one.arrays, relaxed(one.arrays, sum(costs)), 100)
    rows, keys = finished(marking(one.program, one.arrays))
    told = kept(cuts.origins, rows, keys)[0]
    for other in {number, (number + 1) % len(classes.UNIVERSES), (number + 2) % len(classes.UNIVERSES)}:
        two, points = points_of(other, Named())
        rows, keys = finished(marking(two.program, two.arrays))
        again = told.derived(two.arrays, rows, keys)[0]
        assert (again.matrix @ points.T <= again.most[:, None] + 1e-9).all()
        assert other != number or len(again) == len(cuts)


def test_a_cut_of_a_part_is_one_of_the_whole_and_came_of_the_cuts_among_its_rows() -> None:
    row = Origin(np.array([5]), np.ones(1), (), np.array([7]), np.ones(1))
    before = Origin(np.array([1]), -np.ones(1), (), np.array([0]), np.ones(1))
    part = Origin(np.array([0, 2]), np.array([1.0, -1]), (before,), np.array([1]), np.array([2.0]))
    whole, again = moved([part, before], np.array([10, 11, 12]), np.array([20, 21]), {10: row})
    assert whole.cuts[0] is again
    assert (whole.rows.tolist(), whole.signs.tolist()) == ([12], [-1])
    assert whole.cuts[1] is row
    assert (whole.cuts[0].rows.tolist(), whole.cuts[0].columns.tolist()) == ([11], [20])
    assert (whole.columns.tolist(), whole.coefficients.tolist()) == ([21], [2])


def test_a_proof_with_cuts_is_written_read_and_bounds_as_before() -> None:
    """Most of three of which two exclude each other: 1 with the cut, 1.5 without, so that −2 would not be excluded."""
    arrays = arrays_of(PAIRS, [-np.inf] * 3, [1, 1, 1], [0] * 3, [1] * 3)
    cost, cuts = -np.ones(3), cuts_at(arrays, np.full(3, 0.5), 10)
    with_room = marked(3).with_room(1)
    proof = proof_of(with_room, {GOALS: np.array([0.0, 0, 0, -1])}, {GOALS: 0.0}, {3: cuts.origins[0]}, keys(3))
    assert proof.marks.says.size == 0
    again = unpacked(packed(proof))
    assert again is not None
    assert packed(again) == packed(proof)
    found, numbers = again.cuts.derived(arrays, marked(3), keys(3))
    places = np.array([3 if n in numbers else -1 for n in range(len(again.cuts))])
    duals = again.of(GOALS, with_room, places)
    assert duals is not None
    assert dual_bound(found.added_to(arrays), cost, duals).whole == -1
    alone = again.of(GOALS, with_room)
    assert alone is not None
    assert dual_bound(arrays, cost, alone[:3]).whole == -3


BROKEN = {
    "row_starts": [0, 9],
    "row_of": [0, 1, 7],
    "sign_of": [1, 1, 3],
    "cut_starts": [0, 1],
    "column_of": [-1, 1, 2],
    "coefficient_of": [1, 1],
    "large": [1, 1, 1 << 61],
    "named": np.zeros(2, np.uint64),
    "empty": np.zeros(0, np.int64),
    "wraps": [0, 2**63 - 1, -(2**63), -1, 0],
    "many": [0] * (1 << 20),
}


@pytest.mark.parametrize("part", BROKEN)
def test_what_speaks_of_what_is_not_there_is_no_proof(part: str) -> None:
    told = of_three()[1]
    assert told.is_sound
    assert nothing_kept().is_sound
    other_names = {"large": "coefficient_of", "empty": "row_starts", "wraps": "cut_starts", "many": "cut_starts"}
    name = other_names.get(part, part)
    value = np.array(BROKEN[part], getattr(told, name).dtype)
    rest: dict[str, np.ndarray] = {}
    if part in ("wraps", "many"):  # of as many cuts of nothing
        rest = {k: np.zeros(value.size, np.int64) for k in ("row_starts", "column_starts")}
        rest |= {k: np.zeros(0, np.int64) for k in ("row_of", "sign_of", "column_of", "coefficient_of")}
    broken = replace(told, **rest | {name: value})
    assert not broken.is_sound
    proof = Proof(marked(0), {GOALS: np.zeros(0)}, {}, told, {GOALS: np.zeros(1)})
    assert unpacked(packed(proof)) is not None
    if broken.row_starts.size:
        assert unpacked(packed(replace(proof, cuts=broken, of_cuts={GOALS: np.zeros(len(broken))}))) is None


def test_no_cut_comes_of_itself_or_of_a_row_that_is_kept_for_cuts() -> None:
    arrays, told = of_three()
    assert not replace(told, cut_starts=np.array([0, 1]), cut_of=np.array([0])).is_sound
    room = marked(3).with_room(2)
    of_room = replace(told, says=room.says[[0, 1, 4]], named=room.named[[0, 1, 4]])
    assert of_room.is_sound
    assert len(of_room.derived(arrays, room, keys(3))[0]) == 0
    assert len(told.derived(arrays, room, keys(3))[0]) == 1


def test_numbers_that_would_not_be_exact_are_of_no_cut() -> None:
    """Coefficients grow where a cut comes of one cut many times: 60 of the last each time."""
    arrays, told = of_three()
    first = told
    for _ in range(4):
        n = len(first)
        first = replace(
            first,
            row_starts=np.append(first.row_starts, first.row_starts[-1]),
            cut_starts=np.append(first.cut_starts, first.cut_starts[-1] + 60),
            cut_of=np.append(first.cut_of, np.full(60, n - 1)),
            column_starts=np.append(first.column_starts, first.column_starts[-1]),
        )
    assert first.is_sound
    found, _ = first.derived(arrays, marked(3), keys(3))
    assert abs(found.matrix).max() <= LARGEST
    assert len(found) < len(first)


def test_cuts_that_say_the_same_are_kept_once_and_their_duals_are_added() -> None:
    arrays = of_three()[0]
    one, same = (cuts_at(arrays, np.full(3, 0.5), 10).origins[0] for _ in range(2))
    duals = np.array([0.0, 0, 0, -1, -2])
    proof = proof_of(marked(3).with_room(2), {GOALS: duals}, {}, {3: one, 4: same}, keys(3))
    assert len(proof.cuts) == 1
    assert proof.of_cuts[GOALS].tolist() == [-3]
    again = proof.of(GOALS, marked(3).with_room(2), np.array([4]))
    assert again is not None
    assert again.tolist() == [0, 0, 0, 0, -3]


def test_a_proof_of_nothing_may_have_cuts() -> None:
    """A what-if that is stopped at once has derived its parent's cuts, and proved no tier."""
    origin = cuts_at(of_three()[0], np.full(3, 0.5), 10).origins[0]
    assert len(proof_of(marked(3).with_room(1), {}, {}, {3: origin}, keys(3)).cuts) == 0


@pytest.mark.long
def test_the_proof_of_a_run_bounds_each_tier_as_the_run_did() -> None:
    """In the same case, from the file: its cuts come again, and what its duals bound is what was told. The run is over
    once cuts have told of the fourth tier: they count in the bound of the third. It counts nodes and has one worker, so
    that the same is told on a busy machine."""
    loaded = api.load("department")
    problem = Problem(status_quo_of(loaded), useful_only=True, most_moves=0)
    program = build_program(problem)
    enough = threading.Event()

    def heard(told: Progress) -> None:
        if told.step == "tighten" and told.tier == 3:
            enough.set()

    spec = SolveSpec(work=1, gap=0.0, workers=1)
    result = solve(problem, program, loaded.scenario.goals, spec, report=heard, stop=enough)
    assert enough.is_set()
    proof = unpacked(packed(result.proof))
    assert proof is not None
    assert len(proof.cuts)
    space = Space(problem, program)
    space.keep_room(len(proof.cuts))
    rows, keys = finished(marking(program, space.uncut))
    found, numbers = proof.cuts.derived(space.uncut, rows, keys)
    places = np.full(len(proof.cuts), -1)
    places[numbers] = space.add(found)
    marks, groups = rows.with_room(len(proof.cuts)), at_most_one(space)
    proved = 0
    for n, tier in enumerate(result.tiers):
        cost, constant = program.objective(tier.goals)
        duals = proof.of(tier.goals, marks.limited([before.goals for before in result.tiers[:n]]), places)
        if duals is not None and tier.value:
            bound = dual_bound(space.arrays, cost, duals, groups)
            space.arrays = fixed_by(space.arrays, bound, tier.value - constant)
            floor = max(bound.rounded(cost) + constant, unavoidable(problem, tier.goals))
            assert tier.bound <= floor <= tier.value
            proved += floor > 0
        space.limit(cost, tier.value - constant)
    assert proved >= 3
