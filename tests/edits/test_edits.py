"""Each edit: what it does to a case, and what speaks against it."""

from dataclasses import replace

import pytest

from planner.domain.case import Case, Course, Decision, Person, Position, Session, Unit
from planner.domain.messages import tr
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
LEAVES_A = Decision(kind="leaves", person_id="A", from_="2026-07-01", status="decided")
APPOINT_A = Decision(kind="appoint", person_id="A", position_id="H1", from_="2026-07-01", status="decided")
ONE_MORE = {"session_id": "S1", "seats": 1}
PROPOSED = Decision(kind="appoint", person_id="A", position_id="H1", status="proposed")


def after(case, *edits, layers=None):
    """The case after (name, values) pairs, written in lines 10, 11, …; and what is said."""
    numbers = layers or [0] * len(edits)
    written = [
        Edit(name, values, Place("x.yaml", 10 + i), layer)
        for i, ((name, values), layer) in enumerate(zip(edits, numbers, strict=True))
    ]
    case, findings = apply_edits(case, written)
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
