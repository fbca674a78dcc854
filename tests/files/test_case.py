"""Tables: what is read, and what is said of what cannot be."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.case import REQUIRED_TABLES, Case, Person, Qualification, Unit
from planner.domain.case import TABLES as TABLES_OF_THE_FORMAT
from planner.domain.findings import plain
from planner.files.case import absent_tables, case_tables, read_case, write_case
from planner.files.headings import headings_of
from tests.files.sound_case import CASES, TABLES, short


def test_the_sound_case_is_read_without_a_word(said, case):
    assert said() == []
    read = read_case(case()).case
    assert read.given == frozenset(TABLES)
    assert [p.birth_date.written() for p in read.people] == ["1970-05-02", "1975-03", "1980"]
    assert absent_tables(read)[:2] == ("authorities", "qualifications")


def test_every_problem_is_told_at_once(said):
    people = (
        "person_id,name,sex,birth_date,party_sinse,x_note\n"
        "A,Lê Văn An,Mann,1970-05-02,,\n"
        "B,,F,31/02/1975,,a note\n"
        "C,Vũ Cường,M\n"
        "D,Đỗ Dũng,M,5/8/68,,\n"
    )
    positions = TABLES["positions"].replace("no,2", "maybe,two")
    assert said(people=people, positions=positions, qualifications="person_id,level\nA,none\n") == [
        ("not_yes_or_no", "positions.csv", 3, "head", "maybe", None),
        ("not_whole", "positions.csv", 3, "seats", "two", None),
        ("unknown_column", "people.csv", 1, "party_sinse", None, "party_since"),
        ("ragged_row", "people.csv", 4, None, None, None),
        ("not_one_of", "people.csv", 2, "sex", "Mann", None),
        ("missing_value", "people.csv", 3, "name", None, None),
        ("not_a_day", "people.csv", 3, "birth_date", "31/02/1975", None),
        ("not_a_date", "people.csv", 5, "birth_date", "5/8/68", None),
        ("missing_column", "qualifications.csv", 1, "competency", None, None),
        # C stands in a row that is broken, so nothing is known of an id C, and it is said once.
        ("dangling", "service.csv", 4, "person_id", "C", None),
    ]  # fmt: skip


def test_own_columns_are_carried_through(case):
    people = TABLES["people"].replace("birth_date\n", "birth_date,x_phone\n").replace("05-02\n", "05-02,012\n")
    people = people.replace("03/1975\n", "03/1975,\n").replace("1980\n", "1980,\n")
    rows = read_case(case(people=people)).case.people
    assert [r.extra for r in rows] == [{"x_phone": "012"}, {}, {}]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("unit_id;name\nU1;Department\n", ("semicolons", "units.csv", 1, None, "unit_id;name", None)),
        ("", ("empty_file", "units.csv", None, None, None, None)),
        ("\n\n", ("empty_file", "units.csv", None, None, None, None)),
        ("unit_id,name\nU1,Phòng\n".encode("latin-1"), ("not_utf8", "units.csv", 2, None, None, None)),
        ('unit_id,name\nU1,"Depart\n', ("broken_csv", "units.csv", 2, None, None, None)),
        ("unit_id,name,name\nU1,a,b\n", ("twin_column", "units.csv", 1, "name", None, None)),
        ("unit_id,name,\nU1,a,\n", ("no_heading", "units.csv", 1, None, None, None)),
        ("unit_id,name\nU1,a,b\n", ("ragged_row", "units.csv", 2, None, None, None)),
    ],
)
def test_a_table_that_cannot_be_read(case, text, finding):
    source = read_case(case(units=text))
    assert finding in [short(f) for f in source.findings]


def test_files_are_tables_or_are_refused(case):
    folder = case(units=None, x_notes="anything", peple=TABLES["people"])
    (folder / "readme.txt").write_text("not a table")
    (folder / "Positions.CSV").write_text(TABLES["positions"])
    found = [(f.code, f.file, f.suggestion) for f in read_case(folder).findings]
    assert found == [
        ("finding.unknown_table", "case/peple.csv", "people.csv"),
        ("finding.twin_table", "case/positions.csv", None),
        ("finding.missing_table", "case/units.csv", None),
    ]


def test_all_required_tables_are_missed(tmp_path):
    found = [(f.code, f.file) for f in read_case(tmp_path).findings]
    assert found == [("finding.missing_table", f"{tmp_path.name}/{t}.csv") for t in REQUIRED_TABLES]
    assert [f.code for f in read_case(tmp_path / "nowhere").findings] == ["finding.no_case_folder"]


def test_byte_order_mark_decomposed_letters_blanks_and_crlf_do_not_matter(case):
    text = unicodedata.normalize("NFD", TABLES["people"]).replace("\n", " \r\n").replace(",F,", ", F ,")
    assert read_case(case(people=b"\xef\xbb\xbf" + text.encode())).case == read_case(case()).case


def test_vietnamese_headings(case):
    people = TABLES["people"].replace("person_id,name,sex,birth_date", "Mã cán bộ,Họ và tên,GIỚI TÍNH,Ngay sinh")
    assert read_case(case(people=people)).case == read_case(case()).case


@pytest.mark.parametrize("table", TABLES_OF_THE_FORMAT)
def test_every_column_has_a_vietnamese_heading_of_its_own(table):
    words = [plain(word) for words in headings_of(table).values() for word in words]
    assert sorted(w for w in words if words.count(w) > 1) == []
    assert [column for column, known in headings_of(table).items() if len(known) < 2] == []


def test_rows_know_their_line_in_the_file(case):
    units = 'unit_id,name\n\nU1,"Department\nof Justice"\nU2,Division\n'
    source = read_case(case(units=units))
    assert [p.line for p in source.places["units"]] == [3, 5]
    assert source.case.units[0].name == "Department\nof Justice"


@pytest.mark.parametrize("folder", sorted(CASES.glob("*/case*")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_case_written_and_read_is_the_same(folder, tmp_path):
    case = read_case(folder).case
    write_case(case, tmp_path / "again")
    source = read_case(tmp_path / "again")
    assert source.findings == ()
    assert source.case == case


cell = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8).map(
    lambda s: unicodedata.normalize("NFC", s.strip())
)
text = cell.filter(bool)
counts = st.integers(0, 10**9)
dates = st.builds(
    lambda d, n: d.isoformat()[:n], st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from([4, 7, 10])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_cells_comes_back(tmp_path_factory, data):
    extra = data.draw(st.dictionaries(text.map(lambda s: f"x_{s}"), text, max_size=2))
    case = Case(
        units=tuple(data.draw(st.lists(st.builds(Unit, unit_id=text, name=text, kind=cell, headcount=counts)))),
        people=(
            Person(
                person_id=data.draw(text), name=data.draw(text), sex="F", birth_date=data.draw(dates),
                party_since=data.draw(dates), scitech=data.draw(st.sampled_from([True, False, None])), extra=extra,
            ),
        ),
        qualifications=tuple(
            data.draw(st.lists(st.builds(Qualification, person_id=text, competency=text, level=text, since=dates)))
        ),
        given=frozenset({"units", "people", "qualifications"}),
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("case")
    write_case(case, folder)
    again = read_case(folder)
    assert [f for f in again.findings if f.code != "finding.missing_table"] == []
    assert again.case == case
    assert [p.party_since.precision for p in again.case.people] == [p.party_since.precision for p in case.people]
    assert case_tables(again.case) == case_tables(case)
