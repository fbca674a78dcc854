"""A word in either language binds as its code does: rules look at relatives, sanctions and kinds of unit."""

from pathlib import Path

import pytest

from tests.cli.conftest import Planner

SCENARIO = """title: Words
case: case
content: {content}
rulebook: {rulebook}
as_of: 2026-01-01
horizon: {{until: 2027-12-31, period: half-year}}
names_from: both
solve: {{seconds: 20, gap: 0, seed: 1, workers: 1}}
"""
APPOINT = """extends: scenario.yaml
edits:
  - pin: {{kind: appoint, person_id: {person}, position_id: {post}}}
"""


def case(content: str, rulebook: str, person: str, post: str, tables: dict[str, str]) -> None:
    Path("case").mkdir(exist_ok=True)
    for table, text in tables.items():
        Path(f"case/{table}.csv").write_text(text, encoding="utf-8")
    text = SCENARIO.format(content=content, rulebook=rulebook)
    Path("scenario.yaml").write_text(text, encoding="utf-8")
    Path("pinned.yaml").write_text(APPOINT.format(person=person, post=post), encoding="utf-8")


# A sales unit of two: its deputy is married to the specialist who would lead it. `company` says that relatives are not
# in one leadership, so she may not be appointed beside him; a friend may.
COMPANY = {
    "units": "unit_id,name\nS,Sales\n",
    "positions": "position_id,title,unit_id,rank,standard,head,seats,may_stay_empty,successors\n"
    "head,Head of sales,S,LEAD,free,yes,1,yes,0\ndeputy,Deputy head of sales,S,LEAD,free,no,1,yes,0\n",
    "people": "person_id,name,sex,birth_date\nevans,Tom Evans,M,1979-05-01\nclark,Joan Clark,F,1980-05-01\n",
    "service": "person_id,since,position_id,unit_id,rank\nevans,2021-04-01,deputy,,\nclark,2015-04-01,,S,SPEC\n",
    "ratings": "person_id,year,rating\n" + "".join(
        f"{p},{y},Meets expectations\n" for p in ("evans", "clark") for y in (2023, 2024, 2025)
    ),
    "pools": "position_id,person_id,since\nhead,clark,2024-09-20\n",
}  # fmt: skip


@pytest.mark.parametrize("word", ["spouse", "husband", "Wife", "VỢ CHỒNG", "vo chong", "chồng", "vợ/chồng"])
def test_a_wife_is_not_appointed_beside_her_husband(planner: Planner, word: str) -> None:
    relations = f"person_a,person_b,relation\nclark,evans,{word}\n"
    case("general", "company", "clark", "head", COMPANY | {"relations": relations})
    done = planner("run", "pinned.yaml", "--out", "plan", "--lang", "en")
    assert done.code == 4
    assert "rule relatives_apart (clark, evans)" in done.err


def test_others_are_appointed_beside_him(planner: Planner) -> None:
    # In-laws are a kind of relation of their own, of which this rulebook does not speak; they are no slip either.
    relations = "person_a,person_b,relation\nclark,evans,sister-in-law\n"
    case("general", "company", "clark", "head", COMPANY | {"relations": relations})
    done = planner("run", "pinned.yaml", "--out", "plan", "--json")
    assert (done.code, done.data["status"]) == (0, "ok")
    assert Path("plan/input/case/relations.csv").read_text(encoding="utf-8").splitlines()[1] == (
        "clark,evans,sibling_in_law"
    )


# Decree 370/2025 (rules.md §2.7): a division of fewer than ten has one deputy. It has one; the second seat is empty.
DIVISION = {
    "units": "unit_id,name,parent_id,kind,headcount\nS,Sở Nội vụ,,Sở,80\nN,Phòng Người có công,S,{kind},8\n",
    "positions": "position_id,title,unit_id,rank,standard,head,seats,may_stay_empty,filled_by,term_system,successors\n"
    "T,Trưởng phòng,N,DIV_HEAD,division_head,yes,1,,appoint,state,0\n"
    "P,Phó Trưởng phòng,N,DIV_DEP,division_deputy,no,2,yes,appoint,state,0\n",
    "people": "person_id,name,sex,birth_date,party_since,party_full_since\nA,Nguyễn Văn Hòa,nam,1975-11-20,2009,2010\n"
    "B,Trần Minh Đức,nam,1980-05-12,2009,2010\nC,Lê Quốc Khánh,nam,1988-05-12,2009,2010\n",
    "service": "person_id,since,position_id,unit_id,rank\nA,2018-03-01,T,,\nB,2019-04-01,P,,\nC,2012-09-01,,N,STAFF\n",
    "qualifications": "person_id,competency,level,since\n" + "".join(
        f"{p},Trình độ chuyên môn,Đại học,2011\n{p},LLCT,Trung cấp,2019\n{p},QLNN,Chuyên viên,2019\n"
        f"{p},leader_division,certified,2020\n" for p in "ABC"
    ),
    "ratings": "person_id,year,rating\n" + "".join(f"{p},{y},HTTNV\n" for p in "ABC" for y in (2023, 2024, 2025)),
    "pools": "position_id,person_id,round_id,since,status\nP,C,Q,2024-09-20,Bổ sung\n",
    "rounds": "round_id,approved_on,system,term,term_start,term_end\n"
    "Q,2024-09-20,chính quyền,2026-2031,2026-06-01,2031-05-31\n",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "code"), [("division", 4), ("phòng", 4), ("Phòng chuyên môn", 4)])
def test_a_kind_in_vietnamese_keeps_the_cap_of_deputies(planner: Planner, kind: str, code: int) -> None:
    case("vietnam-province", "vn-2025", "C", "P", DIVISION | {"units": DIVISION["units"].format(kind=kind)})
    done = planner("run", "pinned.yaml", "--out", "plan", "--lang", "en")
    assert done.code == code
    assert "rule cap_dept_division_deputies (N)" in done.err


@pytest.mark.parametrize(
    ("form", "ready"),
    [
        ("khiển trách", "2026-08-01"),  # 24 months after 1 August 2024
        ("Khiển trách", "2026-08-01"),
        ("reprimand", "2026-08-01"),
        ("cảnh cáo", "2027-08-01"),  # 36
        ("cách chức", "2029-08-01"),  # 60, and beyond the horizon
    ],
)
def test_a_sanction_in_vietnamese_waits_its_own_months(planner: Planner, form: str, ready: str) -> None:
    discipline = f"person_id,side,form,decided,expires\nC,đảng,{form},2024-08-01,2025-08-01\n"
    tables = {"units": DIVISION["units"].format(kind="phòng").replace(",8\n", ",12\n"), "discipline": discipline}
    case("vietnam-province", "vn-2025", "C", "P", DIVISION | tables)
    assert planner("run", "scenario.yaml", "--out", "plan").code == 0
    base = planner("check", "plan/input/scenario.yaml", "--json")
    assert base.data["findings"] == []
    lines = Path("plan/base_list.csv").read_text(encoding="utf-8").splitlines()
    heading = lines[0].split(",")
    row = next(dict(zip(heading, line.split(","), strict=False)) for line in lines[1:] if line.startswith("P,"))
    assert row["person"] == "C"
    assert (row["ready_on"] or "beyond") == (ready if ready < "2028" else "beyond")


@pytest.mark.parametrize(
    ("table", "text", "shown"),
    [
        ("relations", "person_a,person_b,relation\nA,B,vợ chông cũ\n", ["relations.csv", "dòng 2", "vợ chông cũ"]),
        ("discipline", "person_id,side,form,decided\nB,đảng,nhắc nhở,2024-01-01\n", ["nhắc nhở", "khiển trách"]),
    ],
)  # fmt: skip
def test_a_word_that_nobody_knows_stops_the_run(planner: Planner, table: str, text: str, shown: list[str]) -> None:
    units = DIVISION["units"].format(kind="phòng")
    case("vietnam-province", "vn-2025", "C", "P", DIVISION | {"units": units, table: text})
    done = planner("check", "scenario.yaml", "--lang", "vi")
    assert done.code == 3
    assert "1 lỗi" in done.err
    for word in shown:
        assert word in done.err


def test_a_case_alone_takes_the_words_of_all_sets(planner: Planner) -> None:
    # It names no content: what one set lists and another does not is no error here.
    case("vietnam-province", "vn-2025", "C", "P", DIVISION | {"units": DIVISION["units"].format(kind="crew")})
    assert planner("check", "case").code == 0


def test_cases_are_compared_by_what_their_words_mean(planner: Planner) -> None:
    words = DIVISION | {"units": DIVISION["units"].format(kind="phòng")}
    case("vietnam-province", "vn-2025", "C", "P", words)
    Path("case").rename("words")
    codes = {
        table: text.replace("phòng,8", "division,8").replace("Sở,80", "department,80").replace(",nam,", ",M,")
        .replace("HTTNV", "good").replace("LLCT,Trung cấp", "theory,intermediate").replace(",Bổ sung", ",add")
        .replace("chính quyền", "state").replace("Trình độ chuyên môn,Đại học", "degree,university")
        .replace("QLNN,Chuyên viên", "state_mgmt,specialist")
        for table, text in words.items()
    }  # fmt: skip
    case("vietnam-province", "vn-2025", "C", "P", codes)
    data = planner("check", "scenario.yaml", "--against", "words", "--json").data
    assert data["changes"] == []
