"""The tables of a plan, on the first office: every number is in the derivation at the head of its scenario."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from planner import api
from planner.domain.case import Exemption
from planner.exporters import TABLES, View, csv_files, plan_table


@pytest.fixture(scope="module")
def office() -> api.Solved:
    return api.solve("first-office")


def rows(solved: api.Solved, name: str, **wanted: Any) -> list[dict[str, Any]]:
    table = plan_table(name, solved.view)
    return [row for row in table if all(row[key] == value for key, value in wanted.items())]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_every_column_and_the_frame_is_the_same(office: api.Solved, name: str) -> None:
    columns = TABLES[name].columns
    assert all(tuple(row) == columns for row in rows(office, name))
    frame = office.table(name)
    assert isinstance(frame, pd.DataFrame)
    assert (list(frame.columns), len(frame)) == (list(columns), len(rows(office, name)))


def test_the_same_plan_gives_the_same_text(office: api.Solved) -> None:
    again = View(office.standing, office.before, office.judgement)
    assert csv_files(again.standing, again.before, again.judgement) == csv_files(
        office.standing, office.before, office.judgement
    )


def test_the_base_list_says_from_when_each_is_ready(office: api.Solved) -> None:
    # Ben has been ready since 2023; Carla has 24 months as deputy on 1 October 2027.
    base = {row["person"]: row for row in rows(office, "base_list", position="director")}
    assert set(base) == {"ben", "carla"}
    assert (base["ben"]["ready_on"], base["ben"]["gaps"]) == (dt.date(2026, 1, 1), None)
    assert base["carla"]["ready_on"] == dt.date(2027, 10, 1)
    assert base["carla"]["gaps"] == "deputy_months:24 (time 2027-10-01)"


def test_who_waits_after_a_reprimand_has_the_rule_named(office: api.Solved) -> None:
    # Quinn's reprimand of 2025-02-15 keeps him from Roads on 2027-01-01, the day for which a successor
    # is wanted: 24 months end on 2027-02-15.
    (row,) = rows(office, "base_list", position="roads_lead", person="quinn")
    assert (row["failed_rules"], row["proposed"]) == ("discipline_wait (2027-02-15)", "no")


def test_coverage_tells_listed_ready_and_secured_apart(office: api.Solved) -> None:
    (director,) = rows(office, "coverage", scope="position", id="director", when="wanted_by")
    assert director["date"] == dt.date(2027, 7, 1)
    # Carla is in the list and not ready yet; two ready names are wanted.
    assert (director["listed"], director["ready"], director["secured"], director["missing"]) == (2, 1, 1, 1)
    (branch,) = rows(office, "coverage", scope="position", id="branch", when="wanted_by")
    # Dario alone is in the list; on 1 July 2026 he has no advanced management.
    assert (branch["listed_before"], branch["listed"], branch["ready"], branch["why"]) == (1, 1, 0, "nobody_ready")


def test_coverage_before_is_the_plan_without_decisions(office: api.Solved) -> None:
    # Without places and rotations only Ben is ready for anything; with them Elena, Paul and Rosa too.
    (all_,) = rows(office, "coverage", scope="all", when="wanted_by")
    assert (all_["ready_before"], all_["ready"]) == (1, 4)
    assert (all_["secured_before"], all_["secured"]) == (1, 4)


def test_chains_are_written_link_by_link(office: api.Solved) -> None:
    third = [row for row in rows(office, "appointments") if row["date"] == dt.date(2027, 7, 1)]
    chain = {row["chain"] for row in third if row["position"] == "director"}.pop()
    assert [(row["link"], row["person"], row["position"]) for row in third if row["chain"] == chain] == [
        (1, "ben", "director"),
        (2, "elena", "deputy"),
        (3, "rosa", "permits_lead"),
    ]


def test_places_and_rotations_say_what_they_are_for(office: api.Solved) -> None:
    places = {(row["person"], row["session"]): row["closes_for"] for row in rows(office, "training")}
    assert places["paul", "BASIC-2026"] == "roads_lead"
    assert "branch" in places["dario", "ADV-2026"]
    purpose = {row["person"]: row["purpose"] for row in rows(office, "rotations")}
    assert purpose["elena"] == "elsewhere_months:18 → deputy"


def test_a_successor_that_is_missing_has_its_reason(office: api.Solved) -> None:
    missing = {row["position"]: row["why_none"] for row in rows(office, "successors") if row["person"] is None}
    assert missing == {"branch": "nobody_ready", "water_lead": "nobody_ready"}


def test_who_is_not_placed_after_a_rotation_is_listed(office: api.Solved) -> None:
    # Greta stays at Parks, for which nothing is planned after July 2027; Elena becomes deputy.
    assert [(row["person"], row["from_day"]) for row in rows(office, "to_place")] == [("greta", dt.date(2027, 7, 1))]


def test_the_named_deputy_acts(office: api.Solved) -> None:
    assert [(row["person"], row["position"], row["decided"]) for row in rows(office, "covers")] == [
        ("henry", "branch", "plan")
    ]


def test_a_share_counts_entries_and_people(office: api.Solved) -> None:
    (branch,) = rows(office, "shares", group="branch")
    assert (branch["names"], branch["of_the_kind"], branch["share"], branch["short_by"]) == (1, 0, 0.0, 0.33)


def test_what_is_inherited_says_how_it_ends(office: api.Solved) -> None:
    # Ana and Carla, sisters; it ends when Ana retires.
    (row,) = rows(office, "inherited")
    assert (row["rule"], row["subjects"]) == ("kin_apart", "ana; carla")
    assert (row["ends_on"], row["ends_by"], row["ends_with"]) == (dt.date(2027, 7, 1), "retirement", "ana")


def test_every_exemption_is_listed_with_what_became_of_it() -> None:
    # The sisters sit together until Ana retires in P3: without the exemption the rule is broken at the ends of P0, P1
    # and P2. Ben and Rosa are no relatives. A commune may not waive; the third was over before the plan began.
    loaded = api.load("first-office")
    rulebook = tuple(
        e.model_copy(update={"waived_by": "board"}) if e.id == "kin_apart" else e for e in loaded.content.rulebook
    )
    given = {"rule": "kin_apart", "authority": "board", "reason": "no other", "decided": "2025-12-01"}
    exemptions = tuple(
        Exemption(**given | more)
        for more in (
            {"subject": "ana + carla"}, {"subject": "ben + rosa"}, {"subject": "ana+ben", "until": "2025-12-31"},
            {"subject": "ana+ben", "authority": "commune"},
        )
    )  # fmt: skip
    case = replace(loaded.case, exemptions=exemptions, given=loaded.case.given | {"exemptions"})
    solved = api.solve(replace(loaded, case=case, content=replace(loaded.content, rulebook=rulebook)))
    assert [(row["subjects"], row["state"], row["on"]) for row in rows(solved, "exemptions_used")] == [
        ("ana; carla", "used", dt.date(2026, 6, 30)),
        ("ana; carla", "used", dt.date(2026, 12, 31)),
        ("ana; carla", "used", dt.date(2027, 6, 30)),
        ("ben; rosa", "unused", None),
        ("ana; ben", "expired", None),
        ("ana; ben", "void", None),
    ]
