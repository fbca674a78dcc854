"""Moves by classes: every lawful plan has a point in the program in which moves are loose, where no goal counts more.

A row that cut a plan off, or a goal that counted more, would make a bound false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from planner.engine import build_program
from planner.goals import GOALS
from planner.problem import Named, Problem
from planner.problem.allowed import days_of
from planner.standing import Standing
from planner.structure.point import decided_keys, point
from tests import exact
from tests.random.tiny import make
from tests.structure import classes, universes
from tests.structure.loosely import Loose, drawn, lawful_plans
from tests.structure.walks import Walk, alikened
from tests.twins import rules
from tests.twins.universe import Key, Universe, World, a, g, k, standing_of, u, v

STEPS = 1200
MOST = 40
"""Plans of a universe that are put into its programs."""

CLASSES = [pytest.param(n, id=u.name) for n, u in enumerate(classes.UNIVERSES)]
STRUCTURE = [pytest.param(u, id=u.name) for u in universes.UNIVERSES]
TWINS = [pytest.param(u, id=f"{rule}-{u.name}") for rule, some in rules.UNIVERSES.items() for u in some]

ADVISED = [twin for twin in TWINS if str(twin.id).endswith("-advised")]


@cache
def world_of(number: int) -> World:
    return World(classes.UNIVERSES[number])


def thinned(plans: Sequence[Standing], most: int) -> list[Standing]:
    """At most so many of the plans: those in which most happens, and a draw of the others."""
    ordered = sorted(plans, key=lambda plan: -sum(key[0] in ("a", "v", "k") for key in decided_keys(plan)))
    if len(ordered) <= most:
        return ordered
    rest = ordered[most // 2 :]
    chosen = np.random.default_rng(1).choice(len(rest), most - most // 2, replace=False)
    return [*ordered[: most // 2], *(rest[n] for n in sorted(chosen.tolist()))]


@cache
def walked(number: int) -> list[Standing]:
    return thinned(list(Walk(world_of(number).quo, number).plans(STEPS)), MOST)


def judge(quo: Standing, whole: Problem, plans: Sequence[Standing], seeds: Sequence[int]) -> None:
    """Nothing is named beyond what must be, then some moves drawn with each seed."""
    for named in (Named(), *(drawn(whole, seed) for seed in seeds)):
        program = Loose(quo, named)
        faults = [(fault, sorted(decided_keys(plan), key=str)) for plan in plans for fault in program.faults(plan)]
        assert not faults, f"{len(faults)} faults with {named}, first {faults[0]}"


@pytest.mark.parametrize("number", CLASSES)
def test_every_plan_of_alike_posts_has_a_point_that_costs_no_more(number: int) -> None:
    world = world_of(number)
    assert len(walked(number)) >= 10
    judge(world.quo, world.problem, walked(number), [1])


@pytest.mark.parametrize(
    ("name", "named", "keys"),
    [
        # A goes from P, the first of its class, to Q, so that P is vacant on the day for B, whose move is named.
        ("rotations within a class", {("B", "P")}, [*v("A", "Q", 0), *v("B", "P", 0)]),
        # C comes to R loosely and leaves service on the very day on which A, named, rotates into the seat.
        ("rotations within a class", {("A", "R")}, [*v("C", "R", 1), *v("A", "R", 2)]),
        # Designated for H and appointed to it, in a case without lists, where nobody is named for being in one.
        ("everyone is listed for alike posts", set(), [*a("A", "H", 2), *g("A", "H")]),
        # A, a deputy, comes to another deputies' post by a loose rotation and acts: as one of those who came.
        ("deputies who came loosely", set(), [*v("A", "D2", 0), *k("A", "H", 0)]),
        # A wish names the pair of the breach: T is not the first of its class.
        ("a list for rotations wished", set(), v("E", "T", 0)),
        # Two of V go, then two come to U, one by a named rotation, one by a loose one: the slack has room for both.
        ("none goes wished", {("B", "Q")}, [*v("B", "Q", 1), *v("E", "T", 1)]),
        ("few on rotation wished", {("B", "Q")}, [*v("B", "Q", 1), *v("C", "H", 1)]),
        # A could come to Q in P1, on the day on which Y leaves, and not to P, whose day is before the end of the
        # course.
        ("a course that ends between the days, seats that may wait", set(), [*u("A", "S1"), *a("A", "P", 2)]),
        # A could come to R in P1 after a rotation, which the law does not count on.
        ("rotations that count as experience, seats that may wait", set(), [*v("A", "Q1", 0), *a("A", "H1", 2)]),
        # A's name in the list of P counts for R on 2027-01-01, not yet on 2026-07-01.
        ("a young name, seats that may wait", set(), a("A", "R", 2)),
        # No order in P0: in U, and for S in V there may be one.
        ("a long procedure, seats that may wait", set(), a("A", "R", 1)),
        ("a long procedure in one unit, seats that may wait", set(), a("A", "R", 1)),
    ],
)
def test_a_plan_that_a_row_or_a_slack_once_cut_off(name: str, named: set[tuple[str, str]], keys: list[Key]) -> None:
    world = world_of([u.name for u in classes.UNIVERSES].index(name))
    plan = standing_of(world.quo, {*decided_keys(world.quo), *keys})
    assert world.lawful(plan)
    assert Loose(world.quo, Named(rotations=frozenset(named))).faults(plan) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("universe", STRUCTURE)
def test_every_plan_of_the_universes_of_the_structure_has_a_point_that_costs_no_more(universe: Universe) -> None:
    world = World(universe)
    plans = [standing for _, standing in lawful_plans(world, 300, 40)]
    judge(world.quo, world.problem, plans, [1])


@pytest.mark.parametrize("universe", ADVISED)
def test_every_plan_that_is_advised_against_has_a_point_that_costs_no_more(universe: Universe) -> None:
    """Loose moves are not counted where a rule only advises, or with room enough."""
    world = World(universe)
    judge(world.quo, world.problem, [plan for _, plan in lawful_plans(world, 300, 40)], [1, 3])


@pytest.mark.long
@pytest.mark.parametrize("universe", TWINS)
def test_every_plan_of_the_universes_of_the_rules_has_a_point_that_costs_no_more(universe: Universe) -> None:
    world = World(universe)
    plans = [standing for _, standing in lawful_plans(world, 800, 100)]
    judge(world.quo, world.problem, plans, [1, 2])


def judge_random(seed: int, steps: int, most: int) -> int:
    quo = alikened(make(seed, seed % 3)).status_quo()
    plans = thinned(list(Walk(quo, seed).plans(steps)), most)
    judge(quo, Problem(quo), plans, [1, 2])
    return len(plans)


def test_plans_of_random_cases_with_alike_posts_have_points_that_cost_no_more() -> None:
    assert sum(judge_random(seed, 800, 30) for seed in range(20)) >= 250


@pytest.mark.long
@pytest.mark.parametrize("first", range(30, 150, 20))
def test_plans_of_many_random_cases_with_alike_posts_have_points_that_cost_no_more(first: int) -> None:
    assert sum(judge_random(seed, 2500, 120) for seed in range(first, first + 20)) >= 300


@pytest.mark.long
@pytest.mark.parametrize("number", CLASSES)
def test_more_plans_of_alike_posts_and_more_draws(number: int) -> None:
    world = world_of(number)
    plans = thinned(list(Walk(world.quo, 1000 + number).plans(12_000)), 300)
    judge(world.quo, world.problem, plans, range(3, 9))


def judge_values(quo: Standing, tiers: Sequence[Sequence[str]], named: Named) -> None:
    """Tier by tier the least value is not above that of the best plan; places that serve nothing are left out.

    The best values of plans are those of the program without loose moves, which is exact.
    """
    best = exact.optimum(build_program(Problem(quo)), tiers)
    if best is None:
        return  # decisions that cannot hold together
    one = Loose(quo, named, useful_only=True)
    rows: list[exact.Row] = []
    for tier, value in zip(tiers, best.values, strict=True):
        cost, constant = one.program.objective(tier)
        found = exact.solve(one.arrays, cost, rows)
        assert found is not None, tier
        assert cost @ found + constant <= value, tier
        rows.append(exact.tier_row(one.program, tier, value))


def in_order(seed: int) -> list[tuple[str, ...]]:
    """The goals in the usual order, or in another one."""
    goals = list(GOALS)
    if seed % 2:
        np.random.default_rng(seed).shuffle(goals)
    return [(goal,) for goal in goals]


@pytest.mark.parametrize("number", range(0, len(classes.UNIVERSES), 5))
def test_no_least_value_is_above_that_of_the_best_plan(number: int) -> None:
    world = world_of(number)
    judge_values(world.quo, in_order(number), Named())


@pytest.mark.parametrize("number", range(len(classes.days())), ids=[u.name for u in classes.days()])
def test_who_may_only_come_to_a_post_of_a_later_day_is_not_counted_for_one_of_an_earlier(number: int) -> None:
    """As few empty posts as in the best plan and no fewer.

    Of the first by hand: who ends the course on 10-01 may follow Y in Q on 11-01, but neither X in P on 08-01 nor come
    to R on the first day; only C may take one of these two, so that the other is empty at the end of P1: 4.
    """
    world = world_of(number)
    best = exact.optimum(build_program(Problem(world.quo)), [("posts",)])
    program = Loose(world.quo, Named())
    cost, constant = program.program.objective(("posts",))
    found = exact.solve(program.arrays, cost, [])
    assert best is not None
    assert found is not None
    assert (cost @ found + constant,) == best.values
    assert number > 0 or best.values == (4,)


@pytest.mark.long
@pytest.mark.parametrize("number", CLASSES)
def test_no_least_value_of_more_draws_is_above_that_of_the_best_plan(number: int) -> None:
    world = world_of(number)
    for seed in (1, 2, 3):
        judge_values(world.quo, in_order(number + seed), drawn(world.problem, seed))


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, 80, 10))
def test_no_least_value_of_random_cases_is_above_that_of_the_best_plan(first: int) -> None:
    for seed in range(first, first + 10):
        tiny = alikened(make(seed, seed % 3))
        judge_values(tiny.status_quo(), tiny.goals, Named())


def test_in_the_universes_of_alike_posts_everything_happens_in_which_a_class_may_differ() -> None:
    """Columns above 0 on some plan, and what the posts of a class and those who come to them differ in."""
    seen: Counter[str] = Counter()
    for number in range(len(classes.UNIVERSES)):
        world = world_of(number)
        program = Loose(world.quo, Named())
        moves, ground, expected = program.problem.moves, world.ground, program.problem.expected
        kinds = np.array([str(key[0]) for key in program.program.keys])
        for first, posts in moves.appoint.posts.items():
            holders = {len(ground.incumbents[p]) for p in posts}
            seen["classes with several days"] += any(
                len(days_of(expected, moves.appoint, first, t)) > 1 for t in ground.horizon.periods
            )
            seen["classes with and without incumbents"] += 0 in holders and len(holders) > 1
            seen["classes of several kinds"] += len(moves.appoint.kinds[first]) > 1
            seen["classes of posts in two units"] += len({ground.case.position[p].unit_id for p in posts}) > 1
        for plan in walked(number):
            values = point(program.program, plan, moves)
            for kind in ("c", "w", "F", "R", "came", "ow", "ka"):
                seen[kind] += bool((values[kinds == kind] > 0).any())
            line, last = plan.line, ground.horizon.periods[-1]
            loose = {key[1:3] for n, key in enumerate(program.program.keys) if key[0] == "c" and values[n] > 0}
            for person, _ in loose:
                seen["leaves after a loose appointment"] += not line.in_service(person, ground.horizon.instant(last))
                seen["rotates and is appointed"] += person in line.rotations
                seen["designated and appointed loosely"] += person in plan.designated.values()
                seen["trains and is appointed loosely"] += any(p.person == person for p in line.plan.training)
            homes = {p: moves.rotate.first_of[p] for p in ground.full_time}
            turned = [r for r in line.plan.rotations if ("v", r.person, r.position, r.period) not in program.program]
            seen["leaves the first of the class for another"] += any(
                r.home is not None and r.home == homes[r.position] for r in turned
            )
            seen["acts after a loose move"] += any(
                c.person in {r.person for r in turned} | {i for i, _ in loose} for c in line.plan.covers
            )
    assert [what for what in seen if seen[what] < 3] == []
    assert len(seen) == 17
