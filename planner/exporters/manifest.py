"""`manifest.json`: from what a plan was made, by which versions, and how far each goal is proved."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Any

import planner
from planner.domain.messages import tr
from planner.domain.plan import Plan
from planner.edits.load import Loaded
from planner.files.plan_folder import input_hashes, json_text
from planner.standing import Standing
from planner.verify import manifest_facts

if TYPE_CHECKING:
    from planner.engine.result import TierResult

MANIFEST_FORMAT = 1
SOLVERS = ("ortools", "highspy")
RESTRICTIONS = ("text.restriction_one_move", "text.restriction_one_round", "text.restriction_rotation_length")
"""What the model itself leaves out; the bounds hold for plans within it."""


def manifest(
    loaded: Loaded,
    before: Standing,
    plan: Plan,
    tiers: Sequence[TierResult],
    *,
    seconds: float,
    interrupted: bool,
    short_of_memory: bool,
    proved: bool,
    size: tuple[int, int],
    inputs: Mapping[str, str],
) -> str:
    """The manifest as text; `size` = rows and columns of the program, `inputs` = the files of `input/`."""
    solve = loaded.scenario.solve
    data: dict[str, Any] = {
        "format": MANIFEST_FORMAT,
        "made_at": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        "versions": versions(),
        **manifest_facts(loaded, before, plan),
        "content": loaded.content.name,
        "goals": [list(tier) for tier in loaded.scenario.goals],
        "seed": solve.seed,
        "solve": solve.model_dump(mode="json", exclude_none=True),
        "seconds": round(seconds, 2),
        "interrupted": interrupted,
        "short_of_memory": short_of_memory,
        "proved": proved,
        "rows": size[0],
        "columns": size[1],
        "tiers": [tier_facts(tier) for tier in tiers],
        "restrictions": [tr(code) for code in RESTRICTIONS],
        "inputs": input_hashes(inputs),
    }
    return json_text(data)


def versions() -> dict[str, str]:
    """Of this program, of Python and of the solvers: read from the packages, none is loaded."""
    return {
        "planner": planner.__version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in SOLVERS},
    }


def tier_facts(tier: TierResult) -> dict[str, Any]:
    """A tier for machines: goals with their values and plain counts, and the proof of their sum."""
    return {
        "goals": list(tier.goals),
        "values": dict(tier.values),
        "parts": {goal: dict(parts) for goal, parts in tier.parts.items()},
        "value": tier.value,
        "bound": tier.bound,
        "gap": round(tier.gap, 9),
        "wanted_gap": tier.wanted_gap,
        "proved": tier.proved,
        "bound_from": tier.bound_from,
        "seconds": round(tier.seconds, 2),
    }
