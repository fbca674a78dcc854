"""Several plans looked at together: what changes from one to another. They come solved: no solver is started here."""

from planner.studies.compare import Change, Comparison, CoverageLine, GoalLine, InputLine, Side, compare

__all__ = ["Change", "Comparison", "CoverageLine", "GoalLine", "InputLine", "Side", "compare"]
