"""Scenario files: `extends` merged before anything is checked, and what a scenario changes in the rulebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.domain.content import Content, Entry
from planner.domain.dates import Day, parse_day
from planner.domain.errors import Finding, InputError
from planner.domain.findings import Names, error, refused_values
from planner.domain.scenario import RuleOverride, Scenario
from planner.files.case import Place
from planner.files.content import find_content
from planner.files.workbook import is_workbook
from planner.files.yaml_source import YamlSource, read_yaml

BESIDE_EXTENDS = ("extends", "title", "rules", "edits")
"""All that a what-if may say. Another order of goals is a scenario of its own."""
SET_RULE = "set_rule"
_TREE_DEPTH = 3
MOST_YEARS = 30
"""Of a horizon: nobody plans longer, and a slip in a year makes hundreds of periods."""


class SetRule(RuleOverride):
    """The edit `set_rule`: an override with the id of its entry."""

    id: str


@dataclass(frozen=True)
class Edit:
    """An edit as it was written, with the place and the number of its file in the chain of `extends`."""

    name: str
    values: Mapping[str, Any]
    place: Place
    layer: int


@dataclass(frozen=True)
class ScenarioSource:
    """A scenario as it was read; `scenario` is None where it cannot be used, the rest is what can be told."""

    scenario: Scenario | None = None
    case: Path | None = None
    content: Path | None = None
    rulebook: str | None = None
    as_of: Day | None = None
    edits: tuple[Edit, ...] = ()
    rule_places: Mapping[str, Place] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_scenario(path: Path) -> ScenarioSource:
    """The scenario of a file, with everything that it extends. Findings are collected, nothing is raised."""
    findings: list[Finding] = []
    chain = _chain(path, findings)
    if not chain:
        return ScenarioSource(findings=tuple(findings))
    base_path, base = chain[0]
    data = {k: v for k, v in base.data.items() if k != "edits"}
    for _, source in chain[1:]:
        data |= {"title": source.data["title"]} if "title" in source.data else {}
    edits = [edit for layer, (_, source) in enumerate(chain) for edit in _edits(source, layer)]
    scenario = None
    try:
        scenario = Scenario.model_validate(data | {"edits": tuple((e.name, e.values) for e in edits), "path": path})
        if scenario.horizon.until <= scenario.as_of:
            base.error("finding.horizon_past", ("horizon", "until"), scenario.horizon.until, as_of=scenario.as_of)
        elif scenario.horizon.until.year - scenario.as_of.year > MOST_YEARS:
            base.error("finding.horizon_long", ("horizon", "until"), scenario.horizon.until, years=MOST_YEARS)
    except ValidationError as problem:
        base.refuse(problem.errors(), Scenario)
    for own in ("path",):
        if own in base.data:
            base.error("finding.unknown_key", (own,))
    tree = _tree(path)
    case = _case(base, base_path, tree)
    content = _content(base, base_path, tree)
    findings += [f for _, source in chain for f in source.findings]
    rulebook = data.get("rulebook")
    return ScenarioSource(
        scenario, case, content, rulebook if isinstance(rulebook, str) else None, _day(data.get("as_of")), tuple(edits),
        _rule_places(base), tuple(findings),
    )  # fmt: skip


def _day(value: object) -> Day | None:
    try:
        return parse_day(value)
    except ValueError:
        return None  # has its finding already


def _tree(path: Path) -> Path:
    """The scenario tree: the file's folder, or the topmost of the few above it that has a scenario.yaml."""
    folder = path.resolve().parent
    top = folder
    for parent in list(folder.parents)[:_TREE_DEPTH]:
        if (parent / "scenario.yaml").is_file():
            top = parent
    return top


def _chain(path: Path, findings: list[Finding]) -> list[tuple[Path, YamlSource]]:
    """The file and all that it extends, the base first; empty where the chain breaks."""
    tree = _tree(path)
    chain: list[tuple[Path, YamlSource]] = []
    read: list[Path] = []
    current = path
    while True:
        file = _name(current, tree)
        if not current.is_file():
            findings.append(error("finding.no_scenario_file", file))
            return []
        source = read_yaml(current, file)
        read.append(current.resolve())
        if not isinstance(source.data, dict) and not source.findings:
            source.error("finding.not_a_mapping")
        if source.findings:
            findings += [f for _, s in chain for f in s.findings] + source.findings
            return []
        chain.insert(0, (current, source))
        if "extends" not in source.data:
            return chain
        _only_what_if(source)
        following = _extended(source, current, tree, read)
        if following is None:
            findings += [f for _, s in chain for f in s.findings]
            return []
        current = following


def _name(path: Path, tree: Path) -> str:
    resolved = path.resolve()
    return resolved.relative_to(tree).as_posix() if resolved.is_relative_to(tree) else path.name


def _only_what_if(source: YamlSource) -> None:
    for key in source.data:
        if key not in BESIDE_EXTENDS:
            known = Names(BESIDE_EXTENDS).suggest(str(key))
            source.error("finding.beside_extends", (key,), None, known, choices=", ".join(BESIDE_EXTENDS))


def _extended(source: YamlSource, path: Path, tree: Path, read: list[Path]) -> Path | None:
    value = source.data["extends"]
    if not isinstance(value, str):
        source.error("finding.not_text", ("extends",), value)
        return None
    following = path.parent / value
    target = following.resolve()
    if Path(value).is_absolute() or not target.is_relative_to(tree):
        source.error("finding.outside_tree", ("extends",), value)
    elif target in read:
        names = [p.name for p in [*read[read.index(target) :], target]]
        source.error("finding.extends_circle", ("extends",), value, circle=" → ".join(names))
    elif not target.is_file():
        beside = [p.name for p in sorted(path.parent.glob("*.yaml"))]
        source.error("finding.no_extended", ("extends",), value, Names(beside).suggest(value))
    else:
        return following
    return None


def _edits(source: YamlSource, layer: int) -> list[Edit]:
    """The edits of one file. `rules` beside `extends` are edits too: they come after those that it extends."""
    edits: list[Edit] = []
    rules = source.data.get("rules") if layer else None
    if isinstance(rules, dict):
        for entry, values in rules.items():
            if isinstance(values, dict):
                place = Place(source.file, source.line(("rules", entry)))
                edits.append(Edit(SET_RULE, {"id": entry} | values, place, layer))
            else:
                source.error("finding.not_a_mapping", ("rules", entry))
    elif rules is not None:
        source.error("finding.not_a_mapping", ("rules",))
    items = source.data.get("edits")
    if items is not None and not isinstance(items, list):
        source.error("finding.not_a_list", ("edits",))
        items = None
    for i, item in enumerate(items or ()):
        if not isinstance(item, dict) or len(item) != 1 or not isinstance(next(iter(item.values())), dict):
            source.error("finding.one_edit", ("edits", i))
            continue
        ((name, values),) = item.items()
        edits.append(Edit(str(name), values, Place(source.file, source.line(("edits", i))), layer))
    return edits


def _case(source: YamlSource, path: Path, tree: Path) -> Path | None:
    value = source.data.get("case")
    if not isinstance(value, str):
        return None
    folder = path.parent / value
    if Path(value).is_absolute() or not folder.resolve().is_relative_to(tree):
        source.error("finding.outside_tree", ("case",), value)
        return None
    if not folder.is_dir() and not (is_workbook(folder) and folder.is_file()):
        beside = [p.name for p in sorted(path.parent.iterdir()) if p.is_dir() or is_workbook(p)]
        source.error("finding.no_case_folder", ("case",), value, Names(beside).suggest(value))
        return None
    return folder


def _content(source: YamlSource, path: Path, tree: Path) -> Path | None:
    value = source.data.get("content")
    if not isinstance(value, str):
        return None
    try:
        folder = find_content(value, path.parent)
    except InputError as problem:
        line = source.line(("content",))
        source.findings += [replace(f, file=source.file, row=line) for f in problem.findings]
        return None
    # A folder may lie beside the scenario's own folder, not further away.
    if "/" in value and not folder.resolve().is_relative_to(tree.parent):
        source.error("finding.outside_tree", ("content",), value)
        return None
    return folder


def _rule_places(base: YamlSource) -> dict[str, Place]:
    rules = base.data.get("rules")
    return {str(r): Place(base.file, base.line(("rules", r))) for r in rules} if isinstance(rules, dict) else {}


def rulebook_with_overrides(content: Content, source: ScenarioSource) -> tuple[Content, list[Finding]]:
    """The content with `rules` of the scenario and its `set_rule` edits in the rulebook, in order.

    Of `params` each named one is replaced; `force`, `from` and `until` replace where they are given.
    A changed entry bears the place of the change, so that a wrong parameter is found where it was written.
    """
    entries = {entry.id: entry for entry in content.rulebook}
    findings: list[Finding] = []
    overrides: list[tuple[str, RuleOverride, Place]] = []
    if source.scenario is not None:
        places = source.rule_places
        overrides += [(r, o, places.get(r, Place("scenario.yaml"))) for r, o in source.scenario.rules.items()]
    for edit in source.edits:
        if edit.name == SET_RULE:
            try:
                values = SetRule.model_validate(edit.values)
            except ValidationError as problem:
                findings += refused_values(problem, SetRule, edit.place.file, edit.place.line, edit.name)
            else:
                overrides.append((values.id, values, edit.place))
    names = Names(list(entries))
    for entry_id, override, place in overrides:
        if entry_id not in entries:
            near = names.suggest(entry_id)
            findings.append(error("finding.dangling", place.file, place.line, "id", entry_id, near, target="rules"))
            continue
        entries[entry_id] = _overridden(entries[entry_id], override, place)
    return replace(content, rulebook=tuple(entries.values())), findings


def _overridden(entry: Entry, override: RuleOverride, place: Place) -> Entry:
    given = override.model_fields_set
    changes: dict[str, Any] = {key: getattr(override, key) for key in ("force", "from_", "until") if key in given}
    if changes.get("force", "") is None:
        del changes["force"]
    if override.params:
        changes["params"] = {**entry.params, **override.params}
    return entry.model_copy(update=changes | {"file": place.file, "line": place.line})
