"""Tiny universes of the rules on the time of the procedure, each made so that the rule binds in it.

The periods are P0 (2026-01-01 to 06-30), P1 (to 12-31) and P2 (to 2027-06-30).
"""

from __future__ import annotations

from tests.twins.in_force import dated, waived
from tests.twins.universe import (
    Universe,
    a,
    case_of,
    course,
    entry,
    one_of,
    person,
    post,
    round_,
    session,
    subsets,
    u,
    v,
    x,
)


def _earliest_order() -> list[Universe]:
    # 180 days after 2026-01-01 are over on 2026-06-30, the last day of P0: H, empty today, and D, empty from
    # 2026-02-01, are both filled on that day at the earliest. A's session ends on it: a day sooner A would not be
    # ready, a day later it would be P1. Of E the own vacancy of P1 is later than the first day of an order.
    case = case_of(
        [
            person("A", rank="DIV"), person("B", rank="DIV"), person("X", "D", leaves="2026-02-01"),
            person("Y", "E", leaves="2026-08-01"), person("C", "F", "DEP"),
        ],
        positions=[
            post("H", standard="theory"), post("D", "DEP"), post("E", "DEP"), post("F", "DEP"),
        ],
        courses=[course()],
        sessions=[session("S", "2026-02-01", "2026-06-30")],
    )  # fmt: skip
    groups = (
        one_of(a("A", "H", 0, 1)),
        subsets(u("A", "S")),
        one_of(a("B", "D", 0, 1), a("B", "E", 1, 2)),
        one_of(v("C", "D", 0, 1)),
    )
    rotating = entry("rotation_length", months=12)
    exempt = [
        case_of(
            [person("A", rank="DIV"), person("B", rank="DIV")],
            positions=[post("H"), post("D", "DEP")],
            **waived("A+H", until, "earliest_order"),
        )
        for until in ("2026-01-01", "2025-12-31")
    ]
    few = (one_of(a("A", "H", 0, 1), a("A", "D", 0)), one_of(a("B", "H", 0, 1)))
    late = (entry("earliest_order", days=200, waived_by="province"),)
    return [
        Universe("on the last day of the first period", case, (entry("earliest_order", days=180), rotating), groups),
        Universe("beyond the first period", case, (entry("earliest_order", days=200), rotating), groups),
        Universe("appointments only", case, (entry("earliest_order", days=180, stages=("appoint",)), rotating), groups),
        Universe(
            "heads only", case, (entry("earliest_order", days=200, applies_to={"rank": "HEAD"}), rotating), groups
        ),
        *(Universe(f"waived, {n}", one, late, few) for n, one in enumerate(exempt)),
        *dated(case, groups, "2026-01-01", "earliest_order", rotating, days=200),
    ]


def _order_after_list() -> list[Universe]:
    # The round of 2026-03-31 counts 92 days later from 2026-07-01 on: for H, empty today, in P1. D falls empty on
    # 2026-06-30, one day too soon. Of the old names of H, C is there since 2025-10-01, 92 days before P0, E a day less.
    posts = [post("H"), post("D", "DEP")]
    people = [
        person("A", rank="DIV"), person("C", rank="DIV"), person("E", rank="DIV"),
        person("X", "D", leaves="2026-06-30"), person("L", rank="DEP"),
    ]  # fmt: skip
    old = [
        {"position_id": "H", "person_id": "C", "since": "2025-10-01"},
        {"position_id": "H", "person_id": "E", "since": "2025-10-02"},
    ]
    case = case_of(people, positions=posts, rounds=[round_("2026-03-31")], pools=old)
    groups = (
        subsets(x("A", "H", "D")),
        one_of(a("A", "H", 0, 1, 2), a("A", "D", 0, 1)),
        subsets(x("C", "H")),
        one_of(a("C", "H", 0, 1), a("C", "D", 0)),
        subsets(x("E", "H")),
        one_of(a("E", "H", 0, 1)),
        one_of(a("L", "D", 0)),  # an equal post: no list is asked
    )
    exempt = [
        case_of(
            people, positions=posts, rounds=[round_("2026-03-31")], pools=old,
            **waived("E+H", until, "order_after_list"),
        )
        for until in ("2026-01-01", "2025-12-31")
    ]  # fmt: skip
    few = (subsets(x("A", "H")), one_of(a("A", "H", 1)), one_of(a("E", "H", 0, 1)), one_of(a("C", "H", 0)))
    return [
        Universe("92 days", case, (entry("order_after_list", days=92),), groups),
        Universe(
            "beside the list itself",
            case,
            (entry("appointment_from_pool"), entry("order_after_list", days=92)),
            groups,
        ),
        Universe("advised", case, (entry("order_after_list", days=92, force={"should": 3}),), groups),
        *(
            Universe(f"waived, {n}", one, (entry("order_after_list", days=92, waived_by="province"),), few)
            for n, one in enumerate(exempt)
        ),
        Universe("heads", case, (entry("order_after_list", days=92, applies_to={"rank": "HEAD"}),), groups),
        *dated(case, few, "2026-07-01", "order_after_list", days=92),
    ]


def _order_after_opening() -> list[Universe]:
    # X leaves H on 2026-06-01, Y leaves G on 06-02; A, who holds D, and B, who holds E, may follow them on these days.
    # P1 begins 30 days after the first and 29 after the second: D may be filled in P1, E not before P2; neither in P0.
    people = [
        person("X", "H", leaves="2026-06-01"), person("Y", "G", leaves="2026-06-02"), person("A", "D"),
        person("B", "E"), person("C", rank="DIV"), person("F", rank="DIV"), person("R", "N"),
    ]  # fmt: skip
    posts = [post("H"), post("G"), post("D", "DEP"), post("E", "DEP"), post("N", "DEP")]
    case = case_of(people, positions=posts)
    groups = (
        one_of(a("A", "H", 0, 1)),
        one_of(a("B", "G", 0)),
        one_of(a("C", "D", 0, 1, 2)),
        one_of(a("F", "E", 0, 1, 2)),
        one_of(v("R", "D", 1), v("R", "E", 1)),
    )
    rotating = entry("rotation_length", months=12)
    # Two seats: one falls free by itself in P0, the other by A's move; one may come in P0, the other in P1.
    double = case_of(
        [
            person("X", "H", leaves="2026-06-01"), person("Z", "D", leaves="2026-05-01"), person("A", "D"),
            person("C", rank="DIV"), person("F", rank="DIV"),
        ],
        positions=[post("H"), post("D", "DEP", seats=2)],
    )  # fmt: skip
    seats = (one_of(a("A", "H", 0)), one_of(a("C", "D", 0, 1)), one_of(a("F", "D", 0, 1)))
    # A head who moves to an equal post opens a head's seat: where the rule is for deputies it may be filled at once.
    heads = case_of(
        [person("X", "H", leaves="2026-06-01"), person("M", "K"), person("C", rank="DEP"), person("A", "D")],
        positions=[post("H"), post("K"), post("D", "DEP")],
    )
    both = (one_of(a("M", "H", 0)), one_of(a("C", "K", 0, 1)), one_of(a("A", "K", 0), a("C", "D", 0)))
    # One too many in D: whoever leaves first opens no seat.
    crowded = case_of(
        [
            person("X", "H", leaves="2026-06-01"), person("Z", "D", leaves="2026-05-01"), person("A", "D"),
            person("C", rank="DIV"),
        ],
        positions=[post("H"), post("D", "DEP", surplus_until="2027-12-31")],
    )  # fmt: skip
    over = (one_of(a("A", "H", 0)), one_of(a("C", "D", 0, 1, 2)))
    return [
        Universe("30 days", case, (entry("order_after_opening", days=30), rotating), groups),
        Universe("two seats", double, (entry("order_after_opening", days=30),), seats),
        Universe("a surplus", crowded, (entry("order_after_opening", days=30),), over),
        Universe("deputies only", heads, (entry("order_after_opening", days=30, applies_to={"rank": "DEP"}),), both),
        *dated(case, groups, "2026-07-01", "order_after_opening", rotating, days=30),
    ]


NEW: dict[str, list[Universe]] = {
    "earliest_order": _earliest_order(),
    "order_after_list": _order_after_list(),
    "order_after_opening": _order_after_opening(),
}
