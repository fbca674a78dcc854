"""The base list as a table: everyone who qualifies for a position or is named for it, with what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.domain.case import Nomination
from planner.exporters.view import Row, View, joined, known, yes
from planner.standing.base_list import BaseList, Source
from planner.standing.gaps import OpenGap
from planner.standing.refusals import Refusal

COLUMNS = (
    "position", "position_title", "unit", "person", "person_name", "source", "plannable", "plannable_on",
    "plannable_from", "ready_on", "failed_rules", "waived_rules", "gaps", "listed_now", "proposed", "nominated",
    "nominated_by", "appraised_by", "opinion", "ballots", "suitability", "suitability_parts", "others",
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """A row per source of every post: those plannable, those of the list, those nominated, and of the office those
    whom one thing alone keeps out for a while. Very many from elsewhere are one row with their number."""
    base_list = BaseList(view.standing)
    for position in view.ground.listable:
        for source in base_list.of(position):
            yield row(view, source)
        if others := base_list.others(position):
            yield {**view.post(position), "source": "elsewhere", "plannable": yes(True), "others": others}


def row(view: View, source: Source) -> Row:
    return {
        **view.post(source.position),
        **view.who(source.person),
        "source": source.origin,
        "plannable": yes(source.plannable),
        "plannable_on": source.plan_day,
        "plannable_from": source.plannable_from,
        "ready_on": source.ready_on,
        "failed_rules": joined(map(_failed, source.refusals)),
        "waived_rules": joined(refusal.rule for refusal in source.waived),
        "gaps": joined(_gap(view, gap) for gap in source.gaps),
        "listed_now": yes(source.listed),
        "proposed": yes(source.proposed),
        "nominated": yes(bool(source.nominations)),
        **nomination_cells(source.nominations),
        **view.suitability(source.person, source.position),
    }


def _failed(refusal: Refusal) -> str:
    """The rule, and from when it says no no more where that can be told."""
    day = known(refusal.clears_on)
    return refusal.rule + (f" ({day.isoformat()})" if day else "")


def _gap(view: View, gap: OpenGap) -> str:
    """A gap as content writes it, what closes it, with what, and the day from which the level counts."""
    day = known(gap.on)
    closing = " ".join(str(part) for part in (gap.by, gap.action, day and day.isoformat()) if part)
    return f"{view.gap(gap.gap)} ({closing})"


def nomination_cells(nominations: Sequence[Nomination]) -> Row:
    """Who proposed, who appraised, opinions and ballots, as they were recorded: nothing of it is computed."""
    return {
        "nominated_by": joined(dict.fromkeys(n.proposed_by for n in nominations if n.proposed_by)),
        "appraised_by": joined(dict.fromkeys(n.appraised_by for n in nominations if n.appraised_by)),
        "opinion": joined(dict.fromkeys(n.opinion for n in nominations if n.opinion)),
        "ballots": joined(dict.fromkeys(ballot for n in nominations if (ballot := ballot_text(n)))),
    }


def ballot_text(nomination: Nomination) -> str | None:
    """The step and its ballot, `votes_for/votes_of`; a dash where a figure is not known."""
    votes = (nomination.votes_for, nomination.votes_of)
    cast = None if votes == (None, None) else "/".join("–" if v is None else str(v) for v in votes)
    return " ".join(part for part in (nomination.step, cast) if part) or None
