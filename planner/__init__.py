"""A succession planning optimizer: pools, places, rotations and successors, with a proof."""

__version__ = "0.1.0"
