"""Yearly classes as they were given: what planning tables print (rate_history_3y) and rules read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.domain.case import Case, Rating
from planner.domain.ids import PersonId

YEARS = 3


def completed_years(as_of: dt.date, count: int = YEARS) -> tuple[int, ...]:
    """The last `count` years that are over on the day, oldest first. A year is judged once it is over."""
    last = as_of.year if is_completed(as_of.year, as_of) else as_of.year - 1
    return tuple(range(last - count + 1, last + 1))


def is_completed(year: int, as_of: dt.date) -> bool:
    """From its last day on: lists as of 31 December bring the class of their year."""
    return dt.date(year, 12, 31) <= as_of


def last_ratings(case: Case, person: PersonId, as_of: dt.date, years: int = YEARS) -> dict[int, Rating | None]:
    """The person's given class of each of the last completed years, oldest first; None where none was given.

    Source: rules.md §2.5 rate_history_3y, forms 8.2 and 8.3 (Kết quả phân loại 03 năm). For one person; whoever asks
    for all takes `ratings_by_year` once.
    """
    given = {row.year: row for row in case.ratings if row.person_id == person}
    return {year: given.get(year) for year in completed_years(as_of, years)}


def ratings_by_year(case: Case) -> Mapping[tuple[PersonId, int], Rating]:
    """Given classes by person and year."""
    return {(row.person_id, row.year): row for row in case.ratings}
