"""Evaluation: indicators → points → yearly classes, caps, traits; gaps in the evidence. Facts of years that are over.

Reads a case and its content, and knows neither a timeline nor a solver. What was given prevails; what is computed is
a proposal, and no rule of a plan reads it.
"""

from planner.assess.history import completed_years, last_ratings
from planner.assess.report import Assessment, assess

__all__ = ["Assessment", "assess", "completed_years", "last_ratings"]
