"""Posts without rank or standard: filled from the title map, or an error that says what to write."""

import datetime as dt

import pytest

from planner.domain.titles import Titles
from planner.edits.load import load
from planner.files.case import read_case
from planner.files.content import read_content, shipped
from planner.files.plan_input import input_files
from planner.files.references import check_case
from planner.files.titles import fill_from_titles
from tests.files.sound_case import TABLES, short, write_workbook

UNITS = (
    "unit_id,name,kind,parent_id\nS,Sở Tư pháp,department,\nP,Phòng Tổ chức,division,S\n"
    "X,Xã Đông,commune,\nPX,Phòng Kinh tế,division,X\n"
)
POSITIONS = (
    "position_id,title,unit_id,rank,standard,head,seats\n"
    "1,Giám đốc Sở,S,,,,1\n2,Trưởng phòng,P,,,,1\n3,Trưởng phòng,PX,,,,1\n4,Phó Giám đốc,S,,free,,2\n"
    "5,Trưởng phòng,P,DEPT_HEAD,,no,1\n6,Trưởng phòng,P,DIV_HEAD,division_head,,1\n"
)
PEOPLE = "person_id,name,sex,birth_date\nA,Lê Văn An,M,1970\n"
SERVICE = "person_id,since,until,position_id\nA,2020,,1\n"


@pytest.fixture(scope="module")
def content():
    source = read_content(shipped("models") / "vietnam-province", "vn-2025")
    assert source.content.titles != Titles()
    return source


@pytest.fixture
def filled(case, content):
    def read(positions=POSITIONS):
        tables = {"units": UNITS, "positions": positions, "people": PEOPLE, "service": SERVICE}
        return fill_from_titles(read_case(case(**tables)), content)

    return read


def test_rank_and_standard_come_from_title_and_units(filled):
    # A division head of a commune is of another rank than one of a department (rules.md §5).
    posts = {p.position_id: (p.rank, p.standard, p.head) for p in filled().case.positions}
    assert posts == {
        "1": ("DEPT_HEAD", "director", True),
        "2": ("DIV_HEAD", "division_head", True),
        "3": ("COM_DIV_HEAD", "commune_division_head", True),
        "4": ("DEPT_DEP", "free", False),  # what is given stays
        "5": ("DEPT_HEAD", "division_head", False),
        "6": ("DIV_HEAD", "division_head", False),  # nothing was empty, so an empty head means no
    }


def test_a_title_nobody_knows_is_an_error_at_its_row(filled, content):
    source = filled(POSITIONS + "7,Zampano,S,,,,1\n8,Trưởng phongf,P,DIV_HEAD,,,1\n")
    assert [short(f) for f in source.findings] == [
        ("title_unknown", "positions.csv", 8, "rank", "Zampano", None),
        ("title_unknown", "positions.csv", 9, "standard", "Trưởng phongf", "Trưởng phòng"),
    ]
    assert len(source.case.positions) == 6
    # Nothing else is said of a post that is left out, nor of what points to it.
    assert [f.code for f in check_case(source, content, dt.date(2026, 1, 1)) if f.severity == "error"] == []


def test_without_content_they_stay_empty_and_nothing_is_said(case):
    source = read_case(case(units=UNITS, positions=POSITIONS, people=PEOPLE, service=SERVICE))
    assert source.case.positions[0].rank == ""
    assert [f for f in check_case(source, None, None) if f.severity == "error"] == []


def test_a_plan_from_a_workbook_with_empty_ranks_stands_on_its_own(tmp_path):
    tables = TABLES | {"units": UNITS, "positions": POSITIONS, "people": PEOPLE, "service": SERVICE}
    write_workbook(tmp_path / "case.xlsx", tables, "vi", typed=True)
    (tmp_path / "scenario.yaml").write_text(
        "title: T\ncase: case.xlsx\ncontent: vietnam-province\nrulebook: vn-2025\nas_of: 2026-01-01\n"
        "horizon: {until: 2027-12-31}\n",
        encoding="utf-8",
    )
    loaded = load(tmp_path / "scenario.yaml")
    files = input_files(loaded.scenario, loaded.case, loaded.content)
    assert "1,Giám đốc Sở,S,DEPT_HEAD,director,full_time,yes,1" in files["input/case/positions.csv"]
    for name, text in files.items():
        path = tmp_path / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if isinstance(text, str) else text.decode(), encoding="utf-8")
    assert load(tmp_path / "plan/input/scenario.yaml").case == loaded.case
