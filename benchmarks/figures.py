"""What the records of one case say together: medians over its runs, gaps at a second, seconds to a gap."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.record import Mark, Record
from planner.engine.result import gap_of

HEADS, POSTS, LISTS = 0, 1, 2
"""The tiers of a province: heads, posts, keep with depth."""

ALWAYS = math.inf
"""A second after the end."""


@dataclass(frozen=True)
class Runs:
    """The runs of the same case, by the same, for the same seconds."""

    records: tuple[Record, ...]

    @property
    def first(self) -> Record:
        return self.records[0]

    def median(self, of: Callable[[Record], float | None]) -> float | None:
        """None where it is so in half of the runs: it was not reached."""
        found = sorted((of(record) for record in self.records), key=lambda one: (one is None, one))
        middle = found[(len(found) - 1) // 2 : len(found) // 2 + 1]
        return None if None in middle else statistics.fmean(one for one in middle if one is not None)

    def value(self, tier: int) -> float | None:
        return self.median(lambda record: record.tiers[tier].value)

    def bound(self, tier: int) -> float | None:
        return self.median(lambda record: record.tiers[tier].bound)

    def gap(self, seconds: float) -> float | None:
        return self.median(lambda record: None if (both := both_at(record, seconds)) is None else both.gap)

    def gap_of_avoidable(self) -> float | None:
        return self.median(lambda record: None if (both := both_at(record, ALWAYS)) is None else both.gap_of_avoidable)

    def seconds_to(self, gap: float) -> float | None:
        return self.median(lambda record: seconds_to(record, gap))

    def seconds_to_plan(self) -> float | None:
        return self.median(seconds_to_plan)

    def part(self, name: str) -> float | None:
        return self.median(lambda record: record.parts[name])

    def planned(self, name: str) -> float | None:
        return self.median(lambda record: record.plan[name])

    def memory(self, whose: int) -> float | None:
        return self.median(lambda record: record.memory[whose])


def together(records: Iterable[Record]) -> dict[tuple[str, str, float], Runs]:
    """By case, who and seconds."""
    found: defaultdict[tuple[str, str, float], list[Record]] = defaultdict(list)
    for record in records:
        found[record.case, record.who, record.seconds].append(record)
    return {key: Runs(tuple(some)) for key, some in found.items()}


@dataclass(frozen=True)
class Both:
    """Heads and posts together at some second."""

    value: int
    bound: int
    unavoidable: int

    @property
    def gap(self) -> float:
        return gap_of(self.value, self.bound)

    @property
    def gap_of_avoidable(self) -> float:
        """Of what some plan might do without."""
        return (self.value - self.bound) / max(self.value - self.unavoidable, 1)


def both_at(record: Record, seconds: float) -> Both | None:
    """None until there is a bound of posts: before, all that is known of them is what no plan avoids."""
    posts, heads = _last(record.marks, POSTS, seconds), _last(record.marks, HEADS, seconds)
    if posts is None or heads is None or posts.value is None or heads.value is None:
        return None
    return Both(heads.value + posts.value, heads.bound + posts.bound, sum(record.unavoidable.values()))


def heads_at(record: Record, seconds: float) -> int | None:
    """Missing heads in the plan of that second, or in the status quo before there is one."""
    last = _last(record.marks, HEADS, seconds)
    if last is None or last.value is None:
        return next((mark.value for mark in record.marks if mark.tier == HEADS and mark.value is not None), None)
    return last.value


def _last(marks: Sequence[Mark], tier: int, seconds: float) -> Mark | None:
    return next((mark for mark in reversed(marks) if mark.tier == tier and mark.seconds <= seconds), None)


def seconds_to(record: Record, gap: float) -> float | None:
    """After which heads and posts together were as near to their bound, if ever."""
    for mark in record.marks:
        both = both_at(record, mark.seconds) if mark.tier == POSTS else None
        if both is not None and both.gap <= gap:
            return mark.seconds
    return None


def seconds_to_plan(record: Record, better_than: int | None = None) -> float | None:
    """After which there was a plan with fewer missing heads than in the status quo, or than so many."""
    heads = [mark for mark in record.marks if mark.tier == HEADS and mark.value is not None]
    if better_than is None and heads:
        better_than = heads[0].value
        assert better_than is not None
        if heads[0].step not in ("relax", "proof", "parent"):
            return heads[0].seconds
    found = (mark.seconds for mark in heads if better_than is not None and (mark.value or 0) < better_than)
    return next(found, None)


def vector(record: Record) -> tuple[int, ...]:
    """What is compared with the baselines, in order."""
    values = record.values
    return values["heads"], values["posts"], values["keep"] + values["depth"]
