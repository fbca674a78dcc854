"""`planner run`: exit codes, what is written and what is not, what is printed."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from planner import api, engine
from planner.cli.progress import Display
from planner.domain.errors import LimitError
from planner.domain.violation import Violation
from planner.exporters import TABLES
from planner.verify import Judgement
from tests.cli.conftest import CASES, Planner

RUNS = {
    f"{folder.name}/{run['scenario']}": run["exit_code"]
    for folder in sorted(CASES.iterdir())
    if (folder / "expected.yaml").is_file()
    for run in YAML(typ="safe").load(folder / "expected.yaml")["runs"]
}

EMPTY_SEAT = "2027-01-01 – 2027-07-01 Deputy director of Justice: Hồ Văn Đức retires; Vũ Thị Én follows on 2027-07-01"
DAY_OF_FINANCE = "Director of Finance: Trần Văn Hai (retires 2026-07-01) → Đỗ Văn Cường from 2026-07-01"
"""What case 07 comes to."""


@pytest.mark.parametrize("name", RUNS)
def test_an_acceptance_case_gives_its_exit_code_and_a_plan_that_is_accepted(planner: Planner, name: str) -> None:
    done = planner("run", CASES / name, "--out", "plan", "--lang", "en")
    assert done.code == RUNS[name], done.err
    if done.code == 0:
        assert planner("verify", "plan").code == 0
    else:
        assert "cannot hold together" in done.err
        assert "decision appoint" in done.err
        assert os.listdir() == []


def test_a_plan_goes_by_its_name_below_the_current_folder(planner: Planner) -> None:
    done = planner("run", CASES / "07-inherited-breach")
    assert done.code == 0
    folder = Path("plans/07-inherited-breach/scenario")
    names = {p.name for p in folder.iterdir()}
    assert names == {f"{table}.csv" for table in TABLES} | {
        "plan.json",
        "manifest.json",
        "proof.npz",
        "log.txt",
        "input",
    }
    assert str(folder) in done.out
    assert not [p for p in folder.parent.iterdir() if p != folder], "nothing is left beside it"


def test_what_is_printed_is_what_people_ask_for(planner: Planner) -> None:
    out = " ".join(planner("run", CASES / "07-inherited-breach", "--lang", "en").out.split())
    for text in (
        EMPTY_SEAT,
        # Of another department, and no lists, fields or courses missing: 0 + 0 + 15 + 7.5 + 15 points.
        "2026-07-01 Đỗ Văn Cường (37.5), from Deputy director of Justice → Director of Finance",
        DAY_OF_FINANCE + "; successor Đỗ Văn Cường",
        "Training: places 1, classes 1",
        "no lawful plan does better",
        "Inherited breaches: 2",
        "Next: planner export plans/07-inherited-breach/scenario",
    ):
        assert text in out


def test_the_same_in_vietnamese(planner: Planner) -> None:
    done = planner("run", CASES / "07-inherited-breach", "--lang", "vi")
    assert "Từng chức danh: người giữ → người thay" in done.out
    assert "bậc 1 (người đứng đầu)" in done.err


def test_progress_goes_to_standard_error_in_plain_lines(planner: Planner) -> None:
    done = planner("run", CASES / "02-chain", "--lang", "en")
    assert "tier 1 (heads): " in done.err
    assert "tier 1" not in done.out


def test_json_is_one_object_on_standard_output(planner: Planner) -> None:
    done = planner("run", CASES / "02-chain", "--json")
    assert (done.code, done.data["status"], done.data["proved"]) == (0, "ok", True)
    # The chain of case 02: three links, all on 1 April 2026.
    assert [(a["person"], a["position"], a["date"]) for a in done.data["appointments"]] == [
        ("B", "H1", "2026-04-01"),
        ("C", "D1", "2026-04-01"),
        ("D", "V1", "2026-04-01"),
    ]
    assert all(tier["bound"] <= tier["value"] for tier in done.data["tiers"])


def test_the_manifest_says_from_what_and_how_far_proved(planner: Planner) -> None:
    assert planner("run", CASES / "03-seats-too-few", "--out", "plan").code == 0
    manifest = json.loads(Path("plan/manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["versions"]) == {"planner", "python", "ortools", "highspy"}
    assert manifest["goal_weights"] == {"empty": 4, "acting": 2, "without_successor": 1}
    assert "exemptions" in manifest["tables_absent"]
    assert "input/case/people.csv" in manifest["inputs"]
    assert len(manifest["restrictions"]) == 3
    heads = manifest["tiers"][0]
    # Three empty periods and one successor missing at heads; weights by criticality make 26 of them.
    assert (heads["goals"], heads["value"], heads["bound"], heads["gap"]) == (["heads"], 26, 26, 0)


def test_a_plan_that_is_there_is_replaced_only_when_asked(planner: Planner) -> None:
    assert planner("run", CASES / "02-chain", "--out", "plan").code == 0
    before = Path("plan/plan.json").read_bytes()
    done = planner("run", CASES / "07-inherited-breach", "--out", "plan")
    assert done.code == 3
    assert "--replace" in done.err
    assert Path("plan/plan.json").read_bytes() == before
    assert planner("run", CASES / "07-inherited-breach", "--out", "plan", "--replace").code == 0
    assert Path("plan/plan.json").read_bytes() != before


def test_a_folder_that_is_no_plan_is_never_replaced(planner: Planner) -> None:
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("dear", encoding="utf-8")
    assert planner("run", CASES / "02-chain", "--out", "mine", "--replace").code == 3
    assert os.listdir("mine") == ["letter.txt"]


def test_strict_wants_every_gap(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.Solved, "complete", False)
    assert planner("run", CASES / "02-chain", "--out", "a").code == 0
    assert planner("run", CASES / "02-chain", "--out", "b", "--strict").code == 5
    assert Path("b/plan.json").is_file()


def test_no_plan_in_time_is_exit_code_5_and_leaves_nothing(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: Any, **__: Any) -> None:
        raise LimitError("stopped")

    monkeypatch.setattr(engine, "solve", none)
    done = planner("run", CASES / "02-chain", "--lang", "en")
    assert (done.code, os.listdir()) == (5, [])
    assert "--seconds" in done.err


def test_a_plan_that_our_verifier_refuses_lies_beside_with_the_report(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    breach = Violation("seats", frozenset({"D1"}), amount=1, unit="holders")
    monkeypatch.setattr(api, "judge", lambda *_: Judgement(violations=(breach,)))
    done = planner("run", CASES / "02-chain", "--out", "plan", "--lang", "en")
    assert done.code == 6
    assert "plan.rejected" in done.err
    assert os.listdir() == ["plan.rejected"]
    assert "D1" in Path("plan.rejected/report.txt").read_text(encoding="utf-8")


def test_one_ctrl_c_writes_the_best_plan_so_far(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    def press(self: Display, progress: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Display, "report", press)
    handler = signal.getsignal(signal.SIGINT)
    done = planner("run", CASES / "03-seats-too-few", "--out", "plan", "--json")
    assert (done.code, done.data["status"]) == (130, "interrupted")
    assert json.loads(Path("plan/manifest.json").read_text(encoding="utf-8"))["interrupted"] is True
    assert planner("verify", "plan").code == 0
    assert signal.getsignal(signal.SIGINT) is handler


def test_an_error_of_ours_is_one_line_with_the_place_of_its_details(
    planner: Planner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(api, "solve", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = planner("run", CASES / "02-chain", "--lang", "en")
    assert (done.code, done.raised) == (1, None)
    assert "Traceback" not in done.out + done.err
    (log,) = tmp_path.glob("planner-*.log")
    assert str(log) in done.err
    assert "RuntimeError: odd" in log.read_text(encoding="utf-8")
    assert isinstance(planner("run", CASES / "02-chain", "--debug").raised, RuntimeError)
