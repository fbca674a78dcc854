"""What a plan is judged by: one file per goal, its value on a standing and its rows beside it. All are minimised."""

from planner.goals.base import ACTING, EMPTY, WITHOUT_SUCCESSOR, Goal
from planner.goals.choice import Choice
from planner.goals.depth import Depth
from planner.goals.effort import Effort
from planner.goals.keep import Keep
from planner.goals.new_names import NewNames
from planner.goals.nominations import Nominations
from planner.goals.pipeline import Pipeline
from planner.goals.preferences import Preferences
from planner.goals.staffing import Heads, Posts

GOALS: dict[str, Goal] = {
    goal.name: goal
    for goal in (
        Heads(),
        Posts(),
        Keep(),
        Nominations(),
        Depth(),
        Choice(),
        Preferences(),
        Pipeline(),
        Effort(),
        NewNames(),
    )
}
LAST_TIER = ("new_names",)
"""After the last goal: no name stands in a list without a reason."""

__all__ = ["ACTING", "EMPTY", "GOALS", "LAST_TIER", "WITHOUT_SUCCESSOR", "Goal"]
