"""What `planner` is measured against: plans as made by hand, and the model of a textbook on three solvers.

All obey the same law and are judged by our verifier and our goals. `python -m benchmarks.baselines SCENARIO`.
"""

from benchmarks.baselines.outcome import BASELINES, Outcome, run

__all__ = ["BASELINES", "Outcome", "run"]
