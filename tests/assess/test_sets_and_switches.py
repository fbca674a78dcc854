"""Versions of a set, formulas that the fourteen do not have, caps, and what each entry of the rulebook switches off."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from planner.assess import assess
from planner.assess.caps import places
from planner.assess.scoring import exact, scoresheet
from planner.domain.case import Case, Discipline, Position, Rating, Service, Unit
from planner.domain.content import Content
from planner.files.content import find_content, read_content
from tests.assess.department import AS_OF, FULL, bare, department, director, full, indicator
from tests.rules.switched_off_evaluation import IN_2027, REPORTS, heads

BASE = Path()


def read(name: str, rulebook: str) -> Content:
    return read_content(find_content(name, BASE), rulebook).content


def without(content: Content, entry: str) -> Content:
    """The content with one entry of its rulebook off, as a scenario does it."""
    assert entry in {e.id for e in content.rulebook}
    entries = (e.model_copy(update={"force": "off"}) if e.id == entry else e for e in content.rulebook)
    return replace(content, rulebook=tuple(entries))


# ---- versions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", ["division_level", "head", "deputy"])
def test_the_versions_of_a_set_follow_the_rules_without_a_hole(content: Content, family: str) -> None:
    found = sorted((s for s in content.indicator_sets if s.id == family), key=lambda s: s.valid_from)
    assert [(s.version, s.valid_from, s.valid_to) for s in found] == [
        ("124", dt.date(2023, 10, 4), dt.date(2025, 8, 29)),
        ("366", dt.date(2025, 8, 30), dt.date(2025, 12, 31)),
        ("335", dt.date(2026, 1, 1), None),
    ]


def test_each_year_is_judged_by_the_version_of_its_last_day_whenever_one_asks(content: Content) -> None:
    """The same values and a reprimand of the year. 335 fails the year; 366 knows a veto only."""
    reprimands = tuple(
        Discipline(person_id="P01", form="reprimand", decided=f"{y}-06-01", expires=f"{y}-12-01") for y in (2025, 2026)
    )
    case = bare(indicators=(*full("P01", 2025), *full("P01", 2026)), discipline=reprimands)
    late = assess(case, content, IN_2027)
    for year, version, computed, fired in (
        (2025, "366", "complete", ()),
        (2026, "335", "not_complete", ("discipline",)),
    ):
        one = late.of("P01", year)
        assert (one.set.version, one.computed, one.proposal.fired) == (version, computed, fired)
    early = assess(case, content, AS_OF)
    assert early.of("P01", 2025).computed == late.of("P01", 2025).computed


def test_values_of_another_version_do_not_count(content: Content) -> None:
    """R1 to R8 recorded for 2024, when the qualitative groups were in force."""
    assessment = assess(bare(indicators=tuple(full("P01", 2024))), content, AS_OF, 2024)
    assert assessment.of("P01").depth == "none"
    told = [p.reason for p in assessment.problems if p.reason.code == "assess.not_in_version"]
    assert [set(r.values["indicator_codes"]) for r in told] == [set(FULL)]


# ---- the other formulas -----------------------------------------------------------------------------------------


UNIT = {"unit_done": 100, "unit_above": 30, "unit_late": 0, "unit_quality": 1}
SIX = {
    "C1": 9,
    "C2": 8,
    "C3": 10,
    "KA": 96,
    "products": 50,
    "faults": 6,
    "delays": 10,
    "KD": 97.5,
    "KDD": 100,
    "KE": 90,
}


def test_results_of_a_leader_are_the_mean_of_six_contents(content: Content) -> None:
    # b: 6 faults in 50 products at a quarter each: 1 − 0.25 · 6/50 = 0.97. c: 10 delays: 0.95. d: someone fails: 0.5.
    # Mean of 0.96, 0.97, 0.95, 0.5, 1, 0.9 = 5.28 / 6 = 0.88; · 70 = 61.6. General 9 + 8 + 10 = 27. Total 88.6.
    rows = tuple(indicator("P01", code, value, 2026) for code, value in {**SIX, **UNIT}.items())
    one = assess(director(indicators=rows), content, IN_2027).of("P01")
    assert (one.set.id, one.set.version) == ("head", "335")
    assert one.sheet.parts == {"general": 27, "results": Fraction("61.6")}
    assert one.computed_points == Fraction("88.6")
    assert one.computed == "good"


def test_when_nobody_fails_the_unit_counts_whole(content: Content) -> None:
    # d = 1 instead of 0.5: mean 5.78 / 6, · 70 = 67.43…; and 27 is 94.43…: excellent with 30 % above requirement.
    rows = tuple(indicator("P01", code, value, 2026) for code, value in {**SIX, **UNIT, "KD": 100}.items())
    one = assess(director(indicators=rows), content, IN_2027).of("P01")
    assert one.computed_points == 27 + Fraction("5.78") / 6 * 70
    assert one.computed == "excellent"


def test_more_faults_than_cost_everything_cost_no_more(content: Content) -> None:
    one = next(s for s in content.indicator_sets if (s.id, s.version) == ("head", "335"))
    values = {code: exact(v) for code, v in {**SIX, "products": 2, "faults": 9}.items()}
    assert scoresheet(one, values).score("KB").points == 0
    assert scoresheet(one, {**values, "products": Fraction(0)}).missing == ("products",)


def test_a_number_is_what_was_written(content: Content) -> None:
    assert exact(0.1) == Fraction(1, 10)
    assert exact(89.99) == Fraction(8999, 100)


def test_the_nine_box_of_a_company_is_data_from_two_traits() -> None:
    general = read("general", "company")
    # Performance: 95 % of 50 … 100 = 0.9 · 40 = 36; 4 of 1 … 5 = 0.75 · 20 = 15; 1 of 4 … 0 = 0.75 · 10 = 7.5:
    # 58.5 / 70 = 83.6 %: high. Potential: 3, 4, 3 = 0.5, 0.75, 0.5: 17.5/30 = 58.3 %: middle. Total 76: meets.
    values = {"objectives": 95, "quality": 4, "delays": 1, "learning": 3, "leading": 4, "scope": 3}
    rows = tuple(indicator("P01", code, value) for code, value in values.items())
    service = (Service(person_id="P01", since="2019-01-01", rank="MGR", unit_id="D01", title="Manager"),)
    one = assess(bare(positions=(), service=service, indicators=rows), general, AS_OF).of("P01")
    assert (one.computed_points, one.computed, one.box.en) == (76, "good", "High performer")
    assert {t: s.level for t, s in one.traits.items()} == {"performance": "exceeds", "potential": "moderate"}


# ---- the cap ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "down", "nearest", "up"),
    [
        (0, 0, 0, 0),
        (2, 0, 0, 1),
        (3, 0, 1, 1),
        (5, 1, 1, 1),
        (12, 2, 2, 3),
        (13, 2, 3, 3),
        (22, 4, 4, 5),
        (25, 5, 5, 5),
    ],
)
def test_places_are_rounded_as_the_set_says(base: int, down: int, nearest: int, up: int) -> None:
    # a fifth of 12 is 2.4, of 13 is 2.6, of 22 is 4.4
    share = Fraction(Decimal("0.20"))
    assert [places(share, base, rounding) for rounding in ("down", "nearest", "up")] == [down, nearest, up]
    assert places(Fraction(1, 2), 5, "nearest") == 3  # a half goes up


def test_an_outstanding_office_has_the_larger_share(content: Content) -> None:
    # 2 + 6 = 8 good or better: a fifth is 1.6, a quarter is 2. The flag counts with the head of the office only.
    post = Position(position_id="GD", title="Giám đốc", unit_id="S", rank="DEPT_HEAD", standard="director", head="yes")
    leads = Service(person_id="P40", since="2019-01-01", position_id="GD")
    base = department()
    tables = {"positions": (*base.positions, post), "service": (*base.service[:-1], leads)}
    for person, expected in (("P40", (True, 2, 0)), ("P01", (False, 1, -1))):
        flag = (indicator(person, "outstanding_unit", 1),)
        assessment = assess(heads(2, 6, indicators=flag, **tables), content, AS_OF)
        cap = next(c for c in assessment.caps if c.group.en.startswith("Division heads"))
        assert (cap.outstanding, cap.places, cap.left) == expected


def test_without_points_nobody_s_place_is_told(content: Content) -> None:
    cap = next(c for c in assess(heads(3, 7), content, AS_OF).caps if c.used)
    assert (cap.base, cap.places, cap.left) == (10, 2, -1)
    assert [r.place for r in cap.people] == ["open", "open", "open"]


def test_a_unit_shows_the_cap_of_its_office(content: Content) -> None:
    """Asked for one division: the cap is that of the department, all its people counted."""
    assessment = assess(heads(3, 7), content, AS_OF, unit="D01")
    assert assessment.people == ("P01", "P11", "P12", "P13")
    assert [(c.unit, c.base) for c in assessment.caps if c.used] == [("S", 10)]


# ---- every entry of §2.5, switched off --------------------------------------------------------------------------


@pytest.mark.parametrize("entry", REPORTS)
def test_switching_an_entry_off_changes_the_report(content: Content, entry: str) -> None:
    report, on, off = REPORTS[entry]
    assert report(content) == on
    assert report(without(content, entry)) == off


def test_every_entry_that_a_set_names_is_in_the_rulebook(content: Content) -> None:
    named = {rule for one in content.indicator_sets for rule in one.rules()}
    assert named == set(REPORTS)
    assert named <= {e.id for e in content.rulebook}


def test_an_entry_counts_within_its_days_only(content: Content) -> None:
    """A cap from 2026 on says nothing of 2025."""
    late = (
        e.model_copy(update={"from_": dt.date(2026, 1, 1)}) if e.id == "rate_excellent_cap" else e
        for e in content.rulebook
    )
    assert assess(heads(3, 7), replace(content, rulebook=tuple(late)), AS_OF).caps == ()


def leaders(*offices: str) -> Case:
    """Heads of these offices, all managed by one authority, each excellent."""
    people = [f"P{n:02d}" for n in range(1, len(offices) + 1)]
    posts = tuple(
        Position(position_id=f"GD-{o}", title="Giám đốc", unit_id=o, rank="DEPT_HEAD", standard="director", head="yes",
                 managed_by="BTV")
        for o in offices
    )  # fmt: skip
    service = tuple(
        Service(person_id=p, since="2019-01-01", position_id=f"GD-{o}") for p, o in zip(people, offices, strict=True)
    )
    units = tuple(Unit(unit_id=o, name=o, kind="department") for o in offices)
    given = tuple(Rating(person_id=p, year=2025, rating="excellent") for p in people)
    return bare(units=units, positions=posts, service=service, ratings=given)


def test_a_cap_over_an_authority_s_posts_is_not_judged_from_one_office(content: Content) -> None:
    (one,) = assess(leaders("S"), content, AS_OF).caps
    assert (one.unit, one.members, one.places, one.used, one.partial, one.is_exceeded) == ("BTV", 1, 0, 1, True, False)
    # Five offices: a fifth of five is one place for five.
    (five,) = assess(leaders("S", "T", "U", "V", "W"), content, AS_OF).caps
    assert (five.members, five.places, five.used, five.partial, five.is_exceeded) == (5, 1, 5, False, True)


@pytest.mark.parametrize(
    ("decided", "computed", "fired", "vetoed"),
    [
        ("2025-12-31", "complete", (), True),  # of the year before: runs, and does not fail the year
        ("2026-01-01", "not_complete", ("discipline",), True),
        ("2026-12-31", "not_complete", ("discipline",), True),
        ("2027-01-01", "excellent", (), False),  # of the year after
    ],
)
def test_a_sanction_fails_the_year_in_which_it_is_decided(
    content: Content, decided: str, computed: str, fired: tuple[str, ...], vetoed: bool
) -> None:
    row = Discipline(person_id="P01", form="reprimand", decided=decided, expires="2027-06-01")
    case = bare(indicators=tuple(full("P01", 2026)), discipline=(row,))
    one = assess(case, content, dt.date(2027, 2, 1), 2026).of("P01")
    assert (one.computed, one.proposal.fired, bool(one.traits["virtue"].vetoes)) == (computed, fired, vetoed)


def test_a_recorded_case_without_a_sanction_is_none(content: Content) -> None:
    """Only self-criticism was required; and a row without a form, of which nothing is known, counts as a sanction."""
    for no_sanction, expected in (("self_criticism", "excellent"), (None, "not_complete")):
        row = Discipline(person_id="P01", decided="2026-03-01", no_sanction_case=no_sanction)
        case = bare(indicators=tuple(full("P01", 2026)), discipline=(row,))
        assert assess(case, content, IN_2027, 2026).of("P01").computed == expected
