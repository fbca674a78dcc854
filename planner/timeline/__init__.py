"""Facts of any day: who sits where, acts, is away, has which level, is in which list. Knows no rule.

`Ground` is what the case alone says, `Expected` adds who leaves when, `Timeline` applies the events of a plan.
"""

from planner.timeline.expected import Expected
from planner.timeline.ground import Ground
from planner.timeline.replay import Timeline, replay

__all__ = ["Expected", "Ground", "Timeline", "replay"]
