"""Gates hold where there are no points, nobody fails a year for want of evidence, and no recorded value is lost."""

import datetime as dt

import pytest

from planner.assess import Assessment, assess
from planner.domain.case import Discipline, Rating, Service
from planner.domain.content import Content
from tests.assess.department import AS_OF, FULL, bare, director, full, indicator
from tests.rules.switched_off_evaluation import IN_2027, REPRIMAND


def told(assessment: Assessment, year: int) -> dict[str, dict]:
    return {p.reason.code: dict(p.reason.values) for p in assessment.problems if (p.person, p.year) == ("P01", year)}


def given(year: int, code: str) -> tuple[Rating, ...]:
    return (Rating(person_id="P01", year=year, rating=code),)


def test_a_sanction_contradicts_a_class_of_which_nothing_else_is_recorded(content: Content) -> None:
    """Decree 335: disciplined in the year = not complete. The reprimand is of June 2026; there are no indicators."""
    for code, expected in (
        ("good", {"assess.veto_and_class", "assess.trigger_and_class"}),
        ("complete", {"assess.trigger_and_class"}),  # virtue leaves complete; the year is failed all the same
        ("not_complete", set()),
    ):
        found = assess(bare(ratings=given(2026, code), discipline=REPRIMAND), content, IN_2027)
        assert found.of("P01").depth == "class"
        assert told(found, 2026).keys() == expected


def test_a_sanction_alone_fails_the_year_and_makes_no_points(content: Content) -> None:
    one = assess(bare(discipline=REPRIMAND), content, IN_2027).of("P01")
    assert (one.depth, one.computed, one.computed_points, one.traits) == ("none", "not_complete", None, {})
    # 2025 knew no such trigger, and without points nothing is proposed.
    early = tuple(row.model_copy(update={"decided": dt.date(2025, 6, 1)}) for row in REPRIMAND)
    assert assess(bare(discipline=early), content, AS_OF).of("P01").computed is None


def test_a_flag_alone_contradicts_a_given_class(content: Content) -> None:
    flag = (indicator("P01", "degradation", 1, 2025),)
    found = assess(bare(ratings=given(2025, "good"), indicators=flag), content, AS_OF)
    assert told(found, 2025)["assess.veto_and_class"]["why_codes"] == ("degradation",)
    fine = assess(bare(ratings=given(2025, "complete"), indicators=flag), content, AS_OF)
    assert told(fine, 2025) == {}


# 27 + 5.78 / 6 · 70 = 94.4 points: enough for each class, as `test_when_nobody_fails_the_unit_counts_whole` has it.
LEADER = {"C1": 9, "C2": 8, "C3": 10, "KA": 96, "products": 50, "faults": 6, "delays": 10, "KD": 100, "KDD": 100,
          "KE": 90}  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "computed", "undecided"),
    [
        # nothing recorded: what the unit did decides, and is not known
        ({}, None, ["excellent", "good", "complete"]),
        # 100 % done, on time, of quality: good for certain; whether 30 % are above requirement is not known
        ({"unit_done": 100, "unit_late": 0, "unit_quality": 1}, "good", ["excellent"]),
        # not everything done: each class but the last asks for it, whatever the rest
        ({"unit_done": 99}, "not_complete", []),
        # late tasks above a fifth fail complete and good; excellent stands open
        ({"unit_done": 100, "unit_late": 21}, None, ["excellent"]),
        # everything is known, and no class but the last is reached
        ({"unit_done": 100, "unit_above": 29, "unit_late": 21, "unit_quality": 1}, "not_complete", []),
    ],
)
def test_nobody_fails_a_year_because_nothing_was_recorded(
    content: Content, unit: dict[str, float], computed: str | None, undecided: list[str]
) -> None:
    rows = tuple(indicator("P01", code, value, 2026) for code, value in {**LEADER, **unit}.items())
    found = assess(director(indicators=rows), content, IN_2027)
    one = found.of("P01")
    assert (one.proposal.by_points, one.computed) == ("excellent", computed)
    reasons = [p.reason for p in found.problems if (p.person, p.year) == ("P01", 2026)]
    asked = [r.values["given_code"] for r in reasons if r.code == "assess.condition_unknown"]
    assert asked == undecided == list(one.proposal.undecided)


def test_values_of_someone_whom_no_set_measures_are_told(content: Content) -> None:
    staff = (Service(person_id="P01", since="2019-01-01", rank="STAFF", unit_id="D01", title="Chuyên viên"),)
    found = assess(bare(service=staff, indicators=tuple(full("P01"))), content, AS_OF)
    assert set(told(found, 2025)["assess.not_measured"]["indicator_codes"]) == set(FULL)


def test_an_old_sanction_without_a_set_says_nothing(content: Content) -> None:
    """2022, before the first version: no gate is known, so none is held against the class but that of excellent."""
    row = (Discipline(person_id="P01", form="warning", decided="2022-03-01", expires="2023-03-01"),)
    found = assess(bare(ratings=given(2022, "good"), discipline=row), content, AS_OF, 2022)
    assert told(found, 2022) == {}
