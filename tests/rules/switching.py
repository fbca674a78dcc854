"""Small cases in which a shipped entry of a rulebook is on, and off: what it changes is seen.

Each rule of the province has an entry; `SWITCHED_OFF` of `switched_off_a.py` and `switched_off_b.py` gives a small
case for each: entry id → a function that takes the entry (as shipped, or with force `off`) and gives whatever the entry
can be seen by: the candidates that exist, breaches of a plan, what wishes cost, who leaves, what is told (`seen`).
`test_every_rule.py` calls it with both and wants two different answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from planner.domain.content import Content, Entry, Standard
from planner.files.content import read_content, shipped
from planner.goals import GOALS
from planner.standing.later_rounds import later_rounds
from tests.twins.universe import Key, Universe, World, case_of, subsets

SwitchCase = Callable[[Entry], object]
RULEBOOKS = ("vn-2025", "vn-2021")
"""The first that has an entry gives it."""


@cache
def province(rulebook: str = "vn-2025") -> Content:
    """The province's content with a rulebook, and with a standard `free` that asks for nothing."""
    content = read_content(shipped("models") / "vietnam-province", rulebook).content
    standards = {s.id: s for s in content.standards} | {"free": Standard(id="free", cells=())}
    return replace(content, standards=tuple(standards.values()))


@cache
def shipped_entries() -> Mapping[str, Entry]:
    """Every entry of the province's rulebooks by its id."""
    entries: dict[str, Entry] = {}
    for rulebook in RULEBOOKS:
        for entry in province(rulebook).rulebook:
            entries.setdefault(entry.id, entry)
    return entries


def switched_off(entry: Entry) -> Entry:
    return entry.model_copy(update={"force": "off"})


def world(
    *rules: Entry, people: list[Any], positions: list[Any], as_of: str = "2026-01-01", until: str = "2027-06-30",
    names_from: str = "both", **tables: Any,
) -> World:  # fmt: skip
    """A case of a few rows (as the twins write them: `post`, `person`) under the given entries, with the province's
    ranks, competencies and standards. Posts are of rank HEAD and standard `free` unless they say otherwise."""
    case = case_of(people, positions=positions, **tables)
    universe = Universe(
        "switched", case, rules, (subsets(),), until=until, names_from=names_from, content=province(), as_of=as_of
    )
    return World(universe)


def seen(found: World, *plan: list[Key]) -> dict[str, object]:
    """All that an entry can be seen by: candidates, and of one plan its new breaches, its wishes and its notes."""
    standing = found.standing(frozenset(key for some in plan for key in some))
    return {
        "candidates": {key for key in found.program.keys if key[0] in ("x", "u", "v", "a", "k", "g")},
        "breaches": {(b.rule, b.subjects, b.instant, b.scope, b.amount) for b in found.new_breaches(standing)},
        "inherited": {(b.rule, b.subjects) for r in found.bound.rules for b in r.on_day(found.quo.line, found.as_of)},
        "wishes": found.wishes(standing),
        "leaving": found.quo.expected.departures,
        "removed": {(e.person, e.position, e.cause) for e in found.quo.line.plan.pools if e.status == "remove"},
        "staffing": [GOALS[name].value(standing) for name in ("heads", "posts")],
        "later rounds": later_rounds(standing),
        "notes": [(n.rule, n.kind, n.person, n.position, n.on) for n in found.bound.notes(standing.line)],
    }
