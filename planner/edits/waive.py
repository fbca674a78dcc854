"""`waive: {rule, subject, until}`: what if an exemption from a rule were granted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from planner.domain.authority import is_named, may_waive
from planner.domain.case import Case, Exemption
from planner.domain.content import Content, Entry
from planner.domain.dates import Day, OptionalDay
from planner.domain.errors import Finding
from planner.domain.findings import Names, error
from planner.edits.base import Edit, Pointer

_PARTS = re.compile(r"[+;]")


class Waive(Edit):
    """A row of `exemptions`: `rule` is the id of an entry or of a rule, `subject` one or more identifiers (A+P).

    `authority` is who would grant it; empty = the level that the entry names in `waived_by`. A decision that has not
    been taken has no day: it counts as taken before everything.
    """

    needs_content: ClassVar[bool] = True

    rule: str
    subject: str
    until: OptionalDay = None
    authority: str | None = None
    reason: str = "what if"
    decided: Day = Day(1900, 1, 1, "year")
    decision_no: str | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(part for part in map(str.strip, _PARTS.sub(",", self.subject).split(",")) if part)

    @property
    def thing(self) -> tuple[str, ...]:
        return ("waive", self.rule, *sorted(self.subjects))

    def points_to(self) -> Iterable[Pointer]:
        return (("rule", "rules", self.rule),)

    def problems(self, case: Case, content: Content) -> Iterator[Finding]:
        known = {str(p.person_id): p.name for p in case.people} | {str(p.position_id): p.title for p in case.positions}
        known |= {str(u.unit_id): u.name for u in case.units}
        known |= {str(c.id): str(c.id) for c in content.competencies}
        names = Names(known)
        for subject in self.subjects:
            if subject not in names:
                near = names.suggest(subject)
                yield error("finding.not_a_subject", column="subject", value=subject, suggestion=near)
        if not self.subjects:
            yield error("finding.missing_value", column="subject")
        levels = [entry.waived_by for entry in self._entries(content) if entry.waived_by is not None]
        if not levels:
            yield error("finding.not_waivable", column="rule", value=self.rule)
        elif self.authority is not None and not self._may_waive(case, levels):
            yield error(
                "finding.not_the_authority", column="authority", value=self.authority, choices=", ".join(levels)
            )

    def apply(self, case: Case, content: Content) -> Case:
        level = next(entry.waived_by for entry in self._entries(content) if entry.waived_by is not None)
        row = Exemption(
            rule=self.rule, subject=self.subject, authority=self.authority or level, reason=self.reason,
            decided=self.decided, decision_no=self.decision_no, until=self.until,
        )  # fmt: skip
        return replace(case, exemptions=(*case.exemptions, row), given=case.given | {"exemptions"})

    def _entries(self, content: Content) -> list[Entry]:
        ids = {entry.id for entry in content.rulebook}
        return [entry for entry in content.rulebook if is_named(entry, self.rule, ids)]

    def _may_waive(self, case: Case, levels: list[str]) -> bool:
        return any(may_waive(case, self.authority, level) for level in levels)
