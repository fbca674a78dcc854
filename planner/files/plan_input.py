"""What a plan was made from, as files: a scenario without edits, the case after them, the content with one rulebook.

`load` of `input/scenario.yaml` gives the same case and content again, so that a plan can be judged on its own.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from planner.domain.case import Case
from planner.domain.content import Content, Entry
from planner.domain.scenario import Scenario
from planner.domain.suitability import PLAIN
from planner.files.case import case_tables
from planner.files.plan_folder import INPUT
from planner.files.yaml_text import yaml_text


def input_files(scenario: Scenario, case: Case, content: Content) -> dict[str, str]:
    """The files of `input/` by their paths within the plan folder. `case` has the edits, `content` the overrides."""
    name = content.name or "content"
    files = {f"case/{table}": text for table, text in case_tables(case).items()}
    files |= {f"content/{name}/{file}": text for file, text in content_files(content).items()}
    files["scenario.yaml"] = _scenario(scenario, f"content/{name}", content.rulebook_name)
    return {f"{INPUT}/{path}": files[path] for path in sorted(files)}


def content_files(content: Content) -> dict[str, str]:
    """A content set by file name, with the one rulebook that it was read with."""
    files = {
        "competencies.yaml": yaml_text({"competencies": _records(content.competencies)}),
        "ranks.yaml": yaml_text(
            {"ranks": _records(content.ranks)}
            | ({"field_families": dict(content.field_families)} if content.field_families else {})
            | ({"fields": _records(content.fields)} if content.fields else {})
        ),
        "retirement.yaml": yaml_text({"by_birth_month": _records(content.retirement)}),
        "standards/standards.yaml": yaml_text({"standards": _records(content.standards)}),
        f"rulebooks/{content.rulebook_name}.yaml": yaml_text({"entries": _entries(content.rulebook)}),
    } | ({"titles.yaml": yaml_text({"titles": _records(content.titles.titles)})} if content.titles.titles else {})
    if content.courses:
        files["courses.yaml"] = yaml_text({"courses": _records(content.courses)})
    if content.ratings:
        files["indicators/ratings.yaml"] = yaml_text({"ratings": _records(content.ratings)})
    if content.words.columns or content.words.levels or content.words.headings:
        files["words.yaml"] = yaml_text(content.words.model_dump(mode="json", exclude_none=True))
    if content.suitability != PLAIN:
        files["suitability.yaml"] = yaml_text(content.suitability.model_dump(mode="json", exclude_none=True))
    if content.indicator_sets:
        files["indicators/sets.yaml"] = yaml_text({"sets": _records(content.indicator_sets)})
    return files


def _scenario(scenario: Scenario, content: str, rulebook: str) -> str:
    data = scenario.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"path", "edits", "rules"})
    return yaml_text(data | {"case": "case", "content": content, "rulebook": rulebook})


def _records(records: Iterable[BaseModel]) -> list[dict[str, Any]]:
    # Where an entry stood is not part of it: it is read anew.
    return [r.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"line", "file"}) for r in records]


def _entries(rulebook: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries as they were written: of parameters the keys too, which JSON would make text of."""
    entries = tuple(rulebook)
    return [
        record | {key: _plain(getattr(entry, key)) for key in ("params", "applies_to") if key in record}
        for entry, record in zip(entries, _records(entries), strict=True)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
