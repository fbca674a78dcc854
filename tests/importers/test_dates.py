"""Dates as cells hold them, and what is odd in them."""

import datetime as dt

import pytest

from planner.domain.dates import Day
from planner.importers.dates import dates_in, day_of, is_month_first, of_parts, right_year

TODAY = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12/8/1968", "1968-08-12"), ("12.8.1968", "1968-08-12"), ("25-08-1968", "1968-08-25"),
        ("8/1968", "1968-08"), ("1968", "1968"), ("'5/8/1985", "1985-08-05"), ("ngày 9 tháng 1 năm 2026", "2026-01-09"),
        ("tháng 7/2024", "2024-07"), ("1985-08-05", "1985-08-05"), ("05 / 8 / 1985", "1985-08-05"),
    ],
)  # fmt: skip
def test_a_text_is_read_day_first_and_as_far_as_it_goes(text, written):
    dated = day_of(text, text)
    assert dated is not None
    assert (dated.day.written(), dated.oddity) == (written, None)


@pytest.mark.parametrize(
    ("number_format", "written"),
    [("dd/mm/yyyy", "1968-08-12"), ("mm/yyyy", "1968-08"), ("yyyy", "1968"), ("mm-dd-yy", "1968-08-12")],
)
def test_an_excel_date_is_as_precise_as_it_is_shown(number_format, written):
    # mm-dd-yy is Excel's own short date: it follows the system, so nobody chose the month to be first.
    dated = day_of(dt.datetime(1968, 8, 12), "1968-08-12", number_format)
    assert (dated.day.written(), dated.oddity) == (written, None)


def test_a_date_shown_month_first_is_doubtful_only_where_both_readings_are_days():
    assert day_of(dt.datetime(1986, 4, 2), "", "mm/dd/yyyy").oddity == "order"
    assert day_of(dt.datetime(1986, 4, 2), "", "mm/dd/yyyy").others == ("1986-02-04",)
    assert day_of(dt.datetime(1986, 4, 21), "", "mm/dd/yyyy").oddity is None
    assert day_of(dt.datetime(1986, 4, 4), "", "mm/dd/yyyy").oddity is None


@pytest.mark.parametrize(
    ("text", "written", "oddity"),
    [
        ("31/2/1986", "1986-02", "impossible"), ("31/11/1976", "1976-11", "impossible"),
        ("4/13/1980", "1980-04-13", "order"), ("9/6/96", "1996-06-09", "two_digits"),
        ("40/40/1980", "1980", "impossible"), ("13/1980", "1980", "impossible"),
    ],
)  # fmt: skip
def test_a_day_that_is_not_in_the_calendar_keeps_what_can_be_kept(text, written, oddity):
    dated = day_of(text, text)
    assert (dated.day.written(), dated.oddity) == (written, oddity)


def test_numbers_are_years_or_day_numbers_of_excel():
    # Day 25_000 of Excel is 11 June 1968: 1899-12-30 + 25000 days.
    assert day_of(1986, "1986").day.written() == "1986"
    assert day_of(25_000, "25000").day == dt.date(1899, 12, 30) + dt.timedelta(25_000) == dt.date(1968, 6, 11)
    assert day_of(25_000, "25000").oddity == "serial"
    assert day_of(12, "12") is None
    assert day_of("không rõ", "không rõ") is None


def test_parts_in_cells_of_their_own_make_one_date():
    assert of_parts("5", "8", "1985").day.written() == "1985-08-05"
    assert of_parts("", "8", "1985").day.written() == "1985-08"
    assert of_parts("5", "", "1985").day.written() == "1985"
    assert of_parts("5", "8", "") is None


def test_all_dates_of_a_text_are_found_in_their_order():
    found = dates_in("QĐ số 88/QĐ-SNV ngày 20/12/2023, từ tháng 1/2024 đến 2026")
    assert [d.day.written() for d, _, _ in found] == ["2023-12-20", "2024-01", "2026"]


@pytest.mark.parametrize(
    ("born", "by_age", "year"),
    [
        (Day(1876, 5, 16), None, 1976),   # a century early: 76 with the right century
        (Day(1876, 5, 16), 1975, 1976),   # the age tells 1975 or a year beside; of these 1976 ends as was written
        (Day(2076, 5, 16), None, 1976),   # a century late
        (Day(2040, 4, 6), 1991, 1991),    # no year beside 1991 ends in 40: the age alone tells
        (Day(1980, 1, 1), 2023, 1980),    # nothing is wrong: the age does not count
    ],
)  # fmt: skip
def test_a_wrong_year_is_put_right_by_the_age_or_by_a_hundred_years(born, by_age, year):
    day, changed = right_year(born, by_age, 18, 75, TODAY)
    assert (day.year, changed) == (year, born.year != year)


def test_a_month_first_format_is_told_from_a_day_first_one():
    assert is_month_first("mm/dd/yyyy")
    assert is_month_first("[$-409]m/d/yyyy")
    assert not is_month_first("dd/mm/yyyy")
    assert not is_month_first("mm/yyyy")
    assert not is_month_first("mm-dd-yy")
