"""What can be decided: candidates, actions and dates as tables, pruned by what the facts and personal rules refuse."""

from planner.problem.problem import Named, Problem, build_problem

__all__ = ["Named", "Problem", "build_problem"]
