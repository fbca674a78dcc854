"""Waiting is excused for whom it is sensible to wait for."""

from dataclasses import replace

from planner.domain.suitability import Gate
from planner.engine import build_program
from planner.goals import GOALS
from planner.problem import Problem
from planner.structure.point import decided_keys, point
from tests.twins.universe import Universe, World, a, case_of, course, entry, person, post, session, standing_of, u


def test_nobody_waits_for_who_is_not_to_be_proposed() -> None:
    """A, whom a gate stops, could not come before P2. To leave D open costs 3 · 4; with A 5 in P2, and not less before:
    excused, it would be 5 in all, and who is held back would be proposed."""
    case = case_of(
        [person("A", rank="DIV", levels={"law": "degree"})],
        positions=[post("D", "DEP", standard="theory")],
        courses=[course()],
        sessions=[session("S", "2026-08-01", "2026-12-01")],
    )
    world = World(Universe("gated", case, (entry("tolerated_vacancy", force="info", empty=12, acting=12),), ()))
    ground = world.quo.ground
    gate = Gate(source="level", competency="law", values=("degree",))
    gated = ground.content.suitability.model_copy(update={"gates": (gate,)})
    object.__setattr__(ground, "content", replace(ground.content, suitability=gated))
    plan = standing_of(world.quo, {*decided_keys(world.quo), *u("A", "S"), *a("A", "D", 2)})
    assert ground.suitability.is_stopped("A", "D")
    assert GOALS["posts"].value(world.quo) == 12
    assert GOALS["posts"].value(plan) == 13
    program = build_program(Problem(world.quo))
    cost, constant = program.objective(("posts",))
    assert cost @ point(program, plan) + constant == 13


def test_a_gate_reads_the_latest_class_of_each_person_alone() -> None:
    """B has a class of 2025 already, A has none yet: A's year 2024 that was not completed counts on."""
    case = case_of(
        [person("A", rank="DIV"), person("B", rank="DIV")],
        positions=[post("D", "DEP")],
        ratings=[
            {"person_id": "A", "year": 2024, "rating": "not_complete"},
            {"person_id": "B", "year": 2024, "rating": "not_complete"},
            {"person_id": "B", "year": 2025, "rating": "good"},
        ],
    )
    ground = World(Universe("gates", case, (), ())).quo.ground
    gate = Gate(source="ratings", values=("not_complete",))
    gated = ground.content.suitability.model_copy(update={"gates": (gate,)})
    object.__setattr__(ground, "content", replace(ground.content, suitability=gated))
    assert [ground.suitability.gate_of(person.person_id) is not None for person in ground.case.people] == [True, False]
