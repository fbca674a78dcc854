"""Pictures: a frame in, an SVG out. The only drawing code.

Altair and vl-convert are in the extra `notebook`; they are loaded when something is drawn, not when this is imported.
"""

from planner.charts.coverage import coverage_by_unit
from planner.charts.drawing import png, svg
from planner.charts.seats import seats_over_time

__all__ = ["coverage_by_unit", "png", "seats_over_time", "svg"]
