"""What every edit is: a record of its own values that changes a case."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from planner.domain.case import Case, Decision
from planner.domain.content import Content
from planner.domain.errors import Finding
from planner.domain.record import Record

Pointer = tuple[str, str, str | None]
"""A column of the edit, the table that it points to, and what it says."""


class Edit(Record, ABC):
    """One edit. Its fields are what people write; it refuses what it does not know."""

    needs_content: ClassVar[bool] = False
    """Whether it cannot be understood without the content of the scenario."""

    @property
    @abstractmethod
    def thing(self) -> tuple[str, ...]:
        """What it changes: two edits of one file may not have the same."""

    def points_to(self) -> Iterable[Pointer]:
        """What must be in the case."""
        return ()

    def problems(self, case: Case, content: Content) -> Iterator[Finding]:
        """What speaks against it in this case, beyond pointing to nothing; the caller fills in file and row."""
        yield from ()

    @abstractmethod
    def apply(self, case: Case, content: Content) -> Case:
        """The case with the edit."""


def decided(case: Case, decision: Decision) -> Case:
    """The case with a decision added; it replaces earlier ones of the same thing, or of its contrary."""
    thing = decision_thing(decision)
    kept = tuple(d for d in case.decisions if d.status != "decided" or decision_thing(d) != thing)
    return replace(case, decisions=(*kept, decision), given=case.given | {"decisions"})


def decision_thing(decision: Decision) -> tuple[str, ...]:
    """What a decision settles: `appoint` and `not_appoint` of one person and post settle the same."""
    if decision.kind in ("leaves", "stays"):
        return ("leaves", decision.person_id)
    kind = decision.kind.removeprefix("not_")
    return (kind, decision.person_id, decision.position_id or "", decision.session_id or "")
