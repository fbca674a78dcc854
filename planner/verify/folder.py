"""Judging a written plan from its folder alone: files, hashes, tables, and then the plan itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.domain.case import TABLES
from planner.domain.errors import Finding, InputError
from planner.domain.findings import error
from planner.domain.plan import Plan
from planner.edits.load import Loaded, load
from planner.files.plan_folder import MANIFEST, PlanFolder, changed_inputs, plan_json, read_plan, tables_match
from planner.goals import ACTING, EMPTY, WITHOUT_SUCCESSOR
from planner.standing import Standing
from planner.timeline import replay
from planner.verify.judge import Judgement, claims, judge_plan, status_quo_of

MANIFEST_FACTS = (
    "scenario", "rulebook", "as_of", "until", "goal_weights", "rounds_not_decided", "tables_absent", "plan",
)  # fmt: skip
"""Keys of the manifest that follow from the folder itself: the verifier computes them anew."""

Tables = Callable[[Standing, Standing, Judgement], Mapping[str, str]]
"""CSV texts by file name from a standing, its status quo and its judgement; given by the exporters, a layer above."""


def manifest_facts(loaded: Loaded, before: Standing, plan: Plan) -> dict[str, Any]:
    """What a manifest must say of its plan, as `MANIFEST_FACTS` names it."""
    return {
        "scenario": loaded.scenario.title,
        "rulebook": loaded.content.rulebook_name,
        "as_of": loaded.horizon.as_of.isoformat(),
        "until": loaded.horizon.until.isoformat(),
        "goal_weights": {"empty": EMPTY, "acting": ACTING, "without_successor": WITHOUT_SUCCESSOR},
        "rounds_not_decided": list(before.ground.undecided_rounds),
        "tables_absent": [table for table in TABLES if table not in loaded.case.given],
        "plan": hashlib.sha256(plan_json(plan).encode()).hexdigest(),
    }


def verify_folder(folder: Path, tables: Tables) -> Judgement:
    """Read, rebuild, compare, judge. Raises InputError only where it is no plan folder.

    An input that was changed is refused even where the plan would hold for it.
    """
    written = read_plan(folder)
    findings = [error("finding.changed_input", name) for name in changed_inputs(written)]
    try:
        loaded = load(written.scenario)
        before = status_quo_of(loaded)
    except InputError as problem:
        return Judgement(findings=(*findings, *problem.findings), whole=False)
    judgement = judge_plan(written.plan, before, claims(loaded.scenario))
    findings += _manifest(written, loaded, before)
    if judgement.whole:
        standing = Standing(replay(before.expected, written.plan), before.bound)
        wrong = tables_match(folder, tables(standing, before, judgement))
        findings += [error("finding.table_differs", name) for name in wrong]
    return replace(judgement, findings=tuple(findings))


def _manifest(written: PlanFolder, loaded: Loaded, before: Standing) -> Iterator[Finding]:
    """Where the manifest says something else than the folder, or than arithmetic allows."""
    manifest = written.manifest
    for key, fact in manifest_facts(loaded, before, written.plan).items():
        if manifest.get(key) != fact:
            yield _differs(key, manifest.get(key), fact)
    claimed: dict[str, Any] = {}
    for tier in _list(manifest.get("tiers")):
        values = tier.get("values")
        claimed |= values if isinstance(values, dict) else {}
        if not _adds_up(tier):
            yield error("finding.tier_wrong", MANIFEST, None, "tiers", tier.get("goals"))
    for goal, value in written.plan.goals.items():
        if claimed.get(goal) != value:
            yield _differs(f"tiers.{goal}", claimed.get(goal), value)


def _differs(key: str, found: object, wanted: object) -> Finding:
    return error("finding.manifest_differs", MANIFEST, None, key, found, wanted=wanted)


def _list(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _adds_up(tier: Mapping[str, Any]) -> bool:
    """The value of a tier is the sum of its goals, its bound not above, its gap as the formula says."""
    values, value, bound, gap = (tier.get(key) for key in ("values", "value", "bound", "gap"))
    if not (isinstance(values, dict) and isinstance(value, int) and isinstance(bound, int)):
        return False
    if not all(isinstance(v, int) for v in values.values()) or not isinstance(gap, int | float):
        return False
    return sum(values.values()) == value and bound <= value and abs(gap - (value - bound) / max(value, 1)) < 1e-6
