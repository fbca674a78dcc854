"""Small cases for the entries on lists and appointments (rules.md §2.1, §2.2, §2.5): see `switching.py`."""

from __future__ import annotations

from planner.domain.content import Entry
from tests.rules.switching import SwitchCase, seen, world
from tests.twins.universe import person, post, round_, x


def pool_upward_only(entry: Entry) -> object:
    # A deputy director (70) to a list of deputy directors: sideways.
    found = world(
        entry,
        people=[person("A", rank="DEPT_DEP")],
        positions=[post("P", "DEPT_DEP")],
        rounds=[round_()],
    )
    return seen(found, x("A", "P"))


SWITCHED_OFF: dict[str, SwitchCase] = {
    "pool_upward_only": pool_upward_only,
}
