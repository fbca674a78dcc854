"""What reviews after the decided round would have to add, so that lists stay as deep as they are."""

from __future__ import annotations

from collections.abc import Iterator

from planner.exporters.moves import POST, SUITABILITY, WHO
from planner.exporters.view import Row, View
from planner.standing.later_rounds import later_rounds

COLUMNS = ("on", *POST, "names_wanted", "names_staying", *WHO, "status", *SUITABILITY)


def rows(view: View) -> Iterator[Row]:
    """The names that assumed reviews add (`assumed`), and a line for each list that nobody fills up (`missing`)."""
    for review in later_rounds(view.standing):
        of_list = {
            "on": review.on,
            **view.post(review.position),
            "names_wanted": review.wanted,
            "names_staying": len(review.staying),
        }
        for person in review.added:
            yield {**of_list, **view.who(person), "status": "assumed", **view.suitability(person, review.position)}
        if review.missing:
            yield {**of_list, "status": "missing"}
