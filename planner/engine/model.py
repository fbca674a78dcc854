"""From a problem to its program: structure, rules, goals, in this order."""

from planner.goals import GOALS
from planner.problem import Problem
from planner.program import Program
from planner.structure import build_structure

MOST_MOVES = 100_000
"""Appointments and rotations up to which every one has a column of its own."""


def build_program(problem: Problem) -> Program:
    """All columns, rows and goals of a problem. Goals come last: preferences count the slacks of the rules."""
    program = Program()
    build_structure(problem, program)
    for rule in problem.bound.rules:
        rule.post(problem, program)
    for goal in GOALS.values():
        goal.post(problem, program)
    return program
