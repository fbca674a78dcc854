"""Seats without a holder and the one reason of each, by hand.

P0 is 2026-01-01 to 06-30, P1 to 12-31, P2 to 2027-06-30, P3 to 12-31. A seat that is empty when a period begins is
filled on its first day at the earliest.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from planner.standing.open_seats import Acting, OpenSeat, OpenSeats
from tests.twins.universe import (
    Key,
    Universe,
    World,
    a,
    case_of,
    course,
    entry,
    g,
    k,
    person,
    post,
    round_,
    session,
    u,
    v,
    x,
)

AS_OF, P1, P2 = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2027, 1, 1)
UNTIL = "2027-12-31"
LISTED = ({"position_id": "H", "person_id": "A"},)


def seats(people: Any, *decisions: list[Key], rules: Any = (), **tables: Any) -> list[OpenSeat]:
    """Those of the plan that takes the decisions and no other."""
    world = World(Universe("open seats", case_of(people, **tables), tuple(rules), (), UNTIL))
    return list(OpenSeats(world.standing(frozenset(key for some in decisions for key in some))).all)


def only(*args: Any, **more: Any) -> OpenSeat:
    (found,) = seats(*args, **more)
    return found


def test_nobody_leaves_and_no_seat_is_open() -> None:
    assert seats([person("X", "H"), person("A")], positions=[post("H")]) == []


def test_who_retires_is_followed_on_the_day_and_no_seat_is_open() -> None:
    people = [person("X", "H", leaves="2026-10-01"), person("A", rank="DEP")]
    assert seats(people, a("A", "H", 1), positions=[post("H")]) == []


def test_a_seat_that_is_never_filled_stays_open_to_the_end_and_tells_who_left() -> None:
    found = only([person("X", "H", leaves="2026-10-01"), person("A", rank="DEP")], positions=[post("H")])
    assert (found.since, found.until, found.left_by, found.filled_by) == (dt.date(2026, 10, 1), None, "X", None)
    # Without lists everybody who may be planned counts as listed: A could come on the first day of the next half-year.
    assert (found.opened, found.reason.why, found.reason.person) == ("retirement", "weighed", "A")


def test_two_seats_fall_free_and_the_first_is_filled_first() -> None:
    people = [person("X", "H", leaves="2026-03-01"), person("Y", "H", leaves="2026-05-01"), person("A", rank="DEP")]
    first, second = seats(people, a("A", "H", 1), positions=[post("H", seats=2)])
    assert (first.left_by, first.since, first.until, first.filled_by) == ("X", dt.date(2026, 3, 1), P1, "A")
    assert (second.left_by, second.since, second.until) == ("Y", dt.date(2026, 5, 1), None)


def test_the_procedure_of_the_first_order() -> None:
    # 60 days from 2026-01-01 on are over on the second of March.
    first = entry("earliest_order", days=60)
    found = only([person("A", rank="DEP")], a("A", "H", 0), rules=[first], positions=[post("H")])
    assert (found.opened, found.since, found.until) == ("today", AS_OF, dt.date(2026, 3, 2))
    assert (found.reason.why, found.reason.on) == ("first_order", dt.date(2026, 3, 2))


def test_a_seat_that_a_move_opens_is_filled_in_the_next_half_year() -> None:
    # X leaves the head's post on the first of April, Y follows that day; Y's own post waits 30 days, and for July.
    people = [person("X", "H", leaves="2026-04-01"), person("Y", "D"), person("A", rank="DIV")]
    later = entry("order_after_opening", days=30)
    found = only(people, a("Y", "H", 0), a("A", "D", 1), rules=[later], positions=[post("H"), post("D", "DEP")])
    assert (found.position, found.opened, found.left_by, found.filled_by) == ("D", "appointed", "Y", "A")
    assert (found.since, found.until) == (dt.date(2026, 4, 1), P1)
    assert (found.reason.why, found.reason.person, found.reason.on) == ("after_opening", "A", P1)


def test_who_is_new_in_the_list_waits_for_the_days_after_its_approval() -> None:
    # Approved on 31 March: 100 days later is 9 July, so the seat that fell free in May is filled in January.
    people = [person("X", "H", leaves="2026-05-01"), person("A", rank="DEP")]
    after = entry("order_after_list", days=100)
    tables: dict[str, Any] = {"rules": [after], "positions": [post("H")], "rounds": [round_()]}
    found = only(people, x("A", "H"), a("A", "H", 2), **tables)
    assert (found.until, found.reason.why, found.reason.on) == (P2, "after_list", dt.date(2026, 7, 9))
    # Who has been in the list for long could have come sooner.
    found = only(people, x("A", "H"), a("A", "H", 2), pools=LISTED, **tables)
    assert found.reason.why == "chosen"


def test_who_is_not_ready_is_told_with_what_is_missing_and_until_when() -> None:
    tables: dict[str, Any] = {
        "positions": [post("H", standard="theory")],
        "courses": [course()],
        "sessions": [session("S", "2026-02-01", "2026-05-31")],
    }
    found = only([person("A", rank="DEP")], u("A", "S"), a("A", "H", 1), **tables)
    assert (found.until, found.reason.why, found.reason.on) == (P1, "not_ready", dt.date(2026, 5, 31))
    assert found.reason.gap is not None
    assert found.reason.gap.gap.competency == "theory"
    # Ready in May, and only taken a year later: that is a choice.
    assert only([person("A", rank="DEP")], u("A", "S"), a("A", "H", 2), **tables).reason.why == "chosen"


def test_of_two_things_that_hold_somebody_back_the_longer_is_told() -> None:
    tables: dict[str, Any] = {
        "positions": [post("H", standard="theory")],
        "courses": [course()],
        "sessions": [session("S", "2026-01-15", "2026-02-15")],
    }
    found = only(
        [person("A", rank="DEP")], u("A", "S"), a("A", "H", 1), rules=[entry("earliest_order", days=60)], **tables
    )
    assert (found.reason.why, found.reason.on) == ("first_order", dt.date(2026, 3, 2))


def test_acting_is_told_from_half_year_to_half_year() -> None:
    people = [person("X", "H", leaves="2026-10-01"), person("D", "D"), person("A", rank="DEP")]
    posts = [post("H", acting_months=12), post("D", "DEP")]
    found = only(people, k("D", "H", 1), a("A", "H", 2), positions=posts)
    assert found.acting == (Acting("D", dt.date(2026, 10, 1), P2),)  # type: ignore[arg-type]
    assert (found.until, found.filled_by) == (P2, "A")


# ---- nobody comes ------------------------------------------------------------------------------------------------


def never(
    *decisions: list[Key], people: Any = (), standard: str = "free", pools: Any = LISTED, **more: Any
) -> OpenSeat:
    """The head's post that X leaves on 1 October 2026, with A in its list; lists are kept since there is a round."""
    everyone = [person("X", "H", leaves="2026-10-01"), *(people or [person("A", rank="DEP")])]
    positions = [post("H", standard=standard), *more.pop("positions", [])]
    tables = {"positions": positions, "rounds": [round_()], "pools": pools, **more}
    return next(s for s in seats(everyone, *decisions, **tables) if s.position == "H")


def test_a_list_without_names() -> None:
    assert never(pools=()).reason.why == "nobody_listed"


def test_a_name_that_could_come_is_told_from_when() -> None:
    reason = never(x("A", "H")).reason
    assert (reason.why, reason.person, reason.on) == ("weighed", "A", AS_OF)


def test_nobody_is_ready_and_the_nearest_is_named_with_what_is_missing() -> None:
    # A lacks the theory for which there is no class; B has a class that the plan does not give, and lacks as much.
    people = [person("A", rank="DEP"), person("B", rank="DEP", levels={"theory": "intermediate"})]
    reason = never(x("A", "H"), people=people, standard="theory").reason
    assert (reason.why, reason.person, reason.on) == ("nobody_ready", "A", None)
    assert reason.gap is not None
    assert reason.gap.gap.competency == "theory"


def test_who_is_too_old_on_the_day_is_not_ready_by_that_rule() -> None:
    # 24 months are wanted; A has 15 months in October 2026.
    people = [person("A", rank="DEP", leaves="2028-02-01")]
    left = entry("months_left", stages=("appoint",), min=60)
    reason = never(x("A", "H"), people=people, rules=[left]).reason
    assert (reason.why, reason.person) == ("nobody_ready", "A")
    assert reason.refusal is not None
    assert reason.refusal.rule == "months_left"


def test_the_only_name_is_appointed_or_held_for_another_post() -> None:
    other = post("G")
    appointed = never(x("A", "H"), a("A", "G", 0), positions=[other]).reason
    # Appointed in January to an equal post the name has left the list by October.
    assert appointed.why == "nobody_listed"
    later = never(x("A", "H"), a("A", "G", 2), positions=[other]).reason
    assert (later.why, later.person, later.position) == ("elsewhere", "A", "G")
    held = never(x("A", "H", "G"), g("A", "G"), positions=[post("G", successors=1)]).reason
    assert (held.why, held.position) == ("elsewhere", "G")


def test_a_relative_keeps_the_only_name_out() -> None:
    people = [person("A", rank="DEP"), person("R", "D")]
    kin = [{"person_a": "A", "person_b": "R", "relation": "spouse"}]
    more = {"positions": [post("D", "DEP")], "relations": kin, "rules": [entry("kin_apart")]}
    reason = never(x("A", "H"), people=people, **more).reason
    assert (reason.why, reason.person) == ("relatives", "A")
    assert reason.refusal is not None
    assert reason.refusal.rule == "kin_apart"


def test_what_falls_free_in_the_last_half_year_is_too_late_for_an_order() -> None:
    # Y follows X on 1 October 2027; 30 days after it the plan has no half-year left.
    people = [person("X", "H", leaves="2027-10-01"), person("Y", "D"), person("A", rank="DIV")]
    later = entry("order_after_opening", days=30)
    positions = [post("H"), post("D", "DEP")]
    found = only(people, a("Y", "H", 3), rules=[later], positions=positions)
    assert (found.position, found.reason.why, found.reason.person) == ("D", "too_late", "A")
    assert found.reason.on == dt.date(2028, 1, 1)


def test_a_rotation_out_of_a_post_opens_it() -> None:
    people = [person("Y", "D"), person("Z", "E", leaves="2026-07-01")]
    length = entry("rotation_length", months=12)
    found = seats(people, v("Y", "E", 1), rules=[length], positions=[post("D", "DEP"), post("E", "DEP")])
    (left,) = [s for s in found if s.position == "D"]
    assert (left.opened, left.left_by, left.since) == ("rotated", "Y", P1)
