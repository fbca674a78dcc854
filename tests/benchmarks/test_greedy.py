"""The greedy baselines: lawful, repeatable, never better than what is proved, and of use."""

import pytest

from benchmarks.baselines import Outcome, run
from benchmarks.baselines.choices import Choice
from benchmarks.baselines.greedy import by_fit, filled
from benchmarks.baselines.law import Law
from benchmarks.baselines.outcome import judged
from planner import api
from planner.edits.load import Loaded
from planner.verify.judge import status_quo_of
from tests.benchmarks.provinces import CASES, empty_periods, loaded_province, solvable

GREEDY = ("greedy-fit", "greedy-readiness")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_province(tmp_path_factory.mktemp("province") / "sixty", 60, 250)


@pytest.mark.parametrize("name", GREEDY)
@pytest.mark.parametrize("case", ["first-office", *solvable()])
def test_a_plan_by_hand_is_lawful_and_no_better_than_the_proved_optimum(case: str, name: str) -> None:
    loaded = api.load(case if case == "first-office" else CASES / case)
    best = api.solve(loaded, seconds=30)
    assert best.complete
    outcome = run(name, loaded, 5)
    assert outcome.lawful
    assert outcome.tiers >= tuple(tier.value for tier in best.asked)


@pytest.mark.parametrize("name", GREEDY)
def test_a_chain_that_has_only_one_way_is_found_by_hand_as_well(name: str) -> None:
    # 02-chain: each post has one name that is ready, so post by post is as good as any other order (derivation.md):
    # nothing is empty, nobody is missing, three appointments.
    assert run(name, api.load(CASES / "02-chain" / "scenario.yaml"), 5).tiers == (0, 0, 0, 0, 3)


@pytest.mark.parametrize("name", GREEDY)
def test_without_rotations_a_head_stays_empty_where_only_a_swap_helps(name: str) -> None:
    # 05-swap-or-vacancy: its optimum has every seat filled by rotations. By hand nobody rotates: eight is what doing
    # nothing costs, as it is in the scenario in which a rotation is too long to help.
    outcome = run(name, api.load(CASES / "05-swap-or-vacancy" / "scenario.yaml"), 5)
    assert not outcome.standing.line.plan.rotations
    assert outcome.tiers == (8, 0, 0, 0, 0)


@pytest.mark.parametrize("name", GREEDY)
def test_a_plan_by_hand_leaves_fewer_seats_empty_than_doing_nothing(province: Loaded, name: str) -> None:
    nothing = judged("nothing", province, status_quo_of(province), (), 0.0)
    outcome = run(name, province, 30)
    assert nothing.lawful
    assert outcome.lawful
    assert empty_periods(outcome.standing) < empty_periods(nothing.standing)
    assert outcome.tiers < nothing.tiers
    assert outcome.bound is None


@pytest.mark.parametrize("name", GREEDY)
def test_the_same_case_gives_the_same_plan_by_hand(province: Loaded, name: str) -> None:
    first, second = run(name, province, 30), run(name, province, 30)
    assert first.standing.line.plan == second.standing.line.plan


def test_the_two_habits_differ(province: Loaded) -> None:
    plans: list[Outcome] = [run(name, province, 30) for name in GREEDY]
    assert plans[0].standing.line.plan != plans[1].standing.line.plan
    # Who takes the nearest field first comes nearer to the fields.
    assert plans[0].values["fit"] < plans[1].values["fit"]


def test_with_no_time_to_fill_anew_choices_are_only_taken_back() -> None:
    # The department has relatives whom filling brings together at first: without time they part all the same.
    outcome = run("greedy-fit", api.load("department"), 0.0)
    assert outcome.lawful
    assert outcome.standing.line.plan.appointments


def test_what_breaks_a_rule_is_taken_back_and_the_rest_stays(province: Loaded) -> None:
    before = status_quo_of(province)
    law = Law(before)
    choices = list(filled(before, by_fit, frozenset()).taken)
    assert not law.new_breaches(law.standing(choices))
    # A second appointment into a seat that is filled already: one too many, whoever it is.
    last = max((c for c in choices if c.kind == "appoint"), key=lambda c: c.period)
    free = next(i for i in before.ground.case.person if before.ground.home[i] is None)
    spoiled = [*choices, Choice("appoint", free, last.target, last.period)]
    assert law.new_breaches(law.standing(spoiled))
    left = law.repaired(spoiled)
    assert not law.new_breaches(law.standing(left))
    assert len(left) >= len(choices) - 1


def test_a_decided_decision_is_in_the_plan_by_hand() -> None:
    # The shipped department decides things; the verifier calls a plan without them unlawful.
    loaded = api.load("department")
    assert any(d.status == "decided" for d in loaded.case.decisions)
    assert not judged("nothing", loaded, status_quo_of(loaded), (), 0.0).lawful
    for name in GREEDY:
        assert run(name, loaded, 20).lawful
