"""Tiny universes of the rules on lists and appointments: ratings, a freeze, tenure, flags, bars, ages, committees."""

from __future__ import annotations

from planner.domain.case import Case
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
)  # fmt: skip


def _rating_floor() -> list[Universe]:
    # The round of 2026-03-31 looks back on 2025 and 2024 (two years), and on 2023 too where it looks back on three.
    # B was complete in 2025, D in 2024, E in 2023; C has no rating, F one that is no class, G is excellent.
    rows = [("A", 2025, "good"), ("B", 2025, "complete"), ("D", 2025, "good"), ("D", 2024, "complete"),
            ("E", 2023, "not_complete"), ("F", 2025, "splendid"), ("G", 2025, "excellent"),
            ("G", 2024, "excellent"), ("B", 2026, "good")]  # fmt: skip
    case = case_of(
        [person(i) for i in "ABCDEFG"],
        positions=[post("H"), post("D", "DEP")],
        rounds=[round_()],
        ratings=[{"person_id": i, "year": year, "rating": rating} for i, year, rating in rows],
    )
    groups = (*(one_of(x(i, "H")) for i in "ABCDEFG"), one_of(x("B", "D")), one_of(a("B", "H", 0)))
    return [
        Universe("good for two years", case, (entry("rating_floor", min="good", years=2),), groups),
        Universe("complete for three", case, (entry("rating_floor", min="complete", years=3),), groups),
        Universe("known", case, (entry("rating_floor", min="good", years=1, unknown="fails"),), groups),
        Universe("known, complete", case, (entry("rating_floor", min="complete", years=1, unknown="fails"),), groups),
        Universe("advised", case, (entry("rating_floor", min="good", years=2, force=SHOULD),), groups),
        *dated(case, groups, "2026-03-31", "rating_floor", min="good", years=2),
    ]


def _freeze() -> list[Universe]:
    # A is in the list of H already and may stay; B may not come in, nobody may be appointed or rotated in P0.
    case = case_of(
        [person("A", "P", "DEP"), person("B", "Q", "DEP"), person("C")],
        positions=[post("H"), post("P", "DEP"), post("Q", "DEP"), post("R", "DEP")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": "A"}],
    )
    groups = (
        subsets(x("A", "H"), x("B", "H")),
        one_of(a("C", "R", 0, 1)),
        one_of(a("A", "H", 0, 1)),
        one_of(v("B", "R", 0, 1)),
    )
    length = entry("rotation_length", months=6)
    return [
        Universe("half a year", case, (entry("freeze", until="2026-06-30"), length), groups),
        Universe("advised", case, (entry("freeze", until="2026-06-30", force=SHOULD), length), groups),
        Universe("heads", case, (entry("freeze", applies_to={"rank": "HEAD"}), length), groups),
        *dated(case, groups, "2026-03-31", "freeze", length),
    ]


def _min_tenure() -> list[Universe]:
    # Twelve months: A (since 2025-07-01) has them on 2026-07-01, the first day of P1; B a day later, so in P2 only.
    # C holds no post: the first appointment is exempt. D has six months of 2024 and goes on since 2026-01-01: complete
    # on 2026-07-01. E's beginning is not known: from as_of on, complete on 2027-01-01. F moves sideways: exempt.
    # G's six months as head before do not count for the deputy that G is now: complete in P2.
    before = [{"since": "2024-01-01", "until": "2024-06-30", "rank": "DEP"}]
    higher = [{"since": "2024-01-01", "until": "2024-06-30", "rank": "HEAD"}]
    case = case_of(
        [
            person("A", rank="DEP", since="2025-07-01"),
            person("B", rank="DEP", since="2025-07-02"),
            person("C", rank="STAFF", since="2025-12-01"),
            person("D", rank="DEP", since="2026-01-01", service=before),
            person("E", rank="DEP", since=None),
            person("F", rank="DEP", since="2025-12-01"),
            person("G", rank="DEP", since="2026-01-01", service=higher),
        ],
        positions=[post("H"), post("D", "DEP")],
    )
    groups = (
        one_of(a("A", "H", 0, 1)),
        one_of(a("B", "H", 1, 2)),
        one_of(a("C", "D", 0), a("C", "H", 0)),
        one_of(a("D", "H", 0, 1)),
        one_of(a("E", "H", 1, 2)),
        one_of(a("F", "D", 0), a("F", "H", 0)),
        one_of(a("G", "H", 1, 2)),
    )
    return [
        Universe("twelve months", case, (entry("min_tenure", months=12),), groups),
        Universe("advised", case, (entry("min_tenure", months=12, force=SHOULD),), groups),
        *dated(case, groups, "2026-07-01", "min_tenure", months=12),
    ]


def _verified() -> list[Universe]:
    # A's file is not in order, E's assets are not; nothing is known of B, and that refuses nothing.
    case = case_of(
        [
            person("A", file_ok="no", assets_ok="yes"),
            person("B"),
            person("C", health_ok="no"),
            person("E", file_ok="yes", assets_ok="no"),
        ],
        positions=[post("H"), post("D", "DEP")],
    )
    groups = (
        one_of(a("A", "H", 0, 1), a("A", "D", 1)),
        one_of(a("B", "H", 1)),
        one_of(a("C", "H", 1)),
        one_of(a("E", "D", 0, 1)),
    )
    flags = ("file_ok", "assets_ok")
    return [
        Universe("file and assets", case, (entry("verified", flags=flags),), groups),
        Universe("advised", case, (entry("verified", flags=flags, force=SHOULD),), groups),
        *dated(case, groups, "2026-07-01", "verified", flags=flags),
    ]


def _not_barred() -> list[Universe]:
    # δ is the first day of each half. A is barred from 2026-02-01 to 2026-07-01: not in P1. B up to 2026-06-30: not in
    # P0. E from 2026-07-01 on: in P0 only. The sanction of C, without an end, runs twelve months to 2026-07-01; that of
    # F a day longer; G's begins on 2026-07-01; D's is no sanction, I's ends on 2026-07-02.
    sanctions = [("C", "2025-07-01", None, None), ("F", "2025-07-02", None, None), ("G", "2026-07-01", None, None),
                 ("D", "2025-12-01", None, "self_criticism"), ("I", "2025-01-01", "2026-07-02", None)]  # fmt: skip
    case = case_of(
        [
            person("A", barred_from="2026-02-01", barred_until="2026-07-01", barred_why="investigation"),
            person("B", barred_until="2026-06-30"),
            person("E", barred_from="2026-07-01"),
            *(person(i) for i in "CDFGI"),
        ],
        positions=[post("H", seats=3), post("D", "DEP", seats=3)],
        discipline=[
            {"person_id": i, "form": "reprimand", "decided": on, "expires": until, "no_sanction_case": why}
            for i, on, until, why in sanctions
        ],
    )
    groups = (
        one_of(a("A", "H", 0, 1, 2)),
        one_of(a("B", "H", 0, 1)),
        one_of(a("E", "H", 0, 2)),
        one_of(a("C", "D", 0, 1)),
        one_of(a("D", "D", 0)),
        one_of(a("F", "D", 1)),
        one_of(a("G", "D", 0, 1)),
        one_of(a("I", "D", 1)),
    )
    cases = ("self_criticism",)
    rotating = case_of(
        [person("A", "P", "DEP", barred_until="2026-06-30")], positions=[post("P", "DEP"), post("Q", "DEP")]
    )
    both = ("appoint", "rotate")
    return [
        Universe("bars and sanctions", case, (entry("not_barred", no_sanction=cases),), groups),
        Universe("advised", case, (entry("not_barred", no_sanction=cases, force=SHOULD),), groups),
        Universe(
            "rotations", rotating, (entry("not_barred", stages=both), entry("rotation_length", months=6)),
            (one_of(v("A", "Q", 0, 1)),),
        ),
        Universe("appointments", rotating, (entry("not_barred", stages=both),), (one_of(a("A", "Q", 0, 1)),)),
        *_barred_from_lists(),
        *dated(case, groups, "2026-07-01", "not_barred", no_sanction=cases),
    ]  # fmt: skip


def _barred_from_lists() -> list[Universe]:
    # The round is on 2026-03-31. A is barred up to that day, B from it on, C up to the day before; D is barred as A and
    # in the list of H, not in that of Q: it stays in one and enters the other only where names in force do not count.
    case = case_of(
        [
            person("A", rank="DEP", barred_until="2026-03-31"),
            person("B", rank="DEP", barred_from="2026-03-31"),
            person("C", rank="DEP", barred_until="2026-03-30"),
            person("D", rank="DEP", barred_until="2026-03-31"),
        ],
        positions=[post("H"), post("Q")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": "D", "since": "2024-01-01"}],
    )
    groups = (*(one_of(x(i, "H")) for i in "ABCD"), one_of(x("D", "Q")))
    return [
        Universe("lists", case, (entry("not_barred", stages=["plan"]),), groups),
        Universe("new names", case, (entry("not_barred", stages=["plan"], new_names_only=True),), groups),
    ]


def _party_member() -> list[Universe]:
    # δ is the first day of each half, the round is on 2026-03-31. A is a member since that day (full a year later), B
    # since the day after, C since long and full since 2026-07-01; of D nothing is said, and so D is no member. H is a
    # post of the Party by its term, S by its unit; with K one is held.
    dates = {"A": ("2026-03-31", "2027-03-31"), "B": ("2026-04-01", None), "C": ("2010-01-01", "2026-07-01")}
    people = [
        *(person(i, party_since=since, party_full_since=full) for i, (since, full) in dates.items()),
        person("D"),
    ]
    posts = [
        post("H", term_system="party"), post("K"), post("L"), post("S", unit="W"),
        post("B", held_with="K", nature="concurrent", term_system="party", seats=None),
    ]  # fmt: skip
    tables = {"positions": posts, "rounds": [round_()], "units": [{"unit_id": "W", "name": "W", "kind": "party_body"}]}
    case = case_of(people, **tables)
    # The rule judges each person by itself, so lists and appointments need not be tried together.
    listed = (subsets(x("A", "H", "S"), x("B", "H"), x("D", "H", "L")),)
    appointed = (
        one_of(a("A", "H", 0, 1), a("A", "K", 0), a("A", "L", 0)),
        one_of(a("B", "S", 0, 1)),
        one_of(a("C", "H", 0, 1), a("C", "S", 0)),
        one_of(a("D", "K", 1), a("D", "S", 1), a("D", "L", 0)),
    )
    unknown = case_of([person(i) for i in "ABCD"], **tables)
    rotating = case_of(
        [person("A", "P", party_since="2010-01-01"), person("D", "Q"), person("C", "R", party_since="2026-04-01")],
        positions=[post("P"), post("Q"), post("R"), post("H", term_system="party"), post("L")],
    )
    turns = (
        one_of(v("A", "H", 0), v("A", "L", 0)),
        one_of(v("D", "H", 0, 1), v("D", "L", 1)),
        one_of(v("C", "H", 0, 1)),
    )
    length = entry("rotation_length", months=6)
    posts_of_the_party = {"posts": ({"term_system": "party"}, {"unit_kind": "party_body"})}
    exempt = [
        case_of(people, **tables, **waived("D+K", until, "party_member")) for until in ("2026-06-30", "2026-07-01")
    ]
    return [
        *(
            Universe(f"{name}, {acts}", some, (entry("party_member", **more),), groups)
            for acts, groups in (("listed", listed), ("appointed", appointed))
            for name, some, more in (
                ("members", case, posts_of_the_party),
                ("full members", case, {"membership": "full", **posts_of_the_party}),
                ("every post", case, {}),
                ("nothing is known", unknown, posts_of_the_party),
                ("advised", case, {"force": SHOULD, **posts_of_the_party}),
            )
        ),
        Universe("rotations", rotating, (entry("party_member", **posts_of_the_party), length), turns),
        *(
            Universe(
                f"waived, {n}", some, (entry("party_member", waived_by="province"),),
                (*listed, appointed[0], appointed[3]),
            )
            for n, some in enumerate(exempt)
        ),
        *dated(case, appointed, "2026-07-01", "party_member", **posts_of_the_party),
    ]  # fmt: skip


def _standards() -> list[Universe]:
    # H asks for a degree of law in its list and for theory of who takes over; A and B lack both, C holds the degree.
    # The round is on 2026-03-31, δ the first day of each half. S ends on 2026-12-31 and grants theory.
    posts = [post("H", standard="law_and_theory"), post("D", "DEP", standard="law_and_theory", seats=2), post("P")]
    people = [person("A"), person("B"), person("C", levels={"law": "degree"}), person("R", "P")]

    def world(subject: str, until: str) -> dict[str, list[dict[str, str]]]:
        return waived(subject, until, "standards")

    def case(subject: str, until: str) -> Case:
        return case_of(
            people, positions=posts, rounds=[round_()], courses=[course()],
            sessions=[session("S", "2026-02-01", "2026-12-31"), session("L", "2027-01-01", "2027-03-31")],
            **world(subject, until),
        )  # fmt: skip

    groups = (
        subsets(x("A", "H", "D"), x("B", "H")),
        one_of(a("A", "H", 0, 1, 2), a("A", "D", 0, 1)),
        one_of(a("B", "H", 1), a("B", "D", 1)),
        one_of(a("C", "D", 0, 1, 2)),
        subsets(u("A", "S"), u("C", "S")),
    )
    length = entry("rotation_length", months=6)
    turning = (one_of(v("R", "D", 0)), one_of(a("R", "H", 0, 1)), one_of(a("A", "H", 1)))
    entries = (entry("standards", waived_by="province"),)
    owed = (
        entry("standards", waived_by="province"), entry("standard_after", force=SHOULD),
    )  # fmt: skip
    owing = (one_of(a("A", "H", 0, 1, 2), a("A", "D", 0)), subsets(u("A", "S", "L")), one_of(a("B", "H", 0)))
    return [
        *(
            Universe(f"one person and post until {until}", case("A+H", until), entries, groups)
            for until in ("2026-07-01", "2026-06-30", "2026-03-31", "2026-03-30")
        ),
        Universe("one competency of a person", case("A+law", "2026-12-31"), entries, groups),
        Universe("one competency of a post", case("D;theory", "2026-12-31"), entries, groups),
        Universe("a person for every post", case("A", "2027-12-31"), entries, groups),
        Universe("not for a rotation", case("R", "2027-12-31"), (*entries, length), turning),
        Universe(
            "appointments alone", case("A+H", "2027-12-31"),
            (entry("standards", stages=("appoint",), waived_by="province"),), groups,
        ),
        Universe(
            "heads", case("A", "2027-12-31"),
            (entry("standards", waived_by="province", applies_to={"rank": "HEAD"}),), groups,
        ),
        *(
            Universe(f"owed until {until}", case("A+H", until), owed, owing)
            for until in ("2026-12-31", "2026-12-30", "2027-06-30")
        ),
        *dated(case("A+H", "2027-12-31"), groups, "2026-07-01", "standards", waived_by="province"),
        *dated(case("A+H", "2027-12-31"), groups, "2026-03-31", "standards", waived_by="province"),
    ]  # fmt: skip


def _age_bands() -> list[Universe]:
    # On the day of the round, 2026-03-31: Y is 36, T 39 (40 a day later), F 40 (on that day), O 56.
    people = [
        person("Y", birth_date="1990-01-01"),
        person("T", birth_date="1986-04-01"),
        person("F", birth_date="1986-03-31"),
        person("O", birth_date="1970-01-01"),
    ]
    posts = [post("H"), post("D", "DEP"), post("E", "DEP", unit="W")]
    fresh = case_of(people, positions=posts, rounds=[round_()])
    # In force: two bands of H; under `must` they may not be lost, the third was never there.
    old = [{"position_id": "H", "person_id": i} for i in "TO"]
    kept = case_of(people, positions=posts, rounds=[round_()], pools=old)
    groups = (*(subsets(x(i, "H", "D")) for i in "YTF"), subsets(x("O", "H", "E")))
    bounds = (40, 50)
    return [
        Universe("of each list", fresh, (entry("age_bands", bounds=bounds, force=SHOULD),), groups),
        Universe("of each unit", fresh, (entry("age_bands", bounds=bounds, scope="unit", force=SHOULD),), groups),
        Universe("over all", fresh, (entry("age_bands", bounds=bounds, scope="all", force=SHOULD),), groups),
        Universe("demanded", kept, (entry("age_bands", bounds=bounds),), groups),
        Universe(
            "heads", fresh, (entry("age_bands", bounds=bounds, force=SHOULD, applies_to={"rank": "HEAD"}),), groups
        ),
        *dated(kept, groups, "2026-03-31", "age_bands", bounds=bounds),
    ]


def _nested_pools() -> list[Universe]:
    # C is a committee with a list, K sits on it. Whoever is in the list of H is in that of C too, or sits there.
    posts = [post("H"), post("D", "DEP"), post("C", "DEP", nature="membership", seats=3)]
    people = [person("A"), person("B"), person("K", "C")]
    case = case_of(people, positions=posts, rounds=[round_()], pools=[{"position_id": "H", "person_id": "A"}])
    groups = (subsets(x("A", "H", "D", "C")), subsets(x("B", "H", "D", "C")), subsets(x("K", "H", "D")))
    # The round of system `state` does not decide the committee's list: it stays, and B is in it. A was in H before.
    fixed = case_of(
        people,
        positions=[
            post("H", term_system="state"), post("D", "DEP", term_system="state"),
            post("C", "DEP", nature="membership", seats=3, term_system="party"),
        ],
        rounds=[round_(system="state")],
        pools=[{"position_id": "C", "person_id": "B"}, {"position_id": "H", "person_id": "A"}],
    )  # fmt: skip
    lists = (subsets(x("A", "H", "D")), subsets(x("B", "H", "D")), subsets(x("K", "H")))
    # A leaves the list of C by the plan, and is in H by inheritance: under `must` one of the two must go.
    within = case_of(
        people, positions=posts, rounds=[round_()], pools=[{"position_id": p, "person_id": "A"} for p in "HC"]
    )
    return [
        Universe("wished", case, (entry("nested_pools", force=SHOULD),), groups),
        Universe("demanded", case, (entry("nested_pools"),), groups),
        Universe("demanded, in the committee's list before", within, (entry("nested_pools"),), groups),
        Universe("a list that no round decides", fixed, (entry("nested_pools"),), lists),
        Universe("heads", case, (entry("nested_pools", force=SHOULD, applies_to={"rank": "HEAD"}),), groups),
        *dated(case, groups, "2026-03-31", "nested_pools"),
    ]


def _not_with_appointment() -> list[Universe]:
    # H falls empty on 2026-05-01, after the round of 2026-03-31 and in the same half: who is new in its list is not
    # appointed to it in P0, B, who was in it before, may be. C is proposed for D in P0, E only in P1.
    def case(**more):  # type: ignore[no-untyped-def]
        return case_of(
            [person("X", "H", leaves="2026-05-01"), *(person(i) for i in "ABCE")],
            positions=[post("H"), post("D", "DEP")],
            rounds=[round_()],
            pools=[{"position_id": "H", "person_id": "B"}],
            decisions=[
                {"kind": "appoint", "person_id": i, "position_id": "D", "from": on, "status": "proposed"}
                for i, on in (("C", "2026-06-30"), ("E", "2026-07-01"))
            ],
            **more,
        )

    groups = (
        subsets(x("A", "H", "D")),
        one_of(a("A", "H", 0, 1), a("A", "D", 0, 1)),
        subsets(x("B", "H")),
        one_of(a("B", "H", 0, 1)),
        subsets(x("C", "D", "H")),
        subsets(x("E", "D")),
        one_of(a("C", "D", 0, 1)),
    )
    exempt = {until: case(**waived("A+H", until, "not_with_appointment")) for until in ("2026-03-31", "2026-03-30")}
    return [
        Universe("not both", case(), (entry("not_with_appointment"),), groups),
        Universe("advised", case(), (entry("not_with_appointment", force=SHOULD),), groups),
        Universe("heads", case(), (entry("not_with_appointment", applies_to={"rank": "HEAD"}),), groups),
        *(
            Universe(f"waived until {until}", some, (entry("not_with_appointment", waived_by="province"),), groups)
            for until, some in exempt.items()
        ),
        *dated(case(), groups, "2026-03-31", "not_with_appointment"),
    ]


# ---- more of rules that are older ------------------------------------------------------------------------------------


def _months_left() -> list[Universe]:
    # 12 months are wanted. A (first day out 2027-08-01) has 12 from July 2026, the reference, and 7 from December 2026;
    # B has 11 and 6.
    people = [person("A", leaves="2027-08-01"), person("B", leaves="2027-07-01")]
    # The round of H plans for the next term (its reference lies ahead), that of D for the current one.
    terms = case_of(
        people,
        positions=[post("H", term_system="party"), post("D", "DEP", term_system="state"),
                   post("E", "DEP", term_system="other")],
        rounds=[
            round_("2026-06-30", round_id="N", system="party", age_reference_date="2026-12-15"),
            round_("2026-09-30", round_id="C", system="state", term_start="2026-04-01"),
            round_("2026-09-30", round_id="S", system="other", term_start="2026-12-01"),
        ],
    )  # fmt: skip
    lists = tuple(subsets(x(i, "H", "D", "E")) for i in "AB")
    # Of two days of reference the last one up to the day counts; before the first one, that one.
    reference = case_of(
        people,
        positions=[post("H", term_system="party"), post("D", "DEP", term_system="state")],
        rounds=[
            {"round_id": "O", "approved_on": "2025-01-01", "system": "party", "age_reference_date": "2026-07-15"},
            {"round_id": "L", "approved_on": "2025-02-01", "system": "party", "age_reference_date": "2027-01-01"},
        ],
    )
    moves = tuple(one_of(a(i, "H", 0, 1, 2), a(i, "D", 0, 1)) for i in "AB")
    lateral = case_of([person("A", rank="DEP", leaves="2026-09-01")], positions=[post("H"), post("D", "DEP")])
    at = {"stages": ("appoint",), "at": "age_reference_date"}
    return [
        *(
            Universe(f"the {term} term", terms, (entry("months_left", min=12, stages=("plan",), term=term),), lists)
            for term in ("next", "current")
        ),
        Universe("at the day of reference", reference, (entry("months_left", min=12, **at),), moves),
        Universe(
            "higher posts only", lateral, (entry("months_left", min=12, higher_only=True),),
            (one_of(a("A", "H", 0), a("A", "D", 0)),),
        ),
    ]  # fmt: skip


def _pool_discipline() -> list[Universe]:
    # All but F's have run out. Removal and expulsion last; self-criticism and a time-barred case are no sanction.
    rows = [("A", "removal", "2020-01-01", None), ("B", "expulsion", "2020-01-01", None),
            ("C", "reprimand", "2020-01-01", None), ("D", None, None, "self_criticism"),
            ("E", None, None, "time_barred"), ("F", None, None, "other")]  # fmt: skip
    case = case_of(
        [person(i) for i in "ABCDEF"],
        positions=[post("H")],
        rounds=[round_()],
        discipline=[
            {"person_id": i, "form": form, "decided": "2019-01-01", "expires": expires, "no_sanction_case": why}
            for i, form, expires, why in rows
        ],
    )
    params = {"lasting": ("removal", "expulsion"), "no_sanction": ("self_criticism", "time_barred")}
    groups = tuple(subsets(x(i, "H")) for i in "ABCDEF")
    # The law changes between two rounds: up to 2026-03-31 any sanction bars for good, from the next day on one that
    # runs. A's reprimand has run out: out of H, whose round is the last under the old law, and not out of D.
    change = case_of(
        [person("A"), person("B")],
        positions=[post("H", term_system="party"), post("D", "DEP", term_system="state")],
        rounds=[round_("2026-03-31", system="party"), round_("2026-04-01", round_id="S", system="state")],
        discipline=[
            {"person_id": i, "form": "reprimand", "decided": "2024-01-01", "expires": expires}
            for i, expires in (("A", "2025-01-01"), ("B", "2026-12-31"))
        ],
    )
    laws = (
        entry("pool_discipline", "old", until="2026-03-31", **{"while": "ever"}),
        entry("pool_discipline", "new", **{"from": "2026-04-01"}),
    )
    both = tuple(subsets(x(i, "H", "D")) for i in "AB")
    return [
        Universe("what lasts and what is none", case, (entry("pool_discipline", **params),), groups),
        Universe("a change of law between two rounds", change, laws, both),
    ]


def _discipline_wait() -> list[Universe]:
    # 12 months wait. A's case ended without a sanction, B's is of another kind; C's warning comes on 2026-07-01 only.
    rows = [("A", None, "2025-12-01", "self_criticism"), ("D", None, "2025-12-01", "time_barred"),
            ("B", None, "2025-12-01", "other"), ("C", "warning", "2026-07-01", None)]  # fmt: skip
    case = case_of(
        [person(i) for i in "ABCD"],
        positions=[post("H", seats=4)],
        discipline=[
            {"person_id": i, "form": form, "decided": decided, "no_sanction_case": why}
            for i, form, decided, why in rows
        ],
    )
    groups = tuple(one_of(a(i, "H", 0, 1)) for i in "ABCD")
    cases = ("self_criticism", "time_barred")
    rule = entry("discipline_wait", months={"warning": 12}, no_sanction=cases)
    return [Universe("what is no sanction, and what is none yet", case, (rule,), groups)]


def _pool_size() -> list[Universe]:
    # Two seats of C: half a name for each is one, 0.51 round up to two; 1.5 for each are three, 1.49 round down to two.
    # The seats of M are not known: nothing is asked by seats.
    def case(**more):  # type: ignore[no-untyped-def]
        return case_of(
            [person(i) for i in "ABEF"],
            positions=[post("C", nature="membership", seats=2), post("M", nature="membership", seats=None)],
            rounds=[round_()],
            **more,
        )

    groups = tuple(subsets(x(i, "C", "M")) for i in "ABEF")
    old = [{"position_id": "C", "person_id": i} for i in "AB"]
    size = "pool_size"
    return [
        Universe("half a name for a seat", case(pools=old), (entry(size, min_per_seat=0.5, max=9),), groups),
        Universe("a little more than half", case(pools=old), (entry(size, min_per_seat=0.51, max=9),), groups),
        Universe("one and a half", case(), (entry(size, max_per_seat=1.5, max=9),), groups),
        Universe("a little less", case(), (entry(size, max_per_seat=1.49, max=9),), groups),
        Universe("wished", case(), (entry(size, min_per_seat=1.0, max_per_seat=1.5, max=9, force=SHOULD),), groups),
    ]


def _term_end() -> list[Universe]:
    # In July 2026 X (HEAD) has 11 months left, Y (DEP) 23. Of heads 12 are wanted, of others 24: both leave.
    posts = [
        post("H", filled_by="elect", term_system="state"),
        post("D", "DEP", filled_by="elect", term_system="state"),
        post("E", "HEAD", filled_by="elect", term_system="state"),
    ]
    case = case_of(
        [
            person("X", "H", leaves="2027-07-01"),
            person("Y", "D", leaves="2028-07-01"),
            person("Z", "E", leaves="2027-08-01"),
            person("A"),
        ],
        positions=posts,
        rounds=[
            {"round_id": "T", "approved_on": "2021-01-01", "system": "state", "term_end": "2026-09-30",
             "age_reference_date": "2026-07-15"}
        ],
    )  # fmt: skip
    groups = (one_of(a("A", "H", 1, 2), a("A", "D", 1, 2), a("A", "E", 1, 2)),)
    return [Universe("by rank", case, (entry("term_end", months=24, by_rank={"HEAD": 12}),), groups)]


def _appointment_from_pool() -> list[Universe]:
    # A new unit needs no list for twelve months: N up to 2026-12-31, so not in P2; M a day longer, so in P2 too.
    units = [
        {"unit_id": "NEW", "name": "NEW", "created_on": "2026-01-01"},
        {"unit_id": "MEW", "name": "MEW", "created_on": "2026-01-02"},
    ]
    case = case_of(
        [person("A", rank="DIV"), person("B", rank="DIV")],
        positions=[post("N", unit="NEW"), post("M", unit="MEW")],
        units=units,
        pools=[{"position_id": "N", "person_id": "B"}],
    )
    groups = (
        one_of(a("A", "N", 0, 1, 2), a("A", "M", 1, 2)),
        one_of(a("B", "N", 1, 2), a("B", "M", 1, 2)),
    )
    return [Universe("twelve months new", case, (entry("appointment_from_pool", new_unit_months=12),), groups)]


NEW: dict[str, list[Universe]] = {
    "rating_floor": _rating_floor(),
    "freeze": _freeze(),
    "min_tenure": _min_tenure(),
    "verified": _verified(),
    "party_member": _party_member(),
    "standards": _standards(),
    "not_barred": _not_barred(),
    "age_bands": _age_bands(),
    "nested_pools": _nested_pools(),
    "not_with_appointment": _not_with_appointment(),
}
MORE: dict[str, list[Universe]] = {
    "months_left": _months_left(),
    "pool_discipline": _pool_discipline(),
    "discipline_wait": _discipline_wait(),
    "pool_size": _pool_size(),
    "term_end": _term_end(),
    "appointment_from_pool": _appointment_from_pool(),
}
"""Further universes of rules that have some in `rules.py`."""
