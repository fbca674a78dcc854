"""Generated provinces: the same seed gives the same bytes, nothing is wrong in them, and every rule meets somebody."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from planner import api
from planner.domain.case import Case
from planner.domain.content import Content
from planner.domain.ids import PersonId, PositionId
from planner.edits.load import Loaded
from planner.files.content import find_content, read_content
from planner.files.whole import write_whole
from planner.generators import FEWEST_POSTS, ProvinceSpec, fewest_people, files, obstacles, province
from planner.generators.careers import Cadre
from planner.generators.obstacles import NAMES, OBSTACLES, Obstacle, Obstacles, Opening
from planner.generators.standards import ASKING, ELSEWHERE, ELSEWHERE_MONTHS
from planner.rules.base import PersonalRule
from planner.rules.course_rule import CourseRule
from planner.rules.kin_apart import KinApart
from planner.standing import Standing
from planner.timeline.ground import Gap
from planner.verify.judge import status_quo_of
from tests.hashing import said

SPEC = ProvinceSpec(posts=120, people=500)
MET = (
    "pool_upward_only", "pool_age_next_term", "pool_age_current_term", "pool_discipline_377", "rate_min_for_pool",
    "appt_min_tenure", "appt_age_full_term", "appt_file_assets", "appt_health", "appt_post_discipline",
    "appt_in_discipline", "rot_non_local_heads", "rot_equal_rank", "rot_remaining_service", "rot_remaining_policy",
)  # fmt: skip
"""Rules on one person that refuse somebody who is named, or who holds a post and could be rotated."""
HOLDING_UP = (
    "pool_age_next_term", "pool_age_current_term", "pool_discipline_377", "appt_min_tenure", "appt_age_full_term",
    "appt_file_assets", "appt_health", "appt_post_discipline", "appt_in_discipline",
)  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(find_content("vietnam-province", Path()), "vn-2025").content


@pytest.fixture(scope="module")
def case(content: Content) -> Case:
    return province(SPEC, content)


@pytest.fixture(scope="module")
def loaded(case: Case, content: Content, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("province") / "one"
    write_whole(folder, files(SPEC, case, content))
    return api.load(folder / "scenario.yaml")


@pytest.fixture(scope="module")
def before(loaded: Loaded) -> Standing:
    return status_quo_of(loaded)


def written(seed: int, content: Content) -> dict[str, str | bytes]:
    spec = ProvinceSpec(posts=FEWEST_POSTS, people=fewest_people(ProvinceSpec(posts=FEWEST_POSTS)) + 40, seed=seed)
    return files(spec, province(spec, content), content)


def open_gaps(before: Standing, person: PersonId, position: PositionId) -> list[Gap]:
    """What the person lacks at the start of what the post demands on the day of taking over."""
    ground = before.ground
    demands = ground.demands(position, "appoint")
    return [gap for gap in demands if ground.closed_on(person, gap) > ground.horizon.as_of]


def test_the_same_seed_gives_the_same_files_and_another_one_others(content: Content) -> None:
    first = written(7, content)
    assert first == written(7, content)
    other = written(8, content)
    assert {name for name in first if first[name] != other[name]} >= {"case/people.csv", "case/pools.csv"}


def test_the_same_seed_gives_the_same_files_however_python_hashes_words(tmp_path: Path) -> None:
    made = []
    for seed in (1, 2):
        folder = tmp_path / str(seed)
        command = ["generate", "province", "--posts", "60", "--people", "250", "--seed", "2", str(folder)]
        said(["-c", "from planner.cli.app import main; main()", *command], seed)
        made.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert made[0] == made[1]


def test_nothing_is_wrong_in_it(loaded: Loaded) -> None:
    assert loaded.scenario.path is not None
    assert api.inspect(loaded.scenario.path).findings == ()


def test_it_has_the_wanted_size(case: Case) -> None:
    posts = [row for row in case.positions if row.nature == "full_time"]
    assert (len(posts), len(case.people)) == (SPEC.posts, SPEC.people)


def test_the_province_has_a_committee_for_which_people_are_named(before: Standing) -> None:
    (committee,) = (row for row in before.ground.case.positions if row.nature == "membership")
    assert committee.seats
    assert sum(p == committee.position_id for _, p in before.ground.nominated) >= committee.seats


def test_heads_are_asked_for_time_elsewhere_and_everything_else_is_as_shipped(loaded: Loaded, content: Content) -> None:
    for shipped in content.standards:
        own = loaded.content.standard[shipped.id]
        added = [(c.competency, c.level, c.required_at) for c in own.cells if c not in shipped.cells]
        assert added == ([(ELSEWHERE, str(ELSEWHERE_MONTHS), "appoint")] if shipped.id in ASKING else [])
    assert loaded.content.rulebook_name == content.rulebook_name
    assert {e.id: e.params for e in loaded.content.rulebook} == {e.id: e.params for e in content.rulebook}


def test_some_lack_nothing_but_time_elsewhere_and_some_have_it(before: Standing) -> None:
    ground = before.ground
    asking = {p for p in ground.full_time if ground.case.position[p].standard in ASKING}
    gaps = [open_gaps(before, person, p) for person, p in ground.nominated if p in asking]
    only = sum([gap.competency for gap in lacking] == [ELSEWHERE] for lacking in gaps)
    has = sum(ELSEWHERE not in [gap.competency for gap in lacking] for lacking in gaps)
    assert only >= len(gaps) / 4
    assert has >= len(gaps) / 10


def test_some_lack_nothing_but_a_level_that_a_course_grants(before: Standing) -> None:
    ground = before.ground
    granted = {course.grants.competency for course in ground.case.courses}
    gaps = [open_gaps(before, person, p) for person, p in ground.nominated]
    only = sum(len(lacking) == 1 and lacking[0].competency in granted for lacking in gaps)
    assert only >= len(gaps) / 10


def test_places_are_for_about_half_of_those_who_lack_a_level(before: Standing) -> None:
    ground = before.ground
    seats = sum(
        s.seats or 0 for s in ground.case.sessions if ground.case.course[s.course_id].grants.level == "advanced"
    )
    stages, lacking = ("plan", "appoint", "after_appoint"), set()
    for person, p in ground.nominated:
        for cell in ground.cells(p, *stages):
            gap = Gap(cell.competency, 3)
            if (cell.competency, cell.level) == ("theory", "advanced") and ground.closed_on(person, gap) > SPEC.as_of:
                lacking.add(person)
    assert 0.3 * len(lacking) <= seats <= 0.7 * len(lacking)


def test_every_rule_on_one_person_refuses_somebody(before: Standing) -> None:
    ground, bound = before.ground, before.bound
    refused: Counter[str] = Counter()
    for person, position in ground.nominated:
        on = {ground.plan_day(position): "plan", ground.horizon.as_of: "appoint", ground.horizon.until: "appoint"}
        for day, stage in on.items():
            refused.update(v.rule for v in bound.refusals(person, position, stage, day) if v.rule)  # type: ignore[arg-type]
    target = next(p for p in ground.full_time if ground.case.position[p].standard == "commune_deputy_secretary")
    for person in ground.case.person:
        day = ground.horizon.as_of
        refused.update(v.rule for v in bound.refusals(person, target, "rotate", day) if v.rule)
    everyone = [i for i, home in ground.home.items() if home is not None]
    for position in ground.full_time:
        for person in everyone:
            refused.update(v.rule for v in bound.refusals(person, position, "plan", SPEC.as_of) if v.rule)
    assert [rule for rule in MET if not refused[rule]] == []


def test_each_rule_on_relatives_keeps_a_named_one_out(before: Standing) -> None:
    ground = before.ground
    named: dict[PersonId, set[PositionId]] = {}
    for person, position in ground.nominated:
        named.setdefault(person, set()).add(position)
    for rule in before.bound.of(KinApart):
        kept_out = [
            (one, other)
            for pair in rule.pairs
            for one, other in (pair, pair[::-1])
            for side in rule.sides
            if named.get(one, set()).intersection(side.one) and ground.home[other] in side.other
        ]
        assert kept_out, rule.id


def test_in_some_lists_all_are_held_up_each_by_another_rule(before: Standing) -> None:
    ground, bound = before.ground, before.bound
    names: dict[PositionId, list[PersonId]] = {}
    for person, position in ground.nominated:
        names.setdefault(position, []).append(person)
    refused: Counter[str] = Counter()
    for position, persons in names.items():
        if len(persons) <= NAMES and position in ground.full_time:
            opens = before.expected.first_vacancy[position] or ground.horizon.until
            for person in persons:
                on = {"plan": ground.plan_day(position), "appoint": opens}
                rules = {v.rule for stage, day in on.items() for v in bound.refusals(person, position, stage, day)}  # type: ignore[arg-type]
                refused.update(rule for rule in rules if rule)
    assert [rule for rule in HOLDING_UP if not refused[rule]] == []


def test_a_proposal_is_on_file_for_somebody_who_is_in_no_list_of_the_post(before: Standing) -> None:
    ground = before.ground
    proposed = [d for d in ground.case.decisions if d.kind == "appoint"]
    assert proposed
    for decision in proposed:
        assert decision.position_id is not None
        assert decision.status == "proposed"
        assert (decision.person_id, decision.position_id) in ground.nominated
        assert decision.person_id not in ground.old_lists[decision.position_id]


def test_a_term_ends_for_some_who_were_elected(before: Standing) -> None:
    causes = Counter(d.cause for d in before.bound.departures())
    assert causes["term_end"]


def test_too_small_is_said(content: Content) -> None:
    with pytest.raises(ValueError, match="posts or more"):
        province(ProvinceSpec(posts=FEWEST_POSTS - 1, people=500), content)
    with pytest.raises(ValueError, match="too few"):
        province(ProvinceSpec(posts=FEWEST_POSTS, people=10), content)


SMALL = [ProvinceSpec(posts=60, people=250, seed=seed) for seed in (1, 2, 3)]


@pytest.mark.parametrize("spec", SMALL, ids=lambda spec: f"seed-{spec.seed}")
def test_a_small_province_has_each_obstacle_too(
    spec: ProvinceSpec, content: Content, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    met: Counter[str] = Counter()

    def counted(obstacle: Obstacle) -> Obstacle:
        def hinders(all_of_them: Obstacles, opening: Opening, cadre: Cadre) -> bool:
            found = obstacle(all_of_them, opening, cadre)
            met[obstacle.__name__] += found
            return found

        return hinders

    monkeypatch.setattr(obstacles, "OBSTACLES", tuple(counted(obstacle) for obstacle in OBSTACLES))
    case = province(spec, content)
    assert [obstacle.__name__ for obstacle in OBSTACLES if not met[obstacle.__name__]] == []
    write_whole(tmp_path / "small", files(spec, case, content))
    assert api.inspect(tmp_path / "small" / "scenario.yaml").findings == ()


def test_a_small_province_has_what_chance_brings_to_larger_ones(content: Content, tmp_path: Path) -> None:
    write_whole(tmp_path / "small", files(SMALL[0], province(SMALL[0], content), content))
    before = status_quo_of(api.load(tmp_path / "small" / "scenario.yaml"))
    ground, rules = before.ground, {rule.id: rule for rule in before.bound.rules}
    lists = Counter(position for _, position in ground.nominated)
    alone = [(person, position) for person, position in ground.nominated if lists[position] == 1]
    late, local, course = (rules[r] for r in ("rot_remaining_service", "rot_commune_secretary_non_local", "tr_adv_std"))
    assert isinstance(late, PersonalRule)
    assert isinstance(local, PersonalRule)
    assert isinstance(course, CourseRule)
    assert any(not late.judge(person, position, "rotate", SPEC.as_of).ok for person, position in alone)
    assert any(local.applies(p) and not local.judge(i, p, "appoint", SPEC.until).ok for i, p in alone)
    sessions = [s for s in ground.case.session if s.startswith("LLCT_CC")]
    assert any(not course.judge(person, session).ok for person, _ in alone for session in sessions)
    for met in ("head_two_terms_moved", "tr_one_full_time", "rot_balance_local"):
        assert list(rules[met].check(before.line)), met
    assert sum(bool(ground.case.person[i].scitech) for i in {i for i, _ in ground.nominated}) == 1


def test_holders_leave_for_obstacles_that_find_no_free_seat(content: Content) -> None:
    spec = SMALL[1]
    case = province(spec, content)
    leaving = [row for row in case.decisions if row.kind == "leaves"]
    today = {row.person_id for row in leaving if row.from_ == spec.as_of}
    assert today
    assert max(Counter(row.person_id for row in leaving).values()) == 1
    holders = {row.person_id: row.position_id for row in case.service if row.until is None}
    assert all(holders[person] for person in today)
