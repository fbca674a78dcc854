"""Invented cases of a wanted size: seeded, whole, and with the defects that real ones have."""

from planner.generators.organisation import FEWEST_POSTS
from planner.generators.province import ProvinceSpec, fewest_people, files, province

__all__ = ["FEWEST_POSTS", "ProvinceSpec", "fewest_people", "files", "province"]
