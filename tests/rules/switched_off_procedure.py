"""Small cases for the entries on the time of the procedure, waiting and the aim of a rotation: see `switching.py`.

Ranks: DEPT_DEP 70, DEPT_HEAD 80.
"""

from __future__ import annotations

from planner.domain.content import Entry
from tests.rules.switched_off_a import LEADERS, deputies, head
from tests.rules.switching import SwitchCase, seen, shipped_entries, world
from tests.twins.universe import a, person, post, round_, v, x


def order_not_at_once(entry: Entry) -> object:
    # 60 days after 2026-05-15 are over on 07-14: in the first period, which ends on 06-30, nobody is appointed.
    return seen(world(entry, people=deputies("A"), positions=[head()], as_of="2026-05-15"), a("A", "P", 0))


def order_after_list(entry: Entry) -> object:
    # P falls empty on 2026-05-01, a month after the round in which A enters its list.
    people = [person("X", "P", leaves="2026-05-01"), *deputies("A")]
    return seen(world(entry, people=people, positions=[head()], rounds=[round_()]), x("A", "P"), a("A", "P", 0))


def order_after_opening(entry: Entry) -> object:
    # A leaves D for P, and B comes to D in the same half-year.
    people = [person("A", "D"), *deputies("B")]
    found = world(entry, people=people, positions=[head(), post("D", LEADERS)])
    return seen(found, a("A", "P", 0), a("B", "D", 0))


def wait_head(entry: Entry) -> object:
    # H, who leads Q, is appointed to P: Q is empty then, and nobody could have been ready for it sooner.
    people = [person("H", "Q")]
    return seen(world(entry, people=people, positions=[head(), head("Q", unit="W")]), a("H", "P", 0))


def wait_deputy(entry: Entry) -> object:
    # The same of a deputy who moves up.
    found = world(entry, people=[person("A", "D")], positions=[head(), post("D", LEADERS)])
    return seen(found, a("A", "P", 0))


def rot_aim(entry: Entry) -> object:
    # A is in no list: a rotation to D serves nobody's preparation.
    found = world(
        entry,
        shipped_entries()["rot_min_duration"],
        people=[person("A", "C")],
        positions=[post("C", LEADERS), post("D", LEADERS, unit="W")],
    )
    return seen(found, v("A", "D", 0))


def pool_review_yearly(entry: Entry) -> object:
    # A is the only name; the review of 2027 finds nobody else.
    found = world(entry, people=deputies("A"), positions=[head()], rounds=[round_()])
    return seen(found, x("A", "P"))


def successor_wanted(entry: Entry) -> object:
    # X sits in P beyond the horizon: who is ready to follow is wanted in any case, or not.
    return seen(world(entry, people=[person("X", "P")], positions=[head(successors=1)]))


SWITCHED_OFF: dict[str, SwitchCase] = {
    "order_not_at_once": order_not_at_once,
    "order_after_list": order_after_list,
    "order_after_opening": order_after_opening,
    "wait_head": wait_head,
    "wait_deputy": wait_deputy,
    "rot_aim": rot_aim,
    "successor_wanted": successor_wanted,
    "pool_review_yearly": pool_review_yearly,
}
