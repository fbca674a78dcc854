"""Days as offices write them, and whole months between days.

A date may be known to the day, the month or the year. `Day` is an ordinary date (the first day that
the text allows) which remembers its precision, so that rules compare dates and papers print what was written.
"""

import datetime as dt
import re
from typing import Any, Literal, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from planner.domain.record import OrNone

Precision = Literal["day", "month", "year"]
ONE_DAY = dt.timedelta(days=1)
NOT_A_DATE = "a date as 2026-08-31, 31/08/2026, 08/2026 or 2026"
NOT_A_DAY = "a day of the calendar"
NOT_A_YEAR = "a year from 1900 to 2200"
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""A year beyond is a slip of the pen; and arithmetic on dates stays within the calendar."""

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_ISO_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})/(\d{4})$")
_YEAR = re.compile(r"^(\d{4})$")


class Day(dt.date):
    """A date with the precision with which it was written."""

    precision: Precision

    def __new__(cls, year: int, month: int, day: int, precision: Precision = "day") -> Self:
        self = super().__new__(cls, year, month, day)
        self.precision = precision
        return self

    @classmethod
    def of(cls, date: dt.date, precision: Precision = "day") -> Self:
        return cls(date.year, date.month, date.day, getattr(date, "precision", precision))

    @property
    def latest(self) -> dt.date:
        """The last day that it may be: of the year or the month, where no more is known."""
        if self.precision == "year":
            return dt.date(self.year, 12, 31)
        return first_of_next_month(self) - ONE_DAY if self.precision == "month" else self

    def written(self) -> str:
        """ISO text as far as the date is known: 1968, 1968-08 or 1968-08-12."""
        return self.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            parse_day, serialization=core_schema.plain_serializer_function_ser_schema(cls.written)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.year, self.month, self.day, self.precision))


def parse_day(value: object) -> Day:
    """A date from ISO, dd/mm/yyyy, mm/yyyy or yyyy text, or from a date of a workbook.

    Raises ValueError with what is expected. Never guesses between day-first and month-first.
    """
    if isinstance(value, dt.datetime):
        return Day(value.year, value.month, value.day)
    if isinstance(value, dt.date):
        return Day.of(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2200:
        return Day(value, 1, 1, "year")
    text = str(value).strip()
    try:
        day = _parse_text(text)
    except ValueError as problem:
        raise ValueError(NOT_A_DAY) from problem  # 31 February; Python's own text differs between versions
    if day is None:
        raise ValueError(NOT_A_DATE)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(NOT_A_YEAR)
    return day


def _parse_text(text: str) -> Day | None:
    if m := _ISO.match(text):
        year, month, day = (int(g) for g in m.groups())
        return Day(year, month, day)
    if m := _DAY_FIRST.match(text):
        day, month, year = (int(g) for g in m.groups())
        return Day(year, month, day)
    if m := _ISO_MONTH.match(text):
        return Day(int(m[1]), int(m[2]), 1, "month")
    if m := _MONTH_YEAR.match(text):
        return Day(int(m[2]), int(m[1]), 1, "month")
    if m := _YEAR.match(text):
        return Day(int(m[1]), 1, 1, "year")
    return None


OptionalDay = OrNone[Day]


def last_possible(day: dt.date) -> dt.date:
    """The last day that a date may be, of which perhaps only the month or the year is known."""
    return day.latest if isinstance(day, Day) else day


def written_day(day: dt.date) -> str:
    """A day as offices write it, as far as it is known: 12/08/1968, 08/1968 or 1968."""
    precision = day.precision if isinstance(day, Day) else "day"
    return {"day": f"{day:%d/%m}/{day.year}", "month": f"{day:%m}/{day.year}", "year": str(day.year)}[precision]


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later; the last day of a shorter month (31 January + 1 = 28 February)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - ONE_DAY).day


def whole_months(since: dt.date, until: dt.date) -> int:
    """Whole months completed from `since` on the day `until` (24 from 2025-04-01 on 2027-04-01)."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if add_months(since, months) <= until else months - 1


def first_of_next_month(day: dt.date) -> dt.date:
    return add_months(day.replace(day=1), 1)
