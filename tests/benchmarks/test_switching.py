"""What a value without a rule says of the rule, by what was proved with it."""

import pytest

from benchmarks.switching import _exact, against, between, by_goals, looked_at, without
from planner import api
from planner.engine import TierResult


def tier(goal: str, value: int, bound: int) -> TierResult:
    return TierResult((goal,), {goal: value}, {}, value, bound, "duals", 0.0, 0.0)


PROVED = [tier("heads", 13, 13), tier("posts", 40, 40)]
HALF = [tier("heads", 13, 10), tier("posts", 40, 40)]


@pytest.mark.parametrize(
    ("tiers", "values", "answer"),
    [
        (PROVED, [12, 99], "changed"),  # an earlier goal is better, whatever the later ones cost
        (PROVED, [13, 39], "changed"),
        (PROVED, [14, 0], "open"),  # a worse plan says nothing
        (PROVED, [13, 40], "open"),
        (HALF, [12, 40], "better"),  # some plan with the rule may reach it too
        (HALF, [9, 40], "changed"),
        (HALF, [13, 39], "open"),
    ],
)
def test_a_rule_changes_a_goal_where_the_value_is_out_of_reach_with_it(
    tiers: list[TierResult], values: list[int], answer: str
) -> None:
    assert against(tiers, values).answer == answer


@pytest.mark.parametrize(
    ("tiers", "others", "answer"),
    [
        (PROVED, PROVED, "same"),
        (PROVED, [tier("heads", 12, 0), tier("posts", 99, 0)], "changed"),
        (PROVED, [tier("heads", 13, 12), tier("posts", 39, 0)], "open"),  # heads may be better still
        (PROVED, [tier("heads", 13, 13), tier("posts", 39, 0)], "changed"),
        (PROVED, [tier("heads", 15, 14), tier("posts", 0, 0)], "changed"),  # out of reach without the rule
        (PROVED, [tier("heads", 13, 13), tier("posts", 40, 39)], "open"),
        (HALF, HALF, "open"),
        (HALF, [tier("heads", 12, 10), tier("posts", 40, 40)], "better"),
        (HALF, [tier("heads", 9, 9), tier("posts", 40, 40)], "changed"),
    ],
)
def test_two_plans_are_compared_by_their_bounds(tiers: list[TierResult], others: list[TierResult], answer: str) -> None:
    assert between(tiers, others).answer == answer


@pytest.fixture(scope="module")
def office() -> api.Solved:
    """A small case of ours with every goal proved."""
    return api.solve(_exact(api.load("first-office")))


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ("upward_only", "changed"),  # a better plan is found
        ("acting_by", "changed"),  # nobody may act: the bound is worse than the value was
        ("discipline_wait", "same"),  # nobody in the case was ever under discipline
    ],
)
def test_a_rule_is_looked_for_in_every_goal(office: api.Solved, rule: str, answer: str) -> None:
    assert by_goals(without(office.loaded, rule), office, 30.0).answer == answer


def test_entries_that_only_tell_or_are_over_are_left_out() -> None:
    loaded = api.load("department")
    entries = {e.id: looked_at(e, loaded.horizon) for e in loaded.content.rulebook}
    assert entries["appt_in_pool"]
    assert entries["standard_after"]
    assert not entries["appt_term_5y"]  # force info
    assert not entries["cadre_freeze_2025"]  # ended before the plan begins
    assert not entries["cap_departments"]  # numbers of posts


def test_only_the_one_rule_is_off() -> None:
    loaded = api.load("department")
    off = without(loaded, "appt_in_pool").content.rulebook
    assert [e.id for e in off if e.strength == "off"] == ["appt_in_pool"]
