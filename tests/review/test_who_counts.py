"""Who is counted on: successors who can be appointed, and dates of which only the month or the year is known."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.review.agree import lawful
from tests.twins.universe import Universe, World, a, case_of, entry, g, one_of, person, post, round_, subsets, x


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("leaves", "counts"), [("2026-09-16", False), ("2026-12-31", False), ("2027-01-01", True)])
def test_a_successor_stays_for_the_half_in_which_one_is_wanted(leaves, counts):
    # P is wanted on 15 September, when X leaves. Who takes over then must be in service on 31 December: A, whose first
    # day out is the day after the need, or New Year's Eve, can neither be appointed nor be a successor.
    universe = Universe(
        "leaves soon",
        case_of(
            [person("X", holds="P", rank="HEAD", leaves="2026-09-15"), person("A", rank="DEP", leaves=leaves)],
            positions=[post("P", successors=1)],
            rounds=[round_()],
        ),
        (),
        (subsets(x("A", "P")), one_of(g("A", "P")), one_of(a("A", "P", 0, 1))),
        until="2026-12-31",
    )
    found = lawful(universe)
    assert any(("g", "A", "P") in keys for keys in found) == counts
    assert any(("a", "A", "P", 1) in keys for keys in found) == counts
    assert frozenset(x("A", "P")) in found


def test_a_need_before_the_date_of_the_plan_is_one_of_that_date():
    # P was needed by 30 June 2025; the plan is of 1 January 2026, and the list of that day has A.
    universe = Universe(
        "overdue",
        case_of(
            [person("A", rank="DEP"), person("B", rank="DEP")],
            positions=[post("P", successors=1, needed_by="2025-06-30")],
            rounds=[round_()],
            pools=[{"position_id": "P", "person_id": "A"}],
        ),
        (),
        (subsets(x("A", "P"), x("B", "P")), one_of(g("A", "P"), g("B", "P"))),
    )
    assert World(universe).quo.expected.wanted_by["P"] == day("2026-01-01")
    assert {key[1] for keys in lawful(universe) for key in keys if key[0] == "g"} == {"A"}


def allowed_from(rule: str, last_refused: str, first_allowed: str, stage: str = "appoint", **params: object) -> None:
    """Whether the rule refuses A up to one day and lets A from the next."""
    tables = params.pop("tables")
    people = [person("A", rank="DEP", **params.pop("columns", {}))]  # type: ignore[arg-type]
    case = case_of(people, positions=[post("P")], **tables)  # type: ignore[arg-type]
    (bound,) = World(Universe("partly", case, (entry(rule, **params),), ())).bound.personal
    assert not bound.allows("A", "P", stage, day(last_refused)).ok  # type: ignore[arg-type]
    assert bound.allows("A", "P", stage, day(first_allowed)).ok  # type: ignore[arg-type]


def test_a_sanction_that_runs_out_in_a_month_runs_to_the_last_day_of_it():
    # Whoever is free on the day on which it runs out: on 30 June at the earliest.
    tables = {"discipline": [{"person_id": "A", "form": "warning", "decided": "2025-06-15", "expires": "2026-06"}]}
    allowed_from("pool_discipline", "2026-06-29", "2026-06-30", "plan", tables=tables)
    allowed_from("not_barred", "2026-06-29", "2026-06-30", tables=tables)


def test_a_wait_after_a_sanction_of_a_year_counts_from_the_last_day_of_it():
    # Twelve months after 31 December 2025.
    tables = {"discipline": [{"person_id": "A", "form": "warning", "decided": "2025"}]}
    allowed_from("discipline_wait", "2026-12-30", "2026-12-31", tables=tables, months={"warning": 12})
    allowed_from("not_barred", "2026-12-30", "2026-12-31", tables=tables)


def test_who_is_barred_until_a_year_is_barred_through_it():
    columns = {"barred_from": "2026", "barred_until": "2027"}
    allowed_from("not_barred", "2027-12-31", "2028-01-01", tables={}, columns=columns)
    allowed_from("not_barred", "2026-01-01", "2025-12-31", tables={}, columns=columns)
