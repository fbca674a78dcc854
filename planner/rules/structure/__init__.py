"""What always holds and has no rulebook entry: the law side. The same blocks as rows are in planner/structure.

Each check yields the breaches of a plan, seen through its standing.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from planner.domain.violation import Violation
from planner.rules.structure import (
    bundle,
    cover,
    decisions,
    designated,
    in_service,
    lists,
    one_move,
    places,
    rotation,
    standard,
    vacancy_needed,
)
from planner.rules.structure import seats as seats_check

if TYPE_CHECKING:
    from planner.standing import Standing

Check = Callable[["Standing"], Iterator[Violation]]

STRUCTURE: dict[str, Check] = {
    "bundle": bundle.check,
    "one_move": one_move.check,
    "in_service": in_service.check,
    "standard": standard.check,
    "lists": lists.check,
    "places": places.check,
    "rotation": rotation.check,
    "vacancy_needed": vacancy_needed.check,
    "seats": seats_check.check,
    "cover": cover.check,
    "designated": designated.check,
    "decision": decisions.check,
}
