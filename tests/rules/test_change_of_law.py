"""A plan from July 2025 to December 2027 under vn-2025: 50-QĐ/TW holds to 7 October 2025, 377-QĐ/TW from the next day.

N's reprimand of 2023 ran out in 2024, N's warning of 2024-01-01 in 2025; N is in lists since 2022. By 50 each of them
takes N out of the list; by 377 neither does once it has run out. By 377 nobody is appointed within 36 months of a
warning (up to 2026-12-31); before 8 October 2025 the rulebook asks for no such time.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.verify import judge
from tests.rules.switching import province, world
from tests.twins.universe import World, a, person, post, round_, x

RULES = tuple(entry for entry in province("vn-2025").rulebook if entry.strength == "must")


@pytest.fixture(scope="module")
def office() -> World:
    # H (party) is reviewed on 2025-09-30 under the old law, D (state) on 2025-10-31 under the new one. N is in both
    # lists, as is B. Both posts are empty from the first day.
    def post_of(position: str, system: str) -> dict[str, Any]:
        return post(position, "DEPT_HEAD", unit=position, term_system=system)

    return world(
        *RULES,
        people=[person(i, rank="DEPT_DEP") for i in "NB"],
        positions=[post_of("H", "party"), post_of("D", "state")],
        as_of="2025-07-01",
        until="2027-12-31",
        rounds=[
            round_("2025-09-30", round_id="old", system="party"),
            round_("2025-10-31", round_id="new", system="state"),
        ],
        pools=[{"position_id": p, "person_id": i, "since": "2022-01-01"} for p in "HD" for i in "NB"],
        discipline=[
            {"person_id": "N", "side": "party", "form": form, "decided": decided, "expires": expires}
            for form, decided, expires in (
                ("reprimand", "2023-06-01", "2024-06-01"),
                ("warning", "2024-01-01", "2025-01-01"),
            )
        ],
    )


def broken(office: World, *plan: Any) -> set[tuple[str, str]]:
    standing = office.standing(frozenset(key for some in plan for key in some))
    return {(v.rule, v.instant.isoformat() if v.instant else "") for v in judge(standing, office.quo).new}


def test_a_name_leaves_the_list_that_is_reviewed_before_the_change_and_stays_in_the_one_after(office: World) -> None:
    removed = {(e.person, e.position): e.cause for e in office.quo.line.plan.pools if e.status == "remove"}
    assert removed == {("N", "H"): "fails:pool_discipline_50"}
    assert ("x", "N", "D") in office.program
    assert ("x", "N", "H") not in office.program


def test_the_verifier_refuses_it_before_and_accepts_it_after(office: World) -> None:
    kept = x("B", "H", "D")
    assert broken(office, kept, x("N", "D")) == set()
    assert broken(office, kept, x("N", "D", "H")) == {("pool_discipline_50", "2025-09-30")}


def test_the_waiting_time_leaves_a_hole_between_the_change_and_its_end(office: World) -> None:
    # P0 begins on 2025-07-01, P1 on 2026-01-01, P2 on 2026-07-01, P3 on 2027-01-01: 36 months are over on that day.
    assert office.problem.takeover_periods["N", "D"] == [0, 3, 4]
    kept = x("B", "H", "D")
    assert broken(office, kept, a("N", "D", 0)) == set()
    assert broken(office, kept, x("N", "D"), a("N", "D", 1)) == {("appt_post_discipline", "2026-01-01")}
    assert broken(office, kept, x("N", "D"), a("N", "D", 3)) == set()
