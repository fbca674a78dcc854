"""The greedy baselines: lawful, repeatable, never better than what is proved, and of use."""

import pytest

from benchmarks.baselines import Outcome, run
from benchmarks.baselines.choices import Choice
from benchmarks.baselines.greedy import by_fit, filled
from benchmarks.baselines.law import Law
from benchmarks.baselines.outcome import judged
from benchmarks.baselines.sheet import Sheet
from planner import api
from planner.domain.ids import SessionId
from planner.edits.load import Loaded
from planner.goals import GOALS
from planner.verify.judge import status_quo_of
from tests.benchmarks.provinces import empty_periods, given, loaded_province, proved, solvable

GREEDY = ("greedy-fit", "greedy-readiness")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_province(tmp_path_factory.mktemp("province") / "sixty", 60, 250)


@pytest.mark.parametrize("name", GREEDY)
@pytest.mark.parametrize("case", ["first-office", "company", *solvable()])
def test_a_plan_by_hand_is_lawful_and_no_better_than_the_proved_optimum(case: str, name: str) -> None:
    outcome = run(name, given(case), 5)
    assert outcome.lawful
    assert outcome.tiers >= proved(case)


@pytest.mark.parametrize("name", GREEDY)
def test_a_chain_that_has_only_one_way_is_found_by_hand_as_well(name: str) -> None:
    # 02-chain: each post has one name that is ready, so post by post is as good as any other order (derivation.md):
    # nothing is empty, nobody is missing, three appointments.
    assert run(name, given("02-chain/scenario.yaml"), 5).tiers == (0, 0, 0, 0, 3)


@pytest.mark.parametrize("name", GREEDY)
def test_without_rotations_a_head_stays_empty_where_only_a_swap_helps(name: str) -> None:
    # 05-swap-or-vacancy: its optimum has every seat filled by rotations. By hand nobody rotates: eight is what doing
    # nothing costs, as it is in the scenario in which a rotation is too long to help.
    outcome = run(name, given("05-swap-or-vacancy/scenario.yaml"), 5)
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
    # Who takes the most suitable first has fewer points below the best for each appointment.
    counts = [GOALS["choice"].measure(p.standing).parts for p in plans]
    below = [c["points"] / c["appointments"] for c in counts]
    assert below[0] < below[1]


def test_with_no_time_to_fill_anew_choices_are_only_taken_back() -> None:
    # The department has relatives whom filling brings together at first: without time they part all the same.
    outcome = run("greedy-fit", api.load("department"), 0.0)
    assert outcome.lawful
    assert outcome.standing.line.plan.appointments


def test_what_breaks_a_rule_is_taken_back_and_the_rest_stays(province: Loaded) -> None:
    before = status_quo_of(province)
    law = Law(before)
    choices = law.repaired(filled(before, by_fit, frozenset()).taken)
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


def test_a_class_that_is_too_small_goes_as_a_whole() -> None:
    # The course for heads of divisions is held with three people or more: two alone are no class, and both places go.
    loaded = api.load("department")
    before = status_quo_of(loaded)
    law, sheet, session = Law(before), Sheet(before), SessionId("LD_PHONG-2026")
    assert loaded.case.session[session].min_seats == 3
    able = [i for i in loaded.case.person if sheet.may_attend(i, session)]
    places = [Choice("train", person, session) for person in able[:2]]
    back = law.to_take_back(law.new_breaches(law.standing(places)), places, frozenset())
    assert set(back) == set(places)
