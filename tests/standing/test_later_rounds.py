"""What reviews after the decided round would add, by hand.

The list of the head's post P is decided on 31 March 2026; rules ask for a review each year, so that 31 March of 2027
and of 2028 are looked at. X holds P.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from planner.exporters.later_rounds import rows
from planner.exporters.view import View
from planner.standing.later_rounds import Review, later_rounds
from planner.verify.judge import judge
from tests.twins.universe import Universe, World, a, case_of, entry, person, post, round_, x

YEARLY = entry("yearly_review", force="info", months=12)
IN_2027, IN_2028 = dt.date(2027, 3, 31), dt.date(2028, 3, 31)


def world(*people: Any, rules: Any = (YEARLY,), **tables: Any) -> World:
    tables.setdefault("rounds", [round_()])
    positions = [post("P", head=True), *tables.pop("positions", [])]
    case = case_of([person("X", "P"), *people], positions=positions, **tables)
    return World(Universe("later rounds", case, rules, (), "2028-12-31"))


def reviews(found: World, *names: Any) -> dict[tuple[str, int], Review]:
    """By post and year, of the plan that lists these names and decides nothing else."""
    plan = found.standing(frozenset(key for keys in names for key in keys))
    return {(r.position, r.on.year): r for r in later_rounds(plan)}


def test_who_leaves_is_replaced_before_he_goes_and_a_list_that_stays_is_left_alone() -> None:
    # A is gone on 1 June 2027, before the review of 2028: the first review counts on B alone and adds C.
    found = world(person("A", rank="DEP", leaves="2027-06-01"), person("B", rank="DEP"), person("C", rank="DEP"))
    by = reviews(found, x("A", "P"), x("B", "P"))
    first, second = by["P", 2027], by["P", 2028]
    assert (first.on, first.wanted, first.staying, first.added, first.missing) == (IN_2027, 2, ("B",), ("C",), 0)
    assert (second.on, second.wanted, second.staying, second.added) == (IN_2028, 2, ("B", "C"), ())


def test_without_an_entry_that_asks_for_reviews_none_is_assumed() -> None:
    found = world(person("A", rank="DEP", leaves="2027-06-01"), person("C", rank="DEP"), rules=())
    assert reviews(found, x("A", "P")) == {}


def test_nobody_is_added_who_leaves_is_barred_or_too_old_and_the_lack_is_told() -> None:
    # C is gone before the next review, D is barred until 2030, E has 48 of 60 months left in March 2027.
    found = world(
        person("A", rank="DEP", leaves="2027-06-01"),
        person("C", rank="DEP", leaves="2028-03-01"),
        person("D", rank="DEP", barred_from="2026-01-01", barred_until="2029-12-31"),
        person("E", rank="DEP", leaves="2031-04-01"),
        rules=(YEARLY, entry("not_barred", stages=["plan"]), entry("months_left", stages=["plan"], min=60)),
    )
    review = reviews(found, x("A", "P"))["P", 2027]
    assert (review.wanted, review.staying, review.added, review.missing) == (1, (), (), 1)


def test_a_list_that_was_empty_after_the_round_is_not_filled_and_none_has_more_names_than_allowed() -> None:
    # Of the two names one may leave the list full: with at most two names nobody takes A's place before A is gone.
    found = world(
        person("A", rank="DEP", leaves="2027-06-01"), person("B", rank="DEP"), person("C", rank="DEP"),
        positions=[post("Q", head=True)],
        rules=(YEARLY, entry("pool_size", max=2)),
    )  # fmt: skip
    by = reviews(found, x("A", "P"), x("B", "P"))
    assert by["P", 2027].added == ()
    assert by["P", 2028].added == ("C",)
    assert by["Q", 2027].wanted == 0
    assert by["Q", 2027].added == ()


def test_who_is_in_as_many_lists_as_allowed_enters_no_other() -> None:
    # C is in the list of Q; A leaves the list of P. Without the limit C follows in P.
    people = (person("A", rank="DEP", leaves="2027-06-01"), person("C", rank="DEP"))
    posts = [post("Q", head=True)]
    one = entry("posts_per_person", max=1)
    free, bound = (world(*people, positions=posts, rules=rules) for rules in ((YEARLY,), (YEARLY, one)))
    assert reviews(free, x("A", "P"), x("C", "Q"))["P", 2027].added == ("C",)
    assert reviews(bound, x("A", "P"), x("C", "Q"))["P", 2027].missing == 1


def test_who_was_appointed_leaves_the_list_and_the_better_suited_follows() -> None:
    # A is appointed to Q, a post of the same rank, in 2026. C is of P's own unit, B is not: C comes first.
    found = world(
        person("A", rank="DEP"), person("B", rank="DEP"), person("C", "D"),
        positions=[post("Q", head=True), post("D", "DEP")],
    )  # fmt: skip
    review = reviews(found, x("A", "P"), a("A", "Q", 1))["P", 2027]
    assert (review.staying, review.added) == ((), ("C",))


def test_the_table_has_a_line_for_each_name_and_each_lack() -> None:
    found = world(person("A", rank="DEP", leaves="2027-06-01"), person("B", rank="DEP", leaves="2027-06-01"),
                  person("C", rank="DEP"))  # fmt: skip
    plan = found.standing(frozenset((*x("A", "P"), *x("B", "P"))))
    lines = list(rows(View(plan, found.quo, judge(plan, found.quo))))
    told = [
        (r["on"], r["position"], r["names_wanted"], r["names_staying"], r.get("person"), r["status"]) for r in lines
    ]
    assert told == [
        (IN_2027, "P", 2, 0, "C", "assumed"),
        (IN_2027, "P", 2, 0, None, "missing"),
        (IN_2028, "P", 2, 1, None, "missing"),
    ]
