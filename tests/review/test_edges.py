"""A forged plan, decisions that cannot hold, and limits: what people meet at the edges."""

import shutil
from pathlib import Path

import pytest

from planner import api
from planner.domain.errors import InputError, NoPlanError
from planner.domain.plan import Successor
from planner.engine.conflict import raise_conflict
from planner.verify import judge_plan, status_quo_of
from tests.twins.universe import Universe, World, case_of, entry, person, post, round_

CASE = Path(__file__).parents[1] / "cases" / "01-nobody-counted-twice" / "scenario.yaml"


def test_the_day_by_which_a_successor_is_wanted_is_judged_also_where_nobody_is_named() -> None:
    before = status_quo_of(api.load(CASE))
    position, day = next(iter(before.expected.wanted_by.items()))
    wrong = Successor(position=position, wanted_by=day.replace(year=day.year + 1))
    for successor, new in ((Successor(position=position, wanted_by=day), set()), (wrong, {"designated"})):
        plan = before.line.plan.model_copy(update={"successors": (successor,)})
        assert {v.rule for v in judge_plan(plan, before).new} == new


def _office(tmp_path: Path, *edits: str) -> Path:
    """The shipped first office with edits."""
    base = Path(__file__).parents[2] / "scenarios" / "first-office"
    shutil.copytree(base, tmp_path, dirs_exist_ok=True)
    lines = "".join(f"  - {edit}\n" for edit in edits)
    what_if = tmp_path / "what-if.yaml"
    what_if.write_text(f"title: t\nextends: scenario.yaml\nedits:\n{lines}", encoding="utf-8")
    return what_if


def test_a_decision_for_a_day_outside_the_plan_says_so(tmp_path: Path) -> None:
    scenario = _office(tmp_path, "pin: {kind: appoint, person_id: ben, position_id: director, from: 2020-01-01}")
    with pytest.raises(NoPlanError) as caught:
        api.solve(scenario)
    assert list(caught.value.conflict) == [
        "decision appoint (ben, director)",
        "the plan's days (2026-01-01 … 2028-12-31)",
    ]


def test_two_decisions_on_one_person_and_post_are_told_apart() -> None:
    # A is appointed to P on 1 January, so A is out of its list on 31 March: the two decisions exclude each other.
    row = {"person_id": "A", "position_id": "P", "status": "decided"}
    universe = Universe(
        "two decisions",
        case_of(
            [person("A", rank="DEP")],
            positions=[post("P")],
            rounds=[round_()],
            decisions=[row | {"kind": "pool"}, row | {"kind": "appoint", "from": "2026-01-01"}],
        ),
        (),
        (),
    )
    world = World(universe)
    with pytest.raises(NoPlanError) as caught:
        raise_conflict(world.problem, world.program)
    assert list(caught.value.conflict) == [
        "decision pool (A, P)",
        "decision appoint (A, P)",
        "structure lists (A, P)",
    ]


def test_a_conflict_names_every_rule_it_needs_though_one_row_follows_from_them() -> None:
    # A is in the lists of H and G, two are the most, and is to be in N's too. Only an appointment ends a name, and who
    # is appointed by the round is in no list after it. A cut says so in one row, and no rule may be lost by that.
    posts = [post("H"), post("G"), post("N")]
    decisions = [{"person_id": "A", "status": "decided", "kind": "pool", "position_id": "N"}]
    pools = [{"position_id": p, "person_id": "A"} for p in "HG"]
    case = case_of([person("A")], positions=posts, rounds=[round_()], pools=pools, decisions=decisions)
    rules = (entry("posts_per_person", max=2, per="level"), entry("pool_keep"))
    world = World(Universe("one list too many", case, rules, ()))
    with pytest.raises(NoPlanError) as caught:
        raise_conflict(world.problem, world.program)
    assert list(caught.value.conflict) == [
        "decision pool (A, N)",
        "rule pool_keep (A, G)",
        "rule pool_keep (A, H)",
        "rule posts_per_person (A)",
        "structure lists (A, N)",
    ]


@pytest.mark.parametrize("seconds", [".inf", ".nan", "1e300", "0"])
def test_a_limit_of_time_is_a_number_that_a_clock_can_wait_for(tmp_path: Path, seconds: str) -> None:
    scenario = _office(tmp_path)
    scenario.write_text(
        f"title: t\nextends: scenario.yaml\nedits: []\nsolve: {{seconds: {seconds}}}\n", encoding="utf-8"
    )
    with pytest.raises(InputError):
        api.load(scenario)
