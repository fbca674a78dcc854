"""Judges a plan without the engine: structure, rules, departures and goal values, from the case and the rules alone.

Loads no solver. What is judged is a standing, or a written folder from its own `input/`.
"""

from planner.verify.exemptions import ExemptionState, exemption_states
from planner.verify.folder import MANIFEST_FACTS, manifest_facts, verify_folder
from planner.verify.inherited import Inherited
from planner.verify.judge import GoalCheck, Judgement, claims, judge, judge_plan, status_quo_of

__all__ = [
    "MANIFEST_FACTS",
    "ExemptionState",
    "GoalCheck",
    "Inherited",
    "Judgement",
    "claims",
    "exemption_states",
    "judge",
    "judge_plan",
    "manifest_facts",
    "status_quo_of",
    "verify_folder",
]
