"""Where a verb prints: results on standard output, progress and warnings on standard error; and how it fails."""

from __future__ import annotations

import errno
import json
import os
import sys
import tempfile
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console

from planner.api import RejectedError
from planner.domain.errors import Finding, InputError, LimitError, MemoryLimitError, NoPlanError, PlannerError
from planner.domain.findings import is_error
from planner.domain.messages import Language, finding_text, number_text, percent_text, tr
from planner.exporters.verdict import verdict_lines

UNEXPECTED = 1
INTERRUPTED = 130
SEVERITIES = ("error", "warning", "doubt")
_HEADS = {"error": "text.errors_head", "warning": "text.warnings_head", "doubt": "text.doubts_head"}
_KINDS = {"error": "text.error", "warning": "text.warning", "doubt": "text.doubt"}
FEW, MANY = 3, 6
"""Of more than MANY warnings of one kind FEW are written out."""

PLAIN_WIDTH = 140
"""Width of tables where nobody looks at them on a terminal."""


class Terminal:
    """A language, and two streams."""

    def __init__(self, language: Language, as_json: bool = False, debug: bool = False) -> None:
        self.language = language
        self.as_json = as_json
        self.debug = debug
        self.out = _console(sys.stdout)
        self.err = _console(sys.stderr)

    def tr(self, code: str, **values: Any) -> str:
        return tr(code, self.language, **values)

    def number(self, value: float) -> str:
        return number_text(value, self.language)

    def percent(self, value: float) -> str:
        return percent_text(value, self.language)

    def say(self, text: str) -> None:
        """A line of the result."""
        self.out.print(text, markup=False, highlight=False, soft_wrap=True)

    def note(self, text: str) -> None:
        """A line beside the result."""
        self.err.print(text, markup=False, highlight=False, soft_wrap=True)

    def print_json(self, data: Mapping[str, Any]) -> None:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1, default=_plain) + "\n")

    def findings(self, findings: Iterable[Finding], tell: Callable[[str], None]) -> None:
        """Errors first, then warnings, then doubts, each on a line of its own."""
        for finding in sorted(findings, key=lambda f: SEVERITIES.index(f.severity)):
            tell(f"{self.tr(_KINDS[finding.severity])}: {described(finding, self.language)}")

    def findings_apart(self, findings: Iterable[Finding], tell: Callable[[str], None]) -> None:
        """Errors, warnings and doubts, each under a heading with their number."""
        given = list(findings)
        for severity, code in _HEADS.items():
            some = [f for f in given if f.severity == severity]
            if some:
                tell(self.tr(code, count=len(some)))
                for line in self._of_one_severity(some):
                    tell(f"  - {line}")

    def _of_one_severity(self, findings: Sequence[Finding]) -> Iterator[str]:
        """A line each; of many warnings of one kind in one column the first few, and the rows of the others."""
        alike: defaultdict[tuple[str, str, str | None], list[Finding]] = defaultdict(list)
        for finding in findings:
            alike[finding.code, finding.file, finding.column].append(finding)
        for group in alike.values():
            short = len(group) > MANY and not is_error(group[0])
            shown = group[:FEW] if short else group
            yield from (described(finding, self.language) for finding in shown)
            if short:
                rows = ", ".join(str(f.row) for f in group[FEW:] if f.row is not None)
                place = ", ".join(part for part in (group[0].file, group[0].column) if part)
                yield self.tr("text.more_alike", count=len(group) - FEW, place=place, rows=rows or "–")

    @staticmethod
    def counts(findings: Iterable[Finding]) -> dict[str, int]:
        """How many errors, warnings and doubts."""
        given: list[str] = [f.severity for f in findings]
        return {f"{severity}s": given.count(severity) for severity in SEVERITIES}

    def guard(self, work: Callable[[], int]) -> NoReturn:
        """Do the work of a verb and end the program with its exit code; every failure is told in words."""
        try:
            code = work()
        except PlannerError as problem:
            code = problem.exit_code
            self._failed(problem)
        except KeyboardInterrupt:
            code = INTERRUPTED
            self.note(self.tr("text.stopped"))
        except Exception as problem:
            if isinstance(problem, OSError) and problem.errno == errno.EPIPE:
                raise  # the reader has gone away; Typer ends quietly
            if self.debug:
                raise
            code = UNEXPECTED
            self._unexpected(problem)
        raise typer.Exit(code)

    def _failed(self, problem: PlannerError) -> None:
        if self.as_json:
            self.print_json(failure(problem, self.language))
            return
        if isinstance(problem, InputError):
            self.findings_apart(problem.findings, self.note)
            self.note(self.tr("text.found", **self.counts(problem.findings)))
        elif isinstance(problem, NoPlanError):
            self.note(self.tr("text.no_plan") + ":")
            for member in problem.conflict:
                self.note(f"  - {member}")
        elif isinstance(problem, LimitError):
            self.note(self.tr("text.limit_memory" if isinstance(problem, MemoryLimitError) else "text.limit"))
        elif isinstance(problem, RejectedError):
            self.note(self.tr("text.rejected", folder=problem.folder or "–"))
            for line in verdict_lines(problem.solved.judgement, self.language):
                self.note(f"  - {line}")
        else:
            self.note(str(problem))

    def _unexpected(self, problem: Exception) -> None:
        handle, name = tempfile.mkstemp(prefix="planner-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            traceback.print_exception(problem, file=log)
        if self.as_json:
            self.print_json({"status": "unexpected", "exit_code": UNEXPECTED, "message": str(problem), "log": name})
        self.note(self.tr("text.unexpected", error=f"{type(problem).__name__}: {problem}", log=name))


def _console(stream: Any) -> Console:
    is_terminal = stream.isatty()
    return Console(file=stream, width=None if is_terminal else PLAIN_WIDTH, no_color=not is_terminal)


def described(finding: Finding, language: Language) -> str:
    """A finding in one line; the value is added where the sentence does not say it."""
    text = finding_text(finding, language)
    return text if finding.value is None or finding.value in text else f"{text} [{finding.value}]"


def finding_facts(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding for machines: where, what is there, what is expected, what was probably meant."""
    facts = asdict(finding)
    facts["expected"] = tr(
        finding.code, language, **{"value": finding.value, "column": finding.column, **finding.values}
    )
    return facts | {"values": {k: str(v) for k, v in finding.values.items()}}


def failure(problem: PlannerError, language: Language) -> dict[str, Any]:
    """A failure for machines."""
    facts: dict[str, Any] = {"status": _STATUS.get(problem.exit_code, "failed"), "exit_code": problem.exit_code}
    if isinstance(problem, InputError):
        return facts | {"findings": [finding_facts(f, language) for f in problem.findings]}
    if isinstance(problem, NoPlanError):
        return facts | {"message": str(problem), "conflict": list(problem.conflict)}
    if isinstance(problem, RejectedError):
        reasons = list(verdict_lines(problem.solved.judgement, language))
        return facts | {"message": str(problem), "folder": str(problem.folder), "reasons": reasons}
    return facts | {"message": str(problem)}


_STATUS = {3: "input_error", 4: "no_plan", 5: "limit", 6: "rejected"}


def _plain(value: object) -> str:
    """Dates and paths as text."""
    return value.as_posix() if isinstance(value, Path) else str(value)
