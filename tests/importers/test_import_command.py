"""`planner import`: what it writes, from a workbook to a plan and the rotation form without a hand put to it."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from planner.cli.app import app
from planner.domain.case import Case, Position, Unit
from planner.domain.messages import label
from planner.files.case import read_case
from planner.importers.map_file import read_map
from planner.importers.outcome import seconds_for, titled
from tests.importers.conftest import OFFICE

BOOKS = sorted(p.stem for p in OFFICE.glob("*.xlsx"))
SMALL = OFFICE / "02_dang_uy_xa_tan_lam.xlsx"


def planner(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("import") / "tan-lam"
    done = planner("import", SMALL, folder)
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize("name", [BOOKS[1], *(pytest.param(b, marks=pytest.mark.long) for b in BOOKS if b != BOOKS[1])])
def test_a_workbook_becomes_a_plan_and_the_rotation_form_with_no_hand_editing(name, tmp_path):
    folder, plan = tmp_path / "case", tmp_path / "plan"
    assert planner("import", OFFICE / f"{name}.xlsx", folder).exit_code == 0
    checked = planner("check", folder, "--json")
    assert checked.exit_code == 0, checked.output
    findings = json.loads(checked.stdout)["findings"]
    assert [f["expected"] for f in findings if f["severity"] == "error"] == []
    assessed = planner("assess", folder)
    assert assessed.exit_code == 0, assessed.output
    ran = planner("run", folder, "--out", plan, "--seconds", "1")
    assert ran.exit_code == 0, ran.output
    form = tmp_path / "rotation.xlsx"
    exported = planner("export", plan, "--form", "rotation", "--out", form)
    assert exported.exit_code == 0, exported.output
    assert load_workbook(form).worksheets


def test_the_folder_holds_case_scenario_map_and_doubts(imported):
    assert sorted(p.name for p in imported.iterdir()) == ["case", "doubts.xlsx", "map.yaml", "scenario.yaml"]
    source = read_case(imported / "case")
    assert [f for f in source.findings if f.severity == "error"] == []
    # 69 people are in the sheet, one of them struck through.
    assert len(source.case.people) == 68


def test_doubts_are_a_workbook_in_the_language_asked_for(tmp_path):
    heads = {}
    for language in ("vi", "en"):
        folder = tmp_path / language
        assert planner("import", SMALL, folder, "--lang", language).exit_code == 0
        sheet = load_workbook(folder / "doubts.xlsx").active
        rows = list(sheet.iter_rows(values_only=True))
        heads[language] = rows[0]
        assert not any(c in ("good", "excellent", "complete", "M", "F") for row in rows for c in row)
        struck = next(r for r in rows if r[2] == "B89")
        assert struck[1] == "DS can bo"
        assert struck[3] == "Đặng Trọng Tú"
        assert all(r[6] and r[7] and not r[6].startswith("doubt.") and not r[7].startswith("todo.") for r in rows)
        assert not any(str(c.value).startswith("=") for row in sheet for c in row)
    assert heads["vi"] != heads["en"]


def test_a_folder_that_is_there_is_refused_and_stays(imported, tmp_path):
    before = {p: p.read_bytes() for p in imported.rglob("*") if p.is_file()}
    done = planner("import", SMALL, imported)
    assert done.exit_code == 3
    assert {p: p.read_bytes() for p in imported.rglob("*") if p.is_file()} == before
    other = tmp_path / "mine"
    other.mkdir()
    (other / "note.txt").write_text("mine")
    assert planner("import", SMALL, other, "--replace").exit_code == 3
    assert (other / "note.txt").read_text() == "mine"


def test_replace_writes_it_anew(tmp_path):
    folder = tmp_path / "x"
    assert planner("import", SMALL, folder).exit_code == 0
    (folder / "case" / "people.csv").unlink()
    assert planner("import", SMALL, folder, "--replace").exit_code == 0
    assert (folder / "case" / "people.csv").is_file()


def test_the_map_that_was_used_reads_the_same_and_an_edited_one_decides(imported, content, tmp_path):
    again = tmp_path / "again"
    assert planner("import", SMALL, again, "--map", imported / "map.yaml").exit_code == 0
    assert (again / "case" / "ratings.csv").read_text() == (imported / "case" / "ratings.csv").read_text()
    text = (imported / "map.yaml").read_text(encoding="utf-8")
    edited = tmp_path / "map.yaml"
    edited.write_text(text.replace("meaning: rating", "meaning: unread"), encoding="utf-8")
    assert read_map(edited, content).sheets["DS can bo"].columns["I"].meaning == "unread"
    without = tmp_path / "without"
    assert planner("import", SMALL, without, "--map", edited).exit_code == 0
    assert not (without / "case" / "ratings.csv").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [("meaning: name", "meaning: nmae"), ("meaning: name", "meaning: note"), ("use: people", "use: folk")],
)
def test_a_map_that_says_nothing_usable_is_told(imported, tmp_path, old, new):
    text = (imported / "map.yaml").read_text(encoding="utf-8").replace(old, new)
    edited = tmp_path / "map.yaml"
    edited.write_text(text, encoding="utf-8")
    done = planner("import", SMALL, tmp_path / "x", "--map", edited)
    assert done.exit_code == 3
    assert "map.yaml" in done.stderr
    assert not (tmp_path / "x").exists()


def test_into_keeps_identifiers_scenario_and_tables_and_tells_what_changed(tmp_path):
    folder = tmp_path / "tan-lam"
    assert planner("import", SMALL, folder).exit_code == 0
    before = read_case(folder / "case").case
    scenario = (folder / "scenario.yaml").read_text(encoding="utf-8").replace("seconds: 60", "seconds: 7")
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    (folder / "case" / "decisions.csv").write_text(f"kind,person_id\nstays,{before.people[0].person_id}\n")
    newer = tmp_path / "newer.xlsx"
    book = load_workbook(SMALL)
    book["DS can bo"]["K16"] = "Hoàn thành xuất sắc nhiệm vụ"  # Đinh Mạnh Thuần, 2025: good before
    book["DS can bo"].delete_rows(90)  # Lưu Tiến Hiếu, a staff member
    book.save(newer)
    done = planner("import", newer, "--into", folder, "--lang", "en")
    assert done.exit_code == 0, done.output
    after = read_case(folder / "case").case
    assert {p.person_id: p.name for p in after.people} == {p.person_id: p.name for p in before.people}
    assert [p.position_id for p in after.positions] == [p.position_id for p in before.positions]
    assert after.decisions[0].person_id == before.people[0].person_id
    assert "seconds: 7" in (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert "Đinh Mạnh Thuần" in done.stdout
    assert f"{label('rating', 'good')} → {label('rating', 'excellent')}" in done.stdout
    assert "scenario.yaml stays as it is" in done.stderr
    assert "Lưu Tiến Hiếu" in done.stdout
    assert planner("check", folder).exit_code == 0


@pytest.mark.parametrize(("day", "start"), [("30/11/2025", "2025-11-30"), ("31/12/2025", "2026-01-01")])
def test_the_day_may_be_given_and_no_plan_begins_on_the_last_day_of_a_half(tmp_path, day, start):
    folder = tmp_path / "x"
    done = planner("import", SMALL, folder, "--as-of", day)
    assert done.exit_code == 0
    assert day in done.stdout
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert f"as_of: {start}" in text
    assert f"until: '{'2030-12-31' if start > '2026' else '2030-06-30'}'" in text  # the last half within 60 months


def test_people_who_hold_a_post_since_nobody_knows_are_asked_about_once(imported):
    rows = list(load_workbook(imported / "doubts.xlsx").active.iter_rows(values_only=True))
    undated = {s.person_id for s in read_case(imported / "case").case.service if s.since is None and s.until is None}
    asked = [r for r in rows if r[6].startswith(f"{len(undated)} trong 68 người")]
    assert len(asked) == 1
    assert "nhập lại" in asked[0][7]


def test_a_larger_case_has_more_time():
    posts = [Position(position_id=f"P{n}", title="T", unit_id="U", rank="R", standard="S") for n in range(1000)]
    times = [seconds_for(Case(positions=tuple(posts[:n]))) for n in (1, 30, 31, 147, 1000)]
    assert times == [60, 60, 120, 300, 900]  # a minute for each 30 posts, a quarter of an hour at most


def test_a_title_names_its_office_once():
    office = Case(units=(Unit(unit_id="U", name="Sở Tài chính"), Unit(unit_id="V", name="Văn phòng", parent_id="U")))
    assert titled("BẢNG RÀ SOÁT, BỔ SUNG QUY HOẠCH", office) == "BẢNG RÀ SOÁT, BỔ SUNG QUY HOẠCH – Sở Tài chính"
    assert titled("DANH SÁCH CÁN BỘ SỞ TÀI CHÍNH", office) == "DANH SÁCH CÁN BỘ SỞ TÀI CHÍNH"


def test_the_day_is_a_whole_one(tmp_path):
    assert planner("import", SMALL, tmp_path / "y", "--as-of", "2025").exit_code == 3


def test_a_machine_gets_one_json_object(tmp_path):
    done = planner("import", SMALL, tmp_path / "x", "--json")
    facts = json.loads(done.stdout)
    assert (facts["status"], facts["tables"]["people"]) == ("ok", 68)
    assert {"sheet": "DS can bo", "cell": "B89"}.items() <= next(
        d for d in facts["doubts"] if d["code"] == "struck_row"
    ).items()


def test_only_its_owner_reads_what_was_written(imported: Path):
    assert all(p.stat().st_mode & 0o077 == 0 for p in imported.rglob("*"))
