"""Tiny universes of the structure alone: who sits where, moves, places, lists, deputies, successors, pins.

Their rulebooks hold only what gives rotations (`rotation_length`) and deputies (`acting_by`) at all.
The periods are P0 (2026-01-01 to 06-30), P1 (to 12-31), P2 (to 2027-06-30) and so on.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from planner.domain.content import Entry
from tests.twins.universe import (
    Group,
    Key,
    Study,
    Universe,
    World,
    a,
    case_of,
    course,
    entry,
    g,
    k,
    one_of,
    person,
    post,
    round_,
    session,
    study,
    subsets,
    u,
    v,
    x,
)

SIX = entry("rotation_length", months=6)
TWELVE = entry("rotation_length", months=12)
ACTING = entry("acting_by")


def universe(name: str, case: Any, *groups: Group, rules: tuple[Entry, ...] = (), **more: Any) -> Universe:
    return Universe(name, case, rules, groups, **more)


def moves(i: str, posts: str, periods: int, rotations: str = "", most: int = 2) -> Group:
    """Every choice of at most so many appointments and rotations of a person."""
    keys: list[list[Key]] = [a(i, p, *range(periods)) for p in posts] + [v(i, q, *range(periods)) for q in rotations]
    return subsets(*keys, most=most)


# ---- seats: 2 posts × 5 periods and 3 posts × 3 periods ------------------------------------------------------------


def seats() -> list[Universe]:
    two = [post("H"), post("D", "DEP")]
    five = "2028-06-30"
    # X leaves H in the middle of P0, Y leaves D in the middle of P2; Y may rise to H or rotate there for 12 months.
    chain = case_of(
        [person("X", "H", leaves="2026-04-01"), person("Y", "D", leaves="2027-04-01"), person("A"), person("B")],
        positions=two,
    )
    # Nobody leaves: a ring of appointments, a swap of rotations, and a reserve that may push in.
    ring = case_of([person("A", "H"), person("B", "D"), person("C")], positions=two)
    three = [post("H"), post("P", "DEP"), post("Q", "DEP")]
    # A at P and B at Q; X leaves H in the middle of P1. Chains into H, swaps of P and Q, both in one period.
    swap = case_of(
        [person("X", "H", leaves="2026-10-01"), person("A", "P"), person("B", "Q"), person("R")], positions=three
    )
    # A cycle of three rotations, and a departure on the first day of P1.
    cycle = case_of([person("A", "H"), person("B", "P"), person("C", "Q", leaves="2027-07-01")], positions=three)
    # Two seats, of which one is empty and the other's holder leaves in the middle of P1; Y leaves D in P1 as well.
    several = case_of(
        [person("X", "H", leaves="2026-10-01"), person("Y", "D", leaves="2026-08-01"), person("A"), person("B"),
         person("C")],
        positions=[post("H", seats=2), post("D", "DEP")],
    )  # fmt: skip
    # Two seats, both filled, left on different days of P1.
    both = case_of(
        [person("X", "H", leaves="2026-08-01"), person("Y", "H", leaves="2026-11-01"), person("A", "D"), person("B"),
         person("C")],
        positions=[post("H", seats=2), post("D", "DEP")],
    )  # fmt: skip
    # Three in one seat: one leaves in P0, one in P2. Nobody comes in while it lasts; who leaves is not replaced.
    surplus = case_of(
        [person("X", "D", leaves="2026-03-01"), person("Y", "D", leaves="2027-02-01"), person("Z", "D"), person("A"),
         person("B", "H")],
        positions=[post("H"), post("D", "DEP", surplus_until="2026-12-31")],
    )  # fmt: skip
    # Two in one seat for ever: it lasts until one is moved out.
    lasting = case_of(
        [person("X", "D"), person("Y", "D"), person("A"), person("B", "P")],
        positions=[post("H"), post("D", "DEP"), post("P", "DEP")],
    )
    # A may rotate from P, which matters most, to Q, and rise to H after that. Who rotated is not back at P before.
    away = case_of(
        [person("X", "H", leaves="2026-08-01"), person("A", "P", leaves="2027-04-01")],
        positions=[post("H"), post("P", "DEP", criticality=3), post("Q", "DEP")],
    )
    return [
        universe("not back from a rotation", away, moves("A", "H", 3, "Q"), rules=(TWELVE,)),
        universe(
            "a chain in five periods",
            chain,
            moves("Y", "H", 5, "H"),
            moves("A", "HD", 5),
            moves("B", "HD", 5),
            rules=(TWELVE,),
            until=five,
        ),
        universe(
            "rings and swaps in five periods",
            ring,
            moves("A", "D", 5, "D"),
            moves("B", "H", 5, "H"),
            moves("C", "HD", 5, "", 1),
            rules=(TWELVE,),
            until=five,
        ),
        universe(
            "chains and swaps of three posts",
            swap,
            moves("A", "HQ", 3, "HQ"),
            moves("B", "HP", 3, "HP"),
            moves("R", "HPQ", 3, "", 1),
            one_of(a("X", "P", 0), v("X", "P", 0)),
            rules=(SIX,),
        ),
        universe(
            "cycles of three posts",
            cycle,
            moves("A", "PQ", 3, "PQ", 1),
            moves("B", "HQ", 3, "HQ", 1),
            moves("C", "HP", 3, "HP", 1),
            rules=(SIX,),
        ),
        universe(
            "several seats",
            several,
            moves("A", "HD", 3),
            moves("B", "HD", 3, "HD", 1),
            moves("C", "H", 3, "", 1),
            moves("Y", "H", 2),
            rules=(SIX,),
        ),
        universe(
            "two departures in one period",
            both,
            moves("A", "H", 3, "H"),
            moves("B", "HD", 3, "H"),
            moves("C", "HD", 3, "", 1),
            rules=(SIX,),
        ),
        universe(
            "surplus with an end",
            surplus,
            moves("Y", "H", 2, "H"),
            moves("Z", "H", 3, "H"),
            moves("A", "DH", 3, "D", 1),
            moves("B", "D", 3, "D", 1),
            rules=(SIX,),
        ),
        universe(
            "surplus that lasts",
            lasting,
            moves("X", "HP", 3, "HP", 1),
            moves("Y", "HP", 3, "P"),
            moves("A", "DP", 3, "D", 1),
            moves("B", "D", 3, "D", 1),
            rules=(SIX,),
        ),
    ]


# ---- what is in progress -----------------------------------------------------------------------------------------


def in_progress() -> list[Universe]:
    # A is at Q by rotation, over on 2026-10-01, in the middle of P1: free from P2 on, or in P1 for H, whose own
    # vacancy falls on 2026-10-01, the very day. B is on a full-time course to 2026-07-01, back on that day.
    rotation = case_of(
        [
            person("A", "Q", kind="rotation", planned_until="2026-10-01", return_to="P"),
            person("X", "H", leaves="2026-10-01"),
            person("B", "P"),
            person("C"),
        ],
        positions=[post("H"), post("P", "DEP"), post("Q", "DEP")],
        courses=[course(mode="full")],
        enrolments=[{"person_id": "B", "course_id": "K", "since": "2025-09-01", "until": "2026-07-01"}],
    )
    # D acts for H to the eve of 2026-09-01 while H is empty; from then on the plan may name a deputy.
    cover = case_of(
        [
            person("D", "D1", service=[{"since": "2025-12-01", "position_id": "H", "kind": "acting",
                                        "planned_until": "2026-09-01"}]),
            person("E", "D2"),
            person("A"),
        ],
        positions=[post("H", acting_months=12, head=True), post("D1", "DEP"), post("D2", "DEP")],
    )  # fmt: skip
    # D acts for H already, and might for G, which is empty as well; E might for both.
    second = case_of(
        [
            person(
                "D",
                "D1",
                service=[{"since": "2025-12-01", "position_id": "H", "kind": "acting", "planned_until": "2026-09-01"}],
            ),
            person("E", "D2"),
            person("A"),
        ],
        positions=[
            post("H", acting_months=12),
            post("G", acting_months=12),
            post("D1", "DEP"),
            post("D2", "DEP"),
        ],
    )
    # The same with two seats at H, one of them held by Y.
    cover_two = case_of(
        [
            person("D", "D1", service=[{"since": "2025-12-01", "position_id": "H", "kind": "acting",
                                        "planned_until": "2027-03-01"}]),
            person("Y", "H", leaves="2026-10-01"),
            person("A"),
            person("B"),
        ],
        positions=[post("H", acting_months=12, seats=2), post("D1", "DEP")],
    )  # fmt: skip
    return [
        universe(
            "a rotation and a course in progress",
            rotation,
            moves("A", "HP", 3, "HP"),
            moves("B", "HQ", 3, "Q"),
            moves("C", "QP", 3, "", 1),
            rules=(SIX,),
        ),
        universe(
            "a cover in progress",
            cover,
            subsets(k("D", "H", 0, 1, 2)),
            subsets(k("E", "H", 0, 1, 2)),
            moves("A", "H", 3, "", 1),
            moves("D", "H", 3, "", 1),
            moves("E", "H", 2, "", 1),
            rules=(ACTING,),
        ),
        universe(
            "a cover in progress and a second post",
            second,
            subsets(k("D", "G", 0, 1, 2), k("D", "H", 1, 2)),
            subsets(k("E", "G", 0, 1), k("E", "H", 0, 1)),
            moves("A", "HG", 2, "", 1),
            rules=(ACTING,),
        ),
        universe(
            "a cover in progress beside a holder",
            cover_two,
            subsets(k("D", "H", 0, 1, 2)),
            moves("A", "H", 3, "", 1),
            moves("B", "H", 3, "", 1),
            moves("Y", "H", 1, "", 1),
            rules=(ACTING,),
        ),
    ]


# ---- places ------------------------------------------------------------------------------------------------------


def places() -> list[Universe]:
    # S1 and S2 grant `law`, which K2 (theory) needs; S2 ends on the day on which S3 begins, S4 begins a day earlier.
    steps = case_of(
        [
            person("A"),
            person("B", levels={"law": "degree"}),
            person("C", levels={"theory": "intermediate"}, leaves="2026-12-31"),
        ],
        positions=[post("H", standard="theory"), post("D", "DEP")],
        courses=[course("K1", "law:degree"), course("K2", needs="law:degree"), course("K0", "theory:intermediate")],
        sessions=[
            session("S1", "2026-02-01", "2026-04-30", "K1", seats=1),
            session("S2", "2026-03-01", "2026-06-01", "K1", seats=2),
            session("S3", "2026-06-01", "2026-12-30", "K2", seats=2),
            session("S4", "2026-05-31", "2026-12-31", "K2", seats=1),
            session("S5", "2027-01-01", "2027-02-01", "K0"),
        ],
    )
    # Classes: at least two, at most three; at least two, no limit; at least one.
    classes = case_of(
        [person(i) for i in "ABCDE"],
        positions=[post("H")],
        courses=[course("K1", "law:degree"), course("K2"), course("K3")],
        sessions=[
            session("S1", "2026-02-01", "2026-03-01", "K1", seats=3, min_seats=2),
            session("S2", "2026-03-15", "2026-06-01", "K2", min_seats=3),
            session("S3", "2026-03-15", "2026-06-01", "K3", min_seats=1, seats=2),
        ],
    )
    # A full-time course from 2026-03-01 to 2026-07-01: the person is away on 06-30 (P0's instant), back on P1's first
    # day; a second one runs over all of P1. Away: no appointment, no rotation begun, no acting, not ready.
    full = case_of(
        [
            person("A", "D1", levels={"theory": "advanced"}),
            person("B"),
            person("X", "H", leaves="2026-05-01"),
        ],
        positions=[
            post("H", acting_months=12), post("D1", "DEP"), post("D2", "DEP", standard="law", successors=1,
                                                                 needed_by="2026-06-30"),
            post("W", "DEP", unit="V"),
        ],
        courses=[course("K", "law:degree", mode="full")],
        sessions=[session("F1", "2026-03-01", "2026-07-01"), session("F2", "2026-07-02", "2027-01-02")],
    )  # fmt: skip
    # Who is admitted: U's people only; holders of DEP; holders or names in a list of HEAD, after the round.
    admitted = case_of(
        [person("A", "D"), person("B", "L"), person("C", unit_id="V"), person("E", "W", leaves="2026-06-01")],
        positions=[post("H"), post("D", "DEP"), post("L", "DIV"), post("W", "DEP", unit="V")],
        units=[{"unit_id": "V", "name": "V", "parent_id": "U"}],
        rounds=[round_()],
        courses=[
            course("K1", "law:degree"), course("K2", admits="in_post:DEP"),
            course("K3", admits="in_post_or_planned:HEAD"),
            course("K4", "theory:intermediate", admits="in_post_or_planned"),
        ],
        sessions=[
            session("S1", "2026-02-01", "2026-03-01", "K1", allotted_to="V"),
            session("S2", "2026-04-01", "2026-05-01", "K2"),
            session("S3", "2026-06-02", "2026-07-01", "K3"),
            session("S4", "2026-03-31", "2026-04-15", "K4"),
        ],
        pools=[{"position_id": "H", "person_id": "C"}],
    )  # fmt: skip
    return [
        universe(
            "prerequisites, days and seats",
            steps,
            subsets(u("A", "S1", "S2", "S3", "S4", "S5")),
            subsets(u("B", "S1", "S2", "S3", "S4")),
            subsets(u("C", "S1", "S3", "S4", "S5")),
            one_of(a("A", "H", 1, 2)),
            one_of(a("B", "H", 1, 2), a("C", "H", 1, 2)),
        ),
        universe(
            "class sizes",
            classes,
            *(subsets(u(i, "S1", "S2", "S3")) for i in "ABCD"),
            one_of(u("E", "S1"), u("E", "S2")),
        ),
        universe(
            "full-time courses",
            full,
            subsets(u("A", "F1", "F2")),
            moves("A", "H", 3, "W", 1),
            subsets(u("B", "F1")),
            moves("B", "HW", 3, "W", 1),
            subsets(k("A", "H", 0, 1, 2)),
            one_of(g("A", "D2"), g("B", "D2")),
            rules=(SIX, ACTING),
        ),
        universe(
            "admission",
            admitted,
            *(subsets(u(i, "S1", "S2", "S3", "S4")) for i in "ABC"),
            one_of(u("E", "S1"), u("E", "S2")),
            subsets(x("C", "H")),
            subsets(x("A", "H", "L")),
            subsets(x("B", "H")),
        ),
    ]


# ---- lists, readiness, successors ----------------------------------------------------------------------------------


def names() -> list[Universe]:
    # The round on 2026-04-01. Z leaves on that day; F lacks `law` and may get it by a session that ends on it, or by
    # one that ends a day later; A may be appointed to G (equal) or D (lower) on P0's first day, or later.
    lists = case_of(
        [
            person("A", levels={"law": "degree"}),
            person("Z", levels={"law": "degree"}, leaves="2026-04-01"),
            person("F"),
            person("I", "H", levels={"law": "degree"}),
        ],
        positions=[post("H", standard="law"), post("G"), post("D", "DEP")],
        rounds=[round_("2026-04-01")],
        pools=[{"position_id": "H", "person_id": i} for i in "AZF"] + [{"position_id": "D", "person_id": "A"}],
        courses=[course("K", "law:degree")],
        sessions=[session("S1", "2026-02-01", "2026-04-01"), session("S2", "2026-02-01", "2026-04-02")],
    )
    nominated = case_of(
        [person("A"), person("B"), person("C")],
        positions=[post("H", term_system="party"), post("D", "DEP", term_system="state"), post("E")],
        rounds=[round_("2026-03-31", system="party")],
        pools=[{"position_id": "H", "person_id": "A"}, {"position_id": "D", "person_id": "B"}],
        nominations=[{"position_id": "H", "person_id": "B", "round_id": "R"}],
    )
    return [
        universe(
            "lists after a round",
            lists,
            subsets(x("A", "H", "G", "D")),
            subsets(x("Z", "H", "D")),
            subsets(x("F", "H"), u("F", "S1", "S2")),
            subsets(x("I", "H", "G")),
            moves("A", "GD", 2, "", 1),
            moves("F", "G", 2, "", 1),
        ),
        universe(
            "nominated names of one system",
            nominated,
            *(subsets(x(i, "H", "D", "E")) for i in "ABC"),
            moves("B", "HDE", 2, "", 1),
            names_from="nominated",
        ),
        universe(
            "all names of one system",
            nominated,
            *(subsets(x(i, "H", "D", "E")) for i in "ABC"),
            moves("B", "HD", 2, "", 1),
        ),
    ]


def successors() -> list[Universe]:
    # H is wanted on 2026-10-01, in the middle of P1; G on P1's first day; L (DIV) at the end of the horizon. Rotations
    # of 6 and sessions end before, on, and after these days. B leaves on 2026-10-01: not ready for H.
    wanted = case_of(
        [
            person("A", "D", levels={"theory": "advanced"}),
            person("B", levels={"theory": "advanced"}, leaves="2026-10-01"),
            person("C"),
        ],
        positions=[
            post("H", standard="theory", successors=1, needed_by="2026-10-01"),
            post("G", successors=2, needed_by="2026-07-01"),
            post("D", "DEP", successors=0),
            post("E", "DEP"),
        ],
        rounds=[round_("2026-06-30")],
        pools=[{"position_id": "G", "person_id": i} for i in "AC"],
        courses=[course()],
        sessions=[session("S1", "2026-08-01", "2026-10-01"), session("S2", "2026-09-01", "2026-10-02")],
    )
    # Without rounds and lists everyone plannable counts as listed; a vacancy of its own sets d1, the lead before it.
    everyone = case_of(
        [
            person("X", "H", leaves="2027-03-01"),
            person("A", "D"),
            person("B"),
            person("C", leaves="2026-12-15"),
        ],
        positions=[post("H", successors=1), post("D", "DEP", successors=1), post("E", "DEP")],
    )
    designations = (one_of(g("A", "H"), g("B", "H"), g("C", "H")), one_of(g("A", "G"), g("B", "G"), g("C", "G")))
    return [
        universe(
            "wanted on given days",
            wanted,
            subsets(x("A", "H", "G")),
            subsets(x("B", "H", "G")),
            subsets(x("C", "H"), u("C", "S1", "S2")),
            moves("A", "HG", 2, "E", 1),
            moves("B", "G", 2, "", 1),
            *designations,
            rules=(SIX,),
        ),
        universe(
            "everyone is listed",
            everyone,
            one_of(g("A", "H"), g("B", "H"), g("C", "H")),
            one_of(g("B", "D"), g("C", "D"), g("A", "D"), g("X", "D")),
            moves("A", "H", 3, "E"),
            moves("B", "HDE", 3, "", 1),
            moves("C", "E", 2, "", 1),
            rules=(SIX,),
            lead_months=3,
        ),
    ]


# ---- deputies, bundles, standards, pins ----------------------------------------------------------------------------


def deputies() -> list[Universe]:
    # H falls empty in P0 and may be filled, D1's holder may leave for H or W. Who may act is a rule's matter; here that
    # the seat is empty, one at a time, present, and a person for one post only.
    case = case_of(
        [
            person("X", "H", leaves="2026-04-01"),
            person("A", "D1"),
            person("B", "D2", leaves="2026-12-31"),
            person("R"),
        ],
        positions=[
            post("H", acting_months=12), post("D1", "DEP", acting_months=6), post("D2", "DEP"), post("W", unit="V"),
        ],
    )  # fmt: skip
    # A surplus post with acting months: nobody acts beside a surplus.
    crowded = case_of(
        [
            person("X", "D"),
            person("Y", "D", leaves="2026-10-01"),
            person("Z", "D", leaves="2026-10-01"),
            person("A", "P"),
        ],
        positions=[post("D", "DEP", acting_months=12, seats=2), post("P", "DEP"), post("H", unit="V", seats=2)],
    )
    return [
        universe(
            "acting",
            case,
            subsets(k("A", "H", 0, 1, 2)),
            subsets(k("B", "H", 0, 1, 2), k("B", "D1", 0, 1)),
            moves("R", "HD"[:1], 3, "", 1),
            one_of(a("A", "W", 0, 1), a("A", "H", 0, 1), a("R", "D1", 1, 2)),
            rules=(ACTING,),
        ),
        universe(
            "acting and surplus",
            crowded,
            subsets(k("A", "D", 0, 1, 2)),
            moves("X", "H", 3, "H", 1),
            moves("Y", "H", 2, "", 1),
            moves("A", "D", 3, "D", 1),
            rules=(ACTING, SIX),
        ),
    ]


def bundles() -> list[Universe]:
    # CHAIR rides on SEC and asks for `theory`: whoever comes to SEC needs it. MEMBER is bound to nothing: it has a list
    # and no seats. COUNCIL rides on MEMBER.
    case = case_of(
        [person("X", "SEC", leaves="2026-10-01"), person("A", levels={"theory": "advanced"}), person("B")],
        positions=[
            post("SEC", successors=1, needed_by="2026-12-31"),
            post("CHAIR", standard="theory", nature="concurrent", held_with="SEC", seats=None),
            post("MEMBER", "DEP", nature="membership", seats=None),
        ],
        rounds=[round_()],
        courses=[course()],
        sessions=[session("S", "2026-02-01", "2026-10-01")],
    )
    groups = (
        subsets(x("A", "SEC", "CHAIR", "MEMBER")),
        subsets(x("B", "SEC", "MEMBER"), u("B", "S")),
        one_of(
            a("A", "SEC", 0, 1, 2), a("A", "CHAIR", 1), a("A", "MEMBER", 1), v("A", "MEMBER", 1), v("A", "CHAIR", 0)
        ),
        one_of(a("B", "SEC", 1, 2)),
        one_of(g("A", "SEC"), g("B", "SEC")),
        one_of(g("A", "CHAIR")),
        one_of(k("A", "CHAIR", 1)),
    )
    return [universe("posts held together", case, *groups, rules=(SIX, ACTING))]


def standards() -> list[Universe]:
    # H asks for six months on rotation: one from P0 completes them on P1's first day. G asks for 24 months as a deputy:
    # B has them on 2027-01-01; no plan adds any. A reserve rotates only if planned; C does not want to.
    case = case_of(
        [
            person("A", "P"),
            person("B", "P2", since="2025-01-01"),
            person("C", "P3", open_to_rotation=False),
            person("R"),
        ],
        positions=[
            post("H", standard="away"), post("G", standard="deputy"), post("P", "DEP"), post("P2", "DEP"),
            post("P3", "DEP"), post("Q", "DEP", unit="V", seats=2),
        ],
        rounds=[round_()],
    )  # fmt: skip
    # The receiving post asks for theory on the first day of the rotation.
    learning = case_of(
        [person("A", "P"), person("X", "Q", leaves="2026-07-01")],
        positions=[post("P", "DEP"), post("Q", "DEP", standard="theory"), post("H", standard="theory")],
        courses=[course()],
        sessions=[session("S1", "2026-02-01", "2026-07-01"), session("S2", "2026-02-01", "2026-07-02")],
    )
    # A reserve who may not be appointed: nothing but "one rotation each" forbids a second one when the first is over.
    barred = case_of(
        [person("R")],
        positions=[post("D", "DEP"), post("E", "DEP")],
        discipline=[{"person_id": "R", "form": "warning", "decided": "2025-12-01"}],
    )
    wait = entry("discipline_wait", months={"warning": 24})
    return [
        universe(
            "months on rotation and in office",
            case,
            moves("A", "HG", 3, "Q"),
            moves("B", "GH", 3, "Q"),
            one_of(v("C", "Q", 0), a("C", "H", 2)),
            subsets(x("R", "H")),
            one_of(v("R", "Q", 0, 1, 2)),
            rules=(SIX,),
        ),
        universe(
            "levels on the first day of a rotation",
            learning,
            subsets(u("A", "S1", "S2")),
            moves("A", "QH", 3, "Q"),
            rules=(SIX,),
        ),
        universe("a second rotation", barred, moves("R", "D", 3, "DE"), rules=(SIX, wait)),
    ]


def pins() -> list[Universe]:
    people = [
        person("X", "H", leaves="2026-04-01"), person("A", "D"), person("B"), person("C", "E", leaves="2026-12-01"),
    ]  # fmt: skip
    tables: dict[str, Any] = {
        "positions": [post("H", acting_months=12), post("D", "DEP"), post("E", "DEP")],
        "rounds": [round_()],
        "courses": [course()],
        "sessions": [session("S1", "2026-02-01", "2026-03-01"), session("S2", "2026-08-01", "2026-09-01")],
    }

    def decided(*rows: dict[str, str]) -> Any:
        proposed = {"kind": "not_appoint", "person_id": "B", "position_id": "E", "status": "proposed"}
        return case_of(people, **tables, decisions=[proposed, *({"status": "decided", **row} for row in rows)])

    groups = (
        subsets(x("B", "H", "E")),
        subsets(u("B", "S1", "S2")),
        moves("A", "H", 3, "E", 1),
        moves("B", "HE", 3, "E", 1),
        one_of(k("A", "H", 0), k("A", "H", 1)),
        one_of(k("C", "H", 0)),
    )
    wanted = decided(
        {"kind": "pool", "person_id": "B", "position_id": "H"},
        {"kind": "train", "person_id": "B", "session_id": "S2"},
        {"kind": "appoint", "person_id": "B", "position_id": "E", "from": "2026-12-05"},
    )
    refused = decided(
        {"kind": "not_pool", "person_id": "B", "position_id": "E"},
        {"kind": "not_train", "person_id": "B", "session_id": "S1"},
        {"kind": "not_rotate", "person_id": "A", "position_id": "E", "from": "2026-07-01"},
        {"kind": "not_appoint", "person_id": "B", "position_id": "H", "from": "2026-08-01"},
    )
    other = decided(
        {"kind": "rotate", "person_id": "A", "position_id": "E", "from": "2027-01-01"},
        {"kind": "cover", "person_id": "A", "position_id": "H", "from": "2026-06-01", "until": "2026-12-31"},
    )
    deputy = decided(
        {"kind": "cover", "person_id": "A", "position_id": "H", "from": "2026-05-01", "until": "2026-08-01"}
    )
    beyond = decided({"kind": "appoint", "person_id": "B", "position_id": "H", "from": "2029-01-01"})
    leaving = decided(
        {"kind": "leaves", "person_id": "A", "from": "2026-09-01"},
        {"kind": "stays", "person_id": "X", "from": "2026-01-01"},
        {"kind": "not_appoint", "person_id": "B", "position_id": "H"},
    )
    rules = (SIX, ACTING)
    return [
        universe("decided for", wanted, *groups, rules=rules),
        universe("decided against", refused, *groups, rules=rules),
        universe("a rotation and a cover decided", other, *groups[2:], subsets(k("A", "H", 0, 1, 2)), rules=rules),
        universe("a cover decided for some time", deputy, *groups, rules=rules),
        universe("decided for a day beyond the horizon", beyond, *groups[2:4], rules=rules),
        universe("departures decided", leaving, *groups, rules=rules),
    ]


UNIVERSES = [
    *seats(), *in_progress(), *places(), *names(), *successors(), *deputies(), *bundles(), *standards(), *pins(),
]  # fmt: skip


@cache
def studied(number: int, limit: int | None) -> Study:
    """The plans of a universe, or `limit` of them, judged by law and by rows."""
    return study(World(UNIVERSES[number]), limit)
