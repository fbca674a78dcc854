"""`python -m benchmarks.baselines SCENARIO --seconds 60 --only greedy-fit,textbook-cp-sat`: a table of goal values."""

from __future__ import annotations

import argparse

from benchmarks.baselines.outcome import BASELINES, Outcome, judged, run
from planner import api
from planner.edits.load import Loaded
from planner.verify.judge import status_quo_of


def row(outcome: Outcome) -> list[str]:
    """The cells of one line."""
    verdict = "yes" if outcome.lawful else "NO"
    bound = "-" if outcome.bound is None else str(outcome.bound)
    return [outcome.name, *map(str, outcome.values.values()), bound, verdict, f"{outcome.seconds:.1f}"]


def table(lines: list[list[str]]) -> str:
    """Columns of equal width, names to the left, figures to the right."""
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def outcomes(loaded: Loaded, names: list[str], seconds: float) -> list[Outcome]:
    """The status quo, which is what doing nothing gives, then each baseline."""
    found = [judged("status quo", loaded, status_quo_of(loaded), (), 0.0)]
    for name in names:
        found.append(run(name, loaded, seconds))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.baselines", description=__doc__)
    parser.add_argument("scenario", help="a shipped scenario by name, or the path of one")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each baseline")
    parser.add_argument("--only", default=",".join(BASELINES), help=f"some of {', '.join(BASELINES)}")
    given = parser.parse_args()
    names = [name.strip() for name in given.only.split(",") if name.strip()]
    unknown = [name for name in names if name not in BASELINES]
    if unknown:
        parser.error(f"no baseline {', '.join(unknown)}; there are {', '.join(BASELINES)}")
    loaded = api.load(given.scenario)
    found = outcomes(loaded, names, given.seconds)
    print(table([["", *found[0].values, "bound", "lawful", "seconds"], *map(row, found)]))
    for outcome in found:
        for note in outcome.notes:
            print(f"{outcome.name}: {note}")


if __name__ == "__main__":
    main()
