"""The verdict: what is new, what is inherited and how it ends, whether goals and departures are as claimed."""

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import pytest

from planner.domain.case import Exemption
from planner.domain.plan import Appointment, Departure, Successor
from planner.verify import Judgement, judge, judge_plan, status_quo_of
from tests.twins.universe import Universe, World, case_of, entry, person, post
from tests.verify.conftest import Bench, bench


def reasons(judgement: Judgement) -> set[tuple[str, frozenset[str]]]:
    return {(v.rule, v.subjects) for v in judgement.new}


def test_a_fresh_process_that_judges_has_loaded_no_solver() -> None:
    code = "import sys, planner.verify; print(*{'ortools', 'highspy', 'planner.engine'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_plan_without_decisions_is_accepted_with_what_it_inherits(inherited_case: Bench) -> None:
    judgement = inherited_case.judge(inherited_case.before)
    assert judgement.accepted
    assert judgement.violations
    assert all(v.inherited for v in judgement.violations)


def test_an_inherited_breach_says_how_it_ends(inherited_case: Bench) -> None:
    # C goes to H2 on 1 July 2026: two holders are left in two seats. Tolerated it was until 1 January 2027.
    # A, born 1972-01-15 and retiring at 62 years, is the first of the siblings to leave: 2034-02-01.
    judgement = inherited_case.judge(inherited_case.plan([("C", "H2", 1)]))
    seats = next(i for i in judgement.inherited if i.rule == "seats")
    kin = next(i for i in judgement.inherited if i.rule == "kin_apart")
    assert (seats.subjects, seats.amount, seats.true_today) == ({"D1"}, 1, True)
    assert (seats.tolerated_until, seats.ends_on, seats.ends_by, seats.ends_with) == (
        dt.date(2027, 1, 1),
        dt.date(2026, 7, 1),
        "moves",
        "C",
    )
    assert (kin.subjects, kin.scope, kin.ends_on, kin.ends_by) == ({"A", "B"}, "U1", dt.date(2034, 2, 1), "retirement")


def test_a_surplus_ends_with_the_retirement_of_one_of_its_holders(inherited_case: Bench) -> None:
    seats = next(i for i in inherited_case.judge(inherited_case.before).inherited if i.rule == "seats")
    assert (seats.ends_on, seats.ends_by, seats.ends_with) == (dt.date(2027, 1, 1), "retirement", "D")


def test_a_relative_who_moves_in_is_a_new_breach_beside_the_inherited_one(inherited_case: Bench) -> None:
    judgement = inherited_case.judge(inherited_case.plan([("C", "H2", 1), ("F", "D1", 2)]))
    assert ("kin_apart", frozenset({"A", "F"})) in reasons(judgement)
    assert ("kin_apart", frozenset({"A", "B"})) not in reasons(judgement)


def test_a_surplus_may_not_be_refilled_while_it_is_tolerated(inherited_case: Bench) -> None:
    judgement = inherited_case.judge(inherited_case.plan([("C", "H2", 1), ("G", "D1", 1)]))
    assert ("seats", frozenset({"D1"})) in reasons(judgement)


def test_goal_values_are_computed_anew(inherited_case: Bench) -> None:
    # No head is empty in this plan, and one deputy's seat is at the ends of P2 and P3: 4 each.
    standing = inherited_case.plan([("C", "H2", 1)], designated={"H2": "C"})
    claimed = inherited_case.with_plan(standing, goals={"heads": 0, "posts": 8})
    wrong = inherited_case.with_plan(standing, goals={"heads": 0, "posts": 7})
    assert judge_plan(claimed, inherited_case.before, ["heads", "posts"]).accepted
    judgement = judge_plan(wrong, inherited_case.before, ["heads", "posts"])
    assert [(g.goal, g.claimed, g.value) for g in judgement.wrong_goals] == [("posts", 7, 8)]


def test_a_goal_that_is_not_claimed_or_not_known_is_refused(inherited_case: Bench) -> None:
    plan = inherited_case.with_plan(inherited_case.before, goals={"happiness": 1})
    judgement = judge_plan(plan, inherited_case.before, ["heads"])
    assert {g.goal for g in judgement.wrong_goals} == {"heads", "happiness"}


def test_departures_are_no_decision(inherited_case: Bench) -> None:
    plan = inherited_case.before.line.plan
    without = plan.model_copy(update={"departures": plan.departures[1:]})
    more = Departure(person="E", on=dt.date(2027, 1, 1), cause="leaves")
    added = plan.model_copy(update={"departures": (*plan.departures, more)})
    gone = plan.departures[0].person
    assert ("departures", frozenset({gone})) in reasons(judge_plan(without, inherited_case.before))
    assert ("departures", frozenset({"E"})) in reasons(judge_plan(added, inherited_case.before))


MOVE = Appointment(person="C", position="H2", period=1, judged_on="2026-07-01", on="2026-07-01")


@pytest.mark.parametrize(
    ("field", "event"),
    [
        ("appointments", MOVE.model_copy(update={"person": "nobody"})),
        ("appointments", MOVE.model_copy(update={"position": "X9"})),
        ("appointments", MOVE.model_copy(update={"period": 99})),
        ("successors", Successor(position="H2", wanted_by="2026-06-30", person="nobody")),
    ],
)
def test_a_plan_that_names_what_is_not_there_is_refused_not_crashed_on(
    inherited_case: Bench, field: str, event: object
) -> None:
    judgement = judge_plan(inherited_case.with_plan(inherited_case.before, **{field: (event,)}), inherited_case.before)
    assert not judgement.whole
    assert {v.rule for v in judgement.new} == {"events"}


def test_one_list_entry_twice_is_refused() -> None:
    keep = bench("11-keep-names")
    plan = keep.before.line.plan
    twice = plan.model_copy(update={"pools": (*plan.pools, plan.pools[0])})
    assert {v.scope for v in judge_plan(twice, keep.before).new} == {"twice"}


def test_a_post_that_is_held_with_another_takes_nobody_alone() -> None:
    held = bench("10-concurrent-posts")
    alone = next(p.position_id for p in held.loaded.case.positions if p.nature != "full_time" and p.held_with)
    move = Appointment(person="A", position=alone, period=2, judged_on="2027-01-01", on="2027-01-01")
    judgement = judge_plan(held.with_plan(held.before, appointments=(move,)), held.before)
    assert {v.rule for v in judgement.new} == {"bundle"}


@pytest.mark.parametrize(("gone", "together"), [("2027-03-01", True), ("2027-01-02", True), ("2027-01-01", False)])
def test_nobody_is_brought_to_a_relative_who_leaves_later_in_the_period(gone: str, together: bool) -> None:
    # D leaves on 1 January 2027 and F, child of A, takes that seat the same day; A is gone at the end of the period.
    # C goes to H2 in 2026, so that only one of two seats is taken.
    leaves = bench("07-inherited-breach", ("leaves", {"person_id": "A", "from": gone}))
    judgement = leaves.judge(leaves.plan([("C", "H2", 1), ("F", "D1", 2)]))
    kin = [(v.subjects, v.instant) for v in judgement.new if v.rule == "kin_apart"]
    assert kin == ([(frozenset({"A", "F"}), dt.date(2027, 1, 1))] if together else [])


def test_relatives_who_meet_only_between_two_moves_of_one_period_are_a_warning() -> None:
    # P and Q are of one unit, R of another. X leaves R on 1 May; A goes from P to R on that day, and B, A's sibling,
    # has been brought to Q, empty today, on 1 January. At the end of June they are apart. On 1 March and 1 April
    # others leave: the same four months are told once.
    universe = Universe(
        "two moves",
        case_of(
            [
                person("A", holds="P", rank="DEP"),
                person("B", rank="DIV"),
                person("X", holds="R", rank="HEAD", leaves="2026-05-01"),
                *(person(f"Y{n}", rank="DIV", leaves=f"2026-0{n}-01") for n in (3, 4)),
            ],
            positions=[post("P", rank="DEP"), post("Q", rank="DEP"), post("R", unit="W")],
            relations=[{"person_a": "A", "person_b": "B", "relation": "sibling"}],
        ),
        (entry("kin_apart"),),
        (),
    )
    world = World(universe)
    judgement = judge(world.standing(frozenset([("a", "A", "R", 0), ("a", "B", "Q", 0)])), world.quo)
    assert not [v for v in judgement.new if v.rule == "kin_apart"]
    overlaps = [w for w in judgement.warnings if w.code == "text.warning_kin_overlap"]
    assert [w.values["day"] for w in overlaps] == [dt.date(2026, 1, 1)]


def test_a_recorded_exemption_lifts_a_pair_rule(inherited_case: Bench) -> None:
    row = Exemption(rule="kin_apart", subject="A + F", authority="province", reason="no other", decided="2026-01-01")
    case = replace(
        inherited_case.loaded.case, exemptions=(row,), given=inherited_case.loaded.case.given | {"exemptions"}
    )
    before = status_quo_of(replace(inherited_case.loaded, case=case))
    waived = Bench(inherited_case.loaded, before)
    assert not [v for v in waived.judge(waived.plan([("C", "H2", 1), ("F", "D1", 2)])).new if v.rule == "kin_apart"]


def test_more_of_an_inherited_breach_is_new() -> None:
    # Case 11 has the lists of H1 and H3 in force; nobody may be taken out without a cause (pool_keep).
    keep = bench("11-keep-names")
    without_a = keep.plan(names={"H1": ["N"], "H3": ["B"], "H2": []})
    assert ("pool_keep", frozenset({"H1", "A"})) in reasons(keep.judge(without_a))
