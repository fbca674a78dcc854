"""Small cases for the entries on lists, appointments and ratings (§2.1, §2.2, §2.5 of docs/rules.md): see
`switching.py`. Ranks: DIV_DEP 45, DIV_HEAD 55, DEPT_DEP 70, DEPT_HEAD 80. A round is held on 2026-03-31."""

from __future__ import annotations

from typing import Any

from planner.domain.content import Entry
from tests.rules.switching import SwitchCase, seen, world
from tests.twins.universe import a, person, post, round_, x

LEADERS = "DEPT_DEP"


def head(position: str = "P", **more: Any) -> dict[str, Any]:
    return post(position, "DEPT_HEAD", head=True, **more)


def deputies(*persons: str, **more: Any) -> list[Any]:
    return [person(i, rank=LEADERS, **more) for i in persons]


def listing(entry: Entry, person_: Any, *plan: Any, **tables: Any) -> object:
    """Whether one person is seen for the list of P, or appointed there."""
    found = world(entry, people=[person_], positions=[head()], rounds=[round_()], **tables)
    return seen(found, *(plan or (x("A", "P"),)))


# ---- lists ---------------------------------------------------------------------------------------------------------


def pool_upward_only(entry: Entry) -> object:
    # A director (80) to a list of directors: sideways.
    return listing(entry, person("A", rank="DEPT_HEAD"))


def pool_not_with_appointment(entry: Entry) -> object:
    # P falls empty on 2026-05-01, after the round and in the same half: A is new in its list, and appointed.
    found = world(
        entry,
        people=[person("X", "P", leaves="2026-05-01"), *deputies("A")],
        positions=[head()],
        rounds=[round_()],
    )
    return seen(found, x("A", "P"), a("A", "P", 0))


def _age(entry: Entry, leaves: str, **round_more: Any) -> object:
    found = world(
        entry, people=deputies("A", leaves=leaves), positions=[head()], rounds=[round_(**round_more)]
    )  # fmt: skip
    return seen(found, x("A", "P"))


def pool_age_next_term(entry: Entry) -> object:
    # Retires at the end of March 2035: 59 months from April 2030.
    return _age(entry, "2035-04-01", age_reference_date="2030-04-15")


def pool_age_next_term_norm(entry: Entry) -> object:
    # 119 months from April 2030.
    return _age(entry, "2040-04-01", age_reference_date="2030-04-15")


def pool_age_current_term(entry: Entry) -> object:
    # Retires at the end of February 2031: 59 months from March 2026.
    return _age(entry, "2031-03-01")


def _sanction(form: str | None, decided: str, expires: str | None, **more: Any) -> dict[str, list[Any]]:
    row = {"person_id": "A", "side": "party", "form": form, "decided": decided, "expires": expires}
    return {"discipline": [row | more]}


def pool_discipline_377(entry: Entry) -> object:
    # A warning that runs on the day of the round.
    return listing(entry, *deputies("A"), **_sanction("warning", "2025-09-10", "2026-09-10"))


def pool_discipline_50(entry: Entry) -> object:
    # Under the regulation of 2021 a form that the later one does not name, while it runs.
    found = world(
        entry, people=deputies("A"), positions=[head()], rounds=[round_("2025-09-30")], as_of="2025-07-01",
        until="2026-06-30", **_sanction("demotion", "2025-06-01", "2026-06-01"),
    )  # fmt: skip
    return seen(found, x("A", "P"))


def pool_max_names_per_post(entry: Entry) -> object:
    found = world(entry, people=deputies("A", "B", "C", "D"), positions=[head()], rounds=[round_()])
    return seen(found, *(x(i, "P") for i in "ABCD"))


def pool_goal_names_per_post(entry: Entry) -> object:
    found = world(entry, people=deputies("A"), positions=[head()], rounds=[round_()])
    return seen(found, x("A", "P"))


def pool_max_posts_per_person(entry: Entry) -> object:
    found = world(entry, people=deputies("A"), positions=[head(p) for p in "PQRS"], rounds=[round_()])
    return seen(found, x("A", *"PQRS"))


def pool_three_age_bands(entry: Entry) -> object:
    # Both are 56: the bands under 40 and from 40 to 44 are missing.
    found = world(
        entry, people=deputies("A", "B", birth_date="1970-01-01"), positions=[head()], rounds=[round_()]
    )  # fmt: skip
    return seen(found, x("A", "P"), x("B", "P"))


def _share(entry: Entry, **person_more: Any) -> object:
    # One name, and it is not of the kind.
    return listing(entry, person("A", rank=LEADERS, **person_more))


def pool_women_share(entry: Entry) -> object:
    return _share(entry, sex="M")


def pool_young_share(entry: Entry) -> object:
    return _share(entry, birth_date="1986-03-31")  # 40 on the day of the round


def pool_minority_share(entry: Entry) -> object:
    return _share(entry, ethnicity="Kinh")


def pool_scitech_share(entry: Entry) -> object:
    return _share(entry, scitech="no")


def pool_committee_factor(entry: Entry) -> object:
    # Three seats and one name: two are missing.
    found = world(
        entry,
        people=deputies("A"),
        positions=[post("C", "DEPT_DEP", nature="membership", seats=3)],
        rounds=[round_()],
    )
    return seen(found, x("A", "C"))


def pool_nested(entry: Entry) -> object:
    # A is in the list of the director and not in that of the committee.
    found = world(
        entry,
        people=deputies("A"),
        positions=[head(), post("C", "DEPT_DEP", nature="membership", seats=3)],
        rounds=[round_()],
    )
    return seen(found, x("A", "P"))


def pool_review_window(entry: Entry) -> object:
    # A is in force and gives way to B without a cause.
    return seen(
        world(
            entry, people=deputies("A", "B"), positions=[head()], rounds=[round_()],
            pools=[{"position_id": "P", "person_id": "A"}],
        ),
        x("B", "P"),
    )  # fmt: skip


def _frozen(entry: Entry, unit_kind: str) -> object:
    found = world(
        entry, people=deputies("A"), positions=[head(unit="F")], as_of="2025-07-01", until="2026-06-30",
        rounds=[round_("2025-08-31")], units=[{"unit_id": "F", "name": "F", "kind": unit_kind}],
    )  # fmt: skip
    return seen(found, x("A", "P"))


def cadre_freeze_2025(entry: Entry) -> object:
    return _frozen(entry, "commune")


def cadre_freeze_2025_province(entry: Entry) -> object:
    return _frozen(entry, "province")


# ---- appointment ---------------------------------------------------------------------------------------------------


def appointing(entry: Entry, person_: Any, position: Any = None, **tables: Any) -> object:
    """One person is appointed to P on the first day, or may not be."""
    found = world(entry, people=[person_], positions=[position or head()], **tables)
    return seen(found, a("A", "P", 0))


def appt_in_pool(entry: Entry) -> object:
    # A is in no list; B is in that of P.
    found = world(
        entry, people=deputies("A", "B"), positions=[head()], pools=[{"position_id": "P", "person_id": "B"}]
    )  # fmt: skip
    return seen(found, a("A", "P", 0))


def appt_min_tenure(entry: Entry) -> object:
    return appointing(entry, person("A", rank=LEADERS, since="2025-01-01"))


def appt_age_full_term(entry: Entry) -> object:
    # 59 months from January 2026.
    return appointing(entry, person("A", rank=LEADERS, leaves="2031-01-01"))


def appt_file_assets(entry: Entry) -> object:
    return appointing(entry, person("A", rank=LEADERS, assets_ok="no"))


def appt_health(entry: Entry) -> object:
    return appointing(entry, person("A", rank=LEADERS, health_ok="no"))


def appt_post_discipline(entry: Entry) -> object:
    # A warning of 2024-01-01 has run out, and the 36 months have not.
    return appointing(entry, *deputies("A"), **_sanction("warning", "2024-01-01", "2025-01-01"))


def _lacking(entry: Entry, *plan: Any) -> object:
    # A has no degree, which the list asks for; the province waives it.
    row = {"rule": entry.id, "subject": "A+P", "authority": "province", "reason": "r", "decided": "2025-12-01"}
    found = world(
        entry, people=deputies("A"), positions=[head(standard="director")], rounds=[round_()], exemptions=[row]
    )  # fmt: skip
    return seen(found, *plan)


def pool_basic_standards(entry: Entry) -> object:
    return _lacking(entry, x("A", "P"))


def appt_all_standards(entry: Entry) -> object:
    return _lacking(entry, a("A", "P", 0))


def party_post_member(entry: Entry) -> object:
    # A has no date of admission where B has one, and the post is one of the Party's term.
    people = [person("A", rank=LEADERS), person("B", rank=LEADERS, party_since="2010-05-19")]
    found = world(entry, people=people, positions=[head(term_system="party")], rounds=[round_()])
    return seen(found, x("A", "P"))


def appt_in_discipline(entry: Entry) -> object:
    return appointing(entry, person("A", rank=LEADERS, barred_from="2025-12-01", barred_why="investigation"))


def _term(entry: Entry) -> object:
    # Appointed on 2022-01-01: the five years end on 2027-01-01, with 50 months left.
    found = world(
        entry,
        people=[person("A", "P", since="2022-01-01", leaves="2031-04-01")],
        positions=[head(filled_by="appoint")],
    )
    return seen(found)


def reelect_age(entry: Entry) -> object:
    # 47 months left at the reference date: leaves with the term.
    found = world(
        entry,
        people=[person("A", "P", leaves="2030-07-01")],
        positions=[head(filled_by="elect", term_system="state")],
        rounds=[
            {"round_id": "T", "approved_on": "2025-06-01", "system": "state", "term_end": "2026-09-30",
             "age_reference_date": "2026-07-15"}
        ],
    )  # fmt: skip
    return seen(found)


def first_election_age(entry: Entry) -> object:
    # 60 months are left on the day of the appointment, 57 on that of reference, which is the one that counts.
    return appointing(
        entry,
        person("A", rank=LEADERS, leaves="2031-02-01"),
        head(filled_by="elect", term_system="party"),
        rounds=[
            {"round_id": "T", "approved_on": "2025-02-01", "system": "party", "age_reference_date": "2026-04-01"},
        ],
    )


def acting_by(entry: Entry) -> object:
    # Without the rule nobody may act at all.
    found = world(
        entry,
        people=[person("D", "Q")],
        positions=[head(acting_months=6), post("Q", "DEPT_DEP")],
    )
    return seen(found)


def kinship_not_together(entry: Entry) -> object:
    # Siblings in one leadership: A sits there, B comes in.
    found = world(
        entry,
        people=[person("A", "P"), *deputies("B")],
        positions=[head(), post("Q", "DEPT_DEP")],
        relations=[{"person_a": "A", "person_b": "B", "relation": "sibling"}],
    )
    return seen(found, a("B", "Q", 0))


def probation_elected(entry: Entry) -> object:
    return appointing(entry, *deputies("A"), head(filled_by="elect"))


def head_nominates_one(entry: Entry) -> object:
    # A heads the department when B becomes deputy there.
    found = world(
        entry,
        people=[person("A", "P"), person("B", rank="DIV_HEAD")],
        positions=[head(), post("Q", "DEPT_DEP")],
        units=[{"unit_id": "U", "name": "U", "kind": "department"}],
    )
    return seen(found, a("B", "Q", 0))


# ---- ratings -------------------------------------------------------------------------------------------------------


def _rated(entry: Entry, rating: str) -> object:
    return listing(entry, *deputies("A"), ratings=[{"person_id": "A", "year": 2025, "rating": rating}])


def rate_min_for_pool(entry: Entry) -> object:
    return _rated(entry, "not_complete")


def rate_good_for_pool(entry: Entry) -> object:
    return _rated(entry, "complete")


def rate_history_3y(entry: Entry) -> object:
    return _rated(entry, "good")  # those of 2023 and 2024 are missing


def pool_not_barred(entry: Entry) -> object:
    # An inspection of A runs when the list is decided.
    return listing(entry, person("A", rank=LEADERS, barred_from="2026-03-01"))


SWITCHED_OFF: dict[str, SwitchCase] = {
    case.__name__: case
    for case in (
        pool_upward_only, pool_not_barred, pool_not_with_appointment, pool_age_next_term, pool_age_next_term_norm,
        pool_age_current_term, pool_discipline_377, pool_discipline_50, pool_max_names_per_post,
        pool_goal_names_per_post, pool_max_posts_per_person, pool_three_age_bands, pool_women_share, pool_young_share,
        pool_minority_share, pool_scitech_share, pool_committee_factor, pool_nested, pool_review_window,
        cadre_freeze_2025, cadre_freeze_2025_province, appt_in_pool, appt_min_tenure, appt_age_full_term,
        appt_file_assets, appt_health, appt_post_discipline, appt_in_discipline, party_post_member,
        pool_basic_standards, appt_all_standards, reelect_age, first_election_age,
        acting_by, kinship_not_together, probation_elected, head_nominates_one, rate_min_for_pool,
        rate_good_for_pool, rate_history_3y,
    )
} | {"appt_term_5y": _term, "reappt_window": _term}  # fmt: skip
