"""The catalogue: its courses against rules.md §6, and how a case takes them."""

from pathlib import Path

import pytest

from planner.domain.content import Content
from planner.edits.load import Inspected, inspect
from planner.files.content import read_content, shipped

# Course → what it grants, what it needs, months, form, class. Lengths: theory of 6, 12-18, 8-9 and 18-24 months; 160
# periods part-time, 4-6 weeks, 80 periods, two weeks, days.
TABLE = {
    "LLCT_SC": ("theory:primary", None, 1, "part", (50, 80)),
    "LLCT_TC_FT": ("theory:intermediate", None, 6, "full", (47, 50)),
    "LLCT_TC_PT": ("theory:intermediate", None, 15, "part", (34, 77)),
    "LLCT_CC_FT": ("theory:advanced", "theory:intermediate", 9, "full", (50, 80)),
    "LLCT_CC_PT": ("theory:advanced", "theory:intermediate", 24, "part", (60, 80)),
    "QLNN_CV": ("state_mgmt:specialist", None, 2, "part", (50, 80)),
    "QLNN_CVC": ("state_mgmt:principal", "state_mgmt:specialist", 2, "part", (50, 80)),
    "QLNN_CVCC": ("state_mgmt:senior", "state_mgmt:principal", 1.5, "full", (40, 60)),
    "LD_PHONG": ("leader_division:certified", None, 1, "part", (43, 82)),
    "LD_SO": ("leader_department:certified", None, 0.5, "full", (40, 60)),
    "LD_XA": ("leader_commune:certified", None, 1, "part", (50, 80)),
    "CNKT_3": ("knowledge_update:certified", None, 0.25, "full", (1, 80)),
    "QPAN_3": ("defence_security:group_3", None, 0.5, "full", (60, 100)),
    "QPAN_2": ("defence_security:group_2", None, 0.75, "full", (60, 100)),
    "SDH": ("degree:master", "degree:university", 24, "part", None),
    "SO_HOA": ("digital:certified", None, 0.2, "part", (50, 100)),
}


@pytest.fixture(scope="module")
def province() -> Content:
    return read_content(shipped("models") / "vietnam-province", "vn-2025").content


def test_the_catalogue_is_that_of_the_table(province: Content) -> None:
    assert {
        c.id: (
            str(c.grants),
            c.needs and str(c.needs),
            c.months,
            c.mode,
            c.class_size and (c.class_size.min, c.class_size.max),
        )
        for c in province.courses
    } == TABLE


def test_what_a_place_costs_is_the_cases_to_say(province: Content) -> None:
    assert {c.cost for c in province.courses} == {None}


SCENARIO = """\
title: Test
case: case
content: vietnam-province
rulebook: vn-2025
as_of: 2026-01-01
horizon: {until: 2027-12-31, period: half-year}
goals: [heads]
"""
TABLES = {
    "units": "unit_id,name\nU,Sở\n",
    "positions": "position_id,title,unit_id,rank,standard,seats\nP,Giám đốc,U,DEPT_HEAD,director,1\n",
    "people": "person_id,name,sex,birth_date\nA,Lê Văn An,M,1980\n",
    "service": "person_id,since,position_id\nA,2020,P\n",
    "sessions": "session_id,course_id,start,end,seats\nS,LD_SO,2026-03-02,2026-03-16,5\n",
}


def read(folder: Path, edits: str = "", **tables: str) -> Inspected:
    (folder / "case").mkdir()
    for name, text in (TABLES | tables).items():
        (folder / "case" / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "scenario.yaml").write_text(SCENARIO + edits, encoding="utf-8")
    return inspect(folder / "scenario.yaml")


def test_a_case_takes_the_courses_that_it_names_and_does_not_define(tmp_path: Path) -> None:
    enrolled = "person_id,course_id,until\nA,LLCT_CC_PT,2026-06-30\n"
    found = read(tmp_path, enrolments=enrolled)
    assert [f for f in found.findings if f.severity == "error"] == []
    assert found.loaded is not None
    course = found.loaded.case.course
    assert set(course) == {"LD_SO", "LLCT_CC_PT"}  # not the whole catalogue
    assert course["LD_SO"].name == "Bồi dưỡng lãnh đạo, quản lý cấp sở"
    assert (str(course["LLCT_CC_PT"].grants), course["LLCT_CC_PT"].months) == ("theory:advanced", 24)


def test_the_cases_own_row_wins(tmp_path: Path) -> None:
    found = read(tmp_path, courses="course_id,name,grants,months\nLD_SO,Lớp riêng,leader_department:certified,2\n")
    assert found.loaded is not None
    assert [(c.course_id, c.name, c.months) for c in found.loaded.case.courses] == [("LD_SO", "Lớp riêng", 2)]


def test_a_course_that_neither_knows_is_an_error_with_its_row(tmp_path: Path) -> None:
    found = read(tmp_path, sessions="session_id,course_id,start,seats\nS,LD_SOO,2026-03-02,5\n")
    assert [(f.code, f.file, f.row, f.column, f.value) for f in found.findings if f.severity == "error"] == [
        ("finding.dangling", "case/sessions.csv", 2, "course_id", "LD_SOO")
    ]


def test_a_new_session_may_be_of_any_course_of_the_catalogue(tmp_path: Path) -> None:
    edit = "edits:\n  - new_session: {session_id: N, course_id: SO_HOA, start: 2026-05-04, end: 2026-05-08, seats: 9}\n"
    found = read(tmp_path, edit)
    assert found.loaded is not None
    assert {s.course_id for s in found.loaded.case.sessions} == set(found.loaded.case.course) == {"LD_SO", "SO_HOA"}


# ---- what a catalogue must not say --------------------------------------------------------------------------------


def problems(folder: Path, part: str, text: str) -> list[tuple[str, int | None, str | None, str | None, str | None]]:
    """What is found in the general set when one of its files is another."""
    import shutil

    shutil.copytree(shipped("models") / "general", folder / "general")
    (folder / "general" / part).write_text(text, encoding="utf-8")
    found = read_content(folder / "general", "general").findings
    return [(f.code.removeprefix("finding."), f.row, f.column, f.value, f.suggestion) for f in found]


COURSE = "{id: A, name: {en: A}, grants: %s, months: 1, source: s, status: proposed%s}"


@pytest.mark.parametrize(
    ("grants", "more", "finding"),
    [
        ("mangement:basic", "", ("dangling", 2, "courses[1].grants", "mangement", "management")),
        ("management:basics", "", ("not_a_level", 2, "courses[1].grants", "basics", "basic")),
        ("lead_months:12", "", ("months_are_counted", 2, "courses[1].grants", "12", None)),
        (
            "management:basic", ", needs: 'management:non'",
            ("not_a_level", 2, "courses[1].needs", "non", "none"),
        ),
        (
            "management:basic", ", admits: 'in_post:LEED'",
            ("dangling", 2, "courses[1].admits", "LEED", "LEAD"),
        ),
        ("management", "", ("not_a_need", 2, "courses[1].grants", "management", None)),
        ("management:basic", ", mode: fulltime", ("not_one_of", 2, "courses[1].mode", "fulltime", "full")),
        ("management:basic", ", moths: 2", ("unknown_key", 2, "courses[1].moths", "2", "months")),
    ],
)  # fmt: skip
def test_a_wrong_course_is_found_where_it_stands(
    tmp_path: Path, grants: str, more: str, finding: tuple[str, int, str, str, str | None]
) -> None:
    assert problems(tmp_path, "courses.yaml", f"courses:\n  - {COURSE % (grants, more)}\n") == [finding]


def test_two_courses_of_one_id_are_found(tmp_path: Path) -> None:
    text = f"courses:\n  - {COURSE % ('management:basic', '')}\n  - {COURSE % ('management:basic', '')}\n"
    assert problems(tmp_path, "courses.yaml", text) == [("twin_id", 3, "courses[2].id", "A", None)]


def test_a_class_is_not_larger_at_least_than_at_most(tmp_path: Path) -> None:
    text = f"courses:\n  - {COURSE % ('management:basic', ', class_size: {min: 9, max: 8}')}\n"
    assert [(code, row) for code, row, *_ in problems(tmp_path, "courses.yaml", text)] == [("refused", 2)]


def test_feeders_are_lower_ranks_and_names_belong_to_fields(tmp_path: Path) -> None:
    text = (shipped("models") / "general" / "ranks.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    line = next(n for n, row in enumerate(lines, 1) if "code: LEAD," in row)
    named = next(n for n, row in enumerate(lines, 1) if "{id: law," in row)
    changed = text.replace("code: LEAD, order: 20,", "code: LEAD, order: 20, feeders: [STAF, DIR],")
    found = problems(tmp_path, "ranks.yaml", changed.replace("{id: law,", "{id: laww,"))
    assert [(code, row, value, near) for code, row, _, value, near in found] == [
        ("dangling", line, "STAF", "STAFF"),
        ("feeder_not_lower", line, "DIR", None),
        ("dangling", named, "laww", "law"),
    ]


def test_a_competency_belongs_to_one_of_the_six_groups(tmp_path: Path) -> None:
    text = (shipped("models") / "general" / "competencies.yaml").read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "{id: integrity," in row)
    found = problems(tmp_path, "competencies.yaml", text.replace("group: virtue", "group: virtues"))
    assert [(code, row, value, near) for code, row, _, value, near in found] == [
        ("not_one_of", line, "virtues", "virtue")
    ]
