"""The run of a large case: the program that grows by the moves that are named, the plan read off, the clock."""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pytest

from planner import api
from planner.domain.collector import collector_at_rest
from planner.domain.errors import LimitError
from planner.domain.scenario import SolveSpec
from planner.engine import build, build_program, large_run, marks
from planner.engine.memory import Memory
from planner.engine.model import build_named
from planner.engine.parent import Parent
from planner.problem import Named, Problem
from planner.problem import moves as moves_of_problem
from planner.program import go_on
from planner.program import program as program_of_rows
from planner.verify.judge import status_quo_of
from tests.structure.test_loose import world_of


def some_moves(problem: Problem) -> Named:
    """An appointment to the first post of each class for all who may come to it."""
    moves = problem.moves
    return Named(frozenset({(i, moves.appoint.posts[first][0]) for i, first in moves.loose_takeovers}))


@contextmanager
def begun_run(
    problem: Problem, stop: threading.Event | None = None, parent: Parent | None = None
) -> Iterator[large_run.LargeRun]:
    """Of sixty seconds, before any tier."""
    with Memory(None) as memory:
        spec = SolveSpec(seconds=60)
        run = large_run.LargeRun(problem, build_program(problem), spec, lambda progress: None, stop, memory, parent)
        yield run
        run.drop()


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


def test_of_a_run_that_is_over_only_the_plan_is_read_off() -> None:
    """Nothing is searched from its point any more, which takes as long to make as to read the plan."""
    stop = threading.Event()
    with begun_run(Problem(world_of(15).quo, useful_only=True, most_moves=0), stop) as run:
        run.values = better = run.values.copy()
        stop.set()
        run.settle()
        standing, arrays = run.standing, run.bounding.arrays
        assert run.values is better
        run.settle()
        assert run.standing is standing, "once is enough"
        run.limit(("heads",), 1000, None)
        assert run.reached == [(("heads",), 1000)], "the rows of a proof are known by it"
        assert run.bounding.arrays is arrays


def test_the_rows_are_marked_little_by_little_once_there_is_a_proof_that_needs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It takes some seconds at 1,200 posts: solvers are heard meanwhile, and Ctrl-C is."""
    monkeypatch.setattr(marks, "STEP", 1)
    stop = threading.Event()
    problem = Problem(world_of(15).quo, useful_only=True, most_moves=0)
    with begun_run(problem, stop) as run:
        assert not run.mark_more()
        assert not run.proof({}).duals
        assert run._marked is None, "there is nothing that they would be needed for"
        run.duals = {("heads",): np.ones(run.bounding.uncut.shape[0])}
        steps = 1
        while run.mark_more():
            assert run._marked is None
            steps += 1
        size = sum(run.bounding.uncut.shape)
        assert steps == size + 1
        expected, keys = marks.finished(marks.marking(run.bounding.program, run.bounding.uncut))
        assert run._marked is not None
        assert np.array_equal(run._marked[1], keys)
        assert np.array_equal(run.marks().named, expected.with_room(large_run.MOST_CUTS).named)
        assert run.proof({("heads",): 0.5}).of(("heads",), run.marks()) is not None
    with begun_run(problem, stop) as run:
        run.duals = {("heads",): np.ones(run.bounding.uncut.shape[0])}
        assert run.mark_more()
        stop.set()
        assert run.proof({("heads",): 0.5}).duals, "what takes no time is finished all the same"
    stop.clear()
    with begun_run(problem, stop) as run:
        run.duals = {("heads",): np.ones(run.bounding.uncut.shape[0])}
        monkeypatch.setattr(large_run, "LAST_SECONDS", -1.0)
        stop.set()
        assert not run.proof({("heads",): 0.5}).duals, "somebody waits for the end"


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


def test_ctrl_c_is_heard_while_the_first_program_is_built() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(LimitError, match="before any plan"):
        build(status_quo_of(api.load("department")), stop=stop)


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
