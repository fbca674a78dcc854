"""`planner new`, its round trip to a plan; `planner check` of a case alone and against an older one."""

import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from planner.domain.case import REQUIRED_TABLES, TABLES
from planner.files.case import columns_of, read_case
from planner.files.content import shipped
from planner.files.headings import column_of
from planner.files.words import table_name, table_of
from tests.cli.conftest import CASES, Planner
from tests.files.sound_case import TABLES as SOUND
from tests.files.sound_case import write_workbook

SETS = [("vietnam-province", "vi"), ("vietnam-province", "en"), ("general", "en"), ("general", "vi")]


@pytest.mark.parametrize(("content", "language"), SETS)
def test_a_new_case_is_told_to_lose_its_example_and_gives_a_plan(planner: Planner, content: str, language: str) -> None:
    assert planner("new", "mine", "--content", content, "--lang", language).code == 0
    assert sorted(os.listdir("mine")) == ["case.xlsx", "scenario.yaml"]
    checked = planner("check", "mine", "--json")
    # The example has rows in six tables, and nothing else is said of it.
    found = {(f["severity"], f["code"], f["file"].split("/")[1]) for f in checked.data["findings"]}
    tables = (*REQUIRED_TABLES, "qualifications", "courses")
    assert checked.code == 0
    assert found == {("warning", "finding.example_left", table_name(table, language)) for table in tables}
    done = planner("run", "mine", "--out", "plan", "--seconds", "10", "--json")
    assert (done.code, done.data["status"]) == (0, "ok")
    assert planner("verify", "plan").code == 0


@pytest.mark.parametrize(("content", "language"), SETS)
def test_a_new_workbook_has_every_column_a_note_on_each_heading_and_lists(
    planner: Planner, content: str, language: str
) -> None:
    assert planner("new", "a.xlsx", "--content", content, "--lang", language).code == 0
    book = openpyxl.load_workbook("a.xlsx")
    sheets = {table_of(sheet.title): sheet for sheet in book if table_of(sheet.title)}
    assert list(sheets) == list(TABLES)
    assert book.sheetnames[0] == ("Hướng dẫn" if language == "vi" else "Guide")
    for table, sheet in sheets.items():
        headings = [c for c in sheet[1] if not str(c.value).startswith("x_")]
        assert [column_of(table, str(c.value)) for c in headings] == list(columns_of(table))
        assert all(c.comment and f"[{column_of(table, str(c.value))}]" in c.comment.text for c in headings)
        assert sheet.freeze_panes == "B2"
        stars = {column_of(table, str(c.value)) for c in headings if str(c.value).startswith("★")}
        assert stars == {f.alias or n for n, f in TABLES[table].model_fields.items() if f.is_required()}
        assert all(c.number_format == "@" for row in sheet.iter_rows(min_row=2) for c in row)
        assert bool(sheet["A2"].value) == (table in (*REQUIRED_TABLES, "qualifications", "courses"))
    listed = {str(v.sqref).split(":")[0]: v.formula1 for v in sheets["positions"].data_validations.dataValidation}
    assert listed["C2"].startswith("'Đơn vị'!" if language == "vi" else "'Units'!")
    assert listed["D2"].startswith("x_lists!")
    assert listed["F2"] == ('"chuyên trách,kiêm nhiệm,thành viên"' if language == "vi" else
                            '"full-time,concurrent,membership"')  # fmt: skip
    assert listed["H2"] == ('"có,không"' if language == "vi" else '"yes,no"')
    assert book["x_lists"].sheet_state == "hidden"
    offered = {column[0].value: {cell.value for cell in column[1:]} for column in book["x_lists"].iter_cols()}
    assert ("vợ chồng" if language == "vi" else "spouse") in offered["relations.relation"]
    assert ("cảnh cáo" if language == "vi" else "warning") in offered["discipline.form"]


def test_a_new_case_may_have_content_of_its_own(planner: Planner) -> None:
    shutil.copytree(shipped("models") / "general", "work/content")
    assert planner("new", "work/mine", "--content", "work/content").code == 0
    assert "content: ./../content\n" in Path("work/mine/scenario.yaml").read_text(encoding="utf-8")
    assert planner("check", "work/mine").code == 0


def test_a_new_case_never_writes_over_something(planner: Planner) -> None:
    Path("mine").mkdir()
    Path("mine/scenario.yaml").write_text("dear", encoding="utf-8")
    assert planner("new", "mine").code == 3
    assert os.listdir("mine") == ["scenario.yaml"]
    assert Path("mine/scenario.yaml").read_text(encoding="utf-8") == "dear"
    assert planner("new", "mine", "--replace").code == 0
    assert planner("new", "mine").code == 3
    assert planner("new", "other", "--content", "genral").code == 3
    assert not Path("other").exists()


def test_the_rows_of_the_example_say_so(planner: Planner) -> None:
    planner("new", "mine")
    case = read_case(Path("mine/case.xlsx")).case
    rows = [row for table in case.tables().values() for row in table]
    assert {row.extra["x_vi_du"] for row in rows} == {"ví dụ: xóa dòng này"}
    assert len(rows) > 10


def test_a_case_alone_is_checked_as_folder_and_as_workbook(planner: Planner) -> None:
    write_workbook("case.xlsx", SOUND)
    done = planner("check", "case.xlsx", "--lang", "en")
    assert done.code == 0
    assert "3 people and 3 posts" in done.out
    assert "Tables that are absent: Authorities" in done.out
    broken = SOUND | {"service": SOUND["service"].replace("A,2020", "Z,2020")}
    write_workbook("broken.xlsx", broken)
    done = planner("check", "broken.xlsx")
    assert done.code == 3
    assert "broken.xlsx/service, row 2, column person_id: Z is not in people" in done.err
    assert planner("check", CASES / "02-chain/case").code == 0


def test_a_case_alone_speaks_as_the_scenario_beside_it(planner: Planner) -> None:
    planner("new", "mine")
    assert "Hồ sơ có 4 người, 3 chức danh" in planner("check", "mine/case.xlsx").out
    assert "A case with 4 people" in planner("check", "mine/case.xlsx", "--lang", "en").out


def test_errors_warnings_doubts_and_inherited_breaches_are_told_apart(planner: Planner, tmp_path: Path) -> None:
    shutil.copytree(CASES / "_content", "_content")
    folder = Path(shutil.copytree(CASES / "07-inherited-breach", "07"))
    people = (folder / "case/people.csv").read_text(encoding="utf-8")
    # The Cyrillic А looks like the Latin A.
    (folder / "case/people.csv").write_text(people.replace("Đỗ Văn Cường", "Đỗ Vаn Cường"), encoding="utf-8")
    service = (folder / "case/service.csv").read_text(encoding="utf-8").splitlines()
    first = service[1].split(",")
    first[1] = ""
    (folder / "case/service.csv").write_text("\n".join([service[0], ",".join(first), *service[2:]]), encoding="utf-8")
    done = planner("check", folder, "--lang", "en")
    assert done.code == 0
    for text in ("Warnings: 1", "To look at (doubts): 1", "CYRILLIC SMALL LETTER A", "Inherited breaches: 2",
                 "0 errors, 1 warnings, 1 doubts"):  # fmt: skip
        assert text in done.out
    assert "Errors" not in done.out
    data = planner("check", folder, "--json").data
    assert data["counts"] == {"errors": 0, "warnings": 1, "doubts": 1}
    assert len(data["inherited"]) == 2


def test_a_case_against_an_older_one_shows_every_row_that_differs(planner: Planner) -> None:
    write_workbook("old.xlsx", SOUND)
    people = SOUND["people"].replace("03/1975", "14/03/1975") + "D,Đỗ Dung,F,1981\n"
    write_workbook("new.xlsx", SOUND | {"people": people}, "vi")
    done = planner("check", "new.xlsx", "--against", "old.xlsx", "--lang", "vi")
    assert done.code == 0
    for text in ("Số dòng thay đổi so với hồ sơ cũ: 2", "Cán bộ: thêm 1, bớt 0, sửa 1",
                 "~ B (Lê Thị Bích): Ngày sinh: 03/1975 → 14/03/1975",
                 "+ D (Đỗ Dung): Họ và tên: Đỗ Dung"):  # fmt: skip
        assert text in done.out
    changes = planner("check", "new.xlsx", "--against", "old.xlsx", "--json").data["changes"]
    assert changes[0] == {
        "table": "people", "kind": "changed", "key": {"person_id": "B"}, "name": "Lê Thị Bích",
        "cells": [{"column": "birth_date", "old": "1975-03", "new": "1975-03-14"}],
    }  # fmt: skip
    assert planner("check", "new.xlsx", "--against", "nowhere").code == 3


def test_scenarios_are_compared_by_their_cases(planner: Planner) -> None:
    done = planner(
        "check", CASES / "12-pin-and-conflict/scenario-free.yaml", "--against", CASES / "12-pin-and-conflict"
    )
    assert done.code == 0
    # case-free has one decision less (a row of decisions.csv), nothing else differs.
    old = len((CASES / "12-pin-and-conflict/case/decisions.csv").read_text().splitlines())
    new = len((CASES / "12-pin-and-conflict/case-free/decisions.csv").read_text().splitlines())
    assert f"Decisions: 0 added, {old - new} removed, 0 changed" in done.out
