"""The notebook's door, and the path of a run from files to a plan folder.

from planner import api
solved = api.solve("first-office")
solved.appointments()
later = api.solve(api.what_if(api.load("first-office"), ("leaves", {"person_id": "ben", "from": "2027-01-01"})))
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner import charts
from planner.assess import Assessment
from planner.assess import assess as assess_case
from planner.domain.case import Case
from planner.domain.content import Content
from planner.domain.errors import Finding, InputError, VerificationError
from planner.domain.findings import is_error
from planner.domain.messages import Language, finding_text, number_text, percent_text, tr
from planner.domain.plan import Plan
from planner.edits import load as edits_load
from planner.edits.load import Inspected, Loaded
from planner.edits.registry import apply_edits
from planner.exporters import TABLES, View, csv_files, plan_table
from planner.exporters.blank_case import write_blank_case
from planner.exporters.cells import check_file
from planner.exporters.first_scenario import first_scenario
from planner.exporters.manifest import manifest, tier_facts
from planner.exporters.verdict import verdict_lines
from planner.files.case import CaseSource, Place, is_case, read_case
from planner.files.changes import Change, changes
from planner.files.content import find_content, find_scenario, read_content, shipped_vocabulary, vocabulary_of
from planner.files.plan_folder import (
    MANIFEST,
    PLAN,
    PROOF,
    PlanFolder,
    check_target,
    plan_json,
    read_plan,
    write_plan,
)
from planner.files.plan_input import input_files
from planner.files.references import check_case
from planner.files.scenario import Edit as WrittenEdit
from planner.files.scenario import ScenarioSource, read_scenario, rulebook_with_overrides
from planner.files.vocabulary import Vocabulary
from planner.files.whole import write_text
from planner.files.workbook import WORKBOOK
from planner.goals import LAST_TIER
from planner.rules.registry import check_rulebook
from planner.standing import Standing
from planner.studies import Comparison, Side
from planner.studies import compare as compare_sides
from planner.studies.compare import value_text
from planner.timeline import replay
from planner.verify import Judgement, claims, judge, status_quo_of
from planner.verify import verify_folder as _verify_folder

if TYPE_CHECKING:
    from planner.engine.result import Progress, TierResult

EditValues = tuple[str, Mapping[str, Any]]
"""An edit by name with its values, as a scenario file has it: `("leaves", {"person_id": …, "from": …})`."""

LOG = "log.txt"
REJECTED = ".rejected"


# ---- reading ----------------------------------------------------------------------------------------------------


def inspect(path_or_name: str | Path) -> Inspected:
    """Everything that can be said of a scenario, its rules included; nothing is raised but that there is none."""
    inspected = edits_load.inspect(find_scenario(path_or_name))
    findings = [*inspected.findings, *(check_rulebook(inspected.content) if inspected.content else ())]
    usable = inspected.loaded if not any(map(is_error, findings)) else None
    return replace(inspected, loaded=usable, findings=tuple(findings))


def load(path_or_name: str | Path) -> Loaded:
    """A scenario by its path or by the name of one of ours. Raises one InputError with every problem."""
    inspected = inspect(path_or_name)
    if inspected.loaded is None:
        raise InputError(inspected.findings)
    return inspected.loaded


def what_if(loaded: Loaded, *edits: EditValues, title: str | None = None) -> Loaded:
    """The scenario with more edits. Raises InputError where one of them cannot be."""
    written = [WrittenEdit(name, dict(values), Place(f"what-if {n}"), 1) for n, (name, values) in enumerate(edits, 1)]
    case, findings = apply_edits(loaded.case, written, loaded.content)
    content, problems = _content(loaded.content, written)
    findings = [*findings, *problems, *check_rulebook(content)]
    if any(map(is_error, findings)):
        raise InputError(findings)
    applied = (*loaded.scenario.edits, *((e.name, e.values) for e in written))
    scenario = loaded.scenario.model_copy(update={"edits": applied, "title": title or loaded.scenario.title})
    return replace(loaded, scenario=scenario, case=case, content=content, warnings=(*loaded.warnings, *findings))


def _content(content: Content, edits: list[WrittenEdit]) -> tuple[Content, list[Finding]]:
    return rulebook_with_overrides(content, ScenarioSource(edits=tuple(edits)))


# ---- a new case and changes --------------------------------------------------------------------------------------


def new_case(
    place: str | Path, content: str, language: Language, *, today: dt.date, replace: bool = False
) -> tuple[Path, Path]:
    """Write an empty case as a workbook, with a scenario beside it; both paths.

    `place` is the workbook (.xlsx) or a folder for `case.xlsx`. Raises InputError where something is there already,
    or where there is no such content set.
    """
    given = Path(place)
    book = given if given.suffix.casefold() == WORKBOOK else given / f"case{WORKBOOK}"
    scenario = book.with_name("scenario.yaml")
    folder = find_content(content, Path())
    rulebooks = sorted(p.stem for p in (folder / "rulebooks").glob("*.yaml"))
    source = read_content(folder, rulebooks[-1] if rulebooks else "")
    if any(map(is_error, source.findings)):
        raise InputError(source.findings)
    example = folder / "example"
    read = read_case(example, vocabulary_of(source)) if example.is_dir() else CaseSource()
    for path in (book, scenario):
        check_file(path, replace)
    write_blank_case(book, source.content, read.case, language, replace)
    try:
        # A value with a slash is a folder, relative to the scenario.
        named = content if "/" not in content else f"./{Path(os.path.relpath(folder, book.parent)).as_posix()}"
        write_text(scenario, first_scenario(book.name, named, rulebooks, today, language))
    except InputError:
        book.unlink(missing_ok=True)
        raise
    return book, scenario


def inspect_case(path: str | Path) -> CaseSource:
    """A case without scenario, and everything that can be said of its tables; nothing is raised.

    It names no content set, so the words of all of ours are understood, and none of a column that is open is refused.
    """
    source = read_case(Path(path), shipped_vocabulary())
    return replace(source, findings=(*source.findings, *check_case(source, None, None)))


def case_changes(old: str | Path, new: str | Path) -> list[Change]:
    """What has changed between two cases, each a folder, a workbook or the case of a scenario, as they were given.

    Raises InputError where one of them cannot be read.
    """
    given = [_given(old), _given(new)]
    # Two cases are compared by what their words mean; one without scenario is one of the other's content.
    vocabulary = next((v for _, v in reversed(given) if v is not None), None) or shipped_vocabulary()
    was, is_ = (_readable(path, own or vocabulary) for path, own in given)
    return changes(was, is_)


def _given(path_or_name: str | Path) -> tuple[Path, Vocabulary | None]:
    """The case of a path or a scenario, and what its cells may say where a scenario names the content."""
    path = Path(path_or_name)
    if is_case(path):
        return path, None
    scenario = read_scenario(find_scenario(path_or_name))
    if scenario.case is None:
        raise InputError(scenario.findings)
    if scenario.content is None or scenario.rulebook is None:
        return scenario.case, None
    return scenario.case, vocabulary_of(read_content(scenario.content, scenario.rulebook))


def _readable(path: Path, vocabulary: Vocabulary) -> Case:
    source = read_case(path, vocabulary)
    if any(map(is_error, source.findings)):
        raise InputError(source.findings)
    return source.case


# ---- evaluating -------------------------------------------------------------------------------------------------


def assess(loaded: Loaded, year: int | None = None, unit: str | None = None) -> Assessment:
    """People of a completed year (the last one) by the indicator sets: points, classes, caps, traits, what is missing.

    `unit` with those below it, else everyone. Raises InputError for a year that is not over, or an unknown unit.
    """
    return assess_case(loaded.case, loaded.content, loaded.scenario.as_of, year, unit)


# ---- solving ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Solved:
    """A plan with its proof and its verdict.

    `standing` answers what is true on any day with the plan, `before` the same without it.
    """

    loaded: Loaded
    standing: Standing
    before: Standing
    judgement: Judgement
    tiers: tuple[TierResult, ...]
    interrupted: bool
    seconds: float
    size: tuple[int, int]
    log: tuple[str, ...]
    proof: bytes
    """What a what-if needs of the proof: the file `proof.npz`."""
    short_of_memory: bool = False
    """Whether the limit of memory has ended solvers, or the run."""

    @property
    def plan(self) -> Plan:
        return self.standing.line.plan

    @property
    def asked(self) -> tuple[TierResult, ...]:
        """The tiers of the scenario's goals, without the silent last one."""
        return tuple(tier for tier in self.tiers if tier.goals != LAST_TIER)

    @property
    def complete(self) -> bool:
        """Whether every tier of the scenario has reached its wanted gap."""
        return not self.interrupted and all(tier.proved for tier in self.asked)

    @cached_property
    def view(self) -> View:
        return View(self.standing, self.before, self.judgement)

    def table(self, name: str) -> pd.DataFrame:
        """A table of the plan by name; `exporters.TABLES` has all names."""
        return pd.DataFrame(plan_table(name, self.view), columns=list(TABLES[name].columns), dtype=object)

    def coverage(self, scope: str = "position", when: str = "wanted_by") -> pd.DataFrame:
        """Listed, ready, secured, before and with the plan; `scope`: position, unit or all; `when`: as_of,
        wanted_by or end."""
        frame = self.table("coverage")
        return frame[(frame["scope"] == scope) & (frame["when"] == when)].reset_index(drop=True)

    def coverage_by_unit(self) -> pd.DataFrame:
        """One row per unit with `listed_before`, `listed_after` and so on, as the chart wants it."""
        after = {name: f"{name}_after" for name in ("listed", "ready", "secured")}
        return self.coverage("unit").rename(columns={"title": "unit", **after})

    def appointments(self) -> pd.DataFrame:
        return self.table("appointments")

    def training(self) -> pd.DataFrame:
        return self.table("training")

    def rotations(self) -> pd.DataFrame:
        return self.table("rotations")

    def successors(self) -> pd.DataFrame:
        return self.table("successors")

    def pools(self) -> pd.DataFrame:
        return self.table("pools")

    def inherited(self) -> pd.DataFrame:
        return self.table("inherited")

    def goals(self) -> pd.DataFrame:
        """Each goal with its tier and value; bound and gap are those of the tier's sum."""
        rows = [
            {"tier": n, "goal": goal, "value": value, "tier_value": tier.value, "bound": tier.bound, "gap": tier.gap}
            for n, tier in enumerate(self.asked, 1)
            for goal, value in tier.values.items()
        ]
        return pd.DataFrame(rows)

    def files(self) -> dict[str, str | bytes]:
        """The files of the plan folder by their paths within it."""
        inputs = input_files(self.loaded.scenario, self.loaded.case, self.loaded.content)
        told = manifest(
            self.loaded, self.before, self.plan, self.tiers, seconds=self.seconds, interrupted=self.interrupted,
            short_of_memory=self.short_of_memory, proved=self.complete, size=self.size, inputs=inputs,
        )  # fmt: skip
        own: dict[str, str | bytes] = {MANIFEST: told, PLAN: plan_json(self.plan), PROOF: self.proof}
        own[LOG] = "\n".join(self.log) + "\n"
        return own | inputs | csv_files(self.standing, self.before, self.judgement)

    def write(self, folder: str | Path, replace: bool = False) -> Path:
        """Write the plan folder, whole or not at all."""
        write_plan(Path(folder), self.files(), replace)
        return Path(folder)


@dataclass(frozen=True)
class Compared:
    """Two plans side by side, as frames and as a picture."""

    comparison: Comparison

    def goals(self) -> pd.DataFrame:
        """Goals and their plain counts: before, after, difference."""
        return pd.DataFrame(self.comparison.as_dict()["goals"], columns=GOAL_COLUMNS, dtype=object)

    def changes(self) -> pd.DataFrame:
        """Decisions and events that only one plan has, or that differ."""
        rows = [
            row | {when: None if row[when] is None else value_text(row[when]) for when in ("before", "after")}
            for row in self.comparison.as_dict()["changes"]
        ]
        return pd.DataFrame(rows, columns=CHANGE_COLUMNS, dtype=object)

    def coverage_by_unit(self) -> pd.DataFrame:
        """One row per unit with `listed_before`, `listed_after` and so on, as the chart wants it."""
        frame = pd.DataFrame(self.comparison.as_dict()["coverage"], dtype=object)
        # A unit that only one of the cases has is covered by nobody in the other.
        return frame.drop(columns="unit").rename(columns={"title": "unit"}).fillna(0)

    def coverage_picture(self, language: Language = "en", title: str = "") -> str:
        """Coverage by unit as the text of an SVG."""
        return charts.coverage_by_unit(self.coverage_by_unit(), language, title)


GOAL_COLUMNS = ["goal", "part", "before", "after", "difference"]
CHANGE_COLUMNS = ["table", "position_title", "person_name", "before", "after", "difference"]


def compare(before: Solved, after: Solved) -> Compared:
    """What changes from one plan to the other."""
    return Compared(compare_sides(_side(before), _side(after)))


def _side(solved: Solved) -> Side:
    coverage = plan_table("coverage", solved.view)
    return Side(solved.loaded.scenario.title, solved.standing, coverage, [tier_facts(t) for t in solved.tiers])


class RejectedError(VerificationError):
    """Our verifier refuses our engine's plan: a defect of ours. `solved` is what was refused, `folder` where it is."""

    def __init__(self, solved: Solved, folder: Path | None = None) -> None:
        self.solved = solved
        self.folder = folder
        super().__init__("the plan of the engine does not pass the verifier")


def solve(
    scenario: Loaded | str | Path,
    *,
    seconds: float | None = None,
    edits: tuple[EditValues, ...] = (),
    parent: Solved | PlanFolder | Plan | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
    stop: threading.Event | None = None,
) -> Solved:
    """From a scenario to a judged plan. `seconds` replaces the limit of the scenario; `stop` ends the search early.

    `parent` is the plan before some edits: the search begins near it, its proof bounds what the edits left as it was,
    and what they neither force nor pay for stays. A bare `Plan` has no proof.

    Raises InputError, NoPlanError, LimitError, and RejectedError where the plan does not pass the verifier.
    """
    # The solver is loaded by those who solve, not by those who only read or judge.
    from planner import engine
    from planner.problem.presolve import presolve_lines

    log = _Log()

    def tell(progress: Progress) -> None:
        log.add(progress_text(progress))
        report(progress)

    loaded = scenario if isinstance(scenario, Loaded) else load(scenario)
    loaded = _limited(what_if(loaded, *edits) if edits else loaded, seconds)
    for finding in loaded.warnings:
        log.add(finding_text(finding))
    engine.get_ready(loaded.scenario.solve)
    before = status_quo_of(loaded)
    problem, program = engine.build(before, loaded.scenario.solve.memory, stop)
    for line in presolve_lines(problem):
        log.add(line)
    log.add(f"program: {len(program.keys)} columns")
    before_edits = None
    if parent is not None:
        proof = None if isinstance(parent, Plan) or parent.proof is None else engine.unpacked(parent.proof)
        before_edits = engine.Parent(parent if isinstance(parent, Plan) else parent.plan, proof)
        log.add("begins near the plan of before the edits" + (", without its proof" if proof is None else ""))
    result = engine.solve(
        problem, program, loaded.scenario.goals, loaded.scenario.solve, report=tell, stop=stop, parent=before_edits
    )
    plan = _claimed(result.standing.line.plan, result.tiers)
    standing = Standing(replay(before.expected, plan), before.bound)
    judgement = judge(standing, before, claims(loaded.scenario))
    log.add("verifier: accepted" if judgement.accepted else "verifier: refused")
    solved = Solved(
        loaded, standing, before, judgement, result.tiers, result.interrupted, result.seconds,
        (result.rows, result.columns), tuple(log.lines), engine.packed(result.proof), result.short_of_memory,
    )  # fmt: skip
    if not judgement.accepted:
        raise RejectedError(solved)
    return solved


def run(
    scenario: str | Path,
    out: Path | None = None,
    *,
    replace: bool = False,
    seconds: float | None = None,
    parent: str | Path | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
    stop: threading.Event | None = None,
) -> tuple[Solved, Path]:
    """Solve a scenario and write its plan folder; the folder by default `plans/<case>/<scenario>` below this one.

    `parent` is the folder of a plan to begin from, see `solve`. A plan that our verifier refuses goes to
    `NAME.rejected`, and RejectedError tells so.
    """
    path = find_scenario(scenario)
    folder = out or default_folder(path)
    check_target(folder, replace)
    before = None if parent is None else read_plan(Path(parent))
    try:
        solved = solve(path, seconds=seconds, parent=before, report=report, stop=stop)
    except RejectedError as refused:
        beside = folder.with_name(folder.name + REJECTED)
        report_text = "\n".join(verdict_lines(refused.solved.judgement)) + "\n"
        write_plan(beside, refused.solved.files() | {"report.txt": report_text}, replace=True)
        raise RejectedError(refused.solved, beside) from None
    solved.write(folder, replace)
    return solved, folder


def verify(folder: str | Path) -> Judgement:
    """Judge a written plan from its folder alone; no solver is loaded."""
    return _verify_folder(Path(folder), csv_files)


def default_folder(scenario: Path) -> Path:
    """`plans/<name of the scenario's folder>/<name of its file>` below the current folder."""
    return Path("plans") / (scenario.resolve().parent.name or "case") / scenario.stem


def _claimed(plan: Plan, tiers: tuple[TierResult, ...]) -> Plan:
    """The plan with the engine's figures; the verifier computes them anew."""
    return plan.model_copy(update={"goals": {goal: value for tier in tiers for goal, value in tier.values.items()}})


def _limited(loaded: Loaded, seconds: float | None) -> Loaded:
    if seconds is None:
        return loaded
    solve_spec = loaded.scenario.solve.model_copy(update={"seconds": seconds, "work": None})
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"solve": solve_spec}))


class _Log:
    """Lines with the seconds since the start, for log.txt."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.lines: list[str] = []

    def add(self, text: str) -> None:
        self.lines.append(f"{time.monotonic() - self.started:8.2f} s  {text}")


def progress_text(progress: Progress, language: Language = "en") -> str:
    """One line: tier, goals, step, value, bound, gap, time."""
    blank = "–"
    return tr(
        "text.progress",
        language,
        tier=progress.tier + 1,
        goals=" + ".join(tr(f"goal.{goal}", language) for goal in progress.goals),
        step=tr(f"step.{progress.step}", language),
        value=blank if progress.value is None else progress.value,
        bound=progress.bound,
        gap=blank if progress.gap is None else percent_text(progress.gap, language),
        seconds=number_text(round(progress.seconds, 1), language),
    )
