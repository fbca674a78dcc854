"""The layers of the architecture, where the import contracts of pyproject.toml cannot look: at run time."""

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# `planner.engine` loads its parts when asked, which no import contract sees: `planner.engine.child` starts the solvers.
SOLVER_FREE = (
    "assess", "charts", "continuity", "domain", "edits", "exporters",
    "files", "goals", "importers", "rules", "standing", "timeline", "verify",
)  # fmt: skip
IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(getattr(package, "__path__", []), package.__name__ + "."):
    importlib.import_module(module.name)
print(*sorted({"ortools", "highspy", "planner.engine.child"} & sys.modules.keys()))
"""


def contract(name: str) -> dict[str, list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return next(c for c in settings["tool"]["importlinter"]["contracts"] if c["name"] == name)


def exists(module: str) -> bool:
    return importlib.util.find_spec(f"planner.{module}") is not None


@pytest.mark.parametrize("module", [module for module in SOLVER_FREE if exists(module)])
def test_a_part_that_needs_no_solver_loads_none(module: str) -> None:
    fresh = [sys.executable, "-c", IMPORT_ALL, f"planner.{module}"]
    done = subprocess.run(fresh, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_the_import_contract_names_every_part_that_must_not_reach_a_solver() -> None:
    named = contract("What judges and writes loads no solver")["source_modules"]
    left_out = {f"planner.{module}" for module in SOLVER_FREE if exists(module)} - set(named)
    assert not left_out, "add these to the contract in pyproject.toml"


def test_a_solvers_process_starts_without_the_case_and_its_rules() -> None:
    """It is started anew after each solver that had to be killed, and the search waits for it."""
    loads = "import sys; import planner.engine.child, planner.engine.solvers; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True)
    needless = ("pydantic", "planner.domain.case", "planner.rules", "planner.problem", "planner.engine.tiers")
    assert not set(needless) & set(done.stdout.split())


def test_the_engine_offers_what_it_says_and_nothing_else() -> None:
    engine = importlib.import_module("planner.engine")
    assert all(callable(getattr(engine, name)) for name in engine.__all__)
    assert sorted(engine._MODULES) == sorted(engine.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        engine.nothing  # noqa: B018
