"""When a level is reached without any plan: months of service, courses in progress. Every day is derived by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planner.timeline.ground import NEVER, Gap
from tests.twins.universe import Universe, World, case_of, course, person, post

DEPUTY_24 = Gap("deputy_months", 24)  # type: ignore[arg-type]


def closed(gap: Gap, *rows: dict[str, Any], **tables: Any) -> dt.date:
    """The day on which A, with these rows of service, closes the gap. as_of is 2026-01-01."""
    case = case_of([person("A", service=rows)], positions=[post("P", "DEP")], **tables)
    return World(Universe("levels", case, (), ())).ground.closed_on("A", gap)  # type: ignore[arg-type]


def test_of_a_present_post_whose_beginning_is_not_known_the_time_from_today_counts() -> None:
    # Nothing of the past is known; from 2026-01-01 on the post is held: 24 months are complete on 2028-01-01.
    assert closed(DEPUTY_24, {"position_id": "P"}) == dt.date(2028, 1, 1)


def test_what_is_known_of_the_past_is_added_to_it() -> None:
    # Twelve months until the end of 2020 (2020-01-01 to 2020-12-31), then twelve more from 2026-01-01.
    past = {"since": "2020-01-01", "until": "2020-12-31", "rank": "DEP"}
    assert closed(DEPUTY_24, past, {"position_id": "P"}) == dt.date(2027, 1, 1)


@pytest.mark.parametrize("row", [{"rank": "DEP", "until": "2024-12-31"}, {"position_id": "P", "kind": "acting"}])
def test_time_that_is_over_without_a_beginning_and_time_of_acting_never_count(row: dict[str, Any]) -> None:
    assert closed(DEPUTY_24, row) == NEVER


@pytest.mark.parametrize(("months", "end"), [(0.5, "2026-03-02"), (1, "2026-04-01"), (6, "2026-09-01")])
def test_a_course_of_weeks_ends_on_the_day_it_begins_or_later(months: float, end: str) -> None:
    # Half a month rounds to none: the course is over on its first day at the earliest. One month from 2 March: 1 April.
    found = closed(
        Gap("theory", 2),  # type: ignore[arg-type]
        courses=[course(months=months)],
        enrolments=[{"person_id": "A", "course_id": "K", "since": "2026-03-02"}],
    )
    assert found == dt.date.fromisoformat(end)


@pytest.mark.parametrize(
    ("until", "granted"), [("2026", "2026-12-31"), ("2026-06", "2026-06-30"), ("2026-06-12", "2026-06-12")]
)
def test_a_course_whose_end_is_known_to_the_year_or_month_may_last_to_its_end(until: str, granted: str) -> None:
    # Not the first of January of "2026": nobody would be ready on a day on which the course may still be running.
    tables = {
        "courses": [course("C", "theory:advanced")],
        "enrolments": [{"person_id": "A", "course_id": "C", "since": "2025-01-01", "until": until}],
    }
    assert closed(Gap("theory", 2), {"position_id": "P"}, **tables) == dt.date.fromisoformat(granted)  # type: ignore[arg-type]
