"""Each edit: what it does to a case, and what speaks against it."""

from dataclasses import replace

import pytest

from planner.domain.case import (
    Authority,
    Case,
    Course,
    Decision,
    Enrolment,
    Exemption,
    Person,
    Position,
    Qualification,
    Session,
    Unit,
)
from planner.domain.catalogue import CatalogueCourse
from planner.domain.content import Competency, Content, Counts, Entry
from planner.domain.messages import tr
from planner.domain.record import Name
from planner.edits.registry import EDITS, NOT_YET, apply_edits
from planner.files.case import Place
from planner.files.scenario import Edit


def person(name):
    return Person(person_id=name, name=f"Person {name}", sex="F", birth_date="1980")


CASE = Case(
    units=(Unit(unit_id="U1", name="Unit"),),
    positions=(Position(position_id="H1", title="Head", unit_id="U1", rank="HEAD", standard="head", seats=1),),
    people=(person("A"), person("B")),
    courses=(Course(course_id="ADV", name="Advanced", grants="theory:advanced"),),
    sessions=(
        Session(session_id="S1", course_id="ADV", start="2026-01-01", end="2026-06-30", seats=2),
        Session(session_id="S2", course_id="ADV", start="2027-01-01", end="2027-06-30"),
    ),
    given=frozenset({"units", "positions", "people", "courses", "sessions"}),
)  # fmt: skip
CONTENT = Content(
    name="test",
    competencies=(
        Competency(id="theory", name=Name(en="Theory"), group="qualification", levels=("none", "primary", "advanced")),
        Competency(id="months", name=Name(en="Months"), group="experience", unit="months", counts=Counts(rank="HEAD")),
    ),
    ranks=(),
    standards=(),
    retirement=(),
    rulebook=(
        Entry(id="kin", rule="kin_apart", force="must", waived_by="province", source="s", status="confirmed"),
        Entry(id="size", rule="pool_size", force="must", source="s", status="confirmed"),
    ),
    courses=(
        CatalogueCourse(
            id="SHORT", name=Name(en="Short", vi="Ngắn"), grants="theory:primary", months=1, source="s",
            status="proposed",
        ),
    ),
)  # fmt: skip
LEAVES_A = Decision(kind="leaves", person_id="A", from_="2026-07-01", status="decided")
APPOINT_A = Decision(kind="appoint", person_id="A", position_id="H1", from_="2026-07-01", status="decided")
NEW = {"session_id": "S9", "course_id": "ADV", "start": "2026-09-01", "seats": 3}
ONE_MORE = {"session_id": "S1", "seats": 1}
PROPOSED = Decision(kind="appoint", person_id="A", position_id="H1", status="proposed")


def after(case, *edits, layers=None):
    """The case after (name, values) pairs, written in lines 10, 11, …; and what is said."""
    numbers = layers or [0] * len(edits)
    written = [
        Edit(name, values, Place("x.yaml", 10 + i), layer)
        for i, ((name, values), layer) in enumerate(zip(edits, numbers, strict=True))
    ]
    case, findings = apply_edits(case, written, CONTENT)
    return case, [(f.code.removeprefix("finding."), f.file, f.row, f.column, f.value, f.suggestion) for f in findings]


def decided(case):
    return [
        (d.kind, d.person_id, d.position_id, d.from_ and d.from_.written())
        for d in case.decisions
        if d.status == "decided"
    ]


def test_leaves_is_a_decided_row_and_replaces_another_day():
    case, found = after(replace(CASE, decisions=(LEAVES_A,)), ("leaves", {"person_id": "A", "from": "01/03/2026"}))
    assert found == []
    assert decided(case) == [("leaves", "A", None, "2026-03-01")]
    assert "decisions" in case.given


def test_stays_takes_an_earlier_leaves_away():
    case, found = after(
        replace(CASE, decisions=(LEAVES_A, LEAVES_A.model_copy(update={"person_id": "B"}))),
        ("stays", {"person_id": "A"}),
    )
    assert found == []
    assert decided(case) == [("leaves", "B", None, "2026-07-01"), ("stays", "A", None, None)]


def test_pin_appends_a_decided_row():
    case, found = after(
        replace(CASE, decisions=(PROPOSED,)),
        ("pin", {"kind": "appoint", "person_id": "A", "position_id": "H1", "from": "2026-07-01"}),
    )
    assert found == []
    assert case.decisions == (PROPOSED, APPOINT_A)


def test_forbid_is_the_contrary_and_replaces_what_was_decided():
    case, found = after(
        replace(CASE, decisions=(APPOINT_A, PROPOSED)),
        ("forbid", {"kind": "appoint", "person_id": "A", "position_id": "H1"}),
    )
    assert found == []
    assert decided(case) == [("not_appoint", "A", "H1", None)]
    assert PROPOSED in case.decisions


def test_add_seats_adds():
    case, found = after(CASE, ("add_seats", {"session_id": "S1", "seats": 20}))
    assert found == []
    assert [s.seats for s in case.sessions] == [22, None]


def levels(case):
    return [(q.person_id, q.level, q.since and q.since.written()) for q in case.qualifications]


def test_set_level_takes_the_place_of_that_level_and_of_higher_ones():
    rows = tuple(
        Qualification(person_id=who, competency="theory", level=level, since=since)
        for who, level, since in (("A", "primary", "2020"), ("A", "advanced", "2030-06"), ("B", "advanced", "2030-06"))
    )
    case, found = after(
        replace(CASE, qualifications=rows),
        ("set_level", {"person_id": "A", "competency": "theory", "level": "advanced", "from": "2026-07-01"}),
    )
    assert found == []
    assert levels(case) == [("A", "primary", "2020"), ("B", "advanced", "2030-06"), ("A", "advanced", "2026-07-01")]


def test_set_level_can_take_a_level_away_and_without_a_day_it_was_always_so():
    row = Qualification(person_id="A", competency="theory", level="advanced", since="2020")
    case, found = after(
        replace(CASE, qualifications=(row,)),
        ("set_level", {"person_id": "A", "competency": "theory", "level": "primary"}),
    )
    assert found == []
    assert levels(case) == [("A", "primary", None)]


def test_waive_adds_an_exemption_by_who_may_grant_it():
    case, found = after(CASE, ("waive", {"rule": "kin", "subject": "A+H1", "until": "2027"}))
    assert found == []
    assert [(e.rule, e.subject, e.authority, e.until.written()) for e in case.exemptions] == [
        ("kin", "A+H1", "province", "2027")
    ]


def test_waive_takes_an_authority_of_that_level_and_keeps_earlier_exemptions():
    earlier = Exemption(rule="kin", subject="B", authority="province", reason="r", decided="2025")
    committee = Authority(authority_id="PSC", name="Standing Committee", level="province")
    case, found = after(
        replace(CASE, exemptions=(earlier,), authorities=(committee,)),
        ("waive", {"rule": "kin_apart", "subject": "A", "authority": "PSC"}),
    )
    assert found == []
    assert [(e.rule, e.authority) for e in case.exemptions] == [("kin", "province"), ("kin_apart", "PSC")]


def test_new_session_is_one_more_that_nobody_has_announced():
    case, found = after(CASE, ("new_session", NEW))
    assert found == []
    added = case.session["S9"]
    assert (added.course_id, added.start.written(), added.seats, added.status) == ("ADV", "2026-09-01", 3, "assumed")
    assert len(case.sessions) == 3
    assert case.courses == CASE.courses


def test_new_session_brings_its_course_from_the_catalogue():
    case, found = after(CASE, ("new_session", NEW | {"course_id": "SHORT"}))
    assert found == []
    assert [(c.course_id, c.name, str(c.grants)) for c in case.courses] == [
        ("ADV", "Advanced", "theory:advanced"), ("SHORT", "Ngắn", "theory:primary"),
    ]  # fmt: skip


def test_cancel_session_takes_the_places_in_it_with_it_and_says_whose():
    enrolled = Enrolment(person_id="A", course_id="ADV", session_id="S1")
    elsewhere = Enrolment(person_id="B", course_id="ADV", session_id="S2")
    sent = Decision(kind="train", person_id="B", session_id="S1", status="decided")
    case, found = after(
        replace(CASE, enrolments=(enrolled, elsewhere), decisions=(sent, LEAVES_A)),
        ("cancel_session", {"session_id": "S1"}),
    )
    assert found == [("places_cancelled", "x.yaml", 10, "cancel_session.session_id", "S1", None)]
    assert [s.session_id for s in case.sessions] == ["S2"]
    assert (case.enrolments, case.decisions) == ((elsewhere,), (LEAVES_A,))


def test_without_content_what_needs_it_is_left_out_and_the_rest_is_applied():
    written = [
        Edit("set_level", {"person_id": "A", "competency": "x", "level": "y"}, Place("x.yaml", 1), 0),
        Edit("leaves", {"person_id": "A", "from": "2026-07-01"}, Place("x.yaml", 2), 0),
    ]
    case, found = apply_edits(CASE, written, None)
    assert found == []
    assert case.decisions == (LEAVES_A,)
    assert case.qualifications == ()


@pytest.mark.parametrize(
    ("name", "values", "finding"),
    [
        ("leaves", {"person_id": "A"}, ("missing_value", "leaves.from", None, None)),
        ("leaves", {"person_id": "A", "from": "soon"}, ("not_a_date", "leaves.from", "soon", None)),
        ("leaves", {"person_id": "A", "form": "2026"}, ("unknown_key", "leaves.form", "2026", "from")),
        ("leaves", {"person_id": "Person A", "from": "2026"}, ("dangling", "leaves.person_id", "Person A", "A")),
        ("stays", {"person_id": 7}, ("not_text", "stays.person_id", "7", None)),
        ("pin", {"kind": "appoint", "person_id": "A"}, ("decision_needs", "pin.position_id", None, None)),
        ("pin", {"kind": "train", "person_id": "A", "session_id": "S3"}, ("dangling", "pin.session_id", "S3", None)),
        ("pin", {"kind": "apoint", "person_id": "A"}, ("not_one_of", "pin.kind", "apoint", "appoint")),
        (
            "leaves",
            {"person_id": "A", "from": "2026", "status": "decided"},
            ("unknown_key", "leaves.status", "decided", None),
        ),
        (
            "pin",
            {"kind": "rotate", "person_id": "A", "position_id": "H1", "from": "2027", "until": "2026"},
            ("ends_before_start", "pin.until", "2026-01-01", None),
        ),
        (
            "forbid",
            {"kind": "not_appoint", "person_id": "A", "position_id": "H1"},
            ("not_one_of", "forbid.kind", "not_appoint", "appoint"),
        ),
        ("add_seats", {"session_id": "S1", "seats": 0}, ("too_small", "add_seats.seats", "0", None)),
        ("add_seats", {"session_id": "S2", "seats": 1}, ("places_unknown", "add_seats.session_id", "S2", None)),
        ("leave", {"person_id": "A"}, ("unknown_edit", "leave", None, "leaves")),
        ("freze", {}, ("unknown_edit", "freze", None, "freeze")),
        (
            "set_level",
            {"person_id": "A", "competency": "theorie", "level": "primary"},
            ("dangling", "set_level.competency", "theorie", "theory"),
        ),
        (
            "set_level",
            {"person_id": "A", "competency": "theory", "level": "advance"},
            ("not_a_level", "set_level.level", "advance", "advanced"),
        ),
        (
            "set_level",
            {"person_id": "A", "competency": "months", "level": "24"},
            ("months_are_counted", "set_level.level", "24", None),
        ),
        ("waive", {"rule": "kinn", "subject": "A"}, ("dangling", "waive.rule", "kinn", "kin")),
        ("waive", {"rule": "kin", "subject": "A+Person B"}, ("not_a_subject", "waive.subject", "Person B", "B")),
        ("waive", {"rule": "kin", "subject": " "}, ("missing_value", "waive.subject", None, None)),
        ("waive", {"rule": "size", "subject": "H1"}, ("not_waivable", "waive.rule", "size", None)),
        (
            "waive",
            {"rule": "kin", "subject": "A", "authority": "commune"},
            ("not_the_authority", "waive.authority", "commune", None),
        ),
        ("new_session", NEW | {"session_id": "S1"}, ("session_exists", "new_session.session_id", "S1", None)),
        ("new_session", NEW | {"course_id": "LONG"}, ("dangling", "new_session.course_id", "LONG", None)),
        ("new_session", NEW | {"end": "2025"}, ("ends_before_start", "new_session.end", "2025-01-01", None)),
        ("new_session", NEW | {"min_seats": 4}, ("too_large", "new_session.min_seats", "4", None)),
        ("new_session", NEW | {"seats": 0}, ("too_small", "new_session.seats", "0", None)),
        ("cancel_session", {"session_id": "S3"}, ("dangling", "cancel_session.session_id", "S3", None)),
        *((name, {}, ("edit_not_yet", name, None, None)) for name in NOT_YET),
    ],
)
def test_an_edit_that_is_refused_changes_nothing(name, values, finding):
    case, found = after(CASE, (name, values))
    code, column, value, suggestion = finding
    assert (code, "x.yaml", 10, column, value, suggestion) in found
    assert case == CASE


@pytest.mark.parametrize(
    ("first", "second", "thing"),
    [
        (("leaves", {"person_id": "A", "from": "2026"}), ("stays", {"person_id": "A"}), "leaves, A"),
        (
            ("leaves", {"person_id": "A", "from": "2026"}),
            ("pin", {"kind": "leaves", "person_id": "A", "from": "2027"}),
            "leaves, A",
        ),
        (
            ("add_seats", {"session_id": "S1", "seats": 1}),
            ("add_seats", {"session_id": "S1", "seats": 1}),
            "session, S1",
        ),
        (("new_session", NEW), ("cancel_session", {"session_id": "S9"}), "session, S9"),
        (
            ("set_level", {"person_id": "A", "competency": "theory", "level": "primary"}),
            ("set_level", {"person_id": "A", "competency": "theory", "level": "advanced"}),
            "level, A, theory",
        ),
        (
            ("waive", {"rule": "kin", "subject": "A+B"}),
            ("waive", {"rule": "kin", "subject": "B+A", "until": "2027"}),
            "waive, kin, A, B",
        ),
        (("set_rule", {"id": "kin", "force": "off"}), ("set_rule", {"id": "kin", "force": "must"}), "rule, kin"),
    ],
)
def test_two_edits_of_one_thing_are_ordered_by_extends_or_refused(first, second, thing):
    _, found = after(CASE, first, second)
    assert found == [("twin_edit", "x.yaml", 11, second[0], thing, None)]
    _, found = after(CASE, first, second, layers=[0, 1])
    assert found == []


def test_the_later_file_has_the_last_word():
    case, _ = after(CASE, ("leaves", {"person_id": "A", "from": "2026"}), ("stays", {"person_id": "A"}), layers=[0, 1])
    assert decided(case) == [("stays", "A", None, None)]


def test_what_there_is_and_what_is_to_come_are_told_apart():
    assert not set(EDITS) & set(NOT_YET)
    assert "not available yet" in tr("finding.edit_not_yet", column="freeze", choices="leaves")
