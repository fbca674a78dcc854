"""A plan that begins with another one: what the edits of a what-if do not reach stays as it was.

The parent's decisions need not hold together any more, nor all exist. The plan nearest to them, by the number of
decisions that differ, is where the search begins; of all plans that are as good as the one it ends with, the one
nearest to the parent is taken.
"""

import numpy as np

from planner.domain.plan import Plan
from planner.problem import Named
from planner.program import Program
from planner.program.arrays import Floats
from planner.structure.point import keys_of

PARENT_SHARE = 0.25
"""Of the time left, what it may take to find the plan nearest to the parent's."""

CHOICES = frozenset("xuvakg")
"""Kinds of columns that are decisions of a plan."""


def moves_of(parent: Plan) -> Named:
    """The parent's moves, which need columns of their own."""
    return Named(
        frozenset((a.person, a.position) for a in parent.appointments),
        frozenset((r.person, r.position) for r in parent.rotations),
    )


def distance(program: Program, parent: Plan) -> tuple[Floats, int]:
    """By how many decisions a point differs from the parent, as far as there are columns: costs and constant."""
    made = keys_of(parent)
    cost = np.zeros(len(program.keys))
    for column, key in enumerate(program.keys):
        if key[0] in CHOICES:
            cost[column] = -1 if key in made else 1
    return cost, int((cost < 0).sum())
