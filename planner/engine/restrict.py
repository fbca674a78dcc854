"""Small neighbourhoods in which good plans are found quickly: of the relaxation, of the best plan, of a parent.

They prove nothing: the bound stays that of the whole program.
"""

from collections.abc import Hashable
from typing import Any

import numpy as np

from planner.engine.space import Space
from planner.program import Arrays, Program
from planner.program.arrays import Bools, Floats

IN_PLAY = 0.02
"""A column whose relaxed value is above this may be worth having (formulation.md §5)."""

TOUCHED = 0.01
"""The same, where no other days or sessions of what is used stay open beside it."""

IN_PLAN = 0.5
"""A column of a plan that is above this is taken."""


def restricted(program: Program, arrays: Arrays, relaxed: Floats, best: Floats | None) -> Arrays:
    """Only decisions that the relaxation or the best plan uses, and every place of the people concerned, stay open."""
    keep = relaxed > IN_PLAY
    if best is not None:
        keep |= best > IN_PLAN
    keep |= arrays.lower > 0
    people = {program.keys[j][1] for j in np.flatnonzero(keep) if program.keys[j][0] in ("x", "u", "v", "a", "g")}
    places = np.array([key[0] == "u" and key[1] in people for key in program.keys], bool)
    return arrays.closed(arrays.integer & ~keep & ~places)


def supported(space: Space, relaxed: Floats, best: Floats) -> Bools:
    """The decisions that the relaxation or the best plan uses, with other days for the same appointments and
    other sessions for the same levels: at 300 posts a sixth of all, of which a search finds a good plan in seconds."""
    used = touched(space, relaxed, best, IN_PLAY)

    def what(column: int) -> Hashable:
        key: Any = space.program.keys[column]
        return key[1], key[2] if key[0] == "a" else space.problem.ground.granted(key[2])

    for kind in ("a", "u"):
        of = {int(column): what(int(column)) for column in np.flatnonzero(space.kinds == kind)}
        wanted = {found for column, found in of.items() if used[column]}
        used[[column for column, found in of.items() if found in wanted]] = True
    return used


def touched(space: Space, relaxed: Floats, best: Floats, least: float = TOUCHED) -> Bools:
    """The decisions that the relaxation, for more than the least, or the best plan uses, and no others beside them."""
    found: Bools = space.is_decision & ((relaxed > least) | (best > IN_PLAN))
    found |= space.kinds == "open"
    return found


def without_new_rotations(program: Program, arrays: Arrays, best: Floats | None) -> Arrays:
    """Only the rotations of the best plan stay open: where people may go to many equal posts, most columns are theirs.

    For programs whose relaxation takes too long.
    """
    moves = np.array([key[0] == "v" for key in program.keys], bool)
    if best is not None:
        moves &= best <= IN_PLAN
    return arrays.closed(moves)


def decided_only(arrays: Arrays, away: Floats, best: Floats | None) -> Arrays:
    """Only what the parent or the best plan decides stays open; `away` is above 0 where the parent decides nothing."""
    closed: Bools = arrays.integer & (away > 0)
    if best is not None:
        closed &= best <= IN_PLAN
    return arrays.closed(closed)
