"""What a value without a rule says of the rule, by what was proved with it."""

import pytest

from benchmarks.switching import against, looked_at, without
from planner import api
from planner.engine import TierResult


def tier(goal: str, value: int, bound: int) -> TierResult:
    return TierResult((goal,), {goal: value}, {}, value, bound, "duals", 0.0, 0.0)


PROVED = [tier("heads", 13, 13), tier("posts", 40, 40)]
HALF = [tier("heads", 13, 10), tier("posts", 40, 40)]


@pytest.mark.parametrize(
    ("tiers", "values", "bounds", "answer"),
    [
        (PROVED, [12, 99], None, "changed"),  # an earlier goal is better, whatever the later ones cost
        (PROVED, [13, 39], None, "changed"),
        (PROVED, [14, 0], None, "open"),  # a worse plan says nothing
        (PROVED, [14, 0], [14, 0], "changed"),  # unless nothing better can be had
        (PROVED, [13, 40], None, "open"),
        (PROVED, [13, 40], [13, 40], "same"),
        (PROVED, [13, 40], [13, 39], "open"),
        (HALF, [12, 40], None, "better"),  # some plan with the rule may reach it too
        (HALF, [9, 40], None, "changed"),
        (HALF, [13, 39], None, "open"),
    ],
)
def test_a_rule_changes_a_goal_where_the_value_is_out_of_reach_with_it(
    tiers: list[TierResult], values: list[int], bounds: list[int] | None, answer: str
) -> None:
    assert against(tiers, values, bounds).answer == answer


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
