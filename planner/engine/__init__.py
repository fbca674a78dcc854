"""Tier by tier: relax, bound, search, prove. The only place that starts a solver."""

from planner.engine.duals import packed, unpacked
from planner.engine.model import build, build_program
from planner.engine.parent import Parent
from planner.engine.result import Progress, Result, TierResult
from planner.engine.tiers import get_ready, solve

__all__ = [
    "Parent", "Progress", "Result", "TierResult", "build", "build_program", "get_ready", "packed", "solve", "unpacked",
]  # fmt: skip
