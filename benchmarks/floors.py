"""What was asked of the engine, and what the records say: each floor with the figure of every seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.family import SEEDS, SIZES, Province
from benchmarks.figures import HEADS, LISTS, POSTS, Runs, seconds_to_plan, vector
from benchmarks.record import ANEW, ENGINE, FROM_BEFORE, is_baseline
from benchmarks.tables import number, share, table
from planner.engine.result import gap_of

All = Mapping[tuple[str, str, float], Runs]
"""Runs by case, who and seconds."""

THIRD = 1 / 3
"""Of the seconds of a plan made anew, what a what-if may take."""

MEGABYTES = 1024
"""Of a GiB."""


@dataclass(frozen=True)
class Floor:
    """A figure that may be no greater than `most`, in words by `told`."""

    what: str
    most: float
    of: Callable[[Runs], float | None]
    told: Callable[[float | None], str]


def _seconds(value: float | None) -> str:
    return number(value, 1)


def _memory(runs: Runs) -> float | None:
    """GiB of the process with its solvers."""
    most = runs.memory(1)
    return None if most is None else most / MEGABYTES


def _read_and_built(runs: Runs) -> float | None:
    return runs.median(lambda record: record.parts["read"] + record.parts["build"])


def _gap(tier: int) -> Callable[[Runs], float | None]:
    return lambda runs: runs.median(lambda record: record.tiers[tier].gap)


def _without_bound(runs: Runs) -> float | None:
    """Tiers for which no bound is known but that nothing is below 0."""
    return runs.median(lambda record: sum(tier.bound == 0 < tier.value for tier in record.tiers))


FLOORS: Mapping[int, tuple[Floor, ...]] = {
    300: (
        Floor("gap of heads and posts after 30 s", 0.005, lambda runs: runs.gap(30), share),
        Floor("gap of keep and depth after 120 s", 0.05, _gap(LISTS), share),
    ),
    1200: (
        Floor("read and built, s", 20, _read_and_built, _seconds),
        Floor("gap of heads and posts after 60 s", 0.10, lambda runs: runs.gap(60), share),
        Floor("gap of heads and posts after 300 s", 0.02, lambda runs: runs.gap(300), share),
        Floor("the same, of what is avoidable", 0.02, lambda runs: runs.gap_of_avoidable(), share),
        Floor("tiers without a bound", 0, _without_bound, number),
        Floor("memory, GiB", 4, _memory, _seconds),
    ),
    6000: (
        Floor("seconds to a plan", 180, lambda runs: runs.seconds_to_plan(), _seconds),
        Floor("gap of heads and posts after 900 s", 0.15, lambda runs: runs.gap(900), share),
        Floor("memory, GiB", 12, _memory, _seconds),
    ),
}


def floors(runs: All, longest: Callable[[Province], Runs | None]) -> Iterator[str]:
    """A table of all, then of the what-ifs and of the baselines."""
    yield from ("## What was asked, and what is", "", "A figure for each seed, the median of its runs.", "")
    lines: list[list[str]] = []
    for posts, people in SIZES:
        found = [one for seed in SEEDS if (one := longest(Province(posts, people, seed))) is not None]
        for floor in FLOORS.get(posts, ()) if found else ():
            values = [floor.of(one) for one in found]
            lines.append(_line(f"{posts:,} posts: {floor.what}", floor.most, values, floor.told))
        lines += _against_greedy(runs, posts, people, found)
    yield from table(["", "at most", "measured", "met"], lines + list(_what_ifs(runs)) + list(_baselines(runs)))


def _line(what: str, most: float, values: list[float | None], told: Callable[[float | None], str]) -> list[str]:
    met = all(value is not None and value <= most for value in values)
    return [what, told(most), ", ".join(map(told, values)), "yes" if met else "no"]


def _against_greedy(runs: All, posts: int, people: int, found: list[Runs]) -> list[list[str]]:
    """Seconds to a plan with fewer missing heads than lists made by hand, at 1,200 posts."""
    if posts != SIZES[2][0]:
        return []
    greedy = [one.first for (case, who, _), one in runs.items()
              if case == Province(posts, people).key and who.startswith("greedy")]  # fmt: skip
    if not greedy:
        return []
    most = min(vector(record)[HEADS] for record in greedy)
    values = [one.median(lambda record: seconds_to_plan(record, most)) for one in found]
    return [_line(f"{posts:,} posts: seconds to a plan better than greedy's", 20, values, _seconds)]


def _what_ifs(runs: All) -> Iterator[list[str]]:
    for (case, who, seconds), one in runs.items():
        anew = runs.get((case, ANEW, seconds))
        if who != FROM_BEFORE or anew is None:
            continue
        most = 30.0 if case.startswith("province") else 2.0
        record = one.first
        reached = _seconds_as_near(one)
        line = _line(f"{case}: seconds to the gap of before", most, [reached], _seconds)
        yield [*line[:2], f"{line[2]} (all goals {record.took:.1f}, anew {anew.first.took:.1f})", line[3]]
        told = f"{case}: of the seconds that it takes anew to come as near"
        # Who never comes as near takes longer than all its time.
        other = _seconds_as_near(anew) or anew.first.took
        yield _line(told, THIRD, [None if reached is None else reached / other], share)


def _seconds_as_near(runs: Runs) -> float | None:
    """Until heads and posts are as near to their bound as in the plan of before."""
    record = runs.first
    wanted = [gap_of(*reached) for reached in record.before[: POSTS + 1]]
    for mark in record.marks:
        if mark.tier < POSTS or mark.value is None:
            continue
        heads = record.tiers[HEADS]
        there = mark.tier > POSTS or gap_of(mark.value, mark.bound) <= wanted[POSTS]
        if there and heads.gap <= wanted[HEADS]:
            return mark.seconds
    return None


def _baselines(runs: All) -> Iterator[list[str]]:
    """Cases of more than 100 posts in which somebody else has a better vector."""
    compared, better = 0, []
    for (case, who, seconds), one in runs.items():
        engine = runs.get((case, ENGINE, seconds))
        if not is_baseline(who) or engine is None or engine.first.size["posts"] <= 100:
            continue
        compared += 1
        if vector(one.first) < vector(engine.first):
            better.append(f"{who}, {case}, {seconds:g} s")
    if compared:
        told = ", ".join(better) or f"none of {compared}"
        yield ["others with a better plan", "0", told, "no" if better else "yes"]
