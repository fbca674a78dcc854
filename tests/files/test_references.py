"""What only several rows together show: pointers to nothing, twins, circles, dates, posts held at once, gaps."""

import datetime as dt

import pytest

from planner.files.case import read_case
from planner.files.references import check_case
from tests.files.sound_case import TABLES

QUALIFICATIONS = "person_id,competency,level\n"


def plus(table, *lines):
    """The sound table with lines added."""
    return TABLES[table] + "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("table", "text", "finding"),
    [
        ("units", plus("units", "U3,Office,U9"), ("dangling", "units.csv", 4, "parent_id", "U9", None)),
        ("positions", plus("positions", "D2,Deputy,U7,DEP,deputy,no,1"),
         ("dangling", "positions.csv", 5, "unit_id", "U7", None)),
        ("positions", plus("positions", "D2,Deputy,U1,DEPP,deputy,no,1"),
         ("dangling", "positions.csv", 5, "rank", "DEPP", "DEP")),
        ("positions", plus("positions", "D2,Deputy,U1,DEP,depty,no,1"),
         ("dangling", "positions.csv", 5, "standard", "depty", "deputy")),
        ("service", plus("service", "Lê Văn An,2010-01-01,2012-01-01,V1"),
         ("dangling", "service.csv", 5, "person_id", "Lê Văn An", "A")),
        ("qualifications", QUALIFICATIONS + "A,theori,advanced\n",
         ("dangling", "qualifications.csv", 2, "competency", "theori", "theory")),
        ("qualifications", QUALIFICATIONS + "A,theory,advance\n",
         ("not_a_level", "qualifications.csv", 2, "level", "advance", "advanced")),
        ("qualifications", QUALIFICATIONS + "A,deputy_months,24\n",
         ("months_are_counted", "qualifications.csv", 2, "level", "24", None)),
        ("relations", "person_a,person_b,relation\nA,Z,spouse\n",
         ("dangling", "relations.csv", 2, "person_b", "Z", None)),
        ("relations", "person_a,person_b,relation\nA,A,spouse\n",
         ("own_relative", "relations.csv", 2, "person_b", "A", None)),
        ("pools", "position_id,person_id,round_id\nH1,B,R1\n",
         ("dangling", "pools.csv", 2, "round_id", "R1", None)),
        ("courses", "course_id,name,grants\nADV,Advanced,theory:high\n",
         ("not_a_level", "courses.csv", 2, "grants", "high", None)),
        ("courses", "course_id,name,grants,needs\nADV,Advanced,theory:advanced,law degree\n",
         ("not_a_need", "courses.csv", 2, "needs", "law degree", None)),
        ("courses", "course_id,name,grants,admits\nADV,Advanced,theory:advanced,in_post:DIV\n"
         "ADV2,A,theory:advanced,in_post:DIVV\n",
         ("dangling", "courses.csv", 3, "admits", "DIVV", "DIV")),
        ("sessions", "session_id,course_id,start,end\nS1,ADV,2026-01-01,2026-02-01\n",
         ("dangling", "sessions.csv", 2, "course_id", "ADV", None)),
        ("exemptions", "rule,subject,authority,reason,decided\nkin,A,province,need,2025-01-01\n",
         ("dangling", "exemptions.csv", 2, "rule", "kin", None)),
        ("decisions", "kind,person_id,position_id,status\nappoint,B,,decided\n",
         ("decision_needs", "decisions.csv", 2, "position_id", None, None)),
        ("decisions", "kind,person_id,position_id,status\nleaves,B,,decided\n",
         ("decision_needs", "decisions.csv", 2, "from", None, None)),
        ("decisions", "kind,person_id,position_id,status\napoint,B,H1,decided\n",
         ("not_one_of", "decisions.csv", 2, "kind", "apoint", "appoint")),
        ("people", plus("people", "A,Another,F,1970"), ("twin_row", "people.csv", 5, "person_id", "A", None)),
        ("pools", "position_id,person_id\nH1,B\nH1,B\n",
         ("twin_row", "pools.csv", 3, "position_id, person_id, round_id", "H1, B", None)),
        ("units", "unit_id,name,parent_id\nU1,Department,U2\nU2,Division,U1\n",
         ("circle", "units.csv", 2, "parent_id", "U1 → U2 → U1", None)),
        ("units", plus("units", "U3,Own parent,U3"),
         ("circle", "units.csv", 4, "parent_id", "U3 → U3", None)),
        ("service", plus("service", "A,2021-01-01,,D1"),
         ("two_posts", "service.csv", 5, "position_id", "H1, D1", None)),
        ("service", plus("service", "A,2012-01-01,2011-12-31,V1"),
         ("ends_before_start", "service.csv", 5, "until", "2011-12-31", None)),
        ("people", plus("people", "E,Ê,F,2027-01-01"),
         ("born_later", "people.csv", 5, "birth_date", "2027-01-01", None)),
        ("people", plus("people", "E,Ê,F,2015"),
         ("impossible_age", "people.csv", 5, "birth_date", "2015", None)),
        ("people", plus("people", "E,Ê,F,1901"),
         ("impossible_age", "people.csv", 5, "birth_date", "1901", None)),
        ("service", plus("service", "A,,2012-01-01,V1"),
         ("since_unknown", "service.csv", 5, "since", None, None)),
        ("positions", plus("positions", "D2,Deputy,U1,DEP,deputy,no,"),
         ("seats_unknown", "positions.csv", 5, "seats", None, None)),
        ("vacancies", "position_id,on\nD1,2026-09-01\n",
         ("who_leaves", "vacancies.csv", 2, "position_id", "D1", None)),
    ],
)  # fmt: skip
def test_one_thing_spoiled_is_one_finding(said, table, text, finding):
    assert [f for f in said(**{table: text}) if f[1].startswith(table)] == [finding]


def test_a_bad_row_does_not_make_errors_of_those_that_point_to_it(said):
    people = TABLES["people"].replace("1970-05-02", "1970-13-02")
    assert said(people=people) == [("not_a_day", "people.csv", 2, "birth_date", "1970-13-02", None)]


def test_posts_held_together(said):
    heading = "position_id,title,unit_id,rank,standard,nature,held_with,seats,head\n"
    rows = (
        "S,Secretary,U1,HEAD,head,full_time,,1,yes",
        "K,Chair,U1,HEAD,council,concurrent,S,,",
        "L,Chair of what,U1,HEAD,council,concurrent,,1,",
        "M,Member,U1,HEAD,free,membership,,9,",
        "N,Member with a member,U1,HEAD,free,membership,M,9,",
        "O,Held with itself,U1,HEAD,head,full_time,S,1,",
    )
    found = said(
        positions=heading + "\n".join(rows) + "\n",
        service="person_id,since,until,position_id\nA,2020-01-01,,S\nA,2020-01-01,,K\n",
    )
    assert found == [
        ("held_with_missing", "positions.csv", 4, "held_with", None, None),
        ("held_with_no_post", "positions.csv", 6, "held_with", "M", None),
        ("held_with_full_time", "positions.csv", 7, "held_with", "S", None),
    ]


def test_a_deputy_who_acts_and_one_on_rotation_hold_one_post(said):
    service = (
        "person_id,since,until,position_id,kind,planned_until,return_to\n"
        "A,2020-01-01,,D1,,,\nA,2025-06-01,,H1,acting,2026-06-01,\n"
        "B,2020-01-01,2025-01-01,D1,,,\nB,2025-01-01,,V1,rotation,2028-01-01,D1\n"
        "C,2020-01-01,,D1,rotation,2025-12-31,\n"
    )
    assert said(service=service) == [
        ("rotation_overdue", "service.csv", 6, "planned_until", "2025-12-31", None),
    ]
    without_end = service.replace(",rotation,2028-01-01,D1", ",rotation,,D1")
    assert ("rotation_without_end", "service.csv", 5, "planned_until", None, None) in said(service=without_end)


def test_a_vacancy_among_several_holders_is_settled_by_who_leaves(said):
    vacancies = "position_id,on\nD1,2026-09-01\n"
    leaves = "kind,person_id,from,status\nleaves,B,{day},{status}\n"
    settled = said(vacancies=vacancies, decisions=leaves.format(day="2026-09-01", status="decided"))
    only_proposed = said(vacancies=vacancies, decisions=leaves.format(day="2026-09-01", status="proposed"))
    another_day = said(vacancies=vacancies, decisions=leaves.format(day="2026-03-01", status="decided"))
    assert settled == []
    assert [f[0] for f in only_proposed] == ["who_leaves"]
    assert [f[0] for f in another_day] == ["who_leaves"]
    # A seat that is empty already has no holder who could be meant.
    assert said(vacancies="position_id,on\nD1,2025-09-01\n") == []


def test_what_is_not_known_of_a_sanction_is_a_warning_each(said):
    assert said(discipline="person_id,side,form,decided,expires\nA,,,2025-08-01,\n") == [
        ("side_unknown", "discipline.csv", 2, "side", None, None),
        ("form_unknown", "discipline.csv", 2, "form", None, None),
        ("expires_unknown", "discipline.csv", 2, "expires", None, None),
    ]


def test_training_dates(said):
    assert said(
        courses="course_id,name,grants\nADV,Advanced,theory:advanced\nINT,Intermediate,theory:intermediate\n",
        sessions="session_id,course_id,start,end\nS1,ADV,2026-05-01,2026-02-01\nS2,INT,2026-05-01,\n",
        enrolments="person_id,course_id,session_id\nA,ADV,S2\n",
    ) == [
        ("ends_before_start", "sessions.csv", 2, "end", "2026-02-01", None),
        ("session_without_end", "sessions.csv", 3, "end", None, None),
        ("other_course", "enrolments.csv", 2, "session_id", "S2", None),
        ("enrolment_without_end", "enrolments.csv", 2, "until", None, None),
    ]


def test_a_year_alone_is_no_end_before_its_months(said):
    service = TABLES["service"] + "A,2012-05,2012,V1\nA,2011-05-01,2011-05,V1\n"
    assert {f[0] for f in said(service=service)} == {"first_day_taken"}


def test_dates_known_in_part_are_told_once_for_each_column_where_the_day_matters(said):
    # The case is of 2026-01-01. Months of service count from each `since`, so that 2010 and 2011-05 are told, with the
    # two `until`. Of levels held since 1999 and a name in a list since 2025 any day is past; "2026" may be ahead.
    # Sanctions and bars end on the last day, courses begin early and count late; nothing is told of whole dates.
    assert said(
        service=TABLES["service"] + "A,2010,2011-05-03,V1\nA,2011-05,2012-06,V1\nA,2012-06-30,2012-07,V1\n",
        qualifications="person_id,competency,level,since\nA,theory,advanced,1999\nB,theory,advanced,2026\n",
        pools="position_id,person_id,since\nH1,B,2025\n",
        discipline="person_id,side,form,decided,expires\nA,party,warning,2020,2020-12\nB,party,warning,2025-03,2026-03\n",
        courses="course_id,name,grants,months\nADV,Advanced,theory:advanced,9\n",
        sessions="session_id,course_id,start,end\nS1,ADV,2026-05,2027\nS2,ADV,2026-05-01,2027-01-01\n",
    ) == [
        ("first_day_taken", "service.csv", 5, "since", "2010", None),
        ("first_day_taken", "service.csv", 6, "until", "2012-06", None),
        ("first_day_taken", "qualifications.csv", 3, "since", "2026", None),
        ("last_day_taken", "discipline.csv", 3, "expires", "2026-03", None),
        ("last_day_taken", "sessions.csv", 2, "end", "2027", None),
        ("first_and_last_day_taken", "discipline.csv", 2, "decided", "2020", None),
        ("first_and_last_day_taken", "sessions.csv", 2, "start", "2026-05", None),
    ]


def test_who_was_needed_before_the_date_of_the_plan_is_needed_now(said):
    positions = TABLES["positions"].replace("seats\n", "seats,needed_by\n").replace("yes,1\n", "yes,1,2025-12-31\n")
    positions = positions.replace("no,2\n", "no,2,2026-01-01\n")
    told = {f for f in said(positions=positions) if f[0] == "needed_already"}
    assert told == {("needed_already", "positions.csv", n, "needed_by", "2025-12-31", None) for n in (2, 4)}


def test_holders_whose_time_is_over_are_named(said):
    # A man born 1963-10-31 with 62 years is out of service from 2025-11-01; born a month later, from 2025-12-01 on.
    people = TABLES["people"].replace("1970-05-02", "1963-10-31")
    assert said(people=people, as_of=dt.date(2025, 11, 1)) == []
    assert said(people=people, as_of=dt.date(2025, 11, 2)) == [
        ("left_already", "service.csv", 2, "person_id", "A", None)
    ]


def test_without_a_day_and_content_the_rest_is_still_checked(case):
    source = read_case(case(units=plus("units", "U3,Office,U9"), people=plus("people", "E,Ê,F,2027-01-01")))
    assert [f.code for f in check_case(source, None, None)] == ["finding.dangling"]


def test_several_identifiers_in_one_cell_are_each_looked_up(said):
    sessions = "session_id,course_id,start,end,allotted_to\nS1,ADV,2026-05-01,2026-08-01,U1; U9\n"
    assert said(
        courses="course_id,name,grants\nADV,Advanced,theory:advanced\n", sessions=sessions,
        exemptions="rule,subject,authority,reason,decided\nkin_apart,A+Q,province,need,2025-01-01\n",
    ) == [
        ("dangling", "sessions.csv", 2, "allotted_to", "U9", None),
        ("dangling", "exemptions.csv", 2, "subject", "Q", None),
    ]  # fmt: skip


def test_a_post_that_ends_or_begins_later_is_said_not_to_be_reckoned_with(said):
    units = "unit_id,name,parent_id,created_on,closed_on\nU1,Department,,2005,\nU2,Division,U1,,2027-06-30\n"
    positions = TABLES["positions"].replace("seats\n", "seats,opened_on\n").replace("yes,1\n", "yes,1,2026-07\n")
    positions = positions.replace("no,2\n", "no,2,2020\n")
    assert said(units=units, positions=positions) == [
        ("closing_not_reckoned", "units.csv", 3, "closed_on", "2027-06-30", None),
        ("begins_later", "positions.csv", 2, "opened_on", "2026-07", None),
        ("begins_later", "positions.csv", 4, "opened_on", "2026-07", None),
    ]


def test_what_only_looks_like_a_code_is_told_by_its_letter(said):
    # The first А is Cyrillic, the O of the second a letter where the code has a zero.
    people = TABLES["people"] + "P10,Đỗ Dung,F,1981\n"
    found = said(people=people, service=plus("service", "А,2010-01-01,2012-01-01,V1", "P1O,2010-01-01,2012-01-01,V1"))
    assert found == [
        ("dangling_alike", "service.csv", 5, "person_id", "А", "A"),
        ("dangling_alike", "service.csv", 6, "person_id", "P1O", "P10"),
    ]
