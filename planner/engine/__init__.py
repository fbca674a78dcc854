"""Tier by tier: relax, bound, search, prove. The only place that starts a solver."""

from planner.engine.model import MOST_MOVES, build_program
from planner.engine.result import Progress, Result, TierResult
from planner.engine.tiers import solve

__all__ = ["MOST_MOVES", "Progress", "Result", "TierResult", "build_program", "solve"]
