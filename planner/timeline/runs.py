"""Runs of days, and what they come to together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable


def merged(runs: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Runs [start, end) in order, those that overlap or touch made one."""
    merged: list[tuple[dt.date, dt.date]] = []
    for start, end in sorted(runs):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
