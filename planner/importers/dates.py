"""Dates in cells: with a day, a month or a year only; as text, as Excel dates, as numbers; and what is odd in them."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.dates import Day, days_in_month

_FULL = re.compile(r"(?<!\d)(\d{1,2})\s*(?:[/.\-]|//)\s*(\d{1,2})\s*(?:[/.,\-]|//)\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_WORDS = re.compile(r"(?:ngày\s*)?(?<!\d)(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:năm\s*|/|,\s*)(\d{4})", re.I)
_MONTH_WORDS = re.compile(r"tháng\s*(\d{1,2})\s*(?:năm|/|-|\.)\s*(\d{4})", re.I)
_MONTH = re.compile(r"(?<![\d/.\-])(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<![\d/.\-])((?:1[89]|20)\d{2})(?![\d/.\-]?\d)")
_MONTH_FIRST = re.compile(r"^[^dy]*m+[^dmy]*d+", re.I)
_SYSTEM_DATE = "mm-dd-yy"
_SERIALS = range(7_000, 60_000)
"""Excel's day numbers from 1919 to 2064."""


@dataclass(frozen=True)
class Dated:
    """A date as it was read. `oddity` names what is odd: order, dashes, impossible, two_digits, serial; None: plain."""

    day: Day
    oddity: str | None = None
    others: tuple[str, ...] = ()


def day_of(value: object, text: str, number_format: str = "General") -> Dated | None:
    """The date of a whole cell; None where it holds none."""
    if isinstance(value, dt.datetime | dt.date):
        return _of_date(value, number_format)
    if isinstance(value, bool) or text == "":
        return None
    if isinstance(value, int | float):
        return _of_number(float(value), number_format)
    stripped = text.strip(" '’‘`\"()")
    if stripped.isdecimal():
        return _of_number(float(stripped), "General")
    found = dates_in(stripped)
    return found[0][0] if found else None


def _of_number(number: float, number_format: str) -> Dated | None:
    if number.is_integer() and 1800 <= number <= 2100:
        return Dated(Day(int(number), 1, 1, "year"))
    if int(number) in _SERIALS:
        date = dt.date(1899, 12, 30) + dt.timedelta(days=int(number))
        return Dated(Day.of(date), "serial")
    if number.is_integer() and len(text := str(int(number))) in (5, 6):  # 81968, 081968: a slash was lost
        month, year = int(text[:-4]), int(text[-4:])
        if 1 <= month <= 12 and 1900 <= year <= 2100:
            return Dated(Day(year, month, 1, "month"), "serial")
    return None


def _of_date(value: dt.date, number_format: str) -> Dated:
    shown = number_format.split(";", maxsplit=1)[0].lower().replace("\\", "").replace('"', "")
    if "d" not in shown and "m" in shown and "y" in shown:
        return Dated(Day(value.year, value.month, 1, "month"))
    if "d" not in shown and "m" not in shown and "y" in shown:
        return Dated(Day(value.year, 1, 1, "year"))
    day = Day(value.year, value.month, value.day)
    if is_month_first(number_format) and value.day <= 12 and value.day != value.month:
        return Dated(day, "order", (Day(value.year, value.day, value.month).written(),))
    return Dated(day)


def is_month_first(number_format: str) -> bool:
    """A date is shown with the month before the day. Excel's own short date looks so here, but follows the system."""
    return number_format != _SYSTEM_DATE and bool(_MONTH_FIRST.match(re.sub(r"\[[^\]]*\]", "", number_format)))


def dates_in(text: str) -> list[tuple[Dated, int, int]]:
    """All dates of a text with their places; the most telling form first, no two of one place."""
    found: list[tuple[Dated, int, int]] = []

    def add(dated: Dated | None, m: re.Match[str]) -> None:
        if dated and all(m.end() <= start or end <= m.start() for _, start, end in found):
            found.append((dated, m.start(), m.end()))

    for m in _WORDS.finditer(text):
        add(_of_parts(m[1], m[2], m[3]), m)
    for m in _ISO.finditer(text):
        add(_of_parts(m[3], m[2], m[1]), m)
    for m in _FULL.finditer(text):
        add(_with_dashes(_of_parts(m[1], m[2], m[3]), m[0]), m)
    for pattern in (_MONTH_WORDS, _MONTH):
        for m in pattern.finditer(text):
            add(_of_month(int(m[1]), int(m[2])), m)
    for m in _YEAR.finditer(text):
        add(Dated(Day(int(m[1]), 1, 1, "year")), m)
    return sorted(found, key=lambda f: f[1])


def _of_month(month: int, year: int) -> Dated | None:
    if not 1800 <= year <= 2200:
        return None
    if 1 <= month <= 12:
        return Dated(Day(year, month, 1, "month"))
    return Dated(Day(year, 1, 1, "year"), "impossible")


def _of_parts(day_text: str, month_text: str, year_text: str) -> Dated | None:
    day, month, year, oddity = int(day_text), int(month_text), int(year_text), None
    if len(year_text) == 2:
        year, oddity = (1900 if year > 30 else 2000) + year, "two_digits"
    if not 1800 <= year <= 2200:
        return None
    if month > 12 and day <= 12 and month <= days_in_month(year, day):
        return Dated(Day(year, day, month), "order", (str(year),))
    if not 1 <= month <= 12:
        return Dated(Day(year, 1, 1, "year"), "impossible")
    if not 1 <= day <= days_in_month(year, month):
        return Dated(Day(year, month, 1, "month"), "impossible", (str(year),))
    return Dated(Day(year, month, day), oddity)


def _with_dashes(dated: Dated | None, text: str) -> Dated | None:
    """With dashes either order is usual: 04-05-1975 may be the fourth of May or the fifth of April."""
    if dated is None or dated.oddity or "-" not in text:
        return dated
    day = dated.day
    if day.precision != "day" or day.day > 12 or day.day == day.month:
        return dated
    return Dated(day, "dashes", (Day(day.year, day.day, day.month).written(),))


def of_parts(day: str, month: str, year: str) -> Dated | None:
    """A date whose day, month and year stand in cells of their own; the first two may be empty."""
    if not year:
        return None
    text = "/".join(p for p in (day if month else "", month, year) if p)
    return day_of(text, text)


def right_year(born: Day, by_age: int | None, youngest: int, oldest: int, today: dt.date) -> tuple[Day, bool]:
    """A year of birth that can be right for someone at work, and whether it had to be changed.

    By the year that the age beside it tells (`by_age`, or one beside where the last two digits agree: the birthday may
    be still to come), else a century off, else the year with the most digits in common.
    """
    years = range(today.year - oldest, today.year - youngest + 1)
    if born.year in years:
        return born, False
    if by_age is not None and by_age in years:
        near = (by_age, by_age - 1, by_age + 1)
        return _with_year(born, next((y for y in near if y % 100 == born.year % 100), by_age)), True
    for year in (born.year + 100, born.year - 100):
        if year in years:
            return _with_year(born, year), True
    alike: Sequence[int] = sorted(
        years, key=lambda y: (-sum(a == b for a, b in zip(str(y), str(born.year), strict=True)), -y)
    )
    return _with_year(born, alike[0]), True


def _with_year(day: Day, year: int) -> Day:
    last = days_in_month(year, day.month)
    return Day(year, day.month, min(day.day, last), day.precision)


def agree(a: Day, b: Day) -> bool:
    """Both can be the same date, known to different precision."""
    return a.written().startswith(b.written()) or b.written().startswith(a.written())


def finer(a: Day, b: Day) -> Day:
    """The more precise of two dates."""
    return a if len(a.written()) >= len(b.written()) else b
