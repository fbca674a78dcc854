"""What is most likely a slip is a warning with its place: the run lives with it."""

import csv

import pytest

from planner.domain.findings import is_error
from planner.domain.messages import finding_text
from planner.files.case import read_case
from planner.files.content import read_content, shipped
from planner.files.references import check_case
from tests.files.sound_case import TABLES, short


def test_the_sound_case_has_none(said):
    assert said() == []


def test_rows_that_bear_the_mark_of_the_example_are_named_a_table_at_a_time(case):
    marked = TABLES["people"].replace("birth_date\n", "birth_date,x_vi_du\n")
    marked = marked.replace("1970-05-02", "1970-05-02,Ví dụ: xóa dòng này").replace("03/1975", "03/1975,")
    marked = marked.replace("M,1980\n", "M,1980,example: delete this row\n")
    source = read_case(case(people=marked))
    (found,) = check_case(source, None, None)
    assert (found.severity, short(found)[:3]) == ("warning", ("example_left", "people.csv", 2))
    assert "2, 4" in finding_text(found, "en")
    assert "2 dòng ví dụ" in finding_text(found, "vi")


@pytest.mark.parametrize("name", ["vietnam-province", "general"])
def test_the_example_is_known_without_its_mark(tmp_path, name):
    # Somebody deleted the column x_example and kept the rows; a row that was filled in anew is no example any more.
    content = read_content(shipped("models") / name, {"general": "general"}.get(name, "vn-2025"))
    for path in (content.folder / "example").glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    people = list(csv.reader((tmp_path / "people.csv").open(encoding="utf-8")))
    people[1][1] = "Somebody Else"
    (tmp_path / "people.csv").write_text("\n".join(",".join(row) for row in people) + "\n", encoding="utf-8")
    found = [f for f in check_case(read_case(tmp_path), content, None) if f.code == "finding.example_left"]
    assert {f.file.split("/")[-1]: (f.row, f.values["count"]) for f in found} == {
        "units.csv": (2, 2), "positions.csv": (2, 3), "people.csv": (3, 3), "courses.csv": (2, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("born", "severity"),
    [("1970-05-02", "warning"), ("1970-05", "warning"), ("1970", "doubt")],
)
def test_one_person_with_two_codes(case, born, severity):
    people = TABLES["people"].replace("1970-05-02", born) + f"Z,lê  văn AN,M,{born}\nY,Lê Văn Ân,M,{born}\n"
    (found,) = check_case(read_case(case(people=people)), None, None)
    assert (found.severity, short(found)) == (severity, ("same_person", "people.csv", 5, "name", "lê  văn AN", None))
    assert "A (case/people.csv:2)" in finding_text(found, "en")


def test_people_of_one_name_and_other_births_are_two(said):
    # A day within the month that the other row knows: it may be one person, and nobody can say.
    assert said(people=TABLES["people"] + "Z,Lê Văn An,M,1970-05\nY,Lê Văn An,M,1971-05-02\n") == []


def test_a_case_without_a_head(said, case):
    posts = TABLES["positions"].replace("head,yes", "head,no").replace("free,yes", "free,")
    assert said(positions=posts) == [("no_head", "positions.csv", 2, "head", None, None)]
    # Without content nobody knows whom the title map would make a head.
    untold = posts.replace("H1,Director,U1,HEAD,head", "H1,Director,U1,,head")
    assert [f for f in check_case(read_case(case(positions=untold)), None, None) if f.code == "finding.no_head"] == []


@pytest.mark.parametrize(
    ("born", "since", "told"),
    [
        ("1970-05-02", "1985-05-01", True),  # a day before the fifteenth birthday
        ("1970-05-02", "1985-05-02", False),
        ("1970-05-02", "1985", False),  # it may have been in December
        ("1970-05-02", "1984", True),
        ("1970", "1985", False),
        ("1970", "1984", True),  # born in January at the earliest: fourteen in December 1984
        ("05/1970", "04/1985", True),
        ("05/1970", "05/1985", False),
    ],
)
def test_service_before_the_age_of_fifteen(said, born, since, told):
    people = TABLES["people"].replace("1970-05-02", born)
    found = said(people=people, service=TABLES["service"].replace("A,2020-01-01", f"A,{since}"))
    iso = "-".join(reversed(since.split("/")))
    young = [f for f in found if f[0] != "first_day_taken"]
    assert young == ([("service_too_young", "service.csv", 2, "since", iso, None)] if told else [])


@pytest.mark.parametrize(("seats", "told"), [("999", False), ("1000", True), ("250000", True)])
def test_a_thousand_seats_are_most_likely_a_slip(said, seats, told):
    found = said(positions=TABLES["positions"].replace("no,2", f"no,{seats}"))
    assert found == ([("many_seats", "positions.csv", 3, "seats", seats, None)] if told else [])


def test_none_of_them_is_an_error(case, content):
    posts = TABLES["positions"].replace("head,yes", "head,no").replace("free,yes,1", "free,,5000")
    people = TABLES["people"] + "Z,Lê Văn An,M,1970-05-02\n"
    service = TABLES["service"].replace("A,2020-01-01", "A,1975-01-01")
    found = check_case(read_case(case(positions=posts, people=people, service=service)), content, None)
    assert {f.code for f in found} == {
        f"finding.{code}" for code in ("no_head", "many_seats", "same_person", "service_too_young")
    }
    assert not any(map(is_error, found))
