"""Small cases for the entries on rotation, training, legal numbers and the duties of heads (§2.3, §2.4, §2.7, §2.8, and
kin in a locality): see `switching.py`. Ranks: COM_DIV_DEP 40, DIV_DEP 45, DIV_HEAD 55, DEPT_DEP 70, DEPT_HEAD 80."""

from __future__ import annotations

from typing import Any

from planner.domain.content import Entry
from tests.rules.switching import SwitchCase, seen, shipped_entries, world
from tests.twins.universe import a, course, person, post, round_, session, u, v, x

COMMUNE = [
    {"unit_id": "T", "name": "T", "kind": "province"},
    {"unit_id": "X", "name": "X", "kind": "commune", "parent_id": "T"},
    {"unit_id": "Y", "name": "Y", "kind": "commune", "parent_id": "T"},
]


def length() -> Entry:
    """Without a length nobody rotates."""
    return shipped_entries()["rot_min_duration"]


def deputy(position: str, **more: Any) -> dict[str, Any]:
    return post(position, "DEPT_DEP", **more)


def rotating(
    entry: Entry, *people: Any, plan: Any = None, until: str = "2027-06-30", as_of: str = "2026-01-01", **more: Any
) -> object:
    """A (or several) may rotate from P to R in the first half."""
    positions = more.pop("positions", [deputy("P"), deputy("R", unit="X")])
    rules = (entry,) if entry.id == "rot_min_duration" else (entry, length())
    found = world(*rules, people=list(people), positions=positions, until=until, as_of=as_of, units=COMMUNE, **more)
    return seen(found, *(plan if plan is not None else [v("A", "R", 0)]))


# ---- rotation ------------------------------------------------------------------------------------------------------


def rot_in_pool(entry: Entry) -> object:
    # B is in a list, A is not.
    pools = [{"position_id": "H", "person_id": "B"}]
    positions = [deputy("P"), deputy("R", unit="X"), post("H", "DEPT_HEAD")]
    return rotating(entry, person("A", "P"), person("B"), positions=positions, pools=pools)


def rot_min_duration(entry: Entry) -> object:
    return rotating(entry, person("A", "P"))


def rot_equal_rank(entry: Entry) -> object:
    return rotating(entry, person("A", "P"), positions=[deputy("P"), post("R", "DEPT_HEAD")])


def rot_remaining_service(entry: Entry) -> object:
    # Retires at the end of December 2035: 119 months from January 2026; two years in the post.
    return rotating(entry, person("A", "P", since="2024-01-01", leaves="2036-01-01"))


def rot_remaining_policy(entry: Entry) -> object:
    # Retires at the end of December 2030: 59 months from January 2026; ten years in the post on 2026-01-01.
    return rotating(entry, person("A", "P", since="2016-01-01", leaves="2031-01-01"))


def rot_non_local_heads(entry: Entry) -> object:
    positions = [deputy("P"), deputy("R", unit="X", bars_locals=True)]
    return rotating(entry, person("A", "P", local_units="X"), positions=positions)


def rot_non_local_100pct(entry: Entry) -> object:
    # The chief inspector is from the province.
    chief = post("CTT", "DEPT_HEAD", unit="T", bars_locals=True, sector="inspectorate", head=True)
    found = world(entry, people=[person("A", "CTT", local_units="T")], positions=[chief], units=COMMUNE)
    return seen(found)


def rot_commune_secretary_non_local(entry: Entry) -> object:
    secretary = post("BT", "COM_SEC", unit="X", standard="commune_secretary")
    levels = {"degree": "university", "theory": "advanced", "state_mgmt": "principal"}
    people = [person("A", rank="DEPT_DEP", levels=levels, local_units="X")]
    found = world(entry, people=people, positions=[secretary], units=COMMUNE)
    return seen(found, a("A", "BT", 0))


def _stay(entry: Entry, as_of: str, since: str, **more: Any) -> object:
    # The holder of P has been there since a day; another post waits.
    people = [person("A", "P", since=since)]
    found = world(
        entry,
        people=people,
        positions=[post("P", **more), post("Q", "DEPT_DEP", unit="W")],
        as_of=as_of,
        until="2027-06-30",
    )
    return seen(found)


def head_two_terms(entry: Entry) -> object:
    # Ten years on 2026-01-01.
    return _stay(entry, "2026-01-01", "2016-01-01", rank="DEPT_HEAD", head=True, bars_locals=True)


def hd_head_8y(entry: Entry) -> object:
    # Eight years on 2025-01-01, when the rule was in force.
    return _stay(entry, "2025-01-01", "2017-01-01", rank="DEPT_HEAD", head=True)


def hd_deputy_10y(entry: Entry) -> object:
    return _stay(entry, "2025-01-01", "2015-01-01", rank="DEPT_DEP")


def rot_balance_local(entry: Entry) -> object:
    # Of the two seats of X one is held by somebody on rotation already.
    running = person("B", "S", kind="rotation", since="2025-01-01", planned_until="2028-01-01")
    positions = [deputy("P"), deputy("R", unit="X"), deputy("S", unit="X")]
    return rotating(entry, person("A", "P"), running, positions=positions)


def rot_return_plan(entry: Entry) -> object:
    # B comes to the post that A leaves: nothing is known of A afterwards.
    return rotating(entry, person("A", "P"), person("B"), plan=[v("A", "R", 0), a("B", "P", 0)])


def rot_one_per_round_per_unit(entry: Entry) -> object:
    positions = [deputy("P"), deputy("Q"), deputy("R", unit="X"), deputy("S", unit="Y")]
    plan = [v("A", "R", 0), v("B", "S", 0)]
    return rotating(entry, person("A", "P"), person("B", "Q"), positions=positions, plan=plan)


# ---- training ------------------------------------------------------------------------------------------------------


def studying(entry: Entry, somebody: Any, grants: str, positions: list[Any] | None = None, **more: Any) -> object:
    """Whether A may attend, from 2026-03-02 to 2026-08-31, a course that grants the level."""
    course_more = more.pop("course", {})
    found = world(
        entry,
        people=[somebody],
        positions=positions or [post("P", "DIV_HEAD")],
        courses=[course(grants=grants, **course_more)],
        sessions=[session("S", "2026-03-02", "2026-08-31")],
        **more,
    )
    return seen(found, u("A", "S"))


LISTS = {"pools": [{"position_id": "P", "person_id": "Z"}]}


def _not_planned(entry: Entry, grants: str) -> object:
    # A is a specialist in no list; Z is in one.
    found = world(
        entry,
        people=[person("A", rank="STAFF"), person("Z")],
        positions=[post("P", "DIV_HEAD")],
        courses=[course(grants=grants)],
        sessions=[session("S", "2026-03-02", "2026-08-31")],
        **LISTS,
    )
    return seen(found, u("A", "S"))


def tr_inter_who(entry: Entry) -> object:
    return _not_planned(entry, "theory:intermediate")


def tr_adv_who(entry: Entry) -> object:
    return _not_planned(entry, "theory:advanced")


def tr_inter_std(entry: Entry) -> object:
    # Rated complete in 2025, though a member with a degree.
    ratings = [{"person_id": "A", "year": 2025, "rating": "complete"}]
    return studying(entry, person("A", levels={"degree": "college"}), "theory:intermediate", ratings=ratings)


def tr_adv_std(entry: Entry) -> object:
    # A college degree is not enough.
    return studying(entry, person("A", levels={"degree": "college"}), "theory:advanced")


def tr_postgrad(entry: Entry) -> object:
    # Forty-six years old on the first day.
    return studying(entry, person("A", birth_date="1980-03-02"), "degree:master")


def tr_one_full_time(entry: Entry) -> object:
    # The only leader of the unit goes.
    return studying(entry, person("A", "P"), "theory:advanced", course={"mode": "full"})


def standard_after(entry: Entry) -> object:
    # A division head lacks a level that the standard wants some time after the appointment.
    content = world(entry, people=[person("A")], positions=[deputy("P")]).ground.content
    standard = next(
        s for s in content.standards if any(c.required_at == "after_appoint" and c.grace_months <= 12 for c in s.cells)
    )
    levels = {c.competency: c.level for c in standard.cells if c.required_at != "after_appoint"}
    held = {k: level for k, level in levels.items() if content.competency[k].levels}  # type: ignore[index]
    time = [
        {"since": "1995-01-01", "until": "2019-12-31", "rank": rank}
        for c in content.competencies
        if c.counts
        for rank in c.counts.rank
    ]
    somebody = person("A", levels=held, service=time)
    found = world(entry, people=[somebody], positions=[post("P", "DEPT_DEP", standard=standard.id)], until="2028-12-31")
    return seen(found, a("A", "P", 0))


def own_standard(entry: Entry) -> object:
    # The holder lacks advanced theory, which a session grants, and does not go.
    found = world(
        entry,
        people=[person("A", "P")],
        positions=[deputy("P", standard="deputy_director")],
        courses=[course()],
        sessions=[session("S", "2026-03-02", "2026-08-31")],
    )
    return seen(found)


# ---- kin in a locality ---------------------------------------------------------------------------------------------


def kinship_sectors(entry: Entry) -> object:
    # Siblings: one leads the party of the commune X, the other heads its finance division.
    positions = [
        post("BT", "COM_SEC", unit="X", standard="commune_secretary", head=True),
        post("TC", "COM_DIV_HEAD", unit="X1", head=True, sector="finance"),
    ]
    units = [*COMMUNE, {"unit_id": "X1", "name": "X1", "kind": "division", "parent_id": "X"}]
    kin = [{"person_a": "A", "person_b": "B", "relation": "sibling"}]
    found = world(entry, people=[person("A", "BT"), person("B")], positions=positions, units=units, relations=kin)
    return seen(found, a("B", "TC", 0))


def kinship_locality(entry: Entry) -> object:
    # Spouses: one is secretary of the party committee, the other vice chair of the people's committee.
    positions = [
        post("BT", "COM_SEC", unit="XD", standard="commune_secretary", head=True),
        post("PCT", "COM_STD", unit="XU", standard="commune_vice_chair"),
    ]
    bodies = [{"unit_id": u, "name": u, "kind": "commune", "locality": "X"} for u in ("XD", "XU")]
    kin = [{"person_a": "A", "person_b": "B", "relation": "spouse"}]
    people = [person("A", "BT"), person("B", "PCT")]
    return seen(world(entry, people=people, positions=positions, units=bodies, relations=kin))


def kinship_office_posts(entry: Entry) -> object:
    # Spouses: one is the director, the other comes to head the finance division.
    positions = [
        post("P", "DEPT_HEAD", unit="O", head=True),
        post("TC", "DIV_HEAD", unit="O1", head=True, field="finance"),
    ]
    units = [{"unit_id": "O", "name": "O", "kind": "department"},
             {"unit_id": "O1", "name": "O1", "kind": "division", "parent_id": "O"}]  # fmt: skip
    kin = [{"person_a": "A", "person_b": "B", "relation": "spouse"}]
    found = world(entry, people=[person("A", "P"), person("B")], positions=positions, units=units, relations=kin)
    return seen(found, a("B", "TC", 0))


# ---- legal numbers -------------------------------------------------------------------------------------------------


def deputies(entry: Entry, unit: dict[str, Any], rank: str, number: int, *, at_most: int, **more: Any) -> object:
    """A unit with one holder more than may be, and the plan without decisions; `more` are columns of the post."""
    assert number == at_most + 1
    units = [{"unit_id": "U", "name": "U", **unit}]
    posts = [post("D", rank, seats=number, **more)]
    people = [person(f"D{n}", "D") for n in range(number)]
    return seen(world(entry, people=people, positions=posts, units=units))


def cap_deputy_share(entry: Entry) -> object:
    return deputies(entry, {"kind": "agency", "headcount": 5}, "DIV_DEP", 3, at_most=2)


def cap_dept_division_deputies(entry: Entry) -> object:
    return deputies(entry, {"kind": "division", "headcount": 9}, "DIV_DEP", 2, at_most=1)


def cap_province_vice_chairs(entry: Entry) -> object:
    return deputies(entry, {"kind": "province"}, "PROV_STD", 7, at_most=6, term_system="state")


def cap_council_vice_chairs(entry: Entry) -> object:
    return deputies(entry, {"kind": "council"}, "PROV_STD", 4, at_most=3)


def cap_council_vice_chairs_commune(entry: Entry) -> object:
    return deputies(entry, {"kind": "council"}, "COM_STD", 2, at_most=1)


def cap_deputies_of_superior(entry: Entry) -> object:
    # One seat of a deputy above, two deputies beneath.
    units = [
        {"unit_id": "U", "name": "U", "kind": "department"},
        {"unit_id": "W", "name": "W", "kind": "division", "parent_id": "U"},
    ]
    positions = [deputy("P"), post("D", "DIV_DEP", unit="W", seats=2)]
    return seen(world(entry, people=[person("A", "D"), person("B", "D")], positions=positions, units=units))


def average(entry: Entry, kind: str, rank: str, each: int, more: int, **columns: Any) -> object:
    """Ten units with so many holders each, and a few more in the first."""
    units = [{"unit_id": f"U{n}", "name": f"U{n}", "kind": kind} for n in range(10)]
    seats = [each + (more if n == 0 else 0) for n in range(10)]
    posts = [post(f"P{n}", rank, unit=f"U{n}", seats=seats[n], **columns) for n in range(10)]
    people = [person(f"I{n}-{k}", f"P{n}") for n in range(10) for k in range(seats[n])]
    return seen(world(entry, people=people, positions=posts, units=units))


def cap_deputy_directors(entry: Entry) -> object:
    return average(entry, "department", "DEPT_DEP", 3, 1, standard="deputy_director")


def cap_commune_division_deputies(entry: Entry) -> object:
    return average(entry, "division", "COM_DIV_DEP", 2, 1)


def cap_commune_vice_chairs(entry: Entry) -> object:
    # 26 where ten communes may have 25.
    return average(entry, "commune", "COM_STD", 2, 6, standard="commune_vice_chair")


def numbered(entry: Entry, units: list[dict[str, Any]], positions: list[Any]) -> object:
    return seen(world(entry, people=[person("A")], positions=positions or [deputy("P")], units=units))


def cap_departments(entry: Entry) -> object:
    units = [{"unit_id": f"S{n}", "name": f"S{n}", "kind": "department"} for n in range(15)]
    return numbered(entry, units, [])


def cap_commune_orgs(entry: Entry) -> object:
    # Five divisions in one commune.
    units = [{"unit_id": f"X{n}", "name": f"X{n}", "kind": "division", "parent_id": "X"} for n in range(5)]
    return numbered(entry, [*COMMUNE[:2], *units], [])


def _seats(entry: Entry, number: int, **more: Any) -> object:
    units = [*COMMUNE, {"unit_id": "XD", "name": "XD", "kind": "party_committee", "parent_id": "X"}]
    return numbered(entry, units, [post("M", "STAFF", unit="XD", nature="membership", seats=number, **more)])


def cap_commune_committee(entry: Entry) -> object:
    return _seats(entry, 34, standard="membership")


def cap_commune_standing(entry: Entry) -> object:
    return _seats(entry, 12, standard="commune_standing_member")


def cap_commune_deputy_secretaries(entry: Entry) -> object:
    return _seats(entry, 3, standard="commune_deputy_secretary")


def cap_front_province(entry: Entry) -> object:
    units = [{"unit_id": "MT", "name": "MT", "kind": "front"}]
    return numbered(entry, units, [post("M", "DEPT_DEP", unit="MT", nature="membership", seats=6)])


# ---- duties of heads -----------------------------------------------------------------------------------------------


def head_accountable_proposal(entry: Entry) -> object:
    # The nomination does not say who appraised it.
    row = {"position_id": "P", "person_id": "A", "round_id": "R", "proposed_by": "BTVTU"}
    found = world(entry, people=[person("A")], positions=[deputy("P")], rounds=[round_()], nominations=[row])
    return seen(found)


def staff_conflict(entry: Entry) -> object:
    # Who heads the organisation division has a spouse in a list.
    people = [person("A", "P"), person("B")]
    kin = [{"person_a": "A", "person_b": "B", "relation": "spouse"}]
    pools = [{"position_id": "H", "person_id": "B"}]
    positions = [post("P", "DIV_HEAD", field="organisation"), post("H", "DEPT_HEAD")]
    found = world(entry, people=people, positions=positions, rounds=[round_()], pools=pools, relations=kin)
    return seen(found, x("B", "H"))


SWITCHED_OFF: dict[str, SwitchCase] = {
    case.__name__: case
    for case in (
        rot_in_pool, rot_min_duration, rot_equal_rank, rot_remaining_service, rot_remaining_policy,
        rot_non_local_heads, rot_non_local_100pct, rot_commune_secretary_non_local, head_two_terms, hd_head_8y,
        hd_deputy_10y, rot_balance_local, rot_return_plan, rot_one_per_round_per_unit,
        tr_inter_who, tr_inter_std, tr_adv_who, tr_adv_std, tr_postgrad, tr_one_full_time, standard_after,
        own_standard, kinship_locality, kinship_sectors, kinship_office_posts, cap_deputy_share,
        cap_dept_division_deputies, cap_province_vice_chairs,
        cap_council_vice_chairs, cap_council_vice_chairs_commune, cap_deputies_of_superior, cap_deputy_directors,
        cap_commune_division_deputies, cap_commune_vice_chairs, cap_departments, cap_commune_orgs,
        cap_commune_committee, cap_commune_standing, cap_commune_deputy_secretaries, cap_front_province,
        head_accountable_proposal, staff_conflict,
    )
}  # fmt: skip
SWITCHED_OFF["head_two_terms_moved"] = head_two_terms
