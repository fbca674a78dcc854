"""The solver's process starts wherever the program was started from, and ends with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from planner.engine.child import Child, borrowed, cancel_all, race
from planner.engine.solvers_spec import Found, Relaxed, SearchSpec
from planner.program.arrays import Arrays

ROOT = Path(__file__).parents[2]
SCRIPT = """
from planner import api
print("once")
print(api.solve("first-office").plan.goals["heads"])
"""


@pytest.mark.parametrize("from_file", [True, False], ids=["a script without a main guard", "standard input"])
def test_a_plain_script_may_solve(tmp_path: Path, from_file: bool) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    call = [sys.executable, str(script)] if from_file else [sys.executable, "-"]
    done = subprocess.run(
        call,
        input="" if from_file else SCRIPT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout.split()) == (0, ["once", "19"]), done.stderr


ENDLESS = """
import sys, time
import numpy as np
import scipy.sparse as sp
from planner.engine.child import Child
from planner.engine.solvers_spec import SearchSpec
from planner.program.arrays import Arrays

# A market split: to share 60 shops between two firms so that each gets half of all of seven goods. None can in a day.
sold = np.random.default_rng(1).integers(0, 100, (7, 60)).astype(float)
half = np.floor(sold.sum(1) / 2)
arrays = Arrays(sp.csr_array(sold), half, half, np.zeros(60), np.ones(60), np.ones(60, bool))
child = Child()
child.begin(sys.argv[1], (arrays, np.zeros(60), None, SearchSpec(None, None, 0.0, 0.0, 1)))
print(child._process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system of Linux for a process")
@pytest.mark.parametrize("solver", ["search", "search_by_clauses"])
def test_a_solver_ends_when_its_parent_is_killed(solver: str) -> None:
    words = [sys.executable, "-c", ENDLESS, solver]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        until = time.monotonic() + 60
        while _seconds(child) < 2.5 and time.monotonic() < until:  # it has read the program and solves
            time.sleep(0.1)
        assert _seconds(child) >= 2.5
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while _seconds(child) >= 0 and time.monotonic() < until:
        time.sleep(0.1)
    ended = _seconds(child) < 0
    if not ended:
        os.kill(child, signal.SIGKILL)
    assert ended


def _seconds(process: int) -> float:
    """What it has used of the processor; -1 where there is none, or it has ended."""
    try:
        words = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return -1.0
    return -1.0 if words[0] == "Z" else (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def test_a_child_that_was_killed_is_cancelled_without_being_asked() -> None:
    """Killed while it looks at the event it would hold it for ever."""
    one = Child()
    one.start()
    assert one.pid is not None
    one._busy = True
    os.kill(one.pid, signal.SIGKILL)
    assert one._process is not None
    one._process.join()
    assert one._cancel is not None
    with one._cancel._cond:  # type: ignore[attr-defined]  # as a dead process holds it
        one.cancel()
    assert one.pid is None
    assert one.connection is None


def test_children_have_the_same_time_to_obey_and_who_has_ended_is_not_killed() -> None:
    """One after the other they would take twice as long. The first is deaf, the second has said its last word."""
    children = deaf, done = Child(), Child()
    sides = np.zeros(1), np.ones(1)
    arrays = Arrays(sp.csr_array(np.ones((1, 1))), *sides, *sides, np.ones(1, bool))
    try:
        done.begin("relax", (arrays, np.ones(1), None))
        deaf.start()
        deaf._busy = True
        assert done.connection is not None
        assert done.connection.poll(60)
        process = done.pid
        cancel_all(children, grace=0.0)
        assert deaf.pid is None
        assert done.pid == process
        assert not done.is_busy
    finally:
        for child in children:
            child.kill()


def test_a_race_takes_no_child_that_is_at_something_else() -> None:
    """Its word would be taken for that of the race."""
    sides = np.zeros(1), np.ones(1)
    arrays = Arrays(sp.csr_array(np.ones((1, 1))), *sides, *sides, np.ones(1, bool))
    call = ("relax", (arrays, np.ones(1), None))
    (child,) = borrowed(1)
    child.begin(*call)
    try:
        found = race([("search", (arrays, np.ones(1), None, SearchSpec(None, None, 0.0, 0.0, 1)))], seconds=60)
        assert isinstance(found, Found)
        assert borrowed(1) != [child]
        assert isinstance(child.receive()[1], Relaxed)
        assert borrowed(1) == [child]
    finally:
        child.cancel()
