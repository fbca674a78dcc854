"""What was asked of the engine, and what the records say: each floor with the figure of every seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.family import SEEDS, SIZES, Province
from benchmarks.figures import HEADS, LISTS, POSTS, Runs, heads_at, seconds_to_plan, vector
from benchmarks.record import ANEW, ENGINE, FROM_BEFORE, Record, is_baseline
from benchmarks.tables import number, share, table
from planner.engine.result import gap_of

All = Mapping[tuple[str, str, float], Runs]
"""Runs by case, who and seconds."""

FEW_POSTS = 100
"""Cases of no more are not compared with baselines: there others may be as quick."""

NO = "[no](NOTES.md#out-of-reach-so-far-and-what-it-would-take)"
"""With what was tried, and what it would take."""

THIRD = 1 / 3
"""Of the seconds of a plan made anew, what a what-if may take."""

MEGABYTES = 1024
"""Of a GiB."""


RUNS = 3
"""Of each seed, whose median is asked for."""


@dataclass(frozen=True)
class Floor:
    """A figure that may be no greater than `limit`, or where `is_least` no less, in words by `told`."""

    what: str
    limit: float
    of: Callable[[Runs], float | None]
    told: Callable[[float | None], str]
    is_least: bool = False

    def line(self, posts: int, found: Sequence[Runs]) -> list[str]:
        values = [self.of(one) for one in found]
        what = f"{posts:,} posts: {self.what}"
        return _line(what, self.limit, values, self.told, runs=_runs(found), is_least=self.is_least)


def _runs(found: Sequence[Runs], cases: int = len(SEEDS)) -> str:
    """How many there are of each case, and what is asked for where they are fewer."""
    counts = [len(one.records) for one in found]
    whole = len(counts) == cases and min(counts) >= RUNS
    asked = f"{cases} × {RUNS}" if cases > 1 else str(RUNS)
    return ", ".join(map(str, counts)) + ("" if whole else f" of {asked}")


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
        # That the case is no toy.
        Floor("bound of posts", 1, lambda runs: runs.bound(POSTS), number, is_least=True),
        Floor("chains of two links or more", 25, lambda runs: runs.planned("chains"), number, is_least=True),
        Floor("rotations", 50, lambda runs: runs.planned("rotations"), number, is_least=True),
    ),
    6000: (
        Floor("seconds to a plan", 180, lambda runs: runs.seconds_to_plan(), _seconds),
        Floor("gap of heads and posts after 900 s", 0.15, lambda runs: runs.gap(900), share),
        Floor("memory, GiB", 12, _memory, _seconds),
    ),
}


def floors(runs: All, longest: Callable[[Province], Runs | None]) -> Iterator[str]:
    """A table of all, then of the what-ifs and of the baselines."""
    yield from ("## What was asked, and what is", "")
    yield "A figure for each seed, the median of its runs, of which there are so many as the last column says. Seconds"
    yield "count from the beginning of the search; to read the case and to build its program is a figure of its own."
    yield ""
    lines: list[list[str]] = []
    for posts, people in SIZES:
        found = [one for seed in SEEDS if (one := longest(Province(posts, people, seed))) is not None]
        lines += [floor.line(posts, found) for floor in FLOORS.get(posts, ()) if found]
        if posts == SIZES[2][0]:
            lines += _against_greedy(runs, posts, found)
    head = ["", "at most", "measured", "met", "runs"]
    yield from table(head, lines + list(_what_ifs(runs)) + list(_baselines(runs)))


def _line(
    what: str,
    limit: float,
    values: Sequence[float | None],
    told: Callable[[float | None], str],
    *,
    runs: str,
    is_least: bool = False,
) -> list[str]:
    met = all(value is not None and (value >= limit if is_least else value <= limit) for value in values)
    asked = f"at least {told(limit)}" if is_least else told(limit)
    return [what, asked, ", ".join(map(told, values)), "yes" if met else NO, runs]


def _against_greedy(runs: All, posts: int, found: Sequence[Runs]) -> list[list[str]]:
    """Seconds to a plan with fewer missing heads than the better of the lists made by hand, of the same case."""
    values, compared = [], []
    for one in found:
        greedy = [other.first for (case, who, _), other in runs.items()
                  if case == one.first.case and who.startswith("greedy")]  # fmt: skip
        if greedy:
            most = min(vector(record)[HEADS] for record in greedy)
            values.append(one.median(partial(seconds_to_plan, better_than=most)))
            compared.append(one)
    what = f"{posts:,} posts: seconds to a plan better than greedy's"
    return [_line(what, 20, values, _seconds, runs=_runs(compared))] if compared else []


def _what_ifs(runs: All) -> Iterator[list[str]]:
    for (case, who, seconds), one in runs.items():
        anew = runs.get((case, ANEW, seconds))
        if who != FROM_BEFORE or anew is None:
            continue
        most = 30.0 if case.startswith("province") else 2.0
        count = _runs([one], cases=1)
        told = f"{case}: seconds to the gap of before"
        line = _line(told, most, [one.median(_seconds_as_near)], _seconds, runs=count)
        took, took_anew = (_seconds(found.median(lambda record: record.took)) for found in (one, anew))
        line[2] += f" (all goals {took}, anew {took_anew})"
        if one.first.parts:
            line[2] += f" after {_seconds(one.median(lambda record: sum(record.parts.values())))} to read and build"
        yield line
        told = f"{case}: of the seconds that it takes anew to come as near"
        yield _line(told, THIRD, [one.median(partial(_part_of_anew, anew))], share, runs=count)


def _part_of_anew(anew: Runs, record: Record) -> float | None:
    """Of the seconds that it took anew in the same run to come as near."""
    other = next(other for other in anew.records if other.run == record.run)
    reached = _seconds_as_near(record)
    # Who never comes as near takes longer than all its time.
    return None if reached is None else reached / (_seconds_as_near(other) or other.took)


def _seconds_as_near(record: Record) -> float | None:
    """Until heads and posts are as near to their bound as in the plan of before."""
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
    """Cases of more than 100 posts in which somebody else has a better vector at the same second."""
    compared, better = 0, []
    for (case, who, seconds), one in runs.items():
        mine = _of_engine(runs, case, seconds) if is_baseline(who) else None
        if mine is None:
            continue
        compared += 1
        theirs = vector(one.first)
        # With as few missing heads it may be better, where of the engine no more is told.
        if theirs < mine or (len(mine) < len(theirs) and theirs[: len(mine)] == mine):
            better.append(f"{who}, {case}, {seconds:g} s")
    if compared:
        told = ", ".join(better) or f"none of {compared}"
        yield ["others with a better plan, at 10, 60 or 300 s", "0", told, NO if better else "yes", "1"]


def _of_engine(runs: All, case: str, seconds: float) -> tuple[int, ...] | None:
    """What the engine's plan misses at that second: at the end of a run of so many seconds, or of a longer one heads
    alone; None where there is none, or where the case is small."""
    found = [one.first for (key, who, limit), one in runs.items() if (key, who) == (case, ENGINE) and limit >= seconds]
    if not found or found[0].size["posts"] <= FEW_POSTS:
        return None
    shortest = min(found, key=lambda record: record.seconds)
    if shortest.seconds == seconds:
        return vector(shortest)
    heads = heads_at(shortest, seconds)
    return None if heads is None else (heads,)
