"""Invented cases of a wanted size: seeded, whole, and with the defects that real ones have."""

from planner.generators.organisation import FEWEST_POSTS
from planner.generators.province import ProvinceSpec, fewest_people, province, scenario_text

__all__ = ["FEWEST_POSTS", "ProvinceSpec", "fewest_people", "province", "scenario_text"]
