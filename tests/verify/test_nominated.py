"""What becomes of a nomination, and each reason for leaving a name out, by hand.

N is nominated for H, whose list is decided on 31 March 2026; K is in it since 2024.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.suitability import PLAIN, Gate
from planner.verify import nominated
from planner.verify.nominated import Nominated, Nominations
from tests.twins.universe import Universe, World, case_of, content_of, entry, person, post, round_, x

K = person("K", "E")
OLD = [{"position_id": "H", "person_id": "K", "since": "2024-01-01"}]
NOMINATION = {"position_id": "H", "person_id": "N", "round_id": "R", "proposed_by": "Board"}


def one(
    *people: Any, keys: Any = (), rules: Any = (), content: Any = None, goals: Any = None, **tables: Any
) -> Nominated:
    tables = {"rounds": [round_()], "pools": OLD, "nominations": [NOMINATION]} | tables
    positions = [post("H", standard=tables.pop("standard", "free")), post("J"), post("E", "DEP"), post("F", "DEP")]
    people = people or (person("N", rank="DEP"),)
    case = case_of((K, *people), positions=positions, **tables)
    world = World(Universe("nominated", case, rules, (), content=content or content_of()))
    standing = world.standing(frozenset(keys))
    standing.line.plan = standing.line.plan.model_copy(update={"goals": goals or {}})
    [found] = Nominations(standing).all()
    return found


@pytest.mark.parametrize(
    ("keys", "tables", "outcome"),
    [
        (x("N", "H"), {}, "added"),
        (x("N", "H"), {"pools": [*OLD, {"position_id": "H", "person_id": "N", "since": "2024-01-01"}]}, "kept"),
        ((), {"rounds": []}, "no_round"),
    ],
)
def test_a_name_that_enters_or_stays_is_honoured(keys: Any, tables: Any, outcome: str) -> None:
    found = one(keys=keys, **tables)
    assert (found.outcome, found.why) == (outcome, None)


def test_several_rows_of_one_nomination_are_one() -> None:
    rows = [{**NOMINATION, "step": step, "votes_for": 5, "votes_of": 9} for step in "123"]
    assert len(one(keys=x("N", "H"), nominations=rows).rows) == 3


def test_the_day_of_the_round_has_the_first_word() -> None:
    assert one(person("N", rank="DEP", leaves="2026-03-01")).why == "leaves"
    assert one(person("N", "H")).why == "holder"
    out = [{"kind": "not_pool", "person_id": "N", "position_id": "H", "status": "decided"}]
    assert one(decisions=out).why == "decided"


def test_a_rule_on_the_person_and_a_missing_demand_are_named() -> None:
    # STAFF is two steps below a head; law is asked to enter the list.
    refused = one(person("N", rank="STAFF"), rules=(entry("upward_only"),))
    assert (refused.why, [r.rule for r in refused.refusals]) == ("rule", ["upward_only"])
    lacking = one(standard="law")
    assert (lacking.why, [g.competency for g in lacking.gaps]) == ("standard", ["law"])


def test_a_gate_is_named() -> None:
    gate = Gate(source="level", competency="law", values=("none",))  # type: ignore[arg-type]
    content = replace(content_of(), suitability=PLAIN.model_copy(update={"gates": (gate,)}))
    assert one(person("N", rank="DEP", levels={"law": "none"}), content=content).why == "gate"


def test_a_full_list_says_who_fills_it() -> None:
    # Two names are the most: K stays, B is added and not nominated. N in place of B costs no goal that the plan claims;
    # where it claims the number of names that nobody nominated (pipeline) it is even less.
    people = (person("N", rank="DEP"), person("B", "F"))
    full = one(*people, keys=x("K", "H") + x("B", "H"), rules=(entry("pool_size", max=2),))
    assert (full.why, full.rule, full.instead_of, full.worse) == ("full", "pool_size", "B", ())
    assert {(n.person, n.how) for n in full.names} == {("K", "kept"), ("B", "added")}
    kept = one(keys=x("K", "H"), rules=(entry("pool_size", max=1),))
    assert (kept.why, kept.instead_of) == ("full", None)


def test_who_is_in_as_many_lists_as_may_be_has_them_named() -> None:
    found = one(keys=x("K", "H") + x("N", "J"), rules=(entry("posts_per_person", max=1),))
    assert (found.why, found.rule, found.posts) == ("other_lists", "posts_per_person", ("J",))


def test_a_rule_on_the_composition_of_the_list_is_named() -> None:
    # All names are to be women: K is one, and N would make it half.
    rule = entry("share", who={"sex": "F"}, min=1.0)
    woman = person("K", "E", sex="F")
    case = case_of(
        (woman, person("N", rank="DEP")), positions=[post("H"), post("E", "DEP")], rounds=[round_()], pools=OLD,
        nominations=[NOMINATION],
    )  # fmt: skip
    world = World(Universe("share", case, (rule,), ()))
    [found] = Nominations(world.standing(frozenset(x("K", "H")))).all()
    assert (found.why, found.rule) == ("list_rule", "share")


def test_goals_are_measured_for_so_many_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nominated, "MOST_MEASURED", 0)
    assert one(keys=x("K", "H"), goals={"new_names": 0}).why == "lawful"
    people = (person("N", rank="DEP"), person("B", "F"))
    full = one(*people, keys=x("K", "H") + x("B", "H"), rules=(entry("pool_size", max=2),))
    assert (full.why, full.instead_of) == ("full", None)


def test_a_lawful_name_that_is_left_out_costs_a_goal_or_nothing_stands_against_it() -> None:
    # The silent last goal counts each new name.
    assert one(keys=x("K", "H"), goals={"new_names": 0}).worse == (("new_names", 1),)
    assert one(keys=x("K", "H"), goals={"new_names": 0}).why == "goals"
    assert one(keys=x("K", "H"), goals={"nominations": 2}).why == "unknown"
