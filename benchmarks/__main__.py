"""Measure what has no record of the planner as it is, then write RESULTS.md and its pictures from all records.

`python -m benchmarks` measures everything, which takes hours; `--only province-300` what has that in its name,
`--quick` the smallest of each kind in two minutes, printed and not kept, `--report` nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import report
from benchmarks.family import DEPARTMENT, SCENARIOS, SEEDS, SIZES, VARIANTS, Case, Province, key_of
from benchmarks.measure import records
from benchmarks.record import (
    ENGINE,
    FROM_BEFORE,
    PROPOSALS,
    PROPOSALS_BEFORE,
    WITHOUT,
    Record,
    is_baseline,
    read_all,
    source,
)

HERE = Path(__file__).parent
RUNS = 3
GREEDY = ("greedy-fit", "greedy-readiness")
TEXTBOOK = ("textbook-cp-sat", "textbook-highs", "textbook-scip")
BUDGETS = (10.0, 60.0, 300.0)
"""Seconds that the engine and every baseline get for the same case."""

LEFT_OUT = (
    "groups in the bound",
    "naming moves",
    "the search of what the relaxation uses",
    "a tilt",
    "merged columns",
    "leaving out what cannot matter",
    "cuts",
    "mending",
    "prices of the tiers before",
    "what later tiers use",
    "the search of parts",
    "the search of all that is named",
)
"""Steps of the engine whose worth is measured by leaving each out."""


@dataclass(frozen=True)
class Order:
    """One process."""

    case: Case
    who: str
    seconds: float
    run: int = 1

    @property
    def text(self) -> str:
        return f"{key_of(self.case)} {self.who} {self.seconds:g}s {self.run}"

    @property
    def is_measured(self) -> bool:
        """Whether there is a record of the planner as it is; baselines are not the planner's."""
        path = Record(key_of(self.case), self.who, self.seconds, self.run, "", "", "").path
        if not path.exists():
            return False
        return is_baseline(self.who) or Record.load(path).source == source()


def orders() -> list[Order]:
    """All, in the order of their worth."""
    small, middle, large, largest = (Province(*size) for size in SIZES)
    found = [Order(name, ENGINE, 90.0) for name in SCENARIOS]
    for who in (PROPOSALS_BEFORE, PROPOSALS):
        found.append(Order(DEPARTMENT, who, 90.0))
        found += [Order(replace(middle, seed=seed), who, 120.0) for seed in SEEDS]
    what_ifs = [Order(name, FROM_BEFORE, 90.0) for name in SCENARIOS if "/" in name]
    what_ifs += [Order(case, FROM_BEFORE, 120.0 if case != large else 300.0) for case in (small, middle, large)]
    for run in range(1, RUNS + 1):
        for seed in SEEDS:
            found.append(Order(replace(large, seed=seed), ENGINE, 300.0, run))
            found.append(Order(replace(middle, seed=seed), ENGINE, 120.0, run))
            found.append(Order(replace(small, seed=seed), ENGINE, 60.0, run))
    found += [Order(replace(largest, seed=seed), ENGINE, 900.0) for seed in SEEDS]
    found += what_ifs
    for case in (small, middle, large):
        for seconds in BUDGETS:
            found += [Order(case, who, seconds) for who in (*GREEDY, *TEXTBOOK)]
            found.append(Order(case, ENGINE, seconds))
    found += [Order(case, ENGINE, 120.0) for case in VARIANTS]
    # Other seeds and cases at 60 s: the engine's plan of that second is told by its longer run.
    others = [replace(case, seed=seed) for case in (middle, large) for seed in SEEDS[1:]]
    found += [Order(case, who, BUDGETS[1]) for case in (*others, *VARIANTS) for who in (*GREEDY, *TEXTBOOK)]
    found += [Order(largest, who, BUDGETS[2]) for who in GREEDY]
    found += [Order(middle, WITHOUT + step, 120.0) for step in LEFT_OUT]
    for run in range(2, RUNS + 1):
        found += [replace(order, run=run) for order in what_ifs]
        found += [Order(replace(largest, seed=seed), ENGINE, 900.0, run) for seed in SEEDS]
    return list(dict.fromkeys(found))


QUICK = (
    Order("first-office", ENGINE, 60.0),
    Order("department/giam-doc-nghi-som", FROM_BEFORE, 60.0),
    Order(Province(60, 250), ENGINE, 20.0),
    Order(Province(60, 250), GREEDY[0], 20.0),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the smallest of each kind, nothing written")
    parser.add_argument("--only", metavar="WORD", nargs="*", help="what has all these words in its name")
    parser.add_argument("--report", action="store_true", help="measure nothing")
    parser.add_argument("--list", action="store_true", help="what there is to measure, and what of it is measured")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    wanted = QUICK if given.quick else orders()
    if given.one is not None:
        order = wanted[given.one]
        for found in records(order.case, order.who, order.seconds, order.run, given.folder):
            if given.quick:
                print("\n".join(report.of_one(found)))
            else:
                found.save()
        return
    asked = {n: order for n, order in enumerate(wanted) if all(word in order.text for word in given.only or ())}
    if given.list:
        print("\n".join(f"{'measured' if order.is_measured else '-':9} {order.text}" for order in asked.values()))
        return
    with tempfile.TemporaryDirectory() as folder:
        for number, order in asked.items() if not given.report else ():
            if not given.quick and order.is_measured:
                continue
            print(order.text, flush=True)
            if isinstance(order.case, Province):
                order.case.generated(Path(folder))  # here, so that its memory is not counted
            command = [sys.executable, "-m", "benchmarks", "--one", str(number), "--folder", folder]
            subprocess.run([*command, *(["--quick"] if given.quick else [])], check=False)
    if not given.quick:
        report.write(read_all(), HERE)


if __name__ == "__main__":
    main()
