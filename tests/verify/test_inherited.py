"""When what is inherited ends, and relatives between instants: as looked for day by day, asking every rule of all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from planner import api
from planner.domain.ids import PersonId
from planner.files.content import find_content, read_content
from planner.files.whole import write_whole
from planner.generators import FEWEST_POSTS, ProvinceSpec, fewest_people, files, province
from planner.rules.kin_apart import KinApart
from planner.rules.structure import seats
from planner.standing import Standing
from planner.structure.extract import make_plan
from planner.timeline.dating import Move
from planner.verify import judge, status_quo_of
from planner.verify.warnings import event_days, kin_warnings


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Standing:
    content = read_content(find_content("vietnam-province", Path()), "vn-2025").content
    spec = ProvinceSpec(posts=FEWEST_POSTS, people=fewest_people(ProvinceSpec(posts=FEWEST_POSTS)) + 40, seed=1)
    folder = tmp_path_factory.mktemp("province") / "one"
    write_whole(folder, files(spec, province(spec, content), content))
    return status_quo_of(api.load(folder / "scenario.yaml"))


def any_plan(before: Standing, seed: int) -> Standing:
    """Moves and lists as they fall, lawful or not; relatives move, and others too."""
    rng, ground = random.Random(seed), before.ground
    related = {i for rule in before.bound.rules if isinstance(rule, KinApart) for pair in rule.pairs for i in pair}
    movers = [*rng.sample(sorted(related), 12), *rng.sample([i for i in ground.case.person if i not in related], 6)]
    moves = [Move(PersonId(i), rng.choice(ground.full_time), rng.choice(ground.horizon.periods)) for i in movers]
    names = {p: [i for i in listed if rng.random() < 0.6] for _, p, listed in before.line.lists()}
    return make_plan(before, names, [], [], moves, [], {})


def cases_on(standing: Standing, day) -> set[tuple[str, frozenset[str], str]]:  # type: ignore[no-untyped-def]
    found = {(v.rule, v.subjects, v.scope) for v in seats.on_day(standing, day)}
    for rule in standing.bound.rules:
        if rule.is_must:
            found |= {(v.rule, v.subjects, v.scope) for v in rule.on_day(standing.line, day)}
    return found


def test_what_is_inherited_ends_on_the_first_day_without_it(before: Standing) -> None:
    ended_by: set[str] = set()
    for seed in range(6):
        standing = any_plan(before, seed)
        on = {day: cases_on(standing, day) for day in event_days(standing)}
        rows = [row for row in judge(standing, before).inherited if row.true_today]
        assert rows
        for row in rows:
            case = (row.rule, row.subjects, row.scope)
            first = next((day for day in on if case not in on[day]), None)
            assert first is None or row.ends_on == first, case
            if first is None:  # beyond the horizon only a retirement can be told
                assert row.ends_by == "retirement" or row.ends_on is None
            else:
                ended_by.add(row.rule)
    assert len(ended_by) >= 3  # lists, relatives, seats: rules that are asked on all days, and some that are not


def test_relatives_who_meet_between_instants_are_told_whoever_of_them_moves(before: Standing) -> None:
    told = 0
    for seed in range(6):
        standing = any_plan(before, seed)
        horizon, days = standing.ground.horizon, set()
        for rule in standing.bound.rules:
            if not isinstance(rule, KinApart):
                continue
            for day in event_days(standing):
                period = horizon.period_of(day)
                if period is None or day == horizon.instant(period):
                    continue
                judged = {(v.subjects, v.scope) for v in rule.on_day(standing.line, horizon.instant(period))}
                for v in rule.on_day(standing.line, day):
                    if v.moved_in and (v.subjects, v.scope) not in judged:
                        days.add((", ".join(sorted(v.subjects)), day))
        warned = [r for r in kin_warnings(standing) if r.code == "text.warning_kin_overlap"]
        assert {(r.values["people"], r.values["day"]) for r in warned} == days
        told += len(days)
    assert told


def test_a_rule_asked_of_some_tells_all_of_these(before: Standing) -> None:
    kinds = set()
    for seed in range(3):
        standing = any_plan(before, seed)
        for rule in standing.bound.rules:
            for day in (before.ground.horizon.as_of, *event_days(standing)[::7]):
                whole = list(rule.on_day(standing.line, day))
                some = {v.subjects for v in whole[::2]}
                among = [v for v in rule.on_day_among(standing.line, day, some) if v.subjects in some]
                assert set(among) == {v for v in whole if v.subjects in some}
                kinds |= {rule.name} if some else set()
    assert {"kin_apart", "pool_size"} <= kinds
