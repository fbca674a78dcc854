"""The head's page on paper and on the terminal, of case 11 as it stands before a plan, and with its plan."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from planner import api
from planner.cli.app import app
from planner.exporters import head_page
from planner.exporters.head_page import sheet_name
from tests.exporters.papers import export, pdf_text


def told(what, *options):
    done = CliRunner().invoke(app, ["export", str(what), "--form", "head", *options])
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def section(lines, title):
    """The lines of one section."""
    start = next(n for n, line in enumerate(lines) if line.startswith(title))
    rows = []
    for line in lines[start + 1 :]:
        if not line.startswith("  "):
            break
        rows.append(line.strip().removeprefix("- "))
    return rows


# The round drops K, so that the list of H1 has A alone; H3 keeps A and B; H2 has no list and wants no successor.
# X1 leaves H1 on 1 February and X3 leaves H3 on 1 July 2026: A, B and K lack the level, A lacks nothing else.
# O is proposed for H1 and plannable. Both lists are from 1 March 2024. A was not rated in 2023, the others never.
def test_the_page_of_a_case_before_any_plan(reviewed):
    lines = told(reviewed, "--lang", "en")
    assert section(lines, "Posts with fewer") == [
        "Director of Justice; Department of Justice; Trần Văn Một; 2 → 1; Lê Thị An, Hồ Văn Khang; Lê Thị An"
    ]
    nearest = (
        "Lê Thị An: Political theory: "
        "{level} (next class Cao cấp chính trị, ends 30/09/2026)"
    )  # fmt: skip
    leaving = section(lines, "Posts that are empty")
    assert [line.rsplit("; ", 1)[0] for line in leaving] == [
        "Director of Justice; Department of Justice; Trần Văn Một; 01/02/2026; retirement",
        "Director of Planning; Department of Planning; Trần Văn Ba; 01/07/2026; retirement",
    ]
    start, end = nearest.split("{level}")
    assert all(start in line and line.endswith(end) for line in leaving)
    assert section(lines, "Names proposed") == [
        "Director of Justice; Department of Justice; Ngô Thị Oanh; R1; proposed by Phòng Tổ chức; "
        "appraised by Ban Tổ chức; Đồng ý; step 3 12/15; plannable, the review has not decided"
    ]
    assert section(lines, "Overdue") == [
        f"Director of {name}; Department of {name}; 01/03/2025; the list has not been reviewed for a year"
        for name in ("Justice", "Planning")
    ]
    unrated = section(lines, "Holders and planned")
    assert len(unrated) == 6
    assert [line for line in unrated if line.endswith("; 2023")] == [
        "Director of Justice; Department of Justice; Lê Thị An; 2023"
    ]


def test_many_lists_that_are_overdue_since_the_same_day_are_one_row(reviewed, monkeypatch):
    monkeypatch.setattr(head_page, "MOST_REVIEWS", 1)
    assert section(told(reviewed, "--lang", "en"), "Overdue") == [
        "2 posts; 01/03/2025; the list has not been reviewed for a year; Director of Justice; Director of Planning"
    ]


# derivation.md: K goes; N takes the free place of H1 and is appointed on 1 July; O is listed for H2 and takes H3.
def test_the_page_with_a_plan_says_what_the_plan_does_of_it(reviewed, tmp_path):
    folder = api.solve(reviewed).write(tmp_path / "plan")
    lines = told(folder, "--lang", "en")
    assert lines[1] == "(As of 01/01/2026; with the plan as proposed)"
    assert not [line for line in section(lines, "Posts with fewer") if line.startswith("Director of Justice")]
    (proposed,) = section(lines, "Names proposed")
    assert proposed.endswith("plannable, not in the list: the list is full: size of a list")


def test_a_unit_has_its_own_page_and_all_units_have_a_sheet_each(reviewed, tmp_path):
    lines = told(reviewed, "--lang", "en", "--unit", "U3")
    assert lines[0].endswith(": Department of Planning")
    assert "Trần Văn Một" not in "\n".join(lines)
    done = export(reviewed, tmp_path / "head.xlsx", "--form", "head", "--lang", "en")
    assert done.exit_code == 0, done.output
    book = load_workbook(tmp_path / "head.xlsx")
    assert book.sheetnames == ["Department of Justice", "Department of Finance", "Department of Planning"]
    for sheet in book:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    texts = {cell.value for row in book["Department of Planning"].iter_rows() for cell in row}
    assert "Trần Văn Ba" in texts
    assert "Trần Văn Một" not in texts
    values = [cell.value for row in book["Department of Planning"].iter_rows() for cell in row]
    assert {value.date() for value in values if isinstance(value, dt.datetime)} == {
        dt.date(2026, 7, 1),
        dt.date(2025, 3, 1),
    }


def test_a_refused_plan_gets_no_page(swap, tmp_path):
    import shutil

    folder = shutil.copytree(swap, tmp_path / "plan")
    with (folder / "pools.csv").open("a", encoding="utf-8") as file:
        file.write("x\n")
    assert CliRunner().invoke(app, ["export", str(folder), "--form", "head"]).exit_code == 7
    assert CliRunner().invoke(app, ["export", str(tmp_path / "none"), "--form", "head"]).exit_code == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [("A/B: [C]?", "A B   C"), ("x" * 40, "x" * 31), ("'", "?"), ("Sở Nội vụ", "Sở Nội vụ")],
)
def test_a_sheet_has_a_name_that_a_workbook_takes(name, expected):
    assert sheet_name(name, set()) == expected


def test_two_units_of_one_name_have_two_sheets():
    taken: set[str] = set()
    names = [sheet_name("Văn phòng " + "x" * 30, taken) for _ in range(3)]
    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)


def test_libreoffice_prints_the_page(soffice, reviewed, tmp_path):
    export(reviewed, tmp_path / "head.xlsx", "--form", "head", "--lang", "vi")
    text = pdf_text(soffice, tmp_path / "head.xlsx")
    for words in ("BÁO CÁO NGƯỜI ĐỨNG ĐẦU", "Lê Thị An", "01/02/2026", "NGƯỜI LẬP BIỂU"):
        assert words in text
