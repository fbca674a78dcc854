"""Which random cases the tests use, and how they are found.

Where the law or the generator has changed: python -m tests.random.choose > chosen.txt, and put it beside this file.
"""

import sys
from functools import lru_cache
from pathlib import Path

from planner.standing import Standing
from planner.structure.point import decided_keys
from tests.random.exhaustive import Enumeration, TooManyError
from tests.random.province import PROVINCE_SEEDS
from tests.random.tiny import Tiny, make

MOST = 3_000
"""Lawful plans of a case at most."""

FEWEST = 60
"""With fewer the case is too tight to tell a good plan from a bad one."""

LOOKED_AT = 40_000
"""Combinations looked at before an attempt is given up, where there is time to choose."""

LOOKED_AT_QUICKLY = 8_000

ATTEMPTS = 20
TRIED = 10
"""Attempts of which the richest is chosen, where there is time to choose."""

DEFAULT_SEEDS = range(30)
LONG_SEEDS = range(30, 330)


@lru_cache(maxsize=2)
def plans_of(seed: int, attempt: int, looked_at: int = LOOKED_AT) -> tuple[Tiny, Standing, list[Standing]]:
    """A case with its status quo and all its lawful plans."""
    tiny = make(seed, attempt)
    before = tiny.status_quo()
    return tiny, before, Enumeration(before, MOST, looked_at).plans()


def fair(seed: int, looked_at: int) -> tuple[int, tuple[Tiny, Standing, list[Standing]]]:
    """The first attempt of a seed with a fair number of lawful plans, and what it gives."""
    for attempt in range(ATTEMPTS):
        try:
            found = plans_of(seed, attempt, looked_at)
        except TooManyError:
            continue
        if len(found[2]) >= FEWEST:
            return attempt, found
    raise AssertionError(f"no attempt of seed {seed} has {FEWEST} to {MOST} lawful plans")


def richest(seed: int) -> int:
    """Of the fair attempts of a seed the one whose plans take the most kinds of decisions; of these, the most plans."""
    best: tuple[int, int, int] | None = None
    for attempt in range(TRIED):
        try:
            _, _, plans = plans_of(seed, attempt)
        except TooManyError:
            continue
        kinds = {key[0] for plan in plans for key in decided_keys(plan)}
        if len(plans) >= FEWEST and (best is None or (len(kinds), len(plans)) > best[:2]):
            best = (len(kinds), len(plans), attempt)
    return fair(seed, LOOKED_AT)[0] if best is None else best[2]


def chosen() -> dict[int, int]:
    """The attempts of the default seeds, found once and written down: the default run need not search."""
    lines = (Path(__file__).parent / "chosen.txt").read_text().splitlines()
    return {int(seed): int(attempt) for seed, attempt in (line.split() for line in lines)}


if __name__ == "__main__":
    for seed in (*DEFAULT_SEEDS, *PROVINCE_SEEDS):
        sys.stdout.write(f"{seed} {richest(seed)}\n")
