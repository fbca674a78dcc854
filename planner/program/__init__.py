"""Columns, rows and labels as arrays. Knows no rule and no solver."""

from planner.program.arrays import Arrays
from planner.program.expr import Expr
from planner.program.program import Label, Look, Program, go_on

__all__ = ["Arrays", "Expr", "Label", "Look", "Program", "go_on"]
