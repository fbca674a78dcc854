"""The textbook's model: the same law, the same figures as our goals, never better than what is proved."""

import time
from dataclasses import replace

import pytest

from benchmarks.baselines import run
from benchmarks.baselines.law import Law
from benchmarks.baselines.outcome import TEXTBOOK, judged
from benchmarks.baselines.textbook import SOLVERS, textbook
from benchmarks.baselines.textbook.model import Textbook
from benchmarks.baselines.textbook.solve import GRACE, in_child, objective
from planner import api
from planner.domain.suitability import PLAIN
from planner.edits.load import Loaded
from planner.goals import GOALS
from planner.verify.judge import status_quo_of
from tests.benchmarks.provinces import empty_periods, given, loaded_province, proved, solvable

START_AND_REPAIR = 15.0
"""Seconds that a busy machine may take to start a child, to end it, and to look the plan over."""


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_province(tmp_path_factory.mktemp("province") / "sixty", 60, 250)


def test_every_solver_is_a_baseline() -> None:
    assert set(SOLVERS) == set(TEXTBOOK)


@pytest.mark.parametrize("name", TEXTBOOK)
@pytest.mark.parametrize("case", ["first-office", "company"])
def test_each_solver_gives_a_lawful_plan_no_better_than_the_proved_optimum(case: str, name: str) -> None:
    loaded = given(case)
    nothing = judged("nothing", loaded, status_quo_of(loaded), (), 0.0)
    outcome = run(name, loaded, 60)
    assert outcome.lawful
    assert nothing.tiers > outcome.tiers >= proved(case)
    assert empty_periods(outcome.standing) < empty_periods(nothing.standing)
    assert outcome.bound is None  # a restriction of our problem bounds nothing from below


@pytest.mark.long
@pytest.mark.parametrize("case", solvable())
def test_on_the_acceptance_cases_it_obeys_the_law_and_is_no_better_than_the_optimum(case: str) -> None:
    outcome = run("textbook-cp-sat", given(case), 30)
    assert outcome.lawful
    assert outcome.tiers >= proved(case)


def plainly(province: Loaded) -> Loaded:
    """What excuses waiting, and who is not to be proposed, a textbook's model does not know."""
    rulebook = tuple(e for e in province.content.rulebook if e.rule != "tolerated_vacancy")
    return replace(province, content=replace(province.content, rulebook=rulebook, suitability=PLAIN))


def test_the_model_counts_as_our_goals_do_and_leaves_no_rule_out(province: Loaded) -> None:
    before = status_quo_of(plainly(province))
    model, law = Textbook(before), Law(before)
    goals = ("heads",)
    objectives = [objective(model, goals)]
    [reached] = in_child(model.rows.proto(), objectives, "textbook-cp-sat", time.time() + 60, model.nothing())
    assert reached.values is not None
    standing = law.standing(model.choices(reached.values))
    assert not law.new_breaches(standing)
    assert reached.value == GOALS["heads"].value(standing)
    for goal in ("posts", "keep", "depth", "effort"):
        _, costs, constant = objective(model, (goal,))
        counted = round(sum(reached.values[c] * f for c, f in costs.items()) + constant)
        # What no objective has pressed down yet may be counted too high, a slack above what is missing; never too low.
        assert counted >= GOALS[goal].value(standing), goal


def test_doing_nothing_is_a_point_of_the_model(province: Loaded) -> None:
    before = status_quo_of(province)
    model = Textbook(before)
    point = model.nothing()
    assert model.rows.holds(point)
    assert not model.choices(point)
    assert not model.rows.holds([0.0] * len(point))  # names in force must stay: this rule has rows
    for goal in ("heads", "posts", "keep", "effort"):
        _, costs, constant = objective(model, (goal,))
        assert sum(point[c] * f for c, f in costs.items()) + constant == GOALS[goal].value(before), goal


def test_the_solvers_agree_on_what_the_model_can_reach(province: Loaded) -> None:
    plain = plainly(province)
    before = status_quo_of(plain)
    reached = set()
    for name in TEXTBOOK:
        choices, notes = textbook(before, name, [("heads",)], 120)
        assert "optimal" in notes[1]
        outcome = judged(name, plain, before, choices, 0.0, notes)
        assert outcome.lawful
        reached.add(outcome.values["heads"])
    assert len(reached) == 1
    assert max(reached) < GOALS["heads"].value(before)


@pytest.mark.parametrize("name", TEXTBOOK)
def test_a_solver_is_stopped_in_time_and_what_it_reached_counts(province: Loaded, name: str) -> None:
    began = time.monotonic()
    outcome = run(name, province, 1.0)
    assert time.monotonic() - began < 1.0 + GRACE + START_AND_REPAIR
    assert outcome.lawful


def test_without_any_time_nothing_is_decided_but_what_is_decided_already() -> None:
    loaded = api.load("first-office")
    outcome = run("textbook-cp-sat", loaded, 0.0)
    assert outcome.lawful
    assert outcome.tiers == judged("nothing", loaded, status_quo_of(loaded), (), 0.0).tiers


def test_a_class_of_which_a_place_is_decided_is_filled_with_as_few_as_it_needs() -> None:
    # The department has decided one place in a class that is held with several people only. Least effort is then that
    # class with its least number, nothing else.
    loaded = api.load("department")
    before = status_quo_of(loaded)
    [decided] = [d for d in loaded.case.decisions if d.status == "decided" and d.kind == "train"]
    assert decided.session_id is not None
    least = loaded.case.session[decided.session_id].min_seats
    assert least > 1
    choices, _ = textbook(before, "textbook-highs", [("effort",)], 60)
    outcome = judged("textbook-highs", loaded, before, choices, 0.0)
    assert outcome.lawful
    assert outcome.values["effort"] == least
    assert {place.session for place in outcome.standing.line.plan.training} == {decided.session_id}
