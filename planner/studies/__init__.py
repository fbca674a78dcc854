"""Several plans looked at together: what changes from one to another. Plans come solved; nothing here starts a solver."""

from planner.studies.compare import Change, Comparison, CoverageLine, GoalLine, InputLine, Side, compare

__all__ = ["Change", "Comparison", "CoverageLine", "GoalLine", "InputLine", "Side", "compare"]
