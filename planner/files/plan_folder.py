"""The plan folder: `plan.json`, tables, `manifest.json` and `input/`, written whole or not at all.

A folder is made beside its place and renamed into it; only its owner may read it. A plan that is there already is
replaced when that was asked for; a folder that is no plan never is.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.domain.errors import Finding, InputError
from planner.domain.findings import error, refused
from planner.domain.plan import PLAN_FORMAT, Plan
from planner.files.whole import write_whole
from planner.files.yaml_source import written

PLAN, MANIFEST, INPUT, PROOF = "plan.json", "manifest.json", "input", "proof.npz"
SCENARIO = f"{INPUT}/scenario.yaml"
KIND = "planner plan"
"""Stands in plan.json, so that a folder of another program is never taken for one of ours, and replaced."""


@dataclass(frozen=True)
class PlanFolder:
    """A plan as it was read. `scenario` is the file in `input/`, which `load` reads like any other.

    `proof` is for a what-if that begins with the plan, and may be missing: nothing is claimed by it.
    """

    folder: Path
    plan: Plan
    manifest: Mapping[str, Any]
    proof: bytes | None = None

    @property
    def scenario(self) -> Path:
        return self.folder / SCENARIO


def plan_json(plan: Plan) -> str:
    """The plan as text; equal plans give equal text."""
    return json_text({"kind": KIND} | plan.model_dump(mode="json"))


def json_text(data: Mapping[str, Any]) -> str:
    """JSON as we write it: UTF-8 letters as they are, one value a line."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False, default=str) + "\n"


def check_target(folder: Path, replace: bool) -> None:
    """Raises InputError where `write_plan` would: to be asked before a long run, not after it."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if not folder.is_dir() or _kind(folder) != KIND:
        raise InputError([error("finding.not_ours", str(folder))])
    if not replace:
        raise InputError([error("finding.plan_exists", str(folder))])


def _kind(folder: Path) -> object:
    try:
        data = json.loads((folder / PLAN).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return data.get("kind") if isinstance(data, dict) else None


def write_plan(folder: Path, files: Mapping[str, str | bytes], replace: bool = False) -> None:
    """A plan folder from the text of its files by their paths within it (`plan.json`, `input/case/units.csv`).

    Nothing is left of it where anything goes wrong, and an older plan stays as it was.
    """
    check_target(folder, replace)
    write_whole(folder, files)


def read_plan(folder: Path) -> PlanFolder:
    """The plan of a folder. Raises InputError where it is no plan folder, or one of another format."""
    plan = folder / PLAN
    if not plan.is_file():
        raise InputError([error("finding.no_plan", str(folder))])
    data = _read_json(plan)
    if data.pop("kind", None) != KIND:
        raise InputError([error("finding.no_plan", str(folder))])
    if data.get("format") != PLAN_FORMAT:
        raise InputError([error("finding.plan_format", PLAN, None, "format", data.get("format"), wanted=PLAN_FORMAT)])
    try:
        record = Plan.model_validate(data)
    except ValidationError as problem:
        raise InputError(_refused(problem)) from problem
    findings = [
        error("finding.missing_plan_file", name) for name in (MANIFEST, SCENARIO) if not (folder / name).is_file()
    ]
    if findings:
        raise InputError(findings)
    proof = folder / PROOF
    return PlanFolder(folder, record, _read_json(folder / MANIFEST), proof.read_bytes() if proof.is_file() else None)


def _refused(problem: ValidationError) -> list[Finding]:
    findings = []
    for details in problem.errors():
        code, values, suggestion = refused(details)
        shown = None if isinstance(details["input"], dict | list) else details["input"]
        findings.append(error(code, PLAN, None, written(details["loc"]), shown, suggestion, **values))
    return findings


def _read_json(path: Path) -> dict[str, Any]:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(items)
        if len(values) < len(items):
            raise ValueError("a key is there twice")
        return values

    def constant(text: str) -> None:
        raise ValueError(f"{text} is not a number")

    try:
        data = json.loads(path.read_bytes(), object_pairs_hook=pairs, parse_constant=constant)
    except (OSError, ValueError, RecursionError) as problem:
        raise InputError([error("finding.broken_json", path.name, text=problem)]) from problem
    if not isinstance(data, dict):
        raise InputError([error("finding.not_a_mapping", path.name)])
    return data


def tables_match(folder: Path, expected: Mapping[str, str]) -> tuple[str, ...]:
    """The CSV tables of a plan folder that are not, byte for byte, what the plan gives: changed, missing or added."""
    there = {path.name for path in folder.glob("*.csv")}
    wrong = there ^ set(expected)
    wrong |= {n for n in there & set(expected) if (folder / n).read_bytes() != expected[n].encode()}
    return tuple(sorted(wrong))


def input_hashes(files: Mapping[str, str | bytes]) -> dict[str, str]:
    """SHA-256 of each file under `input/`, for the manifest."""
    return {
        name: hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
        for name, text in sorted(files.items())
        if name.startswith(f"{INPUT}/")
    }


def changed_inputs(plan: PlanFolder) -> tuple[str, ...]:
    """The files under `input/` that are not those of the manifest: changed, missing or added since it was written."""
    files = {p.relative_to(plan.folder).as_posix(): p for p in (plan.folder / INPUT).rglob("*") if p.is_file()}
    now = input_hashes({name: path.read_bytes() for name, path in files.items()})
    said = plan.manifest.get("inputs")
    then = said if isinstance(said, dict) else {}
    return tuple(sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name)))
