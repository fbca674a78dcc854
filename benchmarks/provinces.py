"""Generated provinces: the engine and the baselines on the same case, in the same run, for the same seconds each."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.baselines import run
from planner import api
from planner.engine import Progress, build
from planner.engine.unavoidable import unavoidable
from planner.verify.judge import status_quo_of

COMPARED = ("greedy-fit", "greedy-readiness", "textbook-cp-sat", "textbook-highs")
"""SCIP was behind HiGHS on every province tried; `python -m benchmarks.baselines` has it too."""

MARKS = (10.0, 20.0, 60.0, 120.0, 300.0)
"""Seconds after the start of solving at which value and bound are written down."""


@dataclass(frozen=True)
class Size:
    """A case of the family and the seconds that each gets."""

    posts: int
    people: int
    seed: int
    seconds: float

    @classmethod
    def read(cls, text: str) -> Size:
        """`posts:people:seed:seconds`."""
        posts, people, seed, seconds = text.split(":")
        return cls(int(posts), int(people), int(seed), float(seconds))


def generated(folder: Path, posts: int, people: int, seed: int) -> Path:
    """The scenario of a province as `planner generate` writes it, in a process of its own."""
    case = folder / f"province-{posts}-{seed}"
    order = f"generate province --posts {posts} --people {people} --seed {seed}".split()
    start = "from planner.cli.start import main; main()"
    subprocess.run([sys.executable, "-c", start, *order, str(case)], check=True, capture_output=True)
    return case / "scenario.yaml"


def measure(size: Size, folder: Path) -> Iterator[str]:
    """Lines of the report: the engine first, then each baseline."""
    scenario = generated(folder, size.posts, size.people, size.seed)
    began = time.perf_counter()
    loaded = api.load(scenario)
    read = time.perf_counter()
    problem, program = build(status_quo_of(loaded))
    built = time.perf_counter()
    heard: list[Progress] = []
    solved = api.solve(loaded, seconds=size.seconds, report=heard.append)
    yield f"## province, {size.posts} posts, {size.people} people, seed {size.seed}"
    yield ""
    moves = problem.moves.count()
    yield (
        f"{moves} possible moves; program of the bounds {len(program.keys)} columns × {len(program.labels)} rows. Read "
        f"{read - began:.1f} s, built {built - read:.1f} s; solved for {solved.seconds:.0f} s."
    )
    yield ""
    yield "| tier | value | bound | gap | seconds |"
    yield "|---|---|---|---|---|"
    for tier in solved.tiers:
        yield f"| {', '.join(tier.goals)} | {tier.value} | {tier.bound} | {tier.gap:.1%} | {tier.seconds:.1f} |"
    yield ""
    heads, posts = (unavoidable(problem, [goal]) for goal in ("heads", "posts"))
    yield f"Of heads {heads} and of posts {posts} are unavoidable: posts to which, each alone, nobody could come."
    yield ""
    yield "| seconds | tier | value | bound |"
    yield "|---|---|---|---|"
    for mark in MARKS:
        until = [p for p in heard if p.seconds <= mark]
        if until and mark <= size.seconds:
            yield f"| {mark:.0f} | {', '.join(until[-1].goals)} | {until[-1].value} | {until[-1].bound} |"
    yield ""
    chains = Counter(a.chain for a in solved.plan.appointments if a.chain is not None)
    long = sum(count > 1 for count in chains.values())
    yield (
        f"{len(solved.plan.appointments)} appointments, {long} chains of two links or more, "
        f"{len(solved.plan.rotations)} rotations."
    )
    yield ""
    yield "| who | heads | posts | keep, depth | lawful | seconds |"
    yield "|---|---|---|---|---|---|"
    goals = solved.plan.goals
    reached = f"{goals['heads']} | {goals['posts']} | {goals['keep'] + goals['depth']}"
    yield f"| engine | {reached} | yes | {solved.seconds:.0f} |"
    for name in COMPARED:
        made = run(name, loaded, size.seconds)
        values = made.values
        yield (
            f"| {name} | {values['heads']} | {values['posts']} | {values['keep'] + values['depth']} | "
            f"{'yes' if made.lawful else 'no'} | {made.seconds:.0f} |"
        )
    yield ""
