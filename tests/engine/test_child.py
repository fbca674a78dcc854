"""The solver's process starts wherever the program was started from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
