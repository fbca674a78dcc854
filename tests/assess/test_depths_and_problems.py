"""How deep the evidence goes, what does not fit together, what is missing, three years and a trend."""

import datetime as dt
from fractions import Fraction

import pytest

from planner.assess import Assessment, assess, completed_years, last_ratings
from planner.assess.levels import trait_levels
from planner.domain.case import Case, Discipline, Need, Qualification, Rating, Service
from planner.domain.content import Content
from planner.domain.errors import InputError
from planner.domain.horizon import Horizon
from planner.timeline import Ground
from planner.timeline.ground import NEVER, Gap
from tests.assess.department import AS_OF, department, director, full, indicator


def rating(person: str, year: int, code: str, points: float | None = None) -> Rating:
    return Rating(person_id=person, year=year, rating=code, points=points)


def told(assessment: Assessment, person: str, code: str | None = None) -> list[tuple[str, int]]:
    found = [(p.reason.code, p.year) for p in assessment.problems if p.person == person]
    return found if code is None else [f for f in found if f[0] == code]


# ---- depth ------------------------------------------------------------------------------------------------------


def test_each_person_has_the_depth_that_the_evidence_allows(content: Content) -> None:
    case = department(
        ratings=(rating("P01", 2025, "good"), rating("P02", 2025, "good", 88), rating("P03", 2025, "excellent", 100)),
        indicators=tuple(full("P03")),
        discipline=(),
    )
    assessment = assess(case, content, AS_OF)
    assert [assessment.of(p).depth for p in ("P01", "P02", "P03", "P04")] == ["class", "points", "indicators", "none"]
    assert assessment.depths == {"class": 1, "points": 1, "indicators": 1, "none": 37}


def test_a_case_with_classes_alone_is_assessed(content: Content) -> None:
    """As a first import gives it: no indicator at all, and no line for each person about that."""
    years = {y: tuple(rating(f"P{n:02d}", y, "excellent" if n in (1, 11) else "good") for n in range(1, 41))
             for y in (2023, 2024, 2025)}  # fmt: skip
    case = department(ratings=sum(years.values(), ()), indicators=(), discipline=())
    assessment = assess(case, content, AS_OF)
    assert assessment.depths == {"class": 40}
    assert assessment.problems == ()
    assert assessment.without_indicators == {2023: 40, 2024: 40, 2025: 40}
    assert assessment.traits == ()
    # Ten heads: 2 places, one used. Thirty deputies: 6, one used.
    assert [(c.base, c.places, c.used) for c in assessment.caps] == [(30, 6, 1), (10, 2, 1)]


def test_given_points_are_held_against_the_given_class(content: Content) -> None:
    case = department(
        ratings=(rating("P01", 2025, "excellent", 89.99), rating("P02", 2025, "excellent", 90)), indicators=(),
        discipline=(),
    )  # fmt: skip
    assessment = assess(case, content, AS_OF)
    assert told(assessment, "P01") == [("assess.class_and_points", 2025)]
    assert told(assessment, "P02") == []


def test_given_points_that_are_not_the_computed_ones_are_told_with_the_difference(content: Content) -> None:
    case = department(
        ratings=(rating("P01", 2025, "excellent", 99), rating("P02", 2025, "excellent", 99.995)),
        indicators=(*full("P01"), *full("P02")), discipline=(),
    )  # fmt: skip
    assessment = assess(case, content, AS_OF)
    found = [p.reason.values["difference"] for p in assessment.problems if p.reason.code == "assess.points_differ"]
    assert found == [-1]  # 99 − 100; half a hundredth is none


# ---- contradictions ---------------------------------------------------------------------------------------------


def test_excellent_with_a_running_sanction_is_told_on_each_side_of_its_end(content: Content) -> None:
    def case(expires: str | None) -> Case:
        return department(
            ratings=(rating("P01", 2025, "excellent"),), indicators=(),
            discipline=(Discipline(person_id="P01", form="reprimand", decided="2024-03-01", expires=expires),),
        )  # fmt: skip

    code = "assess.excellent_with_sanction"
    assert told(assess(case("2025-01-02"), content, AS_OF), "P01", code) == [(code, 2025)]
    assert told(assess(case("2025-01-01"), content, AS_OF), "P01", code) == []
    assert told(assess(case(None), content, AS_OF), "P01", code) == [(code, 2025)]  # no end is known


def test_a_vetoed_trait_and_a_good_class_contradict_each_other(content: Content) -> None:
    def case(given: str) -> Case:
        return department(
            ratings=(rating("P01", 2025, given),),
            indicators=(*full("P01"), indicator("P01", "degradation", 1)), discipline=(),
        )  # fmt: skip

    code = "assess.veto_and_class"
    assert told(assess(case("good"), content, AS_OF), "P01", code) == [(code, 2025)]
    assert told(assess(case("complete"), content, AS_OF), "P01", code) == []


def test_a_year_that_is_not_over_is_told_and_not_judged(content: Content) -> None:
    case = department(ratings=(rating("P01", 2025, "good"), rating("P01", 2026, "good")), indicators=(), discipline=())
    assessment = assess(case, content, dt.date(2026, 12, 30))
    assert assessment.year == 2025
    assert told(assessment, "P01") == [("assess.year_not_over", 2026)]
    with pytest.raises(InputError) as refused:
        assess(case, content, dt.date(2026, 12, 30), year=2026)
    assert [f.code for f in refused.value.findings] == ["finding.year_not_over"]


def test_a_value_that_cannot_be_is_told(content: Content) -> None:
    case = department(indicators=tuple(full("P01", G1=12, R7=130)), ratings=(), discipline=())
    assessment = assess(case, content, AS_OF)
    found = [p.reason.values["indicator_code"] for p in assessment.problems if p.reason.code == "assess.out_of_range"]
    assert found == ["G1", "R7"]
    assert assessment.of("P01").computed_points == 100  # clamped


def test_an_own_rating_is_told_from_ten_points_above_on(content: Content) -> None:
    # G1 at 4 loses 7; with R8 at 70 another 3: ten. With R8 at 70.1 only 9.99.
    for r8, expected in ((70, 1), (70.1, 0)):
        own = [row.model_copy(update={"stage": "self"}) for row in full("P01")]
        case = department(indicators=(*full("P01", G1=4, R8=r8), *own), ratings=(), discipline=())
        assert len(told(assess(case, content, AS_OF), "P01", "assess.self_above")) == expected


# ---- missing ----------------------------------------------------------------------------------------------------


def test_what_others_have_and_one_lacks_is_missing_by_name(content: Content) -> None:
    ratings = tuple(rating(f"P{n:02d}", 2025, "good") for n in range(1, 40))
    case = department(ratings=ratings, indicators=tuple(full("P01", R4=10)), discipline=())
    assessment = assess(case, content, AS_OF)
    assert told(assessment, "P40") == [("assess.no_rating", 2025), ("assess.no_evidence", 2025)]
    assert told(assessment, "P02") == [("assess.no_evidence", 2025)]
    assert told(assessment, "P01") == []
    assert assessment.unrated_years == (2023, 2024)


def test_values_of_self_alone_are_no_evidence_of_the_authority(content: Content) -> None:
    own = [row.model_copy(update={"stage": "self"}) for row in full("P02")]
    case = department(ratings=(), indicators=(*full("P01"), *own), discipline=())
    assessment = assess(case, content, AS_OF)
    assert assessment.of("P02").depth == "none"
    assert ("assess.no_authority_values", 2025) in told(assessment, "P02")


def test_a_condition_of_which_nothing_is_recorded_is_missing_and_one_that_fails_is_told(content: Content) -> None:
    """2024 by the old rules: half of the targets exceeded, 69 % of the units good (70 wanted), no more recorded."""
    values = {**{f"Q{n}": 4 for n in range(1, 7)}, "targets_exceeded": 50, "units_good": 69}
    case = director(
        indicators=tuple(indicator("P01", code, value, 2024) for code, value in values.items()),
        ratings=(rating("P01", 2024, "excellent"),),
    )
    assessment = assess(case, content, AS_OF, 2024)
    one = assessment.of("P01")
    assert (one.set.id, one.set.version, one.computed, one.computed_points) == ("head", "124", None, None)
    reasons = {p.reason.code: p.reason.values for p in assessment.problems if p.person == "P01" and p.year == 2024}
    assert reasons["assess.condition_unknown"]["indicator_codes"] == ("units_complete",)
    assert (reasons["assess.condition_fails"]["indicator_code"], reasons["assess.condition_fails"]["value"]) == (
        "units_good", 69,
    )  # fmt: skip


def test_a_post_that_no_set_measures_has_its_class_alone(content: Content) -> None:
    staff = (Service(person_id="P01", since="2019-01-01", rank="STAFF", unit_id="D01", title="Chuyên viên"),)
    case = department(service=staff, indicators=(), ratings=(rating("P01", 2025, "good"),), discipline=())
    one = assess(case, content, AS_OF).of("P01")
    assert (one.set, one.depth) == (None, "class")


# ---- three years ------------------------------------------------------------------------------------------------


def test_traits_stand_side_by_side_over_three_years_with_a_trend(content: Content) -> None:
    # Talent over the years. 2023, 2024 by the qualitative set: Q5 at 2 and 3 of 1 … 4 = 1/3 and 2/3. 2025: whole.
    # Virtue Q1 Q2 Q3 Q6: 2023 all 4 = 1; 2024 one of them at 1 = 3/4; 2025 with G1 at 4: 1 − 7/22 = 15/22.
    old = {2023: {"Q1": 4, "Q2": 4, "Q3": 4, "Q4": 4, "Q5": 2, "Q6": 4},
           2024: {"Q1": 4, "Q2": 1, "Q3": 4, "Q4": 4, "Q5": 3, "Q6": 4}}  # fmt: skip
    rows = [indicator("P01", code, v, year) for year, values in old.items() for code, v in values.items()]
    case = department(indicators=(*rows, *full("P01", G1=4, R7=88)), ratings=(), discipline=())
    found = {t.trait: t for t in assess(case, content, AS_OF).traits_of("P01")}
    shares = {trait: [s.share for s in row.by_year.values()] for trait, row in found.items()}
    assert shares["talent"] == [Fraction(1, 3), Fraction(2, 3), 1]
    assert shares["virtue"] == [1, Fraction(3, 4), Fraction(15, 22)]
    # Prestige: Q4 whole twice; R7 at 88 loses 0.3 of 15: 14.7/15 = 0.98, within 5 per cent.
    assert shares["prestige"] == [1, 1, Fraction("0.98")]
    assert {t: row.trend for t, row in found.items()} == {
        "virtue": "down", "talent": "up", "prestige": "steady", "mettle": "down",
    }  # fmt: skip


def test_one_year_alone_has_no_trend(content: Content) -> None:
    case = department(indicators=tuple(full("P01")), ratings=(), discipline=())
    assert {t.trend for t in assess(case, content, AS_OF).traits_of("P01")} == {None}


def test_the_last_three_classes_are_those_of_completed_years(content: Content) -> None:
    given = {2022: "good", 2023: "complete", 2025: "excellent", 2026: "good"}
    ratings = tuple(rating("P01", year, code) for year, code in given.items())
    case = department(ratings=ratings)
    assert completed_years(dt.date(2026, 12, 30)) == (2023, 2024, 2025)
    assert completed_years(dt.date(2026, 12, 31)) == (2024, 2025, 2026)
    assert completed_years(dt.date(2027, 1, 1)) == (2024, 2025, 2026)
    found = last_ratings(case, "P01", AS_OF)
    assert {y: r and r.rating for y, r in found.items()} == {2023: "complete", 2024: None, 2025: "excellent"}


# ---- what the model reads ---------------------------------------------------------------------------------------


def test_a_trait_cell_reads_the_authority_s_values_of_a_year_with_a_given_class(content: Content) -> None:
    # P01 has a given class: virtue whole, strong. P02 has none: its traits are a proposal. P03 is vetoed: not met.
    case = department(
        indicators=(*full("P01"), *full("P02"), *full("P03"), indicator("P03", "degradation", 1)),
        ratings=(rating("P01", 2025, "excellent"), rating("P03", 2025, "complete")), discipline=(),
    )  # fmt: skip
    rows = {(r.person_id, r.competency): r.level for r in trait_levels(case, content, AS_OF)}
    virtue = {person: level for (person, trait), level in rows.items() if trait == "virtue"}
    assert virtue == {"P01": "strong", "P03": "not_met"}
    ground = Ground(case, content, Horizon(AS_OF, dt.date(2027, 12, 31)))
    met = Gap("virtue", content.level(Need("virtue", "met")))
    assert [ground.closed_on(p, met) for p in ("P01", "P02", "P03")] == [dt.date(2026, 1, 1), NEVER, NEVER]


def test_a_recorded_level_goes_before_the_computed_one(content: Content) -> None:
    case = department(
        indicators=tuple(full("P01")), ratings=(rating("P01", 2025, "excellent"),), discipline=(),
        qualifications=(Qualification(person_id="P01", competency="virtue", level="not_met"),),
    )  # fmt: skip
    computed = {r.competency: r.level for r in trait_levels(case, content, AS_OF)}
    assert computed == {"talent": "strong", "prestige": "strong", "mettle": "strong"}
    ground = Ground(case, content, Horizon(AS_OF, dt.date(2027, 12, 31)))
    assert ground.closed_on("P01", Gap("virtue", content.level(Need("virtue", "met")))) == NEVER


def test_of_people_from_outside_no_class_is_missed(content: Content) -> None:
    people = department().people
    outside = tuple(p.model_copy(update={"outside": p.person_id == "P02"}) for p in people)
    case = department(people=outside, ratings=(rating("P01", 2025, "good"),), indicators=(), discipline=())
    assessment = assess(case, content, AS_OF)
    assert told(assessment, "P02") == []
    assert told(assessment, "P03") == [("assess.no_rating", 2025)]


def test_a_whole_unit_result_and_a_failed_member_contradict_each_other(content: Content) -> None:
    """P01 leads D01, where P11 to P13 are deputies; P14 is of D02. R5 at 100 says that nobody of the unit failed."""
    code = "assess.unit_result"

    def case(who: str, given: str, r5: float) -> Case:
        return department(
            indicators=tuple(full("P01", R5=r5)), ratings=(rating(who, 2025, given), rating("P01", 2025, "good")),
            discipline=(),
        )  # fmt: skip

    for who, given, r5, expected in (
        ("P12", "not_complete", 100, [(code, 2025)]),
        ("P12", "complete", 100, []),
        ("P12", "not_complete", 96, []),
        ("P14", "not_complete", 100, []),
    ):
        assert told(assess(case(who, given, r5), content, AS_OF), "P01", code) == expected
