"""Sanctions as the yearly evaluation reads them: decided in the year, or in force on some day of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from planner.domain.case import Discipline


def is_sanction(row: Discipline) -> bool:
    """A row that only records a case without sanction is none; an unknown form is one."""
    return row.form is not None or row.no_sanction_case is None


def decided_in(rows: Iterable[Discipline], year: int, forms: Iterable[str]) -> list[Discipline]:
    """Sanctions of these forms decided in the year; an unknown form counts as the heaviest."""
    wanted = set(forms)
    return [r for r in rows if is_sanction(r) and r.decided.year == year and (r.form is None or r.form in wanted)]


def running_in(rows: Iterable[Discipline], year: int) -> list[Discipline]:
    """Sanctions in force on some day of the year; `expires` is the first day on which one is over, and one whose end
    is not known has not ended."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return [r for r in rows if is_sanction(r) and r.decided <= last and (r.expires is None or r.expires > first)]
