"""A what-if that begins with the plan of before: as good as anew, and changed only where the edit forces or pays."""

import datetime as dt
import threading
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from planner import api
from planner.cli.app import app
from planner.domain.ids import PositionId
from planner.domain.plan import Plan
from planner.domain.scenario import SolveSpec
from planner.engine import Parent, Progress, build, build_program, large_run, solve, unpacked
from planner.engine.parent import distance, emptied, nearest
from planner.engine.restrict import decided_only
from planner.files.plan_folder import read_plan
from planner.problem import Problem
from planner.structure.point import keys_of
from planner.verify.judge import judge, status_quo_of


@pytest.fixture(scope="module")
def office() -> api.Loaded:
    return api.load("first-office")


@pytest.fixture(scope="module")
def before(office: api.Loaded) -> api.Solved:
    return api.solve(office, seconds=60)


def differs(one: Plan, other: Plan) -> int:
    return len(keys_of(one) ^ keys_of(other))


def test_where_nothing_was_edited_the_plan_stays_as_it_was(office: api.Loaded, before: api.Solved) -> None:
    again = api.solve(office, seconds=60, parent=before)
    assert differs(again.plan, before.plan) == 0
    assert [(t.value, t.bound) for t in again.asked] == [(t.value, t.bound) for t in before.asked]


def test_the_plan_of_before_is_the_nearest_of_what_it_decides_and_what_the_start_decides_stays_open(
    office: api.Loaded, before: api.Solved
) -> None:
    _, program = build(status_quo_of(office))
    arrays, away = program.freeze(), distance(program, before.plan)
    found = nearest(decided_only(arrays, away, None), away, None, 20.0, SolveSpec(seconds=20), None)
    assert found is not None
    assert away @ found == away[away < 0].sum()
    other = int(np.flatnonzero((away > 0) & (arrays.upper > arrays.lower))[0])
    start = np.zeros(away.size)
    start[other] = 1
    assert decided_only(arrays, away, None).upper[other] == arrays.lower[other]
    assert decided_only(arrays, away, start).upper[other] == arrays.upper[other]


def test_where_nothing_was_edited_the_proof_of_before_is_enough(office: api.Loaded, before: api.Solved) -> None:
    heard: list[Progress] = []
    again = api.solve(office, seconds=60, parent=before, report=heard.append)
    by_duals = [n for n, tier in enumerate(before.asked) if tier.bound_from == "duals"]
    assert by_duals, "the office proves some of its tiers by duals alone"
    assert [t.bound for n, t in enumerate(again.asked) if n in by_duals] == [before.asked[n].bound for n in by_duals]
    assert not [said for said in heard if said.step in ("relax", "near", "search") and said.tier in by_duals]


def test_a_plan_folder_without_a_proof_or_with_a_broken_one_is_a_parent_too(
    office: api.Loaded, before: api.Solved, tmp_path: Path
) -> None:
    for number, proof in enumerate((None, b"", b"PK\x03\x04 broken", before.proof[:-100])):
        folder = before.write(tmp_path / str(number))
        (folder / "proof.npz").unlink()
        if proof is not None:
            (folder / "proof.npz").write_bytes(proof)
        again = api.solve(office, seconds=60, parent=read_plan(folder))
        assert differs(again.plan, before.plan) == 0
        assert "without its proof" in "\n".join(again.log)
        assert api.verify(folder).accepted


def edits_of(before: api.Solved) -> list[tuple[str, dict[str, object]]]:
    """Of what the plan does: somebody named is refused, somebody appointed is, and a class has more seats."""
    plan = before.plan
    name = next(e for e in plan.pools if e.status == "add")
    appointed = plan.appointments[0]
    session = plan.training[0].session
    return [
        ("forbid", {"kind": "pool", "person_id": name.person, "position_id": name.position}),
        ("forbid", {"kind": "appoint", "person_id": appointed.person, "position_id": appointed.position}),
        ("add_seats", {"session_id": session, "seats": 1}),
    ]


@pytest.mark.parametrize("number", range(3))
def test_it_is_as_good_as_anew_and_no_plan_as_good_is_nearer(
    office: api.Loaded, before: api.Solved, number: int
) -> None:
    edit = edits_of(before)[number]
    anew = api.solve(office, seconds=60, edits=(edit,))
    after = api.solve(office, seconds=60, edits=(edit,), parent=before)
    assert after.judgement.accepted
    assert after.complete
    assert [t.value for t in after.asked] == [t.value for t in anew.asked]
    assert differs(after.plan, before.plan) <= differs(anew.plan, before.plan)
    if number < 2:
        assert differs(after.plan, before.plan) > 0, "what the edit refuses was in the plan"
    # Nearest of all: beginning there again finds nothing nearer to the plan of before.
    twice = api.solve(office, seconds=60, edits=(edit,), parent=before.plan)
    assert differs(twice.plan, before.plan) == differs(after.plan, before.plan)


@pytest.mark.parametrize("many", [False, True])
def test_with_loose_moves_too(
    office: api.Loaded, before: api.Solved, monkeypatch: pytest.MonkeyPatch, *, many: bool
) -> None:
    """The order of work for large cases, from a plan that uses moves which have no column at first; and for the
    largest, where vertices are named."""
    if many:
        monkeypatch.setattr(large_run, "MANY", -1)
    quo = status_quo_of(office)
    problem = Problem(quo, useful_only=True, most_moves=0)
    assert not problem.is_whole
    heard: list[Progress] = []
    stop = threading.Event()

    def report(progress: Progress) -> None:
        heard.append(progress)
        if progress.step == "parent":
            stop.set()

    spec, parent = SolveSpec(seconds=60), Parent(before.plan)
    result = solve(
        problem, build_program(problem), office.scenario.goals, spec, report=report, stop=stop, parent=parent
    )
    assert judge(result.standing, quo).accepted
    assert differs(result.standing.line.plan, before.plan) == 0
    assert heard[0].value == before.asked[0].value
    whole = solve(problem, build_program(problem), office.scenario.goals, spec, parent=parent)
    assert differs(whole.standing.line.plan, before.plan) == 0
    heard.clear()
    proved = Parent(before.plan, whole.proof)
    again = solve(problem, build_program(problem), office.scenario.goals, spec, report=heard.append, parent=proved)
    assert [tier.bound for tier in again.tiers[:-1]] >= [tier.bound for tier in whole.tiers[:-1]]
    assert [said.step for said in heard if said.tier == 0] == ["parent", "proof", "done"]
    assert differs(again.standing.line.plan, before.plan) == 0


@pytest.mark.parametrize("number", range(4))
def test_with_loose_moves_an_edit_changes_only_what_it_forces_or_pays_for(
    office: api.Loaded, before: api.Solved, number: int
) -> None:
    given = api.what_if(office, [*edits_of(before), leaves_early(office, before)][number])
    quo = status_quo_of(given)
    problem = Problem(quo, useful_only=True, most_moves=0)
    program, spec = build_program(problem), SolveSpec(seconds=60)
    anew = solve(problem, program, given.scenario.goals, spec)
    parent = Parent(before.plan, unpacked(before.proof))
    after = solve(problem, build_program(problem), given.scenario.goals, spec, parent=parent)
    assert judge(after.standing, quo).accepted
    assert [t.value for t in after.tiers[:-1]] <= [t.value for t in anew.tiers[:-1]]
    near, far = (differs(found.standing.line.plan, before.plan) for found in (after, anew))
    assert near <= far
    # Nearest of all: beginning there again finds nothing nearer to the plan of before.
    twice = solve(problem, build_program(problem), given.scenario.goals, spec, parent=Parent(before.plan))
    assert differs(twice.standing.line.plan, before.plan) == near


def leaves_early(office: api.Loaded, before: api.Solved) -> tuple[str, dict[str, object]]:
    """Somebody whom the plan appoints leaves for good a day after."""
    appointed = before.plan.appointments[0]
    return "leaves", {"person_id": appointed.person, "from": appointed.on + dt.timedelta(days=1)}


def test_what_an_edit_has_emptied(office: api.Loaded, before: api.Solved) -> None:
    def found(*edits: tuple[str, dict[str, object]]) -> frozenset[PositionId]:
        problem = Problem(status_quo_of(api.what_if(office, *edits)), useful_only=True, most_moves=0)
        return emptied(before.plan, problem, build_program(problem))

    appointed = before.plan.appointments[0]
    refused = edits_of(before)
    assert found() == frozenset()
    assert found(refused[0], refused[2]) == frozenset()
    assert found(refused[1]) == {appointed.position}
    home = status_quo_of(office).ground.home[appointed.person]
    assert found(leaves_early(office, before)) == {appointed.position, home} - {None}


def test_from_the_command_line(before: api.Solved, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before.write("before")
    ran = CliRunner().invoke(app, ["run", "first-office", "--out", "after", "--from", "before"])
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "after/plan.json").read_text() == (tmp_path / "before/plan.json").read_text()
    refused = CliRunner().invoke(app, ["run", "first-office", "--out", "other", "--from", "nowhere"])
    assert refused.exit_code == 3
    assert "nowhere" in refused.output
    assert not (tmp_path / "other").exists()
