"""Measurements, never part of the tests: speed and memory depend on the machine, which is named beside them."""
