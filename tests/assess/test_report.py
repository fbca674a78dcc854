"""`planner assess`, as people call it: the report in two languages, figures for machines, the workbook; the sources."""

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from planner.assess import assess
from planner.cli.app import app
from planner.domain.case import Case
from planner.domain.messages import LANGUAGES, catalogue
from planner.exporters.assessment_words import Words, number
from planner.files.case import write_case
from planner.files.content import find_content, read_content
from tests.assess.department import PEOPLE, department

SCENARIO = """\
title: Sở Mẫu
case: case
content: vietnam-province
rulebook: vn-2025
as_of: 2026-01-01
horizon: {until: 2027-12-31, period: half-year}
"""


def written(folder: Path, case: Case) -> Path:
    write_case(case, folder / "case")
    (folder / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    return folder / "scenario.yaml"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The department of forty as files."""
    return written(tmp_path_factory.mktemp("worked"), department())


def call(*words: object) -> Result:
    return CliRunner().invoke(app, ["assess", *(str(word) for word in words)])


def facts(*words: object) -> dict[str, Any]:
    done = call(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_figures_for_machines_are_those_of_the_worked_department(worked: Path) -> None:
    data = facts(worked)
    assert (data["year"], data["depths"]["2025"], data["proposals"]) == (2025, {"indicators": 40}, 36)
    people = {p["person"]: p for p in data["people"]}
    assert {p: people[p]["rating"] for p in PEOPLE} == {p: one.given or one.rating for p, one in PEOPLE.items()}
    assert people["P02"]["points"] == {"authority": 90.0}
    assert people["P03"]["points"] == {"self": 100.0, "collective": 99.2, "authority": 89.84}
    assert sorted((c["base"], c["places"], c["used"], c["left"]) for c in data["caps"]) == [
        (6, 1, 2, -1),
        (22, 4, 5, -1),
    ]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("vi", ("Đánh giá, xếp loại năm 2025: 40 người",
                "  - Người P16 (Phòng 2), 2025: đã xếp loại Hoàn thành tốt nhiệm vụ, tính theo bộ chỉ tiêu là "
                "Hoàn thành nhiệm vụ (94,57 điểm)",
                "    Người P13 (đề xuất): 95 – bằng điểm ở vị trí cuối",
                "  - Người P17 (Phòng 3), 2025: thiếu số liệu nên không tính tổng điểm: R7 (Năng lực quy tụ: tín nhiệm "
                "qua lấy phiếu hằng năm)")),
        ("en", ("Evaluation of 2025: 40 people",
                "  - Người P16 (Phòng 2), 2025: given Good completion, by the set it is Completion (94.57 points)",
                "    Người P13 (proposed): 95 – level with the last place",
                "  - Người P17 (Phòng 3), 2025: no total, values are missing: R7 (Uniting capacity: confidence in the "
                "yearly poll)")),
    ],
)  # fmt: skip
def test_the_report_reads_in_both_languages(worked: Path, lang: str, lines: tuple[str, ...]) -> None:
    # 662/7 = 94.571…
    done = call(worked, "--lang", lang)
    assert done.exit_code == 0
    shown = done.stdout.splitlines()
    assert [line for line in lines if line not in shown] == []
    assert "assess." not in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_words(language) -> None:
    """No value of a message is left standing in braces."""
    content = read_content(find_content("vietnam-province", Path()), "vn-2025").content
    assessment = assess(department(), content, dt.date(2026, 1, 1))
    words = Words(assessment, language)
    assert assessment.problems
    assert [t for p in assessment.problems if "{" in (t := words.problem(p)) or t.startswith("assess.")] == []
    assert {p.reason.code for p in assessment.problems} <= set(catalogue(language))


def test_numbers_are_written_with_two_decimals_at_most() -> None:
    assert [number(Fraction(v)) for v in ("295/3", "90", "0.005", "-0.001", "12.5")] == [
        "98.33",
        "90",
        "0.01",
        "0",
        "12.5",
    ]
    assert number(Fraction("12.5"), "vi") == "12,5"
    assert number(None) == "–"


def test_one_unit_is_shown_with_those_below_it(worked: Path) -> None:
    assert len(facts(worked, "--unit", "S")["people"]) == 40
    assert [p["person"] for p in facts(worked, "--unit", "D02")["people"]] == ["P02", "P14", "P15", "P16"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--unit", "D2"), "finding.dangling"),
        (("--year", "2026"), "finding.year_not_over"),
        (("--year", "1999"), "finding.year_without_data"),
    ],
)
def test_what_cannot_be_asked_ends_in_three(worked: Path, words: tuple[str, ...], code: str) -> None:
    done = call(worked, *words, "--json")
    assert done.exit_code == 3
    assert [f["code"] for f in json.loads(done.stdout)["findings"]] == [code]


# ---- the workbook -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(worked: Path, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("book") / "danh-gia.xlsx"
    assert call(worked, "--out", path).exit_code == 0
    again = call(worked, "--out", path)
    assert again.exit_code == 3  # a form that may have been signed is not written over
    return openpyxl.load_workbook(path)


def rows(book: openpyxl.Workbook, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_the_form_has_the_columns_as_printed_and_a_block_for_each_person(book: openpyxl.Workbook) -> None:
    lines = rows(book, "Phiếu đánh giá")
    heading = ["TT", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Tập thể", "Cấp có thẩm quyền", "Mức xếp loại", "Ghi chú"]
    assert sum(line == heading for line in lines) == 40
    titles = [line[0] for line in lines if line[0] == "PHIẾU ĐÁNH GIÁ, XẾP LOẠI NĂM 2025"]
    assert len(titles) == 40
    assert len(book["Phiếu đánh giá"].row_breaks.brk) == 39


def test_a_block_of_the_form_adds_up(book: openpyxl.Workbook) -> None:
    lines = rows(book, "Phiếu đánh giá")
    start = next(n for n, line in enumerate(lines) if str(line[0]).startswith("Người P03,"))
    block = lines[start : start + 22]
    total = next(line for line in block if line[1] == "Tổng cộng")
    assert total[2:7] == [100, 100, 99.2, 89.84, "Đề xuất: Hoàn thành tốt nhiệm vụ"]
    scored = [line for line in block if isinstance(line[0], int)]
    assert len(scored) == 14
    assert [round(sum(line[n] for line in scored), 2) for n in (2, 3, 4, 5)] == [100, 100, 99.2, 89.84]
    assert next(line for line in scored if line[1].startswith("G1."))[5] == 3.5
    assert next(line for line in scored if line[1].startswith("G4."))[7] == "Giá trị 94%"


def test_no_cell_of_the_workbook_is_a_formula(book: openpyxl.Workbook) -> None:
    assert [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []
    assert book.sheetnames[-1] == "Phiếu đánh giá"


# ---- sources ----------------------------------------------------------------------------------------------------


TABLES = {
    "units": "unit_id,name,kind,parent_id\nS,Sở Mẫu,department,\nD1,Phòng 1,division,S\nX,Xã Khác,commune,\n",
    "positions": (
        "position_id,title,unit_id,rank,standard,head,seats\n"
        "TP,Trưởng phòng,D1,DIV_HEAD,division_head,yes,1\n"
        "PTP,Phó Trưởng phòng,D1,DIV_DEP,division_deputy,no,3\n"
        "TPX,Trưởng phòng xã,X,DIV_HEAD,division_head,yes,1\n"
    ),
    "people": "person_id,name,sex,birth_date,unit_id\n" + "".join(f"{p},Người {p},M,1985-05-01,D1\n" for p in "ABCH"),
    "service": "person_id,since,position_id\n"
    + "".join(f"{p},2015-01-01,{'TP' if p == 'H' else 'PTP'}\n" for p in "ABCH"),
    "qualifications": "person_id,competency,level\nA,degree,university\nB,degree,university\nB,theory,intermediate\n",
    "discipline": "person_id,side,form,decided,expires\nB,party,reprimand,2025-05-31,2026-05-31\n",
    "courses": (
        "course_id,name,grants,needs,months,mode\n"
        "PT,Trung cấp không tập trung,theory:intermediate,,15,part\n"
        "FT,Trung cấp tập trung,theory:intermediate,,6,full\n"
        "CC,Cao cấp tập trung,theory:advanced,theory:intermediate,1,full\n"
    ),
    "sessions": (
        "session_id,course_id,start\nPT26,PT,2026-01-05\nFT26,FT,2026-03-02\nFT25,FT,2025-09-01\nCC26,CC,2026-02-02\n"
    ),
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Three deputies and a head of one division, and a post of the same rank in another office."""
    (tmp_path / "case").mkdir()
    for table, text in TABLES.items():
        (tmp_path / "case" / f"{table}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path / "scenario.yaml"


def test_sources_are_plannable_within_two_years_with_gaps_and_the_next_class(small: Path) -> None:
    """For the head's post of the own office: planning wants a degree, the appointment theory and 24 months as deputy.

    A has the degree: now, and lacks theory. Of the classes to come FT26 ends in August 2026, PT26 in April 2027, and
    CC26 in March 2026, but that one wants the theory that A lacks; FT25 has begun. B has everything, and a reprimand
    that is over on 31 May 2026. C has no degree. H holds the post and has none above.
    """
    found = {s["person"]: s["targets"] for s in facts(small)["sources"]}
    assert {p: [t["position"] for t in targets] for p, targets in found.items()} == {
        "A": ["TP"], "B": ["TP"], "C": [], "H": [],
    }  # fmt: skip
    ((a,), (b,)) = found["A"], found["B"]
    assert a["plannable_on"] == "2026-01-01"
    assert [(g["competency"], g["session"], g["start"]) for g in a["gaps"]] == [("theory", "FT26", "2026-03-02")]
    assert (b["plannable_on"], b["gaps"]) == ("2026-05-31", [])


def test_a_source_beyond_two_years_is_none(small: Path) -> None:
    """The reprimand of B is over on 1 January 2028, the last day that counts, or on the day after."""
    path = small.parent / "case" / "discipline.csv"
    for expires, expected in (("2028-01-01", ["TP"]), ("2028-01-02", [])):
        path.write_text(TABLES["discipline"].replace("2026-05-31", expires), encoding="utf-8")
        found = {s["person"]: s["targets"] for s in facts(small)["sources"]}
        assert [t["position"] for t in found["B"]] == expected


def test_without_a_class_the_course_of_the_lowest_level_that_is_open_is_named(small: Path) -> None:
    """CC grants more than A lacks, and wants what A lacks."""
    (small.parent / "case" / "sessions.csv").unlink()
    found = {s["person"]: s["targets"] for s in facts(small)["sources"]}
    assert [(g["course"], g["session"], g["needs"]) for g in found["A"][0]["gaps"]] == [("PT", None, None)]


def test_posts_of_one_title_are_told_apart_by_their_unit(small: Path) -> None:
    path = small.parent / "case" / "positions.csv"
    path.write_text(TABLES["positions"].replace("Trưởng phòng xã", "Trưởng phòng"), encoding="utf-8")
    done = call(small)
    assert "    Người A – ngay: Trưởng phòng, Phòng 1" in done.stdout.splitlines()
    assert "    Người A – ngay: Trưởng phòng" in (call_with(small, TABLES["positions"])).splitlines()


def call_with(small: Path, positions: str) -> str:
    (small.parent / "case" / "positions.csv").write_text(positions, encoding="utf-8")
    return call(small).stdout


# ---- what a case may record -------------------------------------------------------------------------------------


def test_classes_and_codes_that_no_set_knows_are_errors_with_a_suggestion(worked: Path, tmp_path: Path) -> None:
    written(tmp_path, department())
    (tmp_path / "case" / "ratings.csv").write_text(
        "person_id,year,rating\nP01,2025,HTTXNV\nP02,2025,HTTNV\n", encoding="utf-8"
    )
    (tmp_path / "case" / "indicators.csv").write_text(
        "person_id,year,indicator,value,stage\nP01,2025,G11,5,\nP01,2025,G1,5,\nP01,2025,G1,6,authority\n"
        "P01,2025,G1,7,self\nP01,2025,G2,nan,\n",
        encoding="utf-8",
    )
    done = call(tmp_path / "scenario.yaml", "--json")
    assert done.exit_code == 3
    found = {(Path(f["file"]).name, f["row"], f["column"]): f for f in json.loads(done.stdout)["findings"]}
    rating = found["ratings.csv", 2, "rating"]
    assert (rating["code"], rating["suggestion"]) == ("finding.dangling", "good")
    assert found["indicators.csv", 2, "indicator"]["code"] == "finding.dangling"
    # G1 twice by the authority; its value by the person stands beside it.
    assert found["indicators.csv", 4, "person_id, year, indicator, stage"]["code"] == "finding.twin_row"
    assert found["indicators.csv", 6, "value"]["code"] == "finding.not_a_number"
    assert len(found) == 4


# ---- the shipped scenario ---------------------------------------------------------------------------------------


def test_the_department_of_ours_shows_the_defects_that_its_page_names() -> None:
    data = facts("department")
    assert data["depths"]["2025"] == {"indicators": 47, "points": 5, "class": 108}
    assert data["depths"]["2024"] == {"class": 159, "none": 1}
    assert {(p["person"], p["year"], p["code"]) for p in data["problems"]} == {
        # a reprimand from June 2024 to June 2025: virtue leaves complete at most
        ("NV009", 2024, "assess.veto_and_class"),
        ("NV009", 2025, "assess.class_differs"),
        ("NV009", 2025, "assess.excellent_with_sanction"),
        ("NV023", 2024, "assess.no_rating"),
        ("NV030", 2025, "assess.self_above"),
        ("NV040", 2025, "assess.values_missing"),
    }
    over = [(c["group"], c["base"], c["places"], c["used"]) for c in data["caps"] if c["left"] < 0 and not c["partial"]]
    # fifteen heads, all good or better: 3 places for 4
    assert over == [("Division heads and equal", 15, 3, 4)]


def test_a_scenario_switches_a_part_of_the_sets_off(worked: Path, tmp_path: Path) -> None:
    path = written(tmp_path, department())
    path.write_text(SCENARIO + "rules: {rate_bands: {force: 'off'}}\n", encoding="utf-8")
    assert {p["computed"] for p in facts(path)["people"]} == {None}
    assert facts(worked)["people"][0]["computed"] == "excellent"
