"""Words of a content set in a case: codes for what is listed, an error for what is not, in CSV and in a workbook."""

import datetime as dt
import shutil

import pytest

from planner.domain.messages import finding_text
from planner.files.case import read_case
from planner.files.content import read_content, shipped, vocabulary_of
from planner.files.references import check_case
from planner.files.titles import fill_from_titles
from tests.files.sound_case import CASES, rows_of, short, write_workbook

PROVINCE = {
    "units": "unit_id,name,parent_id,kind,headcount\nS,Sở Nội vụ,,Sở,80\nP,Phòng Người có công,S,phòng,8\n"
    "X,Xã Đông,,xã,30\nK,Phòng Kinh tế,X,phòng,6\n",
    "positions": "position_id,title,unit_id,rank,standard,head,seats,nature,filled_by\n"
    "G,Giám đốc Sở,S,Giám đốc sở,Giám đốc sở và tương đương,có,1,chuyên trách,bổ nhiệm\n"
    "D,Phó Trưởng phòng,P,Phó trưởng phòng,Phó trưởng phòng,không,1,,\n"
    "E,Phó Trưởng phòng,K,phó trưởng phòng,Phó trưởng phòng,không,1,,\n",
    "people": "person_id,name,sex,birth_date\nA,Lê Văn An,nam,1970-05-02\nB,Lê Thị Bích,Nữ,1975-03-01\n"
    "C,Vũ Cường,Male,1980-01-01\n",
    "service": "person_id,since,until,position_id,unit_id,title,rank,kind\nA,2020-01-01,,G,,,,Chính thức\n"
    "B,2020-01-01,,D,,,,substantive\nC,2020-01-01,,E,,,,\nC,2010-01-01,2019-12-31,,P,,Phó trưởng phòng,luân chuyển\n",
    "qualifications": "person_id,competency,level\nA,Lý luận chính trị,Cao cấp\nA,Trình độ chuyên môn,Thạc sĩ\n"
    "B,LLCT,trung cấp\nB,Chuyên môn,Trung cấp\nC,Political theory,Advanced\n",
    "ratings": "person_id,year,rating\nA,2025,HTTNV\nB,2025,Hoàn thành xuất sắc nhiệm vụ\nC,2025,Good completion\n",
    "discipline": "person_id,side,form,decided,expires\nB,Đảng,Cảnh cáo,2020-01-01,2021-01-01\n"
    "C,hành chính,khien trach,2020-01-01,2021-01-01\n",
    "relations": "person_a,person_b,relation\nA,B,vợ chồng\nB,C,anh/chị/em ruột\nA,C,em vợ\n",
    "courses": "course_id,name,grants,needs,admits,mode\nCC,Cao cấp,Lý luận chính trị: Cao cấp,LLCT:TC,"
    "đương chức:Trưởng phòng thuộc sở,Tập trung\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def province():
    return read_content(shipped("models") / "vietnam-province", "vn-2025")


@pytest.fixture(scope="module")
def company():
    return read_content(shipped("models") / "general", "company")


def read(source, content):
    return fill_from_titles(read_case(source, vocabulary_of(content)), content)


def folder(tmp_path, tables):
    place = tmp_path / "case"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for table, text in tables.items():
        (place / f"{table}.csv").write_text(text, encoding="utf-8")
    return place


def said(tmp_path, content, **changed):
    source = read(folder(tmp_path, PROVINCE | changed), content)
    found = [*source.findings, *check_case(source, content, dt.date(2026, 1, 1))]
    return [f for f in found if f.severity == "error"]


@pytest.mark.parametrize("container", ["folder", "workbook"])
def test_words_become_codes(tmp_path, province, container):
    if container == "folder":
        source = read(folder(tmp_path, PROVINCE), province)
    else:
        source = read(write_workbook(tmp_path / "case.xlsx", PROVINCE, "vi"), province)
    assert [*source.findings, *check_case(source, province, dt.date(2026, 1, 1))] == []
    case = source.case
    assert [u.kind for u in case.units] == ["department", "division", "commune", "division"]
    # A deputy head of a division is one of a department, or of a commune: the unit says which.
    assert [p.rank for p in case.positions] == ["DEPT_HEAD", "DIV_DEP", "COM_DIV_DEP"]
    assert [p.standard for p in case.positions] == ["director", "division_deputy", "commune_division_deputy"]
    assert (case.positions[0].nature, case.positions[0].filled_by, case.positions[0].head) == (
        "full_time", "appoint", True,
    )  # fmt: skip
    assert [p.sex for p in case.people] == ["M", "F", "M"]
    assert [(s.kind, s.rank) for s in case.service] == [
        ("substantive", None), ("substantive", None), ("substantive", None), ("rotation", "DIV_DEP"),
    ]  # fmt: skip
    # "Trung cấp" is a level of theory, and of a degree it is below college.
    assert [(q.competency, q.level) for q in case.qualifications] == [
        ("theory", "advanced"), ("degree", "master"), ("theory", "intermediate"), ("degree", "none"),
        ("theory", "advanced"),
    ]  # fmt: skip
    assert [r.rating for r in case.ratings] == ["good", "excellent", "good"]
    assert [(d.side, d.form) for d in case.discipline] == [("party", "warning"), ("administrative", "reprimand")]
    assert [r.relation for r in case.relations] == ["spouse", "sibling", "sibling_in_law"]
    (course,) = (c for c in case.courses if c.course_id == "CC")
    assert (str(course.grants), str(course.needs), str(course.admits), course.mode) == (
        "theory:advanced", "theory:intermediate", "in_post:DIV_HEAD", "full",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "old", "new", "column", "suggestion", "choice"),
    [
        ("relations", "em vợ", "láng giềng", "relation", None, "spouse"),
        ("relations", "em vợ", "spuose", "relation", "spouse", "sibling_in_law"),
        ("discipline", "Cảnh cáo", "cản cáo", "form", "cảnh cáo", "warning"),
        ("discipline", "Đảng", "Đoàn trường", "side", None, "party"),
        ("units", "Đông,,xã", "Đông,,xãa", "kind", "xã", "commune"),
        ("people", "An,nam", "An,nm", "sex", "nam", "M"),
        ("service", "luân chuyển", "luân chuyển tạm", "kind", "luân chuyển", "rotation"),
    ],
)
def test_a_word_that_is_not_listed_is_one_error_with_the_choices(
    tmp_path, province, table, old, new, column, suggestion, choice
):
    (found,) = said(tmp_path, province, **{table: PROVINCE[table].replace(old, new)})
    assert short(found)[1] == f"{table}.csv"
    assert (found.code, found.column, found.suggestion) == ("finding.not_one_of", column, suggestion)
    assert found.row == 1 + next(i for i, row in enumerate(rows_of(PROVINCE[table])) if old.split(",")[-1] in row)
    for language in ("vi", "en"):
        text = finding_text(found, language)
        assert found.value in text
        assert choice in text


@pytest.mark.parametrize(
    ("table", "old", "new", "column", "meanings"),
    [
        ("units", "S,phòng", "S,ban", "kind", ("division", "party_body")),
        ("units", "Đông,,xã", "Đông,,xã/phường", "kind", ("commune", "ward")),
        ("discipline", "Cảnh cáo", "khiển trách / cảnh cáo", "form", ("reprimand", "warning")),
        ("relations", "em vợ", "con hoặc em", "relation", ("child", "sibling")),
    ],
)
def test_a_word_of_several_codes_is_an_error_with_all_of_them(tmp_path, province, table, old, new, column, meanings):
    assert old in PROVINCE[table]
    (found,) = said(tmp_path, province, **{table: PROVINCE[table].replace(old, new)})
    assert (found.code, found.column, found.value) == ("finding.unclear_word", column, new.split(",")[-1])
    assert all(meaning in finding_text(found, "vi") for meaning in meanings)


def test_names_of_the_content_that_are_not_there_are_told_with_what_is_near(tmp_path, province):
    found = said(
        tmp_path, province,
        ratings="person_id,year,rating\nA,2025,Hoàn thành\n",
        qualifications="person_id,competency,level\nA,Lý luận chinh tri học,Cao cấp\nB,LLCT,Cao cấpp\n",
        positions=PROVINCE["positions"].replace("P,Phó trưởng phòng", "P,Phó trưởng ban gì đó"),
        service=PROVINCE["service"].replace(",,Phó trưởng phòng,luân", ",,Chủ tịch UBND,luân"),
    )  # fmt: skip
    at = {(f.column, f.value): (f.code, f.suggestion) for f in found}
    # "Hoàn thành" alone is written for two classes.
    assert at["rating", "Hoàn thành"][0] == "finding.dangling"
    assert at["competency", "Lý luận chinh tri học"] == ("finding.dangling", "theory")
    assert at["level", "Cao cấpp"] == ("finding.not_a_level", "Cao cấp")
    assert at["rank", "Phó trưởng ban gì đó"][0] == "finding.dangling"
    assert at["rank", "Chủ tịch UBND"][0] == "finding.dangling"  # a title, and none of a division
    assert len(at) == 5


def test_a_unit_that_is_not_there_is_told_and_not_the_title(tmp_path, province):
    # Without a rank the title map needs the unit; a unit by its name is the slip, not "Phó Trưởng phòng".
    posts = PROVINCE["positions"].replace(",P,Phó trưởng phòng,Phó trưởng phòng", ",Phòng Người có công,,")
    (found,) = said(tmp_path, province, positions=posts)
    assert short(found) == ("dangling", "positions.csv", 3, "unit_id", "Phòng Người có công", "P")


def test_a_company_writes_english(tmp_path, company):
    tables = {
        "units": "unit id,unit name,kind\nO,Sales,Studio\nT,Team,crew\n",
        "positions": "position_id,job title,Department,rank,standard,head,seats\n"
        "H,Head of sales,O,Head of department,Head of department,yes,1\n",
        "people": "Employee ID,Full name,Gender,Date of birth\nA,Tom Evans,male,1979-05-01\n"
        "B,Joan Clark,Female,1980-05-01\n",
        "service": "person_id,start date,end date,position_id,unit_id,kind\nA,2021-04-01,,H,,permanent\n"
        "B,2021-04-01,,,O,\n",
        "ratings": "person_id,year,rating\nA,2025,Exceeds expectations\nB,2025,Below\n",
        "relations": "person_a,person_b,relationship\nA,B,Wife\n",
        "discipline": "person_id,side,form,decided\nB,company,written reprimand,2024-01-01\n",
        "qualifications": "person_id,competency,level\nA,Education,Master's degree\n",
    }
    source = read(folder(tmp_path, tables), company)
    found = [*source.findings, *check_case(source, company, dt.date(2026, 1, 1))]
    assert {(f.severity, f.code) for f in found} == {("warning", "finding.expires_unknown")}
    case = source.case
    assert case.positions[0].standard in company.content.standard
    assert (case.positions[0].rank, case.relations[0].relation) == ("HEAD", "spouse")
    assert [r.rating for r in case.ratings] == ["excellent", "not_complete"]
    assert (case.discipline[0].side, case.discipline[0].form) == ("administrative", "reprimand")
    assert (case.qualifications[0].competency, case.qualifications[0].level) == ("degree", "master")
    # An organisation has kinds of its own: they stay as they are written.
    assert [u.kind for u in case.units] == ["Studio", "team"]


def test_a_set_without_words_keeps_what_is_written_and_says_what_no_rule_knows(tmp_path):
    content = read_content(CASES / "_content", "06-kin")
    assert content.content.words.columns == {}
    tables = {
        "units": "unit_id,name,kind\nU,Office,phòng\n",
        "positions": "position_id,title,unit_id,rank,standard,head,seats\nH,Head,U,HEAD,free,có,1\n",
        "people": "person_id,name,sex,birth_date\nA,An,nam,1970\nB,Bo,M,1971\nC,Cu,M,1972\n",
        "service": "person_id,since,position_id\nA,2020-01-01,H\n",
        "relations": "person_a,person_b,relation\nA,B,vợ chồng\nA,C,sibling\nB,C,spuose\n",
    }
    source = read(folder(tmp_path, tables), content)
    assert [r.relation for r in source.case.relations] == ["vợ chồng", "sibling", "spuose"]
    assert source.case.people[0].sex == "M"  # the program's own choices have words of their own
    found = [short(f) for f in (*source.findings, *check_case(source, content, dt.date(2026, 1, 1)))]
    # A rule of this rulebook speaks of relations, and none of kinds of units.
    assert found == [
        ("word_unheard", "relations.csv", 2, "relation", "vợ chồng", None),
        ("word_unheard", "relations.csv", 4, "relation", "spuose", "spouse"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        ("columns: {relations.relaton: {choices: []}}", "dangling", "columns.relations.relaton"),
        ("columns: {people.sex: {choices: [{code: X}]}}", "not_one_of", "columns.people.sex.choices[1].code"),
        ("columns: {units.kind: {choices: [{code: a}, {code: a}]}}", "twin_id", "columns.units.kind.choices[2].code"),
        ("columns: {positions.rank: {choices: [{code: NO}]}}", "not_one_of", "columns.positions.rank.choices[1].code"),
        ("columns: {yes_no: {choices: [{code: maybe}]}}", "not_one_of", "columns.yes_no.choices[1].code"),
        ("levels: {theorie: []}", "dangling", "levels.theorie"),
        ("levels: {theory: [{code: high}]}", "not_one_of", "levels.theory[1].code"),
        ("headings: {people.nam: [x]}", "dangling", "headings.people.nam"),
        ("headings: {people.name: [Who], people.sex: [who]}", "twin_id", "headings.people.sex"),
        ("column: {}", "unknown_key", "column"),
    ],
)
def test_words_of_a_content_set_are_checked(tmp_path, words, code, where):
    place = tmp_path / "content"
    shutil.copytree(CASES / "_content", place)
    (place / "words.yaml").write_text(words + "\n", encoding="utf-8")
    (found,) = read_content(place, "06-kin").findings
    assert (found.code, found.file, found.column) == (f"finding.{code}", "content/words.yaml", where)
