"""The worked evaluation of one department: fourteen indicators, forty people, every figure by hand in `department`."""

from collections import Counter
from fractions import Fraction

import pytest

from planner.assess import Assessment, assess
from planner.domain.content import Content
from tests.assess.department import (
    AS_OF,
    DEPUTIES,
    FULL,
    HEADS,
    PEOPLE,
    THE_TABLE,
    department,
    points_in_plain_fractions,
)


@pytest.fixture(scope="module")
def assessment(content: Content) -> Assessment:
    return assess(department(), content, AS_OF)


def test_the_fourteen_indicators_of_the_content_are_those_of_the_table(content: Content) -> None:
    for version in ("366", "335"):
        one = next(s for s in content.indicator_sets if (s.id, s.version) == ("division_level", version))
        table = {i.code: (i.points, i.formula.full, i.formula.zero) for i in one.indicators}
        assert table == THE_TABLE
        assert [i.code for i in one.indicators] == list(FULL)
        assert {p.code: p.points for p in one.parts} == {"general": 30, "results": 70}


def test_the_department_has_forty_people_with_fourteen_values_each(assessment: Assessment) -> None:
    assert len(assessment.people) == len(PEOPLE) == 40
    codes = {p: set(assessment.of(p).values["authority"]) & set(FULL) for p in PEOPLE}
    assert Counter(len(found) for found in codes.values()) == {14: 38, 13: 2}


@pytest.mark.parametrize("person", PEOPLE)
def test_points_are_those_written_by_hand(assessment: Assessment, person: str) -> None:
    written = PEOPLE[person].points
    found = assessment.of(person).computed_points
    assert found == (None if written is None else Fraction(written))


@pytest.mark.parametrize("person", [p for p, one in PEOPLE.items() if one.points is not None])
def test_the_figures_by_hand_agree_with_plain_fractions(person: str) -> None:
    assert points_in_plain_fractions(person) == Fraction(PEOPLE[person].points)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_class_is_the_one_written_by_hand(assessment: Assessment, person: str) -> None:
    one = assessment.of(person)
    assert one.computed == PEOPLE[person].rating
    assert one.rating == (PEOPLE[person].given or PEOPLE[person].rating)
    assert one.is_proposal is (PEOPLE[person].given is None and PEOPLE[person].rating is not None)


def test_a_missing_value_leaves_no_total_and_is_told_by_name(assessment: Assessment) -> None:
    sheet = assessment.of("P17").sheet
    # all but the poll: the general 30 points stand, the 70 for results do not
    assert (sheet.total, sheet.parts, sheet.missing) == (None, {"general": 30, "results": None}, ("R7",))
    told = [p.reason for p in assessment.problems if p.person == "P17"]
    assert [(r.code, r.values["indicator_codes"]) for r in told if r.code == "assess.values_missing"] == [
        ("assess.values_missing", ("R7",))
    ]


def test_self_and_collective_are_shown_and_do_not_count(assessment: Assessment) -> None:
    one = assessment.of("P03")
    assert {stage: sheet.total for stage, sheet in one.sheets.items()} == {
        "self": 100, "collective": Fraction("99.2"), "authority": Fraction("89.84"),
    }  # fmt: skip
    assert one.computed == "good"
    told = [p.reason for p in assessment.problems if p.person == "P03"]
    assert [(r.code, r.values["difference"]) for r in told if r.code == "assess.self_above"] == [
        ("assess.self_above", Fraction("10.16"))
    ]


def test_a_veto_is_not_averaged_away(assessment: Assessment) -> None:
    # P09 has every point of virtue, and a warning that ran until November; P40 a concluded degradation.
    for person, why in (("P09", ("discipline",)), ("P40", ("degradation",))):
        virtue = assessment.of(person).traits["virtue"]
        assert (virtue.share, virtue.level, virtue.vetoes) == (1, None, why)
    # 34 of 70 points for results is below half, 35 is not.
    assert assessment.of("P22").traits["talent"].vetoes == ("results",)
    assert assessment.of("P23").traits["talent"].vetoes == ()


def test_traits_are_shares_of_their_points(assessment: Assessment) -> None:
    # P02: G1 and G2 at half, G6 at nothing. Virtue G1 + G2 + G3 + G6 = 7 + 7 + 5 + 3 = 22, kept 3.5 + 3.5 + 5 + 0 = 12.
    # Mettle G1 + G5 + R4 = 7 + 4 + 6 = 17, kept 13.5. Prestige G4 + R7 + R8 = 15 whole.
    # Talent R1 to R6, R8 and G5 = 14 + 12 + 12 + 6 + 8 + 7 + 5 + 4 = 68 whole.
    found = {trait: score.share for trait, score in assessment.of("P02").traits.items()}
    assert found == {
        "virtue": Fraction(12, 22), "talent": 1, "prestige": 1, "mettle": Fraction("13.5") / 17,
    }  # fmt: skip
    # 54.5 % and 79.4 % lie between 50 and 85.
    assert [score.level for score in assessment.of("P02").traits.values()] == ["met", "strong", "strong", "met"]


def test_the_cap_of_the_heads_is_one_place_for_two(assessment: Assessment) -> None:
    # Good or better: P01 P02 P03 P04 P08 P10 = 6; a fifth is 1.2, rounded down 1.
    cap = next(c for c in assessment.caps if c.group.en.startswith("Division heads"))
    assert (cap.unit, cap.members, cap.base, cap.places, cap.used, cap.left) == ("S", len(HEADS), 6, 1, 2, -1)
    assert [(r.person, r.points, r.place) for r in cap.people] == [("P01", 100, "within"), ("P02", 90, "beyond")]


def test_the_cap_of_the_deputies_parts_three_who_are_level(assessment: Assessment) -> None:
    # Good or better: P11 to P15, the given classes of P16 and P18, P24 to P38: 5 + 2 + 15 = 22; 4.4, rounded down 4.
    # P11 and P12 take two of the places; for the other two there are three with 95 points. Nobody is dropped.
    cap = next(c for c in assessment.caps if c.group.en.startswith("Deputy"))
    assert (cap.unit, cap.members, cap.base, cap.places, cap.used, cap.left) == ("S", len(DEPUTIES), 22, 4, 5, -1)
    assert [(r.person, r.place) for r in cap.people] == [
        ("P11", "within"), ("P12", "within"), ("P13", "tied"), ("P14", "tied"), ("P15", "tied"),
    ]  # fmt: skip
    assert [r.points for r in cap.people[:2]] == [Fraction(295, 3), Fraction(290, 3)]


def test_a_given_class_prevails_and_the_difference_is_told(assessment: Assessment) -> None:
    told = {p.person: p.reason.values for p in assessment.problems if p.reason.code == "assess.class_differs"}
    assert told == {
        "P16": {"given_code": "good", "computed_code": "complete", "points": Fraction(662, 7)},
        "P39": {"given_code": "not_complete", "computed_code": "good", "points": 96},
    }
    cap = next(c for c in assessment.caps if c.group.en.startswith("Deputy"))
    assert cap.base == 22  # 21 without the given class of P16, 23 with the computed one of P39


def test_classes_by_unit_tell_given_from_computed(assessment: Assessment) -> None:
    # The first division: P01 and P11 to P13, all computed and excellent.
    # The third: P03 good, P17 without a class, P18 given, P19 not complete.
    by_unit = {u.unit: u for u in assessment.units}
    assert by_unit["D01"].people == ("P01", "P11", "P12", "P13")
    assert (by_unit["D01"].given, by_unit["D01"].proposed) == ({}, {"excellent": 4})
    assert (by_unit["D03"].given, by_unit["D03"].proposed) == ({"good": 1}, {"good": 1, "not_complete": 1})
    assert assessment.proposals == 36  # 40 less P16, P18, P39 (given) and P17 (no class)
