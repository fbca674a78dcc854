"""Who works on cadres does not handle the files of relatives, and is beyond reproach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.domain.ids import PersonId
from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule
from planner.timeline import Timeline


class StaffConflict(InfoRule):
    """Of those who hold the posts of `applies_to` (the posts of cadre work) are told: a relative in a list after the
    round, whose file they may not handle, and a sanction that runs, for which they are to be moved.

    Any relation of the case counts. Source: 114-QĐ/TW; rules.md §2.8 staff_conflict.
    """

    name = "staff_conflict"

    def notes(self, line: Timeline) -> Iterator[Note]:
        as_of = self.ground.horizon.as_of
        if not self.in_force(as_of):
            return
        relatives: defaultdict[PersonId, set[PersonId]] = defaultdict(set)
        for row in self.ground.case.relations:
            relatives[row.person_a].add(row.person_b)
            relatives[row.person_b].add(row.person_a)
        listed = {i for _, _, names in line.lists() for i in names}
        for person, posts in self.ground.held.items():
            position = next((p for p in sorted(posts) if self.applies(p)), None)
            if position is None:
                continue
            for relative in sorted(relatives.get(person, set()) & listed):
                name = self.ground.case.person[relative].name
                yield Note(self.id, Reason("note.relative_in_list", {"relative": name}), person, position)
            for sanction in self.ground.discipline_of.get(person, ()):
                if sanction.decided <= as_of and (sanction.expires is None or sanction.expires > as_of):
                    yield Note(self.id, Reason("note.cadre_work_under_sanction"), person, position, on=sanction.expires)
