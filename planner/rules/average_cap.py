"""How many holders units may have on average, shared out by the province."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from planner.rules.base import RuleParams, part_of
from planner.rules.holders_cap import Group, HoldersCap, class_of


class AverageCap(HoldersCap):
    """The holders of the posts of `applies_to` are at most `average` for each unit that has such posts, taken together.

    A single unit may have more where others have fewer. An average over fewer than `least` units says nothing and is
    not judged: the case is then not the whole province. Source: 370/2025, NQ 332/NQ-CP, 300/2025, NQ 106/2025; rules.md
    §2.7 cap_deputy_directors, cap_commune_division_deputies, cap_commune_vice_chairs, cap_council_vice_chairs.
    """

    name = "average_cap"

    class Params(RuleParams):
        average: float = Field(gt=0, description="holders for each unit")
        by_class: Mapping[str, float] = Field(
            default_factory=dict, description="class of the units, or of one above: average, in place of average"
        )
        least: int = Field(2, ge=1, description="units from which an average is judged")

    params: Params

    def find_groups(self) -> Iterator[Group]:
        units = len(self.posts_by_unit)
        if units >= self.params.least:
            posts = tuple(p for some in self.posts_by_unit.values() for p in some)
            classes = (class_of(self.ground, unit, self.params.by_class) for unit in self.posts_by_unit)
            found = next((c for c in classes if c is not None), None)
            average = self.params.average if found is None else self.params.by_class[found]
            yield Group(self.id, posts, part_of(average, units))
