"""Which random cases the tests use, and how they are found.

Where the law or the generator has changed: python -m tests.random.choose > chosen.txt, and put it beside this file.
What the choice still leaves out the tests name; it goes by hand to a seed whose rules bind in another case as well.
"""

import sys
from collections.abc import Set
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from planner.engine import build_program
from planner.problem import Problem
from planner.rules.registry import RULES
from planner.standing import Standing
from planner.structure.point import decided_keys
from tests.random.binding import binds, oddities
from tests.random.exhaustive import Enumeration, TooManyError
from tests.random.tiny import Tiny, make

MOST = 3_000
"""Lawful plans of a case at most."""

FEWEST = 60
"""With fewer the case is too tight to tell a good plan from a bad one."""

LOOKED_AT = 8_000
"""Combinations looked at before an attempt is given up."""

ATTEMPTS = 20
TRIED = 6
"""Attempts that are looked at where there is time to choose."""

COMPARED = 2
"""The richest of them, of which the one is chosen in which most rules bind that bind in no case before."""

DEFAULT_SEEDS = range(30)
LONG_SEEDS = range(30, 330)


@lru_cache(maxsize=2)
def plans_of(seed: int, attempt: int) -> tuple[Tiny, Standing, list[Standing]]:
    """A case with its status quo and all its lawful plans."""
    tiny = make(seed, attempt)
    before = tiny.status_quo()
    return tiny, before, Enumeration(before, MOST, LOOKED_AT).plans()


def fair(seed: int) -> tuple[int, tuple[Tiny, Standing, list[Standing]]]:
    """The first attempt of a seed with a fair number of lawful plans, and what it gives."""
    for attempt in range(ATTEMPTS):
        try:
            found = plans_of(seed, attempt)
        except TooManyError:
            continue
        if len(found[2]) >= FEWEST:
            return attempt, found
    raise AssertionError(f"no attempt of seed {seed} has {FEWEST} to {MOST} lawful plans")


def attempts(seed: int) -> list[tuple[tuple[int, int], int]]:
    """The fair ones of the first attempts, ordered by the kinds of decisions that their plans take, then by plans."""
    found = []
    for attempt in range(TRIED):
        try:
            _, _, plans = plans_of(seed, attempt)
        except TooManyError:
            continue
        if len(plans) >= FEWEST:
            kinds = {key[0] for plan in plans for key in decided_keys(plan)}
            found.append(((len(kinds), len(plans)), attempt))
    return sorted(found, reverse=True) or [((0, 0), fair(seed)[0])]


def features(seed: int, attempt: int) -> set[str]:
    """Oddities, kinds of columns and kinds of pins of a case."""
    tiny = make(seed, attempt)
    before = tiny.status_quo()
    found = {name for name, present in oddities(tiny, before).items() if present}
    found |= {f"column {key[0]}" for key in build_program(Problem(before)).keys}
    return found | {f"pin {d.kind}" for d in tiny.case.decisions if d.status == "decided"}


def binding(seed: int, attempt: int, wanted: Set[str]) -> set[str]:
    """The wanted rules that bind in the case."""
    tiny, before, plans = plans_of(seed, attempt)
    present = dict.fromkeys(rule.name for rule in before.bound.rules if rule.name in wanted)
    return {rule for rule in present if binds(tiny, plans, rule, LOOKED_AT)}


def choose() -> list[tuple[int, int, set[str]]]:
    """(seed, attempt, rules that bind there and in none before): of the richest attempts the one with most news."""
    missing, seen = {name for name, kind in RULES.items() if kind.may_judge}, set[str]()
    found: list[tuple[int, int, set[str]]] = []
    for seed in DEFAULT_SEEDS:
        tried = [(a, binding(seed, a, missing), features(seed, a) - seen) for _, a in attempts(seed)[:COMPARED]]
        attempt, rules, new = max(tried, key=lambda news: len(news[1]) + len(news[2]))
        found.append((seed, attempt, rules))
        missing -= rules
        seen |= new
    tiny = make(0, 0)
    return completed(found, missing | oddities(tiny, tiny.status_quo()).keys() - seen)


def completed(found: list[tuple[int, int, set[str]]], missing: Set[str]) -> list[tuple[int, int, set[str]]]:
    """Seeds that brought nothing which no other has are given to the rules and oddities that are still missing."""
    had = {seed: features(seed, attempt) for seed, attempt, _ in found}
    for n, (seed, _, rules) in enumerate(found):
        others = set[str]().union(*(features_ for other, features_ in had.items() if other != seed))
        if rules or not missing or had[seed] - others:
            continue
        for attempt in range(ATTEMPTS):
            try:
                if len(plans_of(seed, attempt)[2]) < FEWEST:
                    continue
            except TooManyError:
                continue
            new, has = binding(seed, attempt, missing), features(seed, attempt)
            if new or has & missing:
                found[n], had[seed] = (seed, attempt, new), has
                missing = missing - new - has
                break
    return found


class Chosen(NamedTuple):
    """An attempt, and the rules that bind in it (those for which it was chosen)."""

    attempt: int
    rules: tuple[str, ...]


def chosen() -> dict[int, Chosen]:
    """The attempts of the default seeds, found once and written down: the default run need not search."""
    lines = (Path(__file__).parent / "chosen.txt").read_text().splitlines()
    words = [line.split() for line in lines]
    return {int(seed): Chosen(int(attempt), tuple(rules)) for seed, attempt, *rules in words}


if __name__ == "__main__":
    for seed, attempt, rules in choose():
        sys.stdout.write(" ".join((str(seed), str(attempt), *sorted(rules))) + "\n")
