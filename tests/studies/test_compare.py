"""Two plans side by side."""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner import api
from planner.cli.app import app
from planner.studies import InputLine, Side, compare

CASE = Path(__file__).parents[1] / "cases" / "12-pin-and-conflict"
JULY, LAST_OF_JUNE = dt.date(2026, 7, 1), dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def free():
    return api.solve(CASE / "scenario-free.yaml")


@pytest.fixture(scope="module")
def pinned():
    return api.solve(CASE / "scenario-pin-kin-off.yaml")


@pytest.fixture(scope="module")
def comparison(free, pinned):
    return api.compare(free, pinned).comparison


# Case 12 (derivation.md): H1 and H2 fall vacant in P1. Free, A takes H2 and B takes H1: nothing empty. With A decided
# for H1 nobody else can take H2: empty at the end of P1, P2 and P3, and without a successor; B is left over.
# heads = 4 · 3 empty + 1 without a successor = 13.
def test_goals_differ_by_what_the_decision_costs(comparison):
    changed = {(g.goal, g.part): (g.before, g.after, g.difference) for g in comparison.goals if g.difference}
    assert changed == {
        ("heads", None): (0, 13, 13),
        ("heads", "empty_periods"): (0, 3, 3),
        ("heads", "without_successor"): (0, 1, 1),
        ("effort", None): (2, 1, -1),
        ("effort", "appointments"): (2, 1, -1),
    }
    assert all(g.optimal_before and g.optimal_after for g in comparison.goals if g.part is None)


def test_decisions_that_only_one_has_are_listed_with_names(comparison):
    moves = {(c.position, c.person_name): (c.before, c.after) for c in comparison.changes if c.table == "appointments"}
    assert moves == {
        ("H1", "Lê Văn An"): (None, (JULY,)),
        ("H1", "Đỗ Văn Bình"): ((JULY,), None),
        ("H2", "Lê Văn An"): ((JULY,), None),
    }
    assert {c.table for c in comparison.changes} == {"appointments", "successors"}


# Only A is ever ready for H2; the successor of H1 is one of A and B, whom a plan may choose freely only where both are
# left to it: A moved to H1 is its successor there.
def test_a_change_of_successor_is_one_line_of_its_post(comparison):
    lines = {c.position: c for c in comparison.changes if c.table == "successors"}
    assert lines["H2"].before == ("Lê Văn An", LAST_OF_JUNE)
    assert (lines["H2"].after, lines["H2"].difference) == (None, "only_before")


# `case` and `case-free` have the same rows but the decided appointment; the rulebook has kin_apart as must or as off.
def test_what_was_put_in_differently_is_counted(comparison):
    assert comparison.inputs == (InputLine("decisions", 0, 1), InputLine("rules", 1, 1))


# Lists are not kept: listed are all who are plannable, on 30 June, before any move: A and B for H1, A for H2.
def test_coverage_by_unit_stands_side_by_side(comparison):
    figures = {
        line.unit: (line.listed_before, line.listed_after, line.ready_before, line.ready_after)
        for line in comparison.coverage
    }
    assert figures["U2"] == (1, 1, 1, 1)
    assert [line.title for line in comparison.coverage] == ["Department of Justice", "Department of Finance"]


def test_a_plan_beside_itself_shows_no_change(free):
    comparison = api.compare(free, free).comparison
    assert (comparison.changes, comparison.inputs) == ((), ())
    assert {g.difference for g in comparison.goals} == {0}


def test_the_other_way_round_the_signs_turn(free, pinned, comparison):
    back = api.compare(pinned, free).comparison
    assert [g.difference for g in back.goals] == [-g.difference for g in comparison.goals]
    assert [(c.before, c.after) for c in back.changes] == [(c.after, c.before) for c in comparison.changes]


def test_behind_an_open_tier_nothing_is_called_optimal(free):
    tiers = [{"goals": ["heads"], "value": 5, "bound": 4}, {"goals": ["posts"], "value": 0, "bound": 0}]
    lines = compare(*[Side("", free.standing, (), tiers)] * 2).goals
    assert {g.goal: g.optimal_before for g in lines if g.part is None and g.goal in ("heads", "posts")} == {
        "heads": False,
        "posts": False,
    }


# ---- the command -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folders(free, pinned, tmp_path_factory):
    root = tmp_path_factory.mktemp("plans")
    return [str(free.write(root / "free")), str(pinned.write(root / "pinned"))]


def test_the_command_prints_before_after_and_changes(folders):
    done = CliRunner().invoke(app, ["compare", *folders, "--lang", "vi"])
    assert done.exit_code == 0, done.output
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert "người đứng đầu 0 13 +13" in lines
    assert any("Lê Văn An" in line and "01/07/2026" in line for line in lines)


def test_the_command_gives_the_same_as_json(folders, comparison):
    done = CliRunner().invoke(app, ["compare", *folders, "--json"])
    told = json.loads(done.stdout)
    assert (told["status"], len(told["changes"]), len(told["goals"])) == (
        "ok",
        len(comparison.changes),
        len(comparison.goals),
    )
    assert {(g["goal"], g["part"]): g["difference"] for g in told["goals"]}["heads", "empty_periods"] == 3
    assert [c["after"] for c in told["changes"] if c["person"] == "A" and c["position"] == "H1"] == [["2026-07-01"]]


def test_a_folder_that_is_no_plan_is_said_so(folders, tmp_path):
    assert CliRunner().invoke(app, ["compare", folders[0], str(tmp_path)]).exit_code == 3


def test_names_with_brackets_are_no_markup(folders):
    from rich.console import Console
    from rich.table import Table

    from planner.cli.compare import _row

    console, table = Console(width=60), Table("name")
    _row(table, "An [red]Nguyễn[/red]")
    with console.capture() as shown:
        console.print(table)
    assert "An [red]Nguyễn[/red]" in shown.get()
