"""The plan folder: whole or not at all, owner-only, never over something else; and a plan stands on its own."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.errors import InputError
from planner.domain.plan import Appointment, Plan
from planner.edits.load import load
from planner.files import whole
from planner.files.content import shipped
from planner.files.plan_folder import (
    changed_inputs,
    input_hashes,
    json_text,
    plan_json,
    read_plan,
    tables_match,
    write_plan,
)
from planner.files.plan_input import input_files
from planner.files.tables import table_csv
from tests.files.sound_case import CASES

ALL = sorted([*CASES.glob("*/scenario*.yaml"), *shipped("scenarios").glob("*/*.yaml")])
PLAN = Plan(
    appointments=(
        Appointment(person="A", position="H1", period=1, judged_on="2026-07-01", on="2026-07-01", chain=1, link=1),
    ),
    goals={"heads": 2},
)  # fmt: skip


def files_of(plan=PLAN, path=CASES / "02-chain/scenario.yaml"):
    loaded = load(path)
    files = input_files(loaded.scenario, loaded.case, loaded.content)
    return files | {
        "plan.json": plan_json(plan),
        "manifest.json": json_text({"inputs": input_hashes(files)}),
        "appointments.csv": table_csv([{"person": "A", "position": None}], ["person", "position"]),
    }


def codes(problem):
    return [f.code.removeprefix("finding.") for f in problem.value.findings]


def test_a_plan_is_read_as_it_was_written(tmp_path):
    write_plan(tmp_path / "plans/02/base", files_of())
    read = read_plan(tmp_path / "plans/02/base")
    assert read.plan == PLAN
    assert changed_inputs(read) == ()
    assert [p.name for p in (tmp_path / "plans/02").iterdir()] == ["base"]


def test_only_the_owner_may_read_it(tmp_path):
    write_plan(tmp_path / "plan", files_of())
    for path in (tmp_path / "plan", *(tmp_path / "plan").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("path", ALL, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_the_input_gives_the_same_case_and_content_on_its_own(path, tmp_path):
    loaded = load(path)
    write_plan(tmp_path / "plan", files_of(path=path))
    again = load(read_plan(tmp_path / "plan").scenario)
    assert again.case == loaded.case
    assert without_places(again.content) == without_places(loaded.content)
    own = {"path", "edits", "rules", "content", "case"}
    assert again.scenario.model_dump(exclude=own) == loaded.scenario.model_dump(exclude=own)
    assert (again.scenario.edits, again.scenario.rules) == ((), {})
    # Written once more it is the same text: nothing depends on where it was read from.
    once_more = input_files(again.scenario, again.case, again.content)
    assert once_more == input_files(loaded.scenario, loaded.case, loaded.content)


def without_places(content):
    return replace(content, rulebook=tuple(e.model_copy(update={"file": None, "line": None}) for e in content.rulebook))


def test_a_plan_is_replaced_only_when_asked(tmp_path):
    folder = tmp_path / "plan"
    write_plan(folder, files_of())
    with pytest.raises(InputError) as problem:
        write_plan(folder, files_of(Plan()))
    assert codes(problem) == ["plan_exists"]
    assert read_plan(folder).plan == PLAN
    write_plan(folder, files_of(Plan()), replace=True)
    assert read_plan(folder).plan == Plan()
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("text", [None, "{}", "not json", '{"kind": "other"}', "[]"])
def test_what_is_no_plan_is_never_replaced(tmp_path, text):
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    if text is not None:
        (folder / "plan.json").write_text(text)
    with pytest.raises(InputError) as problem:
        write_plan(folder, files_of(), replace=True)
    assert codes(problem) == ["not_ours"]
    assert (folder / "thesis.txt").read_text() == "years of work"


def test_a_file_is_not_replaced_and_an_empty_folder_is_used(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError):
        write_plan(tmp_path / "file", files_of(), replace=True)
    (tmp_path / "empty").mkdir()
    write_plan(tmp_path / "empty", files_of())
    assert read_plan(tmp_path / "empty").plan == PLAN


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_is_left_and_nothing_lost_when_writing_stops(tmp_path, monkeypatch, stop):
    folder = tmp_path / "plan"
    write_plan(folder, files_of())
    write = whole._write

    def fails(place, name, data):
        if name == "plan.json":
            raise stop
        write(place, name, data)

    monkeypatch.setattr(whole, "_write", fails)
    with pytest.raises(InputError if isinstance(stop, OSError) else KeyboardInterrupt):
        write_plan(folder, files_of(Plan()), replace=True)
    assert read_plan(folder).plan == PLAN
    assert list(tmp_path.iterdir()) == [folder]


def test_the_old_plan_comes_back_when_the_new_one_cannot_be_put_in_its_place(tmp_path, monkeypatch):
    folder = tmp_path / "plan"
    write_plan(folder, files_of())
    rename = Path.rename

    def fails(path, target):
        if Path(target) == folder and path.name != "old":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(InputError) as problem:
        write_plan(folder, files_of(Plan()), replace=True)
    assert codes(problem) == ["unwritable"]
    monkeypatch.undo()
    assert read_plan(folder).plan == PLAN
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a/../../x", ""])
def test_no_file_is_written_outside(tmp_path, name):
    with pytest.raises(ValueError, match="not a path within"):
        write_plan(tmp_path / "plan", {name: "x"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.pop("kind"), "no_plan"),
        (lambda d: d.update(format=2), "plan_format"),
        (lambda d: d.update(extra=1), "unknown_key"),
        (lambda d: d["appointments"][0].update(period="first"), "not_whole"),
        (lambda d: d["appointments"][0].pop("person"), "missing_value"),
    ],
)
def test_a_plan_that_cannot_be_read(tmp_path, change, code):
    folder = tmp_path / "plan"
    write_plan(folder, files_of())
    data = json.loads((folder / "plan.json").read_text())
    change(data)
    (folder / "plan.json").write_text(json.dumps(data))
    with pytest.raises(InputError) as problem:
        read_plan(folder)
    assert codes(problem) == [code]


@pytest.mark.parametrize("text", ["{", '{"kind": "planner plan", "kind": 1}', '{"goals": NaN}', "[" * 100_000])
def test_a_plan_that_is_no_json(tmp_path, text):
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(InputError) as problem:
        read_plan(tmp_path)
    assert codes(problem) == ["broken_json"]


def test_no_plan_at_all(tmp_path):
    with pytest.raises(InputError) as problem:
        read_plan(tmp_path)
    assert codes(problem) == ["no_plan"]
    assert problem.value.exit_code == 3


def test_tables_that_were_touched_are_named(tmp_path):
    write_plan(tmp_path / "plan", files_of())
    expected = {"appointments.csv": files_of()["appointments.csv"]}
    assert tables_match(tmp_path / "plan", expected) == ()
    (tmp_path / "plan/appointments.csv").write_text("person,position\nB,\n")
    (tmp_path / "plan/more.csv").write_text("x\n")
    assert tables_match(tmp_path / "plan", expected | {"pools.csv": ""}) == (
        "appointments.csv",
        "more.csv",
        "pools.csv",
    )


def test_inputs_that_were_touched_are_named(tmp_path):
    write_plan(tmp_path / "plan", files_of())
    case = tmp_path / "plan/input/case"
    (case / "units.csv").write_text("unit_id,name\nU1,Another\n")
    (case / "people.csv").unlink()
    (case / "rounds.csv").write_text("round_id,approved_on\n")
    assert changed_inputs(read_plan(tmp_path / "plan")) == (
        "input/case/people.csv", "input/case/rounds.csv", "input/case/units.csv",
    )  # fmt: skip


def test_tables_keep_text_exact():
    rows = [{"a": 'say "x", then\ny', "b": None}, {"a": "=1+1", "b": 0}]
    assert table_csv(rows, ["a", "b"]) == 'a,b\n"say ""x"", then\ny",\n=1+1,0\n'
    assert table_csv([{"a": None}], ["a"]) == 'a\n""\n'
