"""How many deputies a unit may have by law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field, model_validator

from planner.domain.ids import UnitId
from planner.rules.base import RuleParams, part_of
from planner.rules.holders_cap import Group, HoldersCap, class_of


class DeputiesCap(HoldersCap):
    """In each unit the deputies (holders of its full-time posts that are not its head) are at most the least of: `max`,
    or the number of its class, the `share` of its headcount, the number of the step of its headcount, the seats of
    deputies of the unit above.

    A unit whose headcount is not known is not judged by it. `applies_to` says of which units or posts.
    Source: KL 187-KL/TW, 150/2025 with 370/2025, 300/2025; rules.md §2.7 cap_deputy_share, cap_dept_division_deputies,
    cap_province_vice_chairs, cap_council_vice_chairs.
    """

    name = "deputies_cap"

    class Params(RuleParams):
        max: int | None = Field(None, ge=0, description="deputies of a unit")
        by_class: Mapping[str, int] = Field(
            default_factory=dict, description="class of the unit, or of one above: deputies at most, in place of max"
        )
        share: float | None = Field(None, gt=0, le=1, description="deputies over the unit's headcount")
        steps: Mapping[int, int] = Field(default_factory=dict, description="headcount from which: deputies at most")
        superior: bool = Field(False, description="never more than the seats of deputies in the nearest unit above")

        @model_validator(mode="after")
        def _some_limit(self) -> DeputiesCap.Params:
            if self.max is None and self.share is None and not (self.steps or self.by_class or self.superior):
                raise ValueError("at least one of max, by_class, share, steps, superior")
            return self

    params: Params

    def find_groups(self) -> Iterator[Group]:
        for unit, posts in self.posts_by_unit.items():
            deputies = tuple(p for p in posts if not self.ground.case.position[p].head)
            limits = list(self._limits(unit))
            if deputies and limits:
                yield Group(unit, deputies, min(limits))

    def _limits(self, unit: UnitId) -> Iterator[int]:
        params, row = self.params, self.ground.case.unit.get(unit)
        found = class_of(self.ground, unit, params.by_class)
        if found is not None:
            yield params.by_class[found]
        elif params.max is not None:
            yield params.max
        headcount = row.headcount if row is not None else None
        if headcount is not None:
            if params.share is not None:
                yield part_of(params.share, headcount)
            reached = [step for step in params.steps if step <= headcount]
            if reached:
                yield params.steps[max(reached)]
        above = self._deputies_above(unit) if params.superior else None
        if above is not None:
            yield above

    def _deputies_above(self, unit: UnitId) -> int | None:
        """Seats of deputies in the nearest unit above that has full-time posts; None where there is none."""
        ground, row, seen = self.ground, self.ground.case.unit.get(unit), {unit}
        while row is not None and row.parent_id is not None and row.parent_id not in seen:
            posts = ground.posts_of_unit.get(row.parent_id, ())
            if posts:
                return sum(ground.seats[p] for p in posts if not ground.case.position[p].head)
            seen.add(row.parent_id)
            row = ground.case.unit.get(row.parent_id)
        return None
