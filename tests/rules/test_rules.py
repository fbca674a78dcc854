"""The rules one by one, on days and counts derived by hand. That law and rows agree is the twins' matter.

The periods: P0 2026-01-01 to 06-30, P1 to 12-31, P2 2027-01-01 to 06-30.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planner.domain.errors import InputError
from planner.domain.violation import Violation
from planner.rules.base import PersonalRule
from planner.verify import exemption_states
from tests.twins.universe import (
    Keys,
    Universe,
    World,
    a,
    case_of,
    course,
    entry,
    g,
    person,
    post,
    round_,
    session,
    u,
    v,
    x,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def world(*rules: Any, people: list[Any], positions: list[Any], **tables: Any) -> World:
    return World(Universe("rules", case_of(people, positions=positions, **tables), rules, ()))


def allowed(found: World, i: str, p: str, stage: str, on: str) -> bool:
    [rule] = found.bound.personal
    assert isinstance(rule, PersonalRule)
    return rule.allows(i, p, stage, day(on)).ok  # type: ignore[arg-type]


def plan(*keys: list[Any]) -> Keys:
    return frozenset(key for some in keys for key in some)


def breaches(found: World, *keys: list[Any], rule: int = 0) -> list[Violation]:
    return list(found.bound.rules[rule].check(found.standing(plan(*keys)).line))


def is_new(found: World, *keys: list[Any]) -> bool:
    """Whether the plan breaks a rule newly, beyond what the plan without decisions does."""
    return not found.lawful(found.standing(plan(*keys)))


# ---- personal rules ------------------------------------------------------------------------------------------------


def test_upward_only_refuses_sideways_down_and_more_than_the_largest_step() -> None:
    # DIV 20, DEP 30, HEAD 40; one may rise by 10 at most.
    found = world(
        entry("upward_only"),
        people=[person("V", rank="DIV"), person("D", rank="DEP"), person("H", rank="HEAD")],
        positions=[post("P", "DEP"), post("T", "HEAD")],
    )
    answers = {i + p: allowed(found, i, p, "appoint", "2026-01-01") for i in "VDH" for p in "PT"}
    assert answers == {"VP": True, "VT": False, "DP": False, "DT": True, "HP": False, "HT": False}
    assert allowed(found, "D", "P", "rotate", "2026-01-01")


def test_a_promised_return_may_be_to_a_post_of_equal_rank() -> None:
    # A, on rotation at Q, was promised P, of the own rank; B was promised nothing, and C, a head, a lower post.
    def on_rotation(promised: str | None) -> list[dict[str, object]]:
        away = {"since": "2025-01-01", "position_id": "Q", "kind": "rotation", "planned_until": "2027-12-31"}
        return [away | ({"return_to": promised} if promised else {})]

    found = world(
        entry("upward_only"),
        people=[person(i, rank=rank, service=on_rotation(to))
                for i, rank, to in (("A", "DEP", "P"), ("B", "DEP", None), ("C", "HEAD", "P"))],
        positions=[post("P", "DEP"), post("R", "DEP"), post("Q", "DEP", seats=3)],
    )  # fmt: skip
    assert {i + p: allowed(found, i, p, "appoint", "2028-01-01") for i in "ABC" for p in "PR"} == {
        "AP": True, "AR": False, "BP": False, "BR": False, "CP": False, "CR": False,
    }  # fmt: skip
    assert not allowed(found, "A", "P", "plan", "2026-01-01")


def test_a_persons_rank_is_the_highest_present_one_and_acting_gives_none() -> None:
    rows = [
        {"since": "2020-01-01", "rank": "DEP"},
        {"since": "2019-01-01", "until": "2025-12-31", "rank": "HEAD"},
        {"since": "2025-12-01", "position_id": "T", "kind": "acting"},
    ]
    found = world(
        entry("upward_only"), people=[person("A", rank="DIV", service=rows)], positions=[post("T"), post("P", "DEP")]
    )
    assert found.ground.person_order["A"] == 30  # type: ignore[index]
    assert allowed(found, "A", "T", "appoint", "2026-01-01")


@pytest.mark.parametrize(
    ("on", "ok"), [("2026-03-31", True), ("2026-04-01", False), ("2026-04-30", False), ("2025-12-01", True)]
)
def test_months_left_are_counted_between_calendar_months(on: str, ok: bool) -> None:
    # Out from 2031-04-01: the last month is March 2031. From March 2026 that is 60 months, from April 59, on any day.
    found = world(entry("months_left", min=60), people=[person("A", leaves="2031-04-01")], positions=[post("H")])
    assert allowed(found, "A", "H", "appoint", on) is ok


def test_months_left_of_a_list_are_counted_from_the_age_reference_of_its_round() -> None:
    # 60 months in March 2026; the round is held in January, its reference lies in April.
    people, positions = [person("A", leaves="2031-04-01")], [post("H")]
    later = world(
        entry("months_left", min=60), people=people, positions=positions,
        rounds=[round_("2026-01-15", age_reference_date="2026-04-15")],
    )  # fmt: skip
    plain = world(entry("months_left", min=60), people=people, positions=positions, rounds=[round_("2026-01-15")])
    assert not allowed(later, "A", "H", "plan", "2026-01-15")
    assert allowed(plain, "A", "H", "plan", "2026-01-15")
    assert allowed(later, "A", "H", "appoint", "2026-01-15")


@pytest.mark.parametrize(
    ("form", "on", "ok"),
    [
        ("reprimand", "2026-02-27", False),  # 6 months after 2025-08-31: the last day of February
        ("reprimand", "2026-02-28", True),
        ("warning", "2026-08-30", False),  # 12 months
        ("warning", "2026-08-31", True),
        ("caution", "2025-09-01", True),  # a form that the rule does not name
        (None, "2026-08-30", False),  # not known: as the heaviest
        (None, "2026-08-31", True),
    ],
)
def test_discipline_waits_to_the_day_and_an_unknown_form_as_long_as_the_heaviest(
    form: str | None, on: str, ok: bool
) -> None:
    found = world(
        entry("discipline_wait", months={"reprimand": 6, "warning": 12}),
        people=[person("A")],
        positions=[post("H")],
        discipline=[{"person_id": "A", "form": form, "decided": "2025-08-31"}],
    )
    assert allowed(found, "A", "H", "appoint", on) is ok
    assert allowed(found, "A", "H", "plan", on)


def test_the_longest_of_several_waits_counts_and_says_when_it_clears() -> None:
    found = world(
        entry("discipline_wait", months={"reprimand": 6, "warning": 12}),
        people=[person("A")],
        positions=[post("H")],
        discipline=[
            {"person_id": "A", "form": "warning", "decided": "2025-06-15"},  # to 2026-06-15
            {"person_id": "A", "form": "reprimand", "decided": "2025-12-20"},  # to 2026-06-20
        ],
    )
    [rule] = found.bound.personal
    verdict = rule.allows("A", "H", "appoint", day("2026-06-01"))  # type: ignore[arg-type]
    assert not verdict.ok
    assert verdict.clears_on == day("2026-06-20")


def test_a_sanction_bars_from_the_lists_from_its_decision_to_the_day_before_it_expires() -> None:
    found = world(
        entry("pool_discipline", forms=("warning",)),
        people=[person("A"), person("B"), person("C")],
        positions=[post("H")],
        discipline=[
            {"person_id": "A", "form": "warning", "decided": "2025-05-01", "expires": "2026-05-01"},
            {"person_id": "B", "form": "warning", "decided": "2025-05-01"},
            {"person_id": "C", "form": "reprimand", "decided": "2025-05-01"},
        ],
    )
    days = ("2025-04-30", "2025-05-01", "2026-04-30", "2026-05-01", "2030-01-01")
    assert [allowed(found, "A", "H", "plan", d) for d in days] == [True, False, False, True, True]
    # An end that is not known counts against the person; a form that is not named does not.
    assert [allowed(found, "B", "H", "plan", d) for d in days] == [True, False, False, False, False]
    assert all(allowed(found, "C", "H", "plan", d) for d in days)


def test_a_rotation_goes_to_an_equal_post_only() -> None:
    found = world(
        entry("rotation_equal_rank"),
        people=[person("A", "P")],
        positions=[post("P", "DEP"), post("Q", "DEP"), post("H"), post("L", "DIV")],
    )
    assert [allowed(found, "A", p, "rotate", "2026-01-01") for p in "QHL"] == [True, False, False]


# ---- dates, scopes, waivers ----------------------------------------------------------------------------------------


def test_an_entry_is_in_force_from_its_first_to_its_last_day() -> None:
    found = world(
        entry("upward_only", **{"from": "2026-07-01", "until": "2026-12-31"}),
        people=[person("A", rank="HEAD")],
        positions=[post("H")],
    )
    days = ("2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01")
    assert [allowed(found, "A", "H", "appoint", d) for d in days] == [True, False, False, True]


@pytest.mark.parametrize(
    ("scope", "bound"),
    [
        ({"positions": ["H"]}, "H"),
        ({"units": "U"}, "HDS"),  # with the unit below
        ({"units": ["S"]}, "S"),
        ({"unit_kind": "division"}, "S"),
        ({"rank": "HEAD"}, "HE"),
        ({"rank": ["HEAD", "DEP"]}, "HDES"),
        ({"head": True}, "H"),
        ({"filled_by": "elect"}, "E"),
        ({"term_system": "state"}, "E"),
        ({"sector": "health"}, "D"),
        ({"managed_by": "pc"}, "D"),
        ({"standard": "theory"}, "S"),
        ({"rank": "HEAD", "head": True}, "H"),
        ({"rank": "DEP", "head": True}, ""),
        ({"nature": "full_time"}, "HDES"),
    ],
)
def test_an_entry_applies_to_the_posts_that_match_every_key(scope: dict[str, Any], bound: str) -> None:
    positions = [
        post("H", head=True),
        post("D", "DEP", sector="health", managed_by="pc"),
        post("E", unit="W", filled_by="elect", term_system="state"),
        post("S", "DEP", unit="S", standard="theory"),
    ]
    units = [{"unit_id": "S", "name": "S", "parent_id": "U", "kind": "division"}]
    found = world(
        entry("upward_only", applies_to=scope), people=[person("A", rank="HEAD")], positions=positions, units=units
    )
    refused = [p for p in "HDES" if not allowed(found, "A", p, "appoint", "2026-01-01")]
    assert "".join(sorted(refused)) == "".join(sorted(bound))


@pytest.mark.parametrize(
    ("subject", "authority", "until", "ok"),
    [
        ("A", "province", None, True),  # the person, for every post
        ("A+H", "province", "2026-07-01", True),  # the last day
        ("A; H", "province", "2026-06-30", False),  # expired the day before
        ("A+D", "province", None, False),  # for another post
        ("B", "province", None, False),
        ("A", "district", None, False),  # may not waive
        ("A", "tu", None, True),  # an authority of the level
    ],
)
def test_an_exemption_is_honoured_for_its_subjects_by_its_authority_until_its_day(
    subject: str, authority: str, until: str | None, ok: bool
) -> None:
    row = {"rule": "upward_only", "subject": subject, "authority": authority, "reason": "r", "decided": "2026-01-01"}
    found = world(
        entry("upward_only", waived_by="province"),
        people=[person("A", rank="HEAD"), person("B")],
        positions=[post("H"), post("D", "DEP")],
        authorities=[{"authority_id": "tu", "name": "tu", "level": "province"}],
        exemptions=[row | ({"until": until} if until else {})],
    )
    assert allowed(found, "A", "H", "appoint", "2026-07-01") is ok


def test_an_entry_that_names_no_authority_cannot_be_waived() -> None:
    row = {"rule": "upward_only", "subject": "A", "authority": "province", "reason": "r", "decided": "2026-01-01"}
    found = world(entry("upward_only"), people=[person("A", rank="HEAD")], positions=[post("H")], exemptions=[row])
    assert not allowed(found, "A", "H", "appoint", "2026-07-01")


def test_count_rules_are_not_waived() -> None:
    row = {"rule": "pool_size", "subject": "H", "authority": "province", "reason": "r", "decided": "2026-01-01"}
    found = world(
        entry("pool_size", max=1, waived_by="province"),
        people=[person("A"), person("B")],
        positions=[post("H")],
        rounds=[round_()],
        exemptions=[row],
    )
    assert is_new(found, x("A", "H"), x("B", "H"))


def test_every_wrong_entry_of_a_rulebook_is_reported_at_once() -> None:
    with pytest.raises(InputError) as caught:
        world(
            entry("pool_sise"), entry("pool_size", max=-1, maximum=3), entry("share", who={}, min=0.255),
            people=[person("A")], positions=[post("H")],
        )  # fmt: skip
    # No such rule; a limit below 0; no such parameter; a share of nobody.
    assert len(caught.value.findings) >= 4
    assert all(finding.file for finding in caught.value.findings)


@pytest.mark.parametrize("rule", ["acting_by", "rotation_length", "term_end"])
def test_a_rule_that_says_which_decisions_exist_cannot_be_a_wish(rule: str) -> None:
    with pytest.raises(InputError):
        world(entry(rule, force={"should": 1}), people=[person("A")], positions=[post("H")])


# ---- counts --------------------------------------------------------------------------------------------------------


def crowded(**params: int) -> World:
    """Four names in force in H, where three may be."""
    return world(
        entry("pool_size", **(params or {"max": 3})),
        people=[person(i) for i in "ABCDN"],
        positions=[post("H")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": i} for i in "ABCD"],
    )


@pytest.mark.parametrize(
    ("names", "new"),
    [
        ("ABCD", False),  # as it is: inherited, 1 above
        ("ABC", False),
        ("AB", False),
        ("", False),
        ("ABCN", True),  # four still, one of them new
        ("ABCDN", True),
        ("ABN", False),  # three, one of them new: within the limit
        ("ABCDN"[1:], True),
    ],
)
def test_a_list_above_its_limit_may_fall_and_takes_no_new_name_before_it_is_within(names: str, new: bool) -> None:
    assert is_new(crowded(), *(x(i, "H") for i in names)) is new


def test_names_above_and_below_the_limits_are_counted() -> None:
    found = crowded(min=2, max=3)
    [above] = breaches(found, *(x(i, "H") for i in "ABCDN"))
    assert (above.amount, above.scope, above.instant) == (2, "above", day("2026-03-31"))
    [below] = breaches(found, x("A", "H"))
    assert (below.amount, below.scope) == (1, "below")


@pytest.mark.parametrize(
    ("lists", "new"),
    [
        (("H1", "H2"), False),  # as they are: two where one may be
        (("H1",), False),
        ((), False),
        (("H3",), False),  # one, a new one
        (("H1", "H3"), True),  # two still, one of them new
        (("H1", "H2", "D1"), False),  # another rank is counted apart
    ],
)
def test_a_person_in_too_many_lists_may_leave_some_and_enters_none_of_that_rank(
    lists: tuple[str, ...], new: bool
) -> None:
    found = world(
        entry("posts_per_person", max=1, per="level"),
        people=[person("A")],
        positions=[post("H1"), post("H2"), post("H3"), post("D1", "DEP")],
        rounds=[round_()],
        pools=[{"position_id": p, "person_id": "A"} for p in ("H1", "H2")],
    )
    assert is_new(found, x("A", *lists)) is new


def test_months_left_end_with_a_recorded_departure() -> None:
    # D leaves on 2027-08-01 by a decision: 12 months from July 2026, 11 from August; by age not before 2060.
    found = world(
        entry("months_left", min=12),
        people=[person("D"), person("S")],
        positions=[post("H")],
        decisions=[
            {"kind": "leaves", "person_id": i, "from": "2027-08-01", "status": status}
            for i, status in (("D", "decided"), ("S", "proposed"))
        ],
    )
    assert [allowed(found, "D", "H", "appoint", on) for on in ("2026-07-31", "2026-08-01")] == [True, False]
    assert allowed(found, "S", "H", "appoint", "2026-08-01")
    [rule] = found.bound.personal
    verdict = rule.allows("D", "H", "plan", day("2026-08-01"))  # type: ignore[arg-type]
    assert verdict.reason is not None
    assert (verdict.reason.code, verdict.reason.values["left"]) == ("reason.departs", 11)


# ---- standards that are waived -------------------------------------------------------------------------------------


def owing(subject: str, until: str | None = "2026-12-31") -> World:
    """A lacks law (asked for in the list of H) and theory (asked of who takes over); S grants theory on 2026-12-31."""
    row = {"rule": "standards", "subject": subject, "authority": "board", "decision_no": "7", "reason": "r"}
    return world(
        entry("standards", waived_by="board"),
        entry("standard_after", force={"should": 1}),
        people=[person("A"), person("B")],
        positions=[post("H", standard="law_and_theory"), post("D", "DEP", standard="law_and_theory")],
        rounds=[round_()],
        courses=[course()],
        sessions=[session("S", "2026-02-01", "2026-12-31")],
        exemptions=[{**row, "decided": "2025-12-15", "until": until}],
    )


def test_an_exemption_lets_one_person_owe_the_standard_of_one_post_until_its_last_day() -> None:
    found = owing("A+H", until="2026-07-01")
    assert not is_new(found, x("A", "H"), a("A", "H", 1))  # δ of P1 is 2026-07-01
    assert is_new(found, a("A", "H", 2))
    assert is_new(found, a("A", "D", 0))
    assert is_new(found, a("B", "H", 0))


def test_an_exemption_that_names_a_competency_waives_no_other() -> None:
    assert not is_new(owing("A+H+law"), x("A", "H"))
    assert is_new(owing("A+H+law"), a("A", "H", 0))  # theory is lacking still
    assert is_new(owing("A+H+theory"), x("A", "H"))


def test_what_is_waived_is_owed_by_the_last_day_and_closed_by_a_course_in_time() -> None:
    # Appointed in P0, S ends on 2026-12-31: in time for the exemption of that day, a day late for the one before. Law
    # is granted by nothing: one cell is owed in any case. Without a last day nothing is owed by a day.
    for until, theory in (("2026-12-31", 0), ("2026-12-30", 1), (None, -1)):
        found = owing("A+H", until=until)
        standing = found.standing(plan(a("A", "H", 0), u("A", "S")))
        assert sum(found.wishes(standing).values()) == 1 + theory, until
        assert sum(found.wishes(found.standing(plan(a("A", "H", 0)))).values()) == (2 if until else 0)


def test_what_an_exemption_of_a_standard_covers_is_shown_as_used() -> None:
    found = owing("A+H")
    [state] = exemption_states(found.standing(plan(a("A", "H", 0))))
    assert (state.state, state.rule, state.on) == ("used", "standards", day("2026-01-01"))
    assert {breach.scope for breach in state.breaches} == {"appoint:law", "appoint:theory"}
    [unused] = exemption_states(found.standing(plan()))
    assert unused.state == "unused"


# ---- members of the Party --------------------------------------------------------------------------------------------


def party(*people: Any) -> World:
    """H is a post of the Party, S is held with one, L is neither."""
    return world(
        entry("party_member", posts=[{"term_system": "party"}]),
        people=list(people),
        positions=[
            post("H", term_system="party"), post("S"), post("L"),
            post("SP", held_with="S", nature="concurrent", seats=None, term_system="party"),
        ],
    )  # fmt: skip


def test_who_has_no_date_of_admission_is_no_member_where_others_have_one() -> None:
    found = party(person("A", party_since="2026-03-01"), person("B"))
    assert [allowed(found, "A", "H", "plan", on) for on in ("2026-02-28", "2026-03-01")] == [False, True]
    assert {p: allowed(found, "B", p, "appoint", "2026-03-01") for p in "HSL"} == {"H": False, "S": False, "L": True}


def test_where_nobodys_membership_is_recorded_it_is_told_and_refuses_nobody() -> None:
    found = party(person("A"), person("B"))
    assert allowed(found, "A", "H", "appoint", "2026-03-01")
    notes = list(found.bound.notes(found.standing(plan(a("A", "H", 0), a("B", "L", 0))).line))
    assert [(n.person, n.position, n.kind) for n in notes] == [("A", "H", "membership_unknown")]


# ---- kin -----------------------------------------------------------------------------------------------------------


def family() -> World:
    """A at H and B at D of one unit, siblings: together by inheritance. E lies in another unit."""
    return world(
        entry("kin_apart"),
        people=[person("A", "H"), person("B", "D"), person("C")],
        positions=[post("H", seats=2), post("D", "DEP", seats=2), post("E", unit="W")],
        relations=[{"person_a": "A", "person_b": "B", "relation": "sibling"}],
    )


def test_relatives_who_are_together_may_stay_but_not_by_a_new_move() -> None:
    found = family()
    assert not is_new(found)
    assert is_new(found, a("A", "D", 1))  # to the second seat of D: together still, but by a move
    assert is_new(found, a("B", "H", 1))
    assert not is_new(found, a("A", "E", 1))  # apart


def test_a_breach_is_one_pair_in_one_unit_at_each_instant() -> None:
    found = breaches(family(), a("A", "E", 1))
    assert [(v.subjects, v.scope, v.instant) for v in found] == [({"A", "B"}, "U", day("2026-06-30"))]


def test_a_relation_counts_whichever_way_round_it_is_written() -> None:
    # B is A's child: a rule that names `parent` speaks of the same two.
    found = world(
        entry("kin_apart", relations=("parent",)),
        people=[person("A"), person("B"), person("C")],
        positions=[post("H"), post("D", "DEP")],
        relations=[
            {"person_a": "A", "person_b": "B", "relation": "child"},
            {"person_a": "A", "person_b": "C", "relation": "cousin"},
        ],
    )
    assert is_new(found, a("A", "H", 0), a("B", "D", 0))
    assert not is_new(found, a("A", "H", 0), a("C", "D", 0))


def heirs(**wanted: Any) -> World:
    """Y stays at D (two seats) for good, X leaves it on 2027-07-15; S is X's brother, T is Y's."""
    return world(
        entry("kin_apart", relations=("sibling",)),
        people=[
            person("X", "D", leaves="2027-07-15"), person("Y", "D"), person("S", rank="DIV"), person("T", rank="DIV"),
        ],
        positions=[post("D", "DEP", seats=2, successors=1, **wanted), post("F", unit="W")],
        relations=[
            {"person_a": "S", "person_b": "X", "relation": "sibling"},
            {"person_a": "T", "person_b": "Y", "relation": "sibling"},
        ],
    )  # fmt: skip


def test_a_designated_successor_is_somebody_whom_no_relative_keeps_out() -> None:
    # Wanted on 2026-12-31, before X leaves: it is X who is succeeded, and Y who stays.
    found = heirs(needed_by="2026-12-31")
    assert not is_new(found, g("S", "D"))
    assert is_new(found, g("T", "D"))
    assert not is_new(found, g("T", "D"), a("Y", "F", 1))  # by then Y sits elsewhere
    assert is_new(found, g("T", "D"), a("Y", "F", 2))  # too late
    [breach] = breaches(found, g("T", "D"))
    assert (breach.subjects, breach.scope, breach.instant) == ({"T", "Y", "D"}, "designated", day("2026-12-31"))


def test_where_a_seat_is_free_by_then_nobody_is_to_be_succeeded() -> None:
    # Two seats, one held: the newcomer takes the free one, and X still sits beside.
    found = world(
        entry("kin_apart", relations=("sibling",)),
        people=[person("X", "D", leaves="2027-07-15"), person("S", rank="DIV"), person("R", rank="DIV")],
        positions=[post("D", "DEP", seats=2, successors=1, needed_by="2026-12-31")],
        relations=[{"person_a": "S", "person_b": "X", "relation": "sibling"}],
    )
    assert is_new(found, g("S", "D"))
    assert not is_new(found, g("R", "D"))


def test_whom_a_relative_keeps_out_is_ready_and_secures_nothing() -> None:
    found = heirs(needed_by="2026-12-31")
    on = day("2026-12-31")
    standing = found.standing(plan())
    assert set(standing.ready_names("D", on)) >= {"S", "T"}  # type: ignore[arg-type]
    assert "T" not in standing.appointable_names("D", on)  # type: ignore[arg-type]
    alone = world(
        entry("kin_apart", relations=("sibling",)),
        people=[person("Y", "D"), person("T", rank="DIV")],
        positions=[post("D", "DEP", successors=1), post("H", "DEP", successors=1)],
        relations=[{"person_a": "T", "person_b": "Y", "relation": "sibling"}],
        pools=[{"position_id": "H", "person_id": "T"}],
    ).standing(plan())
    assert (len(alone.ready_names("H", on)), alone.secured(["H"], on)) == (1, 0)  # type: ignore[list-item,arg-type]


# ---- shares --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ("M", 34),  # one name, none a woman: 0.34
        ("MN", 68),
        ("MNF", 2),  # 3 × 0.34 = 1.02, one counts
        ("MF", 0),
        ("F", 0),
        ("", 0),
    ],
)
def test_a_share_is_short_by_hundredths_of_an_entry(names: str, short: int) -> None:
    found = world(
        entry("share", who={"sex": "F"}, min=0.34, scope="position", force={"should": 1}),
        people=[person("M"), person("N"), person("F", sex="F")],
        positions=[post("H")],
        rounds=[round_()],
    )
    assert sum(v.amount for v in breaches(found, *(x(i, "H") for i in names))) == short


def test_the_young_are_those_under_the_age_on_the_day_of_the_round() -> None:
    # On 2026-03-31: born 1986-03-31 is 40 that day, born 1986-04-01 is 39.
    found = world(
        entry("share", who={"age_under": 40}, min=1.0, force={"should": 1}),
        people=[person("A", birth_date="1986-03-31"), person("B", birth_date="1986-04-01")],
        positions=[post("H")],
        rounds=[round_()],
    )
    assert sum(v.amount for v in breaches(found, x("A", "H"))) == 100
    assert breaches(found, x("B", "H")) == []


# ---- appointment from the lists ------------------------------------------------------------------------------------


def listed(**more: Any) -> World:
    """The round on 2026-06-30; A is in the list of H, L in that of D; S holds the rank of D."""
    return world(
        entry("appointment_from_pool", **more),
        people=[person("A", rank="DIV"), person("L", rank="DIV"), person("S", rank="DEP"), person("N", rank="DIV")],
        positions=[post("H"), post("D", "DEP"), post("W", unit="NEW"), post("V", unit="OLD")],
        units=[
            {"unit_id": "NEW", "name": "NEW", "created_on": "2026-07-01"},
            {"unit_id": "OLD", "name": "OLD", "created_on": "2026-06-30"},
        ],
        rounds=[round_("2026-06-30")],
        pools=[{"position_id": "H", "person_id": "A"}, {"position_id": "D", "person_id": "L"}],
    )


KEPT = [*x("A", "H"), *x("L", "D")]


def test_the_list_of_an_equal_or_higher_post_counts_and_that_of_a_lower_one_does_not() -> None:
    # Who is appointed to H before the round is no name of H after it.
    found = listed()
    assert not is_new(found, x("L", "D"), a("A", "H", 0))
    assert not is_new(found, KEPT, a("A", "D", 0))
    assert not is_new(found, x("A", "H"), a("L", "D", 0))
    assert is_new(found, KEPT, a("L", "H", 0))
    assert is_new(found, KEPT, a("N", "D", 0))


def test_a_new_name_can_be_appointed_only_after_the_round_and_an_old_one_only_until_it() -> None:
    found = listed()
    assert is_new(found, KEPT, x("N", "D"), a("N", "D", 0))
    assert not is_new(found, KEPT, x("N", "D"), a("N", "D", 1))
    assert not is_new(found, x("A", "H"), a("L", "D", 0))
    assert is_new(found, x("A", "H"), a("L", "D", 1))


def test_a_lateral_move_asks_for_no_list() -> None:
    assert not is_new(listed(), KEPT, a("S", "D", 0))
    assert is_new(listed(), KEPT, a("S", "H", 0))


def test_a_unit_made_after_the_last_round_asks_for_no_list_and_one_made_on_its_day_does() -> None:
    # NEW was made on 2026-07-01, after the round; OLD on its very day, which the round had before it.
    found = listed()
    assert not is_new(found, KEPT, a("N", "W", 1))
    assert is_new(found, KEPT, a("N", "V", 1))


def test_outside_of_its_dates_the_rule_asks_for_no_list() -> None:
    found = listed(**{"from": "2026-07-01"})
    assert not is_new(found, KEPT, a("N", "D", 0))
    assert is_new(found, KEPT, a("N", "D", 1))


# ---- names kept ----------------------------------------------------------------------------------------------------


def test_a_name_in_force_leaves_only_for_a_named_cause() -> None:
    # A could stay; B fails the `plan` cell; C leaves on the day of the round; D is decided out; E rises before it.
    found = world(
        entry("pool_keep"),
        people=[
            person("A", levels={"law": "degree"}),
            person("B"),
            person("C", levels={"law": "degree"}, leaves="2026-03-31"),
            person("D", levels={"law": "degree"}),
            person("E", levels={"law": "degree"}),
        ],
        positions=[post("H", standard="law"), post("G")],
        rounds=[round_()],
        pools=[{"position_id": "H", "person_id": i} for i in "ABCDE"],
        decisions=[{"kind": "not_pool", "person_id": "D", "position_id": "H", "status": "decided"}],
    )
    standing = found.standing(plan(a("E", "G", 0)))
    causes = {entry_.person: entry_.cause for entry_ in standing.line.plan.pools}
    assert causes == {"A": "replaced", "B": "fails:standard", "C": "leaves", "D": "decided", "E": "appointed"}
    assert [v.subjects for v in breaches(found, a("E", "G", 0))] == [{"H", "A"}]
    assert breaches(found, x("A", "H"), a("E", "G", 0)) == []


# ---- ends of terms -------------------------------------------------------------------------------------------------


def test_an_elected_holder_with_too_few_months_leaves_on_the_day_after_the_term() -> None:
    # In July 2026, the reference: X (out from 2030-07-01, last month June 2030) has 47 months, Y (2030-08-01) 48.
    # Z is appointed, and stays; so does V, elected under a system whose term has no end here.
    term = {"round_id": "T", "approved_on": "2021-01-01", "system": "state", "term_end": "2026-09-30"}
    found = world(
        entry("term_end", months=48),
        people=[
            person("X", "H", leaves="2030-07-01"),
            person("Y", "G", leaves="2030-08-01"),
            person("Z", "E", leaves="2030-07-01"),
            person("V", "F", leaves="2030-07-01"),
        ],
        positions=[
            post("H", filled_by="elect", term_system="state"),
            post("G", filled_by="elect", term_system="state"),
            post("E", filled_by="appoint", term_system="state"),
            post("F", filled_by="elect", term_system="front"),
        ],
        rounds=[term | {"age_reference_date": "2026-07-31"}],
    )
    assert {d.person: (d.on, d.cause) for d in found.quo.expected.departures} == {"X": (day("2026-10-01"), "term_end")}
    assert found.quo.expected.delta("H", 1) == day("2026-10-01")  # type: ignore[arg-type]


# ---- standards -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "sessions", "short"),
    [
        (0, (), 1),  # wanted on 2026-07-01
        (0, ("S1",), 0),  # ends on that very day
        (0, ("S2",), 1),  # a day later
        (1, ("S2",), 0),  # wanted on 2027-01-01
        (2, (), 0),  # wanted on 2027-07-01, beyond the horizon: only listed
    ],
)
def test_an_after_appoint_cell_is_wanted_when_its_grace_is_over(
    period: int, sessions: tuple[str, ...], short: int
) -> None:
    found = world(
        entry("standard_after", force={"should": 1}),
        people=[person("A")],
        positions=[post("H", standard="theory_after")],
        courses=[course()],
        sessions=[session("S1", "2026-02-01", "2026-07-01"), session("S2", "2026-02-01", "2026-07-02")],
    )
    assert len(breaches(found, a("A", "H", period), u("A", *sessions))) == short


def test_an_own_gap_counts_where_some_session_could_close_it_in_time() -> None:
    # X lacks theory, which S1 grants; Y lacks law, which no session grants; Z leaves before the end; W has theory.
    found = world(
        entry("own_standard", force={"should": 1}),
        people=[
            person("X", "H"),
            person("Y", "D"),
            person("Z", "E", leaves="2027-06-30"),
            person("W", "F", levels={"theory": "advanced"}),
        ],
        positions=[
            post("H", standard="theory"), post("D", standard="law"), post("E", standard="theory"),
            post("F", standard="theory"),
        ],
        courses=[course()],
        sessions=[session("S1", "2026-02-01", "2027-06-30")],
    )  # fmt: skip
    assert [v.subjects for v in breaches(found)] == [{"X", "H"}]
    assert breaches(found, u("X", "S1")) == []


# ---- rotations and deputies ----------------------------------------------------------------------------------------


def test_a_rotation_has_the_length_of_the_entry_in_force_when_it_begins() -> None:
    found = world(
        entry("rotation_length", "old", months=6, until="2026-06-30"),
        entry("rotation_length", "new", months=12, **{"from": "2026-07-01"}),
        people=[person("A", "P"), person("B", "Q")],
        positions=[post("P"), post("Q"), post("R"), post("S")],
    )
    standing = found.standing(plan(v("A", "R", 0), v("B", "S", 1)))
    assert {r.person: r.end for r in standing.line.plan.rotations} == {"A": day("2026-07-01"), "B": day("2027-07-01")}
    assert found.lawful(standing)


def test_without_a_rule_of_its_length_there_is_no_rotation() -> None:
    found = world(people=[person("A", "P")], positions=[post("P"), post("R")])
    assert is_new(found, v("A", "R", 0))
    assert found.problem.stints == {}


def test_only_holders_of_another_post_of_the_unit_that_is_no_head_may_act() -> None:
    found = world(
        entry("acting_by"),
        people=[
            person("X", "H", leaves="2026-04-01"),
            person("A", "D"),
            person("G", "G2"),
            person("E", "E"),
            person("S"),
        ],
        positions=[
            post("H", head=True, acting_months=12),
            post("D", "DEP"),
            post("G2", head=True),
            post("E", "DEP", unit="W"),
        ],
    )
    assert not is_new(found, [("k", "A", "H", 0)])
    for other in "GES":  # another head, another unit, no post
        assert is_new(found, [("k", other, "H", 0)])


def test_acting_longer_than_its_months_in_a_row_is_counted_by_instants_whoever_acts() -> None:
    # Nine months from 2026-04-01 are over on 2027-01-01: the instants of P0 and P1. A third in a row is one too many.
    found = world(
        entry("acting_by"),
        people=[person("X", "H", leaves="2026-04-01"), person("A", "D"), person("B", "E")],
        positions=[post("H", acting_months=9), post("D", "DEP"), post("E", "DEP")],
    )
    assert not is_new(found, [("k", "A", "H", 0), ("k", "B", "H", 1)])
    [breach] = breaches(found, [("k", "A", "H", 0), ("k", "B", "H", 1), ("k", "A", "H", 2)])
    assert (breach.amount, breach.instant, breach.subjects) == (1, day("2026-06-30"), {"H"})
