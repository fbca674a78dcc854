"""Tiny universes of the rules on rotation and on places: who is local, how long one stays, who rotates, and kin.

Rotations start on the first day of a period: 2026-01-01, 2026-07-01, 2027-01-01; instants are its last days.
"""

from __future__ import annotations

from typing import Any

from planner.domain.case import Case
from tests.twins.in_force import SHOULD, dated, waived
from tests.twins.universe import (
    Group,
    Universe,
    a,
    case_of,
    entry,
    one_of,
    person,
    post,
    round_,
    subsets,
    v,
    x,
)

LENGTH = entry("rotation_length", months=6)
PROVINCE = [
    {"unit_id": "T", "name": "T", "kind": "province"},
    {"unit_id": "X", "name": "X", "kind": "commune", "parent_id": "T"},
    {"unit_id": "X1", "name": "X1", "kind": "division", "parent_id": "X"},
    {"unit_id": "Y", "name": "Y", "kind": "ward", "parent_id": "T"},
    {"unit_id": "Y1", "name": "Y1", "kind": "division", "parent_id": "T", "locality": "Y"},
]
"""A province with a commune and a ward; X1 is of the commune by the tree, Y1 of the ward by its locality."""


def _non_local() -> list[Universe]:
    # A is of the commune X and so of the province T; B of Y, among others; C's places are not known.
    # H (in X1, of X), G (in Y1, of Y) and E (in T) bar locals, D (in X1) does not.
    flag = {"bars_locals": True}
    posts = [post("H", unit="X1", **flag), post("G", unit="Y1", **flag), post("E", unit="T", **flag),
             post("D", unit="X1"), post("P", unit="Z")]  # fmt: skip
    people = [person("A", "P", local_units="X"), person("B", local_units="Q; Y"), person("C")]
    case = case_of(people, positions=posts, units=PROVINCE)
    groups = (
        one_of(a("A", "H", 0, 1, 2), a("A", "D", 1), a("A", "E", 1), a("A", "G", 1)),
        one_of(a("B", "G", 1), a("B", "H", 1), a("B", "E", 1), a("B", "D", 0)),
        one_of(a("C", "H", 1), a("C", "G", 1)),
        one_of(v("A", "H", 0, 1), v("A", "G", 1)),
    )
    only = {"applies_to": flag}
    exempt = [
        case_of(people, positions=posts, units=PROVINCE, **waived("A+H", until, "non_local"))
        for until in ("2026-07-01", "2026-06-30")
    ]
    return [
        Universe("flagged posts", case, (entry("non_local", **only), LENGTH), groups),
        Universe("appointments", case, (entry("non_local", stages=("appoint",), **only), LENGTH), groups),
        Universe("all posts, advised", case, (entry("non_local", force=SHOULD), LENGTH), groups),
        *(
            Universe(f"waived, {n}", some, (entry("non_local", waived_by="province", **only), LENGTH), groups[:1])
            for n, some in enumerate(exempt)
        ),
        *dated(case, groups, "2026-07-01", "non_local", LENGTH, applies_to=flag),
    ]


def _holding(rule: str, **params: Any) -> list[Universe]:
    """Universes for a rule that bars A from H: A sits there, or comes there; the post can be left and filled."""
    posts = [post("H", unit="X1", bars_locals=True), post("F", unit="Y"), post("G", unit="X1")]
    people = [person("A", "H", local_units="X", since="2020-01-01"), person("B", local_units="X"), person("C", "F")]
    case = case_of(people, positions=posts, units=PROVINCE)
    groups = (
        one_of(a("A", "F", 0, 1, 2), a("A", "G", 1)),
        one_of(a("B", "H", 0, 1, 2), a("B", "G", 0)),
        one_of(v("A", "F", 0, 1), v("A", "G", 1, 2)),
        one_of(a("C", "G", 0, 1), a("C", "H", 1)),
        one_of(v("C", "H", 0, 1, 2), v("C", "G", 1)),
    )
    small = (groups[0], groups[1], groups[3])
    exempt = [
        case_of(people, positions=posts, units=PROVINCE, **waived("A+H", until, rule))
        for until in ("2026-12-30", "2026-12-31")
    ]
    flagged = {"applies_to": {"bars_locals": True}}
    return [
        Universe("held already", case, (entry(rule, **params, **flagged), LENGTH), groups),
        Universe("any post", case, (entry(rule, **params),), small),
        Universe("advised", case, (entry(rule, force=SHOULD, **params), LENGTH), groups),
        *(
            Universe(f"waived, {n}", some, (entry(rule, force=SHOULD, waived_by="province", **params),), small[:2])
            for n, some in enumerate(exempt)
        ),
        *_on_an_instant(case, small, rule, **params, **flagged),
    ]


def _on_an_instant(case: Case, groups: tuple[Group, ...], rule: str, **params: Any) -> list[Universe]:
    return dated(case, groups, "2026-12-31", rule, force=SHOULD, **params)


def _tenure_limit() -> list[Universe]:
    # 24 months: A's are complete on 2026-12-31, the instant of P1, so at P1 and P2; B's on 2027-01-01: at P2 only.
    # C was at a post of that rank in U up to the day before the present one: complete since 2026-01-01. D's time has a
    # gap of a day: complete on 2027-06-01. E's beginning is not known, and F's time as acting head does not count.
    before = {"unit_id": "U", "rank": "DEP"}
    acting = {"unit_id": "W", "rank": "HEAD", "kind": "acting", "since": "2020-01-01", "until": "2025-12-31"}
    people = [
        person("A", "H", since="2024-12-31"),
        person("B", "D1", since="2025-01-01"),
        person("C", "D2", since="2025-06-01", service=[{**before, "since": "2024-01-01", "until": "2025-05-31"}]),
        person("D", "D3", since="2025-06-01", service=[{**before, "since": "2024-01-01", "until": "2025-05-30"}]),
        person("E", "D4", since=None),
        person("F", "G", since="2026-01-01", service=[acting]),
    ]  # fmt: skip
    posts = [
        post("H"),
        *(post(f"D{n}", "DEP") for n in (1, 2, 3, 4, 5)),
        post("G", unit="W"),
        post("V", "DEP", unit="W"),
    ]
    case = case_of(people, positions=posts)
    groups = (
        one_of(a("A", "G", 1, 2), a("A", "D5", 1)),
        one_of(a("B", "D5", 0, 2), a("B", "V", 1, 2)),
        one_of(v("C", "D5", 0, 1, 2), v("C", "V", 1)),
        one_of(a("D", "D5", 1, 2)),
        one_of(a("F", "H", 1, 2)),
    )
    # A limit of four years is long past for whoever came in 2020 (A and C of `_holding`), from the first day on.
    few = (groups[0], groups[1], groups[3])
    return [
        Universe("two years", case, (entry("tenure_limit", months=24), LENGTH), groups),
        Universe("two years, advised", case, (entry("tenure_limit", months=24, force=SHOULD), LENGTH), groups[:4]),
        Universe(
            "heads, advised", case, (entry("tenure_limit", months=24, force=SHOULD, applies_to={"rank": "HEAD"}),), few
        ),
        *_holding("tenure_limit", months=48),
    ]


def _rotate_from_pool() -> list[Universe]:
    # The round of 2026-06-30 decides H and D and counts from 2026-07-01 on. A is in the list of H before, B in none;
    # the list of O, of another system, stays: C is in it. N holds no post.
    posts = [post("H"), post("D", "DEP"), post("O", term_system="state"),
             *(post(f"P{n}", "DIV") for n in range(3)), post("R", "DIV"), post("S", "DIV")]  # fmt: skip
    for row in posts[:2]:
        row["term_system"] = "party"
    people = [person("A", "P0"), person("B", "P1"), person("C", "P2")]
    tables: dict[str, Any] = {
        "positions": posts,
        "rounds": [round_("2026-06-30", system="party")],
        "pools": [{"position_id": "H", "person_id": "A"}, {"position_id": "O", "person_id": "C"}],
    }
    case = case_of(people, **tables)
    groups = (
        subsets(x("A", "H", "D"), most=1),
        subsets(x("B", "H", "D")),
        one_of(v("A", "R", 0, 1), v("A", "S", 0)),
        one_of(v("B", "R", 0, 1, 2), v("B", "S", 1)),
        one_of(v("C", "S", 0, 1)),
    )
    exempt = [
        case_of(people, **tables, **waived("B+R", until, "rotate_from_pool")) for until in ("2026-06-30", "2026-07-01")
    ]
    few = (subsets(x("B", "H")), one_of(v("B", "R", 0, 1, 2)))
    nothing = case_of(people, positions=posts)
    return [
        Universe("planned", case, (entry("rotate_from_pool"), LENGTH), groups),
        Universe("no lists at all", nothing, (entry("rotate_from_pool"), LENGTH), groups[2:]),
        Universe("advised", case, (entry("rotate_from_pool", force=SHOULD), LENGTH), groups),
        Universe("to R", case, (entry("rotate_from_pool", applies_to={"positions": ["R"]}), LENGTH), groups),
        *(
            Universe(f"waived, {n}", some, (entry("rotate_from_pool", waived_by="province"), LENGTH), few)
            for n, some in enumerate(exempt)
        ),
        *dated(case, few, "2026-07-01", "rotate_from_pool", LENGTH),
    ]


def _rotation_months_left() -> list[Universe]:
    # Left in January and July 2026: A (out 2027-08-01) 18 and 12; B (out 2027-07-01) 17 and 11. For development 18 are
    # wanted, for policy 12. L is local at a post that bars locals, so a policy asks: 13 left in January, 7 in July.
    # Forty-eight months in one place: W (since 2022-01-01) has them on 2026-01-01 and 17 left; V, a day later, has
    # them in July only; U has them in January and 11 left. M is local at a post that does not bar: development.
    flag = {"bars_locals": True}
    posts = [post("R", unit="T"), *(post(f"P{i}", unit="X1") for i in "ABWVUM"), post("PL", unit="X1", **flag)]
    people = [
        person("A", "PA", leaves="2027-08-01", since="2025-01-01"),
        person("B", "PB", leaves="2027-07-01", since="2025-01-01"),
        person("L", "PL", leaves="2027-03-01", since="2025-01-01", local_units="X"),
        person("M", "PM", leaves="2027-07-01", since="2025-01-01", local_units="X"),
        person("W", "PW", leaves="2027-07-01", since="2022-01-01"),
        person("V", "PV", leaves="2027-07-01", since="2022-01-02"),
        person("U", "PU", leaves="2027-01-01", since="2022-01-01"),
        person("N", rank="HEAD", leaves="2027-07-01"),
    ]
    case = case_of(people, positions=posts, units=PROVINCE)
    groups = (one_of(*(v(i, "R", 0, 1) for i in "ABLMWVUN")),)
    ways = {"long_stay": 48}
    both = (
        entry("rotation_months_left", moves="development", min=18, **ways),
        entry("rotation_months_left", "policy", moves="policy", min=12, **ways),
        LENGTH,
    )
    advised = (entry("rotation_months_left", moves="policy", min=14, force=SHOULD, **ways), LENGTH)
    return [
        Universe("both kinds", case, both, groups),
        Universe("advised", case, advised, groups),
        *dated(case, groups, "2026-07-01", "rotation_months_left", LENGTH, moves="development", min=18, **ways),
    ]


def _rotation_balance() -> list[Universe]:
    # U has H and D: two seats. A and B of unit W may rotate there for six months, E for good. N is on rotation at D
    # already, until 2026-10-01: at the instants P0 (06-30) only.
    posts = [post("H"), post("D", "DEP"), *(post(f"P{n}", unit="W") for n in range(3))]
    people = [person("A", "P0"), person("B", "P1"), person("E", "P2")]
    case = case_of(people, positions=posts)
    groups = (
        one_of(v("A", "H", 0, 1), v("A", "D", 0, 1)),
        one_of(v("B", "D", 0, 1), v("B", "H", 2)),
        one_of(a("E", "H", 0, 1)),
        one_of(a("A", "P1", 1)),
    )
    wide = [post("H"), post("D", "DEP", seats=2), *posts[2:]]
    running = [
        person("N", "D", kind="rotation", since="2024-10-01", planned_until="2026-10-01"),
        person("M", "H", kind="rotation", since="2025-01-01"),
    ]
    crowded = case_of([*people, *running], positions=wide)
    more = (
        one_of(v("A", "D", 0, 1), v("A", "H", 1)),
        one_of(v("B", "D", 0, 1)),
        one_of(a("M", "P2", 0, 1), a("N", "P0", 1)),
        one_of(a("E", "D", 0)),
    )
    return [
        Universe("half the seats", case, (entry("rotation_balance", max=0.5, always=0), LENGTH), groups),
        Universe("less than half", case, (entry("rotation_balance", max=0.49, always=0), LENGTH), groups),
        Universe("one always", case, (entry("rotation_balance", max=0, always=1), LENGTH), groups),
        Universe("by inheritance", crowded, (entry("rotation_balance", max=0.34, always=0), LENGTH), more),
        Universe("above by inheritance", crowded, (entry("rotation_balance", max=0, always=1), LENGTH), more),
        Universe("advised", crowded, (entry("rotation_balance", max=0.34, always=0, force=SHOULD), LENGTH), more),
        Universe(
            "deputies", case, (entry("rotation_balance", max=0, always=0, applies_to={"rank": "DEP"}), LENGTH), groups
        ),
        *dated(case, groups, "2026-06-30", "rotation_balance", LENGTH, max=0.5, always=0),
    ]


def _rotations_per_unit() -> list[Universe]:
    # A, B and C lead unit W, E unit V; N leads nothing and is planned.
    posts = [post("R"), post("S"), post("Q", "DEP"), post("A1", unit="W"), post("B1", "DEP", unit="W"),
             post("C1", "DEP", unit="W"), post("E1", unit="V")]  # fmt: skip
    people = [person("A", "A1"), person("B", "B1"), person("C", "C1"), person("E", "E1"), person("N")]
    case = case_of(people, positions=posts, pools=[{"position_id": "R", "person_id": "N"}])
    groups = (
        one_of(v("A", "R", 0, 1), v("A", "S", 1)),
        one_of(v("B", "S", 0, 1)),
        one_of(v("C", "Q", 0, 1)),
        one_of(v("E", "Q", 1), v("E", "S", 0)),
        one_of(v("N", "R", 1)),
    )
    return [
        Universe("one", case, (entry("rotations_per_unit", max=1), LENGTH), groups),
        Universe("two", case, (entry("rotations_per_unit", max=2), LENGTH), groups),
        Universe("advised", case, (entry("rotations_per_unit", max=1, force=SHOULD), LENGTH), groups),
        Universe("deputies", case, (entry("rotations_per_unit", applies_to={"rank": "DEP"}), LENGTH), groups),
        *dated(case, groups, "2026-07-01", "rotations_per_unit", LENGTH),
    ]


def _kin_in_a_locality() -> list[Universe]:
    # A and B are siblings, and C is B's child. In X: S leads, F heads finance, G heads tax in a unit of its own, D is a
    # deputy of finance. In Y: F2 heads finance. Who leads X may not be kin of the head of finance in X.
    def head(position: str, unit: str, sector: str, **more: Any) -> dict[str, Any]:
        return post(position, unit=unit, sector=sector, head=True, **more)

    posts = [
        head("S", "X", "party"), head("F", "X1", "finance"), head("G", "X2", "tax"),
        post("D", "DEP", unit="X1", sector="finance"), head("F2", "Y1", "finance"), head("K", "X", "culture"),
    ]  # fmt: skip
    units = [*PROVINCE, {"unit_id": "X2", "name": "X2", "kind": "agency", "parent_id": "X"}]
    kin = [
        {"person_a": "A", "person_b": "B", "relation": "sibling"},
        {"person_a": "B", "person_b": "C", "relation": "child"},
    ]
    free = case_of([person("A"), person("B"), person("C")], positions=posts, units=units, relations=kin)
    groups = (
        one_of(a("A", "S", 0, 1), a("A", "F", 0), a("A", "D", 1)),
        one_of(a("B", "F", 0, 1, 2), a("B", "S", 1), a("B", "F2", 0), a("B", "D", 0), a("B", "G", 1)),
        one_of(a("C", "S", 1), a("C", "F", 0), a("C", "K", 0)),
    )
    # Together already: A leads X, B heads its finance. Neither may come in anew, not even if they change places.
    sitting = case_of([person("A", "S"), person("B", "F"), person("C")], positions=posts, units=units, relations=kin)
    moves = (
        one_of(a("A", "F", 0, 1, 2), a("A", "K", 1)),
        one_of(a("B", "S", 0, 1, 2), a("B", "G", 1), a("B", "D", 0)),
        one_of(a("C", "S", 1), a("C", "F", 2)),
    )
    scope = {"within": "locality_sectors", "leaders": {"sector": "party"}, "relations": ("sibling", "child")}
    both = {**scope, "sectors": ("finance", "tax")}
    # Who leads X, whichever body the post belongs to: S, F, G and K, but not the deputy's D, and F2 is of Y.
    heads = {"within": "locality_leadership", "leaders": {"head": True}, "relations": ("sibling", "child")}
    return [
        Universe("leader and sectors", free, (entry("kin_apart", **both),), groups),
        Universe("leader and sectors, advised", free, (entry("kin_apart", force=SHOULD, **both),), groups),
        Universe("leader and head sit there", sitting, (entry("kin_apart", **both),), moves),
        Universe("leaders of one locality", free, (entry("kin_apart", **heads),), groups),
        Universe("leaders of one locality, advised", free, (entry("kin_apart", force=SHOULD, **heads),), groups),
        Universe("leaders of one locality sit there", sitting, (entry("kin_apart", **heads),), moves),
        Universe("one sector", sitting, (entry("kin_apart", **scope, sectors=("finance",), force=SHOULD),), moves),
    ]


NEW: dict[str, list[Universe]] = {
    "non_local": _non_local(),
    "non_local_holders": _holding("non_local_holders"),
    "tenure_limit": _tenure_limit(),
    "rotate_from_pool": _rotate_from_pool(),
    "rotation_months_left": _rotation_months_left(),
    "rotation_balance": _rotation_balance(),
    "rotations_per_unit": _rotations_per_unit(),
}


def _kin_in_an_office() -> list[Universe]:
    # The office O with its leaders H and D; of its divisions F has the finance post M, its deputy N, who names no
    # field, and L of another one; W is the head of another division, K the finance head of another office. A and B are
    # spouses. S is a province, above both.
    units = [
        {"unit_id": "S", "name": "S", "kind": "province"},
        {"unit_id": "O", "name": "O", "kind": "department", "parent_id": "S"},
        {"unit_id": "F", "name": "F", "kind": "division", "parent_id": "O"},
        {"unit_id": "G", "name": "G", "kind": "division", "parent_id": "O"},
        {"unit_id": "V", "name": "V", "kind": "department", "parent_id": "S"},
    ]
    posts = [
        post("H", unit="O", head=True), post("D", "DEP", unit="O"),
        post("M", "DIV", unit="F", head=True, field="finance"), post("N", "DIV", unit="F"),
        post("L", "DIV", unit="F", field="office"), post("W", "DIV", unit="G", head=True, field="law"),
        post("K", "DIV", unit="V", head=True, field="finance"), post("C", unit="S", head=True),
        post("T", "DIV", unit="G", sector="stores"),
    ]  # fmt: skip
    kin = [{"person_a": "A", "person_b": "B", "relation": "spouse"}]
    free = case_of([person("A"), person("B")], positions=posts, units=units, relations=kin)
    # A leads the office, B is deputy of its finance division already: she may stay, and not become its head.
    sitting = case_of([person("A", "H"), person("B", "N")], positions=posts, units=units, relations=kin)
    groups = (
        one_of(a("A", "H", 0, 1, 2), a("A", "D", 1), a("A", "M", 0), a("A", "C", 1), a("A", "W", 1)),
        one_of(*(a("B", p, 0, 1) for p in "HMNLWKT")),
    )
    moves = (
        one_of(a("A", "D", 0, 1), a("A", "K", 1), a("A", "M", 1)),
        one_of(a("B", "M", 0, 2), a("B", "W", 1), a("B", "T", 1), a("B", "H", 1)),
        one_of(v("A", "W", 0, 1)),
    )
    trust = {"within": "office_posts", "posts": ({"field": "finance"}, {"sector": "stores"}), "relations": ("spouse",)}
    heads = {**trust, "leaders": {"head": True}}
    return [
        Universe("leaders and posts of trust", free, (entry("kin_apart", **trust),), groups),
        Universe("leaders and posts of trust, advised", free, (entry("kin_apart", force=SHOULD, **trust),), groups),
        Universe("heads alone", free, (entry("kin_apart", **heads),), groups),
        Universe("leader and deputy sit there", sitting, (entry("kin_apart", **trust), LENGTH), moves),
    ]


MORE: dict[str, list[Universe]] = {"kin_apart": [*_kin_in_a_locality(), *_kin_in_an_office()]}
