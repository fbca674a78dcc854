"""What a rule says of a plan, and why. Text is only in the message catalogue."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

BreachKey = tuple[str, frozenset[str], dt.date | None, str]


@dataclass(frozen=True)
class Violation:
    """A breach of a rule at an instant or round.

    `subjects` are compared as a set of identifiers; `scope` tells breaches of the same subjects apart (a unit, a
    cell); `amount` is in `unit`. `moved_in` says that the plan
    brought one of the counted in while the rule was broken, so that the breach is new even where it was inherited.
    """

    rule: str
    subjects: frozenset[str]
    instant: dt.date | None = None
    amount: int = 1
    unit: str = ""
    scope: str = ""
    moved_in: bool = False
    inherited: bool = False

    @property
    def key(self) -> BreachKey:
        return (self.rule, self.subjects, self.instant, self.scope)


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is: a code of the message catalogue and the values that fill it."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """Whether a person may, and if not, by which rule, why, and when that clears (None = not by time alone)."""

    ok: bool
    rule: str | None = None
    reason: Reason | None = None
    clears_on: dt.date | None = None

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)


@dataclass(frozen=True)
class Note:
    """What an entry wants people to know of a plan without judging it: a line in the outlook and in `check`.

    `reason.code` starts with `note.`; `on` is the day that it speaks of, None where it speaks of none.
    """

    rule: str
    reason: Reason
    person: str | None = None
    position: str | None = None
    unit: str | None = None
    on: dt.date | None = None

    @property
    def kind(self) -> str:
        """The code without its prefix."""
        return self.reason.code.partition(".")[2]
