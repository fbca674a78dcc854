"""Tiny universes of the rules on courses and on legal numbers: whom a course takes, who is away, how many deputies.

Instants are 2026-06-30, 2026-12-31 and 2027-06-30.
"""

from __future__ import annotations

from tests.twins.in_force import SHOULD, dated, waived
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

THEORY, LAW = "theory:advanced", "law:degree"


def _course_open_to() -> list[Universe]:
    # The course is for holders from deputy up, for committee members, and for names of lists of heads. A is a deputy,
    # B a division head, M a committee member; C may be in the list of H, decided on 2026-03-31, or of the deputies' D,
    # which does not count; O is in the list of H today. S0 begins before the round, S1 after it; L1 grants another
    # level.
    posts = [post("H"), post("D", "DEP"), post("P", "DEP"), post("Q", "DIV"),
             post("M1", "STAFF", nature="membership")]  # fmt: skip
    member = {"since": "2020-01-01", "position_id": "M1"}
    people = [person("A", "P"), person("B", "Q"), person("C"), person("M", service=[member]), person("O")]
    tables = {
        "positions": posts,
        "rounds": [round_()],
        "pools": [{"position_id": "H", "person_id": "O"}],
        "courses": [course(), course("L", LAW)],
        "sessions": [
            session("S0", "2026-02-01", "2026-06-30"), session("S1", "2026-05-01", "2026-11-30"),
            session("L1", "2026-05-01", "2026-06-30", "L"),
        ],
    }  # fmt: skip
    case = case_of(people, **tables)  # type: ignore[arg-type]
    groups = (
        one_of(u("A", "S0", "S1")),
        one_of(u("B", "S1", "L1")),
        one_of(u("C", "S0", "S1")),
        subsets(x("C", "H", "D")),
        one_of(u("M", "S1", "L1")),
        subsets(x("O", "H")),
        one_of(u("O", "S0", "S1")),
    )
    who = {"grants": (THEORY,), "held": "DEP", "planned": "HEAD"}
    # Three committees, of which those of U and W open the course.
    two = {"committees": ({"units": "U"}, {"units": "W"})}
    seats = {i: post(f"M{i}", "STAFF", unit=unit, nature="membership") for i, unit in zip("JKL", "UWV", strict=True)}
    sitting = [person(i, service=[{"since": "2020-01-01", "position_id": f"M{i}"}]) for i in "JKL"]
    seated = case_of(sitting, **{**tables, "positions": [*posts, *seats.values()], "pools": []})  # type: ignore[arg-type]
    members = tuple(one_of(u(i, "S1")) for i in "JKL")
    exempt = [
        case_of(people, **tables, **waived("B,S1", until, "course_open_to"))  # type: ignore[arg-type]
        for until in ("2026-04-30", "2026-05-01")
    ]
    nothing = case_of(people, **{t: rows for t, rows in tables.items() if t not in ("rounds", "pools")})  # type: ignore[arg-type]
    few = groups[1:4]
    return [
        Universe("from deputy up", case, (entry("course_open_to", members=True, **who),), groups),
        Universe("members of two committees", seated, (entry("course_open_to", members=True, **two, **who),), members),
        Universe("no members, two courses", case,
                 (entry("course_open_to", **{**who, "grants": (THEORY, LAW)}),), groups),
        Universe("no lists at all", nothing, (entry("course_open_to", **who),), groups[:3]),
        Universe("advised", case, (entry("course_open_to", force=SHOULD, **who),), groups),
        Universe(
            "by posts of one rank", case, (entry("course_open_to", applies_to={"rank": "HEAD"}, **who),), groups[:4]
        ),
        *(
            Universe(f"waived, {n}", some, (entry("course_open_to", waived_by="province", **who),), few)
            for n, some in enumerate(exempt)
        ),
        *dated(case, few, "2026-05-01", "course_open_to", **who),
    ]  # fmt: skip


SESSIONS = [
    session("S1", "2026-03-02", "2026-08-31"), session("F1", "2026-09-01", "2026-12-31", "F"),
    session("I1", "2026-03-02", "2026-08-31", "I"),
]  # fmt: skip
COURSES = [course(months=6), course("F", mode="full", months=4), course("I", "theory:intermediate", months=6)]
"""S1 part-time from 2026-03-02, F1 full-time from 2026-09-01, I1 for the lower level."""


def _course_conditions() -> list[Universe]:
    def case(people: list, **more):  # type: ignore[no-untyped-def, type-arg]
        return case_of(people, positions=[post("H"), post("D", "DEP")], courses=COURSES, sessions=SESSIONS, **more)

    def universe(name: str, people: list, force: object = "must", tables: dict | None = None, **params):  # type: ignore[no-untyped-def, type-arg]
        ids = [row["people"][0]["person_id"] for row in people]
        groups = tuple(one_of(u(i, "S1", "F1", "I1")) for i in ids)
        rule = entry("course_conditions", force=force, **{"grants": (THEORY,), **params})
        return Universe(name, case(people, **(tables or {})), (rule,), groups)

    # Members: A full, B a member who is full on 2026-03-02 itself, C a day later, D joins on 2026-05-01, E not known.
    joined = {"party_since": "2025-01-01"}
    members = [
        person("A", party_since="2020-01-01", party_full_since="2021-01-01"),
        person("B", party_full_since="2026-03-02", **joined),
        person("C", party_full_since="2026-03-03", **joined),
        person("D", party_since="2026-05-01"),
        person("E"),
    ]
    # Ratings of 2025 and 2024; D's of 2026 is known already, so 2026 and 2025 count. E's 2025 is not known.
    rated = [("A", 2025, "good"), ("A", 2024, "excellent"), ("B", 2025, "good"), ("B", 2024, "complete"),
             ("C", 2025, "good"), ("C", 2024, "good"), ("C", 2023, "complete"), ("D", 2026, "good"),
             ("D", 2025, "good"), ("D", 2024, "complete"), ("E", 2024, "good")]  # fmt: skip
    ratings = {"ratings": [{"person_id": i, "year": year, "rating": rating} for i, year, rating in rated]}
    five = [person(i) for i in "ABCDE"]
    good = {"ratings": ("good", "excellent"), "rated_years": 2}
    # On 2026-03-02 A and F have the age for part-time courses, B and G a day later.
    ages = [
        person("A", birth_date="1996-03-02"), person("B", birth_date="1996-03-03"),
        person("F", birth_date="1998-03-02", sex="F"), person("G", birth_date="1998-03-03", sex="F"),
    ]  # fmt: skip
    # A is 45 on 2026-03-02 and 46 a day later; B is 46, and C as well, who has been sent before.
    old = [
        person("A", birth_date="1980-03-03"), person("B", birth_date="1980-03-02"),
        person("C", birth_date="1970-01-01", levels={"theory": "intermediate"}),
    ]  # fmt: skip
    two = ("theory:intermediate", THEORY)
    # 36 months of service are complete on 2026-03-02 (A), a day later (B); C's beginning is not known.
    served = [person("A", service_since="2023-03-02"), person("B", service_since="2023-03-03"), person("C")]
    # Three times six months after August 2026: A retires at the end of February 2028: 18 left, B a month earlier.
    leaving = [person("A", leaves="2028-03-01"), person("B", leaves="2028-02-01")]
    degrees = [person("A", levels={"law": "degree"}), person("B")]
    posts = [person("A", "H", "HEAD"), person("B", "D", "DEP"), person("C")]
    heads = {"force": "must", "applies_to": {"rank": "HEAD"}, "level": LAW}
    exempt = [waived("B,S1", until, "course_conditions") for until in ("2026-03-01", "2026-03-02")]
    plain = universe("dated", degrees, level=LAW)
    return [
        universe("full members", members, party="full"),
        universe("members", members, party="member"),
        universe("known members", members, party="full", unknown="refuse"),
        universe("rated", five, tables=ratings, **good),
        universe("rated and known", five, tables=ratings, unknown="refuse", **good),
        universe("a degree", degrees, level=LAW, grants=two),
        universe("part-time", ages, part_time_age={"M": 30, "F": 28}, grants=two),
        universe("first sending", old, first_age=45, grants=two),
        universe("service", served, service_months=36),
        universe("service known", served, service_months=36, unknown="refuse"),
        universe("to serve afterwards", leaving, serve_times=3),
        universe("advised", members, force=SHOULD, party="full", level=LAW),
        universe("heads only", posts, **heads),
        *(
            universe(f"waived, {n}", degrees, tables=tables, waived_by="province", level=LAW)
            for n, tables in enumerate(exempt)
        ),
        *dated(plain.case, plain.groups, "2026-03-02", "course_conditions", grants=(THEORY,), level=LAW),
    ]


def _absences() -> list[Universe]:
    # U is led by A and B, W by C alone. Of two one may be away, a single one may not. S1 runs over the instant of P0,
    # S2 over those of P0 and P1, S3, which ends a day later, over that of P1; the part-time session takes nobody away.
    full = {"mode": "full"}
    tables = {
        "courses": [course(**full), course("L", LAW, **full), course("P", LAW)],
        "sessions": [
            session("S1", "2026-02-01", "2026-08-31"), session("S2", "2026-06-01", "2027-01-31", "L"),
            session("S3", "2026-09-01", "2027-01-01"), session("PT", "2026-02-01", "2026-08-31", "P"),
        ],
    }  # fmt: skip
    posts = [post("H"), post("D", "DEP"), post("G", unit="W"), post("F", unit="V")]
    people = [person("A", "H"), person("B", "D"), person("C", "G"), person("N")]
    case = case_of(people, positions=posts, **tables)  # type: ignore[arg-type]
    groups = (
        one_of(u("A", "S1", "S2", "S3", "PT")),
        one_of(u("B", "S1", "S3", "PT"), u("B", "S2")),
        one_of(u("C", "S1", "PT")),
        one_of(a("A", "F", 0, 2)),
        one_of(u("N", "S1")),
    )
    # A is on a course already, until 2026-09-30: at the instant of P0 more are away than may be.
    away = case_of(
        people,
        positions=posts,
        enrolments=[{"person_id": "A", "course_id": "K", "since": "2025-10-01", "until": "2026-09-30"}],
        **tables,  # type: ignore[arg-type]
    )
    few = (one_of(u("B", "S1", "S2", "S3")), one_of(u("C", "S1", "S3")))
    return [
        Universe("half", case, (entry("absences", max=0.5),), groups),
        Universe("less than half", case, (entry("absences", max=0.49),), groups),
        Universe("by inheritance", away, (entry("absences", max=0.49),), few),
        Universe("advised", away, (entry("absences", max=0.49, force=SHOULD),), few),
        Universe("deputies", case, (entry("absences", max=0.5, applies_to={"rank": "DEP"}),), groups),
        *dated(case, groups, "2026-12-31", "absences", max=0.5),
    ]


def _deputies_cap() -> list[Universe]:
    # U (headcount 9) has three seats of deputies, W beneath it (10) too, V's headcount is not known.
    units = [
        {"unit_id": "U", "name": "U", "headcount": 9},
        {"unit_id": "W", "name": "W", "headcount": 10, "parent_id": "U"},
    ]
    posts = [post("H", head=True), post("D", "DEP", seats=3), post("E", "DEP", unit="W", seats=3),
             post("F", "DEP", unit="V", seats=3)]  # fmt: skip
    people = [person("A"), person("B"), person("C", leaves="2027-03-01")]
    case = case_of(people, positions=posts, units=units)
    groups = (
        one_of(a("A", "D", 0, 1), a("A", "E", 1), a("A", "F", 1), a("A", "H", 1)),
        one_of(a("B", "D", 0, 1), a("B", "E", 1), a("B", "F", 1)),
        one_of(a("C", "D", 1, 2), a("C", "E", 1), a("C", "F", 1)),
    )
    # U is of class one, and so is W beneath it; V's class is another; N is of class two.
    classed = case_of(
        people, positions=posts,
        units=[{**units[0], "class": "one"}, units[1], {"unit_id": "V", "name": "V", "parent_id": "N"},
               {"unit_id": "N", "name": "N", "class": "two"}],
    )  # fmt: skip
    # One seat of a deputy above: whoever is beneath has no more.
    small = case_of(people, positions=[post("H", head=True), post("D", "DEP"), *posts[2:]], units=units)
    # Two sit where one may: X may go and Y may go; while there are two nobody comes in.
    sitting = case_of(
        [person("X", "D"), person("Y", "D", leaves="2026-09-01"), person("A"), person("B", "F")],
        positions=[*posts, post("G", "DEP", unit="V2")],
        units=units,
    )
    moves = (
        one_of(a("X", "G", 0, 1), a("X", "F", 1)),
        one_of(a("Y", "G", 0)),
        one_of(a("A", "D", 0, 1, 2), a("A", "E", 1)),
        one_of(v("B", "D", 0, 1, 2), v("B", "E", 1)),
    )
    length = entry("rotation_length", months=6)
    return [
        Universe("by steps", case, (entry("deputies_cap", steps={0: 1, 10: 2}),), groups),
        Universe("by share", case, (entry("deputies_cap", share=0.2),), groups),
        Universe("by a lower share", case, (entry("deputies_cap", share=0.19),), groups),
        Universe("by number", small, (entry("deputies_cap", max=2),), groups),
        Universe("by class", classed, (entry("deputies_cap", max=3, by_class={"one": 2, "two": 1}),), groups),
        Universe("not above the superior", small, (entry("deputies_cap", max=2, superior=True),), groups),
        Universe("by inheritance", sitting, (entry("deputies_cap", max=1), length), moves),
        Universe("none, by inheritance", sitting, (entry("deputies_cap", max=0), length), moves),
        Universe("advised", sitting, (entry("deputies_cap", max=1, force=SHOULD), length), moves),
        Universe("one unit", case, (entry("deputies_cap", max=1, applies_to={"positions": ["E", "F"]}),), groups),
        *dated(case, groups, "2026-12-31", "deputies_cap", max=1),
    ]


def _average_cap() -> list[Universe]:
    # Two units with three seats each: 1.5 on average are three together, 1.49 two.
    posts = [post("D", "DEP", seats=3), post("E", "DEP", unit="W", seats=3), post("H", unit="V")]
    people = [person("A"), person("B"), person("C"), person("F", leaves="2027-03-01")]
    case = case_of(people, positions=posts)
    groups = tuple(one_of(a(i, "D", 0, 1), a(i, "E", 1), a(i, "H", 1)) for i in "ABCF")
    province = {"unit_id": "S", "name": "S", "class": "one"}
    below = [{"unit_id": u, "name": u, "parent_id": "S"} for u in ("U", "W", "V")]
    classed = case_of(people, positions=posts, units=[province, *below])
    sitting = case_of(
        [person("X", "D"), person("Y", "D"), person("Z", "E", leaves="2026-09-01"), person("A"), person("B")],
        positions=posts,
    )
    moves = (
        one_of(a("X", "E", 1), a("X", "H", 0, 1)),
        one_of(a("Y", "H", 0, 1)),
        one_of(a("A", "D", 0, 1, 2), a("A", "E", 1)),
        one_of(a("B", "E", 0, 1)),
    )
    deputies = {"applies_to": {"rank": "DEP"}}
    one = {"applies_to": {"positions": ["D"]}}
    return [
        Universe("three together", case, (entry("average_cap", average=1.5, **deputies),), groups),
        Universe("two together", case, (entry("average_cap", average=1.49, **deputies),), groups),
        Universe("by class", classed, (entry("average_cap", average=3, by_class={"one": 1.0}, **deputies),), groups),
        Universe(
            "just by class", classed, (entry("average_cap", average=3, by_class={"one": 1.49}, **deputies),), groups
        ),
        Universe("one unit is not judged", case, (entry("average_cap", average=1, **one),), groups),
        Universe("one unit is judged", case, (entry("average_cap", average=1, least=1, **one),), groups),
        Universe("by inheritance", sitting, (entry("average_cap", average=1, **deputies),), moves),
        Universe("advised", sitting, (entry("average_cap", average=1, force=SHOULD, **deputies),), moves),
        *dated(case, groups, "2026-12-31", "average_cap", average=0.5, **deputies),
    ]


NEW: dict[str, list[Universe]] = {
    "course_open_to": _course_open_to(),
    "course_conditions": _course_conditions(),
    "absences": _absences(),
    "deputies_cap": _deputies_cap(),
    "average_cap": _average_cap(),
}
