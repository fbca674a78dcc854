"""Rules on rotation, places and kin in a locality, on days and counts derived by hand.

The periods: P0 2026-01-01 to 06-30, P1 to 12-31, P2 2027-01-01 to 06-30.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planner.domain.violation import Violation
from planner.rules.locality import is_local, place_of
from planner.rules.stay import stay_of
from planner.timeline import Ground
from planner.verify import judge
from tests.twins.universe import Keys, Universe, World, a, case_of, entry, person, post, round_, v, x

LENGTH = entry("rotation_length", months=6)
UNITS = [
    {"unit_id": "T", "name": "T", "kind": "province"},
    {"unit_id": "X", "name": "X", "kind": "commune", "parent_id": "T"},
    {"unit_id": "X1", "name": "X1", "kind": "division", "parent_id": "X"},
    {"unit_id": "S", "name": "S", "kind": "department", "parent_id": "T"},
    {"unit_id": "B", "name": "B", "kind": "centre", "parent_id": "S", "locality": "X"},
    {"unit_id": "O", "name": "O"},
]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def world(*rules: Any, people: list[Any], positions: list[Any], **tables: Any) -> World:
    return World(Universe("rules", case_of(people, positions=positions, **tables), rules, ()))


def plan(*keys: list[Any]) -> Keys:
    return frozenset(key for some in keys for key in some)


def breaches(found: World, *keys: list[Any]) -> list[Violation]:
    """Of the first rule of the book."""
    return list(found.bound.rules[0].check(found.standing(plan(*keys)).line))


def is_new(found: World, *keys: list[Any]) -> bool:
    return not found.lawful(found.standing(plan(*keys)))


def ground_of(people: list[Any], positions: list[Any], **tables: Any) -> Ground:
    return world(entry("kin_apart"), people=people, positions=positions, **tables).ground


# ---- places --------------------------------------------------------------------------------------------------------


def test_a_units_place_is_its_locality_else_the_nearest_place_above_else_the_top() -> None:
    ground = ground_of([person("A")], [post("P", unit="X1")], units=UNITS)
    places = {unit: place_of(ground, unit) for unit in ("T", "X", "X1", "S", "B", "O")}  # type: ignore[arg-type]
    assert places == {"T": "T", "X": "X", "X1": "X", "S": "T", "B": "X", "O": "O"}


@pytest.mark.parametrize(
    ("own", "unit", "local"),
    [
        ("X", "X1", True),  # of the commune, at a division of it
        ("X", "S", True),  # whoever is of a commune is of its province
        ("T", "X1", False),  # not the other way round
        ("Q, X", "B", True),  # one of several; the centre lies in X by its locality
        ("Q", "X1", False),
        (None, "X1", False),  # not known
        ("Tên khác; T", "S", True),
    ],
)
def test_local_is_who_has_the_posts_place_or_one_inside_it(own: str | None, unit: str, local: bool) -> None:
    ground = ground_of([person("A", local_units=own)], [post("P", unit=unit)], units=UNITS)
    assert is_local(ground, "A", "P") is local  # type: ignore[arg-type]


def test_a_place_without_a_unit_is_matched_by_its_name() -> None:
    units = [{"unit_id": "K", "name": "K", "locality": "Thị trấn Cũ"}]
    ground = ground_of([person("A", local_units="Thị trấn Cũ")], [post("P", unit="K")], units=units)
    assert is_local(ground, "A", "P")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "since", "began"),
    [
        ([], "2024-05-01", "2024-05-01"),
        ([("U", "DEP", "2020-01-01", "2024-04-30")], "2024-05-01", "2020-01-01"),  # touches
        ([("U", "DEP", "2020-01-01", "2024-04-29")], "2024-05-01", "2024-05-01"),  # a day between
        ([("U", "DIV", "2020-01-01", "2024-04-30")], "2024-05-01", "2024-05-01"),  # another rank
        ([("W", "DEP", "2020-01-01", "2024-04-30")], "2024-05-01", "2024-05-01"),  # another unit
        ([("U", "DEP", "2010-01-01", "2015-12-31"), ("U", "DEP", "2016-01-01", "2024-06-30")], "2024-05-01",
         "2010-01-01"),
    ],
)  # fmt: skip
def test_a_stay_is_the_unbroken_time_at_one_rank_in_one_unit(
    rows: list[tuple[str, str, str, str]], since: str, began: str
) -> None:
    service = [{"unit_id": u, "rank": r, "since": s, "until": e} for u, r, s, e in rows]
    ground = ground_of([person("A", "P", since=since, service=service)], [post("P", "DEP")])
    stay = stay_of(ground, "A")  # type: ignore[arg-type]
    assert stay is not None
    assert stay.since == day(began)


def test_a_reserve_and_a_holder_since_an_unknown_day_have_no_stay() -> None:
    ground = ground_of([person("A", rank="DEP"), person("B", "P", since=None)], [post("P", "DEP")])
    assert stay_of(ground, "A") is None  # type: ignore[arg-type]
    assert stay_of(ground, "B") is None  # type: ignore[arg-type]


# ---- holders -------------------------------------------------------------------------------------------------------


def test_a_tenure_is_over_the_limit_on_the_day_on_which_its_months_are_complete() -> None:
    # 24 months since 2024-12-31 are complete on the instant of P1; since 2025-01-01 on the next day, so at P2 only.
    found = world(
        entry("tenure_limit", months=24),
        people=[person("A", "P", since="2024-12-31"), person("B", "Q", since="2025-01-01")],
        positions=[post("P"), post("Q", unit="W")],
    )
    assert [(min(b.subjects), b.instant) for b in breaches(found)] == [
        ("A", day("2026-12-31")), ("A", day("2027-06-30")), ("B", day("2027-06-30")),
    ]  # fmt: skip


def test_under_must_a_long_tenure_is_inherited_and_no_change_of_seats_prolongs_it() -> None:
    found = world(
        entry("tenure_limit", months=24),
        people=[person("A", "P", rank="DEP", since="2020-01-01")],
        positions=[post("P", "DEP"), post("Q", "DEP"), post("R", "DEP", unit="W")],
    )
    assert not is_new(found)
    assert is_new(found, a("A", "Q", 1))  # another deputy's seat in the same unit
    assert not is_new(found, a("A", "R", 1))  # away
    verdict = judge(found.quo, found.quo)
    [row] = verdict.inherited
    assert (row.rule, row.true_today, row.since) == ("tenure_limit", True, day("2026-01-01"))


def test_as_a_wish_a_long_tenure_costs_each_instant_until_the_holder_is_moved() -> None:
    found = world(
        entry("tenure_limit", months=24, force={"should": 1}), LENGTH,
        people=[person("A", "P", since="2020-01-01")],
        positions=[post("P"), post("Q", unit="W")],
    )  # fmt: skip
    costs = {t: sum(found.wishes(found.standing(plan(v("A", "Q", t)))).values()) for t in (0, 1, 2)}
    assert sum(found.wishes(found.standing(plan())).values()) == 3
    assert costs == {0: 0, 1: 1, 2: 2}


def test_a_local_holder_after_the_deadline_is_inherited_and_a_local_successor_is_not() -> None:
    # The deadline falls between the instants of P0 and P1.
    late = {"from": day("2026-12-15")}
    found = world(
        entry("non_local_holders", applies_to={"bars_locals": True}, **late),
        people=[person("A", "P", local_units="X"), person("B", local_units="X"), person("C", local_units="S")],
        positions=[post("P", unit="X1", bars_locals=True), post("Q", unit="S")],
        units=UNITS,
    )
    assert [b.instant for b in breaches(found)] == [day("2026-12-31"), day("2027-06-30")]
    assert not is_new(found)
    assert is_new(found, a("A", "Q", 0), a("B", "P", 0))
    assert not is_new(found, a("A", "Q", 0), a("C", "P", 0))


def test_non_local_bars_appointments_and_rotations_to_flagged_posts_only() -> None:
    found = world(
        entry("non_local", applies_to={"bars_locals": True}),
        people=[person("A", local_units="X")],
        positions=[post("P", unit="X1", bars_locals=True), post("Q", unit="X1")],
        units=UNITS,
    )
    [rule] = found.bound.personal
    answers = {p + stage: rule.allows("A", p, stage, day("2026-01-01")).ok  # type: ignore[arg-type]
               for p in "PQ" for stage in ("plan", "appoint", "rotate")}  # fmt: skip
    assert answers == {"Pplan": True, "Pappoint": False, "Protate": False, "Qplan": True, "Qappoint": True,
                       "Qrotate": True}  # fmt: skip


# ---- rotations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "on", "policy"),
    [
        ({"since": "2016-01-01"}, "2026-01-01", True),  # 120 months in one place
        ({"since": "2016-01-02"}, "2026-01-01", False),
        ({"since": "2025-01-01", "local_units": "X"}, "2026-01-01", True),  # local at a post that bars locals
        ({"since": "2025-01-01", "local_units": "S"}, "2026-01-01", False),
        ({"since": None}, "2026-01-01", False),
    ],
)
def test_a_move_is_one_of_policy_where_the_holder_may_not_stay(more: dict[str, Any], on: str, policy: bool) -> None:
    found = world(
        entry("rotation_months_left", moves="policy", min=60),
        people=[person("A", "P", **more)],
        positions=[post("P", unit="X1", bars_locals=True)],
        units=UNITS,
    )
    assert found.bound.rules[0].is_policy_move("A", day(on)) is policy  # type: ignore[attr-defined]


def test_development_wants_more_service_left_than_policy() -> None:
    # 100 months from January 2026 to the end of April 2034: enough for policy (60), not for development (120).
    rules = (
        entry("rotation_months_left", "development", moves="development", min=120),
        entry("rotation_months_left", "policy", moves="policy", min=60),
    )
    found = world(
        *rules,
        people=[person("A", "P", since="2024-01-01", leaves="2034-05-01"),
                person("B", "Q", since="2010-01-01", leaves="2034-05-01"),
                person("C", "R", since="2010-01-01", leaves="2030-12-01")],
        positions=[post("P"), post("Q", unit="V"), post("R", unit="W"), post("Z", unit="Z")],
    )  # fmt: skip
    refused = {i: [v.rule for v in found.bound.refusals(i, "Z", "rotate", day("2026-01-01"))] for i in "ABC"}  # type: ignore[arg-type]
    assert refused == {"A": ["development"], "B": [], "C": ["policy"]}


def test_rotated_is_only_who_is_in_a_list_in_force_on_the_first_day() -> None:
    # The round of 2026-03-31 counts from 2026-04-01: not for a start on 2026-01-01, but for one on 2026-07-01.
    found = world(
        entry("rotate_from_pool"), LENGTH,
        people=[person("A", "P", rank="DEP")],
        positions=[post("P", "DEP"), post("Q", "DEP", unit="W"), post("H")],
        rounds=[round_("2026-03-31")],
    )  # fmt: skip
    assert is_new(found, v("A", "Q", 1))
    assert is_new(found, v("A", "Q", 0), x("A", "H"))
    assert not is_new(found, v("A", "Q", 1), x("A", "H"))


def test_leaders_on_rotation_are_counted_while_their_rotation_runs() -> None:
    # Two seats, half of them: one. N is there on rotation until 2026-12-31, so at the instants of P0 and not of P1.
    found = world(
        entry("rotation_balance", max=0.5, always=0), LENGTH,
        people=[person("N", "D", kind="rotation", since="2024-01-01", planned_until="2026-12-31"), person("A", "P")],
        positions=[post("D", "DEP"), post("H"), post("P", unit="W")],
    )  # fmt: skip
    assert not is_new(found)
    assert [b.instant for b in breaches(found, v("A", "H", 0))] == [day("2026-06-30")]
    assert is_new(found, v("A", "H", 0))
    assert not is_new(found, v("A", "H", 1))


def test_two_leaders_of_one_unit_may_rotate_in_two_periods_but_not_in_one() -> None:
    found = world(
        entry("rotations_per_unit"), LENGTH,
        people=[person("A", "P"), person("B", "Q"), person("C", "R")],
        positions=[post("P"), post("Q", "DEP"), post("R", unit="V"), *(post(f"Z{n}", unit="Z") for n in range(3))],
    )  # fmt: skip
    assert is_new(found, v("A", "Z0", 0), v("B", "Z1", 0))
    assert not is_new(found, v("A", "Z0", 0), v("B", "Z1", 1))
    assert not is_new(found, v("A", "Z0", 0), v("C", "Z2", 0))


def test_rotations_without_a_post_afterwards_are_told() -> None:
    rotating = {"kind": "rotation", "since": "2025-01-01", "planned_until": "2026-12-31"}
    found = world(
        entry("rotation_return", force="info"), LENGTH,
        people=[person("N", "D", **rotating), person("M", "E", **rotating, return_to="H"), person("A", "P"),
                person("C")],
        positions=[post("D", "DEP"), post("E", "DEP"), post("H"), post("P", unit="W")],
    )  # fmt: skip
    # C comes to the post that A leaves.
    notes = list(found.bound.notes(found.standing(plan(v("A", "H", 0), a("C", "P", 0))).line))
    assert [(n.kind, n.person, n.position, n.on) for n in notes] == [
        ("no_return_post", "N", "D", day("2026-12-31")), ("no_return_post", "A", "H", day("2026-07-01")),
    ]  # fmt: skip


def test_the_plan_says_where_somebody_goes_after_a_rotation() -> None:
    # A is away from 1 January to 30 June 2026. Home is free then, unless C has it; or the plan has another post for A.
    found = world(
        LENGTH,
        people=[person("A", "P"), person("C")],
        positions=[post("H"), post("P", unit="W"), post("Q", unit="W")],
    )

    def return_of(*keys: Any) -> str | None:
        [rotation] = found.standing(plan(v("A", "H", 0), *keys)).line.plan.rotations
        return rotation.return_to

    assert return_of() == "P"
    assert return_of(a("C", "P", 0)) is None
    assert return_of(a("A", "Q", 1), a("C", "P", 0)) == "Q"
    assert return_of(a("A", "Q", 1)) == "Q"


# ---- kin in a locality ---------------------------------------------------------------------------------------------


def locality(people: list[Any] | None = None) -> World:
    """S leads X, F heads its finance, G heads finance of the province; A and B are siblings."""
    scope = {"leaders": {"rank": "HEAD", "head": True}, "sectors": ["finance"], "relations": ["sibling"]}
    return world(
        entry("kin_apart", within="locality_sectors", **scope),
        people=people or [person("A"), person("B")],
        positions=[
            post("S", unit="X", head=True), post("F", "DEP", unit="X1", head=True, sector="finance"),
            post("G", "DEP", unit="S", head=True, sector="finance"), post("D", "DEP", unit="X1", sector="finance"),
        ],
        units=UNITS,
        relations=[{"person_a": "A", "person_b": "B", "relation": "sibling"}],
    )  # fmt: skip


def test_a_leader_and_the_head_of_a_key_sector_of_one_locality_are_not_kin() -> None:
    found = locality()
    [breach] = [b for b in breaches(found, a("A", "S", 0), a("B", "F", 0)) if b.instant == day("2026-06-30")]
    assert (breach.subjects, breach.scope) == (frozenset("AB"), "X")
    assert is_new(found, a("A", "S", 0), a("B", "F", 0))
    assert is_new(found, a("B", "S", 0), a("A", "F", 0))
    assert not is_new(found, a("A", "S", 0), a("B", "D", 0))  # a deputy
    assert not is_new(found, a("A", "S", 0), a("B", "G", 0))  # of another place


def test_kin_who_lead_a_locality_and_a_sector_already_are_inherited_but_may_not_change_places() -> None:
    found = locality(people=[person("A", "S"), person("B", "F")])
    assert not is_new(found)
    assert is_new(found, a("A", "F", 0), a("B", "S", 0))
    assert [row.scope for row in judge(found.quo, found.quo).inherited] == ["X"]


OFFICE = [
    {"unit_id": "S", "name": "S", "kind": "province"},
    {"unit_id": "O", "name": "O", "kind": "department", "parent_id": "S"},
    {"unit_id": "F", "name": "F", "kind": "division", "parent_id": "O"},
    {"unit_id": "E", "name": "E", "kind": "centre", "parent_id": "O"},
    {"unit_id": "EF", "name": "EF", "kind": "division", "parent_id": "E"},
]


def office(*people: Any) -> World:
    """The office O: head H, deputy D; F its finance division (head M, deputy N of no field, L of another field); E a
    centre of it (head J) with a finance division of its own (head Q). C leads the province."""
    return world(
        entry("kin_apart", within="office_posts", relations=["spouse"], posts=[{"field": ["finance"]}]),
        people=list(people) or [person("A"), person("B")],
        positions=[
            post("C", unit="S", head=True), post("H", unit="O", head=True), post("D", "DEP", unit="O"),
            post("M", "DIV", unit="F", head=True, field="finance"), post("N", "DIV", unit="F"),
            post("L", "DIV", unit="F", field="law"), post("J", "DIV", unit="E", head=True),
            post("Q", "DIV", unit="EF", head=True, field="finance"),
        ],
        units=OFFICE,
        relations=[{"person_a": "A", "person_b": "B", "relation": "spouse"}],
    )  # fmt: skip


@pytest.mark.parametrize("leader", ["H", "D"])
def test_a_relative_of_the_head_or_a_deputy_holds_no_finance_post_of_the_office(leader: str) -> None:
    for kept in (
        "M",
        "N",
        "Q",
    ):  # N names no field: it is of the field of its head; Q lies below a centre of the office
        assert is_new(office(), a("A", leader, 0), a("B", kept, 0)), kept
        assert is_new(office(), a("B", leader, 0), a("A", kept, 0)), kept
    for open_ in ("L", "J"):
        assert not is_new(office(), a("A", leader, 0), a("B", open_, 0)), open_


def test_leaders_of_a_part_of_the_office_keep_their_own_relatives_from_its_finance_only() -> None:
    assert is_new(office(), a("A", "J", 0), a("B", "Q", 0))
    assert not is_new(office(), a("A", "J", 0), a("B", "M", 0))


def test_the_leaders_of_the_province_are_not_those_of_the_office() -> None:
    assert not is_new(office(), a("A", "C", 0), a("B", "M", 0))


def test_a_relative_who_sits_in_a_finance_post_already_may_stay_but_not_rise_in_it() -> None:
    found = office(person("A", "H"), person("B", "N"))
    assert not is_new(found)
    assert [row.scope for row in judge(found.quo, found.quo).inherited] == ["O"]
    assert is_new(found, a("B", "M", 0))


def test_leaders_of_one_locality_are_not_kin_whichever_of_its_bodies_they_lead() -> None:
    found = world(
        entry("kin_apart", within="locality_leadership", leaders={"rank": "HEAD"}, relations=["sibling"]),
        people=[person("A"), person("B")],
        positions=[post("S", unit="X"), post("C", unit="X1"), post("G", unit="S"), post("D", "DEP", unit="X1")],
        units=UNITS,
        relations=[{"person_a": "A", "person_b": "B", "relation": "sibling"}],
    )
    assert is_new(found, a("A", "S", 0), a("B", "C", 0))
    assert not is_new(found, a("A", "S", 0), a("B", "D", 0))  # no leader
    assert not is_new(found, a("A", "S", 0), a("B", "G", 0))  # of the province
