"""One or more tiny universes for every rule, each made so that the rule binds in it.

The periods of a universe that ends on 2027-06-30 are P0 (2026-01-01 to 06-30), P1 (to 12-31) and P2. Unless a post
has a vacancy of its own in a period, δ is the period's first day. A round on 2026-03-31 lies in P0.
"""

from __future__ import annotations

from functools import cache

from planner.domain.case import Case
from tests.twins import courses_and_numbers, feeders, lists_and_appointments, procedure, rotations_and_places
from tests.twins.in_force import SHOULD, dated, waived
from tests.twins.universe import (
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


def _upward_only() -> list[Universe]:
    # Ranks: STAFF 10, SUB 19, DIV 20, DEP 30, HEAD 40; a step of at most 10 up to DIV, DEP and HEAD. C (SUB) to D
    # (DEP) is 11 up: one too far; E (DIV) to D is 10 up: just right. A (DEP) to D is sideways.
    posts = [post("H", "HEAD"), post("D", "DEP")]
    people = [person("A", rank="DEP"), person("C", rank="SUB"), person("E", rank="DIV")]
    case = case_of(people, positions=posts, rounds=[round_()])
    groups = tuple(group for i in "ACE" for group in (subsets(x(i, "H", "D")), one_of(a(i, "H", 1), a(i, "D", 1))))
    # Rotation is a stage of its own, where `stages` names it.
    rotating = case_of([person("A", "P", "DEP")], positions=[post("P", "DEP"), post("D", "DEP"), post("H", "HEAD")])
    stages = ("plan", "appoint", "rotate")
    return [
        Universe("both stages", case, (entry("upward_only"),), groups),
        Universe("only to appoint", case, (entry("upward_only", stages=("appoint",)),), groups),
        Universe("advised", case, (entry("upward_only", force=SHOULD),), groups),
        Universe("only for heads", case, (entry("upward_only", applies_to={"head": True}),), groups),
        Universe(
            "rotations too",
            rotating,
            (entry("upward_only", stages=stages), entry("rotation_length", months=12)),
            (one_of(v("A", "D", 0, 1), v("A", "H", 0, 1)), one_of(a("A", "D", 2), a("A", "H", 2))),
        ),
        *(
            Universe(
                f"waived until {until}",
                case_of(people, positions=posts, rounds=[round_()], **waived("A+D", until, "upward_only")),
                (entry("upward_only", waived_by="province"),),
                (subsets(x("A", "D", "H")), one_of(a("A", "D", 0, 1, 2)), one_of(a("C", "D", 1)), subsets(x("C", "D"))),
            )
            for until in ("2026-07-01", "2026-06-30")
        ),
        *dated(
            case, (one_of(x("A", "D")), one_of(a("A", "D", 0, 1, 2)), one_of(a("E", "H", 0, 1, 2))), "2026-07-01",
            "upward_only",
        ),
    ]  # fmt: skip


def _months_left() -> list[Universe]:
    # 12 months left are wanted. First day out of service 2027-08-01: the last month is July 2027, so 15 months from
    # April 2026, 12 from July 2026, 7 from December 2026.
    posts = [post("H"), post("D", "DEP")]
    people = [
        person("A", leaves="2027-08-01"),  # from 2026-07: 12 months left: just enough
        person("B", leaves="2027-07-01"),  # 11: one too few
        person("C", leaves="2027-05-01"),
    ]
    case = case_of(people, positions=posts, rounds=[round_(age_reference_date="2026-07-15")])
    plain = case_of(people, positions=posts, rounds=[round_("2026-06-30")])
    groups = tuple(group for i in "ABC" for group in (one_of(x(i, "H", "D")), one_of(a(i, "H", 0, 1), a(i, "D", 1))))
    rotating = case_of(
        [person("A", "P", "HEAD", leaves="2027-08-01"), person("B", "Q", "HEAD", leaves="2027-07-01")],
        positions=[post("P"), post("Q"), post("H")],
    )
    # A decision, and a dated vacancy of a single holder: D leaves on 2027-08-01, just late enough to be listed and
    # appointed in P0 (19 months left) and P1 (12), E a month sooner; F takes it back with a decision to stay; G holds a
    # post together with V, of whom nobody knows who goes. By age nobody leaves before 2060.
    leaving = case_of(
        [person(i) for i in "DEF"] + [person("G", "P"), person("V", "P"), person("W", "Q")],
        positions=[post("H"), post("D", "DEP"), post("P", "DEP", seats=2), post("Q", "DEP")],
        rounds=[round_("2026-06-30")],
        decisions=[
            {"kind": "leaves", "person_id": "D", "from": "2027-08-01", "status": "decided"},
            {"kind": "leaves", "person_id": "E", "from": "2027-07-01", "status": "decided"},
            {"kind": "leaves", "person_id": "F", "from": "2027-07-01", "status": "decided"},
            {"kind": "stays", "person_id": "F", "from": "2027-01-01", "status": "decided"},
        ],
        vacancies=[{"position_id": p, "on": "2027-07-01"} for p in "PQ"],
    )
    # The rule judges each person by itself, so lists and appointments need not be tried together.
    listed = tuple(one_of(x(i, "H"), x(i, "D")) for i in "DEFGW")
    appointed = (
        one_of(a("D", "H", 0, 1, 2)),
        one_of(a("E", "H", 0, 1)),
        one_of(a("F", "D", 1)),
        one_of(a("W", "D", 0, 1)),
    )
    return [
        Universe("who is known to leave is not listed", leaving, (entry("months_left", min=12),), listed),
        Universe("who is known to leave is not appointed", leaving, (entry("months_left", min=12),), appointed),
        Universe("retirement alone", leaving, (entry("months_left", min=12, counts_to="retirement"),), appointed[-3:]),
        Universe("by the round's reference", case, (entry("months_left", min=12),), groups),
        Universe("by the round's day", plain, (entry("months_left", min=12, stages=("plan",)),), groups),
        Universe("appointments only", case, (entry("months_left", min=12, stages=("appoint",)),), groups),
        Universe("advised", case, (entry("months_left", min=12, force=SHOULD),), groups),
        Universe(
            "rotations",
            rotating,
            (entry("months_left", min=12, stages=("rotate",)), entry("rotation_length", months=6)),
            (one_of(v("A", "H", 0, 1)), one_of(v("B", "H", 0, 1)), one_of(a("A", "H", 2))),
        ),
        *dated(plain, groups, "2026-06-30", "months_left", min=12),
    ]


def _pool_discipline() -> list[Universe]:
    # On the day of the round, 2026-03-31: A's reprimand is over on that day, B's runs one day longer; C's form is not
    # among those that bar; D's form is not known and counts; E's sanction comes a day later.
    rows = [
        ("A", "reprimand", "2025-03-31", "2026-03-31"),
        ("B", "reprimand", "2025-04-01", "2026-04-01"),
        ("C", "caution", "2025-06-01", None),
        ("D", None, "2025-06-01", "2027-01-01"),
        ("E", "warning", "2026-04-01", None),
        ("F", "warning", "2026-03-31", None),
    ]
    case = case_of(
        [person(i) for i in "ABCDEF"],
        positions=[post("H"), post("D", "DEP")],
        rounds=[round_()],
        discipline=[
            {"person_id": i, "side": "party", "form": form, "decided": decided, "expires": expires}
            for i, form, decided, expires in rows
        ],
    )
    groups = (*(subsets(x(i, "H")) for i in "ABCDEF"), one_of(x("B", "D")), one_of(a("B", "H", 0)))
    # In the list of H since 2024-01-01 (K, P), since the day of the reprimand (L), since the day after it (M), since a
    # day that is not known (N); O is in none. All reprimands, but P's of 2023, are of 2024-02-01 and have run out.
    listed = {"K": "2024-01-01", "L": "2024-02-01", "M": "2024-02-02", "N": None, "P": "2024-01-01"}
    kept = case_of(
        [person(i) for i in "KLMNOP"],
        positions=[post("H"), post("D", "DEP")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": i, "since": since} for i, since in listed.items()],
        discipline=[
            {"person_id": i, "side": "party", "form": "reprimand", "decided": on, "expires": "2025-02-01"}
            for i, on in [*((i, "2024-02-01") for i in "KLMNO"), ("P", "2023-12-31")]
        ],
    )
    keeping = tuple(subsets(x(i, "H", "D")) for i in "KLMNOP")
    return [
        Universe("while it runs", case, (entry("pool_discipline", forms=("reprimand", "warning")),), groups),
        Universe("ever", case, (entry("pool_discipline", forms=("reprimand",), **{"while": "ever"}),), groups),
        Universe("since listed", kept, (entry("pool_discipline", **{"while": "since_listed"}),), keeping),
        Universe(
            "since listed, one lasting",
            kept,
            (entry("pool_discipline", forms=("warning",), lasting=("reprimand",), **{"while": "since_listed"}),),
            keeping,
        ),
        Universe("advised", case, (entry("pool_discipline", force=SHOULD),), groups),
        *dated(case, groups, "2026-03-31", "pool_discipline"),
    ]


def _discipline_wait() -> list[Universe]:
    # A: 12 months after 2025-07-01 are complete on 2026-07-01: appointed on the first day of P1, not in P0.
    # B: one day later, so only in P2. C: an unknown form waits as the heaviest, 24 months, complete on 2027-01-01;
    # E a day later. D: a form without a wait.
    case = case_of(
        [person(i) for i in "ABCDE"],
        positions=[post("H"), post("D", "DEP")],
        discipline=[
            {"person_id": "A", "side": "party", "form": "warning", "decided": "2025-07-01"},
            {"person_id": "B", "side": "party", "form": "warning", "decided": "2025-07-02"},
            {"person_id": "C", "side": "party", "form": None, "decided": "2025-01-01"},
            {"person_id": "E", "side": "party", "form": "dismissal", "decided": "2025-01-02"},
            {"person_id": "D", "side": "party", "form": "caution", "decided": "2025-12-01"},
        ],
    )
    groups = (
        one_of(a("A", "H", 0, 1, 2), a("A", "D", 0)),
        one_of(a("B", "H", 0, 1, 2)),
        one_of(a("C", "H", 0, 1, 2), a("C", "D", 1, 2)),
        one_of(a("D", "D", 0, 1), a("E", "D", 1, 2)),
    )
    months = {"warning": 12, "dismissal": 24}
    return [
        Universe("by form", case, (entry("discipline_wait", months=months),), groups),
        Universe(
            "a longer wait from 2026-10",
            case,
            (
                entry("discipline_wait", "short", months={"warning": 12}, until="2026-09-30"),
                entry("discipline_wait", "long", months={"warning": 18}, **{"from": "2026-10-01"}),
            ),
            groups,
        ),
        Universe("advised", case, (entry("discipline_wait", months=months, force=SHOULD),), groups),
        *dated(case, groups, "2026-07-01", "discipline_wait", months=months),
    ]


def _rotation_equal_rank() -> list[Universe]:
    # A (DEP) may rotate to Q (DEP), not to H (HEAD) nor to L (DIV).
    case = case_of(
        [person("A", "P", "DEP"), person("B", "Q", "DEP")],
        positions=[post("P", "DEP"), post("Q", "DEP"), post("H", "HEAD"), post("L", "DIV")],
    )
    groups = (
        one_of(v("A", "Q", 0, 1), v("A", "H", 0, 1), v("A", "L", 0)),
        one_of(v("B", "P", 0, 1), v("B", "H", 1)),
    )
    length = entry("rotation_length", months=6)
    return [
        Universe("equal", case, (entry("rotation_equal_rank"), length), groups),
        Universe("advised", case, (entry("rotation_equal_rank", force=SHOULD), length), groups),
        *dated(case, groups, "2026-07-01", "rotation_equal_rank", length),
    ]


def _pool_size() -> list[Universe]:
    # H has three names in force where two may be: it may keep them, or lose some, but takes nobody in before it is
    # down to one. D starts empty and wants one name at least.
    people = [person(i) for i in "ABCEF"]
    crowded = case_of(
        people,
        positions=[post("H"), post("D", "DEP")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": i} for i in "ABC"],
    )
    fresh = case_of(people, positions=[post("H"), post("D", "DEP")], rounds=[round_()])
    groups = (*(subsets(x(i, "H", "D")) for i in "ABCE"), one_of(x("F", "H")))
    # Below the minimum already: the status quo has one name where two are wanted.
    short = case_of(
        people,
        positions=[post("H"), post("D", "DEP")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": "A"}, {"position_id": "D", "person_id": "A"}],
    )
    return [
        Universe("above by inheritance", crowded, (entry("pool_size", max=2),), groups),
        Universe("at most two", fresh, (entry("pool_size", max=2),), groups),
        Universe("at least two of three", crowded, (entry("pool_size", min=2, max=4),), groups),
        Universe("below by inheritance", short, (entry("pool_size", min=2, max=3),), groups),
        Universe("advised", crowded, (entry("pool_size", min=1, max=2, force=SHOULD),), groups),
        Universe("one post only", fresh, (entry("pool_size", max=1, applies_to={"rank": ["DEP"]}),), groups),
        *dated(fresh, groups, "2026-03-31", "pool_size", max=1),
    ]


def _posts_per_person() -> list[Universe]:
    # H1 and H2 are one rank, D1 another. A is in both lists of HEAD already where one is the most; B is in none.
    # The round of system `party` decides H1 and D1; H2, of system `state`, is not decided: its list stays.
    posts = [post("H1"), post("H2"), post("H3"), post("D1", "DEP")]
    people = [person(i) for i in "AB"]
    old = [{"position_id": p, "person_id": "A"} for p in ("H1", "H2")]
    decided = case_of(people, positions=posts, rounds=[round_()], pools=old)
    fresh = case_of(people, positions=posts, rounds=[round_()])
    partly = case_of(
        people,
        positions=[
            post("H1", term_system="party"), post("H2", term_system="state"), post("H3", term_system="party"),
            post("D1", "DEP", term_system="party"),
        ],
        rounds=[round_(system="party")],
        pools=[{"position_id": "H2", "person_id": "B"}],
    )  # fmt: skip
    groups = tuple(subsets(x(i, "H1", "H2", "H3", "D1")) for i in "AB")
    partial = tuple(subsets(x(i, "H1", "H3", "D1")) for i in "AB")
    return [
        Universe("above by inheritance", decided, (entry("posts_per_person", max=1),), groups),
        Universe("over all ranks", decided, (entry("posts_per_person", max=2, per="all"),), groups),
        Universe("two of one rank", fresh, (entry("posts_per_person", max=2, per="level"),), groups),
        Universe("a list that no round decides", partly, (entry("posts_per_person", max=1),), partial),
        Universe("advised", decided, (entry("posts_per_person", max=1, force=SHOULD),), groups),
        Universe(
            "heads only", fresh, (entry("posts_per_person", max=2, per="all", applies_to={"rank": "HEAD"}),), groups
        ),
        *dated(fresh, groups, "2026-03-31", "posts_per_person", max=1),
    ]


def _kin_apart() -> list[Universe]:
    # A and B are siblings, C is B's cousin (a relation that does not count). Unit U has H (empty) and D (empty), unit W
    # has E. A leaves for good in P2, so that what is together at P0 or P1 need not be together at P2.
    posts = [post("H"), post("D", "DEP"), post("E", unit="W")]
    kin = [
        {"person_a": "A", "person_b": "B", "relation": "sibling"},
        {"person_a": "C", "person_b": "B", "relation": "cousin"},
    ]
    reserves = case_of([person("A", leaves="2027-03-01"), person("B"), person("C")], positions=posts, relations=kin)
    leaving = case_of([person("A", leaves="2026-09-01"), person("B"), person("C")], positions=posts, relations=kin)
    free = (
        one_of(a("A", "H", 0, 1), a("A", "D", 0, 1), a("A", "E", 0)),
        one_of(a("B", "H", 0, 1, 2), a("B", "D", 0, 1, 2), a("B", "E", 0)),
        one_of(a("C", "D", 0, 1)),
    )
    # Together already: A at H, B at D. They may stay, and neither may come in anew: A to the second seat of D.
    together = case_of(
        [person("A", "H"), person("B", "D"), person("C")],
        positions=[post("H"), post("D", "DEP", seats=2), post("E", unit="W", seats=2), post("F")],
        relations=[{"person_a": "B", "person_b": "A", "relation": "sibling"}],
    )
    moves = (
        one_of(a("A", "D", 0, 1, 2), a("A", "E", 0, 1), a("A", "F", 1)),
        one_of(a("B", "E", 0, 1), a("B", "F", 0, 2), a("B", "H", 0, 1)),
    )
    # Rotations bring people in and out: A of unit W rotates to U, then is appointed elsewhere.
    rotating = case_of(
        [person("A", "E", "HEAD"), person("B", "D", "DEP")],
        positions=[post("H"), post("D", "DEP"), post("E", unit="W"), post("F", unit="W")],
        relations=[{"person_a": "A", "person_b": "B", "relation": "child"}],
    )
    turns = (
        one_of(v("A", "H", 0, 1, 2)),
        one_of(a("A", "F", 1, 2), a("A", "H", 0, 1, 2)),
        one_of(v("B", "E", 0, 1, 2), v("B", "F", 0, 1)),
        one_of(a("B", "F", 0, 1, 2), a("B", "H", 1, 2)),
    )
    wide = tuple(one_of(*(a(i, p, t) for p in ("H", "D") for t in range(3))) for i in "AB")
    exempt = {
        until: case_of(
            [person("A", leaves="2027-03-01"), person("B"), person("C")],
            positions=posts,
            relations=kin,
            **waived("A,B", until, "kin_apart"),
        )
        for until in ("2026-12-30", "2026-12-31")
    }
    # Three of a family: B and C are a couple, A is C's parent.
    family = case_of(
        [person("A"), person("B"), person("C")],
        positions=posts,
        relations=[
            {"person_a": "B", "person_b": "C", "relation": "spouse"},
            {"person_a": "C", "person_b": "A", "relation": "parent"},
        ],
    )
    # Successors: D (two seats) wants one on 2026-12-31, when all sit: X, who leaves first, is the one to be succeeded,
    # Y stays on. S is X's brother and may be designated, T is Y's and may not, until Y is appointed to F. H wants one
    # in P2: V, whose sister W sits at D's unit no longer than to 2027-03-01, leaves it in time. K (one seat, held by Z,
    # of its unit alone) wants one beyond the horizon; R is Z's son.
    heirs = case_of(
        [person("X", "D", leaves="2027-07-15"), person("Y", "D"), person("Z", "K"),
         person("W", "G", leaves="2027-03-01"), person("S", rank="DIV"),
         person("T", rank="DIV"), person("V", rank="DEP"), person("R", rank="DEP")],
        positions=[
            post("H", needed_by="2027-01-15", successors=1),
            post("D", "DEP", seats=2, needed_by="2026-12-31", successors=1), post("G", "DEP"),
            post("K", unit="W", needed_by="2028-01-01", successors=1), post("F", unit="E"), post("M", "DEP", unit="W"),
        ],
        relations=[
            {"person_a": "S", "person_b": "X", "relation": "sibling"},
            {"person_a": "T", "person_b": "Y", "relation": "sibling"},
            {"person_a": "V", "person_b": "W", "relation": "sibling"},
            {"person_a": "R", "person_b": "Z", "relation": "parent"},
        ],
    )  # fmt: skip
    heirs_designated = (
        one_of(g("S", "D"), g("T", "D"), g("X", "H")),
        one_of(g("V", "H"), g("S", "H"), g("Y", "H")),
        one_of(g("R", "K", "H"), g("Z", "H")),
        one_of(a("Y", "F", 0, 1, 2)),
        one_of(a("Z", "F", 1), a("Z", "H", 0)),
        one_of(a("X", "F", 0)),
        one_of(a("R", "M", 0)),
    )
    near = ("sibling", "child")
    pair = ("spouse", "sibling")
    length = entry("rotation_length", months=6)
    # A sits in one of the two seats of D and leaves on 1 September, C in the only one of G until 2 January. B, of both
    # families, may not come to H or to the other seat of D before they are gone: to D and H not in P0 and P1, to G only
    # when C's seat is free. A, who rotates to F for the first two months of P1, is gone from there. E falls vacant on
    # 1 September: who comes then, in P1, meets A no more.
    meeting = case_of(
        [
            person("A", "D", "DEP", leaves="2026-09-01"),
            person("B", "R", "DEP"),
            person("C", "G", "DEP", leaves="2027-01-02"),
            person("X", "E", leaves="2026-09-01"),
        ],
        positions=[
            post("H"), post("D", "DEP", seats=2), post("E"), post("G", "DEP"), post("F", "DEP", unit="W"),
            post("R", "DEP", unit="W"),
        ],
        relations=[{"person_a": i, "person_b": "B", "relation": "sibling"} for i in "AC"],
    )  # fmt: skip
    comings = (
        one_of(v("A", "F", 0, 1)),
        one_of(v("B", "H", 0, 1, 2), v("B", "G", 2), v("B", "D", 1)),
        one_of(*(a("B", p, *range(3)) for p in "HDEG")),
    )
    short = entry("rotation_length", months=2)
    lifted = [
        case_of(
            [person("A", "D", "DEP", leaves="2026-09-01"), person("B", rank="DIV")],
            positions=[post("H"), post("D", "DEP", seats=2)],
            relations=kin[:1],
            **waived("A,B", until, "kin_apart"),
        )
        for until in ("2026-06-30", "2026-07-01")
    ]
    to_both = (one_of(a("B", "H", 0, 1, 2), a("B", "D", 0, 1, 2)),)
    return [
        Universe("a relative leaves within the period", meeting, (entry("kin_apart", relations=pair), short), comings),
        Universe(
            "advised, a relative leaves within the period",
            meeting,
            (entry("kin_apart", relations=pair, force=SHOULD), short),
            comings,
        ),
        Universe(
            "leaders of a place, a relative leaves within the period",
            meeting,
            (entry("kin_apart", relations=pair, within="locality_leadership", leaders={"rank": "DEP"}), short),
            comings,
        ),
        *(
            Universe(f"a relative leaves, {name}", case, (entry("kin_apart", relations=pair, **more),), to_both)
            for name, case, more in (
                ("waived too short", lifted[0], {"waived_by": "province"}),
                ("waived", lifted[1], {"waived_by": "province"}),
                ("a rule that begins later", lifted[0], {"from": "2026-07-02"}),
                ("a rule that begins", lifted[0], {"from": "2026-07-01"}),
            )
        ),
        Universe("reserves", reserves, (entry("kin_apart", relations=pair),), free),
        Universe("successors", heirs, (entry("kin_apart", relations=near),), heirs_designated),
        Universe("successors, advised", heirs, (entry("kin_apart", relations=near, force=SHOULD),), heirs_designated),
        *dated(heirs, heirs_designated[:4], "2026-12-31", "kin_apart", relations=near),
        Universe("one leaves in P1", leaving, (entry("kin_apart", relations=pair),), wide),
        Universe("together by inheritance", together, (entry("kin_apart", relations=("sibling",)),), moves),
        Universe("rotations in and out", rotating, (entry("kin_apart", relations=("parent",)), length), turns),
        Universe("advised", reserves, (entry("kin_apart", relations=pair, force=SHOULD),), free),
        Universe(
            "advised, with rotations", rotating, (entry("kin_apart", relations=("child",), force=SHOULD), length), turns
        ),
        Universe(
            "heads only", reserves, (entry("kin_apart", relations=("sibling",), applies_to={"rank": "HEAD"}),), free
        ),
        Universe("a family", family, (entry("kin_apart", relations=("spouse", "child")),), free),
        *(
            Universe(
                f"waived until {until}", case, (entry("kin_apart", relations=("sibling",), waived_by="province"),), free
            )
            for until, case in exempt.items()
        ),
        *dated(leaving, wide, "2026-06-30", "kin_apart", relations=("sibling",)),
    ]


def _share() -> list[Universe]:
    # Women: W1, W2. Born 1986-03-31: 40 on the day of the round, so not under 40; a day later: 39.
    people = [
        person("M1", sex="M", birth_date="1986-03-31", ethnicity="Kinh"),
        person("M2", sex="M", birth_date="1986-04-01", scitech=True, ethnicity="Tay"),
        person("W1", sex="F", birth_date="1970-01-01", scitech=True, ethnicity="Kinh"),
        person("W2", sex="F", birth_date="1990-01-01"),
    ]
    posts = [post("H"), post("D", "DEP"), post("E", unit="W")]
    fresh = case_of(people, positions=posts, rounds=[round_()])
    # In force: one man in H and two men in D: short by inheritance under `must`.
    old = [("H", "M1"), ("D", "M1"), ("D", "M2")]
    inherited = case_of(
        people, positions=posts, rounds=[round_()], pools=[{"position_id": p, "person_id": i} for p, i in old]
    )
    groups = (*(subsets(x(i, "H", "D", "E")) for i in ("M1", "M2", "W1")), subsets(x("W2", "H", "E")))
    women = {"sex": "F"}
    two = tuple(subsets(x(i, "H", "D")) for i in ("M1", "M2", "W1", "W2"))
    return [
        Universe("women in each list", fresh, (entry("share", who=women, min=0.34, scope="position"),), groups),
        Universe("women in each unit", fresh, (entry("share", who=women, min=0.5, scope="unit"),), groups),
        Universe("women over all", inherited, (entry("share", who=women, min=0.25),), groups),
        Universe("by inheritance", inherited, (entry("share", who=women, min=0.5, scope="position"),), two),
        Universe("advised", fresh, (entry("share", who=women, min=0.5, scope="position", force=SHOULD),), groups),
        Universe("young", fresh, (entry("share", who={"age_under": 40}, min=0.5, force=SHOULD),), groups),
        Universe("science", fresh, (entry("share", who={"scitech": True, "sex": "F"}, min=0.25, force=SHOULD),), two),
        Universe("minorities", fresh, (entry("share", who={"ethnicity_not": "Kinh"}, min=0.25),), two),
        *dated(fresh, two, "2026-03-31", "share", who=women, min=0.5),
    ]


def _pool_keep() -> list[Universe]:
    # In force: A, B, C and F in H. B leaves before the round, F fails the `plan` cell, C is decided out; A stays,
    # unless appointed to an equal or higher post before the round. N is new.
    case = case_of(
        [
            person("A", levels={"law": "degree"}),
            person("B", levels={"law": "degree"}, leaves="2026-03-01"),
            person("C", levels={"law": "degree"}),
            person("F"),
            person("N", levels={"law": "degree"}),
        ],
        positions=[post("H", standard="law"), post("G"), post("D", "DEP")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": i} for i in "ABCF"] + [{"position_id": "D", "person_id": "A"}],
        decisions=[{"kind": "not_pool", "person_id": "C", "position_id": "H", "status": "decided"}],
    )
    groups = (
        subsets(x("A", "H", "D")),
        subsets(x("B", "H")),
        subsets(x("C", "H")),
        subsets(x("F", "H")),
        subsets(x("N", "H", "D")),
        one_of(a("A", "G", 0, 1), a("A", "D", 0), a("A", "H", 0)),
    )
    return [
        Universe("kept", case, (entry("pool_keep"),), groups),
        Universe("advised", case, (entry("pool_keep", force=SHOULD),), groups),
        Universe("heads only", case, (entry("pool_keep", applies_to={"rank": "HEAD"}),), groups),
        *dated(case, groups, "2026-03-31", "pool_keep"),
    ]


def _appointment_from_pool() -> list[Universe]:
    # The round on 2026-06-30 counts from 2026-07-01, the first day of P1. A is in the list of H as it is, B of D only
    # (lower: does not help for H, but H's list helps for D). C holds the rank of D: lateral to D, no list asked.
    posts = [post("H"), post("D", "DEP"), post("N", unit="NEW")]
    people = [person("A", rank="DIV"), person("B", rank="DIV"), person("C", rank="DEP")]
    old = [{"position_id": "H", "person_id": "A"}, {"position_id": "D", "person_id": "B"}]
    units = [{"unit_id": "NEW", "name": "NEW", "created_on": "2026-07-01"}]
    case = case_of(people, positions=posts, units=units, rounds=[round_("2026-06-30")], pools=old)
    groups = (
        subsets(x("A", "H", "D")),
        subsets(x("B", "H", "D")),
        subsets(x("C", "H")),
        one_of(a("A", "H", 0, 1), a("A", "D", 0, 1)),
        one_of(a("B", "H", 0, 1, 2), a("B", "D", 0, 1), a("B", "N", 1)),
        one_of(a("C", "H", 1), a("C", "D", 0)),
    )
    # The round of P1 is the first since the new unit was made: from P2 on its posts ask for a list.
    late = case_of(people, positions=posts, units=units, rounds=[round_("2026-12-31")], pools=old)
    newer = (
        subsets(x("A", "N")),
        subsets(x("B", "N", "D")),
        one_of(a("A", "N", 0, 1, 2)),
        one_of(a("B", "N", 1, 2), a("B", "D", 1, 2), a("B", "H", 1, 2)),
    )
    exempt = [
        case_of(
            people,
            positions=posts,
            rounds=[round_("2026-06-30")],
            pools=old,
            **waived("B+H", until, "appointment_from_pool"),
        )
        for until in ("2026-06-30", "2026-07-01")
    ]
    few = (
        subsets(x("B", "H")),
        one_of(a("A", "H", 0, 1)),
        one_of(a("B", "H", 0, 1, 2), a("B", "D", 1)),
    )
    return [
        Universe("from the list in force", case, (entry("appointment_from_pool"),), groups),
        Universe("a new unit", late, (entry("appointment_from_pool"),), newer),
        Universe("advised", case, (entry("appointment_from_pool", force=SHOULD),), groups),
        *(
            Universe(f"waived, {n}", some, (entry("appointment_from_pool", waived_by="province"),), few)
            for n, some in enumerate(exempt)
        ),
        *dated(case, few, "2026-07-01", "appointment_from_pool"),
        Universe("heads", case, (entry("appointment_from_pool", applies_to={"rank": "HEAD"}),), groups),
    ]


def _rotation_length() -> list[Universe]:
    # Twelve months from 2026-01-01 are over on 2027-01-01, the first day of P2, and free the person then.
    # The candidates with a fifth part have a length of their own, which no column means.
    case = case_of(
        [person("A", "P", "DEP"), person("B", leaves="2027-01-01")],
        positions=[post("P", "DEP"), post("Q", "DEP"), post("H")],
    )
    groups = (
        one_of(v("A", "Q", 0, 1), [("v", "A", "Q", 0, 11)], [("v", "A", "Q", 0, 13)], v("A", "H", 0)),
        one_of(a("A", "H", 0, 1, 2)),
        one_of(a("B", "P", 0)),
    )
    # Whoever leaves on the day on which the rotation is over may take part in it, one day earlier may not.
    leaving = case_of(
        [person("A", "P", "DEP", leaves="2027-01-01"), person("B", "R", "DEP", leaves="2026-12-31")],
        positions=[post("P", "DEP"), post("Q", "DEP"), post("R", "DEP"), post("S", "DEP")],
    )
    ends = (one_of(v("A", "Q", 0, 1)), one_of(v("B", "S", 0, 1)))

    # A is on rotation at Q to 2027-03-01; an exemption lets it end sooner, by P1 at the latest or only in P0. B's has
    # none. T wants a successor on 2026-07-01, which is then one who may be away no more.
    def shortened(subject: str, until: str) -> Case:
        running = {"kind": "rotation", "since": "2024-03-01", "planned_until": "2027-03-01"}
        return case_of(
            [person("A", "Q", **running), person("B", "R", **running), person("X", "T")],
            positions=[
                post("Q", "DEP"), post("R", "DEP"), post("H"), post("S", "DEP"),
                post("T", needed_by="2026-07-01", successors=1),
            ],
            **waived(subject, until, "rotation_length"),
        )  # fmt: skip

    sooner = (
        one_of(a("A", "H", 0, 1, 2), a("A", "S", 1)), one_of(v("A", "S", 0, 1)), one_of(a("B", "S", 0, 2)),
        one_of(g("A", "T"), g("B", "T")),
    )  # fmt: skip
    twelve = entry("rotation_length", months=12, waived_by="province")
    return [
        *(
            Universe(f"{subject} until {until}", shortened(subject, until), (twelve,), sooner)
            for subject in ("A+Q", "A")
            for until in ("2026-07-01", "2026-06-30")
        ),
        Universe(
            "two entries, one waived",
            shortened("A", "2027-12-31"),
            (
                twelve,
                entry("rotation_length", "longer", months=18, **{"from": "2026-07-01"}),
            ),
            sooner,
        ),
        Universe("twelve months", case, (entry("rotation_length", months=12),), groups),
        Universe("to the last day of service", leaving, (entry("rotation_length", months=12),), ends),
        Universe("deputies only", case, (entry("rotation_length", months=12, applies_to={"rank": "DEP"}),), groups),
        *dated(case, groups, "2026-07-01", "rotation_length", months=12),
    ]


def _acting_by() -> list[Universe]:
    # H falls empty on 2026-04-01 (X retires). Six months of acting from there cover the instants P0 (06-30) only and
    # end on 2026-10-01; seven months likewise; nine months (to 2027-01-01) cover P0 and P1 (12-31).
    # D1 and D2 are deputies of the unit, S has no post, E sits in another unit.
    def case(acting_months: int, **more: str):  # type: ignore[no-untyped-def]
        return case_of(
            [person("X", "H", leaves="2026-04-01"), person("A", "D1"), person("B", "D2", **more), person("S"),
             person("C", "E")],
            positions=[
                post("H", head=True, acting_months=acting_months), post("D1", "DEP"),
                post("D2", "DEP", acting_months=6), post("E", "DEP", unit="W"),
            ],
        )  # fmt: skip

    groups = (
        subsets(k("A", "H", 0, 1, 2)),
        subsets(k("B", "H", 0, 1, 2)),
        one_of(k("S", "H", 0), k("C", "H", 0)),
        one_of(a("S", "H", 1, 2), a("A", "H", 0), a("S", "D1", 1)),
        one_of(a("A", "E", 1)),
    )
    longer = (subsets(k("A", "H", 0, 1, 2, 3)), subsets(k("B", "H", 1, 2)), one_of(a("S", "H", 1, 2, 3)))
    rotating = (
        subsets(k("A", "H", 0, 1, 2)),
        subsets(k("C", "H", 1, 2)),
        one_of(v("A", "E", 1), v("C", "D1", 1), v("C", "D1", 0)),
        one_of(v("A", "E", 0, 2)),
    )
    length = entry("rotation_length", months=6)
    return [
        Universe("six months", case(6), (entry("acting_by"),), groups),
        Universe("nine months", case(9), (entry("acting_by"),), groups),
        Universe("nine months to 2027-12-31", case(9), (entry("acting_by"),), longer, until="2027-12-31"),
        Universe("a deputy leaves", case(12, leaves="2026-12-31"), (entry("acting_by"),), groups),
        Universe("deputies come and go", case(12), (entry("acting_by"), length), rotating),
        Universe(
            "heads only", case(12, leaves="2026-05-01"), (entry("acting_by", applies_to={"head": True}),),
            (*groups[:1], one_of(k("A", "D2", 0, 1))),
        ),
        # 18 months from 2026-04-01 cover P0 to P2; P1 to P3, counted from 2026-07-01, would be in time if the second
        # entry began a run of its own.
        Universe(
            "one entry after another, the run is the post's",
            case(18),
            (entry("acting_by", until="2026-06-30"), entry("acting_by", "later", **{"from": "2026-07-01"})),
            longer,
            until="2027-12-31",
        ),
        *dated(case(12), groups, "2026-12-31", "acting_by"),
    ]  # fmt: skip


def _term_end() -> list[Universe]:
    # The term ends on 2026-09-30: X and Y leave H on 2026-10-01 if fewer than 12 months are left in July 2026, the
    # reference. X (first day out 2027-07-01): 11 months, leaves. Y (2027-08-01): 12 months, stays.
    posts = [
        post("H", filled_by="elect", term_system="state", seats=2), post("E", filled_by="appoint", term_system="state"),
        post("G", filled_by="elect", term_system="state"),
    ]  # fmt: skip
    case = case_of(
        [
            person("X", "H", leaves="2027-07-01"),
            person("Y", "H", leaves="2027-08-01"),
            person("Z", "E", leaves="2027-07-01"),
            person("W", "G", leaves="2027-07-01"),
            person("A"),
            person("B"),
        ],
        positions=posts,
        rounds=[
            {"round_id": "T", "approved_on": "2021-01-01", "system": "state", "term_end": "2026-09-30",
             "age_reference_date": "2026-07-15"}
        ],
    )  # fmt: skip
    groups = (one_of(a("A", "H", 0, 1, 2), a("A", "E", 1)), one_of(a("B", "H", 0, 1, 2), a("B", "G", 2)))
    return [
        Universe("twelve months", case, (entry("term_end", months=12),), groups),
        Universe("one post", case, (entry("term_end", months=12, applies_to={"positions": ["H"]}),), groups),
        *dated(case, groups, "2026-07-15", "term_end", months=12),
    ]


def _standard_after() -> list[Universe]:
    # Six months after an appointment in P0 (2026-01-01) `theory` is wanted, on 2026-07-01; after P1 on 2027-01-01;
    # after P2 on 2027-07-01, which lies beyond the horizon. S1 ends on 2026-07-01, S2 on 2026-12-31.
    case = case_of(
        [person("A"), person("B"), person("C", levels={"theory": "advanced"})],
        positions=[post("H", standard="theory_after"), post("D", "DEP", standard="theory_after"), post("E")],
        courses=[course()],
        sessions=[session("S1", "2026-02-01", "2026-07-01"), session("S2", "2026-07-02", "2026-12-31")],
    )
    groups = (
        one_of(a("A", "H", 0, 1, 2), a("A", "D", 0, 1), a("A", "E", 0)),
        subsets(u("A", "S1", "S2")),
        one_of(a("B", "H", 0, 1), a("B", "D", 1)),
        subsets(u("B", "S2")),
        one_of(a("C", "H", 0, 1)),
    )
    return [
        Universe("wanted", case, (entry("standard_after", force=SHOULD),), groups),
        Universe("demanded", case, (entry("standard_after"),), groups),
        Universe("heads only", case, (entry("standard_after", force=SHOULD, applies_to={"rank": "HEAD"}),), groups),
        *dated(case, groups, "2026-07-01", "standard_after", force=SHOULD),
    ]


def _own_standard() -> list[Universe]:
    # X and Y hold posts whose standards they lack; Z has the level; W's level no session grants; V leaves before the
    # end of the horizon. S1 grants `theory` in time, S3 ends beyond the horizon.
    case = case_of(
        [
            person("X", "H"), person("Y", "D"), person("Z", "E", levels={"theory": "advanced"}), person("W", "F"),
            person("V", "G", leaves="2027-06-30"), person("A"),
        ],
        positions=[
            post("H", standard="theory"), post("D", "DEP", standard="theory_after"), post("E", standard="theory"),
            post("F", standard="law"), post("G", standard="theory"),
        ],
        courses=[course(), course("L", "law:degree")],
        sessions=[
            session("S1", "2026-02-01", "2026-06-30", seats=2), session("S2", "2026-09-01", "2027-06-30"),
            session("S3", "2027-01-01", "2027-07-01"), session("S4", "2027-01-01", "2027-07-01", "L"),
        ],
    )  # fmt: skip
    groups = (
        subsets(u("X", "S1", "S2", "S3")),
        subsets(u("Y", "S1", "S2")),
        subsets(u("V", "S1", "S2")),
        one_of(u("W", "S4")),
        one_of(u("A", "S1")),
    )
    # S1 ends on 2026-06-30, 13 months before the last day of X; Y leaves a day sooner.
    leaving = case_of(
        [person("X", "H", leaves="2027-07-30"), person("Y", "D", leaves="2027-07-29")],
        positions=[post("H", standard="theory"), post("D", "DEP", standard="theory")],
        courses=[course()],
        sessions=[session("S1", "2026-02-01", "2026-06-30", seats=2)],
    )
    both = (one_of(u("X", "S1")), one_of(u("Y", "S1")))
    return [
        Universe("wanted", case, (entry("own_standard", force=SHOULD),), groups),
        Universe("demanded", case, (entry("own_standard"),), groups),
        Universe("heads only", case, (entry("own_standard", force=SHOULD, applies_to={"rank": "HEAD"}),), groups),
        Universe("before leaving", leaving, (entry("own_standard", force=SHOULD, service_after=13),), both),
        *dated(case, groups, "2026-01-01", "own_standard", force=SHOULD),
    ]


UNIVERSES: dict[str, list[Universe]] = {
    "upward_only": _upward_only(),
    "months_left": _months_left(),
    "pool_discipline": _pool_discipline(),
    "discipline_wait": _discipline_wait(),
    "rotation_equal_rank": _rotation_equal_rank(),
    "pool_size": _pool_size(),
    "posts_per_person": _posts_per_person(),
    "kin_apart": _kin_apart(),
    "share": _share(),
    "pool_keep": _pool_keep(),
    "appointment_from_pool": _appointment_from_pool(),
    "rotation_length": _rotation_length(),
    "acting_by": _acting_by(),
    "term_end": _term_end(),
    "standard_after": _standard_after(),
    "own_standard": _own_standard(),
    **lists_and_appointments.NEW,
    **rotations_and_places.NEW,
    **courses_and_numbers.NEW,
    **procedure.NEW,
}
for _rule, _some in (
    *lists_and_appointments.MORE.items(), *feeders.MORE.items(), *rotations_and_places.MORE.items()
):  # fmt: skip
    UNIVERSES[_rule] += _some


@cache
def studied(rule: str, number: int) -> Study:
    """Every plan of one of the rule's universes, judged by law and by rows."""
    return study(World(UNIVERSES[rule][number]))
