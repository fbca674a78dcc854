"""Who answers for a nomination: its proposer and its appraiser are on record."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.violation import Note, Reason
from planner.rules.base import InfoRule
from planner.timeline import Timeline


class NominationRecord(InfoRule):
    """Every nomination of a round that this plan decides names who proposed and who appraised it; those that do not are
    told. Who proposes, appraises and decides answers for the own part.

    Source: 377-QĐ/TW, 114-QĐ/TW; rules.md §2.8 head_accountable_proposal.
    """

    name = "nomination_record"

    def notes(self, line: Timeline) -> Iterator[Note]:
        decided = {r.round_id: r.approved_on for r in self.ground.decided_round.values()}
        for row in self.ground.case.nominations:
            on = decided.get(row.round_id)
            if on is None or not self.in_force(on) or not self.applies(row.position_id):
                continue
            if row.proposed_by is None:
                yield Note(self.id, Reason("note.no_proposer"), row.person_id, row.position_id, on=on)
            if row.appraised_by is None:
                yield Note(self.id, Reason("note.no_appraiser"), row.person_id, row.position_id, on=on)
