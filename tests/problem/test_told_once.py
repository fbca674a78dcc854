"""What is told once for many days or many people refuses nobody whom the rules let through on some day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from planner import api
from planner.domain.case import Exemption
from planner.domain.ids import PositionId
from planner.edits.load import Loaded
from planner.problem import Problem
from planner.problem.appointable import Appointable, list_hopes
from planner.rules.base import Stage
from planner.standing import Standing
from planner.verify import status_quo_of

ENDED = dt.date(2027, 6, 30)
TIMELESS = ("pool_upward_only", "rot_equal_rank", "appt_in_pool")


def ended(loaded: Loaded) -> Loaded:
    """Where the rules are in force for a part of the plan only."""
    book = tuple(e.model_copy(update={"until": ENDED}) if e.id in TIMELESS else e for e in loaded.content.rulebook)
    return replace(loaded, content=replace(loaded.content, rulebook=book))


def exempt(loaded: Loaded) -> Loaded:
    """Where every second person is exempt from each of them."""
    row = {"authority": "province", "reason": "-", "decided": dt.date(2025, 1, 1)}
    people = list(loaded.case.person)[1::2]
    rows = (Exemption.model_validate({**row, "rule": rule, "subject": i}) for rule in TIMELESS for i in people)
    return replace(loaded, case=replace(loaded.case, exemptions=(*loaded.case.exemptions, *rows)))


CHANGES: dict[str, Callable[[Loaded], Loaded]] = {"as it is": lambda loaded: loaded, "ended": ended, "exempt": exempt}


@cache
def standing_of(change: str) -> Standing:
    return status_quo_of(CHANGES[change](api.load("department")))


def days_of(standing: Standing, position: PositionId) -> list[dt.date]:
    return sorted({standing.expected.delta(position, t) for t in standing.ground.horizon.periods})


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("stage", ["appoint", "rotate"])
def test_who_is_always_refused_is_so_on_each_day(change: str, stage: Stage) -> None:
    standing, refused = standing_of(change), 0
    bound = standing.bound
    for position in standing.ground.full_time:
        days = days_of(standing, position)
        always = bound.always_refused(position, stage, days[0], days[-1])
        for person in filter(always, standing.ground.case.person):
            refused += 1
            assert not any(bound.allows(person, position, stage, on).ok for on in days), (person, position)
    telling = (rule for rule in bound.personal if rule.timeless and stage in rule.stages_in_use)
    assert (refused > 0) == any(not rule.waivers and rule.in_force(days[-1]) for rule in telling)


@pytest.mark.parametrize("change", CHANGES)
def test_who_may_never_be_appointed_may_on_no_day(change: str) -> None:
    standing, refused = standing_of(change), 0
    problem = Problem(standing, useful_only=True)
    appointable = Appointable(standing, problem.closers, list_hopes(standing, problem.name_pairs))
    people = standing.ground.case.person
    for position in standing.ground.full_time:
        days = days_of(standing, position)
        for person in filter(appointable.never(position, days), people):
            refused += 1
            assert not any(appointable.may(person, (position,), on) for on in days), (person, position)
        order = standing.ground.order(position)
        for person in filter(appointable.hopes.never(position, days), people):
            assert not any(appointable.hopes.may(person, position, order, on) for on in days), (person, position)
    if change == "as it is":
        assert refused > 0.5 * len(people) * len(standing.ground.full_time), "nothing is gained by it"
