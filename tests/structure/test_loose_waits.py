"""Moves by class, waiting that is excused, and lists that count later: no plan costs more there, none is cut off."""

from planner.engine import build_program
from planner.goals import GOALS
from planner.problem import Named, Problem
from planner.structure.point import decided_keys
from tests import exact
from tests.structure.classes import universe
from tests.structure.loosely import Loose
from tests.twins.universe import World, a, case_of, course, entry, person, post, session, standing_of, u, v, x

SIX = entry("tolerated_vacancy", force="info", empty=6, acting=6)


def test_somebody_is_waited_for_who_might_have_come_to_another_post_of_the_class() -> None:
    """P falls empty on 08-01, Q on 11-01. A, whose course ends on 10-01, could come to Q in P1 and not to P: that P is
    empty at the end of P1 is excused where A comes to it in P2. P counts twice as much; Q is empty twice: 8."""
    case = case_of(
        [person("X", "P", leaves="2026-08-01"), person("Y", "Q", leaves="2026-11-01"), person("A")],
        positions=[post("P", "DEP", standard="theory", criticality=2), post("Q", "DEP", standard="theory")],
        courses=[course()],
        sessions=[session("S1", "2026-03-01", "2026-10-01")],
    )
    world = World(universe("waits between the days", case, SIX))
    plan = standing_of(world.quo, {*decided_keys(world.quo), *u("A", "S1"), *a("A", "P", 2)})
    assert world.lawful(plan)
    assert GOALS["posts"].value(plan) == 8
    program = Loose(world.quo, Named())
    assert program.faults(plan) == []
    best = exact.optimum(build_program(Problem(world.quo)), [("posts",)])
    cost, constant = program.program.objective(("posts",))
    found = exact.solve(program.arrays, cost, [])
    assert best is not None
    assert found is not None
    assert cost @ found + constant <= best.values[0] == 8


def test_a_list_that_is_old_enough_for_a_later_appointment_only() -> None:
    """E, listed for H, has been so for 60 days from 2026-02-18 on: not to G, of the same class, in P0, but in P1."""
    case = case_of(
        [person("E", rank="DEP"), person("X", "H")],
        positions=[post("H"), post("G")],
        pools=[{"position_id": "H", "person_id": "E", "since": "2025-12-20"}],
    )
    world = World(universe("a young name", case, entry("order_after_list", days=60)))
    plan = standing_of(world.quo, {*decided_keys(world.quo), *a("E", "G", 1)})
    assert world.lawful(plan)
    assert Loose(world.quo, Named()).faults(plan) == []


def test_a_day_before_which_only_some_posts_of_a_class_get_nobody() -> None:
    """H, a head, gets nobody by rotation before 2026-09-08; F, of the same class, does on 07-01."""
    case = case_of(
        [person("E", "G")],
        positions=[post("H", head=True), post("F"), post("G", unit="V")],
    )
    rules = (entry("rotation_length", months=6), entry("earliest_order", days=250, applies_to={"head": True}))
    world = World(universe("some posts later", case, *rules))
    plan = standing_of(world.quo, {*decided_keys(world.quo), *v("E", "F", 1)})
    assert world.lawful(plan)
    assert Loose(world.quo, Named()).faults(plan) == []


def test_a_name_that_a_round_has_removed_does_not_count_for_what_it_was_before() -> None:
    """The list has the name for 120 days, and still: on 2026-07-01 E, in it on 03-03, is out since 03-31."""
    case = case_of(
        [person("E", rank="DEP"), person("F", rank="DEP")],
        positions=[post("H")],
        rounds=[{"round_id": "R", "approved_on": "2026-03-31"}],
        pools=[{"position_id": "H", "person_id": i} for i in "EF"],
    )
    world = World(universe("removed", case, entry("order_after_list", days=120)))
    program = build_program(Problem(world.quo))
    removed = standing_of(world.quo, {*x("F", "H"), *a("E", "H", 1)})
    kept = standing_of(world.quo, {*x("F", "H"), *a("F", "H", 1)})
    assert not world.lawful(removed)
    assert world.lawful(kept)
    assert ("a", "E", "H", 1) in program
