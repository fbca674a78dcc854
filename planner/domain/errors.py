"""What can go wrong, each with the exit code that the command line gives."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or doubtful, in what was given: where it is, what is there, what is expected.

    `code` names the message in the catalogue, `values` fill it; `expected` is that message in English.
    Made by `findings.error`, `findings.warning` and `findings.doubt`.
    """

    severity: Literal["error", "warning", "doubt"]
    code: str
    file: str = ""
    row: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None
    suggestion: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def where(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(p for p in parts if p)


class PlannerError(Exception):
    """Anything that a user can act on. The command line prints the message, never a traceback."""

    exit_code = 1


class InputError(PlannerError):
    """The input cannot be used; every problem in it is listed."""

    exit_code = 3

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: Sequence[Finding] = tuple(findings)
        super().__init__("; ".join(f"{f.where()}: {f.expected or f.code}" for f in self.findings))


class NoPlanError(PlannerError):
    """Decisions and `must` rules cannot hold together. `conflict` names the members, each a readable pair."""

    exit_code = 4

    def __init__(self, message: str, conflict: Sequence[str] = ()) -> None:
        self.conflict = tuple(conflict)
        super().__init__(message)


class LimitError(PlannerError):
    """Stopped by time or by hand before any plan was found."""

    exit_code = 5


class MemoryLimitError(LimitError):
    """More memory is needed than is allowed, to build the program or to find any plan."""


class VerificationError(PlannerError):
    """The engine's plan breaks a rule: a defect of ours. The plan is kept beside, marked as rejected."""

    exit_code = 6
