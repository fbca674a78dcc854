"""`planner check` and `planner verify`, help, and what every verb has in common."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.app import app
from planner.domain.messages import Language
from tests.cli.conftest import CASES, Planner


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Case 02 with one mistake in each of four places; a rule of the rulebook is changed in the scenario."""
    shutil.copytree(CASES / "_content", tmp_path / "_content")
    folder = Path(shutil.copytree(CASES / "02-chain", tmp_path / "broken"))
    people = (folder / "case/people.csv").read_text(encoding="utf-8")
    (folder / "case/people.csv").write_text(people.replace("1964-03-15", "1964-13-15"), encoding="utf-8")
    with (folder / "case/service.csv").open("a", encoding="utf-8") as file:
        file.write("Z,2020-01-01,,H1,U1,HEAD,substantive\n")
    (folder / "case/unitz.csv").write_text("a\n", encoding="utf-8")
    with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write("rules: {upward_only: {params: {stage: [plan]}}}\n")
    return folder


def test_check_lists_every_problem_at_once_with_its_place(planner: Planner, broken: Path) -> None:
    done = planner("check", broken)
    assert done.code == 3
    for text in ("case/people.csv, row 2", "case/service.csv", "case/unitz.csv", "did you mean units.csv",
                 "scenario.yaml", "did you mean stages"):  # fmt: skip
        assert text in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_run_refuses_the_same_and_writes_nothing(planner: Planner, broken: Path) -> None:
    done = planner("run", broken, "--out", "plan")
    assert done.code == 3
    assert not Path("plan").exists()


def test_findings_for_machines_have_file_row_column_value_expected_suggestion(planner: Planner, broken: Path) -> None:
    data = planner("check", broken, "--json").data
    assert (data["status"], data["exit_code"]) == ("input_error", 3)
    found = next(f for f in data["findings"] if f["value"] == "1964-13-15")
    assert (found["file"], found["row"], found["column"]) == ("case/people.csv", 2, "birth_date")
    assert found["expected"]
    assert any(f["suggestion"] for f in data["findings"])


def test_check_of_a_sound_case_says_what_is_inherited(planner: Planner) -> None:
    done = planner("check", CASES / "07-inherited-breach")
    assert done.code == 0
    assert "Inherited breaches: 2" in done.out
    assert len(planner("check", CASES / "07-inherited-breach", "--json").data["inherited"]) == 2


@pytest.mark.parametrize(("language", "word"), [("vi", "Vi phạm có sẵn"), ("en", "Inherited breaches")])
def test_the_language_is_as_asked(planner: Planner, language: Language, word: str) -> None:
    assert word in planner("check", CASES / "07-inherited-breach", "--lang", language).out


def test_a_shipped_scenario_is_found_by_its_name_and_a_near_name_suggested(planner: Planner) -> None:
    assert planner("check", "first-office").code == 0
    done = planner("check", "frist-office")
    assert done.code == 3
    assert "first-office" in done.err


def test_verify_refuses_with_every_reason(planner: Planner) -> None:
    assert planner("run", CASES / "02-chain", "--out", "plan").code == 0
    plan = Path("plan/plan.json")
    plan.write_text(plan.read_text(encoding="utf-8").replace("2026-04-01", "2026-04-02"), encoding="utf-8")
    done = planner("verify", "plan", "--lang", "en")
    assert done.code == 7
    for text in ("Refused", "departures", "appointments.csv", "manifest.json"):
        assert text in done.out
    data = planner("verify", "plan", "--json").data
    assert (data["status"], data["exit_code"]) == ("refused", 7)
    assert len(data["reasons"]) == done.out.count("\n  - ")


def test_verify_of_what_is_no_plan_is_an_error_of_input(planner: Planner) -> None:
    Path("empty").mkdir()
    for folder in ("empty", "missing"):
        done = planner("verify", folder)
        assert done.code == 3
        assert "Traceback" not in done.err
    assert planner("verify", "empty", "--json").data["exit_code"] == 3


@pytest.mark.parametrize("verb", sorted(str(command.name) for command in app.registered_commands))
def test_every_verb_has_help_with_an_example(planner: Planner, verb: str) -> None:
    done = planner(verb, "--help")
    assert done.code == 0
    assert f"planner {verb}" in done.out.split("Example:")[1]
    assert " ." not in done.out  # square brackets are marks of the terminal: what stands in them is lost


def test_the_program_alone_shows_its_verbs(planner: Planner) -> None:
    out = planner("--help").out
    assert all(verb in out for verb in ("check", "run", "verify"))
    assert planner("--version").out.startswith("planner ")


@pytest.mark.parametrize("words", ["from planner.cli.app import app", "from planner import api; api.verify"])
def test_reading_and_judging_load_no_solver(words: str) -> None:
    code = f"import sys; {words}; print(*{{'ortools', 'highspy'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_program_that_is_stopped_while_it_is_loaded_ends_without_a_traceback() -> None:
    code = """
import sys
from planner.cli import start
class Stopped:
    def find_spec(self, name, *rest):
        if name == "planner.cli.app":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stopped())
start.main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
