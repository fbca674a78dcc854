"""The same work whatever the planner is: how fast the machine is at the time of a run.

A virtual machine has been seen to take twice as long from one day to the next: seconds of two records are compared by
this.
"""

from __future__ import annotations

import multiprocessing
import os
import time

import highspy
import numpy as np

CORES = 2
ITEMS = 400_000
"""Of what is walked in Python, twice in each round."""

ROUNDS = 3
ROWS, COLUMNS, IN_COLUMN = 600, 4_000, 6
"""Of the program that is solved once in each round."""

OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",
    "solver": "simplex",
    "random_seed": 1,
}


def yardstick() -> float:
    """Seconds that both cores take for it at once: of several rounds of each the least, of the cores the greater."""
    with multiprocessing.get_context("spawn").Pool(CORES, _be_quiet) as pool:
        return max(pool.map(_least, range(CORES), chunksize=1))


def _be_quiet() -> None:
    """HiGHS tells its name before it can be asked not to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _least(_: int) -> float:
    return min(_seconds_of_a_round() for _ in range(ROUNDS))


def _seconds_of_a_round() -> float:
    began = time.perf_counter()
    _walk()
    _solve()
    return time.perf_counter() - began


def _walk() -> int:
    """Tuples as keys, and their sum: what reading a case and building its program do most."""
    found = {(number % 997, number): number for number in range(ITEMS)}
    return sum(value for (rest, _), value in found.items() if rest)


def _solve() -> float:
    """A covering program by the simplex method."""
    chance = np.random.default_rng(1)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = COLUMNS, ROWS
    program.col_cost_ = chance.integers(1, 100, COLUMNS).astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(COLUMNS), np.ones(COLUMNS)
    program.row_lower_, program.row_upper_ = np.full(ROWS, 8.0), np.full(ROWS, highspy.kHighsInf)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(COLUMNS + 1) * IN_COLUMN
    program.a_matrix_.index_ = np.concatenate(
        [np.sort(chance.choice(ROWS, IN_COLUMN, replace=False)) for _ in range(COLUMNS)]
    )
    program.a_matrix_.value_ = np.ones(COLUMNS * IN_COLUMN)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(program)
    solver.run()
    return float(solver.getInfo().objective_function_value)
