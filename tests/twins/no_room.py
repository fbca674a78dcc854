"""Universes of a person whose lists are full: the cuts of `posts_per_person` beside `pool_keep`.

A round on 2026-03-31 decides the list of N, which A is not in; another on 2026-09-30 those that A is in. Nobody holds a
post, so δ is the first day of a period: 2026-01-01 before both rounds, 2026-07-01 between them, 2027-01-01 after both.
"""

from __future__ import annotations

from typing import Any

from planner.domain.case import Case
from planner.domain.content import Entry
from tests.twins.in_force import SHOULD, dated, waived
from tests.twins.universe import (
    Group,
    Universe,
    a,
    case_of,
    course,
    entry,
    g,
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

EARLY, LATE = "2026-03-31", "2026-09-30"
KEEP = entry("pool_keep")


def most(number: int, per: str = "all", **more: Any) -> Entry:
    return entry("posts_per_person", max=number, per=per, **more)


def rounds(late: str = LATE) -> list[dict[str, Any]]:
    return [round_(EARLY, round_id="E", system="early"), round_(late, round_id="L", system="late")]


def names(person_id: str, *positions: str) -> list[dict[str, str]]:
    return [{"position_id": p, "person_id": person_id} for p in positions]


def elsewhere(rank: str = "HEAD") -> list[dict[str, Any]]:
    """Two posts that are alike, with lists that no round decides and that are empty."""
    return [post(p, rank, term_system="none") for p in ("Y", "Z")]


def of_two_ranks(order: str = "HD", late: str = LATE, **tables: Any) -> Case:
    """A is in the lists of H (HEAD) and D (DEP); N (DEP) is wanted on 2026-07-01.

    An appointment to N on that day ends the name in D, not that in H; one to Y before it ends both.
    """
    own = {
        "H": post("H", term_system="late"),
        "D": post("D", "DEP", term_system="late", successors=1, needed_by="2026-10-01"),
    }
    new = post("N", "DEP", term_system="early", successors=1, needed_by="2026-07-01")
    return case_of(
        [person("A")],
        positions=[*(own[p] for p in order), new, *elsewhere()],
        rounds=rounds(late),
        pools=names("A", *order),
        **tables,
    )


def choices(lists: str = "HDN", posts: str = "HDNY", designated: str = "ND") -> tuple[Group, ...]:
    """Every set of lists, no or one appointment, no or one designation of A."""
    return (
        subsets(x("A", *lists)),
        one_of(*(a("A", p, 0, 1, 2) for p in posts)),
        one_of(*(g("A", p) for p in designated)),
    )


def _two_ranks() -> list[Universe]:
    case, groups = of_two_ranks(), choices()
    turns = (*groups[:1], one_of(a("A", "N", 1, 2), a("A", "Y", 0)), groups[2], one_of(v("A", "D", 0, 1)))
    return [
        Universe("full", case, (most(2), KEEP), groups),
        Universe("full, the lower list first", of_two_ranks("DH"), (most(2), KEEP), groups),
        Universe("more than full by inheritance", case, (most(1), KEEP), groups),
        Universe("room for one", case, (most(3), KEEP), groups),
        Universe("a round on the day of the appointment", of_two_ranks(late="2026-07-01"), (most(2), KEEP), groups),
        Universe("two rules", case, (most(3), most(2, id="b"), KEEP, entry("pool_keep", "c", force=SHOULD)), groups),
        Universe("with rotations", case, (most(2), KEEP, entry("rotation_length", months=6)), turns),
        Universe("nobody was nominated", case, (most(2), KEEP), groups, names_from="nominated"),
        Universe("counted by rank, one each", case, (most(1, "level"), KEEP), groups),
    ]


def _scopes() -> list[Universe]:
    """Names that may be replaced after all, lists that are not counted, and days on which nothing is asked."""
    case, groups = of_two_ranks(), choices(posts="NY", designated="N")
    heads, deputies = {"applies_to": {"rank": "HEAD"}}, {"applies_to": {"rank": "DEP"}}
    exempt = of_two_ranks(**waived("A+H", "2026-12-31", "pool_keep"))
    return [
        Universe("heads kept, room for one", case, (most(2), entry("pool_keep", **heads)), groups),
        Universe("heads kept, full", case, (most(1), entry("pool_keep", **heads)), groups),
        Universe("deputies counted", case, (most(1, **deputies), KEEP), groups),
        Universe("keeping advised", case, (most(2), entry("pool_keep", force=SHOULD)), groups),
        Universe("counting advised", case, (most(2, force=SHOULD), KEEP), groups),
        Universe("not kept", case, (most(2),), groups),
        Universe("an exemption", exempt, (most(2), entry("pool_keep", waived_by="province")), groups),
        *dated(case, groups, LATE, "pool_keep", most(2)),
        *dated(case, groups, LATE, "posts_per_person", KEEP, max=2, per="all"),
    ]


def _undecided() -> list[Universe]:
    # A is in a list that no round decides: with one place more than that, H fills the room.
    positions = [post("H", term_system="late"), post("F", "DEP", term_system="none"),
                 post("N", term_system="early", successors=1, needed_by="2026-07-01"), *elsewhere()]  # fmt: skip
    case = case_of([person("A")], positions=positions, rounds=rounds(), pools=names("A", "H", "F"))
    groups = choices("HN", "HNFY", "N")
    return [
        Universe("a list that no round decides", case, (most(2), KEEP), groups),
        Universe("that list alone fills the room", case, (most(1), KEEP), groups),
        Universe("that list, and room for one", case, (most(3), KEEP), groups),
    ]


def _one_rank() -> list[Universe]:
    # Both lists of A are of HEAD; N is too, D is not. Who comes to N on 2026-07-01 leaves both.
    positions = [
        post("H", term_system="late"), post("G", term_system="late"),
        post("N", term_system="early", successors=1, needed_by="2026-07-01"),
        post("D", "DEP", term_system="early", successors=1, needed_by="2026-07-01"), *elsewhere("DEP"),
    ]  # fmt: skip
    case = case_of([person("A")], positions=positions, rounds=rounds(), pools=names("A", "H", "G"))
    return [Universe("counted by rank", case, (most(2, "level"), KEEP), choices("HGND", "HNDY"))]


def _new_list_last() -> list[Universe]:
    # The rounds change places: N (HEAD) is decided last, and wanted on the day of that round or on the next. A in the
    # lists of D and E (DEP) is appointed to D, or to Y of the same rank, before their round, and comes into N's list.
    def case(needed_by: str) -> Case:
        positions = [
            post("D", "DEP", term_system="early"), post("E", "DEP", term_system="early"),
            post("N", term_system="late", successors=1, needed_by=needed_by), *elsewhere("DEP"),
        ]  # fmt: skip
        return case_of([person("A")], positions=positions, rounds=rounds(), pools=names("A", "D", "E"))

    groups = choices("DEN", "DNY", "N")
    return [
        Universe("wanted on the day of the round", case(LATE), (most(2), KEEP), groups),
        Universe("wanted on the next day", case("2026-10-01"), (most(2), KEEP), groups),
    ]


def _falling_out() -> list[Universe]:
    # A lacks the `plan` cell of H unless at the course; B leaves before the late round; C is decided out of H. Where
    # one list is the most, A and C are full with G alone, and B with none.
    case = case_of(
        [person("A"), person("B", leaves="2026-08-01", levels={"law": "degree"}),
         person("C", levels={"law": "degree"})],
        positions=[
            post("H", standard="law", term_system="late"), post("G", "DEP", term_system="late"),
            post("N", "DEP", term_system="early", successors=1, needed_by="2026-07-01"), *elsewhere(),
        ],
        rounds=rounds(),
        pools=[*names("A", "H", "G"), *names("B", "H", "G"), *names("C", "H", "G")],
        courses=[course(grants="law:degree")],
        sessions=[session("S", "2026-02-01", "2026-03-01")],
        decisions=[{"kind": "not_pool", "person_id": "C", "position_id": "H", "status": "decided"}],
    )  # fmt: skip
    groups = (
        subsets(x("A", "H", "G", "N")),
        subsets(u("A", "S")),
        subsets(x("B", "N")),
        subsets(x("C", "G", "N")),
        one_of(a("A", "N", 1), a("C", "N", 1), a("C", "Y", 0)),
        one_of(g("A", "N"), g("B", "N"), g("C", "N")),
    )
    few = (*groups[:2], *groups[3:])
    return [
        Universe("names that fall out, one list each", case, (most(1), KEEP), groups),
        Universe("names that fall out, two lists each", case, (most(2), KEEP), few),
    ]


UNIVERSES = [*_two_ranks(), *_scopes(), *_undecided(), *_one_rank(), *_new_list_last(), *_falling_out()]

WITHOUT_CUTS = {
    "room for one", "nobody was nominated", "that list, and room for one",
    "heads kept, room for one", "keeping advised", "counting advised", "not kept",
    f"in force after {LATE}", f"in force before {LATE}",
    "names that fall out, two lists each",
}  # fmt: skip
"""Nothing is full, nothing need stay, no new list may be had, or the rule asks nothing on its day."""
