"""The retirement table against the numbers that the law and the Party's guidance state themselves."""

import datetime as dt

import pytest

from planner.domain.case import Person
from planner.domain.content import Content
from planner.files.content import read_content, shipped
from planner.rules.months_left import months_left


@pytest.fixture(scope="module")
def province() -> Content:
    source = read_content(shipped("models") / "vietnam-province", "vn-2025")
    assert not source.findings
    return source.content


def born(sex: str, month: str, **more: object) -> Person:
    return Person.model_validate({"person_id": "X", "name": "X", "sex": sex, "birth_date": month, **more})


# Decree 135/2020, appendix I, as rules.md §2.6 gives it: sex, birth month, last month of service.
CHECK_CASES = [
    ("M", "1964-01", "2025-04"),
    ("M", "1965-01", "2026-07"),
    ("M", "1968-01", "2030-01"),
    ("F", "1975-05", "2035-05"),
]

# The age in the year of retiring: 3 months more each year for men to 62 (2028), 4 for women to 60 (2035).
YEARS = {
    "M": {
        2021: (60, 3), 2022: (60, 6), 2023: (60, 9), 2024: (61, 0), 2025: (61, 3), 2026: (61, 6),
        2027: (61, 9), 2028: (62, 0), 2029: (62, 0), 2030: (62, 0), 2035: (62, 0),
    },
    "F": {
        2021: (55, 4), 2022: (55, 8), 2023: (56, 0), 2024: (56, 4), 2025: (56, 8), 2026: (57, 0),
        2027: (57, 4), 2028: (57, 8), 2029: (58, 0), 2030: (58, 4), 2031: (58, 8), 2032: (59, 0),
        2033: (59, 4), 2034: (59, 8), 2035: (60, 0),
    },
}  # fmt: skip


def last_month(content: Content, person: Person) -> str:
    out = content.retires_on(person)
    assert out.day == 1
    return (out - dt.timedelta(days=1)).strftime("%Y-%m")


@pytest.mark.parametrize(("sex", "month", "last"), CHECK_CASES)
def test_the_check_cases_come_out(province: Content, sex: str, month: str, last: str) -> None:
    assert last_month(province, born(sex, month)) == last


# By birth month, as rules.md §2.6 prints it: born from → years, months. The first line holds before the second's month.
BY_BIRTH_MONTH = {
    "M": [
        ("1950-01", 60, 0), ("1961-01", 60, 3), ("1961-10", 60, 6), ("1962-07", 60, 9), ("1963-04", 61, 0),
        ("1964-01", 61, 3), ("1964-10", 61, 6), ("1965-07", 61, 9), ("1966-04", 62, 0),
    ],
    "F": [
        ("1950-01", 55, 0), ("1966-01", 55, 4), ("1966-09", 55, 8), ("1967-05", 56, 0), ("1968-01", 56, 4),
        ("1968-09", 56, 8), ("1969-05", 57, 0), ("1970-01", 57, 4), ("1970-09", 57, 8), ("1971-05", 58, 0),
        ("1972-01", 58, 4), ("1972-09", 58, 8), ("1973-05", 59, 0), ("1974-01", 59, 4), ("1974-09", 59, 8),
        ("1975-05", 60, 0),
    ],
}  # fmt: skip


@pytest.mark.parametrize("sex", ["M", "F"])
def test_a_step_holds_from_its_month_to_the_month_before_the_next(province: Content, sex: str) -> None:
    steps = BY_BIRTH_MONTH[sex]
    ends = [*(month for month, *_ in steps[1:]), "1985-01"]
    for (first, years, months), following in zip(steps, ends, strict=True):
        for born_in in (first, month_before(following)):
            year, month = (int(part) for part in born_in.split("-"))
            index = year * 12 + month - 1 + years * 12 + months
            reached = f"{index // 12}-{index % 12 + 1:02}"
            assert last_month(province, born(sex, born_in)) == reached, (sex, born_in)


def month_before(month: str) -> str:
    year, number = (int(part) for part in month.split("-"))
    return f"{year - (number == 1)}-{12 if number == 1 else number - 1:02}"


def test_whoever_retires_in_a_year_has_that_years_age(province: Content) -> None:
    """Every birth month whose age is reached in a year has that year's age, and every year has some."""
    seen = set()
    for sex, ages in YEARS.items():
        for index in range(1950 * 12, 1976 * 12):
            year, month = divmod(index, 12)
            retires = last_month(province, born(sex, f"{year}-{month + 1:02}"))
            in_year, in_month = (int(part) for part in retires.split("-"))
            if in_year in ages:
                years, months = ages[in_year]
                assert in_year * 12 + in_month - (index + 1) == years * 12 + months
                seen.add((sex, in_year))
    assert seen == {(sex, year) for sex, ages in YEARS.items() for year in ages}


# 45-CT/TW, appendix 2, the eldest who may stand: sex, reference month, months left, birth month.
CUT_OFFS = [
    ("M", "2025-09", 60, "1968-09"), ("F", "2025-09", 60, "1972-05"),
    ("M", "2025-07", 60, "1968-07"), ("F", "2025-07", 60, "1972-03"),
    ("M", "2025-04", 60, "1968-04"), ("F", "2025-04", 60, "1972-01"),
    ("M", "2025-09", 48, "1967-09"), ("F", "2025-09", 48, "1971-09"),
    ("M", "2025-09", 42, "1967-03"),
]  # fmt: skip


@pytest.mark.parametrize(("sex", "reference", "least", "eldest"), CUT_OFFS)
def test_the_official_cut_offs_come_out(province: Content, sex: str, reference: str, least: int, eldest: str) -> None:
    judged_on = dt.date.fromisoformat(reference + "-01")
    year, month = (int(part) for part in eldest.split("-"))
    before = f"{year if month > 1 else year - 1}-{month - 1 if month > 1 else 12:02}"

    assert months_left(province.retires_on(born(sex, eldest)), judged_on) >= least
    assert months_left(province.retires_on(born(sex, before)), judged_on) < least


@pytest.mark.parametrize(("least", "eldest", "before"), [(60, "1970-09", "1970-08"), (48, "1969-09", "1969-08")])
def test_women_entitled_to_retire_at_60_have_the_cut_offs_of_that_age(
    province: Content, least: int, eldest: str, before: str
) -> None:
    judged_on = dt.date(2025, 9, 1)
    assert months_left(province.retires_on(born("F", eldest, retire_at_60="yes")), judged_on) >= least
    assert months_left(province.retires_on(born("F", before, retire_at_60="yes")), judged_on) < least


def test_an_unknown_day_or_month_counts_as_the_first_of_january(province: Content) -> None:
    assert province.retires_on(born("M", "1967")) == dt.date(2029, 2, 1)
    assert province.retires_on(born("M", "1967-01-01")) == dt.date(2029, 2, 1)


def test_a_date_given_for_the_person_goes_before_the_table(province: Content) -> None:
    assert province.retires_on(born("M", "1967", retires_on="2026-09-01")) == dt.date(2026, 9, 1)
