"""Solve the shipped scenarios and write RESULTS.md: time of each part, each goal's value and bound, peak memory.

`python -m benchmarks` measures all, `python -m benchmarks first-office --provinces` only those named, and `--quick` the
smallest of each kind in two minutes, which it prints and does not write.
"""

import argparse
import importlib.metadata
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import provinces
from benchmarks.provinces import Size
from planner import api
from planner.engine import Progress, build, child
from planner.goals import LAST_TIER
from planner.structure.point import keys_of
from planner.verify.judge import status_quo_of

PROVINCES = ("300:1250:1:120", "1200:5000:1:600")
QUICK_SCENARIOS, QUICK_PROVINCES = ("first-office", "department/giam-doc-nghi-som"), ("60:250:1:20",)
RESULTS = Path(__file__).with_name("RESULTS.md")
SCENARIOS = ("first-office", "department", "department/giam-doc-nghi-som", "department/them-20-cho")
MEGABYTE = 1024


def measure(name: str) -> Iterator[str]:
    """Lines of the report of one scenario, measured in this process and its solvers' processes."""
    folder, _, what_if = name.partition("/")
    path = Path(__file__).parents[1] / "scenarios" / folder / f"{what_if or 'scenario'}.yaml"
    began = time.perf_counter()
    loaded = api.load(path)
    read = time.perf_counter()
    build(status_quo_of(loaded))
    built = time.perf_counter()
    first: list[float] = []

    def hear(progress: Progress) -> None:
        if progress.step in ("near", "search") and progress.value is not None and not first:
            first.append(progress.seconds)

    solved = api.solve(loaded, report=hear)
    rows, columns = solved.size
    yield f"## {name}"
    yield ""
    yield f"{len(loaded.case.positions)} posts, {len(loaded.case.people)} people, {columns} columns × {rows} rows."
    yield ""
    yield "| part | seconds |"
    yield "|---|---|"
    yield f"| read and check the input | {read - began:.2f} |"
    yield f"| candidates, columns and rows | {built - read:.2f} |"
    yield f"| first plan better than the status quo | {first[0]:.2f} |" if first else "| first plan | 0.00 |"
    yield f"| solve, all tiers | {solved.seconds:.1f} |"
    yield ""
    yield "| tier | value | bound | gap | bound from | seconds |"
    yield "|---|---|---|---|---|---|"
    for tier in solved.tiers:
        goals = ", ".join(tier.goals)
        yield f"| {goals} | {tier.value} | {tier.bound} | {tier.gap:.1%} | {tier.bound_from} | {tier.seconds:.1f} |"
    yield ""
    if what_if:
        yield from beside_its_parent(loaded, api.solve(path.with_name("scenario.yaml")))


def beside_its_parent(loaded: api.Loaded, parent: api.Solved) -> Iterator[str]:
    """A what-if anew and from the plan of before, in turn: the same work, the same run."""
    yield "| | all tiers, s | no goal got better after, s | decisions changed | names changed |"
    yield "|---|---|---|---|---|"
    before = keys_of(parent.plan)
    for label, given in (("anew", None), ("from the plan of before", parent)):
        last: dict[int, int] = {}
        better = [0.0]

        def hear(progress: Progress, last: dict[int, int] = last, better: list[float] = better) -> None:
            if progress.value is not None and progress.goals != LAST_TIER:
                if progress.value < last.get(progress.tier, progress.value):
                    better[0] = progress.seconds
                last[progress.tier] = progress.value

        solved = api.solve(loaded, parent=given, report=hear)
        changed = before ^ keys_of(solved.plan)
        names = sum(key[0] == "x" for key in changed)
        yield f"| {label} | {solved.seconds:.1f} | {better[0]:.1f} | {len(changed)} | {names} |"
    yield ""


def machine() -> Iterator[str]:
    """Where and with what it was measured."""
    versions = {name: importlib.metadata.version(name) for name in ("ortools", "highspy", "numpy", "scipy")}
    cores = len(os.sched_getaffinity(0))
    yield (
        f"{cores} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version}" for name, version in versions.items())
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*")
    parser.add_argument("--quick", action="store_true", help="the smallest of each kind, nothing written")
    parser.add_argument(
        "--provinces",
        nargs="*",
        metavar="POSTS:PEOPLE:SEED:SECONDS",
        help="generated cases, with the baselines",
    )
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--one-province", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one or given.one_province:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(given.one) if given.one else provinces.measure(Size.read(given.one_province), Path(folder))
            print("\n".join(found))
        child.end()  # counted only when they have ended
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        solvers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"Peak memory: {own // MEGABYTE} MB, the largest solver process {solvers // MEGABYTE} MB.\n")
        return
    lines = [
        "# Measured",
        "",
        "Made by `make bench`; the gap of every goal is proved by its bound. What was tried: [NOTES.md](NOTES.md).",
        "",
        *machine(),
        "",
    ]
    scenarios = given.scenarios or (QUICK_SCENARIOS if given.quick else SCENARIOS)
    sizes = given.provinces if given.provinces is not None else QUICK_PROVINCES if given.quick else PROVINCES
    orders = [("--one", name) for name in scenarios] + [("--one-province", size) for size in sizes]
    for order in orders:
        # A process each: peak memory is that of the scenario alone.
        command = [sys.executable, "-m", "benchmarks", *order]
        lines.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip())
        lines.append("")
        print(lines[-2])
    if not given.quick:
        RESULTS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
