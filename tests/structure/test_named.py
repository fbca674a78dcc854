"""With `only_named` the program is exact for the named moves and refuses the others: rows, goals, and the way back."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from ortools.sat.python import cp_model

from planner.engine import build_program
from planner.goals import GOALS
from planner.problem import Named, Problem
from planner.rules.structure.decisions import binding
from planner.standing import Standing
from planner.structure.extract import extract
from planner.structure.point import RefusedError, decided_keys, point
from tests import exact
from tests.random.exhaustive import Law
from tests.random.tiny import make
from tests.structure import classes, universes
from tests.structure.loosely import Loose, drawn, lawful_plans
from tests.structure.test_loose import CLASSES, thinned, walked, world_of
from tests.structure.walks import Walk, alikened
from tests.twins.universe import Universe, World

PROBES = 6
DECISIONS = ("x", "u", "v", "a", "k", "g")


def has_columns(problem: Problem, plan: Standing) -> bool:
    """Whether every move of the plan is among those that have a column of their own."""
    moves = problem.moves
    return all(
        (key[0] != "a" or key[3] in moves.takeovers.get(key[1:3], ()))
        and (key[0] != "v" or any(s.period == key[3] for s in moves.stints.get(key[1:3], ())))
        for key in decided_keys(plan)
    )


def named_by(problem: Problem, named: Named, plan: Standing) -> bool:
    """Whether the plan uses only moves that were asked for by name or that are named in any case.

    In any case named are appointments of people to posts whose list they are or may be in, and all moves of people of
    whom a decision speaks.
    """
    ground = problem.ground
    decided = {d.person_id for d in binding(ground)}
    listed = {(i, p) for p, persons in ground.old_lists.items() for i in persons} | {
        (e.person, e.position) for e in plan.line.plan.pools if e.status != "remove"
    }
    for a in plan.line.plan.appointments:
        if (a.person, a.position) not in named.appointments | listed and a.person not in decided:
            return False
    return all((r.person, r.position) in named.rotations or r.person in decided for r in plan.line.plan.rotations)


def asked(whole: Problem, plans: Sequence[Standing], seed: int) -> Named:
    """Nothing, or a draw of moves with those of two of the plans."""
    if seed == 0 or not plans:
        return Named()
    named, rng = drawn(whole, seed), random.Random(seed)
    keys = [key for plan in (rng.choice(plans), rng.choice(plans)) for key in decided_keys(plan)]
    return Named(
        named.appointments | {key[1:3] for key in keys if key[0] == "a"},
        named.rotations | {key[1:3] for key in keys if key[0] == "v"},
    )


def doubled(plan: Standing, goal: str) -> int:
    """What a goal counts of breaches with one key: that of person D in post E and of person E in post D.

    Random cases give people the names of posts; the program has one slack for such a pair.
    """
    if goal != "preferences":
        return 0
    wished = [rule for rule in plan.bound.rules if not rule.is_must]
    found = [(rule.entry.weight * v.amount, v.key) for rule in wished for v in rule.check(plan.line)]
    return sum(weight for weight, _ in found) - sum({key: weight for weight, key in found}.values())


def judge(quo: Standing, plans: Sequence[Standing], named: Named) -> tuple[int, int]:
    """How many of the lawful plans the program has, and how many it refuses; it has each that uses only named moves."""
    one = Loose(quo, named, only_named=True)
    assert one.problem.is_whole
    assert one.kinds.isdisjoint({"c", "w", "F", "R", "came", "ow", "ka"})
    kept = refused = 0
    for plan in plans:
        keys = sorted(decided_keys(plan), key=str)
        try:
            values = point(one.program, plan)
        except RefusedError:
            refused += 1
            assert not named_by(one.problem, named, plan), keys
            continue
        assert has_columns(one.problem, plan)
        assert one.arrays.feasible(values[None, :])[0], keys
        assert extract(one.problem, one.program, values).line.plan == plan.line.plan
        for goal, (cost, constant) in one.goals.items():
            assert cost @ values + constant == GOALS[goal].value(plan) - doubled(plan, goal), goal
        kept += 1
    return kept, refused


@pytest.mark.parametrize("number", CLASSES)
def test_plans_of_named_moves_are_points_and_all_others_are_refused(number: int) -> None:
    world, plans = world_of(number), walked(number)
    _, refused = judge(world.quo, plans, Named())
    assert refused > 0
    kept, _ = judge(world.quo, plans, asked(world.problem, plans, 1 + number))
    assert kept > 0


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, 160, 20))
def test_plans_of_named_moves_of_random_cases(first: int) -> None:
    for seed in range(first, first + 20):
        quo = alikened(make(seed, seed % 3)).status_quo()
        plans = thinned(list(Walk(quo, seed).plans(2000)), 150)
        for draw in range(3):
            judge(quo, plans, asked(Problem(quo), plans, draw))


@pytest.mark.parametrize("number", range(0, len(universes.UNIVERSES), 3))
def test_of_all_plans_of_a_universe_exactly_the_lawful_ones_of_named_moves_are_points(number: int) -> None:
    """Also no unlawful plan is a point."""
    judge_all(universes.UNIVERSES[number], 300)


@pytest.mark.long
@pytest.mark.parametrize("number", range(len(universes.UNIVERSES)))
def test_of_more_plans_of_a_universe_exactly_the_lawful_ones_of_named_moves_are_points(number: int) -> None:
    judge_all(universes.UNIVERSES[number], 3000)


def judge_all(universe: Universe, limit: int) -> None:
    world = World(universe)
    plans = [plan for _, plan in lawful_plans(world, limit, limit)]
    named = asked(world.problem, plans, 1)
    judge(world.quo, plans, named)
    one = Loose(world.quo, named, only_named=True)
    for keys in universe.plans(limit, 2):
        plan = world.standing(keys)
        if world.lawful(plan):
            continue
        try:
            values = point(one.program, plan)
        except RefusedError:
            continue
        accepted = one.arrays.feasible(values[None, :])[0]
        assert not accepted or extract(one.problem, one.program, values).line.plan != plan.line.plan, sorted(keys)


def columns_and_rows(problem: Problem) -> tuple[object, ...]:
    program = build_program(problem)
    arrays = program.freeze()
    parts = (arrays.matrix.indptr, arrays.matrix.indices, arrays.matrix.data, arrays.lo, arrays.hi, arrays.upper)
    return program.keys, *(part.tolist() for part in parts)


@pytest.mark.parametrize("universe", [*classes.UNIVERSES, *universes.UNIVERSES], ids=lambda universe: universe.name)
def test_where_there_is_room_for_all_moves_the_program_is_what_it_is_without_a_limit(universe: Universe) -> None:
    """Also that classes were looked at first leaves no trace."""
    quo = World(universe).quo
    assert columns_and_rows(Problem(quo, most_moves=100_000)) == columns_and_rows(Problem(quo))


@pytest.mark.parametrize("number", CLASSES)
def test_what_is_known_from_a_problem_with_loose_moves_leaves_no_trace(number: int) -> None:
    """Twice, since the second must not find what the first has left."""
    world = world_of(number)
    loose = Problem(world.quo, useful_only=True, most_moves=0)
    for seed in (1, 2):
        named = drawn(world.problem, seed)
        known = Problem(world.quo, useful_only=True, named=named, only_named=True, like=loose)
        anew = Problem(world.quo, useful_only=True, named=named, only_named=True)
        assert columns_and_rows(known) == columns_and_rows(anew)


def probe(quo: Standing, named: Named, seed: int) -> None:
    """For a random worth of each decision the best point is a lawful plan, and no named move beyond those asked for."""
    rng = random.Random(seed)
    problem = Problem(quo, named=named, only_named=True)
    program = build_program(problem)
    model, columns = exact.build(program.freeze())
    law = Law(quo)
    decisions = [n for n, key in enumerate(program.keys) if key[0] in DECISIONS]
    for _ in range(PROBES):
        worth = [rng.randint(-3, 8) for _ in decisions]
        model.maximize(cp_model.LinearExpr.weighted_sum([columns[n] for n in decisions], worth))
        solver = exact.solver()
        assert solver.solve(model) == cp_model.OPTIMAL
        plan = extract(problem, program, np.array([solver.value(c) for c in columns], float))
        breach = next(law.breaches(plan), None)
        assert breach is None, f"{sorted(decided_keys(plan), key=str)}: {breach}"


@pytest.mark.parametrize("number", range(0, len(classes.UNIVERSES), 4))
def test_what_the_program_of_named_moves_allows_is_lawful(number: int) -> None:
    world = world_of(number)
    probe(world.quo, drawn(world.problem, number), number)


@pytest.mark.long
@pytest.mark.parametrize("number", range(len(classes.UNIVERSES)))
def test_what_the_program_of_more_named_moves_allows_is_lawful(number: int) -> None:
    world = world_of(number)
    for seed in range(10, 14):
        probe(world.quo, drawn(world.problem, seed), seed)
