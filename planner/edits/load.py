"""A scenario with its case and content, ready to be solved: every problem of all of them in one error.

It stands with the edits and not with the files, because it applies them and `files` lies below.
"""

from dataclasses import dataclass
from pathlib import Path

from planner.domain.case import Case
from planner.domain.collector import collector_at_rest
from planner.domain.content import Content
from planner.domain.errors import Finding, InputError
from planner.domain.findings import is_error
from planner.domain.horizon import Horizon
from planner.domain.scenario import Scenario
from planner.edits.registry import apply_edits
from planner.files.case import CaseSource, read_case
from planner.files.catalogue import fill_from_catalogue
from planner.files.content import ContentSource, read_content, vocabulary_of
from planner.files.references import check_case
from planner.files.scenario import ScenarioSource, read_scenario, rulebook_with_overrides
from planner.files.titles import fill_from_titles


@dataclass(frozen=True)
class Loaded:
    """What a run starts from. The case has the edits, the rulebook has the overrides."""

    scenario: Scenario
    case: Case
    content: Content
    warnings: tuple[Finding, ...] = ()

    @property
    def horizon(self) -> Horizon:
        return Horizon(self.scenario.as_of, self.scenario.horizon.until)


@dataclass(frozen=True)
class Inspected:
    """What could be read, and every finding; `loaded` is None where one is an error.

    `content` is there also then, where its rulebook could be read: its rules can be checked all the same.
    """

    loaded: Loaded | None
    findings: tuple[Finding, ...]
    content: Content | None = None


def load(path: Path) -> Loaded:
    """The scenario of a file. Raises one InputError with every problem.

    Rule parameters are raw still: `rules.registry.bind` checks them; `check` adds its findings to `inspect`'s.
    """
    inspected = inspect(path)
    if inspected.loaded is None:
        raise InputError(inspected.findings)
    return inspected.loaded


def inspect(path: Path) -> Inspected:
    """Everything that can be said of a scenario without its rules, nothing raised."""
    with collector_at_rest():
        return _inspected(path)


def _inspected(path: Path) -> Inspected:
    source = read_scenario(path)
    findings = list(source.findings)
    content = read_content(source.content, source.rulebook) if source.content and source.rulebook else None
    case = read_case(source.case, vocabulary_of(content) if content else None) if source.case else None
    if case is not None and content is not None:
        case = fill_from_catalogue(fill_from_titles(case, content), content.content)
    final_content = _content(source, content, findings)
    final_case = _case(source, case, content, findings)
    complete = source.scenario and final_case and final_content and not any(map(is_error, findings))
    if not (complete and source.scenario and final_case and final_content):
        return Inspected(None, tuple(findings), final_content)
    loaded = Loaded(source.scenario, final_case, final_content, tuple(findings))
    return Inspected(loaded, tuple(findings), final_content)


def _content(source: ScenarioSource, read: ContentSource | None, findings: list[Finding]) -> Content | None:
    if read is None:
        return None
    findings += read.findings
    if "rules" in read.broken:
        return read.content
    content, problems = rulebook_with_overrides(read.content, source)
    findings += problems
    return content


def _case(
    source: ScenarioSource, read: CaseSource | None, content: ContentSource | None, findings: list[Finding]
) -> Case | None:
    if read is None:
        return None
    findings += read.findings
    findings += check_case(read, content, source.as_of)
    whole = content.content if content is not None and not content.broken else None
    case, problems = apply_edits(read.case, source.edits, whole)
    findings += problems
    return case
