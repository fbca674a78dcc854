"""What can be decided: candidates, actions and dates as tables, pruned by what the facts and personal rules refuse."""

from planner.problem.problem import Problem
from planner.problem.tables import Named

__all__ = ["Named", "Problem"]
