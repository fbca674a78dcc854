"""formulation.md §3 as rows: one file per block. The law side of each block is in planner/rules/structure."""

from planner.problem import Problem
from planner.program import Program
from planner.structure import acting, actions, cuts, decisions, lists, loose, moves, ready, seats, successors


def build_structure(problem: Problem, program: Program) -> None:
    """All columns, then all rows. Rules and goals post after this."""
    blocks = (lists, actions, moves, loose, seats, acting, ready, successors)
    for block in blocks:
        block.columns(problem, program)
    for block in blocks:
        block.rows(problem, program)
    decisions.rows(problem, program)
    cuts.rows(problem, program)


__all__ = ["build_structure"]
