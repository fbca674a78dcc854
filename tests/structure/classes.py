"""Universes in which posts are alike, so that moves are counted by class: what may differ within a class, and does.

P0 is 2026-01-01 to 06-30, P1 to 12-31, P2 to 2027-06-30. Plans are found by a walk (`walks`), not listed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from planner.domain.content import Entry
from tests.twins.universe import Universe, case_of, course, entry, person, post, round_, session

SIX = entry("rotation_length", months=6)
TWELVE = entry("rotation_length", months=12)
ACTING = entry("acting_by")


def universe(name: str, case: Any, *rules: Entry, names_from: str = "nominated", **more: Any) -> Universe:
    """Who may be in a list of a post has own columns there: only the nominated may, unless said otherwise."""
    return Universe(name, case, rules, (), names_from=names_from, **more)


def days() -> list[Universe]:
    """Own vacancies on different days of P1: δ is 2026-08-01 for P, 2026-11-01 for Q and the first day for R."""
    posts = [post(p, "DEP", standard="theory") for p in "PQR"]
    leaving = [person("X", "P", leaves="2026-08-01"), person("Y", "Q", leaves="2026-11-01")]
    # S1 ends between the two days: who attends may follow Y, not X. S2 is over by neither.
    closing = case_of(
        [*leaving, person("A"), person("B"), person("C", levels={"theory": "advanced"})],
        positions=posts,
        courses=[course()],
        sessions=[
            session("S1", "2026-03-01", "2026-10-01"),
            session("S2", "2026-03-01", "2026-12-01"),
        ],
    )
    # A full-time course from 09-01 to 12-15 keeps A from following Y on 11-01, not from following X on 08-01.
    away = case_of(
        [*leaving, person("A", levels={"theory": "advanced"}), person("B", levels={"theory": "advanced"})],
        positions=posts,
        courses=[course("F", "law:degree", mode="full")],
        sessions=[session("S", "2026-09-01", "2026-12-15", "F"), session("T", "2026-02-01", "2026-08-01", "F")],
    )
    # The round is between the two days: who follows X is in an old list, who follows Y in a new one, of H or, as high
    # as the class itself, of R. C may only come into a new list.
    between = case_of(
        [*leaving, *(person(i, levels={"theory": "advanced"}) for i in "ABC")],
        positions=[*posts, post("H")],
        rounds=[round_("2026-09-15")],
        pools=[{"position_id": "H", "person_id": "A"}, {"position_id": "R", "person_id": "B"}],
        nominations=[{"position_id": "H", "person_id": "C", "round_id": "R"}],
    )
    # The same with Q before P: what is asked of the later day may not be asked of the earlier one. And without a round.
    turned = replace(between, positions=tuple(between.positions[n] for n in (1, 0, 2, 3)))
    kept = replace(between, rounds=(), nominations=())
    # N's unit was made on 2026-03-01 and needs no list for six months: until 09-01, between the two days.
    new = case_of(
        [*leaving, person("A", levels={"theory": "advanced"}), person("B", levels={"theory": "advanced"})],
        positions=[*(p | {"unit_id": "N"} for p in posts), post("H")],
        units=[{"unit_id": "N", "name": "N", "created_on": "2026-03-01"}],
        rounds=[round_("2026-05-15", system="party")],
        pools=[{"position_id": "H", "person_id": "A"}],
    )
    # A rotation in progress is over on 09-01.
    running = case_of(
        [
            *leaving,
            person("A", "R", kind="rotation", planned_until="2026-09-01", levels={"theory": "advanced"}),
            person("B", "O", levels={"theory": "advanced"}),
        ],
        positions=[*posts, post("O", standard="theory")],
    )
    # One of nine months that begins in P0 is over on 10-01: who comes back may follow Y, not X.
    nine = case_of(
        [*leaving, *(person(i, o, levels={"theory": "advanced"}) for i, o in ("AO", "BN", "CM"))],
        positions=[*posts, *(post(p, unit="V") for p in "ONM"), *(post(p, "DIV", unit="W") for p in "TU")],
    )
    pool = entry("appointment_from_pool")
    begins = pool.model_copy(update={"from_": dt.date(2026, 10, 1)})
    ends = pool.model_copy(update={"until": dt.date(2026, 10, 1)})
    return [
        universe("a course that ends between the days", closing),
        universe("a full-time course between the days", away),
        universe("a round between the days", between, pool),
        universe("a new unit's grace between the days", new, entry("appointment_from_pool", new_unit_months=6)),
        universe("a rotation in progress that ends between the days", running, TWELVE),
        universe("rotations that end between the days", nine, entry("rotation_length", months=9)),
        universe("a round between the days, the later day first", turned, pool),
        universe("a rule that begins between the days", kept, begins),
        universe("a rule that ends between the days", kept, ends),
    ]


def seats() -> list[Universe]:
    three = [post(p, "DEP") for p in "PQR"]
    # Z comes and leaves again in the middle of P1, B on the first day of P2; both may come to each of three posts.
    leaving = case_of(
        [
            person("X", "P", leaves="2026-04-01"),
            person("Z", leaves="2026-10-01"),
            person("B", "O", leaves="2027-01-01"),
            person("A"),
        ],
        positions=[*three, post("O", "HEAD")],
    )
    # Rotations within the class: from P, the first of it, to Q or R, and somebody into P on that day; with a swap.
    # C may come, and leaves on the first day of P2, on which another may rotate into the seat.
    within = case_of(
        [
            person("A", "P"),
            person("B", "Q"),
            person("C", "O", leaves="2027-01-01"),
            person("X", "R", leaves="2026-07-01"),
        ],
        positions=[*three, post("O", "HEAD")],
    )
    # Two seats, a surplus with an end, and one that lasts.
    several = case_of(
        [
            person("X", "P", leaves="2026-03-01"), person("Y", "P"), person("Z", "P", leaves="2027-02-01"),
            person("V", "Q"), person("W", "Q"), person("A", "O"), person("B"),
        ],
        positions=[
            post("P", "DEP", seats=2, surplus_until="2026-06-30"), post("Q", "DEP"), post("R", "DEP", seats=2),
            post("O", "HEAD"),
        ],
    )  # fmt: skip
    # A rotates to Q1 or Q2 and is appointed to H1 or H2, which ask for six months of it; R is a reserve in a list.
    experience = case_of(
        [person("A", "P"), person("B", "O"), person("X", "H1", leaves="2026-10-01"), person("R")],
        positions=[
            post("H1", standard="away"), post("H2", standard="away"), post("P", "DEP"), post("O", "DEP"),
            post("Q1", "DIV", unit="V"), post("Q2", "DIV", unit="V"),
        ],
        rounds=[round_()],
    )  # fmt: skip
    # Z can go nowhere from P, the first of the class; the others may be moved.
    stuck = case_of(
        [person("Z", "P", open_to_rotation=False), person("A", "O"), person("B", "Q"), person("C", "M")],
        positions=[*three, post("O", "HEAD"), post("M", "DIV")],
        discipline=[{"person_id": "Z", "form": "warning", "decided": "2025-12-01"}],
    )
    # A may only go to another post of the class; then O is free for D.
    only = case_of(
        [person("Z", "P", open_to_rotation=False), person("A", "O"), person("D")],
        positions=[*three, post("O", "HEAD")],
        discipline=[{"person_id": "Z", "form": "warning", "decided": "2025-12-01"}],
    )
    wait = entry("discipline_wait", months={"warning": 24})
    return [
        universe("a seat that is free when its holder comes to the class", only, wait),
        universe("nobody leaves the first of the class", stuck, SIX, wait),
        universe("people who come and leave service", leaving),
        universe("rotations within a class", within, SIX),
        universe("several seats and surplus in a class", several, SIX),
        universe("rotations that count as experience", experience, SIX),
    ]


def acting() -> list[Universe]:
    # H falls empty in P0, G in P1; D1 and D2 are deputies' posts of the unit, E1 and E2 of another one.
    posts = [
        post("H", acting_months=12, head=True, criticality=3), post("G", acting_months=7),
        post("D1", "DEP"), post("D2", "DEP"), post("E1", "DEP", unit="V"), post("E2", "DEP", unit="V"),
    ]  # fmt: skip
    people = [
        person("X", "H", leaves="2026-04-01"), person("Y", "G", leaves="2026-09-01"), person("A", "D1"),
        person("B", "E1"), person("C"),
    ]  # fmt: skip
    case = case_of(people, positions=posts)
    course_too = case_of(
        people,
        positions=posts,
        courses=[course(mode="full")],
        sessions=[session("S", "2026-05-01", "2026-12-01")],
        relations=[{"person_a": "B", "person_b": "C", "relation": "sibling"}],
    )
    return [
        universe("deputies who came loosely", case, ACTING, SIX),
        universe("deputies, relatives and a course", course_too, ACTING, SIX, entry("kin_apart")),
    ]


def successors() -> list[Universe]:
    # Without rounds and lists everyone plannable counts as listed; H is wanted from March on, G at the end.
    alike = [post("H", successors=1), post("G", successors=2), post("D", "DEP", successors=1), post("E", "DEP")]
    everyone = case_of(
        [person("X", "H", leaves="2027-03-01"), person("A", "D"), person("B"), person("C", leaves="2026-12-15")],
        positions=alike,
    )
    # Lists: names fall out when somebody is appointed, on 2026-08-01 or 11-01, around the round of 09-15.
    listed = case_of(
        [
            person("X", "P", leaves="2026-08-01"), person("Y", "Q", leaves="2026-11-01"), person("A", "D"),
            person("B"), person("C", "E"),
        ],
        positions=[
            post("P", successors=1, needed_by="2026-09-20"), post("Q", successors=1), post("R", successors=1),
            post("D", "DEP"), post("E", "DEP"),
        ],
        rounds=[round_("2026-09-15")],
        pools=[{"position_id": p, "person_id": i} for p, i in ("PA", "PB", "QA", "RC", "DB")],
    )  # fmt: skip
    # The same with own vacancies on two days of P1, which are the days on which P and Q want their successors.
    wanted = case_of(
        [person("X", "P", leaves="2026-08-01"), person("Y", "Q", leaves="2026-11-01"), person("A"), person("B")],
        positions=[post("P", successors=1), post("Q", successors=1), post("R", successors=1)],
    )
    return [
        universe("everyone is listed for alike posts", everyone, SIX),
        universe("successors wanted on different days", wanted),
        universe("names of alike posts who rise", listed, SIX, entry("pool_keep", force={"should": 2})),
        universe("names who must be kept", listed, entry("pool_keep"), entry("pool_size", max=2)),
    ]


def rules() -> list[Universe]:
    """Rules that look at one of the alike posts only, or count who comes to them."""
    posts = [post(p, "DEP", unit=u) for p, u in ("PU", "QU", "RV", "TV")]
    people = [
        *(person(i, p) for i, p in ("AP", "BR", "CO", "ES")), person("X", "Q", leaves="2026-07-01"), person("D"),
    ]  # fmt: skip
    tables: dict[str, Any] = {
        "positions": [*posts, post("S", "DIV", unit="V"), post("O", unit="W"), post("H", unit="U", head=True)],
        "rounds": [round_()],
        "pools": [{"position_id": "H", "person_id": "A"}, {"position_id": "O", "person_id": "B"}],
    }
    case = case_of(people, **tables)
    related = case_of(
        people,
        **tables,
        relations=[
            {"person_a": "A", "person_b": "C", "relation": "sibling"},
            {"person_a": "B", "person_b": "D", "relation": "spouse"},
        ],
    )
    waived = case_of(
        people,
        **tables,
        authorities=[{"authority_id": "province", "name": "Province", "level": "province"}],
        exemptions=[
            {"rule": "rotate_from_pool", "subject": "C,Q", "authority": "province", "reason": "r",
             "decided": "2025-12-01"},
            {"rule": "appointment_from_pool", "subject": "D", "authority": "province", "reason": "r",
             "decided": "2025-12-01", "until": "2026-08-15"},
        ],
    )  # fmt: skip
    decided = case_of(
        people,
        **tables,
        decisions=[
            {"kind": "rotate", "person_id": "A", "position_id": "T", "from": "2026-07-01", "status": "decided"},
            {"kind": "not_appoint", "person_id": "B", "status": "decided"},
            {"kind": "not_rotate", "person_id": "C", "position_id": "Q", "status": "decided"},
        ],
    )
    should = {"should": 2}
    share = {"max": 0.0, "always": 0}
    to_v: dict[str, Any] = {"applies_to": {"units": "V"}}
    # Retired on 2026-07-01 is X alone: to posts of U nobody comes who has less than 600 months left, that is nobody.
    left = entry("months_left", min=600, stages=["appoint", "rotate"], applies_to={"units": "U"})
    # A may not come to V, where A is local, D to U; B to neither, and so to no deputy's post.
    of = {"A": "V", "B": "U, V", "C": "W", "D": "U"}
    locals_ = case_of(
        [{**one, "people": [row | {"local_units": of.get(row["person_id"], "")} for row in one["people"]]}
         for one in people],
        **tables,
    )  # fmt: skip
    deputies = entry("non_local", applies_to={"rank": "DEP"})
    return [
        universe("a list for rotations to one unit", case, SIX, entry("rotate_from_pool", applies_to={"units": "U"})),
        universe("a list for rotations wished", case, SIX, entry("rotate_from_pool", force=should)),
        universe("a list for moves up to one unit", case, entry("appointment_from_pool", **to_v)),
        universe("a list for moves up to the other", case, entry("appointment_from_pool", applies_to={"units": "U"})),
        universe("a list for appointments wished", case, SIX, entry("appointment_from_pool", force=should)),
        universe("relatives in alike posts", related, SIX, entry("kin_apart")),
        universe("relatives in alike posts advised against", related, SIX, entry("kin_apart", force=should)),
        universe("few on rotation wished", case, TWELVE, entry("rotation_balance", force=should, **share)),
        universe("few on rotation", case, TWELVE, entry("rotation_balance")),
        universe("none goes wished", case, SIX, entry("rotations_per_unit", force=should, max=0)),
        universe("one goes at a time", case, SIX, entry("rotations_per_unit", max=1)),
        universe("few deputies wished", case, SIX, entry("deputies_cap", force=should, max=1)),
        universe("one unit wants time in service", case, SIX, left),
        universe("one unit wants its rotations longer", case, SIX, entry("rotation_length", id="V", months=12, **to_v)),
        universe("rotations to one unit only", case, entry("rotation_length", months=6, applies_to={"units": "V"})),
        universe(
            "exemptions", waived, SIX,
            entry("rotate_from_pool", waived_by="province"), entry("appointment_from_pool", waived_by="province"),
        ),
        universe("decisions", decided, SIX),
        universe("locals of one of alike posts", locals_, SIX, deputies),
        universe("locals where lists count", locals_, SIX, deputies, entry("appointment_from_pool")),
        universe("locals until a day", locals_, SIX, deputies.model_copy(update={"until": dt.date(2026, 10, 1)})),
        universe("locals from a day", locals_, SIX, deputies.model_copy(update={"from_": dt.date(2026, 10, 1)})),
    ]  # fmt: skip


def afterwards() -> list[Universe]:
    """What is wanted six months after an appointment: by 2027-02-01 for P, 05-01 for Q; R is in another unit."""
    posts = [post("P", "DEP", standard="theory_after"), post("Q", "DEP", standard="theory_after"),
             post("R", "DEP", standard="theory_after", unit="V")]  # fmt: skip
    case = case_of(
        [person("X", "P", leaves="2026-08-01"), person("Y", "Q", leaves="2026-11-01"), person("A"), person("B")],
        positions=posts,
        courses=[course()],
        sessions=[session("S1", "2026-12-01", "2027-04-01", seats=1), session("S2", "2026-09-01", "2027-01-15")],
    )
    rule = {"applies_to": {"units": "U"}}
    return [
        universe("levels wanted afterwards", case, entry("standard_after")),
        universe("levels wanted afterwards in one unit", case, entry("standard_after", **rule)),
        universe("levels wished afterwards", case, entry("standard_after", force={"should": 1}, **rule)),
    ]


def waiting() -> list[Universe]:
    """What a seat may wait for who comes by class: as the law says of the very post, whatever may be of others."""
    rule = entry("tolerated_vacancy", force="info", empty=12, acting=6)
    others = [
        replace(one, name=f"{one.name}, seats that may wait", rulebook=(*one.rulebook, rule))
        for one in (*days(), *seats(), *acting(), *rules())
    ]
    # The procedure lets nobody come in P0, those of V excepted; A's name in a list counts from 2026-07-02 on, after the
    # first day of P1 and before the day of Q; B's has long counted.
    posts = [post(p, "DEP") for p in "PQR"]
    young = case_of(
        [person("Y", "Q", leaves="2026-11-01"), person("A"), person("B")],
        positions=[*posts, post("S", "DEP", unit="V")],
        pools=[{"position_id": "P", "person_id": "A", "since": "2025-12-01"}, {"position_id": "P", "person_id": "B"}],
    )
    after = entry("order_after_list", days=213)
    return [
        *others,
        universe("a young name, seats that may wait", young, after, rule),
        universe("a long procedure, seats that may wait", young, entry("earliest_order", days=200), rule),
        universe("a long procedure in one unit, seats that may wait", young,
                 entry("earliest_order", days=200, applies_to={"units": "U"}), rule),
    ]  # fmt: skip


UNIVERSES = [*days(), *seats(), *acting(), *successors(), *rules(), *afterwards(), *waiting()]
