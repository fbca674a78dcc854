"""When what is inherited ends, and relatives between instants: as looked for day by day, asking every rule of all."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import pytest

from planner import api
from planner.domain.ids import PersonId
from planner.edits.load import Loaded
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
from tests.verify.conftest import Bench


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    content = read_content(find_content("vietnam-province", Path()), "vn-2025").content
    spec = ProvinceSpec(posts=FEWEST_POSTS, people=fewest_people(ProvinceSpec(posts=FEWEST_POSTS)) + 40, seed=1)
    folder = tmp_path_factory.mktemp("province") / "one"
    write_whole(folder, files(spec, province(spec, content), content))
    return api.load(folder / "scenario.yaml")


@pytest.fixture(scope="module")
def before(loaded: Loaded) -> Standing:
    return status_quo_of(loaded)


def with_entry(loaded: Loaded, entry_id: str, **changes: object) -> Standing:
    """The status quo where one entry of the rulebook is otherwise."""
    book = tuple(e.model_copy(update=changes) if e.id == entry_id else e for e in loaded.content.rulebook)
    assert book != loaded.content.rulebook
    return status_quo_of(replace(loaded, content=replace(loaded.content, rulebook=book)))


def any_plan(before: Standing, seed: int) -> Standing:
    """Moves and lists as they fall, lawful or not; relatives move, and others too."""
    rng, ground = random.Random(seed), before.ground
    related = {i for rule in before.bound.rules if isinstance(rule, KinApart) for pair in rule.pairs for i in pair}
    movers = [*rng.sample(sorted(related), 12), *rng.sample([i for i in ground.case.person if i not in related], 6)]
    moves = [Move(PersonId(i), rng.choice(ground.full_time), rng.choice(ground.horizon.periods)) for i in movers]
    names = {p: [i for i in listed if rng.random() < 0.6] for _, p, listed in before.line.lists()}
    return make_plan(before, names, [], [], moves, [], {})


def cases_on(standing: Standing, day: dt.date) -> set[tuple[str, frozenset[str], str]]:
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
    assert len(ended_by) >= 3
    kinds = {rule.of_lists: rule.id for rule in before.bound.rules if rule.id in ended_by}
    assert len(kinds) == 2  # some that are asked on all days, and some that are not


def test_too_many_names_end_with_the_rule_where_it_ends_before_any_round(loaded: Loaded) -> None:
    before = with_entry(loaded, "pool_max_names_per_post", until=dt.date(2026, 2, 28))
    rows = [row for row in judge(before, before).inherited if row.rule == "pool_max_names_per_post"]
    assert rows
    assert {(row.ends_on, row.ends_by) for row in rows} == {(dt.date(2026, 3, 1), "rule_ended")}


def test_an_entry_named_as_the_count_of_seats_ends_nothing_of_it(inherited_case: Bench) -> None:
    # As in test_judge: D1's surplus ends by C's move of 1 July 2026, A and B sit together until 2034.
    kin = next(rule.id for rule in inherited_case.before.bound.rules if rule.name == "kin_apart")
    before = with_entry(inherited_case.loaded, kin, id="seats")
    moved = inherited_case.plan([("C", "H2", 1)])
    rows = judge(Standing(moved.line, before.bound), before).inherited
    ends = {row.subjects: row.ends_on for row in rows if row.rule == "seats"}
    assert ends == {frozenset({"D1"}): dt.date(2026, 7, 1), frozenset({"A", "B"}): dt.date(2034, 2, 1)}


def test_relatives_who_meet_between_instants_are_told_once_in_a_period_whoever_of_them_moves(before: Standing) -> None:
    told = 0
    for seed in range(6):
        standing = any_plan(before, seed)
        horizon, days = standing.ground.horizon, {}
        for rule in standing.bound.rules:
            if not isinstance(rule, KinApart):
                continue
            for day in (horizon.as_of, *event_days(standing)):
                period = horizon.period_of(day)
                if period is None or day == horizon.instant(period):
                    continue
                judged = {(v.subjects, v.scope) for v in rule.on_day(standing.line, horizon.instant(period))}
                for v in rule.on_day(standing.line, day):
                    if v.moved_in and (v.subjects, v.scope) not in judged:
                        days.setdefault((period, v.subjects, v.scope), (", ".join(sorted(v.subjects)), day))
        warned = [r for r in kin_warnings(standing) if r.code == "text.warning_kin_overlap"]
        assert sorted((r.values["people"], r.values["day"]) for r in warned) == sorted(days.values())
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
