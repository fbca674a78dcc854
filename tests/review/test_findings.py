"""Cases on which law, program or verifier were once wrong, each derived by hand."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.content import Cell, Standard
from planner.engine.bound import dual_bound
from planner.problem import Problem
from tests.review.agree import lawful
from tests.twins.universe import (
    STANDARDS,
    Universe,
    World,
    a,
    case_of,
    content_of,
    course,
    entry,
    g,
    k,
    one_of,
    person,
    post,
    round_,
    session,
    subsets,
    u,
    x,
)

FREE = frozenset()  # type: ignore[var-annotated]


def _with_standard(name, level, required_at, grace=0):  # type: ignore[no-untyped-def]
    cell = Cell(competency="theory", level=level, required_at=required_at, grace_months=grace)
    return replace(content_of(), standards=(*STANDARDS, Standard(id=name, cells=(cell,))))


@pytest.mark.parametrize(("start", "taken"), [("2025-12-31", False), ("2026-01-01", True)])
def test_a_class_that_began_before_the_plan_has_no_places(start, taken):  # type: ignore[no-untyped-def]
    # as_of is 2026-01-01. A place given today in a class of last year would make A ready in the past.
    universe = Universe(
        "past",
        case_of(
            [person("A", rank="DEP")],
            positions=[post("P", standard="theory")],
            courses=[course()],
            sessions=[session("S", start, "2026-06-30")],
        ),
        (),
        (subsets(u("A", "S")), one_of(a("A", "P", 0, 1))),
    )
    # Ready from 2026-06-30: δ of the empty P is the first day of a period, so 1 July is the first that will do.
    wanted = {FREE, frozenset(u("A", "S")), frozenset(u("A", "S") + a("A", "P", 1))} if taken else {FREE}
    assert lawful(universe) == wanted


def test_a_place_in_a_higher_class_than_is_needed_is_useful():  # type: ignore[no-untyped-def]
    # P wants `intermediate`, the only class grants `advanced`, which is more: without it P stays empty.
    universe = Universe(
        "higher",
        case_of(
            [person("A", rank="DEP"), person("B", rank="DEP", levels={"theory": "intermediate"})],
            positions=[post("P", standard="inter")],
            courses=[course()],
            sessions=[session("S", "2026-01-10", "2026-06-30")],
        ),
        (),
        (subsets(u("A", "S")), one_of(a("A", "P", 0, 1))),
        content=_with_standard("inter", "intermediate", "appoint"),
    )
    assert frozenset(u("A", "S") + a("A", "P", 1)) in lawful(universe)
    # B has what P wants already, and nobody wants `advanced`: a place for B serves nothing.
    assert Problem(World(universe).quo, useful_only=True).places == [("A", "S")]


@pytest.mark.parametrize("force", ["must", {"should": 1}])
@pytest.mark.parametrize("level", ["advanced", "intermediate"])
def test_a_cell_that_two_posts_of_a_bundle_want_afterwards_counts_once(force, level):  # type: ignore[no-untyped-def]
    # P and the post held with it both want theory six months after the appointment. With the place A has it from
    # 2026-06-30, in time for each of δ = 1 January and 1 July; without, one cell (or one of each level) is open.
    universe = Universe(
        "bundle",
        case_of(
            [person("A", rank="DEP")],
            positions=[
                post("P", standard="theory_after"),
                post("C", standard="also_after", nature="concurrent", held_with="P", seats=None),
            ],
            courses=[course()],
            sessions=[session("S", "2026-01-10", "2026-06-30")],
        ),
        (entry("standard_after", force=force),),
        (subsets(u("A", "S")), one_of(a("A", "P", 0, 1))),
        content=_with_standard("also_after", level, "after_appoint", 6),
    )
    found = lawful(universe)
    assert frozenset(u("A", "S") + a("A", "P", 0)) in found
    assert (frozenset(a("A", "P", 0)) in found) == (force != "must")
    world = World(universe)
    open_cells = sum(world.wishes(world.standing(frozenset(a("A", "P", 0)))).values())
    assert open_cells == (0 if force == "must" else 1 if level == "advanced" else 2)


def test_a_new_name_in_a_list_to_which_a_rule_does_not_apply_does_not_wake_an_inherited_breach():  # type: ignore[no-untyped-def]
    # A is in two lists where one is allowed: inherited. R has the same rank, and the rule does not speak of it.
    universe = Universe(
        "lists",
        case_of(
            [person("A", rank="DEP")],
            positions=[post("P"), post("Q"), post("R")],
            rounds=[round_()],
            pools=[{"position_id": p, "person_id": "A"} for p in ("P", "Q")],
        ),
        (entry("posts_per_person", max=1, applies_to={"positions": ["P", "Q"]}),),
        (subsets(x("A", "P", "Q", "R")),),
    )
    assert frozenset(x("A", "P", "Q", "R")) in lawful(universe)


@pytest.mark.parametrize("rules", [(), (entry("pool_keep"),), (entry("pool_keep", force={"should": 1}),)])
def test_a_name_that_the_plan_itself_makes_fit_for_its_list_is_not_dropped_without_a_cause(rules):  # type: ignore[no-untyped-def]
    # A and B are in the list of P, which wants a law degree by the round of 31 March. Without a place both fall out
    # by themselves. A can have the degree on 30 March, by one of two classes: who then leaves A out has dropped A.
    # B's class ends on 1 April: B falls out whatever is done.
    universe = Universe(
        "fit for the list",
        case_of(
            [person("A", rank="DEP"), person("B", rank="DEP")],
            positions=[post("P", standard="law")],
            rounds=[round_()],
            pools=[{"position_id": "P", "person_id": i} for i in ("A", "B")],
            courses=[course(grants="law:degree")],
            sessions=[
                session("S1", "2026-01-10", "2026-03-30"),
                session("S2", "2026-02-10", "2026-03-31"),
                session("S3", "2026-02-10", "2026-04-01"),
            ],
        ),
        rules,
        (subsets(x("A", "P")), one_of(u("A", "S1", "S2", "S3")), one_of(u("B", "S3"))),
    )
    found = lawful(universe)
    must = bool(rules) and rules[0].strength == "must"
    for place in u("A", "S1", "S2"):
        assert (frozenset([place]) in found) == (not must)
        assert frozenset([place, *x("A", "P")]) in found
    assert frozenset(u("A", "S3") + u("B", "S3")) in found


def test_who_has_left_by_the_day_on_which_a_successor_is_wanted_is_no_successor_even_beyond_the_horizon():  # type: ignore[no-untyped-def]
    # The horizon ends in June 2027, the successor is wanted in June 2028, and A retires in January 2028.
    universe = Universe(
        "beyond",
        case_of(
            [person("A", rank="DEP", leaves="2028-01-01"), person("B", rank="DEP")],
            positions=[post("P", successors=1, needed_by="2028-06-01")],
            rounds=[round_()],
        ),
        (),
        (subsets(x("A", "P")), subsets(x("B", "P")), one_of(g("A", "P"), g("B", "P"))),
    )
    assert {keys for keys in lawful(universe) if any(key[0] == "g" for key in keys)} == {
        frozenset(x("B", "P") + g("B", "P")),
        frozenset(x("A", "P") + x("B", "P") + g("B", "P")),
    }


def test_a_deputy_who_acts_already_does_not_act_for_a_second_post():  # type: ignore[no-untyped-def]
    # D looks after P up to 30 December 2026, so at the instant of June and not at that of December. P's seat is filled
    # at once if A is appointed: then D has nothing to look after and may act for Q.
    universe = Universe(
        "two covers",
        case_of(
            [
                person(
                    "D",
                    holds="D1",
                    rank="DEP",
                    service=[
                        {"since": "2025-12-01", "position_id": "P", "kind": "acting", "planned_until": "2026-12-31"}
                    ],
                ),
                person("A", rank="DEP"),
            ],
            positions=[post("P", acting_months=12), post("Q", acting_months=12), post("D1", rank="DEP")],
        ),
        (entry("acting_by"),),
        (subsets(k("D", "Q", 0, 1)), one_of(a("A", "P", 0))),
    )
    assert lawful(universe) == {
        FREE,
        frozenset(k("D", "Q", 1)),
        frozenset(a("A", "P", 0)),
        *(frozenset(a("A", "P", 0) + k("D", "Q", *periods)) for periods in ((0,), (1,), (0, 1))),
    }


def test_absurd_duals_give_a_poor_bound_and_never_a_wrong_one():  # type: ignore[no-untyped-def]
    # P is empty or A is appointed on the first day, so the least number of empty periods is 0, whatever duals say.
    world = World(Universe("bound", case_of([person("A", rank="DEP")], positions=[post("P")]), (), ((FREE,),)))
    cost = np.array([1.0 if key[0] == "m" else 0.0 for key in world.program.keys])
    least = 0
    for value in (np.inf, -np.inf, np.nan, 1e300, -1e300, 1e15):
        assert dual_bound(world.arrays, cost, np.full(world.arrays.shape[0], value)).whole <= least
