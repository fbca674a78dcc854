"""Suitability by hand: what each component counts, in both content sets, the gates, and the distance to the best.

Every number is computed from `models/*/suitability.yaml` as it stands, in the comment beside it: points are in tenths,
so of weight 36 the whole is 360. Posts, as of 2026-01-01:

    H  in unit U, field law, of the rank that is asked for; its standard is that of the content set
    E  of the same rank in unit V, field finance
    D  of a rank that leads to H, in U, field law
    F  the same in V, field law
    S  of a rank that leads to D but not to H, in T, a unit below U
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.content import Content
from planner.domain.horizon import Horizon
from planner.domain.suitability import Component, SuitabilitySpec
from planner.files.content import find_content, read_content
from planner.timeline import Ground
from tests.assess.department import AS_OF, department
from tests.twins.universe import Row, case_of, person, post, round_

PROVINCE, GENERAL = "vietnam-province", "general"


class Set(NamedTuple):
    """How a content set calls what the tests need."""

    rulebook: str
    rank: str
    leading: str
    low: str
    standard: str
    near: str


SETS = {
    # The standard asks for a university degree, intermediate theory and 24 months as deputy: three demands.
    PROVINCE: Set("vn-2025", "DIV_HEAD", "DIV_DEP", "STAFF", "division_head", "office"),
    # It asks for a bachelor's degree and advanced management: two demands.
    GENERAL: Set("general", "HEAD", "LEAD", "STAFF", "branch_manager", "administration"),
}
both_sets = pytest.mark.parametrize("name", SETS)


@cache
def content_of(name: str) -> Content:
    return read_content(find_content(name, Path()), SETS[name].rulebook).content


def ground_of(name: str, *people: dict[str, list[Row]], spec: SuitabilitySpec | None = None, **tables: Any) -> Ground:
    """The posts above, these people, and Z, a reserve whose class of 2025 makes that the last year."""
    words = SETS[name]
    content = content_of(name) if spec is None else replace(content_of(name), suitability=spec)
    positions = [
        post("H", words.rank, standard=words.standard, field="law"),
        post("E", words.rank, unit="V", standard=words.standard, field="finance"),
        post("D", words.leading, standard=words.standard, field="law"),
        post("F", words.leading, unit="V", standard=words.standard, field="law"),
        post("S", words.low, unit="T", standard=words.standard),
    ]
    units = [{"unit_id": "U", "name": "U"}, {"unit_id": "T", "name": "T", "parent_id": "U"}]
    tables["ratings"] = [*tables.get("ratings", ()), {"person_id": "Z", "year": 2025, "rating": "good"}]
    case = case_of([*people, person("Z")], positions=positions, units=units, **tables)
    return Ground(case, content, Horizon(AS_OF, AS_OF.replace(month=12, day=31)))


def part(ground: Ground, component: str, person_id: str = "A", position: str = "H") -> tuple[int, bool]:
    """The tenths of a part, and whether there is evidence."""
    found = {p.component.id: p for p in ground.suitability.parts(person_id, position)}[component]
    return found.tenths, found.known


def rated(person_id: str, *classes: str | tuple[str, float] | None, first: int = 2025) -> list[Row]:
    """Classes of a year and those before it, latest first; with points where a pair."""
    rows = []
    for n, given_ in enumerate(classes):
        rating, points = given_ if isinstance(given_, tuple) else (given_, None)
        if rating is not None:
            rows.append({"person_id": person_id, "year": first - n, "rating": rating, "points": points})
    return rows


def _ago(months: int) -> str:
    """The first of the month so many months before 2026-01-01."""
    year, month = divmod(AS_OF.year * 12 - months, 12)
    return AS_OF.replace(year=year, month=month + 1).isoformat()


# ---- results -----------------------------------------------------------------------------------------------------

RESULTS: dict[str, tuple[tuple[Any, ...], int, int, bool]] = {
    # What was given (latest first), tenths of 36 points in the province, of 26 in general. Years count 3, 2, 1 of 6.
    "the best": (("excellent", "excellent", "excellent"), 360, 260, True),
    # (3·70 + 2·100 + 1·35) / 6 = 445/6 = 74.1 %: 36 · 0.741 = 26.68, 26 · 0.741 = 19.27
    "good, excellent, complete": (("good", "excellent", "complete"), 267, 193, True),
    # The same classes, the worst of them the latest: (3·35 + 2·100 + 1·70) / 6 = 62.5 %: 22.5; 16.25, half up
    "complete, excellent, good": (("complete", "excellent", "good"), 225, 163, True),
    # A year without a class counts 50: (3·50 + 2·50 + 1·100) / 6 = 350/6 = 58.3 %: 36 · 0.583 = 20.99, 15.16
    "only the oldest": ((None, None, "excellent"), 210, 152, True),
    # (3·100 + 2·50 + 1·50) / 6 = 75 %
    "only the latest": (("excellent",), 270, 195, True),
    # A fifth of the year are its points: 0.8 · 70 + 0.2 · 80 = 72; (3·72 + 2·50 + 50) / 6 = 61 %: 21.96, 15.86
    "good with 80 points": ((("good", 80),), 220, 159, True),
    # 0.8 · 70 + 0.2 · 70 = 70: (210 + 150) / 6 = 60 %
    "good with 70 points": ((("good", 70),), 216, 156, True),
    # (3·0 + 2·100 + 100) / 6 = 50 %: known, and as much as nothing known
    "not complete, and the best before": (("not_complete", "excellent", "excellent"), 180, 130, True),
    "the worst": (("not_complete", "not_complete", "not_complete"), 0, 0, True),
    "nothing": ((), 180, 130, False),
    # 2022 is the fourth year back and counts no more.
    "too long ago": ((None, None, None, "excellent"), 180, 130, False),
}


@pytest.mark.parametrize("which", RESULTS)
def test_results_are_the_mean_of_three_years_the_latest_counting_most(which: str) -> None:
    classes, province, general, known = RESULTS[which]
    for name, tenths in ((PROVINCE, province), (GENERAL, general)):
        ground = ground_of(name, person("A"), ratings=rated("A", *classes))
        assert part(ground, "results") == (tenths, known), name


def test_the_last_year_is_the_last_of_which_anybody_has_a_class() -> None:
    # As of January the classes of the year that has just ended are not given yet, of nobody: 2024 is the last year.
    # A: (3·100 + 2·70 + 1·50) / 6 = 490/6 = 81.6 %: 36 · 0.816 = 29.38. Were 2025 the last, it would be
    # (3·50 + 2·100 + 1·70) / 6 = 70 %: 25.2.
    rows = rated("A", "excellent", "good", first=2024)
    case = case_of([person("A")], positions=[post("H", "DIV_HEAD", standard="division_head")], ratings=rows)
    ground = Ground(case, content_of(PROVINCE), Horizon(AS_OF, AS_OF.replace(month=12, day=31)))
    assert ground.suitability.last_year == 2024
    assert part(ground, "results") == (294, True)
    # As soon as one has the class of 2025, that is the last, and A's is missing.
    assert part(ground_of(PROVINCE, person("A"), ratings=rows), "results") == (252, True)


# ---- levels ------------------------------------------------------------------------------------------------------

LEVELS = [
    # Province: 4 points each. Nothing known, or recorded as not assessed: half.
    *((PROVINCE, trait, level, tenths, known)
      for trait in ("talent", "prestige", "mettle")
      for level, tenths, known in (("strong", 40, True), ("met", 24, True), ("not_met", 0, True),
                                   ("not_assessed", 20, False), (None, 20, False))),
    # General: 8 points each.
    *((GENERAL, "performance", level, tenths, known)
      for level, tenths, known in (("exceeds", 80, True), ("meets", 48, True), ("below", 0, True), (None, 40, False))),
    *((GENERAL, "potential", level, tenths, known)
      for level, tenths, known in (("high", 80, True), ("moderate", 48, True), ("limited", 16, True),
                                   ("not_assessed", 40, False), (None, 40, False))),
    *((GENERAL, "readiness", level, tenths, known)
      for level, tenths, known in (("now", 80, True), ("one_to_two_years", 48, True),
                                   ("three_to_five_years", 16, True), (None, 40, False))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "competency", "level", "tenths", "known"), LEVELS)
def test_a_level_counts_as_the_file_says(
    name: str, competency: str, level: str | None, tenths: int, known: bool
) -> None:
    ground = ground_of(name, person("A", levels={} if level is None else {competency: level}))
    assert part(ground, competency) == (tenths, known)


def test_the_level_that_was_recorded_last_counts_and_no_later_one() -> None:
    rows = [
        {"person_id": "A", "competency": "potential", "level": level, "since": since}
        for level, since in (("high", "2023-06-30"), ("limited", "2025-06-30"), ("moderate", "2026-06-30"))
    ]
    # Limited since 2025: 20 % of 8. What is recorded for a day to come says nothing yet.
    assert part(ground_of(GENERAL, person("A"), qualifications=rows), "potential") == (16, True)


def test_traits_come_from_the_evaluation_of_the_last_year() -> None:
    # In tests/assess/department.py everybody has full values but where it says so; traits by 366-QĐ/TW, rules.md §3.3.
    # P01, all full: strong three times. P22 has 34 of 70 points of results: talent is vetoed, which is not met; of the
    # 17 points of mettle (G1 7, G5 4, R4 6) three are lost, 14/17 = 82 %, and strong begins at 85: met. Of the 15 of
    # prestige (G4 4, R7 6, R8 5) six: 60 %, met.
    # P09 has full values and a warning that ran until November: virtue is vetoed, and is averaged with nothing.
    content = read_content(find_content(PROVINCE, Path()), "vn-2025").content
    classes = {"P01": "excellent", "P22": "complete", "P09": "complete"}
    rows = tuple(row for i, rating in classes.items() for row in rated(i, rating))
    base = department()
    ratings = tuple(type(base.ratings[0]).model_validate(row) for row in rows)
    suitability = Ground(
        department(ratings=ratings), content, Horizon(AS_OF, AS_OF.replace(month=12, day=31))
    ).suitability
    found = {i: {p.component.id: p.tenths for p in suitability.parts(i, "DIV_HEAD-D05")} for i in (*classes, "P11")}
    assert [found[i]["talent"] for i in classes] == [40, 0, 40]
    assert [found[i]["mettle"] for i in classes] == [40, 24, 40]
    assert [found[i]["prestige"] for i in classes] == [40, 24, 40]
    # P11's class was not given, so the levels are a proposal that nobody has decided: neutral.
    assert found["P11"]["talent"] == 20
    gate = suitability.gate_of("P09")
    assert gate is not None
    assert gate.competency == "virtue"
    assert [suitability.gate_of(i) for i in ("P01", "P22", "P11")] == [None, None, None]


# ---- field, unit, line -------------------------------------------------------------------------------------------


@both_sets
def test_a_field_is_the_same_near_another_or_not_known(name: str) -> None:
    # 7 points in both sets: all, 60 %, a tenth, half. A post of no field asks for none.
    people = [person("A", field="law"), person("B", field=SETS[name].near), person("C", field="finance"), person("N")]
    ground = ground_of(name, *people)
    family_of = content_of(name).family_of
    other = 42 if family_of["finance"] == family_of["law"] else 7
    assert [part(ground, "field", i) for i in "ABCN"] == [(70, True), (42, True), (other, True), (35, False)]
    assert part(ground, "field", "A", "S") == (35, False)
    # Of several fields the best one counts, and a post of the last five years gives one: D is of law. Who left it on
    # 2020-12-31, a day before that, has only the own field left.
    late = {"since": "2018-01-01", "position_id": "D", "until": "2021-01-01"}
    early = late | {"until": "2020-12-31"}
    people = [person("A", field=SETS[name].near, service=[late]), person("B", field=SETS[name].near, service=[early])]
    assert [part(ground_of(name, *people), "field", i) for i in "AB"] == [(70, True), (42, True)]


def test_another_family_counts_a_tenth_of_the_field() -> None:
    assert part(ground_of(PROVINCE, person("A", field="finance")), "field") == (7, True)
    assert part(ground_of(GENERAL, person("A", field="sales")), "field") == (7, True)


UNIT = {
    # Service before 2026-01-01, and months in unit U; 120 are full, 9 points in both sets.
    "five years": ([{"since": "2021-01-01", "position_id": "D"}], 60),
    "in a unit below": ([{"since": "2021-01-01", "position_id": "S"}], 60),
    # 2019-01-01 to 2019-12-31 are 12 months; the rest is elsewhere.
    "once": ([{"since": "2019-01-01", "until": "2019-12-31", "unit_id": "U"}, {"since": "2020-01-01", "unit_id": "V"}],
             12),
    # Two rows of one time count once, and 30 days of December no month: 2023-01-01 to 2023-12-30.
    "twice at a time": ([{"since": "2023-01-01", "until": "2023-12-30", "unit_id": "U"},
                         {"since": "2023-03-01", "until": "2023-06-30", "position_id": "D"}], 11),
    "ten years": ([{"since": "2016-01-01", "unit_id": "U"}], 120),
    "thirty years": ([{"since": "1996-01-01", "unit_id": "U"}], 120),
    "elsewhere": ([{"since": "2016-01-01", "position_id": "F"}], 0),
    # Acting is not holding; who is in U to come is not there yet.
    "acting and to come": ([{"since": "2016-01-01", "position_id": "F"},
                            {"since": "2020-01-01", "position_id": "H", "kind": "acting"},
                            {"since": "2026-02-01", "position_id": "D"}], 0),
}  # fmt: skip


@both_sets
@pytest.mark.parametrize("which", UNIT)
def test_time_in_the_unit_grows_for_ten_years(which: str, name: str) -> None:
    service, months = UNIT[which]
    # 60 months are half of 9 points, 12 a tenth (0.9), 11 (11/120 = 91 ‰) 0.819.
    tenths = {0: 0, 11: 8, 12: 9, 60: 45, 120: 90}[months]
    assert part(ground_of(name, person("A", service=service)), "unit") == (tenths, True)


@both_sets
def test_time_that_is_not_known_is_neutral_and_never_none(name: str) -> None:
    # A has no service that says where and since when: half. So has B, who sits in U since nobody knows when, though
    # the years before, elsewhere, are known: that B sits there is not nothing. C's known years there, 11, are more than
    # enough.
    service = {
        "A": [{"since": "2016-01-01"}],
        "B": [{"since": "2010-01-01", "until": "2015-12-31", "position_id": "F"}, {"position_id": "D"}],
        "C": [{"since": "2010-01-01", "until": "2020-12-31", "position_id": "D"}, {"unit_id": "U"}],
    }
    ground = ground_of(name, *(person(i, service=rows) for i, rows in service.items()))
    assert [part(ground, "unit", i) for i in service] == [(45, False), (45, False), (90, True)]
    # B in the line: 72 months in V at F, of field law and a rank that leads to H, are 60 %, more than half: they count.
    # 6 points in the province, 8 in general.
    line = {PROVINCE: 36, GENERAL: 48}[name]
    assert part(ground, "line", "B") == (line, True)


LINE = {
    # Months at ranks that lead to H, in U or in the field of law.
    "in the unit": ([{"since": "2021-01-01", "position_id": "D"}], 60),
    "in the field, elsewhere": ([{"since": "2021-01-01", "position_id": "F"}], 60),
    # E is of H's own rank, in V, and of another field.
    "another field, elsewhere": ([{"since": "2021-01-01", "position_id": "E"}], 0),
    "at the rank itself, in the unit": ([{"since": "2021-01-01", "unit_id": "U", "rank": "@rank"}], 60),
    # From the lowest rank one does not come to H.
    "at a rank that does not lead there": ([{"since": "2021-01-01", "position_id": "S"}], 0),
    # 24 months in the unit and 36 in the field.
    "both": ([{"since": "2021-01-01", "until": "2022-12-31", "unit_id": "U", "rank": "@leading"},
              {"since": "2023-01-01", "position_id": "F"}], 60),
}  # fmt: skip


@both_sets
@pytest.mark.parametrize("which", LINE)
def test_time_in_the_line_is_at_ranks_that_lead_to_the_post(which: str, name: str) -> None:
    service, months = LINE[which]
    words = {"@rank": SETS[name].rank, "@leading": SETS[name].leading}
    service = [row | ({"rank": words[row["rank"]]} if "rank" in row else {}) for row in service]
    # Of 6 points in the province and 8 in general, full after 120 months.
    tenths = {PROVINCE: 60, GENERAL: 80}[name] * months // 120
    assert part(ground_of(name, person("A", service=service)), "line") == (tenths, True)


# ---- lists, nomination, standard ---------------------------------------------------------------------------------

LISTS = {
    # (post of the list, since) or none; per cent: 40 on the first day, 60 more in twelve months; 20 in another's list.
    "a year": (("H", "2025-01-01"), 100),
    "three years": (("H", "2023-01-01"), 100),
    # 2026-01-01 is one day short of twelve months: 11 of 12, 40 + 55.
    "a day less than a year": (("H", "2025-01-02"), 95),
    "half a year": (("H", "2025-07-01"), 70),
    "today": (("H", "2026-01-01"), 40),
    "in force for how long nobody knows": (("H", None), 100),
    "of an equal post": (("E", "2020-01-01"), 20),
    "of a lower post": (("D", "2020-01-01"), 0),
    "of none": ((None, None), 0),
    # A name that is in force from tomorrow on is in no list.
    "tomorrow": (("H", "2026-01-02"), 0),
}


@both_sets
@pytest.mark.parametrize("which", LISTS)
def test_time_in_the_own_list_grows_for_a_year(which: str, name: str) -> None:
    (position, since), percent = LISTS[which]
    pools = [{"position_id": "E", "person_id": "Z", "since": "2020-01-01"}]
    if position is not None:
        pools.append({"position_id": position, "person_id": "A", "since": since})
    tenths = {PROVINCE: 140, GENERAL: 120}[name] * percent // 100
    assert part(ground_of(name, person("A"), pools=pools), "list") == (tenths, True)


@both_sets
def test_where_no_lists_are_kept_the_list_says_nothing(name: str) -> None:
    assert part(ground_of(name, person("A")), "list") == ({PROVINCE: 70, GENERAL: 60}[name], False)
    # With a round alone there are lists, and A is in none.
    assert part(ground_of(name, person("A"), rounds=[round_()]), "list") == (0, True)


@both_sets
@pytest.mark.parametrize(("promised", "percent"), [("E", 100), ("D", 0), (None, 20)])
def test_the_promise_of_a_post_of_the_own_rank_counts_as_its_list(
    promised: str | None, percent: int, name: str
) -> None:
    # A leads H on rotation. For E, of equal rank, A has no list but that of H; the deputy's post D is no equal one.
    away = {"position_id": "H", "kind": "rotation", "since": "2025-01-01", "planned_until": "2026-12-31"}
    row = away | ({"return_to": promised} if promised else {})
    pools = [{"position_id": "E", "person_id": "Z", "since": "2020-01-01"}]
    if promised is None:
        pools.append({"position_id": "H", "person_id": "A", "since": "2020-01-01"})
    ground = ground_of(name, person("A", service=[row]), pools=pools)
    tenths = {PROVINCE: 140, GENERAL: 120}[name] * percent // 100
    assert part(ground, "list", position=promised or "E") == (tenths, True)


NOMINATIONS: dict[str, tuple[list[tuple[str, int | None, int | None]], int]] = {
    # Who was nominated for H, votes for, votes of; per cent of A.
    "by all votes": ([("A", 20, 20)], 100),
    # 60 + 40 · 15/20
    "by three quarters": ([("A", 15, 20)], 90),
    # 60 + 40 · 12/20
    "by little more than half": ([("A", 12, 20)], 84),
    # half of the votes are not more than half: as who was not nominated
    "by half of the votes": ([("A", 10, 20)], 25),
    "by none of the votes": ([("A", 0, 20)], 25),
    # half way between none and all
    "without a ballot": ([("A", None, None)], 80),
    "another": ([("Z", 20, 20)], 25),
    "twice, the better counts": ([("A", 12, 20), ("A", 15, 20), ("A", 11, 20)], 90),
    "won in one step and lost in another": ([("A", 15, 20), ("A", 5, 20)], 25),
}


@both_sets
@pytest.mark.parametrize("which", NOMINATIONS)
def test_a_nomination_counts_with_its_votes(which: str, name: str) -> None:
    given_, percent = NOMINATIONS[which]
    rows = [
        {"position_id": "H", "person_id": i, "round_id": "R", "votes_for": votes, "votes_of": of}
        for i, votes, of in given_
    ]
    tenths = {PROVINCE: 80, GENERAL: 60}[name] * percent // 100
    ground = ground_of(name, person("A"), rounds=[round_()], nominations=rows)
    assert part(ground, "nomination") == (tenths, True)
    # For E nobody was nominated: that says nothing against anybody.
    assert part(ground, "nomination", "A", "E") == ({PROVINCE: 40, GENERAL: 30}[name], False)


def test_the_standard_counts_by_the_demands_that_are_met_today() -> None:
    # Of three demands (degree, theory, 24 months as deputy) A meets two: 666 ‰ of 8 points; B, deputy since 24 months,
    # and C, a day less, differ by one: 8/3 = 2.666.
    degree = {"degree": "university"}
    people = [
        person("A", levels=degree | {"theory": "advanced"}),
        person("B", levels=degree, service=[{"since": "2024-01-01", "position_id": "D"}]),
        person("C", levels=degree, service=[{"since": "2024-01-02", "position_id": "D"}]),
        person("D", levels=degree | {"theory": "intermediate"}, service=[{"since": "2020-01-01", "position_id": "F"}]),
        person("N"),
    ]
    ground = ground_of(PROVINCE, *people)
    found = [part(ground, "standard", i) for i in "ABCDN"]
    assert found == [(53, True), (53, True), (27, True), (80, True), (0, True)]
    # General: of two demands one is 4 points.
    people = [person("A", levels={"degree": "master"}), person("B", levels={"management": "basic"})]
    assert [part(ground_of(GENERAL, *people), "standard", i) for i in "AB"] == [(40, True), (0, True)]


# ---- the whole ---------------------------------------------------------------------------------------------------


def _whole(name: str) -> Ground:
    """A holds D since 2021, is in the list of H for half a year and was nominated by 15 of 20 votes."""
    words = {
        PROVINCE: {"degree": "university", "talent": "strong", "prestige": "met"},
        GENERAL: {"degree": "bachelor", "performance": "exceeds", "potential": "moderate"},
    }
    return ground_of(
        name,
        person("A", levels=words[name], service=[{"since": "2021-01-01", "position_id": "D"}]),
        ratings=rated("A", "good", "excellent", "complete"),
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": "A", "since": "2025-07-01"}],
        nominations=[{"position_id": "H", "person_id": "A", "round_id": "R", "votes_for": 15, "votes_of": 20}],
    )


WHOLE = {
    PROVINCE: {
        "results": 267,  # 74.1 % of 36
        "talent": 40,  # strong
        "prestige": 24,  # met
        "mettle": 20,  # not known
        "field": 70,  # law, by the post
        "unit": 45,  # 60 months of 120
        "line": 30,
        "list": 98,  # 70 % of 14
        "nomination": 72,  # 90 % of 8
        "standard": 53,  # degree and months, no theory: 2 of 3
    },
    GENERAL: {
        "results": 193,  # 74.1 % of 26
        "performance": 80,  # exceeds
        "potential": 48,  # moderate
        "readiness": 40,  # not known
        "field": 70,
        "unit": 45,
        "line": 40,
        "list": 84,  # 70 % of 12
        "nomination": 54,  # 90 % of 6
        "standard": 40,  # degree, no advanced management: 1 of 2
    },
}


@both_sets
def test_the_number_is_the_sum_of_its_parts_in_the_order_of_the_file(name: str) -> None:
    suitability = _whole(name).suitability
    parts = suitability.parts("A", "H")
    assert {p.component.id: p.tenths for p in parts} == WHOLE[name]
    # 71.9 and 69.4 of 100 points
    assert suitability.of("A", "H") == {PROVINCE: 719, GENERAL: 694}[name] == sum(WHOLE[name].values())
    assert [p.component.id for p in parts if not p.known] == [{PROVINCE: "mettle", GENERAL: "readiness"}[name]]
    assert sum(p.component.weight for p in parts) == 100


def _best(name: str) -> dict[str, Any]:
    levels = {
        PROVINCE: {"degree": "doctor", "theory": "advanced", "talent": "strong", "prestige": "strong",
                   "mettle": "strong"},
        GENERAL: {"degree": "master", "management": "advanced", "performance": "exceeds", "potential": "high",
                  "readiness": "now"},
    }  # fmt: skip
    return {
        "people": person("A", levels=levels[name], service=[{"since": "2010-01-01", "position_id": "D"}]),
        "ratings": rated("A", *[("excellent", 100)] * 3),
        "pools": [{"position_id": "H", "person_id": "A", "since": "2020-01-01"}],
        "nominations": [{"position_id": "H", "person_id": "A", "round_id": "R", "votes_for": 9, "votes_of": 9}],
    }


@both_sets
def test_the_best_has_100_points_and_the_worst_0(name: str) -> None:
    rows = _best(name)
    ground = ground_of(name, rows.pop("people"), rounds=[round_()], **rows)
    assert ground.suitability.of("A", "H") == 1000
    # Everything that can be known of A is known, and bad: a tenth of 7 for the field, a quarter for who was not
    # nominated (8 and 6 points), and in general a fifth of 8 for potential and for readiness each: 0.7 + 2 and
    # 0.7 + 1.5 + 3.2.
    levels = {
        PROVINCE: {"talent": "not_met", "prestige": "not_met", "mettle": "not_met"},
        GENERAL: {"performance": "below", "potential": "limited", "readiness": "three_to_five_years"},
    }
    worst = ground_of(
        name,
        person("A", levels=levels[name], field={PROVINCE: "finance", GENERAL: "sales"}[name],
               service=[{"since": "2010-01-01", "unit_id": "V", "rank": "STAFF"}]),
        ratings=rated("A", *[("not_complete", 0)] * 3),
        rounds=[round_()],
        nominations=[{"position_id": "H", "person_id": "Z", "round_id": "R"}],
    )  # fmt: skip
    assert worst.suitability.of("A", "H") == {PROVINCE: 27, GENERAL: 54}[name]


# ---- gates -------------------------------------------------------------------------------------------------------


@both_sets
def test_a_year_that_was_not_completed_closes_the_gate_if_it_is_the_last(name: str) -> None:
    people = [person(i) for i in "ABC"]
    # B's was two years ago. Of C's last year nothing is known: the class before it counts on.
    rows = [
        *rated("A", ("not_complete", 45)),
        *rated("B", "complete", "not_complete"),
        *rated("C", None, "not_complete"),
    ]
    ground = ground_of(name, *people, ratings=rows)
    assert [ground.suitability.is_stopped(i, "H") for i in "ABC"] == [True, False, True]
    # The number stays what it is: (3·0.2·45 + 150) / 6 = 29.5 % of 36 or 26, and the gate is none of its parts.
    assert part(ground, "results")[0] == {PROVINCE: 106, GENERAL: 77}[name]


@pytest.mark.parametrize(
    ("name", "competency", "level"),
    [(PROVINCE, "virtue", "not_met"), (GENERAL, "integrity", "not_met"), (GENERAL, "performance", "below")],
)
def test_a_virtue_that_was_found_wanting_closes_the_gate_whatever_else_is_good(
    name: str, competency: str, level: str
) -> None:
    rows = _best(name)
    best = rows.pop("people")
    good = ground_of(name, best, rounds=[round_()], **rows)
    assert not good.suitability.is_stopped("A", "H")
    review = {"person_id": "A", "competency": competency, "level": level, "since": "2025-12-31"}
    wanting = best | {"qualifications": [*best["qualifications"], review]}
    ground = ground_of(name, wanting, rounds=[round_()], **rows)
    assert ground.suitability.is_stopped("A", "H")
    gate = ground.suitability.gate_of("A")
    assert gate is not None
    assert gate.competency == competency
    # Virtue and integrity are no part of the number; performance is, 8 points.
    assert ground.suitability.of("A", "H") == (920 if competency == "performance" else 1000)
    # A trait that was assessed as met afterwards opens the gate again.
    better = {"virtue": "met", "integrity": "met", "performance": "meets"}[competency]
    again = wanting | {
        "qualifications": [*wanting["qualifications"], review | {"level": better, "since": "2026-01-01"}]
    }
    assert not ground_of(name, again, rounds=[round_()], **rows).suitability.is_stopped("A", "H")


# ---- who is in no list -------------------------------------------------------------------------------------------


def _stranger(months: int, **changes: Any) -> bool:
    """Whether A is stopped: rated good three times, of another field, in U for some months, at a rank that does not
    lead to H, and in no list.

    Province. Known: results 36, field 7, unit 9, line 6, standard 8 = 66 points (the list aside); 55 % of them are
    36.3. A has 70 % of 36 = 25.2, a tenth of 7 = 0.7, nothing in the line, and 8 for a standard that asks nothing: 33.9
    and the months. 24 months are 1.8; 32 months are 2.394, that is 2.4: 36.3 exactly; 31 months (258 ‰ of 9 points) are
    2.3.
    """
    service = [{"since": _ago(months), "unit_id": "T", "rank": "STAFF"}]
    of_a = {"field": "finance", "service": service} | changes.pop("person", {})
    nominations = changes.pop("nominations", ())
    ratings = changes.pop("ratings", rated("A", "good", "good", "good"))
    pools = [{"position_id": "E", "person_id": "Z"}, *changes.pop("pools", ())]
    content = content_of(PROVINCE)
    free = content.standards[0].model_copy(update={"id": "free", "cells": ()})
    content = replace(content, standards=(*content.standards, free))
    positions = [post("H", "DIV_HEAD", field="law"), post("E", "DIV_HEAD", unit="V"), post("D", "DIV_DEP")]
    units = [{"unit_id": "U", "name": "U"}, {"unit_id": "T", "name": "T", "parent_id": "U"}]
    case = case_of(
        [person("A", **of_a), person("Z")],
        positions=positions,
        units=units,
        ratings=[*ratings, *rated("Z", "good")],
        pools=changes.pop("lists", pools),
        rounds=changes.pop("rounds", [round_()]),
        nominations=nominations,
    )
    assert not changes
    return Ground(case, content, Horizon(AS_OF, AS_OF.replace(month=12, day=31))).suitability.is_stopped("A", "H")


def test_a_stranger_needs_55_per_cent_of_what_is_known() -> None:
    assert [_stranger(months) for months in (24, 31, 32, 60)] == [True, True, False, False]


def test_whoever_is_nominated_or_in_a_list_that_counts_is_no_stranger() -> None:
    nominated = [{"position_id": "H", "person_id": "A", "round_id": "R"}]
    assert not _stranger(24, nominations=nominated)
    assert [_stranger(24, pools=[{"position_id": p, "person_id": "A"}]) for p in "HED"] == [False, False, True]
    # Where no lists are kept nobody is a stranger.
    assert not _stranger(24, lists=[], rounds=[])


REFUSED: dict[str, Row] = {
    "voted down": {"votes_for": 10, "votes_of": 20},
    "refused": {"opinion": "Chưa nhất trí, cần thêm thời gian"},
}


@pytest.mark.parametrize("how", REFUSED)
def test_whose_nomination_is_refused_is_not_proposed_unless_the_list_has_the_name(how: str) -> None:
    refused = [{"position_id": "H", "person_id": "A", "round_id": "R"} | REFUSED[how]]
    assert not _stranger(60), "suitable enough"
    assert _stranger(60, nominations=refused)
    assert not _stranger(60, nominations=refused, pools=[{"position_id": "H", "person_id": "A"}])
    # A list of a higher or an equal post does not outweigh the answer that was given for this one.
    assert _stranger(60, nominations=refused, pools=[{"position_id": "E", "person_id": "A"}])


def test_a_nomination_of_a_round_of_the_past_makes_no_name_known_in_the_next() -> None:
    past = {"round_id": "Q", "approved_on": "2025-06-30"}
    old = [{"position_id": "H", "person_id": "A", "round_id": "Q"}]
    # It is evidence: 33.9 + 6.4 of 74 points. 55 % of them are 40.7.
    assert _stranger(0, rounds=[past, round_()], nominations=old)
    assert not _stranger(0, rounds=[past, round_()], nominations=[{**old[0], "round_id": "R"}])
    lost = [{**old[0], "votes_for": 1, "votes_of": 20}]
    assert not _stranger(90, rounds=[past, round_()], nominations=lost), "it was lost then"


def test_where_little_is_known_nobody_is_a_stranger() -> None:
    # Without classes 30 points are known (field, unit, line, standard): less than half of 100.
    assert not _stranger(24, ratings=[])
    # With the three traits and a nomination of somebody else 30 + 12 + 8 = 50: half is enough. The share is low:
    # 0.7 + 1.8 + 0 + 8 + 0 + 2 = 12.5 of 27.5. Without the field 43 are known.
    traits = {"talent": "not_met", "prestige": "not_met", "mettle": "not_met"}
    other = [{"position_id": "H", "person_id": "Z", "round_id": "R"}]
    assert _stranger(24, ratings=[], person={"levels": traits}, nominations=other)
    assert not _stranger(24, ratings=[], person={"levels": traits, "field": None}, nominations=other)


# ---- the distance to the best ------------------------------------------------------------------------------------


def test_below_best_is_measured_from_whoever_suits_best_and_may_come() -> None:
    # Only classes differ. Three times excellent 36, good 25.2, complete 12.6: of 36 points.
    people = [person(i) for i in "ABCG"] + [person("Y", "H"), person("X", "E")]
    rows = [
        *rated("A", *["excellent"] * 3), *rated("B", *["good"] * 3), *rated("C", *["complete"] * 3),
        *rated("G", "not_complete", "excellent", "excellent"), *rated("X", *["excellent"] * 3),
    ]  # fmt: skip
    suitability = ground_of(PROVINCE, *people, ratings=rows).suitability
    # The best is A, not X of an equal post: X serves 72 months elsewhere (nothing in unit and line, where A has half).
    # 10.8 are 11, 23.4 are 23. G is stopped: all of A's points are missing. A has 36 + 6 (traits) + 3.5 + 4.5 + 3 + 7
    # + 4 + 0 (standard) = 64.
    assert suitability.best("H") == 640
    assert [suitability.below_best(i, "H") for i in "ABCG"] == [0, 11, 23, 64]


def test_neither_the_holder_nor_somebody_of_a_higher_rank_sets_the_measure() -> None:
    # Y holds D, X holds H above it; both are excellent. A and B, reserves: 25.2 and 12.6 of the classes, so 13 apart.
    people = [person("A"), person("B"), person("Y", "D"), person("X", "H")]
    rows = [
        *rated("A", *["good"] * 3), *rated("B", *["complete"] * 3),
        *rated("Y", *["excellent"] * 3), *rated("X", *["excellent"] * 3),
    ]  # fmt: skip
    suitability = ground_of(PROVINCE, *people, ratings=rows).suitability
    assert [suitability.below_best(i, "D") for i in "AB"] == [0, 13]
    # For H the holder of D may come, and does set it.
    assert suitability.below_best("Y", "H") == 0
    assert suitability.below_best("A", "H") > 0
    # Whoever is better than the best of those who may come is not below it.
    assert suitability.below_best("X", "D") == 0


def test_where_nobody_may_come_nobody_is_below() -> None:
    ground = ground_of(PROVINCE, person("A"), ratings=[*rated("A", "not_complete")])
    # Z, the reserve of all these cases, may come; with a gate for Z's class nobody may.
    assert ground.suitability.below_best("A", "H") > 0
    gates = ({"source": "ratings", "values": ("not_complete", "good")},)
    spec = SuitabilitySpec.model_validate(content_of(PROVINCE).suitability.model_dump() | {"gates": gates})
    closed = ground_of(PROVINCE, person("A"), ratings=[*rated("A", "not_complete")], spec=spec)
    assert closed.suitability.best("H") == 0
    assert closed.suitability.below_best("A", "H") == 0


# ---- properties --------------------------------------------------------------------------------------------------

CLASSES = ("not_complete", "complete", "good", "excellent")
DEGREE = {PROVINCE: ("none", "college", "university"), GENERAL: ("none", "college", "bachelor")}


def _dimensions(name: str) -> dict[str, tuple[Any, ...]]:
    """By kind of evidence what may be known, the worst first, each better than the one before or as good."""
    content = content_of(name)
    found: dict[str, tuple[Any, ...]] = {
        f"class of {year}": tuple((rating, points) for rating in CLASSES for points in (0, 37, 100))
        for year in (2025, 2024, 2023)
    }
    for component in content.suitability.components:
        if component.competency is not None:
            levels = content.competency[component.competency].levels
            found[component.id] = tuple(sorted(component.values, key=levels.index))
    return found | {
        "field": ("other", "near", "same"),
        "months": (0, 1, 7, 24, 60, 119, 120, 300),
        "list": ("none", "equal", 0, 1, 6, 11, 12, 40),
        "votes": ("none", 0, 1, 10, 19, 20),
        "degree": DEGREE[name],
    }


MISSING_IN = {"field": "field", "months": "unit", "list": "list", "votes": "nomination"}
"""The part that is not known where such evidence is missing."""


def _ground(name: str, evidence: dict[str, Any]) -> Ground:
    """A's case with this evidence; None: nothing is known. The months are at D."""
    words, months, listed, votes = SETS[name], evidence["months"], evidence["list"], evidence["votes"]
    fields = {None: None, "same": "law", "near": words.near, "other": {PROVINCE: "finance", GENERAL: "sales"}[name]}
    service = []
    if months is not None:
        # A rank alone gives no field and, elsewhere, no unit that counts.
        service.append({"since": "1990-01-01", "until": "1990-12-31", "unit_id": "V", "rank": words.low})
        if months:
            service.append({"since": _ago(months), "unit_id": "U", "rank": words.leading})
    levels = {c: evidence[c] for c in evidence if c in content_of(name).competency and c != "degree" and evidence[c]}
    levels |= {"degree": evidence["degree"]} if evidence["degree"] else {}
    ratings = []
    for year in (2025, 2024, 2023):
        if (given_ := evidence[f"class of {year}"]) is not None:
            ratings += rated("A", given_, first=year)
    tables: dict[str, Any] = {}
    if listed is not None:
        tables["rounds"] = [round_()]
        if listed == "equal":
            tables["pools"] = [{"position_id": "E", "person_id": "A", "since": "2020-01-01"}]
        elif listed != "none":
            tables["pools"] = [{"position_id": "H", "person_id": "A", "since": _ago(listed)}]
    if votes is not None:
        who, votes = ("Z", 5) if votes == "none" else ("A", votes)
        tables["nominations"] = [
            {"position_id": "H", "person_id": who, "round_id": "R", "votes_for": votes, "votes_of": 20}
        ]
    of_a = person("A", levels=levels, service=service, field=fields[evidence["field"]])
    return ground_of(name, of_a, ratings=ratings, **tables)


@st.composite
def _evidence(draw: st.DrawFn, name: str) -> dict[str, Any]:
    return {kind: draw(st.sampled_from((None, *values)), kind) for kind, values in _dimensions(name).items()}


quickly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@both_sets
@quickly
@given(data=st.data())
def test_the_number_is_between_0_and_100_and_its_parts_within_their_weights(name: str, data: st.DataObject) -> None:
    suitability = _ground(name, data.draw(_evidence(name))).suitability
    parts = suitability.parts("A", "H")
    assert all(0 <= p.tenths <= 10 * p.component.weight for p in parts)
    assert all(p.tenths == _neutral(p.component) for p in parts if not p.known)
    assert 0 <= suitability.of("A", "H") == sum(p.tenths for p in parts) <= 1000
    assert suitability.scores("H").tolist() == [suitability.of(i, "H") for i in suitability.people]


@both_sets
@quickly
@given(data=st.data())
def test_better_evidence_never_lowers_the_number(name: str, data: st.DataObject) -> None:
    evidence = data.draw(_evidence(name))
    kind = data.draw(st.sampled_from(sorted(_dimensions(name))))
    values = [_ground(name, evidence | {kind: value}).suitability.of("A", "H") for value in _dimensions(name)[kind]]
    # Classes grow with their points and from class to class, not from the last of one to the first of the next.
    steps = [values[n : n + 3] for n in range(0, 12, 3)] if kind.startswith("class") else [values]
    steps += [values[n::3] for n in range(3)] if kind.startswith("class") else []
    assert all(worse <= better for some in steps for worse, better in pairwise(some)), (kind, values)
    assert values[0] < values[-1]


@both_sets
@quickly
@given(data=st.data())
def test_what_is_not_known_is_between_the_worst_and_the_best(name: str, data: st.DataObject) -> None:
    evidence = data.draw(_evidence(name))
    kind = data.draw(st.sampled_from([k for k in sorted(_dimensions(name)) if k != "degree"]))
    values = _dimensions(name)[kind]
    worst, missing, best = (_ground(name, evidence | {kind: value}) for value in (values[0], None, values[-1]))
    assert worst.suitability.of("A", "H") < missing.suitability.of("A", "H") < best.suitability.of("A", "H")
    component = "results" if kind.startswith("class") else MISSING_IN.get(kind, kind)
    known = [part(ground, component)[1] for ground in (worst, missing, best)]
    other_years = [evidence[f"class of {year}"] for year in (2025, 2024, 2023) if kind != f"class of {year}"]
    assert known == [True, component == "results" and any(other_years), True]


def _neutral(component: Component) -> int:
    """Every neutral share of both files is half: 36 points are 180 tenths."""
    return 5 * component.weight


@both_sets
def test_nothing_known_is_half_but_for_what_the_standard_asks(name: str) -> None:
    # Half of 92 points, and none of the 8 of a standard of which nothing is met: whether a demand is met is known.
    suitability = ground_of(name, person("A")).suitability
    assert [p.component.id for p in suitability.parts("A", "H") if p.known] == ["standard"]
    assert suitability.of("A", "H") == 460
