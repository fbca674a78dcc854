"""Which loose moves a relaxed point uses, by person and post; a named one is judged on the day of its own post."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from planner.engine import naming
from planner.problem import Named
from planner.program.arrays import Floats
from planner.standing import Standing
from planner.structure.point import decided_keys, point
from tests.engine.test_slim import relaxed
from tests.structure import classes
from tests.structure.loosely import Loose
from tests.structure.test_loose import CLASSES, walked, world_of
from tests.twins.universe import standing_of


def loose_of(number: int) -> Loose:
    return Loose(world_of(number).quo, Named())


def pairs_of(plan: Standing, kind: str) -> set[tuple[str, str]]:
    return {(key[1], key[2]) for key in decided_keys(plan) if key[0] == kind}


def relaxed_points(one: Loose, seed: int) -> list[Floats]:
    """Of each goal, and of random costs."""
    rng = np.random.default_rng(seed)
    costs = [cost for cost, _ in one.goals.values()]
    costs += [rng.integers(-5, 6, len(one.program.keys)).astype(float) for _ in range(3)]
    found = []
    for cost in costs:
        value, values = relaxed(one.arrays, cost)
        assert value is not None
        found.append(values)
    return found


@pytest.mark.parametrize("number", CLASSES[::2])
def test_no_move_is_named_that_cannot_be_and_each_has_columns_only_where_its_own_day_allows(number: int) -> None:
    world, one = world_of(number), loose_of(number)
    ground, moves = world.ground, one.problem.moves
    for relaxation in relaxed_points(one, number):
        named = naming.used(one.problem, one.program, relaxation)
        assert not any(p in ground.held[i] for i, p in named.appointments | named.rotations)
        assert {(i, moves.appoint.first_of[p]) for i, p in named.appointments} <= moves.loose_takeovers.keys()
        assert {(i, moves.rotate.first_of[p]) for i, p in named.rotations} <= moves.loose_stints.keys()
        again = Loose(world.quo, named, only_named=True).problem
        for (i, p), periods in again.takeover_periods.items():
            assert set(periods) <= set(world.problem.takeover_periods.get((i, p), ())), (i, p)
        for pair, stints in again.stints.items():
            assert set(stints) <= set(world.problem.stints.get(pair, ())), pair
        beside = Loose(world.quo, named).problem
        for (i, p), periods in beside.takeover_periods.items():
            for t in periods:
                day = world.quo.expected.delta(p, t)
                assert world.bound.allows(i, p, "appoint", day).ok
                assert beside.closers.can_close(i, ground.demands(p, "appoint"), day)


@pytest.mark.parametrize("number", CLASSES[1::2])
def test_the_loose_moves_of_a_single_move_are_named_as_they_are(number: int) -> None:
    """Of a plan with one loose move the person and the post are told apart from all others of the class."""
    world, one = world_of(number), loose_of(number)
    for plan in walked(number):
        for key in decided_keys(plan):
            if key[0] not in "av" or key in one.program:
                continue
            values = np.zeros(len(one.program.keys))
            kind, sitting, classes_ = ("c", "F", one.problem.moves.appoint) if key[0] == "a" else (
                "w", "R", one.problem.moves.rotate
            )  # fmt: skip
            values[one.program.index[kind, key[1], classes_.first_of[key[2]], key[3]]] = 1
            cohort = () if sitting == "R" else (world.quo.expected.cohort(key[1]),)
            for t in world.ground.horizon.periods[key[3] :]:
                if (sitting, key[2], t, *cohort) in one.program:
                    values[one.program.index[(sitting, key[2], t, *cohort)]] = 1
            if sitting == "R":
                values[one.program.index["came", key[2], key[3]]] = 1
            named = naming.used(one.problem, one.program, values)
            assert (named.appointments if key[0] == "a" else named.rotations) == {(key[1], key[2])}
            assert not (named.rotations if key[0] == "a" else named.appointments)


@pytest.mark.parametrize("number", CLASSES[::4])
def test_who_comes_alone_to_a_class_in_a_period_goes_to_the_post_that_gets_somebody_then(number: int) -> None:
    """Not to one that got somebody before."""
    one = loose_of(number)
    moves = one.problem.moves
    for plan in walked(number):
        values = point(one.program, plan, moves)
        loose = [key for key in decided_keys(plan) if key[0] in "av" and key not in one.program]
        expected: dict[str, set[tuple[str, str]]] = {"a": set(), "v": set()}
        comings = Counter()
        for kind, i, p, t in loose:
            comings[kind, (moves.appoint if kind == "a" else moves.rotate).first_of[p], t] += 1
            cohort = one.problem.expected.cohort(i)
            now, before = (one.program.index.get(("F", p, s, cohort)) for s in (t, t - 1))
            if kind == "v" or (now is not None and values[now] - (0 if before is None else values[before]) > 0):
                expected[kind].add((i, p))
        if loose and max(comings.values()) == 1:
            named = naming.used(one.problem, one.program, values)
            assert named == Named(frozenset(expected["a"]), frozenset(expected["v"])), loose  # type: ignore[arg-type]


def everywhere(person: str, post: str) -> bool:
    return True


def test_each_is_sent_where_most_is_left_and_has_other_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    # 0.6 and 0.5 come, 0.7 and 0.4 are wanted: A fills 0.6 of P, B 0.4 of Q and the other 0.1 of P.
    came, got = [(0.6, "A"), (0.5, "B")], [(0.7, "P"), (0.4, "Q")]
    every = {("A", "P"), ("B", "Q"), ("B", "P"), ("A", "Q")}
    assert naming._sent(came, got, everywhere) == every  # type: ignore[arg-type]
    assert naming._sent(came, [], everywhere) == set()  # type: ignore[arg-type]
    monkeypatch.setattr(naming, "WAYS", 0)
    assert naming._sent(came, got, everywhere) == every - {("A", "Q")}  # type: ignore[arg-type]
    # Two to two of the same size: one pair each, and no more.
    assert len(naming._sent([(1.0, "A"), (1.0, "B")], [(1.0, "P"), (1.0, "Q")], everywhere)) == 2  # type: ignore[arg-type, list-item]


def test_nobody_is_sent_to_a_post_that_a_rule_bars_and_who_may_go_to_few_comes_first() -> None:
    # B may only go to P: A is sent to Q, although P would take both.
    def may(person: str, post: str) -> bool:
        return (person, post) != ("B", "Q")

    found = naming._sent([(1.0, "A"), (1.0, "B")], [(1.0, "P"), (1.0, "Q")], may)  # type: ignore[arg-type, list-item]
    assert ("B", "P") in found
    assert ("A", "Q") in found
    assert ("B", "Q") not in found


def test_what_is_too_small_to_mean_anything_is_not_sent() -> None:
    assert naming._large([(0.01, "A"), (0.05, "B"), (0.2, "C")]) == [(0.2, "C"), (0.05, "B")]


def test_the_pairs_named_are_fewer_than_people_and_posts_together_and_take_all_that_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(naming, "WAYS", 0)
    assert naming._sent([], [(1.0, "P")], everywhere) == set()  # type: ignore[list-item]
    rng = np.random.default_rng(1)
    for _ in range(50):
        people = [(float(rng.random() + 0.02), f"i{n}") for n in range(int(rng.integers(1, 6)))]
        posts = [(float(rng.random() + 0.02), f"p{n}") for n in range(int(rng.integers(1, 6)))]
        pairs = naming._sent(people, posts, everywhere)  # type: ignore[arg-type]
        assert len(pairs) < len(people) + len(posts)
        coming, wanted = sum(a for a, _ in people), sum(a for a, _ in posts)
        if coming <= wanted:
            assert {i for i, _ in pairs} == {i for _, i in people}
        else:
            assert {p for _, p in pairs} == {p for _, p in posts}


def test_a_plan_whose_moves_are_named_is_a_point_of_the_program_made_for_it() -> None:
    """The way of the engine: what the relaxed point uses is named, and the best plan's moves stay named."""
    for number in range(0, len(classes.UNIVERSES), 3):
        world, one = world_of(number), loose_of(number)
        for plan in walked(number)[:20]:
            values = point(one.program, plan, one.problem.moves)
            used = naming.used(one.problem, one.program, values)
            mine = Named(frozenset(pairs_of(plan, "a")), frozenset(pairs_of(plan, "v")))
            both = Named(used.appointments | mine.appointments, used.rotations | mine.rotations)
            exactly = Loose(world.quo, both, only_named=True)
            assert exactly.faults(standing_of(world.quo, decided_keys(plan))) == []


@pytest.mark.parametrize("number", CLASSES[::3])
def test_to_a_post_those_are_named_who_may_come_and_cost_least(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "CANDIDATES", 2)
    world, one = world_of(number), loose_of(number)
    moves, horizon = one.problem.moves, world.ground.horizon
    reduced = np.random.default_rng(number).random(len(one.program.keys))
    for post in world.ground.case.position:
        named = naming.to_posts(one.problem, one.program, [post], reduced)
        came: dict[str, float] = {}
        turned: dict[str, float] = {}
        for key, cost in zip(one.program.keys, reduced, strict=True):
            kind, person, *rest = key
            if kind == "c" and post in moves.appoint.posts[rest[0]] and moves.may_take_over(person, post, rest[1]):
                came[person] = min(cost, came.get(person, 1.0))
            if kind == "w" and post in moves.rotate.posts[rest[0]]:
                if moves.may_rotate(person, post, horizon.start(rest[1])):
                    turned[person] = min(cost, turned.get(person, 1.0))
        assert named.appointments == {(i, post) for i in sorted(came, key=came.__getitem__)[:2]}
        assert named.rotations == {(i, post) for i in sorted(turned, key=turned.__getitem__)[:2]}
