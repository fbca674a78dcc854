"""`forbid: {kind, person_id, …}`: what the plan may not do; a `pin` with the `not_` kind."""

from typing import Literal

from planner.domain.case import Decision
from planner.edits.pin import Pin


class Forbid(Pin):
    """`kind` is what is forbidden: pool, train, rotate or appoint."""

    kind: Literal["pool", "train", "rotate", "appoint"]

    @property
    def decision(self) -> Decision:
        return Decision(**self.model_dump() | {"kind": f"not_{self.kind}"}, status="decided")
