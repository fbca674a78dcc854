"""Plans of the planner as it was before its proposals were ranked by suitability, list, unit and time (issue 35).

The same case goes to both versions; content set, rulebook and goals are each version's own.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks.family import Case, key_of, run_planner, scenario_path
from planner.domain.plan import Plan
from planner.files.plan_folder import read_plan

COMMIT = "ecd3ae6"
CASE = "case"
ROOT = Path(__file__).parents[1]


def plan_of(case: Case, seconds: float, folder: Path) -> Plan:
    """The older planner's plan of the case as the present one reads it; once for all runs with the same folder."""
    out = folder / "older-plans" / key_of(case).replace("/", "-")
    if not out.exists():
        out.parent.mkdir(exist_ok=True)
        scenario = _scenario(case, _tree(folder), folder)
        run_planner(["run", str(scenario), "--out", str(out), "--seconds", f"{seconds:g}"], folder / "older")
    return read_plan(out).plan


def _tree(folder: Path) -> Path:
    """The older source, unpacked."""
    tree = folder / "older"
    if not tree.exists():
        tree.mkdir()
        archive = subprocess.run(["git", "archive", COMMIT], cwd=ROOT, check=True, stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", str(tree)], input=archive.stdout, check=True)
    return tree


def _scenario(case: Case, tree: Path, folder: Path) -> Path:
    """The older scenario, with the older content, over the tables of the present case."""
    if isinstance(case, str):
        present = scenario_path(case)
        older = tree / present.relative_to(ROOT)
    else:
        present = case.generated(folder)
        (folder / "older-cases").mkdir(exist_ok=True)
        older = case.generated(folder / "older-cases", tree)
    shutil.rmtree(older.parent / CASE)
    shutil.copytree(present.parent / CASE, older.parent / CASE)
    return older
