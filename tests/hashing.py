"""Another process, in which sets of words come in another order."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def said(call: Sequence[str], seed: int) -> str:
    """What Python prints, run with these arguments from the project's folder, where words are hashed by the seed."""
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *call], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout
